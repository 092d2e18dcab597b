/* SPDX-License-Identifier: MIT */
/* Dossiers for tests: a case of made-up posts, put together in memory, dispatch by dispatch. */
#ifndef TESTS_UNIT_DOSSIER_KIT_H
#define TESTS_UNIT_DOSSIER_KIT_H

#include "pouch_kit.h"

#include "amparo/pouch/dossier.h"

/* Who writes, and where its chain has come to. */
struct kit_author {
    struct kit_post post;
    uint64_t incarnation, sequence; /* of its last dispatch */
    uint8_t prev[PREV_SHORT];
};
void kit_author(struct kit_author *author, unsigned number);

/* A case that author opened, at 2026-03-10 in the morning, under that root (NULL: none). */
void kit_dossier(struct dossier *d, const struct kit_author *opener, const uint8_t *root);

/* Releases what was added. */
void kit_dossier_end(struct dossier *d);

/*
 * The author says something in the case, a quarter of an hour after the last dispatch: an act by
 * its name, with that payload (' for ", and a format) to the States of `to` ("PA,ts"). Returns the
 * dispatch's id in hex: a static string, eight of them in turn.
 */
const char *kit_say(struct dossier *d, struct kit_author *author, const char *act, const char *to,
                    const char *payload, ...) __attribute__((format(printf, 5, 6)));

/* The file, put together by that author. */
void kit_put(struct buf *out, struct dossier *d, const struct kit_author *maker);

/* ---- the directory ---- */

enum { NETWORK_STATES = 4 };

/* Root, States and posts of a made-up network; their directory is in the dossier. */
struct kit_network {
    struct dossier *d;
    struct kit_post roots[3];      /* keys alone */
    struct kit_author secretariat; /* in whose file the root's acts lie */
    struct kit_state {
        char code[STATE_SIZE];
        struct kit_post key;
        struct kit_author directorate; /* in whose file it lies */
    } states[NETWORK_STATES];
    size_t count;
};

/* A root of three keys, which the dossier is then under. */
void kit_network(struct kit_network *n, struct dossier *d);
/* A State with its key, by two of the root; a post of it, by the State. */
void kit_state(struct kit_network *n, const char *code);
void kit_certify(struct kit_network *n, const char *state, const struct kit_author *post,
                 const char *code);
/* The State revokes the key of a post of its own, with heads as JSON with ' for ". */
void kit_revoke(struct kit_network *n, const char *state, const struct kit_author *post,
                const char *heads);

#endif
