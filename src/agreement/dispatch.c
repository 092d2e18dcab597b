/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/dispatch.h"

#include <string.h>

#include "amparo/base/mem.h"

const char dispatch_answer_key[] = "answer";

/* Where the code is, or belongs. */
static size_t place_of(const struct audience_codes *audience, const char *code)
{
    size_t i = 0;

    while (i < audience->count && strcmp(audience->code[i], code) < 0)
        i++;
    return i;
}

bool audience_has(const struct audience_codes *audience, const char *code)
{
    size_t i = place_of(audience, code);

    return i < audience->count && strcmp(audience->code[i], code) == 0;
}

void audience_add(struct audience_codes *audience, const char *code)
{
    size_t i = place_of(audience, code);

    if (audience_has(audience, code))
        return;
    if (audience->count == AUDIENCE_MOST || strlen(code) != AUDIENCE_CODE - 1)
        BUG("no such audience");
    memmove(audience->code[i + 1], audience->code[i],
            (audience->count - i) * sizeof audience->code[0]);
    memcpy(audience->code[i], code, AUDIENCE_CODE);
    audience->count++;
}

static bool reaches_all(const struct audience_codes *reached, const struct audience_codes *audience)
{
    for (size_t i = 0; i < audience->count; i++)
        if (!audience_has(reached, audience->code[i]))
            return false;
    return true;
}

const struct dispatch *dispatch_before(const struct dispatch *const *chain, size_t count,
                                       const struct audience_codes *audience)
{
    const struct dispatch *found = NULL;

    for (size_t i = 0; i < count; i++)
        if ((!found || found->sequence < chain[i]->sequence) &&
            reaches_all(&chain[i]->audience, audience))
            found = chain[i];
    return found;
}

const char *trust_name(enum trust trust)
{
    static const char *const names[] = {
        [TRUST_UNKNOWN] = "unknown",       [TRUST_QUARANTINED] = "quarantined",
        [TRUST_UNVERIFIED] = "unverified", [TRUST_CHECKED] = "checked",
        [TRUST_CERTIFIED] = "certified",
    };

    return names[trust];
}
