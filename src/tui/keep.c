/* SPDX-License-Identifier: MIT */
#include "amparo/tui/keep.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casesmany.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/printing.h"
#include "amparo/tui/places.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustscreens.h"

const char *keep_text(const json_t *kept, const char *key)
{
    const char *text = json_string_value(json_object_get(kept, key));
    return text ? text : "";
}

json_int_t keep_number(const json_t *kept, const char *key)
{
    return json_integer_value(json_object_get(kept, key));
}

/* ---- how each screen is opened ---- */

/* Those that need more than a name and a reference (places.h). */
static const struct {
    const char *name;
    void (*reopen)(struct app *app, const json_t *kept);
} others[] = {
    {"resume", resume_reopen},
    {"event", event_reopen},
    {EVENT_FORM, eventform_reopen},
    {EVENT_LIST, eventlist_reopen},
    {"history", history_reopen},
    {"act", actview_reopen},
    {"form", actform_reopen},
    {"directory", directory_reopen},
    {"preview", preview_reopen},
    {"print", printing_reopen},
    {"report", report_reopen},
    {"likely", likely_reopen},
    {OFFICE_FORM, officeform_reopen},
    {"ask", asked_reopen},
    {"pick", pick_reopen},
    {"help", helptext_reopen},
    {"compare", compare_reopen},
    {"refusal", refusal_reopen},
    {"both", both_reopen},
    {MANY_SCREEN, casesmany_reopen},
    {PARTY_FORM, partyform_reopen},
    {"sheets", sheets_reopen},
    {LETTER_SCREEN, letter_reopen},
    {OUTPOST_SCREEN, outpost_reopen},
    {HANDTEXT_SCREEN, handtext_reopen},
    {HANDCODES_SCREEN, handcodes_reopen},
    {TRUST_WHY, trustwhy_reopen},
    {CALL_FORM, callform_reopen},
    {CARD_VIEW, cardview_reopen},
    {KEYCARD_SCREEN, keycard_reopen},
    {REVOKE_SCREEN, revoke_reopen},
};

static void push_place(struct app *app, const char *name, const json_t *kept)
{
    for (const struct place *place = places; place->type; place++) {
        if (strcmp(place->type->name, name) != 0)
            continue;
        if (place->push)
            place->push(app);
        else
            place->push_of(app, json_string_value(json_object_get(kept, "reference")));
        return;
    }
}

static void push_named(struct app *app, const char *name, const json_t *kept)
{
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (strcmp(others[i].name, name) == 0) {
            others[i].reopen(app, kept);
            return;
        }
    push_place(app, name, kept);
}

/* ---- questions ---- */

/* By its name, or (NULL) by what it is. */
static const struct answer *find_answer(const struct answer *list, const char *name,
                                        answer_fn *take)
{
    while (list) {
        for (; list->name; list++)
            if (name ? strcmp(list->name, name) == 0 : list->take == take)
                return list;
        list = list->more;
    }
    return NULL;
}

static const struct answer *answer_of(const struct screen *below, const char *name, answer_fn *take)
{
    const struct answer *found = find_answer(below ? below->type->answers : NULL, name, take);
    return found ? found : find_answer(screen_answers, name, take);
}

static const struct screen *below(const struct screen *s)
{
    const struct app *app = s->app;
    size_t at = 0;
    while (at < app->depth && app->screens[at] != s)
        at++;
    return at ? app->screens[at - 1] : NULL;
}

const struct answer *keep_answer(const struct screen *question, answer_fn *take, json_t *kept)
{
    const struct answer *a = answer_of(below(question), NULL, take);
    if (a)
        json_object_set_new(kept, "answer", json_string(a->name));
    return a;
}

const struct answer *keep_answered(const struct app *app, const json_t *kept)
{
    return answer_of(app_top(app), keep_text(kept, "answer"), NULL);
}

/* ---- all of them ---- */

static json_t *keep_one(struct screen *s)
{
    if (s->kept) /* it was not looked at since */
        return json_incref(s->kept);
    json_t *kept = json_pack("{s:s}", "screen", s->type->name);
    json_t *body = body_keep(&s->body);
    if (body)
        json_object_set_new(kept, "body", body);
    if (s->in_list)
        json_object_set_new(kept, "in_list", json_true());
    struct buf where = BUF_INIT, right = BUF_INIT;
    if (s->type->head && !s->stale) /* for who is asked whether to go on there */
        s->type->head(s, &where, &right);
    else
        buf_adds(&where, _(s->type->title));
    json_object_set_new(kept, "said", json_string(buf_text(&where)));
    buf_release(&where);
    buf_release(&right);
    if (s->opened)
        json_object_set_new(kept, "opened", json_true());
    s->type->keep(s, kept);
    return kept;
}

json_t *keep_screens(struct app *app)
{
    json_t *all = json_array();
    for (size_t i = 0; i < app->depth; i++)
        if (app->screens[i]->type->keep)
            json_array_append_new(all, keep_one(app->screens[i]));
    return all;
}

bool keep_is_unwritten(const json_t *kept)
{
    size_t i;
    json_t *one;
    json_array_foreach(kept, i, one)
    {
        if (json_object_get(one, KEEP_UNWRITTEN))
            return true;
    }
    return false;
}

static bool is_question(const json_t *kept)
{
    return json_object_get(kept, "answer") != NULL;
}

const json_t *keep_ground(const json_t *kept)
{
    size_t i = json_array_size(kept);
    while (i > 1 && (is_question(json_array_get(kept, i - 1)) ||
                     strcmp(keep_text(json_array_get(kept, i - 1), "screen"), "help") == 0))
        i--;
    return i ? json_array_get(kept, i - 1) : NULL;
}

/* Who puts a question has to know what it is about, and on which row one is. */
static bool is_known(struct screen *s)
{
    if (!s || !screen_load(s))
        return false;
    frame_make(s, app_cols(s->app));
    return true;
}

void keep_reopen(struct app *app, const json_t *kept)
{
    size_t i;
    json_t *one;
    bool gap = false; /* what stood here is no more: a question above it is nobody's */
    json_array_foreach(kept, i, one)
    {
        size_t depth = app->depth;
        gap = gap && is_question(one);
        if (!gap && (!is_question(one) || is_known(app_top(app))))
            push_named(app, keep_text(one, "screen"), one);
        gap = app->depth == depth;
        if (gap)
            continue;
        struct screen *s = app_top(app);
        s->kept = json_incref(one);
        s->opened = json_is_true(json_object_get(one, "opened"));
        s->in_list = json_object_get(one, "in_list") != NULL;
        body_expect(&s->body, json_object_get(one, "body"));
        if (s->type->restore)
            s->type->restore(s, one);
    }
}
