/* SPDX-License-Identifier: MIT */
/* The fields that the words of the notes may use, each with the fact that it writes. */
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/money.h"
#include "amparo/base/text.h"
#include "note_parts.h"

#define LANGUAGE(n) ((n)->source->language)

/* Adds what somebody wrote as part of a sentence: on one line, without its own full stop. */
static void add_words(struct buf *out, const char *text)
{
    struct buf shown = BUF_INIT;
    size_t size;

    text_shown(&shown, text, strlen(text));
    size = shown.size;
    while (size && strchr(" .;,", shown.data[size - 1]))
        size--;
    buf_add(out, buf_text(&shown), size);
    buf_release(&shown);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* Of the note itself, else of the acceptance where that is what the note is about. */
static const char *agreed_text(const struct note *n, const char *key)
{
    const char *own = text_of(n->payload, key);
    bool reply = strcmp(n->class->kind, "REQ") != 0;

    return *own || !reply ? own : text_of(n->accepted, key);
}

static void add_day(const struct note *n, const char *text, struct buf *out)
{
    if (*text)
        paper_day(LANGUAGE(n), text, out);
}

/* A blank to be filled by hand, where a draft does not yet say it. */
static void add_or_gap(struct buf *out, const char *text)
{
    buf_adds(out, *text ? text : "________");
}

/* ---- sender and addressee ---- */
static bool is_to_secretariat(const struct note *n)
{
    return n->class->audience == AUDIENCE_SECRETARIAT;
}

static void add_office(const struct note *n, const struct party *party, struct buf *out)
{
    if (*party->office)
        paper_office(LANGUAGE(n), party->office, party->state, party->city, out);
    else
        add_or_gap(out, "");
}

static void write_sender(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_office(n, &n->sender, out);
}

static void write_sender_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    buf_adds(out, paper_formal(LANGUAGE(n), n->sender.state));
}

static void write_sender_city(const void *ctx, struct buf *out)
{
    add_or_gap(out, ((const struct note *)ctx)->sender.city);
}

static void write_addressee(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (is_to_secretariat(n))
        paper_word(LANGUAGE(n), "office", "secretariat", out);
    else
        add_office(n, &n->addressee, out);
}

static void write_addressee_short(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (is_to_secretariat(n))
        paper_word(LANGUAGE(n), "layout", "secretariat", out);
    else
        add_office(n, &n->addressee, out);
}

static void write_addressee_honoured(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    struct buf office = BUF_INIT;

    write_addressee(ctx, &office);
    if (is_to_secretariat(n) || *n->addressee.office)
        paper_office_honoured(LANGUAGE(n),
                              is_to_secretariat(n) ? "Technical Secretariat" : n->addressee.office,
                              n->addressee.state, n->addressee.city, out);
    else
        buf_adds(out, buf_text(&office));
    buf_release(&office);
}

static void write_addressee_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_or_gap(out, *n->addressee.state ? paper_formal(LANGUAGE(n), n->addressee.state) : "");
}

static void write_addressee_city(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->addressee.city);
}

static void write_to_secretariat(const void *ctx, struct buf *out)
{
    buf_adds(out, is_to_secretariat(ctx) ? "yes" : "");
}

static void write_honour(const void *ctx, struct buf *out)
{
    paper_word(LANGUAGE((const struct note *)ctx), "spelling", "honour", out);
}

/* ---- the case ---- */
static void write_case(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->source->c->reference);
}

static void write_requesting(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *state = case_requesting_state(n->source->c);

    add_or_gap(out, *state ? paper_formal(LANGUAGE(n), state) : "");
}

static void write_receiving(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *state = case_receiving_state(n->source->c);

    if (*state)
        paper_country(LANGUAGE(n), state, out);
    else
        add_or_gap(out, "");
}

static void write_place(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *locality = text_of(n->situation, "locality");

    if (*locality) {
        add_words(out, locality);
        buf_adds(out, ", ");
    }
    write_receiving(ctx, out);
}

static void write_area(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_words(out, text_of(n->poll_payload, "area"));
}

static void write_stage(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    paper_word(LANGUAGE(n), "stage", stage_name(case_stage(n->source->c)), out);
}

static void write_danger(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    buf_adds(out, strcmp(case_priority(n->source->c), "life_threatening") == 0 ? "yes" : "");
}

static void write_urgent(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    buf_adds(out, strcmp(case_priority(n->source->c), "urgent") == 0 ? "yes" : "");
}

/* The instrument's default status is that of a pilot. */
static void write_pilot(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *instrument = json_object_get(n->source->directory, "instrument");

    buf_adds(out, strcmp(text_of(instrument, "status"), "in_force") == 0 ? "" : "yes");
}

static void write_no_office(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->no_office ? "yes" : "");
}

static void write_persons_count(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    struct buf number = BUF_INIT;

    buf_addf(&number, "%zu", n->person_count);
    if (!paper_word(LANGUAGE(n), "count", buf_text(&number), out))
        buf_adds(out, buf_text(&number));
    buf_release(&number);
}

static void write_several(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->person_count > 1 ? "yes" : "");
}

static bool is_about(const struct note *n, const struct entry *e)
{
    long person = entry_number(e, "person");

    for (size_t i = 0; i < n->person_count; i++)
        if (n->persons[i] == person)
            return true;
    return !person;
}

/* The words of the codes that the entries of a kind give, each once. */
static void add_codes(const struct note *n, enum act_kind kind, const char *key, const char *list,
                      bool lettered, bool with_urgency, struct buf *out)
{
    const char *seen[64];
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, kind));) {
        const char *code = entry_text(e, key);
        bool known = strcmp(entry_text(e, "status"), "met") == 0;
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(seen[i], code) == 0;
        if (!known && count < ARRAY_SIZE(seen) && is_about(n, e))
            seen[count++] = code;
    }
    for (size_t i = 0; i < count; i++) {
        struct buf word = BUF_INIT;
        paper_word(LANGUAGE(n), list, seen[i], &word);
        for (const struct entry *e = NULL; with_urgency && (e = case_next(n->source->c, e, kind));)
            if (strcmp(entry_text(e, key), seen[i]) == 0) {
                buf_addc(&word, ' ');
                paper_word(LANGUAGE(n), "urgency", entry_text(e, "urgency"), &word);
                break;
            }
        if (lettered)
            paper_lettered(LANGUAGE(n), out, i, buf_text(&word));
        else
            paper_and(LANGUAGE(n), out, i, count, buf_text(&word));
        buf_release(&word);
    }
}

static void write_grounds(const void *ctx, struct buf *out)
{
    add_codes(ctx, ACT_GROUND, "code", "ground", false, false, out);
    if (!out->size)
        add_or_gap(out, "");
}

static void add_listed_needs(const struct note *n, const json_t *codes, struct buf *out)
{
    for (size_t i = 0; i < json_array_size(codes); i++) {
        struct buf word = BUF_INIT;
        paper_word(LANGUAGE(n), "need", json_string_value(json_array_get(codes, i)), &word);
        paper_lettered(LANGUAGE(n), out, i, buf_text(&word));
        buf_release(&word);
    }
}

static void write_needs(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *services = json_object_get(n->payload, "services");

    if (json_array_size(services))
        add_listed_needs(n, services, out);
    else
        add_codes(n, ACT_NEED, "need", "need", true, false, out);
}

static void write_needs_urgent(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *needs = json_object_get(n->poll_payload, "needs");

    if (json_array_size(needs))
        add_listed_needs(n, needs, out);
    else
        add_codes(n, ACT_NEED, "need", "need", true, true, out);
}

static void write_languages(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const struct entry *open = case_last(n->source->c, ACT_OPEN);
    const json_t *codes = json_object_get(n->poll_payload, "languages");

    if (!json_array_size(codes) && open)
        codes = json_object_get(open->payload, "interview_languages");
    for (size_t i = 0; i < json_array_size(codes); i++) {
        struct buf name = BUF_INIT;
        paper_tongue(LANGUAGE(n), json_string_value(json_array_get(codes, i)), &name);
        paper_and(LANGUAGE(n), out, i, json_array_size(codes), buf_text(&name));
        buf_release(&name);
    }
}

/* ---- consent, authorisation, the Secretariat ---- */
/* The consent of the person to the addressee that stands, or NULL. */
static const struct entry *consent_of(const struct note *n, long person)
{
    const struct entry *found = NULL;
    const struct case_file *c = n->source->c;

    if (!case_consents(c, person, "P4", n->addressee.state))
        return NULL;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (entry_number(e, "person") == person && strcmp(entry_text(e, "purpose"), "P4") == 0 &&
            strcmp(entry_text(e, "to"), n->addressee.state) == 0)
            found = e;
    return found;
}

static bool is_basis(const struct entry *consent)
{
    const char *by = entry_text(consent, "given_by");

    return strcmp(by, "best_interests") == 0 || strcmp(by, "vital_interest") == 0;
}

/*
 * The texts of a key over the consents of all persons, each text once. `basis`: of recorded bases
 * instead of consents. Nothing where a person has neither.
 */
static void add_consents(const struct note *n, const char *key, bool basis, bool date,
                         struct buf *out)
{
    const char *seen[PERSONS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < n->person_count; i++) {
        const struct entry *e = consent_of(n, n->persons[i]);
        const char *text = e ? entry_text(e, key) : "";
        bool known = !*text || !e || is_basis(e) != basis;
        for (size_t j = 0; j < count; j++)
            known = known || strcmp(seen[j], text) == 0;
        if (!known)
            seen[count++] = text;
    }
    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        if (date)
            add_day(n, seen[i], &text);
        else if (!paper_word(LANGUAGE(n), "basis", seen[i], &text))
            add_words(&text, seen[i]);
        paper_and(LANGUAGE(n), out, i, count, buf_text(&text));
        buf_release(&text);
    }
}

/* Said only where each of the persons has consented, or stands on a recorded basis. */
static void write_consent_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    for (size_t i = 0; i < n->person_count; i++)
        if (!consent_of(n, n->persons[i]))
            return;
    add_consents(n, "on", false, true, out);
}

static void write_consent_limits(const void *ctx, struct buf *out)
{
    add_consents(ctx, "restrictions", false, false, out);
}

static void write_basis(const void *ctx, struct buf *out)
{
    add_consents(ctx, "given_by", true, false, out);
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

    add_words(out, e ? entry_text(e, "reference") : "");
}

static void write_authorised_on(const void *ctx, struct buf *out)
{
    const struct entry *e = authorisation(ctx);

    add_day(ctx, e ? entry_text(e, "on") : "", out);
}

static void write_told_request(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_NOTIFY));)
        if (strcmp(entry_text(e, "event"), "request") == 0) {
            buf_adds(out, "yes");
            return;
        }
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
    const char *said = text_of(json_object_get(e->payload, "transcribed"), "on");
    add_day(n, *came ? came : *said ? said : e->act->at, out);
}

static void write_polled(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *to = json_object_get(n->poll_payload, "to");

    for (size_t i = 0; i < json_array_size(to); i++) {
        struct buf name = BUF_INIT;
        paper_country(LANGUAGE(n), json_string_value(json_array_get(to, i)), &name);
        paper_and(LANGUAGE(n), out, i, json_array_size(to), buf_text(&name));
        buf_release(&name);
    }
}

static void write_polled_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_day(n, n->poll ? n->poll->act->at : "", out);
}

static void write_round(const void *ctx, struct buf *out)
{
    const json_t *round = json_object_get(((const struct note *)ctx)->poll_payload, "round");

    if (json_is_integer(round))
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(round));
    else
        add_or_gap(out, "");
}

static void write_reply_by(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *by = text_of(n->poll_payload, "reply_by");

    if (*by)
        paper_moment(LANGUAGE(n), by, out);
    else
        add_or_gap(out, "");
}

static void add_number(const struct paper_language *language, const struct entry *note,
                       struct buf *out)
{
    const char *number = note ? paper_note_number(note) : "";

    if (*number) {
        paper_word(language, "layout", "no", out);
        buf_addf(out, " %s", number);
    }
}

static void write_request(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_number(LANGUAGE(n), n->request, out);
}

static void write_request_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_day(n, n->request ? entry_text(n->request, "date") : "", out);
}

static void write_request_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const json_t *to = n->request ? json_object_get(n->request->payload, "to") : NULL;

    if (to)
        buf_adds(out, paper_formal(LANGUAGE(n), text_of(to, "state")));
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

    add_number(LANGUAGE(n), n->answered, out);
}

static void write_answered_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_day(n, n->answered ? entry_text(n->answered, "date") : "", out);
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

    add_day(n, decline ? entry_text(decline, "hand_over_on") : "", out);
}

/* ---- scope ---- */
static void write_scope(const void *ctx, struct buf *out)
{
    add_words(out, agreed_text(ctx, "scope"));
}

static void write_withheld(const void *ctx, struct buf *out)
{
    buf_adds(out, note_withholds(ctx) ? "yes" : "");
}

static void write_limits(const void *ctx, struct buf *out)
{
    add_words(out, agreed_text(ctx, "limits"));
}

static void write_excluded(const void *ctx, struct buf *out)
{
    add_words(out, agreed_text(ctx, "excluded"));
}

static void write_authorities(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *listed = agreed_text(n, "authorities_listed");

    if (!paper_word(LANGUAGE(n), "authorities", agreed_text(n, "authorities"), out))
        return;
    if (*listed) {
        buf_adds(out, ", ");
        add_words(out, listed);
    }
}

static void write_starts_on(const void *ctx, struct buf *out)
{
    add_day(ctx, agreed_text(ctx, "starts_on"), out);
}

static void write_ends_on(const void *ctx, struct buf *out)
{
    add_day(ctx, agreed_text(ctx, "ends_on"), out);
}

static void write_costs(const void *ctx, struct buf *out)
{
    add_words(out, agreed_text(ctx, "costs"));
}

static void write_ceiling(const void *ctx, struct buf *out)
{
    const char *amount = agreed_text(ctx, "ceiling"), *currency = agreed_text(ctx, "currency");
    int64_t units;

    if (*amount && money_parse(amount, currency, &units))
        money_format(out, units, currency);
}

/* ---- the note itself ---- */
static void write_number(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    buf_adds(out, n->entry ? paper_note_number(n->entry) : "");
}

static void write_number_line(const void *ctx, struct buf *out)
{
    note_line(ctx, "number", out);
}

static void write_date(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *date = text_of(n->whole, "date");

    add_day(n, *date ? date : n->source->now, out);
}

const struct template_field note_template_fields[] = {
    {"sender", "our office, with its article", write_sender},
    {"sender.short", "the same", write_sender},
    {"sender.state", "formal name of our State, with its article", write_sender_state},
    {"sender.city", "our city", write_sender_city},
    {"addressee", "the office addressed, with its article", write_addressee},
    {"addressee.short", "the same; of the Secretariat its short name", write_addressee_short},
    {"addressee.honoured", "the same, with a courtesy where the language has one",
     write_addressee_honoured},
    {"addressee.state", "formal name of its State, with its article", write_addressee_state},
    {"addressee.city", "its city", write_addressee_city},
    {"to_secretariat", "fact: the note goes to the Technical Secretariat", write_to_secretariat},
    {"honour", "the word, as the sender spells it", write_honour},
    {"case", "reference of the case", write_case},
    {"requesting", "formal name of the requesting State, with its article", write_requesting},
    {"receiving", "the receiving State", write_receiving},
    {"place", "town and receiving State", write_place},
    {"area", "town or region, as the poll names it", write_area},
    {"stage", "where the case stands", write_stage},
    {"danger", "fact: life is in danger", write_danger},
    {"urgent", "fact: the case is urgent", write_urgent},
    {"pilot", "fact: the instrument is not in force", write_pilot},
    {"no_office", "fact: 7.3 is met", write_no_office},
    {"persons.count", "how many persons, in words", write_persons_count},
    {"several", "fact: more than one person", write_several},
    {"grounds", "the grounds of 7.4", write_grounds},
    {"needs", "what is sought, with letters", write_needs},
    {"needs.urgent", "the same, each with its urgency", write_needs_urgent},
    {"languages", "languages of the interviews", write_languages},
    {"consent.on", "day or days of consent, where each person has given it", write_consent_on},
    {"consent.limits", "restrictions of the consent", write_consent_limits},
    {"basis", "recorded basis, where there was no consent", write_basis},
    {"authorised", "reference of the capital's authorisation", write_authorised},
    {"authorised.on", "its date", write_authorised_on},
    {"told.request", "fact: the Secretariat was told of the request", write_told_request},
    {"offer.on", "day of the addressee's offer", write_offer_on},
    {"polled", "names of the States polled", write_polled},
    {"polled.on", "day of the poll", write_polled_on},
    {"round", "number of the poll", write_round},
    {"reply_by", "until when replies are asked for", write_reply_by},
    {"request", "number of the note of request: No. 3/2026", write_request},
    {"request.on", "its date", write_request_on},
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
