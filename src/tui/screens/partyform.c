/* SPDX-License-Identifier: MIT */
/* Since when a State takes part (7.2), and where that is said. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/founding.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/store/directory.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/tableform.h"

#define PARTY_SUBJECT "party:"

static bool begin(struct tableform *f, struct error *err)
{
    (void)err;
    if (f->of)
        tableform_offer(f, "state", f->of);
    return true;
}

static bool say(struct tableform *f, const json_t *content, int64_t draft, struct error *err)
{
    struct date since;
    struct store *store = f->app->store;
    if (!date_parse(payload_text(content, "since"), &since))
        return error_set(err, ERROR_INPUT, _("%s: is no day"), payload_text(content, "since"));
    if (!store_directory_set_party(store, payload_text(content, "state"), since, NULL,
                                   payload_text(content, "source"), err))
        return false;
    return !draft || store_draft_drop(store, draft, err);
}

static void said(struct app *app, const char *of, const json_t *content)
{
    (void)of;
    app_say(app, _("Kept: %s takes part since %s."),
            country_name(payload_text(content, "state"), reader_language),
            payload_text(content, "since"));
}

static void where(const struct tableform *f, struct buf *out)
{
    (void)f;
    buf_adds(out, _("A State that takes part"));
}

static const struct tableform_hooks hooks = {
    .table = &party_type,
    .subject = PARTY_SUBJECT,
    .begin = begin,
    .say = say,
    .said = said,
    .where = where,
};

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Says that the State takes part since then; the draft goes."),
     tableform_finish, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type partyform_type = {
    TABLEFORM_SCREEN,
    .name = PARTY_FORM,
    .title = N_("A State that takes part"),
    .about = N_("Which Member States take part, and since when: before that day nothing can be "
                "asked of them, nor for their nationals (7.2)."),
    .commands = commands,
};

void partyform_push(struct app *app, const char *state)
{
    tableform_push(app, &partyform_type, &hooks, state);
}

void partyform_reopen(struct app *app, const json_t *kept)
{
    tableform_push(app, &partyform_type, &hooks, tableform_kept(kept));
}

/* ---- drafts ---- */

bool party_draft_named(const struct draft *draft, struct buf *subject, struct buf *what)
{
    if (strcmp(draft->screen, PARTY_FORM) != 0)
        return false;
    buf_adds(subject, draft->subject + strlen(PARTY_SUBJECT));
    buf_adds(what, _("A State that takes part"));
    return true;
}

void party_draft_resume(struct app *app, const struct draft *draft)
{
    const char *of = draft->subject + strlen(PARTY_SUBJECT);
    partyform_push(app, *of ? of : NULL);
}
