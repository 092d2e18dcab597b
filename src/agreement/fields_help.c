/* SPDX-License-Identifier: MIT */
/* The field table: assistance, costs, closing; and what any act may carry. */
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/fields.h"

static const struct code assist_kinds[] = {
    {"visit", N_("visit")},
    {"call", N_("call")},
    {"accompaniment", N_("accompaniment")},
    {"shelter", N_("shelter")},
    {"medical", N_("medical care")},
    {"money", N_("money")},
    {"goods", N_("goods")},
    {"etd", N_("emergency document")},
    {"legal", N_("legal help")},
    {"liaison", N_("liaison")},
    {"escort", N_("escort")},
    {"transport", N_("transport")},
    {"family_contact", N_("contact with family")},
    {"other", N_("other")},
    {NULL, NULL},
};

static const struct code manners[] = {
    {"good_offices", N_("good offices")},
    {"with_authority", N_("act with authority")},
    {NULL, NULL},
};

static const struct code vccr8_answers[] = {
    {"not_required", N_("not required")},
    {"required", N_("required, not yet done")},
    {"notified", N_("notified")},
    {"objected", N_("receiving State objects")},
    {NULL, NULL},
};

const struct field assist_fields[] = {
    FIELD(1, "at", INSTANT, P0, "6", N_("At"), N_("When it was given; never before the note"),
          NEEDED),
    FIELD(2, "by", STATE, P0, "6", N_("By"), N_("State that gave it"), NEEDED),
    FIELD(3, "kind", CODE, P0, "6", N_("Kind"), N_("What was done"), NEEDED, .codes = assist_kinds),
    FIELD(4, "persons", PERSONS, P0, "6", N_("Persons"), N_("To whom"), NEEDED),
    FIELD(5, "manner", CODE, P0, "7.5", N_("Manner"),
          N_("With authority: needs its own authorisation"), NEEDED, .codes = manners),
    FIELD(6, "detail", LONG, P2, "6", N_("Detail"), N_("What was done, and how it went"), NEEDED),
    FIELD(7, "vccr8", CODE, P0, "7.5", N_("VCCR Art. 8"),
          N_("Must the receiving State be notified?"), OPTIONAL, .codes = vccr8_answers),
    FIELD(8, "authority", TEXT, P1, "7.5", N_("Authority"), N_("Local authority that was met"),
          OPTIONAL),
    FIELD(9, "disclosed", LONG, P2, "7.5", N_("Disclosed"), N_("What that authority was told"),
          OPTIONAL),
    FIELD(10, "place", TEXT, P2, "", N_("Place"), N_("Where"), OPTIONAL),
    FIELD(11, "officer", TEXT, P1, "", N_("Officer"), N_("Who of that State's post"), OPTIONAL),
    FIELD(12, "duration", TEXT, P0, "", N_("Duration"), N_("How long it took"), OPTIONAL),
    FIELD(13, "outcome", LONG, P2, "", N_("Outcome"), N_("What came of it"), OPTIONAL),
    FIELD(14, "next_step", TEXT, P2, "", N_("Next step"), N_("What follows"), OPTIONAL),
    FIELD(15, "needs", CODES, P0, "", N_("Needs met"), N_("Which needs it meets"), OPTIONAL,
          .codes = need_codes),
    FIELD(16, "consent", ACT, P0, "3", N_("Consent"), N_("The consent that it rests on"), OPTIONAL),
    FIELD(17, "authorisation", ACT, P0, "7.5", N_("Authorisation"),
          N_("The capital's, for an act with authority"), OPTIONAL),
    FIELD(18, "cost", ACT, P0, "8", N_("Cost"), N_("What it cost: which act says so"), OPTIONAL),
    FIELD_END,
};

const struct field contact_fields[] = {
    FIELD(1, "at", INSTANT, P0, "", N_("At"), N_("When"), NEEDED),
    FIELD(2, "reason", LONG, P2, "", N_("Reason"), N_("Which danger could not wait for the note"),
          NEEDED),
    FIELD(3, "detail", LONG, P2, "", N_("Detail"), N_("What was done; outside the mechanism"),
          NEEDED),
    FIELD(4, "persons", PERSONS, P0, "", N_("Persons"), N_("With whom"), OPTIONAL),
    FIELD(5, "place", TEXT, P2, "", N_("Place"), N_("Where"), OPTIONAL),
    FIELD_END,
};

const struct field countersign_fields[] = {
    FIELD(1, "of", ACT, P0, "", N_("Act"), N_("First contact, override or basis that it stands by"),
          NEEDED),
    FIELD(2, "remark", LONG, P2, "", N_("Remark"), N_("What the head of post adds"), OPTIONAL),
    FIELD_END,
};

static const struct code cost_sources[] = {
    {"iom", N_("IOM")},
    {"state_of_citizenship", N_("State of nationality")},
    {"assisting_advance", N_("advance by assisting State")},
    {"person", N_("the person")},
    {"ngo", N_("organisation")},
    {"other", N_("other")},
    {"undetermined", N_("undetermined")},
    {NULL, NULL},
};

static const struct code iom_answers[] = {
    {"requested", N_("asked")},
    {"granted", N_("granted")},
    {"refused", N_("refused")},
    {NULL, NULL},
};

static const struct code payments[] = {
    {"advance", N_("advance")},
    {"final", N_("final")},
    {NULL, NULL},
};

/* Weights of all, or amounts of all. */
static const struct field share_members[] = {
    FIELD(1, "person", PERSON, P0, "8", N_("Share of"), N_("One of the persons named"), NEEDED),
    FIELD(2, "weight", NUMBER, P0, "8", N_("Parts"), N_("How many parts; or else the amount"),
          OPTIONAL),
    FIELD(3, "amount", AMOUNT, P0, "8", N_("Share"), N_("All of them add up to the cost"),
          OPTIONAL),
    FIELD_END,
};

/* 17 and 19 were days of a refund: that is an act of its own. */
const struct field cost_fields[] = {
    FIELD(1, "on", DATE, P0, "8", N_("On"), N_("Day of payment"), NEEDED),
    FIELD(2, "amount", AMOUNT, P0, "8", N_("Amount"), N_("With a point: 1850.00"), NEEDED),
    FIELD(3, "currency", CURRENCY, P0, "8", N_("Currency"), N_("Three letters"), NEEDED),
    FIELD(4, "source", CODE, P0, "8", N_("Borne by"), N_("Undetermined: the case cannot be closed"),
          NEEDED, .codes = cost_sources),
    FIELD(5, "item", TEXT, P1, "8", N_("Item"), N_("What it was for"), NEEDED),
    FIELD(6, "persons", PERSONS, P0, "8", N_("Persons"), N_("Shared in equal parts; empty: all"),
          OPTIONAL),
    FIELD(23, "shares", OBJECTS, P0, "8", N_("Shares"), N_("Where the parts are not equal"),
          OPTIONAL, .members = share_members),
    FIELD(7, "payee", TEXT, P1, "8", N_("Payee"), N_("Who was paid"), OPTIONAL),
    FIELD(9, "base_currency", CURRENCY, P0, "8", N_("Our currency"), N_("Three letters"), OPTIONAL),
    FIELD(10, "rate", AMOUNT, P0, "8", N_("Rate"), N_("Ours for one of theirs, that day: 6.8027"),
          OPTIONAL),
    FIELD(11, "rate_on", DATE, P0, "8", N_("Rate of"), N_("Its date; empty: the day of payment"),
          OPTIONAL),
    FIELD(22, "rate_source", TEXT, P0, "8", N_("Rate from"), N_("Which bank or list it is from"),
          OPTIONAL),
    FIELD(8, "base_amount", AMOUNT, P0, "8", N_("In our currency"),
          N_("Empty: worked out from the rate"), OPTIONAL),
    FIELD(12, "iom_status", CODE, P0, "8", N_("IOM"), N_("Refused: somebody else bears it"),
          OPTIONAL, .codes = iom_answers),
    FIELD(25, "iom_programme", TEXT, P0, "8", N_("IOM programme"),
          N_("Its name; its budget and period: amparo costs"), OPTIONAL),
    FIELD(26, "iom_mechanism", TEXT, P0, "8", N_("IOM mechanism"), N_("How it is to be asked"),
          OPTIONAL),
    FIELD(13, "iom_reference", TEXT, P0, "8", N_("IOM reference"), N_("Of the request"), OPTIONAL),
    FIELD(27, "iom_asked_on", DATE, P0, "8", N_("IOM asked on"), N_("Day"), OPTIONAL),
    FIELD(28, "iom_answered_on", DATE, P0, "8", N_("IOM answered"), N_("Day of its answer"),
          OPTIONAL),
    FIELD(14, "receipt", TEXT, P0, "8", N_("Receipt"), N_("Its number"), OPTIONAL),
    FIELD(15, "approved_by", TEXT, P1, "8", N_("Approved by"), N_("Who approved the payment"),
          OPTIONAL),
    FIELD(16, "payment", CODE, P0, "8", N_("Payment"), N_("An advance is to be refunded"), OPTIONAL,
          .codes = payments),
    FIELD(24, "advanced_by", STATE, P0, "8", N_("Advanced by"), N_("Empty: the State that assists"),
          OPTIONAL),
    FIELD(18, "refund_due_on", DATE, P0, "8", N_("Refund due"),
          N_("Where agreed; else: see amparo periods"), OPTIONAL),
    FIELD(20, "undertaking", BOOL, P1, "8", N_("Undertaking?"),
          N_("Has the person undertaken to repay?"), OPTIONAL),
    FIELD(21, "reserve_fund", BOOL, P0, "8", N_("Reserve fund?"),
          N_("Up to USD 1,000, in a Member State: may be asked"), OPTIONAL),
    FIELD_END,
};

static const struct code refund_steps[] = {
    {"asked", N_("asked for")},
    {"paid", N_("paid")},
    {"waived", N_("not claimed")},
    {NULL, NULL},
};

const struct field refund_fields[] = {
    FIELD(1, "of", ACT, P0, "8", N_("Advance"), N_("Which cost; what is owed is worked out"),
          NEEDED),
    FIELD(2, "step", CODE, P0, "8", N_("What"), N_("Asked for, paid (also in part), or given up"),
          NEEDED, .codes = refund_steps),
    FIELD(3, "on", DATE, P0, "8", N_("On"), N_("Day"), NEEDED),
    FIELD(4, "amount", AMOUNT, P0, "8", N_("Amount"),
          N_("In its currency; empty: all that is left"), OPTIONAL),
    FIELD(5, "due_on", DATE, P0, "8", N_("Due"), N_("Where the request names a day"), OPTIONAL),
    FIELD(6, "note", ACT, P0, "8", N_("Note"), N_("The note with the statement of costs"),
          OPTIONAL),
    FIELD(7, "reference", TEXT, P0, "8", N_("Reference"), N_("Of the transfer or the request"),
          OPTIONAL),
    FIELD_END,
};

static const struct code return_forms[] = {
    {"returned", N_("given back")},
    {"destroyed", N_("destroyed")},
    {NULL, NULL},
};

const struct field data_return_fields[] = {
    FIELD(1, "state", STATE, P0, "3", N_("State"), N_("Who has data of ours"), NEEDED),
    FIELD(2, "asked_on", DATE, P0, "3", N_("Asked on"), N_("Day"), NEEDED),
    FIELD(3, "form", CODE, P0, "3", N_("Form"), N_("Given back, or destroyed"), NEEDED,
          .codes = return_forms),
    FIELD(4, "confirmed_on", DATE, P0, "3", N_("Confirmed"), N_("Day of its confirmation"),
          OPTIONAL),
    FIELD(5, "reference", TEXT, P0, "3", N_("Reference"), N_("Of its confirmation"), OPTIONAL),
    FIELD_END,
};

/* The exits come first: outcome_is_exit() reads up to the first that is none. */
static const struct code outcomes[] = {
    {"not_eligible", N_("not eligible")},
    {"referred", N_("referred")},
    {"no_collaborator", N_("no collaborator")},
    {"declined_by_all", N_("declined by all")},
    {"consent_withdrawn", N_("consent withdrawn")},
    {"request_withdrawn", N_("request withdrawn")},
    {"out_of_reach", N_("out of reach")},
    {"deceased", N_("deceased")},
    {"redirected", N_("taken over, or other way (Art. 4)")},
    {"own_protection", N_("own protection")},
    {"repatriated", N_("repatriated")},
    {"regularised", N_("regularised")},
    {"stays_safely", N_("stays safely")},
    {"shelter", N_("in shelter")},
    {"local_care", N_("in local care")},
    {"family_reunited", N_("family reunited")},
    {"released", N_("released")},
    {"documents_issued", N_("documents issued")},
    {"claim_filed", N_("claim filed")},
    {"claim_paid", N_("claim paid")},
    {"medical_care_done", N_("medical care done")},
    {"located", N_("located")},
    {"lost_contact", N_("contact lost")},
    {"declined", N_("declined")},
    {NULL, NULL},
};

bool outcome_is_exit(const char *code)
{
    for (const struct code *o = outcomes; o->code && strcmp(o->code, "repatriated"); o++)
        if (!strcmp(o->code, code))
            return true;
    return false;
}

/* Why it ended so. */
static const struct code exit_reasons[] = {
    {"requirement_not_met", N_("a requirement is not met")},
    {"nationality_not_proved", N_("nationality is not proved")},
    {"office_there", N_("the State has an office there")},
    {"not_a_party", N_("the State is no Party")},
    {"network", N_("the network deals with it")},
    {"asylum", N_("asylum or UNHCR")},
    {"other_mechanism", N_("another mechanism")},
    {"nobody_there", N_("no Party has an office there")},
    {"nobody_able", N_("none of them can help")},
    {"all_declined", N_("all declined")},
    {"no_replies", N_("no replies")},
    {"person_withdrew", N_("the person withdrew consent")},
    {"guardian_withdrew", N_("the guardian withdrew consent")},
    {"state_withdrew", N_("our State withdrew the request")},
    {"settled_otherwise", N_("it was settled otherwise")},
    {"moved_on", N_("the person moved on")},
    {"no_answer", N_("no answer any more")},
    {"no_access", N_("access was refused")},
    {"died", N_("the person died")},
    {"own_state", N_("the person's State takes over")},
    {"other_cooperation", N_("other cooperation (Art. 4)")},
    {"national_of_helper", N_("a national of the State asked")},
    {"other", N_("other")},
    {NULL, NULL},
};

static const struct {
    const char *reason, *exit;
} reasons_of[] = {
    {"requirement_not_met", "not_eligible"},
    {"nationality_not_proved", "not_eligible"},
    {"office_there", "not_eligible"},
    {"not_a_party", "not_eligible"},
    {"network", "referred"},
    {"asylum", "referred"},
    {"other_mechanism", "referred"},
    {"nobody_there", "no_collaborator"},
    {"nobody_able", "no_collaborator"},
    {"all_declined", "declined_by_all"},
    {"no_replies", "declined_by_all"},
    {"person_withdrew", "consent_withdrawn"},
    {"guardian_withdrew", "consent_withdrawn"},
    {"state_withdrew", "request_withdrawn"},
    {"settled_otherwise", "request_withdrawn"},
    {"moved_on", "out_of_reach"},
    {"no_answer", "out_of_reach"},
    {"no_access", "out_of_reach"},
    {"died", "deceased"},
    {"own_state", "redirected"},
    {"other_cooperation", "redirected"},
    {"national_of_helper", "own_protection"},
};

bool exit_reason_fits(const char *reason, const char *outcome)
{
    for (size_t i = 0; i < sizeof reasons_of / sizeof *reasons_of; i++)
        if (!strcmp(reasons_of[i].reason, reason))
            return !strcmp(reasons_of[i].exit, outcome);
    return outcome_is_exit(outcome);
}

const struct field close_fields[] = {
    FIELD(1, "outcome", CODES, P0, "7.7", N_("Outcome"),
          N_("One or more; an exit needs its reason"), NEEDED, .codes = outcomes),
    FIELD(7, "reason_code", CODE, P0, "7.7", N_("Why"), N_("Of an exit; the words come below"),
          OPTIONAL, .codes = exit_reasons),
    FIELD(2, "reason", LONG, P1, "7.7", N_("Reason"), N_("Why it ends here"), OPTIONAL),
    FIELD(3, "unmet_needs", CODES, P0, "7.7", N_("Unmet needs"), N_("What could not be met"),
          OPTIONAL, .codes = need_codes, .may_be_empty = true),
    FIELD(4, "follow_up", TEXT, P1, "", N_("Follow-up"), N_("Later contact that was agreed"),
          OPTIONAL),
    FIELD(5, "retention_until", DATE, P0, "", N_("Keep until"), N_("When the data is to go"),
          OPTIONAL),
    FIELD(6, "anonymise_on", DATE, P0, "", N_("Anonymise on"),
          N_("When only what is without names stays"), OPTIONAL),
    FIELD_END,
};

const struct field reopen_fields[] = {
    FIELD(1, "reason", LONG, P1, "7.7", N_("Reason"), N_("Why the case goes on"), NEEDED),
    FIELD_END,
};

const struct field report_fields[] = {
    FIELD(1, "meeting", TEXT, P0, "7.7", N_("Meeting"), N_("Of the Liaison Officer Network"),
          NEEDED),
    FIELD(2, "on", DATE, P0, "7.7", N_("On"), N_("Day of the meeting"), NEEDED),
    FIELD(3, "pending", BOOL, P0, "7.7", N_("Pending?"),
          N_("Conclusion pending: the case is still open"), OPTIONAL),
    FIELD(4, "provided", LONG, P0, "7.7", N_("Provided"),
          N_("Protection given, by which State; no names"), OPTIONAL),
    FIELD(5, "lessons", LONG, P0, "7.7", N_("Lessons"), N_("What worked, what did not; no names"),
          OPTIONAL),
    FIELD(6, "presented", BOOL, P0, "7.7", N_("Presented?"), N_("Was it presented?"), OPTIONAL),
    FIELD(7, "remarks", LONG, P0, "7.7", N_("Remarks"), N_("Of the meeting; no names"), OPTIONAL),
    FIELD(8, "proposal", LONG, P0, "7.7", N_("Proposal"),
          N_("What should be done better; no names"), OPTIONAL),
    FIELD(9, "decisions", LONG, P0, "7.7", N_("Decisions"),
          N_("What the meeting decided; no names"), OPTIONAL),
    FIELD_END,
};

const struct field correct_fields[] = {
    FIELD(1, "of", ACT, P0, "", N_("Act"), N_("Which one is corrected; it stays in the history"),
          NEEDED),
    FIELD(2, "reason", LONG, P1, "", N_("Reason"), N_("What was wrong"), NEEDED),
    FIELD(3, "payload", PAYLOAD, P3, "", N_("Anew"), N_("The whole act, as it should have been"),
          NEEDED),
    FIELD_END,
};

const struct field hand_over_fields[] = {
    FIELD(1, "to", TEXT, P0, "", N_("To"),
          N_("Post of this State that goes on with the case: its code"), NEEDED),
    FIELD_END,
};

/* ---- what acts of several kinds may carry ---- */
static const struct code channels[] = {
    {"paper", N_("paper")},
    {"email", N_("e-mail")},
    {"telephone", N_("telephone")},
    {"fax", N_("fax")},
    {"pouch", N_("pouch")},
    {NULL, NULL},
};

static const struct field transcribed_members[] = {
    FIELD(1, "from", TEXT, P0, "", N_("From"), N_("Office that said it, not a private person"),
          NEEDED),
    FIELD(2, "channel", CODE, P0, "", N_("By"), N_("How it came"), NEEDED, .codes = channels),
    FIELD(3, "on", DATE, P0, "", N_("On"), N_("Day on which it was said"), NEEDED),
    FIELD(4, "their_number", TEXT, P0, "", N_("Their number"), N_("Of their message or note"),
          OPTIONAL),
    FIELD(5, "reference", TEXT, P0, "", N_("Reference"), N_("Where it is filed here"), OPTIONAL),
    FIELD_END,
};

static const struct field override_members[] = {
    FIELD(1, "reason", LONG, P1, "", N_("Reason"), N_("Why it cannot wait"), NEEDED),
    FIELD(2, "for", TEXTS, P1, "", N_("For"), N_("Gates; empty: all that can be overridden"),
          OPTIONAL),
    FIELD_END,
};

const struct field act_transcribed_field =
    FIELD(250, "transcribed", OBJECT, P0, "", N_("Transcribed"),
          N_("The other side's word, taken down by us"), OPTIONAL, .members = transcribed_members);

const struct field act_override_field =
    FIELD(251, "override", OBJECT, P1, "", N_("Override"),
          N_("A reasoned exception of the head of post; is printed"), OPTIONAL,
          .members = override_members);

/* Never leaves the post: it is between the officer and the file. */
static const struct field doubt_members[] = {
    FIELD(1, "field", TEXT, P3, "", N_("Field"), N_("Of which it was doubted"), NEEDED),
    FIELD(2, "doubt", TEXT, P3, "", N_("Doubt"), N_("As it was said to the officer"), NEEDED),
    FIELD(3, "reason", TEXT, P3, "", N_("Reason"), N_("Why the value was kept"), OPTIONAL),
    FIELD_END,
};

const struct field act_doubts_field =
    FIELD(252, "doubts", OBJECTS, P3, "", N_("Doubts"),
          N_("What seemed wrong, and was kept with a reason"), OPTIONAL, .members = doubt_members);

const struct field *act_carried(const struct act_type *type, size_t n)
{
    const struct field *const all[] = {type->transcribable ? &act_transcribed_field : NULL,
                                       type->overridable ? &act_override_field : NULL,
                                       &act_doubts_field};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] && !n--)
            return all[i];
    return NULL;
}
