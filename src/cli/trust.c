/* SPDX-License-Identifier: MIT */
/* amparo trust: whom this post trusts, and why. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "subcommand.h"
#include "trust_words.h"

/* ---- showing ---- */

static json_t *lines_of(struct buf *text)
{
    json_t *lines = json_array();
    char *rest = text->data, *line;

    while (rest && (line = strtok_r(rest, "\n", &rest)))
        json_array_append_new(lines, json_string(line));
    return lines;
}

static json_t *post_json(const struct trusted *t, const struct trust_post *p, struct date today)
{
    char fingerprint[FINGERPRINT_SIZE], day[DATE_SIZE];
    struct buf why = BUF_INIT;
    json_t *json =
        json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "post", cli_hex(p->id, POST_ID),
                  "code", p->code, "name", p->name, "state",
                  p->secretariat ? CODE_SECRETARIAT : p->state, "country", p->country, "city",
                  p->city, "kind", p->kind, "trust", trust_codes[p->level].code, "own", p->own);

    if (p->key != TRUST_NONE) {
        json_object_set_new(json, "key", cli_hex(t->keys[p->key].key, TRUST_KEY));
        json_object_set_new(json, "fingerprint", json_string(cli_fingerprint(t, p, fingerprint)));
    }
    if (p->sealed)
        json_object_set_new(json, "sealing_until", json_string(date_format(p->sealing_until, day)));
    trust_explain(t, p, today, &why);
    json_object_set_new(json, "why", lines_of(&why));
    buf_release(&why);
    return json;
}

static int by_code(const void *a, const void *b)
{
    const struct trust_post *const *x = a, *const *y = b;
    int order = strcmp((*x)->state, (*y)->state);

    order = order ? order : strcmp((*x)->code, (*y)->code);
    return order ? order : memcmp((*x)->id, (*y)->id, POST_ID);
}

/* By State and code, the Secretariat first; the caller frees the array. */
static const struct trust_post **sorted(const struct trusted *t)
{
    const struct trust_post **posts = xcalloc(t->post_count + 1, sizeof *posts);

    for (size_t i = 0; i < t->post_count; i++)
        posts[i] = &t->posts[i];
    qsort(posts, t->post_count, sizeof *posts, by_code);
    return posts;
}

static json_t *list_json(struct subcall *call, const struct trusted *t)
{
    const struct trust_post **list = sorted(t);
    struct date today = cli_today(call->store);
    const struct trust_version *v = trust_version_now(t);
    struct buf reasons = BUF_INIT;
    json_t *posts = json_array();
    char day[DATE_SIZE];

    for (size_t i = 0; i < t->post_count; i++)
        json_array_append_new(posts, post_json(t, list[i], today));
    free(list);
    json_t *json =
        json_pack("{s:o, s:b}", "posts", posts, "notes_stop", trust_blocks_notes(t, &reasons));
    json_object_set_new(json, "reasons", lines_of(&reasons));
    if (*t->pinned)
        json_object_set_new(json, "root", json_string(t->pinned));
    if (v) {
        json_object_set_new(json, "version", json_integer((json_int_t)v->version));
        json_object_set_new(json, "until", json_string(date_format(v->until, day)));
    }
    buf_release(&reasons);
    return json;
}

static void put_list(const struct trusted *t)
{
    const struct trust_post **posts = sorted(t);
    char fingerprint[FINGERPRINT_SIZE];
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < t->post_count; i++) {
        const struct trust_post *p = posts[i];
        text_pad(&out, p->code, 12);
        buf_addf(&out, " %s ", p->secretariat ? CODE_SECRETARIAT : p->state);
        text_pad(&out, p->own ? _("our own") : _(trust_codes[p->level].label), 14);
        buf_addf(&out, " %s  %s\n", cli_fingerprint(t, p, fingerprint), p->name);
    }
    free(posts);
    trust_blocks_notes(t, &out);
    cli_put_lines(&out);
    buf_release(&out);
}

static bool list(struct subcall *call, struct error *err)
{
    const struct trusted *t;

    if (!store_trust(call->store, &t, err))
        return false;
    if (cli_has(call->cli, "json"))
        return cli_put_json(list_json(call, t));
    put_list(t);
    return true;
}

static bool show_state(struct subcall *call, const struct trusted *t, struct error *err)
{
    const struct trust_state *s = trust_state_of(t, call->words[0]);
    char fingerprint[FINGERPRINT_SIZE];
    struct buf out = BUF_INIT;

    if (!s)
        return error_set(err, ERROR_INPUT, _("%s: no key of that State is known here"),
                         call->words[0]);
    if (s->key != TRUST_NONE)
        buf_addf(&out, "%s\n", fingerprint_of_state(s->state, t->keys[s->key].key, fingerprint));
    trust_explain_state(t, s, cli_today(call->store), &out);
    cli_put_lines(&out);
    buf_release(&out);
    return true;
}

static bool show(struct subcall *call, struct error *err)
{
    const struct trusted *t;
    const struct trust_post *p;
    char fingerprint[FINGERPRINT_SIZE];
    struct buf out = BUF_INIT;

    if (!store_trust(call->store, &t, err))
        return false;
    if (cli_has(call->cli, "state"))
        return show_state(call, t, err);
    if (!(p = cli_post(t, call->words[0], err)))
        return false;
    if (cli_has(call->cli, "json"))
        return cli_put_json(post_json(t, p, cli_today(call->store)));
    buf_addf(&out, "%s, %s\n", p->code, p->name);
    buf_addf(&out, "%s\n", cli_fingerprint(t, p, fingerprint));
    trust_explain(t, p, cli_today(call->store), &out);
    cli_put_lines(&out);
    buf_release(&out);
    return true;
}

/* ---- saying ---- */

static bool card(struct subcall *call, struct error *err)
{
    struct buf text = BUF_INIT;
    bool ok = cli_card_text(call->words[0], &text, err) &&
              trust_take_card(call->store, buf_text(&text), err);

    buf_release(&text);
    return ok;
}

/* Of the options that are needed. */
static bool needed(const struct cli *cli, const char *name, const char **out, struct error *err)
{
    *out = cli_value(cli, name);
    return !text_is_blank(*out) || error_set(err, ERROR_INPUT, _("--%s TEXT is needed"), name);
}

static bool check(struct subcall *call, struct error *err)
{
    const char *called, *number;
    const struct trusted *t;
    uint8_t key[TRUST_KEY];

    return needed(call->cli, "called", &called, err) && needed(call->cli, "number", &number, err) &&
           store_trust(call->store, &t, err) && cli_key(call->cli, t, call->words[0], key, err) &&
           trust_note_check(call->store, key, called, number, err);
}

static bool word(struct subcall *call, struct error *err)
{
    const char *because;
    const struct trusted *t;
    uint8_t key[TRUST_KEY];

    return needed(call->cli, "because", &because, err) && store_trust(call->store, &t, err) &&
           cli_key(call->cli, t, call->words[0], key, err) &&
           trust_give_word(call->store, key, because, err);
}

static bool root(struct subcall *call, struct error *err)
{
    char fingerprint[FINGERPRINT_SIZE];
    bool changed;

    if (!card_read_root(call->words[0], fingerprint, err) ||
        !trust_set_root(call->store, fingerprint, cli_value(call->cli, "because"), &changed, err))
        return false;
    if (changed)
        fprintf(stderr,
                _("ATTENTION: another root was set here before. From now on nothing that it signed "
                  "counts. Tell the other heads of post and your capital.\n"));
    printf("%s\n", fingerprint);
    return true;
}

static bool settle(struct subcall *call, struct error *err)
{
    const char *called, *number;
    uint8_t hash[DIRECTORY_HASH];
    uint64_t version;

    if (!cli_number(call->words[0], &version) || !diract_hex(call->words[1], hash, sizeof hash))
        return error_set(err, ERROR_INPUT,
                         _("settle takes the number of a version and 32 hexadecimal digits of its "
                           "hash"));
    return needed(call->cli, "called", &called, err) && needed(call->cli, "number", &number, err) &&
           trust_note_settled(call->store, version, hash, called, number, err);
}

/* ---- the call ---- */

static const struct subcommand subcommands[] = {
    {"list", 0, 0, READS, list},      {"show", 1, 1, READS, show},  {"card", 1, 1, TRUSTS, card},
    {"check", 1, 1, TRUSTS, check},   {"word", 1, 1, TRUSTS, word}, {"root", 1, 1, TRUSTS, root},
    {"settle", 2, 2, TRUSTS, settle}, {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"json", NULL, 0},     {"state", NULL, 0},     {"called", "NAME", 0},
    {"number", "TEXT", 0}, {"because", "TEXT", 0}, {NULL, NULL, 0},
};

const struct command command_trust = {
    .name = "trust",
    .usage = "FILE [list] [--json]\n"
             "FILE show POST|STATE [--state] [--json]\n"
             "FILE card CARD|-\n"
             "FILE check POST|STATE [--state] --called NAME --number NUMBER\n"
             "FILE word POST|STATE [--state] --because TEXT\n"
             "FILE root FINGERPRINT [--because TEXT]\n"
             "FILE settle VERSION HASH --called NAME --number NUMBER",
    .summary = N_("whom this post trusts, and why; cards, telephone checks, the root"),
    .help =
        N_("The root is the 30 digits of the card that the Secretariat hands over. Who is not in\n"
           "the directory is known by a card, unverified, until somebody calls a number from\n"
           "elsewhere than that card and both sides read the same 30 digits (check). Identity to\n"
           "whose key changed without the signature of the one before, or under a directory that\n"
           "is over, needs a check and the head of post's word (word)."),
    .options = options,
    .least = 1,
    .most = 4,
    .run = run,
};
