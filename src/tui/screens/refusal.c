/* SPDX-License-Identifier: MIT */
/*
 * What stands against an act, a line each with its article; Enter goes to the form that mends it.
 * Who may override says why, in words that are printed with the act.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/mend.h"
#include "amparo/tui/screens.h"

struct refusal_state {
    struct refusal r;
};

/* A cause as the gate has it: "6: … [A.note]". */
static void add_cause(struct body *b, size_t index, const char *line, size_t size, int width)
{
    char *text = xstrndup(line, size);
    size_t colon = strcspn(text, ":");
    struct buf said = BUF_INIT;
    /* The article is in the words too: "6: Art. 6: …". */
    bool twice = text[colon] && strncmp(text + colon + 1, " Art.", 5) == 0;
    buf_adds(&said, twice ? text + colon + 2 : text);
    /* The name of the gate is for commands; the row keeps it. */
    const char *gate = strrchr(buf_text(&said), '[');
    if (gate && said.data[said.size - 1] == ']' && gate > said.data && gate[-1] == ' ')
        buf_cut(&said, (size_t)(gate - said.data) - 1);
    size_t taken, shown;
    const char *rest = buf_text(&said);
    bool first = true;
    while ((taken = text_wrap(rest, width - 4 > 4 ? width - 4 : 4, &shown))) {
        if (first)
            body_row(b, (long)index, text, "%.*s", (int)shown, rest);
        else
            body_line(b, BODY_PLAIN, "    %.*s", (int)shown, rest);
        first = false;
        rest += taken;
    }
    buf_release(&said);
    free(text);
}

static bool may_override(const struct screen *s);

static void build(struct screen *s, int width)
{
    const struct refusal_state *state = s->state;
    struct body *b = &s->body;
    body_wrap(b, BODY_HEAD, width, 0,
              _("This is not recorded yet. What was typed is kept. It lacks:"));
    body_line(b, BODY_PLAIN, "%s", "");
    size_t index = 0;
    for (const char *at = error_text(&state->r.causes); *at;) {
        size_t line = strcspn(at, "\n");
        add_cause(b, index++, at, line, width);
        at += line + (at[line] == '\n');
    }
    body_line(b, BODY_PLAIN, "%s", "");
    if (may_override(s))
        body_wrap(b, BODY_DIM, width, 0,
                  _("N records it nevertheless, where the instrument leaves room: the reason is "
                    "kept and printed with the act."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct refusal_state *state = s->state;
    buf_addf(where, "%s: %s", _("Refused"), state->r.what);
    if (state->r.reference)
        buf_adds(right, state->r.reference);
}

static bool can_mend(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct refusal_state *state = s->state;
    return row && state->r.reference && mend_known(row->ref);
}

static void mend(struct screen *s)
{
    const struct refusal_state *state = s->state;
    mend_push(s->app, state->r.reference, body_focused(&s->body)->ref);
}

static bool may_override(const struct screen *s)
{
    const struct refusal_state *state = s->state;
    bool all = state->r.overridable;
    for (size_t i = 0; all && i < s->body.count; i++)
        all = !s->body.lines[i].row || mend_overridable(s->body.lines[i].ref);
    return all;
}

static void override_now(struct screen *s, const char *reason)
{
    struct refusal_state *state = s->state;
    struct app *app = s->app;
    void (*then)(struct screen *, const char *) = state->r.override;
    screen_leave(s);
    if (app_top(app))
        then(app_top(app), reason);
}

static void ask_reason(struct screen *s)
{
    ask_push(s->app, _("Override"),
             _("Why can it not wait? The reason is kept and printed with the act."), "",
             override_now);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct refusal *r = &((const struct refusal_state *)s->state)->r;
    keep_answer(s, (answer_fn *)r->override, kept);
    if (r->reference)
        json_object_set_new(kept, "reference", json_string(r->reference));
    json_object_set_new(kept, "what", json_string(r->what));
    json_object_set_new(kept, "causes", json_string(error_text(&r->causes)));
    json_object_set_new(kept, "overridable", json_boolean(r->overridable));
}

static void close_state(struct screen *s)
{
    struct refusal_state *state = s->state;
    free(state->r.reference);
    free(state->r.what);
    error_release(&state->r.causes);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("mend"), N_("Goes to the form by which this is put right."), mend,
     can_mend},
    {TK_NONE, "N", N_("override"), N_("Records it nevertheless, with a reason, where that may be."),
     ask_reason, may_override},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(override_now), ANSWERS_END};

const struct screen_type refusal_type = {
    .name = "refusal",
    .title = N_("Refused"),
    .about = N_("What the instrument asks for before this act, with the article of each. The form "
                "below keeps all that was typed."),
    .commands = commands,
    .answers = answers,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void refusal_push(struct app *app, struct refusal *refusal)
{
    struct refusal_state *state = xcalloc(1, sizeof *state);
    state->r = *refusal;
    screen_push(app, &refusal_type, state);
    app_must_be_read(app);
}

void refusal_reopen(struct app *app, const json_t *kept)
{
    const char *reference = json_string_value(json_object_get(kept, "reference"));
    struct refusal r = {
        .overridable = json_is_true(json_object_get(kept, "overridable")),
        .causes = ERROR_INIT,
    };
    const struct answer *answer = keep_answered(app, kept);
    if (!answer)
        return;
    r.override = (void (*)(struct screen *, const char *))answer->take;
    r.what = xstrdup(keep_text(kept, "what"));
    r.reference = reference ? xstrdup(reference) : NULL;
    error_set(&r.causes, ERROR_REFUSED, "%s", keep_text(kept, "causes"));
    refusal_push(app, &r);
}
