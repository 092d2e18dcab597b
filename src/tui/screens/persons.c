/* SPDX-License-Identifier: MIT */
/* The persons of a case: age, nationality, and what must be minded: minors, the protection lock. */
#include <stdlib.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/store/likely.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"

/* ---- what is known of one ---- */

struct ages {
    int youngest, oldest; /* completed years; -1: nothing is known */
};

static struct ages ages_of(const struct entry *person, struct date today)
{
    struct partial_date born;
    struct ages ages = {-1, -1};
    if (!partial_date_parse(entry_text(person, "birth_date"), &born) ||
        partial_date_is_unknown(born))
        return ages;
    ages.youngest = date_age(partial_date_youngest(born), today);
    ages.oldest = date_age(partial_date_oldest(born), today);
    return ages;
}

/* By the youngest reading, as everywhere. */
static bool is_minor(const struct casework *w, long number)
{
    const struct entry *person = case_person(&w->c, number);
    int age = person ? ages_of(person, instant_date(w->now)).youngest : -1;
    return age >= 0 && age < ADULT_AGE;
}

static bool has_child_act(const struct casework *w, long number)
{
    const struct entry *child = NULL;
    while ((child = case_next(&w->c, child, ACT_CHILD)))
        if (entry_number(child, "person") == number)
            return true;
    return false;
}

static void say_age(struct buf *out, const struct entry *person, struct date today)
{
    struct ages ages = ages_of(person, today);
    if (ages.youngest < 0)
        buf_adds(out, "-");
    else if (ages.youngest == ages.oldest)
        buf_addf(out, "%d", ages.youngest);
    else
        buf_addf(out, "%d-%d", ages.youngest, ages.oldest);
}

/* A group is said anew as a whole. */
static bool is_latest_group(const struct casework *w, const struct entry *group)
{
    const struct entry *later = group;
    while ((later = case_next(&w->c, later, ACT_GROUP)))
        if (entry_number(later, "group") == entry_number(group, "group"))
            return false;
    return true;
}

/* "Honduras, Guatemala?": a mark where it is only declared. */
static void say_nationalities(struct buf *out, const struct entry *person)
{
    const json_t *list = json_object_get(person->payload, "nationalities"), *one;
    size_t i;
    json_array_foreach(list, i, one)
    {
        const char *state = json_string_value(json_object_get(one, "state"));
        const char *proof = json_string_value(json_object_get(one, "proof"));
        if (!state)
            continue;
        buf_addf(out, "%s%s%s", i ? ", " : "", country_name(state, reader_language),
                 proof && strcmp(proof, "declared") == 0 ? "?" : "");
    }
}

static void add_mark(struct buf *out, const char *mark)
{
    buf_addf(out, "%s%s", out->size ? ", " : "", mark);
}

/* "linked with HN-2026-0003 1". */
static void say_links(struct buf *out, struct store *store, const struct casework *w, long number)
{
    struct person_rows rows;
    struct error unsaid = ERROR_INIT;
    if (store_person_links(store, w->reference, number, &rows, &unsaid)) {
        for (size_t i = 0; i < rows.count; i++)
            buf_addf(out, "%s%s %s %ld", out->size ? ", " : "", i ? "" : _("linked with"),
                     rows.list[i].reference, rows.list[i].person);
        person_rows_release(&rows);
    }
    error_release(&unsaid);
}

/* "family 1", as a group act or the person's own record has it. */
static void say_groups(struct buf *out, const struct casework *w, long number)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_GROUP));) {
        const struct field *type = field_find(act_type(ACT_GROUP)->fields, "type");
        const char *label = code_label(type->codes, entry_text(e, "type"));
        if (entry_has_person(e, "persons", number) && is_latest_group(w, e))
            buf_addf(out, "%s%s %ld", out->size ? ", " : "", label ? _(label) : _("group"),
                     entry_number(e, "group"));
    }
}

static void say_marks(struct buf *out, const struct casework *w, long number)
{
    if (case_erased(&w->c, number))
        add_mark(out, _("erased"));
    else if (case_locked(&w->c, number))
        add_mark(out, _("under lock"));
    if (!is_minor(w, number))
        return;
    add_mark(out, _("minor"));
    if (!has_child_act(w, number))
        add_mark(out, _("child's record missing (7.4)"));
}

/* ---- the screen ---- */

static void add_person(struct screen *s, const struct casework *w, long number, int width)
{
    struct body *b = &s->body;
    const struct entry *person = case_person(&w->c, number);
    struct buf row = BUF_INIT, name = BUF_INIT, age = BUF_INIT, states = BUF_INIT, marks = BUF_INIT;
    if (case_erased(&w->c, number))
        buf_adds(&name, _("person erased"));
    else if (case_locked(&w->c, number))
        buf_adds(&name, _("person under lock"));
    else
        describe_person(&name, &w->c, number, reader_language);
    say_age(&age, person, instant_date(w->now));
    say_nationalities(&states, person);
    say_marks(&marks, w, number);
    buf_addf(&row, "%2ld ", number);
    column(&row, buf_text(&name), width >= 100 ? 44 : width >= 70 ? 36 : width - 12);
    column(&row, buf_text(&age), 5);
    if (width >= 70)
        buf_adds(&row, buf_text(&states));
    body_row(b, number, NULL, "%s", buf_text(&row));
    body_numbered(b);
    if (width < 70 && states.size)
        body_line(b, BODY_DIM, "     %s", buf_text(&states));
    say_groups(&marks, w, number);
    say_links(&marks, s->app->store, w, number);
    if (marks.size)
        body_line(b, BODY_PLAIN, "     %s", buf_text(&marks));
    buf_release(&row);
    buf_release(&name);
    buf_release(&age);
    buf_release(&states);
    buf_release(&marks);
}

static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    for (size_t i = 0; i < w->person_count; i++)
        add_person(s, w, w->persons[i], width);
    if (!w->person_count)
        body_empty(&s->body, width, _("Nobody is recorded yet: n records who the case is about."));
}

/* ---- what can be done ---- */

static const struct entry *focused(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct casework *w = casescreen_work(s);
    return row && w->has_case ? case_person(&w->c, row->tag) : NULL;
}

static bool on_row(const struct screen *s)
{
    return focused(s) != NULL;
}

static bool on_person(const struct screen *s)
{
    return on_row(s) && !case_erased(&casescreen_work(s)->c, body_focused(&s->body)->tag);
}

static bool on_minor(const struct screen *s)
{
    return on_row(s) && is_minor(casescreen_work(s), body_focused(&s->body)->tag);
}

static bool on_locked(const struct screen *s)
{
    return on_person(s) && case_locked(&casescreen_work(s)->c, body_focused(&s->body)->tag);
}

static void read_row(struct screen *s)
{
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(focused(s)->act->id, id);
    actview_push(s->app, casescreen_work(s)->reference, id);
}

static void correct(struct screen *s)
{
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(focused(s)->act->id, id);
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_PERSON,
                                              .slot = body_focused(&s->body)->tag,
                                              .correct = id});
}

static void another(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    long next = w->person_count ? w->persons[w->person_count - 1] + 1 : 1;
    actform_push(s->app,
                 &(struct form_order){.reference = w->reference, .kind = ACT_PERSON, .slot = next});
}

/* The form of an act about the person of the row. */
static void form_about(struct screen *s, enum act_kind kind)
{
    long person = body_focused(&s->body)->tag;
    struct buf number = BUF_INIT;
    buf_addf(&number, "%ld", person);
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = kind,
                                              .slot = person,
                                              .presets = {{"person", buf_text(&number)}}});
    buf_release(&number);
}

static void child(struct screen *s)
{
    form_about(s, ACT_CHILD);
}

static void consent(struct screen *s)
{
    form_about(s, ACT_CONSENT);
}

static void document(struct screen *s)
{
    struct buf number = BUF_INIT, next = BUF_INIT;
    long person = body_focused(&s->body)->tag, last = 0;
    for (const struct entry *e = NULL; (e = case_next(&casescreen_work(s)->c, e, ACT_DOCUMENT));)
        if (entry_number(e, "person") == person && entry_number(e, "document") > last)
            last = entry_number(e, "document");
    buf_addf(&number, "%ld", person);
    buf_addf(&next, "%ld", last + 1);
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_DOCUMENT,
                                              .slot = 100 * person + last + 1,
                                              .presets = {{"person", buf_text(&number)},
                                                          {"document", buf_text(&next)}}});
    buf_release(&number);
    buf_release(&next);
}

static void group(struct screen *s)
{
    casescreen_form(s, ACT_GROUP);
}

static void likely(struct screen *s)
{
    likely_push(s->app, casescreen_work(s)->reference, body_focused(&s->body)->tag);
}

/* The first link of the person that is said here: where it is said, there it is ended. */
static void unlink_row(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    long person = body_focused(&s->body)->tag;
    struct person_rows rows;
    struct error err = ERROR_INIT;
    if (!store_person_links(s->app->store, w->reference, person, &rows, &err)) {
        app_say_error(s->app, &err);
        return;
    }
    size_t i = 0;
    while (i < rows.count && !rows.list[i].is_here)
        i++;
    if (i < rows.count) {
        struct buf number = BUF_INIT, other = BUF_INIT;
        buf_addf(&number, "%ld", person);
        buf_addf(&other, "%ld", rows.list[i].person);
        actform_push(s->app, &(struct form_order){.reference = w->reference,
                                                  .kind = ACT_UNLINK,
                                                  .slot = person,
                                                  .presets = {{"person", buf_text(&number)},
                                                              {"case", rows.list[i].reference},
                                                              {"other", buf_text(&other)}}});
        buf_release(&number);
        buf_release(&other);
    } else if (rows.count) {
        app_say(s->app, _("The link is recorded in %s: it is ended there."),
                rows.list[0].reference);
    } else {
        app_say(s->app, "%s", _("This person is linked with nobody."));
    }
    person_rows_release(&rows);
}

static void lift(struct screen *s)
{
    form_about(s, ACT_LIFT_LOCK);
}

static void withdraw(struct screen *s)
{
    form_about(s, ACT_WITHDRAW_CONSENT);
}

/* Whoever is under the lock is referred to those who are not that State's. */
static void refer(struct screen *s)
{
    long person = body_focused(&s->body)->tag;
    bool locked = case_locked(&casescreen_work(s)->c, person);
    struct buf number = BUF_INIT;
    buf_addf(&number, "%ld", person);
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_REFER,
                                              .slot = person,
                                              .presets = {{"persons", buf_text(&number)},
                                                          {"to", locked ? "unhcr" : "network"}}});
    buf_release(&number);
}

static void erase(struct screen *s)
{
    form_about(s, ACT_ERASE_REQUEST);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows all that is recorded of the person of this line."),
     read_row, on_row},
    {TK_NONE, "m", N_("minor"), N_("Records what 7.4 asks for a child: care, views, interests."),
     child, on_minor},
    {TK_NONE, "L", N_("lift lock"),
     N_("Lifts the protection lock, after counselling and with consent: a head of post's act."),
     lift, on_locked},
    {TK_NONE, "n", N_("another"), N_("Records a further person."), another, NULL},
    {TK_NONE, "d", N_("documents"), N_("Records a further document, or one to be issued."),
     document, on_person},
    {TK_NONE, "g", N_("group"), N_("Records who belongs together: a family, who travels along."),
     group, on_row},
    {TK_NONE, "s", N_("same?"), N_("Shows who of the whole file may be the same person."), likely,
     on_person},
    {TK_NONE, "u", N_("unlink"), N_("Ends the link of this person with another case."), unlink_row,
     on_person},
    {TK_NONE, "c", N_("correct"), N_("Corrects what is recorded: both stay in the history."),
     correct, on_person},
    {TK_NONE, "o", N_("consent"), N_("Records this person's consent."), consent, on_person},
    {TK_NONE, "w", N_("withdraws"),
     N_("Records that this person takes consent back: it holds at once."), withdraw, on_person},
    {TK_NONE, "r", N_("refer"),
     N_("Records a referral of this person: to the network, UNHCR, IOM or others."), refer,
     on_person},
    {TK_NONE, "E", N_("erase"),
     N_("Asks that the data of this person be erased; another officer confirms it."), erase,
     on_person},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type persons_type = {
    .name = "persons",
    .title = N_("Persons"),
    .about = N_("Who the case is about. Age is counted by the earliest and the latest birth date "
                "possible; whoever may be under 18 counts as a minor. A question mark: the "
                "nationality is only declared. Under lock: nothing of the person leaves this post "
                "towards their own State."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void persons_push(struct app *app, const char *reference)
{
    casescreen_push(app, &persons_type, sizeof(struct casescreen), reference);
}
