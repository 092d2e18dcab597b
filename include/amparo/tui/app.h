/* SPDX-License-Identifier: MIT */
/*
 * The full-screen program: one unlocked case file, one terminal, a stack of screens, one message
 * line. Layer: tui; uses store, paper, agreement, base.
 */
#ifndef AMPARO_TUI_APP_H
#define AMPARO_TUI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/base/instant.h"
#include "amparo/store/store.h"
#include "amparo/tui/locked.h"
#include "amparo/tui/term.h"

struct linear;
struct screen;
struct working;

struct tui_options {
    const char *file;             /* NULL: the last one used */
    const char *officer;          /* NULL: asked, or whoever's the passphrase is */
    struct passphrase passphrase; /* bytes NULL: asked on the screen */
    const char *line;             /* "slow", "fast"; NULL: by the terminal */
    bool linear;                  /* one question a line: linear.h in place of the terminal */
    bool speech_is_told;          /* --lang or LANGUAGE says the language (speech.h) */
    int locked;                   /* what a run that was locked left (below), or -1 */
};

/*
 * Runs until left or locked. False: err says why it could not begin, or what ended it. Locked,
 * *locked is a descriptor (else -1) with which the next run goes on where this one was: then all of
 * this program's memory is to be given up, which a program does that executes itself anew.
 */
bool tui_run(const struct tui_options *options, int *locked, struct error *err);

enum { APP_SCREENS = 24 };

struct app {
    const struct tui_options *options;
    struct terminal *term; /* NULL where the face is linear */
    struct linear *linear; /* NULL where it is the terminal */
    struct store *store;   /* NULL until unlocked */
    char *path;
    struct screen *screens[APP_SCREENS];
    size_t depth;
    unsigned long pushed; /* screens so far */
    struct buf message;   /* what happened, in the past tense; until the next key */
    bool unread;          /* what is drawn next is a question, or an error */
    struct buf find;      /* words that were looked for last in a list (findrow.h) */
    const char *spoken;   /* the language that was chosen while the file was locked, or NULL */
    bool ending;
    bool hung_up;         /* the terminal is gone */
    int64_t changes;      /* store_changes() when last looked */
    int64_t touched;      /* when a key came last: seconds of a steady clock */
    int64_t unkept_since; /* ms of it: a key came then that bookmark.h has not kept; 0: none */
    char *bookmark;       /* as written last, or NULL */
    struct locked locked; /* of officers whose work was locked here */
    enum { APP_OPEN, APP_LOCK, APP_LOCK_AND_STOP } locking;
    long lock_after;         /* seconds without a key */
    bool skip;               /* a cell of one letter is left by itself */
    struct working *working; /* working.h; NULL: nothing takes long */
    bool waiting;            /* it stands on the screen that another program is waited for */
    bool wrote;              /* the disk may have less room than at the last look */
    bool warned;             /* of little room, which there still is */
};

/* The screen on top, or NULL. */
struct screen *app_top(const struct app *app);

/* Says what happened; a new message replaces the old. */
void app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Says what went wrong: the first line of the error, and clears it. It stops who typed ahead. */
void app_say_error(struct app *app, struct error *err);
/* The same where what was meant goes on: keys typed ahead are still meant for what is there. */
void app_tell_error(struct app *app, struct error *err);

/* What is drawn next must be read first: what was typed before it was seen is no answer to it. */
void app_must_be_read(struct app *app);

/* Something was recorded: every screen reads again before it is drawn. */
void app_changed(struct app *app);

/* One event, as a key pressed or a time passed: to the screen on top, as ever. */
void app_take(struct app *app, const struct term_event *event);

/* Of whichever face it has: term_await(), term_watch(), term_redraw(), term_cols(). */
void app_await(struct app *app, struct term_event *event, int timeout_ms);
void app_watch(struct app *app, int fd);
void app_redraw(struct app *app);
int app_cols(const struct app *app);

/* Seconds of a steady clock: of app->touched. */
int64_t app_steady(void);

/* How long the screen on top may be waited on without a key, in ms; -1: for ever. */
int app_patience(const struct app *app);

/* Whether the file's settings say that a cell of one letter is left by itself. */
bool app_skips(const struct app *app);

/* Now, by the store's clock where there is one. */
struct instant app_now(const struct app *app);

/* On every screen, also where any key does something else. */
#define APP_LOCK_KEY TK_CTRL('X')

/* Locks: all is kept for its officer, and the file closed. With `stop`, as at Ctrl-Z. */
void app_lock(struct app *app, bool stop);

/*
 * Within work that lets no key through (term_await): whether it is to go on after that event. Not
 * where it was given up, the terminal is gone, or the program is to be suspended.
 */
bool app_goes_on(struct app *app, const struct term_event *event);

/* Ends the program, drafts kept. */
void app_end(struct app *app);

#endif
