/* SPDX-License-Identifier: MIT */
/* What `amparo verify` does where a file is not whole. */
#ifndef VERIFY_WORK_H
#define VERIFY_WORK_H

#include "amparo/cli/cli.h"
#include "amparo/store/witness.h"

/* --salvage DIR: a new case file in `folder`, and lost.txt beside it. */
bool verify_salvage(const struct cli *cli, const char *file, const char *folder, struct error *err);

/* --accept-loss: in the place of the file; `witness` NULL: none was given. */
bool verify_accept_loss(const struct cli *cli, const char *file, const struct witness *witness,
                        struct error *err);

#endif
