/* SPDX-License-Identifier: MIT */
/* What the tests of the correspondence share: posts of several States, a case that goes from one to
 * the other, and what leaves as it leaves. */
#ifndef TESTS_EXCHANGE_KIT_H
#define TESTS_EXCHANGE_KIT_H

#include "store_kit.h"

#include "amparo/store/incoming.h"
#include "amparo/store/outgoing.h"

struct kit_office {
    const char *file, *state, *code, *kind, *country, *city;
};

/* The directorate of Honduras, which asks; a post of Costa Rica in Abu Dhabi and one of Mexico;
 * the directorate of Costa Rica; the Technical Secretariat. */
extern const struct kit_office kit_tegucigalpa, kit_abu_dhabi, kit_mexican, kit_san_jose,
    kit_secretariat;

/* A new file of that post with its keys made; its head is Ana; noon of 12 March 2026. */
struct store *kit_office(const struct kit_office *post);

/* How others see it. */
struct reader kit_reader(const struct kit_office *post, struct store *store);

#define KIT_CASE "HNTGU-2026-0001"
#define KIT_OVERRIDE "'override': {'reason': 'it cannot wait'}"
#define KIT_TOLD "'transcribed': {'from': 'Embassy', 'channel': 'email', 'on': '2026-03-12'}"

/* The directory has Honduras, Mexico and Costa Rica as Parties. */
void kit_take_part(struct store *store);

/*
 * In the file of Tegucigalpa: opens the case of Karen, with consent for Costa Rica, a secret
 * address, and the poll of Costa Rica and Mexico.
 */
void kit_poll(struct store *store);
/* Costa Rica offers, as it was told us by telephone; is chosen, and gets the request by note,
 * whose id is returned. */
const char *kit_request(struct store *store);

/* By a directory in which all readers are known, and compared by telephone; kit_trusting() says
 * whom to trust instead (NULL: all again). */
void kit_make(struct store *store, size_t made);
size_t kit_make_any(struct store *store);
struct due kit_due(struct store *store, const struct reader *to);
void kit_trusting(const struct trusted *trust);

/* The one of that kind that is due; the test fails where there is none, or more than one. */
const struct act_bytes *kit_of_kind(const struct due *due, enum act_kind kind);
size_t kit_count(const struct due *due, enum act_kind kind);

/* Does the text stand anywhere in the bytes of the dispatches: cores, parts, salts? */
bool kit_tells(const struct due *due, const char *text);

/* What it says: a new reference. */
json_t *kit_payload(const struct act_bytes *bytes);

/* ---- several posts ---- */

enum { HN, CR, MX, TS, SJ, NET };

/* Posts that have each other's keys, compared by telephone; those that are not in it have NULL. */
struct kit_net {
    const struct kit_office *post[NET];
    struct store *store[NET];
    struct trusted trust[NET];
};

void kit_net_begin(struct kit_net *net, unsigned who); /* a bit for each */
void kit_net_end(struct kit_net *net);

/* What has to be said anew after keys were changed; `known`: a bit for each who is known at all. */
void kit_net_trust(struct kit_net *net, size_t whose, unsigned known, unsigned checked);

/* Each takes the others' key cards, and calls them: for what asks the file whom it trusts. */
void kit_net_cards(struct kit_net *net);

/* All that is due from one to the other goes and arrives, and is acknowledged; what came of it. */
struct taken_in kit_send(struct kit_net *net, size_t from, size_t to);

/* The same, of what is due as it stands, without receipts. */
struct taken_in kit_take(struct kit_net *net, size_t to, const uint8_t *sender,
                         const struct due *due);

/* The same from each to each; nothing may be refused. */
void kit_send_all(struct kit_net *net);

/* What the inbox counts is what stands in it, whatever was counted before; asked after each
 * kit_send(), too. */
void kit_counts_agree(struct store *store);

/* Up to the request by note, all said by pouch; Costa Rica's case is KIT_THEIRS. */
#define KIT_THEIRS "CRAUH-2026-0001"
#define KIT_REPLY                                                                                  \
    "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': "   \
    "['shelter']}"
void kit_request_by_pouch(struct kit_net *net);

/* Does the text stand anywhere in what the file has of acts and dispatches? */
bool kit_file_tells(struct store *store, const char *what);

/* A case with its acts; the test fails where there is none. */
struct case_file kit_case_of(struct store *store, const char *reference);
/* The last act of that kind that stands in a case, as JSON: a new reference; NULL where there is
 * none. Its context too, where it is asked for. */
json_t *kit_last(struct store *store, const char *reference, enum act_kind kind, json_t **context);

/* Verify finds nothing. */
void kit_whole(struct store *store);

#endif
