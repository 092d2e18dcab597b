/* SPDX-License-Identifier: MIT */
/* The case on a page: for a head of post, or a desk in the capital that decides today. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/ledger.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/number.h"
#include "amparo/paper/value.h"
#include "amparo/store/worklist.h"
#include "summary_parts.h"

enum {
    LABEL = PAPER_LABEL,
    MOST_LINES = 8, /* of what there may be many of: the rest is counted */
    MOST_DUE = 3,
};

/* ---- a list of which the end is counted ---- */

struct lines {
    const struct summary *s;
    const char *label;
    size_t count;
    struct buf text;
};

#define LINES(summary, label)                                                                      \
    {                                                                                              \
        summary, label, 0, BUF_INIT                                                                \
    }

static void put_line(struct lines *l, const char *text)
{
    if (l->count++ < MOST_LINES)
        buf_addf(&l->text, "%s%s", l->count > 1 ? "\n" : "", text);
}

static void end_lines(struct lines *l)
{
    unsigned long more = l->count > MOST_LINES ? l->count - MOST_LINES : 0;

    if (more) {
        buf_addc(&l->text, '\n');
        buf_addf(&l->text, n_("and %lu more", "and %lu more", more), more);
    }
    if (l->count) {
        size_t from = l->s->p->count;
        paper_labelled(l->s->p, summary_tr(l->s, l->label), LABEL, buf_text(&l->text));
        paper_keep_together(l->s->p, from);
    }
    buf_release(&l->text);
}

/* Adds what follows a comma, or nothing. */
static void add_part(struct buf *out, const char *between, const char *text)
{
    if (*text)
        buf_addf(out, "%s%s", out->size ? between : "", text);
}

static void add_value(const struct summary *s, const struct field *fields, const json_t *payload,
                      const char *key, const char *between, struct buf *out)
{
    const json_t *value = json_object_get(payload, key);
    struct buf text = BUF_INIT;

    if (value)
        paper_value(s->source->language, field_find(fields, key), value, &text);
    add_part(out, between, buf_text(&text));
    buf_release(&text);
}

/* The same of an act's payload. */
static void add_of(const struct summary *s, enum act_kind kind, const json_t *payload,
                   const char *key, const char *between, struct buf *out)
{
    add_value(s, act_type(kind)->fields, payload, key, between, out);
}

/* ---- who and where ---- */

static const char *const name_keys[] = {"surname_1", "surname_2", "single_name", "given_names"};

static void add_name(const struct summary *s, const json_t *payload, struct buf *out)
{
    struct buf name = BUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(name_keys); i++) {
        if (paper_is_redacted(json_object_get(payload, name_keys[i]))) {
            buf_clear(&name);
            buf_addf(&name, "[%s]", summary_tr(s, N_("withheld")));
            break;
        }
        add_part(&name, " ", payload_text(payload, name_keys[i]));
    }
    buf_adds(out, buf_text(&name));
    buf_release(&name);
}

static void add_states(const struct summary *s, const json_t *payload, struct buf *out)
{
    const json_t *list = json_object_get(payload, "nationalities");

    for (size_t i = 0; i < json_array_size(list); i++)
        add_part(out, i ? ", " : "; ",
                 summary_state(s, payload_text(json_array_get(list, i), "state")));
}

static void add_person(const struct summary *s, long person, struct buf *out)
{
    const struct case_file *c = s->source->c;
    const struct entry *e = case_person(c, person);
    char today[DATE_SIZE] = "";

    buf_addf(out, "%ld", person);
    strncat(today, s->source->now, DATE_SIZE - 1);
    if (case_erased(c, person)) {
        buf_addf(out, " (%s)", summary_tr(s, N_("erased")));
        return;
    }
    if (redact_keeps_off_paper(c, e->payload, s->audience)) {
        buf_addf(out, " (%s)", summary_tr(s, N_("under lock")));
        return;
    }
    json_t *payload = summary_payload(s, e);
    buf_addc(out, ' ');
    add_name(s, payload, out);
    if (!paper_is_redacted(json_object_get(payload, "birth_date"))) {
        add_of(s, ACT_PERSON, payload, "sex", "; ", out);
        add_of(s, ACT_PERSON, payload, "birth_date", "; ", out);
        add_states(s, payload, out);
    }
    if (case_minor(c, person, today) == KNOWN_TRUE)
        add_part(out, "; ", summary_tr(s, N_("child")));
    json_decref(payload);
}

static void put_persons(const struct summary *s)
{
    struct lines lines = LINES(s, N_("Persons"));
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(s->source->c, persons, ARRAY_SIZE(persons));

    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        add_person(s, persons[i], &text);
        put_line(&lines, buf_text(&text));
        buf_release(&text);
    }
    end_lines(&lines);
}

static void put_place(const struct summary *s)
{
    const struct entry *e = case_last(s->source->c, ACT_SITUATION);
    struct buf text = BUF_INIT;

    if (e && !redact_keeps_off_paper(s->source->c, e->payload, s->audience)) {
        json_t *payload = summary_payload(s, e);
        add_of(s, ACT_SITUATION, payload, "locality", "", &text);
        if (payload_bool(payload, "danger_now"))
            add_part(&text, "; ", summary_tr(s, N_("in danger now")));
        if (payload_bool(payload, "detained"))
            add_part(&text, "; ", summary_tr(s, N_("detained")));
        json_decref(payload);
    }
    add_part(&text, "; ", summary_state(s, case_receiving_state(s->source->c)));
    paper_labelled(s->p, summary_tr(s, N_("Where now")), LABEL, buf_text(&text));
    buf_release(&text);
}

/* What an act says in one line, and of which persons: whoever it is said of too shares the line. */
struct said {
    struct buf text, persons;
};

static struct said *said_like(struct said *list, size_t count, const char *text, bool of_person)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(buf_text(&list[i].text), text) == 0 && (list[i].persons.size > 0) == of_person)
            return &list[i];
    return NULL;
}

static void end_said(struct lines *lines, struct said *said)
{
    if (said->persons.size)
        buf_addf(&said->text, " (%s)", buf_text(&said->persons));
    put_line(lines, buf_text(&said->text));
    buf_release(&said->text);
    buf_release(&said->persons);
}

/* Of all acts of a kind: two fields of each, and of whom they are. */
static void put_each(const struct summary *s, enum act_kind kind, const char *label,
                     const char *key, const char *beside)
{
    struct lines lines = LINES(s, label);
    bool several = case_persons(s->source->c, NULL, 0) > 1;
    struct said *list = xcalloc(s->source->c->count + 1, sizeof *list);
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, kind));) {
        long person = several ? entry_number(e, "person") : 0;
        struct buf text = BUF_INIT;
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            continue;
        json_t *payload = summary_payload(s, e);
        add_of(s, kind, payload, key, "", &text);
        add_of(s, kind, payload, beside, "; ", &text);
        struct said *said = said_like(list, count, buf_text(&text), person != 0);
        if (!said) {
            said = &list[count++];
            buf_adds(&said->text, buf_text(&text));
        }
        if (person)
            buf_addf(&said->persons, "%s%ld", said->persons.size ? ", " : "", person);
        json_decref(payload);
        buf_release(&text);
    }
    for (size_t i = 0; i < count; i++)
        end_said(&lines, &list[i]);
    end_lines(&lines);
    free(list);
}

/* ---- whether the mechanism applies ---- */

/* The worst over the persons, a line each. */
static void put_requirements(const struct summary *s)
{
    static const int cells[] = {LABEL - 2, 40, 20};
    static const char *const heads[] = {N_("Art."), N_("Requirement"), N_("Status")};
    const json_t *list = json_object_get(s->whole, "requirements");

    if (!json_array_size(list))
        return;
    paper_blank(s->p);
    size_t from = s->p->count;
    summary_header(s, ARRAY_SIZE(cells), cells, heads);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *r = json_array_get(list, i);
        enum requirement which = requirement_named(payload_text(r, "id"));
        const char *status = code_label(status_codes, payload_text(r, "status"));
        const char *row[] = {payload_text(r, "article"),
                             which < REQUIREMENT_COUNT
                                 ? summary_tr(s, requirement_types[which].label)
                                 : payload_text(r, "id"),
                             status ? summary_tr(s, status) : payload_text(r, "status")};
        paper_row(s->p, ARRAY_SIZE(cells), cells, row);
    }
    paper_keep_table(s->p, from);
    paper_blank(s->p);
}

/* The last decision, with its reason for who reads reasons. */
static void put_decision(const struct summary *s)
{
    const struct entry *e = case_last(s->source->c, ACT_DECIDE);
    struct buf text = BUF_INIT;

    if (!e)
        return;
    json_t *payload = summary_payload(s, e);
    add_of(s, ACT_DECIDE, payload, "decision", "", &text);
    buf_adds(&text, ", ");
    paper_day(s->source->language, e->act->at, &text);
    if (*payload_text(payload, "reason"))
        buf_addf(&text, ": %s", payload_text(payload, "reason"));
    paper_labelled(s->p, summary_tr(s, N_("Decision")), LABEL, buf_text(&text));
    json_decref(payload);
    buf_release(&text);
}

/* ---- the poll and the notes ---- */

static const char *answer_of(const struct summary *s, const struct entry *poll, const char *state)
{
    const struct entry *answer = case_answer(s->source->c, state, entry_number(poll, "round"));

    if (!answer)
        return summary_silence(s, poll);
    if (answer->act->kind == ACT_DECLINE)
        return summary_tr(s, N_("declines"));
    return summary_tr(s, entry_bool(answer, "offer") ? N_("offers") : N_("offers nothing"));
}

static void put_poll(const struct summary *s)
{
    const struct entry *poll = case_last(s->source->c, ACT_POLL);
    const json_t *to = poll ? json_object_get(poll->payload, "to") : NULL;
    struct buf text = BUF_INIT;

    if (!poll || redact_keeps_off_paper(s->source->c, poll->payload, s->audience))
        return;
    for (size_t i = 0; i < json_array_size(to); i++) {
        const char *state = json_string_value(json_array_get(to, i));
        buf_addf(&text, "%s%s: %s", i ? "; " : "", summary_state(s, state),
                 answer_of(s, poll, state));
    }
    char *label = xasprintf(summary_tr(s, N_("Poll, round %ld")), entry_number(poll, "round"));
    paper_labelled(s->p, label, LABEL, buf_text(&text));
    free(label);
    buf_release(&text);
}

static void put_choice(const struct summary *s)
{
    const struct entry *e = case_choice(s->source->c, NULL);

    if (e && !redact_keeps_off_paper(s->source->c, e->payload, s->audience))
        paper_labelled(s->p, summary_tr(s, N_("Chosen")), LABEL,
                       summary_state(s, entry_text(e, "state")));
}

static void put_notes(const struct summary *s)
{
    struct lines lines = LINES(s, N_("Notes"));

    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, ACT_NOTE));) {
        bool in = strcmp(entry_text(e, "direction"), "in") == 0;
        const json_t *office = json_object_get(e->payload, in ? "from" : "to");
        struct buf text = BUF_INIT;
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            continue;
        note_call(e, &text);
        add_part(&text, " ", summary_label(s, ACT_NOTE, "kind", entry_text(e, "kind")));
        add_part(&text, ", ", summary_state(s, payload_text(office, "state")));
        buf_adds(&text, ", ");
        paper_day(s->source->language, entry_text(e, "date"), &text);
        if (e->annulled)
            buf_addf(&text, " [%s]", summary_tr(s, N_("annulled")));
        else if (strcmp(entry_text(e, "kind"), "REQ") == 0 && request_ended(s->source->c, e))
            buf_addf(&text, " [%s]", summary_tr(s, N_("ended")));
        put_line(&lines, buf_text(&text));
        buf_release(&text);
    }
    end_lines(&lines);
}

/* ---- assistance, costs, what is due ---- */

static void put_help(const struct summary *s)
{
    struct lines lines = LINES(s, N_("Assistance given"));

    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, ACT_ASSIST));) {
        struct buf text = BUF_INIT;
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            continue;
        paper_day(s->source->language, entry_text(e, "at"), &text);
        add_part(&text, ": ", summary_label(s, ACT_ASSIST, "kind", entry_text(e, "kind")));
        add_part(&text, ", ", summary_state(s, entry_text(e, "by")));
        put_line(&lines, buf_text(&text));
        buf_release(&text);
    }
    end_lines(&lines);
}

/* What it cost, by who bears it: each currency by itself. */
static void put_costs(const struct summary *s)
{
    struct lines lines = LINES(s, N_("Costs"));
    struct ledger ledger;

    summary_ledger(s, &ledger);
    for (size_t i = 0; i < ledger.count; i++) {
        const struct ledger_sum *sum = &ledger.sums[i];
        struct buf text = BUF_INIT;
        money_say(&text, sum->units, sum->currency, s->source->language->tr);
        buf_addf(&text, "  %s",
                 sum->source ? summary_label(s, ACT_COST, "source", sum->source)
                             : summary_tr(s, N_("Total")));
        put_line(&lines, buf_text(&text));
        buf_release(&text);
    }
    end_lines(&lines);
    ledger_release(&ledger);
}

/* What is next, for ourselves. */
static void put_due(const struct summary *s)
{
    const struct worklist *work = s->source->work;
    struct lines lines = LINES(s, N_("Next"));

    for (size_t i = 0; work && i < work->count && lines.count < MOST_DUE; i++) {
        const struct task *task = &work->list[i];
        struct buf text = BUF_INIT;
        if (task->person && summary_keeps_off(s, task->person))
            continue;
        if (*task->due)
            paper_moment(s->source->language, task->due, &text);
        if (task->over)
            buf_addf(&text, " (%s)", summary_tr(s, N_("overdue")));
        buf_adds(&text, text.size ? ": " : "");
        task_describe(&text, task);
        put_line(&lines, buf_text(&text));
        buf_release(&text);
    }
    end_lines(&lines);
}

void paper_short_summary(const struct paper_source *source, const struct audience *audience,
                         struct paper *out)
{
    struct summary s;

    summary_begin(&s, source, audience, out);
    summary_head(&s, N_("Short summary"));
    put_persons(&s);
    put_place(&s);
    put_each(&s, ACT_GROUND, N_("Grounds"), "code", "perpetrator");
    put_each(&s, ACT_NEED, N_("Needs"), "need", "urgency");
    put_requirements(&s);
    put_decision(&s);
    put_poll(&s);
    put_choice(&s);
    put_notes(&s);
    put_help(&s);
    put_costs(&s);
    put_due(&s);
    json_decref(s.whole);
}
