/* SPDX-License-Identifier: MIT */
#include "amparo/store/event.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"
#include "amparo/store/draft.h"
#include "amparo/store/value.h"

void event_release(struct event *event)
{
    free(event->name);
    json_decref(event->content);
    free(event->by);
    *event = (struct event){0};
}

void events_release(struct events *events)
{
    for (size_t i = 0; i < events->count; i++)
        event_release(&events->list[i]);
    free(events->list);
    *events = (struct events){NULL, 0};
}

void taken_release(struct taken *taken)
{
    free(taken->reference);
    json_decref(taken->warnings);
    *taken = (struct taken){0};
}

/* ---- reading ---- */

/* The last that was said of each. */
#define EVENTS                                                                                     \
    "SELECT e.name, e.content, e.version, e.said_by, e.said_at, count(c.id), "                     \
    "coalesce(sum(c.persons), 0), coalesce(sum(o.lone), 0) "                                       \
    "FROM events e LEFT JOIN event_cases o ON o.event = e.name "                                   \
    "LEFT JOIN cases c ON c.id = o.case_row "                                                      \
    "WHERE e.version = (SELECT max(version) FROM events l WHERE l.name = e.name) "

static void take_event(sqlite3_stmt *row, struct event *out)
{
    char *content = db_text(row, 1);

    *out = (struct event){.name = db_text(row, 0),
                          .content = json_loads(content, 0, NULL),
                          .version = (long)db_int(row, 2),
                          .by = db_text(row, 3),
                          .cases = (size_t)db_int(row, 5),
                          .persons = (size_t)db_int(row, 6),
                          .lone = (size_t)db_int(row, 7)};
    strncpy(out->at, (const char *)sqlite3_column_text(row, 4), sizeof out->at - 1);
    if (!out->content)
        out->content = json_object();
    free(content);
}

bool store_events(struct store *store, struct events *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, EVENTS "GROUP BY e.name ORDER BY e.said_at DESC, e.name", "");

    *out = (struct events){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        take_event(row, &out->list[out->count++]);
    }
    if (failed)
        events_release(out);
    return !failed;
}

bool store_event(struct store *store, const char *name, struct event *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err, EVENTS "AND e.name = ? GROUP BY e.name", "t", name);

    *out = (struct event){0};
    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed &&
               error_set(err, ERROR_INPUT,
                         _("there is no event \"%s\"; see amparo event FILE list"), name);
    take_event(row, out);
    db_done(row);
    return true;
}

json_t *event_json(const struct event *e)
{
    return json_pack("{s:s, s:O, s:I, s:s, s:s, s:I, s:I, s:I}", "event", e->name, "content",
                     e->content, "version", (json_int_t)e->version, "said_by", e->by, "said_at",
                     e->at, "cases", (json_int_t)e->cases, "persons", (json_int_t)e->persons,
                     "lone_children", (json_int_t)e->lone);
}

/* ---- saying ---- */

static bool may_write(struct store *store, struct error *err)
{
    return store->me.role != ROLE_CLERK ||
           error_set(err, ERROR_REFUSED, "%s",
                     _("a clerk reads events; an officer says what they are"));
}

static bool write_event(struct store *store, const char *name, const char *content, bool fresh,
                        struct error *err)
{
    char at[INSTANT_SIZE];
    int64_t version;

    if (!db_number(store, &version, 0, err, "SELECT max(version) FROM events WHERE name = ?", "t",
                   name))
        return false;
    if (version && fresh)
        return error_set(err, ERROR_INPUT,
                         _("there is an event \"%s\" already; change that one, or take another "
                           "name"),
                         name);
    return db_run(store, err,
                  "INSERT INTO events (name, version, content, said_by, said_at) "
                  "VALUES (?, ?, ?, ?, ?)",
                  "titt"
                  "t",
                  name, version + 1, content, store->me.name, store_now(store, at));
}

bool store_event_put(struct store *store, const json_t *content, bool fresh, int64_t draft,
                     struct error *err)
{
    if (!payload_check(&event_type, content, err) || !value_check(content, "", err) ||
        !may_write(store, err) || !db_begin(store, err))
        return false;
    char *text = json_dumps(content, JSON_COMPACT | JSON_SORT_KEYS);
    bool ok = write_event(store, payload_text(content, "name"), text, fresh, err) &&
              (!draft || store_draft_drop(store, draft, err));
    free(text);
    return db_end(store, ok, err);
}

/* ---- taking people in ---- */

static struct date today_of(struct store *store)
{
    char now[INSTANT_SIZE];
    struct instant at = {0};

    instant_parse(store_now(store, now), &at);
    return instant_date(at);
}

bool store_event_likely(struct store *store, const json_t *content, const json_t *line,
                        struct person_rows *out, struct error *err)
{
    json_t *person = event_line_person(content, line, 1, store->post.profile.state, today_of(store),
                                       reader_language);
    struct traits like;

    *out = (struct person_rows){NULL, 0};
    traits_of_payload(person, &like);
    bool ok = !traits_are_enough(&like) || store_likely(store, &like, NULL, 0, out, err);
    traits_release(&like);
    json_decref(person);
    return ok;
}

/* The open case of that family; *reference NULL: there is none. */
static bool find_family(struct store *store, const char *event, const char *mark, char **reference,
                        struct error *err)
{
    struct buf folded = BUF_INIT;
    bool failed = false;

    *reference = NULL;
    text_fold(&folded, mark);
    if (!folded.size)
        return true;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT c.reference FROM event_cases o JOIN cases c ON "
                                 "c.id = o.case_row WHERE o.event = ? AND o.family = ? AND "
                                 "c.closed = 0 ORDER BY c.id LIMIT 1",
                                 "tt", event, buf_text(&folded));
    buf_release(&folded);
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        *reference = db_text(row, 0);
        db_done(row);
    }
    return !failed;
}

static void report(const struct recorded *recorded, size_t count, const json_t *acts,
                   struct taken *out)
{
    size_t i;
    json_t *act;

    *out = (struct taken){
        .reference = xstrdup(recorded[0].reference), .acts = count, .warnings = json_array()};
    for (i = 0; i < count; i++)
        json_array_extend(out->warnings, recorded[i].warnings);
    json_array_foreach((json_t *)(uintptr_t)acts, i, act)
    {
        const char *name = payload_text(act, "act");
        out->opened |= strcmp(name, act_type(ACT_OPEN)->name) == 0;
        if (strcmp(name, act_type(ACT_PERSON)->name) == 0)
            out->person = payload_number(json_object_get(act, "payload"), "person");
    }
}

static bool record_acts(struct store *store, const char *reference, const json_t *acts,
                        int64_t draft, struct taken *out, struct error *err)
{
    size_t count = json_array_size(acts);
    struct record_request *requests = xcalloc(count, sizeof *requests);
    struct recorded *recorded = xcalloc(count, sizeof *recorded);

    for (size_t i = 0; i < count; i++) {
        const json_t *act = json_array_get(acts, i);
        requests[i] =
            (struct record_request){.reference = reference,
                                    .kind = act_type_named(payload_text(act, "act"))->kind,
                                    .payload = json_object_get(act, "payload"),
                                    .draft = i + 1 == count ? draft : 0};
    }
    bool ok = store_record_all(store, requests, count, recorded, NULL, err);
    if (ok && out)
        report(recorded, count, acts, out);
    for (size_t i = 0; ok && i < count; i++)
        recorded_release(&recorded[i]);
    free(recorded);
    free(requests);
    return ok;
}

static bool take_within(struct store *store, const struct event *event, const json_t *line,
                        int64_t draft, struct taken *out, struct error *err)
{
    struct date today = today_of(store);
    char *reference = NULL;
    struct case_file c;

    if (!event_line_check(event->content, line, today, err) ||
        !find_family(store, event->name, payload_text(line, "family"), &reference, err))
        return false;
    bool ok = !reference || store_case(store, reference, &c, err);
    if (ok) {
        json_t *acts = event_line_acts(event->content, line, reference ? &c : NULL,
                                       store->post.profile.state, today, reader_language);
        ok = record_acts(store, reference, acts, draft, out, err);
        json_decref(acts);
        if (reference)
            case_release(&c);
    }
    free(reference);
    return ok;
}

bool store_event_take(struct store *store, const char *event, const json_t *line, int64_t draft,
                      struct taken *out, struct error *err)
{
    struct event e;

    if (!db_begin(store, err))
        return false;
    bool found = store_event(store, event, &e, err);
    bool ok = found && take_within(store, &e, line, draft, out, err);
    if (found)
        event_release(&e);
    bool kept = db_end(store, ok, err);
    if (ok && !kept && out)
        taken_release(out);
    return kept;
}
