/* SPDX-License-Identifier: MIT */
#include "amparo/paper/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/language.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/paper/letterhead.h"
#include "amparo/store/letterhead.h"
#include "receipt_parts.h"

enum { LABEL = 26, ITEM = 3 };

/* ---- who, and in which language ---- */

static void list_persons(const struct case_file *c, struct buf *out)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(c, persons, ARRAY_SIZE(persons));

    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%ld", i ? ", " : "", persons[i]);
}

long paper_receipt_person(const struct case_file *c, const char *number, struct error *err)
{
    long persons[2], person = 0;
    struct buf list = BUF_INIT;
    char *end = NULL;

    if (number)
        person = strtol(number, &end, 10);
    else if (case_persons(c, persons, ARRAY_SIZE(persons)) == 1)
        person = persons[0];
    list_persons(c, &list);
    if (number && (*end || !case_person(c, person)))
        error_set(err, ERROR_INPUT, _("%s: the case has no such person; it has: %s"), number,
                  list.size ? buf_text(&list) : _("none"));
    else if (!person)
        error_set(err, ERROR_INPUT, _("a receipt is for one person: say which of %s"),
                  list.size ? buf_text(&list) : _("none"));
    else if (case_erased(c, person))
        error_set(err, ERROR_INPUT, _("person %ld was erased"), person);
    else {
        buf_release(&list);
        return person;
    }
    buf_release(&list);
    return 0;
}

bool paper_receipt_may_be_full(const struct case_file *c, long person, struct error *err)
{
    return !case_locked(c, person) ||
           error_set(err, ERROR_REFUSED,
                     _("3: person %ld is under the protection lock: no receipt in full"), person);
}

/* The nth of the languages that an entry has; NULL after the last. */
static const char *language_at(const struct entry *e, const char *key, size_t n)
{
    const json_t *list = e ? json_object_get(e->payload, key) : NULL;

    return json_string_value(json_array_get(list, n));
}

static const char *spoken(const struct entry *e, const char *key)
{
    const char *code;

    for (size_t n = 0; (code = language_at(e, key, n)); n++)
        for (size_t i = 0; locale_languages[i]; i++)
            if (strcmp(locale_languages[i], code) == 0)
                return locale_languages[i];
    return NULL;
}

const char *paper_receipt_language(const struct case_file *c, long person)
{
    const char *own = spoken(case_person(c, person), "languages");

    return own ? own : spoken(case_last(c, ACT_OPEN), "interview_languages");
}

/* ---- what it says ---- */

json_t *receipt_hers(const struct receipt *r, const struct entry *e)
{
    return redact_payload(r->source->c, e->act->kind, e->payload, &r->her);
}

static bool is_about_her(const struct receipt *r, const struct entry *e)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_subjects(r->source->c, e->payload, 0, persons, ARRAY_SIZE(persons));

    for (size_t i = 0; i < count; i++)
        if (persons[i] == r->person)
            return true;
    return false;
}

static void write_office(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;
    const struct post_profile *post = r->source->post;

    paper_office(r->l, post->name, post->state, post->city, out);
}

static void write_city(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;

    buf_adds(out, r->source->post->city);
}

/* Who answers for the case, else who prints: where the post wants it to be said. */
static void write_officer(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;
    const struct entry *open = case_last(r->source->c, ACT_OPEN);
    const char *name = open ? entry_text(open, "responsible") : "";

    if (!r->l->letterhead || !r->l->letterhead->names_officer)
        return;
    buf_adds(out, *name ? name : r->source->officer ? r->source->officer : "");
}

static void write_day(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;

    paper_day(r->l, r->source->now, out);
}

static void write_case(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;

    buf_adds(out, r->source->c->reference);
}

static void write_full(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;

    buf_adds(out, r->full ? "full" : "");
}

/* As in her document, else given names and surnames. */
static void write_name(const void *ctx, struct buf *out)
{
    static const char *const keys[] = {"given_names", "single_name", "surname_1", "surname_2"};
    const struct receipt *r = ctx;
    json_t *payload = receipt_hers(r, case_person(r->source->c, r->person));

    buf_adds(out, payload_text(payload, "full_name_as_in_document"));
    for (size_t i = 0;
         !payload_text(payload, "full_name_as_in_document")[0] && i < ARRAY_SIZE(keys); i++)
        if (*payload_text(payload, keys[i]))
            buf_addf(out, "%s%s", out->size ? " " : "", payload_text(payload, keys[i]));
    json_decref(payload);
}

bool receipt_has_code(const json_t *codes, const char *code)
{
    size_t i;
    json_t *one;

    json_array_foreach((json_t *)(uintptr_t)codes, i, one)
    {
        if (strcmp(json_string_value(one), code) == 0)
            return true;
    }
    return false;
}

/* The codes of what is about her, each once, as words of that list. */
static void add_codes(const struct receipt *r, enum act_kind kind, const char *key,
                      const char *list, struct buf *out)
{
    json_t *codes = json_array();

    for (const struct entry *e = NULL; (e = case_next(r->source->c, e, kind));) {
        json_t *payload = receipt_hers(r, e);
        const char *code = payload_text(payload, key);
        if (is_about_her(r, e) && *code && !receipt_has_code(codes, code))
            json_array_append_new(codes, json_string(code));
        json_decref(payload);
    }
    for (size_t i = 0; i < json_array_size(codes); i++) {
        struct buf word = BUF_INIT;
        paper_word(r->l, list, json_string_value(json_array_get(codes, i)), &word);
        paper_and(r->l, out, i, json_array_size(codes), buf_text(&word));
        buf_release(&word);
    }
    json_decref(codes);
}

static void write_grounds(const void *ctx, struct buf *out)
{
    add_codes(ctx, ACT_GROUND, "code", "ground", out);
}

static void write_needs(const void *ctx, struct buf *out)
{
    add_codes(ctx, ACT_NEED, "need", "need", out);
}

const struct template_field paper_receipt_fields[] = {
    {"office", "our office, with its article", write_office},
    {"city", "our city", write_city},
    {"officer", "who spoke with the person, where the post wants it said", write_officer},
    {"day", "day on which the receipt is printed", write_day},
    {"case", "reference of the case", write_case},
    {"full", "fact: it is the receipt in full", write_full},
    {"name", "name of the person", write_name},
    {"grounds", "the grounds of 7.4 of this person", write_grounds},
    {"needs", "what this person needs", write_needs},
    {"agreed", "what the person agreed to, a line each; in full with the recipients",
     receipt_write_agreed},
    {"held", "what the person holds back from everybody", receipt_write_held},
    {"basis", "fact: something is told without consent", receipt_write_basis},
    {NULL, NULL, NULL},
};

/* ---- the sheet ---- */

static const char *passage(const void *ctx, const char *name)
{
    return paper_passage(((const struct receipt *)ctx)->l, name);
}

/* What is said of each of several hangs beside its sign. */
static void put_line(const struct receipt *r, const char *line)
{
    size_t sign = strlen(receipt_item_sign);

    if (strncmp(line, receipt_item_sign, sign) == 0 && line[sign] == ' ')
        paper_labelled(r->p, receipt_item_sign, ITEM, line + sign + 1);
    else
        paper_paragraph(r->p, line);
}

static void put_lines(const struct receipt *r, char *lines)
{
    char *rest = lines, *line;

    while ((line = strtok_r(rest, "\n", &rest)))
        put_line(r, line);
}

static bool put_text(const struct receipt *r, struct error *err)
{
    const struct template_field *const tables[] = {paper_receipt_fields, NULL};
    const struct template_language language = {tables, paper_seams(r->l), passage, r};
    struct buf text = BUF_INIT;
    bool ok = template_fill(paper_passage(r->l, "receipt"), &language, &text, err);

    for (const char *at = buf_text(&text), *end; *at; at += strspn(at, "\n")) {
        end = strstr(at, "\n\n");
        size_t size = end ? (size_t)(end - at) : strlen(at);
        char *paragraph = xstrndup(at, size);
        put_lines(r, paragraph);
        paper_blank(r->p);
        at += size;
        free_wiped(paragraph);
    }
    buf_release(&text);
    return ok;
}

static void put_labelled(const struct receipt *r, const char *key, const char *text)
{
    struct buf label = BUF_INIT;

    paper_word(r->l, "receipt", key, &label);
    if (*text)
        paper_labelled(r->p, buf_text(&label), LABEL, text);
    else
        paper_entry(r->p, buf_text(&label), LABEL, 1);
    buf_release(&label);
}

/* How the post is reached; what it has not set is written in by hand. */
static void put_reach(const struct receipt *r)
{
    const struct letterhead *l = r->l->letterhead;

    put_labelled(r, "telephone", l ? l->phone : "");
    if (l && *l->email)
        put_labelled(r, "email", l->email);
    if (l && *l->address)
        put_labelled(r, "address", l->address);
}

/* A line to cut along: what is above goes with her, what is below stays here. */
static void put_cut(const struct receipt *r)
{
    struct buf words = BUF_INIT;

    paper_word(r->l, "receipt", "cut", &words);
    paper_cut(r->p, buf_text(&words));
    buf_release(&words);
}

/* What stays here: that she has it, by signature or mark, or why there is none. */
static void put_slip(const struct receipt *r)
{
    static const char *const keys[] = {"aloud", "interpreted", "left"};
    struct buf title = BUF_INIT, handed = BUF_INIT, mark = BUF_INIT, how = BUF_INIT;
    struct buf signed_for = BUF_INIT;
    struct buf ways[ARRAY_SIZE(keys)];
    const char *texts[ARRAY_SIZE(keys)];
    size_t from = r->p->count;

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        buf_init(&ways[i]);
        paper_word(r->l, "receipt", keys[i], &ways[i]);
        texts[i] = buf_text(&ways[i]);
    }
    paper_word(r->l, "receipt", "slip", &title);
    paper_word(r->l, "receipt", "handed", &handed);
    paper_word(r->l, "receipt", "mark", &mark);
    paper_word(r->l, "receipt", "how", &how);
    paper_word(r->l, "receipt", "signed", &signed_for);
    buf_addf(&title, "  %s - %ld", r->source->c->reference, r->person);
    put_cut(r);
    paper_paragraph(r->p, buf_text(&title));
    paper_paragraph(r->p, buf_text(&signed_for));
    paper_entry(r->p, buf_text(&handed), LABEL, 1);
    paper_blank(r->p); /* it may be a thumb's */
    paper_entry(r->p, buf_text(&mark), LABEL, 1);
    paper_ticks(r->p, buf_text(&how), LABEL, ARRAY_SIZE(keys), texts);
    paper_keep_from(r->p, from);
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        buf_release(&ways[i]);
    buf_release(&title);
    buf_release(&handed);
    buf_release(&mark);
    buf_release(&how);
    buf_release(&signed_for);
}

/* ---- what the officer should know before handing it over ---- */

static void add_tongues(const struct entry *person, struct buf *out)
{
    const char *code;

    for (size_t n = 0; (code = language_at(person, "languages", n)); n++) {
        const struct language *known = language_find(code);
        buf_addf(out, "%s%s", n ? ", " : "", known ? dgettext("iso_639-3", known->name) : code);
    }
}

static bool hardly_reads(const struct entry *person)
{
    const char *literacy = entry_text(person, "literacy");

    return strcmp(literacy, "none") == 0 || strcmp(literacy, "little") == 0;
}

void paper_receipt_remarks(const struct case_file *c, long person, const char *language,
                           const struct letterhead *letterhead, struct buf *out)
{
    const struct entry *e = case_person(c, person);
    struct buf tongues = BUF_INIT;

    if (case_locked(c, person))
        buf_addf(out, "%s\n",
                 _("under the protection lock: ask whether any paper is to be carried at all"));
    if (language_at(e, "languages", 0) && !entry_has_text(e, "languages", language)) {
        add_tongues(e, &tongues);
        buf_addf(out, _("who gets it speaks %s: read it with an interpreter\n"),
                 buf_text(&tongues));
    }
    if (hardly_reads(e))
        buf_addf(out, "%s\n", _("who gets it hardly reads: read it aloud"));
    if (!*letterhead->phone)
        buf_addf(out, "%s\n", _("no telephone is set for the letterhead: write it in by hand"));
    buf_release(&tongues);
}

bool paper_receipt(const struct paper_source *source, long person, bool full, struct paper *out,
                   struct error *err)
{
    struct receipt r = {.source = source,
                        .l = source->language,
                        .p = out,
                        .person = person,
                        .full = full && !case_locked(source->c, person)};
    struct buf title = BUF_INIT;

    snprintf(r.number, sizeof r.number, "%ld", person);
    r.her = (struct audience){AUDIENCE_PERSON, NULL, r.number};
    paper_word(r.l, "receipt", "title", &title);
    paper_word(r.l, "layout", "pages", &out->pages);
    buf_adds(&out->title, buf_text(&title));
    paper_letterhead(out, r.l, source->post);
    paper_paragraph(out, buf_text(&title));
    paper_blank(out);
    bool ok = put_text(&r, err);
    put_reach(&r);
    paper_code_here(out);
    put_slip(&r);
    buf_release(&title);
    return ok;
}
