/* SPDX-License-Identifier: MIT */
/*
 * What a payload says of other acts, of persons, of the sides and of the time, held against the
 * case. That a thing cannot be is an input error; that the instrument forbids it, a gate's.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/link.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/money.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

enum {
    DAY_END_EAST = 14 * 60 * 60, /* a new day begins first at +14:00 */
    SHOWN_CELLS = 80,            /* of a value that is wrong */
};

struct checker {
    const struct case_file *c;
    const struct act_type *type;
    const json_t *payload;
    const char *before; /* the path of the payload: "" or "payload." */
    bool received;      /* another post's act, come by pouch */
    struct instant now;
    char today[DATE_SIZE]; /* the latest date that it is anywhere */
    struct error *err;
    bool ok;
};

static void fault(struct checker *k, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A line by path: the value where it is short enough to show, what is wrong. */
static void fault(struct checker *k, const char *key, const char *format, ...)
{
    const json_t *value = json_object_get(k->payload, key);
    struct buf line = BUF_INIT;
    va_list args;

    buf_addf(&line, "%s%s: ", k->before, key);
    if (json_is_string(value)) {
        const char *text = json_string_value(value);
        buf_addc(&line, '"');
        text_shown(&line, text, text_fit(text, SHOWN_CELLS));
        buf_adds(&line, "\": ");
    } else if (json_is_integer(value)) {
        buf_addf(&line, "%ld: ", (long)json_integer_value(value));
    }
    va_start(args, format);
    buf_vaddf(&line, format, args);
    va_end(args);
    error_set(k->err, ERROR_INPUT, "%s", buf_text(&line));
    buf_release(&line);
    k->ok = false;
}

static bool text_is(const struct checker *k, const char *key, const char *text)
{
    return payload_is(k->payload, key, text);
}

/* ---- persons ---- */

/* Nothing is said anew of an erased person; that they are to be erased, where no act did it. */
static bool is_gone(const struct checker *k, long person)
{
    if (k->type->kind == ACT_ERASE_REQUEST)
        return case_erasure(k->c, person) != NULL;
    return !*k->before && case_erased(k->c, person);
}

static void check_person(struct checker *k, const char *key, const json_t *number)
{
    long person = (long)json_integer_value(number);

    if (!json_is_integer(number))
        return;
    if (!case_person(k->c, person))
        fault(k, key, _("person %ld is not recorded in this case"), person);
    else if (is_gone(k, person))
        fault(k, key, _("person %ld was erased: record who comes again as another person"), person);
}

static void check_persons(struct checker *k, const char *key, const json_t *list)
{
    size_t i;
    json_t *number;

    json_array_foreach(list, i, number)
    {
        char *path = xasprintf("%s[%zu]", key, i);
        check_person(k, path, number);
        free(path);
    }
}

/* ---- acts ---- */

/* What an id must name; by act and key. ACT_NONE: any kind. */
static const struct {
    enum act_kind act;
    const char *key;
    enum act_kind kind;
    const char *note; /* the kind of note, or NULL: any */
} references[] = {
    {ACT_DECLINE, "note", ACT_NOTE, "REQ"},
    {ACT_WITHDRAW, "note", ACT_NOTE, "REQ"},
    {ACT_ACCEPT, "note", ACT_NOTE, NULL},
    {ACT_ANNUL, "note", ACT_NOTE, NULL},
    {ACT_DELIVERY, "note", ACT_NOTE, NULL},
    {ACT_NOTE, "same_as", ACT_NOTE, NULL},
    {ACT_NOTE, "in_reply_to", ACT_NOTE, NULL},
    {ACT_ACCEPT, "amends", ACT_ACCEPT, NULL},
    {ACT_COUNTERSIGN, "of", ACT_NONE, NULL},
    {ACT_CORRECT, "of", ACT_NONE, NULL},
    {ACT_REFUND, "of", ACT_COST, NULL},
    {ACT_REFUND, "note", ACT_NOTE, NULL},
    {ACT_ERASE, "of", ACT_ERASE_REQUEST, NULL},
    {ACT_ERASE_REFUSE, "of", ACT_ERASE_REQUEST, NULL},
    {ACT_DOCUMENT, "authorisation", ACT_AUTHORISE, NULL},
    {ACT_ACCEPT, "answer", ACT_NOTE, NULL},
    {ACT_ASSIST, "consent", ACT_CONSENT, NULL},
    {ACT_ASSIST, "authorisation", ACT_AUTHORISE, NULL},
    {ACT_ASSIST, "cost", ACT_COST, NULL},
};

static void check_reference(struct checker *k, const char *key, const char *id)
{
    const struct entry *e = case_entry(k->c, id);

    if (!e) {
        fault(k, key, _("this case has no such act"));
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(references); i++) {
        if (references[i].act != k->type->kind || strcmp(references[i].key, key))
            continue;
        if (references[i].kind && references[i].kind != e->act->kind)
            fault(k, key, _("is not the id of an act %s, but of %s"),
                  act_type(references[i].kind)->name, act_type(e->act->kind)->name);
        else if (references[i].note && strcmp(entry_text(e, "kind"), references[i].note))
            fault(k, key, _("is not the id of a %s note"), references[i].note);
    }
}

/* ---- time ---- */

/* Dates and instants of what has happened; what is planned may lie ahead. */
static const struct {
    enum act_kind act; /* ACT_NONE: of any */
    const char *key;
} past[] = {
    {ACT_NOTE, "at"},
    {ACT_NOTE, "date"},
    {ACT_ASSIST, "at"},
    {ACT_CONTACT, "at"},
    {ACT_WITHDRAW, "at"},
    {ACT_REPLY, "received_at"},
    {ACT_CHILD, "on"},
    {ACT_CONSENT, "on"},
    {ACT_WITHDRAW_CONSENT, "on"},
    {ACT_REFER, "on"},
    {ACT_REFER_ANSWER, "on"},
    {ACT_AUTHORISE, "on"},
    {ACT_NOTIFY, "on"},
    {ACT_REFUND, "on"},
    {ACT_DATA_RETURN, "asked_on"},
    {ACT_DELIVERY, "sent_on"},
    {ACT_DELIVERY, "delivered_on"},
    {ACT_DELIVERY, "acknowledged_on"},
    {ACT_DATA_RETURN, "confirmed_on"},
    {ACT_OPEN, "first_contact_on"},
    {ACT_ERASE_REFUSE, "told_on"},
    {ACT_DOCUMENT, "issued"},
    {ACT_DOCUMENT, "loss_report_on"},
    {ACT_DOCUMENT, "delivered_on"},
    {ACT_CHILD, "views_on"},
};

static bool lies_ahead(const struct checker *k, const char *text)
{
    struct instant at;

    if (instant_parse(text, &at))
        return instant_compare(at, k->now) > 0;
    return *text && strcmp(text, k->today) > 0;
}

static void check_past(struct checker *k)
{
    const json_t *transcribed = json_object_get(k->payload, "transcribed");

    for (size_t i = 0; i < ARRAY_SIZE(past); i++)
        if (past[i].act == k->type->kind && lies_ahead(k, payload_text(k->payload, past[i].key)))
            fault(k, past[i].key, _("lies ahead of now"));
    if (lies_ahead(k, payload_text(transcribed, "on")))
        fault(k, "transcribed.on", _("\"%s\" lies ahead of now"), payload_text(transcribed, "on"));
}

static void check_record(struct checker *k)
{
    long person = payload_number(k->payload, "person");
    struct partial_date birth;
    char oldest[DATE_SIZE];

    if (case_erased(k->c, person))
        fault(k, "person", _("was erased: record who comes again as another person"));
    if (!case_person(k->c, person) && case_persons(k->c, NULL, 0) >= CASE_PERSONS_MOST)
        fault(k, "person", _("a case holds at most %d persons: open another"), CASE_PERSONS_MOST);
    if (partial_date_parse(payload_text(k->payload, "birth_date"), &birth) &&
        !partial_date_is_unknown(birth) &&
        strcmp(date_format(partial_date_oldest(birth), oldest), k->today) > 0)
        fault(k, "birth_date", _("lies ahead of now"));
}

/* ---- the sides ---- */

/* Is this act the other side's, so that only its words can be taken down here? */
static bool is_theirs(const struct checker *k)
{
    const char *role = case_role(k->c), *state = payload_text(k->payload, "state");

    switch (k->type->side) {
    case SIDE_REQUESTING:
        return strcmp(role, "requesting") != 0;
    case SIDE_ASSISTING:
        if (k->type->kind == ACT_ASSIST)
            state = payload_text(k->payload, "by");
        return strcmp(role, "assisting") != 0 || strcmp(state, k->c->post_state) != 0;
    case SIDE_ANY:
        break;
    }
    return false;
}

static void check_side(struct checker *k)
{
    if (k->type->transcribable && is_theirs(k) && !json_object_get(k->payload, "transcribed"))
        fault(k, "transcribed",
              _("is missing: this act is another office's; say from whom, how and when it came"));
}

/* ---- what single acts say ---- */

static void check_open(struct checker *k)
{
    const char *requesting = payload_text(k->payload, "requesting_state");
    const char *receiving = payload_text(k->payload, "receiving_state");
    bool ours = text_is(k, "role", "requesting");

    if (ours && *requesting && strcmp(requesting, k->c->post_state))
        fault(k, "requesting_state", _("this post requests for its own State, %s"),
              k->c->post_state);
    if (text_is(k, "role", "assisting") && !strcmp(requesting, k->c->post_state))
        fault(k, "requesting_state",
              _("a post assists nationals of other States; for its own it "
                "is the one that requests"));
    if (!strcmp(receiving, ours ? k->c->post_state : requesting))
        fault(k, "receiving_state",
              _("is the State of nationality: at home the mechanism has no place"));
}

/* A State that takes part in the exchange is neither the person's own nor where the person is. */
static void check_helper(struct checker *k, const char *key, const char *state)
{
    if (*state && !strcmp(state, case_requesting_state(k->c)))
        fault(k, key, _("%s is the State of nationality: that is its own protection"), state);
    else if (*state && !strcmp(state, case_receiving_state(k->c)))
        fault(k, key, _("%s is the receiving State: it cannot be asked"), state);
}

static void check_poll(struct checker *k)
{
    const json_t *to = json_object_get(k->payload, "to");
    size_t i;
    json_t *state;

    json_array_foreach(to, i, state)
    {
        char *path = xasprintf("to[%zu]", i);
        check_helper(k, path, json_string_value(state));
        free(path);
    }
}

static void check_request(struct checker *k)
{
    bool out = text_is(k, "direction", "out");
    const char *role = case_role(k->c);

    if (out)
        check_helper(k, "to.state", payload_text(json_object_get(k->payload, "to"), "state"));
    if (out && strcmp(role, "requesting"))
        fault(k, "direction", _("only the requesting State sends a request"));
    if (!out && !strcmp(role, "requesting"))
        fault(k, "direction", _("this post is the one that requests: a request goes out"));
    if (!out && strcmp(payload_text(json_object_get(k->payload, "from"), "state"),
                       case_requesting_state(k->c)))
        fault(k, "from.state", _("\"%s\": the request must come from %s, whose national it is for"),
              payload_text(json_object_get(k->payload, "from"), "state"),
              case_requesting_state(k->c));
}

static void check_answer(struct checker *k)
{
    const char *first = NULL;

    for (const struct entry *e = NULL; (e = case_next(k->c, e, ACT_REFER));)
        if (text_is(k, "to", entry_text(e, "to")) &&
            (!first || strcmp(entry_text(e, "on"), first) < 0))
            first = entry_text(e, "on");
    if (first && strcmp(payload_text(k->payload, "on"), first) < 0)
        fault(k, "on", _("is before the referral of %s"), first);
}

static void check_determine(struct checker *k)
{
    static const char *const each[] = {"R1", "R4", "R9"};
    const json_t *person = json_object_get(k->payload, "person");

    for (size_t i = 0; i < ARRAY_SIZE(each); i++)
        if (text_is(k, "requirement", each[i]) && !json_is_integer(person) &&
            case_persons(k->c, NULL, 0) > 1)
            fault(k, "person", _("is missing: %s is asked of each person"), each[i]);
}

static bool is_countersigned(const struct checker *k, const struct entry *e)
{
    for (const struct entry *s = NULL; (s = case_next(k->c, s, ACT_COUNTERSIGN));)
        if (case_entry(k->c, entry_text(s, "of")) == e)
            return true;
    return false;
}

static void check_countersign(struct checker *k)
{
    const struct entry *e = case_entry(k->c, payload_text(k->payload, "of"));

    if (!e)
        return;
    if (e->act->kind != ACT_CONTACT && !case_needs_countersign(e))
        fault(k, "of", _("neither an immediate contact nor an override: nothing to countersign"));
    else if (is_countersigned(k, e))
        fault(k, "of", _("is countersigned already"));
}

static void check_annul(struct checker *k)
{
    const struct entry *e = case_entry(k->c, payload_text(k->payload, "note"));

    if (e && e->annulled)
        fault(k, "note", _("is annulled already"));
}

static void check_lift(struct checker *k)
{
    long person = payload_number(k->payload, "person");

    if (case_person(k->c, person) && !case_locked(k->c, person))
        fault(k, "person", _("is not under the protection lock"));
}

static void check_hold(struct checker *k)
{
    if (!payload_bool(k->payload, "hold") && !case_held(k->c))
        fault(k, "hold", _("there is no hold to end"));
}

static void check_link(struct checker *k)
{
    bool links = k->type->kind == ACT_LINK;

    if (!strcasecmp(payload_text(k->payload, "case"), k->c->reference))
        fault(k, "case", _("is this case: one person is recorded once in it"));
    else if (links == case_is_linked(k->c, payload_number(k->payload, "person"),
                                     payload_text(k->payload, "case"),
                                     payload_number(k->payload, "other")))
        fault(k, "case", links ? _("they are linked already") : _("they are not linked"));
}

static void check_assist(struct checker *k)
{
    check_helper(k, "by", payload_text(k->payload, "by"));
}

static void check_cost(struct checker *k)
{
    check_helper(k, "advanced_by", payload_text(k->payload, "advanced_by"));
}

/* What an advance leaves to be paid; said anew, a refund may be as much as the whole. */
static void check_refund(struct checker *k)
{
    const struct entry *cost = case_entry(k->c, payload_text(k->payload, "of"));
    size_t count;
    struct receivable *list = receivables_of(k->c, &count), *r = NULL;
    int64_t units;

    for (size_t i = 0; i < count; i++)
        if (list[i].cost == cost)
            r = &list[i];
    if (cost && cost->act->kind == ACT_COST && !r)
        fault(k, "of", _("is no advance of an assisting State: nothing is owed for it"));
    if (!r) {
        free(list);
        return;
    }
    int64_t left = *k->before ? r->units : receivable_left(r);
    const char *amount = payload_text(k->payload, "amount");
    if (!left)
        fault(k, "of", _("nothing is left of this advance to be refunded"));
    else if (*amount && (!money_parse(amount, r->currency, &units) || !units))
        fault(k, "amount", _("is no amount in %s"), r->currency);
    else if (*amount && units > left)
        fault(k, "amount", _("is more than is left of this advance"));
    if (strcmp(payload_text(k->payload, "on"), entry_text(cost, "on")) < 0)
        fault(k, "on", _("is before the advance was paid"));
    if (*payload_text(k->payload, "due_on") &&
        strcmp(payload_text(k->payload, "due_on"), payload_text(k->payload, "on")) < 0)
        fault(k, "due_on", _("is before it was asked for"));
    free(list);
}

static void check_state(struct checker *k)
{
    check_helper(k, "state", payload_text(k->payload, "state"));
}

static void check_note(struct checker *k)
{
    const char *date = payload_text(k->payload, "date");
    char today[DATE_SIZE];

    if (text_is(k, "kind", "REQ"))
        check_request(k);
    /* It is numbered in the year of its date: that of this post, not of the first place on earth.
     */
    if (text_is(k, "direction", "out") && !lies_ahead(k, date) &&
        strcmp(date, date_format(instant_date(k->now), today)) > 0)
        fault(k, "date", _("lies ahead of now"));
}

static bool check_all(const struct case_file *c, enum act_kind kind, const json_t *payload,
                      const char *before, bool received, const char *now, struct error *err);

/* The act anew: whole, of the same kind, of the same person; and right in this case. */
static void check_correct(struct checker *k, const char *now)
{
    const struct entry *e = case_entry(k->c, payload_text(k->payload, "of"));
    const json_t *anew = json_object_get(k->payload, "payload");

    if (!e)
        return;
    if (e->act->kind == ACT_CORRECT) {
        fault(k, "of", _("is itself a correction: name the act that was first recorded"));
        return;
    }
    if (case_is_final(e->act->kind)) {
        fault(k, "of", _("is not corrected: it stands as it was signed"));
        return;
    }
    if (!payload_check_at(act_type(e->act->kind), anew, "payload.", k->received, k->err)) {
        k->ok = false;
        return;
    }
    if (e->act->kind == ACT_PERSON && payload_number(anew, "person") != e->person)
        fault(k, "payload.person", _("must stay %ld: another person is another act"), e->person);
    /* Its number is of one of the two registers, and stays there. */
    if (e->act->kind == ACT_NOTE &&
        strcmp(payload_text(anew, "direction"), entry_text(e, "direction")))
        fault(k, "payload.direction", _("must stay: annul the note, and record the other"));
    if (!check_all(k->c, e->act->kind, anew, "payload.", k->received, now, k->err))
        k->ok = false;
}

static void (*const checks[ACT_KIND_END])(struct checker *k) = {
    [ACT_OPEN] = check_open,
    [ACT_PERSON] = check_record,
    [ACT_REFER_ANSWER] = check_answer,
    [ACT_DETERMINE] = check_determine,
    [ACT_POLL] = check_poll,
    [ACT_REPLY] = check_state,
    [ACT_DECLINE] = check_state,
    [ACT_NOTE] = check_note,
    [ACT_ANNUL] = check_annul,
    [ACT_ASSIST] = check_assist,
    [ACT_COUNTERSIGN] = check_countersign,
    [ACT_COST] = check_cost,
    [ACT_REFUND] = check_refund,
    [ACT_LIFT_LOCK] = check_lift,
    [ACT_LEGAL_HOLD] = check_hold,
    [ACT_LINK] = check_link,
    [ACT_UNLINK] = check_link,
};

static void check_fields(struct checker *k)
{
    for (const struct field *f = k->type->fields; f->id; f++) {
        const json_t *value = json_object_get(k->payload, f->key);

        if (f->type == FIELD_PERSON && k->type->kind != ACT_PERSON)
            check_person(k, f->key, value);
        if (f->type == FIELD_PERSONS)
            check_persons(k, f->key, value);
        if (f->type == FIELD_ACT && json_is_string(value))
            check_reference(k, f->key, json_string_value(value));
    }
}

/* `before` is "payload." where the act is corrected: it has been said, and is said anew. */
static bool check_all(const struct case_file *c, enum act_kind kind, const json_t *payload,
                      const char *before, bool received, const char *now, struct error *err)
{
    struct checker k = {.c = c,
                        .type = act_type(kind),
                        .payload = payload,
                        .before = before,
                        .received = received,
                        .err = err,
                        .ok = true};

    if (!instant_parse(now, &k.now))
        BUG("a case checked without an instant");
    struct instant east = k.now;
    east.offset = 0;
    date_format(instant_date(instant_add_seconds(east, DAY_END_EAST)), k.today);
    check_fields(&k);
    if (kind != ACT_OPEN)
        check_side(&k);
    check_past(&k);
    if (checks[kind] &&
        (!*before || (kind != ACT_ANNUL && kind != ACT_COUNTERSIGN && kind != ACT_LIFT_LOCK &&
                      kind != ACT_LINK && kind != ACT_UNLINK)))
        checks[kind](&k);
    if (kind == ACT_CORRECT)
        check_correct(&k, now);
    return k.ok;
}

static bool check(const struct case_file *c, enum act_kind kind, const json_t *payload,
                  bool received, const char *now, struct error *err)
{
    bool is_open = case_last(c, ACT_OPEN) != NULL;

    if (kind == ACT_OPEN && is_open)
        return error_set(err, ERROR_INPUT,
                         _("open: this case is open; what was wrong is corrected "
                           "(correct), and another case is a new one"));
    if (kind != ACT_OPEN && !is_open)
        return error_set(err, ERROR_INPUT, _("%s: a case begins with the act open"),
                         act_type(kind)->name);
    return check_all(c, kind, payload, "", received, now, err);
}

bool case_check(const struct case_file *c, enum act_kind kind, const json_t *payload,
                const char *now, struct error *err)
{
    return check(c, kind, payload, false, now, err);
}

bool case_check_received(const struct case_file *c, enum act_kind kind, const json_t *payload,
                         const char *now, struct error *err)
{
    return check(c, kind, payload, true, now, err);
}
