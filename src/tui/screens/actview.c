/* SPDX-License-Identifier: MIT */
/* One recorded act in full, by the field table. */
#include <stdlib.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct actview_state {
    struct casescreen base;
    char *id;
};

enum { LABEL = 16 };

static void add_value(struct body *b, const struct casework *w, const struct field *field,
                      const json_t *value, int width, int depth);

static void add_members(struct body *b, const struct casework *w, const struct field *fields,
                        const json_t *object, int width, int depth)
{
    for (const struct field *field = fields; field && field->id; field++) {
        const json_t *value = json_object_get(object, field->key);
        if (value)
            add_value(b, w, field, value, width, depth);
    }
}

static void add_value(struct body *b, const struct casework *w, const struct field *field,
                      const json_t *value, int width, int depth)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%*s", 2 * depth, "");
    column(&line, _(field->label), LABEL);
    if (field->type == FIELD_OBJECT || field->type == FIELD_OBJECTS) {
        body_line(b, BODY_PLAIN, " %s", buf_text(&line));
        if (json_is_object(value))
            add_members(b, w, field->members, value, width, depth + 1);
        for (size_t i = 0; i < json_array_size(value); i++)
            add_members(b, w, field->members, json_array_get(value, i), width, depth + 1);
    } else if (field->type != FIELD_PAYLOAD) {
        values_say(&line, field, value, &w->c, reader_language);
        body_wrap(b, BODY_PLAIN, width, LABEL + 1 + 2 * depth, buf_text(&line));
    }
    buf_release(&line);
}

static void add_about(struct body *b, const struct casework *w, const struct entry *entry)
{
    const struct act *act = entry->act;
    struct buf when = BUF_INIT;
    values_say_when(&when, act->at, reader_language);
    body_line(b, BODY_DIM, " %s", buf_text(&when));
    body_line(b, BODY_DIM, " %s, %s · %s", act->by, _(role_name(act->role)),
              act->post ? act->post : "");
    if (*describe_note_number(entry))
        body_line(b, BODY_PLAIN, " %s %s", _("Number"), describe_note_number(entry));
    if (entry->correction) {
        buf_clear(&when);
        values_say_when(&when, entry->correction->at, reader_language);
        body_line(b, BODY_PLAIN, " %s: %s, %s", _("Corrected"), buf_text(&when),
                  entry->correction->by);
    }
    buf_release(&when);
    (void)w;
}

/* What the act was recorded in spite of, kept with it. */
static void add_passed(struct body *b, const struct act *act, int width)
{
    static const char *const labels[CASE_PASSED_COUNT] = {
        [CASE_PASSED_WARNED] = N_("In spite of"), [CASE_PASSED_OVERRIDDEN] = N_("Overridden")};

    for (size_t k = 0; k < CASE_PASSED_COUNT; k++) {
        const json_t *gates = json_object_get(act->context, case_passed_keys[k]);
        size_t i;
        json_t *gate;
        json_array_foreach(gates, i, gate)
        {
            const char *id = json_string_value(gate);
            char *demand = gate_demand(id, reader_language);
            struct buf line = BUF_INIT;
            column(&line, _(labels[k]), LABEL);
            buf_adds(&line, demand ? demand : id);
            body_wrap(b, BODY_PLAIN, width, LABEL + 1, buf_text(&line));
            buf_release(&line);
            free(demand);
        }
    }
}

static void build(struct screen *s, int width)
{
    const struct actview_state *state = s->state;
    const struct casework *w = &state->base.w;
    const struct entry *entry = w->has_case ? case_entry(&w->c, state->id) : NULL;
    if (!entry)
        return;
    struct body *b = &s->body;
    const struct act_type *type = act_type(entry->act->kind);
    struct buf title = BUF_INIT;
    describe_entry(&title, &w->c, entry, reader_language);
    body_wrap(b, BODY_HEAD, width, 0, buf_text(&title));
    buf_release(&title);
    add_about(b, w, entry);
    body_line(b, BODY_PLAIN, "%s", "");
    add_members(b, w, type->fields, entry->payload, width, 0);
    const json_t *transcribed = json_object_get(entry->payload, act_transcribed_field.key);
    const json_t *override = json_object_get(entry->payload, act_override_field.key);
    if (transcribed)
        add_value(b, w, &act_transcribed_field, transcribed, width, 0);
    if (override)
        add_value(b, w, &act_override_field, override, width, 0);
    add_passed(b, entry->act, width);
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_DIM, " %s", state->id);
}

static void correct(struct screen *s)
{
    const struct actview_state *state = s->state;
    const struct casework *w = &state->base.w;
    const struct entry *entry = case_entry(&w->c, state->id);
    if (entry)
        actform_push(s->app, &(struct form_order){.reference = w->reference,
                                                  .kind = entry->act->kind,
                                                  .correct = state->id});
}

static void close_state(struct screen *s)
{
    free(((struct actview_state *)s->state)->id);
    casescreen_close(s);
}

static const struct command commands[] = {
    {TK_NONE, "c", N_("correct"), N_("Corrects this act: both stay in the history."), correct,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type actview_type = {
    .name = "act",
    .title = N_("An act"),
    .about = N_("What was recorded, by whom and when; at the foot the act's id."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .close = close_state,
};

void actview_push(struct app *app, const char *reference, const char *id_hex)
{
    struct screen *s = casescreen_push(app, &actview_type, sizeof(struct actview_state), reference);
    ((struct actview_state *)s->state)->id = xstrdup(id_hex);
}
