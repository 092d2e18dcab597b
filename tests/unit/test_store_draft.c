/* SPDX-License-Identifier: MIT */
/* Drafts and presence: what is being typed, and by whom. */
#include "store_kit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/store/bookmark.h"
#include "amparo/store/draft.h"
#include "amparo/store/presence.h"

static void keeps_each_field(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("fields");
    struct draft draft;
    int64_t id, again;
    (void)state;

    assert_true(store_draft_open(store, "new", ACT_PERSON, 1, 0, &id, &err));
    assert_true(store_draft_open(store, "new", ACT_PERSON, 1, 0, &again, &err));
    assert_int_equal(id, again);
    assert_true(store_draft_open(store, "new", ACT_PERSON, 2, 0, &again, &err));
    assert_int_not_equal(id, again);
    assert_true(store_draft_put(store, id, "person", "surname_1", "RAMI", 4, &err));
    assert_true(store_draft_put(store, id, "person", "surname_1", "RAMÍREZ", 8, &err));
    assert_true(store_draft_put(store, id, "person", "languages[0]", "es", 2, &err));
    assert_true(store_draft_put(store, id, "person", "languages[1]", "en", 2, &err));
    assert_true(store_draft_focus(store, id, "person", "given_names", 0, &err));
    store_close(store);

    store = kit_open("fields", kit_ana);
    assert_true(store_draft_get(store, id, &draft, &err));
    assert_int_equal(draft.count, 3);
    assert_string_equal(draft.fields[2].path, "surname_1");
    assert_string_equal(draft.fields[2].text, "RAMÍREZ");
    assert_int_equal(draft.fields[2].cursor, 8);
    assert_string_equal(draft.focus, "given_names");
    assert_string_equal(draft.screen, "person");
    assert_string_equal(draft.subject, "new");
    assert_int_equal(draft.kind, ACT_PERSON);
    draft_release(&draft);
    store_close(store);
}

static void lists_moves_and_drops(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("lists");
    struct drafts drafts;
    struct draft draft;
    int64_t a, b;
    (void)state;

    assert_true(store_draft_open(store, "new", ACT_OPEN, 0, 0, &a, &err));
    store_set_now(store, "2026-03-12T12:00:01-06:00");
    assert_true(store_draft_open(store, "HNTGU-2026-0001", ACT_NOTE, 0, 0, &b, &err));
    assert_true(store_draft_list(store, NULL, &drafts, &err));
    assert_int_equal(drafts.count, 2);
    assert_int_equal(drafts.list[0].id, b);
    drafts_release(&drafts);
    assert_true(store_draft_move(store, "new", "HNTGU-2026-0001", &err));
    assert_true(store_draft_list(store, "HNTGU-2026-0001", &drafts, &err));
    assert_int_equal(drafts.count, 2);
    drafts_release(&drafts);
    assert_true(store_draft_drop(store, a, &err));
    assert_false(store_draft_get(store, a, &draft, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    assert_false(store_draft_put(store, a, "open", "role", "requesting", 0, &err));
    error_release(&err);
    store_close(store);
}

static void shows_no_draft_to_another_officer(void **state)
{
    struct error err = ERROR_INIT;
    struct store *ana = kit_create("private"), *luis;
    struct drafts drafts;
    struct draft draft;
    int64_t id;
    (void)state;

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    assert_true(store_draft_open(ana, "new", ACT_PERSON, 1, 0, &id, &err));
    luis = kit_open("private", kit_luis);
    assert_true(store_draft_list(luis, NULL, &drafts, &err));
    assert_int_equal(drafts.count, 0);
    assert_false(store_draft_get(luis, id, &draft, &err));
    error_release(&err);
    assert_false(store_draft_put(luis, id, "person", "surname_1", "x", 1, &err));
    error_release(&err);
    assert_true(store_draft_drop(luis, id, &err));
    assert_true(store_draft_get(ana, id, &draft, &err));
    draft_release(&draft);
    store_close(luis);
    store_close(ana);
}

static void says_who_is_there(void **state)
{
    struct error err = ERROR_INIT;
    struct store *ana = kit_create("there"), *luis;
    struct presences others;
    int64_t before;
    (void)state;

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("there", kit_luis);
    before = store_changes(ana);
    assert_int_equal(store_changes(ana), before);
    assert_true(store_presence_set(luis, "HNTGU-2026-0001", &err));
    assert_int_not_equal(store_changes(ana), before);
    assert_true(store_presence_set(ana, "", &err));
    assert_true(store_presence_list(ana, NULL, &others, &err));
    assert_int_equal(others.count, 1);
    assert_string_equal(others.list[0].officer, "Luis");
    assert_string_equal(others.list[0].place, "HNTGU-2026-0001");
    assert_int_equal(others.list[0].pid, getpid());
    presences_release(&others);
    assert_true(store_presence_set(luis, "list", &err));
    assert_true(store_presence_list(ana, "HNTGU-2026-0001", &others, &err));
    assert_int_equal(others.count, 0);
    presences_release(&others);
    store_close(luis);
    assert_true(store_presence_list(ana, NULL, &others, &err));
    assert_int_equal(others.count, 0);
    presences_release(&others);
    store_close(ana);
}

static void forgets_who_was_killed(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("killed");
    struct presences others;
    char host[256];
    int64_t left;
    (void)state;

    gethostname(host, sizeof host);
    /* No process has this number: it is above what the kernel gives. */
    assert_true(db_run(store, &err,
                       "INSERT INTO presence (id, pid, host, officer, place, since) "
                       "VALUES (7, 99999999, ?, 'Luis', '', '2026-03-12T11:00:00-06:00')",
                       "t", host));
    assert_true(db_run(store, &err,
                       "INSERT INTO presence (id, pid, host, officer, place, since) "
                       "VALUES (8, 99999999, 'elsewhere', 'Eva', '', '2026-03-12T11:00:00-06:00')",
                       ""));
    assert_true(store_presence_list(store, NULL, &others, &err));
    assert_int_equal(others.count, 1);
    assert_string_equal(others.list[0].officer, "Eva");
    presences_release(&others);
    assert_true(db_number(store, &left, 0, &err, "SELECT count(*) FROM presence", ""));
    assert_int_equal(left, 1);
    store_close(store);
}

/* What an ended program of the officer left; what runs keeps its own. */
static void keeps_where_one_was(void **state)
{
    struct error err = ERROR_INIT;
    struct store *gone = kit_create("bookmark"), *ana, *luis;
    struct bookmark left;
    int64_t count;
    (void)state;

    assert_true(store_add_officer(gone, "Luis", ROLE_OFFICER, kit_luis, &err));
    assert_true(store_presence_set(gone, "", &err));
    assert_true(store_bookmark_put(gone, "[1]", &err));
    assert_true(store_bookmark_put(gone, "[2]", &err));
    ana = kit_open("bookmark", kit_ana);
    assert_true(store_presence_set(ana, "", &err));
    assert_true(store_bookmark_left(ana, &left, &err));
    assert_null(left.screens); /* that program still runs */
    store_close(gone);         /* it says good-bye, and drops nothing */
    assert_true(store_bookmark_left(ana, &left, &err));
    assert_string_equal(left.screens, "[2]");
    bookmark_release(&left);

    luis = kit_open("bookmark", kit_luis);
    assert_true(store_presence_set(luis, "", &err));
    assert_true(store_bookmark_left(luis, &left, &err));
    assert_null(left.screens);
    assert_true(store_bookmark_put(luis, "[3]", &err));
    assert_true(store_bookmark_put(ana, "[4]", &err)); /* in place of what was left */
    assert_true(db_number(ana, &count, 0, &err, "SELECT count(*) FROM bookmarks", ""));
    assert_int_equal(count, 2);
    assert_true(store_bookmark_drop(ana, &err));
    store_close(ana);
    ana = kit_open("bookmark", kit_ana);
    assert_true(store_bookmark_left(ana, &left, &err));
    assert_null(left.screens);
    store_close(luis);
    store_close(ana);
}

static void keeps_settings(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("settings");
    char *value;
    (void)state;

    assert_true(store_setting(store, "paper", &value, &err));
    assert_null(value);
    assert_true(store_set_setting(store, "paper", "letter", &err));
    assert_true(store_set_setting(store, "paper", "a4", &err));
    assert_true(store_setting(store, "paper", &value, &err));
    assert_string_equal(value, "a4");
    free(value);
    assert_true(store_batch_begin(store, &err));
    assert_true(store_set_setting(store, "paper", "letter", &err));
    assert_false(store_batch_end(store, false, &err));
    assert_true(store_setting(store, "paper", &value, &err));
    assert_string_equal(value, "a4");
    free(value);
    store_close(store);
}

/* What one keeps outside of the file: nobody else opens it, nor anybody once it was changed. */
static void seals_for_oneself(void **state)
{
    static const char said[] = "a bed in the house of Sister Zoraida";
    struct error err = ERROR_INIT;
    struct store *store = kit_create("own");
    struct buf sealed = BUF_INIT, opened = BUF_INIT;
    (void)state;

    assert_true(store_add_officer(store, "Luis MEZA", ROLE_OFFICER, kit_luis, &err));
    store_seal_own(store, said, sizeof said, &sealed);
    assert_null(memmem(sealed.data, sealed.size, "Zoraida", 7));
    store_close(store);
    store = kit_open("own", kit_ana);
    assert_true(store_open_own(store, sealed.data, sealed.size, &opened));
    assert_int_equal(opened.size, sizeof said);
    assert_string_equal(opened.data, said);
    buf_clear(&opened);
    for (size_t i = 0; i < sealed.size; i++) {
        sealed.data[i] ^= 1;
        assert_false(store_open_own(store, sealed.data, sealed.size, &opened));
        sealed.data[i] ^= 1;
        assert_false(store_open_own(store, sealed.data, i, &opened));
    }
    store_close(store);
    store = kit_open("own", kit_luis);
    assert_false(store_open_own(store, sealed.data, sealed.size, &opened));
    assert_int_equal(opened.size, 0);
    store_close(store);
    buf_release(&opened);
    buf_release(&sealed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_each_field),
        cmocka_unit_test(lists_moves_and_drops),
        cmocka_unit_test(shows_no_draft_to_another_officer),
        cmocka_unit_test(says_who_is_there),
        cmocka_unit_test(forgets_who_was_killed),
        cmocka_unit_test(keeps_where_one_was),
        cmocka_unit_test(keeps_settings),
        cmocka_unit_test(seals_for_oneself),
    };
    return cmocka_run_group_tests_name("store drafts", tests, kit_begin, kit_end);
}
