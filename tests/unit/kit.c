/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "amparo/base/mem.h"
#include "tests/harness/scratch.h"

static char *folder;

int kit_begin(void **state)
{
    (void)state;
    folder = scratch_make();
    return 0;
}

int kit_end(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

const char *kit_path(const char *name)
{
    static char path[4][256];
    static int turn;
    char *out = path[turn++ % 4];

    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

json_t *kit_json(const char *text)
{
    char *doubled = xstrdup(text);
    json_error_t wrong;

    for (char *c = doubled; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_t *value = json_loads(doubled, JSON_DECODE_ANY, &wrong);
    if (!value)
        fail_msg("%s: %s", wrong.text, text);
    free(doubled);
    return value;
}
