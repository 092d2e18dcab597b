/* SPDX-License-Identifier: MIT */
#include "amparo/store/register.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/project.h"
#include "amparo/store/search.h"

static void free_row(struct register_row *row)
{
    free(row->number);
    free(row->reference);
    json_decref(row->slip);
}

void register_rows_release(struct register_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free_row(&rows->list[i]);
    free(rows->list);
    *rows = (struct register_rows){NULL, 0, 0};
}

const char *register_text(const struct register_row *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row->slip, key));

    return text ? text : "";
}

/* Whether each word asked for begins a word of the line. */
static bool has_words(const char *line, const char *asked)
{
    struct buf padded = BUF_INIT, word = BUF_INIT;
    bool has = true;

    buf_addf(&padded, " %s", line);
    while (has && *asked) {
        size_t size = strcspn(asked, " ");
        buf_clear(&word);
        buf_addf(&word, " %.*s", (int)size, asked);
        has = strstr(buf_text(&padded), buf_text(&word)) != NULL;
        asked += size;
        asked += strspn(asked, " ");
    }
    buf_release(&padded);
    buf_release(&word);
    return has;
}

static void take_row(sqlite3_stmt *row, struct register_rows *out)
{
    uint8_t id[ACT_ID_SIZE];

    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    struct register_row *r = &out->list[out->count++];
    *r = (struct register_row){.place = {db_int(row, 0), db_int(row, 1), db_int(row, 2)},
                               .reference = db_text(row, 3)};
    r->number = note_place_text(&r->place);
    if (db_bytes(row, 4, id, sizeof id))
        act_id_hex(id, r->act);
    char *slip = db_text(row, 5);
    r->slip = json_loads(slip, 0, NULL);
    free(slip);
}

static const char *const orders[] = {
    "SELECT r.incoming, r.year, r.number, c.reference, a.id, r.slip, r.words FROM register r "
    "JOIN cases c ON c.id = r.case_row JOIN acts a ON a.seq = r.act "
    "WHERE (?1 = 0 OR r.year = ?1) AND (?2 < 0 OR r.incoming = ?2) "
    "ORDER BY r.incoming, r.year, r.number",
    "SELECT r.incoming, r.year, r.number, c.reference, a.id, r.slip, r.words FROM register r "
    "JOIN cases c ON c.id = r.case_row JOIN acts a ON a.seq = r.act "
    "WHERE (?1 = 0 OR r.year = ?1) AND (?2 < 0 OR r.incoming = ?2) ORDER BY r.act DESC",
};

bool store_register(struct store *store, const struct register_filter *filter,
                    struct register_rows *out, struct error *err)
{
    struct buf words = BUF_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(store, err, orders[filter->newest_first], "ii",
                                 (int64_t)filter->year, (int64_t)filter->which - REGISTER_OUT);

    *out = (struct register_rows){NULL, 0, 0};
    if (!row)
        return false;
    search_words(&words, filter->query ? filter->query : "");
    while (db_step(store, row, &failed, err)) {
        char *line = db_text(row, 6);
        bool fits = has_words(line, buf_text(&words));
        if (fits && (!filter->limit || out->count < filter->limit))
            take_row(row, out);
        else
            out->more += fits;
        free_wiped(line);
    }
    buf_release(&words);
    if (failed)
        register_rows_release(out);
    return !failed;
}

bool store_register_years(struct store *store, long *years, size_t room, size_t *count,
                          struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT DISTINCT year FROM register ORDER BY year DESC", "");

    *count = 0;
    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        if (*count < room)
            years[(*count)++] = (long)db_int(row, 0);
    return !failed;
}

json_t *store_register_json(struct store *store, const struct register_filter *filter,
                            struct error *err)
{
    struct register_rows rows;
    json_t *array;

    if (!store_register(store, filter, &rows, err))
        return NULL;
    array = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const struct register_row *r = &rows.list[i];
        json_t *theirs = json_object_get(r->slip, "number"), *one = json_deep_copy(r->slip);
        if (theirs)
            json_object_set(one, "their_number", theirs);
        json_object_set_new(one, "number", json_string(r->number));
        json_object_set_new(one, "case", json_string(r->reference));
        json_object_set_new(one, "id", json_string(r->act));
        json_array_append_new(array, one);
    }
    register_rows_release(&rows);
    return array;
}
