/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the linear face share; for linear*.c only: lines in and out (linear_io.c), what
 * is printed of a screen (linear_show.c), what a line does (linear.c), forms (linear_form.c).
 */
#ifndef AMPARO_TUI_LINEAR_WORK_H
#define AMPARO_TUI_LINEAR_WORK_H

#include <signal.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include "amparo/tui/form.h"
#include "amparo/tui/linear.h"
#include "amparo/tui/screen.h"

/* A page of lines; a rest of so few is part of it. */
enum { LINEAR_PAGE = 10, LINEAR_REST = 2, LINEAR_LINE = 8192 };

/* What was printed of a screen. */
struct linear_shown {
    unsigned long screen; /* its serial */
    size_t top;           /* the first line of the page */
    uint64_t *lines;      /* a fingerprint of each line; NULL: nothing was printed yet */
    size_t count;
};

/* Codes of a field that one is asked to choose from by number. */
struct linear_choice {
    char *key;     /* of the field; NULL: there is no such question */
    size_t *found; /* indices into its codes */
    size_t count;
    size_t told;          /* how many have been printed */
    char *before, *after; /* the parts of the answer around the one in doubt */
};

struct linear {
    int in, out;
    bool tty;      /* input is a terminal, which shows what is typed */
    bool utf8;     /* so is output */
    bool ended;    /* no more input, or told to end */
    bool quiet;    /* the terminal shows nothing of what is typed */
    bool dangling; /* a question stands at the end of the line */
    struct termios before;
    int signal_fd, watched;
    sigset_t mask_before;
    char *line; /* in locked memory: what is typed may be a passphrase */
    size_t length;
    bool cut;          /* it was longer than there is room */
    int64_t meanwhile; /* when linear_say_meanwhile() said something last, ms; 0: not yet */

    struct linear_shown shown[APP_SCREENS];
    unsigned long at; /* where one was told to be: the screen's serial */
    unsigned long passing; /* the one that is only passed through, where one was told that */
    struct linear_choice choice;
    unsigned long form; /* the serial of the form that all of this is about */
    size_t section;     /* where its heading stands that was told last */
    char *asked;        /* the field asked for last, or NULL */
    bool at_end;        /* of the form: all of it has been asked */
    bool in_text;       /* between the lines of a long text */
};

/* ---- linear_io.c ---- */

/* A line of output; wrapped where it goes to a terminal. */
void linear_put(struct linear *l, const char *text);
/* A question; what is typed behind it is shown or not. */
void linear_ask(struct linear *l, const char *text, bool secret);
/* True: a line is in l->line. False: an event, as of term_read(). */
bool linear_read(struct linear *l, struct term_event *event, int timeout_ms);
void linear_forget_line(struct linear *l);

/* ---- linear_show.c ---- */

/* Prints what is new of that screen: message, head, body. */
void linear_show(struct app *app, struct screen *s);
/* Nothing was printed of any screen. */
void linear_forget_shown(struct linear *l);
void linear_forget_shown_of(struct app *app, struct screen *s);
/* Prints the next lines; false: there are none. */
bool linear_more(struct app *app, struct screen *s);
bool linear_has_more(struct app *app, struct screen *s);
/* The body's line that has that number among its rows; count: none. */
size_t linear_row(const struct body *b, long number);
/* The message of the program, where there is one, and that it was said. */
void linear_say_message(struct app *app);

/* ---- linear.c ---- */

/* The command meant by a letter, a key's name or a word; NULL: none, or several. */
const struct command *linear_command(const struct screen *s, const char *word);
/* All tables of the screen that are commands here; returns how many. */
size_t linear_tables(const struct screen *s, const struct command *tables[SCREEN_TABLES]);
/* Runs what `word` says, or offers what is like it. */
void linear_run(struct app *app, struct screen *s, const char *word);
/* A key, a paste, a letter, as if it had been typed on the screen. */
void linear_key(struct app *app, enum term_key key);
void linear_paste(struct app *app, const char *text);

/* ---- linear_help.c ---- */

void linear_help(struct screen *s);

/* ---- linear_form.c ---- */

void linear_ask_field(struct app *app, struct screen *s, struct form *form);
void linear_answer_field(struct app *app, struct screen *s, struct form *form, const char *text);
void linear_choice_drop(struct linear_choice *choice);

#endif
