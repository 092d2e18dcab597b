/* SPDX-License-Identifier: MIT */
#include "assess_work.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/buf.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

const struct code status_codes[] = {
    {"met", N_("met")},
    {"not_met", N_("not met")},
    {"undetermined", N_("undetermined")},
    {"waived", N_("waived")},
    {NULL, NULL},
};

const struct code overall_codes[] = {
    {"applies", N_("applies")},
    {"does_not_apply", N_("does not apply")},
    {"undetermined", N_("undetermined")},
    {NULL, NULL},
};

const struct requirement_type requirement_types[REQUIREMENT_COUNT] = {
    {"R1", "7.1", N_("national of a Member State")},
    {"R2", "7.2", N_("that State takes part")},
    {"R3", "7.3", N_("no office of its own there")},
    {"R3b", "4", N_("no office for the place")},
    {"R4", "7.4", N_("a ground")},
    {"R9", "3", N_("no other State's own duty")},
    {"R12", "9", N_("the instrument is in force")},
};

enum requirement requirement_named(const char *id)
{
    enum requirement r = REQUIREMENT_R1;

    while (r < REQUIREMENT_COUNT && strcmp(requirement_types[r].id, id) != 0)
        r++;
    return r;
}

char *assess_say(struct work *w, const char *msgid, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, msgid);
    buf_vaddf(&text, w->translate(msgid), args);
    va_end(args);
    return buf_detach(&text);
}

const char *assess_name(struct work *w, const char *state)
{
    return country_name(state, w->translate);
}

void assess_determine(struct work *w, enum requirement which, enum status status, char *reason,
                      char *would_change, char *brief)
{
    w->out->requirements[which] = (struct determination){status, reason, would_change, brief};
}

void assess_warn(struct work *w, char *text)
{
    struct assessment *out = w->out;

    out->warnings = xreallocarray(out->warnings, out->warning_count + 1, sizeof *out->warnings);
    out->warnings[out->warning_count++] = text;
}

/* NULL: the State is not in the list. */
static const struct date *date_of(const struct state_date *list, size_t count, const char *state)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].state, state) == 0)
            return &list[i].date;
    return NULL;
}

static bool is_career(const struct post *post)
{
    return post->kind < POST_HONORARY;
}

bool assess_is_there(const struct facts *facts, const struct post *post, const char *state)
{
    return strcmp(post->state, state) == 0 && strcmp(post->country, facts->receiving) == 0;
}

static bool has_able_career_post(const struct facts *facts, const char *state)
{
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct post *post = &facts->posts[i];
        if (assess_is_there(facts, post, state) && is_career(post) && post->able)
            return true;
    }
    return false;
}

enum known assess_minor(const struct facts *facts)
{
    if (partial_date_is_unknown(facts->birth))
        return KNOWN_NOT;
    return date_age(partial_date_youngest(facts->birth), facts->on) < ADULT_AGE ? KNOWN_TRUE
                                                                                : KNOWN_FALSE;
}

/* ---- in a word or two: the month says enough, the day stands in the reason ---- */

static char *brief_day(struct work *w, const char *msgid, struct date day)
{
    struct buf said = BUF_INIT;

    date_echo(&said, (struct partial_date){.year = day.year, .month = day.month}, w->translate);
    char *brief = assess_say(w, msgid, buf_text(&said));
    buf_release(&said);
    return brief;
}

static char *brief_since(struct work *w, struct date day)
{
    return brief_day(w, N_("since %s"), day);
}

static char *brief_from(struct work *w, struct date day)
{
    return brief_day(w, N_("only from %s"), day);
}

static char *brief_list(struct work *w, struct date day)
{
    return brief_day(w, N_("list of %s"), day);
}

/* ---- R1, R2: the requesting State ---- */

static const struct nationality *claimed(const struct facts *facts, const char *state)
{
    for (size_t i = 0; i < facts->nationality_count; i++)
        if (strcmp(facts->nationalities[i].state, state) == 0)
            return &facts->nationalities[i];
    return NULL;
}

static void determine_r1(struct work *w)
{
    const char *state = w->facts->requesting, *name = assess_name(w, state);
    const struct nationality *nationality = claimed(w->facts, state);

    if (!country_is_member(state))
        assess_determine(
            w, REQUIREMENT_R1, STATUS_NOT_MET,
            assess_say(w, N_("%s is not a Member State of the Conference."), name),
            assess_say(w, N_("Only another nationality, of a Member State, with that State as the "
                             "requesting one.")),
            assess_say(w, N_("no Member State")));
    else if (!nationality)
        assess_determine(
            w, REQUIREMENT_R1, STATUS_NOT_MET,
            assess_say(w, N_("The nationality of %s is not among those on record."), name),
            assess_say(w, N_("A record of the nationality of %s with its proof."), name),
            assess_say(w, N_("not on record")));
    else if (nationality->refuted)
        assess_determine(
            w, REQUIREMENT_R1, STATUS_NOT_MET,
            assess_say(w, N_("The nationality of %s was checked and refuted."), name),
            assess_say(w,
                       N_("New evidence, and a corrected record, that the person is a national "
                          "of %s."),
                       name),
            assess_say(w, N_("checked and refuted")));
    else if (nationality->proof == PROOF_DECLARED)
        assess_determine(
            w, REQUIREMENT_R1, STATUS_UNDETERMINED,
            assess_say(w, N_("The nationality of %s is declared and nothing proves it yet."), name),
            assess_say(w, N_("A document, or the word of the capital of %s: then met or not met."),
                       name),
            assess_say(w, N_("only declared")));
    else
        assess_determine(w, REQUIREMENT_R1, STATUS_MET,
                         assess_say(w, N_("National of %1$s; proof: %2$s."), name,
                                    w->translate(proof_codes[nationality->proof].label)),
                         assess_say(w, N_("A refutation of the nationality of %s."), name),
                         xstrdup(w->translate(proof_codes[nationality->proof].label)));
}

static void determine_r2(struct work *w)
{
    const struct facts *facts = w->facts;
    const char *name = assess_name(w, facts->requesting);
    const struct date *since = date_of(facts->parties, facts->party_count, facts->requesting);
    char text[DATE_SIZE] = "";

    if (since)
        date_format(*since, text);
    if (!since)
        assess_determine(
            w, REQUIREMENT_R2, STATUS_NOT_MET,
            assess_say(w, N_("No date of participation of %s is on record."), name),
            assess_say(w, N_("A record that %1$s takes part, from %2$s or earlier."), name, w->on),
            assess_say(w, N_("no date on record")));
    else if (date_compare(*since, facts->on) > 0)
        assess_determine(
            w, REQUIREMENT_R2, STATUS_NOT_MET,
            assess_say(w, N_("%1$s takes part only from %2$s, after %3$s."), name, text, w->on),
            assess_say(w, N_("An assessment on %s or later."), text), brief_from(w, *since));
    else
        assess_determine(w, REQUIREMENT_R2, STATUS_MET,
                         assess_say(w, N_("%1$s has taken part since %2$s."), name, text),
                         assess_say(w, N_("The end of the participation of %s."), name),
                         brief_since(w, *since));
}

/* ---- R3, R3b: its offices ---- */

/* "embassy in Accra; consulate": those of the requesting State there, career or not. Owned. */
static char *list_posts(struct work *w, bool career)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < w->facts->post_count; i++) {
        const struct post *post = &w->facts->posts[i];
        if (!assess_is_there(w->facts, post, w->facts->requesting) || is_career(post) != career)
            continue;

        const char *kind = w->translate(post_kind_codes[post->kind].label);
        if (text.size)
            buf_adds(&text, "; ");
        if (text_is_blank(post->city))
            buf_adds(&text, kind);
        else /* TRANSLATORS: a kind of post and its city */
            buf_addf(&text, w->translate(N_("%1$s in %2$s")), kind, post->city);
    }
    return text.size ? buf_detach(&text) : NULL;
}

static void warn_of_old_list(struct work *w, struct date list)
{
    long days = date_days_between(list, w->facts->on);
    char text[DATE_SIZE];

    if (days > w->facts->list_days)
        assess_warn(
            w,
            assess_say(w,
                       N_("The list of offices of %1$s is of %2$s, %3$ld days old: ask for a newer "
                          "one (7.6)."),
                       assess_name(w, w->facts->requesting), date_format(list, text), days));
}

static void determine_r3(struct work *w)
{
    const struct facts *facts = w->facts;
    const char *name = assess_name(w, facts->requesting);
    char *there = country_in_text(facts->receiving, w->translate);
    const struct date *list = date_of(facts->lists, facts->list_count, facts->requesting);
    char *career = list_posts(w, true), *others = list_posts(w, false);
    char dated[DATE_SIZE] = "";

    if (list)
        date_format(*list, dated);
    if (!list)
        assess_determine(
            w, REQUIREMENT_R3, STATUS_UNDETERMINED,
            assess_say(w,
                       N_("No list of the offices of %s is on file, so nothing says whether it "
                          "has one in %s."),
                       name, there),
            assess_say(w, N_("The list that %s files under 7.6, or an imported one."), name),
            assess_say(w, N_("no list on file")));
    else if (has_able_career_post(facts, facts->requesting))
        assess_determine(
            w, REQUIREMENT_R3, STATUS_NOT_MET,
            assess_say(w, N_("%1$s has an office of its own in %2$s (list of %3$s): %4$s."), name,
                       there, dated, career),
            assess_say(w, N_("A newer list without it, or a record that it cannot act.")),
            assess_say(w, N_("it has one")));
    else if (career)
        assess_determine(
            w, REQUIREMENT_R3, STATUS_UNDETERMINED,
            assess_say(w,
                       N_("%1$s has offices in %2$s (list of %3$s) and none of them can act: "
                          "%4$s."),
                       name, there, dated, career),
            assess_say(w,
                       N_("The head of post determines it; or the offices close, or act again.")),
            assess_say(w, N_("none of them can act")));
    else if (others)
        assess_determine(
            w, REQUIREMENT_R3, STATUS_MET,
            assess_say(w,
                       N_("%1$s has no career office in %2$s (list of %3$s); honorary and "
                          "non-resident posts do not count: %4$s."),
                       name, there, dated, others),
            assess_say(w, N_("An embassy or career consulate of %1$s in %2$s."), name, there),
            assess_say(w, N_("only honorary ones")));
    else
        assess_determine(
            w, REQUIREMENT_R3, STATUS_MET,
            assess_say(w, N_("%1$s has no office in %2$s (list of %3$s)."), name, there, dated),
            assess_say(w, N_("An embassy or career consulate of %1$s in %2$s."), name, there),
            brief_list(w, *list));
    if (list)
        warn_of_old_list(w, *list);
    free(there);
    free(career);
    free(others);
}

/* An office in the country is the hard test; that it does not reach there opens another way. */
static void warn_of_district(struct work *w)
{
    if (w->out->requirements[REQUIREMENT_R3].status == STATUS_NOT_MET &&
        w->facts->district_served == KNOWN_FALSE)
        assess_warn(w,
                    assess_say(w,
                               N_("%s has an office in the country and none that covers the place: "
                                  "outside the mechanism, other cooperation stays open (Art. 4)."),
                               assess_name(w, w->facts->requesting)));
}

static void determine_r3b(struct work *w)
{
    const char *name = assess_name(w, w->facts->requesting);

    switch (w->facts->district_served) {
    case KNOWN_FALSE:
        assess_determine(
            w, REQUIREMENT_R3B, STATUS_MET,
            assess_say(w, N_("No post of %s covers the place where the person is."), name),
            assess_say(w, N_("A post of %s whose district covers the place."), name),
            assess_say(w, N_("advisory: none covers it")));
        break;
    case KNOWN_TRUE:
        assess_determine(
            w, REQUIREMENT_R3B, STATUS_NOT_MET,
            assess_say(w, N_("A post of %s covers the place where the person is."), name),
            assess_say(w, N_("Word from %s that its district does not reach there."), name),
            assess_say(w, N_("advisory: one covers it")));
        break;
    case KNOWN_NOT:
        assess_determine(
            w, REQUIREMENT_R3B, STATUS_UNDETERMINED,
            assess_say(w, N_("It is not known whether a post of %s covers the place."), name),
            assess_say(w, N_("An answer of %s about its consular districts."), name),
            assess_say(w, N_("advisory: not known")));
        break;
    }
}

/* ---- R9: another State's own duty ---- */

static void determine_r9(struct work *w)
{
    const struct facts *facts = w->facts;
    char *there = country_in_text(facts->receiving, w->translate);
    struct buf reason = BUF_INIT;

    for (size_t i = 0; i < facts->nationality_count; i++) {
        const struct nationality *other = &facts->nationalities[i];
        char *sentence = NULL;
        if (other->refuted || strcmp(other->state, facts->requesting) == 0)
            continue;
        if (strcmp(other->state, facts->receiving) == 0)
            sentence = assess_say(w, N_("Also on record as a national of %s, the receiving State."),
                                  there);
        else if (has_able_career_post(facts, other->state))
            sentence =
                assess_say(w,
                           N_("Also on record as a national of %1$s, which has an office of its "
                              "own in %2$s."),
                           assess_name(w, other->state), there);
        if (sentence)
            buf_addf(&reason, "%s%s", reason.size ? " " : "", sentence);
        free(sentence);
    }
    if (reason.size)
        assess_determine(
            w, REQUIREMENT_R9, STATUS_UNDETERMINED, buf_detach(&reason),
            assess_say(w,
                       N_("A refutation of that nationality, or the head of post's word on whose "
                          "duty it is.")),
            assess_say(w, N_("another nationality")));
    else
        assess_determine(
            w, REQUIREMENT_R9, STATUS_MET,
            assess_say(w,
                       N_("No other nationality makes this the duty of %s or of a State with an "
                          "office there."),
                       there),
            assess_say(w, N_("A nationality of %s, or of a State with an office there."), there),
            assess_say(w, N_("no other nationality")));
    free(there);
}

/* ---- R12: the instrument ---- */

static void determine_r12(struct work *w)
{
    const struct facts *facts = w->facts;
    char since[DATE_SIZE];

    if (facts->instrument == INSTRUMENT_PILOT) {
        assess_determine(
            w, REQUIREMENT_R12, STATUS_WAIVED,
            assess_say(w,
                       N_("The mechanism is a pilot: its approval by the Vice-Ministers is not on "
                          "record.")),
            assess_say(w, N_("A record of the approval and its date.")),
            assess_say(w, N_("a pilot")));
        assess_warn(
            w,
            assess_say(w, N_("Pilot: the instrument is not in force (9); notes speak of a proposed "
                             "mechanism.")));
        return;
    }
    date_format(facts->since, since);
    if (date_compare(facts->on, facts->since) < 0)
        assess_determine(w, REQUIREMENT_R12, STATUS_NOT_MET,
                         assess_say(w, N_("The instrument is in force only from %1$s, after %2$s."),
                                    since, w->on),
                         assess_say(w, N_("An assessment on %s or later."), since),
                         brief_from(w, facts->since));
    else
        assess_determine(w, REQUIREMENT_R12, STATUS_MET,
                         assess_say(w, N_("The instrument is in force since %s."), since),
                         assess_say(w, N_("A record that the instrument is no longer in force.")),
                         brief_since(w, facts->since));
}

enum overall assess_overall(const enum status statuses[REQUIREMENT_COUNT], bool protection_lock)
{
    enum overall overall = protection_lock ? OVERALL_UNDETERMINED : OVERALL_APPLIES;

    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++) {
        if (r == REQUIREMENT_R3B)
            continue;
        if (statuses[r] == STATUS_NOT_MET)
            return OVERALL_DOES_NOT_APPLY;
        if (statuses[r] == STATUS_UNDETERMINED)
            overall = OVERALL_UNDETERMINED;
    }
    return overall;
}

void assess(const struct facts *facts, translate_fn *translate, struct assessment *out)
{
    struct work work = {.facts = facts, .translate = translate, .out = out};
    enum status statuses[REQUIREMENT_COUNT];

    *out = (struct assessment){.minor = assess_minor(facts),
                               .protection_lock = facts->fears_own_state};
    date_format(facts->on, work.on);
    determine_r1(&work);
    determine_r2(&work);
    determine_r3(&work);
    determine_r3b(&work);
    warn_of_district(&work);
    assess_grounds(&work);
    determine_r9(&work);
    determine_r12(&work);
    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++)
        statuses[r] = out->requirements[r].status;
    out->overall = assess_overall(statuses, out->protection_lock);
    assess_poll(&work);
}

static void determination_release(struct determination *determination)
{
    free(determination->reason);
    free(determination->would_change);
    free(determination->brief);
}

void assessment_release(struct assessment *a)
{
    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++)
        determination_release(&a->requirements[r]);
    for (size_t i = 0; i < a->ground_count; i++)
        determination_release(&a->grounds[i]);
    for (size_t i = 0; i < a->candidate_count; i++) {
        for (size_t j = 0; j < a->candidates[i].count; j++)
            free(a->candidates[i].posts[j].city);
        free(a->candidates[i].posts);
    }
    for (size_t i = 0; i < a->warning_count; i++)
        free(a->warnings[i]);
    for (size_t i = 0; i < BLOCK_COUNT; i++)
        free(a->blocks[i]);
    free(a->grounds);
    free(a->candidates);
    free(a->warnings);
    *a = (struct assessment){.ground_count = 0};
}
