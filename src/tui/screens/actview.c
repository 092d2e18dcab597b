/* SPDX-License-Identifier: MIT */
/*
 * One recorded act in full, by the field table: as it stands now and as it was recorded first, what
 * the gates said then, by which directory, by whom, and what has been recorded of it since.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/gate.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/showing.h"
#include "amparo/tui/values.h"

struct actview_state {
    struct casescreen base;
    char *id;
};

/* ---- what the act holds ---- */

static void say_when_by(struct buf *out, const struct act *act)
{
    values_say_when(out, act->at, reader_language);
    buf_addf(out, ", %s", act->by);
}

/* A correction holds the whole act anew. */
static void add_anew(const struct showing *v, const struct entry *entry)
{
    const char *of = json_string_value(json_object_get(entry->act->payload, "of"));
    const struct entry *corrected = of ? case_entry(v->c, of) : NULL;
    const json_t *anew = json_object_get(entry->act->payload, "payload");
    if (!corrected || !anew)
        return;
    showing_blank(v);
    body_line(v->b, BODY_HEAD, " %s", _("As it was corrected"));
    showing_payload(v, act_type(corrected->act->kind), anew, corrected->act->payload);
}

/* ---- what the gates said ---- */

static void add_passed(const struct showing *v, const struct act *act)
{
    static const char *const labels[CASE_PASSED_COUNT] = {
        [CASE_PASSED_WARNED] = N_("In spite of"), [CASE_PASSED_OVERRIDDEN] = N_("Overridden")};
    for (size_t k = 0; k < CASE_PASSED_COUNT; k++) {
        const json_t *gates = json_object_get(act->context, case_passed_keys[k]), *gate;
        size_t i;
        json_array_foreach(gates, i, gate)
        {
            const char *id = json_string_value(gate);
            char *demand = gate_demand(id, reader_language);
            showing_line(v, BODY_PLAIN, 0, _(labels[k]), demand ? demand : id);
            free(demand);
        }
    }
}

/* ---- the directory of then ---- */

static void add_posts(const struct showing *v, const json_t *posts)
{
    struct buf text = BUF_INIT;
    const json_t *post;
    size_t i;
    json_array_foreach(posts, i, post)
    {
        const char *state = json_string_value(json_object_get(post, "state"));
        const char *city = json_string_value(json_object_get(post, "city"));
        const char *kind = json_string_value(json_object_get(post, "kind"));
        const char *label = kind ? code_label(post_kind_codes, kind) : NULL;
        buf_addf(&text, "%s%s", i ? "; " : "", state ? country_name(state, reader_language) : "");
        buf_addf(&text, ", %s%s%s", label ? _(label) : "", city && *city ? ", " : "",
                 city ? city : "");
    }
    if (text.size)
        showing_line(v, BODY_DIM, 0, _("Missions used"), buf_text(&text));
    buf_release(&text);
}

static void add_lists(const struct showing *v, json_t *lists)
{
    struct buf text = BUF_INIT;
    const char *state;
    json_t *on;
    json_object_foreach(lists, state, on)
    {
        buf_addf(&text, "%s%s ", text.size ? "; " : "", country_name(state, reader_language));
        if (json_is_string(on))
            values_say_when(&text, json_string_value(on), reader_language);
    }
    if (text.size)
        showing_line(v, BODY_DIM, 0, _("Lists used"), buf_text(&text));
    buf_release(&text);
}

/* ---- who, when, and since ---- */

static void add_countersignature(const struct showing *v, const char *id)
{
    const struct entry *sign = NULL;
    while ((sign = case_next(v->c, sign, ACT_COUNTERSIGN))) {
        struct buf text = BUF_INIT;
        if (strcmp(entry_text(sign, "of"), id) != 0)
            continue;
        say_when_by(&text, sign->act);
        showing_line(v, BODY_PLAIN, 0, _("Countersigned"), buf_text(&text));
        buf_release(&text);
    }
}

/* The note that this act is: its number, and its annulment. */
static void add_note(const struct showing *v, const struct entry *entry, const char *id)
{
    const struct entry *annul = NULL;
    if (*note_own_number(entry))
        showing_line(v, BODY_PLAIN, 0, note_came_in(entry) ? _("Entered as") : _("Number"),
                     note_own_number(entry));
    while (entry->annulled && (annul = case_next(v->c, annul, ACT_ANNUL))) {
        struct buf text = BUF_INIT;
        if (strcmp(entry_text(annul, "note"), id) != 0)
            continue;
        say_when_by(&text, annul->act);
        buf_addf(&text, "%s%s", label_colon(), entry_text(annul, "reason"));
        showing_line(v, BODY_PLAIN, 0, _("Annulled"), buf_text(&text));
        buf_release(&text);
    }
}

static void add_correction(const struct showing *v, const struct act *correction)
{
    struct buf text = BUF_INIT;
    const char *reason = json_string_value(json_object_get(correction->payload, "reason"));
    say_when_by(&text, correction);
    if (reason)
        buf_addf(&text, "%s%s", label_colon(), reason);
    showing_line(v, BODY_PLAIN, 0, _("Corrected"), buf_text(&text));
    buf_release(&text);
}

static void add_recording(const struct showing *v, const struct entry *entry, const char *id)
{
    const struct act *act = entry->act;
    struct buf text = BUF_INIT;
    values_say_when(&text, act->at, reader_language);
    showing_line(v, BODY_PLAIN, 0, _("Recorded"), buf_text(&text));
    buf_clear(&text);
    buf_addf(&text, "%s, %s, %s", act->by, _(role_name(act->role)), act->post ? act->post : "");
    showing_line(v, BODY_PLAIN, 0, _("Signed by"), buf_text(&text));
    showing_hash(v, _("Key"), act->signer ? act->signer : "");
    showing_hash(v, _("Act"), id);
    buf_release(&text);
}

/* ---- the screen ---- */

static const struct entry *shown_entry(const struct screen *s)
{
    const struct actview_state *state = s->state;
    const struct casework *w = &state->base.w;
    return w->has_case ? case_entry(&w->c, state->id) : NULL;
}

static void build(struct screen *s, int width)
{
    const struct actview_state *state = s->state;
    const struct entry *entry = shown_entry(s);
    if (!entry)
        return;
    const struct showing v = {&s->body, &state->base.w.c, width, N_("erased: data protection")};
    const json_t *first = entry->correction ? entry->act->payload : NULL;
    struct buf title = BUF_INIT;
    describe_entry(&title, v.c, entry, reader_language);
    body_wrap(v.b, BODY_HEAD, width, 0, buf_text(&title));
    buf_release(&title);
    showing_blank(&v);
    add_note(&v, entry, state->id);
    showing_payload(&v, act_type(entry->act->kind), entry->payload, first);
    add_anew(&v, entry);
    showing_blank(&v);
    add_passed(&v, entry->act);
    if (entry->correction)
        add_correction(&v, entry->correction);
    add_countersignature(&v, state->id);
    add_recording(&v, entry, state->id);
    add_posts(&v, json_object_get(entry->act->context, "posts"));
    add_lists(&v, json_object_get(entry->act->context, "lists"));
}

static bool may_correct(const struct screen *s)
{
    const struct entry *entry = shown_entry(s);
    return entry && entry->act->kind != ACT_CORRECT;
}

static void correct(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = shown_entry(s)->act->kind,
                                              .correct = ((struct actview_state *)s->state)->id});
}

static bool is_note(const struct screen *s)
{
    const struct entry *entry = shown_entry(s);
    return entry && entry->act->kind == ACT_NOTE;
}

static void print(struct screen *s)
{
    preview_note(s->app, casescreen_work(s)->reference, ((struct actview_state *)s->state)->id);
}

/* The act recorded before (-1) or after it (1) in this case. */
static void go_on(struct screen *s, long step)
{
    struct actview_state *state = s->state;
    const struct casework *w = &state->base.w;
    const struct entry *entry = shown_entry(s);
    if (!entry)
        return;
    long at = entry - w->c.entries + step;
    if (at < 0 || at >= (long)w->c.count) {
        app_say(s->app, "%s", step < 0 ? _("This is the first act.") : _("This is the last act."));
        return;
    }
    free(state->id);
    state->id = xmalloc(2 * ACT_ID_SIZE + 1);
    act_id_hex(w->c.acts[at].id, state->id);
    s->body.top = 0;
    screen_changed(s, true);
}

static void previous(struct screen *s)
{
    go_on(s, -1);
}

static void next(struct screen *s)
{
    go_on(s, 1);
}

static void close_state(struct screen *s)
{
    struct actview_state *state = s->state;
    free(state->id);
    casescreen_close(s);
}

static void keep(struct screen *s, json_t *kept)
{
    casescreen_keep(s, kept);
    json_object_set_new(kept, "act", json_string(((const struct actview_state *)s->state)->id));
}

/* Of what is sensitive the log says which act was opened. */
static bool load(struct screen *s, struct error *err)
{
    if (!casescreen_load(s, err))
        return false;
    const struct entry *entry = shown_entry(s);
    const struct act_type *type = entry ? act_type(entry->act->kind) : NULL;
    for (const struct field *f = type ? type->fields : NULL; f && f->id; f++)
        if (f->class >= CLASS_P2 && json_object_get(entry->payload, f->key)) {
            casescreen_viewed(s, type->name);
            break;
        }
    return true;
}

static const struct command commands[] = {
    {TK_NONE, "c", N_("correct"), N_("Corrects this act: both stay in the history."), correct,
     may_correct},
    {TK_NONE, "p", N_("print"), N_("Shows the note as it is printed."), print, is_note},
    {TK_F(7), NULL, N_("before"), N_("Shows the act that was recorded before this one."), previous,
     NULL},
    {TK_F(8), NULL, N_("after"), N_("Shows the act that was recorded after this one."), next, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type actview_type = {
    .name = "act",
    .title = N_("An act"),
    .about = N_("What was recorded, by whom and when; what the gates said then; below it the "
                "signer's key, the act's own number, and the lines of the directory that it "
                "rests on, as they were then."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = casescreen_head,
    .keep = keep,
    .close = close_state,
};

void actview_push(struct app *app, const char *reference, const char *id_hex)
{
    struct screen *s = casescreen_push(app, &actview_type, sizeof(struct actview_state), reference);
    ((struct actview_state *)s->state)->id = xstrdup(id_hex);
}

void actview_reopen(struct app *app, const json_t *kept)
{
    actview_push(app, keep_text(kept, "reference"), keep_text(kept, "act"));
}
