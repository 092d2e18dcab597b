/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/travel.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* What a reader gets: nothing, the core, identity too, what is sensitive too. */
enum { NO, OPEN, NAMES, ALL };

#define ROW(kind_, note_, side_, article_, ...)                                                    \
    {                                                                                              \
        .kind = ACT_##kind_, .note = (note_), .side = SIDE_##side_, .article = (article_),         \
        .gets = {                                                                                  \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/*
 * Identity goes with a request by note and what belongs to it, to the State that was chosen and
 * addressed (Art. 5, 6); the answers and the account of the help go back to the State of
 * citizenship. The Secretariat is told of polls and requests (5, 7.6), of what became of them, and
 * of each case for the meeting (7.7), without anybody's name: what one has answered to, or has said
 * that it came, it was told of, and all who judge by that must be able to see it.
 */
/* clang-format off */
const struct travel_row travel_rows[] = {
    /*  act          note     said by     article  own  Secr.  asked  named  requesting  members */
    ROW(POLL,        NULL,    REQUESTING, "7.6",   ALL, OPEN,  NO,    OPEN,  NO,         NO),
    ROW(REPLY,       NULL,    ASSISTING,  "7.6",   ALL, OPEN,  NO,    NO,    NAMES,      NO),
    ROW(DECLINE,     NULL,    ASSISTING,  "3",     ALL, OPEN,  NO,    NO,    NAMES,      NO),
    ROW(CHOOSE,      NULL,    REQUESTING, "5",     ALL, OPEN,  NO,    OPEN,  NO,         NO),
    ROW(NOTE,        "REQ",   REQUESTING, "6",     ALL, OPEN,  NO,    ALL,   NO,         NO),
    ROW(NOTE,        "SCOPE", ANY,        "5",     ALL, OPEN,  NO,    ALL,   NO,         NO),
    ROW(NOTE,        "ACC",   ASSISTING,  "5",     ALL, OPEN,  NO,    ALL,   NO,         NO),
    ROW(NOTE,        "PART",  ASSISTING,  "5",     ALL, OPEN,  NO,    ALL,   NO,         NO),
    ROW(NOTE,        "DEC",   ASSISTING,  "3",     ALL, OPEN,  NO,    ALL,   NO,         NO),
    ROW(NOTE,        "TSN",   ANY,        "5",     ALL, OPEN,  NO,    NO,    NO,         NO),
    ROW(NOTE,        "POLL",  REQUESTING, "7.6",   ALL, OPEN,  NO,    OPEN,  NO,         NO),
    ROW(NOTE,        "WDR",   REQUESTING, "5",     ALL, OPEN,  NO,    NAMES, NO,         NO),
    ROW(NOTE,        "FIN",   ANY,        "8",     ALL, OPEN,  NO,    NAMES, NO,         NO),
    ROW(NOTE,        "CLO",   ANY,        "7.7",   ALL, OPEN,  NO,    NAMES, NO,         NO),
    ROW(NOTE,        "REP",   ANY,        "7.7",   ALL, OPEN,  NO,    NO,    NO,         NO),
    ROW(NOTE,        "OTH",   ANY,        "",      ALL, NO,    NO,    OPEN,  NO,         NO),
    ROW(PERSON,      NULL,    REQUESTING, "6",     ALL, NO,    NO,    ALL,   NO,         NO),
    ROW(CHILD,       NULL,    REQUESTING, "7.4",   ALL, NO,    NO,    ALL,   NO,         NO),
    ROW(NEED,        NULL,    REQUESTING, "6",     ALL, NO,    NO,    ALL,   NO,         NO),
    ROW(DELIVERY,    NULL,    ANY,        "6",     ALL, OPEN,  NO,    OPEN,  NO,         NO),
    ROW(ACCEPT,      NULL,    ASSISTING,  "5",     ALL, OPEN,  NO,    NO,    ALL,        NO),
    ROW(ASSIST,      NULL,    ASSISTING,  "6",     ALL, OPEN,  NO,    NO,    ALL,        NO),
    ROW(WITHDRAW,    NULL,    REQUESTING, "5",     ALL, OPEN,  NO,    OPEN,  NO,         NO),
    ROW(DATA_RETURN, NULL,    REQUESTING, "3",     ALL, NO,    NO,    OPEN,  NO,         NO),
    ROW(DATA_RETURN, NULL,    ASSISTING,  "3",     ALL, NO,    NO,    NO,    OPEN,       NO),
    ROW(CLOSE,       NULL,    REQUESTING, "7.7",   ALL, OPEN,  OPEN,  NO,    NO,         NO),
    ROW(REOPEN,      NULL,    REQUESTING, "7.7",   ALL, OPEN,  OPEN,  NO,    NO,         NO),
    ROW(REPORT,      NULL,    REQUESTING, "7.7",   ALL, OPEN,  NO,    NO,    NO,         NO),
    ROW(NOTIFY,      NULL,    ANY,        "5",     ALL, OPEN,  NO,    NO,    NO,         NO),
    ROW(HAND_OVER,   NULL,    REQUESTING, "",      ALL, OPEN,  OPEN,  NO,    NO,         OPEN),
    {.kind = ACT_NONE},
};
/* clang-format on */

const struct travel_row *travel_row(enum act_kind kind, const json_t *payload, enum act_side side)
{
    for (const struct travel_row *row = travel_rows; row->kind; row++)
        if (row->kind == kind && (!row->note || payload_is(payload, "kind", row->note)) &&
            (row->side == SIDE_ANY || row->side == side))
            return row;
    return NULL;
}

/* ---- who reads ---- */

/* The side of this post; of an observer, who says nothing, SIDE_ANY. */
static enum act_side our_side(const struct case_file *c)
{
    if (!strcmp(case_role(c), "requesting"))
        return SIDE_REQUESTING;
    return strcmp(case_role(c), "assisting") ? SIDE_ANY : SIDE_ASSISTING;
}

/* Others have no part in the agreement, and no key. */
static void add_state(struct audience_codes *out, const char *state)
{
    if (country_is_member(state))
        audience_add(out, state);
}

static void add_states(struct audience_codes *out, const json_t *states)
{
    for (size_t i = 0; i < json_array_size(states); i++)
        add_state(out, json_string_value(json_array_get(states, i)));
}

static void add_asked(const struct case_file *c, struct audience_codes *out)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_POLL));)
        add_states(out, json_object_get(e->payload, "to"));
}

/* The request by note that this post sent, is open and names the person. */
static bool is_request_for(const struct case_file *c, const struct entry *note, long person)
{
    return payload_is(note->payload, "kind", "REQ") &&
           !strcmp(entry_text(note, "direction"), "out") && !request_ended(c, note) &&
           request_covers(c, note, person);
}

/* The records of a person go to whom this post asked for help for that person; a need of nobody's
 * in particular for anybody. One that a later record has taken the place of stays. */
static void add_asked_for(const struct case_file *c, const struct act *act,
                          struct audience_codes *out)
{
    long person = payload_number(act->payload, "person"), all[CASE_PERSONS_MOST];
    size_t count = person ? 1 : case_persons(c, all, CASE_PERSONS_MOST);

    if (person)
        all[0] = person;
    for (const struct entry *e = NULL; act->kind != ACT_NEED && (e = case_next(c, e, act->kind));)
        if (e->person == person && e->act->seq > act->seq && act->seq)
            return;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
            if (is_request_for(c, e, all[i]))
                add_state(out, request_state(c, e));
}

/* The State that the act names, or the note of which it speaks. */
static void add_named(const struct case_file *c, const struct act *act, struct audience_codes *out)
{
    const struct entry *note = case_entry(c, payload_text(act->payload, "note"));

    switch (act->kind) {
    case ACT_POLL:
        add_states(out, json_object_get(act->payload, "to"));
        break;
    case ACT_NOTE:
        add_state(out, payload_text(json_object_get(act->payload, "to"), "state"));
        break;
    case ACT_WITHDRAW:
        if (note && !strcmp(entry_text(note, "direction"), "out"))
            add_state(out, request_state(c, note));
        break;
    case ACT_DELIVERY: /* who wrote is told that it came */
        if (note && !strcmp(entry_text(note, "direction"), "in"))
            add_state(out, payload_text(json_object_get(note->payload, "from"), "state"));
        break;
    case ACT_PERSON:
    case ACT_CHILD:
    case ACT_NEED:
        add_asked_for(c, act, out);
        break;
    default:
        add_state(out, payload_text(act->payload, "state"));
        break;
    }
}

/* Who is told that a note came is who could have it. */
static bool secretariat_has(const struct case_file *c, const struct act *act)
{
    const struct entry *note = case_entry(c, payload_text(act->payload, "note"));

    for (const struct travel_row *row = travel_rows; act->kind == ACT_DELIVERY && row->kind; row++)
        if (note && row->note && payload_is(note->payload, "kind", row->note))
            return row->gets[READER_SECRETARIAT];
    return act->kind != ACT_DELIVERY;
}

static void add_reader(const struct case_file *c, const struct act *act, enum travel_reader reader,
                       struct audience_codes *out)
{
    switch (reader) {
    case READER_SECRETARIAT:
        if (secretariat_has(c, act))
            audience_add(out, CODE_SECRETARIAT);
        break;
    case READER_ASKED:
        add_asked(c, out);
        break;
    case READER_NAMED:
        add_named(c, act, out);
        break;
    case READER_REQUESTING:
        add_state(out, case_requesting_state(c));
        break;
    case READER_MEMBERS:
        for (size_t i = 0; i < MEMBER_COUNT; i++)
            audience_add(out, member_states[i]);
        break;
    default:
        break; /* its own State reads where somebody else does */
    }
}

/* The act that an annulment or a correction is about; NULL: none. */
static const struct entry *subject_of(const struct case_file *c, const struct act *act)
{
    if (act->kind == ACT_ANNUL)
        return case_entry(c, payload_text(act->payload, "note"));
    return case_entry(c, payload_text(act->payload, "of"));
}

static bool collect(const struct case_file *c, const struct act *act, bool told,
                    struct audience_codes *out);

/* Who got it. A correction adds nobody, who would have nothing to correct: that is a new act. */
static bool collect_of(const struct case_file *c, const struct act *act, bool told,
                       struct audience_codes *out)
{
    const struct entry *e = subject_of(c, act);

    return e && e->act->kind != ACT_CORRECT && e->act->kind != ACT_ANNUL &&
           collect(c, e->act, told, out);
}

static bool collect(const struct case_file *c, const struct act *act, bool told,
                    struct audience_codes *out)
{
    enum act_side side = our_side(c);
    size_t before = out->count;

    if (side == SIDE_ANY || json_object_get(act->payload, act_transcribed_field.key) ||
        json_object_get(act->context, case_dispatch_key))
        return false;
    if (act->kind == ACT_ANNUL || act->kind == ACT_CORRECT)
        return collect_of(c, act, told, out);
    const struct travel_row *row = travel_row(act->kind, act->payload, side);
    if (!row || (act->kind == ACT_NOTE && !payload_is(act->payload, "direction", "out")))
        return false;
    for (int reader = 0; reader < READER_COUNT; reader++)
        if (row->gets[reader] && !(told && reader == READER_MEMBERS))
            add_reader(c, act, (enum travel_reader)reader, out);
    if (out->count == before)
        return false;
    audience_add(out, c->post_state);
    return true;
}

bool travel_audience(const struct case_file *c, const struct act *act, struct audience_codes *out)
{
    out->count = 0;
    if (collect(c, act, false, out))
        return true;
    out->count = 0;
    return false;
}

bool travel_told(const struct case_file *c, const struct act *act, struct audience_codes *out)
{
    out->count = 0;
    if (collect(c, act, true, out))
        return true;
    out->count = 0;
    return false;
}

/* ---- what of it ---- */

/* As whom of the row that State reads: the most that any of these gets. */
static unsigned gets_as_state(const struct case_file *c, const struct travel_row *row,
                              const char *code)
{
    unsigned gets = OPEN;

    if (!strcmp(code, c->post_state))
        return row->gets[READER_OWN];
    if (our_side(c) == SIDE_REQUESTING && case_choice(c, code))
        gets = row->gets[READER_NAMED];
    if (our_side(c) == SIDE_ASSISTING && !strcmp(code, case_requesting_state(c)))
        gets = row->gets[READER_REQUESTING] > row->gets[READER_NAMED] ? row->gets[READER_REQUESTING]
                                                                      : row->gets[READER_NAMED];
    return gets;
}

enum field_class travel_class(const struct case_file *c, enum act_kind kind, const json_t *payload,
                              const char *code)
{
    const struct travel_row *row = travel_row(kind, payload, our_side(c));
    unsigned gets = OPEN;

    if (row && strcmp(code, CODE_SECRETARIAT) != 0)
        gets = gets_as_state(c, row, code);
    return gets ? (enum field_class)(gets - 1) : CLASS_P0;
}

/* ---- what goes along with a request ---- */

static bool goes_along(const struct case_file *c, const struct entry *e, const struct entry *note)
{
    long person = e->person;

    if (e->act->kind != ACT_PERSON && e->act->kind != ACT_CHILD && e->act->kind != ACT_NEED)
        return false;
    if (e->act->kind == ACT_NEED)
        return !person || request_covers(c, note, person);
    for (const struct entry *later = e; (later = case_next(c, later, e->act->kind));)
        if (later->person == person && later->act->seq < note->act->seq)
            return false;
    return request_covers(c, note, person);
}

size_t travel_companions(const struct case_file *c, const struct entry *note,
                         const struct entry **out, size_t room)
{
    size_t count = 0;

    if (note->act->kind != ACT_NOTE || !payload_is(note->payload, "kind", "REQ"))
        return 0;
    for (size_t i = 0; i < c->count && c->entries[i].act->seq < note->act->seq; i++) {
        if (!goes_along(c, &c->entries[i], note))
            continue;
        if (count < room)
            out[count] = &c->entries[i];
        count++;
    }
    return count;
}
