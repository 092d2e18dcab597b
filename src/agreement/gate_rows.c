/* SPDX-License-Identifier: MIT */
/*
 * The table of gates. Each row is one line, so that the mutation check can take it out and see
 * whether a test notices. The functions it names are in gate_exchange.c (poll to note) and
 * gate_help.c (assistance to closing, and what concerns every act) and gate_keeping.c (erasing).
 */
#include "gate_ask.h"
#include "gate_asks.h"

/* clang-format off */
const struct gate_row gate_rows[] = {
    {"clerk", GATE_HARD, "", "", N_("a clerk reads only"), ask_clerk},
    {"clock", GATE_WARN, "", "", N_("the clock is not behind the last act"), ask_clock},
    {"secretariat.side", GATE_HARD, "5", "open", N_("the Secretariat is on no side: it observes"), ask_secretariat_side},
    {"secretariat.identity", GATE_HARD, "5", "person situation ground child consent withdraw_consent refer lift_lock contact document group link", N_("the Secretariat keeps no identity"), ask_secretariat_identity},
    {"closed.exchange", GATE_HARD, "7.7", "poll choose note", N_("after closing: no poll, choice or request"), ask_closed_exchange},
    {"closed.assist", GATE_HARD, "7.7", "assist", N_("after closing: only assistance given before it"), ask_closed_assist},
    {"closed.close", GATE_HARD, "7.7", "close", N_("a case is closed once, until reopened"), ask_closed_close},
    {"reopen.closed", GATE_HARD, "7.7", "reopen", N_("only a closed case is reopened"), ask_reopen},
    {"report.closed", GATE_HARD, "7.7", "report", N_("reported when closed, or as pending"), ask_report},
    {"report.identity", GATE_HARD, "7.7", "report", N_("the network never gets identity"), ask_report_identity},

    {"P.nationality", GATE_HARD, "7.1", "poll", N_("not known to be no national of a Member State"), ask_poll_nationality},
    {"P.party", GATE_HARD, "7.2", "poll", N_("the State of nationality is a Party"), ask_poll_party},
    {"P.lock", GATE_HARD, "3", "poll", N_("no protection lock"), ask_poll_lock},
    {"P.identity", GATE_HARD, "3", "poll", N_("no name goes out in a poll"), ask_poll_identity},
    {"P.network", GATE_OVERRIDE, "7.4", "poll", N_("trafficking or smuggling: the network has answered"), ask_poll_network},
    {"P.decision", GATE_OVERRIDE, "3", "poll", N_("decided that the mechanism applies"), ask_poll_decision},
    {"P.consent", GATE_OVERRIDE, "3", "poll", N_("consent P3, or a recorded basis"), ask_poll_consent},
    {"P.everyone", GATE_WARN, "7.6", "poll", N_("who has an office there is asked, unless it is urgent"), ask_poll_everyone},
    {"P.secretariat", GATE_WARN, "7.6", "poll", N_("the Secretariat is told"), ask_poll_secretariat},

    {"P.asked", GATE_WARN, "7.6", "poll", N_("Parties with a post there are asked"), ask_poll_asked},

    {"decide.not_met", GATE_OVERRIDE, "3", "decide", N_("does not apply against a requirement that is not met"), ask_decide},
    {"determine.open", GATE_OVERRIDE, "3", "determine", N_("the facts leave the requirement open"), ask_determine},
    {"determine.head", GATE_OVERRIDE, "3", "determine", N_("by the head of post"), ask_determine_head},
    {"note.identity", GATE_HARD, "7.7", "note", N_("no name in what the networks read"), ask_note_identity},
    {"notify.identity", GATE_HARD, "5", "notify note", N_("the Secretariat never gets identity"), ask_notify},
    {"reply.poll", GATE_HARD, "7.6", "reply decline", N_("answers a poll of that round to that State"), ask_reply},
    {"choose.side", GATE_HARD, "5", "choose", N_("the State of nationality chooses"), ask_choose_side},
    {"choose.offer", GATE_HARD, "5", "choose", N_("the State's latest answer is a usable offer"), ask_choose_offer},
    {"choose.own", GATE_OVERRIDE, "3", "choose", N_("the State is not the person's own, unless so determined"), ask_choose_own},

    {"N.choice", GATE_HARD, "5", "note", N_("that State was chosen"), ask_request_choice},
    {"N.open", GATE_HARD, "6", "note", N_("no other open request for the person and State"), ask_request_open},
    {"N.lock", GATE_HARD, "3", "note", N_("no protection lock"), ask_note_lock},
    {"N.withdrawn", GATE_HARD, "3", "note", N_("consent P4 to that State is not withdrawn"), ask_note_withdrawn},
    {"N.refuted", GATE_HARD, "7.1", "note", N_("not known to be no national of a Member State"), ask_request_refuted},
    {"N.nationality", GATE_OVERRIDE, "7.1", "note", N_("nationality is proved, not only declared"), ask_request_nationality},
    {"N.consent", GATE_OVERRIDE, "3", "note", N_("consent P4 to that State, or a recorded basis"), ask_request_consent},
    {"N.capital", GATE_WARN, "7.5", "note", N_("the capital authorised the request"), ask_request_capital},
    {"N.post", GATE_WARN, "6", "note", N_("a request reaches the office that is to help"), ask_request_post},
    {"N.secretariat", GATE_WARN, "5", "note", N_("the Secretariat is told"), ask_request_secretariat},
    {"N.instrument", GATE_WARN, "9", "note", N_("a request is not dated before the instrument"), ask_request_instrument},
    {"N.together", GATE_WARN, "3", "note", N_("who are to stay together are requested together"), ask_request_together},
    {"LOC.consent", GATE_OVERRIDE, "7.5", "note", N_("consent P6 that names the authority"), ask_local_consent},
    {"LOC.authorised", GATE_OVERRIDE, "7.5", "note", N_("the capital authorised an act with authority"), ask_local_authorised},
    {"LOC.barred", GATE_HARD, "3", "note", N_("no authority to which the person said no"), ask_local_barred},
    {"withheld", GATE_HARD, "3", "poll note notify report", N_("what a person withholds is in nothing that goes out"), ask_withheld},

    {"accept.note", GATE_HARD, "5", "accept", N_("an open request by note to that State"), ask_accept},
    {"A.note", GATE_HARD, "6", "assist", N_("a request by note to that State, for each person, before it"), ask_assist_note},
    {"A.acceptance", GATE_WARN, "5", "assist", N_("the State has accepted, with a scope"), ask_assist_acceptance},
    {"A.authorised", GATE_OVERRIDE, "7.5", "assist", N_("with authority: authorised by the capital"), ask_assist_authorised},
    {"A.vccr8", GATE_OVERRIDE, "7.5", "assist", N_("with authority: the receiving State's notification is answered"), ask_assist_vccr8},
    {"A.detention", GATE_WARN, "7.5", "assist", N_("a visit in detention: the receiving State's notification is answered"), ask_assist_detention},
    {"A.consent", GATE_OVERRIDE, "7.5", "assist", N_("with authority: consent P6 that names it"), ask_assist_consent},
    {"A.barred", GATE_OVERRIDE, "3", "assist", N_("nobody to whom the person said no"), ask_assist_barred},
    {"A.scope", GATE_WARN, "5", "assist", N_("inside the agreed services and period"), ask_assist_scope},

    {"C.costs", GATE_HARD, "8", "close", N_("no cost without its source"), ask_close_costs},
    {"C.child", GATE_HARD, "7.4", "close", N_("the child form, where a child was assisted"), ask_close_child},
    {"C.reason", GATE_HARD, "7.7", "close", N_("an exit has its reason"), ask_close_reason},
    {"C.acceptance", GATE_OVERRIDE, "5", "close", N_("every assistance under an acceptance"), ask_close_acceptance},
    {"C.request", GATE_WARN, "5", "close", N_("an exit leaves no request open"), ask_close_request},
    {"C.data", GATE_WARN, "3", "close", N_("an exit asks back the data that others have"), ask_close_data},
    {"C.needs", GATE_WARN, "7.7", "close", N_("unmet needs are named"), ask_close_needs},

    {"correct.note", GATE_HARD, "6", "correct", N_("no assistance loses its note"), ask_correct},
    {"countersign.head", GATE_HARD, "", "countersign", N_("by a head of post, or another where there is no other head"), ask_countersign_head},
    {"countersign.author", GATE_HARD, "", "countersign", N_("not by the author"), ask_countersign_author},
    {"owner", GATE_HARD, "", "note withdraw close hand_over", N_("by the machine that owns the case"), ask_owner},
    {"lift_lock.head", GATE_HARD, "3", "lift_lock", N_("by a head of post"), ask_lift_lock},

    {"keep.identity", GATE_HARD, "", "erase_request legal_hold", N_("no name in what stays"), ask_keep_identity},
    {"erase.request", GATE_HARD, "", "erase erase_refuse", N_("a request that was neither refused nor carried out"), ask_erase_request},
    {"erase_refuse.head", GATE_HARD, "", "erase_refuse", N_("by a head of post"), ask_refuse_head},
    {"erase.second", GATE_HARD, "", "erase", N_("by another officer than who asked for it"), ask_erase_second},
    {"erase.enrolled", GATE_HARD, "", "erase", N_("by an officer since before it was asked"), ask_erase_enrolled},
    {"erase.head", GATE_HARD, "", "erase", N_("one of the two is a head of post"), ask_erase_head},
    {"erase.hold", GATE_HARD, "", "erase", N_("no legal hold"), ask_erase_hold},
    {"erase.open", GATE_HARD, "", "erase", N_("the case is closed, or the data must not be kept"), ask_erase_open},
    {"erase.open_text", GATE_WARN, "", "erase_request erase", N_("no open field tells of the person: it stays"), ask_erase_open_text},
    {"erase.other_text", GATE_WARN, "", "erase_request erase", N_("no act that stays tells of the person"), ask_erase_other_text},
    {"hold.head", GATE_HARD, "", "legal_hold", N_("by a head of post"), ask_hold_head},
    {NULL, GATE_HARD, NULL, NULL, NULL, NULL},
};
/* clang-format on */
