/* SPDX-License-Identifier: MIT */
#include "tests/bench/session.h"

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/demo.h"
#include "amparo/base/mem.h"
#include "tests/bench/bigfile.h"
#include "tests/harness/scratch.h"

const struct profile profile_plain = {"plain", "--line=slow"};
const struct profile profile_rich = {"rich", "--line=fast"};

/* Where the program is to be now. */
static void must_show(const struct child *child, const char *text)
{
    const struct emulator *screen = child_screen(child);

    if (emulator_find(screen, text) < 0)
        errx(1, "\"%s\" is not on the screen:\n%s", text, emulator_text(screen));
}

struct child *session_start(const struct child_options *options, const struct profile *profile,
                            const struct session_file *file)
{
    if (!bigfile_tidy(file->path, file->passphrase))
        errx(1, "%s does not open", file->path);
    struct child *child =
        child_start(options, (const char *const[]){NULL, profile->line_option, file->path, NULL});

    child_rest(child);
    must_show(child, "Passphrase");
    return child;
}

void session_end(struct child *child)
{
    child_kill(child, SIGTERM);
    child_wait(child);
    child_free(child);
}

void session_passphrase(struct child *child, const struct session_file *file)
{
    child_type(child, file->passphrase);
}

void session_unlock(struct child *child, const struct session_file *file)
{
    session_passphrase(child, file);
    child_press(child, PRESS_ENTER);
    must_show(child, SESSION_HOME);
}

void session_find(struct child *child)
{
    child_type(child, "/");
    must_show(child, "Search");
}

void session_intake(struct child *child)
{
    child_type(child, "n");
    must_show(child, "Intake 1");
}

void session_text_field(struct child *child)
{
    static const char field[] = ">Reported by";
    enum { FIELDS = 40 };

    for (int i = 0; i < FIELDS && emulator_find(child_screen(child), field) < 0; i++)
        child_press(child, PRESS_TAB);
    must_show(child, field);
}

const char *session_folder(void)
{
    const char *folder = getenv("AMPARO_BENCH");

    return folder ? folder : "bench";
}

/* ---- the files ---- */

static void make_demo(const char *folder)
{
    const char *program = getenv("AMPARO");
    char *command = xasprintf("'%s' demo '%s' >/dev/null", program ? program : "amparo", folder);

    mkdir(session_folder(), 0700);
    if (access(folder, F_OK) == 0)
        scratch_remove(xstrdup(folder));
    if (system(command) != 0)
        errx(1, "%s failed", command);
    free(command);
}

const struct session_file *session_demo(void)
{
    static struct session_file file;
    struct buf passphrase = BUF_INIT;

    if (file.path)
        return &file;
    char *folder = scratch_path(session_folder(), "demo");
    make_demo(folder);
    file.path = scratch_path(folder, "1-honduras.amparo");
    if (!demo_passphrase(file.path, &passphrase))
        errx(1, "%s: no demo", folder);
    file.passphrase = buf_detach(&passphrase);
    free(folder);
    return &file;
}

static const struct session_file *kept(struct session_file *file, long cases)
{
    if (!file->path) {
        file->path = bigfile(session_folder(), cases);
        file->passphrase = xstrdup(BIGFILE_PASSPHRASE);
    }
    return file;
}

const struct session_file *session_small(void)
{
    static struct session_file file;

    return kept(&file, 200);
}

const struct session_file *session_tenth(void)
{
    static struct session_file file;

    return kept(&file, 10000);
}

const struct session_file *session_big(void)
{
    static struct session_file file;

    return kept(&file, 100000);
}
