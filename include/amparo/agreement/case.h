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
#include "amparo/base/date.h"
#include "amparo/base/instant.h"

/* An act as it stands now: with its own payload, or with that of its last correction. */
struct entry {
    const struct act *act;        /* as recorded */
    const json_t *payload;        /* effective; borrowed */
    long person;                  /* "person" of it; 0: none. Asked so often that it is here */
    const struct act *correction; /* the last one, or NULL */
    bool annulled;                /* a note that was annulled */
};

struct case_file {
    char *reference;  /* CODE-YYYY-NNNN */
    char *post_state; /* ISO code of the post that keeps this file */
    struct act *acts; /* all, in order of arrival; owned */
    size_t count;
    struct entry *entries; /* entries[i].act == &acts[i] */
    char today[DATE_SIZE]; /* when it is read; "": then what has an end has ended */
};

void case_init(struct case_file *c, const char *reference, const char *post_state);
void case_release(struct case_file *c);

/* The day on which it is read: the date of an instant or date. What is asked of the case now goes
 * by it (consents that end); the fold does not. */
void case_set_today(struct case_file *c, const char *now);

/*
 * Takes over *act (which is emptied) and folds it in, whatever the gates say: ask them before.
 * Entries and acts that were handed out before are no longer valid: ask for them anew.
 */
void case_add(struct case_file *c, struct act *act);

/*
 * What a payload says of other acts of this case and cannot be: a person, act or note that is not
 * there or is of the wrong kind, an instant after `now`, the other side's act without
 * "transcribed" … Lines by path, ERROR_INPUT. Called by the store before the gates.
 */
bool case_check(const struct case_file *c, enum act_kind kind, const json_t *payload,
                const char *now, struct error *err);
/* The same of what another post said, come by pouch: its form is as payload_check_at() has it of
 * what was received. */
bool case_check_received(const struct case_file *c, enum act_kind kind, const json_t *payload,
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
/* The act as it stands is the other side's word, taken down here, or come by pouch. */
bool entry_transcribed(const struct entry *e);
/*
 * Keys of act.context of what another post said, come by pouch: the id of its dispatch, in hex; of
 * a note the State that it was addressed to; and when it was said, by its author's clock.
 */
extern const char *const case_dispatch_key;
extern const char *const case_addressed_key;
extern const char *const case_said_key;
/* The id of the dispatch that the act as it stands was recorded from; NULL: none. */
const char *entry_dispatch(const struct entry *e);
/* Text of the act as it stands was erased: what it lacks was there once. */
bool entry_erased(const struct entry *e);

/*
 * Keys of act.context under which the store keeps, as arrays of gate ids, what the act was recorded
 * in spite of: "warned" (a warning stood) and "overridden".
 */
enum { CASE_PASSED_WARNED, CASE_PASSED_OVERRIDDEN, CASE_PASSED_COUNT };
extern const char *const case_passed_keys[CASE_PASSED_COUNT];

/* ---- what the header says (the opening act, corrected) ---- */
const char *case_role(const struct case_file *c); /* requesting, assisting, observer */
const char *case_requesting_state(const struct case_file *c);
const char *case_receiving_state(const struct case_file *c);
const char *case_priority(const struct case_file *c);

/* ---- persons ---- */
enum { CASE_PERSONS_MOST = 500 }; /* a case holds no more: case_check() refuses further ones */
/* Numbers of the persons recorded, ascending; returns how many; at most `room` are written. */
size_t case_persons(const struct case_file *c, long *numbers, size_t room);
/* The latest person act of that number, or NULL. */
const struct entry *case_person(const struct case_file *c, long number);
/* The protection lock stands: set by any record of fear of one's own State (correcting the record
 * does not lift it), lifted by lift_lock. Of a person erased nobody can say: it stands. */
bool case_locked(const struct case_file *c, long person);
/*
 * The persons an act speaks of: its `person`, its `persons`, or, where it names none, all who were
 * recorded and not locked before it (before `seq`; 0: now). Ascending; at most `room` are written.
 */
size_t case_subjects(const struct case_file *c, const json_t *payload, int64_t seq, long *persons,
                     size_t room);

/* ---- persons erased (data protection) ---- */
/* What was recorded of the person is gone; the numbers and the log of acts stay. */
bool case_erased(const struct case_file *c, long person);
/* Persons were recorded here, and all of them are erased. */
bool case_empty_of_persons(const struct case_file *c);
/* The `erase` act of this log that erased the person, or NULL. */
const struct entry *case_erasure(const struct case_file *c, long person);
/* The request to erase of that id, or NULL. */
const struct entry *case_erase_request(const struct case_file *c, const char *id_hex);
/* The request was neither refused, nor is its person erased. */
bool case_awaits_erasing(const struct case_file *c, const struct entry *request);
/* A legal hold stands: nothing is erased. */
bool case_held(const struct case_file *c);

/* Would the text of a counted act go if the person were erased now, as was asked by act `asked` of
 * the file (INT64_MAX: it is asked now)? */
bool case_would_go(const struct case_file *c, const struct act *act, long person, int64_t asked);

/*
 * Key of act.context under which the store keeps, with an `erase`, what case_superseded() gives:
 * the ids of the wordings about others alone that were corrected since the request; a new
 * reference.
 */
extern const char *const case_superseded_key;
json_t *case_superseded(const struct case_file *c, const struct entry *request);

/* Acts of erasing and holding: they count only as the gates allow, and nobody corrects them. */
bool case_is_final(enum act_kind kind);

/* What the erasures of the case take of an act: the parts behind its commitments, by class. */
enum case_goes {
    GOES_NOTHING,
    GOES_TEXT, /* what people wrote; what the store attached stays */
    GOES_ALL,
};

/*
 * An erasure takes, of the acts before it: those that name the person, or refer to one that does;
 * those before the request that name nobody, since their text may be about the person (what the
 * others still need is recorded again after the request); of those that name others alone, the
 * wordings that were corrected between request and erasure; and what counts for nothing. Where
 * nobody stays, all goes. `act` is one of this case's log, whether it counts or not.
 */
enum case_goes case_goes(const struct case_file *c, const struct act *act);

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
/*
 * Consent (or recorded basis) of the person for a purpose, to a recipient (NULL: any), in force?
 * P4 is for one State, by its code; of other recipients the names are compared as people do.
 * Consents and withdrawals follow each other by their date, on one day by their recording.
 */
bool case_consents(const struct case_file *c, long person, const char *purpose, const char *to);
/* The same on that day, whenever the case is read. */
bool case_consents_on(const struct case_file *c, long person, const char *purpose, const char *to,
                      const char *on);
/* The act that says so, the last recorded where there are several; NULL: none. */
const struct entry *case_consent(const struct case_file *c, long person, const char *purpose,
                                 const char *to);
/* Was it withdrawn, without a newer consent? */
bool case_consent_withdrawn(const struct case_file *c, long person, const char *purpose,
                            const char *to);
/* Whether one consent act (or recorded basis) is still in force: neither withdrawn nor ended. */
bool case_consent_stands(const struct case_file *c, const struct entry *consent);
/* Was it taken back? One that has ended by its day was not: this is what projections ask, which know
 * no day. */
bool case_consent_taken_back(const struct case_file *c, const struct entry *consent);
/* Is it a basis without consent: best interests, vital interest, legal duty? */
bool case_consent_is_basis(const struct entry *consent);
/* Is the consent for that person, purpose (NULL: any) and recipient (NULL: any)? In force or not.
 */
bool case_consent_is_for(const struct entry *consent, long person, const char *purpose,
                         const char *to);
/* Which of two was said later: by their dates; on one day by their recording. */
bool case_said_later(const struct entry *a, const struct entry *b);
/* The same recipient, as people write names: one in full and one short. */
bool case_same_name(const char *a, const char *b);
/* The same by whole words: whom a consent names. */
bool case_names_recipient(const char *a, const char *b);
/* The State's latest answer to a poll: a reply or a decline; NULL: silent. round 0: any. */
const struct entry *case_answer(const struct case_file *c, const char *state, long round);
/* The last choice of that State (NULL: of any), or NULL. */
const struct entry *case_choice(const struct case_file *c, const char *state);

/* ---- requests: REQ notes and what became of them (Art. 5, 6) ---- */
/* The State that a note goes to: the one addressed; for a note that came in, the post's own, unless
 * it came by pouch and was addressed to another one. */
const char *request_state(const struct case_file *c, const struct entry *note);
bool request_covers(const struct case_file *c, const struct entry *note, long person);
/* Are they one note, an e-mail and its paper original (same_as)? */
bool request_same(const struct case_file *c, const struct entry *a, const struct entry *b);
/* Withdrawn, declined or annulled, as far as the file knows; for both forms of one note. */
bool request_ended(const struct case_file *c, const struct entry *note);
/* The same, at that instant. */
bool request_ended_by(const struct case_file *c, const struct entry *note, struct instant at);
/* The latest REQ note to that State (NULL: any) that covers the person (0: any) and has not ended;
 * NULL: none. Acceptance does not end it. */
const struct entry *case_open_request(const struct case_file *c, const char *state, long person);
/*
 * The latest REQ note on which assistance to that person by that State at that instant can rest:
 * handed over by then, and not ended by then; after a decline during assistance, up to the end of
 * the hand-over date. NULL: none.
 */
const struct entry *case_request_at(const struct case_file *c, const char *state, long person,
                                    struct instant at);
/* The latest acceptance of the note, in either of its forms; NULL: none. */
const struct entry *case_acceptance(const struct case_file *c, const struct entry *note);

/* ---- what is left when a case ends ---- */
/* The next REQ note after `from` (NULL: the first) that has not ended; NULL: no more. */
const struct entry *case_next_open_request(const struct case_file *c, const struct entry *from);

/* A State that got data of the persons with a request, or was asked to give some back. */
struct data_holder {
    const char *state;
    const struct entry *order; /* the last data_return for it; NULL: it was not asked yet */
    bool confirmed;            /* it said that the data was given back or destroyed */
};
enum { DATA_HOLDERS_MOST = 50 };
/* Each State once, at most `room`. */
size_t case_data_holders(const struct case_file *c, struct data_holder *out, size_t room);

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

/*
 * The assessment of one person: assess() of these facts, and over it what the case's `determine`
 * acts say. Everybody asks here: gates, screens, prints. The caller releases both; facts may be
 * NULL. False where the facts do not fit together: nothing is to be released then.
 */
bool case_assess(const struct case_file *c, long person, const json_t *directory, const char *on,
                 translate_fn *tr, struct facts *facts, struct assessment *out, struct error *err);

/* Who determined that requirement for that person, last; NULL: nobody, it is as assessed. */
const struct entry *case_determined(const struct case_file *c, long person, enum requirement which);

/* Under 18 on that day by the youngest reading, or treated as a child. */
enum known case_minor(const struct case_file *c, long person, const char *on);

/* The worse of two statuses: not met, undetermined, waived, met. */
enum status status_worse(enum status a, enum status b);

/* How old a list may be without a warning, by that directory. */
long case_list_days(const json_t *directory);

/* The directory that stands for the case: the latest decision's copy, else the one given. */
const json_t *case_directory(const struct case_file *c, const json_t *directory);

/* ---- countersigning ---- */
/*
 * Which acts await their countersignature, oldest first; at most `room` are written. An immediate
 * contact, an override of who is not head of post, a basis in place of consent.
 */
size_t case_uncountersigned(const struct case_file *c, const struct entry **tasks, size_t room);
/* Does this act need one at all? */
bool case_needs_countersign(const struct entry *e);

/* ---- what went out ---- */
/*
 * Every message of this post, in order: [{"at", "what" (a kind of note, or the name of the act), "to"
 * (a State, "secretariat", an authority, whom a referral went to), "named": the persons that it
 * names, "id"}]. It stays whatever consent is withdrawn later. A new reference.
 */
json_t *case_sent(const struct case_file *c);

enum { CASE_THANKS_MOST = 16 };
/* States whose offer was not needed, and who were not thanked by note yet (CLO), at most `room`;
 * none before a State has accepted, or the case is closed. Borrowed from the case. */
size_t case_unthanked(const struct case_file *c, const char **states, size_t room);

/* The JSON of `show --json` (acts.md); a new reference. now: RFC 3339. */
json_t *case_json(const struct case_file *c, const json_t *directory, const char *now,
                  translate_fn *tr);

#endif
