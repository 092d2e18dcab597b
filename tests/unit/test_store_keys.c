/* SPDX-License-Identifier: MIT */
/* Who can open a case file, and what of it is written down: new data keys. */
#include "store_kit.h"

#include <string.h>

#include "amparo/store/log.h"
#include "amparo/store/verify.h"

static void verified(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    assert_string_equal(buf_text(&verified.notes), "");
    buf_release(&verified.notes);
}

static void must(bool ok, struct error *err)
{
    if (!ok)
        fail_msg("%s", error_text(err));
}

static void refused(bool ok, struct error *err, enum error_kind kind, const char *part)
{
    assert_false(ok);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(err));
    error_release(err);
}

static int64_t acts_of(struct store *store, unsigned kind)
{
    int64_t count;

    assert_true(db_number(store, &count, 0, NULL, "SELECT count(*) FROM acts WHERE kind = ?", "i",
                          (int64_t)kind));
    return count;
}

static bool count_steps(void *ctx, uint64_t done, uint64_t total)
{
    assert_true(done <= total);
    ++*(int *)ctx;
    return true;
}

static void rekeyed(void **state)
{
    struct store *store = kit_create("rekeyed"), *other;
    struct error err = ERROR_INIT;
    int steps = 0;
    (void)state;

    must(store_add_officer(store, "Luis", ROLE_CLERK, kit_luis, &err), &err);
    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    other = kit_open("rekeyed", kit_luis);
    refused(store_rekey(store, REKEY_ERASED, NULL, NULL, &err), &err, ERROR_FAILED,
            "another program");
    verified(store); /* it goes on with the old one */
    store_close(other);
    must(store_rekey(store, REKEY_ERASED, count_steps, &steps, &err), &err);
    assert_true(steps > 1);
    assert_int_equal(acts_of(store, POST_REKEYED), 1);
    verified(store);
    kit_record(store, "HNTGU-2026-0001", ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14'}");
    store_close(store);
    store = kit_open("rekeyed", kit_luis);
    assert_string_equal(store_officer(store)->name, "Luis");
    must(store_rekey(store, REKEY_SEEN, NULL, NULL, &err), &err);
    assert_int_equal(acts_of(store, POST_REKEYED), 2);
    verified(store);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rekeyed),
    };

    return cmocka_run_group_tests_name("store keys", tests, kit_begin, kit_end);
}
