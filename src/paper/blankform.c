/* SPDX-License-Identifier: MIT */
#include "amparo/paper/blankform.h"

#include <limits.h>
#include <string.h>

#include "amparo/agreement/values.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/letterhead.h"

enum {
    LABEL = 18,      /* cells: of a label of the table, and the mark of what is needed */
    QUESTION = 62,   /* of a label with its help, before yes and no */
    HINTED = 42,     /* of a label with its help, before a line */
    HALF = 24,       /* cells on a form: what takes more has a line of its own */
    INDENT = 4,      /* of what belongs to what stands above */
    FEW = 4,         /* so many codes stand beside their label, as do those without a hint */
    SIGNED = 38,     /* of who signs */
    LINES = 2,       /* of what may be told in sentences, */
    MORE_LINES = 4,  /* and of what has to be */
    STAY = 3,        /* so many fields stay with the name of their section, */
    TAIL = 3,        /* and so many blocks with its end */
    MOST_CODES = 64, /* of a list */
};

struct form {
    const struct paper_language *l;
    struct paper *p;
    struct buf waiting; /* label of a short field that may share its line with the next */
};

static const char *tr(const struct form *f, const char *msgid)
{
    return f->l->tr(msgid);
}

/* "Surname*": what is needed has a mark. */
static void add_label(const struct form *f, const struct field *field, struct buf *out)
{
    buf_adds(out, tr(f, field->label));
    if (field->needed)
        buf_addc(out, '*');
}

static const char *hint(const struct form *f, const struct field *field)
{
    const char *msgid = field->paper ? field->paper : field->help;

    return *msgid ? tr(f, msgid) : "";
}

/* With its hint, where both fit in so many cells, or where it is not understood without. */
static bool add_hinted(const struct form *f, const struct field *field, int cells, struct buf *out)
{
    const char *said = hint(f, field);
    size_t begin = out->size;

    add_label(f, field, out);
    size_t end = out->size;
    if (!*said)
        return false;
    if (out->data[out->size - 1] != '?')
        paper_colon(f->l, out);
    else
        buf_addc(out, ' ');
    buf_adds(out, said);
    if (field->hinted || text_cells(buf_text(out) + begin) < cells)
        return true;
    buf_cut(out, end);
    return false;
}

/* ---- one field ---- */

static void end_line(struct form *f)
{
    if (f->waiting.size)
        paper_entry(f->p, buf_text(&f->waiting), LABEL, 1);
    buf_clear(&f->waiting);
}

static void put_half(struct form *f, const char *label)
{
    if (f->waiting.size) {
        paper_entry_pair(f->p, buf_text(&f->waiting), label, LABEL);
        buf_clear(&f->waiting);
    } else {
        buf_adds(&f->waiting, label);
    }
}

/* One without a hint takes the half that is left. */
static void put_line(struct form *f, const struct field *field, int lines)
{
    struct buf label = BUF_INIT;
    bool hinted = add_hinted(f, field, HINTED, &label);

    if (f->waiting.size && !hinted && lines == 1) {
        put_half(f, buf_text(&label));
    } else {
        end_line(f);
        paper_entry(f->p, buf_text(&label), hinted ? HINTED : LABEL, lines);
    }
    buf_release(&label);
}

/* The label with its hint above what is to be written or ticked: it looks as other labels do. */
static void put_above(struct form *f, const struct field *field)
{
    struct buf label = BUF_INIT;
    int cells = f->p->width - 2;

    add_hinted(f, field, cells, &label);
    paper_blank(f->p);
    paper_labelled(f->p, buf_text(&label), cells, "");
    paper_keep(f->p);
    buf_release(&label);
}

/* A question is asked in full. */
static void put_yes_no(struct form *f, const struct field *field)
{
    const char *const answers[] = {tr(f, N_("yes")), tr(f, N_("no"))};
    struct buf label = BUF_INIT;
    int cells = f->p->width - (PAPER_COLUMNS - QUESTION);

    add_hinted(f, field, INT_MAX, &label);
    paper_ticks(f->p, buf_text(&label), cells, ARRAY_SIZE(answers), answers);
    buf_release(&label);
}

static void put_codes(struct form *f, const struct field *field)
{
    const char *labels[MOST_CODES];
    struct buf label = BUF_INIT;
    size_t count = 0;

    for (; field->codes[count].code; count++) {
        if (count == MOST_CODES)
            BUG("a list of too many codes");
        labels[count] = tr(f, field->codes[count].label);
    }
    if (field->hinted || (count > FEW && *hint(f, field))) {
        put_above(f, field);
        paper_ticks(f->p, "", INDENT, count, labels);
    } else {
        add_label(f, field, &label);
        paper_ticks(f->p, buf_text(&label), LABEL, count, labels);
    }
    buf_release(&label);
}

static void put_sentences(struct form *f, const struct field *field)
{
    put_above(f, field);
    paper_entry(f->p, "", 0, field->needed ? MORE_LINES : LINES);
}

static void put_field(struct form *f, const struct field *field);

/* The first of a list; for the others there is a line. */
static void put_members(struct form *f, const struct field *field)
{
    int left = f->p->left, width = f->p->width;

    put_above(f, field);
    paper_margins(f->p, left + INDENT, width - INDENT);
    for (const struct field *m = field->members; m->id; m++)
        put_field(f, m);
    end_line(f);
    if (field->type == FIELD_OBJECTS)
        paper_entry(f->p, tr(f, N_("further ones")), LABEL, 1);
    paper_margins(f->p, left, width);
}

/* How a field is asked on paper. */
enum shape { ON_HALF, ON_LINE, ON_TWO_LINES, SENTENCES, YES_NO, CODES, MEMBERS, UNASKED };

static enum shape shape_of(const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        return field->width && field->width <= HALF && !field->hinted ? ON_HALF : ON_LINE;
    case FIELD_MRZ:
    case FIELD_TEXTS:
        return ON_TWO_LINES;
    case FIELD_LONG:
        return SENTENCES;
    case FIELD_BOOL:
        return YES_NO;
    case FIELD_CODE:
    case FIELD_CODES:
        return CODES;
    case FIELD_OBJECT:
    case FIELD_OBJECTS:
        return MEMBERS;
    case FIELD_ACT: /* ids of acts, which nobody knows on paper */
    case FIELD_PAYLOAD:
        return UNASKED;
    default:
        return field->hinted ? ON_LINE : ON_HALF;
    }
}

static void put_field(struct form *f, const struct field *field)
{
    enum shape shape = shape_of(field);
    struct buf label = BUF_INIT;

    if (shape == ON_HALF) {
        add_label(f, field, &label);
        put_half(f, buf_text(&label));
        buf_release(&label);
        return;
    }
    if (shape != UNASKED && shape != ON_LINE)
        end_line(f);
    switch (shape) {
    case ON_LINE:
        put_line(f, field, 1);
        break;
    case ON_TWO_LINES:
        put_line(f, field, 2);
        break;
    case SENTENCES:
        put_sentences(f, field);
        break;
    case YES_NO:
        put_yes_no(f, field);
        break;
    case CODES:
        put_codes(f, field);
        break;
    case MEMBERS:
        put_members(f, field);
        break;
    default:
        break;
    }
}

/* ---- the form ---- */

/* Where consent is given in writing. */
static void put_signatures(struct form *f)
{
    const char *const who[] = {tr(f, N_("Signature or mark of the person")),
                               tr(f, N_("Signature of the interpreter")),
                               tr(f, N_("Signature of the officer"))};
    size_t from = f->p->count;

    for (size_t i = 0; i < ARRAY_SIZE(who); i++) {
        paper_blank(f->p); /* a mark may be a thumb's */
        paper_entry(f->p, who[i], SIGNED, 1);
    }
    paper_keep_from(f->p, from);
}

static void put_fields(struct form *f, enum act_kind kind)
{
    const struct field *fields = act_type(kind)->fields;
    size_t from = f->p->count, tail;

    for (const struct field *field = fields; field->id; field++) {
        if (field == fields + STAY)
            paper_keep_each(f->p, from, f->p->count);
        put_field(f, field);
    }
    end_line(f);
    if (kind == ACT_CONSENT)
        put_signatures(f);
    tail = f->p->count > from + TAIL ? f->p->count - TAIL : from;
    paper_keep_each(f->p, tail, f->p->count - 1);
}

/* "Consent (Article 3)". */
static void add_name(const struct form *f, enum act_kind kind, const char *label, struct buf *out)
{
    const struct act_type *type = act_type(kind);

    paper_capital(label, out);
    if (*type->article) {
        buf_addc(out, ' ');
        buf_addf(out, tr(f, N_("(Article %s)")), type->article);
    }
}

static void put_section(struct form *f, enum act_kind kind)
{
    struct buf label = BUF_INIT, name = BUF_INIT;

    paper_capitals(tr(f, act_type(kind)->label), &label);
    add_name(f, kind, buf_text(&label), &name);
    paper_heading(f->p, buf_text(&name));
    paper_rule(f->p);
    paper_keep(f->p);
    put_fields(f, kind);
    buf_release(&label);
    buf_release(&name);
}

/* "?u unknown, ?r declined to say": as it is typed. */
static void add_answers(const struct form *f, struct buf *out)
{
    static const struct field any = {.type = FIELD_TEXT};

    for (const struct code *c = answer_codes; c->code; c++) {
        json_t *answer = json_pack("{s:s}", "answer", c->code);
        buf_adds(out, c == answer_codes ? "" : ", ");
        values_text(out, &any, answer);
        buf_addf(out, " %s", tr(f, c->label));
        json_decref(answer);
    }
}

static void put_how(struct form *f, bool whole)
{
    struct buf text = BUF_INIT, answers = BUF_INIT;

    add_answers(f, &answers);
    buf_addf(&text,
             tr(f, N_("* is needed. Where there is no answer, write why in its place: %s. This "
                      "paper stays with you or under lock until it is typed in, and is destroyed "
                      "then; but a signed consent is kept.")),
             buf_text(&answers));
    if (whole)
        buf_addf(&text, " %s",
                 tr(f, N_("For each further person, ground, need or consent take another form and "
                          "fill in that part of it alone.")));
    paper_paragraph(f->p, buf_text(&text));
    put_half(f, tr(f, N_("Case")));
    put_half(f, tr(f, N_("Filled in on")));
    put_half(f, tr(f, N_("Filled in by")));
    put_half(f, tr(f, N_("Typed in by")));
    buf_release(&text);
    buf_release(&answers);
}

/* Loose pages are told apart by what is written at their heads. */
static void put_title(struct form *f, const struct post_profile *post, enum act_kind kind)
{
    if (kind)
        add_name(f, kind, tr(f, act_type(kind)->label), &f->p->title);
    else
        buf_adds(&f->p->title, tr(f, N_("Intake form")));
    buf_addf(&f->p->over, "%s ________________  %s ______", tr(f, N_("Case")), tr(f, N_("Person")));
    paper_head(f->p, f->l, post, NULL, buf_text(&f->p->title), CLASS_PERSONAL);
}

void paper_blank_form(const struct paper_language *language, const struct post_profile *post,
                      enum act_kind kind, struct paper *out)
{
    struct form f = {.l = language, .p = out, .waiting = BUF_INIT};

    put_title(&f, post, kind);
    put_how(&f, kind == ACT_NONE);
    if (kind)
        put_fields(&f, kind);
    for (const enum act_kind *k = act_intake; !kind && *k; k++)
        put_section(&f, *k);
    for (const enum act_kind *k = act_intake_more; !kind && *k; k++)
        put_section(&f, *k);
    buf_release(&f.waiting);
}
