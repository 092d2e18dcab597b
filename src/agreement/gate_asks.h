/* SPDX-License-Identifier: MIT */
/*
 * The questions of the gate table. Each looks at the act and the case and adds a finding where its
 * row stands against it. Layer: agreement; for gate*.c alone.
 */
#ifndef AMPARO_AGREEMENT_GATE_ASKS_H
#define AMPARO_AGREEMENT_GATE_ASKS_H

struct gate_ask;
typedef void gate_ask_fn(struct gate_ask *q);

/* gate_exchange.c */
gate_ask_fn ask_poll_nationality, ask_poll_party, ask_poll_lock, ask_poll_network,
    ask_poll_decision, ask_poll_consent, ask_poll_everyone, ask_poll_secretariat, ask_poll_asked,
    ask_decide, ask_determine, ask_determine_head, ask_reply, ask_choose_side, ask_choose_offer,
    ask_choose_own;

/* gate_request.c */
gate_ask_fn ask_request_choice, ask_request_open, ask_note_lock, ask_note_withdrawn,
    ask_request_refuted, ask_request_nationality, ask_request_consent, ask_request_capital,
    ask_request_post, ask_request_secretariat, ask_request_instrument, ask_request_together,
    ask_local_consent, ask_local_authorised;

/* gate_telling.c */
gate_ask_fn ask_notify, ask_note_identity, ask_poll_identity, ask_withheld, ask_local_barred;

/* gate_help.c */
gate_ask_fn ask_secretariat_side, ask_secretariat_identity, ask_clerk, ask_clock, ask_closed_exchange, ask_closed_assist, ask_closed_close,
    ask_reopen, ask_report, ask_accept, ask_assist_note, ask_assist_acceptance,
    ask_assist_authorised, ask_assist_vccr8, ask_assist_detention, ask_assist_consent, ask_assist_scope, ask_close_costs,
    ask_close_child, ask_close_reason, ask_close_acceptance, ask_close_needs, ask_correct,
    ask_countersign_head, ask_countersign_author, ask_owner, ask_lift_lock, ask_assist_barred,
    ask_report_identity;
gate_ask_fn ask_close_request, ask_close_data;

/* gate_keeping.c */
gate_ask_fn ask_keep_identity, ask_erase_request, ask_erase_second, ask_erase_enrolled,
    ask_erase_head, ask_erase_hold, ask_erase_open, ask_erase_open_text, ask_erase_other_text,
    ask_hold_head, ask_refuse_head;

#endif
