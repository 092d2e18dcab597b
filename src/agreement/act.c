/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/act.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

#define ACT(kind_, name_, article_, label_, side_, transcribable_, overridable_)                   \
    [ACT_##kind_] = {.kind = ACT_##kind_,                                                          \
                     .name = #name_,                                                               \
                     .article = (article_),                                                        \
                     .label = (label_),                                                            \
                     .side = SIDE_##side_,                                                         \
                     .transcribable = (transcribable_),                                            \
                     .overridable = (overridable_),                                                \
                     .fields = name_##_fields}

/* clang-format off */
static const struct act_type types[ACT_KIND_END] = {
    /*  kind              name              article label                           side   trans. over. */
    ACT(OPEN,             open,             "",    N_("open the case"),             ANY,        0, 0),
    ACT(PERSON,           person,           "7.1", N_("person"),                    ANY,        0, 0),
    ACT(SITUATION,        situation,        "",    N_("place and situation"),       ANY,        0, 0),
    ACT(GROUND,           ground,           "7.4", N_("ground"),                    ANY,        0, 0),
    ACT(NEED,             need,             "7.6", N_("need"),                      ANY,        0, 0),
    ACT(CHILD,            child,            "7.4", N_("child"),                     ANY,        0, 0),
    ACT(CONSENT,          consent,          "3",   N_("consent"),                   ANY,        0, 0),
    ACT(WITHDRAW_CONSENT, withdraw_consent, "3",   N_("withdrawal of consent"),     ANY,        0, 0),
    ACT(REFER,            refer,            "7.4", N_("referral"),                  ANY,        0, 0),
    ACT(REFER_ANSWER,     refer_answer,     "7.4", N_("answer to a referral"),      REQUESTING, 1, 0),
    ACT(DETERMINE,        determine,        "3",   N_("determination"),             ANY,        0, 1),
    ACT(DECIDE,           decide,           "3",   N_("decision"),                  ANY,        0, 1),
    ACT(AUTHORISE,        authorise,        "7.5", N_("authorisation"),             ANY,        0, 0),
    ACT(NOTIFY,           notify,           "5",   N_("notice to the Secretariat"), ANY,        0, 0),
    ACT(POLL,             poll,             "7.6", N_("poll"),                      REQUESTING, 1, 1),
    ACT(REPLY,            reply,            "7.6", N_("reply"),                     ASSISTING,  1, 0),
    ACT(DECLINE,          decline,          "3",   N_("declining"),                 ASSISTING,  1, 0),
    ACT(CHOOSE,           choose,           "5",   N_("choice"),                    REQUESTING, 0, 1),
    ACT(NOTE,             note,             "6",   N_("note verbale"),              ANY,        1, 1),
    ACT(ANNUL,            annul,            "6",   N_("annulment of a note"),       ANY,        0, 0),
    ACT(ACCEPT,           accept,           "5",   N_("acceptance"),                ASSISTING,  1, 0),
    ACT(ASSIST,           assist,           "6",   N_("assistance"),                ASSISTING,  1, 1),
    ACT(CONTACT,          contact,          "",    N_("immediate contact"),         ANY,        0, 0),
    ACT(COUNTERSIGN,      countersign,      "",    N_("countersignature"),          ANY,        1, 0),
    ACT(COST,             cost,             "8",   N_("cost"),                      ANY,        0, 0),
    ACT(REFUND,           refund,           "8",   N_("refund of an advance"),      ANY,        0, 0),
    ACT(WITHDRAW,         withdraw,         "5",   N_("withdrawal of the request"), REQUESTING, 1, 0),
    ACT(DATA_RETURN,      data_return,      "3",   N_("return of data"),            ANY,        0, 0),
    ACT(CLOSE,            close,            "7.7", N_("closing"),                   ANY,        0, 1),
    ACT(REOPEN,           reopen,           "7.7", N_("reopening"),                 ANY,        0, 0),
    ACT(REPORT,           report,           "7.7", N_("report"),                    ANY,        0, 0),
    ACT(CORRECT,          correct,          "",    N_("correction"),                ANY,        0, 1),
    ACT(LIFT_LOCK,        lift_lock,        "3",   N_("lifting of the lock"),       ANY,        0, 0),
    ACT(HAND_OVER,        hand_over,        "",    N_("hand-over of the case"),     ANY,        0, 0),
    ACT(ERASE_REQUEST,    erase_request,    "",    N_("request to erase a person"), ANY,        0, 0),
    ACT(ERASE,            erase,            "",    N_("erasing of a person"),       ANY,        0, 0),
    ACT(LEGAL_HOLD,       legal_hold,       "",    N_("legal hold"),                ANY,        0, 0),
    ACT(ERASE_REFUSE,     erase_refuse,     "",    N_("refusal to erase"),          ANY,        0, 0),
    ACT(DOCUMENT,         document,         "7.1", N_("document"),                  ANY,        0, 0),
    ACT(GROUP,            group,            "",    N_("family or group"),           ANY,        0, 0),
    ACT(LINK,             link,             "",    N_("link to the same person"),   ANY,        0, 0),
    ACT(UNLINK,           unlink,           "",    N_("end of a link"),             ANY,        0, 0),
    ACT(DELIVERY,         delivery,         "6",   N_("delivery of a note"),        ANY,        0, 0),
};
/* clang-format on */

const enum act_kind act_intake[] = {ACT_OPEN, ACT_PERSON,  ACT_SITUATION, ACT_GROUND,
                                    ACT_NEED, ACT_CONSENT, ACT_NONE};
const enum act_kind act_intake_more[] = {ACT_CHILD, ACT_DOCUMENT, ACT_GROUP, ACT_NONE};

static const char *const role_names[] = {
    [ROLE_CLERK] = N_("clerk"), [ROLE_OFFICER] = N_("officer"), [ROLE_HEAD] = N_("head")};

const char *role_name(enum role role)
{
    return role_names[role];
}

bool role_parse(const char *name, enum role *role)
{
    for (size_t i = 0; i < ARRAY_SIZE(role_names); i++)
        if (!strcmp(role_names[i], name)) {
            *role = (enum role)i;
            return true;
        }
    return false;
}

bool act_kind_known(uint64_t kind)
{
    return kind < ACT_KIND_END && types[kind].kind;
}

enum act_kind act_kind_next(enum act_kind kind)
{
    for (int next = kind + 1; next < ACT_KIND_END; next++)
        if (act_kind_known((uint64_t)next))
            return (enum act_kind)next;
    return ACT_NONE;
}

const struct act_type *act_type(enum act_kind kind)
{
    if (!act_kind_known(kind))
        BUG("no such kind of act");
    return &types[kind];
}

const struct act_type *act_type_named(const char *name)
{
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        if (!strcmp(types[kind].name, name))
            return &types[kind];
    return NULL;
}

void act_release(struct act *act)
{
    json_decref(act->payload);
    json_decref(act->context);
    free(act->by);
    free(act->signer);
    free(act->post);
    *act = (struct act){0};
}

void act_id_hex(const unsigned char id[ACT_ID_SIZE], char hex[2 * ACT_ID_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < ACT_ID_SIZE; i++) {
        hex[2 * i] = digits[id[i] >> 4];
        hex[2 * i + 1] = digits[id[i] & 15];
    }
    hex[2 * ACT_ID_SIZE] = '\0';
}
