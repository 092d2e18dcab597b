/* SPDX-License-Identifier: MIT */
/*
 * What the officer who has the file open has set for themselves alone (store/settings.h has what a
 * head of post sets for all). Layer: store.
 */
#ifndef AMPARO_STORE_OWN_H
#define AMPARO_STORE_OWN_H

#include "amparo/store/store.h"

/* In which language the screens are: a code of base/locale.h. */
#define OWN_LANGUAGE "language"

/* Where and as what they printed last: JSON. */
#define OWN_PRINT "print"

/* A new string; NULL where it was never set. */
bool store_own_get(struct store *store, const char *what, char **value, struct error *err);
bool store_own_set(struct store *store, const char *what, const char *value, struct error *err);

#endif
