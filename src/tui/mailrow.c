/* SPDX-License-Identifier: MIT */
#include "amparo/tui/mailrow.h"

#include "amparo/base/i18n.h"
#include "amparo/store/settings.h"

bool mailrow_read(struct store *store, struct mail_waiting *out, struct error *err)
{
    long days = setting_type(SETTING_TELEPHONE)->usual;
    *out = (struct mail_waiting){{0, 0, 0}, {0, 0}};
    return settings_number(store, SETTING_TELEPHONE, &days, err) &&
           store_inbox_counts(store, &out->inbox, err) &&
           store_outbox_counts(store, days, &out->outbox, err);
}

static void part(struct buf *out)
{
    if (out->size)
        buf_adds(out, "; ");
}

void mailrow_say_inbox(struct buf *out, const struct mail_waiting *w)
{
    const struct inbox_counts *in = &w->inbox;
    if (in->asking)
        buf_addf(out, n_("%zu asks something of us", "%zu ask something of us", in->asking),
                 in->asking);
    if (in->unplaced) {
        part(out);
        buf_addf(out, n_("%zu is to be placed", "%zu are to be placed", in->unplaced),
                 in->unplaced);
    }
    if (in->odd) {
        part(out);
        buf_addf(out, n_("%zu is in doubt", "%zu are in doubt", in->odd), in->odd);
    }
}

void mailrow_say_outbox(struct buf *out, const struct mail_waiting *w)
{
    const struct outbox_counts *o = &w->outbox;
    if (o->unsent)
        buf_addf(out, n_("%zu is to be sent", "%zu are to be sent", o->unsent), o->unsent);
    if (o->silent) {
        part(out);
        buf_addf(out,
                 n_("%zu post does not acknowledge", "%zu posts do not acknowledge", o->silent),
                 o->silent);
    }
}
