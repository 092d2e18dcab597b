/* SPDX-License-Identifier: MIT */
/* What the files of `amparo send` share. */
#ifndef AMPARO_CLI_SEND_WORK_H
#define AMPARO_CLI_SEND_WORK_H

#include "amparo/pouch/carry.h"
#include "amparo/store/correspondence.h"

/* A load with the files that were made of it. */
struct sending {
    const struct carry_load *load;
    const struct carry_files *files;
    const struct held_acts *held; /* acts of which nothing was made to go */
    bool dry;                     /* nothing goes */
    bool failed; /* it could not be gone on with: what was written before is told alone */
};

/* For people: on `out`, a line for each post and pouch; and what does not go, and why. */
void send_put_lines(const struct sending *s, FILE *out);

/* The same for programs, on standard output. */
bool send_put_json(const struct sending *s);

/* Puts a pouch on standard output as armour; as QR codes that are drawn; as the texts of codes. */
void send_put_armour(const struct packed *pouch);
bool send_put_codes(const struct packed *pouch, bool drawn, struct error *err);

#endif
