/* SPDX-License-Identifier: MIT */
/* The keys of this post: how old, who certified them, and what can be done about them. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

enum offer {
    OFFER_READ, /* where it does not stand here */
    OFFER_MAKE,
    OFFER_CARD,
    OFFER_SEALING,
    OFFER_ROLL,
    OFFER_STATE_MAKE,
    OFFER_STATE_CARD,
    OFFER_STATE_ROLL,
    OFFER_TRUST,
    OFFERS,
};

static const char *const offers[OFFERS] = {
    [OFFER_READ] = N_("Read the digits, and who certified them"),
    [OFFER_MAKE] = N_("Make the keys of this post"),
    [OFFER_CARD] = N_("Show the key card, to be handed over"),
    [OFFER_SEALING] = N_("Change the sealing key"),
    [OFFER_ROLL] = N_("Make new keys, which the ones of now sign"),
    [OFFER_STATE_MAKE] = N_("Make the key of the State, which certifies its posts"),
    [OFFER_STATE_CARD] = N_("Show the key card of the State, for the Secretariat"),
    [OFFER_STATE_ROLL] = N_("Make a new key of the State, which the one of now signs"),
    [OFFER_TRUST] = N_("Whom we trust"),
};

struct identity_screen {
    struct identity own;
    struct trust_own of_trust;
    bool state_key_owed;
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct identity_screen *state = s->state;
    state->loaded = store_identity(s->app->store, &state->own, err) &&
                    store_trust_own(s->app->store, &state->of_trust, err) &&
                    trust_state_key_owed(s->app->store, &state->state_key_owed, err);
    return state->loaded;
}

/* ---- what they are ---- */

/* "since 12 March 2026, 40 days old". */
static void say_since(struct buf *out, const char *since, struct instant now)
{
    struct instant at = {0};
    char day[DATE_SIZE];
    struct buf when = BUF_INIT;
    if (!instant_parse(since, &at))
        return;
    long days = date_days_between(instant_date(at), instant_date(now));
    values_say_when(&when, date_format(instant_date(at), day), reader_language);
    if (days > 0)
        buf_addf(out, n_("since %s, %ld day old", "since %s, %ld days old", (unsigned long)days),
                 buf_text(&when), days);
    else
        buf_adds(out, _("made today"));
    buf_release(&when);
}

static void own_subject(const struct screen *s, struct trust_subject *out)
{
    *out = (struct trust_subject){.kind = SUBJECT_POST};
    memcpy(out->post, ((const struct identity_screen *)s->state)->own.post, POST_ID);
}

static void say_own(const struct screen *s, const struct trusted *t, struct buf *out)
{
    const struct identity_screen *state = s->state;
    struct trust_subject subject;
    struct buf text = BUF_INIT;
    char digits[FINGERPRINT_SIZE];
    own_subject(s, &subject);
    if (trust_subject_digits(t, &subject, digits))
        trust_labelled(out, _("Digits"), digits);
    say_since(&text, state->own.signing_since, app_now(s->app));
    trust_labelled(out, _("Signing key"), buf_text(&text));
    buf_clear(&text);
    trust_why(t, &subject, app_now(s->app), &text);
    trust_labelled(out, _("Certified"), buf_text(&text));
    buf_clear(&text);
    say_since(&text, state->own.sealing_since, app_now(s->app));
    trust_labelled(out, _("Sealing key"), buf_text(&text));
    buf_release(&text);
}

static void say_state_key(const struct screen *s, struct buf *out)
{
    const struct identity_screen *state = s->state;
    const char *code = store_post(s->app->store)->state;
    char digits[FINGERPRINT_SIZE];
    if (!state->of_trust.state_key)
        return;
    trust_labelled(out, _("State"), country_name(code, reader_language));
    trust_labelled(out, _("Its key"), fingerprint_of_state(code, state->of_trust.key, digits));
}

/* What is wrong with them, and what to do. */
static void add_owed(struct screen *s, int width)
{
    const struct identity_screen *state = s->state;
    if (state->own.owed)
        body_wrap(&s->body, BODY_DOUBT, width, 0,
                  _("Somebody who left, or who saw a passphrase, may know these keys: a head of "
                    "post makes new ones."));
    if (state->state_key_owed)
        body_wrap(&s->body, BODY_DOUBT, width, 0,
                  _("Somebody who left, or who saw a passphrase, may know the key of the State: a "
                    "head of post makes a new one."));
    if (state->own.sealing_old)
        body_wrap(&s->body, BODY_DOUBT, width, 0,
                  _("The sealing key is older than 90 days: change it, so that what was sent "
                    "before cannot be opened with what is here later."));
}

/* ---- what can be done ---- */

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static bool is_directorate(const struct screen *s)
{
    return strcmp(store_post(s->app->store)->kind, "directorate") == 0;
}

/* NULL: it may be done; "": it is not for now; else why not. */
static const char *why_not(const struct screen *s, enum offer offer)
{
    const struct identity_screen *state = s->state;
    const char *head = is_head(s) ? NULL : _("only a head of post does this; you are not one");
    bool made = state->own.made, state_key = state->of_trust.state_key;
    switch (offer) {
    case OFFER_READ:
        return made && trust_is_small(s) ? NULL : "";
    case OFFER_MAKE:
        return made ? "" : head;
    case OFFER_CARD:
        return made ? NULL : "";
    case OFFER_SEALING:
        return !made                                              ? ""
               : store_officer(s->app->store)->role == ROLE_CLERK ? _("a clerk reads only")
                                                                  : NULL;
    case OFFER_ROLL:
        return made ? head : "";
    case OFFER_STATE_MAKE:
        return made && is_directorate(s) && !state_key ? head : "";
    case OFFER_STATE_CARD:
        return state_key ? NULL : "";
    case OFFER_STATE_ROLL:
        return state_key ? head : "";
    case OFFER_TRUST:
        return NULL;
    case OFFERS:
        break;
    }
    return "";
}

static void add_offers(struct screen *s, int width)
{
    if (!trust_is_small(s))
        body_line(&s->body, BODY_PLAIN, "%s", "");
    for (int i = 0; i < OFFERS; i++)
        if (!why_not(s, (enum offer)i))
            body_row_wrap(&s->body, i, NULL, width, _(offers[i]));
    for (int i = 0; i < OFFERS; i++) {
        const char *why = why_not(s, (enum offer)i);
        if (why && *why)
            trust_refused(&s->body, width, _(offers[i]), why);
    }
}

static void say_keys(const struct screen *s, const struct trusted *t, struct buf *out)
{
    say_own(s, t, out);
    say_state_key(s, out);
}

static void build(struct screen *s, int width)
{
    const struct identity_screen *state = s->state;
    const struct trusted *t = trust_of(s->app->store);
    struct buf text = BUF_INIT;
    if (state->loaded && t) {
        if (!state->own.made)
            body_empty(&s->body, width,
                       _("This post has no keys yet. With them it writes to other posts, and reads "
                         "what they write, without anybody in between: one key signs what leaves, "
                         "the other one opens what comes in. They lie in this file alone, and in "
                         "its backups."));
        else if (!trust_is_small(s))
            say_keys(s, t, &text);
        trust_lines(&s->body, width, TRUST_LABEL + 1, buf_text(&text));
        add_owed(s, width);
        add_offers(s, width);
    }
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    buf_adds(where, _(s->type->title));
    buf_adds(right, store_post(s->app->store)->code);
}

/* ---- doing it ---- */

static void roll_if_meant(struct screen *below, const char *word)
{
    struct error err = ERROR_INIT;
    if (strcmp(word, _("REPLACE")) == 0)
        trust_done(below, trust_roll_keys(below->app->store, &err),
                   _("New keys are made; the directory tells the others."), &err);
}

static void roll_state_if_meant(struct screen *below, const char *word)
{
    struct error err = ERROR_INIT;
    if (strcmp(word, _("REPLACE")) == 0)
        trust_done(below, trust_make_state_key(below->app->store, &err),
                   _("The State has a new key; the directory tells the others."), &err);
}

static void ask_roll(struct screen *s, ask_fn *answered)
{
    struct buf about = BUF_INIT;
    buf_addf(
        &about,
        _("The key of now signs the new one, and is then destroyed: it cannot be brought back. "
          "What it signed stays good. Where somebody has stolen it, do not: the State revokes "
          "it. Type %s and Enter."),
        _("REPLACE"));
    ask_push(s->app, _("New keys"), buf_text(&about), "", answered);
    buf_release(&about);
}

static void read_keys(struct screen *s)
{
    const struct trusted *t = trust_of(s->app->store);
    struct buf text = BUF_INIT;
    if (t) {
        say_keys(s, t, &text);
        trust_read(s, N_("Our own keys"), buf_text(&text));
    }
    buf_release(&text);
}

static void do_offer(struct screen *s)
{
    struct store *store = s->app->store;
    struct error err = ERROR_INIT;
    switch ((enum offer)body_focused(&s->body)->tag) {
    case OFFER_READ:
        read_keys(s);
        break;
    case OFFER_MAKE:
        trust_done(s, trust_make_keys(store, &err),
                   _("The keys are made. Hand over the card, so that your State certifies them."),
                   &err);
        break;
    case OFFER_CARD:
        keycard_push(s->app, KEYCARD_POST);
        break;
    case OFFER_SEALING:
        trust_done(s, trust_renew_sealing(store, &err),
                   _("The sealing key is changed; the directory tells the others."), &err);
        break;
    case OFFER_ROLL:
        ask_roll(s, roll_if_meant);
        break;
    case OFFER_STATE_MAKE:
        trust_done(s, trust_make_state_key(store, &err),
                   _("The key of the State is made. Hand its card to the Secretariat."), &err);
        break;
    case OFFER_STATE_CARD:
        keycard_push(s->app, KEYCARD_STATE);
        break;
    case OFFER_STATE_ROLL:
        ask_roll(s, roll_state_if_meant);
        break;
    case OFFER_TRUST:
        trust_push(s->app);
        break;
    case OFFERS:
        break;
    }
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void close_state(struct screen *s)
{
    free(s->state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("do it"), N_("Does what the line says, or asks what it needs first."),
     do_offer, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(roll_if_meant), ANSWER(roll_state_if_meant),
                                        ANSWERS_END};

const struct screen_type identity_type = {
    .name = "identity",
    .title = N_("Our own keys"),
    .about = N_("The keys of this post, with which it writes to others: no officer's, so that "
                "nobody's name is in the directory. The card with their digits is handed to the "
                "State, which certifies them."),
    .commands = commands,
    .deeds = true,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void identity_push(struct app *app)
{
    screen_push(app, &identity_type, xcalloc(1, sizeof(struct identity_screen)));
}
