/* SPDX-License-Identifier: MIT */
#include "amparo/store/posttrust.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/log.h"

/* Who was called, and why, is of the post alone. */
static const struct field checked_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "on", .type = FIELD_DATE, .needed = true},
    {.id = 3, .key = "called", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 4, .key = "number", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 0},
};

static const struct field root_fields[] = {
    {.id = 1, .key = "fingerprint", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "because", .type = FIELD_TEXT, .class = CLASS_P3},
    {.id = 0},
};

static const struct field settled_fields[] = {
    {.id = 1, .key = "version", .type = FIELD_NUMBER, .needed = true},
    {.id = 2, .key = "hash", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "called", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 4, .key = "number", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 0},
};

static const struct field card_fields[] = {
    {.id = 1, .key = "card", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct field word_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "on", .type = FIELD_DATE, .needed = true},
    {.id = 3, .key = "because", .type = FIELD_TEXT, .class = CLASS_P3, .needed = true},
    {.id = 0},
};

static const struct field key_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 0},
};

static const struct act_type types[] = {
    {.kind = (enum act_kind)POST_CHECKED, .name = "checked", .fields = checked_fields},
    {.kind = (enum act_kind)POST_ROOT, .name = "root", .fields = root_fields},
    {.kind = (enum act_kind)POST_SETTLED, .name = "settled", .fields = settled_fields},
    {.kind = (enum act_kind)POST_CARD, .name = "card", .fields = card_fields},
    {.kind = (enum act_kind)POST_WORD, .name = "word", .fields = word_fields},
    {.kind = (enum act_kind)POST_STATE_KEY, .name = "state_key", .fields = key_fields},
};

const struct act_type *post_trust_type(unsigned kind)
{
    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        if ((unsigned)types[i].kind == kind)
            return &types[i];
    return NULL;
}

bool post_trust_knows(unsigned kind)
{
    return post_trust_type(kind) != NULL;
}

void post_trust_release(struct post_trust *t)
{
    for (size_t i = 0; i < t->card_count; i++)
        card_release(&t->cards[i]);
    for (size_t i = 0; i < t->check_count; i++) {
        free(t->checks[i].called);
        free(t->checks[i].number);
        free(t->checks[i].by);
    }
    free(t->root_by);
    free(t->cards);
    free(t->checks);
    free(t->settled);
    *t = (struct post_trust){.roots = 0};
}

static const char *add_check(struct post_trust *t, const struct roster_entry *by,
                             const json_t *payload, bool word)
{
    struct post_check check = {.word = word};

    if (!diract_bytes(payload, "key", check.key, TRUST_KEY) ||
        !date_parse(payload_text(payload, "on"), &check.on))
        return N_("names no key, or no day");
    check.called = xstrdup(payload_text(payload, "called"));
    check.number = xstrdup(payload_text(payload, "number"));
    check.by = xstrdup(by->officer.name);
    t->checks = xreallocarray(t->checks, t->check_count + 1, sizeof check);
    t->checks[t->check_count++] = check;
    return NULL;
}

/* The first root is any officer's to set; another one a head of post's. */
static const char *add_root(struct post_trust *t, const struct roster_entry *by, struct instant at,
                            const json_t *payload)
{
    char root[FINGERPRINT_SIZE];

    if (!fingerprint_parse(payload_text(payload, "fingerprint"), root))
        return N_("names no root");
    if (*t->root && by->officer.role != ROLE_HEAD)
        return N_("signed by somebody who may not change the root");
    memmove(t->former[1], t->former[0], (TRUST_FORMER - 1) * sizeof t->former[0]);
    memcpy(t->former[0], t->root, sizeof t->root);
    memcpy(t->root, root, sizeof root);
    t->roots++;
    t->root_on = instant_date(at);
    free(t->root_by);
    t->root_by = xstrdup(by->officer.name);
    return NULL;
}

static const char *add_card(struct post_trust *t, const json_t *payload)
{
    struct card card;

    if (!card_read(payload_text(payload, "card"), &card, NULL))
        return N_("is no key card");
    t->cards = xreallocarray(t->cards, t->card_count + 1, sizeof card);
    t->cards[t->card_count++] = card;
    return NULL;
}

static const char *add_settled(struct post_trust *t, const json_t *payload)
{
    struct post_settled settled = {.version = (uint64_t)payload_number(payload, "version")};

    if (!diract_bytes(payload, "hash", settled.hash, sizeof settled.hash))
        return N_("names no version of the directory");
    t->settled = xreallocarray(t->settled, t->settled_count + 1, sizeof settled);
    t->settled[t->settled_count++] = settled;
    return NULL;
}

const char *post_trust_add(struct post_state *state, const struct logged *act,
                           const json_t *payload)
{
    struct post_trust *t = &state->trust;
    const struct roster_entry *by = post_state_signer(state, act->bytes.signer, act->seq);
    unsigned kind = act->core.kind;
    bool heads = kind == POST_WORD || kind == POST_SETTLED || kind == POST_STATE_KEY;

    if (!by || by->officer.role < (heads ? ROLE_HEAD : ROLE_OFFICER))
        return N_("signed by somebody who may not say whom the post trusts");
    if (kind == POST_CHECKED || kind == POST_WORD)
        return add_check(t, by, payload, kind == POST_WORD);
    if (kind == POST_ROOT)
        return add_root(t, by, act->core.at, payload);
    if (kind == POST_CARD)
        return add_card(t, payload);
    if (kind == POST_SETTLED)
        return add_settled(t, payload);
    if (!diract_bytes(payload, "key", t->state_key, TRUST_KEY))
        return N_("names no key");
    t->state_key_seq = act->seq;
    return NULL;
}
