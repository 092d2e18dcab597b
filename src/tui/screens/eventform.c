/* SPDX-License-Identifier: MIT */
/* What an event is: the form of its field table, kept as a draft until F2 says it. */
#include <stdlib.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/event.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/tableform.h"

/* What most events have; typed over where it is otherwise. */
static void offer_usual(struct tableform *f)
{
    static const struct {
        const char *key, *value;
    } usual[] = {{"ground", "G4"},   {"perpetrator", "none"}, {"priority", "urgent"},
                 {"urgency", "72h"}, {"role", "requesting"},  {"consent_form", "oral"}};

    for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
        tableform_offer(f, usual[i].key, usual[i].value);
    tableform_offer(f, "requesting_state", store_post(f->app->store)->state);
}

static bool begin(struct tableform *f, struct error *err)
{
    struct event e;
    if (!f->of) {
        offer_usual(f);
        return true;
    }
    if (!store_event(f->app->store, f->of, &e, err))
        return false;
    tableform_put(f, e.content);
    event_release(&e);
    return true;
}

static bool say(struct tableform *f, const json_t *content, int64_t draft, struct error *err)
{
    return store_event_put(f->app->store, content, !f->of, draft, err);
}

static void said(struct app *app, const char *of, const json_t *content)
{
    const char *name = payload_text(content, "name");
    if (!of)
        event_push(app, name);
    app_say(app, of ? _("Kept: %s.") : _("Kept: %s. n takes its people in."), name);
}

static void where(const struct tableform *f, struct buf *out)
{
    if (f->of)
        buf_addf(out, "%s  %s", _("What the event is"), f->of);
    else
        buf_adds(out, _("A new event"));
}

static const struct tableform_hooks hooks = {
    .table = &event_type,
    .subject = EVENT_SUBJECT,
    .name_stays = true, /* it is what its cases know it by */
    .begin = begin,
    .say = say,
    .said = said,
    .where = where,
};

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Says that the event is so; the draft goes."), tableform_finish,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type eventform_type = {
    TABLEFORM_SCREEN,
    .name = EVENT_FORM,
    .title = N_("What an event is"),
    .about = N_("What is said here is carried into every case of the event that is taken in from "
                "now on. The basis is for those who cannot consent: a child alone, somebody who "
                "could not be asked."),
    .commands = commands,
};

void eventform_push(struct app *app, const char *name)
{
    tableform_push(app, &eventform_type, &hooks, name);
}

void eventform_reopen(struct app *app, const json_t *kept)
{
    tableform_push(app, &eventform_type, &hooks, tableform_kept(kept));
}
