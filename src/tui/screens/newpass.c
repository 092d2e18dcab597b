/* SPDX-License-Identifier: MIT */
/* A passphrase for a new case file: typed twice and shown to nobody, with what it is worth. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/strength.h"
#include "amparo/base/words.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/screens.h"

enum { LABEL = 17, CELLS = 60 };

struct newpass {
    struct founding *f; /* the passphrase is kept there */
    struct passentry again;
    bool at_again;
    bool shown; /* as was asked for */
    bool kept;  /* it is weak, and was told to be so */
};

static struct strength strength(const struct newpass *p)
{
    const struct founding *f = p->f;
    const char *const known[] = {f->officer, f->post.name, f->post.code, f->post.city, NULL};
    return strength_of(f->secret.bytes, f->secret.length, known);
}

/* Of a new passphrase nothing that was typed to repeat the old one counts. */
static void changed(struct screen *s)
{
    struct newpass *p = s->state;
    if (!p->at_again)
        passentry_clear(&p->again);
    p->kept = false;
    screen_changed(s, false);
}

static void build(struct screen *s, int width)
{
    const struct newpass *p = s->state;
    struct body *b = &s->body;
    struct buf text = BUF_INIT;
    if (p->shown && p->f->secret.length) {
        buf_addf(&text, "%.*s", (int)p->f->secret.length, p->f->secret.bytes);
        body_wrap(b, BODY_PLAIN, width, 0, buf_text(&text));
        body_line(b, BODY_PLAIN, "%s", "");
        buf_clear(&text);
    }
    if (p->f->secret.length) {
        struct strength s_of = strength(p);
        strength_say(&text, &s_of);
        body_wrap(b, BODY_PLAIN, width, 0, buf_text(&text));
        body_line(b, BODY_PLAIN, "%s", "");
    }
    body_wrap(b, BODY_DIM, width, 0,
              _("Several words that have nothing to do with one another are best. Whoever knows "
                "the passphrase reads every case; without it, and without two of three recovery "
                "sheets, nobody ever does."));
    buf_release(&text);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    const struct newpass *p = s->state;
    int cols = term_cols(term), at = row + (rows > 8);
    int width = cols - LABEL - 4 < CELLS ? cols - LABEL - 4 : CELLS;
    term_put(term, at, 1, p->at_again ? ROLE_LABEL : ROLE_FOCUS, _("Passphrase"), LABEL - 1);
    term_put(term, at + 1, 1, p->at_again ? ROLE_FOCUS : ROLE_LABEL, _("Once more"), LABEL - 1);
    field_draw(term, at, LABEL + 1, width, 1, ROLE_FIELD, "");
    field_draw(term, at + 1, LABEL + 1, width, 1, ROLE_FIELD, "");
    term_put(term, at + p->at_again, 0, ROLE_FOCUS, ">", 1);
    body_draw(&s->body, term, at + 3, row + rows - at - 3);
    term_cursor(term, at + p->at_again, LABEL + 1);
}

/* ---- what can be done ---- */

static bool same(const struct newpass *p)
{
    return p->again.length == p->f->secret.length &&
           sodium_memcmp(p->again.bytes, p->f->secret.bytes, p->again.length) == 0;
}

static void go_to(struct screen *s, bool again)
{
    ((struct newpass *)s->state)->at_again = again;
    screen_changed(s, false);
}

/* One that gives way at once is taken all the same, at the second time of asking. */
static bool is_accepted(struct screen *s)
{
    struct newpass *p = s->state;
    struct strength s_of = strength(p);
    if (strength_level(&s_of) != STRENGTH_NONE || p->kept)
        return true;
    p->kept = true;
    app_say(s->app, "%s",
            _("Guessed at once by who has a copy. Enter again keeps it, F4 draws words."));
    return false;
}

static void go_on(struct screen *s)
{
    struct newpass *p = s->state;
    if (!p->f->secret.length) {
        app_say(s->app, "%s", _("Type a passphrase first; F4 draws one of six words."));
    } else if (!p->at_again) {
        if (is_accepted(s))
            go_to(s, true);
    } else if (!same(p)) {
        passentry_clear(&p->again);
        app_say(s->app, "%s", _("The two differ. Type it once more; the arrow goes back up."));
    } else {
        p->shown = false;
        screen_changed(s, false);
        foundnow_push(s->app, p->f);
    }
}

static void draw_words(struct screen *s)
{
    struct newpass *p = s->state;
    passentry_clear(&p->f->secret);
    p->f->secret.length =
        words_draw(locale_language(), WORDS_USUAL, p->f->secret.bytes, PASSENTRY_MAX);
    p->at_again = false;
    p->shown = true;
    changed(s);
    go_to(s, true);
    app_say(s->app, "%s", _("Drawn. Learn the words or write them down, and type them here."));
}

static void show(struct screen *s)
{
    struct newpass *p = s->state;
    p->shown = !p->shown;
    screen_changed(s, false);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct newpass *p = s->state;
    if (event->kind == TERM_KEY)
        switch (event->key) {
        case TK_TAB:
        case TK_BACKTAB:
        case TK_DOWN:
        case TK_UP:
            if (p->f->secret.length)
                go_to(s, !p->at_again);
            return true;
        default:
            break;
        }
    bool taken = passentry_event(p->at_again ? &p->again : &p->f->secret, event);
    if (taken && !p->at_again)
        changed(s);
    return taken;
}

static void line(struct screen *s, struct screen_line *out)
{
    const struct newpass *p = s->state;
    *out = (struct screen_line){p->at_again ? _("Once more") : _("Passphrase"), NULL, false};
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)s;
    (void)right;
    buf_addf(where, _("Step %d of 4 · %s"), 2, _("your passphrase"));
}

static void close_state(struct screen *s)
{
    struct newpass *p = s->state;
    passentry_release(&p->again);
    free(p);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("go on"), N_("Goes on: to type it once more, then to the last look."),
     go_on, NULL},
    {TK_F(4), NULL, N_("words"), N_("Draws a passphrase of six words, and shows it."), draw_words,
     NULL},
    {TK_F(6), NULL, N_("show"), N_("Shows what is typed, or no more."), show, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type newpass_type = {
    .name = "newpass",
    .title = N_("Your passphrase"),
    .about = N_("It opens the case file, and nobody can give it back. The estimate takes whoever "
                "guesses to know how people choose, and would rather be too low."),
    .commands = commands,
    .typing = true,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .close = close_state,
};

void newpass_push(struct app *app, struct founding *f)
{
    struct newpass *p = xcalloc(1, sizeof *p);
    p->f = f;
    passentry_init(&p->again);
    screen_push(app, &newpass_type, p);
}
