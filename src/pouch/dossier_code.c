/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_code.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/papernote.h"
#include "dossier_work.h"

/* Looking through the notes; the seal is dear, and the same for all of one author. */
struct looking {
    const struct dossier_check *check;
    const struct paper_code *code;
    uint8_t author[POST_ID];
    char seal[PAPER_SEAL + 1]; /* "": none was made yet */
    size_t unsealed;
};

static bool is_of(struct looking *l, const struct dossier_item *item, bool *is, struct error *err)
{
    const char *seal = paper_seal_of(&item->dispatch);

    *is = false;
    if (!seal) {
        l->unsealed += item->dispatch.kind == ACT_NOTE;
        return true;
    }
    if (!*l->seal || memcmp(l->author, item->dispatch.author, POST_ID) != 0) {
        memcpy(l->author, item->dispatch.author, POST_ID);
        if (!paper_seal(l->code, l->author, l->seal, err))
            return false;
    }
    *is = strcmp(seal, l->seal) == 0;
    return true;
}

static json_t *tell(const struct dossier_check *check, const struct paper_code *code, size_t i)
{
    const struct dossier_item *item = &check->items[i];
    char text[PAPER_CODE_SIZE];
    struct buf number = BUF_INIT;

    for (size_t n = 0; n < CASE_NUMBER; n++)
        buf_addf(&number, "%02x", check->dossier->number[n]);
    json_t *paper = json_pack("{s:s, s:s, s:s, s:I}", "code", paper_code_print(code, text), "kind",
                              paper_kind_name(PAPER_NOTE), "case", buf_text(&number), "dispatch",
                              (json_int_t)dossier_number(check, &item->dispatch));
    paper_set_said(paper, &check->conversation, item->place, &check->trust);
    buf_release(&number);
    return paper;
}

/* Why the note may be one of ours all the same. */
static bool not_here(const struct looking *l, struct error *err)
{
    char text[PAPER_CODE_SIZE];
    unsigned long missing = 0;

    for (size_t i = 0; i < l->check->chain_count; i++)
        missing += (unsigned long)(l->check->chains[i].last - l->check->chains[i].here);
    error_set(err, ERROR_VAULT, _("%s: no note of this dossier has that code"),
              paper_code_print(l->code, text));
    if (missing)
        error_set(err, ERROR_VAULT,
                  n_("%lu earlier dispatch is not in it, and could be that note: ask the post that "
                     "wrote the paper",
                     "%lu earlier dispatches are not in it, and one could be that note: ask the "
                     "post that wrote the paper",
                     missing),
                  missing);
    if (l->unsealed)
        error_set(err, ERROR_VAULT,
                  n_("%zu note of it was sent by an older version, which did not say its code",
                     "%zu notes of it were sent by an older version, which did not say their codes",
                     l->unsealed),
                  l->unsealed);
    return false;
}

json_t *dossier_paper(const struct dossier_check *check, const struct paper_code *code,
                      struct error *err)
{
    struct looking looking = {.check = check, .code = code};
    size_t found = check->count;
    bool is = false;

    if (paper_kind_of(code) != PAPER_NOTE) {
        error_set(err, ERROR_INPUT,
                  _("the code is of no note (%s): a dossier can tell of notes alone; ask the post "
                    "that printed the paper"),
                  _(paper_kind_label(paper_kind_of(code))));
        return NULL;
    }
    for (size_t i = 0; i < check->count; i++) {
        if (!is_of(&looking, &check->items[i], &is, err))
            return NULL;
        /* Whoever holds the paper can put its code into a note of their own. */
        if (is && found < check->count &&
            memcmp(check->items[found].dispatch.author, check->items[i].dispatch.author, POST_ID) !=
                0) {
            paper_of_two(code, err);
            return NULL;
        }
        /* One note may have gone out twice: the dispatch of it that counts is told of. */
        if (is && (found == check->count ||
                   conversation_counts(&check->conversation, check->items[i].place)))
            found = i;
    }
    if (found < check->count)
        return tell(check, code, found);
    not_here(&looking, err);
    return NULL;
}
