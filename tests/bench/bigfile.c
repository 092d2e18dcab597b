/* SPDX-License-Identifier: MIT */
#include "tests/bench/bigfile.h"

#include <err.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/date.h"
#include "amparo/base/mem.h"
#include "amparo/store/bookmark.h"
#include "amparo/store/db.h"
#include "amparo/store/directory.h"
#include "amparo/store/draft.h"
#include "amparo/store/record.h"
#include "amparo/store/report.h"
#include "amparo/store/store.h"

/* Made-up people: every combination differs by at least one name. */
static const char *const surnames[] = {
    "ÁLVAREZ", "BONILLA", "CASTRO",  "DÍAZ",     "ESCOBAR", "FUNES",   "GUZMÁN",  "HERRERA",
    "IBARRA",  "JUÁREZ",  "LÓPEZ",   "MEJÍA",    "NÚÑEZ",   "ORDÓÑEZ", "PINEDA",  "QUIROZ",
    "RAMÍREZ", "SALAZAR", "TORRES",  "URBINA",   "VALLE",   "WILSON",  "XITUMUL", "YÁÑEZ",
    "ZELAYA",  "AGUILAR", "BENÍTEZ", "CARRANZA", "DUBÓN",   "ESPINAL", "FLORES",  "GALEANO",
};
static const char *const given_names[] = {
    "Karen Yamileth", "José Ángel",  "María Paula",  "Óscar Iván",  "Rosa Delia", "Julio César",
    "Wendy Suyapa",   "Luis Alonso", "Ana Gabriela", "Marco Tulio", "Dilcia",     "Édgar",
    "Keyla Patricia", "Nahún",       "Sofía",        "Elmer",       "Brenda",     "Walter",
};
static const char *const countries[] = {"AE", "HT", "SN", "TR", "TH", "GH", "MA", "JO"};
static const char *const priorities[] = {"routine", "routine", "routine", "urgent"};
static const struct {
    const char *code, *perpetrator, *facts;
} grounds[] = {
    {"G5", "employer", "Five months of wages unpaid; the employer keeps the passport."},
    {"G1", "civilian", "Held in a flat by people who lent the money for the journey."},
    {"G3", "family", "Left the house after repeated blows; sleeps at a neighbour's."},
    {"G4", "none", "The flood took the house and all documents."},
};

static _Noreturn void give_up(const char *what, const struct error *err)
{
    errx(1, "%s: %s", what, error_text(err));
}

/* Takes over the payload. */
static void record(struct store *store, const char *reference, enum act_kind kind, json_t *payload,
                   char **opened)
{
    struct error err = ERROR_INIT;
    struct recorded done = {0};
    struct record_request request = {
        .reference = reference, .kind = kind, .payload = payload, .language = english};

    if (!payload)
        errx(1, "a payload of the big file is malformed");
    if (!store_record(store, &request, &done, &err))
        give_up("the big file", &err);
    if (opened)
        *opened = xstrdup(done.reference);
    recorded_release(&done);
    json_decref(payload);
}

static void add_case(struct store *store, long n)
{
    size_t i = (size_t)n;
    size_t first = i % ARRAY_SIZE(surnames), second = i / ARRAY_SIZE(surnames);
    size_t given = second / ARRAY_SIZE(surnames) + i;
    size_t ground = i % ARRAY_SIZE(grounds);
    char born[DATE_SIZE], due[DATE_SIZE];
    char *reference;

    date_format(date_from_number((long)(i * 37 % 18000)), born);
    date_format(date_add_days((struct date){2026, 1, 1}, (long)(i * 31 % 730)), due);
    record(store, NULL, ACT_OPEN,
           json_pack("{s:s, s:s, s:s, s:s, s:s*}", "role", "requesting", "receiving_state",
                     countries[i % ARRAY_SIZE(countries)], "priority",
                     priorities[i / 7 % ARRAY_SIZE(priorities)], "source", "phone",
                     "next_action_due", i % 2 ? due : NULL),
           &reference);
    record(store, reference, ACT_PERSON,
           json_pack("{s:i, s:s, s:s, s:s, s:s, s:[{s:s, s:s}]}", "person", 1, "surname_1",
                     surnames[first], "surname_2", surnames[second % ARRAY_SIZE(surnames)],
                     "given_names", given_names[given % ARRAY_SIZE(given_names)], "birth_date",
                     born, "nationalities", "state", "HN", "proof", "passport"),
           NULL);
    record(store, reference, ACT_GROUND,
           json_pack("{s:i, s:s, s:s, s:s}", "person", 1, "code", grounds[ground].code,
                     "perpetrator", grounds[ground].perpetrator, "facts", grounds[ground].facts),
           NULL);
    free(reference);
}

/* Cases in one transaction. */
enum { BATCH = 1000 };

static void fill(struct store *store, long cases)
{
    struct error err = ERROR_INIT;
    bool shown = isatty(STDERR_FILENO);

    for (long n = 0; n < cases; n++) {
        if (n % BATCH == 0 && !store_batch_begin(store, &err))
            give_up("the big file", &err);
        add_case(store, n);
        if ((n % BATCH == BATCH - 1 || n == cases - 1) && !store_batch_end(store, true, &err))
            give_up("the big file", &err);
        if (shown && n % BATCH == BATCH - 1)
            fprintf(stderr, "\rmaking the case file of %ld cases: %ld", cases, n + 1);
    }
    if (shown)
        fputc('\n', stderr);
}

static void make(const char *path, long cases)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store;
    struct passphrase key = {BIGFILE_PASSPHRASE, strlen(BIGFILE_PASSPHRASE)};
    char state[] = "HN", code[] = "HNTGU", name[] = "Consular Directorate", city[] = "Tegucigalpa",
         kind[] = "directorate";
    struct post_profile post = {
        .state = state, .code = code, .name = name, .country = state, .city = city, .kind = kind};

    if (!store_create(path, &post, BIGFILE_OFFICER, key, STORE_LEAST, &store, &recovery, &err))
        give_up(path, &err);
    buf_release(&recovery);
    store_close(store);
    if (!store_open(path, BIGFILE_OFFICER, key, STORE_UNSYNCED | STORE_EXCLUSIVE, &store, &err))
        give_up(path, &err);
    fill(store, cases);
    store_close(store);
}

/* Drafts, and where one was when a bench cut the program off. */
static void drop_what_was_left(struct store *store)
{
    struct error err = ERROR_INIT;
    struct drafts drafts = {0};

    if (!store_draft_list(store, NULL, &drafts, &err))
        give_up(store_path(store), &err);
    for (size_t i = 0; i < drafts.count; i++)
        if (!store_draft_drop(store, drafts.list[i].id, &err))
            give_up(store_path(store), &err);
    drafts_release(&drafts);
    if (!store_bookmark_drop(store, &err))
        give_up(store_path(store), &err);
}

bool bigfile_tidy(const char *path, const char *passphrase)
{
    struct error err = ERROR_INIT;
    struct store *store;
    struct passphrase key = {passphrase, strlen(passphrase)};
    bool ok = access(path, F_OK) == 0 && store_open(path, NULL, key, STORE_UNSYNCED, &store, &err);

    if (ok) {
        drop_what_was_left(store);
        store_close(store);
    }
    error_release(&err);
    return ok;
}

/* With what SQLite keeps beside it. */
static void remove_file(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        char *name = xasprintf("%s%s", path, endings[i]);
        unlink(name);
        free(name);
    }
}

/* A number that is another one when the tables are others: FNV over what they are made by. */
static unsigned schema_stamp(void)
{
    unsigned stamp = 2166136261u;
    sqlite3_stmt *made;
    sqlite3 *db;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK || !db_make_schema(db) ||
        sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema", -1, &made, NULL) != SQLITE_OK)
        errx(1, "the tables cannot be made");
    while (sqlite3_step(made) == SQLITE_ROW)
        for (const unsigned char *c = sqlite3_column_text(made, 0); c && *c; c++)
            stamp = (stamp ^ *c) * 16777619u;
    sqlite3_finalize(made);
    sqlite3_close(db);
    return stamp;
}

/* Made by `make` under another name first, so that a half-made one is never taken; and anew where
 * the tables have changed since. */
static char *kept_file(const char *folder, const char *kind, long cases,
                       void (*make_at)(const char *path, long cases))
{
    char *path = xasprintf("%s/%ld-%s-%08x.amparo", folder, cases, kind, schema_stamp());
    char *part = xasprintf("%s/part.amparo", folder);

    if (sodium_init() < 0)
        errx(1, "libsodium does not start");
    if (!bigfile_tidy(path, BIGFILE_PASSPHRASE)) {
        mkdir(folder, 0700);
        remove_file(path);
        remove_file(part);
        make_at(part, cases);
        if (rename(part, path) != 0)
            err(1, "%s", path);
    }
    free(part);
    return path;
}

char *bigfile(const char *folder, long cases)
{
    return kept_file(folder, "cases", cases, make);
}

/* ---- with a meeting ---- */

static void allow_requests(struct store *store, struct error *err)
{
    const struct date since = {2020, 1, 1};

    if (!store_directory_set_party(store, "HN", since, NULL, "a note", err) ||
        !store_directory_set_list(store, "HN", since, err) ||
        !store_meeting_add(store, BIGFILE_MEETING, NULL, "Panama City", err))
        give_up("the big file", err);
}

static void put_under_mechanism(struct store *store, const char *reference)
{
    record(store, reference, ACT_DECIDE,
           json_pack("{s:s, s:s}", "decision", "applies", "reason", "the facts agree"), NULL);
    record(store, reference, ACT_CONSENT,
           json_pack("{s:i, s:s, s:s, s:s, s:s, s:s}", "person", 1, "purpose", "P9", "to",
                     "network", "given_by", "self", "form", "oral", "on", "2026-01-01"),
           NULL);
}

static void make_with_meeting(const char *path, long cases)
{
    struct error err = ERROR_INIT;
    struct store *store;
    struct report report;
    struct case_rows rows;
    struct passphrase key = {BIGFILE_PASSPHRASE, strlen(BIGFILE_PASSPHRASE)};

    make(path, cases);
    if (!store_open(path, NULL, key, STORE_UNSYNCED | STORE_EXCLUSIVE, &store, &err) ||
        !store_batch_begin(store, &err) ||
        !store_list(store, &(struct list_filter){.stage = -1}, &rows, &err))
        give_up(path, &err);
    allow_requests(store, &err);
    for (size_t i = 0; i < rows.count; i += BIGFILE_DUE)
        put_under_mechanism(store, rows.list[i].reference);
    case_rows_release(&rows);
    /* The first report makes the key of the pseudonyms. */
    if (!store_report(store, BIGFILE_MEETING, &report, &err) || !store_batch_end(store, true, &err))
        give_up(path, &err);
    report_release(&report);
    store_close(store);
}

char *bigfile_with_meeting(const char *folder, long cases)
{
    return kept_file(folder, "cases-with-meeting", cases, make_with_meeting);
}
