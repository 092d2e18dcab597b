/* SPDX-License-Identifier: MIT */
#include "amparo/paper/copy.h"

#include "amparo/base/mem.h"
#include "amparo/paper/language.h"
#include "amparo/store/papercode.h"

enum { TIME = sizeof "hh:mm" - 1 };

static void put_word(const struct paper_language *language, const char *word, struct buf *out)
{
    paper_word(language, "layout", word, out);
    buf_addc(out, ' ');
}

/* "Copy 3", "Copies 3-5": before what stands at the foot already. */
static void put_numbers(const struct paper_language *language, const struct access_copy *copy,
                        struct paper *paper)
{
    struct buf foot = BUF_INIT;
    bool one = copy->first == copy->number;

    put_word(language, one ? "copy" : "copies", &foot);
    if (!one)
        buf_addf(&foot, "%lld-", (long long)copy->first);
    buf_addf(&foot, "%lld  %s", (long long)copy->number, buf_text(&paper->witness));
    buf_release(&paper->witness);
    paper->witness = foot;
}

/* officer: who made it, on what stays in the house; NULL: what goes to others has no name of ours,
 * and the access log knows by the code. */
static void put_code(const struct paper_language *language, const struct paper_code *code,
                     const char *officer, struct paper *paper)
{
    char text[PAPER_CODE_SIZE];
    const char *at = buf_text(&paper->at);

    put_word(language, "code", &paper->printed);
    buf_addf(&paper->printed, "%s  %.*s %.*s", paper_code_print(code, text), DATE_SIZE - 1, at,
             TIME, at + DATE_SIZE);
    if (officer)
        buf_addf(&paper->printed, ", %s", officer);
    paper_code(paper, code->text, text);
}

bool paper_copy(struct store *store, const struct access *access, const uint8_t note[ACT_ID_SIZE],
                bool draft, struct paper *paper, struct access_copy *entered, struct error *err)
{
    const char *code = buf_text(&paper->language);
    struct access entering = *access;
    struct paper_language language;
    struct access_copy copy;
    struct paper_code paper_code;
    bool leaves = access->recipient && *access->recipient;

    if (!paper_language_init(&language, code, store_post(store)->state, paper_translator(code)))
        BUG("a document in no language");
    entering.language = code;
    if (!access_enter(store, &entering, &copy, err))
        return false;
    if (entered)
        *entered = copy;
    if (!copy.entry || draft)
        return true;
    if (copy.number)
        put_numbers(&language, &copy, paper);
    paper_code_make(access->what, copy.mark, note, &paper_code);
    put_code(&language, &paper_code, leaves ? NULL : store_officer(store)->name, paper);
    return true;
}
