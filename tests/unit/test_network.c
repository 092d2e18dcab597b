/* SPDX-License-Identifier: MIT */
/*
 * Five files with a case between them, by pouches in folders: scenarios 1, 2 and 4 to the end.
 * First as it should go; then by random schedules, in which pouches are lost and sent again, come
 * twice, late and in any order: in the end all have come to the same. AMPARO_LONG runs thousands of
 * them; AMPARO_SCHEDULE="crossing 104" one again that failed, "crossing 1-500" those of one story.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/mem.h"
#include "network_kit.h"
#include "tests/harness/scratch.h"
#include "vault_kit.h"

enum { ROUNDS = 40, SCHEDULES = 2, SCHEDULES_LONG = 1000 };

/* Which stories are told, and by which schedules. */
struct wanted {
    const char *story; /* as it begins what is wanted; NULL: all */
    uint64_t first, last;
};

static struct wanted wanted(void)
{
    struct wanted w = {getenv("AMPARO_SCHEDULE"), 1,
                       getenv("AMPARO_LONG") ? SCHEDULES_LONG : SCHEDULES};
    const char *number = w.story ? strchr(w.story, ' ') : NULL;
    char *end;

    if (!number)
        return w;
    w.first = w.last = strtoull(number, &end, 10);
    if (*end == '-')
        w.last = strtoull(end + 1, NULL, 10);
    return w;
}

static bool is_wanted(const struct network_story *story)
{
    const char *one = wanted().story;

    return !one || strncmp(one, story->name, strlen(story->name)) == 0;
}

static char *folder_of(const char *name)
{
    char *path = xstrdup(kit_path(name));

    mkdir(path, 0700);
    return path;
}

/* All say what they can, send it, and take in what was sent. */
static void round_of_all(struct network *w, const char *folder, bool again)
{
    struct network_files files = {.count = 0};

    for (size_t i = 0; i < NETWORK_POSTS; i++) {
        while (network_say(w, (enum network_place)i))
            network_later(w, 60);
        network_send(w, (enum network_place)i, folder, again, true, &files);
    }
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        network_receive(w, (enum network_place)i, (const char *const *)files.paths, files.count,
                        true);
    network_later(w, 3600);
    network_files_release(&files);
}

static void run_to_the_end(struct network *w, const char *folder, bool again)
{
    for (int round = 0; round < ROUNDS; round++) {
        round_of_all(w, folder, again);
        if (network_all_said(w) && network_is_quiet(w))
            return;
    }
    network_tell_waiting(w);
    fail_msg("%s does not come to its end", w->story->name);
}

static void each_story_goes_to_its_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < network_story_count; i++) {
        const struct network_story *story = &network_stories[i];
        struct network w;
        if (!is_wanted(story))
            continue;
        char *folder = folder_of("straight");
        network_begin(&w, story, story->name, "run");
        run_to_the_end(&w, folder, false);
        network_assert_agrees(&w);
        network_end(&w);
        free(folder);
    }
}

/* ---- random schedules ---- */

enum { ACTIONS = 4000, BATCH = 6, NEWEST = 8, ON_ITS_WAY = 48, MANY = 500 };

/* What is on its way: files that may come anywhere, any number of times, until they are lost. */
struct wire {
    struct network *w;
    char *folder;
    struct network_files files;
    uint64_t random;
};

static uint64_t draw(struct wire *x, uint64_t below)
{
    x->random ^= x->random << 13;
    x->random ^= x->random >> 7;
    x->random ^= x->random << 17;
    return (x->random >> 11) % below;
}

static enum network_place somewhere(struct wire *x)
{
    return (enum network_place)draw(x, NETWORK_POSTS);
}

/* Who asks has the most to say. */
static void say_some(struct wire *x)
{
    enum network_place at = draw(x, 2) ? AT_REQUESTING : somewhere(x);

    for (uint64_t most = 1 + draw(x, 3); most && network_say(x->w, at); most--)
        network_later(x->w, 1 + (int64_t)draw(x, 120));
}

static void forget(struct wire *x, size_t at)
{
    struct network_files *f = &x->files;

    free(f->paths[at]);
    f->count--;
    memmove(&f->paths[at], &f->paths[at + 1], (f->count - at) * sizeof *f->paths);
    memmove(&f->to[at], &f->to[at + 1], (f->count - at) * sizeof *f->to);
}

/* One that is on its way, of any age; as often as not one of the newest. */
static size_t any_file(struct wire *x)
{
    size_t from = x->files.count > NEWEST && draw(x, 2) ? x->files.count - NEWEST : 0;

    return from + (size_t)draw(x, x->files.count - from);
}

/* Some of what is on its way comes to somebody, in any order; and stays on its way. Now and then it
 * was for others. */
static void deliver(struct wire *x)
{
    const char *paths[BATCH];
    enum network_place at = somewhere(x);
    size_t count = 0;

    for (uint64_t most = 1 + draw(x, BATCH); most && x->files.count; most--) {
        size_t i = any_file(x);
        if (x->files.to[i] >> at & 1 || !draw(x, BATCH))
            paths[count++] = x->files.paths[i];
    }
    if (count)
        network_receive(x->w, at, paths, count, draw(x, 2) != 0);
}

/* A bit of one falls over on the way: nothing comes of it. */
static void deliver_damaged(struct wire *x)
{
    char *path = xasprintf("%s/damaged", x->folder);
    size_t size;
    uint8_t *bytes = x->files.count ? kit_read(x->files.paths[any_file(x)], &size) : NULL;

    if (bytes) {
        bytes[draw(x, size)] ^= (uint8_t)(1 << draw(x, 8));
        kit_write(path, bytes, size);
        network_receive_damaged(x->w, somewhere(x), path);
    }
    free(bytes);
    free(path);
}

static void act(struct wire *x)
{
    uint64_t what = draw(x, 100);

    if (what < 40)
        say_some(x);
    else if (what < 50)
        network_send(x->w, somewhere(x), x->folder, draw(x, 3) == 0, draw(x, 3) == 0, &x->files);
    else if (what < 80)
        deliver(x);
    else if (what < 83)
        deliver_damaged(x);
    else if (what < 90 && x->files.count)
        forget(x, draw(x, x->files.count));
    else
        network_later(x->w, (int64_t)draw(x, 60 * 60 * 8));
    while (x->files.count > ON_ITS_WAY)
        forget(x, draw(x, x->files.count));
    network_later(x->w, 1 + (int64_t)draw(x, 120));
}

/* True: what two said crossed on its way. */
static bool run_schedule(const struct network_story *story, uint64_t seed)
{
    struct network w;
    struct wire x = {.w = &w, .folder = folder_of("wire"), .random = seed};

    print_message("%s, schedule %llu\n", story->name, (unsigned long long)seed);
    network_begin(&w, story, story->name, "run");
    for (int i = 0; i < ACTIONS && !network_all_said(&w); i++)
        act(&x);
    if (!network_all_said(&w)) {
        network_tell_waiting(&w);
        fail_msg("%s, schedule %llu: not all is said", story->name, (unsigned long long)seed);
    }
    run_to_the_end(&w, x.folder, true);
    network_assert_agrees(&w);
    network_end(&w);
    network_files_release(&x.files);
    scratch_remove(x.folder);
    return w.crossed;
}

static void whatever_becomes_of_pouches(void **state)
{
    struct wanted which = wanted();
    (void)state;

    for (size_t i = 0; i < network_story_count; i++) {
        const struct network_story *story = &network_stories[i];
        uint64_t crossed = 0, seed = which.first;
        for (; is_wanted(story) && seed <= which.last; seed++)
            crossed += run_schedule(story, seed);
        if (crossed)
            print_message("%s: %llu of %llu crossed\n", story->name, (unsigned long long)crossed,
                          (unsigned long long)(seed - which.first));
        assert_true(crossed || !story->crosses || seed - which.first < MANY);
    }
}

static int begin_all(void **state)
{
    kit_begin(state);
    for (size_t i = 0; i < network_story_count; i++)
        if (is_wanted(&network_stories[i]))
            network_found(&network_stories[i], network_stories[i].name);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_story_goes_to_its_end),
        cmocka_unit_test(whatever_becomes_of_pouches),
    };

    return cmocka_run_group_tests(tests, begin_all, kit_end);
}
