/* SPDX-License-Identifier: MIT */
#include "store_kit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/log.h"
#include "vault_kit.h"

const struct passphrase kit_ana = {"ana's passphrase", 16}, kit_luis = {"luis's passphrase", 17},
                        kit_eva = {"eva's passphrase", 16};

struct store *kit_create(const char *name)
{
    static char state[] = "HN", code[] = "HNTGU", post[] = "Consular Directorate",
                city[] = "Tegucigalpa", kind[] = "directorate";
    const struct post_profile profile = {state, code, post, state, city, kind};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store;

    if (!store_create(kit_path(name), &profile, "Ana PINEDA", kit_ana,
                      STORE_UNSYNCED | STORE_NO_SECRET, &store, &recovery, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    return store;
}

struct store *kit_found(const char *path, const struct post_profile *profile)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v;

    if (!vault_create_with(&kit_cheap, path, kit_ana.bytes, kit_ana.length, &v, &recovery, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    struct store *store = store_begin(v, path, STORE_UNSYNCED);
    assert_true(db_connect(store, &err));
    json_t *payload[2] = {post_genesis_payload(profile, vault_recovery_sign_pk(v)),
                          post_officer_payload("Ana PINEDA", ROLE_HEAD, vault_sign_pk(v))};
    randombytes_buf(store->post.author, AUTHOR);
    for (unsigned i = 0; i < 2; i++) {
        struct new_act act = {.case_id = post_case,
                              .kind = i ? POST_OFFICER : POST_GENESIS,
                              .payload = payload[i]};
        instant_parse("2026-03-12T12:00:00-06:00", &act.at);
        assert_true(db_begin(store, &err));
        assert_true(db_end(store, log_append(store, &act, NULL, &err), &err));
        json_decref(payload[i]);
    }
    assert_true(post_refresh(store, &err));
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    return store;
}

struct store *kit_create_cheap(const char *name)
{
    static char state[] = "HN", code[] = "HNTGU", post[] = "Consular Directorate",
                city[] = "Tegucigalpa", kind[] = "directorate";
    const struct post_profile profile = {state, code, post, state, city, kind};

    return kit_found(kit_path(name), &profile);
}

struct store *kit_open(const char *name, struct passphrase passphrase)
{
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(kit_path(name), NULL, passphrase, STORE_UNSYNCED, &store, &err))
        fail_msg("%s", error_text(&err));
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    return store;
}

bool kit_restore(const char *backup, const char *name, store_progress *progress, void *ctx,
                 struct error *err)
{
    char *from = xstrdup(kit_path(backup)), *to = xstrdup(kit_path(name));
    struct restoring how = {
        .backup = from, .path = to, .passphrase = kit_ana, .progress = progress, .ctx = ctx};
    struct restored restored;
    bool ok = store_restore(&how, &restored, err);

    buf_release(&restored.notes);
    free(from);
    free(to);
    return ok;
}

static bool record(struct store *store, const char *reference, enum act_kind kind,
                   const char *payload, struct recorded *out, struct error *err)
{
    json_t *json = kit_json(payload);
    struct record_request request = {.reference = reference, .kind = kind, .payload = json};
    bool ok = store_record(store, &request, out, err);

    json_decref(json);
    return ok;
}

const char *kit_record(struct store *store, const char *reference, enum act_kind kind,
                       const char *payload)
{
    static char id[4][2 * ACT_ID_SIZE + 1];
    static int turn;
    struct error err = ERROR_INIT;
    struct recorded recorded;
    char *out = id[turn++ % 4];

    if (!record(store, reference, kind, payload, &recorded, &err))
        fail_msg("%s: %s", act_type(kind)->name, error_text(&err));
    memcpy(out, recorded.id, sizeof id[0]);
    recorded_release(&recorded);
    return out;
}

void kit_refuse(struct store *store, const char *reference, enum act_kind kind, const char *payload,
                enum error_kind error, const char *part)
{
    struct error err = ERROR_INIT;

    if (record(store, reference, kind, payload, NULL, &err))
        fail_msg("%s: was recorded", act_type(kind)->name);
    assert_int_equal(err.kind, error);
    if (!strstr(error_text(&err), part))
        fail_msg("%s: \"%s\" is not in: %s", act_type(kind)->name, part, error_text(&err));
    error_release(&err);
}
