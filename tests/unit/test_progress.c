/* SPDX-License-Identifier: MIT */
/* Long work says how far it is, and can be given up at each of its steps, as if it had not begun.
 */
#include "store_kit.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/cli/progress.h"
#include "amparo/store/verify.h"
#include "vault_kit.h"

#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"

static struct store *fill(const char *name)
{
    struct store *store = kit_create(name);

    for (int i = 0; i < 20; i++)
        kit_record(store, NULL, ACT_OPEN, OPEN);
    return store;
}

/* ---- steps ---- */

struct steps {
    uint64_t count, last, total; /* of the work that is one percentage */
    uint64_t give_up_at;         /* the step that says no; 0: none */
};

static bool count_step(void *ctx, uint64_t done, uint64_t total)
{
    struct steps *s = ctx;

    assert_true(done <= total);
    assert_true(done >= s->last);
    assert_true(!s->total || total == s->total);
    s->last = done;
    s->total = total;
    return ++s->count != s->give_up_at;
}

static void given_up(const struct error *err)
{
    assert_int_equal(err->kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(err), "given up"));
}

static void nothing_beside(const char *pattern)
{
    glob_t found = {0};

    if (glob(kit_path(pattern), 0, NULL, &found) == 0)
        fail_msg("left behind: %s", found.gl_pathv[0]);
    globfree(&found);
}

static void verifies_in_steps(void **state)
{
    struct store *store = fill("verified");
    struct error err = ERROR_INIT;
    struct verified v;
    struct steps all = {0};
    (void)state;

    assert_true(store_verify(store, count_step, &all, &v, &err));
    buf_release(&v.notes);
    assert_true(all.count > 12); /* acts and cases, and reading the pages */
    assert_true(100 * all.last >= 90 * all.total);
    for (uint64_t at = 1; at <= all.count; at++) {
        struct steps some = {.give_up_at = at};
        assert_false(store_verify(store, count_step, &some, &v, &err));
        buf_release(&v.notes);
        given_up(&err);
        error_clear(&err);
    }
    assert_true(store_verify(store, NULL, NULL, &v, &err));
    buf_release(&v.notes);
    error_release(&err);
    store_close(store);
}

static void rebuilds_or_leaves_it(void **state)
{
    struct store *store = fill("rebuilt");
    struct error err = ERROR_INIT;
    struct steps all = {0};
    (void)state;

    assert_true(store_rebuild(store, count_step, &all, &err));
    assert_true(all.count >= 5);
    for (uint64_t at = 1; at <= all.count; at++) {
        struct verified v;
        assert_false(store_rebuild(store, count_step, &(struct steps){.give_up_at = at}, &err));
        given_up(&err);
        error_clear(&err);
        assert_true(store_verify(store, NULL, NULL, &v, &err));
        buf_release(&v.notes);
    }
    error_release(&err);
    store_close(store);
}

static void backs_up_or_leaves_nothing(void **state)
{
    struct store *store = fill("source");
    struct error err = ERROR_INIT;
    struct steps all = {0};
    (void)state;

    assert_true(store_backup(store, kit_path("backup"), count_step, &all, &err));
    assert_true(all.count >= 2);
    assert_int_equal(all.last, all.total);
    for (uint64_t at = 1; at <= all.count; at++) {
        struct steps some = {.give_up_at = at};
        assert_false(store_backup(store, kit_path("none"), count_step, &some, &err));
        given_up(&err);
        error_clear(&err);
        nothing_beside("none*");
    }
    error_release(&err);
    store_close(store);
}

static void restores_or_leaves_nothing(void **state)
{
    struct store *store = fill("of-old");
    struct error err = ERROR_INIT;
    struct steps all = {0};
    (void)state;

    store_close(store);
    assert_true(kit_restore("of-old", "of-new", count_step, &all, &err));
    for (uint64_t at = 1; at <= all.count; at++) {
        struct steps some = {.give_up_at = at};
        assert_false(kit_restore("of-old", "no-new", count_step, &some, &err));
        given_up(&err);
        error_clear(&err);
        nothing_beside("no-new*");
    }
    error_release(&err);
}

/* The copy is whole, but cannot be opened as a working file. */
static bool plant_folder(void *ctx, uint64_t done, uint64_t total)
{
    if (done == total)
        assert_int_equal(mkdir(ctx, 0700), 0);
    return true;
}

static void restore_removes_what_it_cannot_open(void **state)
{
    struct store *store = fill("old");
    struct error err = ERROR_INIT;
    char *wal = xasprintf("%s-wal", kit_path("unopened"));
    (void)state;

    store_close(store);
    assert_false(kit_restore("old", "unopened", plant_folder, wal, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    error_release(&err);
    assert_int_not_equal(access(kit_path("unopened"), F_OK), 0);
    assert_int_equal(rmdir(wal), 0);
    nothing_beside("unopened*");
    free(wal);
}

/* ---- signals and the terminal ---- */

static void ends_by_a_signal(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct progress p;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
        progress_begin(&p, "Working");
        assert_true(progress_step(&p, 1, 10));
        raise(signals[i]);
        assert_false(progress_step(&p, 2, 10));
        assert_true(progress_step(&p, 3, 10));
        raise(signals[i]); /* too late: it ends nothing that comes after */
        progress_end(&p);
    }
    /* What is ignored is ignored. */
    signal(SIGHUP, SIG_IGN);
    progress_begin(&p, "Working");
    raise(SIGHUP);
    assert_true(progress_step(&p, 1, 10));
    progress_end(&p);
    signal(SIGHUP, SIG_DFL);
}

/* What a run of steps writes to standard error, which is `fd`. */
static void steps_to(int fd)
{
    int before = dup(STDERR_FILENO);
    struct progress p;

    assert_true(dup2(fd, STDERR_FILENO) >= 0);
    progress_begin(&p, "Working");
    progress_step(&p, 0, 1000); /* what is done at once is not spoken of */
    p.since -= 1000;
    for (uint64_t i = 100; i <= 1000; i += 100) {
        progress_step(&p, i, 1000);
        if (i % 400 == 0)
            p.shown_at -= 1000; /* a second goes by */
    }
    progress_end(&p);
    dup2(before, STDERR_FILENO);
    close(before);
}

static void is_shown_on_a_terminal_alone(void **state)
{
    static const char expected[] = "\rWorking: 10 %. Ctrl-C gives it up."
                                   "\rWorking: 50 %. Ctrl-C gives it up."
                                   "\rWorking: 90 %. Ctrl-C gives it up."
                                   "\r                                  \r";
    char said[400];
    int master = posix_openpt(O_RDWR | O_NOCTTY), pipes[2];
    (void)state;

    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    steps_to(terminal);
    /* The kernel hands on what was written when it gets to it. */
    for (size_t size = 0; size < sizeof expected - 1;) {
        ssize_t more = read(master, said + size, sizeof said - size);
        assert_true(more > 0);
        size += (size_t)more;
    }
    assert_memory_equal(said, expected, sizeof expected - 1);
    close(terminal);
    close(master);

    assert_int_equal(pipe(pipes), 0);
    steps_to(pipes[1]);
    close(pipes[1]);
    assert_int_equal(read(pipes[0], said, sizeof said), 0);
    close(pipes[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifies_in_steps),
        cmocka_unit_test(rebuilds_or_leaves_it),
        cmocka_unit_test(backs_up_or_leaves_nothing),
        cmocka_unit_test(restores_or_leaves_nothing),
        cmocka_unit_test(restore_removes_what_it_cannot_open),
        cmocka_unit_test(ends_by_a_signal),
        cmocka_unit_test(is_shown_on_a_terminal_alone),
    };
    return cmocka_run_group_tests_name("progress", tests, kit_begin, kit_end);
}
