/* SPDX-License-Identifier: MIT */
/*
 * The conversation of a case, as a line of time: what we said and what others did, whether it
 * counts, and where both crossed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct talk {
    struct casescreen base;
    struct letters letters;
};

static bool load(struct screen *s, struct error *err)
{
    struct talk *t = s->state;
    letters_release(&t->letters);
    return casescreen_load(s, err) &&
           store_correspondence(s->app->store, casescreen_work(s)->reference, &t->letters, err);
}

/* A dispatch by its id, or an act that is here alone. */
enum { ROW_LETTER, ROW_ACT };

static void add_letter(struct screen *s, const struct letter *l, int width)
{
    struct instant now = app_now(s->app);
    struct buf row = BUF_INIT, text = BUF_INIT;
    bool wide = width >= 60;
    char at[INSTANT_SIZE];
    snprintf(at, sizeof at, "%.*s", wide ? INSTANT_SIZE - 1 : DATE_SIZE - 1, l->said);
    values_say_when_short(&text, at, now, reader_language);
    column(&row, buf_text(&text), wide ? 12 : 6);
    buf_clear(&text);
    buf_adds(&row, l->ours ? "→ " : "← ");
    letter_say_post(&text, l, wide ? 8 : 6);
    column(&row, buf_text(&text), wide ? 8 : 6);
    letter_say(&row, l);
    letter_add_more(&s->body, *l->id ? ROW_LETTER : ROW_ACT, *l->id ? l->id : l->act, &row, l, now,
                    width, wide ? 15 : 3);
    buf_release(&row);
    buf_release(&text);
}

static bool is_later(const struct letter *a, const struct letter *b)
{
    struct instant one, other;
    return instant_parse(a->said, &one) && instant_parse(b->said, &other) &&
           instant_compare(one, other) > 0;
}

/* The last first: that is what one looks for. Of one moment, what names the other is the later. */
static void build(struct screen *s, int width)
{
    const struct talk *t = s->state;
    size_t *order = xcalloc(t->letters.count + 1, sizeof *order);
    for (size_t i = 0; i < t->letters.count; i++) {
        size_t at = i;
        for (; at && !is_later(&t->letters.list[order[at - 1]], &t->letters.list[i]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (size_t i = 0; i < t->letters.count; i++)
        add_letter(s, &t->letters.list[order[i]], width);
    free(order);
    if (!s->body.count)
        body_empty(&s->body, width,
                   _("Nothing of this case has been sent or has come in by pouch. What was taken "
                     "down of other posts' words stands in the history (0)."));
}

static const struct letter *in_focus(const struct screen *s)
{
    const struct talk *t = s->state;
    const struct body_line *row = body_focused(&s->body);
    for (size_t i = 0; row && row->tag == ROW_LETTER && i < t->letters.count; i++)
        if (strcmp(t->letters.list[i].id, row->ref) == 0)
            return &t->letters.list[i];
    return NULL;
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static bool has_any(const struct screen *s)
{
    return ((const struct talk *)s->state)->letters.count > 0;
}

static bool may_answer(const struct screen *s)
{
    const struct letter *l = in_focus(s);
    return l && letter_may_answer(l);
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag == ROW_LETTER)
        letter_push(s->app, row->ref);
    else
        actview_push(s->app, casescreen_work(s)->reference, row->ref);
}

static void answer(struct screen *s)
{
    letter_answer(s, in_focus(s));
}

static void dossier(struct screen *s)
{
    dossier_push(s->app, casescreen_work(s)->reference);
}

static void close_state(struct screen *s)
{
    letters_release(&((struct talk *)s->state)->letters);
    casescreen_close(s);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"),
     N_("Shows all that this line says, from whom it is, and whether "
        "it counts."),
     open_row, on_row},
    {TK_NONE, "a", N_("respond"), N_("Opens the form that this line asks for."), answer,
     may_answer},
    {TK_NONE, "d", N_("dossier"), N_("Puts what was said into one file that proves itself."),
     dossier, has_any},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWERS_MORE(letter_answers)};

const struct screen_type talk_type = {
    .name = "talk",
    .title = N_("Conversation"),
    .about = N_("What both sides of the case said to each other by pouch, the last first: → is "
                "ours, with whom it is for, ← came in. Where two crossed on their way, each says "
                "so. What went another "
                "way, or was taken down, stands between."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = close_state,
};

void talk_push(struct app *app, const char *reference)
{
    casescreen_push(app, &talk_type, sizeof(struct talk), reference);
}
