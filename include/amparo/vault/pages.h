/* SPDX-License-Identifier: MIT */
/*
 * Every page of a case file that can still be read, whatever the state of all else: for salvage.
 * Layer: vault.
 *
 * SQLite is asked nothing: each page and each record of the WAL is opened by its own seal, so
 * nothing that is not authentic comes out. A page may be there in several versions: the records of
 * the WAL that hold it, and what lies in the case file.
 */
#ifndef AMPARO_VAULT_PAGES_H
#define AMPARO_VAULT_PAGES_H

#include "amparo/vault/vault.h"

enum { PAGES_SIZE = 4096 };

struct pages;

/*
 * Reads the WAL and learns what is damaged. NULL where the files cannot be opened, or `progress`
 * (may be NULL) gave up. The vault stays open until pages_close(), for which NULL is fine.
 */
struct pages *pages_open(struct vault *v, vault_progress *progress, void *ctx, struct error *err);
void pages_close(struct pages *p);

/* Pages are numbered from 1 to this. */
uint32_t pages_count(const struct pages *p);

/*
 * The newest version that can be read (0), the one before it (1) …; false where there is no such
 * one. *present becomes true where it is the one that the file stands for, as far as can be told:
 * not one that was put back, nor one before another version.
 */
bool pages_read(struct pages *p, uint32_t number, unsigned version, uint8_t out[PAGES_SIZE],
                bool *present);

enum page_damage {
    PAGE_WHOLE,
    PAGE_DAMAGED, /* nowhere authentic as it should be */
    PAGE_OLDER,   /* an older version was put in its place */
};

enum page_damage pages_damage(const struct pages *p, uint32_t number);

/* Damaged records of the WAL: the n-th of them from 0, counted from 1 as verify does; 0: no more.
 */
uint64_t pages_bad_record(const struct pages *p, size_t n);

/* Committed records that are missing at the end of the WAL, or all of them. */
uint64_t pages_missing_records(const struct pages *p);

/*
 * What of the file the anchor knows and is not there as it should be, for whoever takes what is
 * there as it is. Release out->pages with free().
 */
void pages_loss(const struct pages *p, struct vault_loss *out);

#endif
