/* SPDX-License-Identifier: MIT */
/* What is left when a case ends: requests that are open, data that other States have. */
#include <string.h>

#include "amparo/agreement/case.h"

static bool is_open_request(const struct case_file *c, const struct entry *note)
{
    return !strcmp(entry_text(note, "kind"), "REQ") && !request_ended(c, note);
}

const struct entry *case_next_open_request(const struct case_file *c, const struct entry *from)
{
    while ((from = case_next(c, from, ACT_NOTE)))
        if (is_open_request(c, from))
            return from;
    return NULL;
}

/* ---- who has data of ours ---- */

static void add_holder(struct data_holder *out, size_t room, size_t *count, const char *state)
{
    for (size_t i = 0; i < *count && i < room; i++)
        if (!strcmp(out[i].state, state))
            return;
    if (*state && *count < room)
        out[(*count)++] = (struct data_holder){.state = state};
}

/* A request names the person; a poll does not. What was annulled may have been read. */
static bool gave_data(const struct entry *note)
{
    return !strcmp(entry_text(note, "kind"), "REQ") &&
           !strcmp(entry_text(note, "direction"), "out");
}

size_t case_data_holders(const struct case_file *c, struct data_holder *out, size_t room)
{
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (gave_data(e))
            add_holder(out, room, &count, request_state(c, e));
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DATA_RETURN));)
        add_holder(out, room, &count, entry_text(e, "state"));
    for (size_t i = 0; i < count; i++)
        for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DATA_RETURN));)
            if (!strcmp(entry_text(e, "state"), out[i].state)) {
                out[i].order = e;
                out[i].confirmed = *entry_text(e, "confirmed_on") != '\0';
            }
    return count;
}
