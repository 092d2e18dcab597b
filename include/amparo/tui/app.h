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
#include "amparo/tui/term.h"

struct screen;

struct tui_options {
    const char *file;             /* NULL: the last one used */
    const char *officer;          /* NULL: asked, or whoever's the passphrase is */
    struct passphrase passphrase; /* bytes NULL: asked on the screen */
    const char *line;             /* "slow", "fast"; NULL: by the terminal */
};

/* Runs until left. False: err says why it could not begin, or what ended it. */
bool tui_run(const struct tui_options *options, struct error *err);

enum { APP_SCREENS = 24 };

struct app {
    const struct tui_options *options;
    struct terminal *term;
    struct store *store; /* NULL until unlocked */
    char *path;
    struct screen *screens[APP_SCREENS];
    size_t depth;
    struct buf message; /* what happened, in the past tense; until the next key */
    bool ending;
    int64_t changes; /* store_changes() when last looked */
    int64_t touched; /* when a key came last: seconds of a steady clock */
    bool waiting;    /* it stands on the screen that another program is waited for */
    bool wrote;      /* the disk may have less room than at the last look */
    bool warned;     /* of little room, which there still is */
    bool covered;    /* until the passphrase is given again */
};

/* The screen on top, or NULL. */
struct screen *app_top(const struct app *app);

/* Says what happened; a new message replaces the old. */
void app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Says what went wrong: the first line of the error, and clears it. */
void app_say_error(struct app *app, struct error *err);

/* Something was recorded: every screen reads again before it is drawn. */
void app_changed(struct app *app);

/* Now, by the store's clock where there is one. */
struct instant app_now(const struct app *app);

/* Ends the program, drafts kept. */
void app_end(struct app *app);

#endif
