/* SPDX-License-Identifier: MIT */
#include "tests/tui/post.h"

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"

enum { ARGUMENTS = 24 };

/* ---- commands ---- */

static void set_folder(const char *name, const char *home, const char *folder)
{
    char *path = scratch_path(home, folder);

    setenv(name, path, 1);
    free(path);
}

static void environment(const struct test_post *post)
{
    setenv("LANG", "C.UTF-8", 1);
    setenv("LANGUAGE", "en", 1);
    setenv("TZ", "UTC", 1);
    setenv("HOME", post->home, 1);
    set_folder("TMPDIR", post->folder, "tmp");
    set_folder("XDG_CONFIG_HOME", post->home, ".config");
    set_folder("XDG_DATA_HOME", post->home, ".local/share");
    set_folder("XDG_STATE_HOME", post->home, ".local/state");
    set_folder("XDG_CACHE_HOME", post->home, ".cache");
    set_folder("XDG_RUNTIME_DIR", post->home, ".run");
}

/* A file without a name that holds `text`. */
static int text_fd(const char *text)
{
    FILE *file = tmpfile();

    if (!file)
        err(1, "tmpfile");
    fputs(text, file);
    rewind(file);
    return fileno(file);
}

static _Noreturn void become(const struct test_post *post, const char *input, int out,
                             const char *const argv[])
{
    const char *program = getenv("AMPARO");
    int key = text_fd(POST_PASSPHRASE "\n");
    char number[16];
    char *args[ARGUMENTS];
    size_t count = 0;

    if (!program)
        errx(127, "AMPARO does not name the program");
    environment(post);
    args[count++] = xstrdup(program);
    for (size_t i = 0; argv[i] && count < ARGUMENTS - 3; i++)
        args[count++] = xstrdup(argv[i]);
    snprintf(number, sizeof number, "%d", key);
    args[count++] = xstrdup("--passphrase-fd");
    args[count++] = number;
    args[count] = NULL;
    dup2(text_fd(input ? input : ""), STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    setsid(); /* no terminal to ask on */
    execv(args[0], args);
    err(127, "%s", args[0]);
}

static void read_all(int fd, struct buf *out)
{
    char bytes[4096];
    ssize_t size;

    while ((size = read(fd, bytes, sizeof bytes)) > 0)
        if (out)
            buf_add(out, bytes, (size_t)size);
}

int post_run(const struct test_post *post, const char *input, struct buf *out,
             const char *const argv[])
{
    int pipe_ends[2], status;

    fflush(NULL);
    if (pipe2(pipe_ends, O_CLOEXEC) != 0)
        err(1, "pipe");
    pid_t pid = fork();
    if (pid < 0)
        err(1, "fork");
    if (pid == 0)
        become(post, input, pipe_ends[1], argv);
    close(pipe_ends[1]);
    read_all(pipe_ends[0], out);
    close(pipe_ends[0]);
    if (waitpid(pid, &status, 0) != pid)
        err(1, "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void must_run(const struct test_post *post, const char *const argv[])
{
    if (post_run(post, NULL, NULL, argv) != 0)
        errx(1, "%s of the post failed", argv[0]);
}

#define must(post, ...) must_run(post, (const char *const[]){__VA_ARGS__, NULL})

/* ---- the post ---- */

static void make_folder(struct test_post *post)
{
    char *tmp;

    post->folder = scratch_make();
    post->home = scratch_path(post->folder, "home");
    post->file = scratch_path(post->folder, "hn.amparo");
    tmp = scratch_path(post->folder, "tmp");
    if (mkdir(post->home, 0700) != 0 || mkdir(tmp, 0700) != 0)
        err(1, "%s", post->folder);
    free(tmp);
}

static void today(char *out, size_t size)
{
    time_t now = time(NULL);
    struct tm tm;

    strftime(out, size, "%Y-%m-%d", gmtime_r(&now, &tm));
}

static void fill_directory(const struct test_post *post)
{
    static const char *const states[] = {"CA", "CR", "MX", "PA", "US", "HN"};
    struct buf csv = BUF_INIT;
    char *path = scratch_path(post->folder, "missions.csv");
    char day[16];

    today(day, sizeof day);
    buf_adds(&csv, "state,country,city,kind,source,date\r\n");
    for (size_t i = 0; i < 5; i++)
        buf_addf(&csv, "%s,AE,Abu Dhabi,embassy,seed,%s\r\n", states[i], day);
    scratch_write(path, csv.data, csv.size);
    must(post, "directory", post->file, "import", path);
    must(post, "directory", post->file, "list", "HN", "--on", day);
    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        must(post, "directory", post->file, "party", states[i], "--since", "2026-01-10", "--source",
             "circular note");
    unlink(path);
    free(path);
    buf_release(&csv);
}

void post_make(struct test_post *post)
{
    make_folder(post);
    must(post, "init", post->file, "--slow-machine", "--state", "HN", "--code", "HNTGU", "--post",
         "Consular Directorate", "--country", "HN", "--city", "Tegucigalpa", "--kind",
         "directorate", "--officer", POST_OFFICER);
    fill_directory(post);
}

/* The lines of the demo's directory, each dated today. */
static void add_demo_directory(struct buf *out)
{
    const char *top = getenv("AMPARO_SRC");
    char *path = xasprintf("%s/data/demo/directory.csv", top ? top : "."), line[200], day[16];
    FILE *csv = fopen(path, "r");

    if (!csv)
        err(1, "%s", path);
    today(day, sizeof day);
    while (fgets(line, sizeof line, csv)) {
        char *comma = strrchr(line, ',');
        if (out->size && comma)
            snprintf(comma + 1, (size_t)(line + sizeof line - comma - 1), "%s\n", day);
        buf_adds(out, line);
    }
    fclose(csv);
    free(path);
}

void post_make_as(struct test_post *post, const struct post_like *kind)
{
    struct buf csv = BUF_INIT;

    make_folder(post);
    must(post, "init", post->file, "--slow-machine", "--state", kind->state, "--code", kind->code,
         "--post", kind->name, "--country", kind->country, "--city", kind->city, "--kind",
         kind->kind, "--officer", POST_OFFICER);
    char *path = scratch_path(post->folder, "missions.csv");
    add_demo_directory(&csv);
    scratch_write(path, csv.data, csv.size);
    must(post, "directory", post->file, "import", path);
    for (size_t i = 0; i < ARRAY_SIZE(kind->parties) && kind->parties[i]; i++)
        must(post, "directory", post->file, "party", kind->parties[i], "--since", "2026-01-10",
             "--source", "circular note");
    free(path);
    buf_release(&csv);
}

void post_add_officer(const struct test_post *post, const char *name, const char *role,
                      const char *passphrase)
{
    char *path = scratch_path(post->folder, "passphrase"), *line = xasprintf("%s\n", passphrase);

    scratch_write(path, line, strlen(line));
    must(post, "officer", post->file, "add", name, "--role", role, "--slow-machine",
         "--new-passphrase-file", path);
    free(path);
    free(line);
}

void post_copy(struct test_post *post, const struct test_post *from)
{
    struct buf bytes = BUF_INIT;
    int fd = open(from->file, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        err(1, "%s", from->file);
    make_folder(post);
    read_all(fd, &bytes);
    close(fd);
    scratch_write(post->file, bytes.data, bytes.size);
    buf_release(&bytes);
}

void post_release(struct test_post *post)
{
    free(post->home);
    free(post->file);
    scratch_remove(post->folder);
    *post = (struct test_post){0};
}

static json_t *ask_json(const struct test_post *post, const char *command, const char *reference)
{
    struct buf out = BUF_INIT;
    int status = post_run(post, NULL, &out,
                          (const char *const[]){command, post->file, reference, "--json", NULL});
    json_t *json = status == 0 ? json_loadb(out.data, out.size, 0, NULL) : NULL;

    if (!json)
        errx(1, "%s --json failed with %d", command, status);
    buf_release(&out);
    return json;
}

json_t *post_show(const struct test_post *post, const char *reference)
{
    return ask_json(post, "show", reference);
}

json_t *post_acts(const struct test_post *post, const char *reference)
{
    return ask_json(post, "acts", reference);
}

/* ---- the program on a terminal ---- */

struct child *post_start(const struct test_post *post, const struct child_options *options)
{
    struct child_options own = options ? *options : (struct child_options){0};
    char *tmp = xasprintf("TMPDIR=%s/tmp", post->folder);
    const char *const env[] = {tmp, NULL};
    struct child *child;

    own.home = post->home;
    if (!own.env)
        own.env = env;
    child = expect_start(&own, (const char *const[]){NULL, post->file, NULL});
    free(tmp);
    return child;
}

void post_unlock(struct child *child)
{
    child_type(child, POST_PASSPHRASE);
    child_press(child, PRESS_ENTER);
}
