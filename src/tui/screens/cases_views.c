/* SPDX-License-Identifier: MIT */
/* What the line of the case list can be: chosen word by word, sorted, counted, saved and called. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/facts.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/many.h"
#include "amparo/store/views.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/pick.h"

#include "cases_work.h"

/* The line of a view, in the reader's language. */
static void set_view(struct screen *s, const struct view *view)
{
    struct buf text = BUF_INIT;

    view_format(&text, view, reader_language);
    cases_set_line(s, buf_text(&text));
    buf_release(&text);
}

/* The line as it stands, read to its end. */
static void read_whole(const struct screen *s, struct view *out)
{
    view_parse(edit_text(&((const struct cases_state *)s->state)->line), reader_language, false,
               out, NULL);
}

/* ---- word by word ---- */

struct choosing {
    char **texts;
    size_t count, from, to; /* the part of the line that the choice takes the place of */
    struct pick *pick;
};

static void choosing_release(void *ctx)
{
    struct choosing *c = ctx;

    for (size_t i = 0; i < c->count; i++)
        free_wiped(c->texts[i]);
    free(c->texts);
    free(c);
}

static void add_choice(void *ctx, const char *text, const char *about)
{
    struct choosing *c = ctx;

    (void)about;
    c->texts = xreallocarray(c->texts, c->count + 1, sizeof *c->texts);
    c->texts[c->count++] = xstrdup(text);
}

static void show_choice(void *ctx, const char *text, const char *about)
{
    struct choosing *c = ctx;

    pick_add(c->pick, (long)c->count, text, about);
    add_choice(ctx, text, about);
}

/* In the place of the word; where a value is to follow, that is chosen next. */
static void take_choice(struct screen *below, long tag, void *ctx)
{
    struct cases_state *state = below->state;
    const struct choosing *c = ctx;
    const char *line = edit_text(&state->line), *text = c->texts[tag];
    bool open = text[strlen(text) - 1] == ':';
    const char *rest = line + c->to + strspn(line + c->to, " ");
    char *made = xasprintf("%.*s%s%s%s", (int)c->from, line, text, open ? "" : " ", rest);

    cases_set_line(below, made);
    edit_resume(&state->line, c->from + strlen(text) + !open);
    free_wiped(made);
    below->in_list = false;
    if (open)
        cases_choose(below);
}

/* From the list a word is added; in the line the one before the cursor goes on. */
static char *word_to_choose(struct screen *s, size_t *from, size_t *to)
{
    struct cases_state *state = s->state;
    const char *line = edit_text(&state->line);

    *to = s->in_list ? strlen(line) : state->line.at;
    if (s->in_list && *to && line[*to - 1] != ' ') {
        char *longer = xasprintf("%s ", line);
        edit_replace(&state->line, longer);
        free_wiped(longer);
        line = edit_text(&state->line);
        *to = strlen(line);
    }
    *from = view_last_word(line, *to);
    return xstrndup(line + *from, *to - *from);
}

void cases_choose(struct screen *s)
{
    struct choosing *c = xcalloc(1, sizeof *c);
    char *word = word_to_choose(s, &c->from, &c->to);

    view_choices(word, reader_language, add_choice, c);
    if (c->count == 1) {
        take_choice(s, 0, c);
        choosing_release(c);
    } else if (!c->count && strchr(word, ':')) {
        app_say(s->app, _("%s is followed by letters of a name."), word);
        choosing_release(c);
    } else if (!c->count) {
        app_say(s->app, _("No condition goes on from \"%s\"; what is typed is searched."), word);
        choosing_release(c);
    } else {
        struct choosing *shown = xcalloc(1, sizeof *shown);
        shown->from = c->from;
        shown->to = c->to;
        choosing_release(c);
        shown->pick = pick_push(s->app, _("Conditions"), take_choice, shown, choosing_release);
        view_choices(word, reader_language, show_choice, shown);
    }
    free_wiped(word);
}

/* ---- order, stage ---- */

static void take_sort(struct screen *below, long tag, void *ctx)
{
    struct view view;

    (void)ctx;
    read_whole(below, &view);
    view.backwards = (long)view.sort == tag && !view.backwards;
    view.sort = (enum view_sort)tag;
    set_view(below, &view);
    view_release(&view);
}

void cases_sort(struct screen *s)
{
    struct pick *pick =
        pick_push(s->app, _("Sort; the same once more: backwards"), take_sort, NULL, NULL);

    for (int i = 0; i < SORT_COUNT; i++)
        pick_add(pick, i, _(view_sort_label((enum view_sort)i)), "");
}

static void drop_terms(struct view *view, enum view_key key)
{
    size_t kept = 0;

    for (size_t i = 0; i < view->count; i++)
        if (view->terms[i].key == key)
            free_wiped(view->terms[i].value);
        else
            view->terms[kept++] = view->terms[i];
    view->count = kept;
}

static void add_term(struct view *view, enum view_key key, const char *value)
{
    view->terms = xreallocarray(view->terms, view->count + 1, sizeof *view->terms);
    view->terms[view->count++] = (struct view_term){.key = key, .value = xstrdup(value)};
}

void cases_next_stage(struct screen *s)
{
    struct view view;
    int stage = 0;

    read_whole(s, &view);
    for (size_t i = 0; i < view.count; i++)
        for (int k = 0; view.terms[i].key == VIEW_STAGE && k < STAGE_COUNT; k++)
            if (strcmp(view.terms[i].value, stage_name((enum stage)k)) == 0)
                stage = k + 1;
    drop_terms(&view, VIEW_STAGE);
    if (stage < STAGE_COUNT)
        add_term(&view, VIEW_STAGE, stage_name((enum stage)stage));
    set_view(s, &view);
    view_release(&view);
}

/* ---- counts ---- */

static void counts_release(void *ctx)
{
    view_counts_release(ctx);
    free(ctx);
}

static void take_count(struct screen *below, long tag, void *ctx)
{
    const struct counted *one = &((const struct view_counts *)ctx)->list[tag];
    struct view view;

    read_whole(below, &view);
    drop_terms(&view, one->key);
    add_term(&view, one->key, one->code);
    set_view(below, &view);
    view_release(&view);
}

static const char *name_of(const struct counted *one)
{
    const char *ground = one->key == VIEW_GROUND ? code_label(ground_codes, one->code) : NULL;

    if (one->key == VIEW_STAGE)
        return _(one->code);
    if (one->key == VIEW_GROUND)
        return ground ? _(ground) : one->code;
    return country_name(one->code, reader_language);
}

enum { BAR = 20 };

static void add_count(struct pick *pick, size_t i, const struct counted *one, size_t most)
{
    static const char *const heads[] = {[VIEW_STAGE] = N_("stage"),
                                        [VIEW_PLACE] = N_("where now"),
                                        [VIEW_STATE] = N_("State"),
                                        [VIEW_GROUND] = N_("ground")};
    struct buf label = BUF_INIT, detail = BUF_INIT;

    buf_addf(&label, "%s%s%s", _(heads[one->key]), label_colon(), name_of(one));
    buf_addf(&detail, "%6zu ", one->count);
    for (size_t n = 0; n < (one->count * BAR + most - 1) / most; n++)
        buf_addc(&detail, '#');
    pick_add(pick, (long)i, buf_text(&label), buf_text(&detail));
    buf_release(&label);
    buf_release(&detail);
}

void cases_counts(struct screen *s)
{
    const struct cases_state *state = s->state;
    struct view_counts *counts = xcalloc(1, sizeof *counts);
    struct error err = ERROR_INIT;
    struct buf title = BUF_INIT;

    if (!store_view_counts(s->app->store, &state->order, counts, &err)) {
        app_say_error(s->app, &err);
        free(counts);
        error_release(&err);
        return;
    }
    buf_addf(&title, n_("%zu case: of which", "%zu cases: of which", state->order.count),
             state->order.count);
    struct pick *pick = pick_push(s->app, buf_text(&title), take_count, counts, counts_release);
    for (size_t i = 0; i < counts->count; i++)
        add_count(pick, i, &counts->list[i], state->order.count ? state->order.count : 1);
    buf_release(&title);
}

/* ---- saved ---- */

/* In English, as it is saved and compared. */
static char *kept_text(const struct view *view)
{
    struct buf text = BUF_INIT;

    view_format(&text, view, english);
    return buf_detach(&text);
}

void cases_name_view(struct screen *s)
{
    struct cases_state *state = s->state;
    struct saved_views views;
    char *text = kept_text(&state->view);

    free_wiped(state->name);
    state->name = NULL;
    if (*text && store_views(s->app->store, &views, NULL)) {
        for (size_t i = 0; !state->name && i < views.count; i++)
            if (strcmp(views.list[i].text, text) == 0)
                state->name = xstrdup(views.list[i].name);
        saved_views_release(&views);
    }
    free_wiped(text);
}

static void call(struct screen *s, const struct saved_view *saved)
{
    struct view view;

    view_parse(saved->text, english, false, &view, NULL);
    set_view(s, &view);
    view_release(&view);
}

static bool read_views(struct screen *s, struct saved_views *out)
{
    struct error err = ERROR_INIT;
    bool ok = store_views(s->app->store, out, &err);

    if (!ok)
        app_say_error(s->app, &err);
    error_release(&err);
    return ok;
}

void cases_call(struct screen *s, int digit)
{
    struct saved_views views;
    bool found = false;

    if (!read_views(s, &views))
        return;
    for (size_t i = 0; !found && i < views.count; i++)
        if (views.list[i].digit == digit) {
            call(s, &views.list[i]);
            found = true;
        }
    if (!found)
        app_say(s->app, _("No view has the digit %d: w saves one."), digit);
    saved_views_release(&views);
}

static void views_release(void *ctx)
{
    saved_views_release(ctx);
    free(ctx);
}

static void take_view(struct screen *below, long tag, void *ctx)
{
    call(below, &((const struct saved_views *)ctx)->list[tag]);
}

static void forget_view(struct screen *below, long tag, void *ctx)
{
    const struct saved_view *view = &((const struct saved_views *)ctx)->list[tag];
    struct error err = ERROR_INIT;

    if (store_view_drop(below->app->store, view->name, &err))
        app_say(below->app, _("The view %s is gone."), view->name);
    else
        app_say_error(below->app, &err);
    error_release(&err);
    screen_changed(below, true);
}

static void show_views(struct screen *s, const char *title, bool own, pick_fn *chosen)
{
    struct saved_views *views = xcalloc(1, sizeof *views);

    if (!read_views(s, views)) {
        free(views);
        return;
    }
    struct pick *pick = pick_push(s->app, title, chosen, views, views_release);
    for (size_t i = 0; i < views->count; i++) {
        const struct saved_view *one = &views->list[i];
        struct buf label = BUF_INIT, text = BUF_INIT;
        struct view view;
        if (own && !one->own)
            continue;
        buf_addf(&label, "%c %s", one->digit ? '0' + one->digit : ' ', one->name);
        view_parse(one->text, english, false, &view, NULL);
        view_format(&text, &view, reader_language);
        pick_add(pick, (long)i, buf_text(&label), buf_text(&text));
        view_release(&view);
        buf_release(&label);
        buf_release(&text);
    }
}

void cases_views(struct screen *s)
{
    show_views(s, _("Views"), false, take_view);
}

void cases_forget(struct screen *s)
{
    show_views(s, _("Which view is to go?"), true, forget_view);
}

/* "5 the Gulf": the digit calls it. */
static void save_view(struct screen *below, const char *answer)
{
    const char *name = answer + strspn(answer, " ");
    struct error err = ERROR_INIT;
    struct view view;
    int digit = 0;

    if (*name >= '1' && *name <= '9' && name[1] == ' ') {
        digit = *name - '0';
        name += 1 + strspn(name + 1, " ");
    }
    read_whole(below, &view);
    char *text = kept_text(&view);
    if (!store_view_save(below->app->store, name, digit, text, &err))
        app_say_error(below->app, &err);
    else if (digit)
        app_say(below->app, _("The view %s was saved; in the list, %d calls it."), name, digit);
    else
        app_say(below->app, _("The view %s was saved."), name);
    free_wiped(text);
    view_release(&view);
    error_release(&err);
    screen_changed(below, true);
}

void cases_save(struct screen *s)
{
    const struct cases_state *state = s->state;

    if (!*edit_text(&state->line)) {
        app_say(s->app, "%s", _("Nothing is typed in the line that could be saved."));
        return;
    }
    ask_push(s->app, _("Save this view"),
             _("A name for it, and before it, if you like, the digit that calls it: 5 the Gulf"),
             state->name ? state->name : "", save_view);
}

/* ---- what it asks ---- */

const struct answer cases_views_answers[] = {
    ANSWER_AGAIN(take_choice, cases_choose), ANSWER_AGAIN(take_sort, cases_sort),
    ANSWER_AGAIN(take_count, cases_counts),  ANSWER_AGAIN(take_view, cases_views),
    ANSWER_AGAIN(forget_view, cases_forget), ANSWER(save_view),
    ANSWERS_MORE(cases_many_answers),
};
