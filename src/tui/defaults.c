/* SPDX-License-Identifier: MIT */
/* The values that stand dim in a form: one row a field. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/receivable.h"
#include "amparo/agreement/task.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/calendars.h"
#include "amparo/store/meetings.h"
#include "amparo/store/settings.h"
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

static const struct entry *last_person(const struct casework *w)
{
    return w->has_case ? case_last(&w->c, ACT_PERSON) : NULL;
}

/* Who comes after somebody of a group mostly belongs to it. */
static char *same_group(const struct casework *w)
{
    const struct entry *last = last_person(w);
    long group = last ? entry_number(last, "group") : 0;
    return group ? xasprintf("%ld", group) : NULL;
}

static char *still_together(const struct casework *w)
{
    const struct entry *last = last_person(w);
    return last && entry_bool(last, "keep_together") ? xstrdup("yes") : NULL;
}

static char *own_state(const struct casework *w)
{
    return xstrdup(store_post(w->store)->state);
}

/* The Secretariat takes no side; a post abroad mostly helps those of others, a capital its own. */
static char *usual_role(const struct casework *w)
{
    const struct post_profile *post = store_post(w->store);
    if (post_is_secretariat(post))
        return xstrdup("observer");
    return xstrdup(strcmp(post->country, post->state) == 0 ? "requesting" : "assisting");
}

static bool usually_requests(const struct casework *w)
{
    char *role = usual_role(w);
    bool is = strcmp(role, "requesting") == 0;
    free(role);
    return is;
}

/* Whom one helps stands before one's door. */
static char *usual_place(const struct casework *w)
{
    const struct post_profile *post = store_post(w->store);
    return !post_is_secretariat(post) && !usually_requests(w) ? xstrdup(post->country) : NULL;
}

static char *usual_nationality(const struct casework *w)
{
    return usually_requests(w) ? own_state(w) : NULL;
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

/* The States that are polled, as the form begins with them; false: there is no further one. */
static bool polled_state(const struct casework *w, size_t i, const char **state)
{
    if (!w->assessed || i >= w->result.candidate_count)
        return false;
    *state = w->result.candidates[i].state;
    return true;
}

/* Each State polled has its working days to reply: the last of those days. */
static bool last_reply_day(const struct casework *w, long days, const char *now,
                           char last[INSTANT_SIZE])
{
    const char *state = "";
    char day[INSTANT_SIZE];

    last[0] = '\0';
    for (size_t i = 0; polled_state(w, i, &state) || !i; i++) { /* none known: as one works here */
        struct country_calendar calendar;
        if (!calendar_read(w->store, state, &calendar, NULL))
            return false;
        deadline_of(UNIT_WORKING_DAYS, days, now, &calendar.calendar, day);
        country_calendar_release(&calendar);
        if (strcmp(day, last) > 0)
            memcpy(last, day, INSTANT_SIZE);
    }
    return *last;
}

/* As the post has set it; hours where it is urgent, to the full minute. */
static char *reply_deadline(const struct casework *w)
{
    bool in_haste = urgent(w);
    char now[INSTANT_SIZE], due[INSTANT_SIZE];
    long number;

    if (!settings_number(w->store, in_haste ? SETTING_URGENT_REPLY : SETTING_REPLY, &number, NULL))
        return NULL;
    instant_format(instant_add_seconds(w->now, -(w->now.seconds % 60)), now);
    bool known = in_haste ? deadline_of(UNIT_HOURS, number, now, NULL, due)
                          : last_reply_day(w, number, now, due);
    return known ? xstrdup(due) : NULL;
}

static char *candidates(const struct casework *w)
{
    struct buf out = BUF_INIT;
    const char *state;
    for (size_t i = 0; polled_state(w, i, &state); i++)
        buf_addf(&out, "%s%s", i ? ", " : "", state);
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

/* Who told us last, where but one State tells us anything. */
static char *last_teller(const struct casework *w)
{
    const struct entry *last = NULL;
    for (size_t i = 0; w->has_case && i < w->c.count; i++)
        if (entry_transcribed(&w->c.entries[i]))
            last = &w->c.entries[i];
    if (!last || strcmp(casework_role(w), "requesting") == 0)
        return NULL;
    const json_t *told = json_object_get(last->payload, act_transcribed_field.key);
    return text_or_null(json_string_value(json_object_get(told, "from")));
}

/* "Embassy of Mexico, Abu Dhabi": who told us what the other side says. */
static char *teller_of(const struct casework *w, const char *state)
{
    char *office = office_of(w, state), *city = city_of(w, state), *out = NULL;
    if (office && city)
        out = xasprintf(_("%s of %s, %s"), office, country_name(state, reader_language), city);
    free(office);
    free(city);
    return out ? out : last_teller(w);
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
    return to ? text_or_null(json_string_value(json_object_get(to, "state"))) : chosen_state(w);
}

/* The side that we are on, where its answers are ours. */
static char *our_answer(const struct casework *w)
{
    return strcmp(casework_role(w), "assisting") == 0 ? own_state(w) : NULL;
}

/* Who writes to us: the State whose request we hold, or the one that we asked. */
static char *other_side(const struct casework *w)
{
    return strcmp(casework_role(w), "requesting") == 0 ? assisting_state(w) : requesting_state(w);
}

static void add_number(struct buf *out, long person)
{
    buf_addf(out, "%s%ld", out->size ? ", " : "", person);
}

static bool has_ground(const struct casework *w, long person)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_GROUND));)
        if (entry_number(e, "person") == person)
            return true;
    return false;
}

static bool has_child_form(const struct casework *w, long person)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_CHILD));)
        if (entry_number(e, "person") == person)
            return true;
    return false;
}

/* The first child of whom nothing is recorded yet (7.4). */
static char *child_without_form(const struct casework *w)
{
    char day[DATE_SIZE];
    date_format(instant_date(w->now), day);
    for (size_t i = 0; i < w->person_count; i++)
        if (case_minor(&w->c, w->persons[i], day) == KNOWN_TRUE &&
            !has_child_form(w, w->persons[i]))
            return xasprintf("%ld", w->persons[i]);
    return only_person(w);
}

static char *without_ground(const struct casework *w)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < w->person_count; i++)
        if (!case_locked(&w->c, w->persons[i]) && !has_ground(w, w->persons[i]))
            add_number(&out, w->persons[i]);
    return out.size ? buf_detach(&out) : all_unlocked(w);
}

/* Has the person consented to what comes next: P3, then P4 to the State chosen? */
static bool has_consented(const struct casework *w, long person)
{
    const char *state = chosen(w);
    return case_consents(&w->c, person, *state ? "P4" : "P3", *state ? state : NULL);
}

/* Of children, or of the others: all, or who has not consented yet. */
static void list_persons(const struct casework *w, bool minors, bool silent, struct buf *out)
{
    char day[DATE_SIZE];
    date_format(instant_date(w->now), day);
    for (size_t i = 0; i < w->person_count; i++) {
        long person = w->persons[i];
        bool minor = case_minor(&w->c, person, day) == KNOWN_TRUE;
        if (minor == minors && !case_locked(&w->c, person) && !(silent && has_consented(w, person)))
            add_number(out, person);
    }
}

/*
 * The grown-up first, with one word; then the children, for whom others speak; and for whatever
 * other purpose the grown-up again. True where those in `out` are children.
 */
static bool list_consenters(const struct casework *w, struct buf *out)
{
    static const struct {
        bool minors, silent;
    } turns[] = {{false, true}, {true, true}, {false, false}, {true, false}};
    bool minors = false;
    for (size_t i = 0; !out->size && i < ARRAY_SIZE(turns); i++) {
        minors = turns[i].minors;
        list_persons(w, minors, turns[i].silent, out);
    }
    return minors && out->size;
}

static char *consenters(const struct casework *w)
{
    struct buf out = BUF_INIT;
    list_consenters(w, &out);
    return out.size ? buf_detach(&out) : NULL;
}

/* What of somebody's consent lets their name out (P4 to P8), as far as it stands. */
static char *purposes_out(const struct casework *w)
{
    static const char *const purposes[] = {"P4", "P5", "P6", "P7", "P8"};
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < ARRAY_SIZE(purposes); i++)
        for (size_t j = 0; j < w->person_count; j++)
            if (case_consents(&w->c, w->persons[j], purposes[i], NULL)) {
                buf_addf(&out, "%s%s", out.size ? ", " : "", purposes[i]);
                break;
            }
    return out.size ? buf_detach(&out) : NULL;
}

static char *usual_giver(const struct casework *w)
{
    struct buf out = BUF_INIT;
    bool children = list_consenters(w, &out);
    buf_release(&out);
    return xstrdup(children ? "parent" : "self");
}

static char *last_currency(const struct casework *w)
{
    const struct entry *cost = w->has_case ? case_last(&w->c, ACT_COST) : NULL;
    return cost ? text_or_null(entry_text(cost, "currency")) : NULL;
}

/* Who has our data; or whose data we have. */
static char *data_of(const struct casework *w)
{
    return strcmp(casework_role(w), "assisting") == 0 ? requesting_state(w) : assisting_state(w);
}

/* What is confirmed is what was asked. */
static char *of_data_return(const struct casework *w, const char *key)
{
    const struct entry *asked = w->has_case ? case_last(&w->c, ACT_DATA_RETURN) : NULL;
    return asked ? text_or_null(entry_text(asked, key)) : NULL;
}

static char *asked_before(const struct casework *w)
{
    char *day = of_data_return(w, "asked_on");
    return day ? day : today(w);
}

static char *returned_before(const struct casework *w)
{
    return of_data_return(w, "form");
}

/* The State of citizenship; an assisting post advances it (Art. 8). */
static char *usual_source(const struct casework *w)
{
    return xstrdup(strcmp(casework_role(w), "assisting") == 0 ? "assisting_advance"
                                                              : "state_of_citizenship");
}

/* The one of which something is left; NULL where there are several. */
static char *only_advance(const struct casework *w)
{
    size_t count = 0, open = 0;
    struct receivable *list = w->has_case ? receivables_of(&w->c, &count) : NULL;
    char id[2 * ACT_ID_SIZE + 1] = "";
    for (size_t i = 0; i < count; i++)
        if (receivable_left(&list[i]) && !open++)
            act_id_hex(list[i].cost->act->id, id);
    free(list);
    return open == 1 ? xstrdup(id) : NULL;
}

static char *event_to_tell(const struct casework *w)
{
    return xstrdup(casework_request(w) ? "request" : "poll");
}

/* The next meeting of the network, where the calendar has one; else its name and day are typed. */
static char *next_meeting(const struct casework *w, char day[DATE_SIZE])
{
    struct error none = ERROR_INIT;
    struct meeting m;
    char *name = NULL;
    if (store_meeting(w->store, "next", &m, &none)) {
        name = xasprintf("%s, %s", m.network, m.place);
        memcpy(day, m.day, DATE_SIZE);
        meeting_release(&m);
    }
    error_release(&none);
    return name;
}

static char *meeting_name(const struct casework *w)
{
    char day[DATE_SIZE];
    return next_meeting(w, day);
}

static char *meeting_day(const struct casework *w)
{
    char day[DATE_SIZE];
    char *name = next_meeting(w, day), *out = name ? xstrdup(day) : today(w);
    free(name);
    return out;
}

static char *is_pending(const struct casework *w)
{
    return w->has_case && !case_closed(&w->c) ? xstrdup("yes") : NULL;
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
    {ACT_OPEN, "role", NULL, usual_role, NULL},
    {ACT_OPEN, "receiving_state", NULL, usual_place, NULL},
    {ACT_OPEN, "requesting_state", NULL, usual_nationality, NULL},
    {ACT_OPEN, "priority", "routine", NULL, NULL},
    {ACT_PERSON, "person", NULL, next_person, NULL},
    {ACT_PERSON, "nationalities[0].state", NULL, requesting_state, NULL},
    {ACT_PERSON, "group", NULL, same_group, NULL},
    {ACT_PERSON, "keep_together", NULL, still_together, NULL},
    {ACT_CHILD, "person", NULL, child_without_form, NULL},
    {ACT_CHILD, "by", NULL, officer, NULL},
    {ACT_DOCUMENT, "document", NULL, next_document, NULL},
    {ACT_GROUP, "group", NULL, next_group, NULL},
    {ACT_GROUP, "type", "family", NULL, NULL},
    {ACT_GROUND, "person", NULL, without_ground, NULL},
    {ACT_CONSENT, "person", NULL, consenters, NULL},
    {ACT_CONSENT, "given_by", NULL, usual_giver, NULL},
    {ACT_CONSENT, "form", "oral", NULL, NULL},
    {ACT_WITHDRAW_CONSENT, "purposes", NULL, purposes_out, NULL},
    {ACT_WITHDRAW_CONSENT, "form", "oral", NULL, NULL},
    {ACT_REFER, "to", "network", NULL, NULL},
    {ACT_REFER_ANSWER, "to", "network", NULL, NULL},
    {ACT_AUTHORISE, "what", "request", NULL, NULL},
    {ACT_NOTIFY, "event", NULL, event_to_tell, NULL},
    {ACT_POLL, "round", NULL, next_round, NULL},
    {ACT_POLL, "to", NULL, candidates, NULL},
    {ACT_POLL, "reply_by", NULL, reply_deadline, NULL},
    {ACT_REPLY, "state", NULL, our_answer, NULL},
    {ACT_REPLY, "round", NULL, last_round, NULL},
    {ACT_DECLINE, "state", NULL, our_answer, NULL},
    {ACT_DECLINE, "stage", "poll", NULL, NULL},
    {ACT_DECLINE, "round", NULL, last_round, NULL},
    {ACT_NOTE, "kind", "REQ", NULL, NULL},
    {ACT_NOTE, "direction", "out", NULL, NULL},
    {ACT_NOTE, "to.state", NULL, chosen_state, NULL},
    {ACT_NOTE, "to.office", NULL, NULL, office_of},
    {ACT_NOTE, "to.city", NULL, NULL, city_of},
    {ACT_NOTE, "from.state", NULL, other_side, NULL},
    {ACT_NOTE, "from.office", NULL, NULL, office_of},
    {ACT_NOTE, "from.city", NULL, NULL, city_of},
    {ACT_ACCEPT, "state", NULL, assisting_state, NULL},
    {ACT_ACCEPT, "note", NULL, open_request, NULL},
    {ACT_ASSIST, "by", NULL, assisting_state, NULL},
    {ACT_ASSIST, "manner", "good_offices", NULL, NULL},
    {ACT_COST, "currency", NULL, last_currency, NULL},
    {ACT_COST, "source", NULL, usual_source, NULL},
    {ACT_REFUND, "of", NULL, only_advance, NULL},
    {ACT_REFUND, "step", "paid", NULL, NULL},
    {ACT_WITHDRAW, "note", NULL, open_request, NULL},
    {ACT_DATA_RETURN, "state", NULL, data_of, NULL},
    {ACT_DATA_RETURN, "asked_on", NULL, asked_before, NULL},
    {ACT_DATA_RETURN, "form", NULL, returned_before, NULL},
    {ACT_REPORT, "meeting", NULL, meeting_name, NULL},
    {ACT_REPORT, "on", NULL, meeting_day, NULL},
    {ACT_REPORT, "pending", NULL, is_pending, NULL},
    {ACT_DELIVERY, "sent_on", NULL, today, NULL},
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

static const struct preset *preset_of(enum act_kind kind, const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(presets); i++)
        if ((!presets[i].kind || presets[i].kind == kind) && strcmp(presets[i].path, path) == 0)
            return &presets[i];
    return NULL;
}

char *default_value(const struct casework *w, enum act_kind kind, const char *path,
                    const char *state)
{
    const struct preset *p = preset_of(kind, path);

    if (!p)
        return NULL;
    if (p->make_for)
        return *state ? p->make_for(w, state) : NULL;
    return p->make ? p->make(w) : xstrdup(p->value);
}

bool default_is_given(const struct casework *w, enum act_kind kind, const char *path)
{
    const struct preset *p = preset_of(kind, path);

    if (!p)
        return false;
    if (p->make == next_person || p->make == next_document || p->make == next_group ||
        p->make == next_round)
        return true;
    return w->person_count == 1 &&
           (strcmp(p->path, "person") == 0 || strcmp(p->path, "persons") == 0);
}
