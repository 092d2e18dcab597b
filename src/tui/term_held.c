/* SPDX-License-Identifier: MIT */
/* Events that were read while nobody took them: typed during work that cannot take keys. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "term_work.h"

struct held_event {
    struct term_event event;
    char *paste; /* owned, or NULL */
};

void held_clear(struct held_events *held)
{
    for (size_t i = 0; i < held->count; i++)
        free_wiped(held->list[i].paste);
    free_wiped(held->list);
    *held = (struct held_events){NULL, 0, 0};
}

void held_add(struct held_events *held, const struct term_event *event)
{
    struct held_event *list = xcalloc(held->count + 1, sizeof *list);

    if (held->count)
        memcpy(list, held->list, held->count * sizeof *list);
    free_wiped(held->list); /* what was typed is not left behind */
    held->list = list;
    struct held_event *last = &list[held->count++];
    last->event = *event;
    if (event->kind == TERM_PASTE)
        last->event.paste = last->paste = xstrdup(event->paste);
}

bool held_take(struct held_events *held, struct term_event *event)
{
    if (held->first == held->count) {
        held_clear(held);
        return false;
    }
    *event = held->list[held->first++].event;
    return true;
}
