/* SPDX-License-Identifier: MIT */
/* What the commands about keys and the directory share; for src/cli alone. */
#ifndef AMPARO_CLI_TRUST_WORDS_H
#define AMPARO_CLI_TRUST_WORDS_H

#include "amparo/cli/session.h"
#include "amparo/store/trustsay.h"

/* The post that somebody names (trust_post_named()). NULL: ERROR_INPUT where there is none, or more
 * than one. */
const struct trust_post *cli_post(const struct trusted *trust, const char *name, struct error *err);

/* The key that is meant: of a post, or (--state) of a State. False: ERROR_INPUT. */
bool cli_key(const struct cli *cli, const struct trusted *trust, const char *name,
             uint8_t key[TRUST_KEY], struct error *err);

/* The card: `word` is the line itself, a file that has it, or - for standard input. */
bool cli_card_text(const char *word, struct buf *out, struct error *err);

/* A fingerprint as it is read out; "" of a post without a good key. */
const char *cli_fingerprint(const struct trusted *trust, const struct trust_post *post,
                            char out[FINGERPRINT_SIZE]);

/* The bytes in hexadecimal digits, as a JSON string: a new reference. */
json_t *cli_hex(const uint8_t *bytes, size_t size);

/* The act of the directory whose id begins so. NULL: ERROR_INPUT. */
const struct trust_act *cli_diract(const struct trusted *trust, const char *start,
                                   struct error *err);

/* A number from 1. */
bool cli_number(const char *text, uint64_t *number);

/* Today, as of the store's clock. */
struct date cli_today(struct store *store);

/* Where --output names a file, the bytes go there; else to standard output. */
bool cli_put_bytes(const struct cli *cli, const void *bytes, size_t size, struct error *err);

/* Says the id of what was signed, and that it waits for another key of the root where it does. */
void cli_put_said(struct store *store, const uint8_t id[ACT_ID_SIZE]);

#endif
