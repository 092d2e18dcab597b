/* SPDX-License-Identifier: MIT */
/*
 * Recovery, two of three: what the shares are, how they are written and read, and which one is
 * named when it is mistyped, of another set or file, or made up.
 */
#include "vault_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/vault/code.h"

static bool patient(void)
{
    return getenv("AMPARO_LONG");
}

static void refused(bool fine, struct error *err, enum error_kind kind, const char *word)
{
    assert_false(fine);
    assert_int_equal(err->kind, kind);
    if (!strstr(error_text(err), word))
        fail_msg("\"%s\" does not say \"%s\"", error_text(err), word);
    error_release(err);
}

/* ---- the arithmetic ---- */

static void every_pair_of_many(void **state)
{
    int rounds = patient() ? 200000 : 20000;
    (void)state;

    for (int i = 0; i < rounds; i++) {
        uint8_t secret[RECOVERY_SECRET], made[RECOVERY_SECRET];
        struct share shares[RECOVERY_SHARES];

        if (i == 0)
            memset(secret, 0, sizeof(secret));
        else
            randombytes_buf(secret, sizeof(secret));
        recovery_split(secret, shares);
        for (int a = 0; a < RECOVERY_SHARES; a++) {
            assert_memory_not_equal(shares[a].bytes, secret, sizeof(secret));
            for (int b = 0; b < RECOVERY_SHARES; b++) {
                memset(made, 0, sizeof(made));
                if (recovery_join(&shares[a], &shares[b], made) != (a != b))
                    fail_msg("%d with %d", a, b);
                if (a != b && memcmp(made, secret, sizeof(secret)) != 0)
                    fail_msg("%d with %d: another secret", a, b);
            }
        }
    }
}

/* By the definition, on bits: shares s + a, s + wa, s + w²a with w(h, l) = (h + l, h). */
static void as_it_is_defined(void **state)
{
    uint8_t secret[RECOVERY_SECRET], a[RECOVERY_SECRET];
    struct share shares[RECOVERY_SHARES];
    (void)state;

    randombytes_buf(secret, sizeof(secret));
    recovery_split(secret, shares);
    for (int i = 0; i < RECOVERY_SECRET; i++)
        a[i] = shares[0].bytes[i] ^ secret[i];
    for (int i = 0; i < RECOVERY_SECRET / 2; i++) {
        uint8_t h = a[i], l = a[RECOVERY_SECRET / 2 + i];
        const uint8_t *s = secret + i, *t = secret + RECOVERY_SECRET / 2 + i;

        assert_int_equal(shares[1].bytes[i], *s ^ h ^ l);
        assert_int_equal(shares[1].bytes[RECOVERY_SECRET / 2 + i], *t ^ h);
        assert_int_equal(shares[2].bytes[i], *s ^ l);
        assert_int_equal(shares[2].bytes[RECOVERY_SECRET / 2 + i], *t ^ h ^ l);
    }
}

/* ---- the text ---- */

static struct share some_share(void)
{
    struct share share;

    randombytes_buf(&share, sizeof(share));
    share.number = (uint8_t)(1 + share.number % RECOVERY_SHARES);
    return share;
}

static void reads_what_it_prints(void **state)
{
    struct error err = ERROR_INIT;
    (void)state;

    for (int i = 0; i < 500; i++) {
        struct share share = some_share(), read;
        struct buf text = BUF_INIT;

        share_print(&share, &text);
        assert_int_equal(text.size, 15 * 5 + 14);
        assert_true(share_parse(buf_text(&text), &read, &err));
        assert_memory_equal(&read, &share, sizeof(share));
        /* As people type it. */
        for (size_t at = 0; at < text.size; at++) {
            if (text.data[at] == '-')
                text.data[at] = ' ';
            if (text.data[at] == '0')
                text.data[at] = 'o';
            if (text.data[at] == '1')
                text.data[at] = i % 2 ? 'I' : 'l';
            if (text.data[at] >= 'A' && text.data[at] <= 'Z' && text.data[at] != 'I')
                text.data[at] |= 32;
        }
        assert_true(share_parse(buf_text(&text), &read, &err));
        assert_memory_equal(&read, &share, sizeof(share));
        buf_release(&text);
    }
}

static void group_named(const char *text, size_t at)
{
    struct error err = ERROR_INIT;
    struct share read;
    char word[32];

    snprintf(word, sizeof(word), "group %zu of 15", at / 6 + 1);
    refused(share_parse(text, &read, &err), &err, ERROR_VAULT, word);
    assert_true(sodium_is_zero((uint8_t *)&read, sizeof(read)));
}

/* Each single character, each two neighbours in a group, groups exchanged: found, in its place. */
static void names_the_mistyped_group(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct share share = some_share();
    struct buf text = BUF_INIT;
    (void)state;

    share_print(&share, &text);
    for (size_t at = 0; at < text.size; at++) {
        char right = text.data[at], next = text.data[at + 1];

        if (right == '-')
            continue;
        for (size_t c = 0; c < sizeof(alphabet) - 1; c++) {
            text.data[at] = alphabet[c];
            if (alphabet[c] != right)
                group_named(buf_text(&text), at);
        }
        text.data[at] = right;
        if (next && next != '-' && next != right) {
            text.data[at] = next;
            text.data[at + 1] = right;
            group_named(buf_text(&text), at);
            text.data[at] = right;
            text.data[at + 1] = next;
        }
    }
    for (size_t a = 0; a < text.size; a += 6)
        for (size_t b = a + 6; b < text.size; b += 6) {
            char swapped[100];

            snprintf(swapped, sizeof(swapped), "%s", buf_text(&text));
            memcpy(swapped + a, text.data + b, 5);
            memcpy(swapped + b, text.data + a, 5);
            if (memcmp(text.data + a, text.data + b, 5) != 0)
                group_named(swapped, a);
        }
    buf_release(&text);
}

static void too_short_and_too_long(void **state)
{
    struct error err = ERROR_INIT;
    struct share share = some_share(), two[RECOVERY_NEEDED];
    struct buf text = BUF_INIT, twice = BUF_INIT;
    (void)state;

    share_print(&share, &text);
    refused(share_parse("", &share, &err), &err, ERROR_VAULT, "group 1");
    refused(share_parse_two("\n \n", two, &err), &err, ERROR_INPUT, "two recovery shares");
    refused(share_parse_two(buf_text(&text), two, &err), &err, ERROR_INPUT, "two recovery shares");
    buf_addf(&twice, "%.*s\n%s\n\n %s", 11, buf_text(&text), buf_text(&text) + 11, buf_text(&text));
    refused(share_parse_two(buf_text(&twice), two, &err), &err, ERROR_INPUT, "twice");
    buf_adds(&text, "-00000");
    refused(share_parse(buf_text(&text), &share, &err), &err, ERROR_VAULT, "too long");
    refused(share_parse_two(buf_text(&text), two, &err), &err, ERROR_VAULT, "share 2 of the two");
    buf_release(&text);
    buf_release(&twice);
}

/* ---- a case file's ---- */

struct set {
    char line[RECOVERY_SHARES][100];
};

static struct set lines_of(const struct buf *text)
{
    struct set set;

    assert_int_equal(
        sscanf(buf_text(text), "%99s %99s %99s", set.line[0], set.line[1], set.line[2]), 3);
    return set;
}

static struct vault *make(const char *name, struct set *set)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct vault *v = NULL;

    kit_remove(kit_path(name));
    if (!vault_create_with(&kit_cheap, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, &v, &text,
                           &err))
        fail_msg("%s", error_text(&err));
    *set = lines_of(&text);
    buf_release(&text);
    return v;
}

static bool unlock_by(const char *path, const char *a, const char *b, struct vault **out,
                      struct error *err)
{
    char text[210];

    snprintf(text, sizeof(text), "%s\n%s\n", a, b);
    return vault_unlock_recovery(path, text, out, err);
}

static void any_two_unlock(void **state)
{
    struct error err = ERROR_INIT;
    struct set set;
    struct vault *v = make("any.amparo", &set);
    uint8_t pk[VAULT_SIGN_PK], known[VAULT_SIGN_PK], founder[VAULT_SIGN_PK],
        signature[VAULT_SIGNATURE];
    sqlite3 *db = kit_database(v, 0);
    (void)state;

    kit_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(7)");
    sqlite3_close(db);
    memcpy(known, vault_recovery_sign_pk(v), sizeof(known));
    memcpy(founder, vault_founder_pk(v), sizeof(founder));
    assert_memory_equal(founder, vault_slot_pk(v, 0), sizeof(founder));
    vault_close(v);
    for (int a = 0; a < RECOVERY_SHARES; a++)
        for (int b = 0; b < RECOVERY_SHARES; b++) {
            if (a == b)
                continue;
            if (!unlock_by(kit_path("any.amparo"), set.line[a], set.line[b], &v, &err))
                fail_msg("%s", error_text(&err));
            assert_int_equal(vault_slot(v), -1);
            assert_memory_equal(vault_founder_pk(v), founder, sizeof(founder));
            vault_sign(v, "x", 1, signature);
            assert_true(vault_check_signature(known, "x", 1, signature));
            db = kit_database(v, 0);
            assert_int_equal(kit_number(db, "SELECT a FROM t"), 7);
            sqlite3_close(db);
            vault_close(v);
        }
    /* It lets a new officer in, and yields nobody's passphrase or keys. */
    assert_true(unlock_by(kit_path("any.amparo"), set.line[0], set.line[2], &v, &err));
    v->cost = kit_cheap.cost;
    refused(vault_check_passphrase(v, PASSPHRASE, PASSPHRASE_LENGTH, &err), &err, ERROR_VAULT, "");
    assert_true(vault_add_slot(v, "forgot", 6, pk, &err));
    vault_close(v);
    assert_true(vault_unlock(kit_path("any.amparo"), "forgot", 6, 1, &v, &err));
    vault_close(v);
}

static void names_the_wrong_share(void **state)
{
    struct error err = ERROR_INIT;
    struct set set, other, old;
    struct vault *v = make("one.amparo", &set), *w = make("two.amparo", &other), *none = NULL;
    struct buf text = BUF_INIT;
    struct vault_share found;
    struct share share;
    const char *path = vault_path(v);
    (void)state;

    for (int i = 0; i < RECOVERY_SHARES; i++) {
        assert_true(vault_check_share(path, set.line[i], &found, &err));
        assert_int_equal(found.number, i + 1);
        assert_int_equal(found.set, 1);
    }
    refused(vault_check_share(path, other.line[1], &found, &err), &err, ERROR_VAULT,
            "share 2 is one of another case file");
    refused(unlock_by(path, set.line[0], other.line[1], &none, &err), &err, ERROR_VAULT,
            "share 2 is one of another case file");
    /* Made up, with the right file and set, and check characters that agree. */
    assert_true(share_parse(set.line[2], &share, &err));
    share.bytes[5] ^= 1;
    share_print(&share, &text);
    refused(vault_check_share(path, buf_text(&text), &found, &err), &err, ERROR_VAULT,
            "share 3 is not the one");
    refused(unlock_by(path, buf_text(&text), set.line[0], &none, &err), &err, ERROR_VAULT,
            "share 3 is not the one");
    /* One share under another's number. */
    assert_true(share_parse(set.line[2], &share, &err));
    share.number = 1;
    buf_clear(&text);
    share_print(&share, &text);
    refused(vault_check_share(path, buf_text(&text), &found, &err), &err, ERROR_VAULT,
            "share 1 is not the one");
    /* The set before. */
    old = set;
    buf_clear(&text);
    assert_true(vault_renew_recovery(v, &text, &err));
    set = lines_of(&text);
    assert_int_equal(vault_recovery_set(v), 2);
    refused(vault_check_share(path, old.line[1], &found, &err), &err, ERROR_VAULT,
            "share 2 is of set 1, which was ended");
    refused(unlock_by(path, old.line[0], old.line[1], &none, &err), &err, ERROR_VAULT, "set 1");
    refused(unlock_by(path, old.line[0], set.line[1], &none, &err), &err, ERROR_VAULT,
            "share 1 is of set 1");
    assert_true(unlock_by(path, set.line[0], set.line[1], &none, &err));
    vault_close(none);
    refused(vault_check_share(kit_path("not there"), set.line[0], &found, &err), &err, ERROR_FAILED,
            "cannot be opened");
    buf_release(&text);
    vault_close(v);
    vault_close(w);
}

/* With a new data key too, the old shares and an old copy of the file give nothing of the new. */
static void an_old_set_with_an_old_copy(void **state)
{
    struct error err = ERROR_INIT;
    struct set old;
    struct vault *v = make("copy.amparo", &old), *past = NULL;
    struct buf text = BUF_INIT;
    struct vault_change change = {.shares = &text};
    uint8_t *bytes;
    size_t size;
    (void)state;

    kit_copy(vault_path(v), kit_path("past.amparo"));
    assert_true(vault_rekey(v, &change, NULL, NULL, &err));
    assert_int_equal(vault_recovery_set(v), 2);
    assert_true(unlock_by(kit_path("past.amparo"), old.line[0], old.line[1], &past, &err));
    bytes = kit_read(vault_path(v), &size);
    assert_false(page_open(past->fs->keys, 1, bytes + format_page_at(1)));
    free(bytes);
    vault_close(past);
    buf_release(&text);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_many),     cmocka_unit_test(as_it_is_defined),
        cmocka_unit_test(reads_what_it_prints),   cmocka_unit_test(names_the_mistyped_group),
        cmocka_unit_test(too_short_and_too_long), cmocka_unit_test(any_two_unlock),
        cmocka_unit_test(names_the_wrong_share),  cmocka_unit_test(an_old_set_with_an_old_copy),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_recovery", tests, kit_begin, kit_end);
}
