/* SPDX-License-Identifier: MIT */
#include "amparo/paper/printer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static bool start(struct program *job, char *const argv[], char *const environment[],
                  const char *bytes, size_t size, struct error *err)
{
    int status = program_start(job, argv, environment, bytes, size);
    if (!status)
        return true;
    if (status == ENOENT)
        return error_set(err, ERROR_FAILED,
                         _("%s is not installed here: install cups-client, or write to a file"),
                         argv[0]);
    return error_set(err, ERROR_FAILED, "%s: %s", argv[0], strerror(status));
}

/* ---- which there are ---- */

/* Our variables, but for the language: what it says is read, and its form depends on that. */
static char **plain_environment(void)
{
    static char all[] = "LC_ALL=C.UTF-8", language[] = "LANGUAGE=";
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **out = xcalloc(count + 3, sizeof *out);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "LC_", 3) != 0 && strncmp(environ[i], "LANG", 4) != 0)
            out[kept++] = environ[i];
    out[kept++] = all;
    out[kept++] = language;
    return out;
}

bool printers_ask(struct program *asking, struct error *err)
{
    char lpstat[] = "lpstat", e[] = "-e", d[] = "-d", p[] = "-p", a[] = "-a";
    char *argv[] = {lpstat, e, d, p, a, NULL}, **environment = plain_environment();
    bool ok = start(asking, argv, environment, "", 0, err);
    free(environment);
    return ok;
}

bool printers_answer(struct program *asking, struct printers *out, struct error *err)
{
    struct buf words = BUF_INIT;
    bool given_up = program_end(asking) == PROGRAM_GIVEN_UP;
    printers_read(buf_text(&asking->answer), out);
    program_first_words(asking, &words);
    if (!out->count)
        error_set(err, ERROR_FAILED, _("no printer: %s"),
                  given_up     ? _("the printing system does not answer")
                  : words.size ? buf_text(&words)
                               : _("none is set up here"));
    buf_release(&words);
    program_release(asking);
    return out->count > 0;
}

static struct printer *find(const struct printers *printers, const char *name, size_t size)
{
    for (size_t i = 0; i < printers->count; i++)
        if (strlen(printers->list[i].name) == size &&
            memcmp(printers->list[i].name, name, size) == 0)
            return &printers->list[i];
    return NULL;
}

const struct printer *printers_find(const struct printers *printers, const char *name)
{
    return find(printers, name, strlen(name));
}

const struct printer *printers_usual(const struct printers *printers)
{
    for (size_t i = 0; i < printers->count; i++)
        if (printers->list[i].usual)
            return &printers->list[i];
    return NULL;
}

/* The one of that name, which may be new. */
static struct printer *take(struct printers *out, const char *name, size_t size)
{
    struct printer *printer = find(out, name, size);
    if (printer || !size)
        return printer;
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    printer = &out->list[out->count++];
    *printer = (struct printer){.name = xstrndup(name, size)};
    return printer;
}

static bool begins(const char *line, size_t size, const char *with)
{
    size_t length = strlen(with);
    return size >= length && memcmp(line, with, length) == 0;
}

static bool has(const char *line, size_t size, const char *words)
{
    return size && memmem(line, size, words, strlen(words));
}

/* The line below one that says something of a printer: why. */
static void take_words(struct printer *printer, const char *line, size_t size)
{
    while (size && (*line == '\t' || *line == ' ')) {
        line++;
        size--;
    }
    if (!size || printer->says || begins(line, size, "reason unknown"))
        return;
    printer->says = xstrndup(line, size);
}

/*
 * "laser" · "system default destination: laser" · "printer laser disabled since … -" · "laser not
 * accepting requests since … -": of the printer that it returns the next line, which stands further
 * in, says why; NULL: of none.
 */
static struct printer *read_line(struct printers *out, const char *line, size_t size)
{
    static const char usual[] = "system default destination: ", printer[] = "printer ";
    struct printer *of;
    size_t name = strcspn(line, " \t\n");

    if (name == size) {
        take(out, line, size);
    } else if (begins(line, size, usual)) {
        line += strlen(usual);
        of = take(out, line, strcspn(line, " \t\n"));
        if (of)
            of->usual = true;
    } else if (begins(line, size, printer) && has(line, size, " disabled since ")) {
        line += strlen(printer);
        of = take(out, line, strcspn(line, " \t\n"));
        if (of)
            of->stopped = true;
        return of;
    } else if (has(line + name, size - name, " not accepting requests since ")) {
        of = take(out, line, name);
        if (of)
            of->refuses = true;
        return of;
    }
    return NULL;
}

void printers_read(const char *text, struct printers *out)
{
    struct printer *of = NULL;
    *out = (struct printers){0};
    while (*text) {
        size_t size = strcspn(text, "\n");
        bool further = *text == '\t' || *text == ' ';
        if (further && of)
            take_words(of, text, size);
        else if (!further)
            of = read_line(out, text, size);
        text += size + (text[size] == '\n');
    }
}

void printers_release(struct printers *printers)
{
    for (size_t i = 0; i < printers->count; i++) {
        free(printers->list[i].name);
        free(printers->list[i].says);
    }
    free(printers->list);
    *printers = (struct printers){0};
}

/* ---- printing ---- */

bool print_start(struct program *job, const struct print_order *order, const char *bytes,
                 size_t size, struct error *err)
{
    static const char *const media[] = {[PAPER_LETTER] = "media=Letter", [PAPER_A4] = "media=A4"};
    char lp[] = "lp", n[] = "-n", o[] = "-o", d[] = "-d", copies[24];
    char *paper = xstrdup(media[order->size]);
    char *printer = order->printer ? xstrdup(order->printer) : NULL;
    char *argv[] = {lp, n, copies, o, paper, printer ? d : NULL, printer, NULL};

    snprintf(copies, sizeof copies, "%ld", order->copies);
    bool ok = start(job, argv, environ, bytes, size, err);
    free(paper);
    free(printer);
    return ok;
}

/* "request id is laser-7 (1 file(s))", in whichever language: the first word that ends in a hyphen
 * and digits. */
static void add_request(struct buf *out, const char *said)
{
    while (*said) {
        size_t size = strcspn(said, " "), digits = size;
        while (digits && said[digits - 1] >= '0' && said[digits - 1] <= '9')
            digits--;
        if (digits < size && digits > 1 && said[digits - 1] == '-') {
            buf_add(out, said, size);
            return;
        }
        said += size + (said[size] == ' ');
    }
}

enum print_fate print_end(struct program *job, struct buf *request, struct error *err)
{
    bool all_sent = job->sent == job->size;
    enum program_end end = program_end(job);
    struct buf words = BUF_INIT;
    program_first_words(job, &words);
    program_release(job);
    if (end == PROGRAM_GIVEN_UP)
        error_set(err, ERROR_FAILED, "%s",
                  all_sent ? _("printing was given up when all was sent: look at the printer")
                           : _("printing was given up"));
    else if (end == PROGRAM_FAILED)
        error_set(err, ERROR_FAILED, _("the printer refuses: %s"),
                  words.size ? buf_text(&words) : _("it does not say why"));
    else if (request)
        add_request(request, buf_text(&words));
    buf_release(&words);
    return end == PROGRAM_DONE                   ? PRINT_TAKEN
           : end == PROGRAM_GIVEN_UP && all_sent ? PRINT_UNKNOWN
                                                 : PRINT_NOT;
}

bool print_document(const struct print_order *order, const char *bytes, size_t size,
                    struct buf *request, struct error *err)
{
    struct program job;
    if (!print_start(&job, order, bytes, size, err))
        return false;
    while (program_step(&job, -1))
        ;
    return print_end(&job, request, err) == PRINT_TAKEN;
}
