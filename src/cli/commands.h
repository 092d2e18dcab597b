/* SPDX-License-Identifier: MIT */
/* Every command there is: declared here, shown in this order by cli.c's table. */
#ifndef AMPARO_CLI_COMMANDS_H
#define AMPARO_CLI_COMMANDS_H

#include "amparo/cli/cli.h"
#include "amparo/store/register.h"

/* --year of the commands about the register; 0 where it is not given. */
bool cli_register_filter(const struct cli *cli, struct register_filter *filter, struct error *err);

extern const struct command command_assess;
extern const struct command command_init;
extern const struct command command_list;
extern const struct command command_persons;
extern const struct command command_duplicates;
extern const struct command command_show;
extern const struct command command_acts;
extern const struct command command_access;
extern const struct command command_record;
extern const struct command command_event;
extern const struct command command_import;
extern const struct command command_help;
extern const struct command command_officer;
extern const struct command command_verify;
extern const struct command command_backup;
extern const struct command command_restore;
extern const struct command command_escrow;
extern const struct command command_passphrase;
extern const struct command command_recovery;
extern const struct command command_erase;
extern const struct command command_calendar;
extern const struct command command_periods;
extern const struct command command_costs;
extern const struct command command_tasks;
extern const struct command command_bodies;
extern const struct command command_letterhead;
extern const struct command command_directory;
extern const struct command command_identity;
extern const struct command command_trust;
extern const struct command command_notes;
extern const struct command command_offices;
extern const struct command command_print;
extern const struct command command_dossier;
extern const struct command command_meetings;
extern const struct command command_report;
extern const struct command command_statistics;
extern const struct command command_send;
extern const struct command command_receive;
extern const struct command command_outbox;
extern const struct command command_inbox;
extern const struct command command_demo;

#endif
