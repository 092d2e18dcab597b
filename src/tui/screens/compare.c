/* SPDX-License-Identifier: MIT */
/* Two records of persons side by side: what is the same, and what is not. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/record.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct compare_state {
    char *reference[2];
    long person[2];
    json_t *typed; /* in place of the first record; or NULL */
    json_t *payload[2];
    json_t *documents[2]; /* payloads of the document acts */
};

static json_t *documents_of(const struct case_file *c, long person)
{
    json_t *list = json_array();
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DOCUMENT));)
        if (entry_number(e, "person") == person)
            json_array_append_new(list, json_deep_copy(e->payload));
    return list;
}

static bool load_side(struct screen *s, int side, struct error *err)
{
    struct compare_state *p = s->state;
    struct case_file c;
    json_decref(p->payload[side]);
    json_decref(p->documents[side]);
    p->payload[side] = p->documents[side] = NULL;
    if (!side && p->typed) {
        p->payload[side] = json_incref(p->typed);
        p->documents[side] = json_array();
        return true;
    }
    if (!store_case(s->app->store, p->reference[side], &c, err))
        return false;
    /* A log that cannot be written, on a full disk, keeps nobody from helping. */
    struct error unlogged = ERROR_INIT;
    if (!access_view(s->app->store, p->reference[side], act_type(ACT_PERSON)->name, &unlogged))
        app_say(s->app, _("Not in the access log: %s"), error_text(&unlogged));
    error_release(&unlogged);
    const struct entry *e = case_person(&c, p->person[side]);
    bool shown = e && !case_locked(&c, p->person[side]); /* of an erased one the lock stands */
    p->payload[side] = shown ? json_deep_copy(e->payload) : json_object();
    p->documents[side] = shown ? documents_of(&c, p->person[side]) : json_array();
    case_release(&c);
    return true;
}

static bool load(struct screen *s, struct error *err)
{
    return load_side(s, 0, err) && load_side(s, 1, err);
}

/* ---- showing ---- */

/* An array of objects: each as its members with blanks between. */
static void say_objects(struct buf *out, const struct field *field, const json_t *list)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *gap = i ? ", " : "";
        for (const struct field *m = field->members; m->id; m++) {
            const json_t *value = json_object_get(one, m->key);
            if (!value)
                continue;
            buf_adds(out, gap);
            values_say(out, m, value, NULL, reader_language);
            gap = " ";
        }
    }
}

static void say(struct buf *out, const struct field *field, const json_t *value)
{
    if (!value)
        buf_addc(out, '-');
    else if (field->type == FIELD_OBJECTS)
        say_objects(out, field, value);
    else
        values_say(out, field, value, NULL, reader_language);
}

/* Label, both values wrapped side by side; `=` where they agree. */
static void add_pair(struct body *b, const char *label, const char *one, const char *other,
                     int width)
{
    int labels = width >= 60 ? 16 : 10, room = (width - labels - 6) / 2;
    bool agree = strcmp(one, other) == 0, first = true;
    while (*one || *other) {
        struct buf line = BUF_INIT, cell = BUF_INIT;
        size_t shown, taken = text_wrap(one, room, &shown);
        column(&line, first ? label : "", labels);
        buf_add(&cell, one, shown);
        column(&line, buf_text(&cell), room);
        buf_adds(&line, first && agree ? "= " : "  ");
        one += taken;
        buf_clear(&cell);
        taken = text_wrap(other, room, &shown);
        buf_add(&line, other, shown);
        other += taken;
        if (first)
            body_row(b, 0, NULL, "%s", buf_text(&line));
        else
            body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
        first = false;
        buf_release(&line);
        buf_release(&cell);
    }
}

static void add_field(struct screen *s, const struct field *field, int width)
{
    const struct compare_state *p = s->state;
    const json_t *one = json_object_get(p->payload[0], field->key);
    const json_t *other = json_object_get(p->payload[1], field->key);
    struct buf left = BUF_INIT, right = BUF_INIT;
    if (!one && !other)
        return;
    say(&left, field, one);
    say(&right, field, other);
    add_pair(&s->body, _(field->label), buf_text(&left), buf_text(&right), width);
    buf_release(&left);
    buf_release(&right);
}

static void say_documents(struct buf *out, const json_t *documents)
{
    static const char *const keys[] = {"type", "number", "issuer", "valid_until"};
    size_t i;
    json_t *one;
    json_array_foreach(documents, i, one)
    {
        const char *gap = i ? "; " : "";
        for (size_t k = 0; k < ARRAY_SIZE(keys); k++) {
            const json_t *value = json_object_get(one, keys[k]);
            if (!value)
                continue;
            buf_adds(out, gap);
            values_say(out, field_find(act_type(ACT_DOCUMENT)->fields, keys[k]), value, NULL,
                       reader_language);
            gap = " ";
        }
    }
}

static void add_documents(struct screen *s, int width)
{
    const struct compare_state *p = s->state;
    struct buf left = BUF_INIT, right = BUF_INIT;
    say_documents(&left, p->documents[0]);
    say_documents(&right, p->documents[1]);
    if (left.size || right.size)
        add_pair(&s->body, _("Documents"), left.size ? buf_text(&left) : "-",
                 right.size ? buf_text(&right) : "-", width);
    buf_release(&left);
    buf_release(&right);
}

static void build(struct screen *s, int width)
{
    const struct compare_state *p = s->state;
    struct buf left = BUF_INIT, right = BUF_INIT;
    buf_addf(&left, "%s %ld%s%s", p->reference[0], p->person[0], p->typed ? ", " : "",
             p->typed ? _("typed") : "");
    buf_addf(&right, "%s %ld", p->reference[1], p->person[1]);
    add_pair(&s->body, _("Record"), buf_text(&left), buf_text(&right), width);
    for (const struct field *field = act_type(ACT_PERSON)->fields; field->id; field++)
        if (field->type != FIELD_PERSON && field->type != FIELD_MRZ)
            add_field(s, field, width);
    add_documents(s, width);
    buf_release(&left);
    buf_release(&right);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct compare_state *p = s->state;
    buf_adds(where, _("Two records side by side"));
    buf_adds(right, p->reference[0]);
}

/* ---- what can be done ---- */

static void read_case(struct screen *s)
{
    case_push(s->app, ((const struct compare_state *)s->state)->reference[1]);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct compare_state *p = s->state;
    json_object_set_new(kept, "reference", json_string(p->reference[0]));
    json_object_set_new(kept, "person", json_integer(p->person[0]));
    json_object_set_new(kept, "other_case", json_string(p->reference[1]));
    json_object_set_new(kept, "other", json_integer(p->person[1]));
    if (p->typed)
        json_object_set_new(kept, "typed", json_deep_copy(p->typed));
}

static void close_state(struct screen *s)
{
    struct compare_state *p = s->state;
    for (int side = 0; side < 2; side++) {
        free(p->reference[side]);
        json_decref(p->payload[side]);
        json_decref(p->documents[side]);
    }
    json_decref(p->typed);
    free(p);
}

static const struct command commands[] = {
    {TK_NONE, "o", N_("other case"), N_("Opens the case of the record at the right."), read_case,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type compare_type = {
    .name = "compare",
    .title = N_("Two records side by side"),
    .about =
        N_("Each line is a field: at the left this person, at the right the one on record. An = "
           "stands where both say the same, a - where one says nothing."),
    .commands = commands,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void compare_push(struct app *app, const char *reference, long person, const json_t *typed,
                  const char *other_case, long other)
{
    struct compare_state *p = xcalloc(1, sizeof *p);
    p->reference[0] = xstrdup(reference);
    p->reference[1] = xstrdup(other_case);
    p->person[0] = person;
    p->person[1] = other;
    p->typed = typed ? json_deep_copy(typed) : NULL;
    screen_push(app, &compare_type, p);
}

void compare_reopen(struct app *app, const json_t *kept)
{
    compare_push(app, keep_text(kept, "reference"), (long)keep_number(kept, "person"),
                 json_object_get(kept, "typed"), keep_text(kept, "other_case"),
                 (long)keep_number(kept, "other"));
}
