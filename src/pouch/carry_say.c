/* SPDX-License-Identifier: MIT */
/* What came, in words: of carry.h. */
#include "amparo/pouch/carry.h"

#include "amparo/base/i18n.h"

static void put(struct buf *out, size_t count, const char *what)
{
    if (count)
        buf_addf(out, "%s%zu %s", out->size ? ", " : "", count, what);
}

void carry_say_arrival(const struct carry_arrival *a, struct buf *out)
{
    const struct taken_in *t = &a->taken;
    const struct directory_taken *d = &a->directory;

    put(out, t->kept, n_("new dispatch", "new dispatches", t->kept));
    put(out, a->again, n_("that was here", "that were here", a->again));
    put(out, t->opened, n_("case opened", "cases opened", t->opened));
    put(out, t->recorded, n_("act recorded", "acts recorded", t->recorded));
    put(out, t->linked, n_("that was taken down before", "that were taken down before", t->linked));
    put(out, t->refused,
        n_("that cannot be recorded yet: see the conversation",
           "that cannot be recorded yet: see the conversation", t->refused));
    put(out, t->unplaced,
        n_("of a case that you may have: the inbox asks which",
           "of cases that you may have: the inbox asks which", t->unplaced));
    put(out, t->forked,
        n_("whose author said something else in its place: telephone them",
           "whose author said something else in their place: telephone them", t->forked));
    put(out, d->added, n_("new act of the directory", "new acts of the directory", d->added));
    put(out, d->waiting,
        n_("act of the directory that waits", "acts of the directory that wait", d->waiting));
    put(out, a->receipts, n_("receipt", "receipts", a->receipts));
    if (!out->size)
        buf_adds(out, _("nothing new"));
}

bool carry_was_opened(const struct carry_arrival *a)
{
    return a->outcome == CARRY_TAKEN || a->taken.count || a->directory.added || a->receipts;
}
