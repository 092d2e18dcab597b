/* SPDX-License-Identifier: MIT */
/* Help for a screen, made from its table of commands. */
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/screens.h"

enum { KEYS = 9 }; /* as "q F12 Esc" */

/* What cannot be done just now is dim; what never can here is left out. */
static void add_commands(struct helptext *help, const struct screen *of,
                         const struct command *commands, bool own)
{
    for (const struct command *c = commands; c->run; c++) {
        struct buf keys = BUF_INIT;
        bool works = command_works(of, c);
        if (!works && !own)
            continue;
        command_keys(&keys, c, screen_is_typing(of));
        if (!keys.size)
            buf_adds(&keys, "^P"); /* by its name alone */
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
    {"Esc 2", N_("An F-key is also Esc and then its digit: Esc 2 is F2, Esc 0 is F12. Esc alone "
                 "leaves after a moment, F12 and Esc Esc at once.")},
};

static const struct {
    const char *keys, *text;
} in_forms[] = {
    {"Tab", N_("Enter, Tab and the down arrow leave a field forward, Shift-Tab and the up arrow "
               "back. Nothing needs to be saved: each field left is in the file.")},
    {"=", N_("In a field not typed in yet: then letters of a label, or a section's number, and "
             "Enter go there. ?? tells all of the field.")},
    {"?u ?r", N_("Unknown, refused; ?l to be asked later, ?n not applicable. @ empties.")},
    {"14/3/26", N_("Dates: also 14mar, T (today), T-3, 1998, ~1998, 35a (years old). Times: now, "
                   "14:05.")},
};

/* "F1 help, F2 accept, done, …": the same everywhere. */
static void add_keymap(struct helptext *help)
{
    struct buf all = BUF_INIT;
    for (const struct key_meaning *m = keymap; m->name; m++)
        buf_addf(&all, "%s%s %s", all.size ? "; " : "", m->name, key_meaning_said(m));
    helptext_add(help, BODY_PLAIN, _("F-keys"), KEYS, buf_text(&all));
    buf_release(&all);
}

void help_add(struct helptext *help, const struct screen *of)
{
    const struct command *tables[SCREEN_TABLES];
    screen_tables(of, tables);
    for (size_t i = 0; i < SCREEN_TABLES; i++)
        add_commands(help, of, tables[i], !i);
    add_keymap(help);
    for (size_t i = 0; i < ARRAY_SIZE(moving); i++)
        helptext_add(help, BODY_PLAIN, _(moving[i].keys), KEYS, _(moving[i].text));
    for (size_t i = 0; of->type->form && i < ARRAY_SIZE(in_forms); i++)
        helptext_add(help, BODY_PLAIN, _(in_forms[i].keys), KEYS, _(in_forms[i].text));
}

void help_push(struct screen *of)
{
    struct helptext *help = helptext_new(_(of->type->title));
    if (*of->type->about) {
        helptext_add(help, BODY_PLAIN, NULL, 0, _(of->type->about));
        helptext_gap(help);
    }
    help_add(help, of);
    helptext_show(of->app, help);
}
