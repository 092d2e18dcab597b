/* SPDX-License-Identifier: MIT */
/* The code that people keep outside of the file: how it is written, typed, and mistyped. */
#include "store_kit.h"

#include <stdio.h>
#include <string.h>

#include "amparo/store/witness.h"

#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static bool reads(const char *text, struct witness *w)
{
    struct error err = ERROR_INIT;
    bool fine = witness_parse(text, w, &err);

    if (!fine) {
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(error_text(&err), "mistyped"));
    }
    error_release(&err);
    return fine;
}

static const char *code_of(struct store *store)
{
    static char code[WITNESS_SIZE];
    struct error err = ERROR_INIT;
    struct witness w;

    assert_true(store_witness(store, &w, &err));
    return witness_print(&w, code);
}

static void is_as_people_type(void **state)
{
    struct store *store = kit_create("typed");
    const char *code = code_of(store);
    char lower[WITNESS_SIZE], bare[WITNESS_SIZE], text[2 * WITNESS_SIZE];
    struct witness w, again;
    size_t n = 0;
    (void)state;

    assert_int_equal(strlen(code), strlen("2-XXXX-XXXX-XXXX"));
    assert_memory_equal(code, "2-", 2);
    assert_int_equal(strspn(code + 2, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 14);
    assert_true(reads(code, &w));
    assert_int_equal(w.seq, 2);
    for (size_t i = 0; i <= strlen(code); i++) {
        char c = code[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == '0' ? 'o' : c == '1' ? 'l' : c);
        if (c != '-')
            bare[n++] = c;
    }
    assert_true(reads(lower, &again) && !strcmp(w.code, again.code));
    assert_true(reads(bare, &again) && !strcmp(w.code, again.code));
    snprintf(text, sizeof text, " 2 - %.6s %s\n", code + 2, code + 8);
    assert_true(reads(text, &again) && !strcmp(w.code, again.code));
    store_close(store);
}

/* Each single wrong character and each two exchanged ones are found, in the number too. */
static void tells_what_is_mistyped(void **state)
{
    struct store *store = kit_create("mistyped");
    char code[WITNESS_SIZE];
    struct witness w;
    (void)state;

    for (int i = 0; i < 9; i++)
        kit_record(store, NULL, ACT_OPEN, OPEN);
    strcpy(code, code_of(store));
    assert_memory_equal(code, "11-", 3);
    size_t size = strlen(code);
    for (size_t i = 0; i < size; i++) {
        char c = code[i];
        for (const char *other = alphabet; c != '-' && *other; other++) {
            code[i] = *other;
            assert_int_equal(reads(code, &w), *other == c);
        }
        code[i] = c;
        size_t next = i + 1 < size && code[i + 1] == '-' ? i + 2 : i + 1;
        if (c == '-' || next >= size || code[next] == c)
            continue;
        code[i] = code[next];
        code[next] = c;
        assert_false(reads(code, &w));
        code[next] = code[i];
        code[i] = c;
    }
    assert_true(reads(code, &w));
    assert_false(reads("", &w));
    assert_false(reads("11", &w));
    assert_false(reads(code + 3, &w));
    assert_false(reads("11-ABCD-EFGH-JKM", &w));
    assert_false(reads("11-ABCD-EFGH-JKMU", &w));
    assert_false(reads("0-0000-0000-0000", &w));
    assert_false(reads("1111111111111111111111111111111-ABCD-EFGH-JKMN", &w));
    store_close(store);
}

/* It moves with every act, says how many came since, and is of this file alone. */
static void follows_the_acts(void **state)
{
    struct store *store = kit_create("follows"), *other;
    struct error err = ERROR_INIT;
    struct witness w[4];
    int64_t since;
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        assert_true(store_witness(store, &w[i], &err));
        assert_int_equal(w[i].seq, 2 + i);
        kit_record(store, NULL, ACT_OPEN, OPEN);
        for (size_t j = 0; j <= i; j++) {
            assert_true(store_check_witness(store, &w[j], &since, &err));
            assert_int_equal(since, i + 1 - j);
            assert_int_equal(strcmp(w[i].code, w[j].code) == 0, i == j);
        }
    }
    store_close(store);
    other = kit_create("follows-other");
    assert_false(store_check_witness(other, &w[0], &since, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_as_people_type),
        cmocka_unit_test(tells_what_is_mistyped),
        cmocka_unit_test(follows_the_acts),
    };
    return cmocka_run_group_tests_name("store witness", tests, kit_begin, kit_end);
}
