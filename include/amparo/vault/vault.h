/* SPDX-License-Identifier: MIT */
/*
 * The case file: one encrypted SQLite database, its key header, and what unlocks it. Layer: vault;
 * uses base.
 *
 * A `struct vault` is one unlocked case file. Its keys lie in locked memory until vault_close().
 * Several vaults may be open in one process, also on the same path; nothing here is process-wide
 * but SQLite's own list of file systems. A vault may be used by one thread at a time; each of its
 * connections too.
 *
 * Every officer has a slot: under the passphrase lie the seeds of that officer's two key pairs
 * (X25519 to open the data key, Ed25519 to sign). The data key is sealed to each officer, to the
 * recovery key, which two of three shares make, and, where there is one, to the escrow key of the
 * ministry. No slot carries a name.
 *
 * Errors: ERROR_VAULT for a wrong passphrase or recovery key, for what is not a case file, and for
 * what is damaged or not authentic (a line naming each place); ERROR_FAILED for input and output,
 * space and locks; ERROR_INPUT for a call that makes no sense (path exists, no free slot).
 */
#ifndef AMPARO_VAULT_VAULT_H
#define AMPARO_VAULT_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

struct sqlite3;
struct vault;

enum {
    VAULT_SLOTS = 8,           /* officers that one case file has room for */
    VAULT_ESCROW = 32,         /* bytes of an escrow key, and of the seed that opens it */
    VAULT_FILE_ID = 16,        /* bytes */
    VAULT_SIGN_PK = 32,        /* bytes of an Ed25519 public key */
    VAULT_SIGNATURE = 64,      /* bytes of an Ed25519 signature */
    VAULT_WAL_BOUND = 8 << 20, /* bytes of the WAL, past which it is brought over before a write */
};

enum {
    VAULT_EXCLUSIVE = 1, /* nobody else may have the file open; no -shm file is made */
    VAULT_READ_ONLY = 2, /* every change is refused by SQLite */
    VAULT_UNSYNCED = 4,  /* nothing is flushed to the disk: only for files that can be made anew */
};

/* How much work each try of a passphrase is (Argon2id): set where a passphrase is. */
enum vault_effort {
    VAULT_MEASURED,  /* about half a second on this machine; at least VAULT_LEAST */
    VAULT_LEAST,     /* 64 MiB, two passes: for a slower machine than this */
    VAULT_NO_SECRET, /* 8 MiB, one pass: the passphrase is none, as that of the demo */
};

/* Long work reports its steps; returning false gives up (the call then fails with ERROR_FAILED). */
typedef bool vault_progress(void *ctx, uint64_t done, uint64_t total);

/*
 * Makes a new case file at `path` (mode 0600, or 0660 in a setgid folder; refuses an existing path
 * with ERROR_INPUT) whose only officer, slot 0, has this passphrase, and unlocks it. `recovery`
 * gets the three recovery shares, a line each, to be shown once and written down: groups of five
 * characters, each with its check character; the caller wipes it with buf_release(). On failure no
 * file is left behind.
 */
bool vault_create(const char *path, const void *passphrase, size_t length, enum vault_effort effort,
                  struct vault **out, struct buf *recovery, struct error *err);

/*
 * Unlocks. `hint` is the slot tried first (-1: none); the others follow. Each try costs one
 * Argon2id (about half a second). ERROR_VAULT says which: wrong passphrase, not a case file, damaged.
 */
bool vault_unlock(const char *path, const void *passphrase, size_t length, int hint,
                  struct vault **out, struct error *err);

/*
 * As vault_unlock(), also where both copies of the anchor are damaged, or say that the key header
 * is an older one: for salvage alone, which reads pages and changes nothing.
 */
bool vault_unlock_damaged(const char *path, const void *passphrase, size_t length,
                          struct vault **out, struct error *err);

/*
 * Unlocks by two recovery shares (case, spaces, lines and hyphens do not matter; a mistyped group,
 * a share of another file or set, and a wrong one are named). vault_slot() is then -1 and
 * vault_sign() signs with the recovery key's own pair: no officer's seeds are had by this way.
 */
bool vault_unlock_recovery(const char *path, const char *recovery, struct vault **out,
                           struct error *err);

struct vault_share {
    int number;   /* of three */
    uint32_t set; /* counted from 1 */
};

/*
 * Whether one share alone is good, without any passphrase: the header has a hash of it. ERROR_VAULT
 * says what it is instead.
 */
bool vault_check_share(const char *path, const char *text, struct vault_share *out,
                       struct error *err);

/*
 * Unlocks by the seed of the escrow key: vault_slot() is -2, and nothing can be changed or signed.
 */
bool vault_unlock_escrow(const char *path, const uint8_t seed[VAULT_ESCROW], struct vault **out,
                         struct error *err);

/*
 * Closes and wipes the keys; NULL is fine. Close the connections first: what is still open fails
 * from then on with SQLITE_IOERR.
 */
void vault_close(struct vault *v);

/*
 * Whether what the file remembers of its last commits had to be taken from an older copy, because
 * the newer may be gone: a loss of power can do that, and so can who wants the last commits
 * forgotten. To be said to who opens it; the witness (verify) tells which it was.
 */
bool vault_doubt(const struct vault *v);

/* The absolute path; lives as long as the vault, or until vault_rekey(). */
const char *vault_path(const struct vault *v);

/* The file's id, random, VAULT_FILE_ID bytes; backups keep it. */
const uint8_t *vault_file_id(const struct vault *v);

/* The slot that was unlocked; -1 by the recovery key, -2 by the escrow key. */
int vault_slot(const struct vault *v);

/* How many officers the file has. */
int vault_slot_count(const struct vault *v);

/* The Ed25519 public key of slot i, of VAULT_SLOTS; NULL where that place is empty. */
const uint8_t *vault_slot_pk(const struct vault *v, int i);

/* The slot that has a public key, or -1. */
int vault_find_slot(const struct vault *v, const uint8_t pk[VAULT_SIGN_PK]);

/*
 * The slot of a file, not unlocked, whose label stands first among `labels`, a line each; -1 where
 * there is none: for the hint of vault_unlock().
 */
int vault_find_label(const char *path, const char *labels);

/* The label of slot i, eight random bytes in hexadecimal (never a name); "" where there is none. */
const char *vault_slot_label(const struct vault *v, int i);

/*
 * The Ed25519 public keys of who unlocked (zeros by the escrow key), of the recovery key, and of
 * the file's first officer, which lies under each passphrase: VAULT_SIGN_PK bytes.
 */
const uint8_t *vault_sign_pk(const struct vault *v);
const uint8_t *vault_recovery_sign_pk(const struct vault *v);
const uint8_t *vault_founder_pk(const struct vault *v);

/* Reads the key header again, which another program may have changed since it was last opened. */
void vault_look_again(struct vault *v);

/* The number of the present set of recovery shares; the escrow key, or NULL. */
uint32_t vault_recovery_set(const struct vault *v);
const uint8_t *vault_escrow(const struct vault *v);

/* Ed25519 over `size` bytes by who unlocked. */
void vault_sign(const struct vault *v, const void *bytes, size_t size,
                uint8_t signature[VAULT_SIGNATURE]);

/*
 * Checks an Ed25519 signature by any key; touches no vault. False where it does not hold.
 */
bool vault_check_signature(const uint8_t pk[VAULT_SIGN_PK], const void *bytes, size_t size,
                           const uint8_t signature[VAULT_SIGNATURE]);

/*
 * Seals bytes so that only the officer who unlocked can open them again, after whatever unlocking
 * of the same file, also under another passphrase or data key: for what is kept outside of the
 * file. Both add to `out`, which the caller wipes; opening is false, and adds nothing, where the
 * bytes are not authentic or somebody else's.
 */
void vault_seal_own(const struct vault *v, const void *bytes, size_t size, struct buf *out);
bool vault_open_own(const struct vault *v, const void *sealed, size_t size, struct buf *out);

/*
 * What follows changes the key header, in one step: on failure it is as it was. May be called
 * inside a write transaction of one of this vault's connections; otherwise takes SQLite's write
 * lock for the moment. A rolled-back transaction does not take the change back. What somebody could
 * open before, they still can with a copy of the file from before: vault_rekey() ends that.
 */

/*
 * Before these, and outside of a transaction: how dear their passphrases are. VAULT_MEASURED, which
 * is the default, takes a moment. In a file whose passphrases are all VAULT_NO_SECRET, so is a new
 * one, whatever is said here.
 */
void vault_set_effort(struct vault *v, enum vault_effort effort);

/* Measures now, where it was not done or said yet. */
void vault_measure(struct vault *v);

/* Adds an officer with a passphrase and new random seeds; `pk` gets the Ed25519 public key. */
bool vault_add_slot(struct vault *v, const void *passphrase, size_t length,
                    uint8_t pk[VAULT_SIGN_PK], struct error *err);

/* The same in the place of slot i, whose passphrase opens nothing any more; -1: in a free one. */
bool vault_put_slot(struct vault *v, int i, const void *passphrase, size_t length,
                    uint8_t pk[VAULT_SIGN_PK], struct error *err);

/*
 * Another passphrase for who unlocked, whose present one is asked for: ERROR_VAULT where it is not
 * that. The keys stay.
 */
bool vault_set_passphrase(struct vault *v, const void *old, size_t old_length, const void *new,
                          size_t new_length, struct error *err);

/* Whether that is the passphrase of who unlocked; ERROR_VAULT where it is not. */
bool vault_check_passphrase(const struct vault *v, const void *passphrase, size_t length,
                            struct error *err);

/* A new recovery key; `shares` gets its three shares as vault_create() has them. */
bool vault_renew_recovery(struct vault *v, struct buf *shares, struct error *err);

/* The escrow key of a seed, which is the secret half. */
void vault_escrow_pk(const uint8_t seed[VAULT_ESCROW], uint8_t pk[VAULT_ESCROW]);

/* Seals the data key to an escrow key too, in the place of another one; NULL: to none. */
bool vault_set_escrow(struct vault *v, const uint8_t pk[VAULT_ESCROW], struct error *err);

/*
 * Opens a connection: WAL, synchronous FULL, foreign keys on, waits for others up to 10 s, cache up
 * to 64 MB, secure_delete, temp_store in memory. Close with sqlite3_close() before vault_close().
 * An authorizer refuses ATTACH, VACUUM INTO and the pragmas that would weaken this: do not set
 * another.
 */
bool vault_open(struct vault *v, unsigned flags, struct sqlite3 **db, struct error *err);

/*
 * To be called before a write transaction begins: where the WAL has grown past VAULT_WAL_BOUND, as
 * it does while somebody reads an old state for long, brings it over to the case file and cuts it
 * off. Waits for readers a tenth of a second, and again only once the WAL has grown by an eighth of
 * the bound; what it cannot do now, it does at a later call.
 */
void vault_before_write(struct sqlite3 *db);

/*
 * Sets err from the last error of a connection: what is damaged is ERROR_VAULT and names the page
 * or record; a full disk, a lock, input or output are ERROR_FAILED with what to do. Returns false.
 */
bool vault_sqlite_error(struct sqlite3 *db, struct error *err);

/*
 * Reads every page, every record of the WAL, and both copies of header and anchor. True where all
 * is whole; else err has a line for each damaged place. `progress` may be NULL. Changes nothing.
 */
bool vault_verify(struct vault *v, vault_progress *progress, void *ctx, struct error *err);

/*
 * Writes a consistent copy, while others go on working, into a new case file at `path` (refuses an
 * existing one) with the same slots and id but a data key of its own; verifies it, and only then
 * gives it its name. What fails leaves nothing behind.
 */
bool vault_backup(struct vault *v, const char *path, vault_progress *progress, void *ctx,
                  struct error *err);

/* The same, with what `finish` adds to the copy before it is verified (as in struct vault_change).
 */
bool vault_backup_with(struct vault *v, const char *path,
                       bool (*finish)(void *ctx, struct vault *fresh, struct error *err),
                       void *finish_ctx, vault_progress *progress, void *ctx, struct error *err);

/* What a new data key comes with; all zero: nothing. */
struct vault_change {
    unsigned remove;            /* slots that lose their access: bit i for slot i; not one's own */
    bool end_escrow;            /* the escrow key loses it */
    struct buf *shares;         /* gets the shares of a new recovery key; NULL: it stays */
    const void *new_passphrase; /* of who unlocked, who also gets new seeds; NULL: it stays */
    size_t new_length;
    /*
     * Called with the new file, unlocked and complete but not yet in its place: what this adds to
     * it is there from its first moment on. Closes its connections. NULL: adds nothing.
     */
    bool (*finish)(void *ctx, struct vault *fresh, struct error *err);
    void *ctx;
};

/*
 * Gives the file a new data key: copies it into a new file beside it, verifies that, puts it in the
 * place of the old one and wipes the keys of that. Whatever is cut short, the old or the new one is
 * whole at the path, and what is left lying is removed by the next vault_open(). Refuses
 * (ERROR_FAILED) while anybody, also this vault, has a connection open. `change` and `progress` may
 * be NULL. Afterwards `v` is unlocked on the new file, and vault_path() anew; on failure nothing
 * has changed. Who unlocked the file before cannot open it any more, and is told to unlock it
 * again.
 */
bool vault_rekey(struct vault *v, const struct vault_change *change, vault_progress *progress,
                 void *ctx, struct error *err);

/*
 * Makes a new case file at `path` (refuses an existing one) with the same slots and id, a data key
 * of its own and nothing in it: what is to be there, change->finish puts in. Verifies it, and only
 * then gives it its name. What fails leaves nothing behind. Asks nothing of the database of `v`.
 */
bool vault_make_anew(struct vault *v, const char *path, const struct vault_change *change,
                     struct error *err);

/* What a file has lost though all that is there is authentic; all zero: nothing. */
struct vault_loss {
    bool anchor;  /* damaged: what else is lost is not known */
    bool tags;    /* the table of page tags is damaged */
    bool header;  /* the key header is an older one */
    bool foreign; /* the WAL is of another state of the case file than this one */
    uint64_t known_epoch, known_records; /* of the WAL, by the anchor, that the case file needs */
    uint64_t found_epoch, found_records; /* that are there, and can stand on the case file */
    uint64_t more_records;               /* further ones of them, which salvage can read */
    uint32_t *pages;                     /* in whose place older ones were put */
    size_t count;
    uint32_t damaged; /* a page that is not authentic; 0: none */
};

/*
 * Looks for that, of a vault of vault_unlock_damaged(). False where it cannot be read, or somebody
 * has it open. The caller frees out->pages.
 */
bool vault_find_loss(struct vault *v, struct vault_loss *out, struct error *err);

/*
 * Takes what is there, and authentic, as the truth: copies it into a new file with a new data key,
 * to which change->finish adds; verifies that, and puts it in the place of the old one, which is
 * kept, with its WAL, as `path`.refused (or .refused-2 …): *kept gets that name, the caller frees
 * it. Whatever is cut short, the old or the new one is whole at its place. `v` is of
 * vault_unlock_damaged(), and of no use afterwards. On failure nothing has changed.
 */
bool vault_accept(struct vault *v, const struct vault_change *change, vault_progress *progress,
                  void *ctx, char **kept, struct error *err);

/*
 * True where little room is left on the disk that the case file lies on: under 64 MiB, twice the
 * bound of its WAL, or a twentieth of it; *left gets the bytes that there are.
 */
bool vault_room(const struct vault *v, uint64_t *left);

/* Whether everybody on the machine may read the file: encrypted, but a copy to guess at. */
bool vault_is_exposed(const struct vault *v);

/* For main(): no core dumps, no ptrace by the same user, a umask that shares files with the group
 * or not at all. */
void vault_harden_process(void);

#endif
