/* SPDX-License-Identifier: MIT */
/*
 * Why somebody is trusted, or is not; the digits to be compared over the telephone; and what can be
 * done here about it, by this officer and in this file, with the reason where it cannot.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/conversation.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

/* What is offered; the order is that of the rows. */
enum offer {
    OFFER_READ, /* where it does not stand here */
    OFFER_CALL,
    OFFER_WORD,
    OFFER_CERTIFY,
    OFFER_REVOKE,
    OFFER_SET_ROOT,
    OFFER_ROOT_CARD,
    OFFER_MAKE_ROOT,
    OFFERS,
};

static const char *const offers[OFFERS] = {
    [OFFER_READ] = N_("Read why"),
    [OFFER_CALL] = N_("Record that its digits were compared by telephone"),
    [OFFER_WORD] = N_("Give the head of post's word that identity may go there"),
    [OFFER_CERTIFY] = N_("Certify it: put it and its key into the directory"),
    [OFFER_REVOKE] = N_("Revoke its key"),
    [OFFER_SET_ROOT] = N_("Set the root, from the card that was handed over"),
    [OFFER_ROOT_CARD] = N_("Show the card of the root"),
    [OFFER_MAKE_ROOT] = N_("Make the root, of three officers of this file"),
};

struct why {
    struct trust_subject subject;
    char name[SUBJECT_SIZE]; /* the same as a text */
    struct trust_own own;
    size_t standings[TRUST_STANDINGS]; /* of a post: what came from it */
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct why *w = s->state;
    w->loaded = store_trust_own(s->app->store, &w->own, err) &&
                (w->subject.kind != SUBJECT_POST ||
                 store_post_standings(s->app->store, w->subject.post, w->standings, err));
    return w->loaded;
}

/* As of now; NULL: it cannot be read. */
/* ---- what may be done, and why not ---- */

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static bool is_of_secretariat(const struct screen *s)
{
    return post_is_secretariat(store_post(s->app->store));
}

/* Is the State of this file its State? */
static bool is_ours(const struct screen *s, const char *state)
{
    const struct post_profile *post = store_post(s->app->store);
    return *state ? !post_is_secretariat(post) && strcmp(post->state, state) == 0
                  : post_is_secretariat(post);
}

static bool needs_word(const struct screen *s, const struct trusted *t)
{
    const struct why *w = s->state;
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    const char *state = w->subject.kind == SUBJECT_STATE ? w->subject.state
                        : post                           ? post->state
                                                         : "";
    return *state && !is_ours(s, state) &&
           trust_identity_needs(t, state, NULL, instant_date(app_now(s->app)), NULL) ==
               TRUST_NEEDS_CHECK;
}

/* Whose key it is to vouch for: nobody else certifies or revokes it. */
static const char *not_voucher(const struct screen *s, const char *state, bool of_state)
{
    const struct why *w = s->state;
    if (of_state || !*state) {
        if (!is_of_secretariat(s))
            return _("two officers of the Secretariat's root do this, in its file");
        return w->own.of_root ? NULL : _("only an officer who is of the root does this");
    }
    if (!is_ours(s, state) || !w->own.state_key)
        return _("its directorate does this, in the file where the key of the State lies");
    return is_head(s) ? NULL : _("only a head of post does this; you are not one");
}

/* NULL: it may be done; "": it is not about this one; else why not. */
static const char *why_not_root(const struct screen *s, const struct trusted *t, enum offer offer)
{
    const char *clerk =
        store_officer(s->app->store)->role == ROLE_CLERK ? _("a clerk reads only") : NULL;
    if (offer == OFFER_SET_ROOT)
        return clerk || !*t->pinned || is_head(s)
                   ? clerk
                   : _("one is set: only a head of post sets another one");
    if (offer == OFFER_ROOT_CARD)
        return *t->pinned ? NULL : "";
    if (offer != OFFER_MAKE_ROOT || !is_of_secretariat(s) || t->rooted)
        return "";
    return is_head(s) ? NULL : _("only a head of post does this; you are not one");
}

static const char *why_not_known(const struct screen *s, const struct trusted *t, enum offer offer)
{
    const struct why *w = s->state;
    const struct trust_key *key = trust_subject_key(t, &w->subject);
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    bool of_state = w->subject.kind == SUBJECT_STATE;
    const char *state = of_state ? w->subject.state : post ? post->state : "";

    switch (offer) {
    case OFFER_CALL:
        return !key                                               ? _("it has no key that is good")
               : store_officer(s->app->store)->role == ROLE_CLERK ? _("a clerk reads only")
                                                                  : NULL;
    case OFFER_WORD:
        return !key || !needs_word(s, t) ? ""
               : is_head(s)              ? NULL
                                         : _("only the head of post gives it");
    case OFFER_CERTIFY:
        if (of_state || !key || key->by)
            return "";
        return not_voucher(s, state, false);
    case OFFER_REVOKE:
        return key && (key->by || of_state) ? not_voucher(s, state, of_state) : "";
    default:
        return "";
    }
}

static const char *why_not(const struct screen *s, const struct trusted *t, enum offer offer)
{
    const struct why *w = s->state;
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    if (offer == OFFER_READ)
        return trust_is_small(s) ? NULL : "";
    if (w->subject.kind == SUBJECT_ROOT)
        return why_not_root(s, t, offer);
    if (w->subject.kind == SUBJECT_POST && (!post || post->own))
        return "";
    if (w->subject.kind == SUBJECT_STATE && !*w->subject.state)
        return "";
    return why_not_known(s, t, offer);
}

static void add_offers(struct screen *s, const struct trusted *t, int width)
{
    size_t refused = 0;
    if (!trust_is_small(s))
        body_line(&s->body, BODY_PLAIN, "%s", "");
    for (int i = 0; i < OFFERS; i++)
        if (!why_not(s, t, (enum offer)i))
            body_row_wrap(&s->body, i, NULL, width, _(offers[i]));
    for (int i = 0; i < OFFERS; i++) {
        const char *why = why_not(s, t, (enum offer)i);
        if (!why || !*why)
            continue;
        if (!refused++) {
            body_line(&s->body, BODY_PLAIN, "%s", "");
            body_line(&s->body, BODY_HEAD, " %s", _("Not by you, or not here"));
        }
        trust_refused(&s->body, width, _(offers[i]), why);
    }
}

/* ---- why ---- */

static void add_digits(struct screen *s, const struct trusted *t, int width)
{
    const struct why *w = s->state;
    char digits[FINGERPRINT_SIZE];
    if (!trust_subject_digits(t, &w->subject, digits))
        return;
    trust_digits(&s->body, width, digits);
    if (!trust_is_small(s))
        body_wrap(&s->body, BODY_DIM, width, 0,
                  w->subject.kind == SUBJECT_ROOT
                      ? _("These are the digits on the card that the Secretariat hands over.")
                      : _("Call a number that you had before, and let them read the digits from "
                          "their own screen (Our own keys)."));
}

static void say_root(const struct screen *s, const struct trusted *t, struct buf *out)
{
    const struct why *w = s->state;
    char date[DATE_SIZE];
    struct buf day = BUF_INIT;
    if (!*t->pinned) {
        buf_adds(out, _("No root is set here: nothing that the directory says counts. The "
                        "Secretariat hands its digits over on paper; who has the card sets them "
                        "once."));
        return;
    }
    values_say_when(&day, date_format(w->own.root_on, date), reader_language);
    buf_addf(out, _("Set on %s by %s.\n"), buf_text(&day), w->own.root_by ? w->own.root_by : "");
    buf_adds(out, t->rooted
                      ? _("Its three keys are here. What one of them signs counts once another one "
                          "approves it.\n")
                      : _("The keys that it names are not here yet: they come with the directory. "
                          "Until then nothing of it counts.\n"));
    if (w->own.of_root)
        buf_adds(out, _("You are one of its three officers.\n"));
    buf_release(&day);
}

static void say_known(const struct screen *s, const struct trusted *t, struct buf *out)
{
    const struct why *w = s->state;
    struct date today = instant_date(app_now(s->app));
    const struct trust_state *state = trust_state_of(t, w->subject.state);
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    const struct trust_state unknown = {.key = TRUST_NONE};
    if (w->subject.kind == SUBJECT_POST) {
        if (post)
            trust_explain(t, post, today, out);
    } else if (*w->subject.state) {
        struct trust_state named = state ? *state : unknown;
        memcpy(named.state, w->subject.state, STATE_SIZE);
        trust_explain_state(t, &named, today, out);
    } else {
        buf_adds(out, _("The point of contact of the network. Its posts are certified by two root "
                        "keys.\n"));
    }
}

/* What stands in the way of a name that goes there. */
static void say_identity(const struct screen *s, const struct trusted *t, struct buf *out)
{
    const struct why *w = s->state;
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    const char *state = w->subject.kind == SUBJECT_STATE ? w->subject.state
                        : post                           ? post->state
                                                         : "";
    struct buf reasons = BUF_INIT;
    if (*state && !is_ours(s, state) &&
        trust_identity_needs(t, state, NULL, instant_date(app_now(s->app)), &reasons) >
            TRUST_NEEDS_NOTHING &&
        reasons.size)
        buf_addf(out, "%s%s%s", _("Before a name goes there"), label_colon(), buf_text(&reasons));
    buf_release(&reasons);
}

/* "in HN-2026-0004 up to its act no. 5"; of the directory, which has no number. */
static void say_head(const struct screen *s, const json_t *head, struct buf *out)
{
    static const uint8_t nothing[CASE_NUMBER];
    uint8_t id[CASE_NUMBER];
    char *reference = NULL;
    struct error unsaid = ERROR_INIT;
    long long number = json_integer_value(json_object_get(head, "sequence"));
    if (!diract_bytes(head, "case", id, sizeof id))
        return;
    store_case_called(s->app->store, id, &reference, &unsaid);
    if (memcmp(id, nothing, sizeof id) == 0)
        buf_addf(out, _("in the directory up to its act no. %lld"), number);
    else if (reference)
        buf_addf(out, _("in %s up to its act no. %lld"), reference, number);
    else
        buf_addf(out, _("in a case that is not here (%.8s…) up to its act no. %lld"),
                 keep_text(head, "case"), number);
    free(reference);
    error_release(&unsaid);
}

/* What was revoked last: what counts of it; the rest does not. */
static void say_revoked(const struct screen *s, const struct trusted *t, struct buf *out)
{
    const struct why *w = s->state;
    const struct trust_act *gone =
        w->subject.kind == SUBJECT_ROOT ? NULL : trust_revoked_by(t, &w->subject);
    size_t i;
    json_t *head;
    if (!gone)
        return;
    buf_addf(out, "%s%s", _("What it signed counts"), label_colon());
    const json_t *heads = json_object_get(gone->act.payload, "heads");
    json_array_foreach(heads, i, head)
    {
        buf_adds(out, i ? "; " : "");
        say_head(s, head, out);
    }
    if (!json_array_size(heads))
        buf_adds(out, _("only where others refer to it"));
    buf_addc(out, '\n');
}

static const char *count_standing(enum standing standing, size_t count)
{
    switch (standing) {
    case STANDING_COUNTS:
        return n_("%zu counts", "%zu count", count);
    case STANDING_WAITS:
        return n_("%zu waits", "%zu wait", count);
    case STANDING_SUPERSEDED:
        return n_("%zu is superseded", "%zu are superseded", count);
    case STANDING_IRREGULAR:
        return n_("%zu is irregular", "%zu are irregular", count);
    case STANDING_FORKED:
        return n_("%zu was said in two ways", "%zu were said in two ways", count);
    default:
        return n_("%zu is in quarantine", "%zu are in quarantine", count);
    }
}

static void say_standings(const struct screen *s, struct buf *out)
{
    const struct why *w = s->state;
    const char *gap = "";
    for (int i = 0; i < TRUST_STANDINGS; i++) {
        if (!w->standings[i])
            continue;
        if (!*gap)
            buf_addf(out, "%s%s", _("What came from it"), label_colon());
        buf_adds(out, gap);
        buf_addf(out, count_standing((enum standing)i, w->standings[i]), w->standings[i]);
        gap = "; ";
    }
    if (*gap)
        buf_addc(out, '\n');
}

static void say_why(const struct screen *s, const struct trusted *t, struct buf *out)
{
    if (((const struct why *)s->state)->subject.kind == SUBJECT_ROOT)
        say_root(s, t, out);
    else
        say_known(s, t, out);
    say_revoked(s, t, out);
    say_standings(s, out);
    say_identity(s, t, out);
}

static void build(struct screen *s, int width)
{
    const struct why *w = s->state;
    const struct trusted *t = trust_of(s->app->store);
    struct buf text = BUF_INIT;
    if (!w->loaded || !t)
        return;
    if (!trust_is_small(s)) {
        say_why(s, t, &text);
        trust_lines(&s->body, width, 2, buf_text(&text));
    }
    add_digits(s, t, width);
    add_offers(s, t, width);
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct why *w = s->state;
    const struct trusted *t = trust_of(s->app->store);
    if (!t)
        return;
    trust_subject_name(t, &w->subject, where);
    buf_adds(right, trust_word(t, &w->subject));
}

/* ---- doing it ---- */

/* The key as it is now: what is asked about it may have changed meanwhile. */
static bool key_now(struct screen *s, uint8_t key[TRUST_KEY])
{
    const struct why *w = s->state;
    const struct trusted *t = trust_of(s->app->store);
    const struct trust_key *known = t ? trust_subject_key(t, &w->subject) : NULL;
    if (known)
        memcpy(key, known->key, TRUST_KEY);
    else
        app_say(s->app, "%s", _("it has no key that is good"));
    return known;
}

static void give_word(struct screen *below, const char *because)
{
    struct error err = ERROR_INIT;
    uint8_t key[TRUST_KEY];
    if (key_now(below, key))
        trust_done(below, trust_give_word(below->app->store, key, because, &err),
                   _("Recorded: identity may go there, by the head of post's word."), &err);
}

/* What its card said, as it is known here. */
static void card_of_post(const struct trusted *t, const struct trust_post *post, struct card *card)
{
    *card = (struct card){.sealed = post->sealed,
                          .sealing_until = post->sealing_until,
                          .code = xstrdup(post->code),
                          .name = xstrdup(post->name),
                          .country = xstrdup(post->country),
                          .city = xstrdup(post->city),
                          .kind = xstrdup(post->kind)};
    memcpy(card->state, *post->state ? post->state : CODE_SECRETARIAT, STATE_SIZE);
    memcpy(card->post, post->id, POST_ID);
    memcpy(card->key, t->keys[post->key].key, TRUST_KEY);
    memcpy(card->sealing, post->sealing, TRUST_KEY);
}

static void certify_if_meant(struct screen *below, const char *code)
{
    const struct why *w = below->state;
    const struct trusted *t = trust_of(below->app->store);
    const struct trust_post *post = t ? trust_post_of(t, w->subject.post) : NULL;
    struct card card;
    struct error err = ERROR_INIT;
    bool root = is_of_secretariat(below);
    if (!post || post->key == TRUST_NONE || strcmp(code, post->code) != 0) {
        app_say(below->app, "%s", _("Not certified: that is not its code."));
        return;
    }
    card_of_post(t, post, &card);
    trust_done(below, trust_certify(below->app->store, &card, NULL, &err),
               root ? _("Signed; another officer of the root has to approve it.")
                    : _("Certified: it goes to the others with the directory."),
               &err);
    card_release(&card);
}

static void ask_certify(struct screen *s, const struct trusted *t)
{
    const struct why *w = s->state;
    const struct trust_post *post = trust_post_of(t, w->subject.post);
    struct buf about = BUF_INIT;
    buf_addf(&about, _("%s, in %s: whoever trusts this State will trust what this key signs. "),
             post->name, post->city);
    if (post->level < TRUST_CHECKED)
        buf_adds(&about, _("Nobody here has compared its digits by telephone yet. "));
    buf_addf(&about, _("Type its code, %s, and Enter."), post->code);
    ask_push(s->app, _("Certify"), buf_text(&about), "", certify_if_meant);
    buf_release(&about);
}

static void read_why(struct screen *s, const struct trusted *t)
{
    struct buf text = BUF_INIT;
    say_why(s, t, &text);
    trust_read(s, N_("Why it is trusted"), buf_text(&text));
    buf_release(&text);
}

static void do_offer(struct screen *s)
{
    const struct why *w = s->state;
    const struct trusted *t = trust_of(s->app->store);
    if (!t)
        return;
    switch ((enum offer)body_focused(&s->body)->tag) {
    case OFFER_READ:
        read_why(s, t);
        break;
    case OFFER_CALL:
        callform_push(s->app, w->name);
        break;
    case OFFER_WORD:
        ask_push(s->app, _("The head of post's word"),
                 _("Why may identity go there all the same? The reason stays in the post."), "",
                 give_word);
        break;
    case OFFER_CERTIFY:
        ask_certify(s, t);
        break;
    case OFFER_REVOKE:
        revoke_push(s->app, w->name);
        break;
    case OFFER_SET_ROOT:
        takecard_push(s->app);
        break;
    case OFFER_ROOT_CARD:
        keycard_push(s->app, KEYCARD_ROOT);
        break;
    case OFFER_MAKE_ROOT:
        makeroot_push(s->app);
        break;
    case OFFERS:
        break;
    }
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "subject", json_string(((const struct why *)s->state)->name));
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

static const struct answer answers[] = {ANSWER(give_word), ANSWER(certify_if_meant), ANSWERS_END};

const struct screen_type trustwhy_type = {
    .name = TRUST_WHY,
    .title = N_("Why it is trusted"),
    .about = N_("Who vouches for this key and since when, the digits to be compared over the "
                "telephone, and what can be done: only what this officer may do in this file is a "
                "line to choose; of the rest the reason is told."),
    .commands = commands,
    .deeds = true,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void trustwhy_push(struct app *app, const char *subject)
{
    struct why *w = xcalloc(1, sizeof *w);
    if (!trust_subject_read(subject, &w->subject))
        w->subject = (struct trust_subject){.kind = SUBJECT_ROOT};
    trust_subject_write(&w->subject, w->name);
    screen_push(app, &trustwhy_type, w);
}

void trustwhy_reopen(struct app *app, const json_t *kept)
{
    trustwhy_push(app, keep_text(kept, "subject"));
}
