/* SPDX-License-Identifier: MIT */
#include "amparo/store/witness.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/spell.h"
#include "amparo/store/db.h"
#include "amparo/vault/kdf.h"

enum { GROUP = 4, BITS = 5, SEQ_DIGITS = 18 };

static const struct kdf_cost cost = {1, KDF_KIB_MIN};

/* The sum to begin with, over the digits of the number. */
static unsigned sum_of(int64_t seq)
{
    char digits[24];
    unsigned sum = 1;

    snprintf(digits, sizeof digits, "%lld", (long long)seq);
    for (const char *d = digits; *d; d++)
        sum = spell_add(sum, (unsigned)(*d - '0'));
    return sum;
}

/* The n-th five bits. */
static unsigned bits_at(const uint8_t *bytes, unsigned n)
{
    unsigned value = 0;

    for (unsigned bit = n * BITS; bit < (n + 1) * BITS; bit++)
        value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
    return value;
}

/* What is hashed: its purpose, the number, the running hash up to that act. */
struct stated {
    uint8_t purpose[16];
    uint8_t seq[8];
    uint8_t head[HASH];
};

static bool make(const struct store *store, int64_t seq, const uint8_t head[HASH],
                 struct witness *out, struct error *err)
{
    struct stated stated = {.purpose = "amparo witness"};
    uint8_t hash[KDF_OUT];
    unsigned sum = sum_of(seq);

    for (int i = 0; i < 8; i++)
        stated.seq[i] = (uint8_t)(seq >> (8 * i));
    memcpy(stated.head, head, HASH);
    _Static_assert((int)VAULT_FILE_ID == (int)KDF_SALT, "the file's id salts the hash");
    if (!kdf_derive(cost, vault_file_id(store->vault), &stated, sizeof stated, hash))
        return error_set(err, ERROR_FAILED,
                         _("not enough memory; close other programs and try "
                           "again"));
    out->seq = seq;
    for (unsigned i = 0; i < WITNESS_BITS; i++) {
        unsigned value = bits_at(hash, i);
        out->code[i] = spell_alphabet[value];
        sum = spell_add(sum, value);
    }
    out->code[WITNESS_BITS] = spell_alphabet[spell_check(sum)];
    out->code[WITNESS_CODE] = '\0';
    return true;
}

/* The witness of the act `seq`, or (0) of the last; *last gets the number of the last. */
static bool witness_at(struct store *store, int64_t seq, struct witness *out, bool *found,
                       struct error *err)
{
    uint8_t head[HASH];
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT seq, head FROM acts WHERE seq <= ? AND seq >= ? "
                                 "ORDER BY seq DESC LIMIT 1",
                                 "ii", seq ? seq : INT64_MAX, seq);

    if (!row)
        return false;
    *found = db_step(store, row, &failed, err);
    if (!*found)
        return !failed;
    seq = db_int(row, 0);
    bool whole = db_bytes(row, 1, head, HASH);
    db_done(row);
    return whole ? make(store, seq, head, out, err)
                 : error_set(err, ERROR_VAULT,
                             _("act %lld of the file cannot be read; `amparo verify` says more"),
                             (long long)seq);
}

bool store_witness(struct store *store, struct witness *out, struct error *err)
{
    bool found;

    if (!witness_at(store, 0, out, &found, err))
        return false;
    return found || error_set(err, ERROR_VAULT, _("%s: has no profile of a post; it is not whole"),
                              store->path);
}

const char *witness_print(const struct witness *w, char out[WITNESS_SIZE])
{
    int at = snprintf(out, WITNESS_SIZE, "%lld", (long long)w->seq);

    for (int i = 0; i < WITNESS_CODE; i += GROUP)
        at += snprintf(out + at, (size_t)(WITNESS_SIZE - at), "-%.*s", GROUP, w->code + i);
    return out;
}

static bool mistyped(const char *text, struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     _("%s: the code is mistyped; one looks like 1042-K7QX-93MD-PZ4V"), text);
}

bool witness_parse(const char *text, struct witness *out, struct error *err)
{
    unsigned values[SEQ_DIGITS + WITNESS_CODE];
    size_t count = 0;

    for (const char *c = text; *c; c++) {
        int value = spell_value(*c);
        if (value == -1 || (value >= 0 && count == ARRAY_SIZE(values)))
            return mistyped(text, err);
        if (value >= 0)
            values[count++] = (unsigned)value;
    }
    if (count <= WITNESS_CODE || values[0] == 0)
        return mistyped(text, err);
    size_t digits = count - WITNESS_CODE;
    out->seq = 0;
    for (size_t i = 0; i < digits; i++) {
        if (values[i] > 9)
            return mistyped(text, err);
        out->seq = out->seq * 10 + values[i];
    }
    unsigned sum = sum_of(out->seq);
    for (size_t i = 0; i < WITNESS_CODE; i++) {
        out->code[i] = spell_alphabet[values[digits + i]];
        if (i < WITNESS_BITS)
            sum = spell_add(sum, values[digits + i]);
    }
    out->code[WITNESS_CODE] = '\0';
    return spell_check(sum) == values[count - 1] || mistyped(text, err);
}

bool store_check_witness(struct store *store, const struct witness *w, int64_t *since,
                         struct error *err)
{
    struct witness here;
    char text[WITNESS_SIZE];
    int64_t last;
    bool found;

    if (!db_number(store, &last, 0, err, "SELECT max(seq) FROM acts", ""))
        return false;
    witness_print(w, text);
    if (w->seq > last)
        return error_set(err, ERROR_VAULT,
                         _("%s: an old copy: it ends with act %lld, and act %lld was witnessed "
                           "(%s)"),
                         store->path, (long long)last, (long long)w->seq, text);
    if (!witness_at(store, w->seq, &here, &found, err))
        return false;
    if (!found && losses_between(&store->post.losses, w->seq - 1, w->seq + 1))
        return error_set(err, ERROR_VAULT,
                         _("%s: act %lld, which was witnessed (%s), is lost, as an act of the post "
                           "says"),
                         store->path, (long long)w->seq, text);
    if (!found || strcmp(here.code, w->code) != 0)
        return error_set(err, ERROR_VAULT,
                         _("%s: another history: up to act %lld it holds other acts than those "
                           "witnessed (%s)"),
                         store->path, (long long)w->seq, text);
    *since = last - w->seq;
    return true;
}
