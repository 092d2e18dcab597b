/* SPDX-License-Identifier: MIT */
/*
 * The shape of payloads: what act.h's payload_check() is made of, and what the fold, the help and
 * the forms need of it besides. Layer: agreement (pure); uses base, jansson.
 */
#ifndef AMPARO_AGREEMENT_PAYLOAD_H
#define AMPARO_AGREEMENT_PAYLOAD_H

#include "amparo/agreement/act.h"

/*
 * What one field of a payload says of another: "given_names is needed where single_name is
 * absent", "hand_over_on is refused where stage is not assistance".
 */
enum rule_effect { RULE_NEEDED, RULE_REFUSED };
enum rule_test { TEST_PRESENT, TEST_ABSENT, TEST_IS, TEST_IS_NOT };

struct payload_rule {
    enum act_kind act;
    const char *key;
    enum rule_effect effect;
    const char *other;
    enum rule_test test;
    const char *value; /* of IS and IS_NOT: a code */
};

/* All rules; the last one has act ACT_NONE. */
extern const struct payload_rule payload_rules[];

/* Does the rule's condition hold for this payload? An answer instead of a value is absent. */
bool payload_rule_holds(const struct payload_rule *rule, const json_t *payload);

/*
 * payload_check() with something before each path: "payload." of a correction. `received`: of what
 * another post said and what came of it (dispatch.h), fields above P0 may be missing although they
 * are needed, since they may not be for us, and persons, whom the reader may not know.
 */
bool payload_check_at(const struct act_type *type, const json_t *payload, const char *before,
                      bool received, struct error *err);

/* One value against its field: true, or a line by `path` (which may be ""). Forms ask this. */
bool payload_check_value(const struct field *field, const json_t *value, const char *path,
                         struct error *err);

/*
 * Whether each value is at least of the JSON type of its field, all the way down. The fold relies
 * on no more of an act that somebody signed: needed keys may be missing (their part was erased),
 * and what a code or a date may be can change from one version to the next.
 */
bool payload_shaped(const struct act_type *type, const json_t *payload);

/* The answer that stands instead of a value ("unknown" …), or NULL. */
const char *payload_answer(const json_t *payload, const char *key);

/* Shorthands: "", false, 0 where the key is absent or holds an answer. NULL payload: likewise. */
const char *payload_text(const json_t *payload, const char *key);
bool payload_bool(const json_t *payload, const char *key);
long payload_number(const json_t *payload, const char *key);
bool payload_is(const json_t *payload, const char *key, const char *text);
/* Is the number, or the text, in the array of that key? */
bool payload_has_person(const json_t *payload, const char *key, long person);
bool payload_has_text(const json_t *payload, const char *key, const char *text);

#endif
