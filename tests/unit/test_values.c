/* SPDX-License-Identifier: MIT */
/* What is typed into a form and the payload that it makes, both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/tui/values.h"

enum { MOST = 60 };

/* The values of a form, by path. */
struct typed {
    struct {
        char path[VALUE_PATH_SIZE];
        char *text;
    } list[MOST];
    size_t count;
    char faults[200]; /* the paths told, with a blank after each */
};

static const char *lookup(void *ctx, const char *path)
{
    const struct typed *typed = ctx;
    for (size_t i = 0; i < typed->count; i++)
        if (strcmp(typed->list[i].path, path) == 0)
            return typed->list[i].text;
    return NULL;
}

static void fault(void *ctx, const char *path, const char *text)
{
    struct typed *typed = ctx;
    assert_true(*text != 0);
    strcat(typed->faults, path);
    strcat(typed->faults, " ");
}

static void put(void *ctx, const char *path, const struct field *field, const char *text)
{
    struct typed *typed = ctx;
    (void)field;
    assert_true(typed->count < MOST);
    strcpy(typed->list[typed->count].path, path);
    typed->list[typed->count++].text = xstrdup(text);
}

static void release(struct typed *typed)
{
    for (size_t i = 0; i < typed->count; i++)
        free(typed->list[i].text);
}

static struct instant noon(void)
{
    struct instant at;
    assert_true(instant_parse("2026-03-12T12:00:30-06:00", &at));
    return at;
}

/* Single quotes stand for double ones. */
static json_t *json(const char *text)
{
    char *copy = xstrdup(text);
    for (char *at = copy; *at; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_loads(copy, 0, NULL);
    assert_non_null(value);
    free(copy);
    return value;
}

static const struct {
    enum act_kind kind;
    const char *payload;
} samples[] = {
    {ACT_OPEN,
     "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}"},
    {ACT_PERSON, "{'person':1,'surname_1':'RAMÍREZ','given_names':'Karen','fears_own_state':false,"
                 "'birth_date':'1998-03-XX','languages':['es','miq'],"
                 "'nationalities':[{'state':'HN','proof':'passport'},"
                 "{'state':'SV','proof':'declared','refuted':true}]}"},
    {ACT_PERSON, "{'person':2,'single_name':'USHER','birth_date':{'answer':'unknown'},"
                 "'nationalities':[{'state':'BZ','proof':'declared'}]}"},
    {ACT_POLL, "{'round':1,'to':['CA','MX'],'reply_by':'2026-03-16','persons':[1,2]}"},
    {ACT_REPLY, "{'state':'PA','round':1,'legal':'yes','material':'no','offer':false,"
                "'services':[]}"},
    {ACT_NOTE, "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy',"
               "'city':'Abu Dhabi'},'date':'2026-03-12','at':'2026-03-12T11:00:00-06:00'}"},
    {ACT_COST, "{'on':'2026-03-12','amount':'1850','currency':'AED','source':'iom','item':'x'}"},
};

/* A payload put into a form and read from it is the same. */
static void test_there_and_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
        const struct act_type *type = act_type(samples[i].kind);
        struct typed typed = {.count = 0};
        json_t *payload = json(samples[i].payload);
        values_visit(type->fields, payload, put, &typed);
        json_t *again = values_read(type->fields, noon(), lookup, fault, &typed);
        if (!json_equal(payload, again))
            fail_msg("%s\n%s", samples[i].payload, json_dumps(again, 0));
        assert_string_equal(typed.faults, "");
        json_decref(payload);
        json_decref(again);
        release(&typed);
    }
}

static void expect_read(enum act_kind kind, const char *path, const char *text, const char *value)
{
    const struct field *field = values_field(act_type(kind)->fields, path);
    struct error err = ERROR_INIT;
    json_t *read = NULL, *wanted = json_loads(value, JSON_DECODE_ANY, NULL);
    assert_non_null(field);
    assert_non_null(wanted);
    if (!values_read_one(field, text, noon(), &read, &err))
        fail_msg("%s: %s", text, error_text(&err));
    if (!json_equal(read, wanted))
        fail_msg("%s is not %s", text, value);
    json_decref(read);
    json_decref(wanted);
    error_release(&err);
}

static void expect_not_read(enum act_kind kind, const char *path, const char *text)
{
    const struct field *field = values_field(act_type(kind)->fields, path);
    struct error err = ERROR_INIT;
    json_t *read = NULL;
    assert_non_null(field);
    if (values_read_one(field, text, noon(), &read, &err))
        fail_msg("%s was taken", text);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_null(read);
    error_release(&err);
}

static void test_what_may_be_typed(void **state)
{
    (void)state;
    expect_read(ACT_ASSIST, "at", "now", "\"2026-03-12T12:00:30-06:00\"");
    expect_read(ACT_ASSIST, "at", "9:05", "\"2026-03-12T09:05:00-06:00\"");
    expect_read(ACT_ASSIST, "at", "0905", "\"2026-03-12T09:05:00-06:00\"");
    expect_read(ACT_ASSIST, "at", "T-1 23:40", "\"2026-03-11T23:40:00-06:00\"");
    expect_read(ACT_ASSIST, "at", " 10/3/26 8:00 ", "\"2026-03-10T08:00:00-06:00\"");
    expect_read(ACT_POLL, "reply_by", "T+4", "\"2026-03-16\"");
    expect_read(ACT_POLL, "reply_by", "1603", "\"2026-03-16\"");
    expect_read(ACT_POLL, "reply_by", "16:03", "\"2026-03-12T16:03:00-06:00\"");
    expect_read(ACT_PERSON, "birth_date", "mar 98", "\"1998-03-XX\"");
    expect_read(ACT_PERSON, "phone", "+971 50 123-4567", "\"+971501234567\"");
    expect_read(ACT_PERSON, "fears_own_state", "yes", "true");
    expect_read(ACT_PERSON, "birth_date", "?r", "{\"answer\": \"declined\"}");
    expect_read(ACT_NOTE, "to.state", "NA", "\"NA\"");
    expect_not_read(ACT_ASSIST, "at", "24:00");
    expect_not_read(ACT_ASSIST, "at", "12:60");
    expect_not_read(ACT_ASSIST, "at", "soon");
    expect_not_read(ACT_POLL, "reply_by", "soon");
    expect_not_read(ACT_POLL, "round", "0");
    expect_not_read(ACT_POLL, "round", "1x");
    expect_not_read(ACT_POLL, "to", "CA, ZZ");
    expect_not_read(ACT_PERSON, "fears_own_state", "perhaps");
    expect_not_read(ACT_NEED, "need", "gold");
    /* What the act needs is never unknown. */
    expect_not_read(ACT_NEED, "need", "?u");
}

/* Each fault has the path of its own field, and the rest is read. */
static void test_faults_by_path(void **state)
{
    (void)state;
    struct typed typed = {.count = 0};
    put(&typed, "person", NULL, "one");
    put(&typed, "surname_1", NULL, "  LÓPEZ ");
    put(&typed, "nationalities[0].state", NULL, "HN");
    put(&typed, "nationalities[1].state", NULL, "QQ");
    json_t *payload = values_read(act_type(ACT_PERSON)->fields, noon(), lookup, fault, &typed);
    json_t *wanted = json("{'surname_1':'LÓPEZ','nationalities':[{'state':'HN'}]}");
    assert_string_equal(typed.faults, "person nationalities[1].state ");
    assert_true(json_equal(payload, wanted));
    json_decref(payload);
    json_decref(wanted);
    release(&typed);
}

static void test_field_of_a_path(void **state)
{
    (void)state;
    const struct field *fields = act_type(ACT_PERSON)->fields;
    assert_string_equal(values_field(fields, "nationalities[3].proof")->key, "proof");
    assert_string_equal(values_field(fields, "surname_1")->key, "surname_1");
    assert_null(values_field(fields, "surname"));
    assert_null(values_field(fields, "nationalities[0].city"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_what_may_be_typed),
        cmocka_unit_test(test_faults_by_path),
        cmocka_unit_test(test_field_of_a_path),
    };
    return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
