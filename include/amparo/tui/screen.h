/* SPDX-License-Identifier: MIT */
/*
 * A screen: what it shows, and one commented table of what can be done on it. The bottom line, the
 * help screen and the palette are made from that table; the frame around a screen (top line, rule,
 * message line, keys) is drawn in one place, frame.c. Layer: tui.
 */
#ifndef AMPARO_TUI_SCREEN_H
#define AMPARO_TUI_SCREEN_H

#include <jansson.h>

#include "amparo/tui/app.h"
#include "amparo/tui/body.h"
#include "amparo/tui/event.h"

struct casework;
struct screen;
struct form;

/* A line that one types on a screen: a search, an answer, a passphrase. */
struct screen_line {
    const char *label;
    struct edit *edit; /* holds what is typed; NULL: it is shown to nobody (event takes a paste) */
    bool narrows;      /* it narrows the rows below; else Enter follows it */
};

/*
 * Something that can be done. The key is an F-key or control key, or a letter, or both; the same
 * key does the same on every screen that has it (keymap.h). What cannot be taken back has a capital
 * letter: no common act has.
 */
struct command {
    enum term_key key;  /* TK_NONE: none */
    const char *letter; /* "n", "?" or NULL */
    const char *label;  /* N_(): for the bottom line; NULL: not there */
    const char *help;   /* N_(): a sentence for help and palette */
    void (*run)(struct screen *s);
    bool (*works)(const struct screen *s); /* NULL: always */
};

/*
 * What a screen does with the answer to a question that it puts, by the name under which the
 * question is kept (keep.h); called as what it is. A list to choose from is kept with its rows and
 * a text at most; where it stands on more, `again` puts it anew from the screen as it is then. A
 * list of answers ends by ANSWERS_END, or goes on in another one.
 */
typedef void answer_fn(void);
struct answer {
    const char *name;
    answer_fn *take;
    void (*again)(struct screen *s);
    const struct answer *more;
};
/* clang-format off */
#define ANSWER(function) {#function, (answer_fn *)(function), NULL, NULL}
#define ANSWER_AGAIN(function, again) {#function, (answer_fn *)(function), again, NULL}
#define ANSWERS_MORE(list) {NULL, NULL, NULL, list}
#define ANSWERS_END {NULL, NULL, NULL, NULL}
/* clang-format on */

struct screen_type {
    const char *name;               /* a word: for drafts and presence */
    const char *title;              /* N_(): for the help screen */
    const char *about;              /* N_(): what it is for, a sentence or two */
    const struct command *commands; /* ended by run NULL */
    bool passing;                   /* to be read, and left by any key: it has the whole height */
    bool worded;                    /* holds texts in the language in which it was opened */
    bool typing;                    /* letters are text here: commands have F-keys only */
    const struct answer *answers;   /* to what it asks itself; NULL: it asks nothing */
    bool record;                    /* one of a list's: F7 and F8 go to the next ones */
    bool deeds;                     /* its rows do something, and are no list of records */
    bool bare;                      /* draws the whole terminal itself, frame and all */

    /* Reads what it shows from the store; NULL: nothing to read. */
    bool (*load)(struct screen *s, struct error *err);
    /* Makes the lines of the body, for so many cells; NULL: it draws for itself. */
    void (*build)(struct screen *s, int width);
    /* The top line: where one is, and at the right what is missing. */
    void (*head)(const struct screen *s, struct buf *where, struct buf *right);
    /* What stands in the message line while there is no message: the true state of what was typed.
     * NULL: nothing. */
    void (*status)(const struct screen *s, struct buf *out);
    void (*draw)(struct screen *s, struct terminal *term, int row, int rows);
    /* What is no command; false: not used. NULL: moves in the body. */
    bool (*event)(struct screen *s, const struct term_event *event);
    /* Where letters are text: the form (it brings the commands that every form has,
     * formcommands.c), or the line, that they go into (linear.h asks for it); both NULL where any
     * key means the same. */
    struct form *(*form)(const struct screen *s);
    void (*line)(struct screen *s, struct screen_line *out);
    /* Nothing came for a while (a draft in the making); NULL: nothing to do. */
    void (*idle)(struct screen *s);
    /* Whether it gave something up for the key that came: then idle is as soon as none waits. */
    bool (*behind)(const struct screen *s);
    /* Whether work goes on that lets no key through but what gives it up; and what it waited for
     * with term_watch() is there. NULL: there is no such work. */
    bool (*busy)(const struct screen *s);
    void (*ready)(struct screen *s);
    /* Another screen above this one was left: it may have recorded something. */
    void (*back)(struct screen *s);
    /* What it takes to open it anew in the same place (keep.h), written down every few seconds. */
    void (*keep)(struct screen *s, json_t *kept);
    /* Takes up the rest of that, once it has been opened; NULL: nothing more. */
    void (*restore)(struct screen *s, const json_t *kept);
    void (*close)(struct screen *s); /* frees state */
};

struct screen {
    const struct screen_type *type;
    struct app *app;
    void *state;
    struct body body;
    unsigned long serial;        /* no other screen of this run has it */
    const struct casework *work; /* of the case that it belongs to; NULL: of none */
    bool opened;                 /* by Enter on a row of the screen below */
    bool stale;                  /* load before drawing */
    json_t *kept;                /* what it was reopened with, until it has been loaded; or NULL */
    int width;                   /* that the body was made for; 0: make it */
    int rows;                    /* of the body, as drawn; known to build */
    bool in_list;                /* of a typing screen: not in its field, so letters are commands */
};

/* Whether letters are text here and now. */
bool screen_is_typing(const struct screen *s);

/* The keep of a screen whose name is all. */
void screen_keep_name(struct screen *s, json_t *kept);

/* A screen on top of all; it owns the state, freed by its close. */
struct screen *screen_push(struct app *app, const struct screen_type *type, void *state);

/* The body is made anew before the next drawing; the store is read first where `read`. */
void screen_changed(struct screen *s, bool read);

/* Closes a screen that is on no stack any more. */
void screen_free(struct screen *s);

/* Takes the screen away, wherever it stands in the stack, and nothing else. */
void screen_remove(struct screen *s);

/* Leaves the screen; the one below is drawn anew. With the last one the program ends. */
void screen_leave(struct screen *s);

/* The screen that it lies upon, whatever lies upon it; NULL: none. */
struct screen *screen_below(const struct screen *s);

/* As F12 does: false where the screen stays, and asks or says why. */
bool screen_quit(struct screen *s);

/* Runs the command of this event, of the screen's own or of those that work everywhere. */
bool screen_command(struct screen *s, const struct term_event *event);

/*
 * All that can be done, in the order of what is needed most: the screen's own commands, those of
 * its form, of a record, and on every screen. Each table ends by run NULL.
 */
enum { SCREEN_TABLES = 4 };
void screen_tables(const struct screen *s, const struct command *tables[SCREEN_TABLES]);

/* Whether the command can be done here and now; does it. */
bool command_works(const struct screen *s, const struct command *command);
void command_run(struct screen *s, const struct command *command);

/* The run of a command that the screen's form does itself: its key is pressed there. */
void command_press(struct screen *s);

/* Commands that work on every screen; ended by run NULL. */
extern const struct command screen_commands[];

/* Answers that every screen takes. */
extern const struct answer screen_answers[];

/* Reads what it shows, where that was not done since it changed; false: it says why not. What it
 * was reopened with is s->kept the first time. */
bool screen_load(struct screen *s);

#endif
