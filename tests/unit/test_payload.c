/* SPDX-License-Identifier: MIT */
/* The field table itself, and what payload_check lets through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/fields.h"
#include "amparo/agreement/language.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define ID "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* A whole payload of each act: the needed keys of the contract and no other. */
static const struct {
    const char *act, *payload;
} whole[] = {
    {"open", "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}"},
    {"person", "{'person':1,'surname_1':'RAMÍREZ','given_names':'Karen',"
               "'nationalities':[{'state':'HN','proof':'passport'}]}"},
    {"situation", "{'locality':'Dubai'}"},
    {"ground", "{'person':1,'code':'G5','perpetrator':'employer','facts':'Wages unpaid.'}"},
    {"need", "{'need':'legal','urgency':'72h'}"},
    {"child",
     "{'person':1,'accompanied':'separated','care':'An aunt','responsible':'Mother',"
     "'views':'Wants to go home','best_interests':'Return','by':'Post','on':'2026-03-02'}"},
    {"consent", "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral',"
                "'on':'2026-03-12'}"},
    {"withdraw_consent",
     "{'person':1,'purposes':['P4','P5'],'on':'2026-03-20','form':'telephone'}"},
    {"refer", "{'to':'network','on':'2026-03-12','persons':[1,2]}"},
    {"refer_answer", "{'to':'network','persons':[1],'on':'2026-03-14',"
                     "'answer':'cannot_be_resolved','because':'No partner there.'}"},
    {"determine", "{'requirement':'R9','status':'met','reason':'Family is kept together.'}"},
    {"decide", "{'decision':'applies','reason':'All requirements are met.'}"},
    {"authorise",
     "{'what':'request','by':'Director','reference':'DGAC 12/2026','on':'2026-03-13'}"},
    {"notify", "{'event':'poll'}"},
    {"poll", "{'round':1,'to':['MX','CR'],'reply_by':'2026-03-18'}"},
    {"reply", "{'state':'MX','round':1,'legal':'yes','material':'partial','offer':true,"
              "'services':['shelter']}"},
    {"decline", "{'state':'CA','stage':'poll','round':1}"},
    {"choose", "{'state':'MX','reason':'Visits within two days.'}"},
    {"note", "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy',"
             "'city':'Abu Dhabi'},'date':'2026-03-16','at':'2026-03-16T11:00:00+04:00'}"},
    {"annul", "{'note':'" ID "','reason':'Wrong addressee.'}"},
    {"accept", "{'state':'MX','note':'" ID "','scope':'Visits and a list of lawyers.'}"},
    {"assist", "{'at':'2026-03-17T10:00:00+04:00','by':'MX','kind':'visit','persons':[1],"
               "'manner':'good_offices','detail':'Visit at the shelter.'}"},
    {"contact", "{'at':'2026-03-12T23:10:00-05:00','reason':'Shots near.','detail':'Called.'}"},
    {"countersign", "{'of':'" ID "'}"},
    {"cost", "{'on':'2026-03-20','amount':'1850.00','currency':'AED',"
             "'source':'state_of_citizenship','item':'Ticket'}"},
    {"withdraw", "{'note':'" ID "','at':'2026-03-21T09:00:00+04:00','reason':'Consent is gone.'}"},
    {"data_return", "{'state':'SV','asked_on':'2026-03-22','form':'destroyed'}"},
    {"close", "{'outcome':['repatriated','documents_issued']}"},
    {"reopen", "{'reason':'She came back.'}"},
    {"report", "{'meeting':'LON-CP, Tegucigalpa','on':'2026-06-01'}"},
    {"correct", "{'of':'" ID "','reason':'Typing mistake.','payload':{}}"},
    {"lift_lock", "{'person':1,'counselling':'By a lawyer, 3 March.','consent':'In writing.'}"},
    {"hand_over", "{'to':'HNTGU-2'}"},
    {"erase_request", "{'person':1,'basis':'person_asked'}"},
    {"erase", "{'of':'" ID "'}"},
    {"legal_hold", "{'hold':true,'reason':'A court asks for the file.'}"},
    {"erase_refuse", "{'of':'" ID "','reason':'A court needs it.'}"},
    {"document", "{'person':1,'document':1,'type':'passport'}"},
    {"group", "{'group':1,'type':'family','persons':[1,2]}"},
    {"link", "{'person':1,'case':'HN-2026-0002','other':1,'reason':'The same passport.'}"},
    {"unlink", "{'person':1,'case':'HN-2026-0002','other':1,'reason':'Another birth date.'}"},
    {"refund", "{'of':'" ID "','step':'paid','on':'2026-09-20'}"},
    {"delivery", "{'note':'" ID "'}"},
};

/* JSON with ' for ", so that C can hold it. */
static json_t *quoted(const char *text)
{
    char *copy = xstrdup(text);

    for (char *c = copy; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_t *value = json_loads(copy, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    free(copy);
    return value;
}

static json_t *whole_payload(const char *act)
{
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
        if (!strcmp(whole[i].act, act))
            return quoted(whole[i].payload);
    fail_msg("no payload of %s", act);
    return NULL;
}

/* Checks and says why not; takes the payload over. */
static bool passes(const char *act, json_t *payload, struct error *err)
{
    bool ok = payload_check(act_type_named(act), payload, err);

    assert_int_equal(ok, err->kind == ERROR_NONE);
    json_decref(payload);
    return ok;
}

static void expect_pass(const char *act, json_t *payload)
{
    struct error err = ERROR_INIT;

    if (!passes(act, payload, &err))
        fail_msg("%s: %s", act, error_text(&err));
    error_release(&err);
}

/* The fault must be one line that begins with the path. */
static void expect_fault(const char *act, json_t *payload, const char *path)
{
    struct error err = ERROR_INIT;

    if (passes(act, payload, &err))
        fail_msg("%s: no fault at %s", act, path);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strncmp(error_text(&err), path, strlen(path)) ||
        !strchr(":", error_text(&err)[strlen(path)]))
        fail_msg("%s: expected a fault at %s, got: %s", act, path, error_text(&err));
    assert_null(strchr(error_text(&err), '\n'));
    error_release(&err);
}

/* The whole payload with one key set to a value (NULL: taken out), itself in quoted JSON. */
static json_t *changed(const char *act, const char *key, const char *value)
{
    json_t *payload = whole_payload(act);

    if (value)
        json_object_set_new(payload, key, quoted(value));
    else
        json_object_del(payload, key);
    return payload;
}

static void whole_payloads_pass(void **state)
{
    (void)state;
    enum act_kind kind = ACT_NONE; /* all, in the order of their numbers */
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
        kind = act_kind_next(kind);
        assert_non_null(act_type_named(whole[i].act));
        assert_int_equal(act_type_named(whole[i].act)->kind, kind);
        expect_pass(whole[i].act, whole_payload(whole[i].act));
    }
    assert_int_equal(act_kind_next(kind), ACT_NONE);
    assert_false(act_kind_known(ACT_NONE));
    assert_false(act_kind_known(ACT_KIND_END));
    assert_false(act_kind_known(UINT64_MAX));
}

static void each_key_is_needed(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
        json_t *all = whole_payload(whole[i].act);
        const char *key;
        json_t *value;

        json_object_foreach(all, key, value)
            expect_fault(whole[i].act, changed(whole[i].act, key, NULL), key);
        json_decref(all);
    }
}

/* What came in from another post may lack whatever was not for us. */
static void what_came_may_lack_any_key(void **state)
{
    size_t taken = 0;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
        const struct act_type *type = act_type_named(whole[i].act);
        json_t *all = whole_payload(whole[i].act), *nothing = json_object(), *value;
        struct error err = ERROR_INIT;
        const char *key;

        json_object_foreach(all, key, value)
        {
            json_t *less = changed(whole[i].act, key, NULL);
            taken += payload_check_at(type, less, "", true, &err);
            json_decref(less);
        }
        taken += payload_check_at(type, nothing, "", true, &err);
        json_decref(nothing);
        json_decref(all);
        error_release(&err);
    }
    assert_true(taken > ARRAY_SIZE(whole));
}

static void each_type_is_checked(void **state)
{
    /* No field takes any of these. */
    static const char *const wrong[] = {"null", "1.5",     "-3",     "''", "'\\u0007'",
                                        "[[]]", "{'x':1}", "[null]", "1e3"};

    (void)state;
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        const struct act_type *type = act_type(kind);

        for (const struct field *f = type->fields; f->id; f++)
            for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                struct error err = ERROR_INIT;
                json_t *value = quoted(wrong[i]);

                if (f->type != FIELD_PAYLOAD || !json_is_object(value)) {
                    assert_false(payload_check_value(f, value, f->key, &err));
                    assert_memory_equal(error_text(&err), f->key, strlen(f->key));
                }
                json_decref(value);
                error_release(&err);
            }
    }
}

static void unknown_keys_at_any_depth(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
        expect_fault(whole[i].act, changed(whole[i].act, "colour", "'red'"), "colour");
    expect_fault("person",
                 changed("person", "nationalities", "[{'state':'HN','proof':'passport','x':1}]"),
                 "nationalities[0].x");
    expect_fault("note",
                 changed("note", "to", "{'state':'MX','office':'Embassy','city':'C','zip':'1'}"),
                 "to.zip");
    expect_fault("reply",
                 changed("reply", "transcribed",
                         "{'from':'MX','channel':'email','on':'2026-03-14','x':true}"),
                 "transcribed.x");
}

static void paths_name_the_place(void **state)
{
    (void)state;
    expect_fault("person", changed("person", "nationalities", "[{'state':'HN','proof':'x'}]"),
                 "nationalities[0].proof");
    expect_fault("person",
                 changed("person", "nationalities",
                         "[{'state':'HN','proof':'declared'},{'state':'HN','proof':'passport'}]"),
                 "nationalities[1].state");
    expect_fault("person", changed("person", "nationalities", "[{'proof':'passport'}]"),
                 "nationalities[0].state");
    expect_fault("poll", changed("poll", "to", "['MX','QQ']"), "to[1]");
    expect_fault("poll", changed("poll", "to", "['MX','CR','MX']"), "to[2]");
    expect_fault("refer", changed("refer", "persons", "[1,1]"), "persons[1]");
    expect_fault("close", changed("close", "outcome", "[]"), "outcome");
    expect_fault("note", changed("note", "to", "{'state':'MX','office':'Embassy'}"), "to.city");
}

static void all_faults_are_named(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_false(passes("open", quoted("{'role':'king','priority':3,'colour':1}"), &err));
    assert_string_equal(error_text(&err),
                        "role: \"king\": must be one of: requesting assisting observer\n"
                        "receiving_state: is missing\n"
                        "priority: 3: must be a string\n"
                        "source: is missing\n"
                        "colour: 1: no such key here");
    error_release(&err);
}

static void values_by_type(void **state)
{
    static const struct {
        const char *act, *key, *good, *bad;
    } values[] = {
        {"open", "receiving_state", "'NA'", "'na'"},
        {"open", "receiving_state", "'XK'", "'ZZ'"},
        {"open", "reporter_phone", "'+97150123456'", "'97150123456'"},
        {"open", "reporter_phone", "'+123456789012345'", "'+1234567890123456'"},
        {"open", "interview_languages", "['es','miq']", "['spa']"},
        {"open", "interview_languages", "['nah']", "['qqz']"},
        {"person", "birth_date", "'1998-03-14'", "'1998-02-30'"},
        {"person", "birth_date", "'2009-01-XX~'", "'2009-XX-01'"},
        {"person", "birth_date", "'XXXX-XX-XX'", "'2009'"},
        {"person", "age_stated", "16", "0"},
        {"person", "sex", "'X'", "'f'"},
        {"consent", "on", "'2024-02-29'", "'2026-02-29'"},
        {"consent", "to", "'MX'", "'Mexico'"},
        {"poll", "reply_by", "'2026-03-18T12:00:00+04:00'", "'2026-03-18T12:00:00'"},
        {"poll", "round", "2", "'2'"},
        {"note", "at", "'2026-03-16T11:00:00Z'", "'2026-03-16T25:00:00Z'"},
        {"cost", "amount", "'0'", "'-1'"},
        {"cost", "amount", "'1850.5'", "'1850.555'"},
        {"cost", "amount", "'1850'", "'1,850'"},
        {"cost", "amount", "'1850'", "1850"},
        {"cost", "currency", "'JOD'", "'XAU'"},
        {"annul", "note", "'" ID "'", "'00ff'"},
        {"reply", "offer", "true", "'true'"},
        {"child", "views", "'not_obtainable: too small to say'", "'not_obtainable:  '"},
        {"situation", "locality", "'Saint-Louis'", "'   '"},
        {"situation", "locality", "'Ñuñoa'", "'two\\nlines'"},
        {"ground", "facts", "'two\\nlines'", "'bidi \\u202e'"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        expect_pass(values[i].act, changed(values[i].act, values[i].key, values[i].good));
        json_t *bad = changed(values[i].act, values[i].key, values[i].bad);
        struct error err = ERROR_INIT;
        assert_false(passes(values[i].act, bad, &err));
        assert_memory_equal(error_text(&err), values[i].key, strlen(values[i].key));
        error_release(&err);
    }
}

static void decimals_follow_the_currency(void **state)
{
    json_t *payload = changed("cost", "currency", "'XOF'");

    (void)state;
    expect_pass("cost", json_incref(payload)); /* 1850.00: zeros do no harm */
    json_object_set_new(payload, "amount", json_string("1850.50"));
    expect_fault("cost", payload, "amount");
    payload = changed("cost", "currency", "'KWD'");
    json_object_set_new(payload, "amount", json_string("1.125"));
    expect_pass("cost", payload);
}

static void passport_lines_are_read(void **state)
{
    (void)state;
    expect_pass("person", changed("person", "mrz",
                                  "'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
                                  "L898902C36UTO7408122F1204159ZE184226B<<<<<10'"));
    struct error err = ERROR_INIT;
    assert_false(passes("person",
                        changed("person", "mrz",
                                "'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
                                "L898902C46UTO7408122F1204159ZE184226B<<<<<10'"),
                        &err));
    assert_memory_equal(error_text(&err), "mrz: ", 5);
    assert_non_null(strstr(error_text(&err), "\nmrz: ")); /* the number, and the whole */
    error_release(&err);
}

static void keys_depend_on_each_other(void **state)
{
    static const struct {
        const char *act, *key, *value, *fault; /* fault NULL: it passes */
    } cases[] = {
        {"open", "role", "'assisting'", "requesting_state"},
        {"person", "single_name", "'Suharto'", "surname_1"},
        {"decline", "stage", "'note'", "round"},
        {"decline", "hand_over_on", "'2026-04-01'", "hand_over_on"},
        {"note", "direction", "'in'", "to"},
        {"note", "number", "'12/2026'", "number"},
        {"note", "from", "{'state':'MX','office':'Embassy','city':'Abu Dhabi'}", "from"},
        {"note", "kind", "'SCOPE'", NULL},
        {"reply", "offer", "false", "services"},
        {"accept", "ceiling", "'500'", "currency"},
        {"cost", "base_amount", "'500'", "base_currency"},
        {"note", "transcribed", "{'from':'MX','channel':'email','on':'2026-03-14'}", "transcribed"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct error err = ERROR_INIT;
        bool ok = passes(cases[i].act, changed(cases[i].act, cases[i].key, cases[i].value), &err);
        assert_int_equal(ok, !cases[i].fault);
        if (!ok)
            assert_memory_equal(error_text(&err), cases[i].fault, strlen(cases[i].fault));
        error_release(&err);
    }
    expect_pass("person", quoted("{'person':1,'single_name':'Suharto','nationalities':[]}"));
    expect_pass("decline", quoted("{'state':'CA','stage':'assistance','note':'" ID "',"
                                  "'hand_over_on':'2026-04-01'}"));
    expect_pass("note", quoted("{'kind':'ACC','direction':'in','from':{'state':'MX','office':'E',"
                               "'city':'C'},'date':'2026-03-16','number':'7/2026','transcribed':"
                               "{'from':'Embassy','channel':'paper','on':'2026-03-16'}}"));
    expect_pass("reply", quoted("{'state':'MX','round':1,'legal':'no','material':'no',"
                                "'offer':false,'services':[]}"));
    json_t *note = changed("note", "starts_on", "'2026-03-20'");
    json_object_set_new(note, "ends_on", json_string("2026-03-19"));
    expect_fault("note", note, "ends_on");
}

static void overrides_name_gates(void **state)
{
    (void)state;
    expect_pass("poll", changed("poll", "override", "{'reason':'Shots.','for':['P.consent','P']}"));
    expect_fault("poll", changed("poll", "override", "{'reason':'Shots.','for':['P','Q']}"),
                 "override.for[1]");
    expect_fault("poll", changed("poll", "override", "{'reason':' '}"), "override.reason");
    expect_fault("reply", changed("reply", "override", "{'reason':'Shots.'}"), "override");
}

static void answers_stand_for_values(void **state)
{
    json_t *person = changed("person", "birth_date", "{'answer':'unknown'}");

    (void)state;
    assert_string_equal(payload_answer(person, "birth_date"), "unknown");
    assert_null(payload_answer(person, "surname_1"));
    assert_null(payload_answer(person, "sex"));
    expect_pass("person", person);
    expect_pass("person", changed("person", "languages", "{'answer':'not_asked'}"));
    expect_fault("person", changed("person", "sex", "{'answer':'maybe'}"), "sex");
    expect_fault("person", changed("person", "sex", "{'answer':'unknown','x':1}"), "sex");
    /* Not where a value is needed. */
    expect_fault("situation", changed("situation", "locality", "{'answer':'unknown'}"), "locality");
    expect_fault("person", changed("person", "surname_1", "{'answer':'unknown'}"), "surname_1");
}

static void hostile_payloads(void **state)
{
    json_t *deep = json_object(), *payload;
    struct error err = ERROR_INIT;
    char *huge = xmalloc(3000001);

    (void)state;
    for (int i = 0; i < 1500; i++)
        deep = json_pack("{s:o}", "nationalities", deep);
    payload = whole_payload("person");
    json_object_set_new(payload, "nationalities", deep);
    expect_fault("person", payload, "nationalities");

    memset(huge, 'a', 3000000);
    huge[3000000] = '\0';
    payload = whole_payload("ground");
    json_object_set_new(payload, "facts", json_string(huge));
    assert_false(passes("ground", json_incref(payload), &err));
    assert_true(strlen(error_text(&err)) < 300);
    error_release(&err);
    json_object_set_new(payload, "facts", json_string("fine"));
    json_object_set_new(payload, huge, json_true());
    assert_false(passes("ground", payload, &err));
    assert_true(strlen(error_text(&err)) < 300);
    error_release(&err);
    free(huge);

    payload = whole_payload("ground");
    json_object_set_new(payload, "\x1b[2J\n", json_true());
    assert_false(passes("ground", payload, &err));
    assert_null(strchr(error_text(&err), '\x1b'));
    assert_null(strchr(error_text(&err), '\n'));
    error_release(&err);

    payload = whole_payload("ground");
    json_object_set_new(payload, "facts", json_stringn("a\0b", 3));
    expect_fault("ground", payload, "facts");

    json_t *many = json_array();
    for (int i = 1; i < 100000; i++)
        json_array_append_new(many, json_integer(i));
    payload = whole_payload("refer");
    json_object_set_new(payload, "persons", many);
    expect_fault("refer", payload, "persons");

    static const char *const roots[] = {"[]", "'open'", "null", "7", "true"};
    for (size_t i = 0; i < ARRAY_SIZE(roots); i++) {
        assert_false(passes("open", quoted(roots[i]), &err));
        error_release(&err);
    }
}

/* ---- the table ---- */

typedef void row_fn(const struct field *row, const char *where);

static void each_row(const struct field *table, const char *where, row_fn *fn)
{
    for (const struct field *f = table; f->id; f++) {
        fn(f, where);
        if (f->members)
            each_row(f->members, f->key, fn);
    }
}

static void each_field(row_fn *fn)
{
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        each_row(act_type(kind)->fields, act_type(kind)->name, fn);
    fn(&act_transcribed_field, "");
    each_row(act_transcribed_field.members, "transcribed", fn);
    fn(&act_override_field, "");
    each_row(act_override_field.members, "override", fn);
}

static void row_fits(const struct field *f, const char *where)
{
    if (!f->label || !*f->label || text_cells(f->label) > 16)
        fail_msg("%s.%s: label of %d cells", where, f->key, text_cells(f->label));
    if (!f->help || !*f->help || text_cells(f->help) > 60)
        fail_msg("%s.%s: help of %d cells", where, f->key, text_cells(f->help));
    assert_non_null(f->article);
    assert_true((f->codes != NULL) == (f->type == FIELD_CODE || f->type == FIELD_CODES));
    assert_true((f->members != NULL) == (f->type == FIELD_OBJECT || f->type == FIELD_OBJECTS));
    for (const struct field *m = f->members; m && m->id; m++)
        if (m->class != f->class)
            fail_msg("%s.%s.%s: another class than its field", where, f->key, m->key);
    for (const struct code *c = f->codes; c && c->code; c++)
        assert_true(*c->label && text_cells(c->label) <= 48);
}

static void rows_fit_the_form(void **state)
{
    (void)state;
    each_field(row_fits);
}

static void numbers_and_keys_are_unique(void **state)
{
    (void)state;
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        const struct field *table = act_type(kind)->fields;

        for (const struct field *f = table; f->id; f++) {
            assert_true(f->id < act_transcribed_field.id);
            for (const struct field *g = table; g < f; g++)
                if (g->id == f->id || !strcmp(g->key, f->key))
                    fail_msg("%s.%s", act_type(kind)->name, f->key);
        }
    }
}

static void classes_keep_what_is_personal(void **state)
{
    static const struct {
        const char *act, *key;
        enum field_class class;
    } classes[] = {
        {"person", "surname_1", CLASS_P1},   {"person", "birth_date", CLASS_P1},
        {"person", "mrz", CLASS_P1},         {"person", "fears_own_state", CLASS_P2},
        {"ground", "facts", CLASS_P2},       {"ground", "code", CLASS_P0},
        {"need", "need", CLASS_P0},          {"situation", "address", CLASS_P3},
        {"situation", "locality", CLASS_P2}, {"situation", "migration_status", CLASS_P2},
        {"child", "hide_from", CLASS_P3},    {"poll", "text", CLASS_P0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
        assert_int_equal(field_find(act_type_named(classes[i].act)->fields, classes[i].key)->class,
                         classes[i].class);
}

static void help_describes_the_contract(void **state)
{
    json_t *all = acts_describe(NULL, english);
    json_t *one = acts_describe(act_type(ACT_DECLINE), english);
    size_t i;
    json_t *act;

    (void)state;
    assert_int_equal(json_array_size(all), ARRAY_SIZE(whole));
    json_array_foreach(all, i, act) assert_non_null(json_object_get(act, "fields"));
    assert_int_equal(json_array_size(one), 1);
    assert_true(json_equal(json_array_get(all, ACT_DECLINE - 1), json_array_get(one, 0)));
    json_t *fields = json_object_get(json_array_get(one, 0), "fields");
    json_t *round = json_array_get(fields, 2);
    json_t *expected =
        quoted("{'key':'round','number':3,'type':'number','class':'P0','needed':false,"
               "'article':'7.6','label':'Round','help':'Of the poll that it declines',"
               "'answers':true,"
               "'needed_where':[{'key':'stage','test':'is','value':'poll'}],"
               "'refused_where':[{'key':'stage','test':'is_not','value':'poll'}]}");
    assert_true(json_equal(round, expected));
    static const char *const carried[] = {"transcribed", "doubts"};
    for (size_t j = 0; j < 2; j++)
        assert_string_equal(json_string_value(json_object_get(
                                json_array_get(fields, json_array_size(fields) - 2 + j), "key")),
                            carried[j]);
    json_decref(expected);
    json_decref(one);
    json_decref(all);
}

static void exits_are_known(void **state)
{
    (void)state;
    assert_true(outcome_is_exit("not_eligible"));
    assert_true(outcome_is_exit("own_protection"));
    assert_false(outcome_is_exit("repatriated"));
    assert_false(outcome_is_exit("declined"));
    assert_string_equal(language_by_alpha3("spa")->code, "es");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_payloads_pass),
        cmocka_unit_test(each_key_is_needed),
        cmocka_unit_test(what_came_may_lack_any_key),
        cmocka_unit_test(each_type_is_checked),
        cmocka_unit_test(unknown_keys_at_any_depth),
        cmocka_unit_test(paths_name_the_place),
        cmocka_unit_test(all_faults_are_named),
        cmocka_unit_test(values_by_type),
        cmocka_unit_test(decimals_follow_the_currency),
        cmocka_unit_test(passport_lines_are_read),
        cmocka_unit_test(keys_depend_on_each_other),
        cmocka_unit_test(overrides_name_gates),
        cmocka_unit_test(answers_stand_for_values),
        cmocka_unit_test(hostile_payloads),
        cmocka_unit_test(rows_fit_the_form),
        cmocka_unit_test(numbers_and_keys_are_unique),
        cmocka_unit_test(classes_keep_what_is_personal),
        cmocka_unit_test(help_describes_the_contract),
        cmocka_unit_test(exits_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
