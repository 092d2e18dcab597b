/* SPDX-License-Identifier: MIT */
/*
 * A reader of case files that knows nothing but man/amparo-casefile.5: it includes none of our
 * headers and is linked to none of our libraries. Where it fails, the page or the program is wrong.
 *
 *   reader FILE < PASSPHRASE
 *
 * It opens the file by the passphrase, checks whatever is vouched for, decrypts all pages and the
 * WAL over them, and prints the number of acts (each checked) and what the database says of cases.
 */
#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, GROUP = 16908288, RECORD = 4168, KEY = 32, NONCE = 24, TAG = 16 };
enum { K_PAGE = 1, K_WAL = 2, K_ANCHOR = 5, K_HEADER = 6, K_TAGS = 7, KEYS = 8 };

struct bytes {
    uint8_t *at;
    size_t size;
};

struct reader {
    struct bytes file, wal;
    const uint8_t *header, *anchor, *id;
    uint8_t circle[KEY], key[KEYS][KEY];
    struct bytes plain;
};

static void need(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "reader: %s\n", what);
    exit(1);
}

static uint64_t number(const uint8_t *at, int size)
{
    uint64_t n = 0;

    while (size-- > 0)
        n = n << 8 | at[size];
    return n;
}

static void put(uint8_t *at, uint64_t n, int size)
{
    for (int i = 0; i < size; i++)
        at[i] = (uint8_t)(n >> (8 * i));
}

static struct bytes slurp(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct bytes b = {NULL, 0};
    long size = -1;

    if (!in)
        return b;
    need(fseek(in, 0, SEEK_END) == 0 && (size = ftell(in)) >= 0, "size of a file");
    rewind(in);
    b.size = (size_t)size;
    b.at = calloc(1, b.size + 1);
    need(b.at && fread(b.at, 1, b.size, in) == b.size, "reading a file");
    fclose(in);
    return b;
}

/* BLAKE2b of up to four parts; a part of NULL ends them. */
struct part {
    const void *at;
    size_t size;
};

static void blake(uint8_t *out, size_t size, const uint8_t *key, size_t key_size,
                  const struct part parts[])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key, key_size, size);
    for (; parts->at; parts++)
        crypto_generichash_update(&state, parts->at, parts->size);
    crypto_generichash_final(&state, out, size);
}

static bool is_mac(const struct reader *r, const uint8_t *key, const uint8_t *at, size_t size,
                   const uint8_t *mac)
{
    uint8_t right[KEY];

    blake(right, KEY, key, KEY, (struct part[]){{r->id, 16}, {at, size}, {NULL, 0}});
    return memcmp(right, mac, KEY) == 0;
}

/* ---- key header ---- */

static const uint8_t *whole_header(const uint8_t *h)
{
    uint32_t writer = (uint32_t)number(h + 44, 4);
    const uint8_t *pk = writer == UINT32_MAX ? h + 80 + 32 : h + 640 + 384 * (writer % 8) + 72;

    return memcmp(h, "AMPARO\r\n", 8) == 0 && number(h + 8, 4) == 1 &&
                   crypto_sign_verify_detached(h + 4032, h, 4032, pk) == 0
               ? h
               : NULL;
}

/* Opens one slot; false where the passphrase is another one. */
static bool open_slot(struct reader *r, const uint8_t *slot, const char *passphrase)
{
    uint8_t derived[64], check[16], ad[16 + 120], in[144], pk[KEY], sk[64], data[KEY];

    need(crypto_pwhash(derived, 64, passphrase, strlen(passphrase), slot + 24, number(slot + 4, 4),
                       (size_t)number(slot + 8, 4) * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0,
         "Argon2id");
    blake(check, 16, NULL, 0, (struct part[]){{derived + 32, 32}, {NULL, 0}});
    if (memcmp(check, slot + 104, 16) != 0)
        return false;
    memcpy(ad, r->id, 16);
    memcpy(ad + 16, slot, 120);
    need(crypto_aead_xchacha20poly1305_ietf_decrypt(in, NULL, NULL, slot + 144, 160, ad, sizeof ad,
                                                    slot + 120, derived) == 0,
         "what lies under the passphrase");
    need(memcmp(in + 64, r->id, 16) == 0 && memcmp(in + 80, r->header + 48, 32) == 0,
         "file id and founder");
    memcpy(r->circle, in + 112, KEY);
    crypto_sign_seed_keypair(pk, sk, in + 32);
    need(memcmp(pk, slot + 72, KEY) == 0, "the Ed25519 key");
    crypto_box_seed_keypair(pk, sk, in);
    need(memcmp(pk, slot + 40, KEY) == 0, "the X25519 key");
    need(crypto_box_seal_open(data, slot + 304, 80, pk, sk) == 0, "the data key");
    for (int n = 1; n < KEYS; n++)
        crypto_kdf_derive_from_key(r->key[n], KEY, (uint64_t)n, "amparodb", data);
    return true;
}

static void unlock(struct reader *r, const char *passphrase)
{
    const uint8_t *a = whole_header(r->file.at), *b = whole_header(r->file.at + PAGE);
    bool opened = false;

    need(a || b, "a whole key header");
    r->header = !a || (b && number(b + 32, 8) > number(a + 32, 8)) ? b : a;
    r->id = r->header + 16;
    for (int i = 0; i < 8 && !opened; i++) {
        const uint8_t *slot = r->header + 640 + 384 * i;
        opened = slot[0] == 1 && open_slot(r, slot, passphrase);
    }
    need(opened, "wrong passphrase");
    need(is_mac(r, r->circle, r->header, 3968, r->header + 3968), "the MAC under the circle");
    need(is_mac(r, r->key[K_HEADER], r->header, 3968, r->header + 4000), "the header's MAC");
}

/* ---- anchor and page tags ---- */

static size_t leaves(uint32_t pages)
{
    return ((size_t)pages + 255) / 256;
}

static const uint8_t *leaf(const struct reader *r, size_t n, bool spare)
{
    unsigned bit = r->anchor[160 + n / 8] >> (n % 8) & 1;
    size_t at = PAGE * 4 + n / 16 * GROUP + (bit ^ spare) * 65536 + n % 16 * PAGE;

    need(at + PAGE <= r->file.size, "a leaf of page tags");
    return r->file.at + at;
}

static void check_root(const struct reader *r, bool spare, const uint8_t *root)
{
    uint8_t head[13] = {spare ? 2 : 1}, place[9] = {0}, hash[KEY];
    uint32_t pages = (uint32_t)number(r->anchor + 112, 4);
    crypto_generichash_state state;

    memcpy(head + 1, r->anchor + 40, 8);
    put(head + 9, pages, 4);
    crypto_generichash_init(&state, r->key[K_TAGS], KEY, KEY);
    crypto_generichash_update(&state, head, sizeof head);
    for (size_t n = 0; n < leaves(pages); n++) {
        put(place + 1, n, 8);
        blake(hash, KEY, r->key[K_TAGS], KEY,
              (struct part[]){{place, 9}, {leaf(r, n, spare), PAGE}, {NULL, 0}});
        crypto_generichash_update(&state, hash, KEY);
    }
    crypto_generichash_final(&state, hash, KEY);
    need(memcmp(hash, root, KEY) == 0, spare ? "the spare root" : "the root of the page tags");
}

static void read_anchor(struct reader *r)
{
    for (unsigned copy = 0; copy < 2; copy++) {
        const uint8_t *a = r->file.at + PAGE * (2 + copy);
        size_t end = 160 + (leaves((uint32_t)number(a + 112, 4)) + 7) / 8;

        need(memcmp(a, "AMPANCH2", 8) == 0 && number(a + 116, 4) == copy && end <= 4064 &&
                 is_mac(r, r->key[K_ANCHOR], a, end, a + 4064),
             "a copy of the anchor");
        if (!r->anchor || number(a + 8, 8) > number(r->anchor + 8, 8))
            r->anchor = a;
    }
    need(number(r->anchor + 48, 8) == number(r->header + 32, 8), "the header's generation");
    check_root(r, false, r->anchor + 56);
    check_root(r, true, r->anchor + 120);
}

/* ---- pages and WAL ---- */

static bool unseal(const struct reader *r, const uint8_t *key, char kind, uint64_t n,
                   uint64_t epoch, const uint8_t *nonce, const uint8_t *in, size_t size,
                   const uint8_t *tag, uint8_t *out)
{
    uint8_t ad[33];

    memcpy(ad, r->id, 16);
    ad[16] = (uint8_t)kind;
    put(ad + 17, n, 8);
    put(ad + 25, epoch, 8);
    return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(out, NULL, in, size, tag, ad, 33,
                                                               nonce, key) == 0;
}

static void grow(struct reader *r, size_t pages)
{
    if (pages * PAGE <= r->plain.size)
        return;
    r->plain.at = realloc(r->plain.at, pages * PAGE);
    need(r->plain.at, "memory");
    memset(r->plain.at + r->plain.size, 0, pages * PAGE - r->plain.size);
    r->plain.size = pages * PAGE;
}

static void read_pages(struct reader *r)
{
    size_t pages = number(r->anchor + 112, 4);

    grow(r, pages);
    for (size_t n = 0; n < pages; n++) {
        size_t at = PAGE * 4 + n / 4096 * GROUP + 131072 + n % 4096 * PAGE;
        const uint8_t *in = r->file.at + at, *tag = leaf(r, n / 256, false) + n % 256 * TAG;

        need(at + PAGE <= r->file.size && memcmp(tag, in + 4080, TAG) == 0, "the tag of a page");
        need(unseal(r, r->key[K_PAGE], 'P', n + 1, 0, in + 4056, in, 4056, in + 4080,
                    r->plain.at + n * PAGE),
             "a page");
    }
}

static uint32_t big(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Lays the records over the pages, commit by commit; how many there were up to the last one. */
static size_t read_wal(struct reader *r)
{
    size_t there = r->wal.size > 1024 ? (r->wal.size - 1024) / RECORD : 0, committed = 0, end = 0;
    uint64_t epoch = 0, anchored = number(r->anchor + 16, 8), commit = number(r->anchor + 24, 8);
    uint8_t head[64], (*frames)[4120] = calloc(there + 1, sizeof *frames);

    need(frames, "memory");
    for (int copy = 0; there > 0 && copy < 2; copy++) {
        const uint8_t *in = r->wal.at + copy * 512;
        need(unseal(r, r->key[K_WAL], 'H', 0, number(in, 8), in + 8, in + 32, 64, in + 96, head),
             "the header of the WAL");
        epoch = number(in, 8) > epoch ? number(in, 8) : epoch;
    }
    need(epoch == anchored || commit == number(r->anchor + 32, 8), "the WAL that is needed");
    for (size_t n = 0; epoch >= anchored && n < there; n++) {
        const uint8_t *in = r->wal.at + 1024 + n * RECORD;

        if (number(in, 8) != epoch ||
            !unseal(r, r->key[K_WAL], 'W', n, epoch, in + 8, in + 32, 4120, in + 4152, frames[n]))
            break;
        if (big(frames[n] + 4) == 0)
            continue;
        committed = n + 1;
        end = big(frames[n] + 4);
    }
    for (size_t n = 0; n < committed; n++) {
        grow(r, big(frames[n]));
        memcpy(r->plain.at + (size_t)(big(frames[n]) - 1) * PAGE, frames[n] + 24, PAGE);
    }
    if (epoch == anchored && there > 0 && commit > 0)
        need(committed >= commit &&
                 memcmp(r->wal.at + 1024 + commit * RECORD - TAG, r->anchor + 88, TAG) == 0,
             "the commit that the anchor names");
    if (committed)
        r->plain.size = end * PAGE;
    free(frames);
    return committed;
}

/* ---- the database ---- */

static struct part blob(sqlite3_stmt *row, int column)
{
    return (struct part){sqlite3_column_blob(row, column),
                         (size_t)sqlite3_column_bytes(row, column)};
}

/* A part as text; what is no letter is a dot. */
static void print_part(sqlite3_int64 act, unsigned i, const struct part *bytes)
{
    const uint8_t *at = bytes->at;

    printf("part %lld.%u: ", (long long)act, i);
    for (size_t n = 0; n < bytes->size; n++)
        putchar(at[n] >= ' ' && at[n] < 127 ? at[n] : '.');
    putchar('\n');
}

static void check_part(sqlite3 *db, sqlite3_int64 act, const struct part *commitments)
{
    sqlite3_stmt *row;
    uint8_t hash[KEY], i;

    need(sqlite3_prepare_v2(db, "SELECT part, salt, bytes FROM parts WHERE act = ?", -1, &row,
                            NULL) == SQLITE_OK,
         "the table of parts");
    sqlite3_bind_int64(row, 1, act);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct part salt = blob(row, 1), bytes = blob(row, 2);

        i = (uint8_t)sqlite3_column_int(row, 0);
        need(salt.size == KEY && i > 0 && (size_t)i * KEY <= commitments->size, "a part");
        blake(hash, KEY, salt.at, KEY,
              (struct part[]){{"amparo part v1", 14}, {&i, 1}, bytes, {NULL, 0}});
        need(memcmp(hash, (const uint8_t *)commitments->at + (size_t)(i - 1) * KEY, KEY) == 0,
             "a commitment");
        print_part(act, i, &bytes);
    }
    sqlite3_finalize(row);
}

static int check_acts(sqlite3 *db)
{
    sqlite3_stmt *row;
    uint8_t running[KEY] = {0}, hash[64];
    int acts = 0;

    need(sqlite3_prepare_v2(db,
                            "SELECT seq, id, root, signer, core, commitments, signature, head "
                            "FROM acts ORDER BY seq",
                            -1, &row, NULL) == SQLITE_OK,
         "the table of acts");
    for (; sqlite3_step(row) == SQLITE_ROW; acts++) {
        struct part core = blob(row, 4), commitments = blob(row, 5), id = blob(row, 1);
        uint8_t length[4] = {(uint8_t)(core.size >> 24), (uint8_t)(core.size >> 16),
                             (uint8_t)(core.size >> 8), (uint8_t)core.size},
                count = (uint8_t)(commitments.size / KEY);
        struct part all[] = {{"amparo act v1", 14},
                             blob(row, 2),
                             blob(row, 3),
                             {length, 4},
                             core,
                             {&count, 1},
                             {commitments.at ? commitments.at : "", commitments.size},
                             {NULL, 0}};

        blake(hash, KEY, NULL, 0, all);
        need(id.size == KEY && memcmp(hash, id.at, KEY) == 0, "the id of an act");
        blake(hash, 64, NULL, 0, all);
        need(blob(row, 6).size == 64 && all[2].size == KEY &&
                 crypto_sign_verify_detached(blob(row, 6).at, hash, 64, all[2].at) == 0,
             "the signature of an act");
        blake(hash, KEY, NULL, 0, (struct part[]){{running, KEY}, {id.at, KEY}, {NULL, 0}});
        memcpy(running, hash, KEY);
        need(blob(row, 7).size == KEY && memcmp(running, blob(row, 7).at, KEY) == 0,
             "the running hash");
        check_part(db, sqlite3_column_int64(row, 0), &commitments);
    }
    sqlite3_finalize(row);
    return acts;
}

static void read_database(struct reader *r)
{
    sqlite3 *db;
    sqlite3_stmt *row;

    need(r->plain.size > 0 && r->plain.at[20] == 40, "a database with 40 reserved bytes a page");
    r->plain.at[18] = r->plain.at[19] = 1;
    need(sqlite3_open(":memory:", &db) == SQLITE_OK &&
             sqlite3_deserialize(db, "main", r->plain.at, (sqlite3_int64)r->plain.size,
                                 (sqlite3_int64)r->plain.size,
                                 SQLITE_DESERIALIZE_READONLY) == SQLITE_OK,
         "the database");
    printf("acts %d\n", check_acts(db));
    need(sqlite3_prepare_v2(db, "SELECT reference, words FROM cases ORDER BY id", -1, &row, NULL) ==
             SQLITE_OK,
         "the table of cases");
    while (sqlite3_step(row) == SQLITE_ROW)
        printf("case %s: %s\n", (const char *)sqlite3_column_text(row, 0),
               (const char *)sqlite3_column_text(row, 1));
    sqlite3_finalize(row);
    sqlite3_close(db);
}

int main(int argc, char **argv)
{
    static struct reader r;
    char passphrase[256], wal[4096];

    need(argc == 2 && sodium_init() >= 0, "usage: reader FILE < PASSPHRASE");
    need(fgets(passphrase, sizeof passphrase, stdin), "a passphrase");
    passphrase[strcspn(passphrase, "\n")] = '\0';
    snprintf(wal, sizeof wal, "%s-wal", argv[1]);
    r.file = slurp(argv[1]);
    r.wal = slurp(wal);
    need(r.file.size >= 4 * PAGE, "a case file");
    unlock(&r, passphrase);
    read_anchor(&r);
    read_pages(&r);
    printf("records %zu\n", read_wal(&r));
    read_database(&r);
    free(r.file.at);
    free(r.wal.at);
    free(r.plain.at);
    return 0;
}
