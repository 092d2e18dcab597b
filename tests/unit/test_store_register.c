/* SPDX-License-Identifier: MIT */
/* The register of notes: numbers without gaps, whoever writes and whatever breaks; what it says. */
#include "store_kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/register.h"
#include "amparo/store/verify.h"

#define OPEN                                                                                       \
    "{'role':'assisting','receiving_state':'AE','requesting_state':'GT','priority':'routine',"     \
    "'source':'other_post'}"
#define CASE "HNTGU-2026-0001"
#define OTHER "HNTGU-2026-0002"
#define OUT                                                                                        \
    "{'kind':'OTH','direction':'out','to':{'state':'CR','office':'Embassy','city':'Abu Dhabi'},"   \
    "'date':'%s'}"
#define IN                                                                                         \
    "{'kind':'OTH','direction':'in','from':{'state':'GT','office':'Ministry','city':'Guatemala'}," \
    "'number':'%s','date':'2026-03-10','transcribed':{'from':'Ministry','channel':'paper',"        \
    "'on':'2026-03-11'}}"

static void whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    assert_string_equal(buf_text(&verified.notes), "");
    buf_release(&verified.notes);
}

/* Records a note; false where it failed. The number is a new string, where it is asked for. */
static bool try_note(struct store *store, const char *reference, const char *format,
                     const char *filler, char **number)
{
    struct error err = ERROR_INIT;
    struct recorded recorded;
    char text[600];

    snprintf(text, sizeof text, format, filler);
    json_t *json = kit_json(text);
    struct record_request request = {.reference = reference, .kind = ACT_NOTE, .payload = json};
    bool ok = store_record(store, &request, &recorded, &err);
    if (ok && number) {
        *number = recorded.number;
        recorded.number = NULL;
    }
    if (ok)
        recorded_release(&recorded);
    json_decref(json);
    error_release(&err);
    return ok;
}

static void assert_number(struct store *store, const char *reference, const char *format,
                          const char *filler, const char *should)
{
    char *is = NULL;

    assert_true(try_note(store, reference, format, filler, &is));
    assert_string_equal(is, should);
    free(is);
}

/* Each year of each direction has the numbers from 1 on, each once; returns how many notes. */
static size_t assert_gapless(struct store *store)
{
    struct register_filter filter = {.which = REGISTER_ALL};
    struct register_rows rows;
    struct error err = ERROR_INIT;

    if (!store_register(store, &filter, &rows, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < rows.count; i++) {
        const struct note_place *now = &rows.list[i].place;
        const struct note_place *before = i ? &rows.list[i - 1].place : NULL;
        bool goes_on = before && before->incoming == now->incoming && before->year == now->year;
        assert_int_equal(now->number, goes_on ? before->number + 1 : 1);
    }
    size_t count = rows.count;
    register_rows_release(&rows);
    return count;
}

static void numbers_both_ways(void **state)
{
    struct store *store = kit_create("both");
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_number(store, CASE, OUT, "2026-03-12", "1/2026");
    assert_number(store, CASE, IN, "77/2026", "E-001/2026");
    assert_number(store, OTHER, IN, "MRE-9", "E-002/2026");
    assert_number(store, OTHER, OUT, "2026-03-12", "2/2026");
    assert_int_equal(assert_gapless(store), 4);
    whole(store);
    store_close(store);
}

/* By the date of the post: what is sent by the year written on it, what comes in by its entering.
 */
static void across_the_end_of_a_year(void **state)
{
    struct store *store = kit_create("year");
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_set_now(store, "2026-12-31T23:59:59-06:00"); /* already 2027 in Greenwich */
    assert_number(store, CASE, OUT, "2026-12-31", "1/2026");
    assert_number(store, CASE, IN, "8/2026", "E-001/2026");
    assert_false(try_note(store, CASE, OUT, "2027-01-01", NULL));
    store_set_now(store, "2027-01-01T00:00:00-06:00");
    assert_number(store, CASE, OUT, "2027-01-01", "1/2027");
    assert_number(store, CASE, IN, "9/2026", "E-001/2027");
    assert_number(store, CASE, OUT, "2026-12-31", "2/2026");
    /* In Abu Dhabi a year begins hours before. */
    store_set_now(store, "2028-01-01T00:30:00+04:00");
    assert_number(store, CASE, OUT, "2028-01-01", "1/2028");
    assert_number(store, CASE, IN, "10/2027", "E-001/2028");
    assert_int_equal(assert_gapless(store), 7);
    whole(store);
    store_close(store);
}

/* A number is taken by what stays: not by what was refused, nor by what was taken back. */
static void takes_no_number_for_nothing(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("nothing");
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_number(store, CASE, OUT, "2026-03-12", "1/2026");
    assert_false(try_note(store, CASE, OUT, "2026-99-99", NULL));
    for (int keep = 0; keep < 2; keep++) {
        assert_true(store_batch_begin(store, &err));
        assert_number(store, CASE, OUT, "2026-03-12", "2/2026");
        assert_number(store, CASE, OUT, "2026-03-12", "3/2026");
        assert_number(store, CASE, IN, "5/2026", "E-001/2026");
        assert_int_equal(store_batch_end(store, keep, &err), keep);
    }
    assert_number(store, CASE, OUT, "2026-03-12", "4/2026");
    assert_number(store, CASE, IN, "6/2026", "E-002/2026");
    assert_int_equal(assert_gapless(store), 6);
    whole(store);
    store_close(store);
    error_release(&err);
}

/* ---- several writers, and kills ---- */
enum { WRITERS = 3, EACH = 8 };

static void write_notes(const char *name, struct passphrase passphrase, int count, int told)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_open(name, passphrase);

    for (int i = 0; i < count; i++) {
        bool back = i % 4 == 3;
        if (back && !store_batch_begin(store, &err))
            _exit(1);
        if (!try_note(store, i % 2 ? CASE : OTHER, OUT, i % 3 ? "2026-03-12" : "2026-03-11",
                      NULL) ||
            !try_note(store, CASE, IN, "1/2026", NULL))
            _exit(1);
        if (back && store_batch_end(store, false, &err))
            _exit(1);
        if (told >= 0 && write(told, "x", 1) != 1)
            _exit(2);
    }
    store_close(store);
}

static void several_writers_share_one_register(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("several");
    int status;
    (void)state;

    assert_true(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_close(store);
    for (int i = 0; i < WRITERS; i++)
        if (fork() == 0) {
            write_notes("several", i % 2 ? kit_luis : kit_ana, EACH, -1);
            _exit(0);
        }
    for (int i = 0; i < WRITERS; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    store = kit_open("several", kit_ana);
    assert_int_equal(assert_gapless(store), WRITERS * 2 * EACH * 3 / 4);
    whole(store);
    store_close(store);
}

static void a_kill_leaves_no_gap(void **state)
{
    struct store *store = kit_create("kill");
    size_t before = 0;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, NULL, ACT_OPEN, OPEN);
    store_close(store);
    for (int round = 0; round < 4; round++) {
        int pipes[2], status;
        char told;
        assert_int_equal(pipe(pipes), 0);
        pid_t child = fork();
        if (child == 0) {
            write_notes("kill", kit_ana, 1000, pipes[1]);
            _exit(3);
        }
        close(pipes[1]);
        for (int i = 0; i < 2 + round; i++)
            assert_int_equal(read(pipes[0], &told, 1), 1);
        kill(child, SIGKILL);
        close(pipes[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        store = kit_open("kill", kit_ana);
        size_t now = assert_gapless(store);
        assert_true(now > before);
        before = now;
        whole(store);
        store_close(store);
    }
}

/* ---- what it says ---- */
static void annulled_notes_stay(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("annulled");
    struct register_filter filter = {.which = REGISTER_OUT};
    struct register_rows rows;
    char note[400], text[800];
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    snprintf(note, sizeof note, OUT, "2026-03-12");
    const char *id = kit_record(store, CASE, ACT_NOTE, note);
    snprintf(text, sizeof text, "{'note':'%s','reason':'not sent'}", id);
    kit_record(store, CASE, ACT_ANNUL, text);
    assert_number(store, CASE, OUT, "2026-03-12", "2/2026");
    assert_true(store_register(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 2);
    assert_true(json_is_true(json_object_get(rows.list[0].slip, "annulled")));
    assert_string_equal(register_text(&rows.list[0], "reason"), "not sent");
    assert_null(json_object_get(rows.list[1].slip, "annulled"));
    register_rows_release(&rows);
    /* Nor does a correction take another number, or change which register it is in. */
    snprintf(text, sizeof text,
             "{'of':'%s','reason':'was received','payload':{'kind':'OTH','direction':'in','from':"
             "{'state':'GT','office':'Ministry','city':'Guatemala'},'number':'1','date':"
             "'2026-03-10','transcribed':{'from':'M','channel':'paper','on':'2026-03-11'}}}",
             id);
    kit_refuse(store, CASE, ACT_CORRECT, text, ERROR_INPUT, "payload.direction");
    whole(store);
    store_close(store);
}

static void a_note_has_its_fate(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("fate");
    struct register_filter filter = {.which = REGISTER_ALL};
    struct register_rows rows;
    char note[400], text[800];
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    snprintf(note, sizeof note, OUT, "2026-03-12");
    char *id = xstrdup(kit_record(store, CASE, ACT_NOTE, note));
    snprintf(text, sizeof text, "{'note':'%s','sent_how':'hand','reply_due':'2026-03-20'}", id);
    kit_record(store, CASE, ACT_DELIVERY, text);
    snprintf(text, sizeof text, "{'note':'%s','delivered_on':'2026-03-12','sent_how':'bag'}", id);
    kit_record(store, CASE, ACT_DELIVERY, text);
    snprintf(text, sizeof text, "{'note':'%s','delivered_on':'2026-04-12'}", id);
    kit_refuse(store, CASE, ACT_DELIVERY, text, ERROR_INPUT, "delivered_on");
    snprintf(text, sizeof text, "{'note':'%s'}", "00");
    kit_refuse(store, CASE, ACT_DELIVERY, text, ERROR_INPUT, "note");
    snprintf(text, sizeof text,
             "{'kind':'OTH','direction':'in','in_reply_to':'%s','from':{'state':'CR','office':"
             "'Embassy','city':'Abu Dhabi'},'number':'EAU-5','date':'2026-03-12','transcribed':{"
             "'from':'Embassy','channel':'email','on':'2026-03-12'}}",
             id);
    kit_record(store, CASE, ACT_NOTE, text);
    assert_true(store_register(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 2);
    assert_string_equal(register_text(&rows.list[0], "sent_how"), "bag");
    assert_string_equal(register_text(&rows.list[0], "delivered_on"), "2026-03-12");
    assert_string_equal(register_text(&rows.list[0], "reply_due"), "2026-03-20");
    assert_string_equal(register_text(&rows.list[0], "answered_by"), "E-001/2026 (EAU-5)");
    assert_string_equal(register_text(&rows.list[1], "in_reply_to"), "1/2026");
    assert_string_equal(register_text(&rows.list[1], "number"), "EAU-5");
    assert_string_equal(rows.list[1].reference, CASE);
    register_rows_release(&rows);
    whole(store);
    store_close(store);
    free(id);
}

static size_t found(struct store *store, const char *query, enum register_which which, long year)
{
    struct register_filter filter = {.query = query, .which = which, .year = year};
    struct register_rows rows;
    struct error err = ERROR_INIT;

    assert_true(store_register(store, &filter, &rows, &err));
    size_t count = rows.count;
    register_rows_release(&rows);
    return count;
}

static void is_searched(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("search");
    struct register_filter filter = {.newest_first = true, .limit = 2};
    struct register_rows rows;
    long years[4];
    size_t count;
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    assert_number(store, CASE, OUT, "2025-12-30", "1/2025");
    assert_number(store, CASE, OUT, "2026-03-12", "1/2026");
    assert_number(store, CASE, IN, "Año-77/2026", "E-001/2026");
    assert_int_equal(found(store, "", REGISTER_ALL, 0), 3);
    assert_int_equal(found(store, NULL, REGISTER_OUT, 2026), 1);
    assert_int_equal(found(store, "ano 77", REGISTER_ALL, 0), 1);
    assert_int_equal(found(store, "costa emb", REGISTER_ALL, 0), 2);
    assert_int_equal(found(store, "mbassy", REGISTER_ALL, 0), 0);
    assert_int_equal(found(store, "guatemala", REGISTER_OUT, 0), 0);
    assert_int_equal(found(store, "E-001", REGISTER_ALL, 2026), 1);
    assert_true(store_register_years(store, years, 4, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(years[0], 2026);
    assert_int_equal(years[1], 2025);
    assert_true(store_register(store, &filter, &rows, &err));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.more, 1);
    assert_string_equal(rows.list[0].number, "E-001/2026");
    register_rows_release(&rows);
    store_close(store);
}

/* What names somebody under the lock is in no list. */
static void says_nothing_of_the_locked(void **state)
{
    struct store *store = kit_create("locked");
    (void)state;

    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, CASE, ACT_PERSON,
               "{'person':1,'surname_1':'A','given_names':'B','nationalities':[{'state':'GT',"
               "'proof':'passport'}]}");
    kit_record(store, CASE, ACT_NOTE,
               "{'kind':'OTH','direction':'in','from':{'state':'GT','office':'Ministry','city':"
               "'Guatemala'},'persons':[1],'subject':'Zapata','number':'1','date':'2026-03-10',"
               "'transcribed':{'from':'M','channel':'paper','on':'2026-03-11'}}");
    assert_int_equal(found(store, "zapata", REGISTER_ALL, 0), 1);
    kit_record(store, CASE, ACT_PERSON,
               "{'person':1,'surname_1':'A','given_names':'B','fears_own_state':true,"
               "'nationalities':[{'state':'GT','proof':'passport'}]}");
    assert_int_equal(found(store, "zapata", REGISTER_ALL, 0), 0);
    whole(store);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_both_ways),
        cmocka_unit_test(across_the_end_of_a_year),
        cmocka_unit_test(takes_no_number_for_nothing),
        cmocka_unit_test(several_writers_share_one_register),
        cmocka_unit_test(a_kill_leaves_no_gap),
        cmocka_unit_test(annulled_notes_stay),
        cmocka_unit_test(a_note_has_its_fate),
        cmocka_unit_test(is_searched),
        cmocka_unit_test(says_nothing_of_the_locked),
    };
    return cmocka_run_group_tests_name("store register", tests, kit_begin, kit_end);
}
