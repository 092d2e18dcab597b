/* SPDX-License-Identifier: MIT */
/* The missions in a country: whose, where, by which list and how old; who of them could help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct directory_screen {
    char *country;
    char *for_state; /* whom they could help, or NULL */
    bool members_only;
    struct missions missions;
    struct directory_states states;
    char unfolded[48]; /* ref of the row unfolded */
};

static bool load(struct screen *s, struct error *err)
{
    struct directory_screen *d = s->state;
    missions_release(&d->missions);
    directory_states_release(&d->states);
    d->missions = (struct missions)MISSIONS_INIT;
    d->states = (struct directory_states){0};
    return store_directory_missions(s->app->store, NULL, d->country, &d->missions, err) &&
           store_directory_states(s->app->store, &d->states, err);
}

static const struct directory_state *state_of(const struct directory_screen *d, const char *code)
{
    for (size_t i = 0; i < d->states.count; i++)
        if (strcmp(d->states.list[i].state, code) == 0)
            return &d->states.list[i];
    return NULL;
}

static bool takes_part(const struct directory_state *state, struct date today)
{
    return state && state->since.year && date_compare(state->since, today) <= 0 &&
           (!state->until.year || date_compare(today, state->until) <= 0);
}

/* "list of 1 Feb, 287 days!": with a mark once it is older than the instrument's practice takes. */
static void say_age(struct buf *out, const struct mission *mission, struct instant now)
{
    char date[DATE_SIZE];
    long days = date_days_between(mission->on, instant_date(now));
    buf_addf(out, "%s ", _(post_source_codes[mission->source].label));
    values_say_when_short(out, date_format(mission->on, date), now, reader_language);
    buf_addf(out, n_(", %ld day", ", %ld days", (unsigned long)days), days);
    if (days > LIST_DAYS)
        buf_addc(out, '!');
}

static void unfold(struct body *b, const struct directory_screen *d, const struct mission *m,
                   int width)
{
    const struct directory_state *state = state_of(d, m->state);
    const struct {
        const char *label, *text;
    } lines[] = {
        {N_("Telephone"), m->phone},
        {N_("E-mail"), m->email},
        {N_("Website"), m->website},
        {N_("Focal point"), state ? state->email : NULL},
        {N_("Its telephone"), state ? state->phone : NULL},
        {N_("Line"), m->reference},
    };
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
        if (!lines[i].text || !*lines[i].text)
            continue;
        struct buf line = BUF_INIT;
        buf_adds(&line, "     ");
        column(&line, _(lines[i].label), 16);
        buf_adds(&line, lines[i].text);
        body_wrap(b, BODY_DIM, width, 22, buf_text(&line));
        buf_release(&line);
    }
}

static void add_mission(struct screen *s, size_t i, int width)
{
    const struct directory_screen *d = s->state;
    const struct mission *m = &d->missions.list[i];
    struct instant now = app_now(s->app);
    struct buf row = BUF_INIT, city = BUF_INIT;
    char ref[48];
    buf_addf(&city, "%s%s%s", m->city, strcmp(m->seat, m->country) != 0 ? ", " : "",
             strcmp(m->seat, m->country) != 0 ? m->seat : "");
    column(&row, country_name(m->state, reader_language), width >= 80 ? 20 : 14);
    column(&row, buf_text(&city), width >= 80 ? 16 : 12);
    if (width >= 60)
        column(&row, _(post_kind_codes[m->kind].label), width >= 80 ? 18 : 10);
    if (!m->able)
        buf_addf(&row, "%s; ", _("cannot act"));
    say_age(&row, m, now);
    snprintf(ref, sizeof ref, "%zu", i);
    body_row(&s->body, (long)i, ref, "%s", buf_text(&row));
    if (strcmp(d->unfolded, ref) == 0)
        unfold(&s->body, d, m, width);
    buf_release(&row);
    buf_release(&city);
}

/* The Parties with an able career post there, without the State concerned: facts, no order. */
static void add_helpers(struct screen *s, int width)
{
    const struct directory_screen *d = s->state;
    struct date today = instant_date(app_now(s->app));
    struct buf line = BUF_INIT;
    size_t count = 0;
    buf_addf(&line, "%s: ", _("Could help there"));
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const char *code = member_states[i];
        bool has_office = false;
        if ((d->for_state && strcmp(code, d->for_state) == 0) || strcmp(code, d->country) == 0 ||
            !takes_part(state_of(d, code), today))
            continue;
        for (size_t j = 0; j < d->missions.count; j++) {
            const struct mission *m = &d->missions.list[j];
            has_office =
                has_office || (strcmp(m->state, code) == 0 && m->able && m->kind < POST_HONORARY);
        }
        if (has_office)
            buf_addf(&line, "%s%s", count++ ? ", " : "", country_name(code, reader_language));
    }
    if (!count)
        buf_adds(&line, _("no Party has an office there"));
    body_wrap(&s->body, BODY_PLAIN, width, 2, buf_text(&line));
    buf_release(&line);
}

static void build(struct screen *s, int width)
{
    const struct directory_screen *d = s->state;
    struct body *b = &s->body;
    for (int members = 1; members >= !!d->members_only; members--) {
        size_t before = b->count;
        body_line(b, BODY_HEAD, " %s", members ? _("Member States") : _("Other States"));
        for (size_t i = 0; i < d->missions.count; i++)
            if (country_is_member(d->missions.list[i].state) == !!members)
                add_mission(s, i, width);
        if (b->count == before + 1)
            body_line(b, BODY_DIM, "   %s", _("none on any list here"));
        body_line(b, BODY_PLAIN, "%s", "");
        if (members) {
            add_helpers(s, width);
            body_line(b, BODY_PLAIN, "%s", "");
        }
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct directory_screen *d = s->state;
    buf_addf(where, "%s · %s", _("Missions"), country_name(d->country, reader_language));
    if (d->for_state)
        buf_addf(right, _("for nationals of %s"), country_name(d->for_state, reader_language));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    struct directory_screen *d = s->state;
    const char *ref = body_focused(&s->body)->ref;
    if (strcmp(d->unfolded, ref) == 0)
        d->unfolded[0] = 0;
    else
        snprintf(d->unfolded, sizeof d->unfolded, "%s", ref);
    screen_changed(s, false);
}

static void members_only(struct screen *s)
{
    struct directory_screen *d = s->state;
    d->members_only = !d->members_only;
    screen_changed(s, false);
}

static void other_country(struct screen *s)
{
    struct app *app = s->app;
    screen_leave(s);
    directory_push(app, NULL, NULL);
}

static void close_state(struct screen *s)
{
    struct directory_screen *d = s->state;
    missions_release(&d->missions);
    directory_states_release(&d->states);
    free(d->country);
    free(d->for_state);
    free(d);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("reach it"), N_("Shows how this post and its focal point are reached."),
     open_row, on_row},
    {TK_F(3), "/", N_("country"), N_("Shows another country."), other_country, NULL},
    {TK_NONE, "m", N_("members only"), N_("Shows the offices of Member States alone, or all."),
     members_only, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type directory_type = {
    .name = "directory",
    .title = N_("Missions"),
    .about = N_("Who has an office in a country, by which list, and how old the list is: a ! marks "
                "one past 180 days. Who could help are facts, in no order of merit."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .close = close_state,
};

static void show(struct app *app, const char *country, const char *for_state)
{
    struct directory_screen *d = xcalloc(1, sizeof *d);
    d->country = xstrdup(country);
    d->for_state = for_state && *for_state ? xstrdup(for_state) : NULL;
    screen_push(app, &directory_type, d);
}

static void chosen(struct screen *below, long tag, void *ctx)
{
    size_t count;
    (void)ctx;
    show(below->app, country_all(&count)[tag].code, NULL);
}

void directory_push(struct app *app, const char *country, const char *for_state)
{
    if (country) {
        show(app, country, for_state);
        return;
    }
    size_t count;
    const struct country *all = country_all(&count);
    struct pick *pick = pick_push(app, _("Missions in which country?"), chosen, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        pick_add(pick, (long)i, country_name(all[i].code, reader_language), all[i].code);
}
