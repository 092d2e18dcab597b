/* SPDX-License-Identifier: MIT */
#include "amparo/paper/recoverysheet.h"

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/paper/language.h"

enum { GROUP = 6 /* with its hyphen */, LINE = 5 * GROUP, INDENT = 8, LABEL = 20 };

/* Five groups a line, as they are read aloud. */
static void put_share(struct paper *p, const char *share, size_t size)
{
    struct buf lines = BUF_INIT;
    size_t from = p->count;

    for (size_t at = 0; at < size; at += LINE) {
        size_t part = size - at < LINE ? size - at : LINE;
        for (size_t i = 0; i < part - (share[at + part - 1] == '-'); i++)
            buf_addc(&lines, share[at + i] == '-' ? ' ' : share[at + i]);
        buf_addc(&lines, '\n');
    }
    paper_margins(p, INDENT, PAPER_COLUMNS - INDENT);
    paper_drawing(p, buf_text(&lines));
    paper_margins(p, 0, PAPER_COLUMNS);
    paper_keep_from(p, from);
    buf_release(&lines);
}

static void put_head(struct paper *p, const char *path, const struct post_profile *post, int number,
                     int of)
{
    struct buf text = BUF_INIT;
    struct paper_language language;

    if (paper_language_init(&language, locale_language(), post->state, english))
        paper_word(&language, "layout", "pages", &p->pages);
    buf_addf(&p->title, _("Recovery share %d of %d"), number, of);
    buf_adds(&p->language, locale_language());
    paper_paragraph(p, buf_text(&p->title));
    paper_rule(p);
    buf_addf(&text, "%s, %s (%s)", post->name, post->city, post->code);
    paper_labelled(p, _("Post"), LABEL, buf_text(&text));
    paper_labelled(p, _("Case file"), LABEL, path);
    paper_blank(p);
    buf_release(&text);
}

void recovery_sheet(struct paper *out, const char *path, const struct post_profile *post,
                    const char *share, size_t size, int number, int of)
{
    put_head(out, path, post, number, of);
    put_share(out, share, size);
    paper_blank(out);
    paper_paragraph(
        out, _("Any two of the three shares let somebody read the file and name a new head of "
               "post; one alone tells nothing. Keep this sheet on paper, in a sealed envelope, "
               "with another person and in another place than the other two, away from the "
               "machine. No photograph, no copy in a computer. Once a year try it:"));
    paper_paragraph(out, _("amparo recovery FILE check"));
}
