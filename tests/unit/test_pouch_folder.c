/* SPDX-License-Identifier: MIT */
/* Folders: what is put there is whole or not there, whatever fails; and all that may lie there. */
#include "route_kit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/folder.h"
#include "tests/harness/scratch.h"

/* ---- a disk that fails: what the module asks of the C library comes here first ---- */

ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __real_linkat(int from, const char *old, int to, const char *new, int flags);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_linkat(int from, const char *old, int to, const char *new, int flags);

static struct {
    int count, at; /* operations so far; the one that fails, from 1; 0: none */
    bool dies;     /* and the process with it */
    bool old;      /* the file system knows neither renameat2() nor links */
} disk;

static bool strikes(void)
{
    if (++disk.count != disk.at)
        return false;
    if (disk.dies)
        _exit(9);
    errno = ENOSPC;
    return true;
}

/* Half of it is written. */
ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    if (!strikes())
        return __real_write(fd, bytes, size);
    ssize_t half = __real_write(fd, bytes, size / 2);
    errno = ENOSPC;
    return half < 0 ? half : -1;
}

int __wrap_fsync(int fd)
{
    return strikes() ? -1 : __real_fsync(fd);
}

int __wrap_close(int fd)
{
    int is = __real_close(fd);
    return strikes() ? -1 : is;
}

int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    if (disk.old) {
        errno = EINVAL;
        return -1;
    }
    return strikes() ? -1 : __real_renameat2(from, old, to, new, flags);
}

int __wrap_linkat(int from, const char *old, int to, const char *new, int flags)
{
    if (disk.old) {
        errno = EPERM;
        return -1;
    }
    return strikes() ? -1 : __real_linkat(from, old, to, new, flags);
}

/* ---- out ---- */

static const char wanted[] = "20261129-1a2b3c4d5e6f.pch";

/* A folder of the test's own, empty; its path, freed by the caller. */
static char *new_folder(const char *name)
{
    char *path = xstrdup(kit_path(name));

    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

static void assert_holds(const char *folder, const char *name, const struct buf *bytes)
{
    char *path = scratch_path(folder, name), some[8192];
    int fd = open(path, O_RDONLY);
    size_t size = 0;
    ssize_t n;

    assert_true(fd >= 0);
    while ((n = read(fd, some, sizeof some)) > 0) {
        assert_memory_equal(some, bytes->data + size, (size_t)n);
        size += (size_t)n;
    }
    assert_int_equal(size, bytes->size);
    close(fd);
    free(path);
}

static bool is_there(const char *folder, const char *name)
{
    char *path = scratch_path(folder, name);
    struct stat is;
    bool there = lstat(path, &is) == 0;

    free(path);
    return there;
}

/* How many files, hidden ones too. */
static int files_in(const char *folder)
{
    char *command = xasprintf("ls -A %s | wc -l", folder);
    FILE *in = popen(command, "r");
    int n = -1;

    assert_int_equal(fscanf(in, "%d", &n), 1);
    pclose(in);
    free(command);
    return n;
}

static void test_names(void **state)
{
    struct buf out = BUF_INIT;
    (void)state;

    folder_name(&out, (struct date){2026, 1, 9}, "1a2b3c4d5e6f", ".eml");
    assert_string_equal(buf_text(&out), "20260109-1a2b3c4d5e6f.eml");
    buf_release(&out);
}

static void test_put_and_never_over_another(void **state)
{
    char *folder = new_folder("put"), *path = NULL;
    struct buf first = BUF_INIT, second = BUF_INIT;
    struct stat is;
    (void)state;

    kit_pouch(&first, 5000, 1);
    kit_pouch(&second, 5000, 2);
    for (int i = 0; i < 2; i++) { /* the same again changes nothing */
        assert_true(folder_put(folder, wanted, first.data, first.size, &path, NULL));
        assert_int_equal(stat(path, &is), 0);
        assert_int_equal(is.st_mode & 0777, 0600);
        free(path);
        assert_int_equal(files_in(folder), 1);
    }
    assert_true(folder_put(folder, wanted, second.data, second.size, &path, NULL));
    assert_string_equal(strrchr(path, '/'), "/20261129-1a2b3c4d5e6f-2.pch");
    free(path);
    assert_true(folder_put(folder, wanted, second.data, second.size, NULL, NULL));
    assert_int_equal(files_in(folder), 2);
    assert_holds(folder, wanted, &first);
    assert_holds(folder, "20261129-1a2b3c4d5e6f-2.pch", &second);

    /* Longer, shorter, and a link to what is the same: all are others. */
    assert_true(folder_put(folder, "a.pch", first.data, first.size, NULL, NULL));
    assert_true(folder_put(folder, "a.pch", first.data, first.size - 1, NULL, NULL));
    buf_addc(&first, 'x');
    assert_true(folder_put(folder, "a.pch", first.data, first.size, NULL, NULL));
    assert_true(is_there(folder, "a-2.pch") && is_there(folder, "a-3.pch"));
    char *link = scratch_path(folder, "b.pch");
    assert_int_equal(symlink("a-3.pch", link), 0);
    assert_true(folder_put(folder, "b.pch", first.data, first.size, NULL, NULL));
    assert_holds(folder, "b-2.pch", &first);
    free(link);

    /* Nine that are others: no further one. */
    struct error err = ERROR_INIT;
    for (char i = '1'; i <= '9'; i++)
        assert_true(folder_put(folder, "c", &i, 1, NULL, NULL));
    assert_false(folder_put(folder, "c", "x", 1, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_true(folder_put(folder, "c", "7", 1, NULL, NULL));
    error_clear(&err);
    assert_false(folder_put("/nowhere/at/all", wanted, "x", 1, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    error_release(&err);
    buf_release(&first);
    buf_release(&second);
    free(folder);
}

/* Every operation fails once: nothing under the name that is not whole, nothing left beside it. */
static void test_failing_disk(void **state)
{
    struct buf pouch = BUF_INIT;
    int operations = 0;
    (void)state;

    kit_pouch(&pouch, 20000, 1);
    for (int at = 1; !operations || at <= operations; at++) {
        char *name = xasprintf("failing-%d", at), *folder = new_folder(name);
        struct error err = ERROR_INIT;
        disk.count = 0;
        disk.at = at;
        bool fine = folder_put(folder, wanted, pouch.data, pouch.size, NULL, &err);
        int done = disk.count;
        disk.at = 0;
        if (done < at) { /* it came to its end before */
            operations = done;
            assert_true(fine);
        }
        assert_int_equal(fine ? ERROR_NONE : ERROR_FAILED, err.kind);
        bool there = is_there(folder, wanted);
        assert_true(there || !fine);
        if (there)
            assert_holds(folder, wanted, &pouch);
        assert_int_equal(files_in(folder), there);
        assert_true(folder_put(folder, wanted, pouch.data, pouch.size, NULL, NULL));
        assert_holds(folder, wanted, &pouch);
        assert_int_equal(files_in(folder), 1);
        error_release(&err);
        free(folder);
        free(name);
    }
    assert_in_range(operations, 5, 20);
    buf_release(&pouch);
}

static bool count_found(void *ctx, const char *path, const struct pouch_found *found)
{
    (void)path;
    *(size_t *)ctx += !found->fault;
    return true;
}

/* Killed at every operation: the same, but that something may be left that nobody reads. */
static void test_killed(void **state)
{
    struct buf pouch = BUF_INIT;
    int at = 0, status = 0;
    (void)state;

    kit_pouch(&pouch, 20000, 1);
    do {
        char *name = xasprintf("killed-%d", ++at), *folder = new_folder(name);
        pid_t child = fork();
        if (!child) {
            disk.count = 0;
            disk.at = at;
            disk.dies = true;
            _exit(!folder_put(folder, wanted, pouch.data, pouch.size, NULL, NULL));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        bool there = is_there(folder, wanted);
        if (there)
            assert_holds(folder, wanted, &pouch);
        struct folder_count count;
        size_t found = 0;
        const struct folder_reader reader = {.found = count_found, .ctx = &found};
        assert_true(folder_read(folder, &reader, &count, NULL));
        assert_int_equal(found, there);
        assert_int_equal(count.faults, 0);
        free(folder);
        free(name);
    } while (WEXITSTATUS(status) != 0 && at < 50);
    assert_int_equal(status, 0);
    buf_release(&pouch);
}

/* As a stick of another system is: nothing but plain renaming. */
static void test_old_file_system(void **state)
{
    char *folder = new_folder("old");
    struct buf pouch = BUF_INIT;
    (void)state;

    kit_pouch(&pouch, 300, 1);
    disk.old = true;
    assert_true(folder_put(folder, wanted, pouch.data, pouch.size, NULL, NULL));
    assert_true(folder_put(folder, wanted, "other", 5, NULL, NULL));
    disk.old = false;
    assert_holds(folder, wanted, &pouch);
    assert_int_equal(files_in(folder), 2);
    buf_release(&pouch);
    free(folder);
}

/* ---- in ---- */

struct taken {
    struct buf list; /* "name: what", a line each */
    size_t most;     /* then no more; 0: all */
    size_t count;
    struct hashes {
        uint8_t hash[32][POUCH_HASH];
        size_t count;
    } known;
    uint64_t done, total; /* as the last progress was */
    uint64_t stop_at;     /* bytes; 0: never */
};

static bool take(void *ctx, const char *path, const struct pouch_found *found)
{
    static const char *const forms[] = {"bare", "armour", "codes"};
    struct taken *taken = ctx;
    const char *name = strrchr(path, '/') + 1;

    buf_addf(&taken->list, "%s: %s\n", name, found->fault ? found->fault : forms[found->form]);
    if (found->bytes)
        pouch_hash(found->bytes, found->size, taken->known.hash[taken->known.count++]);
    return !taken->most || ++taken->count < taken->most;
}

static bool is_known(void *ctx, const uint8_t hash[POUCH_HASH])
{
    const struct taken *taken = ctx;

    for (size_t i = 0; i < taken->known.count; i++)
        if (memcmp(taken->known.hash[i], hash, POUCH_HASH) == 0)
            return true;
    return false;
}

static bool progress(void *ctx, uint64_t done, uint64_t total)
{
    struct taken *taken = ctx;

    assert_true(done <= total && done >= taken->done);
    taken->done = done;
    taken->total = total;
    return !taken->stop_at || done < taken->stop_at;
}

static bool read_all(const char *path, struct taken *taken, struct folder_count *count)
{
    const struct folder_reader reader = {take, is_known, progress, taken};
    struct error err = ERROR_INIT;

    taken->done = taken->count = 0;
    bool fine = folder_read(path, &reader, count, &err);
    assert_int_equal(err.kind, fine ? ERROR_NONE : ERROR_FAILED);
    error_release(&err);
    return fine;
}

static void put_text(const char *folder, const char *name, const void *bytes, size_t size)
{
    char *path = scratch_path(folder, name);

    scratch_write(path, bytes, size);
    free(path);
}

/* A file with the pouch of that seed, in some form. */
static void put_pouch(const char *folder, const char *name, unsigned seed, bool armoured)
{
    struct buf pouch = BUF_INIT, text = BUF_INIT;

    kit_pouch(&pouch, 400, seed);
    armour_put(&text, pouch.data, pouch.size);
    if (armoured)
        put_text(folder, name, text.data, text.size);
    else
        put_text(folder, name, pouch.data, pouch.size);
    buf_release(&pouch);
    buf_release(&text);
}

static void make_link(const char *folder, const char *name, const char *to)
{
    char *path = scratch_path(folder, name);

    assert_int_equal(symlink(to, path), 0);
    free(path);
}

static void test_all_that_may_lie_there(void **state)
{
    char *folder = new_folder("in"), *elsewhere = new_folder("elsewhere");
    char *maildir[] = {new_folder("in/cur"), new_folder("in/new"), new_folder("in/tmp"),
                       new_folder("in/cur/cur")};
    struct buf pouch = BUF_INIT, mail = BUF_INIT;
    struct taken taken = {.list = BUF_INIT};
    struct folder_count count;
    struct qr_frames frames;
    (void)state;

    put_pouch(folder, "b.pch", 1, false);
    put_pouch(folder, "a.TXT", 2, true);
    put_pouch(folder, "no ending", 3, true);
    put_pouch(folder, ".hidden", 4, true);
    put_pouch(folder, "b again.pch", 1, false);
    put_pouch(folder, "c.txt", 1, true); /* and in another form */
    put_text(folder, "empty", "", 0);
    put_text(folder, "photo.jpg", "\xff\xd8\xff\xe0 [BEGIN", 10);
    put_text(folder, "cut.eml", "From: a@b.example\n\n[BEGIN-AMPARO-POUCH]\ncGNo\n", 45);
    put_pouch(maildir[0], "1795946400.M1.host:2,S", 5, true);
    put_pouch(maildir[1], "1795946401.M2.host", 6, true);
    put_pouch(maildir[2], "1795946402.M3.host", 7, true);
    put_pouch(maildir[3], "deeper", 8, true);
    put_pouch(elsewhere, "x.pch", 9, false);
    make_link(folder, "link.pch", "../elsewhere/x.pch");
    make_link(folder, "zero", "/dev/zero");
    make_link(maildir[1], "folder", "../../elsewhere");
    char *pipe = scratch_path(folder, "pipe.pch");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    char *large = scratch_path(folder, "large.pch");
    put_text(folder, "large.pch", "pch\1", 4);
    assert_int_equal(truncate(large, FOLDER_FILE_MOST + 1), 0);
    kit_pouch(&pouch, 400, 10); /* in two files, a code each */
    assert_true(qr_frames(pouch.data, pouch.size, 10, QR_LEVEL_L, &frames, NULL));
    assert_int_equal(frames.count, 2);
    put_text(folder, "scan 1", frames.frames[1].text, strlen(frames.frames[1].text));
    put_text(folder, "scan 2", frames.frames[0].text, strlen(frames.frames[0].text));
    qr_frames_release(&frames);
    buf_clear(&pouch);
    kit_pouch(&pouch, 400, 11); /* and one of which a code is missing */
    assert_true(qr_frames(pouch.data, pouch.size, 10, QR_LEVEL_L, &frames, NULL));
    put_text(folder, "scan 3", frames.frames[0].text, strlen(frames.frames[0].text));
    qr_frames_release(&frames);

    assert_true(read_all(folder, &taken, &count));
    assert_string_equal(buf_text(&taken.list),
                        "a.TXT: armour\n"
                        "b again.pch: bare\n"
                        "1795946400.M1.host:2,S: armour\n"
                        "cut.eml: its end is missing; take the whole text, to its last line, or "
                        "ask for it again\n"
                        "large.pch: it is larger than any file with a pouch: 8 MiB\n"
                        "1795946401.M2.host: armour\n"
                        "no ending: armour\n"
                        "scan 2: codes\n"
                        "in: of its 2 QR codes these are missing: 2\n");
    assert_int_equal(count.pouches, 6);
    assert_int_equal(count.known, 2);
    assert_int_equal(count.faults, 3);
    assert_int_equal(count.nothing, 2); /* empty, photo.jpg */
    assert_int_equal(count.passed, 6);  /* three links, the pipe, tmp, cur/cur */
    assert_int_equal(taken.done, taken.total);

    /* Once more: nothing is new. */
    buf_clear(&taken.list);
    assert_true(read_all(folder, &taken, &count));
    assert_int_equal(count.pouches, 0);
    assert_int_equal(count.known, 8);

    /* What somebody names is read, also by a link; a device is not, nor what is not there. */
    assert_true(read_all(kit_path("in/link.pch"), &taken, &count));
    assert_int_equal(count.pouches, 1);
    assert_true(read_all(pipe, &taken, &count));
    assert_int_equal(count.faults, 1);
    assert_false(read_all(kit_path("nothing"), &taken, &count));

    for (size_t i = 0; i < ARRAY_SIZE(maildir); i++)
        free(maildir[i]);
    buf_release(&taken.list);
    buf_release(&pouch);
    buf_release(&mail);
    free(pipe);
    free(large);
    free(folder);
    free(elsewhere);
}

/* Given up after some, by progress or by who takes: the next time goes on with the rest. */
static void test_goes_on_where_it_was_given_up(void **state)
{
    enum { MANY = 9 };
    char *folder = new_folder("many"), name[] = "0.pch";
    (void)state;

    for (unsigned i = 0; i < MANY; i++, name[0]++)
        put_pouch(folder, name, i, false);
    for (int by_progress = 0; by_progress < 2; by_progress++) {
        struct taken taken = {.list = BUF_INIT, .most = by_progress ? 0 : 2};
        struct folder_count count;
        size_t rounds = 0, pouches = 0;
        bool whole = false;
        while (!whole && rounds < MANY) {
            taken.stop_at = by_progress ? 400 * 2 * ++rounds + 100 : (rounds++, 0);
            whole = read_all(folder, &taken, &count);
            assert_in_range(count.pouches, 1, 3);
            pouches += count.pouches;
        }
        assert_true(whole);
        assert_int_equal(pouches, MANY);
        assert_true(rounds > 2);
        buf_release(&taken.list);
    }
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_put_and_never_over_another),
        cmocka_unit_test(test_failing_disk),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_old_file_system),
        cmocka_unit_test(test_all_that_may_lie_there),
        cmocka_unit_test(test_goes_on_where_it_was_given_up),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
