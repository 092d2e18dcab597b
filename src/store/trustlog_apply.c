/* SPDX-License-Identifier: MIT */
/* Between the log and the directory by which cases are decided, both ways. */
#include "amparo/store/trustlog.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/offices.h"
#include "directory_rows.h"
#include "trust_rows.h"

enum { LINES_AN_ACT = 32 };

/* By these keys a focal point stands in the directory. */
static const char *const focal_names[FOCAL_KEYS] = {
    [FOCAL_DESK] = "desk",           [FOCAL_EMAIL] = "email",       [FOCAL_PHONE] = "phone",
    [FOCAL_HOURS] = "hours",         [FOCAL_FROM] = "since",        [FOCAL_UNTIL] = "until",
    [FOCAL_LANGUAGES] = "languages", [FOCAL_VERIFIED] = "verified",
};

/* "directory, version 3", in the language of who works: for who said a line of the tables. */
static char *source_of(const struct trusted *t, const struct trust_act *act)
{
    (void)t;
    return act->version ? xasprintf(_("directory, version %llu"), (unsigned long long)act->version)
                        : xstrdup(_("directory, in no version yet"));
}

/* ---- out of the log ---- */

/* What went over last, by what it is about: a setting that no one sees. */
static const char applied_name[] = "directory.applied";

struct applying {
    struct store *store;
    const struct trusted *t;
    json_t *applied; /* {"party.HN": id in hex …} */
    size_t changed;
};

static bool read_applied(struct store *store, json_t **out, struct error *err)
{
    char *text;

    if (!store_setting(store, applied_name, &text, err))
        return false;
    *out = text ? json_loads(text, 0, NULL) : NULL;
    free(text);
    if (!json_is_object(*out)) {
        json_decref(*out);
        *out = json_object();
    }
    return true;
}

static bool write_applied(struct applying *a, struct error *err)
{
    char *text = json_dumps(a->applied, JSON_COMPACT | JSON_SORT_KEYS);
    bool ok = store_set_setting(a->store, applied_name, text, err);

    free(text);
    return ok;
}

/* Is it another act than the one that went over? Remembers it. What this post said itself is in the
 * tables already. */
static bool is_news(struct applying *a, const char *what, const char *state,
                    const struct trust_act *act)
{
    char hex[2 * ACT_ID_SIZE + 1], *name;

    if (!act)
        return false;
    hex_write(act->act.id, ACT_ID_SIZE, hex);
    name = xasprintf("%s.%s", what, state);
    bool news = !payload_is(a->applied, name, hex);
    json_object_set_new(a->applied, name, json_string(hex));
    free(name);
    news = news && memcmp(act->act.author, a->store->post.author, POST_ID) != 0;
    a->changed += news;
    return news;
}

static bool date_of(const json_t *said, const char *key, struct date *out)
{
    return date_parse(payload_text(said, key), out);
}

static bool apply_party(struct applying *a, const struct trust_state *s, struct error *err)
{
    const json_t *said = s->party ? s->party->act.payload : NULL;
    struct date since, until;

    if (!is_news(a, "party", s->state, s->party) || !country_is_member(s->state) ||
        !date_of(said, "since", &since))
        return true;
    char *by = source_of(a->t, s->party);
    char *source = xasprintf("%s (%s)", payload_text(said, "source"), by);
    bool ok = directory_put_party(a->store, s->state, since,
                                  date_of(said, "until", &until) ? &until : NULL, source, by, err);
    free(source);
    free(by);
    return ok;
}

static bool apply_focal(struct applying *a, const struct trust_state *s, struct error *err)
{
    const char *focal[FOCAL_KEYS];

    if (!is_news(a, "focal", s->state, s->focal))
        return true;
    for (size_t i = 0; i < FOCAL_KEYS; i++)
        focal[i] = payload_text(s->focal->act.payload, focal_names[i]);
    char *by = source_of(a->t, s->focal);
    bool ok = directory_put_focal(a->store, s->state, focal, by, err);
    free(by);
    return ok;
}

static bool apply_list(struct applying *a, const struct trust_state *s, struct error *err)
{
    struct missions missions = MISSIONS_INIT;
    struct import_changes changes = {NULL, 0};
    const char *name;
    struct date on;
    json_t *line;

    if (!is_news(a, "list", s->state, s->offices) || !date_of(s->offices->act.payload, "on", &on))
        return true;
    json_t *lines = trust_offices(a->t, s->offices);
    json_object_foreach(lines, name, line)
    {
        struct mission m = office_mission(line, s->state, "");
        m.source = SOURCE_OFFICIAL;
        m.on = on;
        missions_add(&missions, &m);
        office_mission_free(&m);
    }
    char *by = source_of(a->t, s->offices);
    bool ok = !missions.count || directory_import(a->store, &missions, false, by, &changes, err);
    free(by);
    import_changes_release(&changes);
    missions_release(&missions);
    json_decref(lines);
    return ok;
}

static bool apply_instrument(struct applying *a, struct error *err)
{
    const struct trust_act *act = a->t->instrument;
    struct date since;

    if (!is_news(a, "instrument", "", act))
        return true;
    int status = code_index(instrument_codes, payload_text(act->act.payload, "status"));
    if (status < 0)
        return true;
    char *by = source_of(a->t, act);
    bool ok = directory_put_instrument(a->store, (enum instrument_status)status,
                                       date_of(act->act.payload, "since", &since) ? &since : NULL,
                                       by, err);
    free(by);
    return ok;
}

bool trustlog_apply(struct store *store, size_t *changed, struct error *err)
{
    struct applying a = {.store = store};

    if (!store_trust(store, &a.t, err) || !read_applied(store, &a.applied, err))
        return false;
    bool ok = apply_instrument(&a, err);
    for (size_t i = 0; ok && i < a.t->state_count; i++) {
        const struct trust_state *s = &a.t->states[i];
        ok = apply_party(&a, s, err) && apply_focal(&a, s, err) && apply_list(&a, s, err);
    }
    ok = ok && write_applied(&a, err);
    json_decref(a.applied);
    if (ok && changed)
        *changed = a.changed;
    return ok;
}

/* ---- into the log ---- */

/* A directorate that can sign speaks for its State. */
static bool speaks(const struct store *store)
{
    static const uint8_t none[KEY];

    return !strcmp(store->post.profile.kind, "directorate") &&
           memcmp(store->post.signing.key, none, KEY) != 0;
}

bool trustlog_is_of_root(const struct store *store, const struct trusted *t)
{
    if (!post_is_secretariat(&store->post.profile) || !t->rooted)
        return false;
    for (size_t i = 0; i < ROOT_KEYS; i++)
        if (memcmp(t->roots[i], vault_sign_pk(store->vault), KEY) == 0)
            return true;
    return false;
}

static const struct directory_state *state_in(const struct directory_states *states,
                                              const char *state)
{
    for (size_t i = 0; i < states->count; i++)
        if (strcmp(states->list[i].state, state) == 0)
            return &states->list[i];
    return NULL;
}

bool trustlog_say_focal(struct store *store, struct error *err)
{
    const char *state = store->post.profile.state;
    struct directory_states states;
    struct trusted *t;

    if (!speaks(store))
        return true;
    if (!trustlog_load(store, &t, err) || !store_directory_states(store, &states, err))
        return false;
    const struct trust_act *before = trust_focal_of(t, state);
    const struct directory_state *now = state_in(&states, state);
    json_t *said = json_object();
    for (size_t i = 0; now && i < FOCAL_KEYS; i++)
        if (now->focal[i] && *now->focal[i])
            json_object_set_new(said, focal_names[i], json_string(now->focal[i]));
    bool same = before ? json_equal(said, before->act.payload) : !json_object_size(said);
    directory_states_release(&states);
    if (same) {
        json_decref(said);
        return true;
    }
    return trustlog_say_by(store, DIR_FOCAL, VOICE_POST, said, NULL, err);
}

/* The State's own list as it is kept here: an object of lines by their names; empty without one. */
static bool read_own_list(struct store *store, json_t **lines, struct date *on, struct error *err)
{
    struct offices offices;

    if (!store_offices(store, &offices, err))
        return false;
    *lines = json_object();
    *on = offices.on;
    for (size_t i = 0; offices.source == SOURCE_OFFICIAL && i < offices.lines.count; i++) {
        char *name = office_name(&offices.lines.list[i]);
        json_object_set_new(*lines, name, office_content(&offices.lines.list[i]));
        free(name);
    }
    offices_release(&offices);
    return true;
}

struct list_change {
    json_t *put, *gone; /* arrays */
};

static struct list_change compare_lists(json_t *before, json_t *now)
{
    struct list_change change = {json_array(), json_array()};
    const char *name;
    json_t *line;

    json_object_foreach(now, name, line) if (!json_equal(line, json_object_get(before, name)))
        json_array_append(change.put, line);
    json_object_foreach(before, name, line) if (!json_object_get(now, name))
        json_array_append_new(change.gone, json_string(name));
    return change;
}

/* One act after the other, each with so many lines; the list is whole with the last. */
static bool say_lines(struct store *store, const struct list_change *change, struct date on,
                      const struct trust_act *after, struct error *err)
{
    size_t count = json_array_size(change->put), from = 0;
    char day[DATE_SIZE], hex[2 * ACT_ID_SIZE + 1] = "";
    uint8_t id[ACT_ID_SIZE];
    bool ok = true, first = true;

    if (after)
        hex_write(after->act.id, ACT_ID_SIZE, hex);
    while (ok && (first || from < count)) {
        json_t *said = json_pack("{s:s}", "on", date_format(on, day)), *put = json_array();
        for (size_t n = 0; n < LINES_AN_ACT && from < count; n++)
            json_array_append(put, json_array_get(change->put, from++));
        if (*hex)
            json_object_set_new(said, "after", json_string(hex));
        if (from < count)
            json_object_set_new(said, "more", json_true());
        if (json_array_size(put))
            json_object_set(said, "put", put);
        if (first && json_array_size(change->gone))
            json_object_set(said, "gone", change->gone);
        json_decref(put);
        first = false;
        ok = trustlog_say_by(store, DIR_OFFICES, VOICE_POST, said, id, err);
        if (ok)
            hex_write(id, ACT_ID_SIZE, hex);
    }
    return ok;
}

bool trustlog_say_list(struct store *store, struct error *err)
{
    struct date on, said_on = {0, 0, 0};
    struct trusted *t;
    json_t *now;

    if (!speaks(store))
        return true;
    if (!trustlog_load(store, &t, err) || !read_own_list(store, &now, &on, err))
        return false;
    const struct trust_act *act = trust_list_of(t, store->post.profile.state);
    json_t *before = act ? trust_offices(t, act) : json_object();
    struct list_change change = compare_lists(before, now);
    if (act)
        date_of(act->act.payload, "on", &said_on);
    bool same =
        !json_object_size(now) || (act && !json_array_size(change.put) &&
                                   !json_array_size(change.gone) && date_compare(on, said_on) == 0);
    bool ok = same || say_lines(store, &change, on, act, err);
    json_decref(change.put);
    json_decref(change.gone);
    json_decref(before);
    json_decref(now);
    return ok;
}

/* ---- by the root, of what the Secretariat enters ---- */

bool trustlog_say_party(struct store *store, const char *state, struct error *err)
{
    struct directory_states states;
    char day[DATE_SIZE];
    struct trusted *t;

    if (!trustlog_load(store, &t, err))
        return false;
    if (!trustlog_is_of_root(store, t))
        return true;
    if (!store_directory_states(store, &states, err))
        return false;
    const struct directory_state *s = state_in(&states, state);
    json_t *said = json_pack("{s:s, s:s, s:s}", "state", state, "since", date_format(s->since, day),
                             "source", s->source);
    if (date_is_valid(s->until))
        json_object_set_new(said, "until", json_string(date_format(s->until, day)));
    directory_states_release(&states);
    return trustlog_say_by(store, DIR_PARTY, VOICE_ROOT, said, NULL, err);
}

bool trustlog_say_instrument(struct store *store, struct error *err)
{
    enum instrument_status status;
    char day[DATE_SIZE];
    struct trusted *t;
    struct date since;

    if (!trustlog_load(store, &t, err))
        return false;
    if (!trustlog_is_of_root(store, t))
        return true;
    if (!store_directory_instrument(store, &status, &since, err))
        return false;
    json_t *said = json_pack("{s:s}", "status", instrument_codes[status].code);
    if (date_is_valid(since))
        json_object_set_new(said, "since", json_string(date_format(since, day)));
    return trustlog_say_by(store, DIR_INSTRUMENT, VOICE_ROOT, said, NULL, err);
}
