/* SPDX-License-Identifier: MIT */
#include "amparo/tui/passentry.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/mem.h"

void passentry_init(struct passentry *secret)
{
    if (sodium_init() < 0)
        BUG("libsodium does not start");
    secret->bytes = sodium_malloc(PASSENTRY_MAX);
    secret->length = 0;
    if (!secret->bytes)
        BUG("no locked memory");
}

void passentry_release(struct passentry *secret)
{
    sodium_free(secret->bytes);
    secret->bytes = NULL;
    secret->length = 0;
}

void passentry_clear(struct passentry *secret)
{
    sodium_memzero(secret->bytes, PASSENTRY_MAX);
    secret->length = 0;
}

static void add(struct passentry *secret, const char *text, size_t size)
{
    if (secret->length + size > PASSENTRY_MAX)
        return;
    memcpy(secret->bytes + secret->length, text, size);
    secret->length += size;
}

/* The last character. */
static void rub_out(struct passentry *secret)
{
    if (!secret->length)
        return;
    do
        secret->length--;
    while (secret->length && ((unsigned char)secret->bytes[secret->length] & 0xC0) == 0x80);
    sodium_memzero(secret->bytes + secret->length, PASSENTRY_MAX - secret->length);
}

bool passentry_event(struct passentry *secret, const struct term_event *event)
{
    if (event->kind == TERM_TEXT)
        add(secret, event->text, strlen(event->text));
    else if (event->kind == TERM_PASTE)
        add(secret, event->paste, strcspn(event->paste, "\n"));
    else if (event->kind == TERM_KEY && event->key == TK_BACKSPACE)
        rub_out(secret);
    else if (event->kind == TERM_KEY && event->key == TK_CTRL('U'))
        passentry_clear(secret);
    else
        return false;
    return true;
}

struct passphrase passentry_passphrase(const struct passentry *secret)
{
    return (struct passphrase){secret->bytes, secret->length};
}
