/* SPDX-License-Identifier: MIT */
/* The rules of closing, and of whose the case is (Art. 5, 7.7). */
#include "conversation_rules.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- the end ---- */

/* Is there an acceptance of a request on which the assistance can rest, or has that ended? */
static bool is_settled(const struct fold *f, int assist)
{
    const struct node *a = &f->nodes[assist];

    for (size_t x = 0; x < f->count; x++) {
        const struct node *n = &f->nodes[x];
        bool answers = n->d->kind == ACT_ACCEPT || n->d->kind == ACT_DECLINE ||
                       n->d->kind == ACT_WITHDRAW || n->d->kind == ACT_ANNUL;
        if (!answers || !node_counts(f, (int)x) || n->subject == NO_ITEM ||
            !node_is_request(f, n->subject))
            continue;
        const json_t *request = f->nodes[n->subject].says;
        if (!strcmp(note_addressee(request), a->d->state) &&
            requests_share_person(request, a->says))
            return true;
    }
    return false;
}

/* Closing waits for the scope of each assistance that is known; one that was closed in spite of it
 * is closed. */
enum ruling rule_close(struct judged *j)
{
    const struct fold *f = j->f;
    int last;
    enum ruling r = judged_line_closed(j, true, &last);

    if (r == RULED_GOOD && last != NO_ITEM)
        return ruled_bad(j, "7.7", N_("the case was closed already"), last);
    if (r != RULED_GOOD || !j->n->candidate || json_object_get(j->says, act_override_field.key))
        return r;
    for (size_t x = 0; x < f->count; x++) {
        if (f->nodes[x].d->kind != ACT_ASSIST || !node_knew(f, j->i, (int)x))
            continue;
        if (node_open(f, (int)x))
            return ruled_later_than(j, (int)x);
        if (node_counts(f, (int)x) && !is_settled(f, (int)x))
            return ruled_later(j, "5",
                               N_("assistance was not accepted yet: closing waits for its scope"));
    }
    return RULED_GOOD;
}

static enum ruling after_closing(struct judged *j, const char *open)
{
    int closing;
    enum ruling r = judged_line_closed(j, false, &closing);

    if (r == RULED_GOOD && closing == NO_ITEM)
        return ruled_later(j, "7.7", open);
    return r;
}

enum ruling rule_report(struct judged *j)
{
    if (payload_bool(j->says, "pending"))
        return RULED_GOOD;
    return after_closing(j, N_("the case was open, and it is not reported as pending"));
}

enum ruling rule_reopen(struct judged *j)
{
    return after_closing(j, N_("the case was not closed"));
}

/* ---- whose the case is ---- */

enum ruling rule_hand_over(struct judged *j)
{
    uint8_t post[POST_ID];
    char state[STATE_SIZE];

    if (!hand_over_names(j->f, j->i, post, state))
        return ruled_later(j, "", N_("no directory has the post that it names"));
    if (*state && strcmp(state, j->f->world->requesting) != 0)
        return ruled_bad(j, "", N_("it names a post of another State"), NO_ITEM);
    return RULED_GOOD;
}
