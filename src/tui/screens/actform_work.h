/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the form of an act share; for actform*.c only: the screen (actform.c), its
 * draft (actform_draft.c), what texts mean and where they come from (actform_values.c), recording
 * with its refusals (actform_record.c).
 */
#ifndef AMPARO_TUI_ACTFORM_WORK_H
#define AMPARO_TUI_ACTFORM_WORK_H

#include "amparo/base/dateentry.h"
#include "amparo/store/draft.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/actrecord.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/formdraft.h"
#include "amparo/tui/screens.h"

struct actform {
    struct casescreen base;
    struct app *app;
    bool done; /* recorded: nothing is kept any more */
    enum act_kind kind;
    long slot;
    char *correct; /* id of the act corrected, or NULL */
    bool intake;
    struct form *form;
    struct act_items items;
    struct form_draft draft;
    bool anew;                                /* the draft was recorded elsewhere, and began anew */
    bool remake;                              /* values changed: other fields may be asked for */
    bool new_state;                           /* the State that the form is about was said */
    bool first;                               /* load for the first time */
    char *override;                           /* reason of an override, or NULL */
    struct form_preset presets[FORM_PRESETS]; /* owned */
    size_t faults;
    int64_t resumed;        /* a draft to begin with, or 0 */
    char *last;             /* what actform_previous() answered last */
    struct date_entry born; /* what was typed as the birth date last: it may be an age */
    bool look;              /* what tells a person from others was typed: are they on record? */
    bool doubted; /* it was told what is doubted, and no other key than F2 has come since */
    json_t *marked_doubts; /* the fields beside which a doubt stands, or NULL */
    json_t *kept_doubts;   /* [{"field", "doubt", "reason"?, "value"}], or NULL */
    char *same_case;       /* with whom the person is linked once recorded; or NULL */
    long same_person;
};

/* ---- actform.c ---- */

/* Asks for the fields that what stands in the form makes it ask for. */
void actform_make_items(struct actform *f);

/* ---- actform_draft.c ---- */

/* As the screen's load: what the form begins with. */
bool actform_load(struct screen *s, struct error *err);

/* The draft was recorded or thrown away in another program: what stands here becomes a new one. */
bool actform_begin_anew(struct actform *f, struct error *err);

/* True where all that was typed is in the file. */
bool actform_flush(struct actform *f, struct error *err);

/* The value of a path goes into the draft; where it cannot, that is said. */
void actform_keep(struct actform *f, const char *path);

/* What was offered and passed over goes with the next thing typed: walking through types nothing.
 */
void actform_passed(struct actform *f, const char *path);

/* Where one is goes into the draft when one has moved. */
void actform_follow_focus(struct actform *f);

/* The hook for what is being typed. */
bool actform_typing(void *ctx, const struct form_item *item, const char *text, size_t cursor);

/* Puts a value in as if it had been typed: it goes into the draft too. */
void actform_put(struct actform *f, const char *path, const char *value);

/* The same of one that follows from the field just left, and is undone with it. */
void actform_fill(struct actform *f, const char *path, const char *value);

/* ---- actform_values.c ---- */

/* The value of a path as typed; for struct act_recording. */
const char *actform_value(void *ctx, const char *path);

/* Takes faults that are said elsewhere. */
void actform_no_fault(void *ctx, const char *path, const char *text);

/* The settle hook: what a text that a field was left with means. */
enum form_level actform_settle(void *ctx, const struct form_item *item, struct buf *value,
                               struct buf *echo);

/* The hook for what stood there in the last act of this kind; valid until the next question. */
const char *actform_previous(void *ctx, const struct form_item *item);

/* Whether a field of that path says which State the form is about. */
bool actform_names_state(const char *path);

/* Offers what goes without saying once that field has that value: nobody does a natural disaster.
 */
void actform_offer_consequence(struct actform *f, const char *path, const char *value);

/* Offers defaults in all fields that are empty. */
void actform_put_defaults(struct actform *f);

/* Where the birth date just left was typed as an age: that is kept too, with the day it holds of.
 */
void actform_keep_age(struct actform *f, const char *path);

/* Puts in the values of the act that is corrected, as it stands now. */
void actform_put_corrected(struct actform *f);

/* ---- actform_both.c ---- */

/* Where somebody recorded the same thing meanwhile: shows both versions, or says that they agree.
 * False: nobody did. */
bool actform_show_both(struct screen *s);

/* What was kept of both goes into the form. */
void actform_take_kept(struct screen *s, const struct versions *v);

/* ---- actform_likely.c ---- */

/* A field was left: does it tell one person from another? */
void actform_note_left(struct actform *f, const char *path);

/* Says how many on record are like whom the form is about, where that was typed. */
void actform_hint_likely(struct screen *s);

/* Before somebody new is recorded: shows who may be the same, and records after the answer. False:
 * nobody is. */
bool actform_ask_likely(struct screen *s, void (*accept)(struct screen *below,
                                                         const char *same_case, long same_person));

/* ---- actform_doubts.c ---- */

/* Puts what the values say of each other beside their fields; and says the first of it. */
void actform_say_doubts(struct actform *f);

/* Before an act is recorded: tells what is doubted, and asked again why it is kept, then finishes.
 * False: nothing is, that was not kept already. */
bool actform_ask_doubts(struct screen *s);

/* For the act: what was doubted and is kept, a new reference; NULL where nothing was. */
json_t *actform_doubts(const struct actform *f);

/* ---- actform_record.c ---- */

struct act_recording actform_recording(struct actform *f, value_fault *fault);

/* Records what the form holds; says beside the fields, or on a screen of its own, why not. */
void actform_finish(struct screen *s);

/* What was asked before it could be recorded is answered, by a reason, by the text that was read,
 * by who it is: the form is recorded so. */
void actform_override(struct screen *s, const char *reason);
void actform_accept(struct screen *below);
void actform_if_meant(struct screen *below, const char *answer);
void actform_answered(struct screen *below, const char *same_case, long same_person);

/* To the section of the intake after that one, over the case. */
void actform_go_on(struct app *app, const char *reference, enum act_kind kind);

#endif
