/* SPDX-License-Identifier: MIT */
#include "amparo/cli/sheets.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/vault/recovery.h"

enum { GROUP = 6 /* with its hyphen */, LINE = 5 * GROUP };

/* Five groups a line. */
static void put_share(const char *share, size_t size)
{
    for (size_t at = 0; at < size; at += LINE) {
        size_t part = size - at < LINE ? size - at : LINE;
        fputs("        ", stdout);
        for (size_t i = 0; i < part - (share[at + part - 1] == '-'); i++)
            putchar(share[at + i] == '-' ? ' ' : share[at + i]);
        putchar('\n');
    }
}

static void put_words(const char *path, const struct post_profile *post, int number)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, _("Recovery share %d of %d\n%s, %s (%s)\nCase file: %s\n\n"), number,
             (int)RECOVERY_SHARES, post->name, post->city, post->code, path);
    cli_put_lines(&text);
    buf_release(&text);
}

void sheets_put(const char *path, const struct post_profile *post, const struct buf *shares)
{
    const char *share = buf_text(shares);

    for (int number = 1; number <= RECOVERY_SHARES; number++) {
        size_t size = strcspn(share, "\n");
        if (number > 1)
            fputs(isatty(STDOUT_FILENO) ? "- - - - - - - - 8< - - - - - - - -\n\n" : "\f", stdout);
        put_words(path, post, number);
        put_share(share, size);
        printf(_("\nAny two of the three shares let somebody read the file and name a new head of\n"
                 "post; one alone tells nothing. Keep this sheet on paper, in a sealed envelope,\n"
                 "with another person and in another place than the other two, away from the\n"
                 "machine. No photograph, no copy in a computer. Once a year try it:\n"
                 "amparo recovery FILE check\n\n"));
        share += size + (share[size] == '\n');
    }
}
