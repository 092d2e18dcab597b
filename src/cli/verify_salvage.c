/* SPDX-License-Identifier: MIT */
/* amparo verify --salvage: what can be read of a damaged case file goes into a new one. */
#include "verify_work.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/paper/output.h"
#include "amparo/store/salvage.h"

struct places {
    char *file, *list;
    bool made; /* the folder: removed again where nothing comes into it */
};

static bool is_free(const char *path, struct error *err)
{
    return access(path, F_OK) != 0 ||
           error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);
}

static bool find_places(const char *from, const char *folder, struct places *out, struct error *err)
{
    char *copy = xstrdup(from);

    out->file = xasprintf("%s/%s", folder, basename(copy));
    out->list = xasprintf("%s/lost.txt", folder);
    free(copy);
    out->made = mkdir(folder, 0700) == 0;
    if (!out->made && errno != EEXIST)
        return error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), folder, strerror(errno));
    return is_free(out->file, err) && is_free(out->list, err);
}

static void put_sums(const struct salvaged *s, struct buf *out)
{
    if (!s->list.size)
        buf_adds(out, _("nothing is damaged, nothing is lost\n"));
    else
        buf_addf(out, _("lost, as far as can be told: acts %zu, parts of acts %zu\n"), s->lost_acts,
                 s->lost_parts);
    buf_addf(out,
             _("saved: acts %zu, their parts %zu, rows of drafts, settings and directory %zu\n"),
             s->acts, s->parts, s->rows);
    if (s->erased)
        buf_addf(out, _("persons erased again, as the file of erasures says: %zu\n"), s->erased);
}

static bool put_list(const struct places *places, const struct salvaged *s, struct error *err)
{
    struct buf text = BUF_INIT;

    buf_add(&text, s->list.data, s->list.size);
    put_sums(s, &text);
    bool ok = output_file(places->list, buf_text(&text), text.size, err);
    if (ok) {
        cli_put_lines(&text);
        printf(_("%s is written and verified. Keep the damaged file, and go on with this one; the "
                 "list is in %s.\n"),
               places->file, places->list);
    }
    buf_release(&text);
    return ok;
}

static bool salvage(const struct cli *cli, const char *file, const struct places *places,
                    struct error *err)
{
    struct typed_secret secret;
    struct progress progress;
    struct salvaged salvaged;

    if (!cli_passphrase(cli, &secret, err))
        return false;
    const struct salvage_how how = {.officer = cli_value(cli, "officer"),
                                    .passphrase = {secret.bytes, secret.length},
                                    .progress = progress_step,
                                    .ctx = &progress};
    progress_begin(&progress, _("Saving what can be read"));
    bool ok = store_salvage(file, places->file, &how, &salvaged, err);
    progress_end(&progress);
    secret_release(&secret);
    ok = ok && put_list(places, &salvaged, err);
    buf_release(&salvaged.list);
    return ok;
}

bool verify_salvage(const struct cli *cli, const char *file, const char *folder, struct error *err)
{
    struct places places = {NULL, NULL, false};

    if (cli_has(cli, "witness") || cli_has(cli, "rebuild"))
        return error_set(err, ERROR_INPUT, _("--salvage comes alone; verify the new file then"));
    if (access(file, F_OK) != 0)
        return error_set(err, ERROR_FAILED, _("%s: cannot be opened: %s"), file, strerror(errno));
    bool ok = find_places(file, folder, &places, err) && salvage(cli, file, &places, err);
    if (!ok && places.made)
        rmdir(folder);
    free(places.file);
    free(places.list);
    return ok;
}
