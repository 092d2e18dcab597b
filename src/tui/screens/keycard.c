/* SPDX-License-Identifier: MIT */
/*
 * A card of ours, to be handed over: the digits for the telephone, and QR codes to be photographed
 * or scanned from the screen. On paper it is a preview.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/keycard.h"
#include "amparo/pouch/cardcodes.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/qrview.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"

enum { ASIDE = 26 /* cells beside a code for words, at least */ };

struct keycard_screen {
    enum keycard_kind kind;
    struct card card; /* of no root */
    struct buf line;
    char digits[FINGERPRINT_SIZE];
    struct qrview view;
    bool loaded;
};

static bool read_root(struct screen *s, struct error *err)
{
    struct keycard_screen *k = s->state;
    struct trust_own own;
    if (!store_trust_own(s->app->store, &own, err))
        return false;
    if (!*own.root)
        return error_set(err, ERROR_INPUT, "%s", _("no root is set here"));
    memcpy(k->digits, own.root, sizeof k->digits);
    card_write_root(k->digits, &k->line);
    return true;
}

static bool load(struct screen *s, struct error *err)
{
    struct keycard_screen *k = s->state;
    card_release(&k->card);
    buf_clear(&k->line);
    k->loaded = k->kind == KEYCARD_ROOT
                    ? read_root(s, err)
                    : trust_card(s->app->store, k->kind == KEYCARD_STATE, &k->card, &k->line, err);
    if (k->loaded && k->kind != KEYCARD_ROOT)
        card_fingerprint(&k->card, k->digits);
    qrview_forget(&k->view);
    return k->loaded;
}

static const char *title(const struct keycard_screen *k)
{
    return k->kind == KEYCARD_ROOT    ? _("Card of the root of the directory")
           : k->kind == KEYCARD_STATE ? _("Key card of a State")
                                      : _("Key card of a post");
}

static bool make(void *ctx, int version, struct qr_frames *out)
{
    const struct keycard_screen *k = ctx;
    struct error unsaid = ERROR_INIT;
    bool ok = card_codes(buf_text(&k->line), version, QR_LEVEL_L, out, &unsaid);
    error_release(&unsaid);
    return ok;
}

/* ---- showing ---- */

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct keycard_screen *k = s->state;
    buf_adds(where, title(k));
    if (k->loaded && k->view.frames.count > 1)
        buf_addf(right, _("code %zu of %zu"), k->view.number + 1, k->view.frames.count);
}

/* Two groups a line, so that one finds the place again where one reads them aloud. */
static void say_digits(const struct keycard_screen *k, struct buf *out)
{
    for (const char *at = k->digits; *at; at += strlen(at) < 12 ? strlen(at) : 12)
        buf_addf(out, "%.11s\n", at);
}

static void say_aside(const struct screen *s, struct buf *out)
{
    const struct keycard_screen *k = s->state;
    if (k->kind != KEYCARD_ROOT)
        buf_addf(out, "%s\n%s\n\n", k->card.code, k->card.name);
    say_digits(k, out);
    buf_addc(out, '\n');
    buf_adds(out, k->kind == KEYCARD_ROOT
                      ? _("Whoever sets it compares each digit with the paper.")
                      : _("Whoever takes it calls you, by a number that they had before: read "
                          "them these digits."));
    buf_addc(out, '\n');
}

/* Whether a code finds room beside the words. */
static bool is_drawn_in(struct screen *s, struct terminal *term, int rows)
{
    struct keycard_screen *k = s->state;
    return term && qrview_fit(&k->view, term, rows, term_cols(term) - ASIDE, make, k);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct keycard_screen *k = s->state;
    if (k->loaded && is_drawn_in(s, term, rows)) {
        struct buf words = BUF_INIT;
        int col = qrview_draw(&k->view, term, row, 0) + 1;
        say_aside(s, &words);
        qrview_words(term, row, rows, col, ROLE_NORMAL, buf_text(&words));
        buf_release(&words);
        return;
    }
    body_draw(&s->body, term, row, rows);
    body_mark_top(&s->body, term, row);
}

/* Where nothing is drawn: the digits, and for who has no screen the text. */
static void build(struct screen *s, int width)
{
    const struct keycard_screen *k = s->state;
    struct buf text = BUF_INIT;
    if (!k->loaded || is_drawn_in(s, s->app->term, s->rows))
        return;
    say_aside(s, &text);
    if (!s->app->linear)
        body_wrap(&s->body, BODY_DIM, width, 0,
                  _("Too small a window for its codes: p has them, and its text."));
    trust_lines(&s->body, width, 0, buf_text(&text));
    if (s->app->linear)
        body_wrap(&s->body, BODY_PLAIN, width, 0, buf_text(&k->line));
    buf_release(&text);
}

/* ---- what can be done ---- */

/* The card with its codes, to be drawn and as text. */
static bool write_card(const struct keycard_screen *k, struct store *store, struct paper *paper,
                       struct error *err)
{
    struct buf drawing = BUF_INIT;
    struct qr_frames codes;
    if (!card_codes(buf_text(&k->line), CARD_PAPER_VERSION, QR_LEVEL_L, &codes, err))
        return false;
    const char **says = xcalloc(codes.count + 1, sizeof *says);
    for (size_t i = 0; i < codes.count; i++)
        says[i] = codes.frames[i].text;
    card_draw(&codes, &drawing);
    const struct keycard what = {.card = k->kind == KEYCARD_ROOT ? NULL : &k->card,
                                 .fingerprint = k->digits,
                                 .line = buf_text(&k->line),
                                 .codes = says,
                                 .drawing = buf_text(&drawing)};
    bool ok = paper_keycard(store, &what, NULL, paper, err);
    free(says);
    qr_frames_release(&codes);
    buf_release(&drawing);
    return ok;
}

static void on_paper(struct screen *s)
{
    struct error err = ERROR_INIT;
    struct paper paper;
    paper_init(&paper);
    bool ok = write_card(s->state, s->app->store, &paper, &err);
    if (ok)
        preview_sheet(s->app, N_("Key card"), "key card", &paper);
    else
        app_say_error(s->app, &err);
    paper_release(&paper);
    error_release(&err);
}

static bool is_loaded(const struct screen *s)
{
    return ((const struct keycard_screen *)s->state)->loaded;
}

static bool has_codes(const struct screen *s)
{
    return ((const struct keycard_screen *)s->state)->view.frames.count > 1;
}

static void next(struct screen *s)
{
    struct qrview *view = &((struct keycard_screen *)s->state)->view;
    view->number = (view->number + 1) % view->frames.count;
}

static void before(struct screen *s)
{
    struct qrview *view = &((struct keycard_screen *)s->state)->view;
    view->number = (view->number + view->frames.count - 1) % view->frames.count;
}

static bool is_drawn(const struct screen *s)
{
    return ((const struct keycard_screen *)s->state)->view.frames.count > 0;
}

static void turn_light(struct screen *s)
{
    struct qrview *view = &((struct keycard_screen *)s->state)->view;
    view->dark = !view->dark;
}

static void keep(struct screen *s, json_t *kept)
{
    const struct keycard_screen *k = s->state;
    json_object_set_new(kept, "kind", json_integer(k->kind));
    json_object_set_new(kept, "number", json_integer((json_int_t)k->view.number));
    json_object_set_new(kept, "dark", json_boolean(k->view.dark));
}

static void close_state(struct screen *s)
{
    struct keycard_screen *k = s->state;
    card_release(&k->card);
    buf_release(&k->line);
    qrview_forget(&k->view);
    free(k);
}

static const struct command commands[] = {
    {TK_F(8), NULL, N_("after"), N_("Shows the next code."), next, has_codes},
    {TK_F(7), NULL, N_("before"), N_("Shows the code before."), before, has_codes},
    {TK_NONE, "p", N_("print"), N_("Shows the card as it is printed, with its text and code."),
     on_paper, is_loaded},
    {TK_F(6), NULL, N_("light, dark"), N_("Draws the code light on dark, or dark on light."),
     turn_light, is_drawn},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type keycard_type = {
    .name = KEYCARD_SCREEN,
    .title = N_("Key card"),
    .about = N_("What others need to know our keys: handed over on paper or from this screen. "
                "Nothing on it is secret. The digits are read over the telephone, so that they "
                "know whose it is."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .keep = keep,
    .close = close_state,
};

void keycard_push(struct app *app, enum keycard_kind kind)
{
    struct keycard_screen *k = xcalloc(1, sizeof *k);
    k->kind = kind;
    screen_push(app, &keycard_type, k);
}

void keycard_reopen(struct app *app, const json_t *kept)
{
    json_int_t kind = keep_number(kept, "kind");
    keycard_push(app, kind == KEYCARD_STATE || kind == KEYCARD_ROOT ? (enum keycard_kind)kind
                                                                    : KEYCARD_POST);
    struct keycard_screen *k = app_top(app)->state;
    k->view.number = (size_t)keep_number(kept, "number");
    k->view.dark = json_is_true(json_object_get(kept, "dark"));
}
