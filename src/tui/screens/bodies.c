/* SPDX-License-Identifier: MIT */
/* What documents call the bodies of the Conference, in each language; a head of post changes it. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/language.h"
#include "amparo/store/bodies.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/screens.h"

struct bodies_state {
    struct body_names names;
};

static bool load(struct screen *s, struct error *err)
{
    struct bodies_state *state = s->state;
    body_names_release(&state->names);
    return store_bodies(s->app->store, &state->names, err);
}

static void add_name(struct screen *s, const char *body, const char *code, int width)
{
    const struct bodies_state *state = s->state;
    const char *set = body_name(&state->names, body, code);
    struct paper_language language;
    struct buf name = BUF_INIT, shown = BUF_INIT, ref = BUF_INIT;
    if (paper_language_init(&language, code, NULL, english)) {
        language.bodies = &state->names;
        paper_body(&language, body, &name);
    }
    buf_addf(&ref, "%s %s", body, code);
    int room = width - 7 - (set ? text_cells(_("set here")) + 1 : 0);
    text_pad(&shown, buf_text(&name), room > 2 ? room : 2);
    body_row(&s->body, 0, buf_text(&ref), "%s  %s %s", code, buf_text(&shown),
             set ? _("set here") : "");
    buf_release(&name);
    buf_release(&shown);
    buf_release(&ref);
}

static void build(struct screen *s, int width)
{
    for (const struct body_type *b = body_types; b->name; b++) {
        body_line(&s->body, BODY_HEAD, " %s", _(b->label));
        for (const char *const *l = body_languages; *l; l++)
            add_name(s, b->name, *l, width);
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)right;
    buf_adds(where, _(s->type->title));
}

static bool may_change(const struct screen *s)
{
    return body_focused(&s->body) && store_officer(s->app->store)->role == ROLE_HEAD;
}

/* The body and the language of the row in focus. */
static void in_focus(const struct screen *s, char body[32], const char **language)
{
    const char *ref = body_focused(&s->body)->ref;
    size_t size = strcspn(ref, " ");
    memcpy(body, ref, size < 31 ? size : 31);
    body[size < 31 ? size : 31] = '\0';
    *language = ref + size + 1;
}

static bool is_set(const struct screen *s)
{
    const struct bodies_state *state = s->state;
    const char *language;
    char body[32];
    if (!may_change(s))
        return false;
    in_focus(s, body, &language);
    return body_name(&state->names, body, language);
}

static void set_name(struct screen *s, const char *name)
{
    struct error err = ERROR_INIT;
    const char *language;
    char body[32];
    in_focus(s, body, &language);
    if (store_set_body(s->app->store, body, language, name, &err))
        screen_changed(s, true);
    else
        app_say_error(s->app, &err);
    error_release(&err);
}

static void take_name(struct screen *below, const char *answer)
{
    set_name(below, answer);
}

static void usual_name(struct screen *s)
{
    set_name(s, NULL);
}

static void change(struct screen *s)
{
    const struct bodies_state *state = s->state;
    const char *language, *now;
    char body[32];
    in_focus(s, body, &language);
    now = body_name(&state->names, body, language);
    ask_push(s->app, _("Its name in documents"),
             _("With its article, small, as it stands within a sentence: the …, la …, le …"),
             now ? now : "", take_name);
}

static void close_state(struct screen *s)
{
    struct bodies_state *state = s->state;
    body_names_release(&state->names);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("change"), N_("Changes what documents call it; a head of post's."), change,
     may_change},
    {TK_NONE, "y", N_("usual name"), N_("Calls it by its usual name again."), usual_name, is_set},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_name), ANSWERS_END};

const struct screen_type bodies_type = {
    .name = "bodies",
    .title = N_("Bodies of the Conference"),
    .about = N_("What documents call the Secretariat, the networks, the meeting that decides and "
                "the mechanism, in each language. All documents made from now on use it."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void bodies_push(struct app *app)
{
    screen_push(app, &bodies_type, xcalloc(1, sizeof(struct bodies_state)));
}
