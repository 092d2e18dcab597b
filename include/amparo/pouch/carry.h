/* SPDX-License-Identifier: MIT */
/*
 * Sending and receiving as a whole, for commands and screens alike: what is due to whom goes into
 * pouches and onto a route; what came by whatever route is opened, judged and taken. Layer: pouch;
 * uses store, agreement, base.
 *
 * Nothing is lost where it is cut off in the middle: a dispatch is marked as sent after its pouch
 * lies safely where it was to go, so that at worst it goes twice; and a pouch is taken as one.
 */
#ifndef AMPARO_POUCH_CARRY_H
#define AMPARO_POUCH_CARRY_H

#include <jansson.h>

#include "amparo/pouch/parcel.h"
#include "amparo/pouch/route.h"
#include "amparo/store/incoming.h"
#include "amparo/store/outgoing.h"
#include "amparo/store/store.h"
#include "amparo/store/trustlog.h"

/* ---- sending ---- */

enum {
    CARRY_RECEIPT_HOURS = 24, /* a receipt goes along with something else, or after so long alone */
    CARRY_AGAIN_DAYS = 3,     /* after which goes again what was not acknowledged */
};

struct carry_wish {
    const char *post;      /* code of the only one that it goes to; NULL: all */
    bool again;            /* also what was sent lately and has not been acknowledged */
    bool receipts;         /* also receipts alone, however young */
    size_t most;           /* bytes of a pouch that the route takes well (parcel.h); 0: any */
    const uint8_t *random; /* NULL: drawn; else ENVELOPE_RANDOM bytes, drawn by who wishes: the same
                            * content comes out as the same pouches again */
};

/* Beside the case file: where pouches go of which nobody says where. */
#define CARRY_OUTBOX "outbox"

/* A post to which something is due. */
struct carry_reader {
    struct reader reader;
    char *code, *name; /* "MXAUH", "Embassy of Mexico, Abu Dhabi" */
    char *email;       /* of its State's focal point; NULL: none is known */
    char *phone;       /* the same */
    struct due due;    /* of its directory: what goes now, if anything goes */
    size_t fresh;      /* dispatches of cases that were never sent to it */
    char *waits;       /* why nothing can be sealed to it now, or has to be; NULL: it goes */
};

/* What is to go now. */
struct carry_load {
    struct carry_reader *readers;
    size_t count;
    struct packed_list pouches; /* sealed to places among the readers */
    struct parcel *parcels;     /* one for each reader */
};

/*
 * Makes dispatches of what is new (not for a clerk, who sees what is there), and seals what is due.
 * ERROR_INPUT where the post has no keys yet, or nobody has that code. Changes nothing else; the
 * caller releases *out.
 */
bool carry_load(struct store *store, const struct carry_wish *wish, struct carry_load *out,
                struct error *err);
void carry_load_release(struct carry_load *load);

/* How many of the dispatches in a pouch of the load are of the directory and go along. */
size_t carry_along(const struct carry_load *load, size_t pouch);

/* May who opened the store send? An officer may (ERROR_REFUSED for a clerk): to be asked before
 * anything leaves. carry_write() and carry_gone() ask too. */
bool carry_may_send(const struct store *store, struct error *err);

/* That pouch of the load lies where it was to go: what is in it was sent now, to the reader at that
 * place of its list, or to all (CARRY_ALL). */
#define CARRY_ALL ((size_t)-1)
bool carry_gone(struct store *store, const struct carry_load *load, size_t pouch, size_t reader,
                struct error *err);

/* Where pouches are written. */
struct carry_way {
    enum route route; /* ROUTE_FOLDER, ROUTE_MAIL or ROUTE_TEXT: into a folder, as a pouch, as a
                       * mail for each reader, or as armour */
    const char *folder;
    const char *from;    /* of mails: our address */
    const char *address; /* of mails: instead of the focal point's; NULL: that */
};

/* A file that was written, of that pouch; of a mail for which reader of its list, else CARRY_ALL.
 */
struct carry_written {
    size_t pouch, reader;
    char *path;
};

struct carry_files {
    struct carry_written *list;
    size_t count;
};

void carry_files_release(struct carry_files *files);

/*
 * Writes the pouches of a load that way, and marks each as sent once it is safe. A reader without
 * an address gets no mail: it is none of the files, and stays due. False where the folder cannot be
 * opened, where it could not be gone on with, or was given up; *files then has what was written and
 * marked up to there. Released by the caller in any case.
 */
bool carry_write(struct store *store, const struct carry_load *load, const struct carry_way *way,
                 store_progress *progress, void *ctx, struct carry_files *files, struct error *err);

/* ---- receiving ---- */

/* What became of a pouch, or of what is left of one. The order is that of how bad it is. */
enum carry_outcome {
    CARRY_TAKEN,   /* what is in it was taken */
    CARRY_KNOWN,   /* it was taken before */
    CARRY_CLOSED,  /* for others than us; or damaged, which cannot be told */
    CARRY_UNKNOWN, /* some of it is by posts whose keys are not known here: that was not taken */
    CARRY_DAMAGED, /* not as it was sent, or not whole */
    CARRY_FORGED,  /* some of it is not signed by whom it says: that was not taken */
    CARRY_REFUSED, /* it is not as a pouch may be */
    CARRY_OUTCOMES,
};

/* "taken" …, for machine output. */
const char *carry_outcome_name(enum carry_outcome outcome);

struct carry_arrival {
    char *path; /* of the file that it lay in; NULL: it was no file's */
    uint8_t hash[POUCH_HASH];
    char name[POUCH_NAME_SIZE]; /* "" where it is not whole and does not say */
    enum carry_outcome outcome;
    char *why;  /* a sentence; NULL: nothing is to be said */
    char *from; /* "MXAUH, Embassy, Abu Dhabi", who says to have sent it; NULL: nobody known */

    /* ---- what was in it ---- */
    struct taken_in taken;             /* dispatches of cases */
    size_t again, forwarded, too_many; /* of these: were here; are for others; find no room */
    struct directory_taken directory;  /* acts of the directory */
    size_t receipts;                   /* for what we sent to who sent this */
    size_t unknown, forged, strange;   /* that were not taken */
    bool false_receipts;               /* they are not by who says to have sent it */
};

/* What was in it, in words: "2 new dispatches, 1 receipt", "nothing new". `out` is empty before. */
void carry_say_arrival(const struct carry_arrival *arrival, struct buf *out);

/* Was something in it that could be taken, or was it taken before? */
bool carry_was_opened(const struct carry_arrival *arrival);

struct carry_received {
    struct carry_arrival *list; /* one for each pouch, in the order in which they were met */
    size_t count;
    size_t nothing; /* files with nothing of ours in them */
};

void carry_received_release(struct carry_received *received);

struct carry_source {
    const char *const *paths; /* files and folders */
    size_t count;
    const struct buf *bytes;  /* and what came by no file: a text, what a scanner typed; or NULL */
    store_progress *progress; /* or NULL */
    void *ctx;
};

/*
 * Takes all pouches that are there, in whatever order and however often: each in one transaction;
 * what waits for another one is taken up when that has come, in the same call too. A pouch that
 * cannot be taken keeps none of the others. False where a path or the case file cannot be read or
 * written, or where it was given up: *out has what was taken up to there, which is known the next
 * time. The caller releases *out in any case. ERROR_REFUSED for a clerk, ERROR_INPUT where the post
 * has no keys.
 */
bool carry_receive(struct store *store, const struct carry_source *source,
                   struct carry_received *out, struct error *err);

#endif
