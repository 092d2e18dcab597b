/* SPDX-License-Identifier: MIT */
/* Fields of the notes: local authorities, what was done, how the case ended. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "note_parts.h"

static void say(struct buf *out, bool holds)
{
    buf_adds(out, holds ? "yes" : "");
}

/* ---- local authorities (7.5) ---- */
static const struct entry *local_authorisation(const struct note *n)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_AUTHORISE));)
        if (strcmp(entry_text(e, "what"), "with_authority") == 0)
            found = e;
    return found;
}

static void write_local_authorised(const void *ctx, struct buf *out)
{
    const struct entry *e = local_authorisation(ctx);

    note_add_words(out, e ? entry_text(e, "reference") : "");
}

static void write_local_authorised_on(const void *ctx, struct buf *out)
{
    const struct entry *e = local_authorisation(ctx);

    note_add_day(ctx, e ? entry_text(e, "on") : "", out);
}

static void write_local_consent_on(const void *ctx, struct buf *out)
{
    note_add_consents(
        ctx, &(struct note_consents){.purpose = "P6", .key = "on", .all = true, .date = true}, out);
}

static void write_local_consent_limits(const void *ctx, struct buf *out)
{
    note_add_consents(ctx, &(struct note_consents){.purpose = "P6", .key = "restrictions"}, out);
}

/* The State of citizenship has asked our State for assistance, by a note that stands. */
static void write_at_request(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const struct case_file *c = n->source->c;

    say(out, strcmp(case_role(c), "assisting") == 0 && case_open_request(c, c->post_state, 0));
}

/* ---- what was done ---- */
static bool speaks_of(const struct note *n, const struct entry *assistance)
{
    for (size_t i = 0; i < n->person_count; i++)
        if (entry_has_person(assistance, "persons", n->persons[i]))
            return true;
    return false;
}

/* The kinds of assistance that a State gave, each once: "a visit and legal help". */
static void add_kinds(const struct note *n, const char *state, struct buf *out)
{
    const char *seen[32];
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_ASSIST));) {
        const char *kind = entry_text(e, "kind");
        bool known = strcmp(entry_text(e, "by"), state) != 0 || !speaks_of(n, e);
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(seen[i], kind) == 0;
        if (!known && count < ARRAY_SIZE(seen))
            seen[count++] = kind;
    }
    for (size_t i = 0; i < count; i++) {
        struct buf word = BUF_INIT;
        paper_word(NOTE_LANGUAGE(n), "assist", seen[i], &word);
        paper_and(NOTE_LANGUAGE(n), out, i, count, buf_text(&word));
        buf_release(&word);
    }
}

static void write_helped(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_kinds(n, n->addressee.state, out);
}

static void write_we_helped(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    add_kinds(n, n->sender.state, out);
}

static void write_we_assist(const void *ctx, struct buf *out)
{
    say(out, strcmp(case_role(((const struct note *)ctx)->source->c), "assisting") == 0);
}

/* Two days of one month, where a language says the month of both once: "from 14 to 20 March". */
static bool is_month_of(const struct note *n, const char *first, const char *last)
{
    enum { MONTH_SIZE = sizeof "2026-03" - 1 };

    return !NOTE_LANGUAGE(n)->us && strncmp(first, last, MONTH_SIZE) == 0 &&
           strncmp(first, last, DATE_SIZE - 1) != 0;
}

/* The first or last day on which sender or addressee assisted; "until" only where it is another. */
static void add_help_day(const struct note *n, bool last, struct buf *out)
{
    const char *first_at = "", *last_at = "";

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_ASSIST));) {
        const char *by = entry_text(e, "by"), *at = entry_text(e, "at");
        struct instant one, two;
        if ((strcmp(by, n->addressee.state) && strcmp(by, n->sender.state)) || !speaks_of(n, e) ||
            !instant_parse(at, &one))
            continue;
        if (!*first_at || (instant_parse(first_at, &two) && one.seconds < two.seconds))
            first_at = at;
        if (!*last_at || (instant_parse(last_at, &two) && one.seconds > two.seconds))
            last_at = at;
    }
    if (!last && is_month_of(n, first_at, last_at))
        paper_day_alone(NOTE_LANGUAGE(n), first_at, out);
    else if (!last || strncmp(first_at, last_at, DATE_SIZE - 1) != 0)
        note_add_day(n, last ? last_at : first_at, out);
}

static void write_helped_from(const void *ctx, struct buf *out)
{
    add_help_day(ctx, false, out);
}

static void write_helped_until(const void *ctx, struct buf *out)
{
    add_help_day(ctx, true, out);
}

/* State by State: "Mexico: a visit; Canada: legal help". */
static void write_provided(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const char *seen[32];
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_ASSIST));) {
        const char *by = entry_text(e, "by");
        struct buf kinds = BUF_INIT;
        bool known = count == ARRAY_SIZE(seen);
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(seen[i], by) == 0;
        if (!known)
            add_kinds(n, by, &kinds);
        if (kinds.size) {
            if (count)
                paper_semicolon(NOTE_LANGUAGE(n), out);
            paper_country_bare(NOTE_LANGUAGE(n), by, out);
            paper_colon(NOTE_LANGUAGE(n), out);
            buf_adds(out, buf_text(&kinds));
            seen[count++] = by;
        }
        buf_release(&kinds);
    }
}

/* ---- the choice, and the end ---- */
static bool was_asked(const struct note *n, const char *state)
{
    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_NOTE));)
        if (strcmp(entry_text(e, "kind"), "REQ") == 0 &&
            strcmp(request_state(n->source->c, e), state) == 0)
            return true;
    return false;
}

/* Another State was asked, and the addressee never was. */
static void write_chosen_other(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;
    const struct entry *choice = case_choice(n->source->c, NULL);

    say(out,
        choice && was_asked(n, entry_text(choice, "state")) && !was_asked(n, n->addressee.state));
}

static const struct entry *closing(const struct note *n)
{
    return case_closed(n->source->c) ? case_last(n->source->c, ACT_CLOSE) : NULL;
}

static void write_concluded_on(const void *ctx, struct buf *out)
{
    const struct entry *e = closing(ctx);

    note_add_day(ctx, e ? e->act->at : "", out);
}

/* The words of a list's codes; "" where the case is not closed. */
static void add_closing(const struct note *n, const char *key, const char *list, struct buf *out)
{
    const struct entry *e = closing(n);
    const json_t *codes = e ? json_object_get(e->payload, key) : NULL;

    for (size_t i = 0; i < json_array_size(codes); i++) {
        struct buf word = BUF_INIT;
        paper_word(NOTE_LANGUAGE(n), list, json_string_value(json_array_get(codes, i)), &word);
        paper_and(NOTE_LANGUAGE(n), out, i, json_array_size(codes), buf_text(&word));
        buf_release(&word);
    }
}

static void write_outcome(const void *ctx, struct buf *out)
{
    add_closing(ctx, "outcome", "outcome", out);
}

static void write_unmet(const void *ctx, struct buf *out)
{
    add_closing(ctx, "unmet_needs", "need", out);
}

/* What becomes of our data, as the acceptance says; nothing once that was confirmed. */
static void write_data(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, ACT_DATA_RETURN));)
        if (strcmp(entry_text(e, "state"), n->addressee.state) == 0 &&
            *entry_text(e, "confirmed_on"))
            return;
    if (strcmp(case_role(n->source->c), "requesting") == 0 && closing(n))
        paper_word(NOTE_LANGUAGE(n), "data", payload_text(n->accepted, "data"), out);
}

/* ---- the report (7.7) ---- */
static void write_consent_report(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    for (size_t i = 0; i < n->person_count; i++)
        if (!case_consents(n->source->c, n->persons[i], "P9", NULL))
            return;
    say(out, n->person_count > 0);
}

static void add_report(const struct note *n, const char *key, struct buf *out)
{
    note_add_words(out, payload_text(n->report, key));
}

static void write_lessons(const void *ctx, struct buf *out)
{
    add_report(ctx, "lessons", out);
}

static void write_meeting(const void *ctx, struct buf *out)
{
    add_report(ctx, "meeting", out);
}

static void write_meeting_on(const void *ctx, struct buf *out)
{
    const struct note *n = ctx;

    note_add_day(n, payload_text(n->report, "on"), out);
}

const struct template_field note_end_fields[] = {
    {"local.authorised", "reference of the authorisation to go to an authority",
     write_local_authorised},
    {"local.authorised.on", "its date", write_local_authorised_on},
    {"local.consent.on", "day or days of consent to tell that authority", write_local_consent_on},
    {"local.consent.limits", "restrictions of that consent", write_local_consent_limits},
    {"at_request", "fact: the State of nationality has asked ours by note", write_at_request},
    {"helped", "fact: the addressee's State gave assistance", write_helped},
    {"helped.kinds", "which kinds", write_helped},
    {"helped.from", "first day of assistance by one of the two", write_helped_from},
    {"helped.until", "last day, where it is another", write_helped_until},
    {"we.helped", "kinds of assistance that our State gave", write_we_helped},
    {"we.assist", "fact: our post is the assisting one", write_we_assist},
    {"provided", "kinds of assistance, State by State", write_provided},
    {"chosen.other", "fact: another State was asked, not the addressee", write_chosen_other},
    {"concluded.on", "day on which the case was closed", write_concluded_on},
    {"outcome", "how it ended; none while it is open", write_outcome},
    {"unmet", "needs that were not met", write_unmet},
    {"data", "what was agreed for our data, until it is confirmed", write_data},
    {"consent.report", "fact: each person agrees to a report without names", write_consent_report},
    {"lessons", "lessons learned", write_lessons},
    {"meeting", "the meeting", write_meeting},
    {"meeting.on", "its day", write_meeting_on},
    {NULL, NULL, NULL},
};
