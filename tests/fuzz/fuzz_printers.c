/* SPDX-License-Identifier: MIT */
/* What lpstat says of the printers: whatever it is, names are whole, and each stands once. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/paper/printer.h"
#include "fuzz.h"

static bool run(const uint8_t *bytes, size_t size)
{
    struct printers printers;
    char *text = xstrndup((const char *)bytes, size);

    printers_read(text, &printers);
    for (size_t i = 0; i < printers.count; i++) {
        const struct printer *p = &printers.list[i];
        PROMISE(*p->name && !strpbrk(p->name, " \t\n"), "a printer called \"%s\"", p->name);
        PROMISE(strstr(text, p->name), "%s is a printer of which nothing was said", p->name);
        PROMISE(printers_find(&printers, p->name) == p, "%s is there twice", p->name);
        PROMISE(!p->says || (*p->says && strstr(text, p->says)), "%s says \"%s\"", p->name,
                p->says);
        PROMISE(!p->says || p->stopped || p->refuses, "%s is well, and says why not", p->name);
    }
    bool good = printers.count > 0;
    printers_release(&printers);
    free(text);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED("laser\nmatrix\nsystem default destination: laser\n"),
    SEED("printer matrix disabled since Sun Nov 29 16:44:12 2026 -\n\tPaper jam: open the cover\n"),
    SEED("laser not accepting requests since Sun Nov 29 16:44:12 2026 -\n\treason unknown\n"
         "laser accepting requests since Sun Nov 29 16:44:12 2026\n"),
    SEED("no system default destination\n"),
    SEEDS_END,
};

static const char *const list[] = {"\n",
                                   "\n\t",
                                   " ",
                                   "printer ",
                                   " disabled since ",
                                   " not accepting requests since ",
                                   "system default destination: ",
                                   "laser",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(printers, run) = {"printers", run, seeds, words, fuzz_mutate_bytes, 4000};
