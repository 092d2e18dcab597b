/* SPDX-License-Identifier: MIT */
/*
 * What travels: which acts of a case leave the post as dispatches (dispatch.h), to whom, and the
 * highest class of fields that each reader gets. One table: outbox, redaction and the conversation
 * go by it. Nothing else leaves by that road, and the highest class is a ceiling: consents, locks
 * and what is held back (redact.h) take away from it. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_TRAVEL_H
#define AMPARO_AGREEMENT_TRAVEL_H

#include "amparo/agreement/case.h"
#include "amparo/agreement/dispatch.h"

/* Those who read, as seen from who says it. */
enum travel_reader {
    READER_OWN,         /* the own directorate, and other posts of the own State (7.5) */
    READER_SECRETARIAT, /* never more than P0 (Art. 5) */
    READER_ASKED,       /* every State that was polled in the case up to now (7.6) */
    READER_NAMED,       /* the State addressed, chosen, or that had the request by note */
    READER_REQUESTING,  /* the State of citizenship */
    READER_MEMBERS,     /* whichever Member State joins the case later */
    READER_COUNT,
};

struct travel_row {
    enum act_kind kind;
    const char *note;    /* of a note its kind; NULL of other acts */
    enum act_side side;  /* which side says it; of SIDE_ANY, both */
    const char *article; /* why it goes; "" where none says so */
    /* By reader: one more than the class of field that it gets at most, 0: it is not for it. */
    unsigned char gets[READER_COUNT];
};

/* All rows, the last one of kind ACT_NONE. */
extern const struct travel_row travel_rows[];

/* The row of an act with that payload, NULL: it stays in the post. A correction goes as what it
 * corrects, an annulment to those who got the note: neither has a row that says to whom. */
const struct travel_row *travel_row(enum act_kind kind, const json_t *payload, enum act_side side);

/*
 * For whom the act is, as the case stands: its own State's code, those of other States, "ts".
 * False, and none: it does not travel. That is so of what this post took down of another's word, of
 * what the other side says, of an observer's acts, of notes to local authorities, and of records
 * about a person who is named in no request by note.
 *
 * The audience says who may have it. A hand-over is for any Member State, since those who are asked
 * later must be able to know whose word counts; it is sent to those of travel_told() alone.
 */
bool travel_audience(const struct case_file *c, const struct act *act, struct audience_codes *out);

/* To whom of the audience it is sent when it is said; the rest gets it when it is first polled. */
bool travel_told(const struct case_file *c, const struct act *act, struct audience_codes *out);

/*
 * The highest class of fields of the act that a reader of its audience gets; CLASS_P0 is the core
 * alone. A State that is asked to help gets more only once it was chosen (Art. 5). Never CLASS_P3.
 * Of a correction it is asked as of what it corrects.
 */
enum field_class travel_class(const struct case_file *c, enum act_kind kind, const json_t *payload,
                              const char *code);

/*
 * The records that go along with a request by note: of each person whom it names the latest
 * `person` and `child`, and every `need`, and of a need that names nobody too; in order of arrival,
 * corrections not among them (an entry has them in its payload). At most `room` are written.
 */
size_t travel_companions(const struct case_file *c, const struct entry *note,
                         const struct entry **out, size_t room);

#endif
