/* SPDX-License-Identifier: MIT */
#include "fold_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void kit_empty(struct case_file *c, const char *post_state)
{
    case_init(c, "HN-2026-0001", post_state);
}

const char *kit_add_by(struct case_file *c, const char *name, const char *payload, enum role role,
                       const char *at)
{
    static char ids[64][2 * ACT_ID_SIZE + 1];
    const struct act_type *type = act_type_named(name);
    struct error err = ERROR_INIT;
    char *id = ids[c->count % 64];

    assert_non_null(type);
    struct act act = {.kind = type->kind,
                      .payload = kit_json(payload),
                      .by = xstrdup(role == ROLE_HEAD ? "Head" : "Officer"),
                      .signer = xstrdup(role == ROLE_HEAD ? "aa" : "bb"),
                      .role = role,
                      .post = xstrdup("HNTGU")};
    if (!payload_check(type, act.payload, &err))
        fail_msg("%s: %s", name, error_text(&err));
    memset(act.id, (int)c->count + 1, sizeof act.id);
    snprintf(act.at, sizeof act.at, "%s", at);
    act_id_hex(act.id, id);
    case_add(c, &act);
    return id;
}

const char *kit_add(struct case_file *c, const char *name, const char *payload)
{
    unsigned hour = 9 + (unsigned)c->count % 400;
    char at[64];

    snprintf(at, sizeof at, "2026-03-%02uT%02u:00:00-06:00", 10 + hour / 24, hour % 24);
    return kit_add_by(c, name, payload, ROLE_HEAD, at);
}

const char *kit_add_of(struct case_file *c, const char *name, const char *payload, const char *id)
{
    const char *place = strstr(payload, "%s");

    assert_non_null(place);
    char *whole = xasprintf("%.*s%s%s", (int)(place - payload), payload, id, place + 2);
    const char *added = kit_add(c, name, whole);
    free(whole);
    return added;
}

void kit_case(struct case_file *c)
{
    kit_empty(c, "HN");
    kit_add(c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'routine','source':'phone'}");
    kit_add(
        c, "person",
        "{'person':1,'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ','given_names':'Karen Yamileth',"
        "'nationalities':[{'state':'HN','proof':'passport'}],'birth_date':'1998-03-14'}");
    kit_add(c, "ground",
            "{'person':1,'code':'G5','perpetrator':'employer','facts':'Five months unpaid.'}");
}

json_t *kit_directory(void)
{
    return kit_json(
        "{'instrument':{'status':'pilot'},"
        "'parties':{'HN':'2026-01-10','MX':'2026-01-10','CR':'2026-01-10','CA':'2026-01-10'},"
        "'lists':{'HN':'2026-02-01','MX':'2026-02-01'},"
        "'posts':[{'state':'MX','country':'AE','city':'Abu Dhabi','kind':'embassy'},"
        "{'state':'CR','country':'AE','city':'Abu Dhabi','kind':'embassy'},"
        "{'state':'CA','country':'AE','city':'Abu Dhabi','kind':'embassy'}]}");
}
