/* SPDX-License-Identifier: MIT */
#include "route_kit.h"

#include <string.h>

bool kept_visit(void *ctx, const struct pouch_found *found)
{
    struct kept *kept = ctx;
    struct kept_one *one = &kept->one[kept->count++];

    assert_true(kept->count < KEPT_MOST);
    assert_true(!found->bytes == !!found->fault);
    one->found = *found;
    one->found.bytes = NULL;
    buf_init(&one->bytes);
    buf_init(&one->fault);
    if (found->bytes)
        buf_add(&one->bytes, found->bytes, found->size);
    buf_adds(&one->fault, found->fault ? found->fault : "");
    return true;
}

void kept_release(struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        buf_release(&kept->one[i].bytes);
        buf_release(&kept->one[i].fault);
    }
    kept->count = 0;
}

void kit_pouch(struct buf *out, size_t size, unsigned seed)
{
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + size;

    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        buf_addc(out, i < 4 ? "pch\1"[i] : (char)(state >> 56));
    }
}

void kit_assert_only(const struct kept *kept, const struct buf *pouch, enum pouch_form form)
{
    assert_int_equal(kept->count, 1);
    assert_string_equal(buf_text(&kept->one[0].fault), "");
    assert_int_equal(kept->one[0].bytes.size, pouch->size);
    assert_memory_equal(kept->one[0].bytes.data, pouch->data, pouch->size);
    assert_int_equal(kept->one[0].found.form, form);
}

void kit_replace(struct buf *out, const char *text, const char *what, const char *with)
{
    for (const char *at; (at = strstr(text, what)); text = at + strlen(what)) {
        buf_add(out, text, (size_t)(at - text));
        buf_adds(out, with);
    }
    buf_adds(out, text);
}

void kit_quoted_printable(struct buf *out, const char *text, size_t size, size_t columns)
{
    size_t column = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool plain = c > ' ' && c < 0x7f && !strchr("=[]_-&", c);
        if (c == '\n') {
            buf_adds(out, "\r\n");
            column = 0;
            continue;
        }
        if (column + 3 >= columns) {
            buf_adds(out, "=\r\n");
            column = 0;
        }
        buf_addf(out, plain ? "%c" : "=%02X", c);
        column += plain ? 1 : 3;
    }
}
