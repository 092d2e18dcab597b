/* SPDX-License-Identifier: MIT */
/*
 * A paper that somebody holds: its code is typed, or a scanner types it, and below stands what the
 * case file knows of it. The field is empty again for the next one.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/paperfound.h"
#include "amparo/store/papersay.h"
#include "amparo/tui/edit.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/searched.h"

enum { TYPED_SIZE = 200 };

struct asking {
    struct edit typed;
    struct paper_code code; /* asked last; "": none */
    json_t *paper;          /* what is known of it, or NULL */
    char *fault;            /* why nothing is; NULL: nothing was asked */
};

/* ---- the answer ---- */

static void forget(struct asking *a)
{
    json_decref(a->paper);
    a->paper = NULL;
    free(a->fault);
    a->fault = NULL;
}

/* That a paper is none of ours is an answer; anything else keeps one from asking. */
static bool load(struct screen *s, struct error *err)
{
    struct asking *a = s->state;
    struct error why = ERROR_INIT;
    if (!*a->code.text)
        return true;
    forget(a);
    a->paper = store_paper(s->app->store, &a->code, &why);
    if (!a->paper)
        a->fault = xstrdup(error_text(&why));
    bool answered = a->paper || why.kind == ERROR_VAULT;
    if (!answered)
        error_set(err, why.kind, "%s", error_text(&why));
    error_release(&why);
    return answered;
}

static void add_lines(struct body *b, const char *text)
{
    for (size_t size; *text; text += size + (text[size] == '\n')) {
        size = strcspn(text, "\n");
        body_line(b, BODY_PLAIN, "%.*s", (int)size, text);
    }
}

static void build(struct screen *s, int width)
{
    const struct asking *a = s->state;
    struct buf said = BUF_INIT;
    if (a->paper) {
        paper_say(a->paper, width, &said);
        add_lines(&s->body, buf_text(&said));
    } else if (a->fault) {
        body_wrap(&s->body, BODY_DOUBT, width, 0, a->fault);
    } else {
        body_wrap(&s->body, BODY_DIM, width, 0,
                  _("Type the code that stands at the foot of the paper, or scan its QR, then "
                    "Enter: which document it is, what stands on it, and whether that still "
                    "holds. Of other posts' papers, the notes are known that came by pouch."));
    }
    buf_release(&said);
}

/* ---- asking ---- */

static void ask(struct screen *s)
{
    struct asking *a = s->state;
    char *typed = xstrdup(edit_text(&a->typed));
    struct error err = ERROR_INIT;
    if (!typed[strspn(typed, " ")]) {
        app_say(s->app, "%s", _("Nothing was typed; Esc goes back."));
        free(typed);
        return;
    }
    forget(a);
    s->body.top = 0;
    if (paper_code_parse(typed, &a->code, &err)) {
        edit_set(&a->typed, "");
    } else {
        edit_set(&a->typed, typed); /* an arrow puts it right, a scanner takes its place */
        a->code.text[0] = '\0';
        a->fault = xstrdup(error_text(&err));
    }
    screen_changed(s, true);
    error_release(&err);
    free(typed);
}

static const char *case_of(const struct screen *s)
{
    const struct asking *a = s->state;
    const char *reference = payload_text(a->paper, "case");
    return *reference ? reference : NULL;
}

static bool has_case(const struct screen *s)
{
    return case_of(s) != NULL;
}

static void open_case(struct screen *s)
{
    case_push(s->app, case_of(s));
}

/* ---- the screen ---- */

static bool event(struct screen *s, const struct term_event *event)
{
    return typed_event(&((struct asking *)s->state)->typed, s, event);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct asking *a = s->state;
    char code[PAPER_CODE_SIZE];
    buf_adds(where, _(s->type->title));
    if (*a->code.text)
        buf_adds(right, paper_code_print(&a->code, code));
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    typed_draw(&((struct asking *)s->state)->typed, _("Code"), s, term, row, rows);
}

static void line(struct screen *s, struct screen_line *out)
{
    *out = (struct screen_line){_("Code"), &((struct asking *)s->state)->typed, false};
}

static void keep(struct screen *s, json_t *kept)
{
    const struct asking *a = s->state;
    edit_keep(&a->typed, kept);
    json_object_set_new(kept, "code", json_string(a->code.text));
}

/* The file answers anew. */
static void restore(struct screen *s, const json_t *kept)
{
    struct asking *a = s->state;
    struct error unsaid = ERROR_INIT;
    edit_restore(&a->typed, kept);
    if (!paper_code_parse(keep_text(kept, "code"), &a->code, &unsaid))
        a->code.text[0] = '\0';
    error_release(&unsaid);
    screen_changed(s, true);
}

static void close_state(struct screen *s)
{
    struct asking *a = s->state;
    edit_release(&a->typed);
    forget(a);
    free(a);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("ask"), N_("Says what the paper with that code is."), ask, NULL},
    {TK_CTRL('O'), NULL, N_("case"), N_("Opens the case of the paper."), open_case, has_case},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type papercode_type = {
    .name = "paper-code",
    .title = N_("Check a paper"),
    .about = N_("Every copy that was printed carries a code. It tells which document the paper is, "
                "when and for whom it was printed, and what became of it since. It does not tell "
                "whether the words on the paper were left as they were: compare them."),
    .commands = commands,
    .typing = true,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void papercode_push(struct app *app)
{
    struct asking *a = xcalloc(1, sizeof *a);
    edit_init(&a->typed, false, TYPED_SIZE);
    screen_push(app, &papercode_type, a);
}
