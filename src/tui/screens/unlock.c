/* SPDX-License-Identifier: MIT */
/* Opening the case file: who one is, and the passphrase, which is shown nowhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/demo.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/draft.h"
#include "amparo/store/presence.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/bookmark.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/lastfile.h"
#include "amparo/tui/lockperiod.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/passentry.h"
#include "amparo/tui/speech.h"
#include "amparo/tui/unlocking.h"
#include "amparo/tui/waiting.h"

enum { LABEL = 16, OFFICER_CELLS = 40, FORGOTTEN = 3 };
enum { FEW_ROWS = 10 }; /* with fewer there are no gaps */

struct unlock_state {
    struct edit officer;
    struct passentry secret;
    bool at_officer;             /* the focus; else at the passphrase */
    char *demo;                  /* the demo's passphrase, or NULL */
    unsigned wrong;              /* passphrases so far */
    bool capitals, blank;        /* slips of the last one */
    struct unlocking *unlocking; /* or NULL */
    struct unlocking *given_up;  /* and not at its end, or NULL */
};

/* What is typed in the officer's place is seen by whoever looks: say so before, not after. */
static const char *hint(const struct screen *s)
{
    const struct unlock_state *state = s->state;
    if (*s->app->locked.officer && !state->at_officer)
        return _("Locked; all is kept. The passphrase goes on where the work was left.");
    if (state->at_officer)
        return _("The name is shown as it is typed. Enter goes on to the passphrase.");
    return _("The officer may stay empty. What is typed as a passphrase is not shown.");
}

/* What may have gone wrong with a passphrase that opened nothing. */
static void add_advice(struct body *b, int width, const struct unlock_state *state)
{
    body_line(b, BODY_PLAIN, "%s", "");
    if (state->capitals)
        body_wrap(b, BODY_PLAIN, width, 0,
                  _("The letters were capitals, most of them: is Caps Lock on?"));
    if (state->blank)
        body_wrap(b, BODY_PLAIN, width, 0, _("It began or ended with a blank."));
    if (!*edit_text(&state->officer))
        body_wrap(b, BODY_PLAIN, width, 0,
                  _("A try takes its time on purpose, and less where the officer is named."));
    if (state->wrong >= FORGOTTEN)
        body_wrap(b, BODY_PLAIN, width, 0,
                  _("Who has forgotten it gets another one from a head of post, or by two recovery "
                    "sheets: amparo recovery FILE use NAME."));
}

static void build(struct screen *s, int width)
{
    const struct unlock_state *state = s->state;
    body_wrap(&s->body, BODY_DIM, width, 0, hint(s));
    if (!s->app->options->file && s->app->options->locked < 0)
        body_wrap(&s->body, BODY_DIM, width, 0, _("It is the file used last; F4 opens another."));
    if (state->wrong)
        add_advice(&s->body, width, state);
    if (!state->demo)
        return;
    struct buf line = BUF_INIT;
    buf_addf(&line, _("This is a demo file; its passphrase is: %s"), state->demo);
    buf_addf(&line, _(" (of further officers: %s 2, %s 3)"), state->demo, state->demo);
    if (s->rows >= FEW_ROWS)
        body_line(&s->body, BODY_PLAIN, "%s", "");
    body_wrap(&s->body, BODY_PLAIN, width, 0, buf_text(&line));
    buf_release(&line);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct unlock_state *state = s->state;
    int cols = term_cols(term), at = row + (rows > 8);
    int width = cols - LABEL - 4 < OFFICER_CELLS ? cols - LABEL - 4 : OFFICER_CELLS;
    if (rows > 5) {
        term_put(term, at, 1, ROLE_LABEL, _("Case file"), LABEL - 1);
        term_put(term, at, LABEL + 1, ROLE_NORMAL, s->app->path, cols - LABEL - 2);
        at += 2;
    }
    term_put(term, at, 1, state->at_officer ? ROLE_FOCUS : ROLE_LABEL, _("Officer"), LABEL - 1);
    term_put(term, at + 1, 1, state->at_officer ? ROLE_LABEL : ROLE_FOCUS, _("Passphrase"),
             LABEL - 1);
    if (state->at_officer)
        edit_draw(&state->officer, term, at, LABEL + 1, width, 1);
    else
        field_draw(term, at, LABEL + 1, width, 1, ROLE_FIELD, edit_text(&state->officer));
    field_draw(term, at + 1, LABEL + 1, width, 1, ROLE_FIELD, "");
    term_put(term, at + !state->at_officer, 0, ROLE_FOCUS, ">", 1);
    if (!state->at_officer)
        term_cursor(term, at + 1, LABEL + 1);
    at += rows < FEW_ROWS ? 2 : 3;
    body_draw(&s->body, term, at, row + rows - at);
}

/* Who else has the file open is said before anything is typed. */
static void say_others(struct app *app, const struct presences *others)
{
    if (others->count == 1)
        app_say(app, _("%s has this file open too."), others->list[0].officer);
    else if (others->count)
        app_say(app,
                n_("%s and %zu other have this file open too.",
                   "%s and %zu others have this file open too.", others->count - 1),
                others->list[0].officer, others->count - 1);
}

/* Who is there; whose program was cut off is there no more. */
static void meet_others(struct app *app, struct presences *others)
{
    struct error unsaid = ERROR_INIT;
    *others = (struct presences){NULL, 0};
    store_presence_set(app->store, "", &unsaid);
    store_presence_list(app->store, NULL, others, &unsaid);
    error_release(&unsaid);
}

/* Before what else is said. */
static void say_exposed(struct app *app)
{
    if (!store_is_exposed(app->store))
        return;
    char *said = xstrdup(buf_text(&app->message));
    app_say(app, _("Everybody on this machine may read the file (chmod o-rwx). %s"), said);
    free(said);
}

/* What was left unfinished is offered before anything else. */
static void begin_work(struct app *app)
{
    struct drafts drafts = {0};
    struct error err = ERROR_INIT;
    size_t depth = app->depth;
    if (!bookmark_offer(app))
        today_push(app);
    if (!store_draft_list(app->store, NULL, &drafts, &err))
        app_say_error(app, &err);
    else if (drafts.count && app->depth == depth + 1)
        resume_offer(app, NULL, "");
    drafts_release(&drafts);
    error_release(&err);
}

/* Where this officer's work was locked, it goes on; what is another's stays sealed. */
static void go_on(struct app *app)
{
    json_t *screens = locked_open(&app->locked, app->store);
    buf_clear(&app->message);
    if (screens)
        keep_reopen(app, screens);
    json_decref(screens);
}

static void give_up(struct screen *s)
{
    struct unlock_state *state = s->state;
    app_watch(s->app, -1);
    unlocking_give_up(state->unlocking);
    state->given_up = state->unlocking;
    state->unlocking = NULL;
    /* What was typed meanwhile was not meant for the field of the passphrase. */
    app_must_be_read(s->app);
    app_say(s->app, "%s", _("Given up; the file is still locked."));
}

static bool busy(const struct screen *s)
{
    return ((const struct unlock_state *)s->state)->unlocking != NULL;
}

static void go_to(struct screen *s, bool officer)
{
    ((struct unlock_state *)s->state)->at_officer = officer;
    screen_changed(s, false); /* another hint */
}

/* Slips that show in what was typed, without telling it. */
static void look_for_slips(struct unlock_state *state, struct passphrase typed)
{
    const char *text = typed.bytes;
    size_t upper = 0, lower = 0;
    for (size_t i = 0; i < typed.length; i++) {
        upper += text[i] >= 'A' && text[i] <= 'Z';
        lower += text[i] >= 'a' && text[i] <= 'z';
    }
    state->capitals = upper > lower;
    state->blank = typed.length && (text[0] == ' ' || text[typed.length - 1] == ' ');
}

static void open_with(struct screen *s, struct passphrase passphrase)
{
    struct unlock_state *state = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    const char *officer = edit_text(&state->officer);
    state->unlocking =
        unlocking_begin(app->path, *officer ? officer : NULL, passphrase, state->given_up, &err);
    state->given_up = NULL;
    look_for_slips(state, passphrase);
    passentry_clear(&state->secret);
    go_to(s, false);
    if (state->unlocking) {
        app_watch(app, unlocking_fd(state->unlocking));
        app_say(app, "%s", _("Unlocking. Esc gives it up."));
    } else {
        app_say_error(app, &err);
    }
    error_release(&err);
}

void unlock_take(struct app *app, struct store *opened)
{
    app->store = opened;
    waiting_begin(app);
    lastfile_set(store_path(app->store));
    app->changes = store_changes(app->store);
    app->lock_after = lockperiod_get(app->store);
    app->skip = app_skips(app);
    speech_take_own(app);
}

/* The key derivation came to its end. */
static void ready(struct screen *s)
{
    struct unlock_state *state = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    struct store *opened = NULL;
    app_watch(app, -1);
    bool ok = unlocking_end(state->unlocking, &opened, &err);
    state->unlocking = NULL;
    if (!ok) {
        state->wrong += err.kind == ERROR_VAULT;
        screen_changed(s, false);
        app_say_error(app, &err);
        error_release(&err);
        return;
    }
    while (app->depth) /* also those by which one came to the file */
        screen_remove(app->screens[0]);
    unlock_take(app, opened);
    struct presences others;
    meet_others(app, &others);
    go_on(app);
    if (!app->depth)
        begin_work(app);
    say_others(app, &others);
    say_exposed(app);
    presences_release(&others);
}

static void enter(struct screen *s)
{
    struct unlock_state *state = s->state;
    if (state->at_officer)
        go_to(s, false);
    else if (state->secret.length)
        open_with(s, passentry_passphrase(&state->secret));
}

static void leave_if_meant(struct screen *s, const char *word)
{
    if (strcmp(word, _("DISCARD")) != 0)
        return;
    json_array_clear(s->app->locked.sealed);
    screen_leave(s);
}

/* What could not be written to the file is nowhere but here. */
static void ask_to_leave(struct app *app)
{
    char about[300];
    snprintf(about, sizeof about,
             _("What %s typed could not be written to the file, and waits here for their "
               "passphrase. Type %s and Enter to throw it away."),
             locked_unwritten(&app->locked), _("DISCARD"));
    ask_push(app, _("What was typed is not in the file"), about, "", leave_if_meant);
}

/* Another file, a new one, the demo. */
static void other(struct screen *s)
{
    if (locked_unwritten(&s->app->locked))
        ask_to_leave(s->app);
    else
        welcome_push(s->app);
}

static bool rests(const struct screen *s)
{
    return !busy(s);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct unlock_state *state = s->state;
    if (state->unlocking) { /* no other key is let through */
        give_up(s);
        return true;
    }
    if (event->kind == TERM_KEY && event->key == TK_CANCEL && locked_unwritten(&s->app->locked)) {
        ask_to_leave(s->app);
        return true;
    }
    if (event->kind == TERM_KEY)
        switch (event->key) {
        case TK_TAB:
        case TK_BACKTAB:
        case TK_DOWN:
        case TK_UP:
            go_to(s, !state->at_officer);
            return true;
        default:
            break;
        }
    if (!state->at_officer)
        return passentry_event(&state->secret, event);
    bool taken = edit_event(&state->officer, event, OFFICER_CELLS);
    if (taken && state->wrong)
        screen_changed(s, false); /* the advice goes by whether somebody is named */
    return taken;
}

static void line(struct screen *s, struct screen_line *out)
{
    struct unlock_state *state = s->state;
    *out = state->at_officer ? (struct screen_line){_("Officer"), &state->officer, false}
                             : (struct screen_line){_("Passphrase"), NULL, false};
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)right;
    buf_adds(where, "amparo");
    if (s->app->linear)
        buf_addf(where, ": %s", s->app->path);
}

static void close_state(struct screen *s)
{
    struct unlock_state *state = s->state;
    if (state->unlocking)
        unlocking_give_up(state->unlocking);
    edit_release(&state->officer);
    passentry_release(&state->secret);
    free(state->demo);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("go on"), N_("Opens the case file."), enter, NULL},
    {TK_F(2), NULL, NULL, N_("Opens the case file."), enter, NULL},
    {TK_F(4), NULL, N_("another file"),
     N_("Opens another case file, makes a new one, or the demo."), other, rests},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type unlock_type = {
    .name = "unlock",
    .title = N_("Unlock"),
    .about = N_("The case file is encrypted: the passphrase of one of its officers opens it."),
    .commands = commands,
    .typing = true,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .busy = busy,
    .ready = ready,
    .close = close_state,
};

static struct unlock_state *new_state(const struct app *app)
{
    struct unlock_state *state = xcalloc(1, sizeof *state);
    struct buf demo = BUF_INIT;
    edit_init(&state->officer, false, 100);
    passentry_init(&state->secret);
    if (*app->locked.officer)
        edit_set(&state->officer, app->locked.officer);
    else if (app->options->officer)
        edit_set(&state->officer, app->options->officer);
    if (demo_passphrase(app->path, &demo))
        state->demo = buf_detach(&demo);
    buf_release(&demo);
    return state;
}

void unlock_push(struct app *app)
{
    struct screen *s = screen_push(app, &unlock_type, new_state(app));
    if (app->options->passphrase.bytes && app->options->locked < 0)
        open_with(s, app->options->passphrase);
}
