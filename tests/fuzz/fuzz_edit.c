/* SPDX-License-Identifier: MIT */
/*
 * The editor of one value, held against the simplest one that could be: what stands before the
 * cursor, what is put in, what stands behind it. The first byte says what kind of field it is; of
 * the others a control byte is a key, text is typed, and text after a STX is pasted.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/edit.h"
#include "fuzz.h"

#define BEGINNING "Peña"
#define PASTE '\x02'
#define REPLACE '\x1f' /* as a code taken out of a list does */

/* The text as such a field may hold it. */
static void tidy(struct buf *out, const char *text, bool lines)
{
    PROMISE(text_normalize(out, text, strlen(text)), "no text came out: %s", text);
    for (size_t i = 0; i < out->size; i++)
        if (out->data[i] == '\t' || (out->data[i] == '\n' && !lines))
            out->data[i] = ' ';
}

static bool is_boundary(const char *text, size_t at)
{
    size_t next = 0;

    while (next < at && text[next])
        next = text_next(text, next);
    return next == at;
}

static void promise_state(struct edit *edit, int width)
{
    const char *text = edit_text(edit);
    struct buf again = BUF_INIT;
    int row, col;

    tidy(&again, text, edit->lines);
    PROMISE(!strcmp(buf_text(&again), text), "not in normal form: %s", text);
    buf_release(&again);
    PROMISE(edit->at <= edit->text.size && is_boundary(text, edit->at),
            "the cursor is at %zu of %s", edit->at, text);
    edit_scroll(edit, width);
    PROMISE(edit->view <= edit->at && is_boundary(text, edit->view), "shown from %zu of %s",
            edit->view, text);
    PROMISE(text_cells_n(text + edit->view, edit->at - edit->view) <= width,
            "the cursor is outside of the field");
    edit_place(edit, width, &row, &col);
    PROMISE(row < edit_rows(edit, width) && col <= width, "the cursor is outside of the lines");
}

/* Where the cursor was, and all that was before and behind it. */
struct before {
    char *head, *tail, *text;
    int row;
};

static struct before look(const struct edit *edit, int width)
{
    bool replaced = edit->fresh;
    struct before b = {xstrndup(edit_text(edit), replaced ? 0 : edit->at),
                       xstrdup(replaced ? "" : edit_text(edit) + edit->at),
                       xstrdup(edit_text(edit)), 0};
    int col;

    edit_place(edit, width, &b.row, &col);
    return b;
}

static void forget(struct before *b)
{
    free(b->head);
    free(b->tail);
    free(b->text);
}

static bool is_spliced(const struct edit *edit, const struct before *b, const char *put,
                       size_t size)
{
    struct buf raw = BUF_INIT, tidied = BUF_INIT;

    buf_adds(&raw, b->head);
    buf_add(&raw, put, size);
    buf_adds(&raw, b->tail);
    tidy(&tidied, buf_text(&raw), edit->lines);
    bool is = strcmp(buf_text(&tidied), edit_text(edit)) == 0;
    buf_release(&raw);
    buf_release(&tidied);
    return is;
}

/* All of it, or, where there was no room, a beginning of a paste and nothing of what was typed. */
static void promise_put(const struct edit *edit, const struct before *b, const char *put,
                        bool pasted)
{
    size_t size = strlen(put);

    if (!edit->full) {
        PROMISE(is_spliced(edit, b, put, size), "%s put into %s: %s", put, b->text,
                edit_text(edit));
        return;
    }
    PROMISE(edit->max, "no room where there is no limit");
    if (!strcmp(edit_text(edit), b->text))
        return;
    while (pasted && size && !(text_valid(put, size) && is_spliced(edit, b, put, size)))
        size--;
    PROMISE(pasted && size, "neither all nor nothing of %s in %s", put, edit_text(edit));
}

static void promise_rubbed(const struct edit *edit, const struct before *b, bool fresh, bool back)
{
    struct before left = *b;
    size_t last = text_prev(b->head, strlen(b->head));

    if (fresh) {
        PROMISE(!*edit_text(edit), "a fresh value stays: %s", edit_text(edit));
        return;
    }
    left.head = xstrndup(b->head, back ? last : strlen(b->head));
    left.tail = b->tail + (back ? 0 : text_next(b->tail, 0));
    PROMISE(is_spliced(edit, &left, "", 0), "rubbed out of %s: %s", b->text, edit_text(edit));
    free(left.head);
}

static void press(struct edit *edit, enum term_key key, int width)
{
    struct term_event event = {.kind = TERM_KEY, .key = key};
    struct before b = look(edit, width);
    bool fresh = edit->fresh, taken = edit_event(edit, &event, width);
    int row, col;

    edit_place(edit, width, &row, &col);
    switch (key) {
    case TK_BACKSPACE:
    case TK_DELETE:
        promise_rubbed(edit, &b, fresh, key == TK_BACKSPACE);
        break;
    case TK_NEWLINE:
        if (edit->lines)
            promise_put(edit, &b, "\n", false);
        break;
    case TK_CTRL('U'):
    case TK_CTRL('R'):
        break;
    case TK_UP:
    case TK_DOWN:
        PROMISE(!taken || row == b.row + (key == TK_UP ? -1 : 1), "from line %d to line %d", b.row,
                row);
        /* fall through */
    default:
        PROMISE(!strcmp(edit_text(edit), b.text), "a move changed %s to %s", b.text,
                edit_text(edit));
    }
    forget(&b);
}

static void put(struct edit *edit, const char *text, bool pasted, int width)
{
    struct term_event event = {.kind = pasted ? TERM_PASTE : TERM_TEXT, .paste = text};
    struct before b = look(edit, width);

    if (!pasted)
        memcpy(event.text, text, strlen(text));
    edit_event(edit, &event, width);
    promise_put(edit, &b, text, pasted);
    forget(&b);
}

static void play(struct edit *edit, const char *bytes, int width)
{
    static const enum term_key keys[] = {
        TK_LEFT,      TK_RIGHT,  TK_HOME,    TK_END,       TK_UP,        TK_DOWN,   TK_WORD_LEFT,
        TK_BACKSPACE, TK_DELETE, TK_NEWLINE, TK_CTRL('U'), TK_CTRL('R'), TK_INSERT, TK_WORD_RIGHT,
    };

    while (*bytes) {
        bool pasted = *bytes == PASTE;
        if (*bytes == REPLACE) {
            edit_replace(edit, "ñandú, ñandú, ñandú\tñandú");
            promise_state(edit, width);
            bytes++;
            continue;
        }
        if ((unsigned char)*bytes < ' ' && !pasted) {
            press(edit, keys[(size_t)*bytes++ % ARRAY_SIZE(keys)], width);
        } else {
            bytes += pasted;
            size_t size = pasted ? strcspn(bytes, "\x01\x02\x03\x04\x05") : text_next(bytes, 0);
            while (!pasted && (size >= TERM_TEXT_MAX || !text_valid(bytes, size)))
                size--;
            char *text = xstrndup(bytes, size);
            put(edit, text, pasted, width);
            free(text);
            bytes += size;
        }
        promise_state(edit, width);
    }
}

/* Undone as far as it goes it is as at the beginning, redone as far as it goes as at the end. */
static void promise_undo(struct edit *edit, int width)
{
    struct term_event event = {.kind = TERM_KEY, .key = TK_CTRL('R')};

    while (edit_event(edit, &event, width))
        promise_state(edit, width);
    char *end = xstrdup(edit_text(edit));
    event.key = TK_CTRL('U');
    while (edit_event(edit, &event, width))
        promise_state(edit, width);
    PROMISE(!strcmp(edit_text(edit), BEGINNING), "at the beginning: %s", edit_text(edit));
    event.key = TK_CTRL('R');
    while (edit_event(edit, &event, width))
        promise_state(edit, width);
    PROMISE(!strcmp(edit_text(edit), end), "%s at the end, then %s", end, edit_text(edit));
    free(end);
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    unsigned kind = size ? bytes[0] : 0;
    int width = 2 + (int)(kind >> 2) % 20;
    struct edit edit;

    if (!*text || !text_valid(text + 1, strlen(text + 1))) {
        free(text);
        return false;
    }
    edit_init(&edit, kind & 1, kind & 2 ? 40 : 0);
    edit_set(&edit, BEGINNING);
    play(&edit, text + 1, width);
    promise_undo(&edit, width);
    edit_release(&edit);
    free(text);
    return true;
}

static const struct fuzz_seed seeds[] = {
    SEED("0María de los Ángeles\x06\x06ÑÁ\x07\x07\x0a\x0a\x0b"),
    SEED("1one two three four five six\x04\x04\x05\x03\x09\x04\x05xyz\x02pasted text\x01"),
    SEED("2n\xcc\x83 e\x02\xcc\x81 🇭🇳🇬🇭 👩‍👧‍👦 Ω\x00x"),
    SEED("7王小明 علي שלום\x04\x04\x05\x05\x07\x08\x0a\x0a\x0b\x0b"),
    SEED("0🇭🇳\x10🇬x"),
    SEED("0\x02 abcdefghijklmnopqrstuvwxyz\x01\x1fx\x0a"),
    SEED("3\x02one\ttwo\n\nthree that is far too long for such a field\x01\x0a"),
    SEEDS_END,
};

static const char *const list[] = {"\xcc\x81",
                                   "\xe2\x80\x8d",
                                   "\xef\xb8\x8f",
                                   "\xf0\x9f\x87\xad",
                                   "\xf0\x9f\x87\xb3",
                                   "\xe2\x80\xae",
                                   "\xe2\x81\xa6",
                                   "\xf3\xa0\x81\xa1",
                                   "\xe1\x84\x80",
                                   "\xe1\x85\xa1",
                                   "\x01",
                                   "\x02",
                                   "\x04",
                                   "\x05",
                                   "\x07",
                                   "\x08",
                                   "\x0a",
                                   "\x0b",
                                   "\x07\x07\x07",
                                   " ",
                                   "日本",
                                   "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(edit, run) = {"edit", run, seeds, words, fuzz_mutate_bytes, 2500};
