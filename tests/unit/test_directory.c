/* SPDX-License-Identifier: MIT */
/* The directory in a case file: what a case gets of it. Importing is tried by cli/directory.t. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "fold_kit.h"

static char folder[] = "/tmp/amparo-directory-XXXXXX";
static struct store *store;

static const char *path(const char *name)
{
    static char text[64];

    snprintf(text, sizeof text, "%s/%s", folder, name);
    return text;
}

static int begin(void **state)
{
    char hn[] = "HN", code[] = "HNTGU", name[] = "Directorate", city[] = "Tegucigalpa",
         kind[] = "directorate";
    struct post_profile post = {hn, code, name, hn, city, kind};
    struct buf recovery = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    bool good =
        mkdtemp(folder) && store_create(path("f"), &post, "Ana", (struct passphrase){"made up", 7},
                                        STORE_UNSYNCED | STORE_NO_SECRET, &store, &recovery, &err);
    if (!good)
        fprintf(stderr, "%s\n", error_text(&err));
    buf_release(&recovery);
    error_release(&err);
    return good ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    store_close(store);
    unlink(path("f"));
    unlink(path("f-wal"));
    unlink(path("f-shm"));
    return rmdir(folder);
}

static void import(const char *lines)
{
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes;
    struct buf text = BUF_INIT;

    buf_addf(&text, "state,country,city,kind,source,date,able\n%s", lines);
    assert_true(
        missions_read_own(buf_text(&text), text.size, (struct date){2026, 3, 10}, &missions, NULL));
    assert_true(store_directory_import(store, &missions, false, &changes, NULL));
    import_changes_release(&changes);
    missions_release(&missions);
    buf_release(&text);
}

static void check_slice(const struct case_file *c, const char *on, const char *expected)
{
    json_t *slice = store_directory_slice(store, "GH", c, on, NULL), *wanted = kit_json(expected);
    char *text = json_dumps(slice, JSON_COMPACT);

    json_object_set_new(wanted, "list_days", json_integer(LIST_DAYS)); /* nobody said otherwise */
    if (!json_equal(slice, wanted))
        fail_msg("on %s: %s", on, text);
    free(text);
    json_decref(slice);
    json_decref(wanted);
}

static void test_nothing_on_record(void **state)
{
    (void)state;
    check_slice(NULL, "2026-03-10",
                "{'instrument': {'status': 'pilot'}, 'parties': {}, 'lists': {}, 'posts': []}");
}

static void test_a_case_gets_what_its_country_needs(void **state)
{
    struct case_file c;
    static const char lists[] = "'lists': {'HN': '2026-02-01', 'CR': '2022-11-16'}";
    static const char posts[] =
        "{'state': 'CR', 'country': 'GH', 'city': 'Accra', 'kind': 'embassy', 'source': 'seed'},"
        "{'state': 'HN', 'country': 'GH', 'city': 'Tema', 'kind': 'consulate', 'source': '7.6',"
        " 'able': false}";
    char text[1024];
    (void)state;

    import("CR,GH,Accra,embassy,seed,2022-11-16,yes\nFR,GH,Accra,embassy,seed,2022-11-16,yes\n"
           "CR,TG,Lome,embassy,seed,2022-11-16,yes\nHN,GH,Accra,embassy,seed,2022-11-16,yes\n"
           "HN,GH,Tema,consulate,7.6,2026-02-01,no\n");
    assert_true(
        store_directory_set_party(store, "HN", (struct date){2026, 1, 10}, NULL, "x", NULL));
    assert_true(store_directory_set_party(store, "CR", (struct date){2026, 3, 10},
                                          &(struct date){2026, 3, 20}, "x", NULL));
    assert_true(store_directory_set_instrument(store, INSTRUMENT_IN_FORCE,
                                               &(struct date){2026, 1, 1}, NULL));

    snprintf(text, sizeof text,
             "{'instrument': {'status': 'in_force', 'since': '2026-01-01'},"
             "'parties': {'HN': '2026-01-10', 'CR': '2026-03-10'}, %s, 'posts': [%s]}",
             lists, posts);
    check_slice(NULL, "2026-03-10", text); /* from the first day of a participation */
    check_slice(NULL, "2026-03-20", text); /* to its last */
    snprintf(text, sizeof text,
             "{'instrument': {'status': 'in_force', 'since': '2026-01-01'},"
             "'parties': {'HN': '2026-01-10'}, %s, 'posts': [%s]}",
             lists, posts);
    check_slice(NULL, "2026-03-09", text);
    check_slice(NULL, "2026-03-21", text);

    /* A list of later is not known yet: then the seed's date counts. */
    snprintf(text, sizeof text,
             "{'instrument': {'status': 'in_force', 'since': '2026-01-01'},"
             "'parties': {'HN': '2026-01-10'}, "
             "'lists': {'HN': '2022-11-16', 'CR': '2022-11-16'}, 'posts': [%s]}",
             posts);
    check_slice(NULL, "2026-01-31", text);

    /* Who is a national of France too brings the posts of France. */
    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role': 'requesting', 'receiving_state': 'GH', 'priority': 'routine', "
            "'source': 'phone'}");
    kit_add(&c, "person",
            "{'person': 1, 'single_name': 'Ana', 'given_names': 'Ana', 'nationalities': "
            "[{'state': 'HN', 'proof': 'passport'}, {'state': 'FR', 'proof': 'declared'}]}");
    snprintf(text, sizeof text,
             "{'instrument': {'status': 'in_force', 'since': '2026-01-01'},"
             "'parties': {'HN': '2026-01-10', 'CR': '2026-03-10'}, %s, 'posts': ["
             "{'state': 'CR', 'country': 'GH', 'city': 'Accra', 'kind': 'embassy', 'source': "
             "'seed'},"
             "{'state': 'FR', 'country': 'GH', 'city': 'Accra', 'kind': 'embassy', 'source': "
             "'seed'},"
             "{'state': 'HN', 'country': 'GH', 'city': 'Tema', 'kind': 'consulate', 'source': "
             "'7.6', 'able': false}]}",
             lists);
    check_slice(&c, "2026-03-10", text);
    case_release(&c);
}

static void test_a_clerk_changes_nothing(void **state)
{
    struct store *clerk;
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes;
    struct date day = {2026, 3, 10};
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(
        store_add_officer(store, "Berta", ROLE_CLERK, (struct passphrase){"other", 5}, NULL));
    assert_true(store_open(path("f"), "Berta", (struct passphrase){"other", 5}, 0, &clerk, NULL));
    assert_false(store_directory_set_party(clerk, "HN", day, NULL, "x", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_false(store_directory_set_list(clerk, "HN", day, NULL));
    assert_false(store_directory_set_focal(
        clerk, "HN", (const char *const[FOCAL_KEYS]){[FOCAL_EMAIL] = "a@b"}, NULL));
    assert_false(store_directory_set_instrument(clerk, INSTRUMENT_PILOT, NULL, NULL));
    assert_false(store_directory_import(clerk, &missions, false, &changes, NULL));
    assert_true(store_directory_missions(clerk, "CR", NULL, &missions, NULL));
    assert_int_equal(missions.count, 2);
    missions_release(&missions);
    store_close(clerk);
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_on_record),
        cmocka_unit_test(test_a_case_gets_what_its_country_needs),
        cmocka_unit_test(test_a_clerk_changes_nothing),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
