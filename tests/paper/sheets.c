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
#include "amparo/paper/copy.h"
#include "amparo/paper/pdf.h"
#include "amparo/store/papercode.h"
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
    json_t *whole = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "title", buf_text(&p->title),
                              "mark", buf_text(&p->mark), "pages", buf_text(&p->pages), "witness",
                              buf_text(&p->witness), "printed", buf_text(&p->printed), "draft",
                              buf_text(&p->draft), "blocks", blocks);
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

/* ---- the documents ---- */

/* Of the witness at the foot. */
static void replace_witness(struct buf *witness)
{
    char *code = witness->size ? strrchr(buf_text(witness), ' ') : NULL;

    if (!code)
        return;
    buf_cut(witness, (size_t)(code - witness->data));
    buf_adds(witness, " 1042-K7QX-93MD-PZ4V");
}

static void replace_text(char **text, const char *by)
{
    free(*text);
    *text = xstrdup(by);
}

/* Of a copy: its squares, what is beside them, and the line at the foot. */
static void replace_code(struct paper *p, const struct sheet *sheet)
{
    static const uint8_t mark[ACCESS_MARK] = {0xa7, 0x31, 0x5c, 0x9e, 0xd0, 0x48, 0x62,
                                              0xf3, 0x1d, 0x85, 0xba, 0x46, 0x79, 0xce};
    struct block *b = p->count ? &p->blocks[p->count - 1] : NULL;
    char *at = b && b->kind == BLOCK_QR ? strstr(buf_text(&p->printed), b->texts[1]) : NULL;
    struct paper_code code;
    char text[PAPER_CODE_SIZE];

    if (!at)
        return;
    paper_code_make(sheet->what, mark, sheet->note, &code);
    paper_code_print(&code, text);
    memcpy(at, text, strlen(text));
    replace_text(&b->texts[0], code.text);
    replace_text(&b->texts[1], text);
}

void sheet_put(const struct sheets *s, const char *name, bool made, struct paper *p,
               struct error *err)
{
    if (!made)
        errx(1, "%s.%s: %s", name, s->language, error_text(err));
    replace_witness(&p->witness);
    s->draw(s, name, p);
    paper_release(p);
}

void sheet_write(const struct sheets *s, const struct sheet *sheet, document_fn *write, void *ctx)
{
    struct error err = ERROR_INIT;
    struct paper p;
    const struct access access = {.kind = ACCESS_PRINT,
                                  .reference = "HNTGU-2026-0001",
                                  .what = sheet->what,
                                  .recipient = sheet->recipient};

    paper_init(&p);
    bool made = document_in(s->store, s->language, write, ctx, &p, &err);
    if (made && sheet->what) {
        made = paper_copy(s->store, &access, sheet->note, sheet->draft, &p, NULL, &err);
        replace_code(&p, sheet);
    }
    sheet_put(s, sheet->name, made, &p, &err);
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
        locale_start(s.language);
        sheets_of_notes(&s);
        sheets_of_cases(&s);
        sheets_of_post(&s);
        sheets_of_hands(&s);
    }
    store_close(s.store);
    kit_end(NULL);
    free(helper);
    return 0;
}
