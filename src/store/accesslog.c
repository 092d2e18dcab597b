/* SPDX-License-Identifier: MIT */
#include "amparo/store/accesslog.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesscheck.h"
#include "amparo/store/caseload.h"
#include "amparo/store/waiting.h"

enum { VIEW_SECONDS = 60 * 60, END_MS = 2000 };

static const char *const kind_names[] = {[ACCESS_VIEW] = "view",
                                         [ACCESS_PRINT] = "print",
                                         [ACCESS_EXPORT] = "export",
                                         [ACCESS_FAILED] = "failed"};

const char *access_kind_name(enum access_kind kind)
{
    return kind >= ACCESS_VIEW && kind <= ACCESS_FAILED ? kind_names[kind] : "?";
}

/* ---- the chain ---- */

/* An entry as it is in the file, but for head and signature. */
struct row {
    int64_t entry, acts, kind, copy;
    const char *at, *reference, *what, *recipient, *language, *as_of;
};

static void add_number(crypto_generichash_state *state, int64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
    add_number(state, (int64_t)strlen(text));
    crypto_generichash_update(state, (const uint8_t *)text, strlen(text));
}

/* The head over all entries up to this one. */
static void head_of(const struct store *store, const uint8_t before[HASH], const struct row *row,
                    uint8_t head[HASH])
{
    static const uint8_t purpose[] = "amparo access log";
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH);
    crypto_generichash_update(&state, purpose, sizeof purpose);
    crypto_generichash_update(&state, vault_file_id(store->vault), VAULT_FILE_ID);
    crypto_generichash_update(&state, before, HASH);
    add_number(&state, row->entry);
    add_number(&state, row->acts);
    add_number(&state, row->kind);
    add_number(&state, row->copy);
    add_text(&state, row->at);
    add_text(&state, row->reference);
    add_text(&state, row->what);
    add_text(&state, row->recipient);
    if (*row->language || *row->as_of) { /* older entries have neither */
        add_text(&state, row->language);
        add_text(&state, row->as_of);
    }
    crypto_generichash_final(&state, head, HASH);
}

/* What is signed: so that no signature of an act can stand for an entry's, nor the other way. */
struct signed_head {
    uint8_t purpose[16];
    uint8_t head[HASH];
};

static struct signed_head to_sign(const uint8_t head[HASH])
{
    struct signed_head signing = {.purpose = "amparo access"};

    memcpy(signing.head, head, HASH);
    return signing;
}

/* Nobody outside of the file knows the signature, so that nobody can work it out. */
static void mark_of(const uint8_t head[HASH], const uint8_t signature[VAULT_SIGNATURE],
                    uint8_t mark[ACCESS_MARK])
{
    static const uint8_t purpose[] = "amparo paper";
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, ACCESS_MARK);
    crypto_generichash_update(&state, purpose, sizeof purpose);
    crypto_generichash_update(&state, head, HASH);
    crypto_generichash_update(&state, signature, VAULT_SIGNATURE);
    crypto_generichash_final(&state, mark, ACCESS_MARK);
}

/* ---- entering ---- */

static bool last_entry(struct store *store, int64_t *entry, uint8_t head[HASH], struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT entry, head FROM access ORDER BY entry DESC LIMIT 1", "");

    *entry = 0;
    memset(head, 0, HASH);
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        *entry = db_int(row, 0);
        failed = !db_bytes(row, 1, head, HASH) &&
                 !error_set(err, ERROR_VAULT, _("the access log is damaged; see amparo verify"));
        db_done(row);
    }
    return !failed;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Behind the last one: its number, time, chain and signature are given here. */
static bool append(struct store *store, struct row row, struct access_copy *copy, struct error *err)
{
    uint8_t before[HASH], head[HASH], signature[VAULT_SIGNATURE];
    char now[INSTANT_SIZE];

    if (!last_entry(store, &row.entry, before, err) ||
        !db_number(store, &row.acts, 0, err, "SELECT max(seq) FROM acts", ""))
        return false;
    row.entry++;
    row.at = store_now(store, now);
    head_of(store, before, &row, head);
    struct signed_head signing = to_sign(head);
    vault_sign(store->vault, &signing, sizeof signing, signature);
    *copy = (struct access_copy){.entry = row.entry, .number = row.copy};
    mark_of(head, signature, copy->mark);
    return db_run(store, err, "INSERT INTO access VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "itiitttibbbtt", row.entry, row.at, row.acts, row.kind, row.reference, row.what,
                  row.recipient, row.copy, vault_sign_pk(store->vault), (size_t)KEY, signature,
                  sizeof signature, head, sizeof head, row.language, row.as_of);
}

/* Of copies that are made at once the entry has the number of the last: the first one is the next
 * after those of before. */
static bool enter(struct store *store, const struct access *access, struct access_copy *copy,
                  struct error *err)
{
    struct row row = {.kind = (int64_t)access->kind,
                      .reference = access->reference,
                      .what = access->what,
                      .recipient = or_empty(access->recipient),
                      .language = or_empty(access->language),
                      .as_of = or_empty(access->as_of)};
    struct access_copy entered;
    int64_t before = 0;

    if (access->kind == ACCESS_PRINT) {
        if (!db_number(store, &before, 0, err,
                       "SELECT max(copy) FROM access WHERE reference = ? AND what = ?", "tt",
                       row.reference, row.what))
            return false;
        row.copy = before + (access->copies ? access->copies : 1);
    }
    if (!append(store, row, &entered, err))
        return false;
    entered.first = row.copy ? before + 1 : 0;
    if (copy)
        *copy = entered;
    return true;
}

/* The reference as it is written; of the whole file "". */
static bool case_written(struct store *store, const char *reference, char **written,
                         struct error *err)
{
    uint8_t case_id[CASE_ID];

    if (*reference)
        return case_find(store, reference, case_id, written, err);
    *written = xstrdup("");
    return true;
}

/* Who opened the file is an officer, and can write in it. */
static bool keeps_log(const struct store *store)
{
    return !(store->flags & STORE_READ_ONLY) && *store->me.name;
}

bool access_kept(bool ok, struct access_copy *entered)
{
    if (!ok && entered)
        *entered = (struct access_copy){.entry = 0};
    return ok;
}

bool access_enter(struct store *store, const struct access *access, struct access_copy *copy,
                  struct error *err)
{
    if (copy)
        *copy = (struct access_copy){.entry = 0};
    if (!keeps_log(store))
        return true;
    struct access of_case = *access;
    char *written = NULL;
    if (!case_written(store, access->reference, &written, err))
        return false;
    of_case.reference = written;
    bool ok = db_begin(store, err) && db_end(store, enter(store, &of_case, copy, err), err);
    free(written);
    return access_kept(ok, copy);
}

static bool enter_failed(struct store *store, int64_t entry, struct error *err)
{
    struct access_copy unused;
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT reference, what, recipient, language, as_of, copy FROM "
                                 "access WHERE entry = ?",
                                 "i", entry);

    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed;
    char *text[] = {db_text(row, 0), db_text(row, 1), db_text(row, 2), db_text(row, 3),
                    db_text(row, 4)};
    const struct row again = {.kind = ACCESS_FAILED,
                              .reference = text[0],
                              .what = text[1],
                              .recipient = text[2],
                              .language = text[3],
                              .as_of = text[4],
                              .copy = db_int(row, 5)};
    db_done(row);
    bool ok = append(store, again, &unused, err);
    for (size_t i = 0; i < ARRAY_SIZE(text); i++)
        free(text[i]);
    return ok;
}

bool access_failed(struct store *store, int64_t entry, struct error *err)
{
    return !entry || (db_begin(store, err) && db_end(store, enter_failed(store, entry, err), err));
}

void access_lost(struct store *store, const struct access_copy *entered)
{
    struct error unsaid = ERROR_INIT;

    access_failed(store, entered->entry, &unsaid);
    error_release(&unsaid);
}

/* Whether this officer looked at it within the hour. */
static bool seen_lately(struct store *store, const char *reference, const char *what, bool *seen,
                        struct error *err)
{
    struct instant last, now;
    char text[INSTANT_SIZE];
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT at FROM access WHERE reference = ? AND what = ? AND "
                                 "kind = ? AND signer = ? ORDER BY entry DESC LIMIT 1",
                                 "ttib", reference, what, (int64_t)ACCESS_VIEW,
                                 vault_sign_pk(store->vault), (size_t)KEY);

    *seen = false;
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        char *at = db_text(row, 0);
        *seen = instant_parse(at, &last) && instant_parse(store_now(store, text), &now) &&
                now.seconds >= last.seconds && now.seconds - last.seconds < VIEW_SECONDS;
        free(at);
        db_done(row);
    }
    return !failed;
}

/* ---- what was looked at ---- */

static bool enter_view(struct store *store, const char *reference, const char *what,
                       struct error *err)
{
    char *written = NULL;
    bool seen;
    bool ok = case_written(store, reference, &written, err) &&
              seen_lately(store, written, what, &seen, err) &&
              (seen ||
               access_enter(
                   store, &(struct access){.kind = ACCESS_VIEW, .reference = written, .what = what},
                   NULL, err));

    free(written);
    return ok;
}

/* What waits to be entered: the instant, the case, what was looked at, each with its NUL. */
struct unlogged {
    const char *at, *reference, *what;
};

/* The one that begins there; *place goes on to the next. */
static struct unlogged take_unlogged(const struct store *store, size_t *place)
{
    struct unlogged u = {.at = store->unlogged.data + *place};

    u.reference = u.at + strlen(u.at) + 1;
    u.what = u.reference + strlen(u.reference) + 1;
    *place = (size_t)(u.what + strlen(u.what) + 1 - store->unlogged.data);
    return u;
}

static void enter_later(struct store *store, const char *reference, const char *what)
{
    char now[INSTANT_SIZE];
    const char *texts[] = {store_now(store, now), reference, what};

    for (size_t at = 0; at < store->unlogged.size;) {
        struct unlogged u = take_unlogged(store, &at);
        if (strcmp(u.reference, reference) == 0 && strcmp(u.what, what) == 0)
            return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        buf_add(&store->unlogged, texts[i], strlen(texts[i]) + 1);
}

static bool enter_unlogged(struct store *store, struct error *err)
{
    char *now = store->now;
    bool ok = true;

    for (size_t at = 0; ok && at < store->unlogged.size;) {
        struct unlogged u = take_unlogged(store, &at);
        store->now = (char *)(uintptr_t)u.at; /* as of when it was looked at */
        ok = enter_view(store, u.reference, u.what, err);
    }
    store->now = now;
    return ok;
}

/* All that waits, as one; what cannot be entered waits on. */
static bool catch_up(struct store *store, struct error *err)
{
    if (!store->unlogged.size)
        return true;
    if (!db_begin(store, err) || !db_end(store, enter_unlogged(store, err), err))
        return false;
    buf_clear(&store->unlogged);
    return true;
}

bool access_view(struct store *store, const char *reference, const char *what, struct error *err)
{
    struct error why = ERROR_INIT;

    if (!keeps_log(store))
        return true;
    int patience = store_set_patience(store, 0);
    bool ok = catch_up(store, &why) && enter_view(store, reference, what, &why);
    bool busy = !ok && (sqlite3_errcode(store->db) & 0xff) == SQLITE_BUSY;
    store_set_patience(store, patience);
    if (busy)
        enter_later(store, reference, what);
    else if (!ok)
        error_set(err, why.kind, "%s", error_text(&why));
    error_release(&why);
    return ok || busy;
}

void access_log_end(struct store *store)
{
    int patience = store_set_patience(store, END_MS);

    catch_up(store, NULL);
    store_set_patience(store, patience);
    buf_release(&store->unlogged);
}

/* ---- reading ---- */

void access_entry_release(struct access_entry *e)
{
    free(e->officer);
    free(e->reference);
    free(e->what);
    free(e->recipient);
    free(e->language);
    free(e->as_of);
    *e = (struct access_entry){.entry = 0};
}

void access_entries_release(struct access_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        access_entry_release(&entries->list[i]);
    free(entries->list);
    *entries = (struct access_entries){NULL, 0};
}

#define COLUMNS                                                                                    \
    "entry, at, acts, kind, reference, what, recipient, copy, signer, signature, head, language, " \
    "as_of"

/* The copy after the last one of the prints before. */
#define FIRST_COPY                                                                                 \
    "(SELECT ifnull(max(b.copy), 0) + 1 FROM access b WHERE b.reference = access.reference AND "   \
    "b.what = access.what AND b.copy < access.copy)"

/* Who could have recorded the act after that one with that key; "?": nobody. */
static char *officer_of(const struct post_state *post, sqlite3_stmt *row)
{
    uint8_t key[KEY];
    const struct roster_entry *who =
        db_bytes(row, 8, key, KEY) ? post_state_signer(post, key, db_int(row, 2) + 1) : NULL;

    return xstrdup(who ? who->officer.name : "?");
}

static void take(const struct store *store, sqlite3_stmt *row, struct access_entry *e)
{
    char *at = db_text(row, 1);

    *e = (struct access_entry){.entry = db_int(row, 0),
                               .acts = db_int(row, 2),
                               .first = db_int(row, 7) ? db_int(row, 13) : 0,
                               .copy = db_int(row, 7),
                               .kind = (enum access_kind)db_int(row, 3),
                               .officer = officer_of(&store->post, row),
                               .reference = db_text(row, 4),
                               .what = db_text(row, 5),
                               .recipient = db_text(row, 6),
                               .language = db_text(row, 11),
                               .as_of = db_text(row, 12)};
    strncpy(e->at, at, sizeof e->at - 1);
    free(at);
}

bool access_list(struct store *store, const struct access_filter *filter,
                 struct access_entries *out, struct error *err)
{
    bool failed = false;
    int64_t limit = filter->limit ? (int64_t)filter->limit : -1;

    *out = (struct access_entries){NULL, 0};
    if (!post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post reads the access log"));
    char *written = NULL;
    if (filter->reference && !case_written(store, filter->reference, &written, err))
        return false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT " COLUMNS ", " FIRST_COPY
                                 " FROM access WHERE (?1 IS NULL OR reference = ?1) AND "
                                 "(?2 IS NULL OR at >= ?2) ORDER BY entry DESC LIMIT ?3",
                                 "tti", written, filter->since, limit);
    free(written);
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        take(store, row, &out->list[out->count++]);
    }
    if (failed)
        access_entries_release(out);
    return !failed;
}

/* ---- whether it is whole ---- */

/* What is wrong with an entry, N_(), by those before it; NULL: nothing. */
static const char *fault_of(const struct store *store, const struct post_state *post,
                            sqlite3_stmt *row, int64_t entry, uint8_t head[HASH])
{
    uint8_t key[KEY], signature[VAULT_SIGNATURE], is[HASH], should[HASH];
    char *text[] = {db_text(row, 1), db_text(row, 4),  db_text(row, 5),
                    db_text(row, 6), db_text(row, 11), db_text(row, 12)};
    struct row r = {db_int(row, 0), db_int(row, 2), db_int(row, 3), db_int(row, 7), text[0],
                    text[1],        text[2],        text[3],        text[4],        text[5]};
    bool whole = db_bytes(row, 8, key, sizeof key) && db_bytes(row, 10, is, sizeof is) &&
                 db_bytes(row, 9, signature, sizeof signature);
    const char *fault = NULL;

    head_of(store, head, &r, should);
    struct signed_head signing = to_sign(should);
    if (r.entry != entry)
        fault = N_("one before it is missing");
    else if (!whole || memcmp(is, should, HASH) != 0)
        fault = N_("it was changed, or does not follow the one before");
    else if (!vault_check_signature(key, &signing, sizeof signing, signature))
        fault = N_("its signature is not valid");
    else if (!post_state_signer(post, key, r.acts + 1))
        fault = N_("who signed it was no officer then");
    memcpy(head, whole ? is : should, HASH);
    for (size_t i = 0; i < ARRAY_SIZE(text); i++)
        free(text[i]);
    return fault;
}

bool access_log_check(struct store *store, const struct post_state *post, struct error *found,
                      struct error *err)
{
    uint8_t head[HASH] = {0};
    int64_t entry = 1;
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err, "SELECT " COLUMNS " FROM access ORDER BY entry", "");

    if (!row)
        return false;
    for (; db_step(store, row, &failed, err); entry++) {
        const char *fault = fault_of(store, post, row, entry, head);
        if (fault)
            error_set(found, ERROR_VAULT, _("access log, entry %lld: %s"),
                      (long long)db_int(row, 0), _(fault));
        entry = db_int(row, 0);
    }
    return !failed;
}

/* ---- by a paper ---- */

static bool head_before(struct store *store, int64_t entry, uint8_t head[HASH], struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT head FROM access WHERE entry = ?", "i", entry - 1);

    memset(head, 0, HASH);
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        db_bytes(row, 0, head, HASH);
        db_done(row);
    }
    return !failed;
}

/* The next entry before `*entry` that is one by its mark, as it stands in the file; 0: none. No
 * paper has the code of a draft, nor of what is entered when one looks, or when it failed. */
static bool find_marked(struct store *store, access_mark_fn *is, const void *ctx, int64_t *entry,
                        uint8_t mark[ACCESS_MARK], struct error *err)
{
    uint8_t head[HASH], signature[VAULT_SIGNATURE];
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT entry, head, signature FROM access WHERE kind IN (?, ?) "
                                 "AND what NOT LIKE '% draft' AND entry < ? ORDER BY entry DESC",
                                 "iii", (int64_t)ACCESS_PRINT, (int64_t)ACCESS_EXPORT, *entry);

    *entry = 0;
    if (!row)
        return false;
    while (!*entry && db_step(store, row, &failed, err)) {
        if (!db_bytes(row, 1, head, sizeof head) || !db_bytes(row, 2, signature, sizeof signature))
            continue;
        mark_of(head, signature, mark);
        if (is(ctx, mark))
            *entry = db_int(row, 0);
    }
    if (*entry)
        db_done(row);
    return !failed;
}

bool access_find_marked(struct store *store, access_mark_fn *is, const void *ctx, int64_t before,
                        struct access_marked *out, struct error *err)
{
    uint8_t head[HASH];
    int64_t entry = before ? before : INT64_MAX;
    bool failed = false;

    *out = (struct access_marked){.fault = NULL};
    if (!post_refresh(store, err) || !find_marked(store, is, ctx, &entry, out->mark, err))
        return false;
    if (!entry)
        return true;
    if (!head_before(store, entry, head, err))
        return false;
    sqlite3_stmt *row = db_query(
        store, err, "SELECT " COLUMNS ", " FIRST_COPY " FROM access WHERE entry = ?", "i", entry);
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        take(store, row, &out->entry);
        out->fault = fault_of(store, &store->post, row, entry, head);
        db_done(row);
    }
    return !failed;
}
