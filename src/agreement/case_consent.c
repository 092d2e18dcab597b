/* SPDX-License-Identifier: MIT */
/* Consents, and what is left of them after withdrawals. */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/base/text.h"

/* Is it the same recipient: as people write names, one name in full and one short. */
static bool same_name(const char *a, const char *b)
{
    struct buf fa = BUF_INIT, fb = BUF_INIT;

    text_fold(&fa, a);
    text_fold(&fb, b);
    bool same = fa.size && fb.size &&
                (strstr(buf_text(&fa), buf_text(&fb)) || strstr(buf_text(&fb), buf_text(&fa)));
    buf_release(&fa);
    buf_release(&fb);
    return same;
}

static bool same_recipient(const char *purpose, const char *a, const char *b)
{
    return strcmp(purpose, "P4") ? same_name(a, b) : !strcmp(a, b);
}

/* Does the withdrawal speak of that purpose and recipient (NULL: any)? */
static bool withdraws(const struct entry *withdrawal, long person, const char *purpose,
                      const char *to)
{
    const char *only = entry_text(withdrawal, "to");

    return entry_number(withdrawal, "person") == person &&
           entry_has_text(withdrawal, "purposes", purpose) &&
           (!*only || (to && same_recipient(purpose, only, to)));
}

/* By their dates; on one day by their recording. */
static bool is_later(const struct entry *a, const struct entry *b)
{
    int order = strcmp(entry_text(a, "on"), entry_text(b, "on"));

    return order > 0 || (order == 0 && a->act->seq > b->act->seq);
}

bool case_consent_stands(const struct case_file *c, const struct entry *consent)
{
    long person = entry_number(consent, "person");
    const char *purpose = entry_text(consent, "purpose"), *to = entry_text(consent, "to");

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_WITHDRAW_CONSENT));)
        if (withdraws(e, person, purpose, to) && is_later(e, consent))
            return false;
    return true;
}

static bool is_for(const struct entry *consent, long person, const char *purpose, const char *to)
{
    return entry_number(consent, "person") == person &&
           !strcmp(entry_text(consent, "purpose"), purpose) &&
           (!to || same_recipient(purpose, entry_text(consent, "to"), to));
}

bool case_consents(const struct case_file *c, long person, const char *purpose, const char *to)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (is_for(e, person, purpose, to) && case_consent_stands(c, e))
            return true;
    return false;
}

bool case_consent_withdrawn(const struct case_file *c, long person, const char *purpose,
                            const char *to)
{
    if (case_consents(c, person, purpose, to))
        return false;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_WITHDRAW_CONSENT));)
        if (withdraws(e, person, purpose, to))
            return true;
    return false;
}
