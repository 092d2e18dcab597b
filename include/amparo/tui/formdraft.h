/* SPDX-License-Identifier: MIT */
/*
 * What is typed in a form of an act, in the case file at once and before it is an act. What could
 * not be written (no room on the disk) is remembered and written before anything else as soon as
 * it can be. Layer: tui; uses store and form.
 */
#ifndef AMPARO_TUI_FORMDRAFT_H
#define AMPARO_TUI_FORMDRAFT_H

#include <jansson.h>

#include "amparo/base/buf.h"
#include "amparo/store/draft.h"
#include "amparo/tui/form.h"

struct form_draft {
    struct store *store; /* borrowed, as long as the form */
    char *subject;       /* case reference, or "new" */
    char *screen;
    enum act_kind kind;
    long slot;
    int64_t id;        /* 0: nothing is in the file yet */
    int64_t seen;      /* of the case, when it was begun; set by the caller */
    bool failed;       /* what `missed` names should be in the file and is not */
    bool behind;       /* what is being typed could not be written */
    char kept[6];      /* when something was written last, HH:MM; "" not yet */
    char *focus;       /* the field that the file has as the one in focus */
    struct buf missed; /* paths, a line each */
};

/* Strings are copied; reference NULL: of a new case. */
void form_draft_init(struct form_draft *d, struct store *store, const char *reference,
                     const char *screen, enum act_kind kind, long slot);
void form_draft_release(struct form_draft *d);

/* The value of that field belongs into the file; it goes there with the next flush. */
void form_draft_miss(struct form_draft *d, const char *path);

/*
 * Writes what can be written, and puts into `kept` (keep.h) where one is in the form, and what is
 * nowhere else. The field that is typed in is not left.
 */
void form_draft_keep(struct form_draft *d, struct form *form, json_t *kept);

/* Takes that up again: what was nowhere else, over the values of the draft. */
void form_draft_put_kept(struct form_draft *d, struct form *form, const json_t *kept);

/* And where one was, unless something was typed after it was kept: then the draft (NULL: there is
 * none) knows better. */
void form_draft_go_kept(struct form *form, const struct draft *draft, const json_t *kept);

/*
 * Finds the draft of that subject and screen, where there is one, puts what was typed into the form
 * and goes where one was; all of it also by what was kept, where that is not NULL.
 */
bool form_draft_take_up(struct form_draft *d, struct form *form, const json_t *kept,
                        struct error *err);

/*
 * Writes what is missed, as it stands in the form now; begins the draft where there is none.
 * ERROR_INPUT: the draft is gone, because another program of this officer recorded it or threw it
 * away; it has to begin anew (form_draft_forget()).
 */
bool form_draft_flush(struct form_draft *d, const struct form *form, struct error *err);

/* Writes a field that is being typed in; after what is missed. */
bool form_draft_typing(struct form_draft *d, const struct form *form, const char *path,
                       const char *text, size_t cursor, struct error *err);

/* Where one is; only what has been typed before makes a draft of it. */
void form_draft_focus(struct form_draft *d, const char *path, size_t cursor);

/* How what was typed stands, as it is true now: "Kept 14:05."; nothing where nothing was typed. */
void form_draft_say(const struct form_draft *d, struct buf *out);

/* Whether what was written is still there. */
bool form_draft_is_there(const struct form_draft *d);

/* The next flush begins a draft. */
void form_draft_forget(struct form_draft *d);

#endif
