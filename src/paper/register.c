/* SPDX-License-Identifier: MIT */
#include "amparo/paper/register.h"

#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/base/mem.h"
#include "amparo/paper/letterhead.h"
#include "amparo/paper/value.h"

static const char *label(const struct paper_language *l, const char *key, const char *code)
{
    const struct field *field = field_find(act_type(ACT_NOTE)->fields, key);
    const char *said = field ? code_label(field->codes, code) : NULL;

    return said ? l->tr(said) : code;
}

static void add_part(struct buf *out, const char *text)
{
    buf_addf(out, "%s%s", out->size ? "; " : "", text);
}

/* "delivered 14 March 2026" */
static void add_day(const struct paper_language *l, const struct register_row *row, const char *key,
                    const char *pattern, struct buf *out)
{
    const char *on = register_text(row, key);
    struct buf day = BUF_INIT, text = BUF_INIT;

    if (!*on)
        return;
    paper_day(l, on, &day);
    buf_addf(&text, l->tr(pattern), buf_text(&day));
    add_part(out, buf_text(&text));
    buf_release(&day);
    buf_release(&text);
}

static void add_note(const struct paper_language *l, const struct register_row *row,
                     const char *key, const char *pattern, struct buf *out)
{
    const char *call = register_text(row, key);
    struct buf text = BUF_INIT;

    if (!*call)
        return;
    buf_addf(&text, l->tr(pattern), call);
    add_part(out, buf_text(&text));
    buf_release(&text);
}

void paper_register_fate(const struct paper_language *l, const struct register_row *row,
                         struct buf *out)
{
    if (json_object_get(row->slip, "annulled")) {
        add_part(out, l->tr(N_("ANNULLED")));
        if (*register_text(row, "reason"))
            buf_addf(out, ": %s", register_text(row, "reason"));
    }
    if (*register_text(row, "sent_how"))
        add_part(out, label(l, "sent_how", register_text(row, "sent_how")));
    add_day(l, row, "sent_on", N_("sent %s"), out);
    add_day(l, row, "delivered_on", N_("delivered %s"), out);
    add_day(l, row, "acknowledged_on", N_("acknowledged %s"), out);
    add_note(l, row, "in_reply_to", N_("answers %s"), out);
    add_note(l, row, "answered_by", N_("answered by %s"), out);
    add_note(l, row, "same_as", N_("the same as %s"), out);
    if (!*register_text(row, "answered_by"))
        add_day(l, row, "reply_due", N_("reply due %s"), out);
}

enum { SET_IN = 14 };

static const int cells[] = {12, 10, 17, 18, 15};

static void print_row(struct paper *p, const struct paper_language *l,
                      const struct register_row *row)
{
    struct buf with = BUF_INIT, fate = BUF_INIT;

    paper_country_bare(l, register_text(row, "state"), &with);
    if (*register_text(row, "office"))
        buf_addf(&with, ", %s", register_text(row, "office"));
    if (*register_text(row, "city"))
        buf_addf(&with, ", %s", register_text(row, "city"));
    paper_row(p, ARRAY_SIZE(cells), cells,
              (const char *[]){row->number, register_text(row, "date"),
                               label(l, "kind", register_text(row, "kind")), buf_text(&with),
                               row->reference});
    paper_keep(p);
    paper_margins(p, SET_IN, PAPER_COLUMNS - SET_IN);
    if (*register_text(row, "number")) {
        buf_addf(&fate, l->tr(N_("their number %s")), register_text(row, "number"));
    }
    paper_register_fate(l, row, &fate);
    if (*register_text(row, "subject"))
        paper_paragraph(p, register_text(row, "subject"));
    if (fate.size)
        paper_paragraph(p, buf_text(&fate));
    paper_margins(p, 0, PAPER_COLUMNS);
    paper_let_go(p);
    buf_release(&with);
    buf_release(&fate);
}

static void print_part(struct paper *p, const struct paper_language *l,
                       const struct register_rows *rows, bool incoming)
{
    const char *const heads[] = {l->tr(N_("Number")), l->tr(N_("Dated")), l->tr(N_("Kind")),
                                 l->tr(incoming ? N_("From") : N_("To")), l->tr(N_("Case"))};
    bool any = false;

    paper_blank(p);
    paper_heading(p, l->tr(incoming ? N_("Notes received") : N_("Notes sent")));
    size_t from = p->count;
    paper_head_row(p, ARRAY_SIZE(cells), cells, heads);
    paper_rule(p);
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].place.incoming == incoming) {
            print_row(p, l, &rows->list[i]);
            any = true;
        }
    if (!any)
        paper_paragraph(p, l->tr(N_("none")));
    paper_keep_table(p, from);
}

void paper_register(const struct paper_language *l, const struct post_profile *post,
                    const struct register_rows *rows, long year, const char *now, struct paper *out)
{
    struct buf when = BUF_INIT;

    buf_adds(&out->title, l->tr(N_("Register of notes verbales")));
    if (year)
        buf_addf(&out->title, " %ld", year);
    paper_head(out, l, post, NULL, buf_text(&out->title), CLASS_PERSONAL);
    paper_moment(l, now, &when);
    paper_labelled(out, l->tr(N_("Printed")), PAPER_LABEL, buf_text(&when));
    print_part(out, l, rows, false);
    print_part(out, l, rows, true);
    buf_release(&when);
}
