/* SPDX-License-Identifier: MIT */
/* The help that was given and what it cost, in the order of its instants, with totals by source. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/ledger.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

static const char *instant_of(const struct entry *entry)
{
    const char *at = entry_text(entry, "at");
    return *at ? at : entry_text(entry, "on");
}

static int64_t seconds_of(const struct entry *entry)
{
    struct instant at;
    struct date day;
    if (instant_parse(instant_of(entry), &at))
        return at.seconds;
    return date_parse(instant_of(entry), &day) ? (int64_t)date_number(day) * 86400 : 0;
}

static int by_instant(const void *a, const void *b)
{
    const struct entry *left = *(const struct entry *const *)a;
    const struct entry *right = *(const struct entry *const *)b;
    int64_t l = seconds_of(left), r = seconds_of(right);
    if (l != r)
        return l < r ? -1 : 1;
    return left < right ? -1 : left > right;
}

static void add_entry(struct body *b, const struct casework *w, const struct entry *entry,
                      int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    values_say_when_short(&when, instant_of(entry), w->now, reader_language);
    column(&row, buf_text(&when), 12);
    describe_entry(&row, &w->c, entry, reader_language);
    const char *more = entry_text(entry, entry->act->kind == ACT_COST ? "item" : "detail");
    if (width >= 60 && *more)
        buf_addf(&row, "%s%s", label_colon(), more);
    act_id_hex(entry->act->id, id);
    body_row(b, 0, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static size_t collect(const struct casework *w, enum act_kind kind, const struct entry **out)
{
    size_t count = 0;
    for (size_t i = 0; i < w->c.count; i++)
        if (w->c.acts[i].kind == kind)
            out[count++] = &w->c.entries[i];
    qsort(out, count, sizeof *out, by_instant);
    return count;
}

enum { LABEL = 36, SUM = 16 }; /* cells, as in the list of costs */

/* A sum for each source and currency; nothing is converted. */
static void add_totals(struct body *b, const struct casework *w, int width)
{
    struct ledger ledger;
    ledger_init(&ledger, &w->c);
    for (size_t i = 0; i < ledger.count; i++) {
        const struct ledger_sum *sum = &ledger.sums[i];
        struct buf line = BUF_INIT;
        if (!sum->source)
            continue;
        column(&line, cost_source_label(sum->source, reader_language),
               column_label(width, LABEL, SUM));
        column_money(&line, sum->currency, sum->units, SUM);
        body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
        buf_release(&line);
    }
    ledger_release(&ledger);
}

/* What could not wait for the note stands apart: it is no help under the mechanism. */
static void add_contacts(struct body *b, const struct casework *w, const struct entry **list,
                         int width)
{
    size_t count = collect(w, ACT_CONTACT, list);
    if (!count)
        return;
    body_line(b, BODY_HEAD, " %s", _("First contact, outside the mechanism"));
    for (size_t i = 0; i < count; i++)
        add_entry(b, w, list[i], width);
    body_line(b, BODY_PLAIN, "%s", "");
}

/* Since when there is a note, on which the help below rests. */
static void add_requests(struct body *b, const struct casework *w)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_NOTE));) {
        if (e->annulled || strcmp(entry_text(e, "kind"), "REQ") != 0 || *entry_text(e, "same_as"))
            continue;
        struct buf when = BUF_INIT, call = BUF_INIT;
        values_say_when_short(&when, entry_text(e, "at"), w->now, reader_language);
        note_call(e, &call);
        body_line(b, BODY_DIM, _("  %-12s request by note %s (Art. 6)"), buf_text(&when),
                  buf_text(&call));
        buf_release(&call);
        buf_release(&when);
    }
}

static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    const struct entry **list = xcalloc(w->c.count + 1, sizeof *list);
    add_contacts(b, w, list, width);
    size_t count = collect(w, ACT_ASSIST, list);
    body_line(b, BODY_HEAD, " %s", _("Help"));
    add_requests(b, w);
    for (size_t i = 0; i < count; i++)
        add_entry(b, w, list[i], width);
    if (!count)
        body_empty(b, width,
                   _("None yet, and none may come before the note (Art. 6): n records it then; f "
                     "records a first contact."));
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", _("Costs"));
    count = collect(w, ACT_COST, list);
    for (size_t i = 0; i < count; i++)
        add_entry(b, w, list[i], width);
    if (count) {
        body_line(b, BODY_PLAIN, "%s", "");
        body_line(b, BODY_HEAD, " %s", _("Borne by"));
        add_totals(b, w, width);
    } else
        body_empty(b, width, _("None yet: k records a cost, and who bears it (Art. 8)."));
    free(list);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    actview_push(s->app, casescreen_work(s)->reference, body_focused(&s->body)->ref);
}

/* `detail` and the rest differ every time: each entry is a form of its own. */
static void assist(struct screen *s)
{
    casescreen_form(s, ACT_ASSIST);
}

static void contact(struct screen *s)
{
    casescreen_form(s, ACT_CONTACT);
}

static void cost(struct screen *s)
{
    casescreen_form(s, ACT_COST);
}

static bool on_contact(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct entry *entry = row ? case_entry(&casescreen_work(s)->c, row->ref) : NULL;
    return entry &&
           (entry->act->kind == ACT_CONTACT || json_object_get(entry->payload, "override"));
}

static void countersign(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_COUNTERSIGN,
                                              .presets = {{"of", body_focused(&s->body)->ref}}});
}

static void costs(struct screen *s)
{
    costs_push(s->app, casescreen_work(s)->reference);
}

static void preview_costs(struct screen *s)
{
    preview_document(s->app, casescreen_work(s)->reference, "costs");
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows this entry in full."), open_row, on_row},
    {TK_NONE, "n", N_("help"), N_("Records help that was given; a note must cover it (Art. 6)."),
     assist, NULL},
    {TK_NONE, "k", N_("cost"), N_("Records a cost, and who bears it (Art. 8)."), cost, NULL},
    {TK_NONE, "$", N_("costs"), N_("Shows the costs: who bears and shares them, what is owed."),
     costs, NULL},
    {TK_NONE, "f", N_("first contact"),
     N_("Records an immediate contact where life was in danger: "
        "outside the mechanism, to be countersigned."),
     contact, NULL},
    {TK_NONE, "s", N_("countersign"), N_("Countersigns this entry: head of post, not its author."),
     countersign, on_contact},
    {TK_NONE, "p", N_("print"), N_("Shows the statement of costs, to be printed."), preview_costs,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type helplog_type = {
    .name = "help-log",
    .title = N_("Help and costs"),
    .about = N_("What was done for the person, by whom and when, and what it cost. Sums are by "
                "who bears them, each in its own currency."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void helplog_push(struct app *app, const char *reference)
{
    casescreen_push(app, &helplog_type, sizeof(struct casescreen), reference);
}
