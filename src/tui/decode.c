/* SPDX-License-Identifier: MIT */
#include "amparo/tui/decode.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define ESC '\x1B'
#define PASTE_END "\x1B[201~"
#define PASTE_SILENCE_MS 2000 /* the end of the paste got lost */

/* What one step found: an event, nothing to tell, or that more bytes or silence are needed. */
enum step {
    STEP_EVENT,
    STEP_SKIP,
    STEP_WAIT,
};

void decoder_init(struct decoder *decoder, const struct decode_key *keys)
{
    *decoder = (struct decoder){.keys = keys};
}

void decoder_release(struct decoder *decoder)
{
    buf_release(&decoder->in);
    buf_release(&decoder->paste);
}

void decoder_feed(struct decoder *decoder, const char *bytes, size_t size, int64_t now)
{
    if (decoder->in.size == 1 && decoder->in.data[0] == ESC)
        decoder->alone = now - decoder->last >= DECODE_SEQUENCE_MS;
    buf_add(&decoder->in, bytes, size);
    decoder->last = now;
}

/* The first `size` bytes are dealt with. */
static void take(struct decoder *decoder, size_t size)
{
    struct buf *in = &decoder->in;

    memmove(in->data, in->data + size, in->size - size);
    buf_cut(in, in->size - size);
    decoder->alone = false;
}

static enum step give_key(struct decoder *decoder, size_t size, enum term_key key,
                          struct term_event *event)
{
    take(decoder, size);
    *event = (struct term_event){.kind = TERM_KEY, .key = key};
    return key == TK_NONE ? STEP_SKIP : STEP_EVENT;
}

/* The first `taken` bytes meant this text. */
static enum step give_text(struct decoder *decoder, size_t taken, const char *text, size_t size,
                           struct term_event *event)
{
    *event = (struct term_event){.kind = TERM_TEXT};
    memcpy(event->text, text, size);
    take(decoder, taken);
    return STEP_EVENT;
}

/* Final byte of `ESC [ … x` and `ESC O x`, and the key with Ctrl where it differs. */
static const struct {
    char final;
    enum term_key key;
    enum term_key ctrl;
} letter_keys[] = {
    {'A', TK_UP, TK_UP},
    {'B', TK_DOWN, TK_DOWN},
    {'C', TK_RIGHT, TK_WORD_RIGHT},
    {'D', TK_LEFT, TK_WORD_LEFT},
    {'H', TK_HOME, TK_FIRST},
    {'F', TK_END, TK_LAST},
    {'Z', TK_BACKTAB, TK_BACKTAB},
    {'P', TK_F1, TK_F1},
    {'Q', TK_F(2), TK_F(2)},
    {'R', TK_F(3), TK_F(3)},
    {'S', TK_F(4), TK_F(4)},
    {'M', TK_ENTER, TK_ENTER},
    {'c', TK_WORD_RIGHT, TK_WORD_RIGHT},
    {'d', TK_WORD_LEFT, TK_WORD_LEFT},
};

/* Number in `ESC [ n ~`. */
static const struct {
    int number;
    enum term_key key;
    enum term_key ctrl;
} number_keys[] = {
    {1, TK_HOME, TK_FIRST},   {2, TK_INSERT, TK_INSERT},   {3, TK_DELETE, TK_DELETE},
    {4, TK_END, TK_LAST},     {5, TK_PAGE_UP, TK_PAGE_UP}, {6, TK_PAGE_DOWN, TK_PAGE_DOWN},
    {7, TK_HOME, TK_FIRST},   {8, TK_END, TK_LAST},        {11, TK_F(1), TK_F(1)},
    {12, TK_F(2), TK_F(2)},   {13, TK_F(3), TK_F(3)},      {14, TK_F(4), TK_F(4)},
    {15, TK_F(5), TK_F(5)},   {17, TK_F(6), TK_F(6)},      {18, TK_F(7), TK_F(7)},
    {19, TK_F(8), TK_F(8)},   {20, TK_F(9), TK_F(9)},      {21, TK_F(10), TK_F(10)},
    {23, TK_F(11), TK_F(11)}, {24, TK_CANCEL, TK_CANCEL},
};

static enum term_key letter_key(char final, bool ctrl)
{
    for (size_t i = 0; i < ARRAY_SIZE(letter_keys); i++)
        if (letter_keys[i].final == final)
            return ctrl ? letter_keys[i].ctrl : letter_keys[i].key;
    return TK_NONE;
}

static enum term_key number_key(int number, bool ctrl)
{
    for (size_t i = 0; i < ARRAY_SIZE(number_keys); i++)
        if (number_keys[i].number == number)
            return ctrl ? number_keys[i].ctrl : number_keys[i].key;
    return TK_NONE;
}

/* The two numbers of "n;m"; 0 for what is missing. */
static void read_numbers(const char *text, int numbers[2])
{
    numbers[0] = numbers[1] = 0;
    for (int which = 0; which < 2; text++) {
        if (*text >= '0' && *text <= '9' && numbers[which] < 1000)
            numbers[which] = numbers[which] * 10 + (*text - '0');
        else if (*text == ';')
            which++;
        else if (*text < '0' || *text > '9')
            break;
    }
}

/* `ESC [ parameters final`, all of it there. */
static enum step control_sequence(struct decoder *decoder, size_t size, struct term_event *event)
{
    const char *bytes = buf_text(&decoder->in);
    char final = bytes[size - 1];
    int numbers[2];

    read_numbers(bytes + 2, numbers);
    bool ctrl = final == '^' || (numbers[1] > 1 && ((numbers[1] - 1) & 4));
    if (final == 'n') {
        take(decoder, size);
        *event = (struct term_event){.kind = TERM_ANSWER};
        return STEP_EVENT;
    }
    if (final == '~' && numbers[0] == 200) {
        take(decoder, size);
        decoder->pasting = true;
        return STEP_SKIP;
    }
    if (final == '~' || final == '^' || final == '$')
        return give_key(decoder, size, number_key(numbers[0], ctrl), event);
    /* Reports such as `ESC [ 5;7 R` and `ESC [ ? 1 c` are not F3 and an arrow. */
    bool report = numbers[0] > 1 || (bytes[2] >= '<' && bytes[2] <= '?');
    enum term_key key = report ? TK_NONE : letter_key(final, ctrl);
    return give_key(decoder, size, key, event);
}

static bool is_final(char byte)
{
    return byte >= 0x40 && byte <= 0x7E;
}

static enum step after_bracket(struct decoder *decoder, struct term_event *event)
{
    const char *bytes = buf_text(&decoder->in);
    size_t at = 2;

    if (bytes[at] == '[') { /* the Linux console's F1 to F5 */
        if (!bytes[3])
            return STEP_WAIT;
        bool known = bytes[3] >= 'A' && bytes[3] <= 'E';
        return give_key(decoder, 4, known ? TK_F(bytes[3] - 'A' + 1) : TK_NONE, event);
    }
    while (bytes[at] >= 0x20 && bytes[at] < 0x40)
        at++;
    if (!bytes[at])
        return STEP_WAIT;
    if (!is_final(bytes[at])) /* broken off by something else */
        return give_key(decoder, at, TK_NONE, event);
    return control_sequence(decoder, at + 1, event);
}

/* `ESC O x`: arrows, PF1 to PF4, and the numeric keypad in its application mode. */
static enum step after_o(struct decoder *decoder, struct term_event *event)
{
    static const char keypad[] = "j*k+l,m-n.o/p0q1r2s3t4u5v6w7x8y9X=";
    char which = buf_text(&decoder->in)[2];

    if (!which)
        return STEP_WAIT;
    for (const char *pair = keypad; *pair; pair += 2)
        if (*pair == which)
            return give_text(decoder, 3, pair + 1, 1, event);
    return give_key(decoder, 3, letter_key(which, false), event);
}

/* A sequence that only this terminal sends. STEP_SKIP: none of them. */
static enum step own_sequence(struct decoder *decoder, struct term_event *event)
{
    const char *bytes = buf_text(&decoder->in);
    size_t size = decoder->in.size;
    bool begun = false;

    for (const struct decode_key *key = decoder->keys; key && key->bytes; key++) {
        size_t length = strlen(key->bytes);
        if (length <= size && memcmp(bytes, key->bytes, length) == 0)
            return give_key(decoder, length, key->key, event);
        begun = begun || (length > size && memcmp(bytes, key->bytes, size) == 0);
    }
    return begun ? STEP_WAIT : STEP_SKIP;
}

static enum step escape(struct decoder *decoder, struct term_event *event)
{
    const char *bytes = buf_text(&decoder->in);
    char next = bytes[1];

    if (next == '\0')
        return STEP_WAIT;
    if (next >= '0' && next <= '9')
        return give_key(decoder, 2, next == '0' ? TK_CANCEL : TK_F(next - '0'), event);
    if (decoder->alone)
        return give_key(decoder, next == ESC ? 2 : 1, TK_CANCEL, event);
    if (next == '[')
        return after_bracket(decoder, event);
    if (next == 'O')
        return after_o(decoder, event);
    if (next == '\r' || next == '\n')
        return give_key(decoder, 2, TK_NEWLINE, event);
    if (next == ESC && (bytes[2] == '[' || bytes[2] == 'O')) /* Alt and a key */
        return give_key(decoder, 1, TK_NONE, event);
    return give_key(decoder, next == ESC ? 2 : 1, TK_CANCEL, event);
}

static enum step control(struct decoder *decoder, struct term_event *event)
{
    char byte = decoder->in.data[0];

    switch (byte) {
    case '\r':
        return give_key(decoder, 1, TK_ENTER, event);
    case '\n':
        return give_key(decoder, 1, TK_NEWLINE, event);
    case '\t':
        return give_key(decoder, 1, TK_TAB, event);
    case '\b':
    case '\x7F':
        return give_key(decoder, 1, TK_BACKSPACE, event);
    case '\x03':
        return give_key(decoder, 1, TK_CANCEL, event);
    case '\x1A':
        take(decoder, 1);
        *event = (struct term_event){.kind = TERM_SUSPEND};
        return STEP_EVENT;
    default:
        return give_key(decoder, 1, byte >= 1 && byte <= 26 ? TK_CTRL(byte - 1 + 'A') : TK_NONE,
                        event);
    }
}

/* Whether the bytes at the start may be a letter whose last bytes are still to come. */
static bool cut_short(const struct buf *in)
{
    unsigned char first = (unsigned char)in->data[0];
    size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;

    for (size_t i = 1; i < size && i < in->size; i++)
        if (((unsigned char)in->data[i] & 0xC0) != 0x80)
            return false;
    return in->size < size;
}

static enum step letter(struct decoder *decoder, struct term_event *event)
{
    const char *bytes = buf_text(&decoder->in);
    size_t size = text_next(bytes, 0);

    if (!text_valid(bytes, size)) {
        if (cut_short(&decoder->in))
            return STEP_WAIT;
        take(decoder, 1);
        return STEP_SKIP;
    }
    /* A cluster may be of any length; the rest of a huge one follows as the next text. */
    for (; size >= TERM_TEXT_MAX || !text_valid(bytes, size); size--)
        ;
    return give_text(decoder, size, bytes, size, event);
}

/* Pasted text: lines end with \n, no other control characters, bytes that are no text left out. */
static void clean_paste(struct buf *out, const char *bytes, size_t size)
{
    struct buf raw = BUF_INIT;

    for (size_t at = 0; at < size; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte == '\r' && !(at + 1 < size && bytes[at + 1] == '\n'))
            byte = '\n';
        if (byte >= 0x20 ? byte != 0x7F : byte == '\n' || byte == '\t')
            buf_addc(&raw, (char)byte);
    }
    const char *text = buf_text(&raw);
    buf_clear(out);
    for (size_t at = 0, next; text[at]; at = next) {
        next = text_next(text, at);
        if (text_valid(text + at, next - at))
            buf_add(out, text + at, next - at);
    }
    buf_release(&raw);
}

/* No field takes that much: what comes after it is let go, but for where the end may begin. */
static void bound_paste(struct buf *in, size_t end_size)
{
    if (in->size <= DECODE_PASTE_MAX + end_size)
        return;
    memmove(in->data + DECODE_PASTE_MAX, in->data + in->size - end_size, end_size);
    buf_cut(in, DECODE_PASTE_MAX + end_size);
}

static enum step pasted(struct decoder *decoder, bool silent, struct term_event *event)
{
    struct buf *in = &decoder->in;
    size_t end_size = strlen(PASTE_END);
    const char *end = memmem(buf_text(in), in->size, PASTE_END, end_size);

    if (!end && !silent) {
        bound_paste(in, end_size);
        return STEP_WAIT;
    }
    size_t size = end ? (size_t)(end - in->data) : in->size;
    clean_paste(&decoder->paste, buf_text(in), size);
    if (in->size)
        take(decoder, end ? size + end_size : size);
    decoder->pasting = false;
    *event = (struct term_event){.kind = TERM_PASTE, .paste = buf_text(&decoder->paste)};
    return STEP_EVENT;
}

static enum step next_step(struct decoder *decoder, struct term_event *event)
{
    unsigned char first = (unsigned char)decoder->in.data[0];

    if (first != ESC)
        return first < 0x20 || first == 0x7F ? control(decoder, event) : letter(decoder, event);
    if (decoder->in.size > 1 && !decoder->alone) {
        enum step step = own_sequence(decoder, event);
        if (step != STEP_SKIP)
            return step;
    }
    return escape(decoder, event);
}

/* How long silence must last before what is held is taken for what it looks like. */
static int patience(const struct decoder *decoder)
{
    if (decoder->pasting)
        return PASTE_SILENCE_MS;
    return decoder->in.size == 1 && decoder->in.data[0] == ESC ? DECODE_ESC_MS : DECODE_SEQUENCE_MS;
}

bool decoder_next(struct decoder *decoder, int64_t now, struct term_event *event, int *wait)
{
    *wait = -1;
    if (!decoder->pasting)
        buf_clear(&decoder->paste); /* it may have been a passphrase */
    while (decoder->in.size > 0 || decoder->pasting) {
        int64_t left = decoder->last + patience(decoder) - now;
        enum step step =
            decoder->pasting ? pasted(decoder, left <= 0, event) : next_step(decoder, event);
        if (step == STEP_EVENT)
            return true;
        if (step == STEP_SKIP)
            continue;
        if (left > 0) {
            *wait = (int)left;
            return false;
        }
        /* Silence: an Esc alone, or a sequence that was none. */
        if (decoder->in.data[0] == ESC)
            return give_key(decoder, 1, TK_CANCEL, event) == STEP_EVENT;
        take(decoder, 1);
    }
    return false;
}
