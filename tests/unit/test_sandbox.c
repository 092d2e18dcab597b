/* SPDX-License-Identifier: MIT */
/*
 * What the program that draws pages can no longer do when it reads its input. Each attempt is made
 * by a child of its own: without the sandbox it has to succeed, in the sandbox it has to fail; and
 * each part of the sandbox, alone, has to stop what it is there for.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/pdf/sandbox.h"
#include "tests/harness/scratch.h"

static char *folder, *fonts, *key, *font, *fresh;
static struct sockaddr_in listening;

/* ---- what is tried: true where it could be done ---- */

static bool open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool open_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

/* Standard input is a socket: see attempt(). */
static bool connect_somewhere(void)
{
    return connect(STDIN_FILENO, (struct sockaddr *)&listening, sizeof listening) == 0;
}

static bool create_file(void)
{
    return open(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600) >= 0;
}

static bool create_for_reading(void)
{
    return open(fresh, O_RDONLY | O_CREAT, 0600) >= 0;
}

static bool write_key(void)
{
    return open(key, O_WRONLY) >= 0;
}

static bool write_font(void)
{
    return open(font, O_RDWR) >= 0;
}

static bool empty_file(void)
{
    return truncate(key, 0) == 0;
}

static bool remove_file(void)
{
    return unlink(key) == 0;
}

static bool rename_file(void)
{
    return rename(key, fresh) == 0;
}

static bool link_file(void)
{
    return link(key, fresh) == 0;
}

static bool make_folder(void)
{
    return mkdir(fresh, 0700) == 0;
}

static bool open_to_all(void)
{
    return chmod(key, 0666) == 0;
}

static bool read_key(void)
{
    return open(key, O_RDONLY) >= 0;
}

static bool read_through_fonts(void)
{
    char *path = xasprintf("%s/../key", fonts);
    return open(path, O_RDONLY) >= 0;
}

static bool read_own_memory(void)
{
    return open("/proc/self/mem", O_RDONLY) >= 0;
}

static bool list_folder(void)
{
    return opendir(folder) != NULL;
}

static bool run_program(void)
{
    char name[] = "true", *args[] = {name, NULL}, *none[] = {NULL};
    execve("/bin/true", args, none); /* which ends as a success does */
    return false;
}

static bool start_process(void)
{
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static bool start_process_otherwise(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static bool be_traced(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool read_by_call(void)
{
    struct iovec here = {&listening, 1}, there = {&listening, 1};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == 1;
}

static bool make_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool turn_into_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool use_descriptor(void)
{
    return write(9, "", 0) == 0;
}

static bool read_environment(void)
{
    return getenv("PATH") != NULL;
}

static bool take_memory(void)
{
    return mmap(NULL, (size_t)2 << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
                0) != MAP_FAILED;
}

enum part { BEGINNING = 1, LIMITS = 2, FILES = 4, CALLS = 8 };

static const struct attempt {
    const char *what;
    bool (*try)(void);
    int stopped_by; /* parts, each of which is enough */
} attempts[] = {
    {"open a socket", open_socket, CALLS},
    {"open a local socket", open_local_socket, CALLS},
    {"connect", connect_somewhere, CALLS},
    {"create a file", create_file, FILES | CALLS},
    {"create a file to read it", create_for_reading, FILES | CALLS},
    {"open a file for writing", write_key, FILES | CALLS},
    {"open a font for writing", write_font, FILES | CALLS},
    {"empty a file", empty_file, CALLS},
    {"remove a file", remove_file, FILES | CALLS},
    {"rename a file", rename_file, FILES | CALLS},
    {"link a file", link_file, FILES | CALLS},
    {"make a folder", make_folder, FILES | CALLS},
    {"change a mode", open_to_all, CALLS},
    {"read a file outside of the folders", read_key, FILES | CALLS},
    {"read it by way of a folder", read_through_fonts, FILES | CALLS},
    {"read its own memory as a file", read_own_memory, FILES | CALLS},
    {"list a folder", list_folder, FILES | CALLS},
    {"run a program", run_program, FILES | CALLS},
    {"start a process", start_process, CALLS},
    {"start a process by the C library", start_process_otherwise, CALLS},
    {"be traced", be_traced, CALLS},
    {"send a signal", signal_parent, CALLS},
    {"read the memory of a process", read_by_call, CALLS},
    {"map memory to execute it", make_code, CALLS},
    {"make memory executable", turn_into_code, CALLS},
    {"use a descriptor of the caller", use_descriptor, BEGINNING},
    {"read the caller's environment", read_environment, BEGINNING},
#ifndef __SANITIZE_ADDRESS__
    {"take two gigabytes", take_memory, LIMITS},
#endif
};

/* ---- in which sandbox ---- */

static const char *readable[2];

static bool enter_nothing(void)
{
    return true;
}

static bool enter_all(void)
{
    struct sandbox held = sandbox_enter(readable);
    sandbox_shut(&held);
    return held.privileges && held.limits && held.files && held.calls;
}

/* Only who can get no new privileges may give some up for good. */
static bool enter_files(void)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return sandbox_restrict_files(readable);
}

static bool enter_calls(void)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return sandbox_restrict_calls(false);
}

/* True where the attempt succeeds in a child; exits of the child are 0, 1 and, not entered, 2. */
static int outcome(bool (*enter)(void), bool (*try)(void))
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || dup2(fd, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, 9) < 0)
            _exit(3);
        if (!enter())
            _exit(2);
        _exit(try() ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int setup(void **state)
{
    (void)state;
    folder = scratch_make();
    fonts = scratch_path(folder, "fonts");
    key = scratch_path(folder, "key");
    fresh = scratch_path(folder, "fresh");
    font = scratch_path(fonts, "font.ttf");
    assert_int_equal(mkdir(fonts, 0700), 0);
    scratch_write(key, "made-up key", 11);
    scratch_write(font, "letters", 7);
    readable[0] = fonts;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(fonts);
    free(key);
    free(fresh);
    free(font);
    scratch_remove(folder);
    return 0;
}

/* Tries one thing, in a folder of its own. */
static int try_once(bool (*enter)(void), bool (*try)(void))
{
    setup(NULL);
    int got = outcome(enter, try);
    teardown(NULL);
    return got;
}

static int listen_here(void)
{
    socklen_t size = sizeof listening;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    listening =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(bind(fd, (struct sockaddr *)&listening, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&listening, &size), 0);
    assert_int_equal(listen(fd, 8), 0);
    return fd;
}

/* Every attempt, in the sandbox that has these parts. 2 of all: this kernel has no such part. */
static void try_all(bool (*enter)(void), int parts)
{
    int listener = listen_here();
    size_t lacking = 0;
    for (size_t i = 0; i < ARRAY_SIZE(attempts); i++) {
        const struct attempt *a = &attempts[i];
        int got = try_once(enter, a->try), expected = a->stopped_by & parts ? 1 : 0;
        lacking += got == 2;
        if (got != expected && got != 2 && (expected || !parts))
            fail_msg("%s: %d where %d is expected", a->what, got, expected);
    }
    close(listener);
    assert_true(lacking == 0 || lacking == ARRAY_SIZE(attempts));
    if (lacking) {
        print_message("this kernel does not offer it\n");
        skip();
    }
}

static void test_without(void **state)
{
    (void)state;
    try_all(enter_nothing, 0);
}

static void test_whole(void **state)
{
    (void)state;
    try_all(enter_all, BEGINNING | LIMITS | FILES | CALLS);
}

static void test_files_alone(void **state)
{
    (void)state;
    try_all(enter_files, FILES);
}

static void test_calls_alone(void **state)
{
    (void)state;
    try_all(enter_calls, CALLS);
}

/* ---- what it goes on doing ---- */

static bool read_font(void)
{
    char bytes[8];
    int fd = open(font, O_RDONLY);
    void *page = mmap(NULL, 7, PROT_READ, MAP_PRIVATE, fd, 0);
    return read(fd, bytes, sizeof bytes) == 7 && page != MAP_FAILED && !memcmp(page, bytes, 7) &&
           opendir(fonts);
}

static void *work(void *done)
{
    *(bool *)done = true;
    return done;
}

static bool work_in_thread(void)
{
    bool done = false;
    pthread_t thread;
    return pthread_create(&thread, NULL, work, &done) == 0 && pthread_join(thread, NULL) == 0 &&
           done;
}

/* What a thread that comes later does is bound as well. */
static void *read_secretly(void *could)
{
    *(bool *)could = read_key() || open_socket();
    return could;
}

static bool refused_in_thread(void)
{
    bool could = true;
    pthread_t thread;
    return pthread_create(&thread, NULL, read_secretly, &could) == 0 &&
           pthread_join(thread, NULL) == 0 && !could;
}

static void test_goes_on(void **state)
{
    (void)state;
    int got = try_once(enter_all, read_font);
    if (got == 2)
        skip();
    assert_int_equal(got, 0);
    assert_int_equal(try_once(enter_all, work_in_thread), 0);
    assert_int_equal(try_once(enter_all, refused_in_thread), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without),     cmocka_unit_test(test_whole),
        cmocka_unit_test(test_files_alone), cmocka_unit_test(test_calls_alone),
        cmocka_unit_test(test_goes_on),
    };
    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
