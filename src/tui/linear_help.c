/* SPDX-License-Identifier: MIT */
/* Help on a screen as one works on it by lines: its commands by their words. */
#include "linear_work.h"

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/keymap.h"

enum { NO_COLUMN = 0 };

/* "choose (c)", "record (F2)": the word and what is shorter. */
static void say_command(struct helptext *help, const struct screen *of, const struct command *c)
{
    struct buf name = BUF_INIT, key = BUF_INIT;
    bool colon = of->type->typing;

    if ((c->works && !c->works(of)) || !c->help)
        return;
    command_key(&key, c, colon, NULL);
    if (c->label)
        buf_addf(&name, "%s%s", colon ? ":" : "", command_label(c));
    if (c->label && key.size)
        buf_addf(&name, " (%s%s)", colon ? ":" : "", buf_text(&key));
    else if (key.size)
        buf_addf(&name, "%s%s", colon ? ":" : "", buf_text(&key));
    if (name.size) {
        buf_addf(&name, ": %s", _(c->help));
        helptext_add(help, BODY_PLAIN, NULL, NO_COLUMN, buf_text(&name));
    }
    buf_release(&name);
    buf_release(&key);
}

static void say_commands(struct helptext *help, const struct screen *of,
                         const struct command *commands)
{
    for (const struct command *c = commands; c->run; c++)
        say_command(help, of, c);
}

static const char *const on_rows[] = {
    N_("A number opens the row of that number; a number and a command does it on that row: 3 "
       "print. Nothing but Enter goes on with the lines."),
    N_("again: prints all of it anew. lock: locks. quit: ends the program. Other words look for "
       "commands that are like them."),
};

static const char *const on_searches[] = {
    N_("Letters search; a number opens the row of that number. A command has : before it, a text "
       "that looks like a number /."),
};

static const char *const on_forms[] = {
    N_("A text answers, and takes the place of what stands in brackets; nothing but Enter leaves "
       "that as it is. @ empties, + before a text adds to a list or to lines, < goes back, =3 goes "
       "to section 3, =born to the field of that "
       "name."),
    N_("?: help on the field. ?u unknown, ?r declined, ?n does not apply, ?l ask later."),
    N_("Of a list any letters of any word will do, with commas between several; :choices tells "
       "all of it, and a number then takes one."),
    N_(":undo, :redo: take back, do again. :last: what stood there last time; :carry: the same "
       "for all fields that are empty. :done: records. :back: leaves; what was typed is kept."),
    N_("Dates: 14/3/26, 14mar, T is today, T-3, 1998, ~1998, 35a is years old. Times: now, 14:05."),
};

static const char *const on_answers[] = {
    N_("What is typed is the answer; < goes back, and nothing is done."),
};

static void say_all(struct helptext *help, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        helptext_add(help, BODY_PLAIN, NULL, NO_COLUMN, _(texts[i]));
}

void linear_help(struct screen *s)
{
    struct helptext *help = helptext_new(_(s->type->title));
    struct screen_line line = {0};

    if (*s->type->about)
        helptext_add(help, BODY_PLAIN, NULL, NO_COLUMN, _(s->type->about));
    if (s->type->line)
        s->type->line(s, &line);
    if (s->type->form)
        say_all(help, on_forms, ARRAY_SIZE(on_forms));
    else if (line.label && !line.narrows)
        say_all(help, on_answers, ARRAY_SIZE(on_answers));
    else if (line.label)
        say_all(help, on_searches, ARRAY_SIZE(on_searches));
    else
        say_all(help, on_rows, ARRAY_SIZE(on_rows));
    const struct command *tables[SCREEN_TABLES];
    size_t count = linear_tables(s, tables);
    for (size_t i = 0; i < count; i++)
        say_commands(help, s, tables[i]);
    helptext_show(s->app, help);
}
