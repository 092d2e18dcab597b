/* SPDX-License-Identifier: MIT */
#include "network_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/mem.h"
#include "amparo/store/list.h"

/* ---- what stands in a payload ---- */

/* The number behind + or - in "{day+3}". */
static long offset_in(const char *word)
{
    const char *sign = strpbrk(word, "+-");

    return sign ? strtol(sign, NULL, 10) : 0;
}

static const struct entry *last_note(const struct case_file *c, const char *kind, size_t length)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (strncmp(entry_text(e, "kind"), kind, length) == 0)
            found = e;
    return found;
}

static void put_word(const struct network *w, const struct case_file *c, const char *word,
                     size_t length, struct buf *out)
{
    char text[INSTANT_SIZE];
    char id[2 * ACT_ID_SIZE + 1];

    if (strncmp(word, "day", 3) == 0) {
        struct date day = date_add_days(instant_date(w->now), offset_in(word));
        buf_adds(out, date_format(day, text));
    } else if (strncmp(word, "at", 2) == 0) {
        struct instant at = instant_add_seconds(w->now, 60 * (int64_t)offset_in(word));
        buf_adds(out, instant_format(at, text));
    } else if (strncmp(word, "note:", 5) == 0) {
        const struct entry *note = c ? last_note(c, word + 5, length - 5) : NULL;
        assert_non_null(note);
        act_id_hex(note->act->id, id);
        buf_adds(out, id);
    } else {
        fail_msg("a story says {%.*s}", (int)length, word);
    }
}

static json_t *payload_of(const struct network *w, const struct case_file *c, const char *told)
{
    struct buf text = BUF_INIT;

    for (const char *at = told; *at;) {
        const char *close = *at == '{' && at[1] != '\'' && at[1] != '}' ? strchr(at, '}') : NULL;
        if (!close) {
            buf_addc(&text, *at++);
            continue;
        }
        put_word(w, c, at + 1, (size_t)(close - at) - 1, &text);
        at = close + 1;
    }
    json_t *payload = kit_json(buf_text(&text));
    buf_release(&text);
    return payload;
}

/* ---- what was said before it ---- */

static bool is_of(const struct entry *e, const char *of)
{
    static const char *const keys[] = {"state", "by", "kind"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (strcmp(entry_text(e, keys[i]), of) == 0)
            return true;
    return false;
}

/* Do we have a receipt for an act of that kind, from one of those who answered the poll? */
static bool has_come(struct store *store, enum act_kind kind)
{
    int64_t count;

    assert_true(db_number(store, &count, 0, NULL,
                          "SELECT count(*) FROM deliveries v JOIN dispatches d ON d.place = "
                          "v.dispatch WHERE d.kind = ? AND v.acked_at IS NOT NULL AND v.post IN "
                          "(SELECT author FROM dispatches WHERE kind = ?)",
                          "ii", (int64_t)kind, (int64_t)ACT_REPLY));
    return count > 0;
}

/* One of the words of `after`: "reply:MX", "assist:2", "acked:note". */
static bool holds(struct store *store, const struct case_file *c, const char *word, size_t length)
{
    char name[40], *of;
    size_t wanted = 1, count = 0;

    assert_true(length < sizeof name);
    memcpy(name, word, length);
    name[length] = '\0';
    if ((of = strchr(name, ':')))
        *of++ = '\0';
    if (of && strcmp(name, "acked") == 0)
        return has_come(store, act_type_named(of)->kind);
    if (of && *of >= '0' && *of <= '9') {
        wanted = (size_t)strtoul(of, NULL, 10);
        of = NULL;
    }
    const struct act_type *type = act_type_named(name);
    assert_non_null(type);
    for (const struct entry *e = NULL; (e = case_next(c, e, type->kind));)
        count += !of || is_of(e, of);
    return count >= wanted;
}

static bool is_true(struct store *store, const struct case_file *c, const char *after)
{
    for (size_t length; *after; after += length + (after[length] == ',')) {
        length = strcspn(after, ",");
        if (!holds(store, c, after, length))
            return false;
    }
    return true;
}

static void load(struct store *store, const char *reference, struct case_file *out)
{
    struct error err = ERROR_INIT;

    if (!store_case(store, reference, out, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

/* A case at that post of which it is true: a new string, or NULL. */
static char *find_case(struct network *w, enum network_place at, const char *after)
{
    struct list_filter filter = {.stage = -1};
    struct case_rows rows;
    struct error err = ERROR_INIT;
    char *found = NULL;

    if (!store_list(w->stores[at], &filter, &rows, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; !found && i < rows.count; i++) {
        struct case_file c;
        load(w->stores[at], rows.list[i].reference, &c);
        if (is_true(w->stores[at], &c, after))
            found = xstrdup(rows.list[i].reference);
        case_release(&c);
    }
    case_rows_release(&rows);
    error_release(&err);
    return found;
}

/* ---- saying ---- */

void network_later(struct network *w, int64_t seconds)
{
    char now[INSTANT_SIZE];

    w->now = instant_add_seconds(w->now, seconds);
    instant_format(w->now, now);
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        store_set_now(w->stores[i], now);
}

static void go_on(struct network *w, enum network_place at)
{
    const struct network_step *step = w->next[at];

    do
        step++;
    while (step->at != at && step->at != NETWORK_POSTS);
    w->next[at] = step->at == at ? step : NULL;
}

static void record(struct network *w, const struct network_step *step)
{
    bool may_fail = *step->act == '?';
    struct record_request request = {.kind = act_type_named(step->act + may_fail)->kind};
    struct error err = ERROR_INIT;
    struct recorded recorded;
    struct case_file c;
    char *was = w->reference[step->at];

    if (request.kind != ACT_OPEN) {
        request.reference = was;
        load(w->stores[step->at], was, &c);
    }
    json_t *payload = payload_of(w, request.reference ? &c : NULL, step->payload);
    request.payload = payload;
    bool ok = store_record(w->stores[step->at], &request, &recorded, &err);
    if (!ok && (!may_fail || err.kind != ERROR_REFUSED))
        fail_msg("%s, %s: %s", w->story->posts[step->at].code, step->act, error_text(&err));
    if (ok) {
        w->reference[step->at] = xstrdup(recorded.reference);
        recorded_release(&recorded);
        free(was);
    }
    json_decref(payload);
    if (request.reference)
        case_release(&c);
    error_release(&err);
}

bool network_say(struct network *w, enum network_place at)
{
    const struct network_step *step = w->next[at];

    if (!step)
        return false;
    if (*step->after) {
        const char *bar = strchr(step->after, '|');
        char *after = bar && w->story->crosses ? xstrdup(bar + 1)
                                               : xstrndup(step->after, strcspn(step->after, "|"));
        char *found = find_case(w, at, after);
        free(after);
        if (!found)
            return false;
        free(w->reference[at]);
        w->reference[at] = found;
    }
    record(w, step);
    go_on(w, at);
    return true;
}

bool network_all_said(const struct network *w)
{
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        if (w->next[i])
            return false;
    return true;
}

const char *network_case(struct network *w, enum network_place at)
{
    char *found = find_case(w, at, "poll");

    if (found) {
        free(w->reference[at]);
        w->reference[at] = found;
    }
    return found;
}

/* ---- the files ---- */

static char *file_of(const char *folder, const struct network_post *post)
{
    return xasprintf("%s/%s.amparo", kit_path(folder), post->code);
}

static void copy(const char *from, const char *to)
{
    char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t got;

    assert_non_null(in);
    assert_non_null(out);
    while ((got = fread(bytes, 1, sizeof bytes, in)))
        assert_int_equal(fwrite(bytes, 1, got, out), got);
    assert_int_equal(fclose(in) | fclose(out), 0);
}

static struct store *open_as(const char *path, struct passphrase passphrase)
{
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(path, NULL, passphrase, STORE_UNSYNCED, &store, &err))
        fail_msg("%s", error_text(&err));
    return store;
}

/* What such a file and its WAL are called once they are closed. */
void network_begin(struct network *w, const struct network_story *story, const char *from,
                   const char *folder)
{
    *w = (struct network){.story = story, .name = folder};
    assert_true(instant_parse("2026-03-12T12:00:00-06:00", &w->now));
    mkdir(kit_path(folder), 0700);
    for (size_t i = 0; i < NETWORK_POSTS; i++) {
        char *source = file_of(from, &story->posts[i]), *path = file_of(folder, &story->posts[i]);
        copy(source, path);
        w->stores[i] = open_as(path, kit_ana);
        free(source);
        free(path);
        for (const struct network_step *s = story->steps; s->at != NETWORK_POSTS && !w->next[i];
             s++)
            if (s->at == i)
                w->next[i] = s;
    }
    network_later(w, 60);
}

static void end(struct network *w, bool keep)
{
    for (size_t i = 0; i < NETWORK_POSTS; i++) {
        char *path = xstrdup(store_path(w->stores[i]));
        store_close(w->stores[i]);
        if (!keep)
            store_remove_file(path);
        free(path);
        free(w->reference[i]);
    }
}

void network_end(struct network *w)
{
    end(w, false);
}

void network_close(struct network *w)
{
    end(w, true);
}

const char *network_path(const struct network *w, enum network_place at)
{
    char *path = file_of(w->name, &w->story->posts[at]);
    static char kept[NETWORK_POSTS][256];

    snprintf(kept[at], sizeof kept[at], "%s", path);
    free(path);
    return kept[at];
}
