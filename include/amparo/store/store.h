/* SPDX-License-Identifier: MIT */
/*
 * A case file opened by an officer: its post, its officers, its settings. The rest of the store is
 * in record.h (acts and cases), list.h (the case list, today), draft.h, presence.h, verify.h and
 * directory.h. Layer: store; uses agreement, vault, base.
 *
 * One `struct store` is one unlocked file and one connection; it is used by one thread at a time.
 * No statement stays open between calls, so several programs can work on the same file.
 *
 * Errors everywhere in this layer: ERROR_FAILED (disk, space, somebody else's lock), ERROR_INPUT
 * (what was asked makes no sense), ERROR_REFUSED (the instrument), ERROR_VAULT (wrong passphrase,
 * damaged). Nothing is ever half-written: a call that fails has changed nothing.
 */
#ifndef AMPARO_STORE_STORE_H
#define AMPARO_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/act.h"
#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/base/instant.h"

struct store;

/* The profile of the post that keeps the file: said once, by its first act. */
struct post_profile {
    char *state;   /* ISO 3166-1 alpha-2: the State the post belongs to */
    char *code;    /* prefix of case references: 2 to 12 capitals and digits */
    char *name;    /* "Consular Directorate, Tegucigalpa" */
    char *country; /* where it stands */
    char *city;
    char *kind; /* consulate, directorate, secretariat */
};

void post_profile_release(struct post_profile *profile);

/* The Technical Secretariat: told of polls and requests, without identity. */
bool post_is_secretariat(const struct post_profile *profile);

/* Checks a profile as `init` gets it: a line for each fault, ERROR_INPUT. */
bool post_check(const struct post_profile *post, struct error *err);

/* An officer of the post, by the fold of the post's own acts. */
struct officer {
    char *name;
    enum role role;
    char key[65]; /* the first public key that they had, in hex, as in act.signer */
    char since[INSTANT_SIZE];
};

struct officers {
    struct officer *list;
    size_t count;
};

void officers_release(struct officers *officers);

struct passphrase {
    const void *bytes; /* in locked memory, the caller's */
    size_t length;
};

/*
 * Makes a case file whose first head of post is `officer`, and opens it. `recovery` gets the
 * recovery key, to be shown once. On failure no file stays behind.
 */
bool store_create(const char *path, const struct post_profile *post, const char *officer,
                  struct passphrase passphrase, unsigned flags, struct store **out,
                  struct buf *recovery, struct error *err);

/*
 * The same in one piece: the file gets its name when it is whole, and is opened then. Whoever is
 * killed meanwhile leaves at most PATH.part, which the next one takes away.
 */
bool store_found(const char *path, const struct post_profile *post, const char *officer,
                 struct passphrase passphrase, unsigned flags, struct store **out,
                 struct buf *recovery, struct error *err);

/* Removes a case file that nobody has worked with, with all that lies beside it. */
void store_remove_file(const char *path);

enum {
    STORE_EXCLUSIVE = 1, /* nobody else may have the file open */
    STORE_READ_ONLY = 2,
    STORE_UNSYNCED = 4,  /* for demo and bench files that can be made anew: no flush to disk */
    STORE_NO_SECRET = 8, /* at creation: the passphrases are none, as those of the demo */
    STORE_LEAST = 16,    /* at creation: for a slower machine; see store_set_slow() */
};

/*
 * Opens, with the passphrase of that officer (NULL: of whoever's it is). Slow on purpose: some half
 * a second for each officer tried. Changes that this version brings to the schema are made here.
 */
bool store_open(const char *path, const char *officer, struct passphrase passphrase, unsigned flags,
                struct store **out, struct error *err);

/* The same, trying one place of the key header before the others (ownslot.h); -1: none. */
bool store_open_at(const char *path, const char *officer, struct passphrase passphrase, int hint,
                   unsigned flags, struct store **out, struct error *err);

/* Opens by the recovery key: it may name a new head of post, and read; it records no case act. */
bool store_open_recovery(const char *path, const char *recovery, struct store **out,
                         struct error *err);

/*
 * Opens for reading alone, by the seed of the ministry's escrow key (VAULT_ESCROW bytes): nothing
 * is recorded, also not that it was opened.
 */
bool store_open_escrow(const char *path, const uint8_t *seed, struct store **out,
                       struct error *err);

/* NULL is fine. Takes this program's presence away. */
void store_close(struct store *store);

const char *store_path(const struct store *store);
const struct post_profile *store_post(const struct store *store);

/*
 * Seals bytes for the officer who opened, and opens them after whatever opening of the file by the
 * same one: for what is kept outside of the file. Both add to `out`; false: not theirs.
 */
void store_seal_own(const struct store *store, const void *bytes, size_t size, struct buf *out);
bool store_open_own(const struct store *store, const void *sealed, size_t size, struct buf *out);

/* Who opened; the empty name with role clerk by the recovery key. */
const struct officer *store_officer(const struct store *store);

/* All who have a role, in the order in which they came. */
bool store_officers(struct store *store, struct officers *out, struct error *err);

/* Passphrases set from now on are the least that is allowed, for a slower machine than this. */
void store_set_slow(struct store *store);

/*
 * Gives a further officer a slot and a role, by a signed act of a head of post (else
 * ERROR_REFUSED), or by the recovery key, which can only name a head: also one who is there, and
 * whose old passphrase opens nothing any more. ERROR_INPUT where the name is taken or empty.
 */
bool store_add_officer(struct store *store, const char *name, enum role role,
                       struct passphrase passphrase, struct error *err);

/* Changes when another connection has written: compare with the value of before. */
int64_t store_changes(struct store *store);

/* The instant that acts recorded now would carry, RFC 3339 with the local offset. */
const char *store_now(struct store *store, char out[INSTANT_SIZE]);

/* For tests and demo files: acts are recorded as of that instant (NULL: the clock again). */
void store_set_now(struct store *store, const char *instant);

/*
 * Several changes as one: all are kept at the end, or none. Between the two, the calls of this
 * store join in. For demo files and tests; a screen never keeps one open across a key.
 */
bool store_batch_begin(struct store *store, struct error *err);
bool store_batch_end(struct store *store, bool keep, struct error *err);

/* A setting of this file, by name; *value is a new string, or NULL where it was never set. */
bool store_setting(struct store *store, const char *name, char **value, struct error *err);
bool store_set_setting(struct store *store, const char *name, const char *value, struct error *err);

/*
 * True where little room is left on the disk that the file lies on, and *left (bytes) of it: to be
 * said before there is none.
 */
bool store_room_is_little(const struct store *store, uint64_t *left);

/* Whether everybody on this machine may read the file (chmod o-rwx ends it). */
bool store_is_exposed(const struct store *store);

/* Long work says how far it is; false gives up: ERROR_FAILED, and nothing has changed. */
typedef bool store_progress(void *ctx, uint64_t done, uint64_t total);

/* Why a file gets a new data key. */
enum rekey_why {
    REKEY_REMOVED,  /* somebody is no officer any more */
    REKEY_SEEN,     /* somebody saw a passphrase */
    REKEY_ERASED,   /* what was erased is to be gone from the disk too */
    REKEY_RESTORED, /* it goes on from a backup */
    REKEY_ESCROW,   /* the escrow key opens it no more */
};

/*
 * Gives the file a new data key, as vault_rekey() says, and records that with the reason, by the
 * same step. Outside of batches; refused (ERROR_FAILED) while anybody else has the file open.
 * `progress` may be NULL. The store goes on with the new file; on failure nothing has changed.
 */
bool store_rekey(struct store *store, enum rekey_why why, store_progress *progress, void *ctx,
                 struct error *err);

/*
 * A consistent copy, verified before it gets its name; refuses an existing file. `progress` may be
 * NULL.
 */
bool store_backup(struct store *store, const char *path, store_progress *progress, void *ctx,
                  struct error *err);

/*
 * Where the file is a backup: the day after which it should be destroyed (settings.h), and whether
 * it is over. "" for a working file.
 */
bool store_backup_until(struct store *store, char day[DATE_SIZE], bool *over, struct error *err);

/*
 * Makes a working case file at `path` out of a backup, opened by one of its heads of post, and
 * records that it goes on from there: a new incarnation, so that its chains cannot be mistaken for
 * those of the file that was lost. Refuses an existing file at `path`; where it fails, none is
 * left. Who was erased since the backup was made is erased again, by the files that erasures.h
 * tells of.
 */
struct restoring {
    const char *backup, *path;
    const char *officer; /* NULL: whose passphrase it is */
    struct passphrase passphrase;
    const char *erasures; /* a file of them beside those found; NULL: none */
    store_progress *progress;
    void *ctx;
};

struct restored {
    size_t erased;    /* persons erased again */
    struct buf notes; /* that the backup is older than it should be; files of erasures that could
                       * not be taken: a line for each */
};

/* The caller releases out->notes, also where it fails. */
bool store_restore(const struct restoring *how, struct restored *out, struct error *err);

#endif
