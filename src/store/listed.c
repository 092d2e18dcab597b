/* SPDX-License-Identifier: MIT */
#include "amparo/store/listed.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* "|G1|G5|": each once, in the order of their coming. */
static void add_once(struct buf *list, const char *word)
{
    char *one = xasprintf("|%s|", word);

    if (*word && !strstr(buf_text(list), one))
        buf_adds(list, list->size ? one + 1 : one);
    free_wiped(one);
}

static void add_folded(struct buf *list, const char *name)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, name);
    add_once(list, buf_text(&folded));
    buf_release(&folded);
}

static char *officers_of(const struct case_file *c)
{
    const struct entry *open = case_next(c, NULL, ACT_OPEN);
    struct buf out = BUF_INIT;

    if (open) {
        add_folded(&out, entry_text(open, "responsible"));
        add_folded(&out, entry_text(open, "deputy"));
        if (!out.size)
            add_folded(&out, open->act->by);
    }
    return buf_detach(&out);
}

static char *grounds_of(const struct case_file *c)
{
    struct buf out = BUF_INIT;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_GROUND));)
        add_once(&out, entry_text(e, "code"));
    return buf_detach(&out);
}

static void add_state(struct buf *out, const struct case_file *c, const char *state)
{
    if (strcmp(state, c->post_state) != 0)
        add_once(out, state);
}

static const char *office_state(const struct entry *e, const char *key)
{
    const char *state =
        json_string_value(json_object_get(json_object_get(e->payload, key), "state"));

    return state ? state : "";
}

static char *states_of(const struct case_file *c)
{
    struct buf out = BUF_INIT;
    const char *requesting = case_requesting_state(c);
    size_t i;
    json_t *to;

    add_state(&out, c, requesting ? requesting : "");
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_POLL));)
        json_array_foreach(json_object_get(e->payload, "to"), i, to) if (json_is_string(to))
            add_state(&out, c, json_string_value(to));
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));) {
        add_state(&out, c, office_state(e, "to"));
        add_state(&out, c, office_state(e, "from"));
    }
    return buf_detach(&out);
}

static long notes_of(const struct case_file *c)
{
    long notes = 0;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        notes += !e->annulled;
    return notes;
}

/* Where a name may not be told, its place among others may not tell it either. */
static char *name_key_of(const char *title, bool locked, const char *keepers)
{
    struct buf key = BUF_INIT;

    if (!locked && !*keepers)
        text_fold(&key, title);
    return buf_detach(&key);
}

void listed_make(const struct case_file *c, const char *title, bool locked, struct listed *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->opened, c->acts[0].at, DATE_SIZE - 1);
    out->keepers = redact_keepers(c);
    out->name_key = name_key_of(title, locked, out->keepers);
    out->officers = officers_of(c);
    /* What a row does not show, no condition tells of a restricted case. */
    out->grounds = *out->keepers ? xstrdup("") : grounds_of(c);
    out->states = *out->keepers ? xstrdup("") : states_of(c);
    out->notes = notes_of(c);
}

void listed_release(struct listed *l)
{
    free_wiped(l->name_key);
    free_wiped(l->officers);
    free_wiped(l->grounds);
    free_wiped(l->states);
    free_wiped(l->keepers);
    memset(l, 0, sizeof *l);
}

/* ---- reading ---- */

char *listed_name(const struct store *store, sqlite3_stmt *row, int column,
                  enum name_hidden *hidden)
{
    char *name = db_text(row, column), *keepers = db_text(row, column + 2);

    *hidden = redact_name(name, db_int(row, column + 1), keepers, store->me.name);
    free_wiped(keepers);
    if (!*hidden)
        return name;
    free_wiped(name);
    return xstrdup("");
}
