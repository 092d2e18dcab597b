/* SPDX-License-Identifier: MIT */
/* How long data is kept: what becomes due, when, what suspends it; and who may change a period. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/list.h"
#include "amparo/store/settings.h"
#include "amparo/store/verify.h"

#define ONE "HNTGU-2026-0001"
#define OPEN(more)                                                                                 \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'" more \
    "}"
#define ASSISTING                                                                                  \
    "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'GT', 'priority': "        \
    "'routine', 'source': 'other_post'}"
#define KAREN                                                                                      \
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "             \
    "[{'state': 'HN', 'proof': 'passport'}]}"
#define CLOSE(outcome, more)                                                                       \
    "{'outcome': ['" outcome "'], 'reason': 'it is over', 'unmet_needs': []" more "}"

static struct store *begin(const char *name, const char *open)
{
    struct store *ana = kit_create(name);

    kit_record(ana, NULL, ACT_OPEN, open);
    kit_record(ana, ONE, ACT_PERSON, KAREN);
    return ana;
}

/* The day on which a task of that kind was due, as the work of `day` shows it; "" where it is not
 * there. All else that is due is counted in *others (may be NULL). */
static const char *due_on(struct store *store, const char *day, enum task_kind kind, size_t *others)
{
    static char due[INSTANT_SIZE];
    struct error err = ERROR_INIT;
    struct today today;
    char now[INSTANT_SIZE];

    snprintf(now, sizeof now, "%sT12:00:00-06:00", day);
    store_set_now(store, now);
    if (!store_today(store, 50, &today, &err))
        fail_msg("%s", error_text(&err));
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    due[0] = '\0';
    if (others)
        *others = today.due.count;
    for (size_t i = 0; i < today.due.count; i++)
        if (today.due.list[i].kind == kind) {
            snprintf(due, sizeof due, "%s", today.due.list[i].due);
            assert_string_equal(today.due.list[i].reference, ONE);
            if (others)
                --*others;
        }
    assert_int_equal(today.waiting.count, 0);
    today_release(&today);
    return due;
}

static void is_whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&v.notes);
}

static void what_is_ours_is_reviewed_after_two_years(void **state)
{
    struct store *ana = begin("ours", OPEN(""));
    size_t others;
    (void)state;

    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ""));
    assert_string_equal(due_on(ana, "2028-03-11", TASK_REVIEW, &others), "");
    assert_int_equal(others, 0);
    assert_string_equal(due_on(ana, "2028-03-12", TASK_REVIEW, &others), "2028-03-12");
    assert_string_equal(due_on(ana, "2029-01-01", TASK_REVIEW, &others), "2028-03-12");
    assert_int_equal(others, 0);
    is_whole(ana);
    kit_record(ana, ONE, ACT_REOPEN, "{'reason': 'she came back'}");
    assert_string_equal(due_on(ana, "2029-01-01", TASK_REVIEW, NULL), "");
    store_close(ana);
}

static void whom_we_assisted_is_reduced_after_half_a_year(void **state)
{
    struct store *ana = begin("theirs", ASSISTING);
    (void)state;

    assert_string_equal(due_on(ana, "2029-01-01", TASK_DISCARD, NULL), "");
    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ""));
    assert_string_equal(due_on(ana, "2026-09-07", TASK_REDUCE, NULL), "");
    assert_string_equal(due_on(ana, "2026-09-08", TASK_REDUCE, NULL), "2026-09-08");
    store_close(ana);
}

static void an_intake_without_poll_is_not_kept(void **state)
{
    struct store *ana = begin("intake", OPEN(""));
    (void)state;

    assert_string_equal(due_on(ana, "2026-06-09", TASK_DISCARD, NULL), "");
    assert_string_equal(due_on(ana, "2026-06-10", TASK_DISCARD, NULL), "2026-06-10");
    store_set_now(ana, "2026-06-01T12:00:00-06:00"); /* whoever works on it keeps it */
    kit_record(ana, ONE, ACT_NEED, "{'need': 'shelter', 'urgency': 'now'}");
    assert_string_equal(due_on(ana, "2026-06-10", TASK_DISCARD, NULL), "");
    store_set_now(ana, "2026-06-02T12:00:00-06:00");
    kit_record(ana, ONE, ACT_CLOSE, CLOSE("not_eligible", ""));
    assert_string_equal(due_on(ana, "2026-08-30", TASK_DISCARD, NULL), "");
    assert_string_equal(due_on(ana, "2026-08-31", TASK_DISCARD, NULL), "2026-08-31");
    store_close(ana);
}

/* What the opening and the closing say of it themselves goes before the periods. */
static void named_days_count(void **state)
{
    struct store *ana = begin("named", OPEN(", 'review_on': '2026-05-01'"));
    (void)state;

    assert_string_equal(due_on(ana, "2026-04-30", TASK_REVIEW_ON, NULL), "");
    assert_string_equal(due_on(ana, "2026-05-02", TASK_REVIEW_ON, NULL), "2026-05-01");
    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ", 'retention_until': '2026-12-31'"));
    assert_string_equal(due_on(ana, "2026-12-31", TASK_KEEP_UNTIL, NULL), "");
    assert_string_equal(due_on(ana, "2027-01-01", TASK_KEEP_UNTIL, NULL), "2026-12-31");
    assert_string_equal(due_on(ana, "2029-01-01", TASK_REVIEW, NULL), "");
    is_whole(ana);
    store_close(ana);
}

static void a_hold_suspends_them(void **state)
{
    struct store *ana = begin("hold", OPEN(", 'review_on': '2026-05-01'"));
    size_t others;
    (void)state;

    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ""));
    kit_record(ana, ONE, ACT_LEGAL_HOLD, "{'hold': true, 'reason': 'a trial'}");
    due_on(ana, "2030-01-01", TASK_REVIEW, &others);
    assert_int_equal(others, 0);
    kit_record(ana, ONE, ACT_LEGAL_HOLD, "{'hold': false, 'reason': 'it is over'}");
    assert_string_equal(due_on(ana, "2030-01-01", TASK_REVIEW, &others), "2028-03-12");
    assert_int_equal(others, 1);
    store_close(ana);
}

/* A request awaits its second officer for a month; where nobody is left, nothing is due. */
static void who_is_erased_is_kept_no_longer(void **state)
{
    struct store *ana = begin("erased", OPEN("")), *luis;
    struct error err = ERROR_INIT;
    char payload[100];
    size_t others;
    (void)state;

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ""));
    luis = kit_open("erased", kit_luis);
    const char *request =
        kit_record(luis, ONE, ACT_ERASE_REQUEST, "{'person': 1, 'basis': 'period_over'}");
    store_close(luis);
    assert_int_equal(strncmp(due_on(ana, "2026-03-12", TASK_ERASE, NULL), "2026-04-11", 10), 0);
    snprintf(payload, sizeof payload, "{'of': '%s', 'reason': 'a trial'}", request);
    kit_record(ana, ONE, ACT_ERASE_REFUSE, payload);
    assert_string_equal(due_on(ana, "2026-03-12", TASK_ERASE, NULL), "");
    luis = kit_open("erased", kit_luis);
    request = kit_record(luis, ONE, ACT_ERASE_REQUEST, "{'person': 1, 'basis': 'order'}");
    store_close(luis);
    snprintf(payload, sizeof payload, "{'of': '%s'}", request);
    kit_record(ana, ONE, ACT_ERASE, payload);
    assert_string_equal(due_on(ana, "2030-01-01", TASK_ERASE, &others), "");
    assert_int_equal(others, 0);
    store_close(ana);
}

static void a_head_of_post_sets_periods(void **state)
{
    struct store *ana = begin("set", OPEN("")), *luis;
    struct error err = ERROR_INIT;
    long days;
    (void)state;

    kit_record(ana, ONE, ACT_CLOSE, CLOSE("repatriated", ""));
    assert_true(settings_number(ana, SETTING_KEEP_REQUESTING, &days, &err));
    assert_int_equal(days, 731);
    assert_true(settings_say(ana, SETTING_KEEP_REQUESTING, "10", &err));
    assert_true(settings_number(ana, SETTING_KEEP_REQUESTING, &days, &err));
    assert_int_equal(days, 10);
    assert_true(settings_number(ana, SETTING_KEEP_INTAKE, &days, &err));
    assert_int_equal(days, 90);
    assert_string_equal(due_on(ana, "2026-03-22", TASK_REVIEW, NULL), "2026-03-22");
    assert_false(settings_say(ana, SETTING_KEEP_REQUESTING, "0", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("set", kit_luis);
    assert_false(settings_say(luis, SETTING_KEEP_REQUESTING, "9999", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    store_close(luis);
    store_close(ana);
}

/* A backup names the day of its end; verify and restore say when it is over. */
static void a_backup_has_an_end(void **state)
{
    struct store *ana = begin("file", OPEN("")), *backup;
    struct error err = ERROR_INIT;
    struct verified v;
    struct restored out;
    char day[DATE_SIZE];
    bool over;
    (void)state;

    assert_true(store_backup_until(ana, day, &over, &err));
    assert_string_equal(day, "");
    assert_true(store_backup(ana, kit_path("half"), NULL, NULL, &err));
    assert_true(settings_say(ana, SETTING_KEEP_BACKUP, "10", &err));
    assert_true(store_backup(ana, kit_path("copy"), NULL, NULL, &err));
    assert_true(store_backup_until(ana, day, &over, &err)); /* the working file has none */
    assert_string_equal(day, "");
    store_close(ana);

    backup = kit_open("half", kit_ana);
    assert_true(store_backup_until(backup, day, &over, &err));
    assert_string_equal(day, "2026-09-08");
    store_close(backup);
    backup = kit_open("copy", kit_ana);
    assert_true(store_backup_until(backup, day, &over, &err));
    assert_string_equal(day, "2026-03-22");
    assert_false(over);
    assert_true(store_verify(backup, NULL, NULL, &v, &err));
    assert_non_null(strstr(buf_text(&v.notes), "to be destroyed after 2026-03-22"));
    buf_release(&v.notes);
    store_set_now(backup, "2026-03-22T23:00:00-06:00");
    assert_true(store_backup_until(backup, day, &over, &err) && !over);
    store_set_now(backup, "2026-03-23T01:00:00-06:00");
    assert_true(store_backup_until(backup, day, &over, &err) && over);
    assert_true(store_verify(backup, NULL, NULL, &v, &err));
    assert_non_null(strstr(buf_text(&v.notes), "destroy it"));
    buf_release(&v.notes);
    store_close(backup);

    char *from = xstrdup(kit_path("copy")), *to = xstrdup(kit_path("again"));
    struct restoring how = {.backup = from, .path = to, .passphrase = kit_ana};
    assert_true(store_restore(&how, &out, &err));
    assert_non_null(strstr(buf_text(&out.notes), "was to be destroyed after 2026-03-22"));
    buf_release(&out.notes);
    free(from);
    free(to);
    ana = kit_open("again", kit_ana);
    assert_true(store_backup_until(ana, day, &over, &err));
    assert_string_equal(day, "");
    is_whole(ana);
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_ours_is_reviewed_after_two_years),
        cmocka_unit_test(whom_we_assisted_is_reduced_after_half_a_year),
        cmocka_unit_test(an_intake_without_poll_is_not_kept),
        cmocka_unit_test(named_days_count),
        cmocka_unit_test(a_hold_suspends_them),
        cmocka_unit_test(who_is_erased_is_kept_no_longer),
        cmocka_unit_test(a_head_of_post_sets_periods),
        cmocka_unit_test(a_backup_has_an_end),
    };
    return cmocka_run_group_tests_name("store periods", tests, kit_begin, kit_end);
}
