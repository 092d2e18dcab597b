/* SPDX-License-Identifier: MIT */
/*
 * A disaster that brings many people at once, and what one line of its list says of one of them.
 * Both are described by field tables as acts are; neither is an act: an event is kept beside the
 * cases, and a line becomes acts of a case. Layer: agreement (pure); uses base, jansson.
 *
 * A line is a JSON object: "person", with the keys of the act person (without the number), and the
 * keys of event_line_fields. Lines with the same family mark are one case.
 */
#ifndef AMPARO_AGREEMENT_EVENT_H
#define AMPARO_AGREEMENT_EVENT_H

#include "amparo/agreement/case.h"
#include "amparo/agreement/values.h"
#include "amparo/base/dateentry.h"

/* For payload_check() and acts_describe(); kind ACT_NONE: nothing records them as such. */
extern const struct act_type event_type;
extern const struct act_type event_line_type;

/* The one of that name ("event", "event_line"), or NULL. */
const struct act_type *event_type_named(const char *name);

/* A birth date as one types dates; or an age, by up to three digits alone. */
bool event_born(const char *text, struct date today, struct date_entry *out, struct error *err);

/*
 * Checks a line as payload_check() does, and what its parts say of each other: ERROR_INPUT, a line
 * for each fault, the paths those of the line ("family", "person.birth_date").
 */
bool event_line_check(const json_t *event, const json_t *line, struct date today,
                      struct error *err);

/*
 * The payload of the act person that the line is, under that number: a new reference. What is wrong
 * in the line stays so.
 */
json_t *event_line_person(const json_t *event, const json_t *line, long number, const char *state,
                          struct date today, translate_fn *tr);

/*
 * The acts that the line is: [{"act": name, "payload": …}], a new reference. `c` is the case of the
 * family as it is, NULL for a new one; state is the post's own. The line has been checked.
 */
json_t *event_line_acts(const json_t *event, const json_t *line, const struct case_file *c,
                        const char *state, struct date today, translate_fn *tr);

/* Children without an adult, as far as the acts of the case say (the profile lone_child). */
long case_lone_children(const struct case_file *c);

/*
 * A line out of what was typed, by path: the keys of event_line_fields, and those of a person
 * ("surname_1", "nationalities[0].state"). Each fault is told by path, its value left out. A new
 * reference.
 */
json_t *event_line_read(struct instant now, value_lookup *lookup, value_fault *fault, void *ctx);

/* The path of the line where the paths of event_line_check() have "person." before it. */
const char *event_line_path(const char *path);

/* The field that such a path leads to, or NULL. */
const struct field *event_line_field(const char *path);

/* The event and the family's mark that the opening act names, or "". */
const char *case_event(const struct case_file *c);
const char *case_event_family(const struct case_file *c);

#endif
