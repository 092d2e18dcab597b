/* SPDX-License-Identifier: MIT */
/*
 * What work on the screens leaves behind, in all files of the folder in which the program lives:
 * case file, -wal and -shm, HOME with its state, TMPDIR. Nothing that was typed is found there, nor
 * what it became (without accents, in small letters, as the search index has it): not after an
 * ordinary end, not after kill -9 at half-way.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/post.h"
#include "tests/tui/scenario.h"

enum { SHORTEST = 6 }; /* fewer letters turn up in encrypted bytes by chance */

/* What nobody types on the screens, and must not be found either. */
static const char *const others[] = {
    POST_PASSPHRASE, POST_OFFICER, "Consular Directorate", "Tegucigalpa", "Abu Dhabi",
    "zelaya",        "montufar",   "dilcia maribel",       "1997-11-02",  "shelter",
    "labour_claim",  "surname_1",  "receiving_state",      "HNTGU-",
};

/* Of one search; nftw() carries no context. */
static const struct player *played;
static size_t files, found;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Letters of ASCII in either case. */
static bool holds(const struct buf *bytes, const char *text, size_t size)
{
    for (size_t at = 0; at + size <= bytes->size; at++) {
        size_t same = 0;
        while (same < size && lower(bytes->data[at + same]) == lower(text[same]))
            same++;
        if (same == size)
            return true;
    }
    return false;
}

static void look_for(const struct buf *bytes, const char *text, size_t size, const char *path)
{
    if (size < SHORTEST || !holds(bytes, text, size))
        return;
    print_error("%s holds: %.*s\n", path, (int)size, text);
    found++;
}

static void look_for_lines(const struct buf *bytes, const char *text, const char *path)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        look_for(bytes, text, size, path);
        text += size + (text[size] == '\n');
    }
}

static int look_into(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    struct buf bytes = BUF_INIT;
    char part[4096];
    size_t size;
    FILE *in;

    (void)about;
    (void)where;
    if (kind != FTW_F)
        return 0;
    in = fopen(path, "re");
    assert_non_null(in);
    while ((size = fread(part, 1, sizeof part, in)) > 0)
        buf_add(&bytes, part, size);
    fclose(in);
    for (size_t i = 0; i < played->left_count; i++)
        look_for_lines(&bytes, played->left[i].field->typed, path);
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        look_for_lines(&bytes, others[i], path);
    buf_release(&bytes);
    files++;
    return 0;
}

/* How many texts the folder's files show. */
static size_t traces(const struct test_post *post, const struct player *p)
{
    played = p;
    files = found = 0;
    assert_int_equal(nftw(post->folder, look_into, 16, FTW_PHYS), 0);
    return found;
}

static struct test_post before;

/* Plays until that key (0: to the end), in a copy of the post. */
static void play(struct test_post *post, struct player *p, size_t kill_at)
{
    *p = (struct player){.kill_at = kill_at};
    post_copy(post, &before);
    p->child = post_start(post, NULL);
    post_unlock(p->child);
    scenario_play(p);
}

static void test_after_an_end(void **state)
{
    (void)state;
    struct test_post post;
    struct player p;

    play(&post, &p, 0);
    play_press(&p, PRESS_F12);
    expect_exit(p.child, 0);
    child_free(p.child);
    assert_int_equal(traces(&post, &p), 0);
    assert_true(files >= 2); /* the case file, and the name of the last one in HOME */

    /* The search itself finds what is there. */
    char *path = scratch_path(post.home, "trace");
    static const char trace[] = "\x01\xFFshe said: PASSPORT KEPT by the employer; wages of five "
                                "months unpaid.";
    scratch_write(path, trace, sizeof trace);
    assert_int_equal(traces(&post, &p), 2); /* that sentence, and "employer" in it */
    free(path);
    post_release(&post);
}

/* With the -wal and -shm files that a killed program leaves. */
static void test_after_kills(void **state)
{
    (void)state;
    static const size_t keys[] = {250, 600};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        struct test_post post;
        struct player p;
        play(&post, &p, keys[i]);
        assert_true(p.killed);
        child_free(p.child);
        assert_true(p.left_count > 5);
        assert_int_equal(traces(&post, &p), 0);
        assert_true(files >= 3);
        post_release(&post);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_after_an_end),
        cmocka_unit_test(test_after_kills),
    };

    post_make(&before);
    int failed = cmocka_run_group_tests_name("traces", tests, NULL, NULL);
    post_release(&before);
    return failed;
}
