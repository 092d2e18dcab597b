/* SPDX-License-Identifier: MIT */
/*
 * A case: the fold of its acts. Adding acts in order of arrival gives the state; the same acts
 * always give the same state. Corrections take the place of what they correct; annulled and
 * withdrawn things stay, marked.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_CASE_H
#define AMPARO_AGREEMENT_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/assess.h"

/* An act as it stands now: with its own payload, or with that of its last correction. */
struct entry {
    const struct act *act;        /* as recorded */
    const json_t *payload;        /* effective; borrowed */
    const struct act *correction; /* the last one, or NULL */
    bool annulled;                /* a note that was annulled */
};

struct case_file {
    char *reference;  /* CODE-YYYY-NNNN */
    char *post_state; /* ISO code of the post that keeps this file */
    struct act *acts; /* all, in order of arrival; owned */
    size_t count;
    struct entry *entries; /* entries[i].act == &acts[i] */
};

void case_init(struct case_file *c, const char *reference, const char *post_state);
void case_release(struct case_file *c);

/* Takes over *act (which is emptied) and folds it in, whatever the gates say: ask them before. */
void case_add(struct case_file *c, struct act *act);

/*
 * What a payload says of other acts of this case and cannot be: a person, act or note that is not
 * there or is of the wrong kind, an instant after `now`, the other side's act without
 * "transcribed" … Lines by path, ERROR_INPUT. Called by the store before the gates.
 */
bool case_check(const struct case_file *c, enum act_kind kind, const json_t *payload,
                const char *now, struct error *err);

/* The next entry of that kind after `from` (NULL: the first); NULL: no more. */
const struct entry *case_next(const struct case_file *c, const struct entry *from,
                              enum act_kind kind);
/* The last entry of that kind, or NULL. */
const struct entry *case_last(const struct case_file *c, enum act_kind kind);
/* The entry of an act id (hex), or NULL. */
const struct entry *case_entry(const struct case_file *c, const char *id_hex);

/* Shorthands on an entry's effective payload: "", false, 0 where the key is absent. */
const char *entry_text(const struct entry *e, const char *key);
bool entry_bool(const struct entry *e, const char *key);
long entry_number(const struct entry *e, const char *key);
/* Is the person (number), or the text, in the array of that key? */
bool entry_has_person(const struct entry *e, const char *key, long person);
bool entry_has_text(const struct entry *e, const char *key, const char *text);

/* ---- what the header says (the opening act, corrected) ---- */
const char *case_role(const struct case_file *c); /* requesting, assisting, observer */
const char *case_requesting_state(const struct case_file *c);
const char *case_receiving_state(const struct case_file *c);
const char *case_priority(const struct case_file *c);

/* ---- persons ---- */
/* Numbers of the persons recorded, ascending; returns how many; at most `room` are written. */
size_t case_persons(const struct case_file *c, long *numbers, size_t room);
/* The latest person act of that number, or NULL. */
const struct entry *case_person(const struct case_file *c, long number);
/* The protection lock stands: set by any record of fear of one's own State, lifted by lift_lock. */
bool case_locked(const struct case_file *c, long person);

/* ---- stages (acts.md): derived, never stored as truth ---- */
enum stage {
    STAGE_DRAFT,
    STAGE_INTAKE,
    STAGE_ELIGIBILITY,
    STAGE_POLL,
    STAGE_CHOICE,
    STAGE_NOTE,
    STAGE_SCOPE,
    STAGE_HELP,
    STAGE_CLOSING,
    STAGE_REPORTED,
    STAGE_COUNT,
};
enum stage case_stage(const struct case_file *c);
const char *stage_name(enum stage stage);         /* "intake", … */
const char *case_exit(const struct case_file *c); /* code, or NULL */
bool case_closed(const struct case_file *c);

/* ---- consents, notes, answers: the questions that gates, screens and prints all ask ---- */
/* Consent (or recorded basis) of the person for a purpose, to a recipient (NULL: any), in force? */
bool case_consents(const struct case_file *c, long person, const char *purpose, const char *to);
/* Was it given and then withdrawn, without a newer one? */
bool case_consent_withdrawn(const struct case_file *c, long person, const char *purpose,
                            const char *to);
/* The REQ note to that State that is open (not withdrawn, declined, annulled) and covers the
 * person (0: any), or NULL. */
const struct entry *case_open_request(const struct case_file *c, const char *state, long person);
/* The State's latest answer to a poll: a reply or a decline; NULL: silent. round 0: any. */
const struct entry *case_answer(const struct case_file *c, const char *state, long round);
/* The State last chosen, or NULL. */
const struct entry *case_choice(const struct case_file *c, const char *state);

/* ---- the requirements ---- */
/*
 * `directory` is the directory as far as a case needs it, in the shape of the facts of assess.md:
 * {"instrument", "parties", "lists", "posts"}. The store cuts it for the receiving State; a
 * decision keeps a copy as its act.context, which stands for that decision whatever the lists say
 * later: case_json uses the copy of the latest decision where there is one.
 *
 * Facts for one person on a date; the caller releases *facts.
 */
bool case_facts(const struct case_file *c, long person, const json_t *directory, const char *on,
                struct facts *facts, struct error *err);

/* The JSON of `show --json` (acts.md); a new reference. now: RFC 3339; role: of the reader. */
json_t *case_json(const struct case_file *c, const json_t *directory, const char *now,
                  translate_fn *tr);

#endif
