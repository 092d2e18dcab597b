/* SPDX-License-Identifier: MIT */
#include "amparo/tui/casescreen.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/presence.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"

struct screen *casescreen_push(struct app *app, const struct screen_type *type, size_t size,
                               const char *reference)
{
    struct casescreen *state = xcalloc(1, size);
    casework_init(&state->w, app->store, reference);
    return screen_push(app, type, state);
}

bool casescreen_load(struct screen *s, struct error *err)
{
    struct casework *w = casescreen_work(s);
    struct error unsaid = ERROR_INIT; /* that others cannot see where we are stops no work */
    store_presence_set(w->store, w->reference ? w->reference : "", &unsaid);
    error_release(&unsaid);
    s->app->changes = store_changes(w->store);
    if (!casework_load(w, err))
        return false;
    casescreen_viewed(s, "case");
    return true;
}

void casescreen_viewed(struct screen *s, const char *what)
{
    struct error err = ERROR_INIT;
    const struct casework *w = casescreen_work(s);
    /* A log that cannot be written, on a full disk, keeps nobody from helping. */
    if (w->reference && !access_view(w->store, w->reference, what, &err))
        app_say(s->app, _("Not in the access log: %s"), error_text(&err));
    error_release(&err);
}

void casescreen_close(struct screen *s)
{
    casework_release(casescreen_work(s));
    free(s->state);
}

void casescreen_keep(struct screen *s, json_t *kept)
{
    const char *reference = casescreen_work(s)->reference;
    if (reference)
        json_object_set_new(kept, "reference", json_string(reference));
}

void casescreen_name(const struct casework *w, struct buf *out, bool brief)
{
    buf_adds(out, w->reference ? w->reference : _("new case"));
    if (!w->has_case)
        return;
    if (w->person_count) {
        buf_adds(out, "  ");
        describe_person(out, &w->c, w->persons[0], reader_language);
        if (w->person_count > 1)
            buf_addf(out, " +%zu", w->person_count - 1);
    }
    const char *country = case_receiving_state(&w->c);
    if (country && *country && !brief)
        buf_addf(out, "  %s", country_name(country, reader_language));
}

void casescreen_others(const struct screen *s, struct buf *out)
{
    const struct casework *w = casescreen_work(s);
    struct presences others = {0};
    struct error unsaid = ERROR_INIT;
    if (w->reference && store_presence_list(w->store, w->reference, &others, &unsaid)) {
        if (others.count == 1)
            buf_addf(out, _("%s is in this case too"), others.list[0].officer);
        else if (others.count)
            buf_addf(out, _("%s and %zu others are in this case too"), others.list[0].officer,
                     others.count - 1);
        presences_release(&others);
    }
    error_release(&unsaid);
}

void casescreen_head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct casework *w = casescreen_work(s);
    buf_adds(where, _(s->type->title));
    casescreen_others(s, right);
    if (right->size)
        buf_adds(right, "  ");
    buf_adds(right, w->reference ? w->reference : _("new case"));
}

void casescreen_form(struct screen *s, enum act_kind kind)
{
    actform_push(s->app,
                 &(struct form_order){.reference = casescreen_work(s)->reference, .kind = kind});
}
