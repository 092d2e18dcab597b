/* SPDX-License-Identifier: MIT */
#include "amparo/paper/pdf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/page/bytes.h"

#define HELPER "amparo-pdf"

/* Beside this program, as it is built; or NULL. The caller frees it. */
static char *beside(void)
{
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash;
    if (size <= 0)
        return NULL;
    self[size] = '\0';
    slash = strrchr(self, '/');
    return slash ? xasprintf("%.*s/%s", (int)(slash - self), self, HELPER) : NULL;
}

static char *find_helper(void)
{
    char *built = beside();
    if (built && access(built, X_OK) == 0)
        return built;
    free(built);
    return xstrdup(PKGLIBEXECDIR "/" HELPER);
}

bool pdf_is_here(void)
{
    char *path = find_helper();
    bool is = access(path, X_OK) == 0;
    free(path);
    return is;
}

static bool no_helper(int why, const char *path, struct error *err)
{
    if (why == ENOENT)
        return error_set(err, ERROR_FAILED,
                         _("%s, which draws pages, is not installed here: install libpango1.0-dev, "
                           "fonts-dejavu-core and fonts-droid-fallback and build again, or take "
                           "plain text"),
                         HELPER);
    return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
}

bool pdf_start(struct pdf_job *job, const char *helper, const struct paper *p, enum paper_size size,
               struct error *err)
{
    char *path = helper ? xstrdup(helper) : find_helper(), *const nothing[] = {NULL};
    char *argv[] = {path, NULL};
    *job = (struct pdf_job){.late = clock_steady_ms() + PDF_PATIENCE_MS};
    page_encode(p, size, &job->description);
    int status = program_start(&job->program, argv, nothing, buf_text(&job->description),
                               job->description.size);
    if (status) {
        no_helper(status, path, err);
        buf_release(&job->description);
    }
    free(path);
    return status == 0;
}

bool pdf_step(struct pdf_job *job, int wait_ms)
{
    return clock_steady_ms() < job->late && program_step(&job->program, wait_ms);
}

/* How many letters it had no font for: its last word, where it has drawn the rest. */
static size_t count_missing(const struct program *p)
{
    size_t missing = 0;
    sscanf(buf_text(&p->words), HELPER ": no font has %zu", &missing);
    return missing;
}

/* What it wrote before it failed is no document. */
static bool drawn(const struct program *p)
{
    return p->answer.size > 5 && !memcmp(p->answer.data, "%PDF-", 5);
}

bool pdf_end(struct pdf_job *job, struct buf *pdf, struct error *err)
{
    bool late = clock_steady_ms() >= job->late;
    enum program_end end = program_end(&job->program);
    struct buf words = BUF_INIT;
    bool ok = end == PROGRAM_DONE && drawn(&job->program);
    program_first_words(&job->program, &words);
    job->missing = ok ? count_missing(&job->program) : 0;
    if (ok)
        buf_add(pdf, job->program.answer.data, job->program.answer.size);
    else if (end == PROGRAM_GIVEN_UP)
        error_set(err, ERROR_FAILED, "%s",
                  late ? _("drawing the pages took too long, and was given up")
                       : _("drawing the pages was given up"));
    else
        error_set(err, ERROR_FAILED, _("the pages cannot be drawn: %s"),
                  job->program.words.size ? buf_text(&words) : _("it does not say why"));
    buf_release(&words);
    program_release(&job->program);
    buf_release(&job->description);
    return ok;
}

bool pdf_make(const char *helper, const struct paper *p, enum paper_size size, struct buf *pdf,
              size_t *missing, struct error *err)
{
    struct pdf_job job;
    if (!pdf_start(&job, helper, p, size, err))
        return false;
    while (pdf_step(&job, PDF_PATIENCE_MS))
        ;
    bool ok = pdf_end(&job, pdf, err);
    if (missing)
        *missing = job.missing;
    return ok;
}
