/* SPDX-License-Identifier: MIT */
/* amparo directory: the log of signed acts that the directory of the network is. */
#include "directory_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "trust_words.h"

enum { ID_SHOWN = 8 };

/* ---- the log ---- */

static const char *const standings[] = {
    [TRUST_COUNTS] = "counts", [TRUST_WAITS] = "waits", [TRUST_IRREGULAR] = "irregular"};

static int by_order(const void *a, const void *b)
{
    const struct trust_act *const *x = a, *const *y = b;
    int order = instant_compare((*x)->act.at, (*y)->act.at);

    return order ? order : memcmp((*x)->act.id, (*y)->act.id, ACT_ID_SIZE);
}

/* In the order of their time; `all`: also what counts and is in a version. The caller frees it. */
static const struct trust_act **listed(const struct trusted *t, bool all, size_t *count)
{
    const struct trust_act **list = xcalloc(t->act_count + 1, sizeof *list);

    *count = 0;
    for (size_t i = 0; i < t->act_count; i++)
        if (all || t->acts[i].standing != TRUST_COUNTS || !t->acts[i].version)
            list[(*count)++] = &t->acts[i];
    qsort(list, *count, sizeof *list, by_order);
    return list;
}

static json_t *act_json(const struct trusted *t, const struct trust_act *act)
{
    char at[INSTANT_SIZE];
    struct buf says = BUF_INIT;

    trust_say(t, act, &says);
    json_t *json = json_pack(
        "{s:o, s:s, s:s, s:o, s:o, s:s, s:s, s:O}", "id", cli_hex(act->act.id, ACT_ID_SIZE), "act",
        diract_type(act->act.kind)->name, "at", instant_format(act->act.at, at), "author",
        cli_hex(act->act.author, POST_ID), "signer", cli_hex(act->act.signer, TRUST_KEY), "stands",
        standings[act->standing], "says", buf_text(&says), "payload", act->act.payload);
    if (act->why)
        json_object_set_new(json, "why", json_string(_(act->why)));
    if (act->version)
        json_object_set_new(json, "version", json_integer((json_int_t)act->version));
    buf_release(&says);
    return json;
}

static void add_act(struct buf *out, const struct trusted *t, const struct trust_act *act)
{
    char at[INSTANT_SIZE], when[17];

    for (size_t i = 0; i < ID_SHOWN / 2; i++)
        buf_addf(out, "%02x", act->act.id[i]);
    buf_addf(out, "  %s  ", cli_when(instant_format(act->act.at, at), when));
    if (act->version)
        buf_addf(out, "%3llu  ", (unsigned long long)act->version);
    else
        buf_adds(out, "     ");
    trust_say(t, act, out);
    if (act->why)
        buf_addf(out, " (%s: %s)", act->standing == TRUST_WAITS ? _("waits") : _("does not count"),
                 _(act->why));
    buf_addc(out, '\n');
}

bool directory_log(struct subcall *call, struct error *err)
{
    const struct trusted *t;
    struct buf out = BUF_INIT;
    size_t count;

    if (!store_trust(call->store, &t, err))
        return false;
    bool json = cli_has(call->cli, "json");
    const struct trust_act **list = listed(t, json || cli_has(call->cli, "all"), &count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json)
            json_array_append_new(array, act_json(t, list[i]));
        else
            add_act(&out, t, list[i]);
    }
    free(list);
    bool ok = json || store_directory_warnings(call->store, &out, err);
    if (json)
        return cli_put_json(array);
    json_decref(array);
    cli_put_lines(&out);
    buf_release(&out);
    return ok;
}

static bool version_of(const char *text, uint64_t *version, struct error *err)
{
    *version = 0;
    return strcmp(text, "0") == 0 || cli_number(text, version) ||
           error_set(err, ERROR_INPUT, _("%s is no number of a version"), text);
}

bool directory_diff(struct subcall *call, struct error *err)
{
    uint64_t from, to = 0;
    struct buf out = BUF_INIT;
    bool ok = version_of(call->words[0], &from, err) &&
              (call->count < 2 || version_of(call->words[1], &to, err)) &&
              store_directory_diff(call->store, from, to, &out, err);

    cli_put_lines(&out);
    buf_release(&out);
    return ok;
}

/* ---- carrying ---- */

bool directory_snapshot(struct subcall *call, struct error *err)
{
    struct buf out = BUF_INIT;
    size_t count;
    bool ok = store_directory_snapshot(call->store, &out, &count, err) &&
              cli_put_bytes(call->cli, out.data, out.size, err);

    buf_release(&out);
    if (ok)
        fprintf(stderr, n_("%zu act\n", "%zu acts\n", count), count);
    return ok;
}

static void put_taken(const struct directory_taken *taken)
{
    printf(n_("%zu act new, ", "%zu acts new, ", taken->added), taken->added);
    printf(n_("%zu waits or is irregular, ", "%zu wait or are irregular, ", taken->waiting),
           taken->waiting);
    printf(n_("%zu was here", "%zu were here", taken->known), taken->known);
    if (taken->strange)
        printf(n_("; %zu is none, or was changed on the way",
                  "; %zu are none, or were changed on the way", taken->strange),
               taken->strange);
    if (taken->over)
        printf(n_("; %zu was not kept: too much waits here already",
                  "; %zu were not kept: too much waits here already", taken->over),
               taken->over);
    printf("\n");
    if (taken->changed)
        printf(n_("%zu list, focal point or Party is another one now\n",
                  "%zu lists, focal points or Parties are others now\n", taken->changed),
               taken->changed);
}

bool directory_take(struct subcall *call, struct error *err)
{
    struct directory_acts acts = {NULL, 0};
    struct directory_taken taken;
    struct buf bytes = BUF_INIT, warnings = BUF_INIT;
    bool ok = cli_read(call->words[0], &bytes, err) &&
              directory_file_read(bytes.data, bytes.size, &acts, err) &&
              store_directory_take(call->store, acts.list, acts.count, &taken, err) &&
              store_directory_warnings(call->store, &warnings, err);

    if (ok)
        put_taken(&taken);
    cli_put_lines(&warnings);
    directory_acts_release(&acts);
    buf_release(&bytes);
    buf_release(&warnings);
    return ok;
}

/* ---- by the root ---- */

bool directory_root(struct subcall *call, struct error *err)
{
    const char *const officers[ROOT_KEYS] = {call->words[0], call->words[1], call->words[2]};
    char fingerprint[FINGERPRINT_SIZE];
    struct buf line = BUF_INIT;

    if (!trust_make_root(call->store, officers, fingerprint, err))
        return false;
    card_write_root(fingerprint, &line);
    printf("%s\n%s\n", fingerprint, buf_text(&line));
    buf_release(&line);
    return true;
}

bool directory_approve(struct subcall *call, struct error *err)
{
    for (int i = 0; i < call->count; i++) {
        const struct trusted *t;
        const struct trust_act *act;
        uint8_t id[ACT_ID_SIZE];
        struct buf says = BUF_INIT;
        if (!store_trust(call->store, &t, err) || !(act = cli_diract(t, call->words[i], err)))
            return false;
        memcpy(id, act->act.id, sizeof id);
        trust_say(t, act, &says);
        buf_addc(&says, '\n');
        bool ok = trust_approve(call->store, id, err);
        if (ok)
            cli_put_lines(&says);
        buf_release(&says);
        if (!ok)
            return false;
    }
    return true;
}

bool directory_release(struct subcall *call, struct error *err)
{
    const char *until = cli_value(call->cli, "until");
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;
    struct date day;

    if (!until || !date_parse(until, &day))
        return error_set(err, ERROR_INPUT, _("--until DATE is needed: how long it is valid"));
    if (date_compare(day, cli_today(call->store)) < 0)
        return error_set(err, ERROR_INPUT, _("--until %s is over already"), until);
    if (!trust_make_release(call->store, day, id, &version, err))
        return false;
    cli_put_said(call->store, id);
    return true;
}

bool directory_minimum(struct subcall *call, struct error *err)
{
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;

    if (!cli_number(call->words[0], &version))
        return error_set(err, ERROR_INPUT, _("%s is no number of a version"), call->words[0]);
    if (!trust_set_minimum(call->store, version, id, err))
        return false;
    cli_put_said(call->store, id);
    return true;
}
