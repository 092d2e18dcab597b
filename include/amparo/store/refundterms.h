/* SPDX-License-Identifier: MIT */
/* When an advance is due by the settings of this file (SETTING_RECEIVABLE) and the working days of
 * the post. Layer: store; uses agreement. */
#ifndef AMPARO_STORE_REFUNDTERMS_H
#define AMPARO_STORE_REFUNDTERMS_H

#include "amparo/agreement/receivable.h"
#include "amparo/store/calendars.h"

struct refund_terms {
    struct country_calendar calendar;
    struct receivable_terms terms; /* borrows the calendar */
};

bool refund_terms_read(struct store *store, struct refund_terms *out, struct error *err);
void refund_terms_release(struct refund_terms *terms);

#endif
