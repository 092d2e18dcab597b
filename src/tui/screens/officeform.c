/* SPDX-License-Identifier: MIT */
/* One office of the State's own list, kept as a draft until F2 says it. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/store/offices.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/tableform.h"

static bool begin(struct tableform *f, struct error *err)
{
    struct offices offices;
    if (!f->of) {
        tableform_offer(f, "able", "yes");
        return true;
    }
    if (!store_offices(f->app->store, &offices, err))
        return false;
    const struct mission *office = office_named(&offices, f->of);
    json_t *content = office ? office_content(office) : NULL;
    if (content)
        tableform_put(f, content);
    json_decref(content);
    offices_release(&offices);
    return office || error_set(err, ERROR_INPUT,
                               _("%s is not in the list any more; look at it again"), f->of);
}

static bool say(struct tableform *f, const json_t *content, int64_t draft, struct error *err)
{
    return store_office_put(f->app->store, f->of, content, draft, err);
}

static void said(struct app *app, const char *of, const json_t *content)
{
    (void)of;
    app_say(app, _("Kept: %s. The list is of today."), payload_text(content, "city"));
}

static void where(const struct tableform *f, struct buf *out)
{
    buf_adds(out, f->of ? f->of : _("A new office"));
}

static const struct tableform_hooks hooks = {
    .table = &office_type,
    .subject = OFFICE_SUBJECT,
    .begin = begin,
    .say = say,
    .said = said,
    .where = where,
};

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Says that the office is so; the draft goes."), tableform_finish,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type officeform_type = {
    TABLEFORM_SCREEN,
    .record = true,
    .name = OFFICE_FORM,
    .title = N_("An office"),
    .about = N_("An office of our own State, as the list says it that is filed under 7.6. One that "
                "is closed or cannot work stays in the list and cannot act: the head of post of "
                "each case then decides on 7.3."),
    .commands = commands,
};

void officeform_push(struct app *app, const char *of)
{
    tableform_push(app, &officeform_type, &hooks, of);
}

void officeform_reopen(struct app *app, const json_t *kept)
{
    tableform_push(app, &officeform_type, &hooks, tableform_kept(kept));
}

/* ---- drafts ---- */

bool office_draft_named(const struct draft *draft, struct buf *subject, struct buf *what)
{
    if (strcmp(draft->screen, OFFICE_FORM) != 0)
        return false;
    const char *of = draft->subject + strlen(OFFICE_SUBJECT);
    buf_adds(subject, *of ? of : _("new office"));
    buf_adds(what, _("An office"));
    return true;
}

void office_draft_resume(struct app *app, const struct draft *draft)
{
    const char *of = draft->subject + strlen(OFFICE_SUBJECT);
    officeform_push(app, *of ? of : NULL);
}
