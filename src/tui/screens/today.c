/* SPDX-License-Identifier: MIT */
/* The work of today: what is due, what came in, what others owe, where the cases stand. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/keys.h"
#include "amparo/store/list.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/taskrow.h"

enum { ROOM = 50 };
enum { FEW = 4, REST = 12 }; /* rows: of what is not urgent; of all but what is due */
enum row_tag { ROW_DUE, ROW_OPEN, ROW_CAME, ROW_WAITING, ROW_MEETING, ROW_MORE };
/* How long before it a meeting is among what is due; how many late cases are named. */
enum { MEETING_DAYS = 30, LATE_SHOWN = 5 };

struct today_state {
    struct today today;
    struct buf duties; /* a line for each, of the file itself */
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct today_state *state = s->state;
    if (state->loaded)
        today_release(&state->today);
    state->loaded = store_today(s->app->store, ROOM, &state->today, err);
    buf_clear(&state->duties);
    store_duties(s->app->store, &state->duties);
    return state->loaded;
}

static void add_arrival(struct body *b, const struct arrival *a, struct instant now, int width)
{
    struct buf what = BUF_INIT, when = BUF_INIT;
    if (*a->state)
        buf_addf(&what, "%s: ", country_name(a->state, reader_language));
    buf_adds(&what, _(act_type(a->kind)->label));
    describe_due(&when, a->at, now);
    if (when.size && when.data[when.size - 1] == '!')
        buf_cut(&when, when.size - 1);
    caserow_add(b, ROW_CAME, buf_text(&when), a->reference, a->title, a->hidden, a->receiving_state,
                buf_text(&what), width);
    buf_release(&what);
    buf_release(&when);
}

/* "intake 3 ###": a bar a stage, as many to a line as fit. */
static void add_stages(struct body *b, const struct today *today, int width)
{
    struct buf line = BUF_INIT;
    for (int stage = STAGE_DRAFT; stage < STAGE_COUNT; stage++) {
        size_t n = today->stages[stage];
        if (!n)
            continue;
        struct buf one = BUF_INIT;
        buf_addf(&one, "%s %zu ", _(stage_name((enum stage)stage)), n);
        for (size_t i = 0; i < n && i < 12; i++)
            buf_addc(&one, '#');
        buf_adds(&one, "  ");
        if (text_cells(buf_text(&line)) + text_cells(buf_text(&one)) > width - 2) {
            body_line(b, BODY_PLAIN, " %s", buf_text(&line));
            buf_clear(&line);
        }
        buf_adds(&line, buf_text(&one));
        buf_release(&one);
    }
    if (line.size)
        body_line(b, BODY_PLAIN, " %s", buf_text(&line));
    buf_release(&line);
}

/* What the file itself needs; nothing most of the time. */
static void add_duties(struct body *b, const struct buf *duties)
{
    if (!duties->size)
        return;
    body_line(b, BODY_HEAD, " %s", _("The case file"));
    for (const char *line = buf_text(duties); *line; line += strcspn(line, "\n") + 1)
        body_line(b, BODY_PLAIN, "   %.*s", (int)strcspn(line, "\n"), line);
    body_line(b, BODY_PLAIN, "%s", "");
}

/* Those of the list where a life is in danger, or the others: `most` of them, and how many more
 * there are. */
static void add_tasks(struct body *b, enum row_tag tag, const struct worklist *work, bool danger,
                      size_t most, struct instant now, int width)
{
    size_t count = 0, more = 0;
    for (size_t i = 0; i < work->count; i++) {
        if (work->list[i].danger != danger)
            continue;
        if (count++ < most)
            taskrow_add(b, tag, &work->list[i], now, width);
        else
            more++;
    }
    if (more)
        body_row(b, ROW_MORE + (long)tag, NULL, n_("and %zu more task", "and %zu more tasks", more),
                 more);
    if (!count)
        body_line(b, BODY_DIM, "   %s", _("nothing"));
}

static bool is_dangerous(const struct worklist *work)
{
    return work->count && work->list[0].danger;
}

/* Whatever is owed where a life is in danger stands above all else. */
static void add_danger(struct body *b, const struct today *today, struct instant now, int width)
{
    const struct {
        enum row_tag tag;
        const struct worklist *work;
    } parts[] = {{ROW_DUE, &today->due}, {ROW_OPEN, &today->open}, {ROW_WAITING, &today->waiting}};
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (!is_dangerous(parts[i].work))
            continue;
        if (!count++)
            body_line(b, BODY_HEAD, " %s", _("A life is in danger"));
        add_tasks(b, parts[i].tag, parts[i].work, true, ROOM, now, width);
    }
    if (count)
        body_line(b, BODY_PLAIN, "%s", "");
}

static void add_part(struct body *b, enum row_tag tag, const char *head,
                     const struct worklist *work, size_t most, struct instant now, int width)
{
    body_line(b, BODY_HEAD, " %s", head);
    add_tasks(b, tag, work, false, most, now, width);
    body_line(b, BODY_PLAIN, "%s", "");
}

/* The next meeting of the network, once it is near and cases wait for it. */
static bool is_near(const struct today *today, struct instant now)
{
    struct date day;
    return today->meeting_due && date_parse(today->meeting, &day) &&
           date_days_between(instant_date(now), day) <= MEETING_DAYS;
}

static void add_meeting(struct body *b, const struct today *today, struct instant now)
{
    struct buf when = BUF_INIT, row = BUF_INIT;
    describe_due(&when, today->meeting, now);
    column(&row, buf_text(&when), 8);
    buf_addf(&row,
             n_("Network meeting, %s: %zu case to present",
                "Network meeting, %s: %zu cases to present", today->meeting_due),
             today->meeting_place, today->meeting_due);
    body_row(b, ROW_MEETING, today->meeting, "%s", buf_text(&row));
    buf_release(&when);
    buf_release(&row);
}

/* Those that missed one: the report names them all. */
static void add_late(struct body *b, const struct today *today, int width)
{
    for (size_t i = 0; i < today->late.count && i < LATE_SHOWN; i++) {
        const struct task *t = &today->late.list[i];
        caserow_add(b, ROW_DUE, _("late"), t->reference, t->title, t->hidden, t->receiving_state,
                    _(task_type(TASK_REPORT)->words), width);
    }
    if (today->late.count > LATE_SHOWN)
        body_line(b, BODY_DIM, "   %s", _("and more that missed a meeting: r"));
}

/* What is to be presented to the network (7.7); nothing most of the time. */
static void add_network(struct body *b, const struct today *today, struct instant now, int width)
{
    bool near = is_near(today, now);
    if (!near && !today->late.count)
        return;
    body_line(b, BODY_HEAD, " %s", _("For the network"));
    if (near)
        add_meeting(b, today, now);
    add_late(b, today, width);
    body_line(b, BODY_PLAIN, "%s", "");
}

/* So many of what is due that what came in is seen too. */
static size_t most_due(const struct screen *s, const struct today *today)
{
    int rest = REST + (today->open.count ? FEW + 3 : 0);
    return s->rows > rest + FEW ? (size_t)(s->rows - rest) : FEW;
}

static void build(struct screen *s, int width)
{
    const struct today_state *state = s->state;
    const struct today *today = &state->today;
    struct body *b = &s->body;
    struct instant now = app_now(s->app);
    if (!state->loaded)
        return;
    add_duties(b, &state->duties);
    add_danger(b, today, now, width);
    add_part(b, ROW_DUE, _("Due"), &today->due, most_due(s, today), now, width);
    add_network(b, today, now, width);
    if (today->open.count)
        add_part(b, ROW_OPEN, _("To do"), &today->open, FEW, now, width);
    body_line(b, BODY_HEAD, " %s", _("Came in"));
    for (size_t i = 0; i < today->came_count && i < 5; i++)
        add_arrival(b, &today->came[i], now, width);
    if (!today->came_count)
        body_line(b, BODY_DIM, "   %s", _("nothing"));
    body_line(b, BODY_PLAIN, "%s", "");
    add_part(b, ROW_WAITING, _("Waiting for others"), &today->waiting, FEW, now, width);
    body_line(b, BODY_HEAD, " %s", _("By stage"));
    add_stages(b, today, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct today_state *state = s->state;
    const struct post_profile *post = store_post(s->app->store);
    buf_addf(where, "%s · %s", country_name(post->state, reader_language), post->name);
    if (state->loaded) {
        size_t due = state->today.due.count, open = state->today.open_cases;
        buf_addf(right, n_("%zu open", "%zu open", open), open);
        buf_addf(right, " · ");
        if (due < ROOM)
            buf_addf(right, n_("%zu due", "%zu due", due), due);
        else
            buf_addf(right, _("%d+ due"), ROOM);
    }
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag >= ROW_MORE)
        tasks_push(s->app);
    else if (row->tag == ROW_MEETING)
        report_push(s->app, row->ref);
    else
        case_push(s->app, row->ref);
}

static void reports(struct screen *s)
{
    meetings_push(s->app);
}

static void new_case(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.kind = ACT_OPEN, .intake = true});
}

static void find(struct screen *s)
{
    cases_push(s->app);
}

static void events(struct screen *s)
{
    events_push(s->app);
}

static void directory(struct screen *s)
{
    directory_push(s->app, NULL, NULL);
}

static void costs(struct screen *s)
{
    owed_push(s->app);
}

static void notes_register(struct screen *s)
{
    register_push(s->app);
}

static void bodies(struct screen *s)
{
    bodies_push(s->app);
}

static void resume(struct screen *s)
{
    resume_push(s->app);
}

static void access_log(struct screen *s)
{
    accesslog_push(s->app);
}

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static void tasks(struct screen *s)
{
    tasks_push(s->app);
}

static void settings(struct screen *s)
{
    settings_push(s->app);
}

static void close_state(struct screen *s)
{
    struct today_state *state = s->state;
    if (state->loaded)
        today_release(&state->today);
    buf_release(&state->duties);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_row},
    {TK_NONE, "n", N_("new"), N_("Begins a new case: the intake, section by section."), new_case,
     NULL},
    {TK_F(3), "/", N_("find"), N_("Lists the cases, and searches as one types."), find, NULL},
    {TK_NONE, "e", N_("events"), N_("Shows disasters with many people, and takes their people in."),
     events, NULL},
    {TK_NONE, "d", N_("directory"), N_("Shows the missions in a country, and who could help."),
     directory, NULL},
    {TK_NONE, "r", N_("reports"),
     N_("Shows the meetings of the network, their reports, statistics."), reports, NULL},
    {TK_NONE, "$", N_("costs"),
     N_("Shows what is owed over all cases, totals by who bears them, and IOM's budgets."), costs,
     NULL},
    {TK_NONE, "b", N_("register"), N_("Shows the register of the notes verbales of the post."),
     notes_register, NULL},
    {TK_NONE, "u", N_("unfinished"), N_("Shows the forms that were begun and not finished."),
     resume, NULL},
    {TK_NONE, NULL, N_("names of bodies"),
     N_("Shows what documents call the Secretariat, the networks, the mechanism."), bodies, NULL},
    {TK_NONE, NULL, N_("access log"),
     N_("Shows who looked at what, printed it or took it out; a head of post's."), access_log,
     is_head},
    {TK_NONE, "j", N_("tasks"), N_("Lists all that is due and waited for, of all cases."), tasks,
     NULL},
    {TK_NONE, "g", N_("settings"),
     N_("Shows the deadlines, periods and days of rest that the post sets."), settings, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type today_type = {
    .name = "today",
    .title = N_("Today"),
    .about = N_("What is due, what came in, and what others owe an answer. A time with ! is "
                "overdue."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void today_push(struct app *app)
{
    screen_push(app, &today_type, xcalloc(1, sizeof(struct today_state)));
}
