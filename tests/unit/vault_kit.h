/* SPDX-License-Identifier: MIT */
/* What the tests of the vault share: cheap vaults, files as bytes. */
#ifndef TESTS_VAULT_KIT_H
#define TESTS_VAULT_KIT_H

#include "kit.h"

#include <sqlite3.h>
#include <stdio.h>

#include "amparo/vault/inside.h"

#define PASSPHRASE "correct horse battery staple"
#define PASSPHRASE_LENGTH (sizeof(PASSPHRASE) - 1)

/* The cheapest key derivation that is allowed. */
extern const struct vault_setup kit_cheap;

/*
 * A new cheap case file in the folder, unlocked; one that exists is removed first. kit_vault_on():
 * on the file system of that name.
 */
struct vault *kit_vault(const char *name);
struct vault *kit_vault_on(const char *base, const char *name);
struct vault *kit_unlock(const char *name);
struct sqlite3 *kit_database(struct vault *v, unsigned flags);

/* Runs SQL; kit_exec fails the test on an error, kit_try returns SQLite's extended code. */
void kit_exec(struct sqlite3 *db, const char *sql);
int kit_try(struct sqlite3 *db, const char *sql);

/* The one number that a query gives. */
int64_t kit_number(struct sqlite3 *db, const char *sql);

/* Whole files; kit_read's bytes are freed by the caller, NULL where there is no such file. */
uint8_t *kit_read(const char *path, size_t *size);
void kit_write(const char *path, const uint8_t *bytes, size_t size);
void kit_copy(const char *from, const char *to);

/* Flips bits of one byte in place. */
void kit_flip(const char *path, int64_t at, uint8_t bits);

/* Removes a case file with all that may lie beside it. */
void kit_remove(const char *path);

/*
 * All that the keys of a case file open: its pages, then the records of its WAL, old ones too, as
 * SQLite sees them. Freed by the caller; *size may be 0.
 */
uint8_t *kit_plain(struct vault *v, size_t *size);

/* Whether the bytes occur in a file. */
bool kit_holds(const char *path, const char *text);

#endif
