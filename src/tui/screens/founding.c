/* SPDX-License-Identifier: MIT */
/* The profile of a new post and its first head: the first step, in which nothing is written. */
#include "amparo/tui/founding.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/founding.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/form.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/settle.h"
#include "amparo/tui/values.h"

struct founding_state {
    struct app *app;
    struct founding f;
    struct casework w; /* of no case and no store */
    struct act_items items;
    struct form *form;
    size_t faults;
};

static void founding_release(struct founding *f)
{
    post_profile_release(&f->post);
    f->post = (struct post_profile){0};
    free(f->officer);
    free(f->path);
    f->officer = f->path = NULL;
}

/* ---- what goes without saying ---- */

static void offer(struct founding_state *state, const char *key, const char *value)
{
    if (!*form_value(state->form, key))
        form_offer(state->form, key, value);
}

/* "HNTGU" of Honduras and Tegucigalpa. */
static void offer_code(struct founding_state *state)
{
    struct buf city = BUF_INIT, code = BUF_INIT;
    text_fold(&city, form_value(state->form, "city"));
    buf_adds(&code, form_value(state->form, "state"));
    for (const char *c = buf_text(&city); *c && code.size < 5; c++)
        if (isupper((unsigned char)*c))
            buf_addc(&code, *c);
    if (code.size == 5)
        offer(state, "code", buf_text(&code));
    buf_release(&city);
    buf_release(&code);
}

static void offer_name(struct founding_state *state)
{
    const char *kind = form_value(state->form, "kind"), *city = form_value(state->form, "city");
    struct buf name = BUF_INIT;
    if (strcmp(kind, "secretariat") == 0)
        buf_adds(&name, _("Technical Secretariat"));
    else if (*kind && *city)
        buf_addf(&name, "%s, %s",
                 strcmp(kind, "directorate") == 0 ? _("Consular Directorate") : _("Consulate"),
                 city);
    if (name.size)
        offer(state, "post", buf_text(&name));
    buf_release(&name);
}

static void offer_file(struct founding_state *state)
{
    const char *code = form_value(state->form, "code");
    struct buf path = BUF_INIT;
    if (state->app->path)
        buf_adds(&path, state->app->path);
    else if (*code)
        buf_addf(&path, "~/%s.amparo", code);
    for (char *c = path.data; !state->app->path && c && *c; c++)
        *c = (char)tolower((unsigned char)*c);
    if (path.size)
        offer(state, "file", buf_text(&path));
    buf_release(&path);
}

static void left(void *ctx, const struct form_item *item, const char *value, enum form_leaving how)
{
    struct founding_state *state = ctx;
    (void)how;
    if (strcmp(item->key, "state") == 0 && *value)
        offer(state, "country", value);
    else if (strcmp(item->key, "kind") == 0)
        offer_name(state);
    else if (strcmp(item->key, "post") == 0)
        offer_code(state);
    else if (strcmp(item->key, "officer") == 0)
        offer_file(state);
}

static enum form_level settle(void *ctx, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    struct founding_state *state = ctx;
    const struct act_item *detail = act_items_detail(&state->items, item->key);
    if (strcmp(item->key, "code") == 0)
        for (char *c = value->data; *c; c++)
            *c = (char)toupper((unsigned char)*c);
    if (!detail || item->kind == FORM_CODE)
        return FORM_FINE;
    return field_settle(detail->field, app_now(state->app), value, echo);
}

static const struct form_hooks hooks = {settle, left, NULL, NULL};

/* ---- on to the next step ---- */

static const char *value_at(void *ctx, const char *path)
{
    return form_value(((struct founding_state *)ctx)->form, path);
}

static void mark(void *ctx, const char *path, const char *text)
{
    struct founding_state *state = ctx;
    form_mark(state->form, path, FORM_ERROR, text);
    if (!state->faults++)
        form_go(state->form, path, FORM_NO_CURSOR);
}

/* Lines "code: what" of a check go beside their fields. */
static void mark_lines(struct founding_state *state, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n"), colon = strcspn(text, ":");
        char *key = xstrndup(text, colon < size ? colon : size);
        char *said = xstrndup(text + colon + 1, size > colon ? size - colon - 1 : 0);
        if (act_items_detail(&state->items, key))
            mark(state, key, said + strspn(said, " "));
        free(key);
        free(said);
        text += size + (text[size] == '\n');
    }
}

/* A folder in which one may write, and no such file in it. */
static void check_path(struct founding_state *state)
{
    const char *path = state->f.path, *slash = strrchr(path, '/');
    char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
    if (access(path, F_OK) == 0)
        mark(state, "file", _("is there already; choose another name"));
    else if (access(folder, W_OK | X_OK) != 0)
        mark(state, "file", _("its folder is not there, or not yours to write in"));
    else if (slash && !slash[1])
        mark(state, "file", _("is a folder; add a name"));
    free(folder);
}

static char *copy_of(struct founding_state *state, const char *key)
{
    return xstrdup(form_value(state->form, key));
}

static void take(struct founding_state *state)
{
    founding_release(&state->f);
    state->f.post = (struct post_profile){copy_of(state, "state"), copy_of(state, "code"),
                                          copy_of(state, "post"),  copy_of(state, "country"),
                                          copy_of(state, "city"),  copy_of(state, "kind")};
    state->f.officer = copy_of(state, "officer");
    state->f.path = path_in_full(form_value(state->form, "file"));
}

static void finish(struct screen *s)
{
    struct founding_state *state = s->state;
    struct error err = ERROR_INIT;
    form_leave(state->form);
    state->faults = 0;
    json_decref(values_read(founding_type.fields, app_now(s->app), value_at, mark, state));
    if (!state->faults) {
        take(state);
        if (!post_check(&state->f.post, &err))
            mark_lines(state, error_text(&err));
        check_path(state);
    }
    error_release(&err);
    if (state->faults)
        app_say(s->app,
                n_("%zu value needs another look.", "%zu values need another look.", state->faults),
                state->faults);
    else
        newpass_push(s->app, &state->f);
}

/* ---- the screen ---- */

static bool load(struct screen *s, struct error *err)
{
    struct founding_state *state = s->state;
    (void)err;
    if (state->items.count)
        return true;
    act_items_make(&state->items,
                   &(struct act_items_order){.w = &state->w, .fields = founding_type.fields});
    form_set_items(state->form, state->items.list, state->items.count);
    offer(state, "kind", "consulate");
    return true;
}

static void help(struct screen *s)
{
    struct founding_state *state = s->state;
    fieldhelp_push(s, &founding_type, act_items_field_at(&state->items, state->form), false);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct founding_state *state = s->state;
    switch (form_event(state->form, event)) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        return true;
    case FORM_DONE:
        finish(s);
        return true;
    case FORM_CANCEL:
        screen_leave(s);
        return true;
    case FORM_HELP:
        help(s);
        return true;
    case FORM_HELP_ALL:
        help_push(s);
        return true;
    }
    return false;
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    form_draw(((struct founding_state *)s->state)->form, term, row, rows);
}

static struct form *form_of(const struct screen *s)
{
    return ((const struct founding_state *)s->state)->form;
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)s;
    (void)right;
    buf_addf(where, _("Step %d of 4 · %s"), 1, _("the post"));
}

static void close_state(struct screen *s)
{
    struct founding_state *state = s->state;
    form_free(state->form);
    act_items_release(&state->items);
    casework_release(&state->w);
    founding_release(&state->f);
    passentry_release(&state->f.secret);
    free(state);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("go on"), N_("Goes on to the passphrase."), finish, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type founding_screen_type = {
    .name = "founding",
    .title = N_("The post"),
    .about = N_("Whose case file it is. All of it stands in its documents, and none of it can be "
                "changed afterwards. Nothing is written yet."),
    .commands = commands,
    .typing = true,
    .load = load,
    .head = head,
    .draw = draw,
    .event = event,
    .form = form_of,
    .close = close_state,
};

void founding_push(struct app *app)
{
    struct founding_state *state = xcalloc(1, sizeof *state);
    state->app = app;
    casework_init(&state->w, NULL, NULL);
    passentry_init(&state->f.secret);
    state->form = form_new(&hooks, state);
    screen_push(app, &founding_screen_type, state);
}
