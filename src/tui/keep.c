/* SPDX-License-Identifier: MIT */
#include "amparo/tui/keep.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/tui/casesmany.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/screens.h"

const char *keep_text(const json_t *kept, const char *key)
{
    const char *text = json_string_value(json_object_get(kept, key));
    return text ? text : "";
}

json_int_t keep_number(const json_t *kept, const char *key)
{
    return json_integer_value(json_object_get(kept, key));
}

/* ---- how each screen is opened ---- */

static const struct {
    const char *name;
    void (*push)(struct app *app);
} plain[] = {
    {"today", today_push},       {"resume", resume_push},        {"events", events_push},
    {"cases", cases_push},       {"meetings", meetings_push},    {"owed", owed_push},
    {"settings", settings_push}, {"tasks", tasks_push},          {"register", register_push},
    {"bodies", bodies_push},     {OFFICES_SCREEN, offices_push},
};

static const struct {
    const char *name;
    void (*push)(struct app *app, const char *reference);
} of_case[] = {
    {"case", case_push},           {"persons", persons_push}, {"eligibility", eligibility_push},
    {"poll", poll_push},           {"sent", sent_push},       {"notes", notes_push},
    {"help-log", helplog_push},    {"documents", print_push}, {"closing", closing_push},
    {"countries", countries_push}, {"costs", costs_push},     {"calendar", calendar_push},
};

static const struct {
    const char *name;
    void (*reopen)(struct app *app, const json_t *kept);
} others[] = {
    {"event", event_reopen},          {EVENT_FORM, eventform_reopen},
    {EVENT_LIST, eventlist_reopen},   {"history", history_reopen},
    {"act", actview_reopen},          {"form", actform_reopen},
    {"directory", directory_reopen},  {"preview", preview_reopen},
    {"report", report_reopen},        {"likely", likely_reopen},
    {OFFICE_FORM, officeform_reopen}, {MANY_SCREEN, casesmany_reopen},
};

static void push_named(struct app *app, const char *name, const json_t *kept)
{
    for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
        if (strcmp(plain[i].name, name) == 0)
            plain[i].push(app);
    for (size_t i = 0; i < ARRAY_SIZE(of_case); i++)
        if (strcmp(of_case[i].name, name) == 0)
            of_case[i].push(app, json_string_value(json_object_get(kept, "reference")));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (strcmp(others[i].name, name) == 0)
            others[i].reopen(app, kept);
}

/* ---- all of them ---- */

static json_t *keep_one(struct screen *s)
{
    json_t *kept = json_pack("{s:s}", "screen", s->type->name);
    json_t *body = body_keep(&s->body);
    if (body)
        json_object_set_new(kept, "body", body);
    s->type->keep(s, kept);
    return kept;
}

json_t *keep_screens(struct app *app)
{
    json_t *all = json_array();
    for (size_t i = 0; i < app->depth; i++)
        if (app->screens[i]->type->keep)
            json_array_append_new(all, keep_one(app->screens[i]));
    return all;
}

bool keep_is_unwritten(const json_t *kept)
{
    size_t i;
    json_t *one;
    json_array_foreach(kept, i, one)
    {
        if (json_object_get(one, KEEP_UNWRITTEN))
            return true;
    }
    return false;
}

void keep_reopen(struct app *app, const json_t *kept)
{
    size_t i;
    json_t *one;
    json_array_foreach(kept, i, one)
    {
        size_t depth = app->depth;
        push_named(app, keep_text(one, "screen"), one);
        if (app->depth == depth)
            continue;
        struct screen *s = app_top(app);
        body_expect(&s->body, json_object_get(one, "body"));
        if (s->type->restore)
            s->type->restore(s, one);
    }
}
