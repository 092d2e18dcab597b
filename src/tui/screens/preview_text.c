/* SPDX-License-Identifier: MIT */
/* What the preview shows: the document of a case is made, and cut into lines for the screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/bytes.h"
#include "amparo/page/plain.h"
#include "preview_work.h"

/* Of a case, in that language (NULL: its own); `how` NULL: it is only read. */
static bool make(struct screen *s, const char *language, const struct print_how *how,
                 struct access_copy *entered, struct paper *out, struct error *err)
{
    const struct preview *p = s->state;
    struct buf remarks = BUF_INIT;
    char number[24];
    snprintf(number, sizeof number, "%ld", p->person);
    const struct document_order order = {.kind = p->kind,
                                         .number = p->person ? number : NULL,
                                         .note = p->note,
                                         .draft = p->draft,
                                         .language = language,
                                         .as_of = p->as_of,
                                         .copies = how ? how->copies : 0,
                                         .as_draft = how && how->draft,
                                         .entered = entered,
                                         .remarks = &remarks};
    bool made = document_make(s->app->store, p->reference, &order, out, err);
    /* Those of a draft were said when it was opened. */
    if (remarks.size && !p->draft && !s->app->message.size)
        app_say(s->app, "%.*s", (int)remarks.size - 1, buf_text(&remarks));
    buf_release(&remarks);
    return made;
}

void preview_take(struct preview *p, struct paper *paper)
{
    paper_release(&p->paper);
    p->paper = *paper;
    paper_init(paper);
    buf_clear(&p->text);
    paper_text(&p->paper, p->size, &p->text);
}

bool preview_load(struct screen *s, struct error *err)
{
    struct preview *p = s->state;
    if (p->reference) {
        struct paper paper;
        paper_init(&paper);
        bool made = make(s, p->language, NULL, NULL, &paper, err);
        if (made)
            preview_take(p, &paper);
        paper_release(&paper);
        if (!made)
            return false;
    }
    if (p->reference || s->kept)
        preview_find_again(p, s->kept);
    return true;
}

/* ---- what leaves ---- */

/* Of a sheet that stays as it is. */
static bool copy_paper(const struct paper *from, struct paper *out, struct error *err)
{
    struct buf bytes = BUF_INIT;
    enum paper_size size;
    page_encode(from, PAPER_LETTER, &bytes); /* the size is not a part of the document */
    bool ok = page_decode(bytes.data, bytes.size, out, &size, err);
    buf_release(&bytes);
    return ok;
}

static bool take_given(struct screen *s, const struct print_how *how, struct print_matter *out,
                       struct error *err)
{
    const struct preview *p = s->state;
    const struct access access = {
        .kind = ACCESS_PRINT, .reference = "", .what = p->what, .copies = how->copies};
    if (!p->paper.count)
        buf_add(&out->text, p->text.data, p->text.size);
    else if (!copy_paper(&p->paper, &out->paper, err))
        return false;
    return access_enter(s->app->store, &access, &out->entered, err);
}

bool preview_take_copy(struct screen *below, const struct print_how *how, struct print_matter *out,
                       struct error *err)
{
    const struct preview *p = below->state;
    return p->reference ? make(below, p->language, how, &out->entered, &out->paper, err)
           : p->how     ? preview_take_file(below, how, out, err)
                        : take_given(below, how, out, err);
}

/* ---- lines ---- */

/* A line of the paper on a terminal that is narrower: columns closer together, rules cut. */
static void add_wrapped(struct body *b, const char *line, int width)
{
    struct buf text = BUF_INIT;
    size_t rule = strspn(line, "-");
    if (rule && !line[rule]) {
        body_line(b, BODY_PLAIN, " %.*s", width - 2, line);
        return;
    }
    for (line += strspn(line, " "); *line;) {
        size_t word = strcspn(line, " "), gap = strspn(line + word, " ");
        buf_add(&text, line, word);
        if (line[word + gap])
            buf_adds(&text, gap > 1 ? "  " : " ");
        line += word + gap;
    }
    if (text.size)
        body_wrap(b, BODY_PLAIN, width, 0, buf_text(&text));
    else
        body_line(b, BODY_PLAIN, "%s", "");
    buf_release(&text);
}

static void add_line(struct body *b, const char *line, size_t size, int width)
{
    char *text = xstrndup(line, size);
    if (width)
        add_wrapped(b, text, width);
    else
        body_line(b, BODY_PLAIN, "%s", text);
    free(text);
}

/* The lines made since `from` are of this page. */
static void tag_lines(struct body *b, size_t from, long page)
{
    for (; from < b->count; from++)
        b->lines[from].tag = page;
}

/* So that the last page, too, can begin at the top of the screen. */
static void fill_last_page(struct body *b, int rows, long page)
{
    size_t first = b->count;
    while (first > 0 && b->lines[first - 1].tag == page)
        first--;
    while (b->count < first + (size_t)rows) {
        body_line(b, BODY_PLAIN, "%s", "");
        b->lines[b->count - 1].tag = page;
    }
}

void preview_build(struct screen *s, int width)
{
    struct preview *p = s->state;
    struct body *b = &s->body;
    int wrap = width < PAPER_COLUMNS && p->shift == PREVIEW_WRAPPED ? width : 0;
    p->pages = 1;
    for (const char *at = buf_text(&p->text); *at;) {
        size_t from = b->count, size = strcspn(at, "\n\f");
        if (at[size] == '\f' && !size) {
            p->pages++;
            body_line(b, BODY_DIM, "%s", " - - - - - - - - - -");
        } else
            add_line(b, at, size, wrap);
        tag_lines(b, from, p->pages);
        at += size + (at[size] == '\n' || !size);
    }
    if (p->pages > 1)
        fill_last_page(b, s->rows, p->pages);
}

/* ---- the language ---- */

/* Whether the document can be had in that language, and reads otherwise than what is shown. */
static bool is_other(struct screen *s, const char *language)
{
    const struct preview *p = s->state;
    struct paper paper;
    struct buf text = BUF_INIT;
    struct error unsaid = ERROR_INIT; /* not every document is in every language */
    paper_init(&paper);
    bool other = make(s, language, NULL, NULL, &paper, &unsaid);
    if (other) {
        paper_text(&paper, p->size, &text);
        other = strcmp(buf_text(&text), buf_text(&p->text)) != 0;
    }
    paper_release(&paper);
    error_release(&unsaid);
    buf_release(&text);
    return other;
}

static size_t language_index(struct screen *s)
{
    const struct preview *p = s->state;
    size_t i = 0;
    while (locale_languages[i] && (p->language ? strcmp(p->language, locale_languages[i]) != 0
                                               : is_other(s, locale_languages[i])))
        i++;
    return i;
}

void preview_other_language(struct screen *s)
{
    struct preview *p = s->state;
    size_t count = 0, now = language_index(s);
    while (locale_languages[count])
        count++;
    for (size_t step = 1; step < count; step++) {
        const char *language = locale_languages[(now + step) % count];
        if (!is_other(s, language))
            continue;
        p->language = language;
        screen_changed(s, true);
        return;
    }
    app_say(s->app, "%s", _("This document is the same in every language."));
}
