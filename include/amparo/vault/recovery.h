/* SPDX-License-Identifier: MIT */
/*
 * The recovery key as people write it: 13 groups of four characters and a check character, in an
 * alphabet without I, L, O and U. The check finds every single wrong character, every two that
 * changed places, and groups that changed places. Layer: vault.
 */
#ifndef AMPARO_VAULT_RECOVERY_H
#define AMPARO_VAULT_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

enum { RECOVERY_SECRET = 32 };

/* Adds the text of a secret to `out`, its groups joined by hyphens. */
void recovery_print(const uint8_t secret[RECOVERY_SECRET], struct buf *out);

/*
 * Reads it back; case, spaces and hyphens do not matter, O is 0, I and L are 1. ERROR_VAULT with
 * the number of the first group that does not check.
 */
bool recovery_parse(const char *text, uint8_t secret[RECOVERY_SECRET], struct error *err);

#endif
