/* SPDX-License-Identifier: MIT */
/* What somebody else must stand by. */
#include <string.h>

#include "amparo/agreement/case.h"

/* Without consent somebody answers for the basis: the head of post's own word needs no second. */
static bool is_basis(const struct entry *e)
{
    return e->act->kind == ACT_CONSENT && case_consent_is_basis(e);
}

static bool is_override(const struct entry *e)
{
    return json_object_get(e->payload, "override") || json_object_get(e->act->payload, "override");
}

bool case_needs_countersign(const struct entry *e)
{
    if (e->act->kind == ACT_CONTACT)
        return true;
    return e->act->role != ROLE_HEAD && (is_override(e) || is_basis(e));
}

static bool is_countersigned(const struct case_file *c, const struct entry *e)
{
    for (const struct entry *s = NULL; (s = case_next(c, s, ACT_COUNTERSIGN));)
        if (case_entry(c, entry_text(s, "of")) == e)
            return true;
    return false;
}

size_t case_uncountersigned(const struct case_file *c, const struct entry **tasks, size_t room)
{
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];

        if (!case_needs_countersign(e) || is_countersigned(c, e))
            continue;
        if (count < room)
            tasks[count] = e;
        count++;
    }
    return count;
}
