/* SPDX-License-Identifier: MIT */
#include "amparo/store/regate.h"

#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static void note(const struct case_file *c, const struct act *act, const char *why,
                 struct buf *notes)
{
    buf_addf(notes, _("%s: act %lld would have been refused: %s\n"), c->reference,
             (long long)act->seq, why);
}

/* A correction's payload has the shape of the act that it corrects. */
static bool check_form(const struct case_file *before, const struct act *act, struct error *err)
{
    const json_t *of = json_object_get(act->payload, "of");
    bool received = json_object_get(act->context, case_dispatch_key);
    const struct entry *e;

    if (!payload_check_at(act_type(act->kind), act->payload, "", received, err))
        return false;
    if (act->kind == ACT_CORRECT) {
        e = case_entry(before, json_string_value(of));
        if (!e || e->act->kind == ACT_CORRECT)
            return error_set(err, ERROR_INPUT, _("of: is no act of this case to correct"));
        if (!payload_check_at(act_type(e->act->kind), json_object_get(act->payload, "payload"), "",
                              received, err))
            return false;
    }
    return received ? case_check_received(before, act->kind, act->payload, act->at, err)
                    : case_check(before, act->kind, act->payload, act->at, err);
}

static bool ask(const struct case_file *before, const struct act *act,
                const struct post_state *post, struct gate_findings *findings)
{
    json_t *nothing = json_object();
    struct gate_input in = {.c = before,
                            .kind = act->kind,
                            .payload = act->payload,
                            .directory = act->context ? act->context : nothing,
                            .now = act->at,
                            .said = json_string_value(json_object_get(act->context, case_said_key)),
                            .role = act->role,
                            .signer = act->signer,
                            .secretariat = post_is_secretariat(&post->profile),
                            .heads = post_state_heads_at(post, act->seq),
                            .enrolled = post_state_enrolled(post, act->signer, act->seq)};
    bool passes = gate_check(&in, reader_language, findings);

    json_decref(nothing);
    return passes;
}

bool regate_passes(const struct case_file *before, const struct act *act,
                   const struct post_state *post, struct buf *why)
{
    struct error wrong = ERROR_INIT;
    struct gate_findings findings;
    bool passes = ask(before, act, post, &findings);

    if (!passes) {
        gate_refusal(&findings, &wrong);
        buf_adds(why, error_text(&wrong));
    }
    gate_findings_release(&findings);
    error_release(&wrong);
    return passes;
}

bool regate_signed(const struct case_file *before, const struct act *act,
                   const struct post_state *post)
{
    static const char *const elsewhere[] = {"erase.hold", "erase.open"};
    struct gate_findings findings;
    bool passes = true;

    ask(before, act, post, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct gate_finding *f = &findings.list[i];
        bool unknown = false;
        for (size_t k = 0; k < ARRAY_SIZE(elsewhere); k++)
            unknown |= strcmp(f->gate, elsewhere[k]) == 0;
        passes = passes && (unknown || f->kind == GATE_WARN);
    }
    gate_findings_release(&findings);
    return passes;
}

void regate_note(const struct case_file *before, const struct act *act,
                 const struct post_state *post, struct buf *notes)
{
    struct error wrong = ERROR_INIT;
    struct gate_findings findings = {NULL, 0};

    if (!check_form(before, act, &wrong)) {
        note(before, act, error_text(&wrong), notes);
    } else if (!ask(before, act, post, &findings)) {
        gate_refusal(&findings, &wrong);
        note(before, act, error_text(&wrong), notes);
    }
    gate_findings_release(&findings);
    error_release(&wrong);
}
