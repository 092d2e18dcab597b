/* SPDX-License-Identifier: MIT */
/* amparo persons, amparo duplicates: who is recorded, and who may be recorded twice. */
#include "commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/likely.h"
#include "amparo/store/record.h"

/* Its cells: reference 18, person 3, State 2, born 11, name the rest; below it, why. */
static void put_row(struct buf *out, const struct person_row *row)
{
    const char *name = row->locked       ? _("person under lock")
                       : row->restricted ? _("restricted case")
                       : row->erased     ? _("person erased")
                                         : row->title;

    text_pad(out, row->reference, 18);
    buf_addf(out, " %3ld %-2s ", row->person, row->receiving_state);
    text_pad(out, row->born, 11);
    buf_addf(out, " %s\n", name);
    if (row->like.reasons) {
        buf_addf(out, "%24s ", "");
        likeness_say(out, row->like.reasons, reader_language);
        buf_addc(out, '\n');
    }
}

static bool put_rows(const struct cli *cli, struct person_rows *rows)
{
    struct buf out = BUF_INIT;
    bool ok = true;

    if (cli_has(cli, "json")) {
        ok = cli_put_json(person_rows_json(rows));
    } else {
        for (size_t i = 0; i < rows->count; i++)
            put_row(&out, &rows->list[i]);
        cli_put_lines(&out);
    }
    buf_release(&out);
    person_rows_release(rows);
    return ok;
}

/* ---- persons ---- */

static bool find_persons(struct store *store, const char *query, struct person_rows *rows,
                         struct error *err)
{
    struct traits like;

    likely_query(query, &like);
    bool ok = traits_are_enough(&like)
                  ? store_likely(store, &like, NULL, 0, rows, err)
                  : error_set(err, ERROR_INPUT,
                              _("\"%s\": write names, a number of a document or a telephone; a "
                                "birth date may stand beside them"),
                              query);
    traits_release(&like);
    return ok;
}

static bool run_persons(struct cli *cli, int argc, char **argv, struct error *err)
{
    enum { MOST = 1000 };
    struct person_rows rows;
    struct buf query = BUF_INIT;
    struct store *store;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    for (int i = 1; i < argc; i++)
        buf_addf(&query, "%s%s", i > 1 ? " " : "", argv[i]);
    bool ok = (query.size ? find_persons(store, buf_text(&query), &rows, err)
                          : store_persons(store, MOST, &rows, err)) &&
              put_rows(cli, &rows);
    buf_release(&query);
    store_close(store);
    return ok;
}

/* ---- duplicates ---- */

static bool read_person(const char *text, long *person, struct error *err)
{
    char *end;

    errno = 0;
    *person = strtol(text, &end, 10);
    return (!errno && !*end && *person > 0) ||
           error_set(err, ERROR_INPUT, _("%s: is no number of a person"), text);
}

static void add_rows(struct person_rows *all, struct person_rows *more)
{
    all->list = xreallocarray(all->list, all->count + more->count + 1, sizeof *all->list);
    for (size_t i = 0; i < more->count; i++)
        all->list[all->count++] = more->list[i];
    free(more->list);
}

/* Of one person, or of all of the case. */
static bool find_duplicates(struct store *store, const char *reference, long person,
                            struct person_rows *rows, struct error *err)
{
    long persons[CASE_PERSONS_MOST];
    struct case_file c;
    bool ok = true;

    if (person)
        return store_likely_same(store, reference, person, rows, err);
    *rows = (struct person_rows){NULL, 0};
    if (!store_case(store, reference, &c, err))
        return false;
    size_t count = case_persons(&c, persons, CASE_PERSONS_MOST);
    for (size_t i = 0; ok && i < count && i < CASE_PERSONS_MOST; i++) {
        struct person_rows some;
        if (case_erased(&c, persons[i]))
            continue;
        ok = store_likely_same(store, reference, persons[i], &some, err);
        if (ok)
            add_rows(rows, &some);
    }
    case_release(&c);
    if (!ok)
        person_rows_release(rows);
    return ok;
}

static bool run_duplicates(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct person_rows rows;
    struct store *store;
    long person = 0;

    if ((argc > 2 && !read_person(argv[2], &person, err)) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = find_duplicates(store, argv[1], person, &rows, err) && put_rows(cli, &rows);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_persons = {
    .name = "persons",
    .usage = "FILE [--json] [QUERY]",
    .summary = N_("who is recorded; QUERY: names, a birth date, a document: the likeliest first"),
    .help =
        N_("Names are found in either order, without their accents and particles, and with a\n"
           "letter wrong; a birth date (1998-03-14, 1998-03-XX) as far as it is known. At most\n"
           "seven are shown, each with its reasons. Who is under the protection lock, or in a\n"
           "restricted case of other officers, is shown without a name."),
    .options = options,
    .least = 1,
    .most = -1,
    .run = run_persons,
};

const struct command command_duplicates = {
    .name = "duplicates",
    .usage = "FILE CASE [PERSON] [--json]",
    .summary =
        N_("who of the file may be the same person; `link` joins two records, `unlink` parts "
           "them"),
    .options = options,
    .least = 2,
    .most = 3,
    .run = run_duplicates,
};
