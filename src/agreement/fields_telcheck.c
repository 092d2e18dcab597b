/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/telcheck.h"

#include "amparo/agreement/fields.h"

static const struct code result_codes[] = {
    {"same", N_("they are the same")},
    {"differs", N_("they differ")},
    {NULL, NULL},
};

static const struct field telcheck_fields[] = {
    FIELD(1, "called", TEXT, P3, "", N_("Spoke with"), N_("Who read the digits there, by name"),
          NEEDED, .width = 40),
    FIELD(2, "number", TEXT, P3, "", N_("Number called"),
          N_("One that you had before the key came"), NEEDED, .width = 30),
    FIELD(3, "result", CODE, P3, "", N_("The digits"),
          N_("All six groups, read by them and compared here"), NEEDED, .codes = result_codes),
    FIELD_END,
};

const struct act_type telcheck_type = {.name = "telcheck",
                                       .article = "",
                                       .label = N_("A comparison by telephone"),
                                       .fields = telcheck_fields};
