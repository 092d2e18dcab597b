/* SPDX-License-Identifier: MIT */
/*
 * What waits for whom: of each post what is new, what it got and has not acknowledged, and since
 * when; what is held, and why. And of one post each act. From here it goes, by whatever route.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/settings.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

/* What a row stands for, by its reference: a post, a dispatch, an act. */
enum { ROW_POST, ROW_DUE, ROW_HELD };

/* Of both screens; `code` is of the post that is shown alone. */
struct outbox {
    struct sending sending;
    char *code; /* NULL: all */
    struct carry_load load;
    bool loaded;
    struct buf trouble;    /* why nothing can be seen */
    struct held_acts held; /* acts that would go, and may not */
    long patience;         /* days after which one telephones */
};

static void forget(struct outbox *o)
{
    if (o->loaded)
        carry_load_release(&o->load);
    o->loaded = false;
    buf_clear(&o->trouble);
    held_acts_release(&o->held);
}

/* That there are no keys yet, or nobody to write to, is what the screen says then. */
static bool load(struct screen *s, struct error *err)
{
    struct outbox *o = s->state;
    const struct carry_wish wish = {.post = o->code, .again = true, .receipts = true};
    struct error why = ERROR_INIT;
    forget(o);
    o->loaded = carry_load(s->app->store, &wish, &o->load, &why);
    if (!o->loaded && why.kind == ERROR_INPUT)
        buf_adds(&o->trouble, error_text(&why));
    bool ok = o->loaded || o->trouble.size || error_set(err, why.kind, "%s", error_text(&why));
    error_release(&why);
    o->patience = setting_type(SETTING_TELEPHONE)->usual;
    return ok && settings_number(s->app->store, SETTING_TELEPHONE, &o->patience, err) &&
           (o->code || store_held_acts(s->app->store, &o->held, err));
}

/* ---- what is to be said of a post ---- */

/* What of it was sent, and has not been acknowledged. */
struct unanswered {
    size_t count;
    struct instant since; /* the oldest of them */
};

static struct unanswered unanswered_of(const struct carry_reader *r)
{
    struct unanswered u = {.count = 0};
    for (size_t i = 0; i < r->due.count; i++) {
        const struct due_dispatch *d = &r->due.list[i];
        struct instant at;
        if (!d->times || !instant_parse(d->made_at, &at))
            continue;
        if (!u.count || at.seconds < u.since.seconds)
            u.since = at;
        u.count++;
    }
    return u;
}

static void add_between(struct buf *out)
{
    if (out->size)
        buf_adds(out, "; ");
}

/* "2 new; 3 unacknowledged since 12 Mar; 1 receipt; 1 held" */
static void say_waiting(struct buf *out, const struct carry_reader *r, struct instant now)
{
    const struct unanswered u = unanswered_of(r);
    if (r->fresh)
        buf_addf(out, n_("%zu new", "%zu new", r->fresh), r->fresh);
    if (u.count) {
        char day[DATE_SIZE];
        struct buf when = BUF_INIT;
        add_between(out);
        values_say_when_short(&when, date_format(instant_date(u.since), day), now, reader_language);
        buf_addf(out, n_("%zu unacknowledged since %s", "%zu unacknowledged since %s", u.count),
                 u.count, buf_text(&when));
        buf_release(&when);
    }
    if (r->due.receipt_count) {
        add_between(out);
        sending_say_receipts(out, r->due.receipt_count);
    }
    if (r->due.held_count) {
        add_between(out);
        buf_addf(out, n_("%zu held", "%zu held", r->due.held_count), r->due.held_count);
    }
}

/* What no sending mends: no key, no answer. */
static void say_urgent(struct buf *out, const struct screen *s, const struct carry_reader *r)
{
    const struct outbox *o = s->state;
    const struct unanswered u = unanswered_of(r);
    struct instant now = app_now(s->app);
    long days = u.count ? date_days_between(instant_date(u.since), instant_date(now)) : 0;
    if (r->waits)
        buf_adds(out, r->waits);
    if (days < o->patience || !u.count)
        return;
    add_between(out);
    buf_addf(out,
             n_("%ld day without an acknowledgement: telephone them",
                "%ld days without an acknowledgement: telephone them", (unsigned long)days),
             days);
    if (r->phone)
        buf_addf(out, ", %s", r->phone);
}

/* What its directory lacks goes along with something else alone. */
static bool waits(const struct carry_reader *r)
{
    return r->due.count || r->due.receipt_count || r->due.held_count;
}

static void add_post(struct screen *s, size_t i, int width)
{
    const struct outbox *o = s->state;
    const struct carry_reader *r = &o->load.readers[i];
    if (!waits(r))
        return;
    struct buf row = BUF_INIT, text = BUF_INIT;
    column(&row, r->code, width >= 60 ? 9 : 6);
    if (width >= 60)
        column(&row, r->name, width >= 100 ? 44 : 32);
    say_waiting(&text, r, app_now(s->app));
    buf_adds(&row, buf_text(&text));
    body_row(&s->body, ROW_POST, r->code, "%s", buf_text(&row));
    buf_clear(&text);
    say_urgent(&text, s, r);
    if (text.size) {
        buf_clear(&row);
        buf_addf(&row, "    %s", buf_text(&text));
        body_wrap(&s->body, BODY_DOUBT, width, 4, buf_text(&row));
    }
    buf_release(&row);
    buf_release(&text);
}

static const char *reader_name(const char *code)
{
    return strcmp(code, CODE_SECRETARIAT) == 0 ? _("Technical Secretariat")
                                               : country_name(code, reader_language);
}

/* The row leads to the act that is held; below it stands why. */
static void add_held(struct screen *s, const struct held_act *h, int width)
{
    struct buf row = BUF_INIT;
    int depth = width >= 60 ? 4 : 3;
    column(&row, h->reference, (int)text_clusters(h->reference));
    buf_adds(&row, _(act_type(h->kind)->label));
    if (*h->code)
        buf_addf(&row, ", %s", reader_name(h->code));
    body_row(&s->body, ROW_HELD, h->id, "%s", buf_text(&row));
    buf_clear(&row);
    buf_addf(&row, "%*s%s", depth, "", h->reason);
    body_wrap(&s->body, BODY_DOUBT, width, depth, buf_text(&row));
    buf_release(&row);
}

static void build(struct screen *s, int width)
{
    const struct outbox *o = s->state;
    for (size_t i = 0; o->loaded && i < o->load.count; i++)
        add_post(s, i, width);
    if (o->held.count && s->body.count)
        body_line(&s->body, BODY_PLAIN, "%s", "");
    if (o->held.count)
        body_line(&s->body, BODY_HEAD, " %s", _("Held"));
    for (size_t i = 0; i < o->held.count; i++)
        add_held(s, &o->held.list[i], width);
    if (o->trouble.size && !s->body.count)
        body_empty(&s->body, width, buf_text(&o->trouble));
    else if (!s->body.count)
        body_empty(&s->body, width,
                   _("Nothing waits here. What is recorded for other posts stands here until they "
                     "have acknowledged it."));
}

/* How many posts get something now. */
static size_t count_ready(const struct outbox *o)
{
    size_t ready = 0;
    for (size_t i = 0; o->loaded && i < o->load.count; i++) {
        const struct carry_reader *r = &o->load.readers[i];
        ready += !r->waits && (r->fresh || r->due.receipt_count);
    }
    return ready;
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    size_t ready = count_ready(s->state);
    buf_adds(where, _(s->type->title));
    if (ready)
        buf_addf(right, n_("to be sent to %zu post", "to be sent to %zu posts", ready), ready);
}

/* ---- one post ---- */

static const struct carry_reader *reader_of(const struct outbox *o)
{
    return o->loaded && o->load.count && waits(&o->load.readers[0]) ? &o->load.readers[0] : NULL;
}

static void add_due(struct screen *s, const struct due_dispatch *d, int width)
{
    struct instant now = app_now(s->app);
    struct buf row = BUF_INIT, when = BUF_INIT;
    char at[INSTANT_SIZE];
    struct letters one = {NULL, 0};
    struct error unsaid = ERROR_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(d->bytes.id, id);
    if (!store_letter(s->app->store, id, &one, &unsaid) || !one.count) {
        error_release(&unsaid);
        return;
    }
    const struct letter *l = &one.list[0];
    snprintf(at, sizeof at, "%.*s", width >= 60 ? INSTANT_SIZE - 1 : DATE_SIZE - 1, l->said);
    values_say_when_short(&when, at, now, reader_language);
    column(&row, buf_text(&when), width >= 60 ? 12 : 6);
    if (l->reference)
        column(&row, l->reference, (int)text_clusters(l->reference));
    letter_say(&row, l);
    body_row(&s->body, ROW_DUE, id, "%s", buf_text(&row));
    buf_clear(&row);
    buf_addf(&row, "%*s", width >= 60 ? 14 : 3, "");
    sending_say_times(&row, d->times, d->sent_at, now);
    body_line(&s->body, BODY_DIM, "%s", buf_text(&row));
    letters_release(&one);
    error_release(&unsaid);
    buf_release(&row);
    buf_release(&when);
}

static void build_one(struct screen *s, int width)
{
    const struct outbox *o = s->state;
    const struct carry_reader *r = reader_of(o);
    if (!r) {
        body_empty(&s->body, width,
                   o->trouble.size ? buf_text(&o->trouble) : _("Nothing waits for this post."));
        return;
    }
    struct buf text = BUF_INIT;
    say_urgent(&text, s, r);
    if (text.size)
        body_wrap(&s->body, BODY_DOUBT, width, 0, buf_text(&text));
    for (size_t i = 0; i < r->due.count; i++)
        add_due(s, &r->due.list[i], width);
    if (r->due.receipt_count) {
        buf_clear(&text);
        sending_say_receipts(&text, r->due.receipt_count);
        body_line(&s->body, BODY_PLAIN, "  %s", buf_text(&text));
    }
    if (r->due.held_count)
        body_line(&s->body, BODY_HEAD, " %s", _("Held"));
    for (size_t i = 0; i < r->due.held_count; i++)
        body_wrap(&s->body, BODY_PLAIN, width, 2, r->due.held[i].reason);
    buf_release(&text);
}

static void head_one(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct outbox *o = s->state;
    const struct carry_reader *r = reader_of(o);
    buf_adds(where, o->code);
    if (r)
        buf_addf(where, " · %s", r->name);
    if (r)
        buf_adds(right, r->email ? r->email : "");
}

/* ---- what can be done ---- */

static bool may_send(const struct screen *s)
{
    const struct outbox *o = s->state;
    return o->loaded && o->load.count;
}

static void send_all(struct screen *s)
{
    sending_begin(s, ((const struct outbox *)s->state)->code, false);
}

/* The post that is meant: the one that is shown, or that of the line. */
static const char *post_meant(const struct screen *s)
{
    const struct outbox *o = s->state;
    const struct body_line *row = body_focused(&s->body);
    return o->code ? o->code : row && row->tag == ROW_POST ? row->ref : NULL;
}

static const struct carry_reader *reader_meant(const struct screen *s)
{
    const struct outbox *o = s->state;
    const char *code = post_meant(s);
    for (size_t i = 0; code && o->loaded && i < o->load.count; i++)
        if (strcmp(o->load.readers[i].code, code) == 0)
            return &o->load.readers[i];
    return NULL;
}

static bool on_post(const struct screen *s)
{
    return reader_meant(s) != NULL;
}

static bool was_sent(const struct screen *s)
{
    const struct carry_reader *r = reader_meant(s);
    return r && unanswered_of(r).count;
}

static void send_one(struct screen *s)
{
    sending_begin(s, post_meant(s), false);
}

static void send_again(struct screen *s)
{
    sending_begin(s, post_meant(s), true);
}

static const struct held_act *held_in_focus(const struct screen *s)
{
    const struct outbox *o = s->state;
    const struct body_line *row = body_focused(&s->body);
    for (size_t i = 0; row && row->tag == ROW_HELD && i < o->held.count; i++)
        if (strcmp(o->held.list[i].id, row->ref) == 0)
            return &o->held.list[i];
    return NULL;
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void outpost_push(struct app *app, const char *code);

static void open_row(struct screen *s)
{
    const struct held_act *held = held_in_focus(s);
    const struct body_line *row = body_focused(&s->body);
    if (held)
        actview_push(s->app, held->reference, held->id);
    else if (row->tag == ROW_DUE)
        letter_push(s->app, row->ref);
    else
        outpost_push(s->app, row->ref);
}

static void receive(struct screen *s)
{
    receive_push(s->app);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct outbox *o = s->state;
    if (o->code)
        json_object_set_new(kept, "code", json_string(o->code));
    sending_keep(&o->sending, kept);
}

static void restore(struct screen *s, const json_t *kept)
{
    sending_restore(&((struct outbox *)s->state)->sending, kept);
}

static void close_state(struct screen *s)
{
    struct outbox *o = s->state;
    forget(o);
    buf_release(&o->trouble);
    sending_release(&o->sending);
    free(o->code);
    free(o);
}

static const struct answer answers[] = {ANSWERS_MORE(sending_answers)};

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Shows all that waits for the post of this line."), open_row,
     on_row},
    {TK_F(2), NULL, N_("send"), N_("Sends what is due, to all posts; asks by which route."),
     send_all, may_send},
    {TK_NONE, "s", N_("to this post"), N_("Sends what is due to the post of this line alone."),
     send_one, on_post},
    {TK_NONE, "r", N_("again"), N_("Sends this post again what it has not acknowledged."),
     send_again, was_sent},
    {TK_NONE, "i", N_("receive"), N_("Takes in what came, by whatever route."), receive, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type outbox_type = {
    .name = "outbox",
    .title = N_("Outbox"),
    .about = N_("What waits for other posts: new, or sent and not acknowledged, since when; what "
                "is held back, with the reason. What was sent goes along again with each pouch "
                "until it is acknowledged."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

static const struct command one_commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows what this line says."), open_row, on_row},
    {TK_F(2), NULL, N_("send"), N_("Sends what is due to this post; asks by which route."),
     send_all, may_send},
    {TK_NONE, "r", N_("again"), N_("Sends this post again what it has not acknowledged."),
     send_again, was_sent},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type outpost_type = {
    .name = OUTPOST_SCREEN,
    .title = N_("What waits for a post"),
    .about = N_("Each act that this post has not acknowledged, since when, and how often it was "
                "sent; receipts that it is owed; what is held back from it, and why."),
    .commands = one_commands,
    .answers = answers,
    .load = load,
    .build = build_one,
    .head = head_one,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

static void push(struct app *app, const struct screen_type *type, const char *code)
{
    struct outbox *o = xcalloc(1, sizeof *o);
    o->code = code ? xstrdup(code) : NULL;
    screen_push(app, type, o);
}

void outbox_push(struct app *app)
{
    push(app, &outbox_type, NULL);
}

static void outpost_push(struct app *app, const char *code)
{
    push(app, &outpost_type, code);
}

void outpost_reopen(struct app *app, const json_t *kept)
{
    push(app, &outpost_type, keep_text(kept, "code"));
}
