/* SPDX-License-Identifier: MIT */
/* Whose the pages of a damaged file are, and the list of what is not saved. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/verify.h"
#include "salvage_work.h"

/* ---- whose a page is ---- */

enum { SCHEMA_COLUMNS = 5, SCHEMA_NAME = 1, SCHEMA_ROOT = 3, DEPTH_MOST = 20 };

const char *salvage_owner(const struct salvage *s, uint32_t page)
{
    return s->owner[page] ? s->names[s->owner[page] - 1] : NULL;
}

static bool no_fetch(void *ctx, uint32_t number, uint8_t out[PAGES_SIZE])
{
    (void)ctx;
    (void)number;
    (void)out;
    return false;
}

static bool read_newest(const struct salvage *s, uint32_t number, uint8_t out[PAGES_SIZE])
{
    bool present;

    return number >= 1 && number <= pages_count(s->pages) &&
           pages_read(s->pages, number, 0, out, &present);
}

/* A page that is in two trees is in none for sure: the first one stays. */
static void follow_tree(struct salvage *s, uint32_t page, uint16_t owner, int depth)
{
    uint8_t bytes[PAGES_SIZE];
    uint32_t children[ROWS_CHILDREN];

    if (page < 1 || page > pages_count(s->pages) || s->owner[page] || depth > DEPTH_MOST)
        return;
    s->owner[page] = owner;
    if (!read_newest(s, page, bytes))
        return;
    size_t count = rows_children(bytes, page, children);
    for (size_t i = 0; i < count; i++)
        follow_tree(s, children[i], owner, depth + 1);
}

/* A row of the schema: (type, name, table, root, SQL). What is long of it is the SQL. */
static bool take_root(void *ctx, const struct row *row)
{
    struct salvage *s = ctx;
    const struct value *name = &row->values[SCHEMA_NAME], *root = &row->values[SCHEMA_ROOT];

    if (!row->of_table || row->count != SCHEMA_COLUMNS || row->values[0].type != VALUE_TEXT ||
        name->type != VALUE_TEXT || row->values[2].type != VALUE_TEXT ||
        root->type != VALUE_INTEGER || root->number < 2 || root->number > UINT32_MAX ||
        s->name_count == UINT16_MAX - 1)
        return true;
    s->names = xreallocarray(s->names, s->name_count + 1, sizeof *s->names);
    s->names[s->name_count++] = xstrndup((const char *)name->bytes, name->size);
    follow_tree(s, (uint32_t)root->number, (uint16_t)s->name_count, 0);
    return true;
}

void salvage_find_owners(struct salvage *s)
{
    uint8_t page[PAGES_SIZE];

    s->names = xcalloc(1, sizeof *s->names);
    s->names[s->name_count++] = xstrdup("sqlite_schema");
    follow_tree(s, 1, 1, 0);
    for (uint32_t n = 1; n <= pages_count(s->pages); n++)
        if (read_newest(s, n, page) && page_kind(page, n) == PAGE_TABLE_LEAF)
            rows_read(page, n, no_fetch, take_root, s);
}

/* ---- damage ---- */

void salvage_list_damage(struct salvage *s)
{
    struct buf *list = &s->out->list;
    uint64_t record;

    for (uint32_t n = 1; n <= pages_count(s->pages); n++) {
        enum page_damage damage = pages_damage(s->pages, n);
        const char *owner = salvage_owner(s, n);
        if (damage == PAGE_WHOLE)
            continue;
        buf_addf(list,
                 damage == PAGE_DAMAGED ? _("page %u is damaged") : _("page %u is an old one"), n);
        buf_addf(list, owner ? " (%s)\n" : "\n", owner);
    }
    for (size_t i = 0; (record = pages_bad_record(s->pages, i)) > 0; i++)
        buf_addf(list, _("record %llu of the -wal file is damaged\n"), (unsigned long long)record);
    record = pages_missing_records(s->pages);
    if (record)
        buf_addf(list,
                 n_("%llu record of the -wal file is missing\n",
                    "%llu records of the -wal file are missing\n", (unsigned long)record),
                 (unsigned long long)record);
}

/* ---- losses ---- */

/* Cases whose acts are there and count for nothing, since the first one is lost. */
static bool list_headless(struct salvage *s, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(s->store, err,
                                 "SELECT count(*), min(seq), max(seq) FROM acts "
                                 "WHERE case_id <> zeroblob(8) AND case_id NOT IN "
                                 "(SELECT case_id FROM cases) GROUP BY case_id ORDER BY 2",
                                 "");

    while (row && db_step(s->store, row, &failed, err))
        buf_addf(
            &s->out->list,
            n_("a case lost its opening: its %lld other act (%lld to %lld) is in the log, and "
               "in no list\n",
               "a case lost its opening: its %lld other acts (%lld to %lld) are in the log, and "
               "in no list\n",
               (unsigned long)db_int(row, 0)),
            (long long)db_int(row, 0), (long long)db_int(row, 1), (long long)db_int(row, 2));
    return row && !failed;
}

bool salvage_list_losses(struct salvage *s, struct error *err)
{
    struct buf *list = &s->out->list;

    for (size_t i = 0; i < s->losses.count; i++) {
        const struct lost_acts *lost = &s->losses.acts[i];
        if (lost->from == lost->to)
            buf_addf(list, _("act %lld is lost\n"), (long long)lost->from);
        else
            buf_addf(list, _("acts %lld to %lld are lost\n"), (long long)lost->from,
                     (long long)lost->to);
    }
    for (size_t i = 0; i < s->losses.part_count; i++)
        buf_addf(list, _("act %lld: its part %lld is lost\n"), (long long)s->losses.parts[i].act,
                 (long long)s->losses.parts[i].part);
    return list_headless(s, err);
}

/* ---- the new file ---- */

static bool second_half(void *ctx, uint64_t done, uint64_t total)
{
    struct salvage *s = ctx;

    return !s->how->progress || s->how->progress(s->how->ctx, total + done, 2 * total);
}

/* What the new file has taken over from the old one, and is no damage, is told too. */
bool salvage_list_faults(struct salvage *s, struct error *err)
{
    struct error found = ERROR_INIT;
    struct verified verified;
    bool whole = store_verify(s->store, second_half, s, &verified, &found);

    if (!whole && found.kind == ERROR_VAULT)
        buf_addf(&s->out->list, "%s\n", error_text(&found));
    else if (!whole)
        error_set(err, found.kind, "%s", error_text(&found));
    bool ok = whole || found.kind == ERROR_VAULT;
    error_release(&found);
    buf_release(&verified.notes);
    return ok;
}
