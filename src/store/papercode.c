/* SPDX-License-Identifier: MIT */
#include "amparo/store/papercode.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/spell.h"
#include "amparo/base/text.h"
#include "amparo/vault/kdf.h"

enum { GROUP = 4, BITS = 5, DOCUMENT = 1, COPY = DOCUMENT + PAPER_DOCUMENT, HASHED = 64 };

const char paper_seal_key[] = "paper";

static const struct kdf_cost cost = {1, KDF_KIB_MIN};

/* The letters are on papers: never change or reuse one. */
static const struct {
    char letter;
    const char *name, *label;
} kinds[] = {
    [PAPER_OTHER] = {'D', "document", N_("document")},
    [PAPER_NOTE] = {'N', "note", N_("note verbale")},
    [PAPER_SUMMARY] = {'S', "summary", N_("case summary")},
    [PAPER_POLL] = {'P', "poll", N_("poll sheet")},
    [PAPER_COSTS] = {'C', "costs", N_("cost statement")},
    [PAPER_REGISTER] = {'R', "register", N_("register of notes")},
    [PAPER_REPORT] = {'M', "report", N_("meeting report")},
    [PAPER_STATISTICS] = {'T', "statistics", N_("statistics")},
    [PAPER_SHORT] = {'H', "short", N_("short summary")},
    [PAPER_RECEIPT] = {'V', "receipt", N_("receipt for a migrant")},
    [PAPER_OFFICES] = {'F', "offices", N_("list of offices")},
};

enum paper_kind paper_kind_called(const char *what)
{
    size_t size = strcspn(what, " ");

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strlen(kinds[i].name) == size && memcmp(kinds[i].name, what, size) == 0)
            return (enum paper_kind)i;
    return PAPER_OTHER;
}

enum paper_kind paper_kind_of(const struct paper_code *code)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (kinds[i].letter == code->text[0])
            return (enum paper_kind)i;
    return PAPER_OTHER;
}

const char *paper_kind_name(enum paper_kind kind)
{
    return kinds[kind].name;
}

const char *paper_kind_label(enum paper_kind kind)
{
    return kinds[kind].label;
}

/* ---- making ---- */

/* So many characters from the bits that begin at character `from` of the hash. */
static void spell(const uint8_t hash[HASHED], size_t from, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        unsigned value = 0;
        for (size_t bit = (from + i) * BITS; bit < (from + i + 1) * BITS; bit++)
            value = value << 1 | (hash[bit / 8] >> (7 - bit % 8) & 1);
        out[i] = spell_alphabet[value];
    }
}

static void spell_note(const uint8_t act[ACT_ID_SIZE], char out[PAPER_DOCUMENT])
{
    static const uint8_t purpose[] = "amparo paper note";
    crypto_generichash_state state;
    uint8_t hash[HASHED];

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, purpose, sizeof purpose);
    crypto_generichash_update(&state, act, ACT_ID_SIZE);
    crypto_generichash_final(&state, hash, sizeof hash);
    spell(hash, 0, PAPER_DOCUMENT, out);
}

static char check_of(const struct paper_code *code)
{
    unsigned sum = 1;

    for (size_t i = 0; i < PAPER_CODE - 1; i++)
        sum = spell_add(sum, (unsigned)spell_value(code->text[i]));
    return spell_alphabet[spell_check(sum)];
}

void paper_code_make(const char *what, const uint8_t mark[ACCESS_MARK],
                     const uint8_t note[ACT_ID_SIZE], struct paper_code *out)
{
    _Static_assert((int)ACCESS_MARK == (int)HASHED, "a mark is a hash");
    memset(out, 0, sizeof *out);
    out->text[0] = kinds[paper_kind_called(what)].letter;
    if (note)
        spell_note(note, out->text + DOCUMENT);
    else
        spell(mark, PAPER_COPY, PAPER_DOCUMENT, out->text + DOCUMENT);
    spell(mark, 0, PAPER_COPY, out->text + COPY);
    out->text[PAPER_CODE - 1] = check_of(out);
}

const char *paper_code_print(const struct paper_code *code, char out[PAPER_CODE_SIZE])
{
    int at = 0;

    for (int i = 0; i < PAPER_CODE; i += GROUP)
        at += snprintf(out + at, (size_t)(PAPER_CODE_SIZE - at), "%s%.*s", i ? "-" : "", GROUP,
                       code->text + i);
    return out;
}

/* ---- reading ---- */

#define LOOKS "N7QX-93MD-PZ4V-8T2C-W6H5"

/* The message quotes what was typed, which may be anything. */
static bool refuse(struct error *err, const char *typed, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool refuse(struct error *err, const char *typed, const char *format, ...)
{
    struct buf why = BUF_INIT;
    va_list args;

    text_shown(&why, typed, strlen(typed));
    buf_adds(&why, C_("after a label", ": "));
    va_start(args, format);
    buf_vaddf(&why, format, args);
    va_end(args);
    error_set(err, ERROR_INPUT, "%s", buf_text(&why));
    buf_release(&why);
    return false;
}

bool paper_code_parse(const char *text, struct paper_code *out, struct error *err)
{
    size_t count = 0;

    memset(out, 0, sizeof *out);
    for (const char *c = text; *c; c++) {
        int value = spell_value(*c);
        if (value == -1)
            return refuse(err, text, _("no code of a paper has that character; one looks like %s"),
                          LOOKS);
        if (value >= 0 && count++ < PAPER_CODE)
            out->text[count - 1] = spell_alphabet[value];
    }
    if (count != PAPER_CODE)
        return refuse(err, text,
                      _("the code of a paper has %d characters, and this has %zu; one looks like "
                        "%s"),
                      PAPER_CODE, count, LOOKS);
    return out->text[PAPER_CODE - 1] == check_of(out) ||
           refuse(err, text,
                  _("a character is mistyped, as its last one tells; read it from the paper "
                    "again"));
}

/* ---- comparing ---- */

bool paper_code_is_copy(const struct paper_code *code, const uint8_t mark[ACCESS_MARK])
{
    char copy[PAPER_COPY];

    spell(mark, 0, PAPER_COPY, copy);
    return memcmp(copy, code->text + COPY, PAPER_COPY) == 0;
}

bool paper_code_is_entry(const struct paper_code *code, const uint8_t mark[ACCESS_MARK])
{
    char document[PAPER_DOCUMENT];

    spell(mark, PAPER_COPY, PAPER_DOCUMENT, document);
    return memcmp(document, code->text + DOCUMENT, PAPER_DOCUMENT) == 0 &&
           paper_code_is_copy(code, mark);
}

bool paper_code_is_note(const struct paper_code *code, const uint8_t act[ACT_ID_SIZE])
{
    char document[PAPER_DOCUMENT];

    spell_note(act, document);
    return memcmp(document, code->text + DOCUMENT, PAPER_DOCUMENT) == 0;
}

/* ---- the seal ---- */

bool paper_seal(const struct paper_code *code, const uint8_t author[POST_ID],
                char out[PAPER_SEAL + 1], struct error *err)
{
    struct {
        uint8_t purpose[18];
        char document[PAPER_DOCUMENT];
    } sealed = {.purpose = "amparo paper seal"};
    uint8_t hash[KDF_OUT];

    _Static_assert((int)POST_ID == (int)KDF_SALT, "the post salts the seal");
    memcpy(sealed.document, code->text + DOCUMENT, PAPER_DOCUMENT);
    if (!kdf_derive(cost, author, &sealed, sizeof sealed, hash))
        return error_set(err, ERROR_FAILED,
                         _("not enough memory; close other programs and try "
                           "again"));
    spell(hash, 0, PAPER_SEAL, out);
    out[PAPER_SEAL] = '\0';
    return true;
}

bool paper_seal_note(const uint8_t act[ACT_ID_SIZE], const uint8_t author[POST_ID],
                     char out[PAPER_SEAL + 1], struct error *err)
{
    struct paper_code code = {.text = ""};

    spell_note(act, code.text + DOCUMENT);
    return paper_seal(&code, author, out, err);
}

bool paper_of_two(const struct paper_code *code, struct error *err)
{
    char text[PAPER_CODE_SIZE];

    return error_set(err, ERROR_VAULT,
                     _("%s: two posts say that it is the code of a note of theirs, and one of them "
                       "took it from the paper: ask both by telephone"),
                     paper_code_print(code, text));
}
