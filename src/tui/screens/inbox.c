/* SPDX-License-Identifier: MIT */
/*
 * What came in from other posts: first what asks something of us, then what must be looked at,
 * because it does not count, then the rest, the last first.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

/* Which of them are shown; F6 goes round. */
enum shown { SHOW_ALL, SHOW_ASKING, SHOW_ODD, SHOW_COUNT };

struct inbox {
    struct letters letters;
    enum shown shown;
    int reference_cells; /* of the longest */
};

static bool load(struct screen *s, struct error *err)
{
    struct inbox *in = s->state;
    letters_release(&in->letters);
    if (!store_inbox(s->app->store, &in->letters, err))
        return false;
    in->reference_cells = 0;
    for (size_t i = 0; i < in->letters.count; i++) {
        const char *reference = in->letters.list[i].reference;
        int cells = reference ? text_cells(reference) : 1;
        if (cells > in->reference_cells)
            in->reference_cells = cells;
    }
    return true;
}

static bool is_asking(const struct letter *l)
{
    return l->asks || l->unplaced;
}

static bool is_rest(const struct letter *l)
{
    return !is_asking(l) && !letter_is_odd(l);
}

static bool is_only_odd(const struct letter *l)
{
    return letter_is_odd(l) && !is_asking(l);
}

static void add_letter(struct screen *s, size_t i, int width)
{
    const struct inbox *in = s->state;
    const struct letter *l = &in->letters.list[i];
    struct instant now = app_now(s->app);
    struct buf row = BUF_INIT, text = BUF_INIT;
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", l->came);
    values_say_when_short(&text, day, now, reader_language);
    column(&row, buf_text(&text), 6);
    buf_clear(&text);
    letter_say_post(&text, l, width >= 60 ? 9 : 7);
    column(&row, buf_text(&text), width >= 60 ? 9 : 7);
    if (width >= 60)
        column(&row, l->reference ? l->reference : "-", in->reference_cells);
    letter_say(&row, l);
    letter_add_more(&s->body, 0, l->id, &row, l, now, width, width >= 60 ? 18 : 3);
    buf_release(&row);
    buf_release(&text);
}

static int compare_instants(const char *a, const char *b)
{
    struct instant one, other;
    return instant_parse(a, &one) && instant_parse(b, &other) ? instant_compare(one, other) : 0;
}

/* By the day that it is asked for, those without one last; else as they came, and of what came
 * together as it was said, the last first. */
static bool is_before(const struct letter *a, const struct letter *b)
{
    if (*a->due || *b->due)
        return *a->due && (!*b->due || strcmp(a->due, b->due) < 0);
    int came = compare_instants(a->came, b->came);
    return came ? came > 0 : compare_instants(a->said, b->said) > 0;
}

/* The next one of that part, after `last` in its order; count: there is none. */
static void order_part(const struct letters *letters, bool (*is)(const struct letter *),
                       size_t *order, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < letters->count; i++) {
        size_t at = *count;
        if (!is(&letters->list[i]))
            continue;
        while (at && is_before(&letters->list[i], &letters->list[order[at - 1]])) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
        (*count)++;
    }
}

static void add_part(struct screen *s, const char *head, bool (*is)(const struct letter *),
                     int width)
{
    const struct inbox *in = s->state;
    size_t *order = xcalloc(in->letters.count + 1, sizeof *order), count;
    order_part(&in->letters, is, order, &count);
    if (count && s->body.count)
        body_line(&s->body, BODY_PLAIN, "%s", "");
    if (count)
        body_line(&s->body, BODY_HEAD, " %s", head);
    for (size_t i = 0; i < count; i++)
        add_letter(s, order[i], width);
    free(order);
}

static void build(struct screen *s, int width)
{
    const struct inbox *in = s->state;
    if (in->shown != SHOW_ODD)
        add_part(s, _("Asks something of us"), is_asking, width);
    if (in->shown != SHOW_ASKING)
        add_part(s, _("Does not count, or is in doubt"), is_only_odd, width);
    if (in->shown == SHOW_ALL)
        add_part(s, _("Came in"), is_rest, width);
    if (!s->body.count)
        body_empty(&s->body, width,
                   in->letters.count ? _("Nothing of this kind; F6 shows the rest.")
                                     : _("Nothing has come in yet: i takes in what other posts "
                                         "sent, from a stick, a mail, a text or a scanner."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    static const char *const which[SHOW_COUNT] = {[SHOW_ALL] = "",
                                                  [SHOW_ASKING] = N_("what asks of us"),
                                                  [SHOW_ODD] = N_("what is in doubt")};
    const struct inbox *in = s->state;
    size_t asking = 0;
    for (size_t i = 0; i < in->letters.count; i++)
        asking += is_asking(&in->letters.list[i]);
    buf_adds(where, _("Inbox"));
    if (in->shown != SHOW_ALL)
        buf_addf(where, " · %s", _(which[in->shown]));
    if (asking)
        buf_addf(right, n_("%zu asks something", "%zu ask something", asking), asking);
}

/* ---- what can be done ---- */

static const struct letter *in_focus(const struct screen *s)
{
    const struct inbox *in = s->state;
    const struct body_line *row = body_focused(&s->body);
    for (size_t i = 0; row && i < in->letters.count; i++)
        if (strcmp(in->letters.list[i].id, row->ref) == 0)
            return &in->letters.list[i];
    return NULL;
}

static bool on_row(const struct screen *s)
{
    return in_focus(s) != NULL;
}

static bool may_answer(const struct screen *s)
{
    const struct letter *l = in_focus(s);
    return l && letter_may_answer(l);
}

static bool may_place(const struct screen *s)
{
    const struct letter *l = in_focus(s);
    return l && l->unplaced;
}

static bool has_case(const struct screen *s)
{
    const struct letter *l = in_focus(s);
    return l && l->reference;
}

static void open_letter(struct screen *s)
{
    letter_push(s->app, in_focus(s)->id);
}

static void answer(struct screen *s)
{
    letter_answer(s, in_focus(s));
}

static void place(struct screen *s)
{
    letter_place(s, in_focus(s));
}

static void open_case(struct screen *s)
{
    case_push(s->app, in_focus(s)->reference);
}

static void receive(struct screen *s)
{
    receive_push(s->app);
}

static void show_others(struct screen *s)
{
    struct inbox *in = s->state;
    in->shown = (in->shown + 1) % SHOW_COUNT;
    s->body.top = 0;
    screen_changed(s, false);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "shown", json_integer(((const struct inbox *)s->state)->shown));
}

static void restore(struct screen *s, const json_t *kept)
{
    json_int_t shown = keep_number(kept, "shown");
    ((struct inbox *)s->state)->shown =
        shown > 0 && shown < SHOW_COUNT ? (enum shown)shown : SHOW_ALL;
}

static void close_state(struct screen *s)
{
    struct inbox *in = s->state;
    letters_release(&in->letters);
    free(in);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"),
     N_("Shows all that this line says, from whom it is, and whether "
        "it counts."),
     open_letter, on_row},
    {TK_NONE, "a", N_("respond"), N_("Opens the form that this line asks for."), answer,
     may_answer},
    {TK_NONE, "m", N_("its case"), N_("Says which case this line is about."), place, may_place},
    {TK_NONE, "i", N_("receive"), N_("Takes in what came, by whatever route."), receive, NULL},
    {TK_NONE, "o", N_("open case"), N_("Opens the case of this line."), open_case, has_case},
    {TK_F(6), NULL, N_("show"), N_("Shows what asks something of us, what is in doubt, or all."),
     show_others, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWERS_MORE(letter_answers)};

const struct screen_type inbox_type = {
    .name = "inbox",
    .title = N_("Inbox"),
    .about = N_("What came in by pouch. What asks something of us stands first, by its day. What "
                "does not count says why: it waits for something, breaks a rule, or is of a key "
                "that is not trusted; the rest counts, and its author is certified unless the line "
                "says otherwise. Nothing is lost: it counts as soon as it may."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void inbox_push(struct app *app)
{
    screen_push(app, &inbox_type, xcalloc(1, sizeof(struct inbox)));
}
