/* SPDX-License-Identifier: MIT */
/* The same person twice: found, ranked, with reasons; linked and unlinked, and nothing is lost. */
#include "store_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/likeness.h"
#include "amparo/agreement/link.h"
#include "amparo/base/mem.h"
#include "amparo/store/likely.h"
#include "amparo/store/record.h"
#include "amparo/store/verify.h"

/* ---- comparing two ---- */

static struct likeness compare(const char *a, const char *b)
{
    json_t *left = kit_json(a), *right = kit_json(b);
    struct traits ta, tb;

    traits_of_payload(left, &ta);
    traits_of_payload(right, &tb);
    struct likeness found = traits_compare(&ta, &tb), back = traits_compare(&tb, &ta);
    assert_int_equal(found.score, back.score);
    assert_int_equal(found.reasons, back.reasons);
    traits_release(&ta);
    traits_release(&tb);
    json_decref(left);
    json_decref(right);
    return found;
}

/* Do the two have a key in common, by which the index finds one from the other? */
static bool meet(const char *a, const char *b)
{
    json_t *payload[] = {kit_json(a), kit_json(b)};
    struct trait_key keys[2][TRAIT_KEYS];
    size_t count[2];
    bool found = false;

    for (int i = 0; i < 2; i++) {
        struct traits t;
        traits_of_payload(payload[i], &t);
        count[i] = traits_keys(&t, keys[i], TRAIT_KEYS);
        traits_release(&t);
        json_decref(payload[i]);
    }
    for (size_t i = 0; i < count[0]; i++)
        for (size_t j = 0; j < count[1]; j++)
            found = found || keys[0][i].key == keys[1][j].key;
    return found;
}

#define KAREN                                                                                      \
    "{'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ','given_names':'Karen Yamileth',"              \
    "'birth_date':'1998-03-14'}"

static void reasons(void **state)
{
    static const struct {
        const char *other;
        unsigned has;
        bool likely;
    } rows[] = {
        {KAREN, LIKE_NAMES | LIKE_BORN, true},
        /* accents, case, and the order of the names do not matter */
        {"{'surname_1':'Karen Yamileth','given_names':'ramirez ordonez','birth_date':'1998-03-14'}",
         LIKE_NAMES_ORDER | LIKE_BORN, true},
        /* particles neither */
        {"{'surname_1':'de la RAMÍREZ','surname_2':'y ORDÓÑEZ','given_names':'Karen Yamileth'}",
         LIKE_NAMES, true},
        /* letters that changed places, a letter more or less or another */
        {"{'surname_1':'RAMRIEZ','surname_2':'ORDOÑEZ','given_names':'Karen Yamileth'}",
         LIKE_NAMES_LETTER, true},
        {"{'surname_1':'RAMIRES','given_names':'Karen','birth_date':'1998-XX-XX'}",
         LIKE_NAMES_LETTER | LIKE_NAMES_PART | LIKE_BORN_PART, true},
        {"{'surname_1':'RAMIREZ','given_names':'Karen','birth_date':'1998-03-XX'}",
         LIKE_NAMES_PART | LIKE_BORN_PART, true},
        {"{'surname_1':'RAMIREZ','given_names':'Karen','birth_date':'1998-14-03'}", LIKE_NAMES_PART,
         true},
        {"{'surname_1':'RAMIREZ','surname_2':'ORDOÑEZ','given_names':'Karen Yamileth',"
         "'birth_date':'1989-03-14'}",
         LIKE_NAMES | LIKE_BORN_YEAR, true},
        /* born on one day, with other names: many are */
        {"{'surname_1':'SOLIS','given_names':'Ana','birth_date':'1998-03-14'}", LIKE_BORN, false},
        {"{'surname_1':'RAMIREZ','given_names':'Ana'}", LIKE_NAMES_PART, false},
        /* two names that many have, and another birth date */
        {"{'surname_1':'RAMIREZ','given_names':'Karen','birth_date':'1961-11-02'}",
         LIKE_NAMES_PART | UNLIKE_BORN, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct likeness found = compare(KAREN, rows[i].other);
        if ((found.reasons & rows[i].has) != rows[i].has)
            fail_msg("%s: reasons %x", rows[i].other, found.reasons);
        if ((found.score >= LIKELY) != rows[i].likely)
            fail_msg("%s: score %d", rows[i].other, found.score);
        if (rows[i].likely)
            assert_true(meet(KAREN, rows[i].other));
    }
}

static void documents_and_telephones(void **state)
{
    struct likeness found = compare("{'surname_1':'A','document_number':'E-123 456'}",
                                    "{'single_name':'B','document_number':'e123456','sex':'F'}");

    (void)state;
    assert_int_equal(found.reasons, LIKE_DOCUMENT);
    assert_true(found.score >= LIKELY);
    found = compare("{'surname_1':'A','phone':'+50499887766'}",
                    "{'single_name':'B','phone_2':'+50499887766'}");
    assert_int_equal(found.reasons, LIKE_PHONE);
    assert_true(found.score >= LIKELY);
    /* day and month exchanged, another sex */
    found =
        compare("{'surname_1':'SOLIS','given_names':'Ana','birth_date':'1998-03-04','sex':'F'}",
                "{'surname_1':'SOLIS','given_names':'Ana','birth_date':'1998-04-03','sex':'M'}");
    assert_int_equal(found.reasons, LIKE_NAMES | LIKE_BORN_SWAPPED | UNLIKE_SEX);
    assert_true(found.score >= LIKELY);
    /* who has one name only */
    found = compare("{'single_name':'Prasert'}", "{'single_name':'PRASERT'}");
    assert_true(found.score >= LIKELY);
    assert_true(meet("{'single_name':'Prasert'}", "{'single_name':'PRASERT'}"));
    /* another script; and nothing at all */
    found = compare("{'single_name':'ประเสริฐ'}", "{'single_name':'ประเสริฐ'}");
    assert_true(found.score >= LIKELY);
    found = compare("{}", "{}");
    assert_int_equal(found.score, 0);
}

static void in_words(void **state)
{
    struct buf out = BUF_INIT;
    json_t *codes = likeness_codes(LIKE_DOCUMENT | UNLIKE_SEX);

    (void)state;
    likeness_say(&out, LIKE_DOCUMENT | LIKE_NAMES_ORDER | UNLIKE_SEX, english);
    assert_string_equal(buf_text(&out),
                        "the same document; the same names in another order; but another sex");
    assert_int_equal(json_array_size(codes), 2);
    json_decref(codes);
    buf_release(&out);
}

/* ---- in a file ---- */

#define CASE(n) "HNTGU-2026-000" #n

static void open_case(struct store *store, const char *more)
{
    char text[300];

    snprintf(text, sizeof text,
             "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'%s}",
             more);
    kit_record(store, NULL, ACT_OPEN, text);
}

static void add_person(struct store *store, const char *reference, int number, const char *more)
{
    char text[400];

    snprintf(text, sizeof text,
             "{'person':%d,'nationalities':[{'state':'HN','proof':'passport'}],%s}", number, more);
    kit_record(store, reference, ACT_PERSON, text);
}

#define IS_KAREN                                                                                   \
    "'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ','given_names':'Karen Yamileth',"               \
    "'birth_date':'1998-03-14'"

/* Case 1: Karen. 2: Karen with letters changed, and a brother. 3: one under lock. 4: restricted. 5:
 * her passport alone. 6: nobody like her. */
static struct store *fill(const char *name)
{
    struct store *store = kit_create(name);

    for (int i = 0; i < 6; i++)
        open_case(store,
                  i == 3 ? ",'confidentiality':'restricted','responsible':'Luis CERNA'" : "");
    add_person(store, CASE(1), 1, IS_KAREN);
    kit_record(store, CASE(1), ACT_DOCUMENT,
               "{'person':1,'document':1,'type':'passport','number':'E-7654321'}");
    add_person(store, CASE(2), 1,
               "'surname_1':'ORDOÑEZ','surname_2':'RAMRIEZ','given_names':'Karen',"
               "'birth_date':'1998-03-XX'");
    add_person(store, CASE(2), 2, "'surname_1':'RAMÍREZ','given_names':'Luis'");
    add_person(store, CASE(3), 1, IS_KAREN ",'fears_own_state':true");
    add_person(store, CASE(4), 1, IS_KAREN);
    add_person(store, CASE(5), 1, "'single_name':'Unknown','document_number':'e7654321'");
    add_person(store, CASE(6), 1, "'surname_1':'SOLÍS','given_names':'Ana'");
    return store;
}

/* "2:1 5:1", ranked. */
static void assert_rows(const struct person_rows *rows, const char *should)
{
    struct buf is = BUF_INIT;

    for (size_t i = 0; i < rows->count; i++)
        buf_addf(&is, "%s%s:%ld", i ? " " : "", rows->list[i].reference + strlen("HNTGU-2026-000"),
                 rows->list[i].person);
    assert_string_equal(buf_text(&is), should);
    buf_release(&is);
}

static void assert_likely(struct store *store, const char *reference, long person,
                          const char *should)
{
    struct error err = ERROR_INIT;
    struct person_rows rows;

    if (!store_likely_same(store, reference, person, &rows, &err))
        fail_msg("%s", error_text(&err));
    assert_rows(&rows, should);
    person_rows_release(&rows);
}

static void assert_links(struct store *store, const char *reference, long person,
                         const char *should)
{
    struct error err = ERROR_INIT;
    struct person_rows rows;

    if (!store_person_links(store, reference, person, &rows, &err))
        fail_msg("%s", error_text(&err));
    assert_rows(&rows, should);
    person_rows_release(&rows);
}

static void verify(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&verified.notes);
}

static void found_and_ranked(void **state)
{
    struct store *store = fill("found");
    struct error err = ERROR_INIT;
    struct person_rows rows;

    (void)state;
    assert_true(store_likely_same(store, CASE(1), 1, &rows, &err));
    assert_rows(&rows, "4:1 3:1 5:1 2:1");
    /* a locked person has no name here, nor one in a case of other officers */
    assert_true(rows.list[0].restricted);
    assert_string_equal(rows.list[0].title, "");
    assert_string_equal(rows.list[0].born, "");
    assert_true(rows.list[1].locked);
    assert_string_equal(rows.list[1].title, "");
    assert_string_equal(rows.list[1].born, "");
    assert_string_equal(rows.list[3].title, "ORDOÑEZ RAMRIEZ, Karen");
    assert_true(rows.list[3].like.reasons & LIKE_NAMES_LETTER);
    assert_true(rows.list[2].like.reasons & LIKE_DOCUMENT);
    json_t *json = person_rows_json(&rows);
    assert_true(json_is_null(json_object_get(json_array_get(json, 1), "title")));
    assert_true(json_is_null(json_object_get(json_array_get(json, 1), "born")));
    json_decref(json);
    person_rows_release(&rows);
    assert_likely(store, CASE(6), 1, "");
    assert_false(store_likely_same(store, CASE(6), 2, &rows, &err));
    error_release(&err);
    verify(store);
    store_close(store);
}

/* A query of words; seven at the most. */
static void asked_in_words(void **state)
{
    struct store *store = fill("words");
    struct error err = ERROR_INIT;
    struct person_rows rows;
    struct traits like;

    (void)state;
    likely_query("ramirez karen 1998-03-14", &like);
    assert_true(store_likely(store, &like, NULL, 0, &rows, &err));
    assert_rows(&rows, "4:1 3:1 1:1 2:1");
    person_rows_release(&rows);
    traits_release(&like);
    likely_query("E7654321", &like);
    assert_true(store_likely(store, &like, NULL, 0, &rows, &err));
    assert_rows(&rows, "5:1 1:1");
    person_rows_release(&rows);
    traits_release(&like);
    for (int i = 3; i < 12; i++)
        add_person(store, CASE(6), i, IS_KAREN);
    likely_query("ramirez ordonez karen yamileth", &like);
    assert_true(store_likely(store, &like, NULL, 0, &rows, &err));
    assert_int_equal(rows.count, LIKELY_MOST);
    person_rows_release(&rows);
    traits_release(&like);
    likely_query("", &like);
    assert_false(traits_are_enough(&like));
    assert_true(store_likely(store, &like, NULL, 0, &rows, &err));
    assert_int_equal(rows.count, 0);
    traits_release(&like);
    assert_true(store_persons(store, 3, &rows, &err));
    assert_rows(&rows, "6:1 6:3 6:4");
    person_rows_release(&rows);
    store_close(store);
}

/* What is corrected is found as it is now, and no more as it was. */
static void a_correction_is_followed(void **state)
{
    struct store *store = fill("corrected");
    const char *id =
        kit_record(store, CASE(6), ACT_PERSON, "{'person':2,'nationalities':[]," IS_KAREN "}");
    char text[500];

    (void)state;
    assert_likely(store, CASE(6), 2, "4:1 3:1 1:1 2:1");
    snprintf(text, sizeof text,
             "{'of':'%s','reason':'another','payload':{'person':2,'nationalities':[],"
             "'surname_1':'NADIE','given_names':'Nunca'}}",
             id);
    kit_record(store, CASE(6), ACT_CORRECT, text);
    assert_likely(store, CASE(6), 2, "");
    assert_likely(store, CASE(1), 1, "4:1 3:1 5:1 2:1");
    verify(store);
    store_close(store);
}

#define LINK(to, other) "{'person':1,'case':'" to "','other':" #other ",'reason':'one passport'}"

static void linked_and_unlinked(void **state)
{
    struct store *store = fill("links");

    (void)state;
    kit_refuse(store, CASE(1), ACT_LINK, LINK("HNTGU-2026-0099", 1), ERROR_INPUT,
               "no case of that");
    kit_refuse(store, CASE(1), ACT_LINK, LINK("HNTGU-2026-0002", 9), ERROR_INPUT,
               "no case of that");
    kit_refuse(store, CASE(1), ACT_LINK, LINK("hntgu-2026-0001", 1), ERROR_INPUT, "is this case");
    kit_refuse(store, CASE(1), ACT_UNLINK, LINK("HNTGU-2026-0002", 1), ERROR_INPUT, "not linked");
    kit_record(store, CASE(1), ACT_LINK, LINK("hntgu-2026-0002", 1));
    kit_refuse(store, CASE(1), ACT_LINK, LINK("HNTGU-2026-0002", 1), ERROR_INPUT, "linked already");
    kit_refuse(store, CASE(2), ACT_LINK, LINK("HNTGU-2026-0001", 1), ERROR_INPUT, "linked already");
    /* it shows on both sides, and neither is asked about again */
    assert_links(store, CASE(1), 1, "2:1");
    assert_links(store, "hntgu-2026-0002", 1, "1:1");
    assert_links(store, CASE(2), 2, "");
    assert_likely(store, CASE(1), 1, "4:1 3:1 5:1");
    assert_likely(store, CASE(2), 1, "4:1 3:1");
    verify(store);
    /* ended, both are as they were */
    kit_record(store, CASE(1), ACT_UNLINK, LINK("HNTGU-2026-0002", 1));
    assert_links(store, CASE(1), 1, "");
    assert_links(store, CASE(2), 1, "");
    assert_likely(store, CASE(1), 1, "4:1 3:1 5:1 2:1");
    kit_record(store, CASE(1), ACT_LINK, LINK("HNTGU-2026-0002", 1));
    assert_links(store, CASE(2), 1, "1:1");
    verify(store);
    store_close(store);
}

/* ---- what verify holds it to ---- */

static void refuse_to_verify(struct store *store, const char *sql, const char *part)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    assert_true(db_run(store, &err, sql, ""));
    assert_false(store_verify(store, NULL, NULL, &verified, &err));
    buf_release(&verified.notes);
    if (!strstr(error_text(&err), part))
        fail_msg("%s: \"%s\" is not in: %s", sql, part, error_text(&err));
    error_release(&err);
    assert_true(store_rebuild(store, NULL, NULL, &err));
    verify(store);
}

static void verify_compares(void **state)
{
    struct store *store = fill("verify");

    (void)state;
    kit_record(store, CASE(1), ACT_LINK, LINK("HNTGU-2026-0002", 1));
    verify(store);
    refuse_to_verify(store, "UPDATE persons SET title = 'X' WHERE person = 2", "is not what");
    refuse_to_verify(store, "DELETE FROM person_keys WHERE person = 2", "is not what");
    refuse_to_verify(store, "INSERT INTO person_keys VALUES (1, 1, 1)", "keys of no person");
    refuse_to_verify(store, "DELETE FROM links", "is not what");
    refuse_to_verify(store, "UPDATE persons SET locked = 0", "is not what");
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons),
        cmocka_unit_test(documents_and_telephones),
        cmocka_unit_test(in_words),
        cmocka_unit_test(found_and_ranked),
        cmocka_unit_test(asked_in_words),
        cmocka_unit_test(a_correction_is_followed),
        cmocka_unit_test(linked_and_unlinked),
        cmocka_unit_test(verify_compares),
    };

    return cmocka_run_group_tests_name("likely", tests, kit_begin, kit_end);
}
