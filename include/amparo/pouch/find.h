/* SPDX-License-Identifier: MIT */
/*
 * Pouches in any bytes: a pouch itself, its armour in a text or a page, saved mail of any kind,
 * what a scanner made of QR codes. The one door for all that comes in. Layer: pouch; uses base.
 */
#ifndef AMPARO_POUCH_FIND_H
#define AMPARO_POUCH_FIND_H

#include "amparo/pouch/found.h"
#include "amparo/pouch/frames.h"

/*
 * Visits each pouch once, however often it is in there, and afterwards what is left of those that
 * are not whole anywhere in there, with what is wrong. `join` gathers QR codes over several calls;
 * NULL: those of one pouch stand together, and what is missing is a fault. False where the visitor
 * ended it.
 */
bool pouch_find(const void *bytes, size_t size, struct qr_join *join, pouch_visit *visit,
                void *ctx);

/* Visits those of which codes are missing, as faults. For the end, where `join` was given. */
bool pouch_find_unfinished(const struct qr_join *join, pouch_visit *visit, void *ctx);

#endif
