/* SPDX-License-Identifier: MIT */
/* What `amparo verify` does with a dossier, and where a file is not whole. */
#ifndef VERIFY_WORK_H
#define VERIFY_WORK_H

#include "amparo/cli/cli.h"
#include "amparo/store/witness.h"

/* --salvage DIR: a new case file in `folder`, and lost.txt beside it. */
bool verify_salvage(const struct cli *cli, const char *file, const char *folder, struct error *err);

/* --accept-loss: in the place of the file; `witness` NULL: none was given. */
bool verify_accept_loss(const struct cli *cli, const char *file, const struct witness *witness,
                        struct error *err);

/* --code CODE: which paper has it. */
bool verify_code(const struct cli *cli, const char *file, const char *code, struct error *err);

/* Is it a dossier, by how it begins? */
bool verify_is_dossier(const char *path);

/* What it proves, on standard output; --root, --json, --code. ERROR_VAULT where it is not to be
 * believed. */
bool verify_dossier(const struct cli *cli, const char *path, struct error *err);

#endif
