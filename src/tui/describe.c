/* SPDX-License-Identifier: MIT */
#include "amparo/tui/describe.h"

#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/base/date.h"
#include "amparo/tui/values.h"

/*
 * A sentence for each kind of act: {key} stands for that field's value as people read it, {#} for
 * the number of a note. The first row whose field (key) has that value (as values_text() has it)
 * is taken; a row without a key stands for all others.
 */
static const struct sentence {
    enum act_kind kind;
    const char *key, *value;
    const char *text;
} sentences[] = {
    {ACT_OPEN, NULL, NULL, N_("Opened: {receiving_state}, {priority}")},
    {ACT_PERSON, NULL, NULL, N_("Person recorded: {surname_1}{single_name}")},
    {ACT_SITUATION, NULL, NULL, N_("Where the person is: {locality}")},
    {ACT_GROUND, NULL, NULL, N_("Ground: {code}")},
    {ACT_NEED, NULL, NULL, N_("Needs {need}, {urgency}")},
    {ACT_CHILD, NULL, NULL, N_("Child {person}: {accompanied}")},
    {ACT_CONSENT, NULL, NULL, N_("Consent: {purpose}, {to}")},
    {ACT_WITHDRAW_CONSENT, NULL, NULL, N_("Consent withdrawn: {purposes}")},
    {ACT_REFER, NULL, NULL, N_("Referred: {to}")},
    {ACT_REFER_ANSWER, NULL, NULL, N_("Answer of {to}: {answer}")},
    {ACT_DETERMINE, NULL, NULL, N_("Determined {requirement}: {status}")},
    {ACT_DECIDE, NULL, NULL, N_("Decided: {decision}")},
    {ACT_AUTHORISE, NULL, NULL, N_("Authorised by {by}: {what}")},
    {ACT_NOTIFY, NULL, NULL, N_("Secretariat told: {event}")},
    {ACT_POLL, NULL, NULL, N_("Poll {round}: {to}")},
    {ACT_REPLY, "offer", "yes", N_("{state} offers: {services}")},
    {ACT_REPLY, NULL, NULL, N_("{state} replies, without an offer")},
    {ACT_DECLINE, NULL, NULL, N_("{state} declines ({stage})")},
    {ACT_CHOOSE, NULL, NULL, N_("Chosen: {state}")},
    {ACT_NOTE, "direction", "in", N_("Note {#} from {from.state}: {kind}")},
    {ACT_NOTE, NULL, NULL, N_("Note {#} to {to.state}: {kind}")},
    {ACT_ANNUL, NULL, NULL, N_("Annulled: {note}")},
    {ACT_DELIVERY, NULL, NULL, N_("Delivery: {note}")},
    {ACT_ACCEPT, NULL, NULL, N_("{state} accepts: {scope}")},
    {ACT_ASSIST, NULL, NULL, N_("{by} assists: {kind}")},
    {ACT_CONTACT, NULL, NULL, N_("First contact, outside the mechanism: {reason}")},
    {ACT_COUNTERSIGN, NULL, NULL, N_("Countersigned: {of}")},
    {ACT_COST, NULL, NULL, N_("Cost: {amount} {currency}, {source}")},
    {ACT_REFUND, "step", "asked", N_("Refund asked for: {of}")},
    {ACT_REFUND, "step", "waived", N_("Refund not claimed: {of} {amount}")},
    {ACT_REFUND, NULL, NULL, N_("Refund paid: {of} {amount}")},
    {ACT_WITHDRAW, NULL, NULL, N_("Request withdrawn: {note}")},
    {ACT_DATA_RETURN, NULL, NULL, N_("Data asked back from {state}")},
    {ACT_CLOSE, NULL, NULL, N_("Closed: {outcome}")},
    {ACT_REOPEN, NULL, NULL, N_("Reopened: {reason}")},
    {ACT_REPORT, NULL, NULL, N_("Reported: {meeting}")},
    {ACT_CORRECT, NULL, NULL, N_("Corrected: {of}")},
    {ACT_LIFT_LOCK, NULL, NULL, N_("Protection lock lifted: {person}")},
    {ACT_HAND_OVER, NULL, NULL, N_("Handed over to {to}")},
    {ACT_ERASE_REQUEST, NULL, NULL, N_("To be erased: person {person}, {basis}")},
    {ACT_ERASE, NULL, NULL, N_("Erased: {of}")},
    {ACT_ERASE_REFUSE, NULL, NULL, N_("Not erased: {reason}")},
    {ACT_DOCUMENT, NULL, NULL, N_("Document of {person}: {type}")},
    {ACT_GROUP, NULL, NULL, N_("Group {group}: {type}")},
    {ACT_LINK, NULL, NULL, N_("Person {person} is person {other} of {case}")},
    {ACT_UNLINK, NULL, NULL, N_("Person {person} is not person {other} of {case}")},
    {ACT_LEGAL_HOLD, "hold", "yes", N_("Legal hold: {reason}")},
    {ACT_LEGAL_HOLD, NULL, NULL, N_("Legal hold ended: {reason}")},
};

static const struct sentence *sentence_for(const struct act_type *type, const json_t *payload)
{
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        const struct sentence *s = &sentences[i];
        if (s->kind != type->kind)
            continue;
        if (!s->key)
            return s;
        const struct field *field = field_find(type->fields, s->key);
        struct buf text = BUF_INIT;
        values_text(&text, field, json_object_get(payload, s->key));
        bool is = strcmp(buf_text(&text), s->value) == 0;
        buf_release(&text);
        if (is)
            return s;
    }
    return NULL;
}

/* The JSON at a path of keys: "to.state". */
static const json_t *json_at(const json_t *object, const char *path)
{
    char key[VALUE_PATH_SIZE];
    while (object && *path) {
        size_t size = strcspn(path, ".");
        if (size >= sizeof key)
            return NULL;
        memcpy(key, path, size);
        key[size] = 0;
        object = json_object_get(object, key);
        path += size + (path[size] == '.');
    }
    return object;
}

/* What would name a person whom lists do not name. */
static bool names_locked(const struct case_file *c, const struct act_type *type,
                         const struct field *field, const json_t *payload)
{
    return c && type->kind == ACT_PERSON && field && field->class == CLASS_P1 &&
           case_locked(c, (long)json_integer_value(json_object_get(payload, "person")));
}

static void fill(struct buf *out, const struct case_file *c, const struct act_type *type,
                 const json_t *payload, const char *number, const char *text, translate_fn *tr)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        buf_add(out, text, plain);
        text += plain;
        if (!*text)
            break;
        char path[VALUE_PATH_SIZE];
        size_t size = strcspn(text, "}");
        if (!text[size] || size - 1 >= sizeof path)
            break;
        memcpy(path, text + 1, size - 1);
        path[size - 1] = 0;
        text += size + 1;
        const struct field *field = values_field(type->fields, path);
        const json_t *value = json_at(payload, path);
        if (strcmp(path, "#") == 0)
            buf_adds(out, number);
        else if (value && names_locked(c, type, field, payload))
            buf_adds(out, tr(N_("under lock")));
        else if (field && value)
            values_say(out, field, value, c, tr);
    }
}

static void describe(struct buf *out, const struct case_file *c, enum act_kind kind,
                     const json_t *payload, const char *number, translate_fn *tr)
{
    const struct act_type *type = act_type(kind);
    const struct sentence *sentence = sentence_for(type, payload);
    if (!sentence) {
        buf_adds(out, tr(type->label));
        return;
    }
    fill(out, c, type, payload, number, tr(sentence->text), tr);
}

void describe_payload(struct buf *out, const struct case_file *c, enum act_kind kind,
                      const json_t *payload, translate_fn *tr)
{
    describe(out, c, kind, payload, "", tr);
}

void describe_act(struct buf *out, const struct case_file *c, const struct entry *entry,
                  translate_fn *tr)
{
    enum act_kind kind = entry->act->kind;
    struct buf number = BUF_INIT;
    if (kind == ACT_NOTE)
        note_call(entry, &number);
    describe(out, c, kind, entry->payload, buf_text(&number), tr);
    buf_release(&number);
}

void describe_marks(struct buf *out, const struct entry *entry, translate_fn *tr)
{
    const struct {
        bool holds;
        const char *mark;
    } marks[] = {
        {entry_transcribed(entry), N_("transcribed")},
        {json_object_get(entry->payload, "override") != NULL, N_("override")},
        {entry->correction != NULL, N_("corrected")},
        {entry->annulled, N_("annulled")},
        {entry_erased(entry), N_("erased")},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].holds)
            buf_addf(out, " [%s]", tr(marks[i].mark));
}

void describe_entry(struct buf *out, const struct case_file *c, const struct entry *entry,
                    translate_fn *tr)
{
    describe_act(out, c, entry, tr);
    describe_marks(out, entry, tr);
}

void describe_person(struct buf *out, const struct case_file *c, long person, translate_fn *tr)
{
    const struct entry *entry = c ? case_person(c, person) : NULL;
    if (!entry) {
        buf_addf(out, "%ld", person);
        return;
    }
    if (case_erased(c, person) || case_locked(c, person)) {
        buf_addf(out, "%ld (%s)", person,
                 tr(case_erased(c, person) ? N_("erased") : N_("under lock")));
        return;
    }
    static const char *const surnames[] = {"surname_1", "surname_2", "single_name"};
    const char *gap = "";
    for (size_t i = 0; i < 3; i++) {
        const char *name = entry_text(entry, surnames[i]);
        if (*name) {
            buf_addf(out, "%s%s", gap, name);
            gap = " ";
        }
    }
    const char *given = entry_text(entry, "given_names");
    if (*given)
        buf_addf(out, "%s%s", *gap ? ", " : "", given);
}

const char *describe_title(const char *title, enum name_hidden hidden)
{
    return hidden ? _(name_hidden_label(hidden)) : title;
}

const char *label_colon(void)
{
    return C_("after a label", ": ");
}

void describe_due(struct buf *out, const char *when, struct instant now)
{
    struct instant at;
    struct date day;
    if (instant_parse(when, &at)) {
        int64_t minutes = (at.seconds - now.seconds) / 60;
        int64_t left = minutes < 0 ? -minutes : minutes;
        if (left < 48 * 60) {
            if (left < 90)
                buf_addf(out, _("%d min"), (int)left);
            else
                buf_addf(out, _("%d h"), (int)(left / 60));
            if (minutes < 0)
                buf_addc(out, '!');
            return;
        }
        day = instant_date(at);
    } else if (!date_parse(when, &day)) {
        return;
    }
    long days = date_days_between(instant_date(now), day);
    long left = days < 0 ? -days : days;
    if (!days)
        buf_adds(out, _("today"));
    else if (left >= 730)
        buf_addf(out, _("%ld y"), left / 365);
    else if (left >= 100)
        buf_addf(out, _("%ld mo"), left / 30);
    else
        buf_addf(out, n_("%ld day", "%ld days", (unsigned long)left), left);
    if (days < 0)
        buf_addc(out, '!');
}
