/* SPDX-License-Identifier: MIT */
/* The missions in one country: who could help, whose they are, by which list and how old. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/who.h"
#include "amparo/tui/choices.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { DETAILS = 10 /* lines of a mission in full */ };

struct directory_screen {
    char *country;
    char *asking; /* whose national needs help, or NULL */
    bool members_only;
    bool loaded;
    struct who who;
    long unfolded; /* the row shown in full; 0: none */
};

static const char *name_of(const char *state)
{
    return country_name(state, reader_language);
}

static void forget(struct directory_screen *d)
{
    if (d->loaded)
        who_release(&d->who);
    d->loaded = false;
}

static size_t place_by_name(const char *state)
{
    const char *const *states = choices_states();
    size_t i = 0;
    while (states[i] && strcmp(states[i], state) != 0)
        i++;
    return i;
}

static int by_name(const void *a, const void *b)
{
    const struct mission *left = a, *right = b;
    size_t l = place_by_name(left->state), r = place_by_name(right->state);
    return l != r ? (l > r) - (l < r) : mission_compare(left, right);
}

static bool load(struct screen *s, struct error *err)
{
    struct directory_screen *d = s->state;
    forget(d);
    if (!store_who(s->app->store, d->country, d->asking, &d->who, err))
        return false;
    if (d->who.missions.count)
        qsort(d->who.missions.list, d->who.missions.count, sizeof *d->who.missions.list, by_name);
    d->loaded = true;
    return true;
}

/* ---- who could help ---- */

static void add_name(struct buf *out, size_t *count, const char *name)
{
    buf_addf(out, "%s%s", (*count)++ ? ", " : "", name);
}

/* The Parties with an able career post there, without the State concerned: facts, no order. */
static void add_helpers(struct body *b, const struct directory_screen *d, int width)
{
    const struct assessment *found = &d->who.assessment;
    struct buf line = BUF_INIT;
    size_t count = 0;
    buf_addf(&line, "%s%s", _("Could be asked"), label_colon());
    for (size_t i = 0; i < found->candidate_count; i++)
        add_name(&line, &count, name_of(found->candidates[i].state));
    if (!count)
        buf_adds(&line, _("nobody: no Party has an office there"));
    body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
    buf_release(&line);
}

/* Member States with an office there that take no part in the mechanism (7.2). */
static void add_outsiders(struct body *b, const struct directory_screen *d, int width)
{
    struct buf line = BUF_INIT;
    size_t count = 0;
    buf_addf(&line, "%s%s", _("With an office, and no Party"), label_colon());
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const char *state = member_states[i];
        if (who_has_office(&d->who, state, true) && !who_could_help(&d->who, state) &&
            !(d->asking && strcmp(d->asking, state) == 0))
            add_name(&line, &count, name_of(state));
    }
    if (count)
        body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
    buf_release(&line);
}

/* The State that asks: its own office there (7.3), or what it only lists. */
static void add_own(struct body *b, const struct directory_screen *d, int width)
{
    struct buf line = BUF_INIT;
    if (!d->asking)
        return;
    buf_addf(&line,
             who_has_office(&d->who, d->asking, false)
                 ? _("%s has an office of its own there (7.3)")
                 : _("%s has no office of its own there (7.3)"),
             name_of(d->asking));
    for (size_t i = 0; i < d->who.missions.count; i++) {
        const struct mission *m = &d->who.missions.list[i];
        if (strcmp(m->state, d->asking) != 0)
            continue;
        buf_addf(&line, "; %s", _(post_kind_codes[m->kind].label));
        if (*m->city)
            buf_addf(&line, ", %s", m->city);
    }
    body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
    buf_release(&line);
}

/* ---- the lines ---- */

/* "40 d", "14 mo", "4 y!": with a mark once a newer list should be asked for. */
static void say_age(struct buf *out, long days, long most)
{
    if (days < 100)
        buf_addf(out, _("%ld d"), days);
    else if (days < 730)
        buf_addf(out, _("%ld mo"), days / 30);
    else
        buf_addf(out, _("%ld y"), days / 365);
    if (days > most)
        buf_addc(out, '!');
}

static void say_city(struct buf *out, const struct mission *m)
{
    buf_adds(out, m->city);
    if (strcmp(m->seat, m->country) != 0)
        buf_addf(out, "%s%s", *m->city ? ", " : "", m->seat);
}

static void unfold(struct body *b, const char *label, const char *text, int width)
{
    int margin = width >= 60 ? 5 : 2, cells = width >= 38 ? 15 : 11;
    struct buf line = BUF_INIT;
    if (!text || !*text)
        return;
    buf_addf(&line, "%*s", margin, "");
    column(&line, _(label), cells);
    buf_adds(&line, text);
    body_wrap(b, BODY_DIM, width, margin + cells + 1, buf_text(&line));
    buf_release(&line);
}

static const struct directory_state *state_of(const struct directory_screen *d, const char *code)
{
    for (size_t i = 0; i < d->who.states.count; i++)
        if (strcmp(d->who.states.list[i].state, code) == 0)
            return &d->who.states.list[i];
    return NULL;
}

/* The line in full, and how the State is reached. */
static void add_details(struct body *b, const struct directory_screen *d, const struct mission *m,
                        int width)
{
    const struct directory_state *state = state_of(d, m->state);
    struct buf text = BUF_INIT;
    char date[DATE_SIZE];
    long days = date_days_between(m->on, d->who.today);
    buf_addf(&text, "%s%s", _(post_kind_codes[m->kind].label), m->able ? "" : "; ");
    buf_adds(&text, m->able ? "" : _("it cannot act"));
    unfold(b, N_("Kind"), buf_text(&text), width);
    buf_clear(&text);
    buf_addf(&text, "%s%s%s", m->city, *m->city ? ", " : "", name_of(m->seat));
    unfold(b, N_("Stands in"), buf_text(&text), width);
    unfold(b, N_("Telephone"), m->phone, width);
    unfold(b, N_("E-mail"), m->email, width);
    unfold(b, N_("Website"), m->website, width);
    static const char *const labels[FOCAL_KEYS] = {
        [FOCAL_DESK] = N_("Focal point"),    [FOCAL_EMAIL] = N_("Its e-mail"),
        [FOCAL_PHONE] = N_("Its telephone"), [FOCAL_HOURS] = N_("Its hours"),
        [FOCAL_LANGUAGES] = N_("Languages"), [FOCAL_FROM] = N_("Valid from"),
        [FOCAL_UNTIL] = N_("Valid until"),   [FOCAL_VERIFIED] = N_("Verified on"),
    };
    for (size_t k = 0; state && k < FOCAL_KEYS; k++)
        unfold(b, labels[k], state->focal[k], width);
    buf_clear(&text);
    buf_addf(&text, "%s, ", _(post_source_codes[m->source].label));
    values_say_when(&text, date_format(m->on, date), reader_language);
    buf_addf(&text, n_(", %ld day old", ", %ld days old", (unsigned long)days), days);
    if (days > d->who.facts.list_days)
        buf_addf(&text, "; %s", _("ask the focal point for a newer one"));
    unfold(b, N_("By the list"), buf_text(&text), width);
    unfold(b, N_("Its line"), m->reference, width);
    buf_release(&text);
}

static void add_mission(struct body *b, const struct directory_screen *d, size_t i, int width)
{
    const struct mission *m = &d->who.missions.list[i];
    struct buf row = BUF_INIT, text = BUF_INIT;
    char date[DATE_SIZE];
    column(&row, name_of(m->state), width >= 100 ? 24 : 15);
    say_city(&text, m);
    column(&row, buf_text(&text), width >= 100 ? 24 : 13);
    if (width >= 60)
        column(&row, m->able ? _(post_kind_codes[m->kind].label) : _("cannot act"), 17);
    if (width >= 80) {
        column(&row, m->source == SOURCE_OFFICIAL ? _("official") : _("seed"), 8);
        buf_clear(&text);
        values_say_when_short(&text, date_format(m->on, date), (struct instant){0},
                              reader_language);
        column(&row, buf_text(&text), 11);
    }
    say_age(&row, date_days_between(m->on, d->who.today), d->who.facts.list_days);
    body_row(b, (long)i + 1, NULL, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&text);
    if (d->unfolded == (long)i + 1)
        add_details(b, d, m, width);
}

static void add_missions(struct body *b, const struct directory_screen *d, bool members, int width)
{
    size_t before = b->count;
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", members ? _("Member States") : _("Other States"));
    for (size_t i = 0; i < d->who.missions.count; i++)
        if (country_is_member(d->who.missions.list[i].state) == members)
            add_mission(b, d, i, width);
    if (b->count == before + 2)
        body_empty(b, width, _("None on any list here; i takes a list of missions in."));
}

static void build(struct screen *s, int width)
{
    const struct directory_screen *d = s->state;
    if (!d->loaded)
        return;
    add_helpers(&s->body, d, width);
    add_outsiders(&s->body, d, width);
    add_own(&s->body, d, width);
    add_missions(&s->body, d, true, width);
    if (!d->members_only)
        add_missions(&s->body, d, false, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct directory_screen *d = s->state;
    buf_addf(where, "%s · %s", _("Missions"), name_of(d->country));
    if (d->asking)
        buf_addf(right, _("for nationals of %s"), name_of(d->asking));
}

/* ---- what can be done ---- */

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void unfold_row(struct screen *s)
{
    struct directory_screen *d = s->state;
    long row = body_focused(&s->body)->tag;
    d->unfolded = d->unfolded == row ? 0 : row;
    if (d->unfolded && s->body.focus + DETAILS > s->body.top + (size_t)s->rows)
        s->body.top = s->body.focus; /* what is unfolded comes into sight */
    screen_changed(s, false);
}

static void members_only(struct screen *s)
{
    struct directory_screen *d = s->state;
    d->members_only = !d->members_only;
    screen_changed(s, false);
}

static void take_asking(struct screen *below, long tag, void *ctx)
{
    struct directory_screen *d = below->state;
    (void)ctx;
    free(d->asking);
    d->asking = tag < MEMBER_COUNT ? xstrdup(member_states[tag]) : NULL;
    screen_changed(below, true);
}

static void choose_asking(struct screen *s)
{
    const struct directory_screen *d = s->state;
    struct pick *pick =
        pick_push(s->app, _("For nationals of which State?"), take_asking, NULL, NULL);
    for (long i = 0; i < MEMBER_COUNT; i++)
        if (strcmp(member_states[i], d->country) != 0)
            pick_add(pick, i, name_of(member_states[i]), member_states[i]);
    pick_add(pick, MEMBER_COUNT, _("of none in particular"), "");
}

static void other_country(struct screen *s)
{
    struct app *app = s->app;
    screen_leave(s);
    directory_push(app, NULL, NULL);
}

static void import(struct screen *s)
{
    directory_ask_import(s->app);
}

static void take_part(struct screen *s)
{
    partyform_push(s->app, ((const struct directory_screen *)s->state)->asking);
}

static void own_list(struct screen *s)
{
    offices_push(s->app);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct directory_screen *d = s->state;
    json_object_set_new(kept, "country", json_string(d->country));
    if (d->asking)
        json_object_set_new(kept, "asking", json_string(d->asking));
    json_object_set_new(kept, "members_only", json_boolean(d->members_only));
    json_object_set_new(kept, "unfolded", json_integer(d->unfolded));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct directory_screen *d = s->state;
    d->members_only = json_is_true(json_object_get(kept, "members_only"));
    d->unfolded = (long)keep_number(kept, "unfolded");
}

static void close_state(struct screen *s)
{
    struct directory_screen *d = s->state;
    forget(d);
    free(d->country);
    free(d->asking);
    free(d);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("in full"), N_("Shows this line in full: telephone, focal point, list."),
     unfold_row, on_row},
    {TK_NONE, "f", N_("for whom"), N_("Chooses whose nationals are to be helped."), choose_asking,
     NULL},
    {TK_NONE, "m", N_("members only"), N_("Leaves out the States that are no members, or not."),
     members_only, NULL},
    {TK_NONE, "l", N_("our list"),
     N_("Shows where our own State has offices, to be kept up to date."), own_list, NULL},
    {TK_NONE, "i", N_("take a list in"),
     N_("Takes a list of missions (CSV) into the directory, from a file."), import, NULL},
    {TK_NONE, NULL, N_("who takes part"), N_("Says since when a State takes part (7.2)."),
     take_part, NULL},
    {TK_F(3), "/", N_("other country"), N_("Searches another country."), other_country, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_asking), ANSWER(directory_take_import),
                                        ANSWERS_END};

const struct screen_type directory_type = {
    .name = "directory",
    .title = N_("Missions in a country"),
    .about = N_("Who has an office in the country. Could be asked: Parties with a career post "
                "there that can act, in the order of their codes. An exclamation mark: the list is "
                "older than 180 days."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

static void push(struct app *app, const char *country, const char *asking)
{
    struct directory_screen *d = xcalloc(1, sizeof *d);
    d->country = xstrdup(country);
    d->asking = asking ? xstrdup(asking) : NULL;
    screen_push(app, &directory_type, d);
}

void directory_reopen(struct app *app, const json_t *kept)
{
    push(app, keep_text(kept, "country"), json_string_value(json_object_get(kept, "asking")));
}

void directory_push(struct app *app, const char *country, const char *for_state)
{
    if (!country || !*country) {
        countries_push(app, for_state);
        return;
    }
    if (!for_state || !*for_state)
        for_state = store_post(app->store)->state;
    bool members = country_is_member(for_state) && strcmp(for_state, country) != 0;
    push(app, country, members ? for_state : NULL);
}
