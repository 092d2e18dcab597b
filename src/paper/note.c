/* SPDX-License-Identifier: MIT */
#include "amparo/paper/note.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/letterhead.h"
#include "amparo/paper/value.h"
#include "note_parts.h"

/* Lines left free about initials and seal, that it covers nothing. */
enum { ROOM_ABOVE = 2, ROOM_BELOW = 3 };

/* ---- words ---- */
static const char *passage(const void *ctx, const char *name)
{
    return paper_passage(((const struct note *)ctx)->source->language, name);
}

static struct template_language filled_by(const struct note *n)
{
    return (struct template_language){note_template_fields, paper_seams(n->source->language),
                                      passage, n};
}

/* Appends the passage, filled: paragraphs. */
static bool note_fill(const struct note *n, const char *name, struct buf *out, struct error *err)
{
    const char *source = paper_passage(n->source->language, name);
    struct template_language language = filled_by(n);

    return source ? template_fill(source, &language, out, err)
                  : error_set(err, ERROR_INPUT, "%s: %s", n->source->language->code, name);
}

void note_line(const struct note *n, const char *key, struct buf *out)
{
    struct template_language language = filled_by(n);
    struct buf line = BUF_INIT, text = BUF_INIT;

    if (!paper_word(n->source->language, "layout", key, &line) ||
        !template_fill(buf_text(&line), &language, &text, NULL))
        BUG("a line of the layout is missing or wrong");
    buf_add(out, buf_text(&text), text.size ? text.size - 1 : 0);
    buf_release(&line);
    buf_release(&text);
}

/* ---- by number ---- */
/* "3" is any year's 3; "3/2026" is itself. */
static bool is_number(const char *number, const char *asked)
{
    size_t size = strlen(asked);

    return strcmp(number, asked) == 0 || (strncmp(number, asked, size) == 0 && number[size] == '/');
}

/* Ours by our number; one that came in by its entry (E-045/2026), else by the number it has. */
static size_t count_notes(const struct case_file *c, const char *asked, bool incoming,
                          const struct entry **found)
{
    bool entry = strncmp(asked, "E-", 2) == 0;
    size_t count = 0;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (note_came_in(e) == incoming &&
            is_number(entry ? note_own_number(e) : note_quoted_number(e), asked)) {
            *found = e;
            count++;
        }
    return count;
}

static void list_notes(const struct case_file *c, struct buf *out)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));) {
        struct buf call = BUF_INIT;
        note_call(e, &call);
        if (call.size)
            buf_addf(out, "%s%s %s", out->size ? ", " : "", buf_text(&call), entry_text(e, "kind"));
        buf_release(&call);
    }
}

const struct entry *paper_find_note(const struct case_file *c, const char *number,
                                    struct error *err)
{
    const struct entry *found = NULL;
    struct buf list = BUF_INIT;
    size_t count = count_notes(c, number, false, &found);

    if (!count)
        count = count_notes(c, number, true, &found);
    if (count == 1)
        return found;
    list_notes(c, &list);
    if (count)
        error_set(err, ERROR_INPUT, _("note %s: several have that number: say its year (%s)"),
                  number, buf_text(&list));
    else
        error_set(err, ERROR_INPUT, _("note %s: this case has no such note; it has: %s"), number,
                  list.size ? buf_text(&list) : _("none"));
    buf_release(&list);
    return NULL;
}

/* ---- the sheet ---- */
static void print_head(struct paper *p, const struct note *n)
{
    struct buf number = BUF_INIT, class = BUF_INIT, mark = BUF_INIT;

    note_line(n, n->entry ? "number" : "draft", &number);
    note_line(n, n->class->personal ? "class" : "class_open", &class);
    if (n->entry && n->entry->annulled)
        note_line(n, "annulled", &mark);
    else if (n->entry && note_withholds(n))
        note_line(n, "withheld", &mark);
    paper_ends(p, buf_text(&number), buf_text(&class));
    if (mark.size) {
        paper_blank(p);
        paper_centred(p, buf_text(&mark));
        buf_adds(&number, "  ");
        buf_adds(&number, buf_text(&mark));
    }
    buf_adds(&p->title, buf_text(&number));
    buf_adds(&p->mark, buf_text(&class));
    if (n->entry && n->entry->annulled && !p->draft.size)
        buf_adds(&p->draft, buf_text(&mark));
    else if (!n->entry && !p->draft.size)
        paper_word(n->source->language, "layout", "draft_copy", &p->draft);
    paper_blank(p);
    buf_release(&number);
    buf_release(&class);
    buf_release(&mark);
}

/* Paragraphs of text are separated by an empty line. The last one stays with the foot, and so does
 * the end of the one before: no page has compliments alone. */
static void print_paragraphs(struct paper *p, struct buf *text)
{
    struct buf paragraph = BUF_INIT;
    size_t last = p->count;

    while (text->size && text->data[text->size - 1] == '\n')
        buf_cut(text, text->size - 1);
    for (const char *at = buf_text(text); *at;) {
        const char *end = strstr(at, "\n\n");
        size_t size = end ? (size_t)(end - at) : strlen(at);
        buf_clear(&paragraph);
        buf_add(&paragraph, at, size);
        at += size;
        at += strspn(at, "\n");
        last = p->count;
        paper_paragraph(p, buf_text(&paragraph));
        if (*at)
            paper_blank(p);
        if (*at && !strstr(at, "\n\n"))
            paper_keep_each(p, last, p->count);
    }
    paper_keep_from(p, last);
    buf_release(&paragraph);
}

/* So many lines free, on the page of what is above and below. */
static void print_room(struct paper *p, int lines)
{
    paper_keep(p);
    paper_room(p, lines);
    paper_keep(p);
}

static void print_foot(struct paper *p, const struct note *n)
{
    struct buf place = BUF_INIT, initials = BUF_INIT, to = BUF_INIT;

    note_line(n, "place_date", &place);
    note_line(n, "initials", &initials);
    buf_adds(&initials, "          ");
    note_line(n, "seal", &initials);
    note_line(n, n->class->body ? "to_body" : "to", &to);
    print_room(p, 1);
    paper_right(p, buf_text(&place));
    print_room(p, ROOM_ABOVE);
    paper_right(p, buf_text(&initials));
    print_room(p, ROOM_BELOW);
    paper_paragraph(p, buf_text(&to));
    paper_keep(p);
    paper_paragraph(p, n->addressee.city);
    buf_release(&place);
    buf_release(&initials);
    buf_release(&to);
}

/* What the annex says of a person: no more than help on the spot needs. */
static const char *const person_keys[] = {"full_name_as_in_document",
                                          "surname_1",
                                          "surname_2",
                                          "married_particle",
                                          "given_names",
                                          "single_name",
                                          "known_as",
                                          "sex",
                                          "birth_date",
                                          "age_stated",
                                          "treat_as_child",
                                          "nationalities",
                                          "document_type",
                                          "document_number",
                                          "document_issuer",
                                          "document_expiry",
                                          "document_status",
                                          "languages",
                                          "interpreter",
                                          "disability",
                                          "pregnancy",
                                          "phone",
                                          "safe_to_call",
                                          "safe_times",
                                          "safe_message",
                                          "keep_together",
                                          NULL};
static const char *const document_keys[] = {"type",        "number", "issuer", "authority",
                                            "valid_until", "status", NULL};
/* For an authority of another State: who somebody is, and in which language to speak. */
static const char *const identity_keys[] = {"full_name_as_in_document",
                                            "surname_1",
                                            "surname_2",
                                            "married_particle",
                                            "given_names",
                                            "single_name",
                                            "sex",
                                            "birth_date",
                                            "document_type",
                                            "document_number",
                                            "document_issuer",
                                            "document_expiry",
                                            "languages",
                                            "interpreter",
                                            NULL};
static const char *const place_keys[] = {"locality", "subdivision", "place_type",  "danger_now",
                                         "detained", "detained_by", "detained_at", NULL};
static const char *const ground_keys[] = {"code", "perpetrator", "facts", "when", NULL};
static const char *const child_keys[] = {"accompanied", "care", "guardian", NULL};

static bool is_listed(const char *const *list, const char *key)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

/* A note stays neutral on what a State's own authorities are said to have done (7.4). */
static bool is_accusing(const char *key, const json_t *value)
{
    const char *text = json_string_value(value);

    return strcmp(key, "perpetrator") == 0 && text && strcmp(text, "state_authority") == 0;
}

/* The fields of an entry that are listed, as the audience may have them. */
static void print_entry(struct paper *p, const struct note *n, const struct entry *e,
                        const char *const *keys)
{
    json_t *payload, *kept = json_object();
    const char *key;
    json_t *value;

    if (e) {
        payload = redact_payload(n->source->c, e->act->kind, e->payload, &n->audience);
        json_object_foreach(payload, key,
                            value) if (is_listed(keys, key) && !is_accusing(key, value))
            json_object_set(kept, key, value);
        paper_fields(p, n->source->language, act_type(e->act->kind)->fields, kept, NULL);
        json_decref(payload);
    }
    json_decref(kept);
}

/* All entries of a kind that speak of the person. */
static void print_entries(struct paper *p, const struct note *n, enum act_kind kind, long person,
                          const char *const *keys)
{
    for (const struct entry *e = NULL; (e = case_next(n->source->c, e, kind));)
        if (entry_number(e, "person") == person)
            print_entry(p, n, e, keys);
}

static void print_person(struct paper *p, const struct note *n, long person, bool last)
{
    struct buf title = BUF_INIT;
    size_t begin = p->count;
    bool whole = n->class->annex == ANNEX_PERSONS;

    paper_word(n->source->language, "layout", "person", &title);
    buf_addf(&title, " %ld", person);
    paper_heading(p, buf_text(&title));
    print_entry(p, n, case_person(n->source->c, person), whole ? person_keys : identity_keys);
    print_entries(p, n, ACT_DOCUMENT, person, document_keys);
    if (whole) {
        print_entries(p, n, ACT_CHILD, person, child_keys);
        print_entries(p, n, ACT_GROUND, person, ground_keys);
    }
    if (!last)
        paper_keep_from(p, begin + 1);
    paper_let_go(p);
    buf_release(&title);
}

static void print_particulars(struct paper *p, const struct note *n)
{
    struct buf title = BUF_INIT;

    for (size_t i = 0; i < n->person_count; i++)
        print_person(p, n, n->persons[i], i + 1 == n->person_count);
    if (n->class->annex != ANNEX_PERSONS)
        return;
    note_line(n, "place", &title);
    paper_heading(p, buf_text(&title));
    print_entry(p, n, case_last(n->source->c, ACT_SITUATION), place_keys);
    buf_release(&title);
}

static void print_annex(struct paper *p, const struct note *n)
{
    struct buf title = BUF_INIT, about = BUF_INIT;
    bool costs = n->class->annex == ANNEX_COSTS;

    paper_new_page(p);
    note_line(n, n->entry ? "annex" : "annex_draft", &title);
    note_line(n, costs ? "annex_costs" : "annex_about", &about);
    paper_paragraph(p, buf_text(&title));
    paper_paragraph(p, buf_text(&about));
    if (costs)
        note_print_costs(p, n);
    else
        print_particulars(p, n);
    buf_release(&title);
    buf_release(&about);
}

/* ---- a note that came in: what the register holds of it ---- */
/* By which note it was answered, where it was. */
static void print_answer(struct paper *p, const struct paper_source *source,
                         const struct entry *note)
{
    json_t *slip = note_slip(source->c, note);
    const char *call = payload_text(slip, "answered_by");

    if (*call)
        paper_labelled(p, source->language->tr(N_("Answered by")), PAPER_LABEL, call);
    json_decref(slip);
}

static void print_slip(struct paper *p, const struct paper_source *source, const struct entry *note,
                       const struct audience *audience)
{
    static const struct audience ourselves = {AUDIENCE_POST, NULL, NULL};
    const struct note_class *class = note_class_find(entry_text(note, "kind"));
    const struct paper_language *l = source->language;
    json_t *payload =
        redact_payload(source->c, ACT_NOTE, note->payload, audience ? audience : &ourselves);
    const json_t *transcribed = json_object_get(payload, act_transcribed_field.key);

    paper_name_notes(source->c, act_type(ACT_NOTE)->fields, payload);
    buf_addf(&p->title, "%s  %s  %s", source->c->reference, l->tr(N_("Note received")),
             note_own_number(note));
    paper_head(p, l, source->post, NULL, buf_text(&p->title),
               class && !class->personal ? CLASS_OPEN : CLASS_PERSONAL);
    if (note->annulled) {
        paper_paragraph(p, l->tr(N_("annulled")));
        paper_word(l, "layout", "annulled", &p->draft);
    }
    if (*note_own_number(note))
        paper_labelled(p, l->tr(N_("Entered as")), PAPER_LABEL, note_own_number(note));
    paper_fields(p, l, act_type(ACT_NOTE)->fields, payload, NULL);
    print_answer(p, source, note);
    if (transcribed) {
        struct buf text = BUF_INIT;
        paper_value(l, &act_transcribed_field, transcribed, &text);
        paper_labelled(p, l->tr(act_transcribed_field.label), PAPER_LABEL, buf_text(&text));
        buf_release(&text);
    }
    json_decref(payload);
}

bool paper_note(const struct paper_source *source, const struct entry *note, const json_t *draft,
                const struct audience *audience, struct paper *out, struct error *err)
{
    const json_t *payload = note ? note->payload : draft;
    const char *kind = json_string_value(json_object_get(payload, "kind"));
    const struct note_class *class = note_class_find(kind ? kind : "");
    const char *direction = json_string_value(json_object_get(payload, "direction"));
    struct buf text = BUF_INIT;
    struct note n;

    if (note && direction && strcmp(direction, "in") == 0) {
        print_slip(out, source, note, audience);
        return true;
    }
    if (!class && *payload_text(payload, "text"))
        class = &note_class_other;
    if (!class)
        return error_set(err, ERROR_INPUT, _("note %s: this program has no text for this kind yet"),
                         kind ? kind : "");

    note_put_together(&n, source, class, note, payload, NULL, audience);
    /* As it was finalised elsewhere, where that was recorded; else in our words. */
    bool filled = true, written = *payload_text(n.payload, "text") || !*class->passage;
    if (paper_is_redacted(json_object_get(n.payload, "text")))
        buf_adds(&text, "[\u2026]");
    else if (written)
        buf_adds(&text, payload_text(n.payload, "text"));
    else
        filled = note_fill(&n, class->passage, &text, err);
    if (filled) {
        paper_word(source->language, "layout", "pages", &out->pages);
        out->style = STYLE_NOTE;
        paper_margins(out, PAPER_NOTE_LEFT, PAPER_NOTE_WIDTH);
        paper_letterhead(out, source->language, source->post);
        print_head(out, &n);
        print_paragraphs(out, &text);
        print_foot(out, &n);
        if (class->annex != ANNEX_NONE)
            print_annex(out, &n);
    }
    note_release(&n);
    buf_release(&text);
    return filled;
}

bool paper_poll_text(const struct paper_source *source, const json_t *poll, struct buf *out,
                     struct error *err)
{
    struct note n;
    json_t *none = json_object();
    bool filled = true;

    note_put_together(&n, source, note_class_find("POLL"), NULL, none, poll, NULL);
    const char *own = payload_text(n.poll_payload, "text");
    if (*own)
        buf_adds(out, own);
    else
        filled = note_fill(&n, "poll", out, err);
    note_release(&n);
    json_decref(none);
    return filled;
}

/* ---- for the tests ---- */
const struct template_field *const *paper_note_fields(void)
{
    return note_template_fields;
}

static void check_layout(const struct note *n, struct error *err)
{
    struct template_language language = filled_by(n);
    struct buf key = BUF_INIT, word = BUF_INIT, out = BUF_INIT;

    for (size_t i = 0; paper_word_at(n->source->language, "layout", i, &key, &word); i++) {
        if (strncmp(buf_text(&key), "date", 4) != 0 &&
            !template_fill(buf_text(&word), &language, &out, err))
            error_set(err, ERROR_INPUT, "%s: [layout] %s", n->source->language->code,
                      buf_text(&key));
        buf_clear(&key);
        buf_clear(&word);
        buf_clear(&out);
    }
    buf_release(&key);
    buf_release(&word);
    buf_release(&out);
}

bool paper_check_words(struct error *err)
{
    static const char *const kinds[] = {"REQ", "SCOPE", "ACC", "PART", "DEC", "WDR",
                                        "TSN", "POLL",  "FIN", "CLO",  "LOC", "REP"};
    static char nowhere[] = "", post_state[] = "HN";
    struct error faults = ERROR_INIT;
    struct post_profile post = {post_state, nowhere, nowhere, nowhere, nowhere, nowhere};
    struct case_file c;
    json_t *none = json_object();

    case_init(&c, "HN-2026-0001", "HN");
    for (size_t i = 0; locale_languages[i]; i++) {
        struct paper_language language = {.code = locale_languages[i], .tr = english};
        struct paper_source source = {
            .c = &c, .post = &post, .language = &language, .now = "2026-01-01T00:00:00Z"};
        for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
            const struct note_class *class = note_class_find(kinds[k]);
            struct buf out = BUF_INIT;
            struct note n;
            note_put_together(&n, &source, class, NULL, none, NULL, NULL);
            if (!note_fill(&n, class->passage, &out, &faults))
                error_set(&faults, ERROR_INPUT, "%s: %s", language.code, class->passage);
            if (!k)
                check_layout(&n, &faults);
            note_release(&n);
            buf_release(&out);
        }
    }
    case_release(&c);
    json_decref(none);
    if (faults.kind != ERROR_NONE)
        error_set(err, ERROR_INPUT, "%s", error_text(&faults));
    bool good = faults.kind == ERROR_NONE;
    error_release(&faults);
    return good;
}
