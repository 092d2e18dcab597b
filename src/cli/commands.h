/* SPDX-License-Identifier: MIT */
/* Every command there is: declared here, shown in this order by cli.c's table. */
#ifndef AMPARO_CLI_COMMANDS_H
#define AMPARO_CLI_COMMANDS_H

#include "amparo/cli/cli.h"

extern const struct command command_assess;

#endif
