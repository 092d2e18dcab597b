/* SPDX-License-Identifier: MIT */
/* What the checks of payloads share; for src/agreement/payload*.c alone. */
#ifndef AMPARO_AGREEMENT_PAYLOAD_WORK_H
#define AMPARO_AGREEMENT_PAYLOAD_WORK_H

#include "amparo/agreement/payload.h"

struct payload_checker {
    struct buf path;
    struct error *err;
    bool ok;
    bool received; /* payload_check_at() */
};

/* May the field, which is needed, be missing all the same? */
bool payload_may_lack(const struct payload_checker *check, const struct field *field);

/* A line: the path so far, the value (NULL: none), what is wrong. Always false. */
bool payload_fault(struct payload_checker *check, const json_t *value, const char *what, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a key below the path. */
bool payload_fault_key(struct payload_checker *check, const char *key, const json_t *value,
                       const char *what);
/* What the fields of a payload say of each other; the payload's shape is right. */
void payload_check_rules(struct payload_checker *check, const struct act_type *type,
                         const json_t *payload);
/* Of these only what is missing for what is there, where something else is wrong besides. */
void payload_check_needs(struct payload_checker *check, const struct act_type *type,
                         const json_t *payload);
/* A value of a type that is neither array nor object, or an element of such an array. */
bool payload_check_scalar(struct payload_checker *check, const struct field *field,
                          const json_t *value);

#endif
