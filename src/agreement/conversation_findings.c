/* SPDX-License-Identifier: MIT */
/* What a rule of the conversation finds. */
#include "conversation_rules.h"

#include <string.h>

#include "amparo/base/i18n.h"

enum ruling ruled_bad(struct judged *j, const char *article, const char *reason, int by)
{
    j->found = (struct verdict){.standing = STANDING_IRREGULAR,
                                .reason = reason,
                                .article = article,
                                .by = by == NO_ITEM ? NULL : j->f->nodes[by].d};
    return RULED_BAD;
}

enum ruling ruled_later(struct judged *j, const char *article, const char *reason)
{
    j->found = (struct verdict){.standing = STANDING_WAITS, .reason = reason, .article = article};
    return RULED_LATER;
}

enum ruling ruled_later_for(struct judged *j, const char *article, const char *reason,
                            const uint8_t *id, size_t size)
{
    ruled_later(j, article, reason);
    memcpy(j->found.awaited, id, size);
    j->found.awaited_size = size;
    return RULED_LATER;
}

/* Until that one is decided. */
enum ruling ruled_later_than(struct judged *j, int x)
{
    return ruled_later_for(j, "", N_("what it depends on does not count yet"), j->f->nodes[x].d->id,
                           ACT_ID_SIZE);
}

void search_take(const struct judged *j, struct search *s, int x, enum ruling serves)
{
    bool counts = node_counts(j->f, x), open = node_open(j->f, x);

    if (serves == RULED_GOOD && counts)
        s->good = true;
    else if (serves != RULED_BAD && (counts || open))
        s->open = x;
    else if (counts)
        s->failing = x;
}

enum ruling ruled_conclude(struct judged *j, const struct search *s, const char *article,
                           const char *failing, const char *absent)
{
    if (s->good)
        return RULED_GOOD;
    if (s->open != NO_ITEM)
        return ruled_later_than(j, s->open);
    return ruled_later(j, article, s->failing != NO_ITEM ? failing : absent);
}
