/* SPDX-License-Identifier: MIT */
#include "amparo/paper/recoverysheet.h"

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/paper/language.h"

enum { GROUP = 6 /* with its hyphen */, LINE = 5 * GROUP, INDENT = 8, LABEL = 20 };

/* Large, and alone on their lines: it is typed from them. */
static void put_typed(struct paper *p, const char *lines)
{
    paper_margins(p, INDENT, PAPER_COLUMNS - INDENT);
    paper_typed(p, lines);
    paper_margins(p, 0, PAPER_COLUMNS);
}

/* Five groups a line, as they are read aloud. */
static void put_share(struct paper *p, const char *share, size_t size)
{
    struct buf lines = BUF_INIT;
    size_t from = p->count;

    for (size_t at = 0; at < size; at += LINE) {
        size_t part = size - at < LINE ? size - at : LINE;
        for (size_t i = 0; i < part - (share[at + part - 1] == '-'); i++)
            buf_addc(&lines, share[at + i] == '-' ? ' ' : share[at + i]);
        if (at + LINE < size)
            buf_addc(&lines, '\n');
    }
    put_typed(p, buf_text(&lines));
    paper_keep_from(p, from);
    buf_release(&lines);
}

static void put_head(struct paper *p, const char *path, struct store *store, int number, int of)
{
    const struct post_profile *post = store_post(store);
    struct buf text = BUF_INIT, day = BUF_INIT;
    struct paper_language language;
    char at[INSTANT_SIZE];

    if (paper_language_init(&language, locale_language(), post->state, english)) {
        paper_word(&language, "layout", "pages", &p->pages);
        paper_day(&language, store_now(store, at), &day);
    }
    buf_adds(&p->at, store_now(store, at));
    buf_adds(&p->mark, _("SECRET"));
    buf_addf(&p->title, _("Recovery share %d of %d"), number, of);
    buf_adds(&p->language, locale_language());
    buf_addf(&text, "%s, %s (%s)", post->name, post->city, post->code);
    paper_ends(p, buf_text(&text), buf_text(&p->mark));
    paper_blank(p);
    paper_paragraph(p, buf_text(&p->title));
    paper_rule(p);
    paper_labelled(p, _("Case file"), LABEL, path);
    paper_labelled(p, _("Set made on"), LABEL, buf_text(&day));
    paper_blank(p);
    buf_release(&text);
    buf_release(&day);
}

void recovery_sheet(struct paper *out, const char *path, struct store *store, const char *share,
                    size_t size, int number, int of)
{
    put_head(out, path, store, number, of);
    put_share(out, share, size);
    paper_blank(out);
    paper_paragraph(
        out, _("Any two of the three shares let somebody read the file and name a new head of "
               "post; one alone tells nothing. Keep this sheet on paper, in a sealed envelope, "
               "with another person and in another place than the other two, away from the "
               "computer. No photograph, no copy in a computer. Once a year try it:"));
    paper_blank(out);
    put_typed(out, _("amparo recovery FILE check"));
}
