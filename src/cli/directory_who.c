/* SPDX-License-Identifier: MIT */
/* amparo directory who: who is there, who could help. */
#include "directory_work.h"

#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/base/i18n.h"
#include "amparo/store/who.h"

static json_t *mission_json(const struct mission *m, struct date today)
{
    char date[DATE_SIZE];

    return json_pack("{ss ss ss ss ss sb ss ss sI ss ss ss ss}", "state", m->state, "country",
                     m->country, "seat", m->seat, "city", m->city, "kind",
                     post_kind_codes[m->kind].code, "able", m->able, "source",
                     post_source_codes[m->source].code, "on", date_format(m->on, date), "age_days",
                     (json_int_t)date_days_between(m->on, today), "phone", m->phone, "email",
                     m->email, "website", m->website, "reference", m->reference);
}

static void put_who_json(const struct subcall *call, const struct who *who)
{
    json_t *answer = assessment_json(&who->facts, &who->assessment), *there = json_array();
    char date[DATE_SIZE];

    for (size_t i = 0; i < who->missions.count; i++)
        json_array_append_new(there, mission_json(&who->missions.list[i], who->today));
    json_t *json =
        json_pack("{ss ss ss? so sO}", "country", call->words[0], "on",
                  date_format(who->today, date), "for", *who->asking ? who->asking : NULL,
                  "missions", there, "candidates", json_object_get(answer, "candidates"));
    cli_put_json(json);
    json_decref(answer);
}

/* Member States with an able office there that are not on record as Parties. */
static void add_outsiders(struct buf *out, const struct who *who)
{
    struct buf names = BUF_INIT;

    for (int i = 0; i < MEMBER_COUNT; i++) {
        const char *state = member_states[i];
        if (who_has_office(who, state, true) && !who_could_help(who, state) &&
            strcmp(who->asking, state) != 0)
            buf_addf(&names, " %s", state);
    }
    if (names.size)
        buf_addf(out, _("With an office there, and not on record as Parties:%s\n"),
                 buf_text(&names));
    buf_release(&names);
}

static void put_who(const struct subcall *call, const struct who *who, const struct list_age *age)
{
    struct buf out = BUF_INIT;

    buf_addf(&out, _("Missions in %s, or covering it:\n"),
             country_name(call->words[0], reader_language));
    for (size_t i = 0; i < who->missions.count; i++)
        directory_add_mission(&out, who->missions.list[i].state, &who->missions.list[i], age);
    if (!who->missions.count)
        buf_addf(&out, "  %s\n", _("none is on record"));
    if (*who->asking)
        buf_addf(&out,
                 who_has_office(who, who->asking, false)
                     ? _("%s has an office of its own there (7.3).\n")
                     : _("%s has no office of its own there (7.3).\n"),
                 country_name(who->asking, reader_language));
    buf_addf(&out, "%s\n", _("Parties that could be asked (facts, in the order of their codes):"));
    for (size_t i = 0; i < who->assessment.candidate_count; i++) {
        const char *state = who->assessment.candidates[i].state;
        buf_addf(&out, "  %s  %s\n", state, country_name(state, reader_language));
    }
    if (!who->assessment.candidate_count)
        buf_addf(&out, "  %s\n", _("none"));
    add_outsiders(&out, who);
    cli_put_lines(&out);
    buf_release(&out);
}

bool directory_who(struct subcall *call, struct error *err)
{
    struct list_age age;
    struct who who;

    if (!directory_list_age(call->store, &age, err) ||
        !store_who(call->store, call->words[0], cli_value(call->cli, "for"), &who, err))
        return false;
    if (cli_has(call->cli, "json"))
        put_who_json(call, &who);
    else
        put_who(call, &who, &age);
    who_release(&who);
    return true;
}
