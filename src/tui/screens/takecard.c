/* SPDX-License-Identifier: MIT */
/*
 * A card that came: typed, pasted, scanned code by code, or in a file. What it says is shown before
 * anything comes of it (cardview.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/cardcodes.h"
#include "amparo/store/card.h"
#include "amparo/tui/arriving.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustscreens.h"

enum { TYPED_SIZE = 4 * CARD_TEXT, FILE_SIZE = 64 << 10 };

struct takecard {
    struct edit typed;
    struct arriving codes;
};

static void build(struct screen *s, int width)
{
    const struct takecard *state = s->state;
    body_wrap(
        &s->body, BODY_PLAIN, width, 0,
        _("Paste the card's text, scan its codes one after the other, or type the name of a "
          "file that it is in; of the root, the thirty digits do. Then Enter: what it says is "
          "shown before anything comes of it."));
    for (size_t i = 0; i < state->codes.join.count; i++) {
        const struct qr_gathered *of = &state->codes.join.pouches[i];
        struct buf missing = BUF_INIT;
        qr_join_missing(of, &missing);
        body_line(&s->body, BODY_PLAIN, _("Codes: %u of %u are here; missing: %s"), of->have,
                  of->count, buf_text(&missing));
        buf_release(&missing);
    }
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct takecard *state = s->state;
    int lines = (int)s->body.count < rows - 2 ? (int)s->body.count : rows - 2;
    body_draw(&s->body, term, row, lines);
    term_put(term, row + lines + 1, 0, ROLE_FOCUS, ">", 1);
    edit_draw(&state->typed, term, row + lines + 1, 1, term_cols(term) - 3, 1);
}

static bool event(struct screen *s, const struct term_event *event)
{
    return edit_event(&((struct takecard *)s->state)->typed, event, app_cols(s->app) - 3);
}

static void line(struct screen *s, struct screen_line *out)
{
    *out = (struct screen_line){_("Card"), &((struct takecard *)s->state)->typed, false};
}

/* ---- what was typed ---- */

static void say_fault(struct screen *s, struct error *err)
{
    app_say_error(s->app, err);
    error_release(err);
}

/* The screen gives way to what the card says; false: it is no card. */
static bool show(struct screen *s, const char *text, struct error *err)
{
    struct app *app = s->app;
    struct card card;
    struct buf root = BUF_INIT;
    char digits[FINGERPRINT_SIZE];
    if (card_read_root(text, digits, NULL)) {
        card_write_root(digits, &root);
        screen_leave(s);
        cardview_push(app, buf_text(&root));
        buf_release(&root);
        return true;
    }
    if (!card_read(text, &card, NULL))
        return error_set(err, ERROR_INPUT, "%s",
                         strstr(text, "amparo-card:")
                             ? _("The card is not whole, or was changed: copy all of it again.")
                             : _("This is no key card, and not the thirty digits of a root."));
    card_release(&card);
    char *copy = xstrdup(text);
    screen_leave(s);
    cardview_push(app, copy);
    free(copy);
    return true;
}

/* True where the screen is gone. */
static bool take_code(struct screen *s, const char *typed)
{
    struct takecard *state = s->state;
    struct arriving_code code;
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    bool shown = false;
    if (!arriving_take_code(&state->codes, typed, &code)) {
        if (code.fault)
            app_say(s->app, "%s", code.fault);
        else
            app_say(s->app, "%s",
                    code.again ? _("That code was here before.") : _("One code is taken."));
    } else if (!card_of_codes(code.of->whole.data, code.of->whole.size, &text)) {
        app_say(s->app, "%s", _("These codes are a pouch, and no card: take it in by the inbox."));
        arriving_forget(&state->codes, code.of);
    } else {
        arriving_forget(&state->codes, code.of);
        shown = show(s, buf_text(&text), &err);
        if (!shown)
            say_fault(s, &err);
    }
    buf_release(&text);
    return shown;
}

/* The text of a file, as far as a card may be in it. */
static bool read_file(const char *typed, struct buf *out)
{
    char *path = path_in_full(typed), part[4096];
    FILE *in = fopen(path, "re");
    for (size_t got; in && out->size < FILE_SIZE && (got = fread(part, 1, sizeof part, in)) > 0;)
        buf_add(out, part, got);
    if (in)
        fclose(in);
    free(path);
    return in && out->size && !memchr(out->data, '\0', out->size);
}

/* Of a text with other words around it, the card alone. */
static const char *card_in(const char *text)
{
    const char *card = strstr(text, "amparo-card:");
    return card ? card : text;
}

static void take(struct screen *s)
{
    struct takecard *state = s->state;
    const char *typed = edit_text(&state->typed);
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    typed += strspn(typed, " ");
    if (!*typed) {
        app_say(s->app, "%s", _("Nothing was typed; Esc goes back."));
        return;
    }
    if (arriving_kind(&state->codes, typed) == ARRIVING_CODE) {
        if (!take_code(s, typed)) {
            edit_set(&state->typed, "");
            screen_changed(s, false);
        }
        return;
    }
    bool filed = !strstr(typed, "amparo-") && strchr(typed, '/') && read_file(typed, &text);
    if (!show(s, card_in(filed ? buf_text(&text) : typed), &err))
        say_fault(s, &err);
    buf_release(&text);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct takecard *state = s->state;
    edit_keep(&state->typed, kept);
    arriving_keep(&state->codes, kept);
}

static void restore(struct screen *s, const json_t *kept)
{
    struct takecard *state = s->state;
    edit_restore(&state->typed, kept);
    arriving_restore(&state->codes, kept);
}

static void close_state(struct screen *s)
{
    struct takecard *state = s->state;
    edit_release(&state->typed);
    arriving_release(&state->codes);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read it"), N_("Reads what was typed, and shows what the card says."), take,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type takecard_type = {
    .name = "take-card",
    .title = N_("Take a card"),
    .about =
        N_("A key card says which keys a post, or a State, has; that of the root is its thirty "
           "digits. A card shows that whoever made it has the key, and not who they are: that "
           "is for the telephone."),
    .commands = commands,
    .typing = true,
    .build = build,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void takecard_push(struct app *app)
{
    struct takecard *state = xcalloc(1, sizeof *state);
    edit_init(&state->typed, false, TYPED_SIZE);
    arriving_init(&state->codes);
    screen_push(app, &takecard_type, state);
}
