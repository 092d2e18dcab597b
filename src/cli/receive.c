/* SPDX-License-Identifier: MIT */
/* amparo receive: what came from other posts, by files, folders or standard input. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/pouch/carry.h"

/* ---- for people ---- */

/* Its file and name, as far as it has them. Whoever laid the file there gave it its name. */
static void put_name(const struct carry_arrival *a, struct buf *out)
{
    if (a->path)
        text_shown(out, a->path, strlen(a->path));
    else
        buf_adds(out, _("standard input"));
    if (*a->name)
        buf_addf(out, _(", pouch %s"), a->name);
    buf_adds(out, ": ");
}

static void put_line(const struct carry_arrival *a, struct buf *out)
{
    struct buf counts = BUF_INIT;

    put_name(a, out);
    if (a->outcome == CARRY_KNOWN) {
        buf_adds(out, _("was taken before\n"));
        return;
    }
    carry_say_arrival(a, &counts);
    if (a->from)
        buf_addf(out, _("from %s: "), a->from);
    buf_addf(out, "%s\n", buf_text(&counts));
    buf_release(&counts);
}

static void put_lines(const struct carry_received *received)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < received->count; i++)
        if (carry_was_opened(&received->list[i]) || received->list[i].outcome == CARRY_KNOWN)
            put_line(&received->list[i], &out);
    cli_put_lines(&out);
    buf_release(&out);
}

/* ---- for programs ---- */

static json_t *arrival_json(const struct carry_arrival *a)
{
    const struct taken_in *t = &a->taken;
    json_t *json =
        json_pack("{s:s?, s:s, s:s, s:s?, s:s?}", "file", a->path, "pouch", a->name, "outcome",
                  carry_outcome_name(a->outcome), "why", a->why, "from", a->from);
    const struct {
        const char *key;
        size_t count;
    } counts[] = {
        {"new", t->kept},          {"again", a->again},         {"opened", t->opened},
        {"recorded", t->recorded}, {"linked", t->linked},       {"refused", t->refused},
        {"unplaced", t->unplaced}, {"forked", t->forked},       {"directory", a->directory.added},
        {"receipts", a->receipts}, {"unknown", a->unknown},     {"forged", a->forged},
        {"strange", a->strange},   {"forwarded", a->forwarded}, {"too_many", a->too_many},
    };

    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        json_object_set_new(json, counts[i].key, json_integer((json_int_t)counts[i].count));
    return json;
}

static void put_json(const struct carry_received *received)
{
    json_t *array = json_array();

    for (size_t i = 0; i < received->count; i++)
        json_array_append_new(array, arrival_json(&received->list[i]));
    cli_put_json(array);
}

/* ---- the exit status ---- */

/* What was damaged or is not authentic: a line each, and status 4. What was for others, or waits
 * for a key, is said and is no error. */
static bool judge(const struct carry_received *received, struct error *err)
{
    bool good = true;
    size_t others = 0;

    for (size_t i = 0; i < received->count; i++) {
        const struct carry_arrival *a = &received->list[i];
        struct buf line = BUF_INIT;
        others += a->outcome == CARRY_CLOSED;
        if (!a->why || a->outcome == CARRY_CLOSED)
            continue;
        put_name(a, &line);
        buf_adds(&line, a->why);
        if (a->outcome >= CARRY_DAMAGED)
            good = error_set(err, ERROR_VAULT, "%s", buf_text(&line));
        else
            fprintf(stderr, "amparo: %s\n", buf_text(&line));
        buf_release(&line);
    }
    if (others)
        fprintf(stderr,
                n_("amparo: %zu pouch does not open with the keys of this post: it is for others, "
                   "or was damaged\n",
                   "amparo: %zu pouches do not open with the keys of this post: they are for "
                   "others, or were damaged\n",
                   others),
                others);
    if (!received->count)
        good = error_set(err, ERROR_INPUT,
                         _("there is no pouch in it: neither a file of one, nor its text, mail or "
                           "codes"));
    return good;
}

/* ---- the call ---- */

/* The paths; "-" among them is standard input. */
static bool gather(int argc, char **argv, const char **paths, struct carry_source *source,
                   struct buf *input, struct error *err)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-") != 0)
            paths[source->count++] = argv[i];
        else if (source->bytes)
            return error_set(err, ERROR_INPUT, _("standard input can be read once"));
        else if (!cli_read("-", input, err))
            return false;
        else
            source->bytes = input;
    }
    source->paths = paths;
    return true;
}

static bool receive(const struct cli *cli, const char *file, struct carry_source *source,
                    struct error *err)
{
    struct carry_received received;
    struct progress progress;
    struct store *store;

    if (!cli_open(cli, file, 0, &store, err))
        return false;
    progress_begin(&progress, _("Receiving"));
    source->progress = progress_step;
    source->ctx = &progress;
    bool ok = carry_receive(store, source, &received, err);
    progress_end(&progress);
    if (cli_has(cli, "json"))
        put_json(&received);
    else
        put_lines(&received);
    fflush(stdout);
    if (ok)
        ok = judge(&received, err);
    else if (received.count)
        judge(&received, err);
    carry_received_release(&received);
    cli_wrote(store);
    store_close(store);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    const char **paths = xcalloc((size_t)argc, sizeof *paths);
    struct carry_source source = {.paths = NULL};
    struct buf input = BUF_INIT;

    bool ok =
        gather(argc, argv, paths, &source, &input, err) && receive(cli, argv[0], &source, err);
    buf_release(&input);
    free(paths);
    return ok;
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_receive = {
    .name = "receive",
    .usage = "FILE POUCH|DIR|-... [--json]",
    .summary = N_("pouches from other posts: files, folders, saved mail, texts, codes"),
    .help = N_("In any order and any number of times. - is standard input: a text that was pasted, "
               "or what a\nscanner types of QR codes. Status 4 where something is damaged or not "
               "authentic; the rest is\ntaken all the same."),
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
