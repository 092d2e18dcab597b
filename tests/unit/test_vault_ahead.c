/* SPDX-License-Identifier: MIT */
/* Reading ahead: what is given is what the file says, and a run of reads asks it less often. */
#include "amparo/vault/ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

enum { PIECE = 4096, PIECES = 50 };

/* A file in memory that counts how often it is read. */
static struct {
    sqlite3_file file;
    uint8_t bytes[PIECES * PIECE];
    int size, reads;
} disk;

static int x_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at)
{
    int there = at < disk.size ? disk.size - (int)at : 0;

    assert_ptr_equal(file, &disk.file);
    disk.reads++;
    there = there < amount ? there : amount;
    memset(out, 0, (size_t)amount);
    memcpy(out, disk.bytes + at, (size_t)there);
    return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static const sqlite3_io_methods methods = {.iVersion = 1, .xRead = x_read};

static int start(void **state)
{
    (void)state;
    disk.file.pMethods = &methods;
    disk.size = sizeof disk.bytes;
    disk.reads = 0;
    for (int i = 0; i < PIECES; i++)
        memset(disk.bytes + i * PIECE, i + 1, PIECE);
    return 0;
}

/* The first byte of a piece; -1 where there is none. */
static int piece(struct ahead *a, int number)
{
    static uint8_t out[PIECE];
    int rc = ahead_read(a, &disk.file, out, PIECE, (int64_t)number * PIECE);

    assert_true(rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ);
    assert_int_equal(out[0], out[PIECE - 1]);
    return rc == SQLITE_OK ? out[0] : -1;
}

static void in_order(void **state)
{
    struct ahead a = {0};

    (void)state;
    for (int i = 0; i < PIECES; i++)
        assert_int_equal(piece(&a, i), i + 1);
    assert_true(disk.reads < PIECES / 2);
    for (int i = 0; i < 3; i++)
        assert_int_equal(piece(&a, PIECES + i), -1);
    ahead_release(&a);
}

static void here_and_there(void **state)
{
    struct ahead a = {0};
    int at = 7;

    (void)state;
    for (int i = 0; i < 200; i++) {
        at = (at * 13 + 5) % PIECES;
        assert_int_equal(piece(&a, at), at + 1);
    }
    assert_int_equal(disk.reads, 200);
    assert_null(a.bytes);
    ahead_release(&a);
}

static void dropped(void **state)
{
    struct ahead a = {0};

    (void)state;
    for (int i = 0; i < 8; i++)
        piece(&a, i);
    memset(disk.bytes + 9 * PIECE, 99, PIECE);
    ahead_drop(&a);
    assert_int_equal(piece(&a, 9), 99);
    assert_int_equal(piece(&a, 8), 9);
    ahead_release(&a);
}

/* A file that ends within what is read ahead, and then grows. */
static void near_the_end(void **state)
{
    struct ahead a = {0};

    (void)state;
    disk.size = 10 * PIECE;
    for (int i = 0; i < 10; i++)
        assert_int_equal(piece(&a, i), i + 1);
    assert_true(disk.reads <= 11);
    assert_int_equal(piece(&a, 10), -1);
    disk.size = 12 * PIECE;
    assert_int_equal(piece(&a, 11), 12);
    assert_int_equal(piece(&a, 10), 11);
    ahead_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(in_order, start),
        cmocka_unit_test_setup(here_and_there, start),
        cmocka_unit_test_setup(dropped, start),
        cmocka_unit_test_setup(near_the_end, start),
    };

    return cmocka_run_group_tests_name("vault_ahead", tests, NULL, NULL);
}
