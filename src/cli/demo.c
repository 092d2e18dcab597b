/* SPDX-License-Identifier: MIT */
/*
 * amparo demo: case files of several posts, made by nothing but recording acts, as officers do: so
 * every gate was asked, and the two sides of a case are linked by what each took down of the other.
 */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/clock.h"
#include "amparo/base/demo.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "amparo/store/directory.h"
#include "amparo/store/meetings.h"
#include "amparo/store/record.h"
#include "demo_network.h"
#include "demo_story.h"

enum { OFFICERS_MAX = 4, POSTS_MAX = 12 };

struct demo_post {
    const char *key;
    char *path;
    struct store *stores[OFFICERS_MAX]; /* one for each officer, in the order of the story */
    const char *names[OFFICERS_MAX];
    size_t officers;
};

struct demo {
    const char *folder;
    bool made_folder;
    struct story story;
    struct demo_post posts[POSTS_MAX];
    size_t count;
    const char *passphrase;
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static const char *text_at(const json_t *array, size_t i)
{
    const char *text = json_string_value(json_array_get(array, i));

    return text ? text : "";
}

/* Each officer has their own, as slots are told apart by it: the first the passphrase itself, the
 * second with " 2". */
static struct passphrase passphrase_of(const struct demo *d, size_t officer, char text[64])
{
    int size = snprintf(text, 64, officer ? "%s %zu" : "%s", d->passphrase, officer + 1);

    return (struct passphrase){text, (size_t)size};
}

/* ---- a post's file ---- */
static bool add_officers(struct demo *d, struct demo_post *post, const json_t *officers,
                         struct error *err)
{
    for (size_t i = 1; i < json_array_size(officers) && i < OFFICERS_MAX; i++) {
        const json_t *officer = json_array_get(officers, i);
        enum role role;
        char text[64];
        if (!role_parse(text_at(officer, 1), &role))
            BUG("a demo officer has no role");
        post->names[i] = text_at(officer, 0);
        if (!store_add_officer(post->stores[0], post->names[i], role, passphrase_of(d, i, text),
                               err))
            return false;
        post->officers++;
    }
    return true;
}

static bool make_post(struct demo *d, const json_t *told, struct error *err)
{
    struct demo_post *post = &d->posts[d->count++];
    const json_t *officers = json_object_get(told, "officers");
    char *texts[6];
    char passphrase[64];
    static const char *const keys[] = {"state", "code", "name", "country", "city", "kind"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        texts[i] = xstrdup(text_of(told, keys[i]));
    struct post_profile profile = {texts[0], texts[1], texts[2], texts[3], texts[4], texts[5]};
    post->key = text_of(told, "key");
    post->path = xasprintf("%s/%s", d->folder, text_of(told, "file"));
    post->names[0] = text_at(json_array_get(officers, 0), 0);
    struct buf recovery = BUF_INIT;
    bool good = store_create(post->path, &profile, post->names[0], passphrase_of(d, 0, passphrase),
                             STORE_UNSYNCED | STORE_NO_SECRET, &post->stores[0], &recovery, err);
    if (good)
        post->officers = 1;
    else {
        /* Nothing of ours is there to be taken away. */
        free(post->path);
        post->path = NULL;
    }
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        free(texts[i]);
    buf_release(&recovery);
    return good && add_officers(d, post, officers, err);
}

/* ---- the directory ---- */
static bool set_parties(struct demo *d, struct store *store, struct error *err)
{
    const json_t *posts = d->story.posts;
    const char *state;
    json_t *value;

    json_object_foreach(
        json_object_get(posts, "parties"), state,
        value) if (!store_directory_set_party(store, state,
                                              story_date(&d->story, json_string_value(value)), NULL,
                                              text_of(posts, "party_source"), err)) return false;
    json_object_foreach(
        json_object_get(posts, "focal"), state,
        value) if (!store_directory_set_focal(store, state,
                                              (const char *const[FOCAL_KEYS]){
                                                  [FOCAL_EMAIL] = text_at(value, 0),
                                                  [FOCAL_PHONE] = text_at(value, 1)},
                                              err)) return false;
    return store_directory_set_instrument(store, INSTRUMENT_PILOT, NULL, err);
}

/* The calendar of the network is the same for all. */
static bool set_meetings(struct demo *d, struct store *store, struct error *err)
{
    json_t *meeting;
    size_t i;

    json_array_foreach(json_object_get(d->story.posts, "meetings"), i, meeting)
    {
        char day[DATE_SIZE];
        date_format(story_date(&d->story, text_at(meeting, 0)), day);
        if (!store_meeting_add(store, day, NULL, text_at(meeting, 1), err))
            return false;
    }
    return true;
}

static bool fill_directory(struct demo *d, struct store *store, struct error *err)
{
    struct buf csv = BUF_INIT;
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes = {NULL, 0};
    bool good;

    story_directory(&d->story, &csv);
    good = missions_read_own(buf_text(&csv), csv.size,
                             story_date(&d->story, text_of(d->story.posts, "today")), &missions,
                             err) &&
           store_directory_import(store, &missions, false, &changes, err);
    import_changes_release(&changes);
    missions_release(&missions);
    buf_release(&csv);
    return good && set_parties(d, store, err) && set_meetings(d, store, err);
}

/* ---- the acts ---- */
static struct demo_post *find_post(struct demo *d, const char *key)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->posts[i].key, key) == 0)
            return &d->posts[i];
    BUG("a demo story has an unknown post");
}

/* The file as that officer opens it. */
static bool open_as(struct demo *d, struct demo_post *post, const char *officer, struct store **out,
                    struct error *err)
{
    size_t i = 0;
    char text[64];

    while (*officer && i < post->officers && strcmp(post->names[i], officer) != 0)
        i++;
    if (i == post->officers)
        BUG("a demo story has an unknown officer");
    if (!post->stores[i] && !store_open(post->path, post->names[i], passphrase_of(d, i, text),
                                        STORE_UNSYNCED, &post->stores[i], err))
        return false;
    *out = post->stores[i];
    return true;
}

static bool tell(struct demo *d, const struct story_step *step, struct error *err)
{
    const char *reference = json_string_value(json_object_get(d->story.references, step->group));
    struct demo_post *post = find_post(d, step->post);
    char at[INSTANT_SIZE];
    struct store *store;
    struct recorded recorded = {0};

    if (!open_as(d, post, step->officer, &store, err))
        return false;
    json_t *payload = story_payload(&d->story, step);
    struct record_request request = {
        .reference = reference, .kind = act_type_named(step->act)->kind, .payload = payload};
    store_set_now(store, instant_format(step->at, at));
    bool good = store_record(store, &request, &recorded, err);
    if (good)
        story_told(&d->story, step, recorded.id, recorded.number, recorded.reference);
    else
        error_set(err, ERROR_FAILED, "%s %s %s", step->group, at, step->act);
    recorded_release(&recorded);
    json_decref(payload);
    return good;
}

/* ---- keys, and one directory ---- */
static bool make_network(struct demo *d, struct error *err)
{
    const char *since = text_of(d->story.posts, "keys_since");
    struct demo_post *secretariat = find_post(d, "TS");
    struct demo_network network = {
        .secretariat = secretariat->stores[0],
        .elsewhere = json_object_get(d->story.posts, "elsewhere"),
        .root = {secretariat->names[0], secretariat->names[1], secretariat->names[2]},
        .until = story_date(&d->story, text_of(d->story.posts, "directory_until"))};
    char at[INSTANT_SIZE], text[64];

    for (size_t i = 0; i < d->count; i++)
        network.posts[network.count++] = d->posts[i].stores[0];
    date_format(story_date(&d->story, since), at);
    strcat(at, "T12:00:00+00:00");
    network.since = at;
    return open_as(d, secretariat, secretariat->names[1], &network.approver, err) &&
           demo_network_make(&network, d->folder, passphrase_of(d, 0, text), err);
}

/* ---- the whole ---- */
static bool make_folder(struct demo *d, struct error *err)
{
    d->made_folder = mkdir(d->folder, 0700) == 0;
    return d->made_folder || errno == EEXIST ||
           error_set(err, ERROR_FAILED, _("%s: cannot be made: %s"), d->folder, strerror(errno));
}

static bool put_passphrase(const struct demo *d, struct error *err)
{
    char *path = xasprintf("%s/%s", d->folder, DEMO_PASSPHRASE_FILE);
    struct buf line = BUF_INIT;

    buf_addf(&line, "%s\n", d->passphrase);
    bool good = output_file(path, line.data, line.size, err);
    buf_release(&line);
    free(path);
    return good;
}

static bool make(struct demo *d, struct error *err)
{
    const json_t *posts = json_object_get(d->story.posts, "posts");
    bool good = make_folder(d, err);

    for (size_t i = 0; good && i < json_array_size(posts) && i < POSTS_MAX; i++)
        good = make_post(d, json_array_get(posts, i), err) &&
               fill_directory(d, d->posts[i].stores[0], err);
    good = good && make_network(d, err);
    for (size_t i = 0; good && i < d->story.count; i++)
        good = tell(d, &d->story.steps[i], err);
    return good && put_passphrase(d, err);
}

static void remove_files(struct demo *d)
{
    static const char *const ends[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < d->count; i++)
        for (size_t j = 0; d->posts[i].path && j < ARRAY_SIZE(ends); j++) {
            char *path = xasprintf("%s%s", d->posts[i].path, ends[j]);
            unlink(path);
            free(path);
        }
    if (d->made_folder)
        rmdir(d->folder);
}

static void close_all(struct demo *d)
{
    for (size_t i = 0; i < d->count; i++)
        for (size_t j = 0; j < OFFICERS_MAX; j++)
            store_close(d->posts[i].stores[j]);
}

static void show(const struct demo *d)
{
    const json_t *posts = json_object_get(d->story.posts, "posts");

    printf(_("Demo case files, with made-up people. The passphrase of every head of post: "
             "%s\nOther officers put their place behind it, as told.\n\n"),
           d->passphrase);
    for (size_t i = 0; i < d->count; i++) {
        printf("%s\n    %s;", d->posts[i].path, text_of(json_array_get(posts, i), "name"));
        for (size_t j = 0; j < d->posts[i].officers; j++) {
            char text[64];
            passphrase_of(d, j, text);
            printf("%s %s (%s)", j ? "," : "", d->posts[i].names[j], text);
        }
        printf("\n");
    }
    printf(_("\nOpen one: amparo %s\n"), d->posts[0].path);
}

/* The story's today is the earliest day that is today somewhere: nothing lies in the future. */
static struct date story_today(void)
{
    struct instant now = clock_now();

    now.offset = -12 * 60;
    return instant_date(now);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct demo d = {.folder = argv[0]};
    const char *today = cli_value(cli, "today");
    struct date day = story_today();
    (void)argc;

    if (today && !date_parse(today, &day))
        return error_set(err, ERROR_INPUT, _("--today %s: a date is YYYY-MM-DD"), today);
    story_init(&d.story, day);
    d.passphrase = text_of(d.story.posts, "passphrase");
    bool good = make(&d, err);
    close_all(&d);
    if (good)
        show(&d);
    else
        remove_files(&d);
    for (size_t i = 0; i < d.count; i++)
        free(d.posts[i].path);
    story_release(&d.story);
    return good;
}

static const struct option_type options[] = {{"today", "DATE", 0}, {NULL, NULL, 0}};

const struct command command_demo = {
    .name = "demo",
    .usage = "DIR [--today DATE]",
    .summary = N_("linked demo case files of several posts, with cases in every stage"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
