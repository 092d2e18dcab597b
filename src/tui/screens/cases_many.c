/* SPDX-License-Identifier: MIT */
/*
 * What is done with all marked cases at once: the same said of each, in an act of its own, by the
 * gate that asks of any act; or a list of them. Nothing that could not be set right is among it.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amparo/base/date.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/many.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casesmany.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/printout.h"
#include "amparo/tui/screens.h"

#include "cases_work.h"

/* ---- what can be done ---- */

enum many_kind { MANY_OFFICER, MANY_NEXT, MANY_DONE, MANY_REVIEW, MANY_PAPER, MANY_FILE };

static const struct {
    const char *label, *about;
    const char *ask; /* what is asked first; NULL: nothing */
    const char *say; /* before it is done: %s is the answer */
} kinds[] = {
    [MANY_OFFICER] = {N_("give to an officer"), N_("who answers for these cases from now on"),
                      N_("Name of the officer who answers for these cases from now on."),
                      N_("The officer becomes %s.")},
    [MANY_NEXT] = {N_("next action"), N_("what is to be done next in each, and until when"),
                   N_("A day and what is to be done until then: T+3 call back. Days as in forms."),
                   N_("The next action becomes: %s.")},
    [MANY_DONE] = {N_("next action done"), N_("what was next in each is done"), NULL,
                   N_("The next action of each is done.%s")},
    [MANY_REVIEW] = {N_("review on"), N_("when to ask whether the data is still needed"),
                     N_("The day on which it is asked whether the data is still needed."),
                     N_("The data is reviewed on %s.")},
    [MANY_PAPER] = {N_("list"), N_("a list of them to read and to print"), NULL, NULL},
    [MANY_FILE] = {N_("to a file"), N_("the same as data (JSON), without names"),
                   N_("The file, with its folder. It is not encrypted there."), NULL},
};

/* What was asked and is to be agreed to. */
struct many_order {
    enum many_kind kind;
    struct opening_change changes[2];
    char *texts[2];
    size_t count;
};

/* ---- the result: one line a case ---- */

struct many_state {
    json_t *lines; /* [{"case", "said", "refused"}] */
    size_t recorded, refused, same;
};

static void add_line(struct many_state *state, const char *reference, bool refused,
                     const char *said)
{
    json_array_append_new(state->lines, json_pack("{s:s, s:b, s:s}", "case", reference, "refused",
                                                  (int)refused, "said", said));
}

static void build(struct screen *s, int width)
{
    const struct many_state *state = s->state;
    size_t i;
    json_t *line;

    json_array_foreach(state->lines, i, line)
    {
        const char *reference = keep_text(line, "case");
        struct buf row = BUF_INIT;
        column(&row, reference, (int)text_clusters(reference));
        column(&row, json_is_true(json_object_get(line, "refused")) ? _("refused") : "", 10);
        buf_adds(&row, keep_text(line, "said"));
        body_row(&s->body, (long)i, reference, "%s", buf_text(&row));
        buf_release(&row);
    }
    (void)width;
}

static void count_lines(struct many_state *state)
{
    size_t i;
    json_t *line;

    json_array_foreach(state->lines, i, line)
    {
        bool refused = json_is_true(json_object_get(line, "refused"));
        state->refused += refused;
        state->recorded += !refused;
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct many_state *state = s->state;

    buf_adds(where, _("What became of the marked cases"));
    if (state->refused)
        buf_addf(right, n_("%zu refused", "%zu refused", state->refused), state->refused);
}

static bool on_line(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_line(struct screen *s)
{
    case_push(s->app, body_focused(&s->body)->ref);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set(kept, "lines", ((struct many_state *)s->state)->lines);
}

static void close_state(struct screen *s)
{
    json_decref(((struct many_state *)s->state)->lines);
    free(s->state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_line, on_line},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type many_type = {
    .name = MANY_SCREEN,
    .title = N_("What became of the marked cases"),
    .about = N_("A line for each case: what was recorded in it, or why not. The marks of those "
                "that were recorded are gone."),
    .commands = commands,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

static void result_push(struct app *app, struct many_state *state)
{
    screen_push(app, &many_type, state);
}

void casesmany_reopen(struct app *app, const json_t *kept)
{
    struct many_state *state = xcalloc(1, sizeof *state);

    state->lines = json_deep_copy(json_object_get(kept, "lines"));
    if (!json_is_array(state->lines)) {
        json_decref(state->lines);
        state->lines = json_array();
    }
    count_lines(state);
    result_push(app, state);
}

/* ---- doing it ---- */

enum { QUICK_MS = 300, TOLD = 100 /* cases that are listed before one agrees */ };

static long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Says how far it is, where it takes long; false: it is given up. */
static bool goes_on(struct app *app, size_t done, size_t all, long *next)
{
    struct term_event event;
    struct buf said = BUF_INIT;

    if (milliseconds() < *next)
        return true;
    buf_addf(&said, _("%zu of %zu cases done. Esc gives up the rest."), done, all);
    frame_message(app, buf_text(&said));
    buf_release(&said);
    app_await(app, &event, 0);
    *next = milliseconds() + QUICK_MS;
    return app_goes_on(app, &event);
}

static bool read_case(struct app *app, int64_t row, struct case_rows *rows, struct error *err)
{
    return store_rows(app->store, &row, 1, rows, err) && rows->count;
}

/* One case; a mark goes where something was recorded. */
static bool do_one(struct app *app, int64_t row, const struct many_order *order,
                   struct many_state *result)
{
    struct error err = ERROR_INIT;
    struct case_rows rows = {NULL, 0};
    bool same = false, ok = read_case(app, row, &rows, &err);

    if (ok) {
        ok = store_change_opening(app->store, &rows.list[0], order->changes, order->count,
                                  _(kinds[order->kind].label), &same, &err);
        const char *text = error_text(&err);
        char *why = xstrndup(text, strcspn(text, "\n"));
        add_line(result, rows.list[0].reference, !ok,
                 !ok    ? why
                 : same ? _("it said so already")
                        : _("recorded"));
        free(why);
    }
    case_rows_release(&rows);
    error_release(&err);
    return ok;
}

static void do_all(struct screen *s, const struct many_order *order)
{
    struct cases_state *state = s->state;
    struct many_state *result = xcalloc(1, sizeof *result);
    struct marks left = {NULL, 0};
    size_t all = state->marks.count;
    long next = milliseconds() + QUICK_MS;
    bool on = true;

    result->lines = json_array();
    for (size_t i = 0; i < all; i++) {
        on = on && goes_on(s->app, i, all, &next);
        if (!on || !do_one(s->app, state->marks.rows[i], order, result))
            marks_add(&left, &state->marks.rows[i], 1);
    }
    marks_release(&state->marks);
    state->marks = left;
    count_lines(result);
    app_changed(s->app);
    app_say(s->app,
            on ? n_("%zu case done, %zu refused.", "%zu cases done, %zu refused.", result->recorded)
               : n_("%zu case done, %zu refused; the rest was given up.",
                    "%zu cases done, %zu refused; the rest was given up.", result->recorded),
            result->recorded, result->refused);
    result_push(s->app, result);
}

/* ---- asking ---- */

static void order_release(struct many_order *order)
{
    for (size_t i = 0; i < ARRAY_SIZE(order->texts); i++)
        free_wiped(order->texts[i]);
    free(order);
}

void cases_drop_order(struct cases_state *state)
{
    struct many_order *order = state->agreeing;

    state->agreeing = NULL;
    free_wiped(state->said);
    state->said = NULL;
    if (order)
        order_release(order);
}

static void add_change(struct many_order *order, const char *key, char *value)
{
    order->texts[order->count] = value;
    order->changes[order->count++] = (struct opening_change){key, value};
}

/* A day as in forms at the beginning of the text; the rest of it. */
static const char *take_day(const char *text, struct date today, char day[DATE_SIZE],
                            struct error *err)
{
    struct date_entry entry;
    size_t size = strcspn(text, " ");
    char *word = xstrndup(text, size);
    bool ok = date_entry_parse(word, false, today, &entry, err);

    free(word);
    if (!ok)
        return NULL;
    date_format(partial_date_oldest(entry.date), day);
    return text + size + strspn(text + size, " ");
}

/* The changes of an answer; NULL, and err, where it makes no sense. */
static struct many_order *make_order(enum many_kind kind, const char *answer, struct date today,
                                     struct error *err)
{
    struct many_order *order = xcalloc(1, sizeof *order);
    char day[DATE_SIZE] = "";
    const char *rest = answer;

    order->kind = kind;
    if (kind == MANY_NEXT || kind == MANY_REVIEW)
        rest = take_day(answer, today, day, err);
    if (!rest) {
        order_release(order);
        return NULL;
    }
    if (kind == MANY_OFFICER)
        add_change(order, "responsible", xstrdup(rest));
    if (kind == MANY_REVIEW)
        add_change(order, "review_on", xstrdup(day));
    if (kind == MANY_NEXT) {
        add_change(order, "next_action_due", xstrdup(day));
        if (*rest)
            add_change(order, "next_action", xstrdup(rest));
    }
    if (kind == MANY_DONE) {
        add_change(order, "next_action_due", NULL);
        add_change(order, "next_action", NULL);
    }
    return order;
}

/* ---- lists ---- */

/* Calls `each` for the first `most` marked cases; false: given up, or an error that was said. */
static bool each_marked(struct screen *s, size_t most,
                        void (*each)(void *ctx, const struct case_row *row), void *ctx)
{
    const struct cases_state *state = s->state;
    size_t all = state->marks.count < most ? state->marks.count : most;
    struct error err = ERROR_INIT;
    long next = milliseconds() + QUICK_MS;
    bool on = true;

    for (size_t i = 0; on && i < all; i++) {
        struct case_rows rows = {NULL, 0};
        on = goes_on(s->app, i, all, &next) &&
             store_rows(s->app->store, &state->marks.rows[i], 1, &rows, &err);
        if (on && rows.count)
            each(ctx, &rows.list[0]);
        case_rows_release(&rows);
    }
    if (err.kind)
        app_say_error(s->app, &err);
    else if (!on)
        app_say(s->app, "%s", _("Given up."));
    error_release(&err);
    return on;
}

static void add_row(void *ctx, const struct case_row *r)
{
    struct buf *out = ctx;

    column(out, r->reference, 18);
    column(out, _(stage_name(r->stage)), 12);
    column(out, r->receiving_state, 3);
    column(out, r->due ? r->due : "", 11);
    buf_addf(out, "%s\n", describe_title(r->title, r->hidden));
}

static void agreed(struct screen *below)
{
    struct cases_state *state = below->state;

    if (state->agreeing)
        do_all(below, state->agreeing);
    cases_drop_order(state);
}

static bool make_agreeing(struct screen *s, const char *answer, struct error *err)
{
    struct cases_state *state = s->state;

    cases_drop_order(state);
    state->agreeing =
        make_order((enum many_kind)state->asked, answer, instant_date(app_now(s->app)), err);
    if (state->agreeing)
        state->said = xstrdup(answer);
    return state->agreeing != NULL;
}

/* What is said first, then of which cases. */
static void ask_to_agree(struct screen *s, const char *answer)
{
    struct cases_state *state = s->state;
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;

    if (!make_agreeing(s, answer, &err)) {
        app_say_error(s->app, &err);
        error_release(&err);
        return;
    }
    struct buf said = BUF_INIT;
    for (size_t i = state->agreeing->count; i-- > 0;)
        if (state->agreeing->changes[i].value)
            buf_addf(&said, "%s%s", said.size ? ", " : "", state->agreeing->changes[i].value);
    buf_addf(&text, _(kinds[state->asked].say), buf_text(&said));
    buf_release(&said);
    buf_addf(&text,
             n_("\n\nF2 records it in this %zu case:\n\n",
                "\n\nF2 records it in each of these %zu cases:\n\n", state->marks.count),
             state->marks.count);
    if (!each_marked(s, TOLD, add_row, &text)) {
        buf_release(&text);
        return;
    }
    if (state->marks.count > TOLD)
        buf_addf(&text, n_("and %zu more", "and %zu more", state->marks.count - TOLD),
                 state->marks.count - TOLD);
    preview_ask(s->app, kinds[state->asked].label, buf_detach(&text), agreed);
}

static void to_paper(struct screen *s)
{
    const struct cases_state *state = s->state;
    struct buf text = BUF_INIT;

    if (each_marked(s, SIZE_MAX, add_row, &text))
        preview_push(s->app, state->name ? state->name : _("Cases"), "cases",
                     buf_detach(&text));
    buf_release(&text);
}

static void add_json(void *ctx, const struct case_row *row)
{
    struct case_row copy = *row;
    const struct case_rows one = {&copy, 1};
    json_t *rows = case_rows_json(&one);

    json_array_extend(ctx, rows);
    json_decref(rows);
}

static bool export(struct screen *s, const char *path, const struct buf *out, struct error *err)
{
    const struct access access = {.kind = ACCESS_EXPORT, .reference = "", .what = "cases"};
    struct access_copy entered;

    if (!printout_may_write(path, err) || !access_enter(s->app->store, &access, &entered, err))
        return false;
    bool ok = printout_write(s, path, out, err);
    if (!ok)
        access_lost(s->app->store, &entered);
    return ok;
}

/* As `list --json` has them: nobody is named. */
static void to_file(struct screen *below, const char *path)
{
    json_t *all = json_array();

    if (each_marked(below, SIZE_MAX, add_json, all)) {
        struct buf out = BUF_INIT;
        char *text = json_dumps(all, JSON_INDENT(2));
        buf_addf(&out, "%s\n", text);
        free(text);
        struct error err = ERROR_INIT;
        if (!export(below, path, &out, &err))
            app_say_error(below->app, &err);
        error_release(&err);
        buf_release(&out);
    }
    json_decref(all);
}

/* ---- choosing ---- */

static void choose(struct screen *below, long tag, void *ctx)
{
    struct cases_state *state = below->state;
    enum many_kind kind = (enum many_kind)tag;

    (void)ctx;
    state->asked = (int)kind;
    if (kind == MANY_PAPER)
        to_paper(below);
    else if (kinds[kind].ask)
        ask_push(below->app, _(kinds[kind].label), _(kinds[kind].ask), "",
                 kind == MANY_FILE ? to_file : ask_to_agree);
    else
        ask_to_agree(below, "");
}

void cases_many(struct screen *s)
{
    const struct cases_state *state = s->state;
    struct buf title = BUF_INIT;

    buf_addf(&title, n_("With %zu marked case", "With %zu marked cases", state->marks.count),
             state->marks.count);
    struct pick *pick = pick_push(s->app, buf_text(&title), choose, NULL, NULL);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        pick_add(pick, (long)i, _(kinds[i].label), _(kinds[i].about));
    buf_release(&title);
}

/* ---- what it asks ---- */

void cases_many_keep(const struct cases_state *state, json_t *kept)
{
    json_object_set_new(kept, "asked", json_integer(state->asked));
    if (state->agreeing)
        json_object_set_new(kept, "said", json_string(state->said));
}

void cases_many_restore(struct screen *s, const json_t *kept)
{
    struct cases_state *state = s->state;
    const char *said = json_string_value(json_object_get(kept, "said"));
    json_int_t asked = json_integer_value(json_object_get(kept, "asked"));
    struct error unsaid = ERROR_INIT;

    state->asked = asked >= 0 && (size_t)asked < ARRAY_SIZE(kinds) ? (int)asked : 0;
    if (said)
        make_agreeing(s, said, &unsaid);
    error_release(&unsaid);
}

const struct answer cases_many_answers[] = {
    ANSWER_AGAIN(choose, cases_many),
    ANSWER(to_file),
    ANSWER(ask_to_agree),
    ANSWER(agreed),
    ANSWERS_END,
};
