/* SPDX-License-Identifier: MIT */
/* Consents, and what is left of them after withdrawals. */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/identity.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* Is it the same recipient: as people write names, one name in full and one short. */
bool case_same_name(const char *a, const char *b)
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

/* Ana is Ana López, and not Mariana: nothing goes to whom a part of a word would do for. */
bool case_names_recipient(const char *a, const char *b)
{
    enum { LEAST = 3 };

    return strlen(a) >= LEAST && strlen(b) >= LEAST &&
           (text_has_words(a, b) || text_has_words(b, a));
}

/* Of who is kept from something, rather more than fewer. */
static bool same_recipient(const char *purpose, const char *a, const char *b)
{
    return strcmp(purpose, "P4") ? case_same_name(a, b) : !strcmp(a, b);
}

/* Does the withdrawal speak of that purpose and recipient (NULL: any)? */
static bool withdraws(const struct entry *withdrawal, long person, const char *purpose,
                      const char *to)
{
    const char *only = entry_text(withdrawal, "to");

    return withdrawal->person == person && entry_has_text(withdrawal, "purposes", purpose) &&
           (!*only || (to && same_recipient(purpose, only, to)));
}

/* By their dates; on one day by their recording. */
bool case_said_later(const struct entry *a, const struct entry *b)
{
    int order = strcmp(entry_text(a, "on"), entry_text(b, "on"));

    return order > 0 || (order == 0 && a->act->seq > b->act->seq);
}

/* Its last day is over; on no day ("") whatever has an end is. */
static bool has_ended(const struct entry *consent, const char *on)
{
    const char *until = entry_text(consent, "valid_until");

    return *until && (!*on || strcmp(until, on) < 0);
}

bool case_consent_taken_back(const struct case_file *c, const struct entry *consent)
{
    long person = consent->person;
    const char *purpose = entry_text(consent, "purpose"), *to = entry_text(consent, "to");

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_WITHDRAW_CONSENT));)
        if (withdraws(e, person, purpose, to) && case_said_later(e, consent))
            return true;
    return false;
}

static bool stands_on(const struct case_file *c, const struct entry *consent, const char *on)
{
    return !has_ended(consent, on) && !case_consent_taken_back(c, consent);
}

bool case_consent_stands(const struct case_file *c, const struct entry *consent)
{
    return stands_on(c, consent, c->today);
}

bool case_consent_is_basis(const struct entry *consent)
{
    static const char *const bases[] = {"best_interests", "vital_interest", "legal_duty"};

    for (size_t i = 0; i < ARRAY_SIZE(bases); i++)
        if (!strcmp(entry_text(consent, "given_by"), bases[i]))
            return true;
    return false;
}

bool case_consent_is_for(const struct entry *consent, long person, const char *purpose,
                         const char *to)
{
    const char *its = entry_text(consent, "purpose");

    return consent->person == person && (!purpose || !strcmp(its, purpose)) &&
           (!to || (strcmp(its, "P4") ? case_names_recipient(entry_text(consent, "to"), to)
                                      : !strcmp(entry_text(consent, "to"), to)));
}

bool case_consents_on(const struct case_file *c, long person, const char *purpose, const char *to,
                      const char *on)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, person, purpose, to) && stands_on(c, e, on))
            return true;
    return false;
}

bool case_consents(const struct case_file *c, long person, const char *purpose, const char *to)
{
    return case_consents_on(c, person, purpose, to, c->today);
}

const struct entry *case_consent(const struct case_file *c, long person, const char *purpose,
                                 const char *to)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, person, purpose, to) && case_consent_stands(c, e))
            found = e;
    return found;
}

bool case_consent_withdrawn(const struct case_file *c, long person, const char *purpose,
                            const char *to)
{
    /* One that ended by itself was not taken back. */
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, person, purpose, to) && !case_consent_taken_back(c, e))
            return false;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_WITHDRAW_CONSENT));)
        if (withdraws(e, person, purpose, to))
            return true;
    return false;
}
