/* SPDX-License-Identifier: MIT */
/*
 * The field list that the ministries recommend for the whole life of a case, item by item, and
 * where the program keeps each: an act and its key, or (act NULL) where else it comes from, or why
 * it is left out. Each section says how many items it has: none can go missing unseen.
 */
#include "kit.h"

#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/language.h"
#include "amparo/agreement/travelcode.h"
#include "amparo/base/mem.h"

struct item {
    const char *what;
    const char *act, *key; /* key: members after a point */
    const char *elsewhere; /* where there is no act */
};

#define SECTION(number_, name_, items_, count_)                                                    \
    {                                                                                              \
        number_, name_, items_, ARRAY_SIZE(items_), count_                                         \
    }

static const struct item header[] = {
    {"reference of the case", NULL, NULL, "the store gives it, in the context of open"},
    {"role of this post", "open", "role", NULL},
    {"status", NULL, NULL, "derived: stage and exit"},
    {"priority", "open", "priority", NULL},
    {"its reason", "open", "priority_reason", NULL},
    {"when opened", NULL, NULL, "the instant of open"},
    {"source", "open", "source", NULL},
    {"reporter's name", "open", "reporter_name", NULL},
    {"reporter's relation", "open", "reporter_relation", NULL},
    {"reporter's telephone", "open", "reporter_phone", NULL},
    {"reporter stays unnamed", "open", "reporter_anonymous", NULL},
    {"responsible officer", "open", "responsible", NULL},
    {"deputy", "open", "deputy", NULL},
    {"language of the interview", "open", "interview_languages", NULL},
    {"interpreter used", "open", "interpreter_used", NULL},
    {"interpreter's name", "open", "interpreter_name", NULL},
    {"interpreter bound", "open", "interpreter_bound", NULL},
    {"place of first contact", "open", "first_contact_place", NULL},
    {"date of first contact", "open", "first_contact_on", NULL},
    {"linked cases", "open", "linked_cases", NULL},
    {"the same person elsewhere", "link", "case", NULL},
    {"confidentiality", "open", "confidentiality", NULL},
    {"next action", "open", "next_action", NULL},
    {"its due date", "open", "next_action_due", NULL},
    {"review of retention", "open", "review_on", NULL},
    {"reason of an exit", "close", "reason", NULL},
    {"reopening, with reason", "reopen", "reason", NULL},
};

static const struct item persons[] = {
    {"number", "person", "person", NULL},
    {"role", "person", "role", NULL},
    {"paternal surname", "person", "surname_1", NULL},
    {"maternal surname", "person", "surname_2", NULL},
    {"married name with particle", "person", "married_particle", NULL},
    {"given names", "person", "given_names", NULL},
    {"name as in the document", "person", "full_name_as_in_document", NULL},
    {"order of the name", "person", "name_order", NULL},
    {"other names", "person", "known_as", NULL},
    {"one name only", "person", "single_name", NULL},
    {"sex", "person", "sex", NULL},
    {"gender identity", "person", "gender_identity", NULL},
    {"birth date, partial", "person", "birth_date", NULL},
    {"age as stated", "person", "age_stated", NULL},
    {"age is estimated", "person", "age_estimated", NULL},
    {"basis of the age", "person", "age_basis", NULL},
    {"minor", NULL, NULL, "derived: youngest reading of the birth date"},
    {"minor, overridden upward only", "person", "treat_as_child", NULL},
    {"place of birth", "person", "place_of_birth", NULL},
    {"nationality", "person", "nationalities.state", NULL},
    {"what proves it", "person", "nationalities.proof", NULL},
    {"refuted", "person", "nationalities.refuted", NULL},
    {"verified by", "person", "nationalities.verified_by", NULL},
    {"verified on", "person", "nationalities.verified_on", NULL},
    {"may be stateless", "person", "stateless_suspected", NULL},
    {"national of helper or receiving State", NULL, NULL, "derived: R9, from nationalities"},
    {"habitual residence", "person", "residence", NULL},
    {"marital status", "person", "marital_status", NULL},
    {"occupation", "person", "occupation", NULL},
    {"languages", "person", "languages", NULL},
    {"interpreter needed", "person", "interpreter", NULL},
    {"literacy", "person", "literacy", NULL},
    {"disability, adjustment", "person", "disability", NULL},
    {"pregnancy", "person", "pregnancy", NULL},
    {"telephone", "person", "phone", NULL},
    {"extension", "person", "phone_extension", NULL},
    {"safe to call", "person", "safe_to_call", NULL},
    {"safe times", "person", "safe_times", NULL},
    {"safe to leave a message", "person", "safe_message", NULL},
    {"second telephone", "person", "phone_2", NULL},
    {"safe to call there", "person", "phone_2_safe", NULL},
    {"e-mail", "person", "email", NULL},
    {"messaging", "person", "messaging", NULL},
    {"photograph, by reference", "person", "photo", NULL},
    {"group number", "group", "group", NULL},
    {"kind of group", "group", "type", NULL},
    {"head", "group", "head", NULL},
    {"members", "group", "persons", NULL},
    {"relations", "group", "relations.is", NULL},
    {"keep together", "group", "keep_together", NULL},
    {"separated members", "group", "separated.name", NULL},
    {"last contact with them", "group", "separated.last_contact", NULL},
    {"group at intake, by number", "person", "group", NULL},
    {"place in it, at intake", "person", "group_relation", NULL},
};

static const struct item child[] = {
    {"accompanied", "child", "accompanied", NULL},
    {"parental responsibility, where", "child", "responsible", NULL},
    {"verified how", "child", "responsible_verified", NULL},
    {"present caregiver", "child", "care", NULL},
    {"kind of care", "child", "care_type", NULL},
    {"caregiver's relation", "child", "care_relation", NULL},
    {"cared for since", "child", "care_since", NULL},
    {"guardian", "child", "guardian", NULL},
    {"named by which authority", "child", "guardian_named_by", NULL},
    {"named when", "child", "guardian_on", NULL},
    {"notice of VCCR 37(b)", "child", "vccr37_notice", NULL},
    {"the child's own views", "child", "views", NULL},
    {"when heard", "child", "views_on", NULL},
    {"by whom", "child", "views_heard_by", NULL},
    {"best interests", "child", "best_interests", NULL},
    {"who assessed", "child", "by", NULL},
    {"when", "child", "on", NULL},
    {"consent to trace the family", "child", "tracing_consent", NULL},
    {"who would receive the child", "child", "return_to", NULL},
    {"home assessment", "child", "home_assessed_on", NULL},
    {"conditions of return", "child", "return_conditions", NULL},
    {"school", "child", "school", NULL},
    {"not in detention", "child", "not_detained", NULL},
    {"never tell where to", "child", "hide_from", NULL},
};

static const struct item documents[] = {
    {"kind", "document", "type", NULL},
    {"number", "document", "number", NULL},
    {"issuing State", "document", "issuer", NULL},
    {"issuing authority", "document", "authority", NULL},
    {"issued on", "document", "issued", NULL},
    {"expiry", "document", "valid_until", NULL},
    {"machine-readable zone", "document", "mrz", NULL},
    {"result of its check", NULL, NULL, "a zone that does not agree is refused, field by field"},
    {"who has it", "document", "status", NULL},
    {"loss report", "document", "loss_report", NULL},
    {"its date", "document", "loss_report_on", NULL},
    {"original, copy or told", "document", "seen", NULL},
    {"may be forged", "document", "doubtful", NULL},
    {"emergency document needed", "document", "etd_needed", NULL},
    {"authorised by the capital", "document", "authorisation", NULL},
    {"that authorisation's reference", "authorise", "reference", NULL},
    {"its date", "authorise", "on", NULL},
    {"journey from", "document", "journey_from", NULL},
    {"journey to", "document", "journey_to", NULL},
    {"delivered on", "document", "delivered_on", NULL},
    {"the first document, at intake", "person", "document_number", NULL},
    {"where that one is", "person", "document_status", NULL},
};

static const struct item situation[] = {
    {"receiving State", "open", "receiving_state", NULL},
    {"subdivision", "situation", "subdivision", NULL},
    {"locality", "situation", "locality", NULL},
    {"address or shelter code", "situation", "address", NULL},
    {"kind of place", "situation", "place_type", NULL},
    {"can be visited", "situation", "accessible", NULL},
    {"danger now", "situation", "danger_now", NULL},
    {"since", "situation", "since", NULL},
    {"migration status", "situation", "migration_status", NULL},
    {"entry", "situation", "entry_on", NULL},
    {"detained", "situation", "detained", NULL},
    {"by which authority", "situation", "detained_by", NULL},
    {"where", "situation", "detained_at", NULL},
    {"since", "situation", "detained_since", NULL},
    {"reason stated", "situation", "detained_reason", NULL},
    {"told of VCCR 36", "situation", "vccr36_informed", NULL},
    {"asks for consular contact", "situation", "contact_asked", NULL},
    {"refuses it", "situation", "contact_refused", NULL},
    {"nearest posts", NULL, NULL, "derived: the directory"},
    {"own State's posts", "situation", "own_posts", NULL},
};

static const struct item grounds[] = {
    {"ground", "ground", "code", NULL},
    {"person", "ground", "person", NULL},
    {"what happened", "ground", "facts", NULL},
    {"when", "ground", "when", NULL},
    {"where", "ground", "where", NULL},
    {"by whom", "ground", "perpetrator", NULL},
    {"relation", "ground", "relation", NULL},
    {"ongoing", "ground", "ongoing", NULL},
    {"evidence: kind", "ground", "evidence.type", NULL},
    {"evidence: reference", "ground", "evidence.reference", NULL},
    {"evidence: where kept", "ground", "evidence.kept_at", NULL},
    {"statement taken by", "ground", "statement_by", NULL},
    {"its language", "ground", "statement_languages", NULL},
    {"read back", "ground", "read_back", NULL},
    {"network asked on", "refer", "on", NULL},
    {"contact there", "refer", "contact", NULL},
    {"its answer", "refer_answer", "answer", NULL},
    {"answered on", "refer_answer", "on", NULL},
    {"cannot be resolved because", "refer_answer", "because", NULL},
    {"fear of one's own State", "person", "fears_own_state", NULL},
    {"counselling before the lock is lifted", "lift_lock", "counselling", NULL},
    {"armed conflict", "situation", "armed_conflict", NULL},
    {"profiles of the Conference", "ground", "profiles", NULL},
};

static const struct item needs[] = {
    {"need", "need", "need", NULL},
    {"urgency", "need", "urgency", NULL},
    {"detail", "need", "detail", NULL},
    {"who can meet it", "need", "met_by", NULL},
    {"status", "need", "status", NULL},
    {"risk", "need", "risk", NULL},
    {"safety plan", "need", "safety_plan", NULL},
};

static const struct item consents[] = {
    {"purpose", "consent", "purpose", NULL},
    {"recipient", "consent", "to", NULL},
    {"given by, or basis", "consent", "given_by", NULL},
    {"child's assent", "consent", "assent", NULL},
    {"form", "consent", "form", NULL},
    {"language", "consent", "languages", NULL},
    {"interpreter", "consent", "interpreter", NULL},
    {"explained", "consent", "explained", NULL},
    {"restrictions in words", "consent", "restrictions", NULL},
    {"not to: kinds of recipient", "consent", "not_to", NULL},
    {"not to: by name", "consent", "not_to_named", NULL},
    {"withheld items", "consent", "withheld", NULL},
    {"why withheld", "consent", "withheld_reason", NULL},
    {"date", "consent", "on", NULL},
    {"place", "consent", "place", NULL},
    {"witness", "consent", "witness", NULL},
    {"valid until", "consent", "valid_until", NULL},
    {"basis in words", "consent", "basis", NULL},
    {"author of the basis", "consent", "basis_by", NULL},
    {"countersigned", "countersign", "of", NULL},
    {"withdrawn on", "withdraw_consent", "on", NULL},
    {"withdrawn how", "withdraw_consent", "form", NULL},
    {"withdrawn for which purposes", "withdraw_consent", "purposes", NULL},
    {"and recipient", "withdraw_consent", "to", NULL},
    {"withdrawn by", "withdraw_consent", "by", NULL},
    {"actions taken", "withdraw_consent", "actions", NULL},
    {"recipients told", "withdraw_consent", "told", NULL},
};

static const struct item eligibility[] = {
    {"requirement", "determine", "requirement", NULL},
    {"status", "determine", "status", NULL},
    {"reason", "determine", "reason", NULL},
    {"evidence", "determine", "evidence", NULL},
    {"person", "determine", "person", NULL},
    {"decided by, when", NULL, NULL, "who signed the act, and its instant"},
    {"takes the place of", NULL, NULL, "the latest determination counts"},
    {"override and reason", "determine", "override.reason", NULL},
    {"decision", "decide", "decision", NULL},
    {"its reason", "decide", "reason", NULL},
};

static const struct item roster[] = {
    {"Party since, until, source", NULL, NULL, "directory: parties"},
    {"focal point: desk", NULL, NULL, "directory: focal_points.desk"},
    {"focal point: e-mail", NULL, NULL, "directory: focal_points.email"},
    {"focal point: telephone", NULL, NULL, "directory: focal_points.phone"},
    {"focal point: hours", NULL, NULL, "directory: focal_points.hours"},
    {"focal point: languages", NULL, NULL, "directory: focal_points.languages"},
    {"focal point: valid from", NULL, NULL, "directory: focal_points.valid_from"},
    {"focal point: valid until", NULL, NULL, "directory: focal_points.valid_until"},
    {"focal point: verified on", NULL, NULL, "directory: focal_points.verified_on"},
    {"post: State, country, city, kind", NULL, NULL, "directory: missions"},
    {"post: telephone, e-mail", NULL, NULL, "directory: missions"},
    {"post: source and date of the list", NULL, NULL, "directory: missions.listed_on, source"},
    {"post: non-resident coverage", NULL, NULL, "directory: missions, kind non_resident"},
    {"post: consular district", NULL, NULL, "left out: no list that we know of gives one"},
    {"post: address", NULL, NULL, "left out: the lists give city and telephone"},
    {"age of every line", NULL, NULL, "derived: from listed_on"},
};

static const struct item polls[] = {
    {"round", "poll", "round", NULL},
    {"opened at", NULL, NULL, "the instant of poll"},
    {"deadline", "poll", "reply_by", NULL},
    {"text as sent", "poll", "text", NULL},
    {"recipients", "poll", "to", NULL},
    {"sent to which focal point", "poll", "sent.focal_point", NULL},
    {"by which channel", "poll", "sent.channel", NULL},
    {"when", "poll", "sent.at", NULL},
    {"delivery", "poll", "sent.delivery", NULL},
    {"reply received", "reply", "received_at", NULL},
    {"by whom", "reply", "by", NULL},
    {"legal capacity", "reply", "legal", NULL},
    {"its basis", "reply", "legal_basis", NULL},
    {"material capacity", "reply", "material", NULL},
    {"staff, funds, vehicle, shelter, document, interpreter", "reply", "means", NULL},
    {"offer", "reply", "offer", NULL},
    {"services", "reply", "services", NULL},
    {"limits", "reply", "limits", NULL},
    {"costs expected", "reply", "cost_expectation", NULL},
    {"valid until", "reply", "valid_until", NULL},
    {"VCCR 8 needed", "reply", "vccr8_needed", NULL},
    {"no reply", NULL, NULL, "derived: silent once the deadline is past"},
    {"declined", "decline", "stage", NULL},
    {"reason of declining, where given", "decline", "reason", NULL},
    {"choice, with its reason", "choose", "reason", NULL},
};

static const struct item notes[] = {
    {"direction", "note", "direction", NULL},
    {"kind", "note", "kind", NULL},
    {"number", "note", "number", NULL},
    {"date", "note", "date", NULL},
    {"place", NULL, NULL, "the sender's city"},
    {"from", "note", "from.office", NULL},
    {"to", "note", "to.office", NULL},
    {"language", "note", "language", NULL},
    {"subject", "note", "subject", NULL},
    {"in reply to", "note", "in_reply_to", NULL},
    {"text as finalised", "note", "text", NULL},
    {"annexes", "note", "annexes", NULL},
    {"initialled by", "note", "initialled_by", NULL},
    {"sealed", "note", "sealed", NULL},
    {"sent how", "note", "sent_how", NULL},
    {"delivered", "note", "delivered_on", NULL},
    {"handed over at", "note", "at", NULL},
    {"acknowledged", "note", "acknowledged_on", NULL},
    {"reply due", "note", "reply_due", NULL},
    {"annulled, with reason", "annul", "reason", NULL},
};

static const struct item scope[] = {
    {"request", "accept", "note", NULL},
    {"note that answers it", "accept", "answer", NULL},
    {"services agreed", "accept", "services", NULL},
    {"excluded", "accept", "excluded", NULL},
    {"limits", "accept", "limits", NULL},
    {"contact with local authorities", "accept", "authorities", NULL},
    {"which ones", "accept", "authorities_listed", NULL},
    {"who tells the family", "accept", "tells_family", NULL},
    {"reporting", "accept", "reports", NULL},
    {"which data goes", "accept", "data_shared", NULL},
    {"how long it is kept there", "accept", "data_until", NULL},
    {"returned or destroyed", "accept", "data", NULL},
    {"ceiling", "accept", "ceiling", NULL},
    {"source, advance or refund", "accept", "costs", NULL},
    {"VCCR 8", "accept", "vccr8_needed", NULL},
    {"start", "accept", "starts_on", NULL},
    {"end", "accept", "ends_on", NULL},
    {"amends", "accept", "amends", NULL},
};

static const struct item assistance[] = {
    {"when", "assist", "at", NULL},
    {"where", "assist", "place", NULL},
    {"State", "assist", "by", NULL},
    {"officer", "assist", "officer", NULL},
    {"kind", "assist", "kind", NULL},
    {"persons", "assist", "persons", NULL},
    {"detail", "assist", "detail", NULL},
    {"duration", "assist", "duration", NULL},
    {"outcome", "assist", "outcome", NULL},
    {"next step", "assist", "next_step", NULL},
    {"cost", "assist", "cost", NULL},
    {"consent used", "assist", "consent", NULL},
    {"authority contacted", "assist", "authority", NULL},
    {"authorisation for it", "assist", "authorisation", NULL},
    {"VCCR 8", "assist", "vccr8", NULL},
    {"what was disclosed", "assist", "disclosed", NULL},
};

static const struct item costs[] = {
    {"date", "cost", "on", NULL},
    {"item", "cost", "item", NULL},
    {"payee", "cost", "payee", NULL},
    {"amount", "cost", "amount", NULL},
    {"currency", "cost", "currency", NULL},
    {"rate", "cost", "rate", NULL},
    {"its date", "cost", "rate_on", NULL},
    {"amount in the post's currency", "cost", "base_amount", NULL},
    {"source", "cost", "source", NULL},
    {"IOM: request", "cost", "iom_reference", NULL},
    {"IOM: programme", "cost", "iom_programme", NULL},
    {"IOM: mechanism", "cost", "iom_mechanism", NULL},
    {"IOM: budget and its period", NULL, NULL, "a table of the file: amparo costs budget"},
    {"IOM: asked", "cost", "iom_asked_on", NULL},
    {"IOM: its answer", "cost", "iom_status", NULL},
    {"reserve fund", "cost", "reserve_fund", NULL},
    {"receipt", "cost", "receipt", NULL},
    {"approved by", "cost", "approved_by", NULL},
    {"advance or final", "cost", "payment", NULL},
    {"undertaking to repay", "cost", "undertaking", NULL},
    {"refund asked, paid", "refund", "step", NULL},
    {"refund due", "cost", "refund_due_on", NULL},
    {"refund in part", "refund", "amount", NULL},
    {"shared by", "cost", "persons", NULL},
    {"and how", "cost", "shares", NULL},
    {"rate from", "cost", "rate_source", NULL},
    {"totals by source", NULL, NULL, "derived: the costs document"},
};

static const struct item closure[] = {
    {"outcomes", "close", "outcome", NULL},
    {"reason", "close", "reason", NULL},
    {"its code", "close", "reason_code", NULL},
    {"date, author", NULL, NULL, "who signed the act, and its instant"},
    {"unmet needs", "close", "unmet_needs", NULL},
    {"follow-up", "close", "follow_up", NULL},
    {"data asked back", "data_return", "asked_on", NULL},
    {"confirmed", "data_return", "confirmed_on", NULL},
    {"retention", "close", "retention_until", NULL},
    {"anonymise on", "close", "anonymise_on", NULL},
};

static const struct item reports[] = {
    {"meeting", "report", "meeting", NULL},
    {"its date", "report", "on", NULL},
    {"pseudonym", NULL, NULL, "derived: never a name"},
    {"protection provided, by which State", "report", "provided", NULL},
    {"lessons", "report", "lessons", NULL},
    {"presented", "report", "presented", NULL},
    {"remarks, decisions", "report", "remarks", NULL},
    {"conclusion pending", "report", "pending", NULL},
    {"dates and delays, costs by source", NULL, NULL, "derived: from the acts"},
};

static const struct item retention[] = {
    {"officers and roles", NULL, NULL, "acts of the post: officer, leaves, key"},
    {"legal hold", "legal_hold", "hold", NULL},
    {"periods of keeping", NULL, NULL, "settings: periods"},
    {"request to erase", "erase_request", "basis", NULL},
    {"erasing", "erase", "of", NULL},
    {"refusal to erase", "erase_refuse", "reason", NULL},
};

static const struct section {
    int number;
    const char *name;
    const struct item *items;
    size_t count, expected;
} sections[] = {
    SECTION(1, "case header", header, 27),
    SECTION(2, "persons and groups", persons, 54),
    SECTION(2, "child block", child, 24),
    SECTION(3, "documents", documents, 22),
    SECTION(4, "situation", situation, 20),
    SECTION(5, "grounds", grounds, 23),
    SECTION(6, "needs", needs, 7),
    SECTION(7, "consent", consents, 27),
    SECTION(8, "eligibility", eligibility, 10),
    SECTION(9, "roster", roster, 16),
    SECTION(10, "poll", polls, 25),
    SECTION(11, "notes", notes, 20),
    SECTION(12, "scope", scope, 18),
    SECTION(13, "assistance", assistance, 16),
    SECTION(14, "costs", costs, 27),
    SECTION(15, "closure", closure, 10),
    SECTION(16, "report", reports, 9),
    SECTION(17, "retention", retention, 6),
};

static const struct field *field_of(const struct item *item)
{
    const struct act_type *type = act_type_named(item->act);
    char key[64];
    size_t size = strcspn(item->key, ".");

    assert_non_null(type);
    assert_true(size < sizeof key);
    memcpy(key, item->key, size);
    key[size] = '\0';
    const struct field *field = field_find(type->fields, key);
    if (!field && type->overridable && !strcmp(key, act_override_field.key))
        field = &act_override_field;
    if (field && item->key[size])
        field = field_find(field->members, item->key + size + 1);
    return field;
}

static void every_item_has_its_place(void **state)
{
    (void)state;
    for (size_t s = 0; s < ARRAY_SIZE(sections); s++) {
        const struct section *section = &sections[s];
        if (section->count != section->expected)
            fail_msg("%d, %s: %zu items of %zu", section->number, section->name, section->count,
                     section->expected);
        for (size_t i = 0; i < section->count; i++) {
            const struct item *item = &section->items[i];
            assert_true(item->act ? !item->elsewhere : *item->elsewhere != 0);
            if (item->act && !field_of(item))
                fail_msg("%d, %s: %s: there is no %s.%s", section->number, section->name,
                         item->what, item->act, item->key);
        }
    }
}

/* Each field has its words, and what it may hold a code list that the help shows too. */
static void help_shows_them(void **state)
{
    json_t *acts = acts_describe(act_type(ACT_DOCUMENT), english);
    json_t *fields = json_object_get(json_array_get(acts, 0), "fields"), *field;
    size_t i, codes = 0;

    (void)state;
    assert_true(json_array_size(fields) >= 19);
    json_array_foreach(fields, i, field)
    {
        assert_true(*json_string_value(json_object_get(field, "label")));
        assert_non_null(json_object_get(field, "class"));
        codes += json_array_size(json_object_get(field, "codes")) > 0;
    }
    assert_int_equal(codes, 3);
    json_decref(acts);
}

/* ---- the codes ---- */

static void travel_codes(void **state)
{
    static const struct {
        const char *code;
        enum travel_kind kind;
        const char *state, *name;
    } codes[] = {
        {"HND", TRAVEL_STATE, "HN", "Honduras"},
        {"NAM", TRAVEL_STATE, "NA", "Namibia"},
        {"D", TRAVEL_STATE, "DE", "Germany"},
        {"RKS", TRAVEL_STATE, "XK", "Kosovo"},
        {"GBD", TRAVEL_STATE, "GB", "British overseas territories citizen"},
        {"GBN", TRAVEL_STATE, "GB", "British national (overseas)"},
        {"GBO", TRAVEL_STATE, "GB", "British overseas citizen"},
        {"GBP", TRAVEL_STATE, "GB", "British protected person"},
        {"GBS", TRAVEL_STATE, "GB", "British subject"},
        {"XXA", TRAVEL_STATELESS, "", "stateless person"},
        {"XXB", TRAVEL_REFUGEE, "", "refugee (1951 Convention)"},
        {"XXC", TRAVEL_REFUGEE, "", "refugee, other"},
        {"XXX", TRAVEL_UNSPECIFIED, "", "nationality unspecified"},
        {"EUE", TRAVEL_ORGANISATION, "", "European Union"},
        {"XOM", TRAVEL_ORGANISATION, "", "Sovereign Military Order of Malta"},
        {"UTO", TRAVEL_TEST, "", "Utopia: a specimen, no document"},
    };
    struct travel_code found;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        assert_true(travel_code_find(codes[i].code, &found));
        assert_int_equal(found.kind, codes[i].kind);
        assert_string_equal(found.state, codes[i].state);
        assert_string_equal(travel_code_name(codes[i].code, english), codes[i].name);
    }
    assert_false(travel_code_find("", &found));
    assert_false(travel_code_find("HN", &found));
    assert_false(travel_code_find("QQQ", &found));
    assert_string_equal(travel_code_name("QQQ", english), "QQQ");
}

/* A line whose digits all agree, but whose State no document has. */
static void passport_lines_of_no_state(void **state)
{
    static const char stateless[] =
        "{'person':1,'surname_1':'A','given_names':'B','nationalities':[],"
        "'mrz':'P<XXAERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
        "L898902C36XXA7408122F1204159ZE184226B<<<<<10'}";
    json_t *payload = kit_json(stateless);
    struct error err = ERROR_INIT;

    (void)state;
    assert_true(payload_check(act_type(ACT_PERSON), payload, &err));
    json_decref(payload);
    char *wrong = xstrdup(stateless);
    memcpy(strstr(wrong, "P<XXA") + 2, "QQQ", 3);
    memcpy(strstr(wrong, "6XXA") + 1, "QQZ", 3);
    payload = kit_json(wrong);
    assert_false(payload_check(act_type(ACT_PERSON), payload, &err));
    assert_non_null(strstr(error_text(&err), "QQQ"));
    error_release(&err);
    json_decref(payload);
    free(wrong);
}

/* The two letters of Namibia are a State, in every kind of field that takes one. */
static void namibia_is_a_state(void **state)
{
    json_t *payload = kit_json("{'role':'requesting','receiving_state':'NA','priority':'routine',"
                               "'source':'phone'}");
    struct error err = ERROR_INIT;

    (void)state;
    assert_true(payload_check(act_type(ACT_OPEN), payload, &err));
    assert_string_equal(country_name("NA", english), "Namibia");
    assert_string_equal(country_by_name("Namibia"), "NA");
    json_decref(payload);
}

static void languages_beyond_two_letters(void **state)
{
    static const char *const codes[] = {"miq", "cab", "kek", "quc", "mam", "kjb",
                                        "nah", "bzj", "ase", "ht",  "iu"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
        assert_non_null(language_find(codes[i]));
    assert_null(language_find("spa"));
}

/* ---- groups ---- */

static void expect_fault(const char *payload, const char *part)
{
    struct error err = ERROR_INIT;
    json_t *json = kit_json(payload);

    assert_false(payload_check(act_type(ACT_GROUP), json, &err));
    if (!strstr(error_text(&err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(&err));
    error_release(&err);
    json_decref(json);
}

static void groups_hold_their_members(void **state)
{
    json_t *whole = kit_json("{'group':1,'type':'family','persons':[1,2,3],'head':1,"
                             "'relations':[{'person':1,'is':'mother','of':2},"
                             "{'person':2,'is':'sibling','of':3}],"
                             "'separated':[{'name':'Luis','last_contact':'2026-02-XX'}]}");
    struct error err = ERROR_INIT;

    (void)state;
    if (!payload_check(act_type(ACT_GROUP), whole, &err))
        fail_msg("%s", error_text(&err));
    json_decref(whole);
    expect_fault("{'group':1,'type':'family','persons':[1,2],'head':3}", "head: 3");
    expect_fault("{'group':1,'type':'family','persons':[1,2],"
                 "'relations':[{'person':1,'is':'mother','of':4}]}",
                 "relations[0].of: 4");
    expect_fault("{'group':1,'type':'family','persons':[1,2],"
                 "'relations':[{'person':5,'is':'mother','of':2}]}",
                 "relations[0].person: 5");
    expect_fault("{'group':1,'type':'family','persons':[1,2],"
                 "'relations':[{'person':2,'is':'mother','of':2}]}",
                 "relations[0].of: 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_has_its_place),
        cmocka_unit_test(help_shows_them),
        cmocka_unit_test(travel_codes),
        cmocka_unit_test(passport_lines_of_no_state),
        cmocka_unit_test(namibia_is_a_state),
        cmocka_unit_test(languages_beyond_two_letters),
        cmocka_unit_test(groups_hold_their_members),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
