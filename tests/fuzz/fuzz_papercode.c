/* SPDX-License-Identifier: MIT */
/* Codes of papers as people type them; no mistyped character passes. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/spell.h"
#include "amparo/store/papercode.h"
#include "fuzz.h"

/* Each character replaced by the next one of the alphabet is found. */
static void promise_typing_counts(const struct paper_code *code)
{
    for (size_t i = 0; i < PAPER_CODE; i++) {
        struct paper_code wrong = *code, taken;
        size_t at = (size_t)(strchr(spell_alphabet, wrong.text[i]) - spell_alphabet);
        wrong.text[i] = spell_alphabet[(at + 1) % (sizeof spell_alphabet - 1)];
        PROMISE(!paper_code_parse(wrong.text, &taken, NULL), "mistyped at %zu, and taken", i);
    }
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size), printed[PAPER_CODE_SIZE];
    struct error err = ERROR_INIT;
    struct paper_code code, again;
    bool taken = paper_code_parse(text, &code, &err);

    if (taken) {
        PROMISE(strlen(code.text) == PAPER_CODE, "of another length, and taken");
        paper_code_print(&code, printed);
        PROMISE(paper_code_parse(printed, &again, NULL), "printed, and refused");
        PROMISE(strcmp(code.text, again.text) == 0, "printed as another code");
        PROMISE(*paper_kind_name(paper_kind_of(&code)), "of no kind");
        promise_typing_counts(&code);
    } else {
        fuzz_message(&err, NULL);
    }
    error_release(&err);
    free(text);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("N7QX-93MD-PZ4V-8T2C-W6H5"),
    SEED("NCQ9-W4E6-19Z9-Y044-0Y5K"),
    SEED("sgx4 gnk4 ea08 x044 0y53"),
    SEEDS_END,
};

static const char *const list[] = {"-", " ", "0", "O", "l", "U", "N7QX", "\n", NULL};

static const char *const *words(void)
{
    return list;
}

/* Half of the mutants are only laid out otherwise, else hardly one would be taken. */
static void mutate(struct fuzz_random *random, const char *const *words_, struct buf *input)
{
    if (!fuzz_below(random, 2)) {
        fuzz_mutate_bytes(random, words_, input);
        return;
    }
    for (size_t i = 0; i < input->size; i++) {
        char *c = &input->data[i];
        if (*c >= 'A' && *c <= 'Z' && !fuzz_below(random, 3))
            *c = (char)(*c - 'A' + 'a');
        else if (*c == '-')
            *c = "- \t\n"[fuzz_below(random, 4)];
        else if (*c == '0' && !fuzz_below(random, 3))
            *c = 'o';
    }
}

FUZZ_TARGET(papercode, run) = {"papercode", run, seeds, words, mutate, 2000};
