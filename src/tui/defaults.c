/* SPDX-License-Identifier: MIT */
/* The values that stand dim in a form: one row a field. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/choices.h"

static char *today(const struct casework *w)
{
    char out[DATE_SIZE];
    return xstrdup(date_format(instant_date(w->now), out));
}

static char *right_now(const struct casework *w)
{
    (void)w;
    return xstrdup("now");
}

static char *only_person(const struct casework *w)
{
    return w->person_count == 1 ? xasprintf("%ld", w->persons[0]) : NULL;
}

static char *all_unlocked(const struct casework *w)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < w->person_count; i++)
        if (!case_locked(&w->c, w->persons[i]))
            buf_addf(&out, "%s%ld", out.size ? ", " : "", w->persons[i]);
    return out.size ? buf_detach(&out) : NULL;
}

static char *next_person(const struct casework *w)
{
    return xasprintf("%ld", w->person_count ? w->persons[w->person_count - 1] + 1 : 1);
}

static char *next_number(const struct casework *w, enum act_kind kind, const char *key)
{
    long last = 0;
    for (const struct entry *e = NULL; w->has_case && (e = case_next(&w->c, e, kind));)
        last = entry_number(e, key) > last ? entry_number(e, key) : last;
    return xasprintf("%ld", last + 1);
}

static char *next_document(const struct casework *w)
{
    return next_number(w, ACT_DOCUMENT, "document");
}

static char *next_group(const struct casework *w)
{
    return next_number(w, ACT_GROUP, "group");
}

static char *own_state(const struct casework *w)
{
    return xstrdup(store_post(w->store)->state);
}

static char *text_or_null(const char *text)
{
    return text && *text ? xstrdup(text) : NULL;
}

static char *requesting_state(const struct casework *w)
{
    return w->has_case ? text_or_null(case_requesting_state(&w->c)) : own_state(w);
}

static char *last_round(const struct casework *w)
{
    return casework_round(w) ? xasprintf("%ld", casework_round(w)) : NULL;
}

static char *next_round(const struct casework *w)
{
    return xasprintf("%ld", casework_round(w) + 1);
}

static bool urgent(const struct casework *w)
{
    return w->has_case && strcmp(case_priority(&w->c), "routine") != 0;
}

/* Three working days to reply; four hours where it is urgent (the text sets none). */
static char *reply_deadline(const struct casework *w)
{
    if (urgent(w)) {
        char out[INSTANT_SIZE];
        struct instant at = instant_add_seconds(w->now, 4 * 3600 - w->now.seconds % 60);
        return xstrdup(instant_format(at, out));
    }
    struct date day = instant_date(w->now);
    for (int working = 0; working < 3;) {
        day = date_add_days(day, 1);
        int weekday = (int)(((date_number(day) + 3) % 7 + 7) % 7); /* 0: Monday */
        working += weekday < 5;
    }
    char out[DATE_SIZE];
    return xstrdup(date_format(day, out));
}

static char *candidates(const struct casework *w)
{
    struct buf out = BUF_INIT;
    if (w->assessed)
        for (size_t i = 0; i < w->result.candidate_count; i++)
            buf_addf(&out, "%s%s", i ? ", " : "", w->result.candidates[i].state);
    return out.size ? buf_detach(&out) : NULL;
}

static const char *chosen(const struct casework *w)
{
    const struct entry *choice = w->has_case ? case_last(&w->c, ACT_CHOOSE) : NULL;
    return choice ? entry_text(choice, "state") : "";
}

static char *chosen_state(const struct casework *w)
{
    return text_or_null(chosen(w));
}

/* The first post of that State in the country, or NULL. */
static const json_t *post_of(const struct casework *w, const char *state)
{
    size_t i;
    json_t *post;
    json_array_foreach(json_object_get(w->directory, "posts"), i, post)
    {
        const char *owner = json_string_value(json_object_get(post, "state"));
        if (owner && strcmp(owner, state) == 0)
            return post;
    }
    return NULL;
}

static char *city_of(const struct casework *w, const char *state)
{
    return text_or_null(json_string_value(json_object_get(post_of(w, state), "city")));
}

/* The kind of post as its name: an embassy is the Embassy. */
static char *office_of(const struct casework *w, const char *state)
{
    const char *kind = json_string_value(json_object_get(post_of(w, state), "kind"));
    const char *label = kind ? code_label(post_kind_codes, kind) : NULL;
    char *office = label ? xstrdup(_(label)) : NULL;
    if (office && *office >= 'a' && *office <= 'z')
        *office = (char)(*office - 'a' + 'A');
    return office;
}

/* "Embassy of Mexico, Abu Dhabi": who told us what the other side says. */
static char *teller_of(const struct casework *w, const char *state)
{
    char *office = office_of(w, state), *city = city_of(w, state), *out = NULL;
    if (office && city)
        out = xasprintf(_("%s of %s, %s"), office, country_name(state, reader_language), city);
    free(office);
    free(city);
    return out;
}

static char *open_request(const struct casework *w)
{
    const struct entry *note = casework_request(w);
    if (!note)
        return NULL;
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(note->act->id, id);
    return xstrdup(id);
}

static char *assisting_state(const struct casework *w)
{
    if (strcmp(casework_role(w), "assisting") == 0)
        return own_state(w);
    const struct entry *note = casework_request(w);
    const json_t *to = note ? json_object_get(note->payload, "to") : NULL;
    return text_or_null(json_string_value(json_object_get(to, "state")));
}

static char *last_currency(const struct casework *w)
{
    const struct entry *cost = w->has_case ? case_last(&w->c, ACT_COST) : NULL;
    return cost ? text_or_null(entry_text(cost, "currency")) : NULL;
}

static char *event_to_tell(const struct casework *w)
{
    return xstrdup(casework_request(w) ? "request" : "poll");
}

static char *officer(const struct casework *w)
{
    return text_or_null(store_officer(w->store)->name);
}

/* kind 0: in any act. A row with a value needs no function. */
static const struct preset {
    enum act_kind kind;
    const char *path;
    const char *value;
    char *(*make)(const struct casework *w);
    /* The same, where it depends on the State that the form is about. */
    char *(*make_for)(const struct casework *w, const char *state);
} presets[] = {
    {ACT_OPEN, "role", "requesting", NULL, NULL},
    {ACT_OPEN, "requesting_state", NULL, own_state, NULL},
    {ACT_OPEN, "priority", "routine", NULL, NULL},
    {ACT_PERSON, "person", NULL, next_person, NULL},
    {ACT_PERSON, "nationalities[0].state", NULL, requesting_state, NULL},
    {ACT_CHILD, "by", NULL, officer, NULL},
    {ACT_DOCUMENT, "document", NULL, next_document, NULL},
    {ACT_GROUP, "group", NULL, next_group, NULL},
    {ACT_GROUP, "type", "family", NULL, NULL},
    {ACT_CONSENT, "given_by", "self", NULL, NULL},
    {ACT_CONSENT, "form", "oral", NULL, NULL},
    {ACT_WITHDRAW_CONSENT, "form", "oral", NULL, NULL},
    {ACT_REFER, "to", "network", NULL, NULL},
    {ACT_REFER_ANSWER, "to", "network", NULL, NULL},
    {ACT_AUTHORISE, "what", "request", NULL, NULL},
    {ACT_NOTIFY, "event", NULL, event_to_tell, NULL},
    {ACT_POLL, "round", NULL, next_round, NULL},
    {ACT_POLL, "to", NULL, candidates, NULL},
    {ACT_POLL, "reply_by", NULL, reply_deadline, NULL},
    {ACT_REPLY, "round", NULL, last_round, NULL},
    {ACT_DECLINE, "stage", "poll", NULL, NULL},
    {ACT_DECLINE, "round", NULL, last_round, NULL},
    {ACT_NOTE, "kind", "REQ", NULL, NULL},
    {ACT_NOTE, "direction", "out", NULL, NULL},
    {ACT_NOTE, "to.state", NULL, chosen_state, NULL},
    {ACT_NOTE, "to.office", NULL, NULL, office_of},
    {ACT_NOTE, "to.city", NULL, NULL, city_of},
    {ACT_ACCEPT, "state", NULL, assisting_state, NULL},
    {ACT_ACCEPT, "note", NULL, open_request, NULL},
    {ACT_ASSIST, "by", NULL, assisting_state, NULL},
    {ACT_ASSIST, "manner", "good_offices", NULL, NULL},
    {ACT_COST, "currency", NULL, last_currency, NULL},
    {ACT_WITHDRAW, "note", NULL, open_request, NULL},
    {ACT_DATA_RETURN, "state", NULL, assisting_state, NULL},
    {ACT_NONE, "transcribed.from", NULL, NULL, teller_of},
    {ACT_NONE, "transcribed.channel", "email", NULL, NULL},
    {ACT_NONE, "transcribed.on", NULL, today, NULL},
    {ACT_NONE, "person", NULL, only_person, NULL},
    {ACT_NONE, "persons", NULL, all_unlocked, NULL},
    {ACT_NONE, "at", NULL, right_now, NULL},
    {ACT_NONE, "on", NULL, today, NULL},
    {ACT_NONE, "date", NULL, today, NULL},
    {ACT_NONE, "asked_on", NULL, today, NULL},
};

char *default_value(const struct casework *w, enum act_kind kind, const char *path,
                    const char *state)
{
    for (size_t i = 0; i < ARRAY_SIZE(presets); i++) {
        const struct preset *p = &presets[i];
        if ((p->kind && p->kind != kind) || strcmp(p->path, path) != 0)
            continue;
        if (p->make_for)
            return *state ? p->make_for(w, state) : NULL;
        return p->make ? p->make(w) : xstrdup(p->value);
    }
    return NULL;
}
