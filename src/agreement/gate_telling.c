/* SPDX-License-Identifier: MIT */
/* Gates against telling too much: identity to the Secretariat or in a poll, what somebody holds
 * back (Art. 3, 5, 7.6). */
#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "gate_ask.h"
#include "gate_asks.h"

/* ---- no identity to the Secretariat, nor into a poll (3, 5, 7.6) ---- */

void gate_look_for_names(struct gate_ask *q, const char *key)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(q->c, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (identity_in_text(q->c, persons[i], gate_text(q, key))) {
            gate_found(q, q->tr(N_("`%s` tells who person %ld is: take that out")), key,
                       persons[i]);
            return;
        }
}

void ask_notify(struct gate_ask *q)
{
    static const char *const texts[] = {"text", "subject", "scope", "limits", "reference"};

    if (q->in->kind == ACT_NOTE && !gate_is_note(q, "TSN"))
        return;
    if (json_object_get(q->payload, "persons"))
        gate_found(q, "%s",
                   q->tr(N_("a notice to the Secretariat names nobody: leave `persons` out")));
    for (size_t t = 0; t < ARRAY_SIZE(texts); t++)
        gate_look_for_names(q, texts[t]);
}

/* What a report says of the lessons goes into the note to the network (7.7). */
static void look_into_report(struct gate_ask *q)
{
    const struct entry *report = case_last(q->c, ACT_REPORT);
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(q->c, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; report && i < count && i < CASE_PERSONS_MOST; i++)
        if (identity_in_text(q->c, persons[i], entry_text(report, "lessons")) ||
            identity_in_text(q->c, persons[i], entry_text(report, "meeting")))
            gate_found(q, q->tr(N_("the report tells who person %ld is: correct it first")),
                       persons[i]);
}

void ask_note_identity(struct gate_ask *q)
{
    static const char *const texts[] = {"text", "subject", "scope", "limits", "annexes"};

    if (!gate_is_note(q, "REP") && !gate_is_note(q, "POLL"))
        return;
    for (size_t t = 0; t < ARRAY_SIZE(texts); t++)
        gate_look_for_names(q, texts[t]);
    if (gate_is_note(q, "REP"))
        look_into_report(q);
}

void ask_poll_identity(struct gate_ask *q)
{
    if (gate_transcribed(q))
        return;
    gate_look_for_names(q, "text");
    gate_look_for_names(q, "area");
}

/* ---- what the person holds back (3) ---- */

/* For what and to whom the act goes; purpose NULL: whatever anybody is kept from. */
static void find_reader(const struct gate_ask *q, const char **purpose, const char **to)
{
    *purpose = *to = NULL;
    if (q->in->kind == ACT_POLL)
        *purpose = "P3";
    if (q->in->kind == ACT_REPORT)
        *purpose = "P9";
    if (q->in->kind == ACT_NOTE && !gate_is_note(q, "TSN") && !gate_is_note(q, "REP")) {
        *purpose = gate_is_note(q, "LOC") ? "P6" : "P4";
        *to = gate_is_note(q, "LOC") ? gate_addressee(q) : q->state;
    }
}

void ask_withheld(struct gate_ask *q)
{
    const char *purpose, *to;

    if (gate_transcribed(q) || (q->in->kind == ACT_NOTE && !gate_is_note(q, NULL)))
        return;
    find_reader(q, &purpose, &to);
    for (const struct field *f = act_type(q->in->kind)->fields; f->id; f++)
        for (size_t i = 0; i < q->count; i++)
            if (json_object_get(q->payload, f->key) &&
                (withheld_field(q->c, q->persons[i], purpose, to, q->in->kind, f->key) ||
                 withheld_in_text(q->c, q->persons[i], purpose, to, gate_text(q, f->key)))) {
                gate_found(q, q->tr(N_("`%s` tells what person %ld withholds: take that out")),
                           f->key, q->persons[i]);
                break;
            }
}

void ask_local_barred(struct gate_ask *q)
{
    for (size_t i = 0; gate_is_note(q, "LOC") && i < q->count; i++)
        if (withhold_bars(q->c, q->persons[i], "authorities", gate_addressee(q)))
            gate_found(q, q->tr(N_("person %ld has said: not to %s")), q->persons[i],
                       gate_addressee(q));
}
