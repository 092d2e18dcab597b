/* SPDX-License-Identifier: MIT */
/* A form as questions: each field by its label, one after the other. */
#include "linear_work.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static const char *const level_words[] = {
    [FORM_GAP] = N_("missing"), [FORM_DOUBT] = N_("doubt"), [FORM_ERROR] = N_("error")};

static bool is_choice(const struct form_item *item)
{
    return item->codes && item->codes[0].code;
}

static size_t count_codes(const struct form_item *item)
{
    size_t count = 0;

    while (item->codes && item->codes[count].code)
        count++;
    return count;
}

/* ---- what is said of a field ---- */

/* "error: not in the list: xyz", "14 March 1998": beside the value on the screen. */
static void say_level(struct buf *out, const struct form *form, const char *key)
{
    const char *text;
    enum form_level level = form_level(form, key, &text);

    if (level != FORM_FINE)
        buf_addf(out, "%s: ", _(level_words[level]));
    buf_adds(out, text);
}

/* After a field was left: what its value means; the program may say the same, less plainly. */
static void tell_left(struct app *app, const struct form *form, const char *key)
{
    struct buf out = BUF_INIT;
    const char *text;

    form_level(form, key, &text);
    if (strcmp(text, buf_text(&app->message)) == 0)
        buf_clear(&app->message);
    say_level(&out, form, key);
    if (out.size)
        linear_put(app->linear, buf_text(&out));
    buf_release(&out);
}

static size_t index_of(const struct form *form, const char *key)
{
    size_t count, i = 0;
    const struct form_item *items = form_items(form, &count);

    while (i < count && !(items[i].key && strcmp(items[i].key, key) == 0))
        i++;
    return i;
}

/* The section of a field, where one comes into it. */
static void tell_section(struct linear *l, const struct form_item *items, size_t at)
{
    struct buf out = BUF_INIT;

    while (at > 0 && items[at].kind != FORM_HEADING)
        at--;
    if (items[at].kind == FORM_HEADING && at != l->section) {
        buf_addf(&out, _("Section: %s"), items[at].label);
        linear_put(l, buf_text(&out));
    }
    l->section = at;
    buf_release(&out);
}

/* What is only read and stands right before a field. */
static void tell_shown(struct linear *l, const struct form *form, const struct form_item *items,
                       size_t at)
{
    struct buf out = BUF_INIT;
    size_t from = at;

    while (from > 0 && items[from - 1].kind == FORM_SHOWN)
        from--;
    for (; from < at; from++) {
        buf_clear(&out);
        buf_addf(&out, "%s: %s", items[from].label, form_value(form, items[from].key));
        linear_put(l, buf_text(&out));
    }
    buf_release(&out);
}

static void add_standing(struct buf *out, const struct form *form, const struct form_item *item)
{
    const char *text = form_text(form);
    size_t size = strlen(text);
    const char *said;

    while (size && strchr(" ,\n", text[size - 1]))
        size--;
    if (!size)
        return;
    buf_addf(out, " [%.*s", (int)size, text);
    if (form_level(form, item->key, &said) == FORM_FINE && *said &&
        strcmp(form_value(form, item->key), text) == 0)
        buf_addf(out, " = %s", said);
    buf_addc(out, ']');
}

static void tell_standing_fault(struct linear *l, const struct form *form,
                                const struct form_item *item)
{
    const char *text;
    struct buf out = BUF_INIT;

    if (form_level(form, item->key, &text) == FORM_FINE)
        return;
    buf_addf(&out, "%s: ", item->label);
    say_level(&out, form, item->key);
    linear_put(l, buf_text(&out));
    buf_release(&out);
}

/* "Nationality, needed, one of 249 [HN Honduras]:" */
static void say_question(struct buf *out, const struct form *form, const struct form_item *item)
{
    size_t codes = count_codes(item);

    buf_adds(out, item->label);
    if ((item->flags & FORM_NEEDED) && !*form_text(form))
        buf_addf(out, ", %s", _("needed"));
    if (codes && item->kind == FORM_CODES)
        buf_addf(out, _(", any of %zu"), codes);
    else if (codes)
        buf_addf(out, _(", one of %zu"), codes);
    else if (item->kind == FORM_LONG && !(item->flags & FORM_MANY))
        buf_addf(out, ", %s", _("an empty line ends it"));
    add_standing(out, form, item);
    buf_addc(out, ':');
}

static void note_asked(struct linear *l, const char *key)
{
    free(l->asked);
    l->asked = key ? xstrdup(key) : NULL;
}

void linear_ask_field(struct app *app, struct screen *s, struct form *form)
{
    struct linear *l = app->linear;
    const struct form_item *item = form_item_at(form);
    struct buf text = BUF_INIT;

    if (l->form != s->serial) {
        linear_choice_drop(&l->choice);
        note_asked(l, NULL);
        l->form = s->serial;
        l->section = 0;
        l->at_end = l->in_text = false;
    }
    if (l->choice.key) {
        linear_ask(l, _("Which number?"), false);
        return;
    }
    if (!item || l->at_end) {
        linear_ask(l, _("All is asked; :done records, :back leaves:"), false);
        return;
    }
    if (l->in_text) {
        linear_ask(l, _("next line:"), false);
        return;
    }
    if (!l->asked || strcmp(l->asked, item->key) != 0) {
        size_t count, at = index_of(form, item->key);
        const struct form_item *items = form_items(form, &count);
        tell_section(l, items, at);
        tell_shown(l, form, items, at);
        tell_standing_fault(l, form, item);
    }
    note_asked(l, item->key);
    say_question(&text, form, item);
    linear_ask(l, buf_text(&text), false);
    buf_release(&text);
}

/* ---- codes ---- */

void linear_choice_drop(struct linear_choice *choice)
{
    free(choice->key);
    free(choice->found);
    free(choice->before);
    free(choice->after);
    *choice = (struct linear_choice){0};
}

/* Ten of them, with the numbers by which they are taken. */
static void tell_choices(struct linear *l, const struct form_item *item)
{
    struct linear_choice *choice = &l->choice;
    struct buf out = BUF_INIT, said = BUF_INIT;
    size_t end = choice->told + LINEAR_PAGE;

    for (; choice->told < choice->count && choice->told < end; choice->told++) {
        buf_clear(&out);
        buf_clear(&said);
        form_say_codes(&said, item, item->codes[choice->found[choice->told]].code);
        buf_addf(&out, "%zu %s", choice->told + 1, buf_text(&said));
        linear_put(l, buf_text(&out));
    }
    size_t more = choice->count - choice->told;
    buf_clear(&out);
    if (more)
        buf_addf(&out, n_("%zu more: Enter.", "%zu more: Enter.", more), more);
    if (more)
        linear_put(l, buf_text(&out));
    buf_release(&out);
    buf_release(&said);
}

/* Asks which of those that fit; `before` and `after` are what else was typed. */
static void begin_choice(struct linear *l, const struct form *form, const char *typed,
                         const char *before, const char *after)
{
    const struct form_item *item = form_item_at(form);
    size_t *found = xcalloc(count_codes(item) + 1, sizeof *found);
    size_t count = form_fitting(form, typed, found);

    linear_choice_drop(&l->choice);
    l->choice = (struct linear_choice){xstrdup(item->key), found,         count, 0,
                                       xstrdup(before),    xstrdup(after)};
    tell_choices(l, item);
}

/* The first part that may mean several of the codes: asked for. False: there is none. */
static bool ask_which(struct linear *l, const struct form *form, const char *text)
{
    const struct form_item *item = form_item_at(form);
    size_t *found;
    bool asked = false;

    if (!is_choice(item) || *text == '?')
        return false;
    found = xcalloc(count_codes(item) + 1, sizeof *found);
    for (const char *at = text; *at && !asked;) {
        at += strspn(at, " ");
        size_t size = item->kind == FORM_CODES ? strcspn(at, ",") : strlen(at);
        char *part = xstrndup(at, size);
        if (*part && !form_meant(form, part) && form_fitting(form, part, found) > 1) {
            char *before = xstrndup(text, (size_t)(at - text));
            begin_choice(l, form, part, before, at + size);
            free(before);
            asked = true;
        }
        free(part);
        at += size + (at[size] == ',');
    }
    free(found);
    return asked;
}

/* ---- answering ---- */

/* The key by which one leaves; whether another field is asked for now. */
static void leave_by(struct app *app, struct screen *s, struct form *form, enum term_key key)
{
    struct linear *l = app->linear;
    const struct form_item *item = form_item_at(form);
    char *left = item ? xstrdup(item->key) : NULL;
    unsigned long serial = s->serial;

    linear_key(app, key);
    if (app_top(app) && app_top(app)->serial == serial && left) {
        tell_left(app, form, left);
        item = form_item_at(form);
        bool same = item && strcmp(item->key, left) == 0;
        bool more = same && (item->flags & FORM_MANY) && strchr(form_text(form), '\n');
        l->in_text = more;
        l->at_end = same && !more && key == TK_ENTER;
        if (l->at_end)
            note_asked(l, left);
    }
    free(left);
}

static void answer(struct app *app, struct screen *s, struct form *form, const char *text)
{
    form_replace(form, text);
    leave_by(app, s, form, TK_ENTER);
}

/* A line of a text of several; each is kept as it comes. */
static void add_line(struct app *app, struct screen *s, struct form *form, const char *text)
{
    struct linear *l = app->linear;

    if (!*text) {
        l->in_text = false;
        leave_by(app, s, form, TK_ENTER);
        return;
    }
    if (form_item_at(form)->flags & FORM_MANY) { /* Enter made the new line itself */
        linear_paste(app, text);
        leave_by(app, s, form, TK_ENTER);
        return;
    }
    if (l->in_text) {
        struct buf both = BUF_INIT;
        buf_addf(&both, "%s\n%s", form_text(form), text);
        form_replace(form, buf_text(&both));
        buf_release(&both);
    } else {
        form_replace(form, text);
    }
    l->in_text = true;
    form_tick(form);
}

static void take_choice(struct app *app, struct screen *s, struct form *form, const char *text)
{
    struct linear *l = app->linear;
    struct linear_choice *choice = &l->choice;
    const struct form_item *item = form_item_at(form);
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (!*text && choice->told < choice->count) {
        tell_choices(l, item);
    } else if (isdigit((unsigned char)*text) && !*end && number >= 1 && number <= choice->count) {
        struct buf all = BUF_INIT;
        buf_addf(&all, "%s%s%s", choice->before, item->codes[choice->found[number - 1]].code,
                 choice->after);
        linear_choice_drop(choice);
        linear_answer_field(app, s, form, buf_text(&all));
        buf_release(&all);
    } else { /* nothing, or another answer */
        linear_choice_drop(choice);
        if (*text)
            linear_answer_field(app, s, form, text);
    }
}

/* What the form does by keys: words for them. */
static const struct {
    const char *word; /* N_() */
    enum term_key key;
} form_words[] = {
    {N_("done"), TK_F(2)},       {N_("undo"), TK_CTRL_U},  {N_("redo"), TK_CTRL_R},
    {N_("last"), TK_F(5)},       {N_("carry"), TK_CTRL_F}, {N_("back"), TK_CANCEL},
    {N_("next section"), TK_F6},
};

static bool is_word(const char *word, const char *typed)
{
    return text_match(typed, word) == TEXT_MATCH_WHOLE ||
           text_match(typed, _(word)) == TEXT_MATCH_WHOLE;
}

static void form_command(struct app *app, struct screen *s, struct form *form, const char *word)
{
    struct linear *l = app->linear;

    l->at_end = false;
    note_asked(l, NULL);
    if (is_word(N_("choices"), word) || strcasecmp(word, "f4") == 0) {
        if (form_item_at(form) && is_choice(form_item_at(form)))
            begin_choice(l, form, "", "", "");
        else
            app_say(app, "%s", _("Here anything may be typed; there is no list."));
        return;
    }
    if (!linear_command(s, word))
        for (size_t i = 0; i < ARRAY_SIZE(form_words); i++)
            if (is_word(form_words[i].word, word)) {
                linear_key(app, form_words[i].key);
                return;
            }
    const struct command *c = linear_command(s, word);
    if (c && c->key != TK_NONE && c->key != TK_F(1))
        linear_key(app, c->key); /* the field is left first, as by the key */
    else
        linear_run(app, s, word);
}

/* A sign instead of an answer. */
static bool take_sign(struct app *app, struct screen *s, struct form *form, const char *text)
{
    struct linear *l = app->linear;

    if (*text == ':' && text[1]) {
        form_command(app, s, form, text + 1);
    } else if (strcmp(text, "<") == 0) {
        if (l->at_end)
            note_asked(l, NULL); /* to the last one again */
        else
            leave_by(app, s, form, TK_BACKTAB);
        l->at_end = false;
    } else if (strcmp(text, "?") == 0) {
        linear_key(app, TK_F(1));
    } else if (strcmp(text, "??") == 0) {
        linear_help(s);
    } else if (*text == '=' && text[1]) {
        l->at_end = false;
        note_asked(l, NULL);
        if (!form_jump(form, text + 1))
            app_say(app, "%s", _("Nothing is called so."));
        linear_key(app, TK_HOME); /* so that the screen follows */
    } else {
        return false;
    }
    return true;
}

/* "+legal", "+ one line more": to what stands there, in a field that takes several. */
static bool add_to(struct app *app, struct screen *s, struct form *form, const char *text)
{
    struct linear *l = app->linear;
    const struct form_item *item = form_item_at(form);
    bool lines = item->kind == FORM_LONG && !(item->flags & FORM_MANY);

    if (*text != '+' || !text[1] || !*form_text(form) || (!lines && item->kind != FORM_CODES))
        return false;
    if (lines) {
        l->in_text = true;
        add_line(app, s, form, text + 1);
    } else {
        struct buf all = BUF_INIT;
        buf_addf(&all, "%s, %s", form_value(form, item->key), text + 1);
        if (!ask_which(l, form, buf_text(&all)))
            answer(app, s, form, buf_text(&all));
        buf_release(&all);
    }
    return true;
}

void linear_answer_field(struct app *app, struct screen *s, struct form *form, const char *text)
{
    struct linear *l = app->linear;
    const struct form_item *item = form_item_at(form);
    bool meant = *text == ' ';

    text += meant;
    if (l->choice.key && (!item || strcmp(item->key, l->choice.key) != 0))
        linear_choice_drop(&l->choice);
    if (!meant && (!l->in_text || *text == ':') && take_sign(app, s, form, text)) {
        l->in_text = false;
        linear_choice_drop(&l->choice);
    } else if (l->choice.key) {
        take_choice(app, s, form, text);
    } else if (!item || l->at_end) {
        if (*text)
            app_say(app, "%s", _("All is asked. =label goes back to a field."));
    } else if (l->in_text) {
        add_line(app, s, form, text);
    } else if (!*text) {
        leave_by(app, s, form, TK_ENTER);
    } else if (!meant && add_to(app, s, form, text)) {
        return;
    } else if (!meant && strcmp(text, "@") == 0) {
        answer(app, s, form, "");
    } else if (item->kind == FORM_LONG && !(item->flags & FORM_MANY) && *text != '?') {
        add_line(app, s, form, text);
    } else if (!ask_which(l, form, text)) {
        answer(app, s, form, text);
    }
}
