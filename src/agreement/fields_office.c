/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/office.h"

#include "amparo/agreement/facts.h"
#include "amparo/agreement/fields.h"

static const struct field office_fields[] = {
    FIELD(1, "country", STATE, P0, "7.6", N_("Country"), N_("To which it is accredited"), NEEDED),
    FIELD(2, "city", TEXT, P0, "7.6", N_("City"), N_("Where it stands"), NEEDED, .width = 32),
    FIELD(3, "kind", CODE, P0, "7.6", N_("Kind"),
          N_("Honorary and non-resident do not count as one"), NEEDED, .codes = post_kind_codes),
    FIELD(4, "seat", STATE, P0, "7.6", N_("Stands in"), N_("Country, if another than the first"),
          OPTIONAL),
    FIELD(5, "able", BOOL, P0, "7.6", N_("Can it act?"),
          N_("No: it exists, but is closed, or at war"), NEEDED),
    FIELD(6, "phone", PHONE, P0, "7.6", N_("Telephone"), N_("With + and the country's number"),
          OPTIONAL),
    FIELD(7, "email", TEXT, P0, "7.6", N_("E-mail"), N_("Of the consular section"), OPTIONAL),
    FIELD(8, "website", TEXT, P0, "7.6", N_("Website"), N_("Where hours and services are told"),
          OPTIONAL),
    FIELD_END,
};

const struct act_type office_type = {
    .name = "office", .article = "7.6", .label = N_("An office"), .fields = office_fields};
