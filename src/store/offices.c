/* SPDX-License-Identifier: MIT */
#include "amparo/store/offices.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/directory.h"
#include "amparo/store/draft.h"
#include "amparo/store/value.h"

void offices_release(struct offices *offices)
{
    missions_release(&offices->lines);
}

bool store_offices(struct store *store, struct offices *out, struct error *err)
{
    const char *state = store->post.profile.state;
    struct directory_states states;

    *out = (struct offices){.lines = MISSIONS_INIT, .source = SOURCE_SEED};
    if (!store_directory_states(store, &states, err))
        return false;
    for (size_t i = 0; i < states.count; i++)
        if (strcmp(states.list[i].state, state) == 0) {
            out->on = states.list[i].list;
            out->source = states.list[i].list_source;
        }
    directory_states_release(&states);
    return store_directory_missions(store, state, NULL, &out->lines, err);
}

char *office_name(const struct mission *office)
{
    return xasprintf("%s %s %s", office->country, office->city, post_kind_codes[office->kind].code);
}

const struct mission *office_named(const struct offices *offices, const char *name)
{
    for (size_t i = 0; i < offices->lines.count; i++) {
        char *is = office_name(&offices->lines.list[i]);
        bool found = strcmp(is, name) == 0;
        free(is);
        if (found)
            return &offices->lines.list[i];
    }
    return NULL;
}

/* ---- between a line and its fields ---- */

json_t *office_content(const struct mission *m)
{
    json_t *content = json_pack("{s:s, s:s, s:b}", "country", m->country, "kind",
                                post_kind_codes[m->kind].code, "able", m->able);
    const struct {
        const char *key, *value;
    } texts[] = {{"city", m->city},
                 {"phone", m->phone},
                 {"email", m->email},
                 {"website", m->website},
                 {"seat", strcmp(m->seat, m->country) != 0 ? m->seat : ""}};

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (*texts[i].value)
            json_object_set_new(content, texts[i].key, json_string(texts[i].value));
    return content;
}

/* An answer ("unknown") says no more than nothing does. */
static char *text_of(const json_t *content, const char *key)
{
    return xstrdup(payload_text(content, key));
}

struct mission office_mission(const json_t *content, const char *state, const char *reference)
{
    const char *country = payload_text(content, "country"), *seat = payload_text(content, "seat");
    struct mission m = {
        .city = text_of(content, "city"),
        .kind = (enum post_kind)code_index(post_kind_codes, payload_text(content, "kind")),
        .able = json_is_true(json_object_get(content, "able")),
        .phone = text_of(content, "phone"),
        .email = text_of(content, "email"),
        .website = text_of(content, "website"),
        .reference = xstrdup(reference)};

    memcpy(m.state, state, STATE_SIZE);
    memcpy(m.country, country, STATE_SIZE);
    memcpy(m.seat, *seat ? seat : country, STATE_SIZE);
    return m;
}

void office_mission_free(struct mission *m)
{
    free(m->city);
    free(m->phone);
    free(m->email);
    free(m->website);
    free(m->reference);
}

/* ---- saying ---- */

/* These lines become the State's own list, of today. */
static bool write_lines(struct store *store, struct missions *lines, int64_t draft,
                        struct error *err)
{
    struct import_changes changes = {NULL, 0};
    struct instant now = {0};
    char text[INSTANT_SIZE];

    instant_parse(store_now(store, text), &now);
    for (size_t i = 0; i < lines->count; i++) {
        lines->list[i].source = SOURCE_OFFICIAL;
        lines->list[i].on = instant_date(now);
    }
    bool ok = db_begin(store, err);
    if (!ok)
        return false;
    ok = store_directory_import(store, lines, false, &changes, err) &&
         (!draft || store_draft_drop(store, draft, err));
    import_changes_release(&changes);
    return db_end(store, ok, err);
}

/* The list without one line (NULL: with all). */
static void copy_without(const struct offices *now, const struct mission *out_of_it,
                         struct missions *lines)
{
    *lines = (struct missions)MISSIONS_INIT;
    for (size_t i = 0; i < now->lines.count; i++)
        if (&now->lines.list[i] != out_of_it)
            missions_add(lines, &now->lines.list[i]);
}

static bool find_line(const struct offices *now, const char *of, const struct mission **line,
                      struct error *err)
{
    *line = of ? office_named(now, of) : NULL;
    return *line || !of ||
           error_set(err, ERROR_INPUT, _("%s is not in the list any more; look at it again"), of);
}

static bool put_line(struct store *store, const struct offices *now, const char *of,
                     struct mission *m, int64_t draft, struct error *err)
{
    const struct mission *old, *same;
    struct missions lines;
    char *name = office_name(m);

    bool ok = find_line(now, of, &old, err);
    same = office_named(now, name);
    if (ok && same && same != old)
        ok = error_set(err, ERROR_INPUT, _("city: %s is in the list already"), name);
    free(name);
    if (!ok)
        return false;
    copy_without(now, old, &lines);
    missions_add(&lines, m);
    ok = write_lines(store, &lines, draft, err);
    missions_release(&lines);
    return ok;
}

bool store_office_put(struct store *store, const char *of, const json_t *content, int64_t draft,
                      struct error *err)
{
    struct offices now;

    if (!payload_check(&office_type, content, err) || !value_check(content, "", err) ||
        !store_offices(store, &now, err))
        return false;
    const struct mission *old = of ? office_named(&now, of) : NULL;
    struct mission m =
        office_mission(content, store->post.profile.state, old ? old->reference : "");
    bool ok = put_line(store, &now, of, &m, draft, err);
    office_mission_free(&m);
    offices_release(&now);
    return ok;
}

bool store_office_remove(struct store *store, const char *of, struct error *err)
{
    const struct mission *line;
    struct missions lines;
    struct offices now;

    if (!store_offices(store, &now, err))
        return false;
    bool ok = find_line(&now, of, &line, err);
    if (ok && now.lines.count == 1)
        ok = error_set(err, ERROR_INPUT,
                       _("it is the last one, and an older list would count again: say that it "
                         "cannot act"));
    if (ok) {
        copy_without(&now, line, &lines);
        ok = write_lines(store, &lines, 0, err);
        missions_release(&lines);
    }
    offices_release(&now);
    return ok;
}

bool store_offices_confirm(struct store *store, struct error *err)
{
    struct missions lines;
    struct offices now;

    if (!store_offices(store, &now, err))
        return false;
    bool ok = now.lines.count ||
              error_set(err, ERROR_INPUT, _("there is no office in the list yet; say one first"));
    if (ok) {
        copy_without(&now, NULL, &lines);
        ok = write_lines(store, &lines, 0, err);
        missions_release(&lines);
    }
    offices_release(&now);
    return ok;
}
