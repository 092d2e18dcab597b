/* SPDX-License-Identifier: MIT */
#include "talk_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

const struct conversation_world talk_world = {.opener = {1}, .requesting = "HN"};

void talk_begin(struct talk *talk)
{
    talk->count = 0;
    talk->now = 1773136800; /* 10 March 2026, 10:00 UTC */
}

void talk_end(struct talk *talk)
{
    for (size_t i = 0; i < talk->count; i++)
        json_decref((json_t *)(uintptr_t)talk->said[i].payload);
    talk->count = 0;
}

uint64_t talk_chance(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void talk_shuffle(const struct dispatch **list, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(talk_chance(state) % i);
        const struct dispatch *d = list[i - 1];
        list[i - 1] = list[other];
        list[other] = d;
    }
}

static void mix(uint64_t *h, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < size; i++) {
        *h ^= p[i];
        talk_chance(h);
        *h ^= *h << 13 ^ *h >> 7;
    }
}

void talk_sign(struct dispatch *d)
{
    uint64_t h = UINT64_C(0x243f6a8885a308d3);
    char *text = json_dumps(d->payload, JSON_SORT_KEYS | JSON_COMPACT);

    mix(&h, text, strlen(text));
    mix(&h, d->author, sizeof d->author);
    mix(&h, d->prev, sizeof d->prev);
    mix(&h, &d->incarnation, sizeof d->incarnation);
    mix(&h, &d->sequence, sizeof d->sequence);
    mix(&h, &d->kind, sizeof d->kind);
    for (size_t i = 0; i < d->audience.count; i++)
        mix(&h, d->audience.code[i], AUDIENCE_CODE);
    for (size_t i = 0; i < ACT_ID_SIZE; i += sizeof h) {
        uint64_t part = talk_chance(&h);
        memcpy(d->id + i, &part, sizeof part);
    }
    free(text);
}

const char *talk_post(const struct talker *who)
{
    static char hex[2 * POST_ID + 1];

    memset(hex, '0', 2 * POST_ID);
    snprintf(hex, 3, "%02x", who->post);
    hex[2] = '0';
    return hex;
}

static void set_audience(struct dispatch *d, const char *audience)
{
    char code[AUDIENCE_CODE];

    for (const char *p = audience; *p; p += strspn(p, " ")) {
        snprintf(code, sizeof code, "%.2s", p);
        audience_add(&d->audience, code);
        p += 2;
    }
}

static json_t *payload_with(const char *text, const struct dispatch *const of[2])
{
    struct buf whole = BUF_INIT;
    char hex[2 * ACT_ID_SIZE + 1];
    size_t next = 0;

    for (const char *p = text; *p; p++)
        if (p[0] == '%' && p[1] == 's') {
            act_id_hex(of[next++]->id, hex);
            buf_adds(&whole, hex);
            p++;
        } else {
            buf_addc(&whole, *p);
        }
    json_t *payload = kit_json(buf_text(&whole));
    buf_release(&whole);
    return payload;
}

void talk_make(const struct talk *talk, const struct talker *who, const char *act,
               const char *audience, const char *payload, const struct dispatch *const of[2],
               struct dispatch *out)
{
    const struct dispatch *chain[TALK_MOST], *before;
    size_t count = 0;

    *out = (struct dispatch){.opener = {1},
                             .author = {who->post},
                             .secretariat = !*who->state,
                             .trust = who->trust,
                             .incarnation = 1,
                             .sequence = 1,
                             .kind = act_type_named(act)->kind,
                             .at = {.seconds = talk->now}};
    snprintf(out->state, sizeof out->state, "%.2s", who->state);
    set_audience(out, audience);
    out->payload = payload_with(payload, of);
    for (size_t i = 0; i < talk->count; i++) {
        const struct dispatch *d = &talk->said[i];
        if (memcmp(d->author, out->author, POST_ID) != 0 || d->incarnation < out->incarnation)
            continue;
        chain[count++] = d;
        out->sequence = d->sequence + 1;
    }
    before = dispatch_before(chain, count, &out->audience);
    if (before)
        memcpy(out->prev, before->id, PREV_SIZE);
    talk_sign(out);
}

const struct dispatch *talk_say_of(struct talk *talk, const struct talker *who, const char *act,
                                   const char *audience, const char *payload,
                                   const struct dispatch *of)
{
    const struct dispatch *const both[2] = {of, of};

    assert_true(talk->count < TALK_MOST);
    talk_make(talk, who, act, audience, payload, both, &talk->said[talk->count]);
    talk->now += 60;
    return &talk->said[talk->count++];
}

const struct dispatch *talk_say(struct talk *talk, const struct talker *who, const char *act,
                                const char *audience, const char *payload)
{
    return talk_say_of(talk, who, act, audience, payload, NULL);
}
