/* SPDX-License-Identifier: MIT */
#include "amparo/store/import.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/likely.h"
#include "amparo/store/record.h"
#include "import_work.h"

enum { LIKELY_SHOWN = 3 };

/* A line of the table, and the next one of the same case. */
struct line {
    struct sheet_place place;
    size_t next; /* index; SIZE_MAX: none */
};

/* One case to be: its first line, and its last. */
struct group {
    size_t first, last;
    char *key; /* NULL: of one line */
};

/* One act to be. */
struct planned {
    const struct import_act *act;
    long line;
    json_t *payload;
};

struct importing {
    struct store *store;
    struct import_map *map; /* ours: with the places of the columns */
    struct sheet sheet;
    struct line *lines;
    size_t line_count, line_room;
    struct group *groups;
    size_t group_count, group_room;
    size_t *table; /* open hash table of groups with a key: index + 1; 0: free */
    size_t table_room;
    struct instant now;
    struct buf cell;
    const struct import_act *act; /* being read */
    bool dry;                     /* then it is looked for who is like whom, which takes a while */
    bool fault;                   /* in the present case */
    struct planned *plan;
    size_t plan_count, plan_room;
    json_t *cases, *faults, *warnings, *duplicates;
    json_t *first_lines; /* of the cases that this import makes, by reference */
    struct error *err;
};

/* ---- faults ---- */

/* Names of columns are whatever somebody wrote. */
static char *shown_name(const char *name)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, name, strlen(name));
    return buf_detach(&shown);
}

static void add_fault(struct importing *w, long line, const char *column, const char *text)
{
    struct buf shown = BUF_INIT;
    char *name = shown_name(column);
    json_t *fault = json_pack("{s:I}", "line", (json_int_t)line);

    text_shown(&shown, text, strcspn(text, "\n"));
    if (*column) {
        json_object_set_new(fault, "column", json_string(column));
        error_set(w->err, ERROR_INPUT, _("line %ld, column \"%s\": %s"), line, name,
                  buf_text(&shown));
    } else {
        error_set(w->err, ERROR_INPUT, _("line %ld: %s"), line, buf_text(&shown));
    }
    json_object_set_new(fault, "text", json_string(buf_text(&shown)));
    json_array_append_new(w->faults, fault);
    w->fault = true;
    free(name);
    buf_release(&shown);
}

static const struct import_source *source_of(const struct import_act *act, const char *path)
{
    for (size_t i = 0; i < act->count; i++)
        if (strcmp(act->sources[i].path, path) == 0)
            return &act->sources[i];
    return NULL;
}

/* By the column that the value came from; where it came from none, the path stands in the text. */
static void add_path_fault(struct importing *w, const struct import_act *act, long line,
                           const char *path, const char *text)
{
    const struct import_source *source = source_of(act, path);

    if (source && source->column) {
        add_fault(w, line, source->column, text);
        return;
    }
    char *full = *path ? xasprintf("%s, %s: %s", act->type->name, path, text)
                       : xasprintf("%s: %s", act->type->name, text);
    add_fault(w, line, "", full);
    free(full);
}

/* The lines of an error of the store, by path where they begin with one. */
static void add_error(struct importing *w, const struct planned *at, const struct error *why)
{
    const char *text = error_text(why);

    while (*text) {
        size_t size = strcspn(text, "\n"), colon = strcspn(text, ":");
        bool named = why->kind == ERROR_INPUT && colon < size;
        char *path = xstrndup(text, named ? colon : 0), *line = xstrndup(text, size);
        named = named && values_field(at->act->type->fields, path);
        const char *rest = line + (named ? colon + 1 : 0);
        add_path_fault(w, at->act, at->line, named ? path : "", rest + strspn(rest, " "));
        free(path);
        free(line);
        text += size + (text[size] == '\n');
    }
}

/* ---- the columns ---- */

static bool find_column(struct importing *w, struct import_source *source, const char *place)
{
    if (!source->column)
        return true;
    source->place = sheet_column(&w->sheet, source->column);
    if (source->place >= 0)
        return true;
    char *name = shown_name(source->column);
    error_set(w->err, ERROR_INPUT,
              source->place == SHEET_TWICE ? _("%s: the column \"%s\" stands twice in the table")
                                           : _("%s: the table has no column \"%s\""),
              place, name);
    free(name);
    return false;
}

static bool find_columns(struct importing *w)
{
    bool ok = find_column(w, &w->map->key, "case");

    for (size_t i = 0; i < w->map->count; i++) {
        struct import_act *act = &w->map->acts[i];
        ok &= find_column(w, &act->when, "when");
        for (size_t j = 0; j < act->count; j++)
            ok &= find_column(w, &act->sources[j], act->sources[j].path);
    }
    return ok;
}

/* ---- which lines are one case ---- */

static size_t slot_of(const struct importing *w, const char *key)
{
    size_t hash = 5381;

    for (const char *c = key; *c; c++)
        hash = hash * 33 + (unsigned char)*c;
    size_t at = hash & (w->table_room - 1);
    while (w->table[at] && strcmp(w->groups[w->table[at] - 1].key, key) != 0)
        at = (at + 1) & (w->table_room - 1);
    return at;
}

static void grow_table(struct importing *w)
{
    w->table_room = w->table_room ? 2 * w->table_room : 64;
    free(w->table);
    w->table = xcalloc(w->table_room, sizeof *w->table);
    for (size_t i = 0; i < w->group_count; i++)
        if (w->groups[i].key)
            w->table[slot_of(w, w->groups[i].key)] = i + 1;
}

static void add_line(struct importing *w, struct sheet_place place, const char *key)
{
    size_t slot = 0, line = w->line_count;

    if (w->line_count == w->line_room) {
        w->line_room = w->line_room ? 2 * w->line_room : 256;
        w->lines = xreallocarray(w->lines, w->line_room, sizeof *w->lines);
    }
    w->lines[w->line_count++] = (struct line){place, SIZE_MAX};
    if (*key) {
        if (2 * (w->group_count + 1) > w->table_room)
            grow_table(w);
        slot = slot_of(w, key);
        if (w->table[slot]) {
            struct group *group = &w->groups[w->table[slot] - 1];
            w->lines[group->last].next = line;
            group->last = line;
            return;
        }
    }
    if (w->group_count == w->group_room) {
        w->group_room = w->group_room ? 2 * w->group_room : 256;
        w->groups = xreallocarray(w->groups, w->group_room, sizeof *w->groups);
    }
    w->groups[w->group_count++] = (struct group){line, line, *key ? xstrdup(key) : NULL};
    if (*key)
        w->table[slot] = w->group_count;
}

/* The line's number at the start of an error of the reader. */
static void add_bad_line(struct importing *w, const struct error *why)
{
    json_t *fault =
        json_pack("{s:I, s:s}", "line", (json_int_t)w->sheet.row.line, "text", error_text(why));

    error_set(w->err, ERROR_INPUT, "%s", error_text(why));
    json_array_append_new(w->faults, fault);
}

static void find_groups(struct importing *w)
{
    for (;;) {
        struct sheet_place place = sheet_tell(&w->sheet);
        struct error why = ERROR_INIT;
        const char *formula = NULL;
        enum csv_result result = sheet_next(&w->sheet, &why);
        if (result == CSV_END)
            return;
        if (result == CSV_BAD) {
            add_bad_line(w, &why);
            error_release(&why);
            continue;
        }
        buf_clear(&w->cell);
        if (w->map->key.column && !import_text(w->map, &w->map->key, &w->sheet, &w->cell, &formula))
            add_fault(w, w->sheet.row.line, w->map->key.column, formula);
        else
            add_line(w, place, buf_text(&w->cell));
    }
}

/* ---- one case ---- */

static const char *look_up(void *ctx, const char *path)
{
    struct importing *w = ctx;
    const struct import_source *source = source_of(w->act, path);
    const char *why = NULL;

    if (!source)
        return NULL;
    if (import_text(w->map, source, &w->sheet, &w->cell, &why))
        return buf_text(&w->cell);
    add_path_fault(w, w->act, w->sheet.row.line, path, why);
    return NULL;
}

static void value_is_wrong(void *ctx, const char *path, const char *text)
{
    struct importing *w = ctx;

    add_path_fault(w, w->act, w->sheet.row.line, path, text);
}

/* Is it what the act waits for? */
static bool holds(struct importing *w, const struct import_act *act)
{
    const char *why;

    return import_text(w->map, &act->when, &w->sheet, &w->cell, &why) &&
           (act->is ? import_is_one_of(buf_text(&w->cell), act->is) : w->cell.size > 0);
}

/* Whether the line says anything for the act; a default alone says nothing. */
static bool is_said(struct importing *w, const struct import_act *act)
{
    size_t columns = 0, filled = 0;

    if (act->when.column)
        return holds(w, act);
    if (act->once || act->type->kind == ACT_PERSON)
        return true;
    for (size_t i = 0; i < act->count; i++) {
        struct import_source bare = act->sources[i];
        const char *why;
        bare.value = NULL;
        columns += bare.column != NULL;
        filled +=
            bare.column && (!import_text(w->map, &bare, &w->sheet, &w->cell, &why) || w->cell.size);
    }
    return !columns || filled;
}

static json_t *read_payload(struct importing *w, const struct import_act *act, long person)
{
    const struct field carried[] = {act_transcribed_field, act_override_field, {.id = 0}};
    bool numbered = field_find(act->type->fields, "person") && !source_of(act, "person");

    w->act = act;
    json_t *payload = values_read(act->type->fields, w->now, look_up, value_is_wrong, w);
    json_t *more = values_read(carried, w->now, look_up, value_is_wrong, w);
    json_object_update(payload, more);
    json_decref(more);
    if (numbered && !act->once)
        json_object_set_new(payload, "person", json_integer(person));
    if (act->type->kind == ACT_PERSON && !json_object_get(payload, "nationalities"))
        json_object_set_new(payload, "nationalities", json_array());
    return payload;
}

static void plan_act(struct importing *w, const struct import_act *act, long person)
{
    if (w->plan_count == w->plan_room) {
        w->plan_room = w->plan_room ? 2 * w->plan_room : 16;
        w->plan = xreallocarray(w->plan, w->plan_room, sizeof *w->plan);
    }
    struct planned *planned = &w->plan[w->plan_count++];
    size_t before = json_array_size(w->faults);
    *planned = (struct planned){act, w->sheet.row.line, read_payload(w, act, person)};
    struct error why = ERROR_INIT;
    /* A value that could not be read is not told again as one that is missing. */
    if (json_array_size(w->faults) == before && !payload_check(act->type, planned->payload, &why))
        add_error(w, planned, &why);
    error_release(&why);
}

/* All acts of the first line, then those of each further person. Returns how many lines. */
static long plan_case(struct importing *w, const struct group *group)
{
    long person = 0;

    for (size_t i = 0; i < w->plan_count; i++)
        json_decref(w->plan[i].payload);
    w->plan_count = 0;
    w->fault = false;
    for (size_t at = group->first; at != SIZE_MAX; at = w->lines[at].next) {
        sheet_seek(&w->sheet, w->lines[at].place);
        sheet_next(&w->sheet, NULL);
        person++;
        for (size_t i = 0; i < w->map->count; i++) {
            const struct import_act *act = &w->map->acts[i];
            if ((person == 1 || !act->once) && is_said(w, act))
                plan_act(w, act, person);
        }
    }
    return person;
}

/* Of a case that this very table makes, its line says more than a reference that may not stay. */
static void name_line(const struct importing *w, json_t *row)
{
    json_t *line = json_object_get(w->first_lines, payload_text(row, "case"));

    if (!line)
        return;
    json_object_set(row, "like_line", line);
    json_object_del(row, "case");
    json_object_del(row, "person");
}

/* Who on record, or before in the table, may be the person. */
static void look_for_same(struct importing *w, const struct planned *planned)
{
    struct person_rows rows = {NULL, 0};
    struct traits like;

    traits_of_payload(planned->payload, &like);
    if (traits_are_enough(&like) && store_likely(w->store, &like, NULL, 0, &rows, NULL) &&
        rows.count) {
        json_t *brief = person_rows_brief(&rows, LIKELY_SHOWN), *row;
        size_t i;
        json_array_foreach(brief, i, row) name_line(w, row);
        json_array_append_new(w->duplicates, json_pack("{s:I, s:o}", "line",
                                                       (json_int_t)planned->line, "likely", brief));
    }
    person_rows_release(&rows);
    traits_release(&like);
}

static void report_case(struct importing *w, const struct group *group, long persons,
                        struct recorded *recorded)
{
    json_t *lines = json_array();

    for (size_t at = group->first; at != SIZE_MAX; at = w->lines[at].next)
        json_array_append_new(lines, json_integer(w->lines[at].place.line));
    for (size_t i = 0; i < w->plan_count; i++) {
        size_t j;
        json_t *warning;
        json_array_foreach(recorded[i].warnings, j, warning)
        {
            json_object_set_new(warning, "line", json_integer(w->plan[i].line));
            json_array_append(w->warnings, warning);
        }
    }
    json_object_set_new(w->first_lines, recorded[0].reference, json_integer(w->plan[0].line));
    json_array_append_new(w->cases, json_pack("{s:s, s:o, s:I, s:I}", "case", recorded[0].reference,
                                              "lines", lines, "persons", (json_int_t)persons,
                                              "acts", (json_int_t)w->plan_count));
}

/* False where going on makes no sense: the disk, not the table. */
static bool record_case(struct importing *w, const struct group *group, long persons)
{
    struct record_request *requests = xcalloc(w->plan_count, sizeof *requests);
    struct recorded *recorded = xcalloc(w->plan_count, sizeof *recorded);
    struct error why = ERROR_INIT;
    size_t at = 0;

    for (size_t i = 0; i < w->plan_count; i++)
        requests[i] = (struct record_request){.kind = w->plan[i].act->type->kind,
                                              .payload = w->plan[i].payload};
    for (size_t i = 0; i < w->plan_count; i++)
        if (w->dry && requests[i].kind == ACT_PERSON)
            look_for_same(w, &w->plan[i]);
    bool ok = store_record_all(w->store, requests, w->plan_count, recorded, &at, &why);
    bool hopeless = !ok && why.kind != ERROR_INPUT && why.kind != ERROR_REFUSED;
    if (ok)
        report_case(w, group, persons, recorded);
    else if (hopeless)
        error_set(w->err, why.kind, "%s", error_text(&why));
    else
        add_error(w, &w->plan[at < w->plan_count ? at : 0], &why);
    for (size_t i = 0; ok && i < w->plan_count; i++)
        recorded_release(&recorded[i]);
    error_release(&why);
    free(recorded);
    free(requests);
    return !hopeless;
}

static bool import_cases(struct importing *w, const struct import_how *how)
{
    for (size_t i = 0; i < w->group_count; i++) {
        if (how->progress && !how->progress(how->ctx, i, w->group_count))
            return error_set(w->err, ERROR_FAILED, _("given up"));
        long persons = plan_case(w, &w->groups[i]);
        if (!w->fault && !record_case(w, &w->groups[i], persons))
            return false;
    }
    return true;
}

/* ---- all of it ---- */

static bool import_all(struct importing *w, const struct import_how *how, bool *recorded)
{
    find_groups(w);
    if (!store_batch_begin(w->store, w->err))
        return false;
    bool whole = import_cases(w, how);
    size_t faults = json_array_size(w->faults);
    bool keep = whole && !how->dry && (!faults || how->keep_good);
    bool ended = store_batch_end(w->store, keep, w->err);
    *recorded = keep && ended && json_array_size(w->cases);
    if (whole && faults && !keep && !how->dry)
        error_set(w->err, ERROR_INPUT, "%s",
                  _("nothing was imported: correct these lines, or give --keep-good"));
    return whole && !faults && ended == keep;
}

static void release(struct importing *w)
{
    for (size_t i = 0; i < w->plan_count; i++)
        json_decref(w->plan[i].payload);
    for (size_t i = 0; i < w->group_count; i++)
        free(w->groups[i].key);
    free(w->plan);
    free(w->groups);
    free(w->lines);
    free(w->table);
    buf_release(&w->cell);
    sheet_release(&w->sheet);
    import_map_free(w->map);
    json_decref(w->cases);
    json_decref(w->faults);
    json_decref(w->warnings);
    json_decref(w->duplicates);
    json_decref(w->first_lines);
}

bool store_import(struct store *store, const struct import_map *map, const char *bytes, size_t size,
                  const struct import_how *how, json_t **report, struct error *err)
{
    struct importing w = {.store = store,
                          .map = import_map_read(map->json, NULL),
                          .dry = how->dry,
                          .cell = BUF_INIT,
                          .cases = json_array(),
                          .faults = json_array(),
                          .warnings = json_array(),
                          .duplicates = json_array(),
                          .first_lines = json_object(),
                          .err = err};
    char now[INSTANT_SIZE];
    bool recorded = false;

    instant_parse(store_now(store, now), &w.now);
    bool opened = sheet_open(&w.sheet, bytes, size, map->format, err) && find_columns(&w);
    bool ok = opened && import_all(&w, how, &recorded);
    if (report)
        *report =
            opened ? json_pack("{s:I, s:b, s:O, s:O, s:O, s:O}", "lines", (json_int_t)w.line_count,
                               "recorded", recorded, "cases", w.cases, "faults", w.faults,
                               "warnings", w.warnings, "duplicates", w.duplicates)
                   : NULL;
    release(&w);
    return ok;
}
