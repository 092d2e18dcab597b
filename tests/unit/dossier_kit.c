/* SPDX-License-Identifier: MIT */
#include "dossier_kit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/mem.h"

enum { IDS = 8, FIRST = 1773133200 /* 2026-03-10T09:00Z */, STEP = 15 * 60 };

void kit_author(struct kit_author *author, unsigned number)
{
    *author = (struct kit_author){.sequence = 0};
    kit_post(&author->post, number);
}

void kit_dossier(struct dossier *d, const struct kit_author *opener, const uint8_t *root)
{
    *d = (struct dossier){.at = {.seconds = FIRST + 24 * 60 * 60, .offset = 60}};
    memcpy(d->opener, opener->post.id, OPENER);
    memset(d->number, 7, sizeof d->number);
    if (root)
        memcpy(d->root, root, ROOT);
}

static void end_list(struct act_bytes *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        act_bytes_release(&list[i]);
    free(list);
}

void kit_dossier_end(struct dossier *d)
{
    end_list(d->directory, d->directory_count);
    end_list(d->dispatches, d->count);
    *d = (struct dossier)DOSSIER_INIT;
}

static const char *id_of(const struct act_bytes *act)
{
    static char ids[IDS][2 * ACT_ID_SIZE + 1];
    static unsigned next;
    char *id = ids[next++ % IDS];

    act_id_hex(act->id, id);
    return id;
}

const char *kit_say(struct dossier *d, struct kit_author *author, const char *act, const char *to,
                    const char *payload, ...)
{
    struct buf text = BUF_INIT;
    struct act_content content = {.type = act_type_named(act)};
    struct core core = {.sequence = ++author->sequence, .incarnation = author->incarnation};
    va_list args;

    va_start(args, payload);
    buf_vaddf(&text, payload, args);
    va_end(args);
    assert_non_null(content.type);
    content.payload = kit_json(buf_text(&text));
    core.kind = content.type->kind;
    core.at = (struct instant){.seconds = FIRST + (int64_t)d->count * STEP, .offset = -360};
    memcpy(core.case_id, d->number, CASE_NUMBER);
    memcpy(core.author, author->post.id, AUTHOR);
    memcpy(core.prev, author->prev, PREV_SHORT);
    if (memcmp(author->post.id, d->opener, OPENER) != 0)
        memcpy(core.opener, d->opener, OPENER);
    for (const char *code = to; *code; code += code[2] == ',' ? 3 : 2)
        audience_add(&core.audience, (char[AUDIENCE_CODE]){code[0], code[1]});
    d->dispatches = xreallocarray(d->dispatches, d->count + 1, sizeof *d->dispatches);
    struct act_bytes *out = &d->dispatches[d->count++];
    dispatch_bytes_make(out, &core, &content, d->root, author->post.sign);
    memcpy(author->prev, out->id, PREV_SHORT);
    json_decref((json_t *)(uintptr_t)content.payload);
    buf_release(&text);
    return id_of(out);
}

void kit_put(struct buf *out, struct dossier *d, const struct kit_author *maker)
{
    struct error err = ERROR_INIT;

    buf_clear(out);
    memcpy(d->maker, maker->post.id, POST_ID);
    if (!dossier_put(out, d, maker->post.sign, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

/* ---- the directory ---- */

enum { ROOT_NUMBER = 90, SECRETARIAT_NUMBER = 80, STATE_NUMBER = 60, DIRECTORATE_NUMBER = 70 };

static const char *hex(const uint8_t *bytes, size_t size)
{
    static char texts[IDS][2 * KEY + 1];
    static unsigned next;

    return sodium_bin2hex(texts[next++ % IDS], 2 * KEY + 1, bytes, size);
}

/* In the author's chain of the directory, by that key. Returns its id. */
static const char *direct(struct kit_network *n, struct kit_author *author, const uint8_t *secret,
                          enum diract_kind kind, char *payload)
{
    struct dossier *d = n->d;
    struct act_content content = {.type = diract_type(kind), .payload = kit_json(payload)};
    struct core core = {.kind = kind, .sequence = ++author->sequence};
    const char *why;

    if (!diract_check(kind, content.payload, &why))
        fail_msg("%s: %s", payload, why);
    core.at = (struct instant){.seconds = FIRST - 100 * STEP, .offset = 0};
    memcpy(core.author, author->post.id, AUTHOR);
    memcpy(core.prev, author->prev, PREV_SHORT);
    audience_add(&core.audience, CODE_EVERYBODY);
    d->directory = xreallocarray(d->directory, d->directory_count + 1, sizeof *d->directory);
    struct act_bytes *out = &d->directory[d->directory_count++];
    dispatch_bytes_make(out, &core, &content, d->root, secret);
    memcpy(author->prev, out->id, PREV_SHORT);
    json_decref((json_t *)(uintptr_t)content.payload);
    free(payload);
    return id_of(out);
}

static void by_root(struct kit_network *n, enum diract_kind kind, char *payload)
{
    const char *id = direct(n, &n->secretariat, n->roots[0].sign, kind, payload);

    direct(n, &n->secretariat, n->roots[1].sign, DIR_APPROVE, xasprintf("{'of': '%s'}", id));
}

void kit_network(struct kit_network *n, struct dossier *d)
{
    uint8_t keys[ROOT_KEYS][TRUST_KEY];

    *n = (struct kit_network){.d = d};
    kit_author(&n->secretariat, SECRETARIAT_NUMBER);
    for (unsigned i = 0; i < ROOT_KEYS; i++) {
        kit_post(&n->roots[i], ROOT_NUMBER + i);
        memcpy(keys[i], n->roots[i].sign_public, TRUST_KEY);
    }
    fingerprint_root(keys, d->root);
    direct(n, &n->secretariat, n->roots[0].sign, DIR_ROOT,
           xasprintf("{'keys': ['%s', '%s', '%s']}", hex(keys[0], KEY), hex(keys[1], KEY),
                     hex(keys[2], KEY)));
}

void kit_state(struct kit_network *n, const char *code)
{
    struct kit_state *s = &n->states[n->count];

    assert_true(n->count < NETWORK_STATES);
    snprintf(s->code, sizeof s->code, "%s", code);
    kit_post(&s->key, STATE_NUMBER + (unsigned)n->count);
    kit_author(&s->directorate, DIRECTORATE_NUMBER + (unsigned)n->count);
    n->count++;
    by_root(n, DIR_STATE,
            xasprintf("{'state': '%s', 'key': '%s', 'post': '%s'}", code,
                      hex(s->key.sign_public, KEY), hex(s->directorate.post.id, POST_ID)));
}

static struct kit_state *state_of(struct kit_network *n, const char *code)
{
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->states[i].code, code) == 0)
            return &n->states[i];
    fail_msg("no State %s", code);
    return NULL;
}

void kit_certify(struct kit_network *n, const char *state, const struct kit_author *post,
                 const char *code)
{
    struct kit_state *s = state_of(n, state);

    direct(n, &s->directorate, s->key.sign, DIR_POST,
           xasprintf("{'post': '%s', 'key': '%s', 'code': '%s', 'name': 'Consulate of %s',"
                     " 'country': 'MA', 'city': 'Rabat', 'kind': 'consulate'}",
                     hex(post->post.id, POST_ID), hex(post->post.sign_public, KEY), code, state));
}

void kit_revoke(struct kit_network *n, const char *state, const struct kit_author *post,
                const char *heads)
{
    struct kit_state *s = state_of(n, state);

    direct(n, &s->directorate, s->key.sign, DIR_REVOKE,
           xasprintf("{'key': '%s', 'reason': 'stolen', 'heads': %s}",
                     hex(post->post.sign_public, KEY), heads));
}
