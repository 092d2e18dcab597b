/* SPDX-License-Identifier: MIT */
/*
 * The network of the demo: its posts have keys, and one directory under the root of the demo's
 * Secretariat, so that they trust each other from the first moment. Layer: cli.
 */
#ifndef AMPARO_CLI_DEMO_NETWORK_H
#define AMPARO_CLI_DEMO_NETWORK_H

#include <jansson.h>

#include "amparo/base/date.h"
#include "amparo/store/trustsay.h"

enum { DEMO_NETWORK_POSTS = 16 };

struct demo_network {
    struct store *posts[DEMO_NETWORK_POSTS]; /* by their first heads */
    size_t count;
    struct store *secretariat, *approver; /* the Secretariat's file, by two of its officers */
    const char *root[ROOT_KEYS];          /* three of them, by name */
    const char *since;                    /* instant at which all this is said */
    struct date until;                    /* of the version */
    const json_t *elsewhere; /* {State: {"name", "city"}}: directorates that have no file here */
};

/*
 * Makes all that. Posts of a State whose directorate is none of them are certified by one in
 * `folder` that is made for that alone, and thrown away again.
 */
bool demo_network_make(const struct demo_network *network, const char *folder,
                       struct passphrase passphrase, struct error *err);

#endif
