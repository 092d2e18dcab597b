/* SPDX-License-Identifier: MIT */
/* The field table: consent, the network's referral, what persons determine and decide. */
#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/fields.h"

static const struct code consent_purpose_codes[] = {
    {"P1", N_("keep records here")},
    {"P2", N_("tell own capital")},
    {"P3", N_("ask focal points, no name")},
    {"P4", N_("name to a State")},
    {"P5", N_("tell IOM")},
    {"P6", N_("tell a local authority")},
    {"P7", N_("tell family")},
    {"P8", N_("tell an organisation")},
    {"P9", N_("report without names")},
    {NULL, NULL},
};

/* How consent is given, and taken back. */
const struct code consent_form_codes[] = {
    {"written", N_("written")},
    {"oral", N_("oral, witnessed")},
    {"telephone", N_("telephone")},
    {"proxy", N_("by proxy")},
    {NULL, NULL},
};

static const struct code consent_giver_codes[] = {
    {"self", N_("the person")},
    {"parent", N_("parent")},
    {"guardian", N_("guardian")},
    {"best_interests", N_("best interests of the child")},
    {"vital_interest", N_("vital interest")},
    {"legal_duty", N_("legal duty")},
    {NULL, NULL},
};

/* Kinds of recipient to whom nothing may go: withhold.h knows who is meant. */
static const struct code barred_recipients[] = {
    {"police", N_("police")},
    {"authorities", N_("any local authority")},
    {"partner", N_("husband, wife, partner")},
    {"family", N_("family")},
    {"employer", N_("employer")},
    {"organisations", N_("organisations")},
    {"iom", N_("IOM")},
    {NULL, NULL},
};

/* What a person may hold back; which fields each means stands in withhold.c. */
static const struct code withheld_codes[] = {
    {"location", N_("where the person is")},
    {"contact", N_("telephone, e-mail, messaging")},
    {"documents", N_("documents and their numbers")},
    {"birth", N_("age, date and place of birth")},
    {"family", N_("family")},
    {"health", N_("health")},
    {"facts", N_("what happened")},
    {"migration", N_("status in the receiving State")},
    {"work", N_("occupation")},
    {"photo", N_("photograph")},
    {NULL, NULL},
};

/* To whom consent for the purposes goes that have but one recipient. */
static const struct {
    const char *purpose, *to;
} usual_recipients[] = {
    {"P1", N_("this post")},
    {"P2", N_("our capital")},
    {"P3", N_("focal points")},
    {"P9", N_("Secretariat and network")},
};

const char *consent_usual_recipient(const char *purpose)
{
    for (size_t i = 0; i < sizeof usual_recipients / sizeof *usual_recipients; i++)
        if (strcmp(usual_recipients[i].purpose, purpose) == 0)
            return usual_recipients[i].to;
    return NULL;
}

const struct field consent_fields[] = {
    FIELD(1, "person", PERSON, P0, "3", N_("Person"), N_("Whose consent it is"), NEEDED),
    FIELD(2, "purpose", CODE, P0, "3", N_("Purpose"), N_("Each purpose has its own consent"),
          NEEDED, .codes = consent_purpose_codes),
    FIELD(3, "to", TEXT, P1, "3", N_("To whom"), N_("P4: the State's code; else who, by name"),
          NEEDED),
    FIELD(4, "given_by", CODE, P0, "3", N_("Given by"),
          N_("The last three are a recorded basis, not consent"), NEEDED,
          .codes = consent_giver_codes),
    FIELD(5, "form", CODE, P0, "3", N_("Form"), N_("How it was given"), NEEDED,
          .codes = consent_form_codes),
    FIELD(6, "on", DATE, P0, "3", N_("On"), N_("Day on which it was given"), NEEDED,
          .hinted = true),
    FIELD(7, "assent", BOOL, P1, "3", N_("Child agrees?"),
          N_("The child's own assent, beside the adult's word"), OPTIONAL),
    FIELD(8, "languages", LANGUAGES, P1, "", N_("Language"), N_("In which it was explained"),
          OPTIONAL),
    FIELD(9, "interpreter", TEXT, P1, "", N_("Interpreter"), N_("Who interpreted"), OPTIONAL,
          .paper = ""),
    FIELD(10, "explained", BOOL, P1, "3", N_("Explained?"),
          N_("Purpose, risks, right to refuse and to withdraw"), OPTIONAL),
    FIELD(11, "restrictions", LONG, P2, "3", N_("Restrictions"),
          N_("Who is not told, and what is not told"), OPTIONAL),
    FIELD(12, "place", TEXT, P2, "", N_("Place"), N_("Where it was given"), OPTIONAL),
    FIELD(13, "witness", TEXT, P1, "", N_("Witness"), N_("Who heard it"), OPTIONAL),
    FIELD(14, "basis", LONG, P2, "3", N_("Basis"), N_("Without consent: why"), OPTIONAL),
    FIELD(15, "not_to", CODES, P2, "3", N_("Never to"),
          N_("They are told nothing, for whatever purpose"), OPTIONAL, .codes = barred_recipients),
    FIELD(16, "not_to_named", TEXT, P2, "3", N_("Never, by name"), N_("Commas between names"),
          OPTIONAL),
    FIELD(17, "withheld", CODES, P1, "3", N_("Withheld"), N_("What this recipient is not told"),
          OPTIONAL, .codes = withheld_codes),
    FIELD(18, "withheld_reason", LONG, P2, "3", N_("Why withheld"), N_("As far as told"), OPTIONAL,
          .paper = ""),
    FIELD(19, "valid_until", DATE, P0, "3", N_("Valid until"),
          N_("Its last day; empty: until it is taken back"), OPTIONAL),
    FIELD(20, "basis_by", TEXT, P1, "3", N_("Answered for by"),
          N_("Who answers for going without consent"), OPTIONAL, .hinted = true),
    FIELD_END,
};

const struct field withdraw_consent_fields[] = {
    FIELD(1, "person", PERSON, P0, "3", N_("Person"), N_("Who takes consent back"), NEEDED),
    FIELD(2, "purposes", CODES, P0, "3", N_("Purposes"), N_("For which it no longer holds"), NEEDED,
          .codes = consent_purpose_codes),
    FIELD(3, "on", DATE, P0, "3", N_("On"), N_("From that day on"), NEEDED),
    FIELD(4, "form", CODE, P0, "3", N_("Form"), N_("A word on the telephone is enough"), NEEDED,
          .codes = consent_form_codes),
    FIELD(5, "to", TEXT, P1, "3", N_("To whom"), N_("Only this recipient; empty: all"), OPTIONAL),
    FIELD(6, "by", TEXT, P1, "3", N_("Said by"), N_("Where it was not the person"), OPTIONAL),
    FIELD(7, "actions", LONG, P1, "3", N_("Done"), N_("What was stopped, asked back, destroyed"),
          OPTIONAL),
    FIELD(8, "told", TEXT, P1, "3", N_("Told"), N_("Recipients who were told"), OPTIONAL),
    FIELD_END,
};

static const struct code referrals[] = {
    {"network", N_("trafficking and smuggling network")},
    {"unhcr", N_("UNHCR")},
    {"asylum", N_("asylum authority")},
    {"iom", N_("IOM")},
    {"other", N_("other")},
    {NULL, NULL},
};

const struct field refer_fields[] = {
    FIELD(1, "to", CODE, P0, "7.4", N_("Referred to"), N_("Trafficking, smuggling: network first"),
          NEEDED, .codes = referrals),
    FIELD(2, "on", DATE, P0, "7.4", N_("On"), N_("Day of the referral"), NEEDED),
    FIELD(3, "persons", PERSONS, P0, "7.4", N_("Persons"), N_("Whom it is about"), NEEDED),
    FIELD(4, "contact", TEXT, P1, "", N_("Contact"), N_("Desk or officer there"), OPTIONAL),
    FIELD(5, "reference", TEXT, P0, "", N_("Reference"), N_("Ours or theirs"), OPTIONAL),
    FIELD(6, "detail", LONG, P2, "", N_("Detail"), N_("What was asked"), OPTIONAL),
    FIELD_END,
};

const struct field refer_answer_fields[] = {
    FIELD(1, "to", CODE, P0, "7.4", N_("Referred to"), N_("Who answers"), NEEDED,
          .codes = referrals),
    FIELD(2, "persons", PERSONS, P0, "7.4", N_("Persons"), N_("Whom it is about"), NEEDED),
    FIELD(3, "on", DATE, P0, "7.4", N_("On"), N_("Day of the answer"), NEEDED),
    FIELD(4, "answer", CODE, P0, "7.4", N_("Answer"), N_("Can that network resolve it?"), NEEDED,
          .codes = network_answer_codes),
    FIELD(5, "because", LONG, P2, "7.4", N_("Because"),
          N_("Its reason: without one it is no answer"), NEEDED),
    FIELD_END,
};

static const struct code requirement_codes[] = {
    {"R1", N_("national of a Member State")},
    {"R2", N_("that State is a Party")},
    {"R3", N_("no office of that State there")},
    {"R3b", N_("no office for the district")},
    {"R4", N_("ground")},
    {"R9", N_("no nationality of a helper")},
    {"R12", N_("instrument in force")},
    {NULL, NULL},
};

const struct field determine_fields[] = {
    FIELD(1, "requirement", CODE, P0, "3", N_("Requirement"), N_("What the facts leave open"),
          NEEDED, .codes = requirement_codes),
    FIELD(2, "status", CODE, P0, "3", N_("Status"), N_("As the head of post finds"), NEEDED,
          .codes = status_codes),
    FIELD(3, "reason", LONG, P2, "3", N_("Reason"), N_("Why, and on what evidence"), NEEDED),
    FIELD(4, "person", PERSON, P0, "3", N_("Person"), N_("7.1, 7.4, 3 are asked of each person"),
          OPTIONAL),
    FIELD(5, "evidence", TEXT, P2, "3", N_("Evidence"), N_("References"), OPTIONAL),
    FIELD_END,
};

static const struct code decisions[] = {
    {"applies", N_("applies")},
    {"does_not_apply", N_("does not apply")},
    {"more_facts", N_("more facts needed")},
    {NULL, NULL},
};

const struct field decide_fields[] = {
    FIELD(1, "decision", CODE, P0, "3", N_("Decision"), N_("A person's, not the program's"), NEEDED,
          .codes = decisions),
    FIELD(2, "reason", LONG, P2, "3", N_("Reason"), N_("In a sentence or two"), NEEDED),
    FIELD(3, "reference", TEXT, P0, "3", N_("Reference"), N_("Of the paper that decides, if any"),
          OPTIONAL),
    FIELD_END,
};

static const struct code authorisations[] = {
    {"request", N_("request to another State")},
    {"etd", N_("emergency travel document")},
    {"with_authority", N_("act with authority")},
    {NULL, NULL},
};

const struct field authorise_fields[] = {
    FIELD(1, "what", CODE, P0, "7.5", N_("Authorised"), N_("What the capital allows"), NEEDED,
          .codes = authorisations),
    FIELD(2, "by", TEXT, P1, "7.5", N_("By"), N_("Who in the Consular Directorate"), NEEDED),
    FIELD(3, "reference", TEXT, P0, "7.5", N_("Reference"), N_("Number of the message"), NEEDED),
    FIELD(4, "on", DATE, P0, "7.5", N_("On"), N_("Its date"), NEEDED),
    FIELD_END,
};

static const struct code events[] = {
    {"poll", N_("poll")},
    {"request", N_("request")},
    {NULL, NULL},
};

const struct field notify_fields[] = {
    FIELD(1, "event", CODE, P0, "5", N_("Event"), N_("What the Secretariat is told of"), NEEDED,
          .codes = events),
    FIELD(2, "on", DATE, P0, "5", N_("On"), N_("Day; empty: today"), OPTIONAL),
    FIELD(3, "text", LONG, P0, "5", N_("Text"), N_("What was written: never a name"), OPTIONAL),
    FIELD(4, "reference", TEXT, P0, "5", N_("Reference"), N_("Of the message"), OPTIONAL),
    FIELD(5, "grounds", CODES, P0, "5", N_("Grounds"), N_("Their codes; never what happened"),
          OPTIONAL, .codes = ground_codes),
    FIELD_END,
};

const struct field lift_lock_fields[] = {
    FIELD(1, "person", PERSON, P0, "3", N_("Person"), N_("Whose protection lock is lifted"),
          NEEDED),
    FIELD(2, "counselling", LONG, P2, "3", N_("Counselling"),
          N_("By whom, when, on which risks and choices"), NEEDED),
    FIELD(3, "consent", LONG, P2, "3", N_("Consent"), N_("The person's explicit word, and how"),
          NEEDED),
    FIELD_END,
};
