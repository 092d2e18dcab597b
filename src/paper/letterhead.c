/* SPDX-License-Identifier: MIT */
#include "amparo/paper/letterhead.h"

#include "amparo/agreement/country.h"
#include "amparo/store/letterhead.h"

static bool is_set(const struct letterhead *l)
{
    return l && (*l->state || *l->office || *l->address || *l->phone || *l->email || l->seal.size);
}

/* As it was set, else what follows from the post's profile. A letterhead has no article. */
static void put_state(struct paper *p, const struct paper_language *language,
                      const struct post_profile *post, const char *set)
{
    struct buf formal = BUF_INIT, capitals = BUF_INIT;

    if (!*set && !post_is_secretariat(post)) {
        paper_formal(language, post->state, &formal);
        paper_capitals(paper_without_article(buf_text(&formal)), &capitals);
    }
    paper_centred(p, *set ? set : buf_text(&capitals));
    buf_release(&formal);
    buf_release(&capitals);
}

static void put_office(struct paper *p, const struct paper_language *language,
                       const struct post_profile *post, const char *set)
{
    struct buf office = BUF_INIT;

    if (!*set)
        paper_office(language, post->name, post->state, post->city, &office);
    paper_centred(p, *set ? set : paper_without_article(buf_text(&office)));
    buf_release(&office);
}

/* How the office is reached. */
static void put_reach(struct paper *p, const struct letterhead *l)
{
    struct buf line = BUF_INIT;

    buf_addf(&line, "%s%s%s", l->phone, *l->phone && *l->email ? "  \u2013  " : "", l->email);
    paper_centred(p, buf_text(&line));
    buf_release(&line);
}

void paper_letterhead(struct paper *p, const struct paper_language *language,
                      const struct post_profile *post)
{
    static char none[] = "";
    static const struct letterhead nothing = {none, none, none, none, none, false, BUF_INIT};
    const struct letterhead *l = language->letterhead ? language->letterhead : &nothing;

    if (l->seal.size)
        paper_image(p, l->seal.data, l->seal.size);
    put_state(p, language, post, l->state);
    put_office(p, language, post, l->office);
    paper_centred(p, *l->address ? l->address : post->city);
    put_reach(p, l);
    paper_blank(p);
    paper_rule(p);
}

void paper_head(struct paper *p, const struct paper_language *language,
                const struct post_profile *post, const char *from, const char *title,
                enum paper_class class)
{
    static const char *const words[] = {
        [CLASS_PERSONAL] = "class", [CLASS_UNNAMED] = "class_unnamed", [CLASS_OPEN] = "class_open"};
    struct buf post_line = BUF_INIT;

    buf_addf(&post_line, "%s \u2013 %s", country_name(post->state, language->tr), post->name);
    paper_word(language, "layout", words[class], &p->mark);
    paper_word(language, "layout", "pages", &p->pages);
    if (is_set(language->letterhead)) {
        paper_letterhead(p, language, post);
        paper_right(p, buf_text(&p->mark));
    } else {
        paper_ends(p, from ? from : buf_text(&post_line), buf_text(&p->mark));
    }
    paper_blank(p);
    paper_paragraph(p, title);
    paper_rule(p);
    buf_release(&post_line);
}
