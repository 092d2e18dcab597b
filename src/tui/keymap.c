/* SPDX-License-Identifier: MIT */
#include "amparo/tui/keymap.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* F10 and F11 are often the window's own: nothing needs them. */
const struct key_meaning keymap[] = {
    {TK_F(1), "F1", "Esc-1", "?", N_("help")},
    {TK_F(2), "F2", "Esc-2", ".", N_("accept, done")},
    {TK_F(3), "F3", "Esc-3", "/", N_("find")},
    {TK_F(4), "F4", "Esc-4", "#", N_("choices")},
    {TK_F(5), "F5", "Esc-5", "\"", N_("value of last time")},
    {TK_F(6), "F6", "Esc-6", ",", N_("next section")},
    {TK_F(7), "F7", "Esc-7", "<", N_("record before")},
    {TK_F(8), "F8", "Esc-8", ">", N_("next record")},
    {TK_F(9), "F9", "Esc-9", ";", N_("note verbale")},
    {TK_CANCEL, "F12", "Esc-0", "q", N_("leave")},
    {TK_NONE, NULL, NULL, NULL, NULL},
};

const struct key_meaning *key_meaning(enum term_key key)
{
    for (const struct key_meaning *m = keymap; m->name; m++)
        if (m->key == key)
            return m;
    return NULL;
}

/* In some languages the help that a State gives has another word. */
static const char *say_of_key(enum term_key key, const char *text)
{
    return key == TK_F(1) ? C_("key", "help") : _(text);
}

const char *key_meaning_said(const struct key_meaning *m)
{
    return say_of_key(m->key, m->meaning);
}

const char *command_label(const struct command *command)
{
    return say_of_key(command->key, command->label);
}

static void add_key(struct buf *out, enum term_key key, const struct terminal *term)
{
    const struct key_meaning *m = key_meaning(key);
    if (key == TK_CANCEL)
        buf_adds(out, "Esc");
    else if (m)
        buf_adds(out, !term || term_has_key(term, key) ? m->name : m->twin);
    else if (key == TK_ENTER)
        buf_adds(out, "Enter");
    else if (key == TK_TAB)
        buf_adds(out, "Tab");
    else if (key >= TK_CTRL_A && key <= TK_CTRL_Z)
        buf_addf(out, "^%c", (int)(key - TK_CTRL_A) + 'A');
}

static const char *letter_shown(const char *letter)
{
    return strcmp(letter, " ") == 0 ? _("Space") : letter;
}

void command_key(struct buf *out, const struct command *command, bool typing,
                 const struct terminal *term)
{
    bool shown = command->letter && command->key != TK_CANCEL && (!typing || !command->key);
    if (shown)
        buf_adds(out, letter_shown(command->letter));
    else
        add_key(out, command->key, term);
}

/* The letter that the command answers to where letters are commands; NULL: none. */
static const char *letter_of(const struct command *command)
{
    const struct key_meaning *m = key_meaning(command->key);
    return command->letter ? command->letter : m ? m->letter : NULL;
}

static void add_form(struct buf *out, const char *form)
{
    buf_addf(out, "%s%s", out->size ? " " : "", form);
}

void command_keys(struct buf *out, const struct command *command, bool typing)
{
    const struct key_meaning *m = key_meaning(command->key);
    const char *letter = letter_of(command);
    if (letter && (!typing || !command->key))
        add_form(out, letter_shown(letter));
    if (m) {
        add_form(out, m->name);
        if (command->key == TK_CANCEL)
            add_form(out, "Esc");
    } else if (command->key != TK_NONE) {
        buf_adds(out, out->size ? " " : "");
        add_key(out, command->key, NULL);
    }
}

bool command_is_for(const struct command *command, const struct term_event *event, bool typing)
{
    const char *letter = letter_of(command);
    if (event->kind == TERM_KEY)
        return command->key != TK_NONE && event->key == command->key;
    return event->kind == TERM_TEXT && !typing && letter && strcmp(event->text, letter) == 0;
}
