/* SPDX-License-Identifier: MIT */
#include "amparo/paper/recoverysheet.h"

#include "amparo/base/i18n.h"

enum { GROUP = 6 /* with its hyphen */, LINE = 5 * GROUP };

/* Five groups a line. */
static void add_share(struct buf *out, const char *share, size_t size)
{
    for (size_t at = 0; at < size; at += LINE) {
        size_t part = size - at < LINE ? size - at : LINE;
        buf_adds(out, "        ");
        for (size_t i = 0; i < part - (share[at + part - 1] == '-'); i++)
            buf_addc(out, share[at + i] == '-' ? ' ' : share[at + i]);
        buf_addc(out, '\n');
    }
}

void recovery_sheet(struct buf *out, const char *path, const struct post_profile *post,
                    const char *share, size_t size, int number, int of)
{
    buf_addf(out, _("Recovery share %d of %d\n%s, %s (%s)\nCase file: %s\n\n"), number, of,
             post->name, post->city, post->code, path);
    add_share(out, share, size);
    buf_adds(out,
             _("\nAny two of the three shares let somebody read the file and name a new head of\n"
               "post; one alone tells nothing. Keep this sheet on paper, in a sealed envelope,\n"
               "with another person and in another place than the other two, away from the\n"
               "machine. No photograph, no copy in a computer. Once a year try it:\n"
               "amparo recovery FILE check\n\n"));
}
