/* SPDX-License-Identifier: MIT */
/*
 * The program that draws pages, given what the program would never give it: descriptions of the
 * documents of sheets.h with bytes changed, and such documents with other texts, blocks exchanged,
 * and flags and measures that nobody sets. It ends by itself, with a whole PDF or with words and no
 * byte of one; no signal ends it but those of the limits that it has set itself; and nothing is
 * left where it ran.
 *
 * AMPARO_LONG=1 goes through many more; always the same ones.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/bytes.h"
#include "sheets.h"
#include "tests/fuzz/fuzz.h"
#include "tests/harness/scratch.h"
#include "tests/unit/case_kit.h"

/* ---- what they are made of ---- */

enum { MOST_SEEDS = 100 };

static struct buf seeds[MOST_SEEDS];
static size_t seed_count;

static void take_seed(const struct sheets *s, const char *name, const struct paper *p)
{
    (void)s;
    (void)name;
    assert_true(seed_count < MOST_SEEDS);
    page_encode(p, PAPER_LETTER, &seeds[seed_count++]);
}

static int begin(void **state)
{
    struct sheets s = {.language = "es", .draw = take_seed};

    kit_begin(state);
    s.store = kit_create_cheap("mutants");
    sheets_file(s.store);
    sheets_make(&s);
    store_close(s.store);
    return 0;
}

static int end(void **state)
{
    while (seed_count)
        buf_release(&seeds[--seed_count]);
    return kit_end(state);
}

/* ---- the mutants ---- */

static struct block *any_block(struct fuzz_random *random, struct paper *p)
{
    return &p->blocks[fuzz_below(random, p->count)];
}

static void change_text(struct fuzz_random *random, struct block *b)
{
    struct buf text = BUF_INIT, shown = BUF_INIT;

    if (!b->count)
        return;
    char **of = &b->texts[fuzz_below(random, b->count)];
    buf_adds(&text, *of);
    for (uint64_t times = fuzz_below(random, 4); times > 0; times--)
        buf_adds(&text, *of);
    fuzz_mutate_bytes(random, NULL, &text);
    free(*of);
    text_shown(&shown, buf_text(&text), text.size);
    *of = xstrdup(buf_text(&shown));
    buf_release(&text);
    buf_release(&shown);
}

static void exchange(struct block *one, struct block *other)
{
    struct block held = *one;

    *one = *other;
    *other = held;
}

/* Cells up to what a description may have, and somewhat more. */
static int any_cells(struct fuzz_random *random)
{
    return (int)fuzz_below(random, 210);
}

static void change_measures(struct fuzz_random *random, struct block *b)
{
    b->left = any_cells(random);
    b->width = any_cells(random);
    for (size_t i = 0; i < b->count; i++)
        b->cells[i] = any_cells(random);
}

static void change_bonds(struct fuzz_random *random, struct paper *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct block *b = &p->blocks[i];
        b->keep = fuzz_below(random, 2);
        b->whole = fuzz_below(random, 2);
        b->head = b->kind == BLOCK_ROW && fuzz_below(random, 2);
        b->table = fuzz_below(random, 3);
    }
}

static void change_document(struct fuzz_random *random, struct paper *p)
{
    for (uint64_t times = 1 + fuzz_below(random, 12); times > 0; times--)
        switch (fuzz_below(random, 6)) {
        case 0:
            exchange(any_block(random, p), any_block(random, p));
            break;
        case 1:
            change_measures(random, any_block(random, p));
            break;
        case 2:
            change_bonds(random, p);
            break;
        case 3:
            any_block(random, p)->number = (long)fuzz_below(random, 300);
            break;
        default:
            change_text(random, any_block(random, p));
            break;
        }
    p->style = (enum paper_style)fuzz_below(random, PAPER_STYLES);
}

/* Of the document, so that most are still one. */
static void mutate_document(struct fuzz_random *random, const struct buf *seed, struct buf *out)
{
    struct error err = ERROR_INIT;
    enum paper_size size;
    struct paper p;

    paper_init(&p);
    if (!page_decode(seed->data, seed->size, &p, &size, &err))
        fail_msg("%s", error_text(&err));
    change_document(random, &p);
    page_encode(&p, (enum paper_size)fuzz_below(random, 2), out);
    paper_release(&p);
}

/* ---- the program ---- */

struct drawn {
    int status; /* of wait() */
    struct buf pdf, words;
};

static int file_of(const char *name, const struct buf *bytes)
{
    int file = memfd_create(name, MFD_CLOEXEC);

    assert_true(file >= 0);
    for (size_t done = 0; bytes && done < bytes->size;) {
        ssize_t n = write(file, bytes->data + done, bytes->size - done);
        assert_true(n > 0);
        done += (size_t)n;
    }
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    return file;
}

static void take_file(int file, struct buf *out)
{
    char part[4096];

    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    for (ssize_t n; (n = read(file, part, sizeof part)) > 0;)
        buf_add(out, part, (size_t)n);
    close(file);
}

static _Noreturn void become_program(const char *folder, int in, int out, int words)
{
    char *home = xasprintf("HOME=%s", folder), *temporary = xasprintf("TMPDIR=%s", folder);
    char *helper = xasprintf("%s/amparo-pdf", getenv("AMPARO_BUILD"));
    char *const argv[] = {helper, NULL}, *const env[] = {home, temporary, NULL};

    if (chdir(folder) == 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
        dup2(words, STDERR_FILENO) >= 0)
        execve(helper, argv, env);
    _exit(127);
}

static void run(const char *folder, const struct buf *description, struct drawn *drawn)
{
    int in = file_of("description", description), out = file_of("pdf", NULL),
        words = file_of("words", NULL);
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0)
        become_program(folder, in, out, words);
    assert_int_equal(waitpid(pid, &drawn->status, 0), pid);
    close(in);
    take_file(out, &drawn->pdf);
    take_file(words, &drawn->words);
}

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *files = opendir(folder);

    assert_non_null(files);
    for (struct dirent *file; (file = readdir(files)) != NULL;)
        count += strcmp(file->d_name, ".") != 0 && strcmp(file->d_name, "..") != 0;
    closedir(files);
    return count;
}

/* True where it was drawn. */
static bool check(const struct drawn *drawn, unsigned number)
{
    const struct buf *pdf = &drawn->pdf;

    if (WIFSIGNALED(drawn->status)) {
        int by = WTERMSIG(drawn->status);
        if (by != SIGXCPU && by != SIGKILL)
            fail_msg("mutant %u: ended by signal %d", number, by);
        return false;
    }
    if (WEXITSTATUS(drawn->status) != 0) {
        if (pdf->size || !strstr(buf_text(&drawn->words), "amparo-pdf: "))
            fail_msg("mutant %u: %zu bytes, and \"%s\"", number, pdf->size,
                     buf_text(&drawn->words));
        return false;
    }
    if (pdf->size < 100 || memcmp(pdf->data, "%PDF-1.", 7) != 0 ||
        !strstr(pdf->data + pdf->size - 8, "%%EOF"))
        fail_msg("mutant %u: no whole PDF", number);
    return true;
}

static unsigned draw_some(unsigned count, void (*mutate)(struct fuzz_random *random,
                                                         const struct buf *seed, struct buf *out))
{
    char *folder = scratch_make();
    unsigned good = 0;

    for (unsigned i = 0; i < count; i++) {
        struct fuzz_random random = {.state = i};
        struct buf mutant = BUF_INIT;
        struct drawn drawn = {0};
        mutate(&random, &seeds[fuzz_below(&random, seed_count)], &mutant);
        run(folder, &mutant, &drawn);
        good += check(&drawn, i);
        assert_int_equal(count_files(folder), 0);
        buf_release(&mutant);
        buf_release(&drawn.pdf);
        buf_release(&drawn.words);
    }
    scratch_remove(folder);
    return good;
}

static unsigned rounds(unsigned few, unsigned many)
{
    return getenv("AMPARO_LONG") ? many : few;
}

static void test_documents(void **state)
{
    unsigned count = rounds(150, 4000);
    (void)state;

    assert_true(draw_some(count, mutate_document) > count / 4);
}

static void mutate_description(struct fuzz_random *random, const struct buf *seed, struct buf *out)
{
    buf_add(out, seed->data, seed->size);
    fuzz_mutate_bytes(random, NULL, out);
}

static void test_bytes(void **state)
{
    unsigned count = rounds(100, 2000);
    (void)state;

    assert_true(draw_some(count, mutate_description) < count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_bytes),
    };

    return cmocka_run_group_tests_name("mutants of documents", tests, begin, end);
}
