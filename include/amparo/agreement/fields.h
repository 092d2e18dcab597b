/* SPDX-License-Identifier: MIT */
/*
 * The rows of the field table, one array for each act, in files by the stage of a case. Everybody
 * else reaches them through act_type(). A number that a field once had is never given to another.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_FIELDS_H
#define AMPARO_AGREEMENT_FIELDS_H

#include "amparo/agreement/field.h"
#include "amparo/base/i18n.h"

/* A row: NEEDED or OPTIONAL comes after the help, then what else it has. */
#define FIELD(id_, key_, type_, class_, article_, label_, help_, ...)                              \
    {                                                                                              \
        .id = (id_), .key = (key_), .type = FIELD_##type_, .class = CLASS_##class_,                \
        .article = (article_), .label = (label_), .help = (help_), __VA_ARGS__                     \
    }
#define NEEDED .needed = true
#define OPTIONAL .needed = false
#define FIELD_END                                                                                  \
    {                                                                                              \
        .id = 0                                                                                    \
    }

/* Code lists that several acts share. */
extern const struct code post_role_codes[];
extern const struct code priority_codes[];
extern const struct code source_codes[];
extern const struct code need_codes[];
extern const struct code urgency_codes[];
extern const struct code consent_form_codes[];
extern const struct code document_type_codes[];
extern const struct code document_status_codes[];
extern const struct code document_sight_codes[];

/* To whom consent for that purpose goes where it goes to one recipient only (N_()); or NULL. */
const char *consent_usual_recipient(const char *purpose);

/* intake: fields_intake.c, fields_person.c */
extern const struct field open_fields[];
extern const struct field person_fields[];
extern const struct field situation_fields[];
extern const struct field ground_fields[];
extern const struct field need_fields[];
extern const struct field child_fields[];

/* documents and families: fields_family.c */
extern const struct field document_fields[];
extern const struct field group_fields[];
extern const struct field link_fields[];
extern const struct field unlink_fields[];

/* consent and eligibility: fields_eligibility.c */
extern const struct field consent_fields[];
extern const struct field withdraw_consent_fields[];
extern const struct field refer_fields[];
extern const struct field refer_answer_fields[];
extern const struct field determine_fields[];
extern const struct field decide_fields[];
extern const struct field authorise_fields[];
extern const struct field notify_fields[];
extern const struct field lift_lock_fields[];

/* between the States: fields_exchange.c */
extern const struct field poll_fields[];
extern const struct field reply_fields[];
extern const struct field decline_fields[];
extern const struct field choose_fields[];
extern const struct field note_fields[];
extern const struct field annul_fields[];
extern const struct field delivery_fields[];
extern const struct field accept_fields[];
extern const struct field withdraw_fields[];

/* assistance to the end, and what any act may carry: fields_help.c */
extern const struct field assist_fields[];
extern const struct field contact_fields[];
extern const struct field countersign_fields[];
extern const struct field cost_fields[];
extern const struct field refund_fields[];
extern const struct field data_return_fields[];
extern const struct field close_fields[];
extern const struct field reopen_fields[];
extern const struct field report_fields[];
extern const struct field correct_fields[];
extern const struct field hand_over_fields[];

/* how long data is kept, and that it goes: fields_keeping.c */
extern const struct field erase_request_fields[];
extern const struct field erase_fields[];
extern const struct field legal_hold_fields[];
extern const struct field erase_refuse_fields[];

/* The outcomes of `close` that are exits of acts.md: the others end a case that went its way. */
bool outcome_is_exit(const char *code);
/* Whether a code of `reason_code` is one of that outcome's; "other" is of every exit's. */
bool exit_reason_fits(const char *reason, const char *outcome);

#endif
