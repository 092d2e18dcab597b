/* SPDX-License-Identifier: MIT */
/* All countries, searched as one types, with the Member States that have offices in each. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/codewords.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"

/* One country, and what each Member State has there. */
struct place {
    const struct country *country;
    const char *name; /* in the reader's language */
    enum presence_mark marks[MEMBER_COUNT];
    enum text_match match;
};

struct countries {
    struct edit query;
    bool moved; /* the focus is in the list, not in the search field */
    char *asking;
    struct place *places; /* by name */
    size_t count;
};

/* ---- reading ---- */

/* By their names in the language of now. */
static void make_places(struct countries *c)
{
    const char *const *codes = choices_states();
    free(c->places);
    country_all(&c->count);
    c->places = xcalloc(c->count, sizeof *c->places);
    for (size_t i = 0; i < c->count; i++)
        c->places[i] = (struct place){.country = country_find(codes[i]),
                                      .name = country_name(codes[i], reader_language)};
}

static struct place *place_of(struct countries *c, const char *code)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->places[i].country->code, code) == 0)
            return &c->places[i];
    return NULL;
}

static enum presence_mark mark_of(const struct mission *m)
{
    return m->kind < POST_HONORARY && m->able ? MARK_OFFICE : MARK_LISTED;
}

static bool load_member(struct screen *s, size_t member, struct error *err)
{
    struct countries *c = s->state;
    struct missions missions;
    if (!store_directory_missions(s->app->store, member_states[member], NULL, &missions, err))
        return false;
    for (size_t i = 0; i < missions.count; i++) {
        const struct mission *m = &missions.list[i];
        struct place *place = place_of(c, m->country);
        if (place && mark_of(m) > place->marks[member])
            place->marks[member] = mark_of(m);
    }
    missions_release(&missions);
    return true;
}

static bool load(struct screen *s, struct error *err)
{
    struct countries *c = s->state;
    make_places(c);
    for (size_t member = 0; member < MEMBER_COUNT; member++)
        if (!load_member(s, member, err))
            return false;
    return true;
}

/* ---- showing ---- */

static enum text_match match_of(const struct place *place, const char *typed)
{
    if (!*typed)
        return TEXT_MATCH_PART;
    if (text_match(typed, place->country->code) == TEXT_MATCH_WHOLE ||
        text_match(typed, place->country->alpha3) == TEXT_MATCH_WHOLE)
        return TEXT_MATCH_WHOLE;
    enum text_match here = text_match(typed, place->name);
    enum text_match other = text_match(typed, codewords_country(place->country->code));
    if (other > TEXT_MATCH_WORDS) /* of several names: which is first means nothing */
        other = TEXT_MATCH_WORDS;
    return here > other ? here : other;
}

/* "CA CR MX PA US (GT)": in brackets who only lists the country. */
static void say_marks(struct buf *out, const struct place *place)
{
    for (int level = MARK_OFFICE; level >= MARK_LISTED; level--) {
        size_t count = 0;
        for (size_t i = 0; i < MEMBER_COUNT; i++)
            if (place->marks[i] == (enum presence_mark)level)
                buf_addf(out, "%s%s",
                         count++                ? " "
                         : level == MARK_LISTED ? "("
                                                : "",
                         member_states[i]);
        if (count)
            buf_adds(out, level == MARK_LISTED ? ")" : " ");
    }
}

static void add_place(struct screen *s, const struct place *place, int width)
{
    struct buf row = BUF_INIT;
    column(&row, place->name, width >= 100 ? 44 : width >= 70 ? 28 : 16);
    column(&row, place->country->code, 3);
    say_marks(&row, place);
    body_row(&s->body, 0, place->country->code, "%s", buf_text(&row));
    buf_release(&row);
}

static bool is_empty(const struct countries *c)
{
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < MEMBER_COUNT; k++)
            if (c->places[i].marks[k])
                return false;
    return true;
}

/* The best first, equals by name. */
static void build(struct screen *s, int width)
{
    struct countries *c = s->state;
    if (is_empty(c))
        body_empty(&s->body, width,
                   _("No member has an office on any list here. Enter on a country, then i takes "
                     "a list of missions in."));
    size_t before = s->body.count;
    for (size_t i = 0; i < c->count; i++)
        c->places[i].match = match_of(&c->places[i], edit_text(&c->query));
    for (int level = TEXT_MATCH_WHOLE; level > TEXT_MATCH_NONE; level--)
        for (size_t i = 0; i < c->count; i++)
            if (c->places[i].match == (enum text_match)level)
                add_place(s, &c->places[i], width);
    if (s->body.count == before)
        body_line(&s->body, BODY_DIM, "  %s", _("No country is called so."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    buf_adds(where, _("Missions in which country?"));
    if (app_cols(s->app) >= 60) /* half a word says less than none */
        buf_adds(right, _("offices of members (only listed)"));
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct countries *c = s->state;
    int cols = term_cols(term), gap = rows > 3 ? 2 : 1;
    int col = 1 + term_put(term, row, 1, ROLE_LABEL, _("Search"), cols - 2) + 1;
    int width = cols - col - 2 < 40 ? cols - col - 2 : 40;
    body_draw(&s->body, term, row + gap, rows - gap);
    if (!c->moved)
        term_put(term, row, 0, ROLE_FOCUS, ">", 1);
    if (c->moved)
        field_draw(term, row, col, width, 1, ROLE_FIELD, edit_text(&c->query));
    else
        edit_draw(&c->query, term, row, col, width, 1);
}

/* ---- keys ---- */

static bool moves(const struct term_event *event)
{
    static const enum term_key keys[] = {TK_UP,        TK_DOWN, TK_PAGE_UP,
                                         TK_PAGE_DOWN, TK_TAB,  TK_BACKTAB};
    for (size_t i = 0; event->kind == TERM_KEY && i < ARRAY_SIZE(keys); i++)
        if (event->key == keys[i])
            return true;
    return false;
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct countries *c = s->state;
    if (moves(event)) {
        c->moved = true;
        return body_event(&s->body, event, s->rows - 2);
    }
    if (!edit_event(&c->query, event, 40))
        return false;
    c->moved = false;
    body_release(&s->body); /* the focus goes to the best */
    screen_changed(s, false);
    return true;
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    const struct countries *c = s->state;
    directory_push(s->app, body_focused(&s->body)->ref, c->asking);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct countries *c = s->state;
    edit_keep(&c->query, kept);
    json_object_set_new(kept, "moved", json_boolean(c->moved));
    if (c->asking)
        json_object_set_new(kept, "reference", json_string(c->asking));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct countries *c = s->state;
    edit_restore(&c->query, kept);
    c->moved = json_is_true(json_object_get(kept, "moved"));
}

static void line(struct screen *s, struct screen_line *out)
{
    struct countries *c = s->state;
    *out = (struct screen_line){_("Search"), &c->query, true};
}

static void close_state(struct screen *s)
{
    struct countries *c = s->state;
    edit_release(&c->query);
    free(c->places);
    free(c->asking);
    free(c);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("missions"), N_("Shows the missions in the country of the mark."), open_row,
     on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type countries_type = {
    .name = "countries",
    .title = N_("Countries"),
    .about = N_("Type letters of the country's name, or its code. Beside it are the Member States "
                "with an able career post there; in brackets those that only list it: by a "
                "non-resident mission, or an honorary consul."),
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

void countries_push(struct app *app, const char *for_state)
{
    struct countries *c = xcalloc(1, sizeof *c);
    edit_init(&c->query, false, 100);
    c->asking = for_state ? xstrdup(for_state) : NULL;
    screen_push(app, &countries_type, c);
}
