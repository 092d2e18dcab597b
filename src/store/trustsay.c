/* SPDX-License-Identifier: MIT */
/* What a post says of its keys, and to itself of whom it trusts. */
#include "amparo/store/trustsay.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/value.h"
#include "trust_rows.h"

enum { DAY = 24 * 60 * 60 };

/* ---- shared ---- */

bool trustlog_may(const struct store *store, enum role least, struct error *err)
{
    if (store->me.role >= least)
        return true;
    return error_set(err, ERROR_REFUSED,
                     least == ROLE_HEAD ? _("only a head of post does this; you are not one")
                                        : _("a clerk reads only"));
}

json_t *trustlog_named(const char *name, const uint8_t *bytes, size_t size)
{
    char hex[2 * HASH + 1];

    hex_write(bytes, size, hex);
    return json_pack("{s:s}", name, hex);
}

static struct instant now_of(struct store *store)
{
    char text[INSTANT_SIZE];
    struct instant now = {0};

    instant_parse(store_now(store, text), &now);
    return now;
}

bool trustlog_note(struct store *store, unsigned kind, json_t *payload, struct error *err)
{
    struct new_act act = {
        .case_id = post_case, .kind = kind, .payload = payload, .at = now_of(store)};
    bool ok = payload_check(post_trust_type(kind), payload, err) && value_check(payload, "", err) &&
              log_append(store, &act, NULL, err);

    json_decref(payload);
    return ok;
}

static bool has_keys(const struct store *store, struct error *err)
{
    return !sodium_is_zero(store->post.signing.key, KEY) ||
           error_set(err, ERROR_INPUT,
                     _("%s: this post has no keys yet; a head of post makes them: amparo identity "
                       "FILE new"),
                     store->path);
}

/* The old key signs the new one. */
static bool say_roll(struct store *store, enum post_key_purpose purpose, const uint8_t old[KEY],
                     const uint8_t key[KEY], struct error *err)
{
    json_t *said = trustlog_named("key", key, KEY);
    const struct trust_saying what = {
        .kind = DIR_ROLL, .payload = said, .voice = VOICE_KEY, .purpose = purpose, .key = old};
    bool ok = trustlog_say(store, &what, NULL, err);

    json_decref(said);
    return ok;
}

/* ---- the post's keys ---- */

/* By when the sealing key is to be changed. */
static struct date sealing_until(const struct store *store)
{
    return instant_date(
        instant_add_seconds(store->post.sealing.since, (int64_t)POST_KEY_DAYS * DAY));
}

static bool say_sealing(struct store *store, struct error *err)
{
    json_t *said = trustlog_named("key", store->post.sealing.key, KEY);
    char day[DATE_SIZE];

    json_object_set_new(said, "until", json_string(date_format(sealing_until(store), day)));
    return trustlog_say_by(store, DIR_SEALING, VOICE_POST, said, NULL, err);
}

/* Is the sealing key of now the one that the directory has from us? */
static bool is_told(struct store *store, bool *told, struct error *err)
{
    const struct trusted *t;

    if (!store_trust(store, &t, err))
        return false;
    const struct trust_post *own = trust_post_of(t, store->post.author);
    *told = own && own->sealed && memcmp(own->sealing, store->post.sealing.key, KEY) == 0;
    return true;
}

static bool make_keys(struct store *store, struct error *err)
{
    bool told;

    if (!post_refresh(store, err))
        return false;
    if (sodium_is_zero(store->post.signing.key, KEY))
        return store_make_identity(store, err) && say_sealing(store, err) &&
               trustlog_say_list(store, err) && trustlog_say_focal(store, err);
    if (!is_told(store, &told, err))
        return false;
    return told ? error_set(err, ERROR_INPUT, _("%s: this post has its keys already"), store->path)
                : say_sealing(store, err);
}

bool trust_make_keys(struct store *store, struct error *err)
{
    return db_begin(store, err) && db_end(store, make_keys(store, err), err);
}

bool trust_renew_sealing(struct store *store, struct error *err)
{
    return db_begin(store, err) &&
           db_end(store, store_renew_sealing(store, err) && say_sealing(store, err), err);
}

static bool roll_keys(struct store *store, struct error *err)
{
    uint8_t old[KEY];

    return store_renew_identity(store, old, err) &&
           say_roll(store, POST_KEY_SIGNING, old, store->post.signing.key, err) &&
           say_sealing(store, err) && identity_destroy(store, old, err);
}

bool trust_roll_keys(struct store *store, struct error *err)
{
    return db_begin(store, err) && db_end(store, roll_keys(store, err), err);
}

static bool make_state_key(struct store *store, struct error *err)
{
    uint8_t old[KEY], key[KEY];

    if (!post_refresh(store, err) || !trustlog_may(store, ROLE_HEAD, err) || !has_keys(store, err))
        return false;
    if (strcmp(store->post.profile.kind, "directorate") != 0)
        return error_set(err, ERROR_REFUSED,
                         _("the key of a State lies in the file of its consular directorate"));
    memcpy(old, store->post.trust.state_key, KEY);
    if (!identity_new_key(store, POST_KEY_STATE, key, err) ||
        !trustlog_note(store, POST_STATE_KEY, trustlog_named("key", key, KEY), err))
        return false;
    if (sodium_is_zero(old, KEY))
        return post_refresh(store, err) && trust_certify_own(store, NULL, err);
    return say_roll(store, POST_KEY_STATE, old, key, err) && identity_destroy(store, old, err);
}

bool trust_make_state_key(struct store *store, struct error *err)
{
    return db_begin(store, err) && db_end(store, make_state_key(store, err), err) &&
           post_refresh(store, err);
}

bool trust_state_key_owed(struct store *store, bool *owed, struct error *err)
{
    if (!post_refresh(store, err))
        return false;
    *owed = store->post.trust.state_key_seq &&
            store->post.secrets_out > store->post.trust.state_key_seq;
    return true;
}

/* ---- cards ---- */

static void describe(const struct store *store, bool of_state, struct card *card)
{
    const struct post_profile *p = &store->post.profile;

    *card = (struct card){.of_state = of_state,
                          .code = xstrdup(p->code),
                          .name = xstrdup(p->name),
                          .country = xstrdup(p->country),
                          .city = xstrdup(p->city),
                          .kind = xstrdup(p->kind)};
    memcpy(card->state, post_is_secretariat(p) ? CODE_SECRETARIAT : p->state, STATE_SIZE);
    memcpy(card->post, store->post.author, POST_ID);
    memcpy(card->key, of_state ? store->post.trust.state_key : store->post.signing.key, KEY);
    card->sealed = !of_state;
    if (card->sealed) {
        memcpy(card->sealing, store->post.sealing.key, KEY);
        card->sealing_until = sealing_until(store);
    }
}

bool trust_card(struct store *store, bool of_state, struct card *out, struct buf *text,
                struct error *err)
{
    struct secret secret;

    *out = (struct card){.of_state = of_state};
    if (!post_refresh(store, err) || !has_keys(store, err))
        return false;
    if (of_state && sodium_is_zero(store->post.trust.state_key, KEY))
        return error_set(err, ERROR_INPUT, _("%s: the key of no State lies in this file"),
                         store->path);
    if (!identity_secret(store, of_state ? POST_KEY_STATE : POST_KEY_SIGNING, NULL, &secret, err))
        return false;
    describe(store, of_state, out);
    card_write(out, secret.bytes, text);
    secret_free(&secret);
    return true;
}

/* ---- what the post says to itself ---- */

static bool note(struct store *store, enum role least, unsigned kind, json_t *payload,
                 struct error *err)
{
    if (!db_begin(store, err)) {
        json_decref(payload);
        return false;
    }
    bool ok = post_refresh(store, err) && trustlog_may(store, least, err);
    if (ok)
        ok = trustlog_note(store, kind, payload, err);
    else
        json_decref(payload);
    ok = ok && post_refresh(store, err) && trustlog_apply(store, NULL, err);
    return db_end(store, ok, err);
}

bool trust_set_root(struct store *store, const char *fingerprint, const char *because,
                    bool *changed, struct error *err)
{
    const char *before = store->post.trust.root;
    json_t *said;

    *changed = false;
    if (!post_refresh(store, err))
        return false;
    if (strcmp(before, fingerprint) == 0)
        return true;
    if (*before && store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED,
                         _("the root that is set here is %s: only a head of post sets another one, "
                           "and whoever asks for it by letter or by telephone may be a forger"),
                         before);
    *changed = *before != '\0';
    said = json_pack("{s:s}", "fingerprint", fingerprint);
    if (because)
        json_object_set_new(said, "because", json_string(because));
    return note(store, ROLE_OFFICER, POST_ROOT, said, err);
}

/* Does it say nothing that cannot be, by what is known here? */
static bool may_be_believed(struct store *store, const struct card *card, struct error *err)
{
    struct trust_contact contact = {.kind = card->kind};
    const struct trusted *t;

    if (memcmp(card->post, store->post.author, POST_ID) == 0)
        return error_set(err, ERROR_INPUT, _("this is the card of this post itself"));
    if (!store_trust(store, &t, err))
        return false;
    memcpy(contact.post, card->post, POST_ID);
    memcpy(contact.key, card->key, TRUST_KEY);
    if (strcmp(card->state, CODE_SECRETARIAT) != 0)
        memcpy(contact.state, card->state, STATE_SIZE);
    const char *why = card->of_state ? NULL : trust_against_card(t, &contact);
    return !why ||
           error_set(err, ERROR_INPUT,
                     _("the card is not taken: %s; telephone them, and the Secretariat"), _(why));
}

bool trust_take_card(struct store *store, const char *text, struct error *err)
{
    struct buf line = BUF_INIT;
    struct card card;

    if (!card_read(text, &card, err))
        return false;
    bool good = may_be_believed(store, &card, err);
    card_release(&card);
    if (!good)
        return false;
    for (; *text; text++)
        if (!strchr(" \t\r\n", *text))
            buf_addc(&line, *text);
    json_t *said = json_pack("{s:s}", "card", buf_text(&line));
    buf_release(&line);
    return note(store, ROLE_OFFICER, POST_CARD, said, err);
}

static void add_day(struct store *store, json_t *said)
{
    char day[DATE_SIZE];

    json_object_set_new(said, "on", json_string(date_format(instant_date(now_of(store)), day)));
}

bool trust_note_check(struct store *store, const uint8_t key[TRUST_KEY], const char *called,
                      const char *number, struct error *err)
{
    json_t *said = trustlog_named("key", key, TRUST_KEY);

    add_day(store, said);
    json_object_set_new(said, "called", json_string(called));
    json_object_set_new(said, "number", json_string(number));
    return note(store, ROLE_OFFICER, POST_CHECKED, said, err);
}

bool trust_give_word(struct store *store, const uint8_t key[TRUST_KEY], const char *because,
                     struct error *err)
{
    json_t *said = trustlog_named("key", key, TRUST_KEY);

    add_day(store, said);
    json_object_set_new(said, "because", json_string(because));
    return note(store, ROLE_HEAD, POST_WORD, said, err);
}

bool trust_note_settled(struct store *store, uint64_t version, const uint8_t hash[DIRECTORY_HASH],
                        const char *called, const char *number, struct error *err)
{
    json_t *said = trustlog_named("hash", hash, DIRECTORY_HASH);

    json_object_set_new(said, "version", json_integer((json_int_t)version));
    json_object_set_new(said, "called", json_string(called));
    json_object_set_new(said, "number", json_string(number));
    return note(store, ROLE_HEAD, POST_SETTLED, said, err);
}
