/* SPDX-License-Identifier: MIT */
/*
 * The recovery sheets of a case file: shown one after the other, once, to be written by hand or
 * printed; then one is asked back, which shows that what is on paper is good.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/recoverysheet.h"
#include "amparo/store/keys.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/printing.h"
#include "amparo/tui/screens.h"
#include "amparo/vault/recovery.h"
#include "amparo/vault/vault.h"

bool sheets_untried(struct store *store)
{
    char *value = NULL;
    struct error unsaid = ERROR_INIT;
    bool untried =
        store_setting(store, SHEETS_UNTRIED, &value, &unsaid) && value && strcmp(value, "1") == 0;
    free(value);
    error_release(&unsaid);
    return untried;
}

/* ---- showing them ---- */

struct sheets {
    struct buf shares; /* a line each */
    int number;        /* from 1 */
};

static void make_sheet(const struct screen *s, struct paper *out)
{
    const struct sheets *state = s->state;
    const char *share = buf_text(&state->shares);
    for (int i = 1; i < state->number; i++)
        share += strcspn(share, "\n") + 1;
    recovery_sheet(out, store_path(s->app->store), s->app->store, share, strcspn(share, "\n"),
                   state->number, RECOVERY_SHARES);
}

static void add_sheet(const struct screen *s, struct buf *out)
{
    struct paper paper;
    paper_init(&paper);
    make_sheet(s, &paper);
    paper_lines(&paper, out);
    paper_release(&paper);
}

/* Below the head of the paper, which says whose it is. */
static const char *below_head(const char *text)
{
    const char *end = strstr(text, "\n\n");
    return end ? end + 2 : text;
}

static bool is_rule(const char *line, size_t size)
{
    return size && strspn(line, "-") == size;
}

/* All of it is in sight, the share in one piece: whoever writes it down does not turn pages. */
static void build(struct screen *s, int width)
{
    struct buf text = BUF_INIT;
    body_wrap(&s->body, BODY_DIM, width, 0,
              _("Write it on paper, then Enter. It is never shown again."));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    add_sheet(s, &text);
    for (const char *line = below_head(buf_text(&text)); *line;) {
        size_t size = strcspn(line, "\n");
        char *one = xstrndup(line, size);
        if (is_rule(line, size))
            ;
        else if (size)
            body_wrap(&s->body, BODY_PLAIN, width, 8, one);
        else
            body_line(&s->body, BODY_PLAIN, "%s", "");
        explicit_bzero(one, size);
        free(one);
        line += size + (line[size] == '\n');
    }
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct sheets *state = s->state;
    buf_addf(where, _("Recovery sheet %d of %d"), state->number, (int)RECOVERY_SHARES);
    (void)right;
}

static void go_on(struct screen *s)
{
    struct sheets *state = s->state;
    struct app *app = s->app;
    if (state->number < RECOVERY_SHARES) {
        state->number++;
        s->body.top = 0;
        screen_changed(s, false);
        return;
    }
    screen_leave(s);
    sheetask_push(app);
}

static void before(struct screen *s)
{
    ((struct sheets *)s->state)->number--;
    s->body.top = 0;
    screen_changed(s, false);
}

static bool has_before(const struct screen *s)
{
    return ((const struct sheets *)s->state)->number > 1;
}

static bool take_sheet(struct screen *below, const struct print_how *how, struct print_matter *out,
                       struct error *err)
{
    const struct access access = {
        .kind = ACCESS_PRINT, .reference = "", .what = "recovery sheet", .copies = how->copies};
    make_sheet(below, &out->paper);
    return access_enter(below->app->store, &access, &out->entered, err);
}

/* On paper alone: in a file it would lie beside what it opens. */
static void print(struct screen *s)
{
    printing_push(s->app, &(struct printable){
                              .name = "", .pages = true, .no_file = true, .take = take_sheet});
}

/* They cannot be shown again: not by a key that was meant for something else. */
static void leave_if_meant(struct screen *s, const char *word)
{
    if (strcmp(word, _("DISCARD")) != 0)
        return;
    struct app *app = s->app;
    screen_leave(s);
    app_say(app, "%s", _("The sheets are gone; new ones are made from the work of today."));
}

static void leave(struct screen *s)
{
    char about[300];
    snprintf(about, sizeof about,
             _("What is not on paper is lost: the sheets are shown this once. New ones can be made "
               "later. Type %s and Enter to go on without them."),
             _("DISCARD"));
    ask_push(s->app, _("Leave the recovery sheets?"), about, "", leave_if_meant);
}

/* Who writes by hand may well be locked out meanwhile: what is kept is sealed to the officer. */
static void keep(struct screen *s, json_t *kept)
{
    const struct sheets *state = s->state;
    json_object_set_new(kept, "shares", json_string(buf_text(&state->shares)));
    json_object_set_new(kept, "number", json_integer(state->number));
}

static void close_state(struct screen *s)
{
    struct sheets *state = s->state;
    buf_release(&state->shares);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("it is on paper"), N_("Goes on to the next sheet, then to the check."),
     go_on, NULL},
    {TK_NONE, "p", N_("print"), N_("Prints this sheet, on which printer you say."), print, NULL},
    {TK_F(7), NULL, N_("sheet before"), N_("Goes back to the sheet before."), before, has_before},
    {TK_CANCEL, "q", NULL, N_("Leaves the sheets, after a question."), leave, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(leave_if_meant), ANSWER_AGAIN(take_sheet, print),
                                        ANSWERS_END};

const struct screen_type sheets_type = {
    .name = "sheets",
    .answers = answers,
    .title = N_("Recovery sheets"),
    .about = N_("Three sheets for three people in three places. Any two of them open the file when "
                "all passphrases are lost; one alone tells nothing. A printer or a screen may keep "
                "what it was shown: by hand is best."),
    .commands = commands,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void sheets_push(struct app *app, struct buf *shares)
{
    struct sheets *state = xcalloc(1, sizeof *state);
    buf_add(&state->shares, shares->data, shares->size);
    buf_clear(shares);
    state->number = 1;
    screen_push(app, &sheets_type, state);
}

void sheets_reopen(struct app *app, const json_t *kept)
{
    struct buf shares = BUF_INIT;
    json_int_t number = keep_number(kept, "number");
    buf_adds(&shares, keep_text(kept, "shares"));
    sheets_push(app, &shares);
    if (number >= 1 && number <= RECOVERY_SHARES)
        ((struct sheets *)app_top(app)->state)->number = (int)number;
    buf_release(&shares);
}

/* ---- asking one back ---- */

static void build_ask(struct screen *s, int width)
{
    body_wrap(&s->body, BODY_PLAIN, width, 0,
              _("Type the fifteen groups of any one sheet, as they stand on paper. Blanks and "
                "capitals do not matter. It shows that what is on paper is good."));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    body_wrap(&s->body, BODY_DIM, width, 0,
              _("Not now: Esc; the work of today reminds of it. ^N makes new sheets, and the old "
                "ones are good for nothing then."));
}

static void draw_ask(struct screen *s, struct terminal *term, int row, int rows)
{
    struct edit *edit = s->state;
    int lines = (int)s->body.count < rows - 2 ? (int)s->body.count : rows - 2;
    body_draw(&s->body, term, row, lines);
    term_put(term, row + lines + 1, 0, ROLE_FOCUS, ">", 1);
    edit_draw(edit, term, row + lines + 1, 1, term_cols(term) - 3, 1);
}

static bool event_ask(struct screen *s, const struct term_event *event)
{
    return edit_event(s->state, event, app_cols(s->app) - 3);
}

static void line_ask(struct screen *s, struct screen_line *out)
{
    *out = (struct screen_line){_("Sheet"), s->state, false};
}

static void tried(struct screen *s, const struct vault_share *share)
{
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    bool ok = store_note_rehearsal(app->store, share->number, &err) &&
              store_set_setting(app->store, SHEETS_UNTRIED, "0", &err);
    app_changed(app);
    screen_leave(s);
    if (ok)
        app_say(app, _("Sheet %d is good. Lock all three away, in three places."), share->number);
    else
        app_say_error(app, &err);
    error_release(&err);
}

static void check(struct screen *s)
{
    struct edit *edit = s->state;
    struct vault_share share;
    struct error err = ERROR_INIT;
    if (!*edit_text(edit)) {
        app_say(s->app, "%s", _("Nothing was typed; Esc goes back."));
        return;
    }
    if (vault_check_share(store_path(s->app->store), edit_text(edit), &share, &err))
        tried(s, &share);
    else
        app_say_error(s->app, &err);
    error_release(&err);
}

static void make_new(struct screen *s)
{
    struct app *app = s->app;
    struct buf shares = BUF_INIT;
    struct error err = ERROR_INIT;
    struct rekey_ask ask = {.rekey = false};
    if (store_renew_recovery(app->store, &ask, &shares, &err)) {
        store_set_setting(app->store, SHEETS_UNTRIED, "1", &err);
        screen_leave(s);
        sheets_push(app, &shares);
    } else {
        app_say_error(app, &err);
    }
    buf_release(&shares);
    error_release(&err);
}

static void make_if_meant(struct screen *below, const char *word)
{
    if (strcmp(word, _("REPLACE")) == 0)
        make_new(below);
}

static void ask_new(struct screen *s)
{
    struct buf about = BUF_INIT;
    buf_addf(&about,
             _("The old sheets are good for nothing then. Type %s and Enter to make new ones."),
             _("REPLACE"));
    ask_push(s->app, _("New recovery sheets"), buf_text(&about), "", make_if_meant);
    buf_release(&about);
}

static void keep_ask(struct screen *s, json_t *kept)
{
    edit_keep(s->state, kept);
}

static void restore_ask(struct screen *s, const json_t *kept)
{
    edit_restore(s->state, kept);
}

static void close_ask(struct screen *s)
{
    edit_release(s->state);
    free(s->state);
}

static const struct command ask_commands[] = {
    {TK_ENTER, NULL, N_("check"), N_("Checks the sheet that was typed."), check, NULL},
    {TK_CTRL('N'), NULL, N_("new sheets"),
     N_("Makes new recovery sheets; the old ones are good for nothing then. A head of post's."),
     ask_new, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer ask_answers[] = {ANSWER(make_if_meant), ANSWERS_END};

const struct screen_type sheetask_type = {
    .name = "sheet",
    .title = N_("A recovery sheet"),
    .about = N_("One of the three sheets is typed back, to see that it was written down well."),
    .commands = ask_commands,
    .answers = ask_answers,
    .typing = true,
    .build = build_ask,
    .draw = draw_ask,
    .event = event_ask,
    .line = line_ask,
    .keep = keep_ask,
    .restore = restore_ask,
    .close = close_ask,
};

void sheetask_push(struct app *app)
{
    struct edit *edit = xcalloc(1, sizeof *edit);
    edit_init(edit, false, 300);
    screen_push(app, &sheetask_type, edit);
}
