/* SPDX-License-Identifier: MIT */
/* Where a dispatch stands, in words: of correspondence.h. */
#include "amparo/store/correspondence.h"

#include "amparo/base/i18n.h"

static void add(struct buf *out, size_t begin, const char *what)
{
    buf_addf(out, "%s%s", out->size > begin ? "; " : "", what);
}

void letter_say_standing(const struct letter *l, struct buf *out)
{
    const struct verdict *v = &l->verdict;
    size_t begin = out->size;

    if (!*l->id) {
        add(out, begin, l->transcribed ? _("taken down here") : _("not by pouch"));
        return;
    }
    if (v->standing != STANDING_COUNTS)
        add(out, begin, _(standing_label(v->standing)));
    if (v->reason)
        add(out, begin, _(v->reason));
    if (v->reason && *v->article)
        buf_addf(out, " (%s)", v->article);
    for (int i = 0; i < CROSSINGS; i++)
        if (v->crossings & 1u << i)
            add(out, begin, _(crossing_label((enum crossing)(1u << i))));
    if (v->forked)
        add(out, begin, _("its author said something else in its place: telephone them"));
}
