/* SPDX-License-Identifier: MIT */
/* The field table: opening a case, where the person is, what happened, what is needed. */
#include "amparo/agreement/facts.h"
#include "amparo/agreement/fields.h"

const struct code post_role_codes[] = {
    {"requesting", N_("requesting State")},
    {"assisting", N_("assisting State")},
    {"observer", N_("observer, own copy")},
    {NULL, NULL},
};

const struct code priority_codes[] = {
    {"routine", N_("routine")},
    {"urgent", N_("urgent")},
    {"life_threatening", N_("life in danger")},
    {NULL, NULL},
};

const struct code source_codes[] = {
    {"walk_in", N_("came in person")},
    {"phone", N_("telephone")},
    {"family", N_("family")},
    {"ngo", N_("organisation")},
    {"authority_notice", N_("notice by local authority")},
    {"other_post", N_("another post")},
    {"capital", N_("own capital")},
    {"secretariat", N_("Technical Secretariat")},
    {"other", N_("other")},
    {NULL, NULL},
};

static const struct code confidentiality[] = {
    {"confidential", N_("confidential")},
    {"restricted", N_("restricted: named officers")},
    {NULL, NULL},
};

const struct field open_fields[] = {
    FIELD(1, "role", CODE, P0, "", N_("Our role"), N_("Which side of the request this post is on"),
          NEEDED, .codes = post_role_codes),
    FIELD(2, "receiving_state", STATE, P0, "1", N_("Where now"),
          N_("Country where the person is; any country"), NEEDED),
    FIELD(3, "requesting_state", STATE, P0, "7.1", N_("Whose nationals"),
          N_("State of nationality; our own where we request"), OPTIONAL),
    FIELD(4, "priority", CODE, P0, "", N_("Priority"), N_("Life in danger shortens every deadline"),
          NEEDED, .codes = priority_codes),
    FIELD(5, "source", CODE, P0, "7.5", N_("Heard from"), N_("How the case came to this post"),
          NEEDED, .codes = source_codes),
    FIELD(6, "priority_reason", TEXT, P2, "", N_("Why urgent"),
          N_("What makes it urgent; stays with who has the facts"), OPTIONAL),
    FIELD(7, "reporter_name", TEXT, P1, "", N_("Reported by"),
          N_("Who told us, where it was not the person"), OPTIONAL, .searched = SEARCHED_WORDS),
    FIELD(8, "reporter_relation", TEXT, P1, "", N_("Their relation"),
          N_("To the person: mother, neighbour …"), OPTIONAL, .hinted = true),
    FIELD(9, "reporter_phone", PHONE, P1, "", N_("Their telephone"), N_("With + and country code"),
          OPTIONAL, .searched = SEARCHED_WORDS),
    FIELD(10, "reporter_anonymous", BOOL, P1, "", N_("Anonymous?"),
          N_("Who told us wants to stay unnamed"), OPTIONAL),
    FIELD(11, "interview_languages", LANGUAGES, P0, "7.6", N_("Interviewed in"),
          N_("Language of the interview; letters or code"), OPTIONAL),
    FIELD(12, "interpreter_used", BOOL, P0, "", N_("Interpreter?"),
          N_("Was the interview interpreted?"), OPTIONAL),
    FIELD(13, "interpreter_name", TEXT, P1, "", N_("Interpreter"), N_("Name of the interpreter"),
          OPTIONAL, .paper = ""),
    FIELD(14, "interpreter_bound", BOOL, P1, "", N_("Bound?"),
          N_("Did the interpreter promise confidentiality?"), OPTIONAL),
    FIELD(15, "first_contact_on", DATE, P1, "", N_("First contact"),
          N_("Day on which the person was first in touch"), OPTIONAL),
    FIELD(16, "first_contact_place", TEXT, P2, "", N_("Contact place"),
          N_("Where, or how, that was"), OPTIONAL),
    FIELD(17, "responsible", TEXT, P1, "", N_("Officer"), N_("Who answers for this case here"),
          OPTIONAL),
    FIELD(18, "deputy", TEXT, P1, "", N_("Deputy"), N_("Who stands in for that officer"), OPTIONAL,
          .paper = ""),
    FIELD(19, "linked_cases", TEXT, P3, "", N_("Linked cases"),
          N_("Cases of the same family or event; references"), OPTIONAL),
    FIELD(20, "confidentiality", CODE, P0, "", N_("Confidentiality"),
          N_("Who in this post may open the case"), OPTIONAL, .codes = confidentiality),
    FIELD(21, "next_action", TEXT, P1, "", N_("Next action"), N_("What is to be done first"),
          OPTIONAL, .paper = ""),
    FIELD(22, "next_action_due", DEADLINE, P0, "", N_("Due"), N_("Until when"), OPTIONAL),
    FIELD(23, "review_on", DATE, P0, "", N_("Review on"),
          N_("When to ask whether the data is still needed"), OPTIONAL),
    FIELD(24, "event", TEXT, P1, "", N_("Event"), N_("Name of the disaster that brought the case"),
          OPTIONAL, .searched = SEARCHED_WORDS),
    FIELD(25, "event_family", TEXT, P1, "", N_("Mark in list"),
          N_("Of this family in the list of that event"), OPTIONAL, .width = 8, .hinted = true),
    FIELD_END,
};

static const struct code place_types[] = {
    {"shelter", N_("shelter")},
    {"hospital", N_("hospital")},
    {"workplace", N_("workplace")},
    {"street", N_("street")},
    {"detention", N_("detention centre")},
    {"police", N_("police station")},
    {"airport", N_("airport zone")},
    {"ship", N_("ship")},
    {"home", N_("private home")},
    {"other", N_("other")},
    {NULL, NULL},
};

static const struct code migration_statuses[] = {
    {"regular", N_("regular")},
    {"irregular", N_("irregular")},
    {"asylum", N_("asks for asylum")},
    {"tourist", N_("tourist")},
    {"worker", N_("worker")},
    {"unknown", N_("unknown")},
    {NULL, NULL},
};

static const struct code own_posts[] = {
    {"none", N_("none")},
    {"other_city", N_("in another city")},
    {"non_resident", N_("non-resident")},
    {"honorary", N_("honorary only")},
    {NULL, NULL},
};

const struct field situation_fields[] = {
    FIELD(1, "locality", TEXT, P2, "", N_("Place"), N_("Town or district; not the address"), NEEDED,
          .searched = SEARCHED_WORDS),
    FIELD(2, "danger_now", BOOL, P2, "", N_("In danger now?"),
          N_("Is somebody's safety at risk at this moment?"), OPTIONAL),
    FIELD(3, "detained", BOOL, P2, "7.5", N_("Detained?"), N_("Held by an authority"), OPTIONAL),
    FIELD(4, "district_served", BOOL, P0, "4", N_("Place served?"),
          N_("Does a post of the person's State cover this place?"), OPTIONAL),
    FIELD(5, "armed_conflict", BOOL, P0, "", N_("Armed conflict?"),
          N_("Fighting near; humanitarian law is in scope (Recital I)"), OPTIONAL),
    FIELD(6, "place_type", CODE, P2, "", N_("Kind of place"), N_("Where the person stays"),
          OPTIONAL, .codes = place_types),
    FIELD(7, "subdivision", TEXT, P2, "", N_("Region"), N_("State, province or emirate"), OPTIONAL),
    FIELD(8, "address", TEXT, P3, "", N_("Address"), N_("Or the shelter's code; never leaves us"),
          OPTIONAL),
    FIELD(9, "since", PARTIAL_DATE, P2, "", N_("There since"), N_("As far as known"), OPTIONAL),
    FIELD(10, "accessible", BOOL, P2, "", N_("Can be visited?"),
          N_("May somebody go there without harm?"), OPTIONAL),
    FIELD(11, "migration_status", CODE, P2, "", N_("Status of stay"),
          N_("In the receiving State; never told to it"), OPTIONAL, .codes = migration_statuses),
    FIELD(12, "entry_on", PARTIAL_DATE, P2, "", N_("Entered"),
          N_("Into the receiving State; as far as known"), OPTIONAL),
    FIELD(13, "own_posts", CODE, P0, "7.3", N_("Own offices"),
          N_("Of the person's State in that country"), OPTIONAL, .codes = own_posts,
          .hinted = true),
    FIELD(14, "detained_by", TEXT, P2, "", N_("Held by"), N_("Authority"), OPTIONAL),
    FIELD(15, "detained_at", TEXT, P2, "", N_("Held at"), N_("Name of the place"), OPTIONAL),
    FIELD(16, "detained_since", PARTIAL_DATE, P2, "", N_("Held since"), N_("As far as known"),
          OPTIONAL),
    FIELD(17, "detained_reason", TEXT, P2, "", N_("Reason stated"), N_("By the authority"),
          OPTIONAL),
    FIELD(18, "vccr36_informed", BOOL, P2, "", N_("Told of rights?"),
          N_("Told of the right to consular contact (VCCR 36)"), OPTIONAL),
    FIELD(19, "contact_refused", BOOL, P2, "", N_("Refuses contact"),
          N_("Does not want a consul: then stop (VCCR 36(1)(c))"), OPTIONAL),
    FIELD(20, "contact_asked", BOOL, P2, "", N_("Asks for consul?"),
          N_("Has the person asked for a consul (VCCR 36)?"), OPTIONAL),
    FIELD_END,
};

static const struct code profiles[] = {
    {"lone_child", N_("child without adult")},
    {"trafficking_victim", N_("victim of trafficking")},
    {"smuggled", N_("smuggled migrant")},
    {"asylum_or_refugee", N_("asylum-seeker, refugee")},
    {"crime_victim", N_("crime on the route")},
    {"extra_continental", N_("from another continent")},
    {"stranded", N_("stranded")},
    {"woman_at_risk", N_("woman at risk")},
    {"older_person", N_("older person")},
    {"disability", N_("person with disability")},
    {"illness", N_("ill or injured")},
    {"mourning", N_("death in the family")},
    {NULL, NULL},
};

static const struct field evidence_members[] = {
    FIELD(1, "type", TEXT, P2, "", N_("Evidence"), N_("What it is: statement, letter, picture"),
          NEEDED),
    FIELD(2, "reference", TEXT, P2, "", N_("Reference"), N_("Number or short name"), OPTIONAL),
    FIELD(3, "kept_at", TEXT, P2, "", N_("Kept at"), N_("Where it is; not what it says"), OPTIONAL),
    FIELD_END,
};

const struct field ground_fields[] = {
    FIELD(1, "person", PERSON, P0, "7.4", N_("Person"), N_("To whom it happened"), NEEDED),
    FIELD(2, "code", CODE, P0, "7.4", N_("Ground"), N_("What the request is linked to"), NEEDED,
          .codes = ground_codes),
    FIELD(3, "perpetrator", CODE, P2, "7.4", N_("By whom"),
          N_("As reported; the first ground is for civilians only"), NEEDED,
          .codes = perpetrator_codes),
    FIELD(4, "facts", LONG, P2, "3", N_("What happened"), N_("As told; no judgement (Recital IV)"),
          NEEDED, .searched = SEARCHED_WORDS),
    FIELD(5, "when", PARTIAL_DATE, P2, "", N_("When"), N_("As far as known"), OPTIONAL),
    FIELD(6, "where", TEXT, P2, "", N_("Where"), N_("Where it happened"), OPTIONAL, .paper = ""),
    FIELD(7, "relation", TEXT, P2, "", N_("Their relation"),
          N_("Of who did it to the person: husband, employer …"), OPTIONAL, .hinted = true),
    FIELD(8, "ongoing", BOOL, P2, "", N_("Still going on?"), N_("Does it go on now?"), OPTIONAL,
          .paper = ""),
    FIELD(9, "trafficking_indicators", BOOL, P2, "7.4", N_("Trafficking?"),
          N_("Signs of trafficking or smuggling: the network is first"), OPTIONAL),
    FIELD(10, "evidence", OBJECTS, P2, "3", N_("Evidence"), N_("What there is, and where it is"),
          OPTIONAL, .members = evidence_members),
    FIELD(11, "statement_by", TEXT, P2, "", N_("Taken down by"), N_("Who wrote the statement down"),
          OPTIONAL, .hinted = true),
    FIELD(12, "statement_languages", LANGUAGES, P2, "", N_("Its language"),
          N_("In which the statement was given"), OPTIONAL, .hinted = true),
    FIELD(13, "read_back", BOOL, P2, "", N_("Read back?"),
          N_("Was the statement read back and agreed to?"), OPTIONAL),
    FIELD(14, "profiles", CODES, P2, "", N_("Profiles"), N_("Of the Conference's guidelines"),
          OPTIONAL, .codes = profiles),
    FIELD_END,
};

const struct code need_codes[] = {
    {"shelter", N_("shelter")},
    {"medical", N_("medical care")},
    {"psychosocial", N_("psychosocial care")},
    {"food_cash", N_("food, clothing, cash")},
    {"family_contact", N_("contact with family")},
    {"identity_document", N_("identity document")},
    {"travel_document", N_("travel document")},
    {"legal", N_("legal advice")},
    {"interpretation", N_("interpretation")},
    {"authorities", N_("contact with authorities")},
    {"labour_claim", N_("labour claim, wages")},
    {"child_care", N_("child care, school")},
    {"tracing", N_("family tracing")},
    {"repatriation", N_("repatriation")},
    {"escort", N_("transport, escort")},
    {"remains", N_("mortal remains")},
    {"guardianship", N_("custody, guardianship")},
    {"reintegration", N_("reintegration")},
    {NULL, NULL},
};

const struct code urgency_codes[] = {
    {"now", N_("now")},
    {"24h", N_("within 24 hours")},
    {"72h", N_("within 72 hours")},
    {"week", N_("within a week")},
    {NULL, NULL},
};

static const struct code need_statuses[] = {
    {"open", N_("not yet met")},
    {"partly", N_("met in part")},
    {"met", N_("met")},
    {NULL, NULL},
};

static const struct code risks[] = {
    {"low", N_("low")},
    {"medium", N_("medium")},
    {"high", N_("high")},
    {NULL, NULL},
};

const struct field need_fields[] = {
    FIELD(1, "need", CODE, P0, "7.6", N_("Need"), N_("What is needed; goes out in the poll"),
          NEEDED, .codes = need_codes),
    FIELD(2, "urgency", CODE, P0, "7.6", N_("Urgency"), N_("Until when it must be met"), NEEDED,
          .codes = urgency_codes),
    FIELD(3, "person", PERSON, P0, "", N_("Person"), N_("Who needs it; empty: everybody"),
          OPTIONAL),
    FIELD(4, "detail", LONG, P2, "", N_("Detail"), N_("What exactly"), OPTIONAL, .paper = ""),
    FIELD(5, "met_by", TEXT, P1, "", N_("Who can help"), N_("Who could meet it there"), OPTIONAL,
          .paper = ""),
    FIELD(6, "status", CODE, P0, "", N_("Status"), N_("Is it met?"), OPTIONAL,
          .codes = need_statuses),
    FIELD(7, "risk", CODE, P2, "", N_("Risk"), N_("If nothing is done"), OPTIONAL, .codes = risks),
    FIELD(8, "safety_plan", BOOL, P2, "", N_("Safety plan?"), N_("Agreed with the person"),
          OPTIONAL),
    FIELD_END,
};
