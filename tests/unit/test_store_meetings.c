/* SPDX-License-Identifier: MIT */
/*
 * The calendar of the network's meetings: which case is due at which, who is late; the report as
 * text; that it was presented, recorded for all at once; and pseudonyms.
 */
#include "case_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/meeting.h"
#include "amparo/store/report.h"
#include "amparo/store/verify.h"
#include "amparo/store/working.h"

#define ONE "HNTGU-2026-0001"
#define TWO "HNTGU-2026-0002"

/* "2026-04-10:2/1 …": days, cases due and presented; "x" for a meeting that is cancelled. */
static void assert_meetings(struct store *store, const char *should)
{
    struct error err = ERROR_INIT;
    struct meetings meetings;
    struct buf is = BUF_INIT;

    if (!store_meetings(store, &meetings, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < meetings.count; i++) {
        const struct meeting *m = &meetings.list[i];
        buf_addf(&is, "%s%s:%zu/%zu%s", i ? " " : "", m->day, m->due, m->presented,
                 m->cancelled ? "x" : "");
    }
    assert_string_equal(buf_text(&is), should);
    buf_release(&is);
    meetings_release(&meetings);
}

enum { NAMED = 80 }; /* a reference and a day */

static size_t late(struct store *store, const char *day, char first[NAMED])
{
    struct error err = ERROR_INIT;
    struct today today;

    case_kit_at(store, day);
    if (!store_today(store, 50, &today, &err))
        fail_msg("%s", error_text(&err));
    size_t count = today.late.count, listed = 0;
    struct worklist all;
    assert_true(store_worklist(store, &(struct task_filter){.part = TASKS_OVERDUE}, &all, NULL));
    for (size_t i = 0; i < all.count; i++)
        listed += all.list[i].kind == TASK_REPORT;
    assert_int_equal(listed, count); /* among all tasks too */
    json_decref(worklist_json(&all));
    worklist_release(&all);
    struct task_filter one = {.reference = ONE, .part = TASKS_OVERDUE};
    assert_true(store_worklist(store, &one, &all, NULL));
    for (size_t i = 0; i < all.count; i++)
        assert_string_equal(all.list[i].reference, ONE);
    worklist_release(&all);
    if (count && first)
        snprintf(first, NAMED, "%s %s", today.late.list[0].reference, today.late.list[0].due);
    today_release(&today);
    return count;
}

static void is_whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified v;

    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&v.notes);
    assert_true(store_rebuild(store, NULL, NULL, &err));
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&v.notes);
}

/* What reports are made of is held against the acts. */
static void tampering_shows(struct store *store)
{
    static const char *const changes[] = {
        "UPDATE digests SET owed = '2020-01-01' WHERE case_row = (SELECT min(id) FROM cases)",
        "UPDATE digests SET facts = '{}' WHERE case_row = (SELECT min(id) FROM cases)",
        "UPDATE presented SET day = '2020-01-01'",
        "DELETE FROM presented",
        "INSERT INTO presented (act, case_row, day, pending) VALUES (1, 99999, '2026-01-01', 0)",
    };

    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        struct error err = ERROR_INIT;
        struct verified v;
        assert_true(db_run(store, &err, changes[i], ""));
        if (store_verify(store, NULL, NULL, &v, &err))
            fail_msg("%s: not seen", changes[i]);
        buf_release(&v.notes);
        error_release(&err);
        assert_true(store_rebuild(store, NULL, NULL, &err));
        is_whole(store);
    }
}

/* ---- the calendar ---- */

static void a_head_of_post_keeps_the_calendar(void **state)
{
    struct store *ana = kit_create_cheap("calendar"), *luis;
    struct error err = ERROR_INIT;
    struct meeting m;
    (void)state;

    assert_false(store_meeting(ana, "next", &m, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    case_kit_meeting(ana, "2026-04-10", "San José");
    case_kit_meeting(ana, "2026-03-01", "Panamá");
    assert_false(store_meeting_add(ana, "2026-04-10", NULL, "Belmopan", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_false(store_meeting_add(ana, "2026-02-30", NULL, "Belmopan", &err));
    error_clear(&err);
    assert_false(store_meeting_add(ana, "2026-05-01", NULL, "  ", &err));
    error_clear(&err);
    assert_true(store_meeting(ana, "next", &m, &err));
    assert_string_equal(m.day, "2026-04-10");
    assert_string_equal(m.said_by, ana->me.name);
    assert_int_equal(strncmp(m.said_at, "2026-03-12", 10), 0);
    meeting_release(&m);
    assert_true(store_meeting(ana, "last", &m, &err));
    assert_string_equal(m.place, "Panamá");
    meeting_release(&m);
    assert_true(store_meeting_change(ana, "2026-04-10", "2026-04-17", NULL, "Alajuela", &err));
    assert_false(store_meeting_change(ana, "2026-04-17", "2026-03-01", NULL, NULL, &err));
    error_clear(&err);
    assert_true(store_meeting(ana, "2026-04-17", &m, &err));
    assert_string_equal(m.place, "Alajuela");
    assert_string_equal(m.network, meeting_network);
    meeting_release(&m);
    assert_true(store_meeting_cancel(ana, "2026-04-17", &err));
    assert_false(store_meeting_change(ana, "2026-04-17", NULL, NULL, "X", &err));
    error_clear(&err);
    assert_meetings(ana, "2026-03-01:0/0 2026-04-17:0/0x");
    case_kit_meeting(ana, "2026-04-17", "Guatemala");
    assert_meetings(ana, "2026-03-01:0/0 2026-04-17:0/0");

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("calendar", kit_luis);
    assert_false(store_meeting_add(luis, "2026-06-01", NULL, "X", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_clear(&err);
    assert_false(store_meeting_cancel(luis, "2026-04-17", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_clear(&err);
    assert_false(store_meeting_change(luis, "2026-04-17", NULL, NULL, "X", &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    assert_meetings(luis, "2026-03-01:0/0 2026-04-17:0/0");
    store_close(luis);
    store_close(ana);
}

static size_t record_all(struct store *store, const char *which)
{
    struct error err = ERROR_INIT;
    size_t recorded;

    if (!store_report_record(store, which, &recorded, &err))
        fail_msg("%s", error_text(&err));
    return recorded;
}

static enum stage stage_of(struct store *store, const char *reference)
{
    struct error err = ERROR_INIT;
    struct case_file c;

    assert_true(store_case(store, reference, &c, &err));
    enum stage stage = case_stage(&c);
    case_release(&c);
    return stage;
}

static void each_case_is_due_at_the_next_one(void **state)
{
    struct store *ana = kit_create("due");
    char first[NAMED];
    (void)state;

    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_begin(ana, TWO, "LÓPEZ");
    kit_record(ana, NULL, ACT_OPEN, /* never under the mechanism */
               "{'role':'requesting','receiving_state':'HT','priority':'urgent','source':'phone'}");
    case_kit_meeting(ana, "2026-03-12", "Panamá"); /* today: the cases came after */
    case_kit_meeting(ana, "2026-03-20", "San José");
    case_kit_meeting(ana, "2026-06-20", "Belmopan");
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:2/0 2026-06-20:0/0");
    case_kit_help_and_close(ana, ONE);
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:2/0 2026-06-20:0/0");
    assert_int_equal(late(ana, "2026-03-20", NULL), 0); /* the day itself is not past */
    assert_int_equal(late(ana, "2026-03-21", first), 2);
    assert_string_equal(first, TWO " 2026-03-20"); /* owed for longer: it was open before */
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:2/0 2026-06-20:2/0");

    /* Presented late, at the meeting that was missed: the open one is carried over. */
    assert_int_equal(record_all(ana, "2026-03-20"), 2);
    assert_int_equal(record_all(ana, "2026-03-20"), 0);
    assert_int_equal(stage_of(ana, ONE), STAGE_REPORTED);
    assert_int_equal(late(ana, "2026-03-21", NULL), 0);
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:0/2 2026-06-20:1/0");
    assert_int_equal(late(ana, "2026-06-21", first), 1);
    assert_string_equal(first, TWO " 2026-06-20");
    case_kit_at(ana, "2026-03-22");
    kit_record(ana, TWO, ACT_CLOSE, "{'outcome':['referred'],'reason':'to IOM','unmet_needs':[]}");
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:0/2 2026-06-20:1/0");
    assert_int_equal(record_all(ana, "next"), 1);
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:0/2 2026-06-20:0/1");
    assert_int_equal(late(ana, "2027-01-01", NULL), 0);
    is_whole(ana);
    tampering_shows(ana);
    assert_meetings(ana, "2026-03-12:0/0 2026-03-20:0/2 2026-06-20:0/1");
    store_close(ana);
}

/* What waited for a meeting that is cancelled waits for the next one, and is not late. */
static void a_cancelled_meeting_makes_nobody_late(void **state)
{
    struct store *ana = kit_create("cancelled");
    struct error err = ERROR_INIT;
    (void)state;

    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_meeting(ana, "2026-03-20", "San José");
    assert_int_equal(late(ana, "2026-03-21", NULL), 1);
    assert_true(store_meeting_cancel(ana, "2026-03-20", &err));
    assert_int_equal(late(ana, "2026-03-21", NULL), 0);
    case_kit_meeting(ana, "2026-04-20", "San José");
    assert_meetings(ana, "2026-03-20:0/0x 2026-04-20:1/0");
    store_close(ana);
}

/* Through the gates: a clerk records nothing. A place may be called as somebody is. */
static void recording_goes_through_the_gates(void **state)
{
    struct store *ana = kit_create("clerk"), *luis;
    struct error err = ERROR_INIT;
    size_t recorded;
    (void)state;

    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_begin(ana, TWO, "LÓPEZ");
    case_kit_meeting(ana, "2026-03-20", "López Mateos");
    assert_true(store_add_officer(ana, "Luis", ROLE_CLERK, kit_luis, &err));
    luis = kit_open("clerk", kit_luis);
    assert_false(store_report_record(luis, "next", &recorded, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_non_null(strstr(error_text(&err), "HNTGU-2026-000"));
    assert_int_equal(recorded, 0);
    error_release(&err);
    assert_meetings(luis, "2026-03-20:2/0");
    store_close(luis);
    assert_int_equal(record_all(ana, "next"), 2);
    store_close(ana);
}

/* ---- the document ---- */

static json_t *tree_of(struct store *store, const char *which, char pseudonym[PSEUDONYM_SIZE])
{
    struct error err = ERROR_INIT;
    struct report report;

    if (!store_report(store, which, &report, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < report.count; i++)
        if (strcmp(report.rows[i].reference, ONE) == 0)
            memcpy(pseudonym, report.rows[i].pseudonym, PSEUDONYM_SIZE);
    json_t *tree = store_report_tree(store, &report, 0, NULL);
    report_release(&report);
    return tree;
}

/* What differs from one file to the next: the pseudonym, and the witness at the foot. */
static void replace(struct buf *text, const char *what, const char *by, size_t size)
{
    char *at = strstr(buf_text(text), what);

    assert_non_null(at);
    memcpy(at, by, size);
}

/* The text of tests/unit/NAME; AMPARO_GOLDEN=write writes it anew. */
static void assert_golden(const char *name, const struct buf *text)
{
    const char *source = getenv("AMPARO_SRC");
    bool writes = getenv("AMPARO_GOLDEN") != NULL;
    char *path = xasprintf("%s/tests/unit/%s", source ? source : ".", name);
    FILE *file = fopen(path, writes ? "w" : "r");
    struct buf golden = BUF_INIT;

    if (!file)
        fail_msg("%s cannot be opened", path);
    buf_reserve(&golden, text->size + 1);
    if (writes)
        fwrite(text->data, 1, text->size, file);
    else
        golden.size = fread(golden.data, 1, text->size + 1, file);
    fclose(file);
    if (!writes && (golden.size != text->size || memcmp(golden.data, text->data, text->size) != 0))
        fail_msg("%s is not what is printed:\n%s", name, buf_text(text));
    buf_release(&golden);
    free(path);
}

static void report_text(struct store *store, const json_t *tree, const char *language,
                        struct buf *out)
{
    struct error err = ERROR_INIT;
    struct paper paper;

    paper_init(&paper);
    if (!meeting_report(store, tree, language, &paper, &err))
        fail_msg("%s", error_text(&err));
    paper_text(&paper, PAPER_LETTER, out);
    paper_release(&paper);
}

static void check_report(struct store *store, const json_t *tree, const char *pseudonym,
                         const char *language, const char *witness)
{
    struct buf text = BUF_INIT;
    char *name = xasprintf("report.%s.txt", language);

    report_text(store, tree, language, &text);
    replace(&text, pseudonym, "AAAAA-BBBBB", strlen("AAAAA-BBBBB"));
    char *code = strstr(buf_text(&text), witness) + strlen(witness);
    memset(code, '0', strcspn(code, " "));
    assert_golden(name, &text);
    buf_release(&text);
    free(name);
}

static void the_report_reads_well(void **state)
{
    struct store *ana = kit_create("golden");
    char pseudonym[PSEUDONYM_SIZE];
    (void)state;

    locale_start("en");
    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_begin(ana, TWO, "LÓPEZ"); /* without consent: a number */
    case_kit_agree_to_report(ana, ONE);
    case_kit_help_and_close(ana, ONE);
    case_kit_meeting(ana, "2026-04-10", "San José");
    kit_record(ana, ONE, ACT_REPORT,
               "{'meeting':'M','on':'2026-04-10','lessons':'A visit on the second day was enough.',"
               "'proposal':'A list of lawyers for each country.'}");
    json_t *tree = tree_of(ana, "next", pseudonym);
    check_report(ana, tree, pseudonym, "en", "Log ");
    check_report(ana, tree, pseudonym, "es", "Registro ");
    check_report(ana, tree, pseudonym, "fr", "Journal ");
    json_decref(tree);
    store_close(ana);
}

/* In nothing that goes out is a name, a number, a place, a word of who was asked and declined. */
static void nothing_personal_is_in_it(void **state)
{
    static const char *const away[] = {"Karen",   "Yamileth", "RAM",   "LÓPEZ", "E123456", "9715",
                                       "Qaywayn", "unpaid",   "HNTGU", "0001",  "ticket",  "Canad",
                                       "\"CA\"",  "well",     "1850",  NULL};
    struct store *ana = kit_create("personal");
    char pseudonym[PSEUDONYM_SIZE];
    struct buf text = BUF_INIT;
    (void)state;

    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_begin(ana, TWO, "LÓPEZ");
    case_kit_agree_to_report(ana, ONE);
    case_kit_agree_to_report(ana, TWO);
    case_kit_help_and_close(ana, ONE);
    case_kit_meeting(ana, "2026-04-10", "San José");
    json_t *tree = tree_of(ana, "next", pseudonym);
    for (size_t l = 0; l < 2; l++)
        report_text(ana, tree, l ? "es" : "en", &text);
    assert_non_null(strstr(buf_text(&text), "Mexico"));
    assert_non_null(strstr(buf_text(&text), "AED 1,900"));
    char *json = json_dumps(tree, 0);
    buf_adds(&text, json);
    for (size_t i = 0; away[i]; i++)
        if (strstr(buf_text(&text), away[i]))
            fail_msg("%s is in the report", away[i]);
    free(json);
    json_decref(tree);
    buf_release(&text);
    store_close(ana);
}

/* ---- pseudonyms ---- */

/* Nothing is written for who may not write; afterwards they read the same pseudonym. */
static void no_report_by_who_only_reads(const char *name)
{
    struct error err = ERROR_INIT;
    struct store *reader;
    struct report report;

    assert_true(store_open(kit_path(name), NULL, kit_ana, STORE_READ_ONLY, &reader, &err));
    case_kit_at(reader, "2026-03-12");
    assert_false(store_report(reader, "next", &report, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    store_close(reader);
}

static void a_pseudonym_stays_and_tells_nothing(void **state)
{
    struct store *ana = kit_create("pseudonym"), *copy;
    char before[PSEUDONYM_SIZE], after[PSEUDONYM_SIZE];
    struct error err = ERROR_INIT;
    (void)state;

    case_kit_begin(ana, ONE, "RAMÍREZ");
    case_kit_agree_to_report(ana, ONE);
    case_kit_meeting(ana, "2026-04-10", "San José");
    case_kit_meeting(ana, "2026-06-10", "San José");
    store_close(ana);
    no_report_by_who_only_reads("pseudonym");
    ana = kit_open("pseudonym", kit_ana);
    case_kit_at(ana, "2026-03-12");
    json_decref(tree_of(ana, "next", before));
    assert_int_equal(strlen(before), strlen("AAAAA-BBBBB"));
    record_all(ana, "next");
    case_kit_at(ana, "2026-05-01");
    json_decref(tree_of(ana, "next", after));
    assert_string_equal(before, after);
    assert_true(store_backup(ana, kit_path("kept"), NULL, NULL, &err));
    store_close(ana);
    assert_true(kit_restore("kept", "again", NULL, NULL, &err));
    copy = kit_open("again", kit_ana);
    case_kit_at(copy, "2026-05-01");
    json_decref(tree_of(copy, "next", after));
    assert_string_equal(before, after);

    /* With another key it is another: the case's id alone does not make it. */
    assert_true(store_set_setting(
        copy, "pseudonym.key", "00000000000000000000000000000000000000000000000000000000000000ff",
        &err));
    json_decref(tree_of(copy, "next", after));
    assert_string_not_equal(before, after);
    assert_true(store_set_setting(copy, "pseudonym.key", "short", &err));
    struct report report;
    assert_false(store_report(copy, "next", &report, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    store_close(copy);
}

/* ---- work that takes long ---- */

struct patience {
    uint64_t until; /* it gives up when so much is done */
    uint64_t done, total, calls;
};

static bool watch(void *ctx, uint64_t done, uint64_t total)
{
    struct patience *p = ctx;

    if (total && p->total)
        assert_true(done >= p->done);
    p->done = done;
    p->total = total;
    p->calls++;
    return !total || done < p->until;
}

static int64_t count_acts(struct store *store)
{
    int64_t count;
    struct error err = ERROR_INIT;

    assert_true(db_number(store, &count, 0, &err, "SELECT count(*) FROM acts", ""));
    return count;
}

/* All cases are recorded, or none is. */
static void recording_can_be_given_up(void **state)
{
    static const char *const cases[] = {ONE, TWO, "HNTGU-2026-0003"};
    struct store *ana = kit_create("patience");
    struct patience patience = {.until = 2};
    struct error err = ERROR_INIT;
    size_t recorded;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        case_kit_begin(ana, cases[i], "RAMÍREZ");
        case_kit_agree_to_report(ana, cases[i]);
    }
    case_kit_meeting(ana, "2026-04-10", "San José");
    case_kit_at(ana, "2026-04-11");
    int64_t acts = count_acts(ana);
    store_on_work(ana, watch, &patience);
    assert_false(store_report_record(ana, "2026-04-10", &recorded, &err));
    assert_true(store_work_given_up(ana));
    assert_string_equal(error_text(&err), "given up");
    error_clear(&err);
    assert_int_equal(recorded, 0);
    assert_int_equal(patience.total, ARRAY_SIZE(cases));
    assert_int_equal(count_acts(ana), acts);
    store_on_work(ana, NULL, NULL);
    assert_true(store_report_record(ana, "2026-04-10", &recorded, &err));
    assert_int_equal(recorded, ARRAY_SIZE(cases));
    assert_int_equal(count_acts(ana), acts + (int64_t)recorded);
    store_close(ana);
}

/* Reading tells how far it is, and stops in the middle of a statement; writing does not. */
static void statistics_can_be_given_up(void **state)
{
    struct store *ana = kit_create("figures");
    struct patience patience = {.until = UINT64_MAX}, none = {.until = 0};
    struct error err = ERROR_INIT;
    int64_t last;
    (void)state;

    for (int i = 0; i < 5; i++)
        kit_record(
            ana, NULL, ACT_OPEN,
            "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    store_on_work(ana, watch, &patience);
    json_t *tree = store_statistics(ana, NULL, NULL, &err);
    assert_non_null(tree);
    json_decref(tree);
    assert_int_equal(patience.total, 5);
    assert_int_equal(patience.done, 5);
    patience = (struct patience){.until = 3};
    assert_null(store_statistics(ana, NULL, NULL, &err));
    assert_string_equal(error_text(&err), "given up");
    error_clear(&err);

    store_on_work(ana, watch, &none);
    work_total(ana, 1);
    assert_false(db_number(ana, &last, 0, &err,
                           "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                           "SELECT max(n) FROM c",
                           ""));
    assert_string_equal(error_text(&err), "given up");
    error_clear(&err);
    store_on_work(ana, watch, &none);
    work_total(ana, 1);
    assert_true(db_begin(ana, &err));
    assert_true(db_run(ana, &err,
                       "INSERT INTO settings (name, value) WITH RECURSIVE c (n) AS (SELECT 1 UNION "
                       "ALL SELECT n + 1 FROM c WHERE n < 20000) SELECT 'x', max(n) FROM c",
                       ""));
    assert_true(none.calls > 0);
    assert_false(db_end(ana, work_step(ana, 0, &err), &err));
    assert_string_equal(error_text(&err), "given up");
    error_clear(&err);
    store_close(ana);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_of_post_keeps_the_calendar),
        cmocka_unit_test(each_case_is_due_at_the_next_one),
        cmocka_unit_test(a_cancelled_meeting_makes_nobody_late),
        cmocka_unit_test(recording_goes_through_the_gates),
        cmocka_unit_test(the_report_reads_well),
        cmocka_unit_test(nothing_personal_is_in_it),
        cmocka_unit_test(a_pseudonym_stays_and_tells_nothing),
        cmocka_unit_test(recording_can_be_given_up),
        cmocka_unit_test(statistics_can_be_given_up),
    };
    return cmocka_run_group_tests_name("store meetings", tests, kit_begin, kit_end);
}
