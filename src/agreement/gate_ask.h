/* SPDX-License-Identifier: MIT */
/*
 * Inside the gates: a row of the table, and one row being asked of one act. Layer: agreement; for
 * gate*.c alone.
 */
#ifndef AMPARO_AGREEMENT_GATE_ASK_H
#define AMPARO_AGREEMENT_GATE_ASK_H

#include "amparo/agreement/gate.h"

struct gate_ask;

struct gate_row {
    const char *id;
    enum gate_kind kind;
    const char *article;
    const char *acts; /* names of the acts it concerns, blanks between; "" for all */
    const char *text; /* N_(): what it demands, for help */
    void (*ask)(struct gate_ask *q);
};

/* The one table, ended by id NULL. */
extern const struct gate_row gate_rows[];

/* As many as a payload may name, and a case may hold: nobody is left unasked. */
enum { GATE_PERSONS = CASE_PERSONS_MOST };

struct gate_ask {
    const struct gate_input *in;
    const struct case_file *c;
    const json_t *payload;
    translate_fn *tr;
    const struct gate_row *row;
    struct gate_findings *found;
    struct instant now;
    bool corrects;              /* the act was said, and is said anew */
    const char *state;          /* the State that the act is about, or "" */
    long persons[GATE_PERSONS]; /* of whom the act speaks */
    size_t count;
    struct assessment *assessed; /* of each of them; made when first asked for */
};

/* Adds a finding of the row that is being asked. */
void gate_found(struct gate_ask *q, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The assessment of persons[i], as of today; NULL where the facts do not fit together: then the
 * row must not let the act pass as if all were well. */
const struct assessment *gate_assessment(struct gate_ask *q, size_t i);

/* Consent of persons[i] in force on the day of the act. */
bool gate_consents(const struct gate_ask *q, size_t i, const char *purpose, const char *to);

/* The text of a key of the payload; "" where absent. */
const char *gate_text(const struct gate_ask *q, const char *key);

/* Adds a finding where one of the persons is told of in the text of that key. */
void gate_look_for_names(struct gate_ask *q, const char *key);

/* A poll of the other side's, taken down: it is not judged here. Our own side's always is. */
bool gate_transcribed(const struct gate_ask *q);

/* An outgoing note of that kind; NULL: of any. */
bool gate_is_note(const struct gate_ask *q, const char *kind);

/* The office that the note goes to; "" where it says none. */
const char *gate_addressee(const struct gate_ask *q);

/* Was the Secretariat told of that event? */
bool gate_notified(const struct gate_ask *q, const char *event);

/*
 * Adds a finding where a requirement of persons[i] is not met, or (`open`) is left open: as it is
 * where the facts do not fit together.
 */
void gate_requirement(struct gate_ask *q, size_t i, enum requirement r, bool open);

/* Adds a finding for each of the persons who is under the protection lock (recital 3). */
void gate_locked(struct gate_ask *q);

/* The name of a State in the reader's language. */
const char *gate_state(const struct gate_ask *q, const char *code);

/* The case's acts anew in *out, without one of them and its corrections (NULL: all). */
void gate_copy(const struct case_file *c, const struct act *without, struct case_file *out);

#endif
