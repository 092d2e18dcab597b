/* SPDX-License-Identifier: MIT */
/* The tables of the summary: requirements, poll, notes, order in time, directory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/instant.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/paper/value.h"
#include "summary_parts.h"

const char *summary_state(const struct summary *s, const char *state)
{
    return *state ? country_name(state, s->source->language->tr) : "";
}

const char *summary_label(const struct summary *s, enum act_kind kind, const char *key,
                          const char *code)
{
    const struct field *field = field_find(act_type(kind)->fields, key);
    const char *label = field ? code_label(field->codes, code) : NULL;

    return label ? summary_tr(s, label) : code;
}

void summary_header(const struct summary *s, size_t columns, const int *cells,
                    const char *const *msgids)
{
    const char *texts[8];

    for (size_t i = 0; i < columns; i++)
        texts[i] = *msgids[i] ? summary_tr(s, msgids[i]) : "";
    paper_head_row(s->p, columns, cells, texts);
}

/* ---- requirements ---- */

/* As the audience may read it; "" for others: facts beyond its own may be in it. */
static const char *reason_of(const struct summary *s, long person, const json_t *r)
{
    const char *reason = payload_text(r, "reason");
    bool reads = s->audience->kind == AUDIENCE_POST || s->audience->kind == AUDIENCE_CAPITAL;

    return reads && redact_allows_text(s->source->c, person, s->audience, reason) ? reason : "";
}

static void requirement_row(const struct summary *s, const struct columns *columns, long person,
                            const json_t *r)
{
    enum requirement which = requirement_named(payload_text(r, "id"));
    const char *status = code_label(status_codes, payload_text(r, "status"));
    const json_t *determined = json_object_get(r, "determined");
    struct buf shown = BUF_INIT, reason = BUF_INIT;

    paper_sentence(s->source->language, reason_of(s, person, r), &reason);
    buf_adds(&shown, status ? summary_tr(s, status) : payload_text(r, "status"));
    if (json_is_string(determined) || json_is_object(determined))
        buf_addf(&shown, " [%s]", summary_tr(s, N_("head of post")));
    const char *row[] = {payload_text(r, "article"),
                         which < REQUIREMENT_COUNT ? summary_tr(s, requirement_types[which].label)
                                                   : payload_text(r, "id"),
                         buf_text(&shown), buf_text(&reason)};
    paper_row(s->p, columns->count, columns->cells, row);
    buf_release(&shown);
    buf_release(&reason);
}

static long person_of(const json_t *person)
{
    return (long)json_integer_value(json_object_get(person, "person"));
}

static bool has_reasons(const struct summary *s, const json_t *person)
{
    const json_t *list = json_object_get(person, "requirements");

    for (size_t i = 0; i < json_array_size(list); i++)
        if (*reason_of(s, person_of(person), json_array_get(list, i)))
            return true;
    return false;
}

/* Where nobody's reasons may be read they have no column. */
static const struct columns *requirement_columns(const struct summary *s, const json_t *persons)
{
    static const struct columns with = {4, {5, 22, 12, 35}}, without = {3, {5, 47, 24}};

    for (size_t i = 0; i < json_array_size(persons); i++)
        if (has_reasons(s, json_array_get(persons, i)))
            return &with;
    return &without;
}

/* Each has a table of their own, which says whose it is on whatever page it stands. */
static void put_person_heading(const struct summary *s, const json_t *person, bool first)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, summary_tr(s, N_("Person %ld")), person_of(person));
    if (json_is_true(json_object_get(person, "erased")))
        buf_addf(&text, " (%s)", summary_tr(s, N_("erased")));
    paper_blank(s->p);
    if (first) /* below the heading of all of them */
        paper_keep(s->p);
    paper_heading(s->p, buf_text(&text));
    buf_release(&text);
}

static void put_person(const struct summary *s, const struct columns *columns, const json_t *person)
{
    static const char *const heads[] = {N_("Art."), N_("Requirement"), N_("Status"), N_("Reason")};
    const json_t *list = json_object_get(person, "requirements");
    size_t from = s->p->count;

    summary_header(s, columns->count, columns->cells, heads);
    for (size_t i = 0; i < json_array_size(list); i++)
        requirement_row(s, columns, person_of(person), json_array_get(list, i));
    paper_keep_table(s->p, from);
}

void summary_requirements(const struct summary *s)
{
    const json_t *persons = json_object_get(s->whole, "persons");
    const struct columns *columns = requirement_columns(s, persons);
    bool first = true;

    if (!json_array_size(persons))
        return;
    summary_heading(s, N_("Requirements"));
    for (size_t i = 0; i < json_array_size(persons); i++) {
        const json_t *person = json_array_get(persons, i);
        if (redact_keeps_off_paper(s->source->c, person, s->audience))
            continue;
        if (json_array_size(persons) > 1)
            put_person_heading(s, person, first);
        put_person(s, columns, person);
        first = false;
    }
    paper_remark(
        s->p,
        summary_tr(
            s, N_("The facts are determined; whether the mechanism applies, the competent officer "
                  "decides, not the program (Recital II, Article 3). The district (Article 4) "
                  "is advice beside 7.3.")));
}

/* ---- poll ---- */
static void add_services(const struct summary *s, const json_t *payload, struct buf *out)
{
    const struct field *services = field_find(act_type(ACT_REPLY)->fields, "services");
    const char *limits = payload_text(payload, "limits");

    paper_value(s->source->language, services, json_object_get(payload, "services"), out);
    if (*limits)
        buf_addf(out, "%s%s", out->size ? "; " : "", limits);
}

/* A State without an answer is silent: that is not declining. */
const char *summary_silence(const struct summary *s, const struct entry *poll)
{
    const char *by = entry_text(poll, "reply_by");
    struct instant now, end;
    bool over = false;

    if (instant_parse(s->source->now, &now)) {
        struct date day;
        if (instant_parse(by, &end))
            over = instant_compare(end, now) < 0;
        else if (date_parse(by, &day))
            over = date_compare(day, instant_date(now)) < 0;
    }
    return summary_tr(s, over ? N_("no reply by the deadline") : N_("no reply yet"));
}

/* Of the table of answers. */
static const int poll_cells[] = {13, 10, 9, 10, 6, 22};

static void poll_row(const struct summary *s, const struct entry *poll, const char *state)
{
    const struct entry *answer = case_answer(s->source->c, state, entry_number(poll, "round"));
    struct buf day = BUF_INIT, says = BUF_INIT;
    const char *row[] = {summary_state(s, state), "", "", "", "", ""};

    if (!answer) {
        row[5] = summary_silence(s, poll);
    } else {
        json_t *payload = summary_payload(s, answer);
        bool told = json_object_get(payload, act_transcribed_field.key) != NULL;
        buf_add(&day, answer->act->at, 10);
        if (answer->act->kind == ACT_DECLINE) {
            buf_adds(&says, summary_tr(s, N_("declines")));
        } else {
            bool offers = entry_bool(answer, "offer");
            row[2] = summary_label(s, ACT_REPLY, "legal", entry_text(answer, "legal"));
            row[3] = summary_label(s, ACT_REPLY, "material", entry_text(answer, "material"));
            row[4] = summary_tr(s, offers ? N_("yes") : N_("no"));
            add_services(s, payload, &says);
        }
        if (told)
            buf_addf(&says, "%s[%s]", says.size ? " " : "", summary_tr(s, N_("transcribed")));
        row[1] = buf_text(&day);
        row[5] = buf_text(&says);
        json_decref(payload);
    }
    paper_row(s->p, ARRAY_SIZE(poll_cells), poll_cells, row);
    buf_release(&day);
    buf_release(&says);
}

void summary_poll_answers(const struct summary *s, const struct entry *poll)
{
    static const char *const heads[] = {N_("State"),          N_("Answered on"),
                                        N_("Legal capacity"), N_("Material capacity"),
                                        N_("Offers"),         N_("Remarks")};
    const json_t *to = json_object_get(poll->payload, "to");
    size_t from = s->p->count;

    summary_header(s, ARRAY_SIZE(poll_cells), poll_cells, heads);
    for (size_t i = 0; i < json_array_size(to); i++)
        poll_row(s, poll, json_string_value(json_array_get(to, i)));
    paper_keep_table(s->p, from);
}

void summary_polls(const struct summary *s)
{
    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, ACT_POLL));) {
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            continue;
        json_t *payload = summary_payload(s, e);
        summary_heading(s, act_type(ACT_POLL)->label);
        paper_fields(s->p, s->source->language, act_type(ACT_POLL)->fields, payload, NULL);
        paper_blank(s->p);
        summary_poll_answers(s, e);
        summary_override(s, payload);
        json_decref(payload);
    }
}

/* ---- notes ---- */
void summary_notes(const struct summary *s)
{
    static const int cells[] = {12, 9, 25, 16, 10};
    static const char *const heads[] = {N_("Number"), N_("Direction"), N_("Kind"), N_("With"),
                                        N_("Dated")};
    bool begun = false;
    size_t from = s->p->count;

    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, ACT_NOTE));) {
        bool in = strcmp(entry_text(e, "direction"), "in") == 0;
        const json_t *office = json_object_get(e->payload, in ? "from" : "to");
        struct buf number = BUF_INIT, day = BUF_INIT, kind = BUF_INIT;
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            continue;
        if (!begun) {
            summary_heading(s, N_("Notes"));
            from = s->p->count;
            summary_header(s, 5, cells, heads);
        }
        begun = true;
        note_call(e, &number);
        buf_adds(&day, entry_text(e, "date"));
        buf_adds(&kind, summary_label(s, ACT_NOTE, "kind", entry_text(e, "kind")));
        if (e->annulled)
            buf_addf(&kind, " [%s]", summary_tr(s, N_("annulled")));
        if (json_object_get(e->payload, act_transcribed_field.key))
            buf_addf(&kind, " [%s]", summary_tr(s, N_("transcribed")));
        const char *row[] = {
            buf_text(&number), summary_label(s, ACT_NOTE, "direction", entry_text(e, "direction")),
            buf_text(&kind), summary_state(s, payload_text(office, "state")), buf_text(&day)};
        paper_row(s->p, 5, cells, row);
        json_t *payload = summary_payload(s, e);
        summary_override(s, payload);
        json_decref(payload);
        buf_release(&number);
        buf_release(&day);
        buf_release(&kind);
    }
    paper_keep_table(s->p, from);
}

/* ---- the order in time ---- */

/* By the clock of the post, however it was written: so those of a list compare. */
static void add_moment(const struct summary *s, const char *text, struct buf *out)
{
    struct instant at, now;
    char here[INSTANT_SIZE] = "";

    if (instant_parse(text, &at) && instant_parse(s->source->now, &now)) {
        at.offset = now.offset;
        instant_format(at, here);
    }
    paper_moment(s->source->language, *here ? here : text, out);
}

struct event {
    struct instant at;
    const struct entry *entry;
};

static int by_instant(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    int order = instant_compare(x->at, y->at);

    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static bool is_timed(const struct entry *e)
{
    return e->act->kind == ACT_CONTACT || e->act->kind == ACT_ASSIST ||
           e->act->kind == ACT_WITHDRAW ||
           (e->act->kind == ACT_NOTE && strcmp(entry_text(e, "kind"), "REQ") == 0);
}

static void event_row(const struct summary *s, const struct event *event)
{
    static const int cells[] = {34, 44};
    const struct entry *e = event->entry;
    struct buf when = BUF_INIT, what = BUF_INIT;

    add_moment(s, entry_text(e, "at"), &when);
    buf_adds(&what, summary_tr(s, act_type(e->act->kind)->label));
    if (e->act->kind == ACT_NOTE)
        buf_addf(&what, " %s (%s)%s", note_own_number(e),
                 summary_label(s, ACT_NOTE, "kind", entry_text(e, "kind")),
                 e->annulled ? summary_tr(s, N_(", annulled")) : "");
    else if (e->act->kind == ACT_ASSIST)
        buf_addf(&what, ": %s, %s", summary_label(s, ACT_ASSIST, "kind", entry_text(e, "kind")),
                 summary_state(s, entry_text(e, "by")));
    else if (e->act->kind == ACT_CONTACT)
        buf_addf(&what, " (%s)", summary_tr(s, N_("outside the mechanism")));
    const char *row[] = {buf_text(&when), buf_text(&what)};
    paper_row(s->p, 2, cells, row);
    buf_release(&when);
    buf_release(&what);
}

void summary_order(const struct summary *s)
{
    const struct case_file *c = s->source->c;
    struct event *events = xcalloc(c->count + 1, sizeof *events);
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];
        if (is_timed(e) && !redact_keeps_off_paper(c, e->payload, s->audience) &&
            instant_parse(entry_text(e, "at"), &events[count].at))
            events[count++].entry = e;
    }
    qsort(events, count, sizeof *events, by_instant);
    if (count)
        summary_heading(s, N_("In order of time (Article 6)"));
    size_t from = s->p->count;
    for (size_t i = 0; i < count; i++)
        event_row(s, &events[i]);
    paper_keep_table(s->p, from);
    free(events);
}

/* ---- what went out ---- */
static const char *sent_name(const struct summary *s, const char *what)
{
    const struct act_type *type = act_type_named(what);

    return type ? summary_tr(s, type->label) : summary_label(s, ACT_NOTE, "kind", what);
}

static const char *reader_name(const struct summary *s, const char *to)
{
    if (strcmp(to, "secretariat") == 0)
        return summary_tr(s, N_("Technical Secretariat"));
    return country_find(to) ? summary_state(s, to) : summary_label(s, ACT_REFER, "to", to);
}

static void sent_row(const struct summary *s, const json_t *sent)
{
    static const int cells[] = {31, 20, 15, 8};
    const json_t *named = json_object_get(sent, "named");
    struct buf when = BUF_INIT, persons = BUF_INIT;

    add_moment(s, payload_text(sent, "at"), &when);
    for (size_t i = 0; i < json_array_size(named); i++)
        buf_addf(&persons, "%s%ld", i ? ", " : "",
                 (long)json_integer_value(json_array_get(named, i)));
    const char *row[] = {buf_text(&when), sent_name(s, payload_text(sent, "what")),
                         reader_name(s, payload_text(sent, "to")),
                         persons.size ? buf_text(&persons) : "-"};
    paper_row(s->p, 4, cells, row);
    buf_release(&when);
    buf_release(&persons);
}

/* For ourselves alone: who has what, also after a consent was withdrawn. */
void summary_sent(const struct summary *s)
{
    static const int cells[] = {31, 20, 15, 8};
    static const char *const heads[] = {N_("At"), N_("Sent"), N_("To"), N_("Names")};
    const json_t *list = json_object_get(s->whole, "sent");

    if (s->audience->kind != AUDIENCE_POST || !json_array_size(list))
        return;
    summary_heading(s, N_("Sent, and to whom"));
    size_t from = s->p->count;
    summary_header(s, 4, cells, heads);
    for (size_t i = 0; i < json_array_size(list); i++)
        sent_row(s, json_array_get(list, i));
    paper_keep_table(s->p, from);
}

/* ---- the directory ---- */
static void print_list_age(const struct summary *s, const json_t *directory, const char *state,
                           const char *date, struct date today)
{
    struct buf text = BUF_INIT;
    struct date of;

    paper_day(s->source->language, date, &text);
    if (date_parse(date, &of)) {
        long days = date_days_between(of, today);
        buf_addf(&text, n_(", %ld day old", ", %ld days old", (unsigned long)days), days);
        if (days > case_list_days(directory))
            buf_addf(&text, " (%s)", summary_tr(s, N_("old: ask for a new one")));
    }
    paper_labelled(s->p, summary_state(s, state), 24, buf_text(&text));
    buf_release(&text);
}

static void print_posts(const struct summary *s, const json_t *directory)
{
    static const int cells[] = {20, 18, 22, 14};
    const json_t *posts = json_object_get(directory, "posts");
    size_t from = s->p->count;

    for (size_t i = 0; i < json_array_size(posts); i++) {
        const json_t *post = json_array_get(posts, i);
        const char *kind = code_label(post_kind_codes, payload_text(post, "kind"));
        const char *source = code_label(post_source_codes, payload_text(post, "source"));
        const json_t *able = json_object_get(post, "able");
        struct buf by = BUF_INIT;
        if (strcmp(payload_text(post, "country"), case_receiving_state(s->source->c)) != 0)
            continue;
        buf_adds(&by, source ? summary_tr(s, source) : payload_text(post, "source"));
        if (json_is_false(able))
            buf_addf(&by, ", %s", summary_tr(s, N_("cannot act")));
        const char *row[] = {
            summary_state(s, payload_text(post, "state")), payload_text(post, "city"),
            kind ? summary_tr(s, kind) : payload_text(post, "kind"), buf_text(&by)};
        paper_row(s->p, 4, cells, row);
        buf_release(&by);
    }
    paper_keep_table(s->p, from);
}

void summary_directory(const struct summary *s)
{
    const json_t *directory = case_directory(s->source->c, s->source->directory),
                 *lists = json_object_get(directory, "lists");
    const char *state;
    json_t *date;
    struct instant now;

    if (!directory || !instant_parse(s->source->now, &now))
        return;
    summary_heading(s, N_("Directory"));
    paper_paragraph(s->p, summary_tr(s, directory != s->source->directory
                                            ? N_("As it was when the case was decided.")
                                            : N_("As it is now.")));
    paper_keep(s->p);
    print_posts(s, directory);
    paper_remark(s->p, summary_tr(s, N_("Lists of offices (Article 7.6):")));
    paper_keep(s->p);
    size_t from = s->p->count;
    json_object_foreach((json_t *)(uintptr_t)lists, state, date)
        print_list_age(s, directory, state, json_string_value(date) ? json_string_value(date) : "",
                       instant_date(now));
    paper_keep_together(s->p, from);
}
