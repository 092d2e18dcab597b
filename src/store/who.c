/* SPDX-License-Identifier: MIT */
#include "amparo/store/who.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/store/settings.h"

static bool check_country(const char *code, struct error *err)
{
    return country_find(code) ||
           error_set(err, ERROR_INPUT,
                     _("%s is no country code of ISO 3166-1 (alpha-2, in capitals), nor XK"), code);
}

static bool check(const char *country, const char *asking, struct error *err)
{
    if (!check_country(country, err) || (asking && !check_country(asking, err)))
        return false;
    if (asking && strcmp(asking, country) == 0)
        return error_set(err, ERROR_INPUT, _("%s is the country itself: there a State asks nobody"),
                         asking);
    return true;
}

static struct date today_of(struct store *store)
{
    char now[INSTANT_SIZE];
    struct instant at = {0};

    instant_parse(store_now(store, now), &at);
    return instant_date(at);
}

static void add_parties(struct facts *facts, const struct directory_states *states)
{
    for (size_t i = 0; i < states->count; i++) {
        const struct directory_state *s = &states->list[i];
        bool ended = date_is_valid(s->until) && date_compare(s->until, facts->on) < 0;
        if (s->source && !ended)
            facts_add_party(facts, s->state, s->since);
    }
}

static void add_posts(struct facts *facts, const struct missions *missions)
{
    for (size_t i = 0; i < missions->count; i++) {
        const struct mission *m = &missions->list[i];
        struct post post = {.city = m->city, .kind = m->kind, .able = m->able, .source = m->source};
        memcpy(post.state, m->state, STATE_SIZE);
        memcpy(post.country, m->country, STATE_SIZE);
        facts_add_post(facts, &post);
    }
}

bool store_who(struct store *store, const char *country, const char *asking, struct who *out,
               struct error *err)
{
    *out = (struct who){.today = today_of(store)};
    if (!check(country, asking, err) ||
        !store_directory_missions(store, NULL, country, &out->missions, err))
        return false;
    if (!store_directory_states(store, &out->states, err)) {
        missions_release(&out->missions);
        return false;
    }
    facts_init(&out->facts);
    out->facts.on = out->today;
    memcpy(out->facts.receiving, country, STATE_SIZE);
    if (asking) {
        memcpy(out->asking, asking, STATE_SIZE);
        memcpy(out->facts.requesting, asking, STATE_SIZE);
    }
    if (!settings_number(store, SETTING_LIST_AGE, &out->facts.list_days, err)) {
        who_release(out);
        return false;
    }
    add_parties(&out->facts, &out->states);
    add_posts(&out->facts, &out->missions);
    /* The same assessment that a case gets. */
    assess(&out->facts, reader_language, &out->assessment);
    return true;
}

void who_release(struct who *who)
{
    assessment_release(&who->assessment);
    facts_release(&who->facts);
    directory_states_release(&who->states);
    missions_release(&who->missions);
}

bool who_could_help(const struct who *who, const char *state)
{
    for (size_t i = 0; i < who->assessment.candidate_count; i++)
        if (strcmp(who->assessment.candidates[i].state, state) == 0)
            return true;
    return false;
}

bool who_has_office(const struct who *who, const char *state, bool able)
{
    for (size_t i = 0; i < who->missions.count; i++) {
        const struct mission *m = &who->missions.list[i];
        if (strcmp(m->state, state) == 0 && m->kind < POST_HONORARY && (m->able || !able))
            return true;
    }
    return false;
}
