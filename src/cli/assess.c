/* SPDX-License-Identifier: MIT */
/* amparo assess: does the mechanism apply? */
#include "commands.h"

#include <stdio.h>

#include "amparo/agreement/assess.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/session.h"

static void explain_list(struct buf *out, const char *title, size_t count)
{
    if (count)
        buf_addf(out, "\n%s\n", title);
}

static void explain_candidates(struct buf *out, const struct assessment *a)
{
    buf_addf(out, "\n%s\n",
             _("Parties with an office there (facts, in the order of their codes):"));
    if (!a->candidate_count)
        buf_addf(out, "  %s\n", _("none: the case takes the exit \"no collaborator\""));
    for (size_t i = 0; i < a->candidate_count; i++) {
        const struct candidate *candidate = &a->candidates[i];
        buf_addf(out, "  %s  %s:", candidate->state,
                 country_name(candidate->state, reader_language));
        for (size_t j = 0; j < candidate->count; j++)
            buf_addf(out, "%s %s, %s", j ? ";" : "", candidate->posts[j].city,
                     _(post_kind_codes[candidate->posts[j].kind].label));
        buf_addf(out, "\n");
    }
}

/* The same answer for a person, in the language of the locale. */
static void explain(struct buf *out, const struct facts *facts, const struct assessment *a)
{
    buf_addf(out, _("The mechanism: %s. A person decides (Recital II, 3).\n"),
             _(overall_codes[a->overall].label));
    buf_addf(out, _("Under 18: %s. Protection lock: %s.\n"),
             a->minor == KNOWN_NOT    ? _("not known")
             : a->minor == KNOWN_TRUE ? _("yes")
                                      : _("no"),
             a->protection_lock ? _("yes") : _("no"));
    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++) {
        const struct determination *d = &a->requirements[r];
        const struct requirement_type *type = &requirement_types[r];
        buf_addf(out, "\n%s (%s) %s: %s\n  %s\n", type->id, type->article, _(type->label),
                 _(status_codes[d->status].label), d->reason);
        buf_addf(out, _("  What would change it: %s\n"), d->would_change);
    }
    explain_list(out, _("Grounds:"), a->ground_count);
    for (size_t i = 0; i < a->ground_count; i++) {
        const struct code *code = &ground_codes[facts->grounds[i].code];
        buf_addf(out, "  %s %s: %s. %s\n", code->code, _(code->label),
                 _(status_codes[a->grounds[i].status].label), a->grounds[i].reason);
    }
    buf_addf(out, "\n%s\n",
             a->poll_allowed ? _("Focal points may be asked (7.6).")
                             : _("Focal points may not be asked yet (7.6):"));
    for (size_t i = 0; i < BLOCK_COUNT; i++)
        if (a->blocks[i])
            buf_addf(out, "  %s\n", a->blocks[i]);
    explain_candidates(out, a);
    explain_list(out, _("Warnings:"), a->warning_count);
    for (size_t i = 0; i < a->warning_count; i++)
        buf_addf(out, "  %s\n", a->warnings[i]);
}

static void answer(const struct cli *cli, const struct facts *facts)
{
    bool explained = cli_has(cli, "explain");
    struct assessment assessment;

    assess(facts, explained ? reader_language : english, &assessment);
    if (explained) {
        struct buf text = BUF_INIT;
        explain(&text, facts, &assessment);
        cli_put_lines(&text);
        buf_release(&text);
    } else {
        json_t *json = assessment_json(facts, &assessment);
        json_dumpf(json, stdout, JSON_INDENT(2));
        printf("\n");
        json_decref(json);
    }
    assessment_release(&assessment);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct buf text = BUF_INIT;
    struct facts facts;
    json_t *root = NULL;
    bool good;
    (void)argc;

    facts_init(&facts);
    good = cli_read(argv[0], &text, err) && (root = cli_json(_("the facts"), &text, err)) &&
           facts_parse(root, &facts, err);
    if (good)
        answer(cli, &facts);
    json_decref(root);
    facts_release(&facts);
    buf_release(&text);
    return good;
}

static const struct option_type options[] = {{"explain", NULL, 0}, {NULL, NULL, 0}};

const struct command command_assess = {
    .name = "assess",
    .usage = "FACTS.json|- [--explain]",
    .summary = N_("does the mechanism apply? Needs no case file; - is standard input"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
