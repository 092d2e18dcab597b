/* SPDX-License-Identifier: MIT */
/*
 * Pouches that are handed over from the screen, one after the other: as text to be copied, or as QR
 * codes to be photographed. Each counts as sent once the officer says so (F2). What is shown comes
 * back the same after a lock: it is sealed anew with the same random bytes.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/output.h"
#include "amparo/pouch/armour.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/qrview.h"

enum {
    ASIDE = 24,       /* cells beside a code for words, at least */
    CODES_MOST = 1200 /* bytes of a pouch in codes: some fifteen of them */
};

struct handing {
    struct sending sending;
    uint8_t random[ENVELOPE_RANDOM];
    struct carry_load load;
    bool loaded;
    size_t at;  /* the pouch */
    bool *gone; /* which of them count as sent */

    /* ---- of codes ---- */
    bool codes;
    struct qrview view; /* of the pouch that is shown */
};

static const struct packed *pouch_of(const struct handing *h)
{
    return h->loaded ? &h->load.pouches.list[h->at] : NULL;
}

static void find_again(struct handing *h, const json_t *kept)
{
    const json_t *gone = json_object_get(kept, "gone"), *name;
    size_t i;
    for (size_t p = 0; p < h->load.pouches.count; p++) {
        if (strcmp(h->load.pouches.list[p].name, keep_text(kept, "pouch")) == 0)
            h->at = p;
        json_array_foreach(gone, i, name)
        {
            if (strcmp(h->load.pouches.list[p].name, json_string_value(name)) == 0)
                h->gone[p] = true;
        }
    }
}

/* Once: what is shown does not change under who copies it. */
static bool load(struct screen *s, struct error *err)
{
    struct handing *h = s->state;
    if (h->loaded)
        return true;
    if (!sending_load(s->app->store, &h->sending, h->random, h->codes ? CODES_MOST : 0, &h->load,
                      err))
        return false;
    h->loaded = true;
    h->gone = xcalloc(h->load.pouches.count, sizeof *h->gone);
    if (s->kept)
        find_again(h, s->kept);
    return true;
}

/* "for MXAUH, CRAUH: 2 acts, 1 receipt" */
static void say_what(struct buf *out, const struct handing *h)
{
    struct buf readers = BUF_INIT, content = BUF_INIT;
    sending_say_readers(&readers, &h->load, h->at);
    sending_say_content(&content, &h->load, h->at);
    buf_addf(out, _("for %s: %s"), buf_text(&readers), buf_text(&content));
    buf_release(&readers);
    buf_release(&content);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct handing *h = s->state;
    buf_adds(where, _(s->type->title));
    if (!h->loaded)
        return;
    if (h->load.pouches.count > 1)
        buf_addf(where, _(", %zu of %zu"), h->at + 1, h->load.pouches.count);
    buf_addf(where, " · %s", pouch_of(h)->name);
    buf_adds(right, h->gone[h->at] ? _("sent") : _("not sent yet"));
}

/* ---- text ---- */

static void armour(const struct handing *h, struct buf *out)
{
    const struct packed *p = pouch_of(h);
    armour_put(out, p->bytes.data, p->bytes.size);
}

/* It may be broken elsewhere: where the screen is narrower, it is. */
static void build_text(struct screen *s, int width)
{
    const struct handing *h = s->state;
    struct buf text = BUF_INIT, what = BUF_INIT;
    if (!h->loaded)
        return;
    say_what(&what, h);
    body_wrap(&s->body, BODY_PLAIN, width, 0, buf_text(&what));
    body_wrap(&s->body, BODY_DIM, width, 0, _(route_row(ROUTE_TEXT)->send));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    armour(h, &text);
    body_wrap(&s->body, BODY_PLAIN, width, 0, buf_text(&text));
    buf_release(&text);
    buf_release(&what);
}

static void write_file(struct screen *below, const char *typed)
{
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    char *path = path_in_full(typed);
    armour(below->state, &text);
    if (output_file(path, buf_text(&text), text.size, &err))
        app_say(below->app, _("Written to %s; F2 says when it is on its way."), path);
    else
        app_say_error(below->app, &err);
    buf_release(&text);
    error_release(&err);
    free(path);
}

static void to_file(struct screen *s)
{
    const struct handing *h = s->state;
    char *name = xasprintf("%s.txt", pouch_of(h)->name);
    ask_push(s->app, _("Into a file"),
             _("Into which new file? Nobody but its readers can open it."), name, write_file);
    free(name);
}

/* ---- codes ---- */

static bool make(void *ctx, int version, struct qr_frames *out)
{
    const struct packed *p = pouch_of(ctx);
    struct error unsaid = ERROR_INIT;
    bool ok = qr_frames(p->bytes.data, p->bytes.size, version, QR_LEVEL_L, out, &unsaid);
    error_release(&unsaid);
    return ok;
}

/* Whether the codes find room beside the words. */
static bool fit(struct handing *h, struct terminal *term)
{
    return term && qrview_fit(&h->view, term, term_rows(term), term_cols(term) - ASIDE, make, h);
}

/* One is there to be photographed, or its text to be read. */
static bool has_code(const struct screen *s)
{
    struct handing *h = s->state;
    return h->loaded && (s->app->linear || fit(h, s->app->term));
}

/* A key with its word, as the line of keys has it. */
static void add_keys(struct buf *out, const struct screen *s)
{
    for (const struct command *c = s->type->commands; c->run; c++) {
        if (!c->label || !command_works(s, c))
            continue;
        command_key(out, c, false, s->app->term);
        buf_addf(out, " %s\n", command_label(c));
    }
    buf_addf(out, "Esc %s\n", _("back"));
}

static void add_aside(struct buf *out, const struct screen *s)
{
    const struct handing *h = s->state;
    struct buf where = BUF_INIT, right = BUF_INIT;
    head(s, &where, &right);
    buf_addf(out, "%s\n%s\n", buf_text(&where), buf_text(&right));
    buf_release(&where);
    buf_release(&right);
    say_what(out, h);
    /* Also while there is no message, so that what stands below keeps its place. */
    buf_addf(out, "\n%s\n", s->app->message.size ? buf_text(&s->app->message) : "");
    if (has_code(s))
        buf_addf(out, _("Code %zu of %zu"), h->view.number + 1, h->view.frames.count);
    else
        buf_addf(out, _("Codes need a window of %dx%d at least. As text it goes through any."),
                 49 + ASIDE, 24);
    buf_adds(out, "\n\n");
    add_keys(out, s);
    if (has_code(s))
        buf_addf(out, "\n%s", _(route_row(ROUTE_SCREEN)->send));
}

static void draw_codes(struct screen *s, struct terminal *term, int row, int rows)
{
    struct handing *h = s->state;
    struct buf words = BUF_INIT;
    int col = 1;
    (void)rows;
    if (!h->loaded)
        return;
    if (fit(h, term))
        col += qrview_draw(&h->view, term, row, 0);
    add_aside(&words, s);
    qrview_words(term, row, term_rows(term) - row, col, ROLE_HEADING, buf_text(&words));
    buf_release(&words);
}

/* Where nothing can be drawn, the texts that other programs make codes of. */
static void build_codes(struct screen *s, int width)
{
    struct handing *h = s->state;
    struct buf what = BUF_INIT;
    struct qr_frames codes;
    if (!h->loaded || !s->app->linear)
        return;
    say_what(&what, h);
    body_wrap(&s->body, BODY_PLAIN, width, 0, buf_text(&what));
    body_wrap(&s->body, BODY_PLAIN, width, 0,
              _("Each of these texts is what a QR code says; another program can draw it."));
    if (make(h, QR_VERSION_SCREEN, &codes))
        for (size_t i = 0; i < codes.count; i++)
            body_line(&s->body, BODY_PLAIN, "%s", codes.frames[i].text);
    qr_frames_release(&codes);
    buf_release(&what);
}

static void turn_light(struct screen *s)
{
    struct handing *h = s->state;
    h->view.dark = !h->view.dark;
}

/* The same as text, in the place of this: what was sent by codes is none of it any more. */
static void as_text(struct screen *s)
{
    handtext_push(s->app, &((struct handing *)s->state)->sending);
    screen_remove(s);
}

/* ---- from one to the next ---- */

static void show(struct screen *s, size_t at, size_t number)
{
    struct handing *h = s->state;
    if (at != h->at)
        qrview_forget(&h->view);
    h->at = at;
    h->view.number = number;
    s->body.top = 0;
    screen_changed(s, false);
}

static void next(struct screen *s)
{
    struct handing *h = s->state;
    if (h->codes && fit(h, s->app->term) && h->view.number + 1 < h->view.frames.count)
        show(s, h->at, h->view.number + 1);
    else if (h->at + 1 < h->load.pouches.count)
        show(s, h->at + 1, 0);
    else
        app_say(s->app, "%s", _("This is the last one."));
}

static void before(struct screen *s)
{
    struct handing *h = s->state;
    if (h->codes && fit(h, s->app->term) && h->view.number)
        show(s, h->at, h->view.number - 1);
    else if (h->at)
        show(s, h->at - 1, h->codes ? (size_t)FRAMES_MOST : 0);
    else
        app_say(s->app, "%s", _("This is the first one."));
}

static bool has_others(const struct screen *s)
{
    const struct handing *h = s->state;
    if (h->codes && !has_code(s))
        return false;
    return h->loaded && (h->load.pouches.count > 1 || h->view.frames.count > 1);
}

static size_t count_left(const struct handing *h, size_t *first)
{
    size_t left = 0;
    for (size_t i = h->load.pouches.count; i-- > 0;)
        if (!h->gone[i]) {
            left++;
            *first = i;
        }
    return left;
}

/* It counts as sent, and the next one that does not is shown. */
static void sent(struct screen *s)
{
    struct handing *h = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    size_t left, next_one = 0;
    if (!carry_gone(app->store, &h->load, h->at, CARRY_ALL, &err)) {
        app_say_error(app, &err);
        error_release(&err);
        return;
    }
    h->gone[h->at] = true;
    app_changed(app);
    left = count_left(h, &next_one);
    if (left) {
        app_say(app, n_("It counts as sent; %zu more.", "It counts as sent; %zu more.", left),
                left);
        show(s, next_one, 0);
        return;
    }
    size_t all = h->load.pouches.count;
    screen_leave(s);
    app_say(app, n_("%zu pouch counts as sent.", "%zu pouches count as sent.", all), all);
}

static bool may_be_sent(const struct screen *s)
{
    const struct handing *h = s->state;
    return h->loaded && !h->gone[h->at] && (!h->codes || has_code(s));
}

static bool is_shown(const struct screen *s)
{
    return ((const struct handing *)s->state)->loaded;
}

/* ---- keeping ---- */

static void keep(struct screen *s, json_t *kept)
{
    const struct handing *h = s->state;
    char random[2 * ENVELOPE_RANDOM + 1];
    sending_keep(&h->sending, kept);
    sodium_bin2hex(random, sizeof random, h->random, sizeof h->random);
    json_object_set_new(kept, "random", json_string(random));
    json_object_set_new(kept, "number", json_integer((json_int_t)h->view.number));
    json_object_set_new(kept, "dark", json_boolean(h->view.dark));
    if (!h->loaded)
        return;
    json_t *gone = json_array();
    json_object_set_new(kept, "pouch", json_string(pouch_of(h)->name));
    for (size_t i = 0; i < h->load.pouches.count; i++)
        if (h->gone[i])
            json_array_append_new(gone, json_string(h->load.pouches.list[i].name));
    json_object_set_new(kept, "gone", gone);
}

static void close_state(struct screen *s)
{
    struct handing *h = s->state;
    sending_release(&h->sending);
    qrview_forget(&h->view);
    if (h->loaded)
        carry_load_release(&h->load);
    free(h->gone);
    free(h);
}

/* ---- the two types ---- */

static const struct command text_commands[] = {
    {TK_F(2), NULL, N_("sent"), N_("Says that this pouch is on its way: it counts as sent."), sent,
     may_be_sent},
    {TK_NONE, "o", N_("to a file"), N_("Writes the text into a new file."), to_file, is_shown},
    {TK_F(8), NULL, N_("after"), N_("Shows the next pouch."), next, has_others},
    {TK_F(7), NULL, N_("before"), N_("Shows the pouch before."), before, has_others},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer text_answers[] = {ANSWER(write_file), ANSWERS_END};

const struct screen_type handtext_type = {
    .name = HANDTEXT_SCREEN,
    .title = N_("A pouch as text"),
    .about = N_("The pouch as lines of text, to be copied into whatever carries text. It counts as "
                "sent once you say so with F2; until then it is due."),
    .commands = text_commands,
    .answers = text_answers,
    .load = load,
    .build = build_text,
    .head = head,
    .keep = keep,
    .close = close_state,
};

static const struct command codes_commands[] = {
    {TK_F(2), NULL, N_("sent"),
     N_("Says that all codes of this pouch were taken: it counts as "
        "sent."),
     sent, may_be_sent},
    {TK_F(8), NULL, N_("after"), N_("Shows the next code, then the next pouch."), next, has_code},
    {TK_NONE, " ", NULL, N_("Shows the next code, then the next pouch."), next, has_code},
    {TK_F(7), NULL, N_("before"), N_("Shows the code before."), before, has_others},
    {TK_F(6), NULL, N_("light, dark"), N_("Draws the code light on dark, or dark on light."),
     turn_light, has_code},
    {TK_NONE, "t", N_("as text"), N_("Shows what is to be sent as text, which needs no room."),
     as_text, is_shown},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type handcodes_type = {
    .name = HANDCODES_SCREEN,
    .title = N_("A pouch as QR codes"),
    .about = N_("The pouch as codes, one after the other, to be photographed from the screen or "
                "scanned. It counts as sent once you say so with F2; until then it is due."),
    .commands = codes_commands,
    .bare = true,
    .load = load,
    .build = build_codes,
    .head = head,
    .draw = draw_codes,
    .keep = keep,
    .close = close_state,
};

static struct handing *push(struct app *app, const struct screen_type *type)
{
    struct handing *h = xcalloc(1, sizeof *h);
    h->codes = type == &handcodes_type;
    screen_push(app, type, h);
    return h;
}

static void begin(struct app *app, const struct screen_type *type, const struct sending *sending)
{
    struct handing *h = push(app, type);
    h->sending = *sending;
    h->sending.post = sending->post ? xstrdup(sending->post) : NULL;
    randombytes_buf(h->random, sizeof h->random);
}

void handtext_push(struct app *app, const struct sending *sending)
{
    begin(app, &handtext_type, sending);
}

void handcodes_push(struct app *app, const struct sending *sending)
{
    begin(app, &handcodes_type, sending);
}

static void reopen(struct app *app, const struct screen_type *type, const json_t *kept)
{
    struct handing *h = push(app, type);
    sending_restore(&h->sending, kept);
    if (!diract_hex(keep_text(kept, "random"), h->random, sizeof h->random))
        randombytes_buf(h->random, sizeof h->random);
    h->view.number = (size_t)keep_number(kept, "number");
    h->view.dark = json_is_true(json_object_get(kept, "dark"));
}

void handtext_reopen(struct app *app, const json_t *kept)
{
    reopen(app, &handtext_type, kept);
}

void handcodes_reopen(struct app *app, const json_t *kept)
{
    reopen(app, &handcodes_type, kept);
}
