/* SPDX-License-Identifier: MIT */
/* amparo inbox: what came in by pouch and what it asks; both sides of a case; which case it is. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/incoming.h"
#include "amparo/store/trustlog.h"

enum { SHORT_ID = 12 /* hex digits that a line shows, and `place` takes at least */ };

/* ---- for people ---- */

static void add(struct buf *out, const char *what)
{
    buf_addf(out, "%s%s", out->size ? "; " : "", what);
}

static void say_asked(const struct letter *l, struct buf *out)
{
    struct buf asked = BUF_INIT;

    buf_adds(&asked, _(asked_label(l->asked)));
    if (*l->due)
        buf_addf(&asked, _(", by %.16s"), l->due);
    add(out, buf_text(&asked));
    buf_release(&asked);
}

/* What is to be known besides: what it asks, and what stands against it. */
static void say_more(const struct letter *l, struct buf *out)
{
    struct buf standing = BUF_INIT;

    if (l->asks)
        say_asked(l, out);
    letter_say_standing(l, &standing);
    if (standing.size)
        add(out, buf_text(&standing));
    buf_release(&standing);
    if (*l->id && !l->ours && l->trust < TRUST_CHECKED)
        add(out, _("its key is not verified"));
    if (l->refused)
        add(out, l->refused);
}

/* The case where it is of all cases, or who said it to whom where it is of one. */
static void put_letter(struct buf *out, const struct letter *l, bool of_case)
{
    struct buf more = BUF_INIT;
    char when[17];

    text_pad(out, cli_when(of_case ? l->said : l->came, when), 16);
    buf_adds(out, of_case ? l->ours ? " > " : " < " : " ");
    text_pad(out, *l->post ? l->post : *l->state ? l->state : "-", 9);
    buf_addc(out, ' ');
    if (!of_case)
        text_pad(out, l->reference ? l->reference : "-", 19);
    buf_addf(out, "%-*.*s %s", SHORT_ID, SHORT_ID, *l->id ? l->id : "-",
             l->kind == ACT_NONE ? _("of a newer version") : _(act_type(l->kind)->label));
    say_more(l, &more);
    if (more.size)
        buf_addf(out, ": %s", buf_text(&more));
    buf_addc(out, '\n');
    buf_release(&more);
}

static void put_letters(const struct letters *letters, bool of_case)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < letters->count; i++)
        put_letter(&out, &letters->list[i], of_case);
    cli_put_lines(&out);
    buf_release(&out);
}

/* ---- looking ---- */

static bool look(struct cli *cli, const char *file, const char *reference, struct error *err)
{
    struct letters letters = {NULL, 0};
    struct store *store;
    json_t *json = NULL;

    if (!cli_open(cli, file, 0, &store, err))
        return false;
    bool ok, as_json = cli_has(cli, "json");
    if (as_json)
        ok = (json = reference ? store_correspondence_json(store, reference, err)
                               : store_inbox_json(store, err)) != NULL;
    else
        ok = reference ? store_correspondence(store, reference, &letters, err)
                       : store_inbox(store, &letters, err);
    if (ok && reference)
        cli_viewed(store, reference, "inbox");
    if (ok && as_json)
        cli_put_json(json);
    else if (ok)
        put_letters(&letters, reference != NULL);
    letters_release(&letters);
    store_close(store);
    return ok;
}

/* ---- placing ---- */

/* The one whose id begins so. */
static bool find_id(struct store *store, const char *start, uint8_t id[ACT_ID_SIZE],
                    struct error *err)
{
    struct letters letters;
    size_t found = 0;
    const char *hex = NULL;
    bool ok = store_inbox(store, &letters, err);

    for (size_t i = 0; ok && strlen(start) >= SHORT_ID && i < letters.count; i++)
        if (strncmp(letters.list[i].id, start, strlen(start)) == 0) {
            hex = letters.list[i].id;
            found++;
        }
    if (ok && found != 1)
        ok = error_set(err, ERROR_INPUT,
                       _("%s: is not the beginning of the id of one that came in"), start);
    if (ok)
        diract_hex(hex, id, ACT_ID_SIZE);
    letters_release(&letters);
    return ok;
}

static bool place(struct cli *cli, const char *file, const char *start, const char *reference,
                  struct error *err)
{
    const struct trusted *trust;
    struct taken_in taken = {.each = NULL};
    uint8_t id[ACT_ID_SIZE];
    struct store *store;

    if (!cli_open(cli, file, 0, &store, err))
        return false;
    bool ok = find_id(store, start, id, err) && store_trust(store, &trust, err) &&
              store_place_case(store, trust, id, strcmp(reference, "new") ? reference : NULL,
                               &taken, err);
    if (ok)
        printf(n_("%zu act recorded\n", "%zu acts recorded\n", taken.recorded), taken.recorded);
    taken_in_release(&taken);
    cli_wrote(store);
    store_close(store);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    if (argc < 3)
        return look(cli, argv[0], argc > 1 ? argv[1] : NULL, err);
    if (argc == 4 && strcmp(argv[1], "place") == 0)
        return place(cli, argv[0], argv[2], argv[3], err);
    return error_set(err, ERROR_INPUT, _("inbox: FILE, FILE CASE, or FILE place DISPATCH CASE"));
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_inbox = {
    .name = "inbox",
    .usage = "FILE [CASE] [--json]\n"
             "FILE place DISPATCH CASE|new",
    .summary = N_("what came in by pouch and what it asks; of a case what both sides said"),
    .help =
        N_("What does not count, waits or could not be recorded says why. place says which case "
           "here a\ndispatch is about, where that is not clear, or that it is another one; its "
           "id, or the beginning."),
    .options = options,
    .least = 1,
    .most = 4,
    .run = run,
};
