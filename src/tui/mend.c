/* SPDX-License-Identifier: MIT */
#include "amparo/tui/mend.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"
#include "amparo/tui/screens.h"

/* The id of a gate, and the act that brings what it lacks; a screen where there is more to it. */
static const struct mending {
    const char *gate;
    enum act_kind kind;
    struct form_preset preset;
    void (*open)(struct app *app, const char *reference);
} mendings[] = {
    {"P.nationality", ACT_NONE, {NULL, NULL}, persons_push},
    {"P.network", ACT_REFER_ANSWER, {NULL, NULL}, NULL},
    {"P.decision", ACT_NONE, {NULL, NULL}, eligibility_push},
    {"P.consent", ACT_CONSENT, {"purpose", "P3"}, NULL},
    {"P.secretariat", ACT_NOTIFY, {"event", "poll"}, NULL},
    {"reply.poll", ACT_NONE, {NULL, NULL}, poll_push},
    {"choose.offer", ACT_NONE, {NULL, NULL}, poll_push},
    {"N.choice", ACT_NONE, {NULL, NULL}, poll_push},
    {"N.open", ACT_NONE, {NULL, NULL}, notes_push},
    {"N.withdrawn", ACT_CONSENT, {"purpose", "P4"}, NULL},
    {"N.nationality", ACT_NONE, {NULL, NULL}, persons_push},
    {"N.consent", ACT_CONSENT, {"purpose", "P4"}, NULL},
    {"N.capital", ACT_AUTHORISE, {"what", "request"}, NULL},
    {"N.secretariat", ACT_NOTIFY, {"event", "request"}, NULL},
    {"LOC.consent", ACT_CONSENT, {"purpose", "P6"}, NULL},
    {"LOC.authorised", ACT_AUTHORISE, {"what", "with_authority"}, NULL},
    {"accept.note", ACT_NONE, {NULL, NULL}, notes_push},
    {"A.note", ACT_NONE, {NULL, NULL}, notes_push},
    {"A.acceptance", ACT_ACCEPT, {NULL, NULL}, NULL},
    {"A.authorised", ACT_AUTHORISE, {"what", "with_authority"}, NULL},
    {"A.consent", ACT_CONSENT, {"purpose", "P6"}, NULL},
    {"C.costs", ACT_NONE, {NULL, NULL}, costs_push},
    {"C.child", ACT_CHILD, {NULL, NULL}, NULL},
    {"C.acceptance", ACT_ACCEPT, {NULL, NULL}, NULL},
    {"C.request", ACT_WITHDRAW, {NULL, NULL}, NULL},
    {"C.data", ACT_DATA_RETURN, {NULL, NULL}, NULL},
    {"closed.exchange", ACT_REOPEN, {NULL, NULL}, NULL},
    {"closed.assist", ACT_REOPEN, {NULL, NULL}, NULL},
    {"report.closed", ACT_NONE, {NULL, NULL}, closing_push},
};

static const struct mending *mending_for(const char *gate)
{
    for (size_t i = 0; i < ARRAY_SIZE(mendings); i++)
        if (strcmp(mendings[i].gate, gate) == 0)
            return &mendings[i];
    return NULL;
}

/* A new string; "" where the cause has none. */
static char *gate_of(const char *cause)
{
    const char *open = strrchr(cause, '['), *end = open ? strchr(open, ']') : NULL;
    return end ? xstrndup(open + 1, (size_t)(end - open - 1)) : xstrdup("");
}

bool mend_known_gate(const char *gate)
{
    return mending_for(gate) != NULL;
}

void mend_push_gate(struct app *app, const char *reference, const char *gate)
{
    const struct mending *mending = mending_for(gate);
    if (!mending)
        return;
    if (mending->open)
        mending->open(app, reference);
    else
        actform_push(app, &(struct form_order){.reference = reference,
                                               .kind = mending->kind,
                                               .presets = {mending->preset}});
}

bool mend_overridable(const char *cause)
{
    char *gate = gate_of(cause);
    json_t *gates = gates_describe(english), *row;
    bool can = false;
    size_t i;
    json_array_foreach(gates, i, row)
    {
        const char *id = json_string_value(json_object_get(row, "gate"));
        const char *kind = json_string_value(json_object_get(row, "kind"));
        can = can || (strcmp(id, gate) == 0 && strcmp(kind, "override") == 0);
    }
    json_decref(gates);
    free(gate);
    return can;
}

bool mend_known(const char *cause)
{
    char *gate = gate_of(cause);
    bool known = mend_known_gate(gate);
    free(gate);
    return known;
}

void mend_push(struct app *app, const char *reference, const char *cause)
{
    char *gate = gate_of(cause);
    mend_push_gate(app, reference, gate);
    free(gate);
}
