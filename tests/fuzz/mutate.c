/* SPDX-License-Identifier: MIT */
/* Mutants: of bytes, and of the values of a JSON document. */
#include "fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/base/mem.h"

enum { LONGEST = 4096 }; /* a mutant grows no longer: what is slow shows at less */

/* splitmix64: short, and the same everywhere. */
static uint64_t next(struct fuzz_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t fuzz_below(struct fuzz_random *random, uint64_t end)
{
    return next(random) % end;
}

static const char *any_word(struct fuzz_random *random, const char *const *words)
{
    size_t count = 0;

    while (words && words[count])
        count++;
    return count ? words[fuzz_below(random, count)] : NULL;
}

/* What breaks parsers: ends of ranges, odd letters, what is not text. */
static const struct fuzz_seed odd[] = {
    SEED("\0"),
    SEED("\xff"),
    SEED("\x80"),
    SEED("\xc3"),
    SEED("\xed\xa0"),
    SEED("\xf0\x9f\x99"),
    SEED("\xe2\x80\xae"),
    SEED("\xcc\x81"),
    SEED("Ñ"),
    SEED("ﬁ"),
    SEED("👩‍👧"),
    SEED("\xef\xbb\xbf"),
    SEED("\x1b[2J"),
    SEED("\r\n"),
    SEED("%n%s"),
    SEED("\""),
    SEED("\\"),
    SEED("-1"),
    SEED("0"),
    SEED("2147483648"),
    SEED("999999"),
    SEED("1e999"),
    SEED("0000-00-00"),
    SEED("9223372036854775808"),
    SEED("~"),
    SEED("<<"),
    SEED("{"),
    SEED("}"),
};

/* Puts `size` bytes in the place of `gone` ones at `at`. */
static void put(struct buf *input, size_t at, size_t gone, const char *bytes, size_t size)
{
    struct buf out = BUF_INIT;

    buf_add(&out, input->data, at);
    buf_add(&out, bytes, size);
    buf_add(&out, input->data + at + gone, input->size - at - gone);
    buf_release(input);
    *input = out;
}

static void mutate_once(struct fuzz_random *random, const char *const *words, struct buf *input)
{
    size_t at = (size_t)fuzz_below(random, input->size + 1);
    size_t some = (size_t)fuzz_below(random, 1 + (input->size - at < 16 ? input->size - at : 16));
    size_t from = (size_t)fuzz_below(random, input->size + 1);
    const char *word = any_word(random, words);
    const struct fuzz_seed *o = &odd[fuzz_below(random, ARRAY_SIZE(odd))];
    char c;

    switch (fuzz_below(random, 8)) {
    case 0: /* another byte */
        if (at < input->size)
            input->data[at] = (char)next(random);
        break;
    case 1: /* its neighbour, or its like in the other case */
        if (at < input->size)
            input->data[at] = (char)(input->data[at] ^ (1 << fuzz_below(random, 6)));
        break;
    case 2: /* a digit */
        c = (char)('0' + fuzz_below(random, 10));
        put(input, at, at < input->size, &c, 1);
        break;
    case 3:
        put(input, at, some, NULL, 0);
        break;
    case 4:
        put(input, at, some, o->bytes, o->size);
        break;
    case 5:
        put(input, at, some, word ? word : "", word ? strlen(word) : 0);
        break;
    case 6: /* a piece of itself once more */
        if (from + some <= input->size) {
            char *piece = xmalloc(some + 1);
            memcpy(piece, buf_text(input) + from, some);
            put(input, at, 0, piece, some);
            free(piece);
        }
        break;
    case 7: /* cut off, or emptied of a byte */
        if (!fuzz_below(random, 4))
            buf_cut(input, at);
        else
            put(input, at, at < input->size, NULL, 0);
        break;
    }
    if (input->size > LONGEST)
        buf_cut(input, LONGEST);
}

void fuzz_mutate_bytes(struct fuzz_random *random, const char *const *words, struct buf *input)
{
    for (uint64_t n = 1 + fuzz_below(random, 4); n > 0; n--)
        mutate_once(random, words, input);
}

/* ---- JSON ---- */

/* A text of a mutant: a word, an odd one, or the old one with its bytes changed; always UTF-8. */
static json_t *any_text(struct fuzz_random *random, const char *const *words, const char *old)
{
    struct buf text = BUF_INIT;
    const char *word = any_word(random, words);
    json_t *out = NULL;

    if (fuzz_below(random, 2) && word)
        return json_string(word);
    buf_adds(&text, old);
    fuzz_mutate_bytes(random, words, &text);
    out = json_stringn(buf_text(&text), text.size);
    buf_release(&text);
    return out ? out : json_string("");
}

static json_t *any_value(struct fuzz_random *random, const char *const *words, const json_t *old)
{
    static const json_int_t numbers[] = {0, 1, 2, -1, 500, 501, INT32_MAX, INT64_MAX, INT64_MIN};
    const char *text = json_is_string(old) ? json_string_value(old) : "";

    switch (fuzz_below(random, 12)) {
    case 0:
        return json_true();
    case 1:
        return json_false();
    case 2:
        return json_null();
    case 3:
        return json_object();
    case 4:
        return json_array();
    case 5:
        return json_real(0.5);
    case 6:
    case 7:
        return json_integer(numbers[fuzz_below(random, ARRAY_SIZE(numbers))]);
    case 8:
        return json_pack("[o]", any_text(random, words, text));
    case 9:
        return json_pack("{s:o}", "answer", any_text(random, words, "unknown"));
    default:
        return any_text(random, words, text);
    }
}

static void change_object(struct fuzz_random *random, const char *const *words, json_t *object)
{
    const char *word = any_word(random, words), *key = NULL;
    size_t size = json_object_size(object), n = size ? (size_t)fuzz_below(random, size) : 0;
    void *at = json_object_iter(object);

    while (at && n--)
        at = json_object_iter_next(object, at);
    key = at ? json_object_iter_key(at) : NULL;
    switch (fuzz_below(random, 6)) {
    case 0:
        if (key)
            json_object_del(object, key);
        break;
    case 1:
        if (word)
            json_object_set_new(object, word, any_value(random, words, NULL));
        break;
    default:
        if (key)
            json_object_set_new(object, key,
                                any_value(random, words, json_object_get(object, key)));
        break;
    }
}

static void change_array(struct fuzz_random *random, const char *const *words, json_t *array)
{
    size_t size = json_array_size(array), n = size ? (size_t)fuzz_below(random, size) : 0;
    json_t *old = json_array_get(array, n);

    switch (fuzz_below(random, 4)) {
    case 0:
        json_array_remove(array, n);
        break;
    case 1:
        json_array_append(array, old ? old : json_null());
        break;
    default:
        if (old)
            json_array_set_new(array, n, any_value(random, words, old));
        else
            json_array_append_new(array, any_value(random, words, NULL));
        break;
    }
}

/* Goes down by chance, and changes what it stops at. */
static void change(struct fuzz_random *random, const char *const *words, json_t *value)
{
    size_t size = json_is_object(value) ? json_object_size(value) : json_array_size(value);
    size_t n = size ? (size_t)fuzz_below(random, size) : 0;
    json_t *below = json_is_array(value) ? json_array_get(value, n) : NULL;

    if (json_is_object(value)) {
        void *at = json_object_iter(value);
        while (at && n--)
            at = json_object_iter_next(value, at);
        below = at ? json_object_iter_value(at) : NULL;
    }
    if ((json_is_object(below) || json_is_array(below)) && fuzz_below(random, 3))
        change(random, words, below);
    else if (json_is_object(value))
        change_object(random, words, value);
    else if (json_is_array(value))
        change_array(random, words, value);
}

void fuzz_mutate_json(struct fuzz_random *random, const char *const *words, struct buf *input)
{
    char *brace = memchr(buf_text(input), '{', input->size);
    json_t *document =
        brace ? json_loadb(brace, input->size - (size_t)(brace - input->data), JSON_ALLOW_NUL, NULL)
              : NULL;

    if (!document || !fuzz_below(random, 8)) {
        fuzz_mutate_bytes(random, words, input);
    } else {
        for (uint64_t n = 1 + fuzz_below(random, 3); n > 0; n--)
            change(random, words, document);
        char *text = json_dumps(document, JSON_COMPACT);
        size_t before = (size_t)(brace - input->data);
        put(input, before, input->size - before, text, strlen(text));
        free(text);
    }
    json_decref(document);
}

/* ---- words ---- */

struct words {
    const char **list;
    size_t count;
};

static void add_word(struct words *w, const char *word)
{
    w->list = xreallocarray(w->list, w->count + 2, sizeof *w->list);
    w->list[w->count++] = word;
    w->list[w->count] = NULL;
}

static void add_fields(struct words *w, const struct field *fields);

static void add_field(struct words *w, const struct field *field)
{
    add_word(w, field->key);
    for (const struct code *c = field->codes; c && c->code; c++)
        add_word(w, c->code);
    add_fields(w, field->members);
}

static void add_fields(struct words *w, const struct field *fields)
{
    for (const struct field *f = fields; f && f->id; f++)
        add_field(w, f);
}

const char *const *fuzz_field_words(void)
{
    static struct words words; /* made once, kept to the end */
    static const char *const more[] = {"HN",
                                       "MX",
                                       "CR",
                                       "AE",
                                       "P4",
                                       "2026-03-16",
                                       "1998-03-XX",
                                       "2026-03-16T10:00:00Z",
                                       "R1",
                                       "P.consent",
                                       "not_obtainable: x"};

    if (words.count)
        return words.list;
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        add_fields(&words, act_type(kind)->fields);
    add_field(&words, &act_transcribed_field);
    add_field(&words, &act_override_field);
    for (size_t i = 0; i < ARRAY_SIZE(more); i++)
        add_word(&words, more[i]);
    return words.list;
}
