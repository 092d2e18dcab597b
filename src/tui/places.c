/* SPDX-License-Identifier: MIT */
#include "amparo/tui/places.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/keys.h"
#include "amparo/tui/casework.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustscreens.h"

static bool is_head(const struct app *app)
{
    return store_officer(app->store)->role == ROLE_HEAD;
}

static void all_missions(struct app *app)
{
    directory_push(app, NULL, NULL);
}

/* The most used first. A country's calendar is reached from the settings, which say whose it is;
 * its table row is for coming back. */
const struct place places[] = {
    {.type = &case_type, .push_of = case_push},
    {.type = &persons_type, .push_of = persons_push},
    {.type = &eligibility_type, .push_of = eligibility_push},
    {.type = &poll_type, .push_of = poll_push},
    {.type = &notes_type, .push_of = notes_push},
    {.type = &helplog_type, .push_of = helplog_push},
    {.type = &costs_type, .push_of = costs_push},
    {.type = &documents_type, .push_of = print_push},
    {.type = &sent_type, .push_of = sent_push},
    {.type = &talk_type, .push_of = talk_push},
    {.type = &dossier_type, .push_of = dossier_push},
    {.type = &closing_type, .push_of = closing_push},
    {.type = &today_type, .push = today_push},
    {.type = &cases_type, .push = cases_push},
    {.type = &tasks_type, .push = tasks_push},
    {.type = &inbox_type, .push = inbox_push},
    {.type = &outbox_type, .push = outbox_push},
    {.type = &receive_type, .push = receive_push},
    {.type = &resume_type, .push = resume_push},
    {.type = &events_type, .push = events_push},
    {.type = &register_type, .push = register_push},
    {.type = &papercode_type, .push = papercode_push},
    {.type = &forms_type, .push = forms_push},
    {.type = &directory_type, .push = all_missions},
    {.type = &offices_type, .push = offices_push},
    {.type = &trust_type, .push = trust_push},
    {.type = &identity_type, .push = identity_push},
    {.type = &network_type, .push = network_push},
    {.type = &meetings_type, .push = meetings_push},
    {.type = &owed_type, .push = owed_push},
    {.type = &settings_type, .push = settings_push},
    {.type = &bodies_type, .push = bodies_push},
    {.type = &sheetask_type, .push = sheetask_push},
    {.type = &accesslog_type, .push = accesslog_push, .may = is_head},
    {.type = &takecard_type, .push = takecard_push},
    {.type = &makeroot_type, .push = makeroot_push, .unlisted = true},
    {.type = &countries_type, .push_of = countries_push, .unlisted = true},
    {.type = &calendar_type, .push_of = calendar_push, .unlisted = true},
    {.type = NULL},
};

bool screen_is_question(const struct screen *s)
{
    static const struct screen_type *const questions[] = {&ask_type, &pick_type, &refusal_type,
                                                          &both_type};
    for (size_t i = 0; i < ARRAY_SIZE(questions); i++)
        if (s->type == questions[i])
            return true;
    return s->type->passing || !s->app->store;
}

const char *app_case(const struct app *app)
{
    for (size_t i = app->depth; i-- > 0;)
        if (app->screens[i]->work && app->screens[i]->work->reference)
            return app->screens[i]->work->reference;
    return NULL;
}

bool place_is_open(const struct screen *from, const struct place *place)
{
    const struct app *app = from->app;
    return app->store && !place->unlisted && from->type != place->type &&
           (place->push || app_case(app)) && (!place->may || place->may(app));
}

/* Where it is open already, or NULL. */
static struct screen *open_already(const struct app *app, const struct place *place)
{
    const char *reference = app_case(app);
    for (size_t i = app->depth; i-- > 0;) {
        struct screen *s = app->screens[i];
        if (s->type == place->type &&
            (place->push || (s->work && reference && strcmp(s->work->reference, reference) == 0)))
            return s;
    }
    return NULL;
}

/* One goes back to what is open already: what is above it is left, unless it cannot be. */
void place_go(struct app *app, const struct place *place)
{
    const struct screen *open = open_already(app, place);
    if (open) {
        while (app_top(app) != open && screen_quit(app_top(app)))
            ;
        return;
    }
    if (place->push)
        place->push(app);
    else
        place->push_of(app, app_case(app));
}
