/* SPDX-License-Identifier: MIT */
#include "amparo/paper/printset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/mem.h"
#include "amparo/store/settings.h"

bool print_set_read(struct store *store, struct print_set *out, struct error *err)
{
    long a4;
    struct setting_value names;

    *out = (struct print_set){.size = PAPER_LETTER};
    if (!settings_number(store, SETTING_A4, &a4, err) ||
        !settings_read(store, SETTING_DOT_MATRIX, &names, err))
        return false;
    out->size = a4 ? PAPER_A4 : PAPER_LETTER;
    out->dot_matrix = xstrdup(names.text);
    setting_value_release(&names);
    return true;
}

void print_set_release(struct print_set *set)
{
    free(set->dot_matrix);
    *set = (struct print_set){.size = PAPER_LETTER};
}

enum paper_size print_set_size(struct store *store)
{
    struct print_set set;
    struct error unsaid = ERROR_INIT;

    print_set_read(store, &set, &unsaid);
    enum paper_size size = set.size;
    print_set_release(&set);
    error_release(&unsaid);
    return size;
}

bool print_set_has_dots(const struct print_set *set, const char *printer)
{
    static const char between[] = ", ;";

    for (const char *at = set->dot_matrix; at && *at;) {
        size_t size = strcspn(at, between);
        if (size && strlen(printer) == size && strncasecmp(at, printer, size) == 0)
            return true;
        at += size + strspn(at + size, between);
    }
    return false;
}
