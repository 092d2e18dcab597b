/* SPDX-License-Identifier: MIT */
#include "amparo/tui/stopped.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/describe.h"

enum { NARROW = 60 /* cells: below, a reason has one line, so that the rows stay in sight */ };

/* NULL: the post has no keys, so nothing of it goes by pouch; or it cannot be read. */
static const struct trusted *trust_in_use(struct store *store)
{
    const struct trusted *t = NULL;
    struct identity own;
    struct error unsaid = ERROR_INIT;
    if (store_identity(store, &own, &unsaid) && own.made)
        store_trust(store, &t, &unsaid);
    error_release(&unsaid);
    return t;
}

static void say_differs(const struct trusted *t, struct buf *out)
{
    if (trust_blocks_notes(t, out))
        buf_addf(out, "%s\n",
                 _("notes and acceptances wait until that is resolved: ^P, directory of the "
                   "network"));
}

/* Who is known there at all; with nobody one corresponds on paper, as ever. */
static void say_identity(const struct trusted *t, const char *state, const char *country,
                         struct date today, struct buf *out)
{
    const struct trust_post *one;
    struct buf reasons = BUF_INIT;
    bool known = *state && trust_recipients(t, state, country, &one, 1) > 0;
    if (known && trust_identity_needs(t, state, country, today, &reasons) >= TRUST_NEEDS_CHECK) {
        buf_adds(out, buf_text(&reasons));
        buf_addf(out, "%s\n",
                 _("until then no name goes there by pouch: ^P, whom we trust, and its line"));
    }
    buf_release(&reasons);
}

static void say_held(const struct casework *w, bool all, struct buf *out)
{
    struct held_acts held;
    struct error unsaid = ERROR_INIT;
    bool ok = store_held_acts(w->store, &held, &unsaid);
    for (size_t i = 0; ok && i < held.count; i++) {
        const struct held_act *h = &held.list[i];
        bool note = h->kind == ACT_NOTE || h->kind == ACT_ACCEPT;
        if (strcmp(h->reference, w->reference) != 0 || (!note && !all))
            continue;
        buf_addf(out, "%s%s%s\n", _(act_type(h->kind)->label), label_colon(), h->reason);
    }
    if (ok)
        held_acts_release(&held);
    error_release(&unsaid);
}

/* The States to which a name goes, or is about to: those of open requests, else the one chosen. */
static void say_states(const struct casework *w, const struct trusted *t, struct buf *out)
{
    struct date today = instant_date(w->now);
    const char *country = case_receiving_state(&w->c);
    const struct entry *note = NULL, *chosen = case_choice(&w->c, NULL);
    bool any = false;
    while ((note = case_next_open_request(&w->c, note)))
        if (strcmp(entry_text(note, "direction"), "out") == 0) {
            say_identity(t, request_state(&w->c, note), country, today, out);
            any = true;
        }
    if (!any && chosen)
        say_identity(t, entry_text(chosen, "state"), country, today, out);
}

/* A reason may come in more than one way. */
static void add_once(struct buf *out, const struct buf *lines)
{
    for (const char *line = buf_text(lines); *line; line += strcspn(line, "\n") + 1) {
        char *one = xstrndup(line, strcspn(line, "\n") + 1);
        if (!strstr(buf_text(out), one))
            buf_adds(out, one);
        free(one);
    }
}

void stopped_say(const struct casework *w, bool all, struct buf *out)
{
    const struct trusted *t = w->has_case && !case_closed(&w->c) ? trust_in_use(w->store) : NULL;
    struct buf lines = BUF_INIT;
    if (!t)
        return;
    say_differs(t, &lines);
    say_states(w, t, &lines);
    say_held(w, all, &lines);
    add_once(out, &lines);
    buf_release(&lines);
}

void stopped_say_note(struct store *store, const char *state, const char *country,
                      struct instant now, struct buf *out)
{
    const struct trusted *t = trust_in_use(store);
    if (!t)
        return;
    say_differs(t, out);
    say_identity(t, state, country, instant_date(now), out);
}

void stopped_add(struct body *b, const struct buf *lines, int width)
{
    if (!lines->size)
        return;
    body_line(b, BODY_HEAD, " %s", _("Does not leave"));
    for (const char *line = buf_text(lines); *line; line += strcspn(line, "\n") + 1) {
        char *one = xstrndup(line, strcspn(line, "\n"));
        if (width >= NARROW)
            body_wrap(b, BODY_DOUBT, width, 2, one);
        else
            body_line(b, BODY_DOUBT, " %s", one);
        free(one);
    }
}
