/* SPDX-License-Identifier: MIT */
/* amparo print: a document of a case, to standard output, a file of one's own, or the printer. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/destination.h"
#include "amparo/cli/session.h"
#include "amparo/paper/document.h"

/* ---- who is to read ---- */
static const struct {
    const char *name;
    enum audience_kind kind;
} recipients[] = {
    {"post", AUDIENCE_POST},   {"capital", AUDIENCE_CAPITAL},
    {"focal", AUDIENCE_FOCAL}, {"secretariat", AUDIENCE_SECRETARIAT},
    {"iom", AUDIENCE_IOM},     {"network", AUDIENCE_NETWORK},
};

/* Those who are named: "authority:Labour Court". */
static const struct {
    const char *before;
    enum audience_kind kind;
} named_recipients[] = {
    {"authority:", AUDIENCE_AUTHORITY},
    {"family:", AUDIENCE_FAMILY},
    {"organisation:", AUDIENCE_ORGANISATION},
    {"person:", AUDIENCE_PERSON},
};

static bool read_recipient(const char *name, struct audience *audience, struct error *err)
{
    *audience = (struct audience){AUDIENCE_POST, NULL, NULL};
    for (size_t i = 0; i < ARRAY_SIZE(recipients); i++)
        if (strcmp(recipients[i].name, name) == 0) {
            audience->kind = recipients[i].kind;
            return true;
        }
    for (size_t i = 0; i < ARRAY_SIZE(named_recipients); i++) {
        size_t size = strlen(named_recipients[i].before);
        if (strncmp(name, named_recipients[i].before, size) == 0 && name[size]) {
            *audience = (struct audience){named_recipients[i].kind, NULL, name + size};
            return true;
        }
    }
    if (country_find(name)) {
        *audience = (struct audience){AUDIENCE_STATE, name, NULL};
        return true;
    }
    return error_set(err, ERROR_INPUT,
                     _("--for %s: it is a State's code, post, capital, focal, secretariat, iom, "
                       "network, authority:NAME, family:NAME, organisation:NAME or person:N"),
                     name);
}

/* ---- which document ---- */
struct request {
    enum document_kind document;
    const char *number; /* of the note, or of the person whose receipt it is */
    bool has_audience;
    struct audience audience;
    bool whole_register, blank; /* of the post: of no case */
    enum act_kind sheet;        /* of a blank form: the act, or all of the intake */
    struct destination to;
};

/* blank, or blank ACT. */
static bool read_sheet(int argc, char **argv, struct request *r, struct error *err)
{
    const struct act_type *type = argc > 2 ? act_type_named(argv[2]) : NULL;

    if (argc > 3)
        return error_set(err, ERROR_INPUT, _("print %s: what is %s?"), argv[1], argv[3]);
    if (argc > 2 && !type)
        return error_set(err, ERROR_INPUT,
                         _("print blank: %s is no act; `amparo help acts` lists them"), argv[2]);
    r->sheet = type ? type->kind : ACT_NONE;
    return true;
}

static bool read_document(int argc, char **argv, struct request *r, struct error *err)
{
    if (r->whole_register)
        return argc == 2 ||
               error_set(err, ERROR_INPUT, _("print %s: what is %s?"), argv[1], argv[2]);
    if (r->blank)
        return read_sheet(argc, argv, r, err);

    const char *name = argc > 2 ? argv[2] : document_names[DOCUMENT_SUMMARY];

    for (size_t i = 0; document_names[i]; i++)
        if (strcmp(document_names[i], name) == 0) {
            bool numbered = i == DOCUMENT_NOTE || i == DOCUMENT_RECEIPT;
            r->document = (enum document_kind)i;
            r->number = numbered && argc > 3 ? argv[3] : NULL;
            if (i == DOCUMENT_NOTE && !r->number)
                return error_set(err, ERROR_INPUT, _("print note: say its number: note 3/2026"));
            return numbered || argc <= 3 ||
                   error_set(err, ERROR_INPUT, _("print %s: what is %s?"), name, argv[3]);
        }
    return error_set(err, ERROR_INPUT,
                     _("print %s: there are summary, note N, poll, receipt and costs"), name);
}

/* --short is of the summary, --full of the receipt. */
static bool read_length(const struct cli *cli, struct request *r, struct error *err)
{
    static const struct {
        const char *option;
        enum document_kind of, then;
    } lengths[] = {{"short", DOCUMENT_SUMMARY, DOCUMENT_SHORT},
                   {"full", DOCUMENT_RECEIPT, DOCUMENT_RECEIPT_FULL}};
    bool of_case = !r->whole_register && !r->blank;

    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        if (!cli_has(cli, lengths[i].option))
            continue;
        if (!of_case || r->document != lengths[i].of)
            return error_set(err, ERROR_INPUT, _("--%s is for the %s"), lengths[i].option,
                             document_names[lengths[i].of]);
        r->document = lengths[i].then;
    }
    return true;
}

static bool read_request(const struct cli *cli, int argc, char **argv, struct request *r,
                         struct error *err)
{
    const char *recipient = cli_value(cli, "for");

    *r = (struct request){.whole_register = strcmp(argv[1], "register") == 0,
                          .blank = strcmp(argv[1], "blank") == 0};
    if (!r->whole_register && cli_has(cli, "year"))
        return error_set(err, ERROR_INPUT, _("--year is for the register"));
    if (!read_document(argc, argv, r, err) || !read_length(cli, r, err))
        return false;
    if (cli_has(cli, "draft") && (r->whole_register || r->blank || r->document == DOCUMENT_NOTE))
        return error_set(err, ERROR_INPUT, _("--draft is for the documents of a case but notes"));
    if (recipient && !read_recipient(recipient, &r->audience, err))
        return false;
    r->has_audience = recipient != NULL;
    return destination_read(cli, &r->to, err);
}

static bool make(const struct cli *cli, const struct request *r, struct store *store,
                 const char *reference, struct paper *out, struct access_copy *entered,
                 struct error *err)
{
    struct register_filter filter = {.which = REGISTER_ALL};
    struct buf remarks = BUF_INIT;
    const struct document_order order = {.kind = r->document,
                                         .number = r->number,
                                         .audience = r->has_audience ? &r->audience : NULL,
                                         .language = cli_value(cli, "lang"),
                                         .as_of = cli_value(cli, "as-of"),
                                         .copies = r->to.copies,
                                         .as_draft = cli_has(cli, "draft"),
                                         .entered = entered,
                                         .remarks = &remarks};

    if (r->whole_register)
        return cli_register_filter(cli, &filter, err) &&
               document_register(store, &filter, order.language, order.copies, entered, out, err);
    if (r->blank)
        return document_blank(store, r->sheet, order.language, order.copies, entered, out, err);
    bool good = document_make(store, reference, &order, out, err);
    fputs(buf_text(&remarks), stderr);
    buf_release(&remarks);
    return good;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct request r;
    struct store *store;
    struct access_copy entered;
    struct paper paper;

    if (!read_request(cli, argc, argv, &r, err) || !cli_open(cli, argv[0], 0, &store, err))
        return false;
    paper_init(&paper);
    bool good = make(cli, &r, store, argv[1], &paper, &entered, err) &&
                destination_put(&r.to, store, &paper, &entered, err);
    paper_release(&paper);
    store_close(store);
    return good;
}

static const struct option_type options[] = {
    {"for", "RECIPIENT", 0}, {"as-of", "DATE", 0}, {"year", "YEAR", 0}, {"short", NULL, 0},
    {"full", NULL, 0},       {"draft", NULL, 0},   DESTINATION_OPTIONS, {NULL, NULL, 0},
};

const struct command command_print = {
    .name = "print",
    .usage = "FILE CASE [summary [--short]|note N|poll|receipt [PERSON] [--full]|costs]\n"
             "[--for RECIPIENT] [--lang en|es|fr] [--as-of DATE] [--draft] [--paper letter|a4]\n"
             "[-o FILE.pdf|-o FILE.txt|--printer NAME [--copies N]] [--pdf|--text]\n"
             "FILE register [--year YEAR] [--lang en|es|fr] …\n"
             "FILE blank [ACT] [--lang en|es|fr] …",
    .summary =
        N_("a document of a case: plain text, or pages; -o makes a new file, for its owner only"),
    .options = options,
    .least = 2,
    .most = 4,
    .run = run,
};
