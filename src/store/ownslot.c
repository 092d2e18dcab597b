/* SPDX-License-Identifier: MIT */
#include "amparo/store/ownslot.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/state.h"
#include "amparo/store/db.h"

static const char name[] = "slots";

enum { KEPT = 32, LABEL = 16 /* characters */ };

/* The label first, and those that were there, without it. */
static void remember(const char *label, const char *before)
{
    struct buf text = BUF_INIT;
    int left = KEPT - 1;

    if (before && strncmp(before, label, LABEL) == 0)
        return;
    buf_addf(&text, "%s\n", label);
    for (const char *line = before; line && *line && left > 0; left--) {
        size_t size = strcspn(line, "\n");
        if (size == LABEL && strncmp(line, label, LABEL) != 0)
            buf_addf(&text, "%.*s\n", LABEL, line);
        line += size + (line[size] == '\n');
    }
    state_set(name, buf_text(&text));
    buf_release(&text);
}

bool ownslot_open(const char *path, const char *officer, struct passphrase passphrase,
                  unsigned flags, struct store **out, struct error *err)
{
    char *labels = state_get(name);
    int hint = labels ? vault_find_label(path, labels) : -1;
    bool ok = store_open_at(path, officer, passphrase, hint, flags, out, err);

    if (ok)
        remember(vault_slot_label((*out)->vault, vault_slot((*out)->vault)), labels);
    free(labels);
    return ok;
}
