/* SPDX-License-Identifier: MIT */
#include "amparo/paper/offices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/copy.h"
#include "amparo/paper/document.h"
#include "amparo/paper/letterhead.h"
#include "amparo/store/offices.h"

enum { COLUMNS = 4, LABEL = 20, SET_IN = 4 };
static const int cells[COLUMNS] = {22, 16, 18, 18};

struct pages {
    struct store *store;
    struct offices offices;
};

static void put_head(const struct pages *pages, const struct paper_language *l, struct paper *p)
{
    const struct post_profile *post = store_post(pages->store);
    const struct offices *o = &pages->offices;
    struct buf text = BUF_INIT;
    char date[DATE_SIZE];

    buf_addf(&p->title, "%s  %s", l->tr(N_("List of offices")), post->code);
    paper_formal(l, post->state, &text);
    paper_head(p, l, post, paper_without_article(buf_text(&text)), l->tr(N_("List of offices")),
               CLASS_OPEN);
    buf_clear(&text);
    if (o->on.year)
        paper_day(l, date_format(o->on, date), &text);
    paper_labelled(p, l->tr(N_("Date of the list")), LABEL, buf_text(&text));
    paper_labelled(p, l->tr(N_("Source")), LABEL, l->tr(post_source_codes[o->source].label));
    buf_clear(&text);
    buf_addf(&text, "%zu", o->lines.count);
    paper_labelled(p, l->tr(N_("Offices")), LABEL, buf_text(&text));
    paper_blank(p);
    buf_release(&text);
}

static void add_part(struct buf *out, const char *text)
{
    if (*text)
        buf_addf(out, "%s%s", out->size ? "; " : "", text);
}

/* What is beside the columns of a line goes under it. */
static void put_office(const struct mission *m, const struct paper_language *l, struct paper *p)
{
    const char *row[COLUMNS] = {country_name(m->country, l->tr), m->city,
                                l->tr(post_kind_codes[m->kind].label), m->phone};
    struct buf more = BUF_INIT;
    size_t from = p->count;

    paper_row(p, COLUMNS, cells, row);
    if (!m->able)
        add_part(&more, l->tr(N_("cannot act")));
    if (strcmp(m->seat, m->country) != 0) {
        char *seat = xasprintf("%s %s", l->tr(N_("Stands in")), country_name(m->seat, l->tr));
        add_part(&more, seat);
        free(seat);
    }
    add_part(&more, m->email);
    add_part(&more, m->website);
    paper_margins(p, SET_IN, PAPER_COLUMNS - SET_IN);
    paper_paragraph(p, buf_text(&more));
    paper_margins(p, 0, PAPER_COLUMNS);
    paper_keep_together(p, from);
    buf_release(&more);
}

/* By the names of the countries as the paper has them, else as the list is ordered; owned. */
static size_t *office_order(const struct missions *lines, const struct paper_language *l)
{
    size_t *order = xcalloc(lines->count + 1, sizeof *order);
    char **keys = xcalloc(lines->count + 1, sizeof *keys);

    for (size_t i = 0; i < lines->count; i++)
        keys[i] = xasprintf("%s %06zu", country_name(lines->list[i].country, l->tr), i);
    text_order((const char *const *)keys, lines->count, order);
    for (size_t i = 0; i < lines->count; i++)
        free(keys[i]);
    free(keys);
    return order;
}

static bool write_pages(void *ctx, const struct paper_language *language, struct paper *paper,
                        struct error *err)
{
    const struct pages *pages = ctx;
    const char *const names[COLUMNS] = {language->tr(N_("Country")), language->tr(N_("City")),
                                        language->tr(N_("Kind")), language->tr(N_("Telephone"))};

    const struct missions *lines = &pages->offices.lines;
    size_t *order = office_order(lines, language), from;

    (void)err;
    put_head(pages, language, paper);
    from = paper->count;
    paper_head_row(paper, COLUMNS, cells, names);
    paper_rule(paper);
    for (size_t i = 0; i < lines->count; i++)
        put_office(&lines->list[order[i]], language, paper);
    paper_keep_table(paper, from);
    free(order);
    return true;
}

bool paper_offices(struct store *store, const char *language, struct paper *out, struct error *err)
{
    struct pages pages = {.store = store};

    if (!store_offices(store, &pages.offices, err))
        return false;
    bool ok = document_in(store, language, write_pages, &pages, out, err);
    offices_release(&pages.offices);
    return ok;
}

bool paper_offices_enter_taken(struct store *store, long copies, struct paper *pages,
                               struct access_copy *entered, struct error *err)
{
    const struct access access = {.kind = ACCESS_PRINT,
                                  .reference = "",
                                  .what = "offices",
                                  .recipient = "secretariat",
                                  .copies = copies};

    return paper_copy(store, &access, NULL, false, pages, entered, err);
}
