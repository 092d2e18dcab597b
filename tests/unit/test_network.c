/* SPDX-License-Identifier: MIT */
/*
 * Five files with a case between them, by pouches in folders: scenarios 1, 2 and 4 to the end.
 * First as it should go; then by random schedules, in which pouches are lost and sent again, come
 * twice, late and in any order: in the end all have come to the same. AMPARO_LONG runs thousands of
 * them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/mem.h"
#include "network_kit.h"

enum { ROUNDS = 40 };

static char *folder_of(const char *name)
{
    char *path = xstrdup(kit_path(name));

    mkdir(path, 0700);
    return path;
}

/* All say what they can, send it, and take in what was sent. */
static void round_of_all(struct network *w, const char *folder, bool again)
{
    struct network_files files = {NULL, 0};

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
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        if (w->next[i])
            print_error("%s waits to say %s\n", w->story->posts[i].code, w->next[i]->act);
    fail_msg("%s does not come to its end", w->story->name);
}

static void each_story_goes_to_its_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < network_story_count; i++) {
        const struct network_story *story = &network_stories[i];
        struct network w;
        char *folder = folder_of("straight");
        network_found(story, story->name);
        network_begin(&w, story, story->name, "run");
        run_to_the_end(&w, folder, false);
        network_assert_agrees(&w);
        network_end(&w);
        free(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_story_goes_to_its_end),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
