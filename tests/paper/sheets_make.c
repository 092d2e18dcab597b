/* SPDX-License-Identifier: MIT */
#include "sheets.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/paper/copy.h"
#include "amparo/store/papercode.h"

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

static struct block *code_block(struct paper *p)
{
    for (size_t i = p->count; i--;)
        if (p->blocks[i].kind == BLOCK_QR)
            return &p->blocks[i];
    return NULL;
}

/* Of a copy: its squares, what is beside them, and the line at the foot. */
static void replace_code(struct paper *p, const struct sheet *sheet)
{
    static const uint8_t mark[ACCESS_MARK] = {0xa7, 0x31, 0x5c, 0x9e, 0xd0, 0x48, 0x62,
                                              0xf3, 0x1d, 0x85, 0xba, 0x46, 0x79, 0xce};
    struct block *b = code_block(p);
    char *at = b ? strstr(buf_text(&p->printed), b->texts[1]) : NULL;
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

void sheets_make(struct sheets *s)
{
    locale_start(s->language);
    sheets_of_notes(s);
    sheets_of_cases(s);
    sheets_of_post(s);
    sheets_of_hands(s);
}
