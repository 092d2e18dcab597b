/* SPDX-License-Identifier: MIT */
/* How a case ends: each exit and each outcome, what stands against it, what is left, and reopening.
 */
#include "fold_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"

#define NOW "2026-03-20T12:00:00-06:00"
#define MX_OFFICE "{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"
#define REQUEST                                                                                    \
    "{'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1],'date':'2026-03-10',"        \
    "'at':'2026-03-10T20:00:00Z'}"
#define ASSIST                                                                                     \
    "{'at':'2026-03-11T10:00:00Z','by':'MX','kind':'visit','persons':[1],"                         \
    "'manner':'good_offices','detail':'a visit'}"

static json_t *directory;

static int setup(void **state)
{
    (void)state;
    directory = kit_directory();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_decref(directory);
    return 0;
}

/* What is said against an act: payload, case and gates, a line each; warnings too, where asked. */
static const char *against(struct case_file *c, const char *name, const char *payload,
                           bool warnings)
{
    static char out[4000];
    const struct act_type *type = act_type_named(name);
    struct error err = ERROR_INIT;
    struct gate_findings found = {0};
    json_t *json = kit_json(payload);
    struct gate_input in = {.c = c,
                            .kind = type->kind,
                            .payload = json,
                            .directory = directory,
                            .now = NOW,
                            .role = ROLE_HEAD,
                            .signer = "aa",
                            .heads = 1};

    out[0] = '\0';
    if (payload_check(type, json, &err) && case_check(c, type->kind, json, NOW, &err) &&
        !gate_check(&in, english, &found))
        gate_refusal(&found, &err);
    strncat(out, error_text(&err), sizeof out - 1);
    for (size_t i = 0; warnings && i < found.count; i++)
        if (found.list[i].kind == GATE_WARN) {
            strncat(out, found.list[i].text, sizeof out - strlen(out) - 1);
            strncat(out, " [", sizeof out - strlen(out) - 1);
            strncat(out, found.list[i].gate, sizeof out - strlen(out) - 1);
            strncat(out, "]\n", sizeof out - strlen(out) - 1);
        }
    gate_findings_release(&found);
    json_decref(json);
    error_release(&err);
    return out;
}

static void expect(struct case_file *c, const char *name, const char *payload, const char *says)
{
    const char *said = against(c, name, payload, true);

    if (*says ? !strstr(said, says) : *said != '\0')
        fail_msg("%s %s\nsays: %s\nnot: %s", name, payload, said, says);
}

/* Recorded, where nothing refuses it. */
static void say(struct case_file *c, const char *name, const char *payload)
{
    const char *said = against(c, name, payload, false);

    if (*said)
        fail_msg("%s %s: %s", name, payload, said);
    kit_add_by(c, name, payload, ROLE_HEAD, NOW);
}

/* ---- every exit, from an otherwise plain case ---- */

static const struct {
    const char *exit, *reason;
} exits[] = {
    {"not_eligible", "requirement_not_met"},
    {"referred", "network"},
    {"no_collaborator", "nobody_there"},
    {"declined_by_all", "all_declined"},
    {"consent_withdrawn", "person_withdrew"},
    {"request_withdrawn", "state_withdrew"},
    {"out_of_reach", "moved_on"},
    {"deceased", "died"},
    {"redirected", "own_state"},
    {"own_protection", "national_of_helper"},
};

static void closes_and_reopens(const char *exit, const char *reason)
{
    struct case_file c;

    kit_case(&c);
    enum stage before = case_stage(&c);
    char *bare = xasprintf("{'outcome':['%s'],'unmet_needs':[]}", exit);
    char *whole = xasprintf("{'outcome':['%s'],'reason_code':'%s','reason':'As told.',"
                            "'unmet_needs':[]}",
                            exit, reason);
    expect(&c, "close", bare, "an exit needs its reason [C.reason]");
    assert_null(case_exit(&c));
    say(&c, "close", whole);
    assert_true(case_closed(&c));
    assert_string_equal(case_exit(&c), exit);
    assert_int_equal(case_stage(&c), STAGE_CLOSING);
    assert_string_equal(entry_text(case_last(&c, ACT_CLOSE), "reason_code"), reason);
    /* It closes whatever else was open. */
    expect(&c, "poll", "{'round':1,'to':['MX'],'reply_by':'2026-03-25'}", "[closed.exchange]");
    expect(&c, "close", whole, "[closed.close]");

    expect(&c, "reopen", "{}", "reason: is missing");
    say(&c, "reopen", "{'reason':'She called again.'}");
    assert_false(case_closed(&c));
    assert_null(case_exit(&c));
    assert_int_equal(case_stage(&c), before);
    expect(&c, "reopen", "{'reason':'again'}", "[reopen.closed]");
    say(&c, "close", whole);
    assert_string_equal(case_exit(&c), exit);
    free(bare);
    free(whole);
    case_release(&c);
}

static void each_exit(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
        closes_and_reopens(exits[i].exit, exits[i].reason);
    for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
        closes_and_reopens(exits[i].exit, "other");
}

/* The list above has every exit; the other outcomes end a case without one. */
static void each_outcome(void **state)
{
    const struct field *field = field_find(act_type(ACT_CLOSE)->fields, "outcome");
    size_t count = 0;

    (void)state;
    for (const struct code *o = field->codes; o->code; o++) {
        char *payload = xasprintf("{'outcome':['%s'],'unmet_needs':[]}", o->code);
        bool listed = false;
        for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
            listed = listed || !strcmp(exits[i].exit, o->code);
        assert_int_equal(outcome_is_exit(o->code), listed);
        count += listed;
        if (!listed) {
            struct case_file c;
            kit_case(&c);
            say(&c, "close", payload);
            assert_null(case_exit(&c));
            assert_true(case_closed(&c));
            case_release(&c);
        }
        free(payload);
    }
    assert_int_equal(count, ARRAY_SIZE(exits));
}

/* Each code is one exit's; none goes with an outcome that is no exit. */
static void reasons_belong_to_their_exit(void **state)
{
    const struct field *field = field_find(act_type(ACT_CLOSE)->fields, "reason_code");
    struct case_file c;

    (void)state;
    kit_case(&c);
    for (const struct code *r = field->codes; r->code; r++) {
        size_t fits = 0;
        for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
            fits += exit_reason_fits(r->code, exits[i].exit);
        assert_int_equal(fits, strcmp(r->code, "other") ? 1 : ARRAY_SIZE(exits));
        char *payload = xasprintf("{'outcome':['repatriated'],'reason_code':'%s','reason':'x',"
                                  "'unmet_needs':[]}",
                                  r->code);
        expect(&c, "close", payload, "is no reason for this outcome");
        free(payload);
    }
    expect(&c, "close", "{'outcome':['deceased'],'reason_code':'network','reason':'x'}",
           "is no reason for this outcome");
    say(&c, "close",
        "{'outcome':['repatriated','referred'],'reason_code':'network','reason':'x',"
        "'unmet_needs':[]}");
    case_release(&c);
}

/* ---- what stands against it ---- */

static bool stands(struct case_file *c, const char *gate, enum gate_kind kind)
{
    struct gate_findings found;
    struct gate_input in = {
        .c = c, .directory = directory, .now = NOW, .role = ROLE_HEAD, .signer = "aa", .heads = 1};
    bool there = false;

    gate_closing(&in, english, &found);
    for (size_t i = 0; i < found.count; i++)
        there = there || (!strcmp(found.list[i].gate, gate) && found.list[i].kind == kind);
    gate_findings_release(&found);
    return there;
}

/* All of it at once, before anybody says that the case is to be closed; each mended in its turn. */
static void every_block_and_its_end(void **state)
{
    struct case_file c;

    (void)state;
    kit_empty(&c, "HN");
    kit_add(&c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    kit_add(&c, "person",
            "{'person':1,'surname_1':'PAZ','given_names':'Luz','birth_date':'2010-01-XX',"
            "'nationalities':[{'state':'HN','proof':'passport'}]}");
    kit_add(&c, "need", "{'person':1,'need':'shelter','urgency':'now'}");
    char *note = xstrdup(kit_add(&c, "note", REQUEST));
    kit_add(&c, "assist", ASSIST);
    char *cost = xstrdup(kit_add(&c, "cost",
                                 "{'on':'2026-03-11','amount':'5','currency':'USD',"
                                 "'source':'undetermined','item':'bus'}"));
    assert_true(stands(&c, "C.costs", GATE_HARD));
    assert_true(stands(&c, "C.child", GATE_HARD));
    assert_true(stands(&c, "C.acceptance", GATE_OVERRIDE));
    assert_true(stands(&c, "C.needs", GATE_WARN));
    expect(&c, "close", "{'outcome':['repatriated'],'unmet_needs':[]}", "[C.costs]");
    expect(&c, "close", "{'outcome':['repatriated'],'unmet_needs':[]}", "[C.child]");
    expect(&c, "close", "{'outcome':['repatriated'],'unmet_needs':[]}", "[C.acceptance]");

    kit_add_of(&c, "correct",
               "{'of':'%s','reason':'it is known','payload':{'on':'2026-03-11','amount':'5',"
               "'currency':'USD','source':'person','item':'bus'}}",
               cost);
    assert_false(stands(&c, "C.costs", GATE_HARD));
    kit_add(&c, "child",
            "{'person':1,'accompanied':'unaccompanied','care':'shelter','responsible':"
            "'not_obtainable: unknown','views':'home','best_interests':'return','by':'A. Pineda',"
            "'on':'2026-03-12'}");
    assert_false(stands(&c, "C.child", GATE_HARD));
    kit_add_of(&c, "accept",
               "{'state':'MX','note':'%s','scope':'visits','transcribed':{'from':'Embassy',"
               "'channel':'email','on':'2026-03-11'}}",
               note);
    assert_false(stands(&c, "C.acceptance", GATE_OVERRIDE));
    expect(&c, "close", "{'outcome':['repatriated']}", "[C.needs]");
    expect(&c, "close", "{'outcome':['repatriated'],'unmet_needs':['shelter']}", "");
    say(&c, "close",
        "{'outcome':['repatriated'],'unmet_needs':['shelter'],'follow_up':'A call in May',"
        "'retention_until':'2028-03-20','anonymise_on':'2027-03-20'}");
    assert_false(stands(&c, "C.needs", GATE_WARN)); /* nothing stands against what is done */
    free(note);
    free(cost);
    case_release(&c);
}

/* ---- what is left with others ---- */

static const struct data_holder *holder(const struct case_file *c, const char *state)
{
    static struct data_holder list[DATA_HOLDERS_MOST];
    size_t count = case_data_holders(c, list, DATA_HOLDERS_MOST);

    for (size_t i = 0; i < count; i++)
        if (!strcmp(list[i].state, state))
            return &list[i];
    return NULL;
}

static void an_exit_leaves_nothing_with_others(void **state)
{
    static const char gone[] = "{'outcome':['consent_withdrawn'],'reason':'By telephone.'}";
    struct case_file c;

    (void)state;
    kit_case(&c);
    assert_null(holder(&c, "MX"));
    char *note = xstrdup(kit_add(&c, "note", REQUEST));
    kit_add(&c, "note",
            "{'kind':'TSN','direction':'out','to':{'state':'CR','office':'Secretariat','city':"
            "'San José'},'date':'2026-03-10'}");
    assert_non_null(holder(&c, "MX"));
    assert_null(holder(&c, "CR")); /* no identity in it */
    expect(&c, "close", gone, "to Mexico is open: withdraw it [C.request]");
    expect(&c, "close", gone, "Mexico has data: ask for its return or destruction [C.data]");
    assert_ptr_equal(case_next_open_request(&c, NULL), case_entry(&c, note));

    kit_add_of(&c, "withdraw",
               "{'note':'%s','at':'2026-03-12T09:00:00Z','reason':'consent is gone'}", note);
    assert_null(case_next_open_request(&c, NULL));
    kit_add(&c, "data_return", "{'state':'MX','asked_on':'2026-03-12','form':'destroyed'}");
    assert_non_null(holder(&c, "MX")->order);
    assert_false(holder(&c, "MX")->confirmed);
    expect(&c, "close", gone, "");
    say(&c, "close", gone);
    /* The confirmation comes when it comes, also after the closing. */
    say(&c, "data_return",
        "{'state':'MX','asked_on':'2026-03-12','form':'destroyed','confirmed_on':'2026-03-19'}");
    assert_true(holder(&c, "MX")->confirmed);
    say(&c, "reopen", "{'reason':'She called again.'}");
    free(note);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_exit, setup, teardown),
        cmocka_unit_test_setup_teardown(each_outcome, setup, teardown),
        cmocka_unit_test_setup_teardown(reasons_belong_to_their_exit, setup, teardown),
        cmocka_unit_test_setup_teardown(every_block_and_its_end, setup, teardown),
        cmocka_unit_test_setup_teardown(an_exit_leaves_nothing_with_others, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
