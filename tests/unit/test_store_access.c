/* SPDX-License-Identifier: MIT */
/* The access log: what is entered, once an hour; copies are counted; what was changed in it shows.
 */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/verify.h"

#define ONE "HNTGU-2026-0001"
#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"

static struct store *begin(const char *name)
{
    struct store *ana = kit_create(name);

    kit_record(ana, NULL, ACT_OPEN, OPEN);
    return ana;
}

static void view(struct store *store, const char *reference, const char *what)
{
    struct error err = ERROR_INIT;

    if (!access_view(store, reference, what, &err))
        fail_msg("%s", error_text(&err));
}

static int64_t print(struct store *store, const char *reference, const char *what, const char *to)
{
    struct error err = ERROR_INIT;
    struct access_copy copy;
    const struct access access = {
        .kind = ACCESS_PRINT, .reference = reference, .what = what, .recipient = to};

    if (!access_enter(store, &access, &copy, &err))
        fail_msg("%s", error_text(&err));
    return copy.number;
}

static struct access_entries entries(struct store *store, const char *reference, const char *since)
{
    struct access_entries out;
    struct error err = ERROR_INIT;

    if (!access_list(store, &(struct access_filter){reference, since, 0}, &out, &err))
        fail_msg("%s", error_text(&err));
    return out;
}

static size_t count(struct store *store, const char *reference, const char *since)
{
    struct access_entries out = entries(store, reference, since);
    size_t n = out.count;

    access_entries_release(&out);
    return n;
}

/* What verify says; "" where all is whole. */
static const char *verified(struct store *store)
{
    static char said[1000];
    struct verified v;
    struct error err = ERROR_INIT;
    bool ok = store_verify(store, NULL, NULL, &v, &err);

    buf_release(&v.notes);
    snprintf(said, sizeof said, "%s", ok ? "" : error_text(&err));
    error_release(&err);
    return said;
}

static void looked_at_once_an_hour(void **state)
{
    struct store *ana = begin("hour");

    (void)state;
    view(ana, ONE, "case");
    view(ana, ONE, "case");
    view(ana, "hntgu-2026-0001", "case"); /* however it was typed */
    assert_int_equal(count(ana, ONE, NULL), 1);
    view(ana, ONE, "situation");
    assert_int_equal(count(ana, ONE, NULL), 2);
    store_set_now(ana, "2026-03-12T12:59:59-06:00");
    view(ana, ONE, "case");
    assert_int_equal(count(ana, ONE, NULL), 2);
    store_set_now(ana, "2026-03-12T13:00:00-06:00");
    view(ana, ONE, "case");
    assert_int_equal(count(ana, ONE, NULL), 3);
    /* A clock that was set back hides nothing. */
    store_set_now(ana, "2026-03-12T11:00:00-06:00");
    view(ana, ONE, "case");
    struct access_entries all = entries(ana, ONE, NULL);
    assert_int_equal(all.count, 4);
    assert_string_equal(all.list[0].reference, ONE);
    assert_string_equal(all.list[0].officer, store_officer(ana)->name);
    assert_int_equal(all.list[0].kind, ACCESS_VIEW);
    access_entries_release(&all);
    assert_int_equal(count(ana, NULL, "2026-03-13"), 0);
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

static void another_officer_is_another_entry(void **state)
{
    struct store *ana = begin("officers"), *luis;
    struct error err = ERROR_INIT;
    struct access_entries none;

    (void)state;
    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("officers", kit_luis);
    view(ana, ONE, "case");
    view(luis, ONE, "case");
    assert_int_equal(count(ana, ONE, NULL), 2);
    /* Who is no head of post does not read whom others looked at. */
    assert_false(access_list(luis, &(struct access_filter){NULL, NULL, 0}, &none, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    assert_string_equal(verified(ana), "");
    store_close(luis);
    store_close(ana);
}

/* Who looks while another writes does not wait, and is entered as of then. */
static void readers_do_not_wait(void **state)
{
    struct store *ana = begin("busy"), *luis;
    struct error err = ERROR_INIT;

    (void)state;
    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("busy", kit_luis);
    store_set_now(luis, "2026-03-12T15:00:00-06:00");
    assert_true(store_batch_begin(ana, &err));
    view(luis, ONE, "case");
    view(luis, ONE, "case");
    view(luis, ONE, "person");
    assert_int_equal(count(ana, ONE, NULL), 0);
    assert_true(store_batch_end(ana, true, &err));
    store_set_now(luis, "2026-03-12T15:30:00-06:00");
    view(luis, ONE, "acts");
    struct access_entries all = entries(ana, ONE, NULL);
    assert_int_equal(all.count, 3);
    assert_string_equal(all.list[2].what, "case");
    assert_string_equal(all.list[2].at, "2026-03-12T15:00:00-06:00");
    assert_string_equal(all.list[1].what, "person");
    assert_string_equal(all.list[0].at, "2026-03-12T15:30:00-06:00");
    access_entries_release(&all);
    /* At the end of a session too. */
    assert_true(store_batch_begin(ana, &err));
    view(luis, ONE, "poll");
    assert_true(store_batch_end(ana, true, &err));
    store_close(luis);
    assert_int_equal(count(ana, ONE, NULL), 4);
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

static void copies_are_counted(void **state)
{
    struct store *ana = begin("copies");
    struct error err = ERROR_INIT;
    struct access_copy copy = {.number = 7};

    (void)state;
    kit_record(ana, NULL, ACT_OPEN, OPEN);
    assert_int_equal(print(ana, ONE, "summary", ""), 1);
    assert_int_equal(print(ana, ONE, "summary", "MX"), 2);
    assert_int_equal(print(ana, ONE, "poll", ""), 1);
    assert_int_equal(print(ana, "HNTGU-2026-0002", "summary", ""), 1);
    view(ana, ONE, "summary");
    assert_int_equal(print(ana, ONE, "summary", ""), 3);
    /* What is taken back was not printed. */
    assert_true(store_batch_begin(ana, &err));
    assert_int_equal(print(ana, ONE, "summary", ""), 4);
    assert_false(store_batch_end(ana, false, &err));
    assert_int_equal(print(ana, ONE, "summary", ""), 4);
    assert_false(access_enter(
        ana,
        &(struct access){.kind = ACCESS_PRINT, .reference = "HNTGU-2026-0009", .what = "summary"},
        &copy, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

/* Several at once are one entry, and have their numbers after those of before. */
static void copies_at_once(void **state)
{
    struct store *ana = begin("at once");
    struct error err = ERROR_INIT;
    struct access access = {.kind = ACCESS_PRINT, .reference = ONE, .what = "summary", .copies = 3};
    struct access_copy copy;

    (void)state;
    assert_int_equal(print(ana, ONE, "summary", ""), 1);
    assert_true(access_enter(ana, &access, &copy, &err));
    assert_int_equal(copy.first, 2);
    assert_int_equal(copy.number, 4);
    assert_int_equal(print(ana, ONE, "summary", "MX"), 5);
    struct access_entries all = entries(ana, ONE, NULL);
    assert_int_equal(all.count, 3);
    assert_int_equal(all.list[0].first, 5);
    assert_int_equal(all.list[0].copy, 5);
    assert_int_equal(all.list[1].first, 2);
    assert_int_equal(all.list[1].copy, 4);
    assert_int_equal(all.list[2].first, 1);
    access_entries_release(&all);
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

/* What did not arrive stays in the log, which says so; its numbers are given to nothing else. */
static void what_failed_is_said(void **state)
{
    struct store *ana = begin("failed");
    struct error err = ERROR_INIT;
    struct access access = {.kind = ACCESS_PRINT,
                            .reference = ONE,
                            .what = "summary",
                            .recipient = "MX",
                            .language = "es",
                            .copies = 2};
    struct access_copy copy;

    (void)state;
    assert_int_equal(print(ana, ONE, "summary", ""), 1);
    assert_true(access_enter(ana, &access, &copy, &err));
    assert_true(access_failed(ana, copy.entry, &err));
    assert_int_equal(print(ana, ONE, "summary", ""), 4);
    struct access_entries all = entries(ana, ONE, NULL);
    assert_int_equal(all.count, 4);
    const struct access_entry *failed = &all.list[1];
    assert_int_equal(failed->kind, ACCESS_FAILED);
    assert_string_equal(access_kind_name(failed->kind), "failed");
    assert_int_equal(failed->first, 2);
    assert_int_equal(failed->copy, 3);
    assert_string_equal(failed->what, "summary");
    assert_string_equal(failed->recipient, "MX");
    assert_string_equal(failed->language, "es");
    assert_int_equal(all.list[2].kind, ACCESS_PRINT);
    access_entries_release(&all);
    assert_true(access_failed(ana, 0, &err)); /* nothing had been entered */
    assert_int_equal(count(ana, ONE, NULL), 4);
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

static void a_backup_is_entered(void **state)
{
    struct store *ana = begin("backup");
    struct error err = ERROR_INIT;
    char *copy = xstrdup(kit_path("backup.copy"));

    (void)state;
    if (!store_backup(ana, copy, NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    struct access_entries all = entries(ana, NULL, NULL);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.list[0].kind, ACCESS_EXPORT);
    assert_string_equal(all.list[0].what, "backup");
    access_entries_release(&all);
    free(copy);
    store_close(ana);
}

/* There is none that the log does not know. */
static void a_backup_that_is_not_entered_is_none(void **state)
{
    struct store *ana = begin("unlogged");
    struct error err = ERROR_INIT;
    char *copy = xstrdup(kit_path("unlogged.copy"));

    (void)state;
    assert_true(db_run(ana, &err, "ALTER TABLE access RENAME TO gone", ""));
    assert_false(store_backup(ana, copy, NULL, NULL, &err));
    assert_int_not_equal(access(copy, F_OK), 0);
    free(copy);
    error_release(&err);
    store_close(ana);
}

/* Each column, and rows taken out or exchanged. */
static void what_was_changed_shows(void **state)
{
    static const char *const changes[][2] = {
        {"UPDATE access SET at = '2026-03-12T12:00:01-06:00' WHERE entry = 2", "entry 2"},
        {"UPDATE access SET acts = acts + 1 WHERE entry = 2", "entry 2"},
        {"UPDATE access SET kind = 1 WHERE entry = 3", "entry 3"},
        {"UPDATE access SET reference = '' WHERE entry = 1", "entry 1"},
        {"UPDATE access SET what = 'poll' WHERE entry = 3", "entry 3"},
        {"UPDATE access SET recipient = 'MX' WHERE entry = 3", "entry 3"},
        {"UPDATE access SET copy = 2 WHERE entry = 3", "entry 3"},
        {"UPDATE access SET language = 'fr' WHERE entry = 3", "entry 3"},
        {"UPDATE access SET as_of = '2026-03-12' WHERE entry = 3", "entry 3"},
        {"UPDATE access SET signer = zeroblob(32) WHERE entry = 2", "signature"},
        {"UPDATE access SET signature = zeroblob(64) WHERE entry = 2", "signature"},
        {"UPDATE access SET head = zeroblob(32) WHERE entry = 2", "entry 2"},
        {"UPDATE access SET head = x'00' WHERE entry = 3", "entry 3"},
        {"DELETE FROM access WHERE entry = 1", "one before it is missing"},
        {"DELETE FROM access WHERE entry = 2", "one before it is missing"},
        {"UPDATE access SET entry = 4 WHERE entry = 3", "one before it is missing"},
        {"DELETE FROM access WHERE entry = 1; UPDATE access SET entry = entry - 1", "entry 1"},
    };
    struct store *ana = begin("changed");
    struct error err = ERROR_INIT;

    (void)state;
    view(ana, ONE, "case");
    view(ana, ONE, "acts");
    print(ana, ONE, "summary", "");
    assert_string_equal(verified(ana), "");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_true(store_batch_begin(ana, &err));
        assert_int_equal(sqlite3_exec(ana->db, changes[i][0], NULL, NULL, NULL), SQLITE_OK);
        const char *said = verified(ana);
        if (!strstr(said, "access log") || !strstr(said, changes[i][1]))
            fail_msg("%s: %s", changes[i][0], said);
        assert_false(store_batch_end(ana, false, &err));
    }
    assert_string_equal(verified(ana), "");
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looked_at_once_an_hour),
        cmocka_unit_test(another_officer_is_another_entry),
        cmocka_unit_test(readers_do_not_wait),
        cmocka_unit_test(copies_are_counted),
        cmocka_unit_test(copies_at_once),
        cmocka_unit_test(what_failed_is_said),
        cmocka_unit_test(a_backup_is_entered),
        cmocka_unit_test(a_backup_that_is_not_entered_is_none),
        cmocka_unit_test(what_was_changed_shows),
    };

    return cmocka_run_group_tests_name("store access", tests, kit_begin, kit_end);
}
