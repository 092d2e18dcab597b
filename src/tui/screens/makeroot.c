/* SPDX-License-Identifier: MIT */
/* The keys of three officers of the Secretariat's file become the root of the directory. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"

struct makeroot {
    struct officers officers;
    json_t *chosen; /* their names: true */
};

static bool load(struct screen *s, struct error *err)
{
    struct makeroot *m = s->state;
    officers_release(&m->officers);
    return store_officers(s->app->store, &m->officers, err);
}

static bool is_chosen(const struct makeroot *m, const char *name)
{
    return json_object_get(m->chosen, name) != NULL;
}

static void build(struct screen *s, int width)
{
    const struct makeroot *m = s->state;
    body_wrap(&s->body, BODY_PLAIN, width, 0,
              _("What one of the three signs counts once another one of them approves it; one key "
                "that is lost can be borne. Space chooses; F2 makes the root of the three."));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    for (size_t i = 0; i < m->officers.count; i++) {
        const struct officer *o = &m->officers.list[i];
        struct buf row = BUF_INIT;
        column(&row, is_chosen(m, o->name) ? _("of the root") : "", 13);
        buf_adds(&row, o->name);
        body_row(&s->body, (long)i, o->name, "%s", buf_text(&row));
        buf_release(&row);
    }
    if (m->officers.count < ROOT_KEYS)
        body_wrap(&s->body, BODY_DOUBT, width, 0,
                  _("It takes three officers: amparo officer FILE add NAME makes more."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct makeroot *m = s->state;
    buf_adds(where, _(s->type->title));
    buf_addf(right, _("%zu of %d"), json_object_size(m->chosen), (int)ROOT_KEYS);
}

static void turn(struct screen *s)
{
    struct makeroot *m = s->state;
    const char *name = body_focused(&s->body)->ref;
    if (is_chosen(m, name))
        json_object_del(m->chosen, name);
    else if (json_object_size(m->chosen) < ROOT_KEYS)
        json_object_set_new(m->chosen, name, json_true());
    else
        app_say(s->app, "%s", _("Three are chosen; take one away first."));
    screen_changed(s, false);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void make_if_meant(struct screen *below, const char *word)
{
    struct makeroot *m = below->state;
    struct app *app = below->app;
    const char *officers[ROOT_KEYS] = {NULL}, *name;
    char digits[FINGERPRINT_SIZE];
    struct error err = ERROR_INIT;
    size_t count = 0;
    json_t *chosen;
    if (strcmp(word, _("ROOT")) != 0 || json_object_size(m->chosen) != ROOT_KEYS)
        return;
    json_object_foreach(m->chosen, name, chosen) officers[count++] = name;
    bool ok = trust_make_root(app->store, officers, digits, &err);
    trust_done(below, ok, _("The root is made. Hand its card to every post, on paper."), &err);
    if (!ok)
        return;
    screen_leave(below);
    keycard_push(app, KEYCARD_ROOT);
}

static void make(struct screen *s)
{
    const struct makeroot *m = s->state;
    struct buf about = BUF_INIT;
    if (json_object_size(m->chosen) != ROOT_KEYS) {
        app_say(s->app, "%s", _("It takes three officers: Space chooses them."));
        return;
    }
    buf_addf(&about,
             _("Every post of the network trusts what two of these three say. Type %s and Enter."),
             _("ROOT"));
    ask_push(s->app, _("Make the root"), buf_text(&about), "", make_if_meant);
    buf_release(&about);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set(kept, "chosen", ((const struct makeroot *)s->state)->chosen);
}

static void restore(struct screen *s, const json_t *kept)
{
    json_object_update(((struct makeroot *)s->state)->chosen, json_object_get(kept, "chosen"));
}

static void close_state(struct screen *s)
{
    struct makeroot *m = s->state;
    officers_release(&m->officers);
    json_decref(m->chosen);
    free(m);
}

static const struct command commands[] = {
    {TK_ENTER, " ", N_("mark"), N_("Chooses the officer of this line, or not."), turn, on_row},
    {TK_F(2), NULL, N_("make it"), N_("Makes the root of the three, after a question."), make,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(make_if_meant), ANSWERS_END};

const struct screen_type makeroot_type = {
    .name = "make-root",
    .title = N_("Make the root"),
    .about = N_("The root of the directory is three keys, of officers of the Secretariat: two of "
                "them together certify States, and release the directory."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void makeroot_push(struct app *app)
{
    struct makeroot *m = xcalloc(1, sizeof *m);
    m->chosen = json_object();
    screen_push(app, &makeroot_type, m);
}
