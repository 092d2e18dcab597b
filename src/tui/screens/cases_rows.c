/* SPDX-License-Identifier: MIT */
/* The rows of the case list that are in sight: those alone are read and drawn. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"

#include "cases_work.h"

/* ---- reading ---- */

static void release(struct sighted *one)
{
    struct case_rows rows = {&one->one, 1};

    if (one->there) {
        /* case_rows_release() frees the list too: it gets one of its own. */
        rows.list = xmalloc(sizeof *rows.list);
        *rows.list = one->one;
        case_rows_release(&rows);
    }
    free_wiped(one->told);
    *one = (struct sighted){0};
}

void cases_out_of_sight(struct cases_state *state)
{
    for (size_t i = 0; i < state->sighted; i++)
        release(&state->sight[i]);
    free(state->sight);
    state->sight = NULL;
    state->sighted = 0;
}

static void take(struct screen *s, struct sighted *out, struct error *err)
{
    struct cases_state *state = s->state;
    struct case_rows rows;

    if (!store_rows(s->app->store, &out->row, 1, &rows, err) || !rows.count)
        return;
    out->one = rows.list[0];
    out->there = true;
    free(rows.list);
    if (!*state->view.words)
        return;
    struct buf told = BUF_INIT;
    if (store_tell(s->app->store, &out->one, state->view.words, &told, err) && told.size)
        out->told = buf_detach(&told);
    buf_release(&told);
}

/* What was in sight before is taken over. */
void cases_see(struct screen *s, size_t from, size_t count)
{
    struct cases_state *state = s->state;
    struct sighted *now = xcalloc(count + 1, sizeof *now);
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < count; i++) {
        now[i].row = state->order.rows[from + i];
        for (size_t k = 0; k < state->sighted; k++)
            if (state->sight[k].there && state->sight[k].row == now[i].row) {
                now[i] = state->sight[k];
                state->sight[k] = (struct sighted){0};
            }
        if (!now[i].there)
            take(s, &now[i], &err);
    }
    cases_out_of_sight(state);
    state->sight = now;
    state->sighted = count;
    if (err.kind)
        app_say_error(s->app, &err);
    error_release(&err);
}

/* ---- drawing ---- */

/* A code of that act's field as people say it. */
static const char *say_code(enum act_kind act, const char *key, const char *code)
{
    const struct field *field = field_find(act_type(act)->fields, key);
    const char *label = field ? code_label(field->codes, code) : NULL;

    return label ? _(label) : code;
}

static void add_stand(struct buf *out, const struct case_row *r, struct instant now, int width)
{
    struct buf due = BUF_INIT;

    if (r->due && !r->closed)
        describe_due(&due, r->due, now);
    column(out, r->exit ? say_code(ACT_CLOSE, "outcome", r->exit) : _(stage_name(r->stage)), 12);
    column(out, buf_text(&due), 8);
    if (width >= 90 && strcmp(r->priority, "routine") != 0)
        buf_adds(out, say_code(ACT_OPEN, "priority", r->priority));
    buf_release(&due);
}

static void make_row(struct buf *out, const struct sighted *seen, int reference, struct instant now,
                     int width)
{
    const struct case_row *r = &seen->one;
    int title = width >= 100 ? 40 : width >= 70 ? 28 : width - reference - 5;

    column(out, r->reference, reference);
    if (seen->told && width < 100)
        title = width >= 70 ? 22 : title / 2;
    column(out, describe_title(r->title, r->hidden), title);
    if (width >= 70)
        column(out, r->receiving_state, 2);
    if (seen->told)
        column(out, seen->told, width - 3 - text_cells(buf_text(out)));
    else if (width >= 70)
        add_stand(out, r, now, width);
}

/* As wide as the longest of those in sight. */
static int reference_width(const struct cases_state *state)
{
    size_t widest = 0;

    for (size_t i = 0; i < state->sighted; i++)
        if (state->sight[i].there && strlen(state->sight[i].one.reference) > widest)
            widest = strlen(state->sight[i].one.reference);
    return (int)widest;
}

struct drawing {
    struct screen *s;
    size_t from;
    int reference;
};

static void draw_row(void *context, struct terminal *term, size_t index, int row, int col,
                     int cells)
{
    const struct drawing *d = context;
    const struct cases_state *state = d->s->state;
    const struct sighted *seen = &state->sight[index - d->from];
    struct buf text = BUF_INIT;

    if (marks_has(&state->marks, seen->row))
        term_put(term, row, col, ROLE_FOCUS, "*", 1);
    if (seen->there)
        make_row(&text, seen, d->reference, app_now(d->s->app), cells + 1);
    term_put(term, row, col + 1, ROLE_NORMAL, buf_text(&text), cells - 2);
    buf_release(&text);
}

static const char *none(const struct cases_state *state)
{
    return state->all ? _("No case is like this.") : _("No case yet. Esc, then n begins one.");
}

void cases_draw_rows(struct screen *s, struct terminal *term, int row, int rows)
{
    struct cases_state *state = s->state;

    if (rows < 1)
        return;
    size_t from = list_first(&state->list, (size_t)rows), left = state->order.count - from;
    size_t count = left < (size_t)rows ? left : (size_t)rows;
    cases_see(s, from, count);
    struct drawing d = {s, from, reference_width(state)};
    list_draw(&state->list, term, row, 0, rows, term_cols(term), count > 0, draw_row, &d);
    if (!count)
        term_put(term, row, 2, ROLE_DIM, none(state), term_cols(term) - 3);
}

enum { BUILT = 100 };

void cases_build_rows(struct screen *s, int width)
{
    struct cases_state *state = s->state;
    size_t count = state->order.count < BUILT ? state->order.count : BUILT;

    cases_see(s, 0, count);
    for (size_t i = 0; i < count; i++) {
        struct buf row = BUF_INIT;
        if (!state->sight[i].there)
            continue;
        make_row(&row, &state->sight[i], reference_width(state), app_now(s->app), width);
        body_row(&s->body, (long)i, NULL, "%s%s%s", buf_text(&row),
                 marks_has(&state->marks, state->sight[i].row) ? "  " : "",
                 marks_has(&state->marks, state->sight[i].row) ? _("marked") : "");
        buf_release(&row);
    }
    if (!count)
        body_empty(&s->body, width, none(state));
    else if (state->order.count > count)
        body_line(&s->body, BODY_DIM,
                  n_("   and %zu more: type more letters", "   and %zu more: type more letters",
                     state->order.count - count),
                  state->order.count - count);
}
