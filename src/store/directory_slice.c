/* SPDX-License-Identifier: MIT */
/* The facts of a country, as a case there needs them. */
#include "directory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/settings.h"

/* {State: date} of a query for both. */
static json_t *read_dates(struct store *store, sqlite3_stmt *row, struct error *err)
{
    json_t *dates = json_object();
    bool failed = !row;

    while (row && db_step(store, row, &failed, err)) {
        char state[STATE_SIZE], text[DATE_SIZE];
        struct date date = directory_read_date(row, 1);
        directory_read_state(row, 0, state);
        if (country_is_member(state) && date_is_valid(date))
            json_object_set_new(dates, state, json_string(date_format(date, text)));
    }
    if (!failed)
        return dates;
    json_decref(dates);
    return NULL;
}

static json_t *slice_instrument(struct store *store, struct error *err)
{
    enum instrument_status status;
    struct date since;
    char text[DATE_SIZE];

    if (!store_directory_instrument(store, &status, &since, err))
        return NULL;
    json_t *instrument = json_pack("{ss}", "status", instrument_codes[status].code);
    if (date_is_valid(since))
        json_object_set_new(instrument, "since", json_string(date_format(since, text)));
    return instrument;
}

static bool is_national(const struct case_file *c, const char *state)
{
    long numbers[64];
    size_t count = c ? case_persons(c, numbers, ARRAY_SIZE(numbers)) : 0;

    for (size_t i = 0; i < count && i < ARRAY_SIZE(numbers); i++) {
        const struct entry *person = case_person(c, numbers[i]);
        const json_t *list = person ? json_object_get(person->payload, "nationalities") : NULL;
        for (size_t j = 0; j < json_array_size(list); j++) {
            const char *of = json_string_value(json_object_get(json_array_get(list, j), "state"));
            if (of && strcmp(of, state) == 0)
                return true;
        }
    }
    return false;
}

static json_t *slice_posts(struct store *store, const char *receiving_state,
                           const struct case_file *c, struct error *err)
{
    struct missions missions;
    json_t *posts;

    if (!store_directory_missions(store, NULL, receiving_state, &missions, err))
        return NULL;
    posts = json_array();
    for (size_t i = 0; i < missions.count; i++) {
        const struct mission *m = &missions.list[i];
        if (!country_is_member(m->state) && !is_national(c, m->state))
            continue;
        json_t *post = json_pack("{ss ss ss ss ss}", "state", m->state, "country", m->country,
                                 "city", m->city, "kind", post_kind_codes[m->kind].code, "source",
                                 post_source_codes[m->source].code);
        if (!m->able)
            json_object_set_new(post, "able", json_false());
        json_array_append_new(posts, post);
    }
    missions_release(&missions);
    return posts;
}

json_t *store_directory_slice(struct store *store, const char *receiving_state,
                              const struct case_file *c, const char *on, struct error *err)
{
    json_t *instrument = slice_instrument(store, err);
    json_t *parties = read_dates(store,
                                 db_query(store, err,
                                          "SELECT state, since FROM parties "
                                          "WHERE since <= ?1 AND (until IS NULL OR until >= ?1)",
                                          "t", on),
                                 err);
    /* The official date is the last row of a State, and so the one that stays. */
    json_t *lists = read_dates(store,
                               db_query(store, err,
                                        "SELECT state, listed_on FROM lists WHERE listed_on <= ? "
                                        "ORDER BY state, source DESC",
                                        "t", on),
                               err);
    json_t *posts = slice_posts(store, receiving_state, c, err);
    long days;

    if (instrument && parties && lists && posts &&
        settings_number(store, SETTING_LIST_AGE, &days, err))
        return json_pack("{so so so so sI}", "instrument", instrument, "parties", parties, "lists",
                         lists, "posts", posts, "list_days", (json_int_t)days);
    json_decref(instrument);
    json_decref(parties);
    json_decref(lists);
    json_decref(posts);
    return NULL;
}
