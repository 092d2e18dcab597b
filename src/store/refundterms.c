/* SPDX-License-Identifier: MIT */
#include "amparo/store/refundterms.h"

#include "amparo/store/settings.h"

bool refund_terms_read(struct store *store, struct refund_terms *out, struct error *err)
{
    long months;

    if (!settings_number(store, SETTING_RECEIVABLE, &months, err) ||
        !calendar_read(store, "", &out->calendar, err))
        return false;
    out->terms = (struct receivable_terms){.months = months, .calendar = &out->calendar.calendar};
    return true;
}

void refund_terms_release(struct refund_terms *terms)
{
    country_calendar_release(&terms->calendar);
}
