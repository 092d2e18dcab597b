/* SPDX-License-Identifier: MIT */
/* Fields of the notes: who writes to whom, and the case. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "note_parts.h"

void note_add_words(struct buf *out, const char *text)
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

void note_add_day(const struct note *n, const char *text, struct buf *out)
{
    if (*text)
        paper_day(NOTE_LANGUAGE(n), text, out);
}

void note_add_or_gap(struct buf *out, const char *text)
{
    buf_adds(out, *text ? text : "________");
}

/* ---- sender and addressee ---- */
static void add_office(const struct note *n, const struct party *party, struct buf *out)
{
    if (*party->office)
        paper_office(NOTE_LANGUAGE(n), party->office, party->state, party->city, out);
    else
        note_add_or_gap(out, "");
}

static void add_formal(const struct note *n, const char *state, struct buf *out)
{
    if (*state)
        paper_formal(NOTE_LANGUAGE(n), state, out);
    else
        note_add_or_gap(out, "");
}

static void write_sender(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_office(n, &n->sender, out);
}

static void write_sender_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_formal(n, n->sender.state, out);
}

static void write_sender_city(const void *ctx, struct buf *out)
{
    note_add_or_gap(out, ((const struct note *)ctx)->sender.city);
}

static void write_addressee(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (n->class->body && strcmp(n->class->body, "secretariat") == 0)
        note_line(n, "secretariat_of", out);
    else if (n->class->body)
        paper_body(NOTE_LANGUAGE(n), n->class->body, out);
    else
        add_office(n, &n->addressee, out);
}

static void write_addressee_short(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    if (n->class->body)
        paper_body(NOTE_LANGUAGE(n), n->class->body, out);
    else
        add_office(n, &n->addressee, out);
}

static void write_addressee_honoured(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    struct buf name = BUF_INIT;

    if (n->class->body || *n->addressee.office) {
        write_addressee(ctx, &name);
        paper_honoured(NOTE_LANGUAGE(n), buf_text(&name), out);
    } else {
        note_add_or_gap(out, "");
    }
    buf_release(&name);
}

static void write_addressee_state(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_formal(n, n->addressee.state, out);
}

static void write_addressee_city(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->addressee.city);
}

static void write_to_body(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->class->body ? "yes" : "");
}

/* ---- bodies of the Conference ---- */
static void write_conference(const void *ctx, struct buf *out)
{
    paper_body(NOTE_LANGUAGE((const struct note *)ctx), "conference", out);
}

static void write_secretariat(const void *ctx, struct buf *out)
{
    paper_body(NOTE_LANGUAGE((const struct note *)ctx), "secretariat", out);
}

static void write_network_cp(const void *ctx, struct buf *out)
{
    paper_body(NOTE_LANGUAGE((const struct note *)ctx), "network_cp", out);
}

/* The instrument's default status is that of a pilot. */
static bool is_pilot(const struct note *n)
{
    const json_t *instrument = json_object_get(n->source->directory, "instrument");

    return strcmp(payload_text(instrument, "status"), "in_force") != 0;
}

static void write_mechanism(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    paper_body(NOTE_LANGUAGE(n), is_pilot(n) ? "mechanism_pilot" : "mechanism", out);
}

static void write_honour(const void *ctx, struct buf *out)
{
    paper_word(NOTE_LANGUAGE((const struct note *)ctx), "spelling", "honour", out);
}

/* ---- the case ---- */
static void write_case(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->source->c->reference);
}

static void write_requesting(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_formal(n, case_requesting_state(n->source->c), out);
}

static void write_requesting_plural(const void *ctx, struct buf *out)
{
    struct buf name = BUF_INIT;

    write_requesting(ctx, &name);
    buf_adds(out, paper_is_plural(buf_text(&name)) ? "yes" : "");
    buf_release(&name);
}

static void write_receiving(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *state = case_receiving_state(n->source->c);

    if (*state)
        paper_country(NOTE_LANGUAGE(n), state, out);
    else
        note_add_or_gap(out, "");
}

static void write_receiving_bare(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *state = case_receiving_state(n->source->c);

    if (*state)
        paper_country_bare(NOTE_LANGUAGE(n), state, out);
    else
        note_add_or_gap(out, "");
}

static void write_locality(const void *ctx, struct buf *out)
{
    note_add_words(out, payload_text(((const struct note *)ctx)->situation, "locality"));
}

static void write_place(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *state = case_receiving_state(n->source->c);

    write_locality(ctx, out);
    if (out->size)
        buf_adds(out, ", ");
    if (out->size && *state)
        paper_country_listed(NOTE_LANGUAGE(n), state, out);
    else
        write_receiving(ctx, out);
}

static void write_area(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    note_add_words(out, payload_text(n->poll_payload, "area"));
}

static void write_stage(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    paper_word(NOTE_LANGUAGE(n), "at_stage", stage_name(case_stage(n->source->c)), out);
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

static void write_pilot(const void *ctx, struct buf *out)
{
    buf_adds(out, is_pilot(ctx) ? "yes" : "");
}

static void write_no_office(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->no_office ? "yes" : "");
}

/* In words; in the feminine where the language has one and it is wanted. */
static void add_count(const struct note *n, bool feminine, struct buf *out)
{
    struct buf number = BUF_INIT;

    buf_addf(&number, "%zu", n->person_count);
    if (!(feminine && paper_word(NOTE_LANGUAGE(n), "count_f", buf_text(&number), out)) &&
        !paper_word(NOTE_LANGUAGE(n), "count", buf_text(&number), out))
        buf_adds(out, buf_text(&number));
    buf_release(&number);
}

static void write_persons_count(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_count(n, n->women, out);
}

static void write_persons_count_f(const void *ctx, struct buf *out)
{
    add_count(ctx, true, out);
}

static void write_women(const void *ctx, struct buf *out)
{
    buf_adds(out, ((const struct note *)ctx)->women ? "yes" : "");
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

/* The first ground is for civilians only: of a State's authorities no note says it (7.4). */
static bool is_accusing(const struct entry *e)
{
    return e->act->kind == ACT_GROUND && strcmp(entry_text(e, "code"), "G1") == 0 &&
           strcmp(entry_text(e, "perpetrator"), "state_authority") == 0;
}

/* The words of the codes that the entries of a kind give, each once. */
static void add_codes(const struct note *n, enum act_kind kind, const char *key, const char *list,
                      bool lettered, bool with_urgency, struct buf *out)
{
    const char *seen[64];
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, kind));) {
        const char *code = entry_text(e, key);
        bool known = strcmp(entry_text(e, "status"), "met") == 0 || is_accusing(e);
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(seen[i], code) == 0;
        if (!known && count < ARRAY_SIZE(seen) && is_about(n, e))
            seen[count++] = code;
    }
    for (size_t i = 0; i < count; i++) {
        struct buf word = BUF_INIT;
        paper_word(NOTE_LANGUAGE(n), list, seen[i], &word);
        for (const struct entry *e = NULL; with_urgency && (e = case_next(n->source->c, e, kind));)
            if (strcmp(entry_text(e, key), seen[i]) == 0) {
                buf_addc(&word, ' ');
                paper_word(NOTE_LANGUAGE(n), "urgency", entry_text(e, "urgency"), &word);
                break;
            }
        if (lettered)
            paper_lettered(NOTE_LANGUAGE(n), out, i, buf_text(&word));
        else
            paper_and(NOTE_LANGUAGE(n), out, i, count, buf_text(&word));
        buf_release(&word);
    }
}

static void write_grounds(const void *ctx, struct buf *out)
{
    add_codes(ctx, ACT_GROUND, "code", "ground", false, false, out);
    if (!out->size)
        note_add_or_gap(out, "");
}

static void add_listed_needs(const struct note *n, const json_t *codes, struct buf *out)
{
    for (size_t i = 0; i < json_array_size(codes); i++) {
        struct buf word = BUF_INIT;
        paper_word(NOTE_LANGUAGE(n), "need", json_string_value(json_array_get(codes, i)), &word);
        paper_lettered(NOTE_LANGUAGE(n), out, i, buf_text(&word));
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
        paper_tongue(NOTE_LANGUAGE(n), json_string_value(json_array_get(codes, i)), &name);
        paper_and(NOTE_LANGUAGE(n), out, i, json_array_size(codes), buf_text(&name));
        buf_release(&name);
    }
}

const struct template_field note_case_fields[] = {
    {"sender", "our office, with its article", write_sender},
    {"sender.short", "the same", write_sender},
    {"sender.state", "formal name of our State, with its article", write_sender_state},
    {"sender.city", "our city", write_sender_city},
    {"addressee", "the office addressed, with its article", write_addressee},
    {"addressee.short", "the same; of a body its short name", write_addressee_short},
    {"addressee.honoured", "the same, with a courtesy where the language has one",
     write_addressee_honoured},
    {"addressee.state", "formal name of its State, with its article", write_addressee_state},
    {"addressee.city", "its city", write_addressee_city},
    {"to_body", "fact: the note goes to a body of the Conference, not to an office", write_to_body},
    {"conference", "the Conference", write_conference},
    {"secretariat", "the Technical Secretariat", write_secretariat},
    {"network_cp", "the network for consular protection", write_network_cp},
    {"mechanism", "the instrument, a proposed one while it is a pilot", write_mechanism},
    {"honour", "the word, as the sender spells it", write_honour},
    {"case", "reference of the case", write_case},
    {"requesting", "formal name of the requesting State, with its article", write_requesting},
    {"requesting.plural", "fact: that name takes a verb in the plural", write_requesting_plural},
    {"receiving", "the receiving State, with its article", write_receiving},
    {"receiving.bare", "without it", write_receiving_bare},
    {"locality", "the town", write_locality},
    {"place", "town and receiving State", write_place},
    {"area", "town or region, as the poll names it", write_area},
    {"stage", "where the case stands", write_stage},
    {"danger", "fact: life is in danger", write_danger},
    {"urgent", "fact: the case is urgent", write_urgent},
    {"pilot", "fact: the instrument is not in force", write_pilot},
    {"no_office", "fact: 7.3 is met", write_no_office},
    {"persons.count", "how many persons, in words", write_persons_count},
    {"persons.count.f", "the same before a feminine word", write_persons_count_f},
    {"women", "fact: all of them are women", write_women},
    {"several", "fact: more than one person", write_several},
    {"grounds", "the grounds of 7.4", write_grounds},
    {"needs", "what is sought, with letters", write_needs},
    {"needs.urgent", "the same, each with its urgency", write_needs_urgent},
    {"languages", "languages of the interviews", write_languages},
    {NULL, NULL, NULL},
};
