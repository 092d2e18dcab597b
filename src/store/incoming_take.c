/* SPDX-License-Identifier: MIT */
/* One dispatch that counts, as an act of the case here: of incoming.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "incoming_work.h"

enum { REFERENCE = 16 }; /* hex digits of a dispatch's id that its act names */

/* What came in from whom: for transcribed. */
static void name_post(const struct settling *s, const uint8_t post[POST_ID], struct buf *out)
{
    trust_name_post(s->trust, post, out);
}

/* ---- what is said of where it came from ---- */

/* The day of its author; nothing is taken down of tomorrow. */
static json_t *day_of(const struct settling *s, struct instant at)
{
    char day[DATE_SIZE], now[INSTANT_SIZE];

    date_format(instant_date(at), day);
    store_now(s->store, now);
    now[DATE_SIZE - 1] = '\0';
    return json_string(strcmp(day, now) < 0 ? day : now);
}

static const char *number_of(const struct settling *s, size_t place)
{
    return payload_text(s->talk.contexts[place], note_number_key);
}

static json_t *transcribed(const struct settling *s, size_t place)
{
    const struct kept_dispatch *k = &s->talk.kept.list[place];
    char id[2 * ACT_ID_SIZE + 1];
    struct buf from = BUF_INIT;

    name_post(s, k->core.author, &from);
    act_id_hex(k->bytes.id, id);
    id[REFERENCE] = '\0';
    json_t *out = json_pack("{s:s, s:s, s:o, s:s}", "from", buf_text(&from), "channel", "pouch",
                            "on", day_of(s, k->core.at), "reference", id);
    if (*number_of(s, place))
        json_object_set_new(out, "their_number", json_string(number_of(s, place)));
    buf_release(&from);
    return out;
}

static json_t *office_of(const struct settling *s, size_t place)
{
    const struct trust_post *post = trust_post_of(s->trust, s->talk.kept.list[place].core.author);
    const char *state = s->talk.list[place].state;
    struct buf name = BUF_INIT;

    name_post(s, s->talk.kept.list[place].core.author, &name);
    json_t *out = json_pack(
        "{s:s, s:s, s:s}", "state", *state ? state : s->store->post.profile.state, "office",
        post && post->name && *post->name ? post->name : buf_text(&name), "city",
        post && post->city && *post->city ? post->city : country_name(state, reader_language));
    buf_release(&name);
    return out;
}

/* A note that went out there came in here, with the number that it has there. */
static void turn_note(const struct settling *s, size_t place, json_t *payload)
{
    const char *number = number_of(s, place);
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(s->talk.kept.list[place].bytes.id, id);
    id[REFERENCE] = '\0';
    json_object_del(payload, "to");
    json_object_set_new(payload, "direction", json_string("in"));
    json_object_set_new(payload, "from", office_of(s, place));
    json_object_set_new(payload, "number", json_string(*number ? number : id));
}

static void take_down(const struct settling *s, size_t place, enum act_kind kind, json_t *payload)
{
    if (kind == ACT_NOTE)
        turn_note(s, place, payload);
    if (act_type(kind)->transcribable)
        json_object_set_new(payload, act_transcribed_field.key, transcribed(s, place));
}

/* ---- persons ---- */

/* The same person, as an officer recorded them here by hand: no other dispatch is of that number.
 */
static bool is_recorded(const struct settling *s, long number, const json_t *came)
{
    const struct entry *e = case_person(&s->over.c, number);
    long theirs;

    if (persons_over_there(&s->over.persons, number, &theirs))
        return false;
    return e && arrival_same(ACT_PERSON, e->payload, came) &&
           (*payload_text(came, "surname_1") || *payload_text(came, "single_name"));
}

/* As which number a person comes, who is not known here yet: the same one, where it is free. */
static long number_for(const struct settling *s, long theirs, const json_t *came)
{
    long persons[CASE_PERSONS_MOST], ours, most = 0;
    size_t count = case_persons(&s->over.c, persons, ARRAY_SIZE(persons));

    if (persons_over_here(&s->over.persons, theirs, &ours))
        return ours;
    for (size_t i = 0; i < count && i < ARRAY_SIZE(persons); i++) {
        if (is_recorded(s, persons[i], came))
            return persons[i];
        most = persons[i] > most ? persons[i] : most;
    }
    return case_person(&s->over.c, theirs) ? most + 1 : theirs;
}

/* Nothing is in it but whom it is about. */
static bool is_bare(const json_t *payload)
{
    return json_object_size(payload) == 1;
}

static void set_person(const struct settling *s, size_t place, json_t *payload)
{
    long theirs = payload_number(s->talk.payloads[place], "person");

    json_object_set_new(payload, "person",
                        json_integer(number_for(s, theirs, s->talk.payloads[place])));
}

/* ---- which act it becomes ---- */

static enum arrival arrival_here(const struct settling *s, enum act_kind kind, size_t place)
{
    const struct arrival_reader reader = {case_role(&s->over.c), s->store->post.profile.state,
                                          post_is_secretariat(&s->store->post.profile)};

    return arrival_of(kind, s->talk.list[place].state, &reader);
}

/* The dispatch that a correction or an annulment is about; -1: it is none, or that is not here. */
static int subject_of(const struct settling *s, size_t place)
{
    const json_t *payload = s->talk.payloads[place];
    enum act_kind kind = s->talk.list[place].kind;

    if (kind != ACT_CORRECT && kind != ACT_ANNUL)
        return -1;
    return conversed_find(&s->talk, payload_text(payload, kind == ACT_CORRECT ? "of" : "note"));
}

/* In what form it is recorded; *of: the kind that it is asked as. */
static enum arrival form_of(const struct settling *s, size_t place, enum act_kind *of)
{
    int subject = subject_of(s, place);

    *of = s->talk.list[place].kind;
    if (*of != ACT_CORRECT && *of != ACT_ANNUL)
        return arrival_here(s, *of, place);
    if (subject < 0 || !s->talk.kept.list[subject].act)
        return ARRIVAL_NONE;
    *of = s->talk.list[subject].kind;
    return arrival_here(s, *of, place) ? ARRIVAL_AS_SAID : ARRIVAL_NONE;
}

static char *lost_reason(const struct field *lost)
{
    if (lost->type == FIELD_ACT)
        return xasprintf(_("“%s”: what it is about is in no act here"), _(lost->label));
    return xasprintf(_("“%s”: the record of that person has not come"), _(lost->label));
}

static bool is_person_field(const struct field *field)
{
    return field->type == FIELD_PERSON || field->type == FIELD_PERSONS;
}

/* Whom the Secretariat is not told of, and whom a poll does not name, it does without. */
static bool does_without(const struct settling *s, enum act_kind kind, const struct field *lost)
{
    return is_person_field(lost) &&
           (kind == ACT_PERSON || kind == ACT_POLL || post_is_secretariat(&s->store->post.profile));
}

/* What an officer there said to their own file: it opens no gate here, and says of nothing here
 * whose word it is. */
static void take_away(json_t *payload)
{
    const struct field *const own[] = {&act_transcribed_field, &act_override_field,
                                       &act_doubts_field};

    for (size_t i = 0; i < ARRAY_SIZE(own); i++)
        json_object_del(payload, own[i]->key);
}

/*
 * What the act here says for that dispatch, in this file's terms: a new reference, and *inner (the
 * type of an act corrected, or NULL). NULL where there is none: *reason, a new string, or NULL
 * where nothing is to be recorded at all.
 */
static json_t *payload_here(struct settling *s, size_t place, const struct act_type **inner,
                            char **reason)
{
    enum act_kind kind = s->talk.list[place].kind, of;
    enum arrival arrival = form_of(s, place, &of);
    const struct field *lost;

    *reason = NULL;
    *inner = kind == ACT_CORRECT && arrival != ARRIVAL_NONE ? act_type(of) : NULL;
    if (arrival == ARRIVAL_NONE)
        return NULL;
    json_t *payload =
        case_over_say(&s->over, act_type(kind), *inner, s->talk.payloads[place], &lost);
    if (lost && !does_without(s, of, lost)) {
        *reason = lost_reason(lost);
        json_decref(payload);
        return NULL;
    }
    take_away(payload);
    if (kind == ACT_CORRECT)
        take_away(json_object_get(payload, "payload"));
    if (of == ACT_PERSON && kind != ACT_CORRECT)
        set_person(s, place, payload);
    if (kind == ACT_CORRECT)
        take_down(s, place, of, json_object_get(payload, "payload"));
    else if (arrival == ARRIVAL_TAKEN_DOWN)
        take_down(s, place, kind, payload);
    return payload;
}

/* ---- taken down before ---- */

static bool is_linked(const struct settling *s, int64_t seq)
{
    for (size_t i = 0; i < s->talk.kept.count; i++)
        if (s->talk.kept.list[i].act == seq)
            return true;
    return false;
}

/* An act that an officer took down, or recorded of a person, which says the same. */
static const struct entry *find_twin(const struct settling *s, enum act_kind kind,
                                     const json_t *payload)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(&s->over.c, e, kind));) {
        bool by_hand = kind == ACT_PERSON
                           ? entry_number(e, "person") == payload_number(payload, "person")
                           : json_object_get(e->payload, act_transcribed_field.key) != NULL;
        if (by_hand && !entry_dispatch(e) && !is_linked(s, e->act->seq) &&
            arrival_same(kind, e->payload, payload))
            found = e;
    }
    return found;
}

/* ---- recording ---- */

static bool set_act(struct settling *s, size_t place, int64_t act, const char *reason,
                    struct error *err)
{
    struct kept_dispatch *k = &s->talk.kept.list[place];

    if (act == k->act && !reason == !k->refused && (!reason || !strcmp(reason, k->refused)))
        return true;
    k->act = act;
    free(k->refused);
    k->refused = reason ? xstrdup(reason) : NULL;
    return dispatch_set_act(s->store, k->place, act, reason, err);
}

/* Refused by checks or gates: kept with the reason. Anything else ends the whole. */
static bool refuse(struct settling *s, size_t place, struct error *why, struct error *err)
{
    if (why->kind != ERROR_INPUT && why->kind != ERROR_REFUSED)
        return error_set(err, why->kind, "%s", error_text(why));
    return set_act(s, place, s->talk.kept.list[place].act, error_text(why), err);
}

static bool record(struct settling *s, size_t place, const json_t *payload, bool *done,
                   struct error *err)
{
    char id[2 * ACT_ID_SIZE + 1], said[INSTANT_SIZE];
    const json_t *to = json_object_get(s->talk.payloads[place], "to");
    struct record_arrival arrival = {
        .dispatch = id, .addressed = json_string_value(json_object_get(to, "state")), .said = said};
    struct record_request request = {.reference = s->over.c.reference,
                                     .kind = s->talk.list[place].kind,
                                     .payload = payload,
                                     .arrival = &arrival};
    struct recorded recorded;
    struct error why = ERROR_INIT;

    act_id_hex(s->talk.kept.list[place].bytes.id, id);
    instant_format(s->talk.kept.list[place].core.at, said);
    if (!store_record(s->store, &request, &recorded, &why)) {
        bool ok = refuse(s, place, &why, err);
        error_release(&why);
        return ok;
    }
    bool ok = set_act(s, place, recorded.seq, NULL, err);
    recorded_release(&recorded);
    *done = true;
    s->out->recorded++;
    return ok && settling_look(s, err);
}

/* The record of a person of whom more came than was there when it was recorded. */
static bool has_more(const struct settling *s, size_t place, const json_t *payload)
{
    const struct entry *e = case_over_entry(&s->over, s->talk.kept.list[place].act);
    enum act_kind kind = s->talk.list[place].kind;

    return e && (kind == ACT_PERSON || kind == ACT_CHILD || kind == ACT_NEED) &&
           entry_dispatch(e) && json_object_size(e->act->payload) < json_object_size(payload);
}

/* A record that says nothing takes the place of none that says something. */
static bool is_empty_word(const struct settling *s, enum act_kind kind, const json_t *payload)
{
    return kind == ACT_PERSON && is_bare(payload) &&
           case_person(&s->over.c, payload_number(payload, "person"));
}

bool settling_take(struct settling *s, size_t place, bool *done, struct error *err)
{
    enum act_kind kind = s->talk.list[place].kind;
    int64_t act = s->talk.kept.list[place].act;
    const struct act_type *inner;
    char *reason;
    json_t *payload = payload_here(s, place, &inner, &reason);
    const struct entry *twin = payload && !act ? find_twin(s, kind, payload) : NULL;
    bool ok = true;

    *done = false;
    if (!payload) {
        ok = act || set_act(s, place, 0, reason, err);
    } else if (twin) {
        ok = set_act(s, place, twin->act->seq, NULL, err) && settling_look(s, err);
        *done = true;
        s->out->linked++;
    } else if (act ? has_more(s, place, payload) : !is_empty_word(s, kind, payload)) {
        ok = record(s, place, payload, done, err);
    }
    free(reason);
    json_decref(payload);
    return ok;
}
