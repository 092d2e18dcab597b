/* SPDX-License-Identifier: MIT */
#include "amparo/tui/screentypes.h"

#include <stddef.h>

const struct screen_type *const screen_types[] = {
    &accesslog_type,   &actform_type,      &actview_type,
    &ask_type,         &bodies_type,       &both_type,
    &calendar_type,    &case_type,         &cases_type,
    &closing_type,     &compare_type,      &costs_type,
    &countries_type,   &directory_type,    &documents_type,
    &eligibility_type, &event_screen_type, &eventform_type,
    &eventlist_type,   &events_type,       &founding_screen_type,
    &foundnow_type,    &helplog_type,      &helptext_type,
    &history_type,     &likely_type,       &many_type,
    &meetings_type,    &newpass_type,      &notes_type,
    &officeform_type,  &offices_type,      &owed_type,
    &partyform_type,   &persons_type,      &pick_type,
    &poll_type,        &preview_type,      &refusal_type,
    &register_type,    &report_type,       &resume_type,
    &sent_type,        &settings_type,     &sheetask_type,
    &sheets_type,      &tasks_type,        &today_type,
    &unlock_type,      &welcome_type,      NULL,
};
