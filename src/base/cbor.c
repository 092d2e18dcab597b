/* SPDX-License-Identifier: MIT */
#include "amparo/base/cbor.h"

#include <string.h>

#include "amparo/base/mem.h"

enum {
    INFO_MASK = 0x1f,
    INFO_1 = 24, /* the argument follows in 1, 2, 4, 8 bytes */
    INFO_8 = 27,
    INFO_FALSE = 20,
    INFO_TRUE = 21,
};

/* ---- writing ---- */

static void put_head(struct buf *out, unsigned type, uint64_t argument)
{
    unsigned char head[9];
    size_t bytes = argument < INFO_1        ? 0
                   : argument <= UINT8_MAX  ? 1
                   : argument <= UINT16_MAX ? 2
                   : argument <= UINT32_MAX ? 4
                                            : 8;
    static const unsigned char info[] = {[1] = 24, [2] = 25, [4] = 26, [8] = 27};

    head[0] = (unsigned char)(type << 5 | (bytes ? info[bytes] : argument));
    for (size_t i = 0; i < bytes; i++)
        head[1 + i] = (unsigned char)(argument >> 8 * (bytes - 1 - i));
    buf_add(out, head, 1 + bytes);
}

void cbor_put_uint(struct buf *out, uint64_t value)
{
    put_head(out, CBOR_UINT, value);
}

void cbor_put_int(struct buf *out, int64_t value)
{
    if (value < 0)
        put_head(out, CBOR_NEGATIVE, ~(uint64_t)value);
    else
        put_head(out, CBOR_UINT, (uint64_t)value);
}

void cbor_put_bytes(struct buf *out, const void *bytes, size_t size)
{
    put_head(out, CBOR_BYTES, size);
    buf_add(out, bytes, size);
}

void cbor_put_text(struct buf *out, const char *text, size_t size)
{
    if (!cbor_text_ok(text, size))
        BUG("text that may not be written");
    put_head(out, CBOR_TEXT, size);
    buf_add(out, text, size);
}

void cbor_put_bool(struct buf *out, bool value)
{
    put_head(out, CBOR_BOOL, value ? INFO_TRUE : INFO_FALSE);
}

void cbor_put_array(struct buf *out, size_t count)
{
    put_head(out, CBOR_ARRAY, count);
}

void cbor_put_map(struct buf *out, size_t count)
{
    put_head(out, CBOR_MAP, count);
}

int cbor_key_compare(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);

    return la != lb ? (la < lb ? -1 : 1) : memcmp(a, b, la);
}

/* ---- text ---- */

/* Reads one code point of strict UTF-8 (no surrogates, shortest form); 0 bytes where it is none. */
static size_t code_point(const unsigned char *s, size_t size, uint32_t *cp)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};

    for (size_t n = 0; n < ARRAY_SIZE(forms); n++) {
        if ((s[0] & forms[n].mask) != forms[n].lead)
            continue;
        if (n >= size)
            return 0;
        uint32_t value = s[0] & (unsigned char)~forms[n].mask;
        for (size_t i = 1; i <= n; i++) {
            if ((s[i] & 0xc0) != 0x80)
                return 0;
            value = value << 6 | (s[i] & 0x3f);
        }
        if (value < forms[n].least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
            return 0;
        *cp = value;
        return n + 1;
    }
    return 0;
}

static bool is_control(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x09},     {0x0b, 0x1f},     {0x7f, 0x9f},     {0x061c, 0x061c},
        {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069},
    };

    for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    return false;
}

bool cbor_text_ok(const char *text, size_t size)
{
    const unsigned char *s = (const unsigned char *)text;
    uint32_t cp;

    for (size_t i = 0, step; i < size; i += step) {
        step = code_point(s + i, size - i, &cp);
        if (!step || is_control(cp))
            return false;
    }
    return true;
}

/* ---- reading what was checked ---- */

/* The head of the next item; false at the end or where it is cut off. */
static bool head(const struct cbor *in, unsigned *type, unsigned *info, uint64_t *argument,
                 const uint8_t **after)
{
    const uint8_t *p = in->at;

    if (p == in->end)
        return false;
    *type = *p >> 5;
    *info = *p & INFO_MASK;
    p++;
    *argument = *info;
    if (*info >= INFO_1 && *info <= INFO_8) {
        size_t bytes = (size_t)1 << (*info - INFO_1);
        if ((size_t)(in->end - p) < bytes)
            return false;
        *argument = 0;
        while (bytes--)
            *argument = *argument << 8 | *p++;
    }
    *after = p;
    return true;
}

static bool read_head(struct cbor *in, enum cbor_type wanted, uint64_t *argument)
{
    unsigned type, info;
    const uint8_t *after;

    if (!head(in, &type, &info, argument, &after) || type != wanted)
        return false;
    in->at = after;
    return true;
}

void cbor_begin(struct cbor *in, const void *bytes, size_t size)
{
    in->at = bytes;
    in->end = in->at + size;
}

enum cbor_type cbor_peek(const struct cbor *in)
{
    return in->at == in->end ? CBOR_NONE : (enum cbor_type)(*in->at >> 5);
}

bool cbor_read_uint(struct cbor *in, uint64_t *value)
{
    return read_head(in, CBOR_UINT, value);
}

bool cbor_read_int(struct cbor *in, int64_t *value)
{
    struct cbor start = *in;
    uint64_t argument;
    bool negative = cbor_peek(in) == CBOR_NEGATIVE;

    if (!read_head(in, negative ? CBOR_NEGATIVE : CBOR_UINT, &argument))
        return false;
    if (argument > INT64_MAX) {
        *in = start;
        return false;
    }
    *value = negative ? -1 - (int64_t)argument : (int64_t)argument;
    return true;
}

static bool read_string(struct cbor *in, enum cbor_type type, const uint8_t **bytes, size_t *size)
{
    struct cbor start = *in;
    uint64_t length;

    if (!read_head(in, type, &length))
        return false;
    if (length > (uint64_t)(in->end - in->at)) {
        *in = start;
        return false;
    }
    *bytes = in->at;
    *size = (size_t)length;
    in->at += length;
    return true;
}

bool cbor_read_bytes(struct cbor *in, const uint8_t **bytes, size_t *size)
{
    return read_string(in, CBOR_BYTES, bytes, size);
}

bool cbor_read_exact(struct cbor *in, void *out, size_t size)
{
    struct cbor start = *in;
    const uint8_t *bytes;
    size_t there;

    if (!cbor_read_bytes(in, &bytes, &there))
        return false;
    if (there != size) {
        *in = start;
        return false;
    }
    memcpy(out, bytes, size);
    return true;
}

bool cbor_read_text(struct cbor *in, const char **text, size_t *size)
{
    const uint8_t *bytes;

    if (!read_string(in, CBOR_TEXT, &bytes, size))
        return false;
    *text = (const char *)bytes;
    return true;
}

bool cbor_read_bool(struct cbor *in, bool *value)
{
    uint64_t which;

    if (!read_head(in, CBOR_BOOL, &which))
        return false;
    *value = which == INFO_TRUE;
    return true;
}

bool cbor_read_array(struct cbor *in, size_t *count)
{
    return read_head(in, CBOR_ARRAY, count);
}

bool cbor_read_map(struct cbor *in, size_t *count)
{
    return read_head(in, CBOR_MAP, count);
}

void cbor_skip(struct cbor *in)
{
    for (uint64_t left = 1; left; left--) {
        unsigned type, info;
        uint64_t argument;
        const uint8_t *after;
        if (!head(in, &type, &info, &argument, &after))
            BUG("reading past the end of checked bytes");
        in->at = after;
        if (type == CBOR_BYTES || type == CBOR_TEXT)
            in->at += argument;
        else if (type == CBOR_ARRAY)
            left += argument;
        else if (type == CBOR_MAP)
            left += 2 * argument;
    }
}

/* ---- the check ---- */

struct check {
    struct cbor in;
    const char *fault;
};

static bool refuse(struct check *c, const uint8_t *where, const char *fault)
{
    c->in.at = where;
    c->fault = fault;
    return false;
}

static bool check_item(struct check *c, int depth);

static bool check_map(struct check *c, uint64_t count, int depth)
{
    const uint8_t *last = NULL;
    size_t last_size = 0;

    for (; count; count--) {
        const uint8_t *key = c->in.at;
        enum cbor_type type = cbor_peek(&c->in);
        if (type != CBOR_UINT && type != CBOR_NEGATIVE && type != CBOR_TEXT)
            return refuse(c, key, "a map key that is neither an integer nor text");
        if (!check_item(c, depth))
            return false;
        size_t size = (size_t)(c->in.at - key);
        if (last) {
            int order = memcmp(last, key, last_size < size ? last_size : size);
            if (order == 0 && last_size == size)
                return refuse(c, key, "a map key that is there twice");
            if (order > 0)
                return refuse(c, key, "map keys that are not sorted");
        }
        last = key;
        last_size = size;
        if (!check_item(c, depth))
            return false;
    }
    return true;
}

/* The argument must be the shortest that holds its value. */
static bool is_shortest(unsigned info, uint64_t argument)
{
    static const uint64_t least[] = {INFO_1, UINT8_MAX + 1ULL, UINT16_MAX + 1ULL,
                                     UINT32_MAX + 1ULL};

    return info < INFO_1 || argument >= least[info - INFO_1];
}

static bool check_item(struct check *c, int depth)
{
    const uint8_t *start = c->in.at, *after;
    unsigned type, info;
    uint64_t argument;

    if (!head(&c->in, &type, &info, &argument, &after))
        return refuse(c, start, "the end comes too early");
    if (info > INFO_8)
        return refuse(c, start, info == INFO_MASK ? "an indefinite length" : "a reserved length");
    if (type == CBOR_BOOL)
        return info == INFO_FALSE || info == INFO_TRUE
                   ? (c->in.at = after, true)
                   : refuse(c, start, "a float, null or other simple value");
    if (!is_shortest(info, argument))
        return refuse(c, start, "an integer or length that is not the shortest");
    c->in.at = after;
    uint64_t left = (uint64_t)(c->in.end - after);
    switch (type) {
    case CBOR_UINT:
    case CBOR_NEGATIVE:
        return true;
    case CBOR_BYTES:
    case CBOR_TEXT:
        if (argument > left)
            return refuse(c, start, "the end comes too early");
        if (type == CBOR_TEXT && !cbor_text_ok((const char *)after, (size_t)argument))
            return refuse(c, start, "text that is not UTF-8 or holds control characters");
        c->in.at += argument;
        return true;
    case CBOR_ARRAY:
    case CBOR_MAP:
        if (depth == CBOR_DEPTH)
            return refuse(c, start, "too deep");
        if (argument > left) /* each item takes at least a byte */
            return refuse(c, start, "the end comes too early");
        if (type == CBOR_MAP)
            return check_map(c, argument, depth + 1);
        for (; argument; argument--)
            if (!check_item(c, depth + 1))
                return false;
        return true;
    default:
        return refuse(c, start, "a tag");
    }
}

bool cbor_check(const void *bytes, size_t size, const char **fault, size_t *at)
{
    struct check c = {.fault = NULL};

    cbor_begin(&c.in, bytes, size);
    if (check_item(&c, 0) && c.in.at != c.in.end)
        c.fault = "bytes after the end";
    if (!c.fault)
        return true;
    if (fault)
        *fault = c.fault;
    if (at)
        *at = (size_t)(c.in.at - (const uint8_t *)bytes);
    return false;
}
