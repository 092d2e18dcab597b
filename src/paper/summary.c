/* SPDX-License-Identifier: MIT */
#include "amparo/paper/summary.h"

#include <stdint.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/paper/letterhead.h"
#include "amparo/paper/value.h"
#include "summary_parts.h"

static const char *tr(const struct summary *s, const char *msgid)
{
    return s->source->language->tr(msgid);
}

void summary_heading(const struct summary *s, const char *msgid)
{
    struct buf text = BUF_INIT;

    paper_capitals(tr(s, msgid), &text);
    paper_heading(s->p, buf_text(&text));
    paper_rule(s->p);
    paper_keep(s->p);
    buf_release(&text);
}

json_t *summary_payload(const struct summary *s, const struct entry *e)
{
    return redact_payload(s->source->c, e->act->kind, e->payload, s->audience);
}

/* ---- one act ---- */
/* Who recorded it and when, and that it was corrected or annulled since. */
static void print_record(const struct summary *s, const struct entry *e)
{
    const struct paper_language *l = s->source->language;
    struct buf text = BUF_INIT;

    paper_moment(l, e->act->at, &text);
    if (s->audience->kind == AUDIENCE_POST && e->act->by)
        buf_addf(&text, ", %s", e->act->by);
    paper_labelled(s->p, tr(s, N_("Recorded")), PAPER_LABEL, buf_text(&text));
    buf_clear(&text);
    if (e->correction) {
        const char *reason = json_string_value(json_object_get(e->correction->payload, "reason"));
        paper_moment(l, e->correction->at, &text);
        if (reason && s->audience->kind == AUDIENCE_POST)
            buf_addf(&text, ": %s", reason);
        paper_labelled(s->p, tr(s, N_("Corrected")), PAPER_LABEL, buf_text(&text));
    }
    if (e->annulled)
        paper_paragraph(s->p, tr(s, N_("annulled")));
    if (entry_erased(e))
        paper_paragraph(s->p, tr(s, N_("What people wrote in it was erased.")));
    buf_release(&text);
}

static void print_labelled(const struct summary *s, const char *label, const struct field *field,
                           const json_t *payload)
{
    const json_t *value = json_object_get(payload, field->key);
    struct buf text = BUF_INIT;

    if (value) {
        paper_value(s->source->language, field, value, &text);
        paper_labelled(s->p, tr(s, label), PAPER_LABEL, buf_text(&text));
    }
    buf_release(&text);
}

static void print_special(const struct summary *s, const json_t *payload, const struct field *field)
{
    print_labelled(s, field->label, field, payload);
}

void summary_override(const struct summary *s, const json_t *payload)
{
    print_special(s, payload, &act_override_field);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text));
}

/* Who wrote what was copied out, where it was a State. */
static void name_writer(const struct summary *s, json_t *payload)
{
    const json_t *copied = json_object_get(payload, act_transcribed_field.key);
    const char *from = payload_text(copied, "from");

    if (!country_find(from))
        return;
    json_t *named = json_copy((json_t *)(uintptr_t)copied);
    set_text(named, "from", summary_state(s, from));
    json_object_set_new(payload, act_transcribed_field.key, named);
}

/* A State, and the network of the report, by its name. */
static void name_others(const struct summary *s, const struct field *fields, json_t *payload)
{
    paper_name_notes(s->source->c, fields, payload);
    name_writer(s, payload);
    if (payload_is(payload, "purpose", "P4") && *payload_text(payload, "to"))
        set_text(payload, "to", summary_state(s, payload_text(payload, "to")));
    if (payload_is(payload, "purpose", "P9") && payload_is(payload, "to", "network")) {
        struct buf name = BUF_INIT;
        paper_body(s->source->language, "network_cp", &name);
        set_text(payload, "to", paper_without_article(buf_text(&name)));
        buf_release(&name);
    }
}

/* "Our" in a label means whoever reads it: for others those fields have another one. */
static const struct relabelled {
    enum act_kind kind;
    const char *key, *label;
} relabelled[] = {
    {ACT_OPEN, "role", N_("Role of the post")},
    {ACT_ACCEPT, "data", N_("Data sent")},
};

static void print_fields(const struct summary *s, enum act_kind kind, const json_t *payload)
{
    bool own = s->audience->kind == AUDIENCE_POST || s->audience->kind == AUDIENCE_CAPITAL;
    const struct field *fields = act_type(kind)->fields;
    const struct relabelled *other = NULL;

    for (size_t i = 0; !own && i < ARRAY_SIZE(relabelled); i++)
        if (relabelled[i].kind == kind)
            other = &relabelled[i];
    paper_fields(s->p, s->source->language, fields, payload,
                 other ? (const char *const[]){other->key, NULL} : NULL);
    if (other)
        print_labelled(s, other->label, field_find(fields, other->key), payload);
}

static void print_entry(const struct summary *s, const struct entry *e)
{
    json_t *payload = summary_payload(s, e);
    size_t begin = s->p->count;
    name_others(s, act_type(e->act->kind)->fields, payload);

    print_fields(s, e->act->kind, payload);
    print_special(s, payload, &act_transcribed_field);
    summary_override(s, payload);
    print_record(s, e);
    paper_keep_lines(s->p, begin);
    paper_blank(s->p);
    json_decref(payload);
}

/* All acts of a kind, under the name of the act. */
static void print_kind(const struct summary *s, enum act_kind kind)
{
    bool begun = false, kept_off = false;

    for (const struct entry *e = NULL; (e = case_next(s->source->c, e, kind));) {
        if (!begun)
            summary_heading(s,
                            kind == ACT_OPEN ? N_("Opening of the case") : act_type(kind)->label);
        begun = true;
        if (redact_keeps_off_paper(s->source->c, e->payload, s->audience))
            kept_off = true;
        else
            print_entry(s, e);
    }
    if (kept_off) {
        paper_paragraph(s->p,
                        tr(s, N_("Not printed: what is about persons under the protection lock.")));
        paper_blank(s->p);
    }
}

/* ---- the head ---- */
static void print_state(const struct summary *s, const char *label, const char *state)
{
    if (*state)
        paper_labelled(s->p, tr(s, label), PAPER_LABEL,
                       country_name(state, s->source->language->tr));
}

static void print_stage(const struct summary *s)
{
    const struct paper_language *l = s->source->language;
    const char *exit = case_exit(s->source->c);
    struct buf text = BUF_INIT;

    paper_word(l, "stage", stage_name(case_stage(s->source->c)), &text);
    if (exit) {
        const struct field *outcome = field_find(act_type(ACT_CLOSE)->fields, "outcome");
        const char *label = outcome ? code_label(outcome->codes, exit) : NULL;
        buf_addf(&text, " (%s)", label ? tr(s, label) : exit);
    }
    paper_labelled(s->p, tr(s, N_("Stage")), PAPER_LABEL, buf_text(&text));
    buf_release(&text);
}

static void print_printed(const struct summary *s)
{
    struct buf text = BUF_INIT;

    paper_moment(s->source->language, s->source->printed ? s->source->printed : s->source->now,
                 &text);
    if (s->audience->kind == AUDIENCE_POST && s->source->officer && *s->source->officer)
        buf_addf(&text, ", %s", s->source->officer);
    paper_labelled(s->p, tr(s, N_("Printed")), PAPER_LABEL, buf_text(&text));
    buf_release(&text);
}

/* As it stood then, and not as it is. */
static void print_as_of(const struct summary *s)
{
    struct buf text = BUF_INIT;

    paper_moment(s->source->language, s->source->as_of, &text);
    paper_labelled(s->p, tr(s, N_("As it stood on")), PAPER_LABEL, buf_text(&text));
    buf_release(&text);
}

void summary_head(const struct summary *s, const char *title)
{
    const struct paper_source *source = s->source;
    bool unnamed = s->audience->kind == AUDIENCE_FOCAL ||
                   s->audience->kind == AUDIENCE_SECRETARIAT ||
                   s->audience->kind == AUDIENCE_NETWORK;

    buf_addf(&s->p->title, "%s  %s", source->c->reference, tr(s, title));
    paper_head(s->p, source->language, source->post, NULL, buf_text(&s->p->title),
               unnamed ? CLASS_UNNAMED : CLASS_PERSONAL);
    print_state(s, N_("Requesting State"), case_requesting_state(source->c));
    print_state(s, N_("Receiving State"), case_receiving_state(source->c));
    print_stage(s);
    if (source->as_of)
        print_as_of(s);
    print_printed(s);
}

static void print_missing(const struct summary *s, const char *key, const char *heading)
{
    const json_t *list = json_object_get(s->whole, key);

    if (s->audience->kind != AUDIENCE_POST || !json_array_size(list))
        return;
    summary_heading(s, heading);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *text =
            json_string_value(json_is_string(row) ? row : json_object_get(row, "text"));
        const char *article = json_string_value(json_object_get(row, "article"));
        struct buf said = BUF_INIT;
        paper_sentence(s->source->language, text ? text : "", &said);
        paper_labelled(s->p, article ? article : "", 6, buf_text(&said));
        buf_release(&said);
    }
}

void summary_begin(struct summary *s, const struct paper_source *source,
                   const struct audience *audience, struct paper *out)
{
    *s = (struct summary){source, audience, out, NULL};
    if (source->directory)
        s->whole = case_json(source->c, source->directory, source->now, source->language->tr);
}

void paper_summary(const struct paper_source *source, const struct audience *audience,
                   struct paper *out)
{
    static const enum act_kind before[] = {
        ACT_OPEN,   ACT_PERSON,       ACT_DOCUMENT, ACT_GROUP,   ACT_SITUATION,
        ACT_GROUND, ACT_NEED,         ACT_CHILD,    ACT_CONSENT, ACT_WITHDRAW_CONSENT,
        ACT_REFER,  ACT_REFER_ANSWER, ACT_LIFT_LOCK};
    static const enum act_kind decided[] = {ACT_DETERMINE, ACT_DECIDE, ACT_AUTHORISE, ACT_NOTIFY};
    static const enum act_kind after[] = {
        ACT_CHOOSE, ACT_ACCEPT,      ACT_DECLINE,     ACT_WITHDRAW, ACT_CONTACT,
        ACT_ASSIST, ACT_COUNTERSIGN, ACT_DATA_RETURN, ACT_DELIVERY, ACT_CLOSE,
        ACT_REOPEN, ACT_REPORT,      ACT_HAND_OVER};
    static const enum act_kind keeping[] = {ACT_LINK,          ACT_UNLINK,       ACT_LEGAL_HOLD,
                                            ACT_ERASE_REQUEST, ACT_ERASE_REFUSE, ACT_ERASE};
    struct summary s;

    summary_begin(&s, source, audience, out);
    summary_head(&s, N_("Case summary"));
    print_missing(&s, "missing", N_("Missing for the next steps"));
    print_missing(&s, "warnings", N_("Warnings"));
    for (size_t i = 0; i < ARRAY_SIZE(before); i++)
        print_kind(&s, before[i]);
    summary_requirements(&s);
    for (size_t i = 0; i < ARRAY_SIZE(decided); i++)
        print_kind(&s, decided[i]);
    summary_polls(&s);
    summary_notes(&s);
    summary_order(&s);
    summary_sent(&s);
    for (size_t i = 0; i < ARRAY_SIZE(after); i++)
        print_kind(&s, after[i]);
    for (size_t i = 0; audience->kind == AUDIENCE_POST && i < ARRAY_SIZE(keeping); i++)
        print_kind(&s, keeping[i]);
    summary_costs(&s);
    summary_directory(&s);
    json_decref(s.whole);
}

bool paper_poll_sheet(const struct paper_source *source, const struct audience *audience,
                      struct paper *out, struct error *err)
{
    const struct entry *poll = case_last(source->c, ACT_POLL);
    struct buf text = BUF_INIT;
    struct summary s;

    if (!poll)
        return error_set(err, ERROR_INPUT, _("%s: there was no poll in this case"),
                         source->c->reference);
    if (!paper_poll_text(source, poll->payload, &text, err)) {
        buf_release(&text);
        return false;
    }
    summary_begin(&s, source, audience, out);
    summary_head(&s, N_("Poll"));
    summary_heading(&s, N_("Text of the poll"));
    for (const char *at = buf_text(&text); *at;) {
        size_t size = strcspn(at, "\n");
        char *paragraph = xstrndup(at, size);
        paper_paragraph(out, paragraph);
        if (at[size] && at[size + 1] == '\n')
            paper_blank(out);
        free(paragraph);
        at += size;
        at += strspn(at, "\n");
    }
    summary_heading(&s, N_("Answers"));
    summary_poll_answers(&s, poll);
    json_decref(s.whole);
    buf_release(&text);
    return true;
}

void paper_costs(const struct paper_source *source, const struct audience *audience,
                 struct paper *out)
{
    struct summary s;

    summary_begin(&s, source, audience, out);
    summary_head(&s, N_("Costs"));
    summary_costs(&s);
    json_decref(s.whole);
}
