/* SPDX-License-Identifier: MIT */
/*
 * What a process gives up before it reads the texts of others: all that the kernel lets it give up,
 * for good. Layer: pdf; uses base.
 *
 * Each part holds by itself; where the kernel lacks one, the others are taken all the same, and the
 * answer says which hold.
 */
#ifndef AMPARO_PDF_SANDBOX_H
#define AMPARO_PDF_SANDBOX_H

#include <stdbool.h>

struct sandbox {
    bool privileges; /* it can get no new ones, and nobody can look into it (no_new_privs, dumpable)
                      */
    bool limits;     /* of memory, time, descriptors, cores (rlimits) */
    bool files;      /* it reads what is named, and changes nothing (Landlock) */
    bool calls;      /* of the system's calls it makes only harmless ones (seccomp) */
};

/*
 * To be called first, while there is one thread. Closes all descriptors but the three standard
 * ones, empties the environment, sets limits, and leaves only the files in the folders `readable`
 * to be read (ended by NULL; those that are not there are passed over).
 */
struct sandbox sandbox_enter(const char *const *readable);

/*
 * To be called before a byte of input is read, when what is needed in any case was opened. Bars, in
 * all threads, those to come too, every call that laying out pages does not need: the network,
 * other programs and processes, and what writes but to descriptors that are open. Where the kernel
 * cannot tell one file from another, from now on none at all is opened.
 */
void sandbox_shut(struct sandbox *held);

/* Of which they are made, each in its own file. */
bool sandbox_restrict_files(const char *const *readable);
bool sandbox_restrict_calls(bool may_open);

#endif
