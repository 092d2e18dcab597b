/* SPDX-License-Identifier: MIT */
/* The field table: what the States say to each other, from the poll to the acceptance. */
#include "amparo/agreement/fields.h"

static const struct code poll_channels[] = {
    {"email", N_("e-mail")}, {"telephone", N_("telephone")}, {"note", N_("note verbale")},
    {"pouch", N_("pouch")},  {"other", N_("other")},         {NULL, NULL},
};

static const struct field sending_members[] = {
    FIELD(1, "state", STATE, P0, "7.6", N_("Sent to"), N_("State"), NEEDED),
    FIELD(2, "focal_point", TEXT, P0, "7.6", N_("Focal point"), N_("Desk or address there"),
          OPTIONAL),
    FIELD(3, "channel", CODE, P0, "7.6", N_("By"), N_("How it went"), OPTIONAL,
          .codes = poll_channels),
    FIELD(4, "at", INSTANT, P0, "7.6", N_("Sent at"), N_("When it went"), OPTIONAL),
    FIELD(5, "delivery", TEXT, P0, "7.6", N_("Delivery"), N_("What is known of its arrival"),
          OPTIONAL),
    FIELD_END,
};

const struct field poll_fields[] = {
    FIELD(1, "round", NUMBER, P0, "7.6", N_("Round"), N_("1, then 2 where it is asked again"),
          NEEDED, .width = 2),
    FIELD(2, "to", STATES, P0, "7.6", N_("To"), N_("Parties with an office there"), NEEDED),
    FIELD(3, "reply_by", DEADLINE, P0, "7.6", N_("Reply by"), N_("Day, or instant where urgent"),
          NEEDED),
    FIELD(4, "persons", PERSONS, P0, "7.6", N_("Persons"), N_("Empty: all who are not locked"),
          OPTIONAL),
    FIELD(5, "text", LONG, P0, "7.6", N_("Text"), N_("What goes out: never a name"), OPTIONAL),
    FIELD(6, "area", TEXT, P0, "7.6", N_("Area"), N_("Town or region as the poll names it"),
          OPTIONAL),
    FIELD(7, "needs", CODES, P0, "7.6", N_("Needs"), N_("What is asked for"), OPTIONAL,
          .codes = need_codes),
    FIELD(8, "languages", LANGUAGES, P0, "7.6", N_("Languages"), N_("Which the person speaks"),
          OPTIONAL),
    FIELD(9, "sent", OBJECTS, P0, "7.6", N_("Sendings"), N_("How it went to each State"), OPTIONAL,
          .members = sending_members),
    FIELD(10, "acknowledged_on", DATE, P0, "7.6", N_("Acknowledged"),
          N_("Day on which we said that it came, where it came in"), OPTIONAL),
    FIELD_END,
};

static const struct code legal_answers[] = {
    {"yes", N_("yes")},
    {"no", N_("no")},
    {"conditional", N_("with conditions")},
    {NULL, NULL},
};

static const struct code material_answers[] = {
    {"yes", N_("yes")},
    {"no", N_("no")},
    {"partial", N_("in part")},
    {NULL, NULL},
};

static const struct code means_codes[] = {
    {"staff", N_("staff")},
    {"funds", N_("funds")},
    {"vehicle", N_("vehicle")},
    {"shelter", N_("shelter")},
    {"etd", N_("emergency document")},
    {"interpreter", N_("interpreter")},
    {NULL, NULL},
};

const struct field reply_fields[] = {
    FIELD(1, "state", STATE, P0, "7.6", N_("State"), N_("Who replies"), NEEDED),
    FIELD(2, "round", NUMBER, P0, "7.6", N_("Round"), N_("Of the poll"), NEEDED, .width = 2),
    FIELD(3, "legal", CODE, P0, "3", N_("Legal capacity"), N_("May it act there for others?"),
          NEEDED, .codes = legal_answers),
    FIELD(4, "material", CODE, P0, "3", N_("Material means"), N_("Has it staff, funds, transport?"),
          NEEDED, .codes = material_answers),
    FIELD(5, "offer", BOOL, P0, "7.6", N_("Offers?"), N_("Does it offer to collaborate?"), NEEDED),
    FIELD(6, "services", CODES, P0, "7.6", N_("Services"), N_("What it offers; none without offer"),
          NEEDED, .codes = need_codes, .may_be_empty = true),
    FIELD(7, "limits", LONG, P0, "7.6", N_("Limits"), N_("What it cannot do"), OPTIONAL),
    FIELD(8, "received_at", INSTANT, P0, "7.6", N_("Received"), N_("When the reply came"),
          OPTIONAL),
    FIELD(9, "by", TEXT, P1, "7.6", N_("By"), N_("Focal point or post that replied"), OPTIONAL),
    FIELD(10, "legal_basis", TEXT, P0, "3", N_("Legal basis"), N_("Or the conditions"), OPTIONAL),
    FIELD(11, "means", CODES, P0, "3", N_("Means"), N_("Which it has"), OPTIONAL,
          .codes = means_codes),
    FIELD(12, "cost_expectation", TEXT, P0, "8", N_("Costs"), N_("Who it expects to pay"),
          OPTIONAL),
    FIELD(13, "valid_until", DATE, P0, "7.6", N_("Stands until"), N_("Until when the offer stands"),
          OPTIONAL),
    FIELD(14, "vccr8_needed", BOOL, P0, "5", N_("Notify State?"),
          N_("Must the receiving State be notified (VCCR 8)?"), OPTIONAL),
    FIELD_END,
};

static const struct code decline_stages[] = {
    {"poll", N_("poll")},   {"note", N_("note")},
    {"scope", N_("scope")}, {"assistance", N_("assistance")},
    {NULL, NULL},
};

const struct field decline_fields[] = {
    FIELD(1, "state", STATE, P0, "3", N_("State"), N_("Who declines; each State is free to"),
          NEEDED),
    FIELD(2, "stage", CODE, P0, "3", N_("Stage"), N_("At which it declines"), NEEDED,
          .codes = decline_stages),
    FIELD(3, "round", NUMBER, P0, "7.6", N_("Round"), N_("Of the poll that it declines"), OPTIONAL,
          .width = 2),
    FIELD(4, "note", ACT, P0, "6", N_("Note"), N_("The request that it declines"), OPTIONAL),
    FIELD(5, "hand_over_on", DATE, P0, "6", N_("Hands over on"),
          N_("Last day of its assistance, where it had begun"), OPTIONAL),
    FIELD(6, "reason", LONG, P1, "3", N_("Reason"), N_("Where one was given; none is asked"),
          OPTIONAL),
    FIELD_END,
};

const struct field choose_fields[] = {
    FIELD(1, "state", STATE, P0, "5", N_("State"), N_("Whom to approach, of those that offer"),
          NEEDED),
    FIELD(2, "reason", LONG, P3, "5", N_("Reason"), N_("Why this one; stays in our file"), NEEDED),
    FIELD_END,
};

static const struct code note_kinds[] = {
    {"REQ", N_("request for assistance")},
    {"SCOPE", N_("scope and procedures")},
    {"ACC", N_("acceptance")},
    {"DEC", N_("declining")},
    {"PART", N_("acceptance in part")},
    {"TSN", N_("notice to the Secretariat")},
    {"POLL", N_("circular to focal points")},
    {"WDR", N_("withdrawal")},
    {"FIN", N_("costs, reimbursement")},
    {"CLO", N_("thanks, conclusion")},
    {"LOC", N_("to local authorities")},
    {"REP", N_("report to the network")},
    {"OTH", N_("outside the mechanism")},
    {NULL, NULL},
};

static const struct code directions[] = {
    {"out", N_("sent")},
    {"in", N_("received")},
    {NULL, NULL},
};

static const struct code note_languages[] = {
    {"en", N_("English")},
    {"es", N_("Spanish")},
    {"fr", N_("French")},
    {NULL, NULL},
};

static const struct code carriers[] = {
    {"hand", N_("by hand")}, {"bag", N_("bag")}, {"email", N_("e-mail")},
    {"fax", N_("fax")},      {NULL, NULL},
};

/* Contact with local authorities, as the scope allows it. */
static const struct code authority_codes[] = {
    {"none", N_("none")},
    {"listed", N_("those listed")},
    {"ask_each_time", N_("to be agreed each time")},
    {NULL, NULL},
};

static const struct field office_members[] = {
    FIELD(1, "state", STATE, P0, "6", N_("State"), N_("Whose office"), NEEDED),
    FIELD(2, "office", TEXT, P0, "6", N_("Office"), N_("Embassy, Consulate General, Directorate"),
          NEEDED),
    FIELD(3, "city", TEXT, P0, "6", N_("City"), N_("Where it stands"), NEEDED),
    FIELD_END,
};

const struct field note_fields[] = {
    FIELD(1, "kind", CODE, P0, "6", N_("Kind"), N_("What the note is for"), NEEDED,
          .codes = note_kinds),
    FIELD(2, "direction", CODE, P0, "6", N_("Direction"), N_("Sent by us, or received"), NEEDED,
          .codes = directions),
    FIELD(3, "to", OBJECT, P0, "6", N_("To"), N_("Office that is addressed"), OPTIONAL,
          .members = office_members),
    FIELD(4, "from", OBJECT, P0, "6", N_("From"), N_("Office that wrote"), OPTIONAL,
          .members = office_members),
    FIELD(5, "persons", PERSONS, P0, "6", N_("Persons"), N_("Whom it names"), OPTIONAL),
    FIELD(6, "scope", LONG, P1, "5", N_("Scope"), N_("What is asked, and how it is to be done"),
          OPTIONAL),
    FIELD(7, "date", DATE, P0, "6", N_("Dated"), N_("As written on the note"), NEEDED),
    FIELD(8, "at", INSTANT, P0, "6", N_("Handed over"),
          N_("Instant of handing over or receipt: help comes after"), OPTIONAL),
    FIELD(9, "number", TEXT, P0, "6", N_("Number"), N_("Theirs; ours is given by the register"),
          OPTIONAL, .width = 16, .searched = SEARCHED_WORDS),
    FIELD(10, "same_as", ACT, P0, "6", N_("Same as"), N_("The e-mail whose paper original this is"),
          OPTIONAL),
    FIELD(11, "language", CODE, P0, "", N_("Language"), N_("In which it is written"), OPTIONAL,
          .codes = note_languages),
    FIELD(12, "subject", TEXT, P1, "", N_("Subject"), N_("In a few words"), OPTIONAL),
    FIELD(13, "in_reply_to", ACT, P0, "", N_("In reply to"), N_("The note that it answers"),
          OPTIONAL),
    FIELD(14, "services", CODES, P0, "5", N_("Services"), N_("Which are asked for"), OPTIONAL,
          .codes = need_codes),
    FIELD(15, "excluded", TEXT, P1, "5", N_("Excluded"), N_("What is not asked for"), OPTIONAL),
    FIELD(16, "limits", LONG, P1, "5", N_("Limits"), N_("Amounts, visits"), OPTIONAL),
    FIELD(17, "authorities", CODE, P0, "7.5", N_("Authorities"),
          N_("Contact with local authorities: by exception only"), OPTIONAL,
          .codes = authority_codes),
    FIELD(18, "authorities_listed", TEXT, P1, "7.5", N_("Which ones"), N_("Those that are allowed"),
          OPTIONAL),
    FIELD(19, "starts_on", DATE, P0, "5", N_("Starts on"), N_("First day"), OPTIONAL),
    FIELD(20, "ends_on", DATE, P0, "5", N_("Ends on"), N_("Last day"), OPTIONAL),
    FIELD(21, "costs", TEXT, P0, "8", N_("Costs"), N_("Who bears them, up to what amount"),
          OPTIONAL),
    FIELD(22, "text", LONG, P2, "6", N_("Text"), N_("As finalised, where it was not made here"),
          OPTIONAL),
    FIELD(23, "annexes", LONG, P1, "", N_("Annexes"), N_("Number and title of each"), OPTIONAL),
    FIELD(24, "initialled_by", TEXT, P1, "", N_("Initialled by"), N_("A note is not signed"),
          OPTIONAL),
    FIELD(25, "sealed", BOOL, P0, "", N_("Sealed?"), N_("Stamped with the office's seal"),
          OPTIONAL),
    FIELD(26, "sent_how", CODE, P0, "", N_("Sent"), N_("How it went"), OPTIONAL, .codes = carriers),
    FIELD(27, "delivered_on", DATE, P0, "6", N_("Delivered"), N_("Day of delivery"), OPTIONAL),
    FIELD(28, "acknowledged_on", DATE, P0, "6", N_("Acknowledged"), N_("Day of the receipt"),
          OPTIONAL),
    FIELD(29, "reply_due", DATE, P0, "", N_("Reply due"), N_("Until when we hope to hear"),
          OPTIONAL),
    FIELD_END,
};

const struct field annul_fields[] = {
    FIELD(1, "note", ACT, P0, "6", N_("Note"), N_("Its number stays in the register"), NEEDED),
    FIELD(2, "reason", LONG, P1, "6", N_("Reason"), N_("Why it does not count"), NEEDED),
    FIELD_END,
};

const struct field delivery_fields[] = {
    FIELD(1, "note", ACT, P0, "6", N_("Note"), N_("Of which this is said; the latest word counts"),
          NEEDED),
    FIELD(2, "sent_how", CODE, P0, "", N_("Sent"), N_("How it went"), OPTIONAL, .codes = carriers),
    FIELD(3, "sent_on", DATE, P0, "", N_("Sent on"), N_("Day on which it left us"), OPTIONAL),
    FIELD(4, "delivered_on", DATE, P0, "6", N_("Delivered"), N_("Day of delivery"), OPTIONAL),
    FIELD(5, "acknowledged_on", DATE, P0, "6", N_("Acknowledged"), N_("Day of the receipt"),
          OPTIONAL),
    FIELD(6, "reply_due", DATE, P0, "", N_("Reply due"), N_("Until when we hope to hear"),
          OPTIONAL),
    FIELD(7, "received_by", TEXT, P1, "", N_("Received by"), N_("Who took it there"), OPTIONAL),
    FIELD(8, "reference", TEXT, P0, "", N_("Reference"), N_("Of the bag, or of the receipt"),
          OPTIONAL),
    FIELD_END,
};

static const struct code family_tellers[] = {
    {"requesting", N_("requesting State")},
    {"assisting", N_("assisting State")},
    {"person", N_("the person")},
    {"nobody", N_("nobody")},
    {NULL, NULL},
};

static const struct code data_terms[] = {
    {"return", N_("given back at the end")},
    {"destroy", N_("destroyed at the end")},
    {NULL, NULL},
};

const struct field accept_fields[] = {
    FIELD(1, "state", STATE, P0, "5", N_("State"), N_("Who accepts"), NEEDED),
    FIELD(2, "note", ACT, P0, "5", N_("Note"), N_("The request that it accepts"), NEEDED),
    FIELD(3, "scope", LONG, P1, "5", N_("Scope"), N_("What is agreed, and how"), NEEDED),
    FIELD(4, "limits", LONG, P1, "5", N_("Limits"), N_("Amounts, visits, what is left out"),
          OPTIONAL),
    FIELD(5, "services", CODES, P0, "5", N_("Services"), N_("Which are agreed"), OPTIONAL,
          .codes = need_codes),
    FIELD(6, "starts_on", DATE, P0, "5", N_("Starts on"), N_("First day"), OPTIONAL),
    FIELD(7, "ends_on", DATE, P0, "5", N_("Ends on"), N_("Last day"), OPTIONAL),
    FIELD(8, "authorities", CODE, P0, "7.5", N_("Authorities"),
          N_("Contact with local authorities: by exception only"), OPTIONAL,
          .codes = authority_codes),
    FIELD(9, "authorities_listed", TEXT, P1, "7.5", N_("Which ones"), N_("Those that are allowed"),
          OPTIONAL),
    FIELD(10, "tells_family", CODE, P0, "", N_("Tells family"), N_("Who speaks with the family"),
          OPTIONAL, .codes = family_tellers),
    FIELD(11, "reports", TEXT, P0, "", N_("Reports"), N_("How often it tells us"), OPTIONAL),
    FIELD(12, "data", CODE, P0, "", N_("Our data"), N_("What becomes of it at the end"), OPTIONAL,
          .codes = data_terms),
    FIELD(13, "ceiling", AMOUNT, P0, "8", N_("Ceiling"), N_("Highest amount that is agreed"),
          OPTIONAL),
    FIELD(14, "currency", CURRENCY, P0, "8", N_("Currency"), N_("Of the ceiling"), OPTIONAL),
    FIELD(15, "costs", TEXT, P0, "8", N_("Costs"), N_("Who bears them; advance or refund"),
          OPTIONAL),
    FIELD(16, "vccr8_needed", BOOL, P0, "5", N_("Notify State?"),
          N_("Must the receiving State be notified (VCCR 8)?"), OPTIONAL),
    FIELD(17, "amends", ACT, P0, "5", N_("Amends"), N_("The acceptance that it changes"), OPTIONAL),
    FIELD(18, "excluded", TEXT, P1, "5", N_("Excluded"), N_("What is not agreed"), OPTIONAL),
    FIELD(19, "data_shared", TEXT, P0, "3", N_("Data shared"), N_("Which data goes to that State"),
          OPTIONAL),
    FIELD(20, "data_until", DATE, P0, "3", N_("Kept until"), N_("How long that State keeps it"),
          OPTIONAL),
    FIELD(21, "answer", ACT, P0, "5", N_("By note"), N_("The note that says so"), OPTIONAL),
    FIELD_END,
};

const struct field withdraw_fields[] = {
    FIELD(1, "note", ACT, P0, "5", N_("Note"), N_("The request that is withdrawn"), NEEDED),
    FIELD(2, "at", INSTANT, P0, "5", N_("At"), N_("From then on no assistance rests on it"),
          NEEDED),
    FIELD(3, "reason", LONG, P1, "5", N_("Reason"), N_("Why it is withdrawn"), NEEDED),
    FIELD_END,
};
