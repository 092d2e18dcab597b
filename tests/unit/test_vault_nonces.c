/* SPDX-License-Identifier: MIT */
/*
 * The random bytes come again: a process forks, a virtual machine is set back to a snapshot. Where
 * content or place differ, no nonce comes twice under a key.
 */
#include "vault_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- random bytes that can be set back ---- */

static uint64_t drawn;

static const char *name_of(void)
{
    return "set back";
}

static void draw(void *const out, const size_t size)
{
    uint8_t *bytes = out;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)((drawn + i) * 0x9e3779b97f4a7c15u >> 29);
    drawn += size;
}

static uint32_t draw_word(void)
{
    uint32_t word;

    draw(&word, sizeof(word));
    return word;
}

static struct randombytes_implementation again = {
    .implementation_name = name_of, .random = draw_word, .buf = draw};

static void random_bytes_come_again(void)
{
    drawn = 0;
    randombytes_set_implementation(&again);
}

static int random_bytes_go_on(void **state)
{
    (void)state;
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
    return 0;
}

/* ---- one by one ---- */

struct nonce {
    uint8_t bytes[CRYPTO_NONCE];
};

static struct nonce of_page(const struct keys *keys, uint32_t number, const uint8_t *plain)
{
    uint8_t out[FORMAT_PAGE];
    struct nonce nonce;

    drawn = 0;
    page_seal(keys, number, plain, out);
    memcpy(nonce.bytes, out + FORMAT_CONTENT, CRYPTO_NONCE);
    return nonce;
}

static struct nonce of_record(const struct keys *keys, uint64_t epoch, uint64_t index,
                              const uint8_t *frame)
{
    static uint8_t out[FORMAT_WAL_RECORD];
    struct nonce nonce;

    drawn = 0;
    record_seal(keys, epoch, index, frame, out);
    memcpy(nonce.bytes, out + 8, CRYPTO_NONCE);
    return nonce;
}

static struct nonce of_head(const struct keys *keys, uint64_t epoch, const struct wal_head *head)
{
    uint8_t out[FORMAT_WAL_HEAD_RECORD];
    struct nonce nonce;

    drawn = 0;
    wal_head_seal(keys, epoch, head, out);
    memcpy(nonce.bytes, out + 8, CRYPTO_NONCE);
    return nonce;
}

static struct nonce of_block(const struct keys *keys, uint64_t number, const uint8_t *plain)
{
    uint8_t out[FORMAT_PAGE + FORMAT_RESERVE];
    struct nonce nonce;

    drawn = 0;
    block_seal(keys, keys->page, number, plain, out);
    memcpy(nonce.bytes, out + FORMAT_PAGE, CRYPTO_NONCE);
    return nonce;
}

static bool same(struct nonce a, struct nonce b)
{
    return memcmp(a.bytes, b.bytes, CRYPTO_NONCE) == 0;
}

static void content_and_place(void **state)
{
    struct keys *keys = keys_new();
    uint8_t one[FORMAT_FRAME] = {0}, other[FORMAT_FRAME] = {0};
    struct wal_head head = {{0}, {0}}, head_2 = head;
    struct nonce kinds[4];
    (void)state;

    keys_derive(keys);
    other[100] = 1; /* one bit */
    head_2.root[5] = 1;
    random_bytes_come_again();
    assert_true(same(of_page(keys, 7, one), of_page(keys, 7, one)));
    assert_false(same(of_page(keys, 7, one), of_page(keys, 8, one)));
    assert_false(same(of_page(keys, 7, one), of_page(keys, 7, other)));
    assert_false(same(of_record(keys, 1, 7, one), of_record(keys, 1, 8, one)));
    assert_false(same(of_record(keys, 1, 7, one), of_record(keys, 2, 7, one)));
    assert_false(same(of_record(keys, 1, 7, one), of_record(keys, 1, 7, other)));
    assert_false(same(of_head(keys, 1, &head), of_head(keys, 2, &head)));
    assert_false(same(of_head(keys, 1, &head), of_head(keys, 1, &head_2)));
    assert_false(same(of_block(keys, 7, one), of_block(keys, 8, one)));
    assert_false(same(of_block(keys, 7, one), of_block(keys, 7, other)));
    kinds[0] = of_page(keys, 0, one);
    kinds[1] = of_record(keys, 0, 0, one);
    kinds[2] = of_head(keys, 0, &head);
    kinds[3] = of_block(keys, 0, one);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            assert_false(same(kinds[i], kinds[j]));
    random_bytes_go_on(NULL);
    keys_free(keys);
}

/* ---- two futures of one file ---- */

struct files {
    uint8_t *bytes[2];
    size_t size[2];
};

static struct files take(const char *path)
{
    struct files f = {{NULL, NULL}, {0, 0}};
    char wal[310];

    snprintf(wal, sizeof(wal), "%s-wal", path);
    f.bytes[0] = kit_read(path, &f.size[0]);
    f.bytes[1] = kit_read(wal, &f.size[1]);
    return f;
}

static void let_go(struct files *f)
{
    free(f->bytes[0]);
    free(f->bytes[1]);
}

/* In a process forked here, whose random bytes are those of the other one: writes, and is killed.
 */
static struct files future(struct vault *v, const struct files *from, const char *what)
{
    char sql[200];
    int status;
    pid_t child;

    kit_remove(vault_path(v));
    kit_write(vault_path(v), from->bytes[0], from->size[0]);
    random_bytes_come_again();
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sqlite3 *db = NULL;
        snprintf(sql, sizeof(sql),
                 "INSERT INTO t VALUES('%s'); INSERT INTO t SELECT hex(zeroblob(3000));"
                 "PRAGMA wal_checkpoint(RESTART); INSERT INTO t VALUES('%s')",
                 what, what);
        _exit(vault_open(v, 0, &db, NULL) && kit_try(db, sql) == SQLITE_OK ? 0 : 1);
    }
    random_bytes_go_on(NULL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return take(vault_path(v));
}

/* Units of `size` bytes with the nonce at `at`: where nonces are equal, the units are. */
static void compare(const uint8_t *a, const uint8_t *b, int64_t count, int64_t size, int64_t at,
                    int *differ, int *equal)
{
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = 0; j < count; j++) {
            const uint8_t *x = a + i * size, *y = b + j * size;
            bool repeated =
                memcmp(x + at, y + at, CRYPTO_NONCE) == 0 && !sodium_is_zero(x + at, CRYPTO_NONCE);
            if (repeated && (i != j || memcmp(x, y, (size_t)size) != 0))
                fail_msg("the nonce of %lld comes again in %lld", (long long)i, (long long)j);
            *equal += repeated;
            *differ += i == j && !repeated;
        }
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void forked(void **state)
{
    struct vault *v = kit_vault("fork");
    sqlite3 *db = kit_database(v, 0);
    struct files start, one, other;
    int differ = 0, equal = 0;
    (void)state;

    kit_exec(db, "CREATE TABLE t(a)");
    sqlite3_close(db);
    start = take(vault_path(v));
    one = future(v, &start, "what the one wrote");
    other = future(v, &start, "what the other wrote");
    assert_non_null(one.bytes[1]);
    assert_non_null(other.bytes[1]);
    compare(one.bytes[0] + format_page_at(1), other.bytes[0] + format_page_at(1),
            format_pages((int64_t)least((int64_t)one.size[0], (int64_t)other.size[0])), FORMAT_PAGE,
            FORMAT_CONTENT, &differ, &equal);
    compare(one.bytes[1] + FORMAT_WAL_RECORDS, other.bytes[1] + FORMAT_WAL_RECORDS,
            format_records(least((int64_t)one.size[1], (int64_t)other.size[1])), FORMAT_WAL_RECORD,
            8, &differ, &equal);
    assert_true(equal > 0); /* the same page in the same place: the random bytes did come again */
    assert_true(differ > 1);
    let_go(&start);
    let_go(&one);
    let_go(&other);
    vault_close(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(content_and_place, random_bytes_go_on),
        cmocka_unit_test_teardown(forked, random_bytes_go_on),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_nonces", tests, kit_begin, kit_end);
}
