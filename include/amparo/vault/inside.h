/* SPDX-License-Identifier: MIT */
/* What a struct vault is, for the vault layer and its tests. Layer: vault, inside. */
#ifndef AMPARO_VAULT_INSIDE_H
#define AMPARO_VAULT_INSIDE_H

#include "amparo/vault/header.h"
#include "amparo/vault/raw.h"
#include "amparo/vault/vault.h"
#include "amparo/vault/vfs.h"

struct vault {
    struct vfs *fs;
    struct header header; /* as last read or written */
    int slot;             /* or HEADER_BY_RECOVERY, HEADER_BY_ESCROW */
    struct kdf_cost cost; /* of slots to come; 0: to be measured */
    bool doubt;           /* one copy of the anchor was damaged when it was unlocked */
    char labels[VAULT_SLOTS][2 * HEADER_LABEL + 1];
};

/* Flags of vault_open(). */
enum {
    VAULT_IMPATIENT = 1 << 8, /* gives up at once where others are at work */
    VAULT_KEEP_WAL = 1 << 9,  /* closing brings nothing over, also where opening failed */
};

/* What tests set otherwise than the program does. */
struct vault_setup {
    const char *base;     /* the file system below; NULL: SQLite's own */
    struct kdf_cost cost; /* of a new file; 0: to be measured */
};

static const struct vault_setup vault_setup_default = {NULL, {0, 0}};

bool vault_create_with(const struct vault_setup *setup, const char *path, const void *passphrase,
                       size_t length, struct vault **out, struct buf *recovery, struct error *err);
bool vault_unlock_with(const struct vault_setup *setup, const char *path, const void *passphrase,
                       size_t length, int hint, struct vault **out, struct error *err);

/* Before SQLite starts: all its memory is wiped when it is freed. */
void vault_wipe_what_is_freed(void);

/* libsodium and SQLite made ready; may be called any number of times. */
void vault_prepare(void);

/*
 * A new file at `path`, with this header (not yet finished) and a data key in keys->data, keys
 * derived; `slot` signs. Takes over the keys. On failure nothing is left.
 */
bool vault_make_file(const char *base, const char *path, struct header *h, struct keys *keys,
                     int slot, struct vault **out, struct error *err);

/* Keys whose data key is set become a vault; takes over path and keys. */
struct vault *vault_new(const char *base, char *path, const struct header *h, struct keys *keys,
                        int slot);

/* Who signs: the signing key of these seeds. */
void vault_take_sign_key(struct keys *keys, const struct seeds *seeds);

/* Puts a new recovery key into a header, and adds the text of its shares to `out`, a line each. */
void vault_new_set(struct header *h, const struct keys *keys, struct buf *out);

/* What a new passphrase costs; measures it now where nobody has said or measured it. */
struct kdf_cost vault_cost(struct vault *v);

/* ERROR_INPUT for an empty passphrase; ERROR_FAILED: no memory for the key derivation. */
bool vault_passphrase_fits(size_t length, struct error *err);
bool vault_no_memory(struct error *err);

/*
 * Writes both copies of the header anew where the anchor says that a change of them was cut short.
 * One that is damaged otherwise stays for verify to tell, and for the next change.
 */
void vault_mend_header(struct vault *v, struct sqlite3 *db);

/* Reads the header again where another process wrote a newer one. */
bool vault_refresh(struct vault *v, sqlite3_file *file, struct error *err);

/* Opens a connection of a file that is being made: without journal, no WAL yet. */
bool vault_open_new(struct vault *v, struct sqlite3 **db, struct error *err);

/* Sets the WAL mode of such a connection, which a case file has from then on. */
bool vault_start_wal(struct vault *v, struct sqlite3 *db, struct error *err);

/* Flushes the folder that a path lies in, so that a new name stays; false where it cannot. */
bool vault_sync_folder(const char *path);

/* Copying to a new file and verifying it, as one piece of work with one progress. */
struct copying {
    vault_progress *progress; /* may be NULL */
    void *ctx;
    uint64_t total; /* of the copying; verifying is the second half */
};

/*
 * A new file with the header `h` (not yet finished) and a data key of its own, sealed to all in it.
 * `own`: the new seeds of who unlocked, or NULL.
 */
bool vault_make_twin(struct vault *v, const char *path, struct header *h, const struct seeds *own,
                     struct vault **out, struct error *err);

/* Copies what `from` holds into a new file, and verifies that. */
bool vault_copy_pages(struct sqlite3 *from, struct vault *twin, struct copying *c,
                      struct error *err);
bool vault_copy_check(struct vault *twin, struct copying *c, struct error *err);

/*
 * Once nobody else can be changing its key: removes what a rekeying that was killed has left beside
 * the file, and wipes the keys of the one that it replaced. What cannot be removed stays for the
 * next time.
 */
void vault_clear_leftovers(struct vault *v);

/* Whether the file at its path has got other keys since, by somebody's rekeying. */
bool vault_has_new_key(struct vault *v);

/* Takes over a header that was read or written. */
void vault_set_header(struct vault *v, const struct header *h);

/*
 * A new file: 0600, or 0660 in a folder that hands its group on, unless the umask hides files from
 * the group. -1 with errno.
 */
int access_create(const char *path);

/*
 * For the whole program, whose files all say their mode: a usual umask lets the group read and not
 * write, and SQLite mends that only after making a file, when another account may have opened it.
 * From here on the umask hides files from the group altogether, or not at all.
 */
void access_prepare(void);

/* Whether nobody but owner and group may change the file. */
bool access_check(const char *path, struct error *err);

/* Whether nobody, also not this vault, has a connection open; else err says so. */
bool vault_is_alone(struct vault *v, struct error *err);

/*
 * A new file that is to take the place of the vault's: as the old one, so that those who share it
 * by a group go on reading it; and on the disk.
 */
bool vault_keep_mode(const struct vault *v, const char *part, struct error *err);
bool vault_flush_file(const struct vault *v, struct error *err);

/* Removes what SQLite keeps beside a file. */
void vault_remove_beside(const char *path);

/* Runs statements that give no rows. */
bool vault_exec(struct sqlite3 *db, const char *sql, struct error *err);

/* Whether so many bytes on the disk are little for a case file of that size. */
bool vault_room_is_little(uint64_t left, uint64_t file);

/* An error of the file below, outside of SQLite. */
bool vault_io_error(const struct vault *v, int rc, struct error *err);

#endif
