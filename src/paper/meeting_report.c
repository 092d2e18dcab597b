/* SPDX-License-Identifier: MIT */
/* The report of 7.7, of meeting.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/number.h"
#include "amparo/paper/copy.h"
#include "amparo/paper/document.h"
#include "amparo/paper/letterhead.h"
#include "amparo/paper/meeting.h"
#include "meeting_words.h"

enum { LABEL = 22 };

/* A line with a label; nothing where there is nothing to say. Takes what stands in `text`. */
static void put_line(const struct meeting_pages *r, const char *label, struct buf *text)
{
    struct buf name = BUF_INIT;

    meeting_add_word(r, "report", label, &name);
    if (text->size)
        paper_labelled(r->p, buf_text(&name), LABEL, buf_text(text));
    buf_release(&name);
    buf_release(text);
}

static void put_text(const struct meeting_pages *r, const char *label, const char *text)
{
    struct buf out = BUF_INIT;

    buf_adds(&out, text);
    put_line(r, label, &out);
}

/* ---- one case ---- */

static void put_persons(const struct meeting_pages *r, const json_t *persons)
{
    struct buf out = BUF_INIT, count = BUF_INIT;
    json_t *person;
    size_t i;

    json_array_foreach(persons, i, person)
    {
        struct buf one = BUF_INIT;
        if (json_object_get(person, "age"))
            meeting_add_word(r, "age", payload_text(person, "age"), &one);
        if (json_array_size(json_object_get(person, "nationalities")))
            meeting_add_next(&one, ", ");
        meeting_add_countries(r, json_object_get(person, "nationalities"), &one);
        if (one.size) {
            meeting_add_part(r, &out);
            buf_adds(&out, buf_text(&one));
        }
        buf_release(&one);
    }
    buf_addf(&count, out.size ? "%zu (%s)" : "%zu", json_array_size(persons), buf_text(&out));
    put_line(r, "who", &count);
    buf_release(&out);
}

static void put_nature(const struct meeting_pages *r, const json_t *c)
{
    struct buf nature = BUF_INIT, where = BUF_INIT, of = BUF_INIT;

    meeting_add_codes(r, "ground", json_object_get(c, "grounds"), &nature);
    if (json_is_true(json_object_get(c, "conflict"))) {
        meeting_add_next(&nature, ", ");
        meeting_add_word(r, "report", "conflict", &nature);
    }
    put_line(r, "nature", &nature);
    if (json_object_get(c, "receiving"))
        meeting_add_country(r, payload_text(c, "receiving"), &where);
    put_line(r, "where", &where);
    if (json_object_get(c, "requesting"))
        meeting_add_country(r, payload_text(c, "requesting"), &of);
    put_line(r, "of", &of);
    put_persons(r, json_object_get(c, "persons"));
}

/* What was given, by which Member State; then what was written of it. */
static void put_provided(const struct meeting_pages *r, const json_t *c)
{
    struct buf out = BUF_INIT;
    json_t *help;
    size_t i;

    json_array_foreach(json_object_get(c, "help"), i, help)
    {
        struct buf kinds = BUF_INIT;
        meeting_add_codes(r, "assist", json_object_get(help, "kinds"), &kinds);
        meeting_add_part(r, &out);
        meeting_add_country(r, payload_text(help, "state"), &out);
        paper_colon(r->language, &out);
        buf_adds(&out, buf_text(&kinds));
        buf_release(&kinds);
    }
    if (*payload_text(c, "provided")) {
        meeting_add_next(&out, ". ");
        buf_adds(&out, payload_text(c, "provided"));
    }
    if (!out.size)
        meeting_add_word(r, "report", "nothing", &out);
    put_line(r, "provided", &out);
}

static void put_dates(const struct meeting_pages *r, const json_t *c)
{
    static const char *const steps[] = {"opened", "poll", "reply", "note", "help", "closed"};
    const json_t *dates = json_object_get(c, "dates");
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        if (!json_object_get(dates, steps[i]))
            continue;
        meeting_add_part(r, &out);
        meeting_add_word(r, "step", steps[i], &out);
        buf_addc(&out, ' ');
        paper_day(r->language, payload_text(dates, steps[i]), &out);
    }
    put_line(r, "dates", &out);
}

static void put_delays(const struct meeting_pages *r, const json_t *c)
{
    struct buf out = BUF_INIT;
    json_t *delay;
    size_t i;

    json_array_foreach(json_object_get(c, "delays"), i, delay)
    {
        meeting_add_part(r, &out);
        meeting_add_span(r, delay, &out);
        paper_colon(r->language, &out);
        meeting_add_hours(r, payload_number(delay, "hours"), &out);
    }
    put_line(r, "delays", &out);
}

static void put_costs(const struct meeting_pages *r, const json_t *c)
{
    struct buf out = BUF_INIT;
    json_t *cost;
    size_t i;

    json_array_foreach(json_object_get(c, "costs"), i, cost)
    {
        meeting_add_part(r, &out);
        meeting_add_word(r, "source", payload_text(cost, "source"), &out);
        paper_colon(r->language, &out);
        buf_addf(&out, "%s ", payload_text(cost, "currency"));
        number_say(&out, payload_text(cost, "amount"), r->language->tr);
    }
    put_line(r, "costs", &out);
}

static void put_conclusion(const struct meeting_pages *r, const json_t *c)
{
    struct buf outcome = BUF_INIT, unmet = BUF_INIT;

    meeting_add_codes(r, "outcome", json_object_get(c, "outcome"), &outcome);
    if (json_is_true(json_object_get(c, "pending")))
        meeting_add_word(r, "report", "pending", &outcome);
    put_line(r, "outcome", &outcome);
    meeting_add_codes(r, "need", json_object_get(c, "unmet"), &unmet);
    put_line(r, "unmet", &unmet);
}

static void put_case(const struct meeting_pages *r, const json_t *c)
{
    struct buf head = BUF_INIT, needs = BUF_INIT, late = BUF_INIT;
    size_t begin;

    meeting_add_word(r, "report", "case", &head);
    buf_addf(&head, " %s", payload_text(c, "pseudonym"));
    paper_heading(r->p, buf_text(&head));
    begin = r->p->count;
    if (json_object_get(c, "due"))
        paper_day(r->language, payload_text(c, "due"), &late);
    put_nature(r, c);
    meeting_add_codes(r, "need", json_object_get(c, "needs"), &needs);
    put_line(r, "required", &needs);
    put_provided(r, c);
    put_conclusion(r, c);
    put_line(r, "late", &late);
    put_dates(r, c);
    put_delays(r, c);
    put_costs(r, c);
    put_text(r, "lessons", payload_text(c, "lessons"));
    put_text(r, "proposal", payload_text(c, "proposal"));
    put_text(r, "remarks", payload_text(c, "remarks"));
    put_text(r, "decisions", payload_text(c, "decisions"));
    paper_keep_lines(r->p, begin);
    paper_blank(r->p);
    buf_release(&head);
}

/* ---- all of it ---- */

/* As the post calls it, without its article. */
static void put_network(const struct meeting_pages *r, struct buf *out)
{
    struct buf name = BUF_INIT;

    paper_body(r->language, "network_cp", &name);
    buf_adds(out, paper_without_article(buf_text(&name)));
    buf_release(&name);
}

static void put_head(const struct meeting_pages *r)
{
    const json_t *meeting = json_object_get(r->tree, "meeting");
    struct buf at = BUF_INIT;

    meeting_add_word(r, "report", "title", &r->p->title);
    paper_head(r->p, r->language, r->post, NULL, buf_text(&r->p->title), CLASS_OPEN);
    if (strcmp(payload_text(meeting, "network"), meeting_network) == 0)
        put_network(r, &at);
    else
        buf_adds(&at, payload_text(meeting, "network"));
    buf_addf(&at, ", %s, ", payload_text(meeting, "place"));
    paper_day(r->language, payload_text(meeting, "on"), &at);
    put_line(r, "meeting", &at);
    paper_day(r->language, r->now, &at);
    put_line(r, "figures", &at);
}

static long counted(const struct meeting_pages *r, const char *key)
{
    return payload_number(json_object_get(r->tree, "counted"), key);
}

static void put_summary(const struct meeting_pages *r)
{
    size_t told = json_array_size(json_object_get(r->tree, "cases"));
    long only = counted(r, "concluded") + counted(r, "pending");
    struct buf cases = BUF_INIT, helped = BUF_INIT, left = BUF_INIT;

    meeting_add_word(r, "report", "told", &cases);
    paper_colon(r->language, &cases);
    buf_addf(&cases, "%zu", told);
    if (only) {
        paper_semicolon(r->language, &cases);
        meeting_add_word(r, "report", "counted", &cases);
        paper_colon(r->language, &cases);
        buf_addf(&cases, "%ld", only);
    }
    put_line(r, "cases", &cases);
    meeting_add_countries(r, json_object_get(r->tree, "helpers"), &helped);
    if (!helped.size)
        meeting_add_word(r, "report", "nobody", &helped);
    put_line(r, "helped", &helped);
    meeting_add_codes(r, "trait", json_object_get(r->tree, "left_out"), &left);
    put_line(r, "left_out", &left);
    paper_blank(r->p);
}

/* The cases of which no more may be said than that they were. */
static void put_counted(const struct meeting_pages *r)
{
    static const char *const keys[] = {"concluded", "pending"};
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        if (!counted(r, keys[i]))
            continue;
        if (out.size)
            buf_adds(&out, ", ");
        else
            paper_colon(r->language, &out);
        buf_addf(&out, "%ld (", counted(r, keys[i]));
        meeting_add_word(r, "report", keys[i], &out);
        buf_addc(&out, ')');
    }
    if (out.size) {
        struct buf line = BUF_INIT;
        meeting_add_word(r, "report", "counted_line", &line);
        buf_adds(&line, buf_text(&out));
        paper_paragraph(r->p, buf_text(&line));
        paper_blank(r->p);
        buf_release(&line);
    }
    buf_release(&out);
}

static bool print_report(void *ctx, const struct paper_language *language, struct paper *paper,
                         struct error *err)
{
    struct meeting_pages r = *(const struct meeting_pages *)ctx;
    const json_t *cases = json_object_get(r.tree, "cases");
    struct buf note = BUF_INIT;
    json_t *c;
    size_t i;

    (void)err;
    r.language = language;
    r.p = paper;
    put_head(&r);
    put_summary(&r);
    meeting_overview(&r);
    json_array_foreach(cases, i, c) put_case(&r, c);
    put_counted(&r);
    meeting_add_word(&r, "report", json_array_size(cases) ? "note" : "none", &note);
    if (json_array_size(cases) || !(counted(&r, "concluded") + counted(&r, "pending")))
        paper_paragraph(paper, buf_text(&note));
    buf_release(&note);
    return true;
}

bool meeting_report(struct store *store, const json_t *tree, const char *language,
                    struct paper *out, struct error *err)
{
    char now[INSTANT_SIZE];
    struct meeting_pages pages = {
        .tree = tree, .post = store_post(store), .now = store_now(store, now)};

    return document_in(store, language, print_report, &pages, out, err);
}

bool meeting_enter_taken(struct store *store, const char *day, long copies, struct paper *pages,
                         struct access_copy *entered, struct error *err)
{
    char *what = day ? xasprintf("report %s", day) : xstrdup("statistics");
    const struct access access = {.kind = pages ? ACCESS_PRINT : ACCESS_EXPORT,
                                  .reference = "",
                                  .what = what,
                                  .recipient = "network",
                                  .copies = copies};
    bool ok = pages ? paper_copy(store, &access, NULL, false, pages, entered, err)
                    : access_enter(store, &access, entered, err);

    free(what);
    return ok;
}

/* ---- who stands out ---- */

/* "HN, AE, 18-29, G5": short, for the officer knows the codes. */
static void add_traits(const json_t *one, struct buf *out)
{
    const json_t *person = json_array_get(json_object_get(one, "persons"), 0);
    json_t *ground;
    size_t i;

    buf_adds(out,
             payload_text(json_object_get(person, "nationalities") ? one : NULL, "requesting"));
    if (*payload_text(one, "receiving")) {
        meeting_add_next(out, ", ");
        buf_adds(out, payload_text(one, "receiving"));
    }
    if (*payload_text(person, "age")) {
        meeting_add_next(out, ", ");
        buf_adds(out, payload_text(person, "age"));
    }
    json_array_foreach(json_object_get(one, "grounds"), i, ground)
    {
        meeting_add_next(out, ", ");
        buf_adds(out, json_string_value(ground));
    }
}

void meeting_report_warnings(const json_t *tree, struct buf *out)
{
    json_t *one, *trait;
    size_t i, k;

    json_array_foreach(json_object_get(tree, "unique"), i, one)
    {
        const json_t *cure = json_object_get(one, "leave_out");
        struct buf traits = BUF_INIT, leave = BUF_INIT;
        add_traits(one, &traits);
        json_array_foreach(cure, k, trait)
            buf_addf(&leave, "%s%s", k ? "," : "", json_string_value(trait));
        buf_addf(out, _("%s is the only one like it in the report (%s): "),
                 payload_text(one, "pseudonym"), buf_text(&traits));
        if (leave.size)
            buf_addf(out, _("leave out %s\n"), buf_text(&leave));
        else
            buf_adds(out, _("it may be known; count it only\n"));
        buf_release(&traits);
        buf_release(&leave);
    }
}
