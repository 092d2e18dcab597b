/* SPDX-License-Identifier: MIT */
/* A new case file in one piece. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/ownslot.h"

/* The whole file gets its name; none that is there already is put away for it. */
static bool give_name(const char *part, const char *path, struct error *err)
{
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    return error_set(err, errno == EEXIST ? ERROR_INPUT : ERROR_FAILED, _("%s: cannot be made: %s"),
                     path, strerror(errno));
}

bool store_found(const char *path, const struct post_profile *post, const char *officer,
                 struct passphrase passphrase, unsigned flags, struct store **out,
                 struct buf *recovery, struct error *err)
{
    struct store *store;
    char *part = xasprintf("%s.part", path);
    bool ok = access(path, F_OK) != 0 ||
              error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);

    if (ok)
        store_remove_file(part);
    ok = ok && store_create(part, post, officer, passphrase, flags, &store, recovery, err);
    if (ok) {
        store_close(store);
        ok = give_name(part, path, err);
        if (!ok)
            store_remove_file(part);
    }
    free(part);
    return ok && ownslot_open(path, officer, passphrase, 0, out, err);
}
