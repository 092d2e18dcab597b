/* SPDX-License-Identifier: MIT */
#include "amparo/paper/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

extern char **environ;

/* ---- files ---- */

static bool write_all(int fd, const char *text, size_t size)
{
    while (size) {
        ssize_t n = write(fd, text, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text += n;
        size -= (size_t)n;
    }
    return true;
}

bool output_file(const char *path, const char *text, size_t size, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST)
        return error_set(err, ERROR_INPUT, _("%s: is there already; choose another name"), path);
    if (fd < 0)
        return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(errno));
    bool ok = write_all(fd, text, size) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok)
        return true;
    unlink(path);
    return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
}

/* ---- programs of the printing system ---- */

static bool start(struct program *job, char *const argv[], const char *text, size_t size,
                  struct error *err)
{
    int status = program_start(job, argv, environ, text, size);
    if (!status)
        return true;
    if (status == ENOENT)
        return error_set(err, ERROR_FAILED,
                         _("%s is not installed here: install cups-client, or write to a file"),
                         argv[0]);
    return error_set(err, ERROR_FAILED, "%s: %s", argv[0], strerror(status));
}

bool output_print_start(struct program *job, const char *printer, const char *text, size_t size,
                        struct error *err)
{
    char lp[] = "lp", d[] = "-d";
    char *name = printer ? xstrdup(printer) : NULL;
    char *with[] = {lp, d, name, NULL}, *without[] = {lp, NULL};
    bool ok = start(job, printer ? with : without, text, size, err);
    free(name);
    return ok;
}

bool output_print_end(struct program *job, struct buf *said, struct error *err)
{
    enum program_end end = program_end(job);
    struct buf words = BUF_INIT;
    program_first_words(job, &words);
    program_release(job);
    if (end == PROGRAM_GIVEN_UP)
        error_set(err, ERROR_FAILED, "%s", _("printing was given up"));
    else if (end == PROGRAM_FAILED)
        error_set(err, ERROR_FAILED, _("the printer refuses: %s"),
                  words.size ? buf_text(&words) : _("it does not say why"));
    else if (said)
        buf_adds(said, buf_text(&words));
    buf_release(&words);
    return end == PROGRAM_DONE;
}

bool output_print(const char *printer, const char *text, size_t size, struct buf *said,
                  struct error *err)
{
    struct program job;
    if (!output_print_start(&job, printer, text, size, err))
        return false;
    while (program_step(&job, -1))
        ;
    return output_print_end(&job, said, err);
}

static void add_printer(struct printers *out, const char *name, size_t size)
{
    if (!size)
        return;
    out->names = xreallocarray(out->names, out->count + 1, sizeof *out->names);
    out->names[out->count++] = xstrndup(name, size);
}

/* True where the program answered: that it fails is an answer too, for it knows no printer then. */
static bool ask(char *const argv[], struct buf *answer, struct error *err)
{
    enum { PATIENCE_MS = 250, TRIES = 12 };
    struct program job;
    if (!start(&job, argv, "", 0, err))
        return false;
    for (int tries = 0; tries < TRIES && program_step(&job, PATIENCE_MS);)
        tries += job.input < 0; /* the first steps only close its input */
    if (program_end(&job) == PROGRAM_DONE)
        buf_adds(answer, buf_text(&job.answer));
    program_release(&job);
    return true;
}

bool output_printers(struct printers *out, struct error *err)
{
    char lpstat[] = "lpstat", e[] = "-e";
    char *argv[] = {lpstat, e, NULL};
    struct buf said = BUF_INIT;
    *out = (struct printers){0};
    if (!ask(argv, &said, err))
        return false;
    for (const char *line = buf_text(&said); *line; line += strspn(line, "\n")) {
        size_t size = strcspn(line, "\n");
        add_printer(out, line, size);
        line += size;
    }
    buf_release(&said);
    return true;
}

void printers_release(struct printers *printers)
{
    for (size_t i = 0; i < printers->count; i++)
        free(printers->names[i]);
    free(printers->names);
    *printers = (struct printers){0};
}
