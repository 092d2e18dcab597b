/* SPDX-License-Identifier: MIT */
/*
 * How each screen is opened; one file a screen in src/tui/screens. All of them read what they show
 * from the store when something changed. `reference` is copied. Layer: tui.
 */
#ifndef AMPARO_TUI_SCREENS_H
#define AMPARO_TUI_SCREENS_H

#include "amparo/agreement/act.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/screen.h"
#include "amparo/tui/screentypes.h"
#include "amparo/tui/versions.h"

struct helptext;
struct paper;

/* Unlocks app->path, then goes on where the officer's work was locked, or shows today's work (and
 * offers what was left half-done). */
void unlock_push(struct app *app);
/* The program works on that file from now on. */
void unlock_take(struct app *app, struct store *opened);
void today_push(struct app *app);
void resume_push(struct app *app);
/* The same, offered as the program begins: first of all the screens (keep.h) that were open at that
 * instant, or NULL. */
void resume_offer(struct app *app, json_t *left, const char *at);
void resume_reopen(struct app *app, const json_t *kept);
void cases_push(struct app *app);
/* The case before (step -1) or after (1) that one in the case list under this screen, as it is
 * sorted and filtered there; the list's focus goes along. A new reference; NULL: there is no list,
 * or no further case. */
char *cases_neighbour(struct app *app, const char *reference, int step);
/* The calendar of the network's meetings; the report for the one of that day. */
void meetings_push(struct app *app);
void report_push(struct app *app, const char *meeting);
/* Who looked at what; of all cases. For a head of post. */
void accesslog_push(struct app *app);
/* The register of notes of the post. */
void register_push(struct app *app);
/* What a paper is, by the code at its foot. */
void papercode_push(struct app *app);
/* What documents call the bodies of the Conference. */
void bodies_push(struct app *app);
void forms_push(struct app *app);
void case_push(struct app *app, const char *reference);
/* Any act, by name. */
void actmenu_push(struct app *app, const char *reference);
void actmenu_take(struct screen *below, long tag, void *reference);
/* Whether it is one that is recorded by choosing its name; opens its form. */
bool actmenu_has(enum act_kind kind);
void actmenu_record(struct app *app, const char *reference, enum act_kind kind);
void persons_push(struct app *app, const char *reference);
/* Who of the file may be the same person as that one of the case. */
void likely_push(struct app *app, const char *reference, long person);
/* The same of who is typed and not recorded: what the officer says goes to `accept`, with the
 * screen below; same_case NULL: it is somebody else. */
void likely_ask(struct app *app, const char *reference, long person, const json_t *typed,
                void (*accept)(struct screen *below, const char *same_case, long same_person));
/* Two records side by side; `typed` in place of the first, or NULL. */
void compare_push(struct app *app, const char *reference, long person, const json_t *typed,
                  const char *other_case, long other);
/* The form that links two persons. */
void link_push(struct app *app, const char *reference, long person, const char *other_case,
               long other);
/* The acts of one kind, or of all (ACT_NONE). */
void history_push(struct app *app, const char *reference, enum act_kind kind);
/* One recorded act in full. */
void actview_push(struct app *app, const char *reference, const char *id_hex);
void eligibility_push(struct app *app, const char *reference);
void poll_push(struct app *app, const char *reference);
void sent_push(struct app *app, const char *reference);
void notes_push(struct app *app, const char *reference);
void helplog_push(struct app *app, const char *reference);
/* The costs of a case; of all cases, with what is owed. */
void costs_push(struct app *app, const char *reference);
void owed_push(struct app *app);
/* What stands against closing, and the way to it. */
void closing_push(struct app *app, const char *reference);
/* All countries, searched as one types. */
void countries_push(struct app *app, const char *for_state);
/* The world's missions. country NULL: to be searched; for_state: whom they could help, or NULL. */
void directory_push(struct app *app, const char *country, const char *for_state);

/* All that is due and waited for. */
void tasks_push(struct app *app);
/* What the post sets for itself. */
void settings_push(struct app *app);

/* The list of languages (speech.h); and whether all that is open can be opened anew in another. */
void language_push(struct screen *s);
void language_take(struct screen *below, long tag, void *ctx);
bool language_may_change(const struct screen *s);
/* The days of rest of a country, by its code. */
void calendar_push(struct app *app, const char *country);
/* "Fri, Sat", of the bits of a weekend. */
void weekend_say(struct buf *out, unsigned weekend);

/* A text to read, page by page; taken over. Its title is N_(); `what` is what the access log calls
 * it when it is printed. */
void preview_push(struct app *app, const char *title, const char *what, char *text);
/* The same of a sheet that has a check of its own, and gets no code (paper/copy.h); taken over. */
void preview_sheet(struct app *app, const char *title, const char *what, struct paper *paper);
/*
 * A document of the whole file; `how` is taken over. "document": "register" ("year"; 0: all),
 * "offices", "statistics" ("from", "until"; days, or not there), "report" ("meeting": its day,
 * "left_out": traits, "counted": pseudonyms, "language"), "blank" ("act": the sheet of that act).
 */
void preview_file(struct app *app, json_t *how);
/* A text to be read before F2 does what it is about: `accept` is called with the screen below. */
void preview_ask(struct app *app, const char *title, char *text,
                 void (*accept)(struct screen *below));
/* A document of a case ("summary", "poll", "costs"), or one of its notes by the act's id. */
void preview_document(struct app *app, const char *reference, const char *document);
/* The same of the receipt for that person (0: a document of no single person). */
void preview_receipt(struct app *app, const char *reference, const char *document, long person);
/* The case as it stood at the end of a day (YYYY-MM-DD). */
void preview_as_of(struct app *app, const char *reference, const char *day);
void preview_note(struct app *app, const char *reference, const char *id_hex);
/*
 * A note that is being written, as it would go out, to be read before F2 calls `then`, an answer of
 * the screen below; it prints as a draft. False: there are no words for it, and nothing is shown.
 * What the officer should know of it is added to the remarks.
 */
bool preview_draft_note(struct app *app, const struct casework *w, const json_t *payload,
                        void (*then)(struct screen *below), struct buf *remarks);
/* The documents of a case, to be previewed and printed. */
void print_push(struct app *app, const char *reference);

/* The same anew after a lock, from what was kept of them (keep.h). */
void likely_reopen(struct app *app, const json_t *kept);
void history_reopen(struct app *app, const json_t *kept);
void actview_reopen(struct app *app, const json_t *kept);
void directory_reopen(struct app *app, const json_t *kept);
void preview_reopen(struct app *app, const json_t *kept);
void actform_reopen(struct app *app, const json_t *kept);
void report_reopen(struct app *app, const json_t *kept);
void compare_reopen(struct app *app, const json_t *kept);
void refusal_reopen(struct app *app, const json_t *kept);
void both_reopen(struct app *app, const json_t *kept);

/* Of the screen below. */
void help_push(struct screen *of);
/* Adds all that can be done there. */
void help_add(struct helptext *help, const struct screen *of);
void palette_push(struct screen *of);
void palette_run(struct screen *below, long tag, void *ctx);

/* ---- forms ---- */

struct form_preset {
    const char *path, *value;
};

enum { FORM_PRESETS = 6 };

/* What a form is for. Strings are copied; presets end with path NULL or the array. */
struct form_order {
    const char *reference; /* NULL: a new case */
    enum act_kind kind;
    long slot;           /* tells drafts of the same kind apart: a person's number, a round */
    const char *correct; /* id of the act that it corrects, or NULL */
    bool intake;         /* one of the sections of the intake: F6 goes on to the next */
    struct form_preset presets[FORM_PRESETS];
};

/* Help on a field of an act: one screen; `all`: whatever there is to say of it, and of the screen
 * it stands on. NULL: of the screen alone. */
void fieldhelp_push(struct screen *of, const struct act_type *type, const struct field *field,
                    bool all);
/* The screen as a text of its own. */
struct helptext *fieldhelp_make(const struct act_type *type, const struct field *field);

/* Whether that screen is the form of such an act. */
bool actform_is(const struct screen *s, enum act_kind kind);
void actform_push(struct app *app, const struct form_order *order);
/* The form of a draft, with the cursor in the cell where it stood. False: the draft is gone. */
bool actform_resume(struct app *app, int64_t draft, struct error *err);

/*
 * Both versions of what two officers said; taken over. `kept` is called, when something of each
 * field was kept, with the screen below.
 */
typedef void both_fn(struct screen *below, const struct versions *v);
void both_push(struct app *app, struct versions *v, both_fn *kept);

/* What the gates said, a line each: from there to what mends it, or (where it may be) a reason. */
struct refusal {
    char *reference;
    char *what; /* the act that was refused, in words */
    struct error causes;
    bool overridable; /* by this officer */
    /* Called with the screen below and the reason typed. */
    void (*override)(struct screen *below, const char *reason);
};
void refusal_push(struct app *app, struct refusal *refusal);

#endif
