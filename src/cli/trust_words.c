/* SPDX-License-Identifier: MIT */
#include "trust_words.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"

enum { START = 8 }; /* hexadecimal digits of an id at least */

json_t *cli_hex(const uint8_t *bytes, size_t size)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < size; i++)
        buf_addf(&out, "%02x", bytes[i]);
    json_t *hex = json_string(buf_text(&out));
    buf_release(&out);
    return hex;
}

/* Do the bytes, in hexadecimal, begin so? */
static bool begins(const uint8_t *bytes, size_t size, const char *start)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = strlen(start);

    if (length < START || length > 2 * size)
        return false;
    for (size_t i = 0; i < length; i++) {
        int digit = i % 2 ? bytes[i / 2] & 15 : bytes[i / 2] >> 4;
        if (tolower((unsigned char)start[i]) != digits[digit])
            return false;
    }
    return true;
}

const struct trust_post *cli_post(const struct trusted *t, const char *name, struct error *err)
{
    const struct trust_post *post = trust_post_named(t, name);

    if (!post)
        error_set(
            err, ERROR_INPUT,
            _("%s: no such post is known here, or more than one is called so; see amparo trust "
              "FILE list"),
            name);
    return post;
}

static bool state_key(const struct trusted *t, const char *state, uint8_t key[TRUST_KEY],
                      struct error *err)
{
    const struct trust_state *s = trust_state_of(t, state);

    if (!s || s->key == TRUST_NONE)
        return error_set(err, ERROR_INPUT, _("%s: no key of that State is known here"), state);
    memcpy(key, t->keys[s->key].key, TRUST_KEY);
    return true;
}

bool cli_key(const struct cli *cli, const struct trusted *t, const char *name,
             uint8_t key[TRUST_KEY], struct error *err)
{
    if (cli_has(cli, "state"))
        return state_key(t, name, key, err);
    const struct trust_post *post = cli_post(t, name, err);
    if (post && post->key == TRUST_NONE)
        return error_set(err, ERROR_INPUT, _("%s: all keys of that post were revoked"), name);
    if (post)
        memcpy(key, t->keys[post->key].key, TRUST_KEY);
    return post != NULL;
}

bool cli_card_text(const char *word, struct buf *out, struct error *err)
{
    if (strncmp(word, "amparo-", 7) != 0)
        return cli_read(word, out, err);
    buf_adds(out, word);
    return true;
}

const char *cli_fingerprint(const struct trusted *t, const struct trust_post *post,
                            char out[FINGERPRINT_SIZE])
{
    if (post->key == TRUST_NONE)
        *out = '\0';
    else
        fingerprint_of_post(post->secretariat ? CODE_SECRETARIAT : post->state, post->id,
                            t->keys[post->key].key, out);
    return out;
}

const struct trust_act *cli_diract(const struct trusted *t, const char *start, struct error *err)
{
    const struct trust_act *found = NULL;

    for (size_t i = 0; i < t->act_count; i++) {
        if (!begins(t->acts[i].act.id, ACT_ID_SIZE, start))
            continue;
        if (found) {
            error_set(err, ERROR_INPUT, _("%s: more than one act begins so; write more of its id"),
                      start);
            return NULL;
        }
        found = &t->acts[i];
    }
    if (!found)
        error_set(err, ERROR_INPUT, _("%s: there is no such act; see amparo directory FILE log"),
                  start);
    return found;
}

bool cli_number(const char *text, uint64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && !*end && !errno && *number > 0;
}

struct date cli_today(struct store *store)
{
    struct instant now = {0};
    char text[INSTANT_SIZE];

    instant_parse(store_now(store, text), &now);
    return instant_date(now);
}

bool cli_put_bytes(const struct cli *cli, const void *bytes, size_t size, struct error *err)
{
    const char *path = cli_value(cli, "output");

    if (path)
        return output_file(path, bytes, size, err);
    return (fwrite(bytes, 1, size, stdout) == size && fflush(stdout) == 0) ||
           error_set(err, ERROR_FAILED, _("standard output: cannot be written"));
}

void cli_put_said(struct store *store, const uint8_t id[ACT_ID_SIZE])
{
    const struct trusted *t;
    const struct trust_act *act = NULL;

    if (store_trust(store, &t, NULL))
        act = trust_act_of(t, id);
    for (size_t i = 0; i < ACT_ID_SIZE; i++)
        printf("%02x", id[i]);
    printf("\n");
    if (act && act->standing != TRUST_COUNTS)
        fprintf(stderr, _("waits: %s\n"), _(act->why));
}
