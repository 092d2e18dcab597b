/* SPDX-License-Identifier: MIT */
/* The directory of the five posts: a root of three officers of the Secretariat, a key of each
 * State, which lies with its directorate, and the posts that these certify. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/store/trustsay.h"
#include "network_kit.h"

/* Beside the five: directorates of the States of the two that are asked. */
enum { OTHERS = 2, FILES = NETWORK_POSTS + OTHERS };

struct founding {
    const struct network_story *story;
    struct network_post posts[FILES];
    char codes[OTHERS][8];
    struct store *stores[FILES];
    struct store *luis; /* the second of the root, in the Secretariat's file */
    char root[FINGERPRINT_SIZE];
};

static struct store *found(const char *folder, const struct network_post *post)
{
    struct post_profile profile = {xstrdup(post->state), xstrdup(post->code),
                                   xstrdup(post->name),  xstrdup(post->country),
                                   xstrdup(post->city),  xstrdup(post->kind)};
    char *path = xasprintf("%s/%s.amparo", kit_path(folder), post->code);
    struct store *store = kit_found(path, &profile);

    post_profile_release(&profile);
    free(path);
    MUST(trust_make_keys(store, err));
    return store;
}

static const char *code_of(struct founding *f, size_t other)
{
    memcpy(f->codes[other], f->posts[AT_FIRST + other].state, 2);
    memcpy(f->codes[other] + 2, "DIR", 4);
    return f->codes[other];
}

static void found_all(struct founding *f, const char *folder)
{
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        f->posts[i] = f->story->posts[i];
    for (size_t i = 0; i < OTHERS; i++) {
        const char *state = f->posts[AT_FIRST + i].state;
        f->posts[NETWORK_POSTS + i] = (struct network_post){
            state, code_of(f, i), "Consular Directorate", state, "Capital", "directorate"};
    }
    for (size_t i = 0; i < FILES; i++)
        f->stores[i] = found(folder, &f->posts[i]);
}

/* ---- the root ---- */

static void make_root(struct founding *f)
{
    static const char *const officers[ROOT_KEYS] = {"Ana PINEDA", "Luis MEJÍA", "Eva SOTO"};
    struct store *ts = f->stores[AT_SECRETARIAT];

    store_set_slow(ts);
    MUST(store_add_officer(ts, officers[1], ROLE_OFFICER, kit_luis, err));
    MUST(store_add_officer(ts, officers[2], ROLE_OFFICER, kit_eva, err));
    MUST(trust_make_root(ts, officers, f->root, err));
    MUST(store_open(store_path(ts), officers[1], kit_luis, STORE_UNSYNCED, &f->luis, err));
    store_set_now(f->luis, "2026-03-12T12:00:00-06:00");
    for (size_t i = 0; i < FILES; i++) {
        bool changed;
        if (i != AT_SECRETARIAT)
            MUST(trust_set_root(f->stores[i], f->root, "handed over", &changed, err));
    }
}

/* One of the root says it, another one approves. */
static void certify_by_root(struct founding *f, const struct card *card)
{
    uint8_t id[ACT_ID_SIZE];

    MUST(trust_certify(f->stores[AT_SECRETARIAT], card, id, err));
    MUST(trust_approve(f->luis, id, err));
}

static void certify_secretariat(struct founding *f)
{
    uint8_t id[ACT_ID_SIZE];

    MUST(trust_certify_own(f->stores[AT_SECRETARIAT], id, err));
    MUST(trust_approve(f->luis, id, err));
}

/* ---- the States ---- */

static struct card card_of(struct store *store, bool of_state)
{
    struct buf text = BUF_INIT;
    struct card card;

    MUST(trust_card(store, of_state, &card, &text, err));
    buf_release(&text);
    return card;
}

static void certify(struct founding *f, size_t directorate, size_t post)
{
    struct card card = card_of(f->stores[post], false);

    MUST(trust_certify(f->stores[directorate], &card, NULL, err));
    card_release(&card);
}

static void make_state(struct founding *f, size_t directorate, size_t post)
{
    MUST(trust_make_state_key(f->stores[directorate], err));
    struct card card = card_of(f->stores[directorate], true);
    certify_by_root(f, &card);
    card_release(&card);
    certify(f, directorate, post);
}

/* ---- all have all ---- */

static void bring(struct store *from, struct store *to)
{
    struct buf bytes = BUF_INIT;
    struct directory_acts acts;
    struct directory_taken taken;

    size_t count;
    MUST(store_directory_snapshot(from, &bytes, &count, err));
    MUST(directory_file_read(bytes.data, bytes.size, &acts, err));
    MUST(store_directory_take(to, acts.list, acts.count, &taken, err));
    assert_int_equal(taken.strange + taken.over, 0);
    directory_acts_release(&acts);
    buf_release(&bytes);
}

static void release_it(struct founding *f)
{
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;

    for (size_t i = 0; i < FILES; i++)
        if (i != AT_SECRETARIAT)
            bring(f->stores[i], f->stores[AT_SECRETARIAT]);
    MUST(trust_make_release(f->stores[AT_SECRETARIAT], (struct date){2026, 12, 31}, id, &version,
                            err));
    MUST(trust_approve(f->luis, id, err));
    for (size_t i = 0; i < FILES; i++)
        if (i != AT_SECRETARIAT)
            bring(f->stores[AT_SECRETARIAT], f->stores[i]);
}

/* Every State that is asked in a story takes part. */
static void take_part(struct store *store)
{
    static const char *const states[] = {"CA", "CR", "DO", "GT", "HN", "MX", "PA", "SV", "US"};

    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        MUST(store_directory_set_party(store, states[i], (struct date){2026, 1, 10}, NULL,
                                       "message of the Secretariat", err));
}

void network_found(const struct network_story *story, const char *folder)
{
    struct founding f = {.story = story};

    mkdir(kit_path(folder), 0700);
    found_all(&f, folder);
    make_root(&f);
    certify_secretariat(&f);
    make_state(&f, AT_CAPITAL, AT_REQUESTING);
    make_state(&f, NETWORK_POSTS, AT_FIRST);
    make_state(&f, NETWORK_POSTS + 1, AT_SECOND);
    release_it(&f);
    store_close(f.luis);
    for (size_t i = 0; i < FILES; i++) {
        if (i != AT_SECRETARIAT)
            take_part(f.stores[i]);
        store_close(f.stores[i]);
    }
}

void network_minimum(struct network *w, enum network_place at, uint64_t version)
{
    struct store *ts = w->stores[AT_SECRETARIAT], *luis;
    uint8_t id[ACT_ID_SIZE];
    char now[INSTANT_SIZE];

    MUST(store_open(store_path(ts), "Luis MEJÍA", kit_luis, STORE_UNSYNCED, &luis, err));
    store_set_now(luis, store_now(ts, now));
    MUST(trust_set_minimum(ts, version, id, err));
    MUST(trust_approve(luis, id, err));
    store_close(luis);
    bring(ts, w->stores[at]);
}
