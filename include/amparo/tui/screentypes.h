/* SPDX-License-Identifier: MIT */
/*
 * Every type of screen that there is. From these tables come the help, the bottom lines and the
 * palette, and the check that one key means one thing. Layer: tui.
 */
#ifndef AMPARO_TUI_SCREENTYPES_H
#define AMPARO_TUI_SCREENTYPES_H

#include "amparo/tui/screen.h"

extern const struct screen_type accesslog_type;
extern const struct screen_type actform_type;
extern const struct screen_type actview_type;
extern const struct screen_type ask_type;
extern const struct screen_type bodies_type;
extern const struct screen_type both_type;
extern const struct screen_type calendar_type;
extern const struct screen_type callform_type;
extern const struct screen_type cardview_type;
extern const struct screen_type case_type;
extern const struct screen_type cases_type;
extern const struct screen_type closing_type;
extern const struct screen_type compare_type;
extern const struct screen_type costs_type;
extern const struct screen_type countries_type;
extern const struct screen_type directory_type;
extern const struct screen_type documents_type;
extern const struct screen_type dossier_type;
extern const struct screen_type eligibility_type;
extern const struct screen_type event_screen_type;
extern const struct screen_type eventform_type;
extern const struct screen_type eventlist_type;
extern const struct screen_type events_type;
extern const struct screen_type forms_type;
extern const struct screen_type founding_screen_type;
extern const struct screen_type foundnow_type;
extern const struct screen_type handcodes_type;
extern const struct screen_type handtext_type;
extern const struct screen_type helplog_type;
extern const struct screen_type helptext_type;
extern const struct screen_type history_type;
extern const struct screen_type inbox_type;
extern const struct screen_type letter_type;
extern const struct screen_type identity_type;
extern const struct screen_type keycard_type;
extern const struct screen_type likely_type;
extern const struct screen_type makeroot_type;
extern const struct screen_type many_type;
extern const struct screen_type meetings_type;
extern const struct screen_type network_type;
extern const struct screen_type newpass_type;
extern const struct screen_type notes_type;
extern const struct screen_type officeform_type;
extern const struct screen_type offices_type;
extern const struct screen_type outbox_type;
extern const struct screen_type outpost_type;
extern const struct screen_type owed_type;
extern const struct screen_type papercode_type;
extern const struct screen_type partyform_type;
extern const struct screen_type persons_type;
extern const struct screen_type pick_type;
extern const struct screen_type poll_type;
extern const struct screen_type preview_type;
extern const struct screen_type printing_type;
extern const struct screen_type receive_type;
extern const struct screen_type refusal_type;
extern const struct screen_type register_type;
extern const struct screen_type report_type;
extern const struct screen_type resume_type;
extern const struct screen_type revoke_type;
extern const struct screen_type sent_type;
extern const struct screen_type settings_type;
extern const struct screen_type sheetask_type;
extern const struct screen_type sheets_type;
extern const struct screen_type talk_type;
extern const struct screen_type takecard_type;
extern const struct screen_type tasks_type;
extern const struct screen_type today_type;
extern const struct screen_type trust_type;
extern const struct screen_type trustwhy_type;
extern const struct screen_type unlock_type;
extern const struct screen_type welcome_type;

/* All of them; ended by NULL. */
extern const struct screen_type *const screen_types[];

#endif
