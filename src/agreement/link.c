/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/link.h"

#include <strings.h>

/* Of an act that was erased the payload says nothing. */
static struct case_link link_of(const struct entry *e)
{
    return (struct case_link){e->person, entry_text(e, "case"), entry_number(e, "other"), e};
}

static bool same(const struct case_link *a, const struct case_link *b)
{
    return a->person == b->person && a->other == b->other &&
           strcasecmp(a->reference, b->reference) == 0;
}

/* Nobody said anything of the two after it. */
static bool is_last(const struct case_file *c, const struct case_link *link)
{
    for (size_t i = (size_t)(link->entry - c->entries) + 1; i < c->count; i++) {
        enum act_kind kind = c->entries[i].act->kind;
        struct case_link later;
        if (kind != ACT_LINK && kind != ACT_UNLINK)
            continue;
        later = link_of(&c->entries[i]);
        if (same(&later, link))
            return false;
    }
    return true;
}

size_t case_links(const struct case_file *c, struct case_link *links, size_t room)
{
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_LINK));) {
        struct case_link link = link_of(e);
        if (!*link.reference || !link.person || !is_last(c, &link))
            continue;
        if (count < room)
            links[count] = link;
        count++;
    }
    return count;
}

bool case_is_linked(const struct case_file *c, long person, const char *reference, long other)
{
    const struct case_link asked = {person, reference, other, NULL};

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_LINK));) {
        struct case_link link = link_of(e);
        if (same(&link, &asked) && is_last(c, &link))
            return true;
    }
    return false;
}
