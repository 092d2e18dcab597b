/* SPDX-License-Identifier: MIT */
/*
 * Which places of key headers this account opens: so that a passphrase is tried where it belongs
 * first, and costs one derivation, however many officers a file has. What is remembered are the
 * labels of these places, which are random and say nothing. Layer: store.
 */
#ifndef AMPARO_STORE_OWNSLOT_H
#define AMPARO_STORE_OWNSLOT_H

#include "amparo/store/store.h"

/* store_open() that looks there first, and remembers where it was. */
bool ownslot_open(const char *path, const char *officer, struct passphrase passphrase,
                  unsigned flags, struct store **out, struct error *err);

#endif
