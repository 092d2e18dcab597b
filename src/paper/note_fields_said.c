/* SPDX-License-Identifier: MIT */
/* Fields of the notes: what was consented, authorised, asked, offered and agreed. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"
#include "amparo/base/number.h"
#include "note_parts.h"

/* Of the note itself, else of the acceptance where that is what the note is about. */
static const char *agreed_text(const struct note *n, const char *key)
{
    const char *own = payload_text(n->payload, key);
    bool reply = strcmp(n->class->kind, "REQ") != 0;

    return *own || !reply ? own : payload_text(n->accepted, key);
}

/* ---- consent, authorisation, the Secretariat ---- */
/* The addressee as a consent names it. */
static const char *consented_to(const struct note *n, const char *purpose)
{
    return strcmp(purpose, "P4") == 0 ? n->addressee.state : n->addressee.office;
}

static void add_consent_text(const struct note *n, const struct note_consents *what, size_t i,
                             size_t count, const char *said, struct buf *out)
{
    struct buf text = BUF_INIT;

    if (what->date && i && paper_word(NOTE_LANGUAGE(n), "layout", "day_article", &text))
        buf_addc(&text, ' ');
    if (what->date)
        note_add_day(n, said, &text);
    else if (!paper_word(NOTE_LANGUAGE(n), "basis", said, &text))
        note_add_words(&text, said);
    paper_and(NOTE_LANGUAGE(n), out, i, count, buf_text(&text));
    buf_release(&text);
}

static int by_day(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void note_add_consents(const struct note *n, const struct note_consents *what, struct buf *out)
{
    const char *seen[PERSONS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < n->person_count; i++) {
        const char *to = consented_to(n, what->purpose);
        const struct entry *e = case_consent(n->source->c, n->persons[i], what->purpose, to);
        const char *text = e ? entry_text(e, what->key) : "";
        bool known = !*text || !e || case_consent_is_basis(e) != what->basis ||
                     withheld_in_text(n->source->c, n->persons[i], what->purpose, to, text);
        if (what->all && !e)
            return;
        for (size_t j = 0; j < count; j++)
            known = known || strcmp(seen[j], text) == 0;
        if (!known)
            seen[count++] = text;
    }
    if (what->date)
        qsort(seen, count, sizeof *seen, by_day);
    for (size_t i = 0; i < count; i++)
        add_consent_text(n, what, i, count, seen[i], out);
}

/* Said only where each of the persons has consented, or stands on a recorded basis. */
static void write_consent_on(const void *ctx, struct buf *out)
{
    note_add_consents(
        ctx, &(struct note_consents){.purpose = "P4", .key = "on", .all = true, .date = true}, out);
}

static void write_consent_limits(const void *ctx, struct buf *out)
{
    note_add_consents(ctx, &(struct note_consents){.purpose = "P4", .key = "restrictions"}, out);
}

static void write_basis(const void *ctx, struct buf *out)
{
    note_add_consents(
        ctx, &(struct note_consents){.purpose = "P4", .key = "given_by", .basis = true}, out);
}

static const struct entry *authorisation(const struct note *n)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_AUTHORISE));)
        if (strcmp(entry_text(e, "what"), "request") == 0)
            found = e;
    return found;
}

static void write_authorised(const void *ctx, struct buf *out)
{
    const struct entry *e = authorisation(ctx);

    note_add_words(out, e ? entry_text(e, "reference") : "");
}

static void write_authorised_on(const void *ctx, struct buf *out)
{
    const struct entry *e = authorisation(ctx);

    note_add_day(ctx, e ? entry_text(e, "on") : "", out);
}

static void add_told(const struct note *n, const char *event, struct buf *out)
{
    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_NOTIFY));)
        if (strcmp(entry_text(e, "event"), event) == 0) {
            buf_adds(out, "yes");
            return;
        }
}

static void write_told_request(const void *ctx, struct buf *out)
{
    add_told(ctx, "request", out);
}

static void write_told_poll(const void *ctx, struct buf *out)
{
    add_told(ctx, "poll", out);
}

/* ---- poll, offer, request, answer ---- */
static void write_offer_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const struct entry *e =
        *n->addressee.state ? case_answer(n->source->c, n->addressee.state, 0) : NULL;

    if (!e || e->act->kind != ACT_REPLY || !entry_bool(e, "offer"))
        return;
    const char *came = entry_text(e, "received_at");
    const char *said = payload_text(json_object_get(e->payload, "transcribed"), "on");
    note_add_day(n, *came ? came : *said ? said : e->act->at, out);
}

static void write_polled(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *to = json_object_get(n->poll_payload, "to");

    for (size_t i = 0; i < json_array_size(to); i++) {
        struct buf name = BUF_INIT;
        paper_country_listed(NOTE_LANGUAGE(n), json_string_value(json_array_get(to, i)), &name);
        paper_and(NOTE_LANGUAGE(n), out, i, json_array_size(to), buf_text(&name));
        buf_release(&name);
    }
}

static void write_polled_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    note_add_day(n, n->poll ? n->poll->act->at : "", out);
}

static void write_round(const void *ctx, struct buf *out)
{
    const json_t *round = json_object_get(((const struct note *)ctx)->poll_payload, "round");

    if (json_is_integer(round))
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(round));
    else
        note_add_or_gap(out, "");
}

static void write_reply_by(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *by = payload_text(n->poll_payload, "reply_by");

    if (*by)
        paper_moment(NOTE_LANGUAGE(n), by, out);
    else
        note_add_or_gap(out, "");
}

static void add_number(const struct paper_language *language, const struct entry *note,
                       struct buf *out)
{
    const char *number = note ? note_quoted_number(note) : "";

    if (*number) {
        paper_word(language, "layout", "no", out);
        buf_addf(out, " %s", number);
    }
}

static void write_request(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_number(NOTE_LANGUAGE(n), n->request, out);
}

static void write_request_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    note_add_day(n, n->request ? entry_text(n->request, "date") : "", out);
}

static void write_request_ours(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (n->request && !note_came_in(n->request))
        buf_adds(out, "yes");
}

static void write_request_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *to = n->request ? json_object_get(n->request->payload, "to") : NULL;

    if (to)
        paper_formal(NOTE_LANGUAGE(n), payload_text(to, "state"), out);
}

static void write_request_apart(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (n->request && n->request != n->answered)
        write_request(ctx, out);
}

static void write_answered(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_number(NOTE_LANGUAGE(n), n->answered, out);
}

static void write_answered_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    note_add_day(n, n->answered ? entry_text(n->answered, "date") : "", out);
}

static void write_agreed(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (n->answered && strcmp(entry_text(n->answered, "kind"), "SCOPE") == 0)
        buf_adds(out, "yes");
}

static void write_hand_over_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const struct entry *decline = case_last(n->source->c, ACT_DECLINE);

    note_add_day(n, decline ? entry_text(decline, "hand_over_on") : "", out);
}

/* ---- scope ---- */
static void write_scope(const void *ctx, struct buf *out)
{
    note_add_words(out, agreed_text(ctx, "scope"));
}

static void write_withheld(const void *ctx, struct buf *out)
{
    buf_adds(out, note_withholds(ctx) ? "yes" : "");
}

static void write_limits(const void *ctx, struct buf *out)
{
    note_add_words(out, agreed_text(ctx, "limits"));
}

static void write_excluded(const void *ctx, struct buf *out)
{
    note_add_words(out, agreed_text(ctx, "excluded"));
}

static void write_authorities(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *listed = agreed_text(n, "authorities_listed");

    if (!paper_word(NOTE_LANGUAGE(n), "authorities", agreed_text(n, "authorities"), out))
        return;
    if (*listed) {
        buf_adds(out, ", ");
        note_add_words(out, listed);
    }
}

static void write_starts_on(const void *ctx, struct buf *out)
{
    note_add_day(ctx, agreed_text(ctx, "starts_on"), out);
}

static void write_ends_on(const void *ctx, struct buf *out)
{
    note_add_day(ctx, agreed_text(ctx, "ends_on"), out);
}

static void write_costs(const void *ctx, struct buf *out)
{
    note_add_words(out, agreed_text(ctx, "costs"));
}

static void write_ceiling(const void *ctx, struct buf *out)
{
    const char *amount = agreed_text(ctx, "ceiling"), *currency = agreed_text(ctx, "currency");
    int64_t units;

    if (*amount && money_parse(amount, currency, &units))
        money_say(out, units, currency, NOTE_LANGUAGE((const struct note *)ctx)->tr);
}

/* ---- the note itself ---- */
static void write_number(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    buf_adds(out, n->entry ? note_quoted_number(n->entry) : "");
}

static void write_number_line(const void *ctx, struct buf *out)
{
    note_line(ctx, "number", out);
}

static void write_date(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *date = payload_text(n->whole, "date");

    note_add_day(n, *date ? date : n->source->now, out);
}

static const struct template_field said_fields[] = {
    {"consent.on", "day or days of consent, where each person has given it", write_consent_on},
    {"consent.limits", "restrictions of the consent", write_consent_limits},
    {"basis", "recorded basis, where there was no consent", write_basis},
    {"authorised", "reference of the capital's authorisation", write_authorised},
    {"authorised.on", "its date", write_authorised_on},
    {"told.request", "fact: the Secretariat was told of the request", write_told_request},
    {"told.poll", "fact: it was told of the poll", write_told_poll},
    {"offer.on", "day of the addressee's offer", write_offer_on},
    {"polled", "names of the States polled", write_polled},
    {"polled.on", "day of the poll", write_polled_on},
    {"round", "number of the poll", write_round},
    {"reply_by", "until when replies are asked for", write_reply_by},
    {"request", "number of the note of request: No. 3/2026", write_request},
    {"request.on", "its date", write_request_on},
    {"request.ours", "fact: that note is the sender's", write_request_ours},
    {"request.state", "formal name of the State requested", write_request_state},
    {"request.apart", "fact: the request is not the note answered", write_request_apart},
    {"answered", "number of the note answered: No. 3/2026", write_answered},
    {"answered.on", "its date", write_answered_on},
    {"agreed", "fact: it answers a proposal of scope", write_agreed},
    {"hand_over.on", "last day of assistance, where it was declined", write_hand_over_on},
    {"scope", "scope and procedures", write_scope},
    {"withheld", "fact: parts of the note are withheld from its reader", write_withheld},
    {"limits", "their limits", write_limits},
    {"excluded", "what is left out", write_excluded},
    {"authorities", "contact with local authorities", write_authorities},
    {"starts.on", "first day", write_starts_on},
    {"ends.on", "last day", write_ends_on},
    {"costs", "who bears the costs", write_costs},
    {"ceiling", "highest amount agreed", write_ceiling},
    {"number", "number of this note; none of a draft", write_number},
    {"number.line", "the line with the number", write_number_line},
    {"date", "date of this note", write_date},
    {NULL, NULL, NULL},
};

const struct template_field *const note_template_fields[] = {
    note_case_fields, said_fields, note_end_fields, note_cost_fields, NULL};
