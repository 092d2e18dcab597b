/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/founding.h"

#include "amparo/agreement/fields.h"

static const struct code kind_codes[] = {
    {"consulate", N_("consulate, or consular section")},
    {"directorate", N_("consular directorate, at home")},
    {"secretariat", N_("Technical Secretariat")},
    {NULL, NULL},
};

static const struct field founding_fields[] = {
    FIELD(1, "state", STATE, P0, "", N_("State"), N_("To which the post belongs"), NEEDED),
    FIELD(2, "country", STATE, P0, "", N_("Country"), N_("Where the post stands"), NEEDED),
    FIELD(3, "city", TEXT, P0, "", N_("City"), N_("Where the post stands"), NEEDED, .width = 32),
    FIELD(4, "kind", CODE, P0, "", N_("Kind"),
          N_("A consulate, the directorate at home, the Secretariat"), NEEDED, .codes = kind_codes),
    FIELD(5, "post", TEXT, P0, "", N_("Post"), N_("Its name, as documents call it"), NEEDED,
          .width = 40),
    FIELD(6, "code", TEXT, P0, "", N_("Code"),
          N_("Begins case references: 2 to 12 capitals, digits"), NEEDED, .width = 12),
    FIELD(7, "officer", TEXT, P1, "", N_("Your name"),
          N_("You are its first head of post; others are added later"), NEEDED, .width = 40),
    FIELD(8, "file", TEXT, P0, "", N_("Case file"), N_("A new file; ~/ is your own folder"), NEEDED,
          .width = 50),
    FIELD_END,
};

const struct act_type founding_type = {.name = "founding",
                                       .article = "",
                                       .label = N_("A post's case file"),
                                       .fields = founding_fields};

static const struct field party_fields[] = {
    FIELD(1, "state", STATE, P0, "7.2", N_("State"), N_("A Member State of the Conference"),
          NEEDED),
    FIELD(2, "since", DATE, P0, "7.2", N_("Since"), N_("The day from which it does"), NEEDED),
    FIELD(3, "source", TEXT, P0, "7.2", N_("Source"),
          N_("The note, the letter, the minutes that say so"), NEEDED, .width = 50),
    FIELD_END,
};

const struct act_type party_type = {.name = "party",
                                    .article = "7.2",
                                    .label = N_("A State that takes part"),
                                    .fields = party_fields};
