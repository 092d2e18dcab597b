/* SPDX-License-Identifier: MIT */
/*
 * sheets FOLDER all|half [PATTERN...]: makes every document in each language, and puts into the
 * folder, of all of them or of those that begin so,
 *
 *   NAME.LANGUAGE.SIZE.pdf   as it is drawn, on both sizes of paper ("half": each on one of them)
 *   NAME.LANGUAGE.SIZE.txt   as plain text
 *   NAME.LANGUAGE.json       what runs over its pages, and the texts of its blocks in their order
 *
 * Nothing in them changes from one run to the next where chance does not (tests/harness/still.c).
 * The codes by which papers are checked are replaced: whatever is new in the program would make
 * other ones.
 */
#include "sheets.h"

#include <err.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/pdf.h"
#include "tests/harness/scratch.h"
#include "tests/unit/case_kit.h"

struct drawing {
    const char *folder, *helper;
    bool half;
    int languages, documents; /* before this one */
    char **names;             /* patterns, ended by NULL; none: all */
};

static void write_out(const struct sheets *s, const char *name, const char *end,
                      const struct buf *bytes)
{
    const struct drawing *d = s->ctx;
    char *path = xasprintf("%s/%s.%s.%s", d->folder, name, s->language, end);

    scratch_write(path, bytes->data, bytes->size);
    free(path);
}

/* ---- the texts ---- */

/* Those of a block that stand on a page: what a code says is in its squares, and its drawing is for
 * plain text. */
static json_t *texts_of(const struct block *b)
{
    bool code = b->kind == BLOCK_QR;
    json_t *texts = json_array();

    for (size_t i = code ? 1 : 0; i < (code ? 2 : b->count); i++)
        json_array_append_new(texts, json_string(b->texts[i]));
    return texts;
}

/* A row, what stands between two rows of a table, or boxes side by side. */
static bool in_columns(const struct paper *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    size_t before = 0;

    if (b->kind == BLOCK_TICKS || b->kind == BLOCK_ENTRY)
        return true;
    while (i > 0 && !before)
        before = p->blocks[--i].table;
    for (i = (size_t)(b - p->blocks); i < p->count && !p->blocks[i].table; i++)
        ;
    return b->table || (before && i < p->count && p->blocks[i].table == before);
}

static void write_texts(const struct sheets *s, const char *name, const struct paper *p)
{
    json_t *blocks = json_array();
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < p->count; i++)
        json_array_append_new(blocks,
                              json_pack("{s:b, s:b, s:o}", "head", p->blocks[i].head, "columns",
                                        in_columns(p, i), "texts", texts_of(&p->blocks[i])));
    json_t *whole = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "title", buf_text(&p->title),
                              "mark", buf_text(&p->mark), "pages", buf_text(&p->pages), "witness",
                              buf_text(&p->witness), "printed", buf_text(&p->printed), "draft",
                              buf_text(&p->draft), "over", buf_text(&p->over), "blocks", blocks);
    char *text = json_dumps(whole, 0);
    buf_adds(&out, text);
    write_out(s, name, "json", &out);
    buf_release(&out);
    free(text);
    json_decref(whole);
}

/* ---- the pages ---- */

static void draw_on(const struct sheets *s, const char *name, enum paper_size size,
                    const struct paper *p)
{
    static const char *const ends[][2] = {
        [PAPER_LETTER] = {"letter.pdf", "letter.txt"}, [PAPER_A4] = {"a4.pdf", "a4.txt"}};
    const struct drawing *d = s->ctx;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    size_t missing;

    if (!pdf_make(d->helper, p, size, &out, &missing, &err))
        errx(1, "%s: %s", name, error_text(&err));
    if (missing)
        errx(1, "%s.%s: %zu letters of it are in no font", name, s->language, missing);
    write_out(s, name, ends[size][0], &out);
    buf_clear(&out);
    paper_text(p, size, &out);
    write_out(s, name, ends[size][1], &out);
    buf_release(&out);
}

static bool is_wanted(const struct drawing *d, const char *name)
{
    bool any = *d->names == NULL;

    for (char **wanted = d->names; *wanted; wanted++)
        any = any || fnmatch(*wanted, name, 0) == 0;
    return any;
}

static void draw(const struct sheets *s, const char *name, const struct paper *p)
{
    struct drawing *d = s->ctx;
    int turn = d->languages + d->documents++;

    if (!is_wanted(d, name))
        return;
    write_texts(s, name, p);
    for (int size = PAPER_LETTER; size <= PAPER_A4; size++)
        if (!d->half || turn % 2 == size)
            draw_on(s, name, (enum paper_size)size, p);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        errx(2, "usage: sheets FOLDER all|half [PATTERN...]");
    char *helper = xasprintf("%s/amparo-pdf", getenv("AMPARO_BUILD"));
    struct drawing drawing = {.folder = argv[1],
                              .helper = helper,
                              .half = strcmp(argv[2], "half") == 0,
                              .names = argv + 3};
    struct sheets s = {.draw = draw, .ctx = &drawing};

    kit_begin(NULL);
    s.store = kit_create_cheap("sheets");
    sheets_file(s.store);
    for (; locale_languages[drawing.languages]; drawing.languages++) {
        s.language = locale_languages[drawing.languages];
        drawing.documents = 0;
        sheets_make(&s);
    }
    store_close(s.store);
    kit_end(NULL);
    free(helper);
    return 0;
}
