/* SPDX-License-Identifier: MIT */
/*
 * How commands open a case file, read what they are given and put out what anybody wrote.
 * Layer: cli.
 */
#ifndef AMPARO_CLI_SESSION_H
#define AMPARO_CLI_SESSION_H

#include <jansson.h>
#include <stdio.h>

#include "amparo/cli/cli.h"
#include "amparo/store/store.h"

/* A passphrase in locked memory; end with secret_release(). */
struct typed_secret {
    char *bytes;
    size_t length;
};

void secret_release(struct typed_secret *secret);

/*
 * The passphrase of who calls: from --passphrase-file, --passphrase-fd (up to the first newline),
 * else asked for at the terminal without echo.
 */
bool cli_passphrase(const struct cli *cli, struct typed_secret *out, struct error *err);

/*
 * A new passphrase: from the file that the option `from` names (NULL, or not given: those of
 * cli_passphrase where `from` is NULL), else asked for twice. Refuses an empty one.
 */
bool cli_new_passphrase(const struct cli *cli, const char *from, struct typed_secret *out,
                        struct error *err);

/* Recovery shares: from the file that --recovery-file names, else so many are asked for. */
bool cli_recovery_shares(const struct cli *cli, int count, struct typed_secret *out,
                         struct error *err);

/* What code_parse() said of an escrow key: ERROR_INPUT with the group. */
bool cli_escrow_code(int bad, struct error *err);

/* Opens the case file for the officer of --officer with their passphrase, which `by` gets. */
bool cli_open_by(const struct cli *cli, const char *path, unsigned flags, struct typed_secret *by,
                 struct store **out, struct error *err);

/*
 * The same, where it is not needed any more. With --escrow-file: for reading alone, by that key.
 * Says on standard error what is owed for the file.
 */
bool cli_open(const struct cli *cli, const char *path, unsigned flags, struct store **out,
              struct error *err);

/*
 * Before what is sensitive is put out: enters it in the access log (store/accesslog.h). That it
 * cannot be entered, with a full disk, keeps nobody from helping: it is said on standard error.
 */
void cli_viewed(struct store *store, const char *reference, const char *what);

/*
 * After a command has written to the file, on standard error: that there is little room left on its
 * disk; and on a terminal the witness of its acts (store/witness.h).
 */
void cli_wrote(struct store *store);

/* Opens it for another officer beside: their passphrase is in the file that the option `from`
 * names, or is asked for. */
bool cli_open_as(const struct cli *cli, const char *path, const char *officer, const char *from,
                 struct store **out, struct error *err);

/*
 * One JSON document out of a text: a new reference; NULL with ERROR_INPUT that names line and
 * column, or the key that stands twice. `what` names the document.
 */
json_t *cli_json(const char *what, const struct buf *text, struct error *err);

/* Puts a document on standard output. Takes the reference; false (err was set) for NULL. */
bool cli_put_json(json_t *json);

/*
 * Puts lines on standard output that may hold what anybody wrote: nothing in them moves the
 * cursor or sends a command to a terminal.
 */
void cli_put_lines(const struct buf *text);
/* The same elsewhere. */
void cli_put_lines_to(FILE *to, const struct buf *text);

/* What an act was recorded in spite of (struct recorded): a line for each on standard error, the
 * article's number first. */
void cli_put_warnings(const json_t *warnings);

/* Who on record may be the person of a line of a table: a line for each (person_rows_brief()), or
 * for the line of the same table that it is like ("like_line"). */
void cli_put_likely(struct buf *out, long long line, const json_t *likely);

/* "2026-03-14T17:40:05+04:00" as "2026-03-14 17:40"; a date stays. For columns of 16 cells. */
const char *cli_when(const char *at, char out[17]);

#endif
