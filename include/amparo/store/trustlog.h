/* SPDX-License-Identifier: MIT */
/*
 * The directory of the network as a log of signed acts in the file (agreement/diract.h): what came
 * and what this post said, folded into whom it trusts (agreement/trust.h). What counts of who takes
 * part, of focal points and of lists of offices goes over into the directory of directory.h, by
 * which cases are decided. What a post, a State or the root says is in trustsay.h. Layer: store;
 * uses agreement.
 */
#ifndef AMPARO_STORE_TRUSTLOG_H
#define AMPARO_STORE_TRUSTLOG_H

#include "amparo/agreement/trust.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/store.h"

enum {
    DIRECTORY_UNCOUNTED = 512,     /* acts that wait or are irregular, kept at most */
    DIRECTORY_AUTHOR = 4096,       /* acts of one author, but the root's, at most */
    DIRECTORY_FILE_SIZE = 8 << 20, /* bytes of a snapshot at most */
    DIRECTORY_FILE_ACTS = 20000,   /* acts in it at most */
    DIRECTORY_AGE_DAYS = 14,       /* before the end of a version's time it is said */
};

/*
 * Whom this post trusts, as of now, with itself. Borrowed: good until the file is written to, or
 * store_trust() is called again. What comes later is taken into it; nothing is read twice.
 */
bool store_trust(struct store *store, const struct trusted **out, struct error *err);

/* What this file itself has to do with trust: for what may be offered to who opened it. */
struct trust_own {
    const char *root; /* that is set, by its digits; "": none. Borrowed, as the next one */
    const char *root_by;
    struct date root_on;
    bool of_root;           /* who opened is one of its three officers */
    bool state_key;         /* the key of our State lies here */
    uint8_t key[TRUST_KEY]; /* that one, the public one */
};

bool store_trust_own(struct store *store, struct trust_own *out, struct error *err);

/* What came of taking. */
struct directory_taken {
    size_t added;   /* new here, and they count */
    size_t waiting; /* new here, kept, and they wait or are irregular */
    size_t known;   /* were here */
    size_t strange; /* no acts of a directory, or their signature does not hold */
    size_t over;    /* were not kept: too many wait or are irregular, or are of one author */
    size_t changed; /* lists, focal points, parties that are others now */
};

/* Takes acts of the directory, by an officer (ERROR_REFUSED for a clerk); in whatever order, and
 * any number of times. In one transaction. */
bool store_directory_take(struct store *store, const struct act_bytes *list, size_t count,
                          struct directory_taken *out, struct error *err);

/* Bytes of acts that were read: the caller releases each and frees the list. */
struct directory_acts {
    struct act_bytes *list;
    size_t count;
};

void directory_acts_release(struct directory_acts *acts);

/*
 * What who has that version (0: none) with that hash lacks, of what counts here and of what this
 * post said itself, oldest first. A hash that is not ours for it: all.
 */
bool store_directory_missing(struct store *store, uint64_t version,
                             const uint8_t hash[DIRECTORY_HASH], struct directory_acts *out,
                             struct error *err);

/* ---- a snapshot: all that counts, in one file ---- */

/*
 * "adr" 0x01 | an array in the strict subset of CBOR (base/cbor.h), of acts: [public key of who
 * signed it (32), root that it was signed under (32), signature (64), core]. The core stands as it
 * was signed, an item within the item. It is public, and not sealed.
 */
bool store_directory_snapshot(struct store *store, struct buf *out, size_t *count,
                              struct error *err);

/* Reads one; whether signatures hold is asked when they are taken. ERROR_INPUT where it is none. */
bool directory_file_read(const void *bytes, size_t size, struct directory_acts *out,
                         struct error *err);
void directory_file_write(const struct directory_acts *acts, struct buf *out);

/* Is it an act of a directory, for everybody, and all of it open? Its signature is not asked after.
 * *act's payload is a new reference then. */
bool directory_act_parse(const struct act_bytes *bytes, struct diract *act);

/* ---- looking ---- */

/* What changed from a version to a later one, a line each; `to` 0: and what no version has yet.
 * ERROR_INPUT where there is no such version. */
bool store_directory_diff(struct store *store, uint64_t from, uint64_t to, struct buf *out,
                          struct error *err);

/* What is to be said of the directory's age and of what differs, a line each: nothing: all is well.
 */
bool store_directory_warnings(struct store *store, struct buf *out, struct error *err);

/* How what came from that post in cases stands, as it was folded last: how many of each enum
 * standing (agreement/conversation.h). */
enum { TRUST_STANDINGS = 6 };
bool store_post_standings(struct store *store, const uint8_t post[POST_ID],
                          size_t counts[TRUST_STANDINGS], struct error *err);

/* The reference here of the case that dispatches call so: a new string; NULL: it is of no case
 * here. */
bool store_case_called(struct store *store, const uint8_t case_id[CASE_NUMBER], char **reference,
                       struct error *err);

/* ---- for the store ---- */

/* Within a transaction: what counts goes over into the tables. *changed (may be NULL): how much. */
bool trustlog_apply(struct store *store, size_t *changed, struct error *err);

/*
 * Within a transaction, after this post's own list or focal point was changed: where it is a
 * directorate that has its keys, says so in the directory. Of the Secretariat's file, by an officer
 * who is of the root: who takes part, and the status.
 */
bool trustlog_say_list(struct store *store, struct error *err);
bool trustlog_say_focal(struct store *store, struct error *err);
bool trustlog_say_party(struct store *store, const char *state, struct error *err);
bool trustlog_say_instrument(struct store *store, struct error *err);

struct trust_cache;
void trust_cache_free(struct trust_cache *cache);
/* What it was read from was undone: whoever holds what store_trust() gave keeps it as it is, until
 * that is called again. */
void trust_cache_undone(struct trust_cache *cache);

#endif
