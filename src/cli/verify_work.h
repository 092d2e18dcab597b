/* SPDX-License-Identifier: MIT */
/* What `amparo verify` does where a file is not whole. */
#ifndef VERIFY_WORK_H
#define VERIFY_WORK_H

#include "amparo/cli/cli.h"

/* --salvage DIR: a new case file in `folder`, and lost.txt beside it. */
bool verify_salvage(const struct cli *cli, const char *file, const char *folder, struct error *err);

#endif
