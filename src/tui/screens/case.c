/* SPDX-License-Identifier: MIT */
/* One case: its way, what is next and what is missing for it, its parts, what happened last. */
#include <string.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/worklist.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/steps.h"
#include "amparo/tui/stopped.h"
#include "amparo/tui/values.h"

#include "case_work.h"

enum { LAST_ACTS = 3, LAST_MOST = 12 }; /* at least, and where there is room */
enum { BLANK_BYTES = 3 };               /* of the widest blank before a colon */
enum { ROW_NEXT = 100 };                /* the rows of parts have their digit */

struct case_state {
    struct casescreen screen;
    struct worklist work; /* what is owed in it */
    struct buf stopped;   /* what does not leave, a line each */
};

/* A code of that field as people read it. */
static const char *label_of(enum act_kind kind, const char *key, const char *code)
{
    const struct field *field = field_find(act_type(kind)->fields, key);
    const char *label = field && field->codes ? code_label(field->codes, code) : NULL;
    return label ? _(label) : code;
}

/* ---- the way ---- */

/* Columns as wide as their names; where they have no room together, the widest gives way. */
static void way_cells(const enum stage *way, int *cells, size_t count, int room)
{
    for (size_t i = 0; i < count; i++) {
        cells[i] = text_cells(_(stage_name(way[i])));
        cells[i] = cells[i] < 7 ? 7 : cells[i];
        room -= cells[i] + 1;
    }
    for (size_t widest = 0; room < -1; room++, widest = 0) {
        for (size_t i = 1; i < count; i++)
            if (cells[i] > cells[widest])
                widest = i;
        cells[widest]--;
    }
}

/* "choice, 4 of 9": where there is no room for a line of them. */
static void say_stage(struct body *b, enum stage now, size_t at, size_t count, const char *ending)
{
    struct buf line = BUF_INIT;
    buf_adds(&line, _(stage_name(now)));
    if (at)
        buf_addf(&line, _(", %zu of %zu"), at, count);
    if (ending)
        buf_addf(&line, " · %s", ending);
    body_line(b, BODY_HEAD, " %s", buf_text(&line));
    buf_release(&line);
}

static void add_way(struct body *b, const struct casework *w, int width)
{
    static const enum stage way[] = {STAGE_INTAKE, STAGE_ELIGIBILITY, STAGE_POLL,
                                     STAGE_CHOICE, STAGE_NOTE,        STAGE_SCOPE,
                                     STAGE_HELP,   STAGE_CLOSING,     STAGE_REPORTED};
    enum stage now = case_stage(&w->c);
    const char *exit_code = case_exit(&w->c);
    const char *ending = exit_code ? label_of(ACT_CLOSE, "outcome", exit_code) : NULL;
    if (width < 80) {
        say_stage(b, now, now < way[0] ? 0 : (size_t)(now - way[0]) + 1, ARRAY_SIZE(way), ending);
        return;
    }
    struct stage_dates dates;
    stage_dates(w, &dates);
    struct buf names = BUF_INIT, days = BUF_INIT;
    int cells[ARRAY_SIZE(way)];
    way_cells(way, cells, ARRAY_SIZE(way), width - 2);
    for (size_t i = 0; i < ARRAY_SIZE(way); i++) {
        struct buf day = BUF_INIT;
        if (way[i] == now)
            buf_adds(&day, _("NOW"));
        else if (dates.at[way[i]] && way[i] < now) {
            char date[DATE_SIZE];
            snprintf(date, sizeof date, "%.10s", dates.at[way[i]]);
            values_say_when_short(&day, date, w->now, reader_language);
        } else
            buf_adds(&day, "-");
        column(&names, _(stage_name(way[i])), cells[i]);
        column(&days, buf_text(&day), cells[i]);
        buf_release(&day);
    }
    body_line(b, BODY_COLUMNS, " %s", buf_text(&names));
    body_line(b, BODY_DIM, " %s", buf_text(&days));
    if (ending)
        body_line(b, BODY_HEAD, " %s%s%s", _("Exit"), label_colon(), ending);
    buf_release(&names);
    buf_release(&days);
}

/* "person 1: no consent (3)" in its two halves; the head is empty where there is no colon. */
struct lack {
    struct buf heads;
    struct buf rest;
};

/* Where there is one person it goes without saying whom it is about. */
static bool is_the_only_person(const struct casework *w, const char *head, size_t size)
{
    struct buf only = BUF_INIT;
    buf_addf(&only, _("person %ld"), w->person_count == 1 ? w->persons[0] : 0L);
    /* French puts a blank before the colon; "person 12" is another one. */
    bool is = w->person_count == 1 && size >= only.size && size <= only.size + BLANK_BYTES &&
              memcmp(only.data, head, only.size) == 0 &&
              !strchr("0123456789", size > only.size ? head[only.size] : ' ');
    buf_release(&only);
    return is;
}

static void split_lack(struct lack *lack, const struct casework *w, const json_t *one)
{
    const char *text = json_string_value(json_object_get(one, "text"));
    const char *article = json_string_value(json_object_get(one, "article"));
    const char *colon = text ? strstr(text, ": ") : NULL;
    *lack = (struct lack){BUF_INIT, BUF_INIT};
    if (colon && !is_the_only_person(w, text, (size_t)(colon - text)))
        buf_add(&lack->heads, text, (size_t)(colon - text));
    buf_adds(&lack->rest, colon ? colon + 2 : text ? text : "");
    if (!article || !*article)
        return;
    /* "(P4)" and "(3)" are "(P4; 3)". */
    bool more = lack->rest.size && lack->rest.data[lack->rest.size - 1] == ')';
    if (more)
        buf_cut(&lack->rest, lack->rest.size - 1);
    buf_addf(&lack->rest, more ? "; %s)" : " (%s)", article);
}

/* Lines of what is missing, as many as leave room for the parts of the case. */
struct missing {
    struct body *body;
    int width;
    size_t most, shown, more;
};

/* Each on a line of its own, below the first and in its column. */
static void end_lack(struct missing *m, struct lack *lack)
{
    int indent = m->width < 60 ? 1 : text_cells(_("Missing")) + text_cells(label_colon());
    struct buf line = BUF_INIT;
    if (!lack->rest.size)
        return;
    if (m->shown < m->most) {
        if (m->shown++)
            buf_addf(&line, " %*s", indent, "");
        else
            buf_addf(&line, " %s%s", _("Missing"), label_colon());
        buf_addf(&line, "%s%s%s", buf_text(&lack->heads), lack->heads.size ? label_colon() : "",
                 buf_text(&lack->rest));
        if (m->width < 60)
            body_line(m->body, BODY_PLAIN, " %s", buf_text(&line));
        else
            body_wrap(m->body, BODY_PLAIN, m->width, indent + 1, buf_text(&line));
    } else {
        m->more++;
    }
    buf_release(&line);
    buf_release(&lack->heads);
    buf_release(&lack->rest);
    *lack = (struct lack){BUF_INIT, BUF_INIT};
}

/* What the next step still needs; what lacks alike for several persons is said once. */
static void add_missing(struct screen *s, const struct casework *w, int width)
{
    struct missing m = {.body = &s->body, .width = width, .most = s->rows >= 20 ? 5 : 2};
    struct lack last = {BUF_INIT, BUF_INIT};
    const char *gate = step_gate(w);
    size_t i;
    json_t *one;
    json_array_foreach(w->missing, i, one)
    {
        const char *for_step = json_string_value(json_object_get(one, "for"));
        struct lack lack;
        if (!for_step || strcmp(for_step, gate) != 0)
            continue;
        split_lack(&lack, w, one);
        if (lack.heads.size && last.heads.size &&
            strcmp(buf_text(&lack.rest), buf_text(&last.rest)) == 0) {
            buf_addf(&last.heads, ", %s", buf_text(&lack.heads));
            buf_release(&lack.heads);
            buf_release(&lack.rest);
        } else {
            end_lack(&m, &last);
            last = lack;
        }
    }
    end_lack(&m, &last);
    if (m.more) {
        struct buf line = BUF_INIT;
        buf_addf(&line, n_("and %zu more", "and %zu more", m.more), m.more);
        body_line(&s->body, BODY_PLAIN, "  %*s%s",
                  width < 60 ? 1 : text_cells(_("Missing")) + text_cells(label_colon()), "",
                  buf_text(&line));
        buf_release(&line);
    }
}

/* What is owed, those with a day first; wrapped alike where there is room. */
static void add_tasks(struct body *b, const struct case_state *state, bool due, int width)
{
    struct instant now = state->screen.w.now;
    const char *head = due ? _("Due") : _("Waiting");
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < state->work.count; i++) {
        const struct task *task = &state->work.list[i];
        if ((*task->due != '\0') != due)
            continue;
        if (line.size)
            buf_adds(&line, "; ");
        else
            buf_addf(&line, " %s%s", head, label_colon());
        task_describe(&line, task);
        buf_adds(&line, " (");
        describe_due(&line, due ? task->due : task->since, now);
        if (!due &&
            line.data[line.size - 1] == '!') /* how long one has waited is no delay of ours */
            buf_cut(&line, line.size - 1);
        buf_addc(&line, ')');
    }
    if (line.size && width < 60)
        body_line(b, BODY_PLAIN, " %s", buf_text(&line));
    else if (line.size)
        body_wrap(b, BODY_PLAIN, width, 1 + text_cells(head) + text_cells(label_colon()),
                  buf_text(&line));
    buf_release(&line);
}

/* ---- its parts ---- */

static void add_part(struct body *b, const struct casework *w, size_t digit)
{
    struct buf row = BUF_INIT, said = BUF_INIT;
    case_parts[digit].say(&said, w);
    buf_addf(&row, "%zu ", digit);
    column(&row, _(case_parts[digit].label), 14);
    buf_adds(&row, said.size ? buf_text(&said) : "-");
    body_row(b, (long)digit, NULL, "%s", buf_text(&row));
    body_numbered(b);
    buf_release(&row);
    buf_release(&said);
}

static void add_last_acts(struct body *b, const struct casework *w, size_t most)
{
    for (size_t i = w->c.count, shown = 0; i-- > 0 && shown < most; shown++) {
        struct buf line = BUF_INIT, when = BUF_INIT;
        values_say_when_short(&when, w->c.acts[i].at, w->now, reader_language);
        column(&line, shown ? "" : _("Last"), 5);
        column(&line, buf_text(&when), 13);
        describe_entry(&line, &w->c, &w->c.entries[i], reader_language);
        body_line(b, BODY_DIM, " %s", buf_text(&line));
        buf_release(&line);
        buf_release(&when);
    }
}

/* A blank line, where all that is to come still has room below it. */
static void add_gap(struct screen *s, size_t to_come)
{
    if (s->body.count + to_come <= (size_t)s->rows)
        body_line(&s->body, BODY_PLAIN, "%s", "");
}

static bool load(struct screen *s, struct error *err)
{
    struct case_state *state = s->state;
    const struct task_filter filter = {.reference = casescreen_work(s)->reference};
    worklist_release(&state->work);
    buf_clear(&state->stopped);
    if (!casescreen_load(s, err) || !store_worklist(s->app->store, &filter, &state->work, err))
        return false;
    stopped_say(casescreen_work(s), true, &state->stopped);
    return true;
}

static void close_state(struct screen *s)
{
    struct case_state *state = s->state;
    worklist_release(&state->work);
    buf_release(&state->stopped);
    casescreen_close(s);
}

static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    add_way(b, w, width);
    const char *next = step_text(w);
    if (next)
        body_line(b, BODY_PLAIN, "%s", "");
    if (next)
        body_row(b, ROW_NEXT, NULL, "%s%s%s", _("Next"), label_colon(), next);
    add_missing(s, w, width);
    add_tasks(b, s->state, true, width);
    add_tasks(b, s->state, false, width);
    stopped_add(b, &((const struct case_state *)s->state)->stopped, width);
    add_gap(s, (size_t)CASE_PARTS + LAST_ACTS + 1);
    for (size_t digit = 1; digit < (size_t)CASE_PARTS; digit++)
        add_part(b, w, digit);
    add_part(b, w, 0);
    add_gap(s, LAST_ACTS + 1);
    size_t left = (size_t)s->rows > b->count ? (size_t)s->rows - b->count : 0;
    add_last_acts(b, w, left < LAST_ACTS ? LAST_ACTS : left > LAST_MOST ? LAST_MOST : left);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct casework *w = casescreen_work(s);
    casescreen_others(s, right);
    if (!right->size && w->has_case && strcmp(case_priority(&w->c), "routine") != 0)
        buf_adds(right, label_of(ACT_OPEN, "priority", case_priority(&w->c)));
    casescreen_state(w, right, app_cols(s->app) - 4 - text_cells(w->reference ? w->reference : ""));
    casescreen_name(w, where, app_cols(s->app) - 6 - text_cells(buf_text(right)));
}

static void open_part(struct screen *s, long digit)
{
    case_parts[digit].open(s->app, casescreen_work(s)->reference);
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag == ROW_NEXT)
        step_open(s->app, casescreen_work(s));
    else
        open_part(s, row->tag);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static bool event(struct screen *s, const struct term_event *event)
{
    if (event->kind != TERM_TEXT || event->text[1] || event->text[0] < '0' || event->text[0] > '9')
        return false;
    open_part(s, event->text[0] - '0');
    return true;
}

static void all_acts(struct screen *s)
{
    actmenu_push(s->app, casescreen_work(s)->reference);
}

static void print(struct screen *s)
{
    print_push(s->app, casescreen_work(s)->reference);
}

static void directory(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    directory_push(s->app, case_receiving_state(&w->c), case_requesting_state(&w->c));
}

static void sent(struct screen *s)
{
    sent_push(s->app, casescreen_work(s)->reference);
}

static void conversation(struct screen *s)
{
    talk_push(s->app, casescreen_work(s)->reference);
}

static void closing(struct screen *s)
{
    closing_push(s->app, casescreen_work(s)->reference);
}

static void correct(struct screen *s)
{
    history_push(s->app, casescreen_work(s)->reference, ACT_NONE);
}

static void show_as_of(struct screen *below, const char *answer)
{
    struct app *app = below->app;
    struct error err = ERROR_INIT;
    struct date_entry entry;
    char day[DATE_SIZE];
    if (date_entry_parse(answer, false, instant_date(app_now(app)), &entry, &err))
        preview_as_of(app, casescreen_work(below)->reference,
                      date_format(partial_date_youngest(entry.date), day));
    else
        app_say_error(app, &err);
    error_release(&err);
}

static void as_of(struct screen *s)
{
    ask_push(s->app, _("As of a day"),
             _("The case as it stood at the end of which day? As one types dates elsewhere: "
               "14mar2026, 14/3, T-7 for a week ago."),
             "", show_as_of);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"),
     N_("Goes on with the next step, or opens the part of this line. "
        "A digit opens its part at once."),
     open_row, on_row},
    {TK_NONE, "a", N_("all acts"), N_("Records any act, chosen by name."), all_acts, NULL},
    {TK_NONE, "c", N_("correct"), N_("Chooses an act of the history to be corrected."), correct,
     NULL},
    {TK_NONE, "d", N_("directory"), N_("Shows the missions in the receiving country."), directory,
     NULL},
    {TK_NONE, "p", N_("print"), N_("Shows the documents of the case, to be printed."), print, NULL},
    {TK_NONE, "w", NULL, N_("Shows who got what: every message that left, and whom it names."),
     sent, NULL},
    {TK_NONE, "v", N_("conversation"), N_("Shows what both sides of the case said to each other."),
     conversation, NULL},
    {TK_NONE, "t", N_("as of a day"), N_("Shows the case as it stood at the end of a day."), as_of,
     NULL},
    {TK_NONE, "z", NULL, N_("Closes the case: first shows what stands against it."), closing, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(show_as_of), ANSWERS_END};

const struct screen_type case_type = {
    .name = "case",
    .title = N_("Case"),
    .about = N_("The way of the case, its next step and what is missing for it, and its parts. "
                "Codes such as P3 are the purposes of consent; numbers in brackets are articles."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .event = event,
    .keep = casescreen_keep,
    .close = close_state,
};

void case_push(struct app *app, const char *reference)
{
    casescreen_push(app, &case_type, sizeof(struct case_state), reference);
}
