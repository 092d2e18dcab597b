/* SPDX-License-Identifier: MIT */
/* One case: its way, what is next and what is missing for it, its parts, what happened last. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/worklist.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/steps.h"
#include "amparo/tui/values.h"

enum { LAST_ACTS = 3, LAST_MOST = 12 }; /* at least, and where there is room */
enum { BLANK_BYTES = 3 };               /* of the widest blank before a colon */
enum { ROW_NEXT = 100 };                /* the rows of parts have their digit */

struct case_state {
    struct casescreen screen;
    struct worklist work; /* what is owed in it */
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
        buf_addf(&line, _("and %zu more"), m.more);
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

/* ---- the parts: what stands beside each ---- */

static void latest(struct buf *out, const struct casework *w, enum act_kind kind, const char *key)
{
    const struct entry *entry = case_last(&w->c, kind);
    const struct field *field = field_find(act_type(kind)->fields, key);
    if (entry && field && json_object_get(entry->payload, key))
        values_say(out, field, json_object_get(entry->payload, key), &w->c, reader_language);
}

static void say_day(struct buf *out, const struct entry *entry, const struct casework *w)
{
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", entry->act->at);
    values_say_when_short(out, day, w->now, reader_language);
}

/* Whether it is one of those with ", " between. */
static bool stands_in(const char *all, const char *one)
{
    size_t size = strlen(one);
    for (const char *at = all; (at = strstr(at, one)); at += size)
        if ((at == all || at[-1] == ' ') && (at[size] == ',' || !at[size]))
            return true;
    return false;
}

/* All values of that key in the acts of that kind, the latest last; what is said again, once. */
static void all_of(struct buf *out, const struct casework *w, enum act_kind kind, const char *key)
{
    const struct field *field = field_find(act_type(kind)->fields, key);
    const struct entry *entry = NULL;
    while ((entry = case_next(&w->c, entry, kind))) {
        const json_t *value = json_object_get(entry->payload, key);
        if (!value || !field)
            continue;
        struct buf said = BUF_INIT;
        values_say(&said, field, value, &w->c, reader_language);
        if (said.size && !stands_in(buf_text(out), buf_text(&said)))
            buf_addf(out, "%s%s", out->size ? ", " : "", buf_text(&said));
        buf_release(&said);
    }
}

static void say_person(struct buf *out, const struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++) {
        if (i)
            buf_adds(out, " · ");
        describe_person(out, &w->c, w->persons[i], reader_language);
    }
}

static void say_place(struct buf *out, const struct casework *w)
{
    latest(out, w, ACT_SITUATION, "locality");
    const char *country = case_receiving_state(&w->c);
    if (country && *country)
        buf_addf(out, "%s%s", out->size ? ", " : "", country_name(country, reader_language));
}

static void say_grounds(struct buf *out, const struct casework *w)
{
    all_of(out, w, ACT_GROUND, "code");
}

static void say_needs(struct buf *out, const struct casework *w)
{
    all_of(out, w, ACT_NEED, "need");
}

/* How many of those who are not locked stand by a purpose, and whether anybody took it back. */
static size_t count_consents(const struct casework *w, const char *purpose, size_t *asked,
                             bool *withdrawn)
{
    size_t given = 0;
    *asked = 0;
    *withdrawn = false;
    for (size_t i = 0; i < w->person_count; i++) {
        long person = w->persons[i];
        if (case_locked(&w->c, person))
            continue;
        bool stands = case_consents(&w->c, person, purpose, NULL);
        ++*asked;
        given += stands;
        *withdrawn =
            *withdrawn || (!stands && case_consent_withdrawn(&w->c, person, purpose, NULL));
    }
    return given;
}

static void say_consent(struct buf *out, const struct casework *w)
{
    static const struct {
        const char *code, *words;
    } purposes[] = {
        {"P1", N_("records")}, {"P2", N_("capital")},      {"P3", N_("poll")},
        {"P4", N_("a State")}, {"P5", N_("IOM")},          {"P6", N_("authority")},
        {"P7", N_("family")},  {"P8", N_("organisation")}, {"P9", N_("report")},
    };
    struct buf gone = BUF_INIT;
    for (size_t i = 0; i < ARRAY_SIZE(purposes); i++) {
        size_t asked;
        bool withdrawn;
        size_t given = count_consents(w, purposes[i].code, &asked, &withdrawn);
        if (given)
            buf_addf(out, "%s%s", out->size ? ", " : "", _(purposes[i].words));
        if (given && given < asked)
            buf_addf(out, _(" (%zu of %zu)"), given, asked);
        if (withdrawn)
            buf_addf(&gone, "%s%s", gone.size ? ", " : " ", _(purposes[i].words));
    }
    if (gone.size)
        buf_addf(out, "%s%s:%s", out->size ? " · " : "", _("withdrawn"), buf_text(&gone));
    buf_release(&gone);
}

static bool we_request(const struct casework *w)
{
    return strcmp(casework_role(w), "requesting") == 0;
}

/* Who helps does not find for the State that asks. */
static void say_eligibility(struct buf *out, const struct casework *w)
{
    struct buf facts = BUF_INIT, decision = BUF_INIT;
    const struct entry *decided = case_last(&w->c, ACT_DECIDE);
    if (w->assessed && we_request(w))
        buf_adds(&facts, _(overall_codes[w->result.overall].label));
    latest(&decision, w, ACT_DECIDE, "decision");
    bool same = strcmp(buf_text(&facts), buf_text(&decision)) == 0;
    buf_adds(out, buf_text(&facts));
    if (decided) {
        buf_addf(out, out->size ? " · %s" : "%s", _("decided"));
        if (!same)
            buf_addf(out, "%s%s", label_colon(), buf_text(&decision));
        buf_addc(out, ' ');
        say_day(out, decided, w);
    }
    buf_release(&facts);
    buf_release(&decision);
}

/* What we said ourselves, where we were asked. */
static void say_our_answer(struct buf *out, const struct casework *w)
{
    const struct entry *answer = case_answer(&w->c, w->c.post_state, 0);
    if (answer)
        describe_entry(out, &w->c, answer, reader_language);
    else
        buf_adds(out, _("not answered yet"));
}

static void say_poll(struct buf *out, const struct casework *w)
{
    const struct entry *poll = case_last(&w->c, ACT_POLL);
    size_t i, answered = 0;
    json_t *state;
    if (!poll)
        return;
    if (!we_request(w)) {
        say_our_answer(out, w);
        return;
    }
    const json_t *to = json_object_get(poll->payload, "to");
    json_array_foreach(to, i, state)
    {
        answered += case_answer(&w->c, json_string_value(state), 0) != NULL;
    }
    buf_addf(out, n_("%zu of %zu answered", "%zu of %zu answered", answered), answered,
             json_array_size(to));
    if (case_last(&w->c, ACT_CHOOSE)) {
        struct buf states = BUF_INIT;
        all_of(&states, w, ACT_CHOOSE, "state");
        buf_addf(out, " · %s%s%s", _("chosen"), label_colon(), buf_text(&states));
        buf_release(&states);
    }
}

static void say_notes(struct buf *out, const struct casework *w)
{
    const struct entry *note = NULL;
    while ((note = case_next(&w->c, note, ACT_NOTE)))
        buf_addf(out, "%s%s %s", out->size ? ", " : "", entry_text(note, "kind"),
                 note_own_number(note));
}

static size_t count_of(const struct casework *w, enum act_kind kind)
{
    size_t n = 0;
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, kind));)
        n++;
    return n;
}

static void say_help(struct buf *out, const struct casework *w)
{
    size_t help = count_of(w, ACT_ASSIST) + count_of(w, ACT_CONTACT), costs = count_of(w, ACT_COST);
    if (!help && !costs)
        return;
    buf_addf(out, n_("%zu entry", "%zu entries", help), help);
    buf_addf(out, n_(", %zu cost", ", %zu costs", costs), costs);
}

static void say_history(struct buf *out, const struct casework *w)
{
    buf_addf(out, n_("%zu act", "%zu acts", w->c.count), w->c.count);
}

static void open_history(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_NONE);
}

static void open_situation(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_SITUATION);
}

static void open_grounds(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_GROUND);
}

static void open_needs(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_NEED);
}

static void open_consents(struct app *app, const char *reference)
{
    history_push(app, reference, ACT_CONSENT);
}

/* A digit each, the same in every language. */
static const struct part {
    const char *label;
    void (*say)(struct buf *out, const struct casework *w);
    void (*open)(struct app *app, const char *reference);
} parts[] = {
    {N_("history"), say_history, open_history},
    {N_("person"), say_person, persons_push},
    {N_("place"), say_place, open_situation},
    {N_("grounds"), say_grounds, open_grounds},
    {N_("needs"), say_needs, open_needs},
    {N_("consent"), say_consent, open_consents},
    {N_("eligibility"), say_eligibility, eligibility_push},
    {N_("poll"), say_poll, poll_push},
    {N_("notes"), say_notes, notes_push},
    {N_("help, costs"), say_help, helplog_push},
};

static void add_part(struct body *b, const struct casework *w, size_t digit)
{
    struct buf row = BUF_INIT, said = BUF_INIT;
    parts[digit].say(&said, w);
    buf_addf(&row, "%zu ", digit);
    column(&row, _(parts[digit].label), 14);
    buf_adds(&row, said.size ? buf_text(&said) : "-");
    body_row(b, (long)digit, NULL, "%s", buf_text(&row));
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
    return casescreen_load(s, err) && store_worklist(s->app->store, &filter, &state->work, err);
}

static void close_state(struct screen *s)
{
    worklist_release(&((struct case_state *)s->state)->work);
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
    add_gap(s, ARRAY_SIZE(parts) + LAST_ACTS + 1);
    for (size_t digit = 1; digit < ARRAY_SIZE(parts); digit++)
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
    parts[digit].open(s->app, casescreen_work(s)->reference);
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
