/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/doubt.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"

enum { OLDEST = 110, AGE_SLACK = 1 };

enum doubt_test {
    DOUBT_FUTURE,   /* after today */
    DOUBT_PAST,     /* before today */
    DOUBT_LONG_AGO, /* a birth longer ago than people live */
    DOUBT_BEFORE,   /* before the other date */
    DOUBT_AGE,      /* another age than the other, a birth date, gives */
    DOUBT_SAME,     /* the same as the other */
    DOUBT_MAN,      /* true, where the other says that it is a man */
};

static const char of_tomorrow[] = N_("is after today");
static const char before_entry[] = N_("before the person came into the country");
static const char before_sent[] = N_("before it was sent");

/* clang-format off */
static const struct doubt {
    enum act_kind act;
    const char *key;
    enum doubt_test test;
    const char *other;
    const char *text; /* N_() */
} doubts[] = {
    {ACT_OPEN, "receiving_state", DOUBT_SAME, "requesting_state", N_("is the State that asks")},
    {ACT_PERSON, "birth_date", DOUBT_LONG_AGO, NULL, N_("more than 110 years ago")},
    {ACT_PERSON, "document_issued", DOUBT_FUTURE, NULL, of_tomorrow},
    {ACT_PERSON, "document_issued", DOUBT_BEFORE, "birth_date", N_("before the person was born")},
    {ACT_PERSON, "document_expiry", DOUBT_BEFORE, "document_issued", N_("before it was issued")},
    {ACT_PERSON, "age_stated", DOUBT_AGE, "birth_date", N_("the birth date gives another age")},
    {ACT_PERSON, "pregnancy", DOUBT_MAN, "sex", N_("the sex says otherwise")},
    {ACT_DOCUMENT, "valid_until", DOUBT_BEFORE, "issued", N_("before it was issued")},
    {ACT_SITUATION, "since", DOUBT_FUTURE, NULL, of_tomorrow},
    {ACT_SITUATION, "since", DOUBT_BEFORE, "entry_on", before_entry},
    {ACT_SITUATION, "entry_on", DOUBT_FUTURE, NULL, of_tomorrow},
    {ACT_SITUATION, "detained_since", DOUBT_FUTURE, NULL, of_tomorrow},
    {ACT_SITUATION, "detained_since", DOUBT_BEFORE, "entry_on", before_entry},
    {ACT_GROUND, "when", DOUBT_FUTURE, NULL, of_tomorrow},
    {ACT_CONSENT, "valid_until", DOUBT_BEFORE, "on", N_("before it was given")},
    {ACT_POLL, "reply_by", DOUBT_PAST, NULL, N_("is past already")},
    {ACT_NOTE, "acknowledged_on", DOUBT_BEFORE, "delivered_on", N_("before it was delivered")},
    {ACT_DELIVERY, "delivered_on", DOUBT_BEFORE, "sent_on", before_sent},
    {ACT_DELIVERY, "acknowledged_on", DOUBT_BEFORE, "sent_on", before_sent},
    {ACT_DATA_RETURN, "confirmed_on", DOUBT_BEFORE, "asked_on", N_("before it was asked for")},
};
/* clang-format on */

/* The earliest and the latest day that a date allows; false where it says nothing. */
static bool days_of(const json_t *payload, const char *key, struct date *first, struct date *last)
{
    const char *text = payload_text(payload, key);
    char day[PARTIAL_DATE_SIZE] = "";
    struct partial_date date;

    /* Of an instant the day. */
    bool timed = strlen(text) > 10 && text[10] == 'T';
    if (strlen(text) < sizeof day || timed)
        memcpy(day, text, timed ? 10 : strlen(text));
    if (!partial_date_parse(day, &date) || partial_date_is_unknown(date))
        return false;
    *first = partial_date_oldest(date);
    *last = partial_date_youngest(date);
    return true;
}

static bool is_doubtful(const struct doubt *d, const json_t *payload, struct date today)
{
    struct date first, last, other_first, other_last;
    bool dated = days_of(payload, d->key, &first, &last);
    bool other = d->other && days_of(payload, d->other, &other_first, &other_last);
    long years = payload_number(payload, d->key);

    switch (d->test) {
    case DOUBT_FUTURE:
        return dated && date_compare(first, today) > 0;
    case DOUBT_PAST:
        return dated && date_compare(last, today) < 0;
    case DOUBT_LONG_AGO:
        return dated && date_age(last, today) > OLDEST;
    case DOUBT_BEFORE:
        return dated && other && date_compare(last, other_first) < 0;
    case DOUBT_AGE:
        return years && other &&
               (years > date_age(other_first, today) + AGE_SLACK ||
                years + AGE_SLACK < date_age(other_last, today));
    case DOUBT_SAME:
        return *payload_text(payload, d->key) &&
               payload_is(payload, d->other, payload_text(payload, d->key));
    case DOUBT_MAN:
        return payload_bool(payload, d->key) && payload_is(payload, d->other, "M");
    }
    return false;
}

void doubts_find(enum act_kind kind, const json_t *payload, struct date today, doubt_found *found,
                 void *ctx)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        if (doubts[i].act == kind && is_doubtful(&doubts[i], payload, today))
            found(ctx, doubts[i].key, doubts[i].text);
}

bool doubts_row(size_t n, enum act_kind *act, const char **key, const char **other)
{
    if (n >= sizeof doubts / sizeof *doubts)
        return false;
    *act = doubts[n].act;
    *key = doubts[n].key;
    *other = doubts[n].other;
    return true;
}
