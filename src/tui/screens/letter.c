/* SPDX-License-Identifier: MIT */
/*
 * One dispatch in full: what it says, from whom, by which key and why that is trusted, whether it
 * counts, what it asks of us, and the act that was recorded of it.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/delivery.h"
#include "amparo/store/record.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/sending.h"
#include "amparo/tui/showing.h"
#include "amparo/tui/values.h"

struct letter_state {
    char *id;
    struct letters letters; /* one, or none */
    struct buf trust;       /* why its author is trusted, or is not: a line each */
    struct deliveries sent; /* of ours */
    struct case_file c;     /* that it is about, where there is one */
    bool has_case;
};

static const struct letter *shown(const struct screen *s)
{
    const struct letter_state *state = s->state;
    return state->letters.count ? &state->letters.list[0] : NULL;
}

/* Of theirs, why its author is trusted; of ours, what is known of its way. */
static bool load_way(struct screen *s, struct error *err)
{
    struct letter_state *state = s->state;
    const struct letter *l = shown(s);
    const struct trusted *trust;
    const struct trust_post *post;
    buf_clear(&state->trust);
    deliveries_release(&state->sent);
    if (!l)
        return true;
    if (!store_trust(s->app->store, &trust, err))
        return false;
    if (l->ours)
        return store_deliveries(s->app->store, trust, l->id, &state->sent, err);
    post = trust_post_of(trust, l->author);
    if (post)
        trust_explain(trust, post, instant_date(app_now(s->app)), &state->trust);
    return true;
}

/* What is read of a case is entered in the access log, as an act that is opened there. */
static void enter_viewed(struct screen *s)
{
    const struct letter *l = shown(s);
    struct error err = ERROR_INIT;
    if (l && l->reference && l->kind != ACT_NONE &&
        !access_view(s->app->store, l->reference, act_type(l->kind)->name, &err))
        app_say(s->app, _("Not in the access log: %s"), error_text(&err));
    error_release(&err);
}

static void forget_case(struct letter_state *state)
{
    if (state->has_case)
        case_release(&state->c);
    state->has_case = false;
}

/* For the names of what it speaks of. */
static bool load_case(struct screen *s, struct error *err)
{
    struct letter_state *state = s->state;
    const struct letter *l = shown(s);
    forget_case(state);
    state->has_case = l && l->reference;
    if (!state->has_case || store_case(s->app->store, l->reference, &state->c, err))
        return true;
    state->has_case = false;
    return false;
}

static bool load(struct screen *s, struct error *err)
{
    struct letter_state *state = s->state;
    letters_release(&state->letters);
    if (!store_letter(s->app->store, state->id, &state->letters, err) || !load_way(s, err))
        return false;
    enter_viewed(s);
    return load_case(s, err);
}

/* ---- what is shown ---- */

static void add_when(const struct showing *v, const struct letter *l)
{
    struct buf text = BUF_INIT;
    values_say_when(&text, l->said, reader_language);
    showing_line(v, BODY_PLAIN, 0, _("Said"), buf_text(&text));
    buf_clear(&text);
    if (!l->ours) {
        values_say_when(&text, l->came, reader_language);
        showing_line(v, BODY_PLAIN, 0, _("Came in"), buf_text(&text));
    }
    buf_release(&text);
}

static void add_fingerprint(const struct showing *v, const struct letter *l)
{
    char digits[FINGERPRINT_SIZE];
    fingerprint_of_post(l->secretariat ? CODE_SECRETARIAT : l->state, l->author, l->signer, digits);
    showing_line(v, BODY_PLAIN, 0, _("Its key"), digits);
}

static void add_lines(const struct showing *v, const char *text)
{
    for (; *text; text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n')) {
        char *one = xstrndup(text, strcspn(text, "\n"));
        showing_line(v, BODY_DIM, 0, "", one);
        free(one);
    }
}

static void add_trust(const struct screen *s, const struct showing *v, const struct letter *l)
{
    const struct letter_state *state = s->state;
    struct buf text = BUF_INIT;
    letter_say_author(&text, l);
    showing_line(v, BODY_PLAIN, 0, _("From"), buf_text(&text));
    if (!l->ours) {
        add_fingerprint(v, l);
        showing_line(v, l->trust >= TRUST_CHECKED ? BODY_PLAIN : BODY_DOUBT, 0, _("Trust"),
                     _(trust_codes[l->trust].label));
        if (l->doubt)
            showing_line(v, BODY_PLAIN, 0, "", _(l->doubt));
        add_lines(v, buf_text(&state->trust));
    }
    buf_release(&text);
}

/* "MXAUH: sent 16 Mar 15:00, acknowledged 18 Mar 09:10" */
static void add_delivery(const struct screen *s, const struct showing *v, const char *label,
                         const struct delivery *d)
{
    struct instant now = app_now(s->app);
    struct buf text = BUF_INIT, when = BUF_INIT;
    buf_addf(&text, "%s%s", d->post, label_colon());
    sending_say_times(&text, d->times, d->sent_at, now);
    values_say_when_short(&when, d->acked_at, now, reader_language);
    if (*d->acked_at)
        buf_addf(&text, _(", acknowledged %s"), buf_text(&when));
    else
        buf_adds(&text, _(", not acknowledged"));
    showing_line(v, BODY_PLAIN, 0, label, buf_text(&text));
    buf_release(&text);
    buf_release(&when);
}

/* For whom it is, and to which posts it went. */
static void add_way(const struct screen *s, const struct showing *v, const struct letter *l)
{
    const struct letter_state *state = s->state;
    struct buf text = BUF_INIT;
    letter_say_readers(&text, l);
    showing_line(v, BODY_PLAIN, 0, _("For"), buf_text(&text));
    for (size_t i = 0; i < state->sent.count; i++)
        add_delivery(s, v, i ? "" : _("By pouch"), &state->sent.list[i]);
    if (!state->sent.count)
        showing_line(v, BODY_PLAIN, 0, _("By pouch"), C_("dispatch", "not sent yet"));
    buf_release(&text);
}

enum { NAMED = 6 }; /* bytes of an id that one tells on the telephone */

static void add_start(const struct showing *v, const char *label, const char *hex)
{
    char *start = xstrndup(hex, 2 * NAMED);
    showing_line(v, BODY_PLAIN, 0, _(label), start);
    free(start);
}

/* Another dispatch, by the start of its number. */
static void add_other(const struct showing *v, const char *label, const uint8_t *id, size_t size)
{
    char hex[2 * NAMED + 1];
    if (size < NAMED)
        return;
    sodium_bin2hex(hex, sizeof hex, id, NAMED);
    showing_line(v, BODY_PLAIN, 0, _(label), hex);
}

static void add_standing(const struct showing *v, const struct letter *l)
{
    const struct verdict *verdict = &l->verdict;
    struct buf text = BUF_INIT;
    letter_say_standing(l, &text);
    if (!text.size)
        buf_adds(&text, _(standing_label(STANDING_COUNTS)));
    showing_line(v, letter_is_odd(l) ? BODY_DOUBT : BODY_PLAIN, 0, _("Standing"), buf_text(&text));
    if (l->refused)
        showing_line(v, BODY_DOUBT, 0, _("Not recorded"), l->refused);
    add_other(v, N_("Waits for"), verdict->awaited, verdict->awaited_size);
    if (*l->by)
        add_start(v, N_("Because of"), l->by);
    buf_release(&text);
}

static void add_asked(const struct screen *s, const struct showing *v, const struct letter *l)
{
    struct buf text = BUF_INIT;
    letter_say_asked(&text, l, app_now(s->app));
    if (text.size)
        showing_line(v, BODY_PLAIN, 0, _("Asks of us"), buf_text(&text));
    buf_release(&text);
}

static void build(struct screen *s, int width)
{
    const struct letter *l = shown(s);
    const struct letter_state *state = s->state;
    const struct showing v = {&s->body, state->has_case ? &state->c : NULL, width,
                              N_("not for us to read")};
    struct buf title = BUF_INIT;
    if (!l) {
        body_empty(&s->body, width, _("It is not here any more."));
        return;
    }
    letter_say(&title, l);
    body_wrap(&s->body, BODY_HEAD, width, 0, buf_text(&title));
    buf_release(&title);
    add_asked(s, &v, l);
    add_standing(&v, l);
    showing_blank(&v);
    if (l->payload && l->kind != ACT_NONE)
        showing_payload(&v, act_type(l->kind), l->payload, NULL);
    showing_blank(&v);
    add_when(&v, l);
    if (l->ours)
        add_way(s, &v, l);
    add_trust(s, &v, l);
    showing_hash(&v, _("Dispatch"), l->id);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct letter *l = shown(s);
    buf_adds(where, l && l->ours ? _("We said") : _("Came in"));
    if (!l)
        return;
    if (l->kind != ACT_NONE)
        buf_addf(where, " · %s", _(act_type(l->kind)->label));
    buf_adds(right, l->reference ? l->reference : _("no case yet"));
}

/* ---- what can be done ---- */

static bool may_answer(const struct screen *s)
{
    return shown(s) && letter_may_answer(shown(s));
}

static bool may_place(const struct screen *s)
{
    return shown(s) && shown(s)->unplaced;
}

static bool has_case(const struct screen *s)
{
    return shown(s) && shown(s)->reference;
}

static bool has_act(const struct screen *s)
{
    return has_case(s) && shown(s)->act;
}

static void answer(struct screen *s)
{
    letter_answer(s, shown(s));
}

static void place(struct screen *s)
{
    letter_place(s, shown(s));
}

static void open_case(struct screen *s)
{
    case_push(s->app, shown(s)->reference);
}

static void open_act(struct screen *s)
{
    actview_push(s->app, shown(s)->reference, shown(s)->act);
}

static void conversation(struct screen *s)
{
    talk_push(s->app, shown(s)->reference);
}

static bool is_theirs(const struct screen *s)
{
    return shown(s) && !shown(s)->ours;
}

static void trust(struct screen *s)
{
    letter_trust(s->app, shown(s));
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "id", json_string(((const struct letter_state *)s->state)->id));
}

static void close_state(struct screen *s)
{
    struct letter_state *state = s->state;
    letters_release(&state->letters);
    forget_case(state);
    buf_release(&state->trust);
    deliveries_release(&state->sent);
    free(state->id);
    free(state);
}

static const struct command commands[] = {
    {TK_NONE, "a", N_("respond"), N_("Opens the form that this asks for."), answer, may_answer},
    {TK_NONE, "m", N_("its case"), N_("Says which case this is about."), place, may_place},
    {TK_NONE, "o", N_("open case"), N_("Opens the case that this is about."), open_case, has_case},
    {TK_ENTER, NULL, N_("the act"), N_("Shows the act that was recorded of it."), open_act,
     has_act},
    {TK_NONE, "v", N_("conversation"), N_("Shows what both sides of the case said to each other."),
     conversation, has_case},
    {TK_NONE, "t", N_("trust"), N_("Shows its author's key, and compares it by telephone."), trust,
     is_theirs},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWERS_MORE(letter_answers)};

const struct screen_type letter_type = {
    .name = LETTER_SCREEN,
    .title = N_("A dispatch"),
    .about = N_("What came in, or went out, as it was signed; from whom, by which key, and why "
                "that is trusted or is not; whether it counts, and what it asks of us."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void letter_push(struct app *app, const char *id)
{
    struct letter_state *state = xcalloc(1, sizeof *state);
    state->id = xstrdup(id);
    screen_push(app, &letter_type, state);
}

void letter_reopen(struct app *app, const json_t *kept)
{
    letter_push(app, keep_text(kept, "id"));
}
