/* SPDX-License-Identifier: MIT */
/*
 * Somebody of ill will among the posts of exchange_kit.h: with the keys of one of them and a
 * program of their own, which signs and seals whatever they like; and whole pouches, from file to
 * file.
 */
#ifndef TESTS_HOSTILE_KIT_H
#define TESTS_HOSTILE_KIT_H

#include "exchange_kit.h"

#include "amparo/pouch/carry.h"
#include "amparo/store/identity.h"

/* A dispatch: what is zero is as an honest post would have it. JSON has ' for ". */
struct hostile {
    size_t author;          /* in whose name */
    const uint8_t *secret;  /* signs it (64 bytes); NULL: the author's own key */
    enum act_kind kind, of; /* of: of what is corrected */
    const char *payload;
    const json_t *says;  /* instead of the payload, if it is not NULL */
    const char *context; /* NULL: of a case of Honduras in the Emirates; "": nothing goes along */
    const char *to[4];
    const uint8_t *id, *opener; /* of the case; id NULL: of a case of its own, opener NULL: its own
                                 */
    uint64_t incarnation, sequence;
    const uint8_t *prev;
    const char *at; /* NULL: noon of 12 March 2026 */
    uint64_t directory;
    const uint8_t *hash;
};
void hostile_say(struct kit_net *net, const struct hostile *how, struct act_bytes *out);

/* Sealed to that post, with these dispatches; and with receipts, which `signs` signed in the name
 * of `sender`. Its content is the caller's. */
struct hostile_pouch {
    const struct act_bytes *said;
    size_t count;
    const uint8_t *sender, *signs; /* post id; 64 bytes. NULL: none */
    const uint8_t *receipts;       /* RECEIPT bytes each */
    size_t receipt_count;
};
void hostile_seal(struct kit_net *net, size_t to, const struct hostile_pouch *how, struct buf *out);

/* What came of it there: one pouch, as amparo receive takes it. The caller ends it. */
struct carry_received hostile_receive(struct kit_net *net, size_t to, const struct buf *pouch);

/* One dispatch, said, sealed and received: what became of it. */
enum incoming hostile_send(struct kit_net *net, size_t to, const struct hostile *how,
                           struct taken_in *taken);

/* A key card of a consulate in Abu Dhabi, whatever it says, signed by that key; taken there,
 * without a telephone call. False where it is refused. */
struct hostile_card {
    const char *state, *code;
    const uint8_t *post, *secret; /* id; 64 bytes */
};
bool hostile_take_card(struct store *store, const struct hostile_card *how);

/* The key that a post signs with. */
void hostile_key(struct kit_net *net, size_t of, uint8_t secret[POST_SECRET_SIGN]);

/* ---- honest pouches ---- */

/* What is due from one to the other now, sealed; also what was sent and not acknowledged. Marked as
 * sent. An array of *count, which hostile_pouches_free() ends. */
struct buf *hostile_pouches(struct kit_net *net, size_t from, size_t to, size_t *count);
void hostile_pouches_free(struct buf *pouches, size_t count);

/* The same, and received there; the test fails where one is not taken. Returns how many went. */
size_t hostile_carry(struct kit_net *net, size_t from, size_t to);
/* From everyone to everyone, until nothing new comes. */
void hostile_carry_all(struct kit_net *net);

/* The number that a query gives. */
int64_t hostile_number(struct store *store, const char *sql);

/* Does the text stand anywhere in the file: in acts, parts, dispatches, tables, settings? */
bool hostile_file_tells(struct store *store, const char *text);

#endif
