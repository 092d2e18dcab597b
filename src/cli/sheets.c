/* SPDX-License-Identifier: MIT */
#include "amparo/cli/sheets.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/page/plain.h"
#include "amparo/paper/recoverysheet.h"
#include "amparo/vault/recovery.h"

void sheets_put(const char *path, struct store *store, const struct buf *shares)
{
    const char *share = buf_text(shares);
    bool cut = isatty(STDOUT_FILENO);
    struct buf sheet = BUF_INIT;

    for (int number = 1; number <= RECOVERY_SHARES; number++) {
        size_t size = strcspn(share, "\n");
        if (number > 1)
            fputs(cut ? "\n- - - - - - - - 8< - - - - - - - -\n\n" : "\f", stdout);
        struct paper paper;
        paper_init(&paper);
        recovery_sheet(&paper, path, store, share, size, number, RECOVERY_SHARES);
        paper_lines(&paper, &sheet);
        paper_release(&paper);
        cli_put_lines(&sheet);
        buf_clear(&sheet);
        share += size + (share[size] == '\n');
    }
    buf_release(&sheet);
}
