/* SPDX-License-Identifier: MIT */
#include "amparo/paper/keycard.h"

#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/paper/document.h"
#include "amparo/paper/letterhead.h"

enum { LABEL = 30, INDENT = 8, LINE = 64 };

struct pages {
    struct store *store;
    const struct keycard *what;
};

/* What the card is of: "Key card of a post". */
static const char *title(const struct keycard *what, translate_fn *tr)
{
    return !what->card            ? tr(N_("Card of the root of the directory"))
           : what->card->of_state ? tr(N_("Key card of a State"))
                                  : tr(N_("Key card of a post"));
}

static void put_head(const struct pages *pages, const struct paper_language *l, struct paper *p)
{
    const struct post_profile *post = store_post(pages->store);
    struct buf text = BUF_INIT;

    buf_addf(&p->title, "%s  %s", title(pages->what, l->tr), post->code);
    if (post_is_secretariat(post))
        buf_adds(&text, post->name);
    else
        paper_formal(l, post->state, &text);
    paper_head(p, l, post, paper_without_article(buf_text(&text)), title(pages->what, l->tr),
               CLASS_OPEN);
    buf_release(&text);
}

static void put_day(const struct paper_language *l, struct paper *p, const char *label,
                    struct date day)
{
    struct buf text = BUF_INIT;
    char date[DATE_SIZE];

    paper_day(l, date_format(day, date), &text);
    paper_labelled(p, label, LABEL, buf_text(&text));
    buf_release(&text);
}

static void put_whose(const struct pages *pages, const struct paper_language *l, struct paper *p)
{
    const struct card *card = pages->what->card;
    struct buf text = BUF_INIT;
    struct instant now = {0};
    char at[INSTANT_SIZE];

    if (card) {
        bool secretariat = strcmp(card->state, CODE_SECRETARIAT) == 0;
        if (!secretariat)
            paper_labelled(p, l->tr(N_("State")), LABEL, country_name(card->state, l->tr));
        buf_addf(&text, "%s, %s", card->code, card->name);
        paper_labelled(p, card->of_state ? l->tr(N_("Key kept by")) : l->tr(N_("Post")), LABEL,
                       buf_text(&text));
        buf_clear(&text);
        buf_addf(&text, "%s, %s", card->city, country_name(card->country, l->tr));
        paper_labelled(p, l->tr(N_("Place")), LABEL, buf_text(&text));
    }
    instant_parse(store_now(pages->store, at), &now);
    put_day(l, p, l->tr(N_("Printed on")), instant_date(now));
    if (card && card->sealed)
        put_day(l, p, l->tr(N_("Sealing key until")), card->sealing_until);
    paper_blank(p);
    buf_release(&text);
}

/* Large: they are read aloud. */
static void put_fingerprint(const struct keycard *what, const struct paper_language *l,
                            struct paper *p)
{
    size_t from = p->count;

    paper_paragraph(p, l->tr(N_("The digits")));
    paper_margins(p, INDENT, PAPER_COLUMNS - INDENT);
    paper_typed(p, what->fingerprint);
    paper_margins(p, 0, PAPER_COLUMNS);
    paper_keep_together(p, from);
    paper_blank(p);
}

static const char *use(const struct keycard *what, translate_fn *tr)
{
    if (!what->card)
        return tr(
            N_("Each post sets this root once, by these digits as they stand on paper that the "
               "Secretariat handed over. Whoever has another root trusts another network: it is "
               "never set by what a letter or a call asks for."));
    if (what->card->of_state)
        return tr(
            N_("For the Technical Secretariat, which certifies the key by two of its three root "
               "keys. It compares the digits over the telephone, by a number that it had before."));
    return tr(N_("For the directorate of the State, which certifies the post, and for posts that "
                 "write to it before it is in the directory. Whoever takes the card compares the "
                 "digits over the telephone, by a number that they had before, and never by one "
                 "that came with the card."));
}

static void put_line(const struct keycard *what, const struct paper_language *l, struct paper *p)
{
    struct buf lines = BUF_INIT;
    size_t from = p->count;

    paper_paragraph(p, l->tr(N_("The card as text: one line, typed without spaces")));
    for (const char *at = what->line; *at;) {
        size_t size = strlen(at) < LINE ? strlen(at) : LINE;
        buf_add(&lines, at, size);
        buf_addc(&lines, '\n');
        at += size;
    }
    paper_drawing(p, buf_text(&lines));
    paper_keep_from(p, from);
    paper_blank(p);
    buf_release(&lines);
}

/* Beside the first the digits again: whoever scans it compares them. In plain text there have to be
 * two empty lines above the drawing. */
static void put_codes(const struct keycard *what, struct paper *p)
{
    struct buf drawing = BUF_INIT;

    if (*what->drawing)
        buf_addf(&drawing, "\n\n%s", what->drawing);
    for (size_t i = 0; what->codes[i]; i++)
        paper_qr(p, what->codes[i], i ? "" : what->fingerprint, i ? "" : buf_text(&drawing));
    buf_release(&drawing);
}

static bool write_pages(void *ctx, const struct paper_language *language, struct paper *paper,
                        struct error *err)
{
    const struct pages *pages = ctx;

    (void)err;
    put_head(pages, language, paper);
    put_whose(pages, language, paper);
    put_fingerprint(pages->what, language, paper);
    paper_paragraph(paper, use(pages->what, language->tr));
    paper_blank(paper);
    put_line(pages->what, language, paper);
    put_codes(pages->what, paper);
    return true;
}

bool paper_keycard(struct store *store, const struct keycard *what, const char *language,
                   struct paper *out, struct error *err)
{
    struct pages pages = {.store = store, .what = what};

    return document_in(store, language, write_pages, &pages, out, err);
}
