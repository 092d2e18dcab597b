/* SPDX-License-Identifier: MIT */
/* The field table: how long data is kept, and that it goes (data protection). */
#include "amparo/agreement/fields.h"

static const struct code erase_bases[] = {
    {"person_asked", N_("the person asks for it")},
    {"consent_withdrawn", N_("consent to keep it is gone")},
    {"period_over", N_("the period of keeping is over")},
    {"recorded_wrongly", N_("recorded in error, unlawfully")},
    {"order", N_("order of a court or authority")},
    {NULL, NULL},
};

const struct field erase_request_fields[] = {
    FIELD(1, "person", PERSON, P0, "", N_("Person"),
          N_("Whose data is to go; a bare log of acts stays"), NEEDED),
    FIELD(2, "basis", CODE, P0, "", N_("Basis"), N_("Why it must not be kept"), NEEDED,
          .codes = erase_bases),
    FIELD(3, "reference", TEXT, P0, "", N_("Reference"),
          N_("Of the paper that asks for it; no name"), OPTIONAL),
    FIELD(4, "reason", LONG, P1, "", N_("Reason"), N_("In words; is erased with the rest"),
          OPTIONAL),
    FIELD_END,
};

const struct field erase_fields[] = {
    FIELD(1, "of", ACT, P0, "", N_("Request"),
          N_("That another officer recorded; cannot be undone"), NEEDED),
    FIELD_END,
};

const struct field legal_hold_fields[] = {
    FIELD(1, "hold", BOOL, P0, "", N_("Hold?"), N_("Yes: nothing is erased. No: the hold ends"),
          NEEDED),
    FIELD(2, "reason", LONG, P1, "", N_("Reason"), N_("Which proceedings need the data"), NEEDED),
    FIELD(3, "reference", TEXT, P0, "", N_("Reference"), N_("Of the order or file; no name"),
          OPTIONAL),
    FIELD_END,
};

const struct field erase_refuse_fields[] = {
    FIELD(1, "of", ACT, P0, "", N_("Request"), N_("Which one is refused; it may be made anew"),
          NEEDED),
    FIELD(2, "reason", LONG, P1, "", N_("Reason"), N_("Why the data must be kept; as told"),
          NEEDED),
    FIELD(3, "told_on", DATE, P0, "", N_("Told on"), N_("Day on which the person was told"),
          OPTIONAL),
    FIELD_END,
};
