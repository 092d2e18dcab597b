/* SPDX-License-Identifier: MIT */
/* The field tables of an event and of a line of its list. */
#include <string.h>

#include "amparo/agreement/event.h"
#include "amparo/agreement/facts.h"
#include "amparo/agreement/fields.h"

static const struct code event_kinds[] = {
    {"flood", N_("flood")},
    {"storm", N_("storm, hurricane")},
    {"earthquake", N_("earthquake")},
    {"volcano", N_("volcanic eruption")},
    {"fire", N_("fire")},
    {"epidemic", N_("epidemic")},
    {"conflict", N_("fighting, unrest")},
    {"accident", N_("accident")},
    {"raid", N_("workplace raid")},
    {"other", N_("other")},
    {NULL, NULL},
};

static const struct field event_fields[] = {
    FIELD(1, "name", TEXT, P1, "", N_("Event"), N_("Short name; every case of it carries it"),
          NEEDED, .width = 32),
    FIELD(2, "kind", CODE, P0, "", N_("Kind"), N_("What happened"), NEEDED, .codes = event_kinds),
    FIELD(3, "on", PARTIAL_DATE, P0, "", N_("When"), N_("Day on which it began"), NEEDED),
    FIELD(4, "receiving_state", STATE, P0, "1", N_("Where"), N_("Country; any"), NEEDED),
    FIELD(5, "locality", TEXT, P2, "", N_("Place"), N_("Town or district where the people are"),
          NEEDED),
    FIELD(6, "ground", CODE, P0, "7.4", N_("Ground"), N_("What the requests are linked to"), NEEDED,
          .codes = ground_codes),
    FIELD(7, "perpetrator", CODE, P2, "7.4", N_("By whom"), N_("As reported; a flood: none"),
          NEEDED, .codes = perpetrator_codes),
    FIELD(8, "facts", LONG, P2, "3", N_("What happened"),
          N_("As told; becomes the facts of each person's ground"), NEEDED),
    FIELD(9, "priority", CODE, P0, "", N_("Priority"), N_("Of each case"), NEEDED,
          .codes = priority_codes),
    FIELD(10, "source", CODE, P0, "7.5", N_("Heard from"), N_("How the cases come to this post"),
          NEEDED, .codes = source_codes),
    FIELD(11, "needs", CODES, P0, "7.6", N_("Needs"), N_("Of everybody; one each case"), OPTIONAL,
          .codes = need_codes),
    FIELD(12, "urgency", CODE, P0, "7.6", N_("Urgency"), N_("Until when these must be met"),
          OPTIONAL, .codes = urgency_codes),
    FIELD(13, "role", CODE, P0, "", N_("Our role"), N_("Requesting, where nothing stands here"),
          OPTIONAL, .codes = post_role_codes),
    FIELD(14, "requesting_state", STATE, P0, "7.1", N_("Whose nationals"),
          N_("Our own, where nothing stands here"), OPTIONAL),
    FIELD(15, "subdivision", TEXT, P2, "", N_("Region"), N_("State or province"), OPTIONAL),
    FIELD(16, "danger_now", BOOL, P2, "", N_("In danger now?"),
          N_("Is their safety at risk at this moment?"), OPTIONAL),
    FIELD(17, "armed_conflict", BOOL, P0, "", N_("Armed conflict?"),
          N_("Fighting near; humanitarian law is in scope (Recital I)"), OPTIONAL),
    FIELD(18, "consent_form", CODE, P0, "3", N_("Consent form"), N_("How it is given; else oral"),
          OPTIONAL, .codes = consent_form_codes),
    FIELD(19, "consent_basis", LONG, P2, "3", N_("Basis"),
          N_("Without consent (child alone, vital): why, and who says so"), OPTIONAL),
    FIELD(20, "interview_languages", LANGUAGES, P0, "7.6", N_("Interviewed in"),
          N_("Languages of the interviews"), OPTIONAL),
    FIELD_END,
};

static const struct code with_whom[] = {
    {"alone", N_("alone")},
    {"separated", N_("separated")},
    {"with_adults", N_("with adults")},
    {NULL, NULL},
};

static const struct code line_consents[] = {
    {"poll", N_("poll too")},
    {"record", N_("record")},
    {"vital", N_("vital")},
    {NULL, NULL},
};

static const struct field line_fields[] = {
    FIELD(1, "born", TEXT, P1, "7.4", N_("Born, or age"), N_("Date as far as known, or years"),
          OPTIONAL, .width = 10),
    FIELD(2, "family", TEXT, P1, "", N_("Family mark"), N_("Same mark: one case, one family"),
          OPTIONAL, .width = 4),
    FIELD(3, "relation", TEXT, P1, "", N_("In the family"), N_("Head, mother, brother …"), OPTIONAL,
          .width = 10),
    FIELD(4, "alone", CODE, P2, "7.4", N_("Child alone?"), N_("Of a child: is an adult with it?"),
          OPTIONAL, .codes = with_whom),
    FIELD(5, "need", CODE, P0, "7.6", N_("Urgent need"), N_("What this person needs now"), OPTIONAL,
          .codes = need_codes),
    FIELD(6, "consent", CODE, P0, "3", N_("Consent"),
          N_("To record and poll; to record; vital: could not ask"), OPTIONAL,
          .codes = line_consents),
    FIELD_END,
};

const struct act_type event_type = {
    .name = "event", .article = "7.4", .label = N_("An event"), .fields = event_fields};
const struct act_type event_line_type = {
    .name = "event_line", .article = "", .label = N_("One line a person"), .fields = line_fields};

const struct act_type *event_type_named(const char *name)
{
    return strcmp(name, event_type.name) == 0        ? &event_type
           : strcmp(name, event_line_type.name) == 0 ? &event_line_type
                                                     : NULL;
}
