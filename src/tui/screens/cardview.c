/* SPDX-License-Identifier: MIT */
/* What a card says that somebody handed over, beside what is known here; and what can be done with
 * it. Nothing has come of it yet. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

enum offer {
    OFFER_READ,
    OFFER_TAKE,
    OFFER_CERTIFY_POST,
    OFFER_CERTIFY_STATE,
    OFFER_SET_ROOT,
    OFFERS
};

static const char *const offers[OFFERS] = {
    [OFFER_READ] = N_("Read whose it is"),
    [OFFER_TAKE] = N_("Take it: the post is known from now on, unverified"),
    [OFFER_CERTIFY_POST] = N_("Certify the post: put it and its key into the directory"),
    [OFFER_CERTIFY_STATE] = N_("Certify the key of the State"),
    [OFFER_SET_ROOT] = N_("Set this root"),
};

struct cardview {
    char *line;
    bool root;
    char digits[FINGERPRINT_SIZE];
    struct card card; /* where it is none of a root */
    struct trust_own own;
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct cardview *v = s->state;
    v->loaded = store_trust_own(s->app->store, &v->own, err);
    return v->loaded;
}

static void subject_of(const struct cardview *v, struct trust_subject *out)
{
    *out = (struct trust_subject){.kind = v->root            ? SUBJECT_ROOT
                                          : v->card.of_state ? SUBJECT_STATE
                                                             : SUBJECT_POST};
    if (out->kind == SUBJECT_STATE)
        memcpy(out->state, v->card.state, STATE_SIZE);
    memcpy(out->post, v->card.post, POST_ID);
}

/* ---- what it says ---- */

static void say_whose(const struct screen *s, struct buf *out)
{
    const struct cardview *v = s->state;
    const struct card *c = &v->card;
    struct buf text = BUF_INIT;
    char date[DATE_SIZE];
    trust_labelled(out, _("State"),
                   strcmp(c->state, CODE_SECRETARIAT) == 0
                       ? _("Technical Secretariat")
                       : country_name(c->state, reader_language));
    buf_addf(&text, "%s, %s", c->code, c->name);
    trust_labelled(out, c->of_state ? _("Key kept by") : _("Post"), buf_text(&text));
    buf_clear(&text);
    buf_addf(&text, "%s, %s", c->city, country_name(c->country, reader_language));
    trust_labelled(out, _("Place"), buf_text(&text));
    if (c->sealed) {
        buf_clear(&text);
        values_say_when(&text, date_format(c->sealing_until, date), reader_language);
        trust_labelled(out, _("Sealed until"), buf_text(&text));
    }
    buf_release(&text);
}

/* Beside what is known here under that name. */
static const char *known_as(const struct screen *s, const struct trusted *t)
{
    const struct cardview *v = s->state;
    struct trust_subject subject;
    subject_of(v, &subject);
    if (v->root)
        return !*t->pinned                         ? _("No root is set here yet.")
               : strcmp(t->pinned, v->digits) == 0 ? _("This is the root that is set here.")
                                                   : _("Another root is set here.");
    const struct trust_key *key = trust_subject_key(t, &subject);
    if (!key)
        return _("Nothing of it is known here yet.");
    if (memcmp(key->key, v->card.key, TRUST_KEY) != 0)
        return _("Another key of it is known here: ask by telephone why it was changed.");
    return _("This key is known here already.");
}

/* ---- what may be done ---- */

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static bool is_clerk(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_CLERK;
}

static bool is_of_secretariat(const struct screen *s)
{
    return post_is_secretariat(store_post(s->app->store));
}

/* Is the card ours to certify: by this State, or by the root? */
static bool is_ours(const struct screen *s)
{
    const struct cardview *v = s->state;
    if (is_of_secretariat(s))
        return v->card.of_state || strcmp(v->card.state, CODE_SECRETARIAT) == 0;
    return !v->card.of_state && strcmp(store_post(s->app->store)->state, v->card.state) == 0;
}

static const char *why_not_certify(const struct screen *s)
{
    const struct cardview *v = s->state;
    if (!is_ours(s))
        return v->card.of_state || strcmp(v->card.state, CODE_SECRETARIAT) == 0
                   ? _("two officers of the Secretariat's root do this, in its file")
                   : _("its directorate does this, in the file where the key of the State lies");
    if (is_of_secretariat(s))
        return v->own.of_root ? NULL : _("only an officer who is of the root does this");
    if (!v->own.state_key)
        return _("its directorate does this, in the file where the key of the State lies");
    return is_head(s) ? NULL : _("only a head of post does this; you are not one");
}

/* NULL: it may be done; "": it is not about this card; else why not. */
static const char *why_not(const struct screen *s, const struct trusted *t, enum offer offer)
{
    const struct cardview *v = s->state;
    if (offer == OFFER_READ)
        return !v->root && trust_is_small(s) ? NULL : "";
    if ((offer == OFFER_SET_ROOT) != v->root)
        return "";
    if (v->root)
        return strcmp(t->pinned, v->digits) == 0 ? ""
               : is_clerk(s)                     ? _("a clerk reads only")
               : *t->pinned && !is_head(s)       ? _("only a head of post sets another root")
                                                 : NULL;
    if (offer == OFFER_TAKE)
        return v->card.of_state ? "" : is_clerk(s) ? _("a clerk reads only") : NULL;
    return (offer == OFFER_CERTIFY_STATE) == v->card.of_state ? why_not_certify(s) : "";
}

static void add_offers(struct screen *s, const struct trusted *t, int width)
{
    for (int i = 0; i < OFFERS; i++)
        if (!why_not(s, t, (enum offer)i))
            body_row_wrap(&s->body, i, NULL, width, _(offers[i]));
    for (int i = 0; i < OFFERS; i++) {
        const char *why = why_not(s, t, (enum offer)i);
        if (why && *why)
            trust_refused(&s->body, width, _(offers[i]), why);
    }
}

static void build(struct screen *s, int width)
{
    const struct cardview *v = s->state;
    const struct trusted *t = trust_of(s->app->store);
    struct buf text = BUF_INIT;
    if (!t || !v->loaded)
        return;
    if (!v->root && !trust_is_small(s)) {
        say_whose(s, &text);
        trust_lines(&s->body, width, TRUST_LABEL + 1, buf_text(&text));
    }
    trust_digits(&s->body, width, v->digits);
    body_wrap(&s->body, BODY_PLAIN, width, 0, known_as(s, t));
    if (v->root || !trust_is_small(s))
        body_wrap(&s->body, BODY_DIM, width, 0,
                  v->root ? _("Compare each digit with the paper that the Secretariat handed over.")
                          : _("The card shows that whoever made it has the key. Who they are, the "
                              "telephone shows: call a number that you had before."));
    if (!trust_is_small(s))
        body_line(&s->body, BODY_PLAIN, "%s", "");
    add_offers(s, t, width);
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct cardview *v = s->state;
    buf_adds(where, v->root            ? _("Card of the root of the directory")
                    : v->card.of_state ? _("Key card of a State")
                                       : _("Key card of a post"));
    buf_adds(right, v->root ? "" : v->card.code);
}

/* ---- doing it ---- */

/* On to who the card is of; what was done is said there. */
static void go_on(struct screen *s, bool ok, const char *what, struct error *err)
{
    const struct cardview *v = s->state;
    struct app *app = s->app;
    struct trust_subject subject;
    char name[SUBJECT_SIZE];
    trust_done(s, ok, what, err);
    if (!ok)
        return;
    subject_of(v, &subject);
    trust_subject_write(&subject, name);
    screen_leave(s);
    trustwhy_push(app, name);
}

/* Where nothing of the directory counts yet, it is known by its card. */
static bool know(struct screen *s, struct error *err)
{
    const struct cardview *v = s->state;
    const struct trusted *t;
    if (!store_trust(s->app->store, &t, err))
        return false;
    return v->card.of_state || trust_post_of(t, v->card.post) ||
           trust_take_card(s->app->store, v->line, err);
}

static void certify_if_meant(struct screen *below, const char *code)
{
    const struct cardview *v = below->state;
    struct error err = ERROR_INIT;
    if (strcmp(code, v->card.code) != 0)
        app_say(below->app, "%s", _("Not certified: that is not its code."));
    else
        go_on(below, trust_certify(below->app->store, &v->card, NULL, &err) && know(below, &err),
              is_of_secretariat(below) ? _("Signed; another officer of the root has to approve it.")
                                       : _("Certified: it goes to the others with the directory."),
              &err);
}

static void ask_certify(struct screen *s)
{
    const struct cardview *v = s->state;
    struct buf about = BUF_INIT;
    buf_addf(&about,
             v->card.of_state
                 ? _("Whoever trusts the root will trust what this key of %s certifies. ")
                 : _("Whoever trusts this State will trust what the key of %s signs. "),
             v->card.of_state ? country_name(v->card.state, reader_language) : v->card.name);
    buf_addf(&about,
             _("Compare the digits over the telephone first. Then type its code, %s, and Enter."),
             v->card.code);
    ask_push(s->app, _("Certify"), buf_text(&about), "", certify_if_meant);
    buf_release(&about);
}

static void set_root(struct screen *s, const char *because)
{
    const struct cardview *v = s->state;
    struct error err = ERROR_INIT;
    bool changed = false, ok = trust_set_root(s->app->store, v->digits, because, &changed, &err);
    go_on(s, ok,
          changed ? _("Another root is set: what the old one vouched for counts no more.")
                  : _("The root is set."),
          &err);
}

static void set_other_root(struct screen *below, const char *because)
{
    set_root(below, because);
}

static void read_whose(struct screen *s)
{
    struct buf text = BUF_INIT;
    say_whose(s, &text);
    trust_read(s, N_("A card that came"), buf_text(&text));
    buf_release(&text);
}

static void do_offer(struct screen *s)
{
    const struct cardview *v = s->state;
    const struct trusted *t = trust_of(s->app->store);
    struct error err = ERROR_INIT;
    if (!t)
        return;
    switch ((enum offer)body_focused(&s->body)->tag) {
    case OFFER_READ:
        read_whose(s);
        break;
    case OFFER_TAKE:
        go_on(s, trust_take_card(s->app->store, v->line, &err),
              _("Taken: it is known, and unverified until its digits are compared."), &err);
        break;
    case OFFER_CERTIFY_POST:
    case OFFER_CERTIFY_STATE:
        ask_certify(s);
        break;
    case OFFER_SET_ROOT:
        if (*t->pinned)
            ask_push(
                s->app, _("Another root"),
                _("Whoever asks for this by letter or by telephone may be a forger: only a new "
                  "card, handed over, is a reason. What is the reason? It stays in the post."),
                "", set_other_root);
        else
            set_root(s, NULL);
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
    json_object_set_new(kept, "line", json_string(((const struct cardview *)s->state)->line));
}

static void close_state(struct screen *s)
{
    struct cardview *v = s->state;
    card_release(&v->card);
    free(v->line);
    free(v);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("do it"), N_("Does what the line says, or asks what it needs first."),
     do_offer, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(certify_if_meant), ANSWER(set_other_root),
                                        ANSWERS_END};

const struct screen_type cardview_type = {
    .name = CARD_VIEW,
    .title = N_("A card that came"),
    .about = N_("What the card says, beside what is known here. Nothing has come of it yet: choose "
                "a line, or go back."),
    .commands = commands,
    .deeds = true,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void cardview_push(struct app *app, const char *line)
{
    struct cardview *v = xcalloc(1, sizeof *v);
    struct error unsaid = ERROR_INIT;
    v->line = xstrdup(line);
    v->root = card_read_root(line, v->digits, NULL);
    if (!v->root && !card_read(line, &v->card, &unsaid)) {
        app_say_error(app, &unsaid);
        error_release(&unsaid);
        free(v->line);
        free(v);
        return;
    }
    if (!v->root)
        card_fingerprint(&v->card, v->digits);
    screen_push(app, &cardview_type, v);
}

void cardview_reopen(struct app *app, const json_t *kept)
{
    cardview_push(app, keep_text(kept, "line"));
}
