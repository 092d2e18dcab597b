/* SPDX-License-Identifier: MIT */
/*
 * The access log (fields.md 17): who looked at what is sensitive, printed it or took it out of the
 * file. Entries are chained and each is signed by its officer; none is ever changed. There is no
 * name of a migrant in it: cases by their reference, documents by their kind. Layer: store.
 */
#ifndef AMPARO_STORE_ACCESSLOG_H
#define AMPARO_STORE_ACCESSLOG_H

#include "amparo/base/instant.h"
#include "amparo/store/store.h"

/* The numbers are in the file. */
enum access_kind {
    ACCESS_VIEW = 1,   /* shown on a screen, or put out by a command */
    ACCESS_PRINT = 2,  /* a copy of a document, on paper, in a file or at a printer */
    ACCESS_EXPORT = 3, /* data: a backup, a dossier, a report for machines */
    ACCESS_FAILED = 4, /* what was entered as one of these two, and arrived nowhere */
};
const char *access_kind_name(enum access_kind kind); /* "view", "print", "export", "failed" */

struct access {
    enum access_kind kind;
    const char *reference; /* of the case; "" for the whole file */
    const char *what;      /* "case", "acts", an act's name, "note 3/2026", "backup" … */
    const char *recipient; /* a State's code, "capital", "family" …; NULL: this post */
    const char *language;  /* of a print: "es" …; else NULL */
    const char *as_of;     /* of a print: YYYY-MM-DD, where it tells of that day's end; NULL */
    int64_t copies;        /* of a print: how many are made at once; 0: one */
};

enum { ACCESS_MARK = 64 };

/* What the paper is told of its entry. */
struct access_copy {
    int64_t entry;             /* 0: nothing was entered */
    int64_t first, number;     /* which copies of this document of this case they are, from 1: the
                                * first and the last one of this print; of no print 0 */
    uint8_t mark[ACCESS_MARK]; /* of the entry alone, and known to nobody outside of the file: the
                                * code on the paper is made of it (papercode.h) */
};

/*
 * Enters it, in the transaction that is open, or in one of its own. Nothing is entered, and true
 * answered, where the file was opened for reading alone, or by the recovery key. copy may be NULL.
 */
bool access_enter(struct store *store, const struct access *access, struct access_copy *copy,
                  struct error *err);

/* `ok`, and where that is false no entry: what was not kept is not in the log any more. entered may
 * be NULL. */
bool access_kept(bool ok, struct access_copy *entered);

/*
 * Enters, in the words of that entry (0: nothing), that what it says arrived neither at a printer
 * nor in a file. The entry stays, and its copies' numbers are given to no others.
 */
bool access_failed(struct store *store, int64_t entry, struct error *err);
/* The same where the cause is told anyway: that this could not be entered besides is not. */
void access_lost(struct store *store, const struct access_copy *entered);

/*
 * The same for something looked at: once an hour for the same thing and officer, for a screen is
 * drawn again and again. Who only reads does not wait for who writes: then it is entered later, as
 * of now.
 */
bool access_view(struct store *store, const char *reference, const char *what, struct error *err);

struct access_entry {
    int64_t entry; /* from 1 */
    int64_t acts;  /* number of the file's last act at that time */
    int64_t first, copy; /* the first copy of it, and the last; 0: no print */
    char at[INSTANT_SIZE];
    char *officer;
    enum access_kind kind;
    char *reference, *what, *recipient;
    char *language, *as_of; /* of a print; "" where they are not known */
};

void access_entry_release(struct access_entry *entry);

struct access_entries {
    struct access_entry *list; /* newest first */
    size_t count;
};

void access_entries_release(struct access_entries *entries);

struct access_filter {
    const char *reference; /* NULL: of all cases, and of the file */
    const char *since;     /* YYYY-MM-DD, or NULL */
    size_t limit;          /* 0: all */
};

/* A head of post's to read: else ERROR_REFUSED. */
bool access_list(struct store *store, const struct access_filter *filter,
                 struct access_entries *out, struct error *err);

#endif
