/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_page.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"

enum { WIDTH = 80, INDENT = 2 };

/* A line for each cause, wrapped. */
static void put_causes(struct buf *out, const struct error *causes)
{
    const char *text = error_text(causes);
    size_t taken, shown;

    for (; *text; text += strspn(text, "\n"))
        for (const char *end = text + strcspn(text, "\n"); text < end; text += taken) {
            taken = text_wrap(text, WIDTH - INDENT, &shown);
            buf_addf(out, "%*s%.*s\n", INDENT, "", (int)shown, text);
        }
}

static void put_found(struct buf *out, const struct dossier_check *check, bool shown, bool good)
{
    if (shown) {
        buf_adds(out, good ? "" : "\n");
        dossier_say(check, out);
    }
    if (good)
        buf_addf(out, "\n%s\n",
                 check->compared
                     ? _("All that is in it is authentic.")
                     : _("All that is in it is authentic, if the digits are those of the card."));
}

bool dossier_page(const void *bytes, size_t size, const struct dossier_reader *reader,
                  struct buf *out)
{
    struct dossier dossier = DOSSIER_INIT;
    struct dossier_check check;
    struct error causes = ERROR_INIT;
    bool taken = dossier_take(&dossier, bytes, size, &causes);
    bool good = taken && dossier_check(&dossier, reader, &check, &causes);

    if (!good) {
        buf_addf(out, "%s\n", _("NOT TO BE BELIEVED as it is:"));
        put_causes(out, &causes);
    }
    if (taken) {
        put_found(out, &check, !reader->root || check.compared, good);
        dossier_check_release(&check);
    }
    dossier_release(&dossier);
    error_release(&causes);
    return good;
}
