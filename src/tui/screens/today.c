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
#include "amparo/tui/founding.h"
#include "amparo/tui/mailrow.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/taskrow.h"
#include "amparo/tui/trustscreens.h"
#include "today_work.h"

enum { ROOM = 50 };
enum { FEW = 4, CAME_LEAST = 2, CAME_MOST = 8 }; /* rows: of what is not urgent; came in */
enum { MEETING_DAYS = 30 }; /* how long before it a meeting is among what is due */

struct today_state {
    struct today today;
    struct today_beginning beginning;
    struct buf duties;        /* a line for each, of the file itself */
    struct mail_waiting mail; /* as it was read last */
    bool mail_read;           /* since the file changed: only once no key waits */
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct today_state *state = s->state;
    if (state->loaded)
        today_release(&state->today);
    state->loaded = store_today(s->app->store, ROOM, &state->today, err);
    if (state->loaded)
        state->beginning = today_begins(s->app->store, &state->today);
    buf_clear(&state->duties);
    store_duties(s->app->store, &state->duties);
    state->mail_read = false;
    return state->loaded;
}

static void add_arrival(struct body *b, const struct arrival *a, struct instant now, int width)
{
    struct buf what = BUF_INIT, when = BUF_INIT;
    if (*a->state)
        buf_addf(&what, "%s%s", country_name(a->state, reader_language), label_colon());
    buf_adds(&what, _(act_type(a->kind)->label));
    describe_due(&when, a->at, now);
    if (when.size && when.data[when.size - 1] == '!')
        buf_cut(&when, when.size - 1);
    caserow_add(b, ROW_CAME, buf_text(&when), a->reference, a->title, a->hidden, a->receiving_state,
                buf_text(&what), width);
    buf_release(&what);
    buf_release(&when);
}

/* ---- what is to be done ---- */

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

/* States that are silent to the same poll, and should have answered by the same day. */
static bool is_one_more(const struct task *task, const struct task *first)
{
    return task->kind == TASK_REPLY && first->kind == TASK_REPLY &&
           strcmp(task->reference, first->reference) == 0 && strcmp(task->due, first->due) == 0;
}

/* How many of those from i on are said in one row. */
static size_t in_one_row(const struct worklist *work, size_t i)
{
    size_t n = 1;
    while (i + n < work->count && is_one_more(&work->list[i + n], &work->list[i]))
        n++;
    return n;
}

/* How many rows they all take. */
static size_t count_rows(const struct worklist *work, bool danger)
{
    size_t rows = 0;
    for (size_t i = 0; i < work->count; i += in_one_row(work, i))
        rows += work->list[i].danger == danger;
    return rows;
}

/* Those of the list where a life is in danger, or the others: `most` rows of them, and how many
 * more tasks there are. */
static void add_tasks(struct body *b, enum row_tag tag, const struct worklist *work, bool danger,
                      size_t most, struct instant now, int width)
{
    size_t count = 0, more = 0;
    for (size_t i = 0, n; i < work->count; i += n) {
        n = in_one_row(work, i);
        if (work->list[i].danger != danger)
            continue;
        if (count++ < most)
            taskrow_add(b, tag, &work->list[i], n - 1, now, width);
        else
            more += n;
    }
    if (more)
        body_row(b, ROW_MORE + (long)tag, NULL, n_("and %zu more task", "and %zu more tasks", more),
                 more);
    if (!count)
        body_line(b, BODY_DIM, "  %s", _("nothing"));
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
    column(&row, buf_text(&when), DUE_CELLS);
    buf_addf(&row,
             n_("Network meeting, %s: %zu case to present",
                "Network meeting, %s: %zu cases to present", today->meeting_due),
             today->meeting_place, today->meeting_due);
    body_row(b, ROW_MEETING, today->meeting, "%s", buf_text(&row));
    buf_release(&when);
    buf_release(&row);
}

/* Those that missed one: the report for the next one, or the list of tasks, names them all. */
static void add_late(struct body *b, const struct today *today, bool near, int width)
{
    const struct worklist *late = &today->late;
    if (late->count == 1)
        caserow_add(b, ROW_DUE, _("late"), late->list[0].reference, late->list[0].title,
                    late->list[0].hidden, late->list[0].receiving_state,
                    _(task_type(TASK_REPORT)->words), width);
    if (late->count < 2)
        return;
    struct buf row = BUF_INIT;
    column(&row, _("late"), DUE_CELLS);
    buf_addf(&row,
             late->count < ROOM ? _("A meeting passed without %zu cases")
                                : _("A meeting passed without %zu cases or more"),
             late->count);
    body_row(b, near ? ROW_MEETING : ROW_MORE, near ? today->meeting : NULL, "%s", buf_text(&row));
    buf_release(&row);
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
    add_late(b, today, near, width);
    body_line(b, BODY_PLAIN, "%s", "");
}

/* ---- the whole ---- */

/* "Inbox: 3 ask something of us"; nothing where there is nothing. */
static bool add_mail(struct body *b, enum row_tag tag, const char *label,
                     void (*say)(struct buf *out, const struct mail_waiting *mail),
                     const struct mail_waiting *mail)
{
    struct buf text = BUF_INIT;
    say(&text, mail);
    bool waits = text.size;
    if (waits && b)
        body_row(b, tag, NULL, "%s%s%s", label, label_colon(), buf_text(&text));
    buf_release(&text);
    return waits;
}

/* How many rows each part may have, so that all are seen at once where that can be. */
struct shares {
    size_t due, few, came;
    bool stages_listed;
};

static size_t part_rows(size_t rows, size_t most)
{
    return 2 + (rows > most ? most + 1 : rows ? rows : 1);
}

static struct shares shares_of(const struct screen *s, const struct today_state *state, int width)
{
    const struct today *today = &state->today;
    size_t rows = (size_t)s->rows, below;
    struct shares shares = {.few = rows >= 40 ? ROOM : FEW, .stages_listed = rows >= 40};
    below = part_rows(count_rows(&today->waiting, false), shares.few);
    below += shares.stages_listed ? STAGE_COUNT + 1 : today_put_stages(NULL, today, width);
    if (today->open.count)
        below += part_rows(count_rows(&today->open, false), shares.few);
    if (today->late.count || today->meeting_due)
        below += 4;
    below += add_mail(NULL, ROW_INBOX, "", mailrow_say_inbox, &state->mail);
    below += add_mail(NULL, ROW_OUTBOX, "", mailrow_say_outbox, &state->mail);
    size_t due = count_rows(&today->due, false), above = s->body.count + below;
    size_t came = today->came_count < CAME_LEAST ? today->came_count : CAME_LEAST;
    shares.due = rows > above + came + 4 + FEW ? rows - above - came - 4 : FEW;
    above += part_rows(due, shares.due);
    shares.came = rows > above + 2 + CAME_LEAST ? rows - above - 2 : CAME_LEAST;
    if (shares.came > CAME_MOST)
        shares.came = CAME_MOST;
    return shares;
}

static void add_arrivals(struct body *b, const struct today_state *state, size_t most,
                         struct instant now, int width)
{
    const struct today *today = &state->today;
    body_line(b, BODY_HEAD, " %s", _("Came in"));
    bool mail = add_mail(b, ROW_INBOX, _("Inbox"), mailrow_say_inbox, &state->mail);
    for (size_t i = 0; i < today->came_count && i < most; i++)
        add_arrival(b, &today->came[i], now, width);
    if (!today->came_count && !mail)
        body_line(b, BODY_DIM, "  %s", _("nothing"));
    body_line(b, BODY_PLAIN, "%s", "");
}

static void add_waiting(struct body *b, const struct today_state *state, size_t most,
                        struct instant now, int width)
{
    body_line(b, BODY_HEAD, " %s", _("Waiting for others"));
    bool mail = add_mail(b, ROW_OUTBOX, _("Outbox"), mailrow_say_outbox, &state->mail);
    if (!mail || count_rows(&state->today.waiting, false))
        add_tasks(b, ROW_WAITING, &state->today.waiting, false, most, now, width);
    body_line(b, BODY_PLAIN, "%s", "");
}

static void build(struct screen *s, int width)
{
    const struct today_state *state = s->state;
    const struct today *today = &state->today;
    struct body *b = &s->body;
    struct instant now = app_now(s->app);
    const char *own = store_post(s->app->store)->state;
    if (!state->loaded)
        return;
    add_duties(b, &state->duties);
    add_danger(b, today, now, width);
    /* First of all where there is nothing else; then what is due is more urgent. */
    if (!today_count_cases(today))
        today_add_beginning(b, &state->beginning, own);
    struct shares shares = shares_of(s, state, width);
    add_part(b, ROW_DUE, _("Due"), &today->due, shares.due, now, width);
    if (today_count_cases(today))
        today_add_beginning(b, &state->beginning, own);
    add_network(b, today, now, width);
    if (today->open.count)
        add_part(b, ROW_OPEN, _("To do"), &today->open, shares.few, now, width);
    add_arrivals(b, state, shares.came, now, width);
    add_waiting(b, state, shares.few, now, width);
    if (shares.stages_listed)
        today_list_stages(b, today, width);
    else
        today_put_stages(b, today, width);
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

static void new_case(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.kind = ACT_OPEN, .intake = true});
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag >= ROW_MORE)
        tasks_push(s->app);
    else if (row->tag == ROW_INBOX)
        inbox_push(s->app);
    else if (row->tag == ROW_OUTBOX)
        outbox_push(s->app);
    else if (row->tag == ROW_SHEET)
        sheetask_push(s->app);
    else if (row->tag == ROW_DIRECTORY)
        directory_ask_import(s->app);
    else if (row->tag == ROW_PARTY)
        partyform_push(s->app, store_post(s->app->store)->state);
    else if (row->tag == ROW_FIRST)
        new_case(s);
    else if (row->tag == ROW_KEYS)
        identity_push(s->app);
    else if (row->tag == ROW_MEETING)
        report_push(s->app, row->ref);
    else
        case_push(s->app, row->ref);
}

static void reports(struct screen *s)
{
    meetings_push(s->app);
}

static void find(struct screen *s)
{
    cases_push(s->app);
}

static void inbox(struct screen *s)
{
    inbox_push(s->app);
}

static void outbox(struct screen *s)
{
    outbox_push(s->app);
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

static void trust(struct screen *s)
{
    trust_push(s->app);
}

static void keys(struct screen *s)
{
    identity_push(s->app);
}

static void settings(struct screen *s)
{
    settings_push(s->app);
}

/* What takes longer to find out, once nobody waits for the screen. */
static bool behind(const struct screen *s)
{
    const struct today_state *state = s->state;
    return state->loaded && !state->mail_read && !s->stale;
}

static void idle(struct screen *s)
{
    struct today_state *state = s->state;
    struct error unsaid = ERROR_INIT;
    if (!behind(s))
        return;
    state->mail_read = true;
    if (!mailrow_read(s->app->store, &state->mail, &unsaid))
        state->mail = (struct mail_waiting){{0, 0, 0}, {0, 0}};
    error_release(&unsaid);
    screen_changed(s, false);
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
    {TK_NONE, "i", N_("inbox"), N_("Shows what came in from other posts, and what it asks of us."),
     inbox, NULL},
    {TK_NONE, "o", N_("outbox"), N_("Shows what waits for other posts, and sends it."), outbox,
     NULL},
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
    {TK_NONE, "t", N_("trust"), N_("Shows whom this post trusts, and why."), trust, NULL},
    {TK_NONE, "k", N_("our keys"), N_("Shows the keys of this post, and its key card."), keys,
     NULL},
    {TK_NONE, "g", N_("settings"),
     N_("Shows the deadlines, periods and days of rest that the post sets."), settings, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(directory_take_import), ANSWERS_END};

const struct screen_type today_type = {
    .name = "today",
    .answers = answers,
    .title = N_("Today"),
    .about = N_("What is due, what came in, and what others owe an answer. A time with ! is "
                "overdue."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .idle = idle,
    .behind = behind,
    .keep = screen_keep_name,
    .close = close_state,
};

void today_push(struct app *app)
{
    screen_push(app, &today_type, xcalloc(1, sizeof(struct today_state)));
}
