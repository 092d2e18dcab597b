/* SPDX-License-Identifier: MIT */
/* amparo identity: the post's own keys, and those that it vouches for. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "subcommand.h"
#include "trust_words.h"

/* ---- showing ---- */

/* The line that a card is, and the fingerprint, in words. */
static void put_card(const struct card *card, const struct buf *line)
{
    char fingerprint[FINGERPRINT_SIZE];
    struct buf out = BUF_INIT;

    buf_addf(&out, "%s, %s\n", card->code, card->name);
    if (card->of_state)
        buf_addf(&out, _("key of the State: %s\n"), country_name(card->state, reader_language));
    buf_addf(&out, "%s\n", card_fingerprint(card, fingerprint));
    buf_addf(&out, "%s\n", buf_text(line));
    cli_put_lines(&out);
    buf_release(&out);
}

static json_t *card_json(const struct card *card, const struct buf *line)
{
    char fingerprint[FINGERPRINT_SIZE];

    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:s}", "code", card->code, "name", card->name,
                     "state", card->state, "post", cli_hex(card->post, POST_ID), "key",
                     cli_hex(card->key, TRUST_KEY), "fingerprint",
                     card_fingerprint(card, fingerprint), "card", buf_text(line));
}

static bool card(struct subcall *call, struct error *err)
{
    struct buf line = BUF_INIT;
    struct card card;
    bool ok = trust_card(call->store, cli_has(call->cli, "state"), &card, &line, err);

    if (ok && cli_has(call->cli, "json")) {
        ok = cli_put_json(card_json(&card, &line));
    } else if (ok && cli_has(call->cli, "output")) {
        buf_addc(&line, '\n');
        ok = cli_put_bytes(call->cli, line.data, line.size, err);
    } else if (ok) {
        put_card(&card, &line);
    }
    card_release(&card);
    buf_release(&line);
    return ok;
}

static bool has_state_key(const struct store *store, char fingerprint[FINGERPRINT_SIZE])
{
    struct buf line = BUF_INIT;
    struct card card;
    bool has = trust_card((struct store *)(uintptr_t)store, true, &card, &line, NULL);

    if (has)
        card_fingerprint(&card, fingerprint);
    card_release(&card);
    buf_release(&line);
    return has;
}

static json_t *identity_json(struct subcall *call, const struct identity *id,
                             const struct trusted *t, bool state_owed)
{
    const struct trust_post *own = trust_post_of(t, id->post);
    char fingerprint[FINGERPRINT_SIZE];
    json_t *json = json_pack("{s:o, s:b, s:b, s:b}", "post", cli_hex(id->post, POST_ID), "made",
                             id->made, "owed", id->owed, "sealing_old", id->sealing_old);

    if (id->made && own) {
        json_object_set_new(json, "key", cli_hex(id->signing, TRUST_KEY));
        json_object_set_new(json, "fingerprint", json_string(cli_fingerprint(t, own, fingerprint)));
        json_object_set_new(json, "key_since", json_string(id->signing_since));
        json_object_set_new(json, "sealing_since", json_string(id->sealing_since));
    }
    if (has_state_key(call->store, fingerprint))
        json_object_set_new(json, "state_fingerprint", json_string(fingerprint));
    if (state_owed)
        json_object_set_new(json, "state_owed", json_true());
    if (*t->pinned)
        json_object_set_new(json, "root", json_string(t->pinned));
    return json;
}

static void put_identity(struct subcall *call, const struct identity *id, const struct trusted *t,
                         bool state_owed)
{
    const struct trust_post *own = trust_post_of(t, id->post);
    char fingerprint[FINGERPRINT_SIZE];
    struct buf out = BUF_INIT;

    if (!id->made)
        buf_adds(&out, _("This post has no keys yet: amparo identity FILE new\n"));
    if (id->made && own)
        buf_addf(&out, _("key of this post, since %.10s: %s\n"), id->signing_since,
                 cli_fingerprint(t, own, fingerprint));
    if (id->made)
        buf_addf(&out, _("what comes in is sealed to a key of %.10s\n"), id->sealing_since);
    if (has_state_key(call->store, fingerprint))
        buf_addf(&out, _("key of our State: %s\n"), fingerprint);
    if (*t->pinned)
        buf_addf(&out, _("root of the directory: %s\n"), t->pinned);
    else
        buf_adds(&out, _("no root of the directory is set: amparo trust FILE root FINGERPRINT\n"));
    if (id->owed)
        buf_adds(&out, _("Somebody left, or saw a passphrase, who may know the secrets of these "
                         "keys: amparo identity FILE roll\n"));
    else if (id->sealing_old)
        buf_adds(&out, _("The sealing key is to be changed: amparo identity FILE renew\n"));
    if (state_owed)
        buf_adds(&out, _("The key of our State should be another one by now, too: amparo identity "
                         "FILE roll --state\n"));
    cli_put_lines(&out);
    buf_release(&out);
}

static bool show(struct subcall *call, struct error *err)
{
    const struct trusted *t;
    struct identity id;

    bool state_owed;

    if (!store_identity(call->store, &id, err) ||
        !trust_state_key_owed(call->store, &state_owed, err) || !store_trust(call->store, &t, err))
        return false;
    if (cli_has(call->cli, "json"))
        return cli_put_json(identity_json(call, &id, t, state_owed));
    put_identity(call, &id, t, state_owed);
    return true;
}

static bool heads(struct subcall *call, struct error *err)
{
    const struct trusted *t;
    const struct trust_post *post;
    struct identity id;

    if (!store_identity(call->store, &id, err) || !store_trust(call->store, &t, err))
        return false;
    post = call->words[0] ? cli_post(t, call->words[0], err) : NULL;
    if (call->words[0] && !post)
        return false;
    json_t *heads = trust_heads(call->store, post ? post->id : id.post, NULL, err);
    return heads && cli_put_json(heads);
}

/* ---- making and changing ---- */

static bool new (struct subcall *call, struct error *err)
{
    return (cli_has(call->cli, "state") ? trust_make_state_key(call->store, err)
                                        : trust_make_keys(call->store, err)) &&
           card(call, err);
}

static bool renew(struct subcall *call, struct error *err)
{
    return trust_renew_sealing(call->store, err);
}

static bool roll(struct subcall *call, struct error *err)
{
    return (cli_has(call->cli, "state") ? trust_make_state_key(call->store, err)
                                        : trust_roll_keys(call->store, err)) &&
           card(call, err);
}

/* ---- vouching for others ---- */

static bool certify(struct subcall *call, struct error *err)
{
    struct buf text = BUF_INIT;
    struct card card = {.of_state = false};
    uint8_t id[ACT_ID_SIZE];
    bool ok;

    if (strcmp(call->words[0], "own") == 0)
        ok = trust_certify_own(call->store, id, err);
    else
        ok = cli_card_text(call->words[0], &text, err) && card_read(buf_text(&text), &card, err) &&
             trust_certify(call->store, &card, id, err);
    if (ok)
        cli_put_said(call->store, id);
    card_release(&card);
    buf_release(&text);
    return ok;
}

/* The heads: of a file, or (--no-heads) none. */
static bool read_heads(const struct cli *cli, json_t **out, struct error *err)
{
    const char *path = cli_value(cli, "heads");
    struct buf text = BUF_INIT;

    *out = NULL;
    if (cli_has(cli, "no-heads"))
        return true;
    if (!path)
        return error_set(err, ERROR_INPUT,
                         _("--heads FILE is needed: what amparo identity FILE heads POST gives, "
                           "without what is no good; or --no-heads"));
    bool ok = cli_read(path, &text, err) && (*out = cli_json(path, &text, err)) != NULL;
    buf_release(&text);
    if (ok && !json_is_array(*out)) {
        json_decref(*out);
        return error_set(err, ERROR_INPUT, _("%s: heads are an array"), path);
    }
    return ok;
}

static bool revoke(struct subcall *call, struct error *err)
{
    const char *reason = cli_value(call->cli, "reason");
    const struct trusted *t;
    uint8_t key[TRUST_KEY], id[ACT_ID_SIZE];
    json_t *heads;

    if (!reason)
        return error_set(err, ERROR_INPUT, _("--reason is needed: lost, stolen or ended"));
    if (!store_trust(call->store, &t, err) || !cli_key(call->cli, t, call->words[0], key, err) ||
        !read_heads(call->cli, &heads, err))
        return false;
    bool ok = trust_revoke(call->store, key, heads, reason, id, err);
    json_decref(heads);
    if (ok)
        cli_put_said(call->store, id);
    return ok;
}

/* ---- the call ---- */

static const struct subcommand subcommands[] = {
    {"show", 0, 0, READS, show},        {"new", 0, 0, TRUSTS, new},
    {"card", 0, 0, READS, card},        {"renew", 0, 0, TRUSTS, renew},
    {"roll", 0, 0, TRUSTS, roll},       {"heads", 0, 1, READS, heads},
    {"certify", 1, 1, TRUSTS, certify}, {"revoke", 1, 1, TRUSTS, revoke},
    {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"json", NULL, 0},    {"state", NULL, 0},    {"output", "FILE", 'o'},
    {"heads", "FILE", 0}, {"no-heads", NULL, 0}, {"reason", "lost|stolen|ended", 0},
    {NULL, NULL, 0},
};

const struct command command_identity = {
    .name = "identity",
    .usage =
        "FILE [show] [--json]\n"
        "FILE new [--state]\n"
        "FILE card [--state] [-o CARD | --json]\n"
        "FILE renew\n"
        "FILE roll [--state]\n"
        "FILE certify CARD|own\n"
        "FILE heads [POST]\n"
        "FILE revoke POST|STATE [--state] --reason lost|stolen|ended --heads FILE | --no-heads",
    .summary =
        N_("the keys of the post: what it signs and opens by, its card, whom it vouches for"),
    .help = N_("A head of post makes the keys once; what is sealed to a post is good for 90 days\n"
               "(renew). roll makes another key that the one before signs. --state is the key of\n"
               "the State, which lies in the file of its consular directorate and certifies the\n"
               "State's posts from their cards. A revocation names the heads of what the key\n"
               "signed and still counts: heads lists them, from which the bad ones are taken out."),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
