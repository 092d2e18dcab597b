/* SPDX-License-Identifier: MIT */
#include "amparo/tui/pick.h"

#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/keep.h"

enum { CELLS = 40 }; /* of the field */

struct entry_row {
    long tag;
    char *label, *detail;
    int group;
};

struct pick {
    char *title;
    struct entry_row *rows;
    size_t count, room;
    int group; /* of what is added now */
    struct edit typed;
    bool moved; /* the cursor is on a row, not in the field */
    pick_fn *chosen;
    void *ctx;
    void (*done)(void *ctx);
};

void pick_add(struct pick *pick, long tag, const char *label, const char *detail)
{
    if (pick->count == pick->room) {
        pick->room = pick->room ? 2 * pick->room : 32;
        pick->rows = xreallocarray(pick->rows, pick->room, sizeof *pick->rows);
    }
    pick->rows[pick->count++] =
        (struct entry_row){tag, xstrdup(label), xstrdup(detail), pick->group};
}

void pick_farther(struct pick *pick)
{
    pick->group++;
}

/* Names before what is said of them; in each, what was added first before what is further off. */
enum { NEARER = 10, BY_NAME = 1000, FARTHEST = 40 };

/* How well the row answers what was typed, by its label or (less) by its detail; 0: not at all. */
static int match_of(const struct entry_row *row, const char *typed)
{
    int near = NEARER * (FARTHEST - row->group);
    int label = *typed ? (int)text_match(typed, row->label) : 1;
    int detail = label ? 0 : (int)text_match(typed, row->detail);
    return label ? BY_NAME + near + label : detail ? near + detail : 0;
}

struct ranked {
    size_t index;
    int rank;
};

/* The best first, equals in their own order. */
static int by_rank(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->rank != other->rank)
        return other->rank - one->rank;
    return one->index < other->index ? -1 : 1;
}

static int widest_label(const struct pick *pick)
{
    int widest = 0;
    for (size_t i = 0; i < pick->count; i++)
        if (*pick->rows[i].detail && text_cells(pick->rows[i].label) > widest)
            widest = text_cells(pick->rows[i].label);
    return widest;
}

static void build(struct screen *s, int width)
{
    const struct pick *pick = s->state;
    const char *typed = edit_text(&pick->typed);
    struct ranked *ranked = xcalloc(pick->count + 1, sizeof *ranked);
    int label = widest_label(pick), most = width * 3 / 5;
    if (label > most)
        label = most;
    else
        label++; /* two blanks: a label may be several words */
    for (size_t i = 0; i < pick->count; i++)
        ranked[i] = (struct ranked){i, match_of(&pick->rows[i], typed)};
    qsort(ranked, pick->count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < pick->count && ranked[i].rank; i++) {
        const struct entry_row *entry = &pick->rows[ranked[i].index];
        struct buf row = BUF_INIT;
        if (*entry->detail)
            column(&row, entry->label, label);
        buf_adds(&row, *entry->detail ? entry->detail : entry->label);
        body_row(&s->body, (long)ranked[i].index, NULL, "%s", buf_text(&row));
        buf_release(&row);
    }
    free(ranked);
    if (!s->body.count)
        body_line(&s->body, BODY_DIM, "  %s", _("Nothing is called so."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct pick *pick = s->state;
    (void)right;
    buf_adds(where, pick->title);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct pick *pick = s->state;
    int cols = term_cols(term), gap = rows > 3 ? 2 : 1;
    body_draw(&s->body, term, row + gap, rows - gap);
    int col = 1 + term_put(term, row, 1, ROLE_LABEL, _("Name"), cols - 2) + 1;
    int width = cols - col - 2 < CELLS ? cols - col - 2 : CELLS;
    if (pick->moved) {
        field_draw(term, row, col, width, 1, ROLE_FIELD, edit_text(&pick->typed));
        return;
    }
    term_put(term, row, 0, ROLE_FOCUS, ">", 1);
    edit_draw(&pick->typed, term, row, col, width, 1);
}

static void choose(struct screen *s)
{
    struct pick *pick = s->state;
    const struct body_line *row = body_focused(&s->body);
    if (!row)
        return;
    struct app *app = s->app;
    long tag = pick->rows[row->tag].tag;
    pick_fn *chosen = pick->chosen;
    void *ctx = pick->ctx, (*done)(void *) = pick->done;
    pick->done = NULL; /* what is chosen may still use it */
    screen_leave(s);
    if (app_top(app))
        chosen(app_top(app), tag, ctx);
    if (done)
        done(ctx);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct pick *pick = s->state;
    bool moves = event->kind == TERM_KEY &&
                 (event->key == TK_UP || event->key == TK_DOWN || event->key == TK_PAGE_UP ||
                  event->key == TK_PAGE_DOWN || event->key == TK_TAB || event->key == TK_BACKTAB);
    if (moves) {
        pick->moved = true;
        return body_event(&s->body, event, s->rows - 2);
    }
    if (!edit_event(&pick->typed, event, CELLS))
        return false;
    pick->moved = false;
    body_release(&s->body);
    screen_changed(s, false);
    return true;
}

static void line(struct screen *s, struct screen_line *out)
{
    struct pick *pick = s->state;
    *out = (struct screen_line){_("Name"), &pick->typed, true};
}

static void keep_rows(const struct pick *pick, json_t *kept)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < pick->count; i++)
        json_array_append_new(rows, json_pack("[I, s, s]", (json_int_t)pick->rows[i].tag,
                                              pick->rows[i].label, pick->rows[i].detail));
    json_object_set_new(kept, "rows", rows);
    json_object_set_new(kept, "title", json_string(pick->title));
    if (pick->ctx)
        json_object_set_new(kept, "ctx", json_string(pick->ctx));
}

static void keep(struct screen *s, json_t *kept)
{
    const struct pick *pick = s->state;
    const struct answer *answer = keep_answer(s, (answer_fn *)pick->chosen, kept);
    if (answer && !answer->again)
        keep_rows(pick, kept);
    edit_keep(&pick->typed, kept);
    json_object_set_new(kept, "moved", json_boolean(pick->moved));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct pick *pick = s->state;
    edit_restore(&pick->typed, kept);
    pick->moved = json_is_true(json_object_get(kept, "moved"));
}

static void close_state(struct screen *s)
{
    struct pick *pick = s->state;
    for (size_t i = 0; i < pick->count; i++) {
        free(pick->rows[i].label);
        free(pick->rows[i].detail);
    }
    free(pick->rows);
    if (pick->done)
        pick->done(pick->ctx);
    edit_release(&pick->typed);
    free(pick->title);
    free(pick);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("take"), N_("Takes the line with the mark."), choose, NULL},
    {TK_F(2), NULL, NULL, N_("Takes the line with the mark."), choose, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type pick_type = {
    .name = "pick",
    .title = N_("A choice"),
    .about = N_("Type parts of the name, or go there with the arrows; Enter takes the line with "
                "the mark."),
    .commands = commands,
    .worded = true,
    .typing = true,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

struct pick *pick_push(struct app *app, const char *title, pick_fn *chosen, void *ctx,
                       void (*done)(void *ctx))
{
    struct pick *pick = xcalloc(1, sizeof *pick);
    pick->title = xstrdup(title);
    pick->chosen = chosen;
    pick->ctx = ctx;
    pick->done = done;
    edit_init(&pick->typed, false, 100);
    screen_push(app, &pick_type, pick);
    return pick;
}

void pick_reopen(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    const char *ctx = json_string_value(json_object_get(kept, "ctx"));
    size_t i;
    json_t *row;
    if (!answer)
        return;
    if (answer->again) {
        answer->again(app_top(app));
        return;
    }
    struct pick *pick = pick_push(app, keep_text(kept, "title"), (pick_fn *)answer->take,
                                  ctx ? xstrdup(ctx) : NULL, free);
    json_array_foreach(json_object_get(kept, "rows"), i, row)
    {
        const char *label = json_string_value(json_array_get(row, 1));
        const char *detail = json_string_value(json_array_get(row, 2));
        pick_add(pick, (long)json_integer_value(json_array_get(row, 0)), label ? label : "",
                 detail ? detail : "");
    }
}
