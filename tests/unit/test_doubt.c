/* SPDX-License-Identifier: MIT */
/* What is doubted of an act: what can be true but seldom is, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/doubt.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/buf.h"
#include "amparo/base/mem.h"

static const struct date today = {2026, 3, 16};

static void note(void *ctx, const char *key, const char *text)
{
    struct buf *found = ctx;

    assert_true(*text != '\0');
    buf_addf(found, "%s%s", found->size ? " " : "", key);
}

/* The keys that are doubted, blanks between; ' stands for ". */
static void expect(enum act_kind kind, const char *text, const char *keys)
{
    char *json = xstrdup(text);
    struct buf found = BUF_INIT;

    for (char *c = json; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    json_t *payload = json_loads(json, 0, NULL);
    assert_non_null(payload);
    doubts_find(kind, payload, today, note, &found);
    assert_string_equal(buf_text(&found), keys);
    json_decref(payload);
    buf_release(&found);
    free(json);
}

static void test_dates(void **state)
{
    (void)state;
    expect(ACT_GROUND, "{'when':'2026-03-17'}", "when");
    expect(ACT_GROUND, "{'when':'2026-03-16'}", "");
    expect(ACT_POLL, "{'reply_by':'2026-03-15'}", "reply_by");
    expect(ACT_POLL, "{'reply_by':'2026-03-15T10:00:00-06:00'}", "reply_by");
    expect(ACT_POLL, "{'reply_by':'2026-03-16T00:00:00Z'}", "");
    expect(ACT_CONSENT, "{'on':'2026-03-10','valid_until':'2026-03-09'}", "valid_until");
    expect(ACT_CONSENT, "{'on':'2026-03-10','valid_until':'2026-03-10'}", "");
    expect(ACT_SITUATION, "{'entry_on':'2026-02-01','since':'2026-01-31'}", "since");
}

/* A partial date is doubted where no day that it allows would do. */
static void test_partial_dates(void **state)
{
    (void)state;
    expect(ACT_GROUND, "{'when':'2026-03-XX'}", "");
    expect(ACT_GROUND, "{'when':'2026-04-XX'}", "when");
    expect(ACT_GROUND, "{'when':'2026-XX-XX'}", "");
    expect(ACT_GROUND, "{'when':'XXXX-XX-XX'}", "");
    expect(ACT_PERSON, "{'birth_date':'1984-XX-XX','document_issued':'1984-05-01'}", "");
    expect(ACT_PERSON, "{'birth_date':'1984-XX-XX','document_issued':'1983-05-01'}",
           "document_issued");
    expect(ACT_PERSON, "{'birth_date':'1915-XX-XX'}", "");
    expect(ACT_PERSON, "{'birth_date':'1914-XX-XX'}", "birth_date");
}

static void test_persons(void **state)
{
    (void)state;
    expect(ACT_PERSON, "{'birth_date':'1991-XX-XX~','age_stated':35}", "");
    expect(ACT_PERSON, "{'birth_date':'1991-XX-XX~','age_stated':37}", "age_stated");
    expect(ACT_PERSON, "{'birth_date':'1984-03-15','age_stated':40}", "age_stated");
    expect(ACT_PERSON, "{'sex':'M','pregnancy':true}", "pregnancy");
    expect(ACT_PERSON, "{'sex':'F','pregnancy':true}", "");
    expect(ACT_PERSON, "{'document_issued':'2020-01-01','document_expiry':'2019-01-01'}",
           "document_expiry");
    expect(ACT_OPEN, "{'receiving_state':'AE','requesting_state':'AE'}", "receiving_state");
    expect(ACT_OPEN, "{'receiving_state':'AE'}", "");
}

/* What is no date, or an answer, or of another shape raises no doubt. */
static void test_other_values(void **state)
{
    (void)state;
    expect(ACT_GROUND, "{'when':'soon'}", "");
    expect(ACT_GROUND, "{'when':{'answer':'unknown'}}", "");
    expect(ACT_GROUND, "{'when':7}", "");
    expect(ACT_GROUND, "{'when':'2026-03-17T and a long text that is no instant at all'}", "when");
    expect(ACT_PERSON, "{}", "");
}

/* Every row is about a field that the act has, and so is what it is held against. */
static void test_rows_are_fields(void **state)
{
    (void)state;
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        const struct act_type *type = act_type(kind);
        size_t i = 0;
        while (act_carried(type, i))
            i++;
        assert_ptr_equal(act_carried(type, i - 1), &act_doubts_field);
    }
    enum act_kind kind;
    const char *key, *other;
    for (size_t n = 0; doubts_row(n, &kind, &key, &other); n++) {
        assert_non_null(field_find(act_type(kind)->fields, key));
        if (other)
            assert_non_null(field_find(act_type(kind)->fields, other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),           cmocka_unit_test(test_partial_dates),
        cmocka_unit_test(test_persons),         cmocka_unit_test(test_other_values),
        cmocka_unit_test(test_rows_are_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
