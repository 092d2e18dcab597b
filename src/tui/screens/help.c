/* SPDX-License-Identifier: MIT */
/* Help for a screen, made from its table of commands. */
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/screens.h"

enum { KEYS = 8 };

/* All keys of a command: "p", "? F1", "Esc". */
static void say_keys(struct buf *out, const struct command *c, bool typing)
{
    bool letter = c->letter && !typing;
    if (c->key == TK_CANCEL) {
        buf_addf(out, letter ? "%s Esc" : "Esc", c->letter);
        return;
    }
    command_key(out, c, typing);
    if (!out->size)
        buf_adds(out, "^P"); /* by its name alone */
    if (letter && c->key != TK_NONE) {
        const struct command key_only = {.key = c->key};
        buf_addc(out, ' ');
        command_key(out, &key_only, false);
    }
}

/* What cannot be done just now is dim. */
static void add_commands(struct helptext *help, const struct screen *of,
                         const struct command *commands)
{
    for (const struct command *c = commands; c->run; c++) {
        struct buf keys = BUF_INIT;
        bool works = !c->works || c->works(of);
        say_keys(&keys, c, screen_is_typing(of));
        if (works)
            helptext_add(help, BODY_PLAIN, buf_text(&keys), KEYS, _(c->help));
        else {
            struct buf text = BUF_INIT;
            buf_addf(&text, "%s (%s)", _(c->help), _("not here, not now"));
            helptext_add(help, BODY_DIM, buf_text(&keys), KEYS, buf_text(&text));
            buf_release(&text);
        }
        buf_release(&keys);
    }
}

static const struct {
    const char *keys, *text;
} moving[] = {
    {N_("arrows"), N_("Move the mark; PgUp and PgDn by pages, Home and End to the ends.")},
    {"Esc 2", N_("An F-key is also Esc and then its digit: Esc 2 is F2, Esc 0 is F12.")},
};

static const struct {
    const char *keys, *text;
} in_forms[] = {
    {"Tab", N_("Enter, Tab and the down arrow leave a field forward, Shift-Tab and the up arrow "
               "back. Nothing needs to be saved: each field left is in the file.")},
    {"F4 F5", N_("The choices; the value of last time.")},
    {"?u ?r", N_("Unknown, refused; ?l to be asked later, ?n not applicable. @ empties.")},
    {"^U ^R", N_("Undo and redo.")},
    {"14/3/26", N_("Dates: also 14mar, T (today), T-3, 1998, ~1998, 35a (years old). Times: now, "
                   "14:05.")},
};

void help_push(struct screen *of)
{
    struct helptext *help = helptext_push(of->app, _(of->type->title));
    if (*of->type->about) {
        helptext_add(help, BODY_PLAIN, NULL, 0, _(of->type->about));
        helptext_gap(help);
    }
    add_commands(help, of, of->type->commands);
    add_commands(help, of, screen_commands);
    for (size_t i = 0; i < ARRAY_SIZE(moving); i++)
        helptext_add(help, BODY_PLAIN, _(moving[i].keys), KEYS, _(moving[i].text));
    helptext_gap(help);
    helptext_add(help, BODY_HEAD, NULL, 0, _("In a form"));
    for (size_t i = 0; i < ARRAY_SIZE(in_forms); i++)
        helptext_add(help, BODY_PLAIN, _(in_forms[i].keys), KEYS, _(in_forms[i].text));
}
