/* SPDX-License-Identifier: MIT */
/* The strict subset of CBOR: one value has one encoding, so what is read is written as it was. */
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/store/value.h"
#include "fuzz.h"

static void copy(struct cbor *in, struct buf *out);

static void copy_items(struct cbor *in, struct buf *out, size_t count)
{
    while (count--)
        copy(in, out);
}

/* Reads one item with the reader of its type, and writes it. */
static void copy(struct cbor *in, struct buf *out)
{
    uint64_t number;
    int64_t negative;
    const uint8_t *bytes;
    const char *text;
    size_t size, count;
    bool truth;

    switch (cbor_peek(in)) {
    case CBOR_UINT:
        PROMISE(cbor_read_uint(in, &number), "no number where one is");
        cbor_put_uint(out, number);
        return;
    case CBOR_NEGATIVE:
        if (cbor_read_int(in, &negative)) {
            PROMISE(negative < 0, "%lld is negative", (long long)negative);
            cbor_put_int(out, negative);
        } else { /* below what 64 bits hold: passed over as it stands */
            const uint8_t *from = in->at;
            cbor_skip(in);
            buf_add(out, from, (size_t)(in->at - from));
        }
        return;
    case CBOR_BYTES:
        PROMISE(cbor_read_bytes(in, &bytes, &size), "no bytes where they are");
        cbor_put_bytes(out, bytes, size);
        return;
    case CBOR_TEXT:
        PROMISE(cbor_read_text(in, &text, &size), "no text where it is");
        PROMISE(cbor_text_ok(text, size), "a text that is none was read");
        cbor_put_text(out, text, size);
        return;
    case CBOR_ARRAY:
        PROMISE(cbor_read_array(in, &count), "no array where one is");
        cbor_put_array(out, count);
        copy_items(in, out, count);
        return;
    case CBOR_MAP:
        PROMISE(cbor_read_map(in, &count), "no map where one is");
        cbor_put_map(out, count);
        copy_items(in, out, 2 * count);
        return;
    case CBOR_BOOL:
        PROMISE(cbor_read_bool(in, &truth), "no truth where it is");
        cbor_put_bool(out, truth);
        return;
    case CBOR_NONE:
        break;
    }
    PROMISE(false, "checked bytes end too early");
}

/* As a value of an act, where JSON has such a one. */
static void promise_value(const uint8_t *bytes, size_t size)
{
    struct cbor in;
    struct buf out = BUF_INIT;

    cbor_begin(&in, bytes, size);
    json_t *value = value_read(&in);
    if (value && value_check(value, "x", NULL)) {
        value_put(&out, value);
        PROMISE(out.size == size && !memcmp(out.data, bytes, size), "a value is written otherwise");
    }
    json_decref(value);
    buf_release(&out);
}

static bool run(const uint8_t *bytes, size_t size)
{
    const char *fault = NULL;
    size_t at = 0;
    struct buf out = BUF_INIT;
    struct cbor in;

    if (!cbor_check(bytes, size, &fault, &at)) {
        PROMISE(fault && *fault, "refused without a word");
        PROMISE(at <= size, "the fault is said to be at byte %zu of %zu", at, size);
        return false;
    }
    cbor_begin(&in, bytes, size);
    copy(&in, &out);
    PROMISE(cbor_peek(&in) == CBOR_NONE, "bytes after the end were let in");
    PROMISE(out.size == size && !memcmp(out.data, bytes, size), "two encodings of one value");
    buf_release(&out);
    cbor_begin(&in, bytes, size);
    cbor_skip(&in);
    PROMISE(in.at == in.end, "passing over it does not end at its end");
    promise_value(bytes, size);
    return true;
}

static const struct fuzz_seed seeds[] = {
    SEED("\x00"),
    SEED("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"),
    SEED("\x3b\x7f\xff\xff\xff\xff\xff\xff\xff"),
    SEED("\x83\x01\x63"
         "abc"
         "\xf5"),
    SEED("\xa3\x01\x02\x61"
         "a"
         "\x43"
         "\x00\xff\x01"
         "\x62"
         "bb"
         "\x82\xf4\x20"),
    SEED("\xa2\x64"
         "code"
         "\x62"
         "G5"
         "\x65"
         "facts"
         "\x66"
         "sin \xc3\xb1"),
    SEED("\x81\x81\x81\x81\x81\x81\x81\x81\x81\x80"),
    SEED("\x58\x18"
         "aaaaaaaaaaaaaaaaaaaaaaaa"),
    SEEDS_END,
};

static const char *const list[] = {"\x61"
                                   "a",
                                   "\x81",
                                   "\xa1",
                                   "\x80",
                                   "\xa0",
                                   "\x18\x18",
                                   "\x19\x01",
                                   "\x9f",
                                   "\xff",
                                   "\xf6",
                                   "\xfb",
                                   "\xc0",
                                   "\x20",
                                   "\x7f",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(cbor, run) = {"cbor", run, seeds, words, fuzz_mutate_bytes, 12000};
