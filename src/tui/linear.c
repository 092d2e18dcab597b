/* SPDX-License-Identifier: MIT */
/* What a line does: see linear.h for the flow. */
#include "linear_work.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/edit.h"
#include "amparo/tui/formcommands.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/places.h"
#include "amparo/tui/screens.h"

/* ---- as if a key had been pressed ---- */

void linear_key(struct app *app, enum term_key key)
{
    struct term_event event = {.kind = TERM_KEY, .key = key};
    app_take(app, &event);
}

void linear_paste(struct app *app, const char *text)
{
    struct term_event event = {.kind = TERM_PASTE, .paste = text};
    app_take(app, &event);
}

/* A letter, where screens take letters that are in no table; false: it takes none. */
static bool letter(struct screen *s, const char *text)
{
    struct term_event event = {.kind = TERM_TEXT};

    if (!s->type->event || s->type->typing || !*text || text[text_next(text, 0)])
        return false;
    snprintf(event.text, sizeof event.text, "%s", text);
    return s->type->event(s, &event);
}

/* ---- commands by words ---- */

static bool works(const struct screen *s, const struct command *c)
{
    return !c->works || c->works(s);
}

/* "F2", "f2", "^P", "ctrl-p". */
static bool names_key(const struct command *c, const char *word)
{
    const struct command key_only = {.key = c->key};
    struct buf key = BUF_INIT;
    bool same;

    if (c->key == TK_NONE)
        return false;
    command_key(&key, &key_only, true, NULL);
    same = strcasecmp(buf_text(&key), word) == 0 ||
           (*buf_text(&key) == '^' && strncasecmp(word, "ctrl-", 5) == 0 &&
            strcasecmp(buf_text(&key) + 1, word + 5) == 0);
    buf_release(&key);
    return same;
}

static bool is_named(const struct command *c, const char *word)
{
    return (c->letter && strcmp(c->letter, word) == 0) || names_key(c, word) ||
           (c->label && text_match(word, command_label(c)) == TEXT_MATCH_WHOLE);
}

/* Of a form the questions themselves do what its keys do. */
size_t linear_tables(const struct screen *s, const struct command *tables[SCREEN_TABLES])
{
    const struct command *all[SCREEN_TABLES];
    size_t count = 0;
    screen_tables(s, all);
    for (size_t i = 0; i < SCREEN_TABLES; i++)
        if (all[i] != form_commands)
            tables[count++] = all[i];
    return count;
}

static const struct command *named(const struct screen *s, const struct command *commands,
                                   const char *word)
{
    for (const struct command *c = commands; c->run; c++)
        if (works(s, c) && is_named(c, word))
            return c;
    return NULL;
}

const struct command *linear_command(const struct screen *s, const char *word)
{
    const struct command *tables[SCREEN_TABLES], *c = NULL;
    size_t count = linear_tables(s, tables);
    for (size_t i = 0; !c && i < count; i++)
        c = named(s, tables[i], word);
    return c;
}

/* Whether some command here, or a screen that one can go to, has words like these. */
static bool is_like(const struct screen *s, const char *words)
{
    const struct command *tables[SCREEN_TABLES];
    size_t count = linear_tables(s, tables);
    for (size_t i = 0; i < count; i++)
        for (const struct command *c = tables[i]; c->run; c++)
            if (works(s, c) && ((c->label && text_match(words, command_label(c))) ||
                                (c->help && text_match(words, _(c->help)))))
                return true;
    for (const struct place *p = places; p->type; p++)
        if (place_is_open(s, p) && text_match(words, _(p->type->title)))
            return true;
    return false;
}

/* Back to the screen below; from the lowest one only `quit` leads out, as no screen shows it. */
static void back(struct app *app)
{
    if (app->store && app->depth == 1)
        app_say(app, "%s", _("This is the first screen; quit ends the program."));
    else
        linear_key(app, TK_CANCEL);
}

static void run(struct app *app, struct screen *s, const struct command *c)
{
    buf_clear(&app->message);
    if (c->key == TK_CANCEL)
        back(app);
    else if (c->key == TK_F(1))
        linear_help(s);
    else
        c->run(s);
}

/* What the face itself does; the words are as people type them. */
static bool run_own(struct app *app, const char *word)
{
    static const struct {
        const char *word; /* N_() */
        void (*run)(struct app *app);
    } own[] = {{N_("again"), app_redraw}, {N_("quit"), app_end}};
    for (size_t i = 0; i < ARRAY_SIZE(own); i++)
        if (text_match(word, _(own[i].word)) == TEXT_MATCH_WHOLE) {
            own[i].run(app);
            return true;
        }
    if (text_match(word, _("lock")) == TEXT_MATCH_WHOLE && app->store) {
        app_lock(app, false);
        return true;
    }
    return false;
}

void linear_run(struct app *app, struct screen *s, const char *word)
{
    const struct command *c = linear_command(s, word);

    if (c) {
        run(app, s, c);
    } else if (!run_own(app, word)) {
        if (is_like(s, word)) {
            palette_push(s);
            linear_paste(app, word);
        } else {
            app_say(app, _("Nothing here is called \"%s\"; ? says what can be done."), word);
        }
    }
}

/* ---- a screen of rows ---- */

static void enter_row(struct app *app, struct screen *s, size_t at)
{
    s->body.focus = at;
    buf_clear(&app->message);
    linear_key(app, TK_ENTER);
}

/* "3 choose": what is behind the number; NULL: it is no number of a row. */
static const char *behind_number(const struct screen *s, const char *text, size_t *row)
{
    char *end;
    long number = strtol(text, &end, 10);

    if (!isdigit((unsigned char)*text) || (*end && *end != ' '))
        return NULL;
    *row = linear_row(&s->body, number);
    return *row < s->body.count ? end + strspn(end, " ") : NULL;
}

/* A row, or a command on it; false: the text says no row. */
static bool take_row(struct app *app, struct screen *s, const char *text)
{
    size_t row;
    const char *rest = behind_number(s, text, &row);

    if (!rest)
        return false;
    if (!*rest) {
        enter_row(app, s, row);
        return true;
    }
    if (s->type->typing && !linear_command(s, rest))
        return false; /* words that are searched may begin with a number */
    s->body.focus = row;
    linear_run(app, s, rest);
    return true;
}

static void say_end(struct app *app, struct screen *s)
{
    if (s->type->passing) {
        screen_leave(s);
        return;
    }
    app_say(app, "%s", _("That is all that is here; ? says what can be done."));
}

/* What means the same wherever there are rows; false: it is none of that. */
static bool take_sign(struct app *app, struct screen *s, const char *text)
{
    if (!*text) {
        if (!linear_more(app, s))
            say_end(app, s);
    } else if (strcmp(text, "<") == 0) {
        back(app);
    } else if (strcmp(text, "?") == 0) {
        linear_help(s);
    } else if (*text == ':') {
        linear_run(app, s, text + 1);
    } else {
        return false;
    }
    return true;
}

static void take_on_rows(struct app *app, struct screen *s, const char *text)
{
    if (take_sign(app, s, text) || take_row(app, s, text))
        return;
    if (linear_command(s, text) || !letter(s, text))
        linear_run(app, s, text);
}

/* ---- a line that one types ---- */

static void replace(struct app *app, const struct screen_line *line, const char *text)
{
    edit_replace(line->edit, text);
    linear_key(app, TK_END); /* so that the screen follows */
}

static void take_search(struct app *app, struct screen *s, const struct screen_line *line,
                        const char *text)
{
    bool meant = *text == '/' && text[1];

    if (!meant && (take_sign(app, s, text) || take_row(app, s, text)))
        return;
    replace(app, line, text + meant);
    linear_forget_shown_of(app, s); /* the answer, also where it is the same */
}

static void take_answer(struct app *app, struct screen *s, const struct screen_line *line,
                        const char *text)
{
    if (strcmp(text, "<") == 0) {
        back(app);
    } else if (strcmp(text, "?") == 0) {
        linear_help(s);
    } else if (*text == ':' && (linear_command(s, text + 1) || !line->edit)) {
        linear_run(app, s, text + 1);
    } else {
        if (*text && line->edit)
            replace(app, line, text);
        else if (*text)
            linear_paste(app, text);
        linear_key(app, *text || line->edit ? TK_ENTER : TK_BACKTAB);
    }
}

/* ---- the turn ---- */

static void ask(struct app *app, struct screen *s, struct form *form,
                const struct screen_line *line)
{
    struct buf text = BUF_INIT;

    if (form) {
        linear_ask_field(app, s, form);
        return;
    }
    if (line->label && line->edit && *edit_text(line->edit))
        buf_addf(&text, "%s [%s]:", line->label, edit_text(line->edit));
    else if (line->label)
        buf_addf(&text, "%s:", line->label);
    else
        buf_addf(&text, "%s>", _(s->type->title));
    linear_ask(app->linear, buf_text(&text), line->label && !line->edit);
    buf_release(&text);
}

/* Without control characters: from a terminal's keys, or from who wrote what is in the pipe. */
static void clean(struct linear *l)
{
    size_t to = 0;

    for (size_t i = 0; i < l->length; i++) {
        unsigned char c = (unsigned char)l->line[i], next = (unsigned char)l->line[i + 1];
        if (c == 0xC2 && next >= 0x80 && next < 0xA0)
            i++;
        else if (c == '\t' || (c >= ' ' && c != 0x7F))
            l->line[to++] = (char)c;
    }
    l->line[l->length = to] = '\0';
}

/* The line without blanks around; a blank before a sign says that it is no sign. */
static const char *trim(struct linear *l, bool *meant)
{
    char *text = l->line;

    *meant = *text == ' ';
    if (!l->quiet)
        while (l->length && strchr(" \t", text[l->length - 1]))
            text[--l->length] = '\0';
    return l->quiet ? text : text + strspn(text, " \t");
}

static void take(struct app *app, struct screen *s, struct form *form,
                 const struct screen_line *line)
{
    struct linear *l = app->linear;
    bool meant;

    clean(l);
    const char *text = trim(l, &meant);
    if (l->cut || !text_valid(text, l->length - (size_t)(text - l->line))) {
        app_say(app, "%s",
                l->cut ? _("That line is too long; nothing of it was taken.")
                       : _("That line is no UTF-8 text; nothing of it was taken. Without accents "
                           "it can be typed anywhere."));
    } else if (form) {
        linear_answer_field(app, s, form, meant && *text ? l->line : text);
    } else if (line->label && line->narrows) {
        take_search(app, s, line, text);
    } else if (line->label) {
        take_answer(app, s, line, text);
    } else {
        take_on_rows(app, s, text);
    }
    linear_forget_line(l);
}

void linear_turn(struct app *app)
{
    struct linear *l = app->linear;
    struct screen *s = app_top(app);
    struct screen_line line = {0};
    struct term_event event;

    if (s->type->busy && s->type->busy(s)) {
        linear_say_message(app);
        linear_await(l, &event, app_patience(app));
        app_take(app, &event);
        return;
    }
    if (!l->dangling || l->at != s->serial || app->message.size) {
        linear_show(app, s);
        if (s->type->passing && !linear_has_more(app, s)) {
            screen_leave(s);
            return;
        }
    }
    struct form *form = s->type->form ? s->type->form(s) : NULL;
    if (s->type->line)
        s->type->line(s, &line);
    if (!l->dangling)
        ask(app, s, form, &line);
    if (app->unread)
        linear_flush(l);
    app->unread = false;
    if (!linear_read(l, &event, app_patience(app))) {
        app_take(app, &event);
        return;
    }
    app->touched = app_steady(); /* somebody is there */
    take(app, s, form, &line);
}
