/* SPDX-License-Identifier: MIT */
#include "amparo/store/own.h"

#include <stdlib.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

static char *row_name(const struct store *store, const char *what)
{
    return xasprintf("own.%s.%s", store->me.key, what);
}

bool store_own_get(struct store *store, const char *what, char **value, struct error *err)
{
    char *name = row_name(store, what);
    bool ok = store_setting(store, name, value, err);

    free(name);
    return ok;
}

bool store_own_set(struct store *store, const char *what, const char *value, struct error *err)
{
    char *name = row_name(store, what);
    bool ok = store_set_setting(store, name, value, err);

    free(name);
    return ok;
}
