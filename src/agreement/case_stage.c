/* SPDX-License-Identifier: MIT */
/* How far a case has come: derived from its acts each time it is asked. */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/fields.h"

static const char *const stage_names[STAGE_COUNT] = {
    [STAGE_DRAFT] = N_("draft"),
    [STAGE_INTAKE] = N_("intake"),
    [STAGE_ELIGIBILITY] = N_("eligibility"),
    [STAGE_POLL] = N_("poll"),
    [STAGE_CHOICE] = N_("choice"),
    [STAGE_NOTE] = N_("note"),
    [STAGE_SCOPE] = N_("scope"),
    [STAGE_HELP] = N_("help"),
    [STAGE_CLOSING] = N_("closing"),
    [STAGE_REPORTED] = N_("reported"),
};

const char *stage_name(enum stage stage)
{
    return stage_names[stage];
}

bool case_closed(const struct case_file *c)
{
    const struct entry *close = case_last(c, ACT_CLOSE), *reopen = case_last(c, ACT_REOPEN);

    return close && (!reopen || reopen->act->seq < close->act->seq);
}

const char *case_exit(const struct case_file *c)
{
    if (!case_closed(c))
        return NULL;

    const json_t *outcomes = json_object_get(case_last(c, ACT_CLOSE)->payload, "outcome");
    size_t i;
    json_t *outcome;

    json_array_foreach(outcomes, i, outcome) if (json_is_string(outcome) &&
                                                 outcome_is_exit(json_string_value(
                                                     outcome))) return json_string_value(outcome);
    return NULL;
}

static bool has_applies(const struct case_file *c)
{
    const struct entry *decision = case_last(c, ACT_DECIDE);

    return decision && !strcmp(entry_text(decision, "decision"), "applies");
}

/* Some State's latest answer is an offer. */
static bool has_offer(const struct case_file *c)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPLY));) {
        const struct entry *answer = case_answer(c, entry_text(e, "state"), 0);
        if (answer == e && entry_bool(e, "offer"))
            return true;
    }
    return false;
}

static bool has_request(const struct case_file *c)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (!strcmp(entry_text(e, "kind"), "REQ") && !e->annulled)
            return true;
    return false;
}

/* Presented with its conclusion: what was shown while pending is shown again. */
static bool has_report(const struct case_file *c)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPORT));)
        if (!entry_bool(e, "pending"))
            return true;
    return false;
}

enum stage case_stage(const struct case_file *c)
{
    if (case_closed(c))
        return has_report(c) ? STAGE_REPORTED : STAGE_CLOSING;
    if (case_last(c, ACT_ACCEPT) || case_last(c, ACT_ASSIST))
        return STAGE_HELP;
    if (has_request(c))
        return STAGE_SCOPE;
    if (case_last(c, ACT_CHOOSE))
        return STAGE_NOTE;
    if (has_offer(c))
        return STAGE_CHOICE;
    if (has_applies(c) || case_last(c, ACT_POLL))
        return STAGE_POLL;
    if (case_last(c, ACT_GROUND))
        return STAGE_ELIGIBILITY;
    return case_last(c, ACT_PERSON) ? STAGE_INTAKE : STAGE_DRAFT;
}
