/* SPDX-License-Identifier: MIT */
/* What a terminal sends: no text typed is lost, and nothing is held for ever. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/text.h"
#include "amparo/tui/decode.h"
#include "fuzz.h"

/* How many events come of the bytes, fed at once; the text among them. */
static size_t decode(const uint8_t *bytes, size_t size, struct buf *text)
{
    struct decoder decoder;
    struct term_event event;
    size_t events = 0;
    int64_t now = 1000;
    int wait;

    decoder_init(&decoder, NULL);
    decoder_feed(&decoder, (const char *)bytes, size, now);
    for (size_t silences = 0; silences <= size + 1;) {
        if (decoder_next(&decoder, now, &event, &wait)) {
            events++;
            PROMISE(events <= size, "more events than bytes");
            if (event.kind == TERM_TEXT)
                buf_adds(text, event.text);
            if (event.kind == TERM_PASTE)
                PROMISE(text_valid(event.paste, strlen(event.paste)), "a paste that is no text");
        } else if (wait < 0) {
            decoder_release(&decoder);
            return events;
        } else {
            now += wait;
            silences++;
        }
    }
    PROMISE(false, "bytes are held for ever");
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *typed = fuzz_string(bytes, size);
    struct buf text = BUF_INIT;
    size_t events = decode(bytes, size, &text);

    PROMISE(text_valid(buf_text(&text), text.size), "typed text that is no text");
    if (strlen(typed) == size && is_plain(typed) && text_valid(typed, size) &&
        !strstr(typed, "\xc2"))
        PROMISE(!strcmp(buf_text(&text), typed), "typed %s, came %s", typed, buf_text(&text));
    buf_release(&text);
    free(typed);
    return events > 0;
}

static const struct fuzz_seed seeds[] = {
    SEED("María\x1b[A\x1bOP\x1b[15~\x1b[1;5C\t\r"),
    SEED("\x1b[200~pasted\ntext\x1b[201~x"),
    SEED("\x1b"
         "1\x1b\x1b[B\x7f\x03"),
    SEED(""),
    SEEDS_END,
};

static const char *const list[] = {"\x1b", "\x1b[", "\x1b[200~", "\x1b[201~", "\x1bO",
                                   "~",    ";",     "[<0;1;1M",  NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(keys, run) = {"keys", run, seeds, words, fuzz_mutate_bytes, 4000};
