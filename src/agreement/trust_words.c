/* SPDX-License-Identifier: MIT */
/* The same in words. */
#include "trust_work.h"

#include <string.h>

#include "amparo/agreement/facts.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

const struct code trust_codes[] = {
    [TRUST_UNKNOWN] = {"unknown", N_("unknown")},
    [TRUST_QUARANTINED] = {"quarantined", N_("revoked")},
    [TRUST_UNVERIFIED] = {"unverified", N_("unverified")},
    [TRUST_CHECKED] = {"checked", N_("by telephone")},
    [TRUST_CERTIFIED] = {"certified", N_("certified")},
    {NULL, NULL},
};

const char *trust_say_day(struct date day, char out[TRUST_DAY])
{
    struct buf words = BUF_INIT;

    date_echo(&words, (struct partial_date){day.year, day.month, day.day, false}, reader_language);
    if (words.size >= TRUST_DAY)
        buf_cut(&words, TRUST_DAY - 1);
    memcpy(out, buf_text(&words), words.size + 1);
    buf_release(&words);
    return out;
}

static const char *day_of(const struct trust_act *act, char out[TRUST_DAY])
{
    return trust_say_day(instant_date(act->act.at), out);
}

static const char *state_name(const char *code)
{
    return *code ? country_name(code, reader_language) : _("the Secretariat");
}

/* A post is called as its State likes, also as another State's: then it is said whose it is. */
static void add_state(const struct trust_post *post, struct buf *out)
{
    if (*post->state && strncmp(post->code, post->state, STATE_SIZE - 1) != 0)
        buf_addf(out, " (%s)", state_name(post->state));
}

void trust_say_office(const char *name, const char *city, struct buf *out)
{
    buf_adds(out, name);
    if (*city && text_match(city, name) == TEXT_MATCH_NONE)
        buf_addf(out, ", %s", city);
}

void trust_name_post(const struct trusted *t, const uint8_t id[POST_ID], struct buf *out)
{
    const struct trust_post *post = trust_post_of(t, id);

    if (post) {
        buf_addf(out, "%s, %s", post->code, post->name);
        add_state(post, out);
        return;
    }
    for (size_t i = 0; i < 4; i++)
        buf_addf(out, "%02x", id[i]);
    buf_adds(out, "…");
}

/* ---- why a post is trusted ---- */

static void say_state_key(const struct trusted *t, const char *state, struct buf *out)
{
    const struct trust_state *s = trust_state_of(t, state);
    const struct trust_key *key = s && s->key != TRUST_NONE ? &t->keys[s->key] : NULL;
    char day[TRUST_DAY];

    if (!key)
        buf_addf(out, _("The key of %s itself was revoked, and there is no other one yet.\n"),
                 state_name(state));
    else if (key->before != TRUST_NONE)
        buf_addf(out, _("The key of %s was signed by the one before it, on %s.\n"),
                 state_name(state), day_of(key->by, day));
    else
        buf_addf(out, _("The key of %s was signed by two of the three root keys, on %s.\n"),
                 state_name(state), day_of(key->by, day));
    if (key && trust_key_changed(t, s->key))
        buf_addf(out,
                 _("It took the place of another key of %s, which did not sign it: compare it by "
                   "telephone.\n"),
                 state_name(state));
}

static void say_certified(const struct trusted *t, const struct trust_key *key, struct buf *out)
{
    const struct trust_key *first = key;
    char day[TRUST_DAY], until[TRUST_DAY];

    while (first->before != TRUST_NONE)
        first = &t->keys[first->before];
    if (!first->by) {
        buf_adds(out, _("Known by a card that was handed over, and not by the directory: what it "
                        "writes is read, and is never enough for a note or an acceptance until "
                        "somebody has compared the fingerprint by telephone.\n"));
    } else if (*key->state) {
        buf_addf(out, _("Certified by %s on %s.\n"), state_name(key->state),
                 day_of(first->by, day));
        say_state_key(t, key->state, out);
    } else {
        buf_addf(out, _("Certified by two of the three root keys on %s.\n"),
                 day_of(first->by, day));
    }
    if (key->before != TRUST_NONE && key->by) {
        const struct trust_key *before = &t->keys[key->before];
        buf_addf(out, _("Its key is a new one of %s, which the one before signed.\n"),
                 day_of(key->by, day));
        if (before->ends)
            buf_addf(out, _("The one before is good for what is dated up to %s.\n"),
                     trust_say_day(instant_date(before->until), until));
    }
}

static void say_checks(const struct trusted *t, const struct trust_key *key, struct buf *out)
{
    char day[TRUST_DAY];
    bool called = false;

    for (size_t i = 0; i < t->check_count; i++) {
        const struct trust_check *c = &t->checks[i];
        if (memcmp(c->key, key->key, TRUST_KEY) != 0)
            continue;
        if (c->word)
            buf_addf(out, _("The head of post, %s, gave their word for this key on %s.\n"), c->by,
                     trust_say_day(c->on, day));
        else
            buf_addf(out, _("Compared by telephone on %s: %s called %s at %s.\n"),
                     trust_say_day(c->on, day), c->by, c->called, c->number);
        called |= !c->word;
    }
    if (!called)
        buf_adds(out, _("Nobody here has compared its digits by telephone yet.\n"));
}

static void say_revoked(const struct trust_key *key, struct buf *out)
{
    const json_t *heads = json_object_get(key->revoked->act.payload, "heads");
    unsigned long count = json_array_size(heads);
    char day[TRUST_DAY];

    buf_addf(out, _("Its key was revoked on %s.\n"), day_of(key->revoked, day));
    buf_addf(out,
             n_("What it signed counts up to %lu last good act; elsewhere, what others refer to.\n",
                "What it signed counts up to %lu last good acts; elsewhere, what others refer "
                "to.\n",
                count),
             count);
}

static void say_sealing(const struct trust_post *post, struct date today, struct buf *out)
{
    char day[TRUST_DAY];

    if (!post->sealed)
        buf_adds(out, _("It has named no sealing key: nothing can be sent to it.\n"));
    else if (date_compare(post->sealing_until, today) < 0)
        buf_addf(out, _("Its sealing key should have been changed by %s; it is still used.\n"),
                 trust_say_day(post->sealing_until, day));
    else
        buf_addf(out, _("What goes to it is sealed to a key of its own, good until %s.\n"),
                 trust_say_day(post->sealing_until, day));
}

static void say_age(const struct trusted *t, struct date today, struct buf *out)
{
    char day[TRUST_DAY];

    if (trust_is_expired(t, today))
        buf_addf(out, _("The directory was valid until %s: ask for a newer one.\n"),
                 trust_say_day(trust_version_now(t)->until, day));
}

void trust_explain(const struct trusted *t, const struct trust_post *post, struct date today,
                   struct buf *out)
{
    if (post->own) {
        buf_adds(out, _("This is our own post.\n"));
        return;
    }
    if (post->key == TRUST_NONE) {
        for (size_t i = 0; i < t->key_count; i++)
            if (!t->keys[i].of_state && t->keys[i].current && t->keys[i].revoked &&
                memcmp(t->keys[i].owner, post->id, POST_ID) == 0)
                say_revoked(&t->keys[i], out);
        buf_adds(out, _("It has no key that is good: nothing new of it counts.\n"));
        return;
    }
    const struct trust_key *key = &t->keys[post->key];
    say_certified(t, key, out);
    if (trust_key_changed(t, post->key))
        buf_adds(out, _("It took the place of another key of this post, which did not sign it: "
                        "compare it by telephone.\n"));
    say_checks(t, key, out);
    say_sealing(post, today, out);
    say_age(t, today, out);
}

/* ---- why a State's key is ---- */

static bool is_of_state(const struct trust_key *key, const char *state)
{
    return key->of_state && strcmp(key->state, state) == 0;
}

static bool is_state_known(const struct trusted *t, const char *state)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (is_of_state(&t->keys[i], state))
            return true;
    return false;
}

static void say_state_revoked(const struct trusted *t, const char *state, struct buf *out)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (is_of_state(&t->keys[i], state) && t->keys[i].current && t->keys[i].revoked)
            say_revoked(&t->keys[i], out);
}

void trust_explain_state(const struct trusted *t, const struct trust_state *state,
                         struct date today, struct buf *out)
{
    struct buf where = BUF_INIT;

    if (state->key == TRUST_NONE && !is_state_known(t, state->state)) {
        buf_addf(out, _("The directory has no key of %s: nobody vouches for its posts.\n"),
                 state_name(state->state));
        return;
    }
    say_state_key(t, state->state, out);
    if (state->key == TRUST_NONE) {
        say_state_revoked(t, state->state, out);
        return;
    }
    trust_name_post(t, t->keys[state->key].owner, &where);
    buf_addf(out, _("It lies in the file of %s, and vouches for the posts of this State.\n"),
             buf_text(&where));
    buf_release(&where);
    say_checks(t, &t->keys[state->key], out);
    say_age(t, today, out);
}

/* ---- what an act says ---- */

static void say_post(const json_t *said, struct buf *out)
{
    buf_addf(out, "%s, ", payload_text(said, "code"));
    trust_say_office(payload_text(said, "name"), payload_text(said, "city"), out);
    buf_addf(out, " (%s)", country_name(payload_text(said, "country"), reader_language));
}

/* The post or State whose key that is. */
static void say_key_of(const struct trusted *t, const json_t *said, struct buf *out)
{
    uint8_t key[TRUST_KEY];

    diract_bytes(said, "key", key, sizeof key);
    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        if (memcmp(k->key, key, TRUST_KEY) != 0)
            continue;
        if (k->of_state)
            buf_adds(out, state_name(k->state));
        else
            trust_name_post(t, k->owner, out);
        return;
    }
    buf_addf(out, "%.8s…", payload_text(said, "key"));
}

static void say_focal(const json_t *said, struct buf *out)
{
    static const char *const keys[] = {"desk", "email", "phone"};
    const char *gap = "";

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (*payload_text(said, keys[i])) {
            buf_addf(out, "%s%s", gap, payload_text(said, keys[i]));
            gap = ", ";
        }
}

/* A day of what was said, in words. */
static const char *day_in(const json_t *said, const char *key, char out[TRUST_DAY])
{
    const char *text = payload_text(said, key);
    struct date day;

    return date_parse(text, &day) ? trust_say_day(day, out) : text;
}

static void say_offices(const json_t *said, struct buf *out)
{
    char day[TRUST_DAY];
    unsigned long put = json_array_size(json_object_get(said, "put")),
                  gone = json_array_size(json_object_get(said, "gone"));

    buf_addf(out, _("of %s: "), day_in(said, "on", day));
    buf_addf(out, n_("%lu office", "%lu offices", put), put);
    if (gone)
        buf_addf(out, n_(", %lu taken out", ", %lu taken out", gone), gone);
}

static void say_approved(const struct trusted *t, const json_t *said, struct buf *out)
{
    uint8_t of[ACT_ID_SIZE];

    diract_bytes(said, "of", of, sizeof of);
    const struct trust_act *act = trust_act_of(t, of);
    if (act && act->act.kind != DIR_APPROVE)
        trust_say(t, act, out);
    else
        buf_addf(out, "%.8s…", payload_text(said, "of"));
}

static void say_what(const struct trusted *t, const struct trust_act *act, struct buf *out)
{
    const json_t *said = act->act.payload;
    char day[TRUST_DAY];

    switch (act->act.kind) {
    case DIR_APPROVE:
        say_approved(t, said, out);
        break;
    case DIR_STATE:
        buf_adds(out, state_name(payload_text(said, "state")));
        break;
    case DIR_POST:
        say_post(said, out);
        break;
    case DIR_SEALING:
        trust_name_post(t, act->act.author, out);
        buf_addf(out, _(", until %s"), day_in(said, "until", day));
        break;
    case DIR_ROLL:
    case DIR_REVOKE:
        say_key_of(t, said, out);
        break;
    case DIR_PARTY:
        buf_addf(out, _("%s since %s"), state_name(payload_text(said, "state")),
                 day_in(said, "since", day));
        if (*payload_text(said, "until"))
            buf_addf(out, _(" until %s"), day_in(said, "until", day));
        break;
    case DIR_INSTRUMENT:
        buf_adds(out, _(code_label(instrument_codes, payload_text(said, "status"))));
        break;
    case DIR_FOCAL:
        trust_name_post(t, act->act.author, out);
        buf_adds(out, C_("after a label", ": "));
        say_focal(said, out);
        break;
    case DIR_OFFICES:
        trust_name_post(t, act->act.author, out);
        buf_adds(out, C_("after a label", ": "));
        say_offices(said, out);
        break;
    case DIR_MINIMUM:
    case DIR_RELEASE:
        buf_addf(out, "%ld", payload_number(said, "version"));
        if (act->act.kind == DIR_RELEASE)
            buf_addf(out, _(", until %s"), day_in(said, "until", day));
        break;
    case DIR_ROOT:
    case DIR_KIND_END:
        break;
    }
}

void trust_say(const struct trusted *t, const struct trust_act *act, struct buf *out)
{
    struct buf what = BUF_INIT;

    say_what(t, act, &what);
    buf_adds(out, _(diract_type(act->act.kind)->label));
    if (what.size)
        buf_addf(out, "%s%s", C_("after a label", ": "), buf_text(&what));
    buf_release(&what);
}
