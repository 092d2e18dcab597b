/* SPDX-License-Identifier: MIT */
/* The parts of a case: what stands beside each, and what it opens. */
#include "case_work.h"

#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

static void latest(struct buf *out, const struct casework *w, enum act_kind kind, const char *key)
{
    const struct entry *entry = case_last(&w->c, kind);
    const struct field *field = field_find(act_type(kind)->fields, key);
    if (entry && field && json_object_get(entry->payload, key))
        values_say(out, field, json_object_get(entry->payload, key), &w->c, reader_language);
}

static void say_day(struct buf *out, const struct entry *entry, const struct casework *w)
{
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", entry->act->at);
    values_say_when_short(out, day, w->now, reader_language);
}

/* Whether it is one of those with ", " between. */
static bool stands_in(const char *all, const char *one)
{
    size_t size = strlen(one);
    for (const char *at = all; (at = strstr(at, one)); at += size)
        if ((at == all || at[-1] == ' ') && (at[size] == ',' || !at[size]))
            return true;
    return false;
}

/* All values of that key in the acts of that kind, the latest last; what is said again, once. */
static void all_of(struct buf *out, const struct casework *w, enum act_kind kind, const char *key)
{
    const struct field *field = field_find(act_type(kind)->fields, key);
    const struct entry *entry = NULL;
    while ((entry = case_next(&w->c, entry, kind))) {
        const json_t *value = json_object_get(entry->payload, key);
        if (!value || !field)
            continue;
        struct buf said = BUF_INIT;
        values_say(&said, field, value, &w->c, reader_language);
        if (said.size && !stands_in(buf_text(out), buf_text(&said)))
            buf_addf(out, "%s%s", out->size ? ", " : "", buf_text(&said));
        buf_release(&said);
    }
}

static void say_person(struct buf *out, const struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++) {
        if (i)
            buf_adds(out, " · ");
        describe_person(out, &w->c, w->persons[i], reader_language);
    }
}

static void say_place(struct buf *out, const struct casework *w)
{
    latest(out, w, ACT_SITUATION, "locality");
    const char *country = case_receiving_state(&w->c);
    if (country && *country)
        buf_addf(out, "%s%s", out->size ? ", " : "", country_name(country, reader_language));
}

static void say_grounds(struct buf *out, const struct casework *w)
{
    all_of(out, w, ACT_GROUND, "code");
}

static void say_needs(struct buf *out, const struct casework *w)
{
    all_of(out, w, ACT_NEED, "need");
}

/* How many of those who are not locked stand by a purpose, and whether anybody took it back. */
static size_t count_consents(const struct casework *w, const char *purpose, size_t *asked,
                             bool *withdrawn)
{
    size_t given = 0;
    *asked = 0;
    *withdrawn = false;
    for (size_t i = 0; i < w->person_count; i++) {
        long person = w->persons[i];
        if (case_locked(&w->c, person))
            continue;
        bool stands = case_consents(&w->c, person, purpose, NULL);
        ++*asked;
        given += stands;
        *withdrawn =
            *withdrawn || (!stands && case_consent_withdrawn(&w->c, person, purpose, NULL));
    }
    return given;
}

static void say_consent(struct buf *out, const struct casework *w)
{
    static const struct {
        const char *code, *words;
    } purposes[] = {
        {"P1", N_("records")}, {"P2", N_("capital")},      {"P3", N_("poll")},
        {"P4", N_("a State")}, {"P5", N_("IOM")},          {"P6", N_("authority")},
        {"P7", N_("family")},  {"P8", N_("organisation")}, {"P9", N_("report")},
    };
    struct buf gone = BUF_INIT;
    for (size_t i = 0; i < ARRAY_SIZE(purposes); i++) {
        size_t asked;
        bool withdrawn;
        size_t given = count_consents(w, purposes[i].code, &asked, &withdrawn);
        if (given)
            buf_addf(out, "%s%s", out->size ? ", " : "", _(purposes[i].words));
        if (given && given < asked)
            buf_addf(out, _(" (%zu of %zu)"), given, asked);
        if (withdrawn)
            buf_addf(&gone, "%s%s", gone.size ? ", " : " ", _(purposes[i].words));
    }
    if (gone.size)
        buf_addf(out, "%s%s:%s", out->size ? " · " : "", _("withdrawn"), buf_text(&gone));
    buf_release(&gone);
}

static bool we_request(const struct casework *w)
{
    return strcmp(casework_role(w), "requesting") == 0;
}

/* Who helps does not find for the State that asks. */
static void say_eligibility(struct buf *out, const struct casework *w)
{
    struct buf facts = BUF_INIT, decision = BUF_INIT;
    const struct entry *decided = case_last(&w->c, ACT_DECIDE);
    if (w->assessed && we_request(w))
        buf_adds(&facts, _(overall_codes[w->result.overall].label));
    latest(&decision, w, ACT_DECIDE, "decision");
    bool same = strcmp(buf_text(&facts), buf_text(&decision)) == 0;
    buf_adds(out, buf_text(&facts));
    if (decided) {
        buf_addf(out, out->size ? " · %s" : "%s", _("decided"));
        if (!same)
            buf_addf(out, "%s%s", label_colon(), buf_text(&decision));
        buf_addc(out, ' ');
        say_day(out, decided, w);
    }
    buf_release(&facts);
    buf_release(&decision);
}

/* What we said ourselves, where we were asked. */
static void say_our_answer(struct buf *out, const struct casework *w)
{
    const struct entry *answer = case_answer(&w->c, w->c.post_state, 0);
    if (answer)
        describe_entry(out, &w->c, answer, reader_language);
    else
        buf_adds(out, _("not answered yet"));
}

static void say_poll(struct buf *out, const struct casework *w)
{
    const struct entry *poll = case_last(&w->c, ACT_POLL);
    size_t i, answered = 0;
    json_t *state;
    if (!poll)
        return;
    if (!we_request(w)) {
        say_our_answer(out, w);
        return;
    }
    const json_t *to = json_object_get(poll->payload, "to");
    json_array_foreach(to, i, state)
    {
        answered += case_answer(&w->c, json_string_value(state), 0) != NULL;
    }
    buf_addf(out, n_("%zu of %zu answered", "%zu of %zu answered", answered), answered,
             json_array_size(to));
    if (case_last(&w->c, ACT_CHOOSE)) {
        struct buf states = BUF_INIT;
        all_of(&states, w, ACT_CHOOSE, "state");
        buf_addf(out, " · %s%s%s", _("chosen"), label_colon(), buf_text(&states));
        buf_release(&states);
    }
}

static void say_notes(struct buf *out, const struct casework *w)
{
    const struct entry *note = NULL;
    while ((note = case_next(&w->c, note, ACT_NOTE)))
        buf_addf(out, "%s%s %s", out->size ? ", " : "", entry_text(note, "kind"),
                 note_own_number(note));
}

static size_t count_of(const struct casework *w, enum act_kind kind)
{
    size_t n = 0;
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, kind));)
        n++;
    return n;
}

static void say_help(struct buf *out, const struct casework *w)
{
    size_t help = count_of(w, ACT_ASSIST) + count_of(w, ACT_CONTACT), costs = count_of(w, ACT_COST);
    if (!help && !costs)
        return;
    buf_addf(out, n_("%zu entry", "%zu entries", help), help);
    buf_addf(out, n_(", %zu cost", ", %zu costs", costs), costs);
}

static void say_history(struct buf *out, const struct casework *w)
{
    buf_addf(out, n_("%zu act", "%zu acts", w->c.count), w->c.count);
}

static void open_history(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_NONE);
}

static void open_situation(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_SITUATION);
}

static void open_grounds(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_GROUND);
}

static void open_needs(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_NEED);
}

static void open_consents(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_CONSENT);
}

const struct case_part case_parts[CASE_PARTS] = {
    {N_("history"), say_history, open_history},
    {N_("person"), say_person, persons_push},
    {N_("place"), say_place, open_situation},
    {N_("grounds"), say_grounds, open_grounds},
    {N_("needs"), say_needs, open_needs},
    {N_("consent"), say_consent, open_consents},
    {N_("eligibility"), say_eligibility, eligibility_push},
    {N_("poll"), say_poll, poll_push},
    {N_("notes"), say_notes, notes_push},
    {N_("help, costs"), say_help, helplog_push},
};
