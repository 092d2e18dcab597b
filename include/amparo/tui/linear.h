/* SPDX-License-Identifier: MIT */
/*
 * The linear face of the program (--linear): the same screens, commands and forms, as lines that
 * come one after the other and questions that are answered by a line. For screen readers, bad lines
 * and terminals that can do nothing else: no cursor is moved, no colour set, no key but Enter
 * needed; works on TERM=dumb, over a teletype, in a pipe. Layer: tui; uses no ncurses.
 *
 * The flow, for each screen as it comes on top:
 *
 *   What happened, where it is new (the message line). Where one is (the top line), when one comes
 *   there. What is there (the body), when it has changed since it was printed there: ten lines,
 *   then how many more there are. Then the question, which begins with the screen's name or with
 *   the label of a field, and waits for a line.
 *
 *   A screen of rows, each with its number:
 *     (nothing)      more lines, or that there are none
 *     3              the row of that number, as Enter does
 *     3 c, 3 choose  a command on that row, by its letter or its word
 *     c, choose      a command of this screen or of all screens; also F2, ^P
 *     other words    all that can be done here whose words are like that, to choose from
 *     ?              help
 *   A list that one searches: letters narrow it, numbers choose, and a command has `:` before it.
 *   `/` before a text says that it is to be searched, and no number.
 *
 *   A form: field after field, each a question that says the label, whether it is needed, how many
 *   choices there are, and in brackets what stands there.
 *     (nothing)      stays as it is, and on
 *     a text         in place of what stood there; of codes any letters, with commas between
 *                    several; where several fit they are numbered, and the number answers
 *     +a text        to what stands there: one code more, one line more of a long text
 *     ?  ??          help on the field, help on all
 *     ?u ?r ?n ?l    unknown, refused, not applicable, ask later
 *     @              empties
 *     <  =3  =born   back; to section 3; to the field of that label
 *     :done :undo    commands: those of the screen, and done, undo, redo, choices, last, carry,
 * back What a value means (a date in words), a doubt or an error is said when its field is left.
 * Each field left is in the file at once, and the place too: killed and begun again it goes on at
 * the same question. A long text takes lines until an empty one.
 *
 *   A question: its answer. `<` goes back. A passphrase is not shown as it is typed.
 *
 * Before a text that would be taken for one of these signs a blank says that it is meant as it is.
 * Columns are parted by semicolons and told by their heads, what is only looks on the screen is
 * left out. Others' texts go out as text_shown() has them, and in plain ASCII where the locale of
 * the terminal is not UTF-8. The end of the input ends the program, drafts kept; Ctrl-C goes back.
 */
#ifndef AMPARO_TUI_LINEAR_H
#define AMPARO_TUI_LINEAR_H

#include "amparo/tui/app.h"

/* The width for which bodies are made: nothing is cut there, and printing wraps by itself. */
enum { LINEAR_WIDTH = 400 };

/*
 * Takes standard input and output. From here until linear_close() SIGHUP, SIGINT, SIGTERM, SIGTSTP
 * of this thread come as events; threads must be started afterwards. Never NULL.
 */
struct linear *linear_open(void);
void linear_close(struct linear *l);

/* Shows what is new on the screen on top, reads a line or an event, and does what it says. */
void linear_turn(struct app *app);

/* As term_await(), term_watch(), term_suspend(). */
void linear_await(struct linear *l, struct term_event *event, int timeout_ms);
void linear_watch(struct linear *l, int fd);
void linear_suspend(struct linear *l);

/* Forgets what was typed ahead on a terminal; what comes out of a pipe was written to be read. */
void linear_flush(struct linear *l);

/* What stands on the screen is printed anew, from its first line. */
void linear_again(struct app *app);

/* Moves what was printed off a terminal's screen, by lines. */
void linear_conceal(struct linear *l);

/* A message within work that takes long: at once, but the same work not again and again. */
void linear_say_meanwhile(struct linear *l, const char *text);

#endif
