/* SPDX-License-Identifier: MIT */
#include "amparo/store/losses.h"

#include <errno.h>
#include <stdlib.h>

#include "amparo/base/mem.h"

void losses_release(struct losses *l)
{
    free(l->acts);
    free(l->parts);
    *l = (struct losses){NULL, 0, NULL, 0};
}

void losses_add(struct losses *l, int64_t from, int64_t to)
{
    if (l->count && l->acts[l->count - 1].to + 1 == from) {
        l->acts[l->count - 1].to = to;
        return;
    }
    l->acts = xreallocarray(l->acts, l->count + 1, sizeof *l->acts);
    l->acts[l->count++] = (struct lost_acts){from, to};
}

void losses_add_part(struct losses *l, int64_t act, int64_t part)
{
    l->parts = xreallocarray(l->parts, l->part_count + 1, sizeof *l->parts);
    l->parts[l->part_count++] = (struct lost_part){act, part};
}

int64_t losses_between(const struct losses *l, int64_t after, int64_t before)
{
    int64_t count = 0;

    for (size_t i = 0; i < l->count; i++) {
        int64_t from = l->acts[i].from > after ? l->acts[i].from : after + 1;
        int64_t to = l->acts[i].to < before ? l->acts[i].to : before - 1;
        count += to >= from ? to - from + 1 : 0;
    }
    return count;
}

bool losses_have_part(const struct losses *l, int64_t act, int64_t part)
{
    for (size_t i = 0; i < l->part_count; i++)
        if (l->parts[i].act == act && l->parts[i].part == part)
            return true;
    return false;
}

int64_t losses_end(const struct losses *l)
{
    int64_t end = 0;

    for (size_t i = 0; i < l->count; i++)
        end = l->acts[i].to > end ? l->acts[i].to : end;
    for (size_t i = 0; i < l->part_count; i++)
        end = l->parts[i].act > end ? l->parts[i].act : end;
    return end;
}

void losses_put(const struct losses *l, struct buf *acts, struct buf *parts)
{
    for (size_t i = 0; i < l->count; i++) {
        buf_addf(acts, "%s%lld", i ? " " : "", (long long)l->acts[i].from);
        if (l->acts[i].to > l->acts[i].from)
            buf_addf(acts, "-%lld", (long long)l->acts[i].to);
    }
    for (size_t i = 0; i < l->part_count; i++)
        buf_addf(parts, "%s%lld.%lld", i ? " " : "", (long long)l->parts[i].act,
                 (long long)l->parts[i].part);
}

/* Two numbers with a character between; without it the second is `missing`, 0: then it must be
 * there. */
static bool read_pair(const char **at, char between, int64_t *first, int64_t *second)
{
    char *end;

    errno = 0;
    *first = *second = strtoll(*at, &end, 10);
    if (end == *at || errno || *first < 1)
        return false;
    if (*end == between) {
        *at = end + 1;
        *second = strtoll(*at, &end, 10);
        if (end == *at || errno || *second < 1)
            return false;
    } else if (between == '.') {
        return false;
    }
    *at = end + (*end == ' ');
    return *end == ' ' || *end == '\0';
}

bool losses_read(struct losses *l, const char *acts, const char *parts)
{
    int64_t first, second;

    while (*acts) {
        if (!read_pair(&acts, '-', &first, &second) || second < first)
            return false;
        losses_add(l, first, second);
    }
    while (*parts) {
        if (!read_pair(&parts, '.', &first, &second))
            return false;
        losses_add_part(l, first, second);
    }
    return true;
}
