/* SPDX-License-Identifier: MIT */
/*
 * The encrypting file system that SQLite sees: one sqlite3_vfs for each unlocked case file, over
 * SQLite's own. Layer: vault, inside.
 *
 * It knows one path. The case file, its WAL and SQLite's temporary files go through it, each with
 * its methods (vfs_main.c, vfs_wal.c, vfs_temp.c); rollback journals do not exist for it.
 */
#ifndef AMPARO_VAULT_VFS_H
#define AMPARO_VAULT_VFS_H

#include <pthread.h>
#include <sqlite3.h>

#include "amparo/vault/ahead.h"
#include "amparo/vault/anchor.h"
#include "amparo/vault/crypto.h"
#include "amparo/vault/gather.h"
#include "amparo/vault/tags.h"

struct main_file;

struct vfs {
    sqlite3_vfs vfs; /* pAppData is this struct */
    char name[48];
    sqlite3_vfs *base;
    struct keys *keys; /* NULL once closed: then every read and write fails */
    char *path;        /* absolute */
    bool creating;     /* the file may still be without pages */
    bool as_it_is; /* read-only: what is there and authentic is taken, whatever the anchor says */

    pthread_mutex_t lock; /* over what follows */
    int open;             /* files of any kind */
    bool closed;
    struct main_file *files;
    char reason[256]; /* of the last SQLITE_IOERR_DATA or other refusal of ours */
};

/* The case file of one connection. */
struct main_file {
    sqlite3_file file;
    struct vfs *fs;
    sqlite3_file *real;
    struct main_file *next;
    struct wal_file *wal;     /* NULL while there is none */
    const volatile void *shm; /* the first region of the WAL index; NULL without one */
    bool exclusive;           /* set by vault_open() */
    bool unsynced;
    bool write_held;     /* SQLite holds WAL_WRITE_LOCK */
    bool write_for_ckpt; /* we took it, to keep writers out of a checkpoint */
    bool ckpt_held;      /* SQLite holds WAL_CKPT_LOCK, and may be about to checkpoint */
    bool recover_held;   /* SQLite holds WAL_RECOVER_LOCK */
    int ckpt_patience;   /* ms that a checkpoint of vault_before_write() still waits for readers */
    bool ckpt_bound;     /* such a one is at work */
    int64_t ckpt_after;  /* bytes of the WAL, below which the next one does not wait */
    struct tags tags;
    bool tags_stale;    /* another process may have checkpointed since they were read */
    int64_t end;        /* pages that the next flush cuts the file to; -1: no such */
    uint64_t secured;   /* the tag generation whose anchor this connection has flushed */
    struct ahead ahead; /* dropped with the tags */
    struct gather gather;
    bool gathering; /* what a checkpoint brings over waits there */
    int late;       /* SQLite's code for what still waited at its end */
};

/* For `secured` in struct main_file. */
#define MAIN_NONE_SECURED UINT64_MAX

/* What a connection knows of the records of the present epoch: see wal_proof.c. */
struct wal_proof {
    uint8_t *tags; /* 16 bytes a record */
    uint64_t room;
    uint64_t proved; /* records whose tag is the right one */
    uint64_t own;    /* the first that was written under the present lock; WAL_UNKNOWN */
};

/* The WAL of one connection. */
struct wal_file {
    sqlite3_file file;
    struct vfs *fs;
    sqlite3_file *real;
    struct main_file *main;

    bool known;           /* epoch and head are those of the file */
    uint64_t epoch;       /* 0: no WAL that counts */
    struct wal_head head; /* its header */
    uint64_t opened;      /* the epoch of what `copies` holds */
    uint8_t copies[FORMAT_WAL_COPY_B + FORMAT_WAL_HEAD_RECORD]; /* the header as it lies there */
    uint64_t there;    /* records that the file had at the last review */
    uint64_t told;     /* those that SQLite has been told of */
    uint64_t required; /* records that must be whole at recovery */
    uint8_t required_tag[CRYPTO_TAG];
    uint64_t commit;    /* the last one that this connection made or recovered */
    uint64_t candidate; /* a commit written, which SQLite may still take back; 0 */
    uint64_t highest;   /* records written under the present lock */
    uint64_t claimed;   /* records that the anchor knows as committed; WAL_UNKNOWN */
    struct wal_proof proof;

    uint64_t last; /* records up to the frame written last */
    uint64_t bare; /* the first frame without checksum; WAL_NONE_BARE: none */

    int64_t pending; /* index of a frame header that waits for its page; -1: none */
    uint8_t pending_header[FORMAT_FRAME_HEADER];
    uint64_t tagged; /* records up to the commit written last, whose tag `tag` is; 0: none */
    uint8_t tag[CRYPTO_TAG];
    struct anchor anchor; /* as of the last flush */

    int64_t held; /* index of the frame in `frame`; -1: none */
    uint8_t frame[FORMAT_FRAME];
    uint64_t chain; /* recovery: the next index, and the checksum up to it */
    uint32_t checksum[2];
    uint8_t record[FORMAT_WAL_RECORD];
    struct gather gather; /* frames of a transaction that has not ended */
    struct ahead ahead;
};

struct temp_file {
    sqlite3_file file;
    struct vfs *fs;
    sqlite3_file *real;
    uint8_t key[CRYPTO_KEY];
    uint8_t *tags; /* of each block as it was written last; zeros: never */
    int64_t room;
    int64_t size; /* as SQLite sees it */
    int64_t held; /* number of the block in `plain`; -1: none */
    bool dirty;
    uint8_t plain[FORMAT_PAGE];
    uint8_t sealed[FORMAT_PAGE + FORMAT_RESERVE];
};

/* Registers a file system for `path` over `base` (NULL: the default); takes over keys and path. */
struct vfs *vfs_new(const char *base, char *path, struct keys *keys);

/* Wipes the keys; frees everything at once, or when the last file is closed. */
void vfs_close(struct vfs *fs);

/* Whether a connection's file system is one of ours; NULL where it is not. */
struct vfs *vfs_of(sqlite3 *db);

/* The main file of a connection. */
struct main_file *vfs_main_file(sqlite3 *db);

/* Notes why, for vault_sqlite_error(), and returns rc. */
int vfs_refuse(struct vfs *fs, int rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fill an opened file's methods; `real` is open already. */
void main_file_init(struct main_file *m, struct vfs *fs, sqlite3_file *real);
void wal_file_init(struct wal_file *w, struct vfs *fs, sqlite3_file *real, struct main_file *main);
void temp_file_init(struct temp_file *t, struct vfs *fs, sqlite3_file *real);

/* Flushes the case file; with VAULT_UNSYNCED it does not. */
int main_flush(struct main_file *m, int flags);

/*
 * Reads the anchor into `a`, which is zero or holds it as read before; SQLITE_IOERR_DATA, with the
 * reason, where both copies are damaged, or it is an older one than this connection has seen.
 */
int main_read_anchor(struct main_file *m, struct anchor *a);

/* Before leaves of page tags and copy A of the anchor are written over. */
int main_secure_anchor(struct main_file *m, int flags);

/* Writes copy B of an anchor that was read, after a flush of the WAL. */
int main_anchor_commit(struct main_file *m, struct anchor *a);

/* Writes copy A: pages and leaves are on the disk. */
int main_anchor_state(struct main_file *m, int flags);

/* Every xClose ends with this: closes the file below, and counts it off. */
int vfs_close_file(struct vfs *fs, sqlite3_file *real);

/* Methods of the files that SQLite does not lock: it locks the case file, never its WAL. */
int vfs_no_lock(sqlite3_file *file, int level);
int vfs_no_reserved_lock(sqlite3_file *file, int *out);
int vfs_no_control(sqlite3_file *file, int op, void *arg);

/* xSectorSize of every file: a page. */
int vfs_sector_size(sqlite3_file *file);

/*
 * Holds the WAL on the disk against the anchor: SQLITE_OK, or SQLITE_IOERR_DATA with the reason
 * where it is missing, cut, older or newer while the case file needs it. `w` may have no file yet
 * (real NULL). Sets what is known of the WAL.
 */
int wal_review(struct wal_file *w);

/* Whether a checkpoint that has begun will bring over all of the WAL: alone, we always do. */
bool wal_all_goes_over(const struct main_file *m);

/* Drops what is known of the WAL: another connection may have changed it. */
void wal_forget(struct wal_file *w);

/*
 * Brings an anchor that was read up to what the WAL on the disk says (checkpointed: all of which
 * the case file has); sets *changed where that is news.
 */
int wal_note(struct wal_file *w, bool checkpointed, struct anchor *a, bool *changed);

/* Brings the anchor up to the WAL, after a flush of it. */
int wal_anchor(struct wal_file *w);

#endif
