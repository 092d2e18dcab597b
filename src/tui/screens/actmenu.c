/* SPDX-License-Identifier: MIT */
/* Every act by name, to be recorded in a case. */
#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"

enum { ARTICLE_CELLS = 9 };

void actmenu_record(struct app *app, const char *reference, enum act_kind kind)
{
    actform_push(app, &(struct form_order){.reference = reference, .kind = kind});
}

void actmenu_take(struct screen *below, long tag, void *reference)
{
    actmenu_record(below->app, reference, (enum act_kind)tag);
}

/* A correction begins at the act that it corrects, in the history; a case is opened elsewhere. */
bool actmenu_has(enum act_kind kind)
{
    return kind != ACT_CORRECT && kind != ACT_OPEN;
}

void actmenu_push(struct app *app, const char *reference)
{
    struct pick *pick =
        pick_push(app, _("Record which act?"), actmenu_take, xstrdup(reference), free);
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        const struct act_type *type = act_type(kind);
        struct buf detail = BUF_INIT;
        if (!actmenu_has(kind))
            continue;
        struct buf article = BUF_INIT;
        if (*type->article)
            buf_addf(&article, _("Art. %s"), type->article);
        column(&detail, buf_text(&article), ARTICLE_CELLS);
        buf_adds(&detail, type->name);
        buf_release(&article);
        pick_add(pick, kind, _(type->label), buf_text(&detail));
        buf_release(&detail);
    }
}
