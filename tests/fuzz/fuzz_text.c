/* SPDX-License-Identifier: MIT */
/* Text and names: letters, cells, wrapping, the search key. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/text.h"
#include "fuzz.h"

static void promise_letters(const char *text)
{
    size_t count = 0, size = strlen(text);

    for (size_t at = 0; text[at]; count++) {
        size_t next = text_next(text, at);
        PROMISE(next > at && next <= size, "no next letter at %zu", at);
        PROMISE(text_prev(text, next) <= at, "no way back from %zu to %zu", next, at);
        at = next;
    }
    PROMISE(count == text_clusters(text), "%zu letters, counted %zu", count, text_clusters(text));
    for (size_t at = 0; text[at];) {
        size_t next = text_next_word(text, at);
        PROMISE(next > at && next <= size, "no next word at %zu", at);
        at = next;
    }
    for (size_t at = size; at;) {
        size_t before = text_prev_word(text, at);
        PROMISE(before < at, "no word before %zu", at);
        at = before;
    }
}

static void promise_cells(const char *text)
{
    struct buf shown = BUF_INIT;
    size_t size = strlen(text);
    int cells = text_cells(text);

    text_shown(&shown, text, size);
    PROMISE(text_valid(buf_text(&shown), shown.size), "what is shown is no text");
    PROMISE(text_cells(buf_text(&shown)) == cells, "%d cells, shown in %d", cells,
            text_cells(buf_text(&shown)));
    for (const char *p = buf_text(&shown); *p; p++)
        PROMISE((unsigned char)*p >= ' ' && *p != 0x7f, "a control character is shown");
    buf_clear(&shown);
    text_pad(&shown, text, 12);
    PROMISE(text_cells(buf_text(&shown)) == 12, "filled up to %d cells of 12",
            text_cells(buf_text(&shown)));
    buf_release(&shown);
    size_t fits = text_fit(text, 5);
    PROMISE(fits <= size && text_cells_n(text, fits) <= 5, "%zu bytes do not fit in 5 cells", fits);
}

static void promise_lines(const char *text)
{
    size_t shown, taken, all = 0;

    while ((taken = text_wrap(text + all, 7, &shown)) > 0) {
        PROMISE(shown <= taken && text_cells_n(text + all, shown) <= 7, "a line too wide");
        all += taken;
        PROMISE(all <= strlen(text), "a line past the end");
    }
    PROMISE(!text[all], "lines end before the text");
}

static void promise_key(const char *text)
{
    struct buf key = BUF_INIT, again = BUF_INIT;

    text_fold(&key, text);
    text_fold(&again, buf_text(&key));
    PROMISE(!strcmp(buf_text(&key), buf_text(&again)), "folded twice: %s, then %s", buf_text(&key),
            buf_text(&again));
    if (key.size)
        PROMISE(text_match(text, text) == TEXT_MATCH_WHOLE, "not like itself: %s", text);
    buf_release(&key);
    buf_release(&again);
}

static void promise_normal(const char *text)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;

    PROMISE(text_normalize(&once, text, strlen(text)), "valid, and has no normal form");
    PROMISE(text_normalize(&twice, buf_text(&once), once.size), "the normal form is not valid");
    PROMISE(!strcmp(buf_text(&once), buf_text(&twice)), "two normal forms");
    buf_release(&once);
    buf_release(&twice);
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    bool valid = text_valid((const char *)bytes, size);

    promise_letters(text);
    promise_cells(text);
    promise_lines(text);
    promise_key(text);
    if (valid)
        promise_normal(text);
    free(text);
    return valid;
}

static const struct fuzz_seed seeds[] = {
    SEED("María de los Ángeles ÑÁÑEZ d’Ávila"),
    SEED("e\xcc\x81n\xcc\x83 ﬁn Straße Łódź Ø"),
    SEED("王小明 علي Ολύμπιος 🇭🇳 👩‍👧‍👦"),
    SEED("a\tb\r\nc  d\n\n"),
    SEED("\xff\xfe\xc3(\xed\xa0\x80"),
    SEEDS_END,
};

static const char *const list[] = {"\xcc\x81",
                                   "\xe2\x80\x8d",
                                   "\xef\xb8\x8f",
                                   "\xf0\x9f\x87\xad",
                                   "\xe2\x80\xae",
                                   "\xc2\xad",
                                   "\xe3\x85\xa4",
                                   "\xe1\x84\x80",
                                   "\xe1\x85\xa1",
                                   "de la",
                                   "-",
                                   "’",
                                   " ",
                                   "\n",
                                   "ß",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(text, run) = {"text", run, seeds, words, fuzz_mutate_bytes, 2500};
