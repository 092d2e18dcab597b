/* SPDX-License-Identifier: MIT */
/* An assessment as machine output. */
#include "amparo/agreement/assess.h"

#include "amparo/base/mem.h"

static const struct {
    const char *id, *article;
} blocks[BLOCK_COUNT] = {{"R1", "7.1"}, {"R2", "7.2"}, {"lock", "3"}, {"network", "7.4"}};

/* Checked: a text that is not UTF-8 would be a bug, for all of ours went through jansson. */
static json_t *packed(json_t *value)
{
    if (!value)
        BUG("text that is no JSON");
    return value;
}

static json_t *requirements_json(const struct assessment *a)
{
    json_t *list = json_array();

    for (enum requirement r = REQUIREMENT_R1; r < REQUIREMENT_COUNT; r++) {
        const struct determination *d = &a->requirements[r];
        json_array_append_new(
            list,
            packed(json_pack("{ss ss ss ss ss}", "id", requirement_types[r].id, "article",
                             requirement_types[r].article, "status", status_codes[d->status].code,
                             "reason", d->reason, "would_change", d->would_change)));
    }
    return list;
}

static json_t *grounds_json(const struct facts *facts, const struct assessment *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < a->ground_count; i++)
        json_array_append_new(
            list, packed(json_pack("{ss ss ss}", "code", ground_codes[facts->grounds[i].code].code,
                                   "status", status_codes[a->grounds[i].status].code, "reason",
                                   a->grounds[i].reason)));
    return list;
}

static json_t *blocks_json(const struct assessment *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < BLOCK_COUNT; i++)
        if (a->blocks[i])
            json_array_append_new(list,
                                  packed(json_pack("{ss ss ss}", "id", blocks[i].id, "article",
                                                   blocks[i].article, "reason", a->blocks[i])));
    return list;
}

static json_t *candidates_json(const struct assessment *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < a->candidate_count; i++) {
        const struct candidate *candidate = &a->candidates[i];
        json_t *posts = json_array();
        for (size_t j = 0; j < candidate->count; j++)
            json_array_append_new(
                posts, packed(json_pack("{ss ss}", "city", candidate->posts[j].city, "kind",
                                        post_kind_codes[candidate->posts[j].kind].code)));
        json_array_append_new(
            list, packed(json_pack("{ss so}", "state", candidate->state, "posts", posts)));
    }
    return list;
}

json_t *assessment_json(const struct facts *facts, const struct assessment *a)
{
    json_t *minor = a->minor == KNOWN_NOT ? json_null() : json_boolean(a->minor == KNOWN_TRUE);
    json_t *warnings = json_array();

    for (size_t i = 0; i < a->warning_count; i++)
        json_array_append_new(warnings, packed(json_string(a->warnings[i])));
    return packed(json_pack(
        "{ss so sb so so sb so so so}", "overall", overall_codes[a->overall].code, "minor", minor,
        "protection_lock", a->protection_lock, "requirements", requirements_json(a), "grounds",
        grounds_json(facts, a), "poll_allowed", a->poll_allowed, "poll_blocked_by", blocks_json(a),
        "candidates", candidates_json(a), "warnings", warnings));
}
