/* SPDX-License-Identifier: MIT */
/*
 * The scenarios of the demo by keys alone, each to its end: what the screens say on the way, then
 * what stands in the file. The first one, to the last key, is test_scenario's. People are made up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"
#include "tests/tui/script.h"

#define OFFICER "Teresa QUIROZ"
#define OFFICER_PASSPHRASE "the passphrase of Teresa"

/* ---- a sitting: unlocked, the story, left ---- */

static void sit(struct test_post *post, struct player *p, const char *passphrase,
                const struct script_step *story)
{
    p->child = post_start(post, NULL);
    child_type(p->child, passphrase);
    child_press(p->child, PRESS_ENTER);
    script_play(p, __FILE__, story);
    for (int i = 0; i < 8 && !child_has_ended(p->child); i++)
        child_press(p->child, PRESS_F12);
    expect_exit(p->child, 0);
    child_free(p->child);
    p->child = NULL;
}

static const char *text_of(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));

    return text ? text : "";
}

/* Each field that was left is in an act of its kind; every act is signed; the file is whole. */
static void expect_kept(const struct test_post *post, const char *reference, const struct player *p)
{
    json_t *acts = post_acts(post, reference), *act;
    struct buf out = BUF_INIT;
    size_t i;

    for (i = 0; i < p->left_count; i++) {
        const struct play_left *left = &p->left[i];
        const char *value = left->field->value ? left->field->value : left->field->typed;
        if (left->recorded && *value && !acts_have(acts, left->act, value))
            fail_msg("%s: %s = %s is in no act", left->act, left->field->label, value);
    }
    json_array_foreach(acts, i, act) assert_string_equal(text_of(act, "signature"), "valid");
    json_decref(acts);
    assert_int_equal(post_run(post, NULL, &out, (const char *const[]){"verify", post->file, NULL}),
                     0);
    buf_release(&out);
}

/* "HNDIR-2026-0001" */
static const char *reference(const char *code, int number)
{
    static char text[32];
    time_t now = time(NULL);

    snprintf(text, sizeof text, "%s-%d-%04d", code, gmtime(&now)->tm_year + 1900, number);
    return text;
}

/* ---- a child alone at night: the side that assists ---- */

static const struct script_step at_night[] = {
    SEE("Due"),
    KEYS("n"),
    SEE("Intake 1 of 6"),
    RECORD("open", {"Whose nationals", "guatem", "GT Guatemala", "GT"},
           {"Priority", "life", "life in danger", "life_threatening"},
           {"Heard from", "tele", "telephone", "phone"}),
    SEE("life in danger"),
    KEYS("9f"),
    RECORD("contact", {"Reason", "Armed men in the street where he hides.", "Armed men", NULL},
           {"Detail", "Told by telephone how to reach the safe house.", "Told by", NULL}),
    SEE("First contact, outside the mechanism"),
    SEE("None yet"),
    PRESS(PRESS_F12),
    /* 23:05: Guatemala asks, and we answer. */
    NEXT("Next: record the poll as it came in (Art. 7.6)"),
    RECORD("poll", {"To", "ca,mx,pa,us", "MX Mexico, PA Panama", "PA"},
           {"From", "focal point of Guatemala", "focal point", NULL}),
    SEE("not answered yet"),
    NEXT("Next: answer the poll (Art. 7.6)"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL}, {"Material means", "yes", "yes", NULL},
           {"Offers?", "yes", "yes", "true"},
           {"Services", "shelter,child,escort", "shelter, child care", "child_care"}),
    SEE("Mexico offers: shelter, child care"),
    NEXT("Next: record who needs help"),
    RECORD("person", {"Surname", "López", "López", NULL},
           {"Second surname", "de León", "de León", NULL},
           {"Given names", "José Ángel", "José Ángel", NULL},
           {"Proof", "verified", "verified", "verified_by_capital"}, {"Born", "16a", NULL, ""}),
    KEYS("1"),
    SEE("minor"),
    SEE("child's record missing"),
    PRESS(PRESS_F12),
    KEYS("9n"), /* help before the note: Art. 6 says no */
    FILL("assist", {"Kind", "shelter", "shelter", "shelter"},
         {"Detail", "A night in the annex.", "A night", NULL}),
    REFUSED("Art. 6"),
    PRESS(PRESS_F12),
    PRESS(PRESS_F12),
    /* 23:40: the short note, by e-mail; 23:55: help. */
    NEXT("Next: record the request when its note comes in (Art. 6)"),
    RECORD("note", {"Office", "Consular Directorate", "Consular Directorate", NULL},
           {"City", "Guatemala City", "Guatemala City", NULL},
           {"Scope", "Safe shelter, care, company.", "Safe shelter", NULL},
           {"Number", "88/2026", "88/2026", NULL},
           {"From", "Consular Directorate of Guatemala", "Consular Dir", NULL}),
    KEYS("9"),
    SEE("request by note E-001/2026 (88/2026) (Art. 6)"),
    KEYS("n"),
    SEE("Taken up where you left it"),
    RECORD_AS_IT_IS("assist"),
    SEE("Mexico assists: shelter"),
    PRESS(PRESS_F12),
    /* The paper original of the e-mail: no other request. */
    KEYS("8"),
    ROW("88/2026"),
    KEYS("o"),
    RECORD("note", {"By", "paper", "paper", NULL}),
    PRESS(PRESS_F12),
    KEYS("9"),
    ROW("First contact"),
    KEYS("s"),
    AS_IT_IS("countersign"),
    REFUSED("countersign"),
    END,
};

static const struct script_step in_the_morning[] = {
    SEE("Countersign"),
    MISS("silent"), /* what others asked with us owe is not ours to wait for */
    KEYS("/"),
    PRESS(PRESS_ENTER),
    KEYS("9"),
    ROW("First contact"),
    KEYS("s"),
    RECORD("countersign", {"Remark", "Right at that hour.", "Right at", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: answer the request: accept it with a scope (Art. 5)"),
    RECORD("accept", {"Scope", "Safe shelter, care, company.", "Safe shelter", NULL}),
    NEXT("Next: record help and costs; close when all is done (Art. 7.7)"),
    SEE("fill in the child form"),
    KEYS("Z"),
    FILL("close", {"Outcome", "reunited", "family reunited", "family_reunited"}),
    REFUSED("7.4: person 1 is a child"),
    PRESS(PRESS_F12),
    ROW("fill in the child form"),
    PRESS(PRESS_ENTER),
    RECORD("child", {"Accompanied?", "unacc", "unaccompanied", "unaccompanied"},
           {"In whose care", "The annex, since that night", "The annex", NULL},
           {"Responsible", "Grandmother, in Quetzaltenango", "Grandmother", NULL},
           {"Child's view", "Wants to go to her; told so.", "Wants to go", NULL},
           {"Best interests", "Return to the grandmother.", "Return to", NULL}),
    KEYS("Z"),
    SEE("Taken up where you left it"),
    RECORD_AS_IT_IS("close"),
    SEE("The case is closed"),
    PRESS(PRESS_HOME),
    ROW("report at the next meeting"),
    PRESS(PRESS_ENTER),
    RECORD("report", {"Meeting", "Liaison officers", "Liaison", NULL}),
    END,
};

static const struct post_like port_au_prince = {"MX",
                                                "MXPAP",
                                                "Embassy, Consular Section",
                                                "HT",
                                                "Port-au-Prince",
                                                "consulate",
                                                {"CA", "GT", "MX", "PA", "US"}};

static void test_a_child_at_night(void **state)
{
    struct test_post post;
    struct player p = {0};

    (void)state;
    post_make_as(&post, &port_au_prince);
    post_add_officer(&post, OFFICER, "officer", OFFICER_PASSPHRASE);
    sit(&post, &p, OFFICER_PASSPHRASE, at_night);
    sit(&post, &p, POST_PASSPHRASE, in_the_morning);
    expect_kept(&post, reference("MXPAP", 1), &p);

    json_t *show = post_show(&post, reference("MXPAP", 1));
    const json_t *notes = json_object_get(show, "notes");
    const json_t *email = json_array_get(notes, 0), *paper = json_array_get(notes, 1);
    const json_t *help = json_object_get(show, "assistance");
    assert_string_equal(text_of(show, "stage"), "reported");
    assert_int_equal(json_array_size(json_object_get(show, "contacts")), 1);
    assert_int_equal(json_array_size(help), 1);
    assert_int_equal(json_array_size(notes), 2);
    assert_string_equal(text_of(paper, "same_as"), text_of(email, "id"));
    assert_true(strcmp(text_of(email, "at"), text_of(json_array_get(help, 0), "at")) <= 0);
    /* Life is in danger: four hours to answer, unless one says otherwise. */
    const json_t *poll = json_array_get(json_object_get(show, "polls"), 0);
    struct instant asked, by;
    assert_true(instant_parse(text_of(poll, "at"), &asked));
    assert_true(instant_parse(text_of(poll, "reply_by"), &by));
    assert_in_range(by.seconds - asked.seconds, 4 * 3600 - 300, 4 * 3600);
    const json_t *boy = json_array_get(json_object_get(show, "persons"), 0);
    assert_true(json_is_true(json_object_get(boy, "minor")));
    json_decref(show);
    post_release(&post);
}

/* ---- a family after a flood: two States, two notes; a daughter of two nationalities ---- */

static const struct script_step flood[] = {
    SEE("Due"),
    KEYS("n"),
    RECORD("open", {"Where now", "senegal", "SN Senegal", "SN"},
           {"Priority", "urgent", "urgent", NULL}, {"Heard from", "tele", "telephone", "phone"}),
    RECORD("person", {"Surname", "Escobar", "Escobar", NULL},
           {"Given names", "Mauricio", "Mauricio", NULL},
           {"Proof", "passport", "passport", "passport"}, {"Born", "1984", "1984", "1984-XX-XX"},
           {"Group", "1", "1", NULL}, {"Keep together?", "yes", "yes", "true"}),
    RECORD("situation", {"Place", "Saint-Louis", "Saint-Louis", NULL}),
    PRESS(PRESS_F12), /* first the others of the family */
    KEYS("1n"),
    RECORD("person", {"Surname", "Guardado", "Guardado", NULL},
           {"Given names", "Silvia", "Silvia", NULL}, {"Proof", "passport", "passport", "passport"},
           {"Born", "1987", "1987", "1987-XX-XX"}),
    KEYS("n"),
    RECORD("person", {"Surname", "Escobar", "Escobar", NULL},
           {"Given names", "Camila", "Camila", NULL}, {"Proof", "passport", "passport", "passport"},
           {"Born", "9a", NULL, ""}),
    KEYS("n"),
    RECORD("person", {"Surname", "Escobar", "Escobar", NULL},
           {"Given names", "Aminata", "Aminata", NULL},
           {"Proof", "register", "consular register", "consular_register"},
           {"Nationality", "senegal", NULL, "SN"}, {"Proof", "birth", NULL, "birth_certificate"},
           {"Born", "4a", NULL, ""}),
    KEYS("n"),
    RECORD("person", {"Surname", "Rivas", "Rivas", NULL},
           {"Given names", "Concepción", "Concepción", NULL},
           {"Proof", "national", "national identity", "national_id"},
           {"Born", "1955", "1955", "1955-XX-XX"}),
    SEE("minor"),
    PRESS(PRESS_F12),
    NEXT("Next: record what happened (Art. 7.4)"),
    SEE("5 Rivas"),
    RECORD("ground", {"Ground", "disaster", "G4 natural disaster", "G4"}, /* by whom: by nobody */
           {"What happened", "The house was flooded.", "The house", NULL}),
    RECORD("need", {"Need", "shelter,travel", "shelter, travel document", "travel_document"},
           {"Urgency", "72h", "within 72 hours", NULL}),
    /* One word for the grown-up, one for the children. */
    RECORD("consent", {"Purpose", "p3", "P3", "P3"}),
    NEXT("Next: ask for consent to a poll without names (P3)"),
    SEE("parent"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: decide whether the mechanism applies (Art. 3)"),
    SEE("Could help there: Canada, United States"),
    SEE("Aminata"), /* of whom something is open */
    ROW("no other State's own duty"),
    SEE("undetermined"),
    PRESS(PRESS_ENTER),
    SEE("Senegal"),
    KEYS("e"),
    RECORD("determine", {"Status", "met", "met", NULL},
           {"Reason", "The family is kept together.", "The family", NULL}),
    SEE("by a person"),
    KEYS("a"),
    RECORD("decide", {"Reason", "Disaster for all five.", "Disaster", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: tell the Secretariat of the poll (Art. 7.6)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: ask the focal points (Art. 7.6)"),
    RECORD_AS_IT_IS("poll"),
    END,
};

static const struct script_step flood_exchange[] = {
    KEYS("/"),
    PRESS(PRESS_ENTER),
    NEXT("Next: write down the replies"),
    ROW("Canada"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL},
           {"Material means", "part", "in part", "partial"}, {"Offers?", "yes", "yes", "true"},
           {"Services", "shelter,travel", "shelter, travel document", "travel_document"},
           {"Limits", "Dakar only, 14 days, no funds.", "Dakar only", NULL}),
    ROW("United States"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL},
           {"Material means", "part", "in part", "partial"}, {"Offers?", "yes", "yes", "true"},
           {"Services", "shelter,", "shelter", "shelter"}),
    PRESS(PRESS_HOME),
    ROW("Canada"),
    KEYS("c"),
    RECORD("choose", {"Reason", "Papers and a roof in Dakar.", "Papers", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: ask for consent to name the person there (P4)"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: ask for consent to name the person there (P4)"),
    SEE("parent"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: record the capital's authorisation (Art. 7.5)"),
    RECORD("authorise", {"By", "Dirección General", "Dirección General", NULL},
           {"Reference", "DGSC-31", "DGSC-31", NULL}),
    NEXT("Next: request the assistance by note (Art. 6)"),
    FILL("note", {"Scope", "Logement à Dakar; titres de voyage.", "Logement", NULL},
         {"Language", "fr", "French", "fr"}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    SEE("du Canada"),
    RECORD_AS_IT_IS("note"),
    NEXT("Next: tell the Secretariat of the request (Art. 5)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: record the acceptance and its scope (Art. 5)"),
    RECORD("accept", {"Scope", "Lodging in Dakar; papers.", "Lodging", NULL},
           {"Limits", "No funds.", "No funds", NULL},
           {"Services", "shelter,travel", "shelter, travel document", "shelter"},
           {"Ends on", "t+14", NULL, ""}),
    /* The other one, with a scope of its own. */
    KEYS("7"),
    ROW("United States"),
    KEYS("c"),
    RECORD("choose", {"Reason", "Shelters until they travel.", "Shelters", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: ask for consent to name the person there (P4)"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: ask for consent to name the person there (P4)"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: request the assistance by note (Art. 6)"),
    FILL("note", {"Scope", "Coordination of shelters.", "Coordination", NULL}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    RECORD_AS_IT_IS("note"),
    NEXT("Next: record the acceptance and its scope (Art. 5)"),
    RECORD("accept", {"Scope", "Coordination of shelters.", "Coordination", NULL}),
    NEXT("Next: record the help that is given"),
    RECORD("assist", {"By", "ca", "CA Canada", "CA"}, {"Kind", "shelter", "shelter", "shelter"},
           {"Detail", "Lodged in Dakar.", "Lodged", NULL}),
    NEXT("Next: record the help that is given"),
    RECORD("assist", {"By", "us", "US United States", "US"},
           {"Kind", "shelter", "shelter", "shelter"},
           {"Detail", "A school in Saint-Louis.", "A school", NULL}),
    /* Shared by five, in two currencies. */
    KEYS("9k"),
    RECORD("cost", {"Amount", "62001", "62001", "62001"}, {"Currency", "xof", "XOF", "XOF"},
           {"Borne by", "state", "State of nationality", "state_of_citizenship"},
           {"Item", "Bus to Dakar", "Bus to Dakar", NULL}),
    KEYS("k"),
    RECORD("cost", {"Amount", "310", "310", NULL}, {"Currency", "usd", "USD", "USD"},
           {"Borne by", "ngo", "organisation", "ngo"}, {"Item", "Lodging", "Lodging", NULL}),
    SEE("XOF 62,001"),
    SEE("USD 310.00"),
    PRESS(PRESS_F12),
    NEXT("Next: record help and costs; close when all is done (Art. 7.7)"),
    ROW("person 3 is a child"),
    PRESS(PRESS_ENTER),
    RECORD("child", {"Accompanied?", "acc", "accompanied", "accompanied"},
           {"In whose care", "Her parents", "Her parents", NULL},
           {"Responsible", "Her parents", "Her parents", NULL},
           {"Child's view", "Wants to stay with them.", "Wants to", NULL},
           {"Best interests", "With her family.", "With her", NULL}),
    PRESS(PRESS_HOME),
    ROW("person 4 is a child"),
    PRESS(PRESS_ENTER),
    RECORD("child", {"Accompanied?", "acc", "accompanied", "accompanied"},
           {"In whose care", "Her parents", "Her parents", NULL},
           {"Responsible", "Her parents", "Her parents", NULL},
           {"Child's view", "Small; clings to her mother.", "Small", NULL},
           {"Best interests", "With her family.", "With her", NULL}),
    KEYS("Z"),
    RECORD("close", {"Outcome", "stays", "stays", "stays_safely"}),
    SEE("The case is closed"),
    END,
};

static const struct post_like san_salvador = {
    "SV",           "SVDIR",       "Consular Directorate",        "SV",
    "San Salvador", "directorate", {"CA", "GT", "MX", "SV", "US"}};

static void test_a_family_after_a_flood(void **state)
{
    struct test_post post;
    struct player p = {0};

    (void)state;
    post_make_as(&post, &san_salvador);
    sit(&post, &p, POST_PASSPHRASE, flood);
    sit(&post, &p, POST_PASSPHRASE, flood_exchange);
    expect_kept(&post, reference("SVDIR", 1), &p);
    json_t *show = post_show(&post, reference("SVDIR", 1));
    assert_string_equal(text_of(show, "stage"), "closing");
    assert_int_equal(json_array_size(json_object_get(show, "acceptances")), 2);
    assert_int_equal(json_array_size(json_object_get(show, "notes")), 2);
    assert_int_equal(json_array_size(json_object_get(show, "consents")), 15);
    const json_t *grounds = json_object_get(show, "grounds");
    assert_int_equal(json_array_size(grounds), 5); /* of one form */
    assert_string_equal(text_of(json_array_get(grounds, 4), "perpetrator"), "none");
    json_decref(show);
    post_release(&post);
}

/* ---- domestic violence: consent is given, and taken back by telephone ---- */

#define OFFER(state_, services_, one_)                                                             \
    PRESS(PRESS_HOME), ROW(state_), KEYS("r"),                                                     \
        RECORD("reply", {"Legal capacity", "yes", "yes", NULL},                                    \
               {"Material means", "yes", "yes", NULL}, {"Offers?", "yes", "yes", "true"},          \
               {"Services", services_, NULL, one_})

static const struct script_step taken_back[] = {
    SEE("Due"),
    KEYS("n"),
    RECORD("open", {"Where now", "türkiye", "TR", "TR"}, {"Priority", "urgent", "urgent", NULL},
           {"Heard from", "tele", "telephone", "phone"}),
    RECORD("person", {"Surname", "Paulino", "Paulino", NULL},
           {"Given names", "Yokasta", "Yokasta", NULL},
           {"Proof", "passport", "passport", "passport"}, {"Born", "1991", "1991", "1991-XX-XX"}),
    RECORD("situation", {"Place", "Ankara", "Ankara", NULL},
           {"In danger now?", "yes", "yes", "true"},
           {"Address", "behind the old market", "behind", NULL}),
    RECORD("ground", {"Ground", "domestic", "G3 domestic violence", "G3"},
           {"By whom", "family", "family", NULL},
           {"What happened", "Beaten by her husband.", "Beaten", NULL}),
    RECORD("need", {"Need", "shelter,", "shelter", "shelter"},
           {"Urgency", "24h", "within 24 hours", NULL}),
    RECORD("consent", {"Purpose", "p2,p3", "P2", "P3"},
           {"Restrictions", "Never to the husband or the police.", "Never to", NULL}),
    NEXT("Next: decide whether the mechanism applies (Art. 3)"),
    KEYS("a"),
    RECORD("decide", {"Reason", "Domestic violence; no office.", "Domestic", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: tell the Secretariat of the poll (Art. 7.6)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: ask the focal points (Art. 7.6)"),
    RECORD_AS_IT_IS("poll"),
    NEXT("Next: write down the replies"),
    OFFER("Costa Rica", "legal,", "legal"),
    OFFER("El Salvador", "shelter,legal", "shelter"),
    OFFER("Mexico", "legal,", "legal"),
    OFFER("Panama", "legal,", "legal"),
    PRESS(PRESS_HOME),
    ROW("Guatemala"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL}, {"Material means", "no", "no", NULL},
           {"Offers?", "no", "no", "false"}),
    PRESS(PRESS_HOME),
    ROW("Canada"),
    KEYS("x"),
    RECORD_AS_IT_IS("decline"),
    SEE("silent"), /* the United States */
    PRESS(PRESS_HOME),
    ROW("El Salvador"),
    KEYS("c"),
    RECORD("choose", {"Reason", "Same language, a woman officer.", "Same", NULL}),
    SEE("CHOSEN"),
    PRESS(PRESS_F12),
    NEXT("Next: ask for consent to name the person there (P4)"),
    RECORD("consent", {"Restrictions", "Never to the husband or the police.", "Never to", NULL}),
    NEXT("Next: record the capital's authorisation (Art. 7.5)"),
    RECORD("authorise", {"By", "Viceministerio", "Viceministerio", NULL},
           {"Reference", "VM-209", "VM-209", NULL}),
    NEXT("Next: request the assistance by note (Art. 6)"),
    FILL("note", {"Scope", "A safe place; a lawyer.", "A safe place", NULL}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    RECORD_AS_IT_IS("note"),
    NEXT("Next: tell the Secretariat of the request (Art. 5)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: record the acceptance and its scope (Art. 5)"),
    RECORD("accept", {"Scope", "A safe place; a lawyer.", "A safe place", NULL}),
    /* On the telephone: she takes it back, and it holds at once. */
    KEYS("1w"),
    SEE("P4"),
    RECORD("withdraw_consent", {"Purposes", "p5,p6,p7,p8", NULL, "P8"},
           {"Form", "tele", "telephone", "telephone"}),
    PRESS(PRESS_F12),
    SEE("withdrawn: a State"),
    KEYS("8n"),
    FILL("note", {"Kind", "scope", "SCOPE", ""}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    PRESS(PRESS_F2),
    SEE("Refused: note verbale"),
    SEE("has withdrawn consent to be named to El Salvador"),
    PRESS(PRESS_F12),
    PRESS(PRESS_F12),
    PRESS(PRESS_F12),
    NEXT("Next: consent was taken back: withdraw the request"),
    RECORD("withdraw", {"Reason", "She took her consent back.", "She took", NULL}),
    NEXT("Next: tell them by note that it is withdrawn"),
    FILL("note", {"Dated", "t", NULL, ""}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    MISS("Paulino"),
    MISS("husband"),
    RECORD_AS_IT_IS("note"),
    NEXT("Next: ask for the data back"),
    RECORD("data_return", {"Form", "destr", "destroyed", "destroyed"}),
    KEYS("w"), /* who got what stays to be seen */
    SEE("poll"),
    SEE("request for assistance"),
    SEE("El Salvador"),
    PRESS(PRESS_F12),
    NEXT("Next: consent was taken back: close the case, or ask anew"),
    ROW("our data: ask it back"),
    PRESS(PRESS_ENTER),
    RECORD("data_return", {"Confirmed", "t", NULL, ""}),
    KEYS("Z"),
    FILL("close", {"Outcome", "consent", "consent withdrawn", "consent_withdrawn"}),
    REFUSED("an exit needs its reason"),
    RECORD("close", {"Reason", "She has our number.", "She has", NULL}),
    SEE("The case is closed"),
    END,
};

static const struct post_like santo_domingo = {"DO",
                                               "DODIR",
                                               "Consular Directorate",
                                               "DO",
                                               "Santo Domingo",
                                               "directorate",
                                               {"CA", "CR", "DO", "GT", "MX", "PA", "SV", "US"}};

static void test_consent_is_taken_back(void **state)
{
    struct test_post post;
    struct player p = {0};

    (void)state;
    post_make_as(&post, &santo_domingo);
    sit(&post, &p, POST_PASSPHRASE, taken_back);
    expect_kept(&post, reference("DODIR", 1), &p);
    json_t *show = post_show(&post, reference("DODIR", 1));
    assert_string_equal(text_of(show, "exit"), "consent_withdrawn");
    json_decref(show);
    post_release(&post);
}

/* ---- trafficking: the network first; one who fears his own State; a visit in detention ---- */

static const struct script_step three_men[] = {
    SEE("Due"),
    KEYS("n"),
    RECORD("open", {"Where now", "thailand", "TH Thailand", "TH"},
           {"Priority", "urgent", "urgent", NULL}, {"Heard from", "ngo", "organisation", NULL}),
    RECORD("person", {"Surname", "Centeno", "Centeno", NULL},
           {"Given names", "Harvin", "Harvin", NULL},
           {"Proof", "passport", "passport", "passport"}),
    RECORD("situation", {"Place", "Bangkok", "Bangkok", NULL}, {"Detained?", "yes", "yes", "true"}),
    PRESS(PRESS_F12),
    KEYS("1n"),
    RECORD("person", {"Surname", "Laguna", "Laguna", NULL},
           {"Given names", "Bismarck", "Bismarck", NULL},
           {"Proof", "passport", "passport", "passport"}),
    KEYS("n"),
    RECORD("person", {"Surname", "Mairena", "Mairena", NULL},
           {"Given names", "Elvis", "Elvis", NULL}, {"Proof", "passport", "passport", "passport"},
           {"Fears own State", "yes", "yes", "true"}),
    SEE("person under lock"),
    MISS("Mairena"),
    PRESS(PRESS_HOME),
    ROW("person under lock"),
    KEYS("r"), /* counselling, by others than his State */
    SEE("UNHCR"),
    RECORD("refer", {"Detail", "Counselling; he was told of his choices.", "Counselling", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: record what happened (Art. 7.4)"),
    RECORD("ground", {"Ground", "traff", "G6a trafficking", "G6a"},
           {"By whom", "criminal", "criminal group", "criminal_group"},
           {"What happened", "Held, and made to deceive people.", "Held", NULL}),
    RECORD("need", {"Need", "shelter,legal", "shelter, legal", "legal"},
           {"Urgency", "24h", "within 24 hours", NULL}),
    RECORD("consent", {"Purpose", "p3", "P3", "P3"}),
    /* The network is first. */
    NEXT("Next: ask the network first (Art. 7.4)"),
    RECORD_AS_IT_IS("refer"),
    NEXT("Next: write down what the network answers (Art. 7.4)"),
    RECORD("refer_answer", {"Answer", "cannot", "cannot be resolved", "cannot_be_resolved"},
           {"Because", "No partner in that country.", "No partner", NULL}),
    NEXT("Next: decide whether the mechanism applies (Art. 3)"),
    MISS("Mairena"),
    KEYS("a"),
    RECORD("decide", {"Reason", "Trafficking, for two of the three.", "Trafficking", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: tell the Secretariat of the poll (Art. 7.6)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: ask the focal points (Art. 7.6)"),
    FILL("poll", {"Persons", "1,2,3", NULL, ""}),
    REFUSED("person 3 is under the protection lock"),
    PRESS(PRESS_TAB),
    PRESS(PRESS_BACK_TAB),
    RECORD("poll", {"Persons", "@1,2,", "2 Laguna", ""}),
    NEXT("Next: write down the replies"),
    OFFER("Panama", "shelter,legal", "shelter"),
    OFFER("Mexico", "legal,", "legal"),
    PRESS(PRESS_HOME),
    ROW("Panama"),
    KEYS("c"),
    RECORD("choose", {"Reason", "It can visit them.", "It can", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: ask for consent to name the person there (P4)"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: record the capital's authorisation (Art. 7.5)"),
    RECORD("authorise", {"By", "Dirección Consular", "Dirección", NULL},
           {"Reference", "DC-77", "DC-77", NULL}),
    NEXT("Next: request the assistance by note (Art. 6)"),
    FILL("note", {"Scope", "Visits where they are held.", "Visits", NULL}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    MISS("Mairena"),
    RECORD_AS_IT_IS("note"),
    NEXT("Next: tell the Secretariat of the request (Art. 5)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: record the acceptance and its scope (Art. 5)"),
    RECORD("accept", {"Scope", "Visits; legal advice.", "Visits", NULL}),
    NEXT("Next: record the help that is given"),
    RECORD("assist", {"Kind", "visit", "visit", NULL},
           {"Detail", "Seen at the detention centre.", "Seen", NULL}),
    SEE("1 warning: VCCR 8: must the receiving"),
    NEXT("Next: thank those whose offer was not needed"),
    SEE("CLO thanks"),
    SEE("MX Mexico"),
    END,
};

static const struct post_like managua = {
    "NI",      "NIDIR",       "Consular Directorate",        "NI",
    "Managua", "directorate", {"CA", "MX", "NI", "PA", "US"}};

static void test_the_network_is_first(void **state)
{
    struct test_post post;
    struct player p = {0};
    struct buf out = BUF_INIT;

    (void)state;
    post_make_as(&post, &managua);
    sit(&post, &p, POST_PASSPHRASE, three_men);
    expect_kept(&post, reference("NIDIR", 1), &p);
    const char *const argv[] = {"print", post.file, reference("NIDIR", 1), "summary", NULL};
    assert_int_equal(post_run(&post, NULL, &out, argv), 0);
    assert_non_null(strstr(buf_text(&out), "Centeno"));
    assert_null(strstr(buf_text(&out), "Mairena"));
    buf_release(&out);
    post_release(&post);
}

/* ---- the Secretariat: told, without a name ---- */

static const struct script_step notice[] = {
    SEE("Due"),
    KEYS("n"),
    SEE("observer"),
    RECORD("open", {"Where now", "emirates", "AE United Arab Emirates", "AE"},
           {"Whose nationals", "honduras", "HN Honduras", "HN"},
           {"Heard from", "capital", NULL, "capital"}),
    NEXT("Next: record the notice as it came in (Art. 5)"),
    SEE("TSN notice to the Secretariat"),
    RECORD("note", {"Office", "Consular Directorate", "Consular Directorate", NULL},
           {"City", "Tegucigalpa", "Tegucigalpa", NULL}, {"Number", "4/2026", "4/2026", NULL},
           {"From", "Consular Directorate of Honduras", "Consular Dir", NULL}),
    NEXT("Next: write down what we were told of, without a name"),
    RECORD("notify", {"Event", "poll", "poll", NULL},
           {"Reference", "HN-2026-0012", "HN-2026-0012", NULL},
           {"Grounds", "labour,", "labour exploitation", "G5"}),
    MISS("Next:"),
    KEYS("1n"), /* nobody is recorded here */
    FILL("person", {"Surname", "Zelaya", "Zelaya", ""}, {"Given names", "Dilcia", "Dilcia", ""},
         {"Proof", "passport", "passport", ""}),
    REFUSED("nothing about a person"),
    END,
};

static const struct post_like secretariat = {
    "CR", "RCMTS", "Technical Secretariat", "CR", "San José", "secretariat", {"HN", "MX"}};

static void test_the_secretariat_is_told(void **state)
{
    struct test_post post;
    struct player p = {0};

    (void)state;
    post_make_as(&post, &secretariat);
    sit(&post, &p, POST_PASSPHRASE, notice);
    expect_kept(&post, reference("RCMTS", 1), &p);
    json_t *show = post_show(&post, reference("RCMTS", 1));
    assert_int_equal(json_array_size(json_object_get(show, "persons")), 0);
    json_decref(show);
    post_release(&post);
}

/* ---- what cannot be, and what must be known ---- */

static const struct script_step not_so[] = {
    SEE("Due"),
    KEYS("n"),
    RECORD("open", {"Where now", "lebanon", "LB Lebanon", "LB"},
           {"Priority", "urgent", "urgent", NULL}, {"Heard from", "phone", NULL, "phone"}),
    /* A wrong digit is named, and what was typed stays. */
    FILL("person", {"Passport line",
                    "P<HNDZELAYA<MONTUFAR<<DILCIA<MARIBEL<<<<<<<<\n"
                    "F765432<<7HND9711024F31052050801199700456<64",
                    "document number", ""}),
    LEAVE(PRESS_TAB),
    SEE("document number"),
    SEE("F765432<<7HND9711024F3105205"),
    FILL("person", {"Surname", "Zelaya", "Zelaya", ""}, {"Given names", "Dilcia", "Dilcia", ""},
         {"Proof", "passport", "passport", ""}, {"Born", "2199-01-01", NULL, ""}),
    LEAVE(PRESS_F2),
    MISS("Recorded in"),
    SEE("1 value needs another look"),
    PRESS(PRESS_CTRL_HOME),
    KEYS("@"),
    RECORD("person", {"Born", "1997-11-02", "2 November 1997", "1997-11-02"}),
    RECORD("situation", {"Place", "Tripoli", "Tripoli", NULL}),
    RECORD("ground", {"Ground", "rights", "G1", "G1"}, {"By whom", "civilian", "civilian", NULL},
           {"What happened", "Robbed on the way.", "Robbed", NULL}),
    PRESS(PRESS_F12),
    KEYS("6"),
    ROW("that State takes part"),
    SEE("not met"), /* Honduras is no Party yet */
    PRESS(PRESS_HOME),
    ROW("no office of its own"),
    PRESS(PRESS_ENTER),
    SEE("honorary"), /* which does not count */
    END,
};

static const struct post_like tegucigalpa = {
    "HN", "HNDIR", "Consular Directorate", "HN", "Tegucigalpa", "directorate", {"MX"}};

static void test_what_cannot_be(void **state)
{
    struct test_post post;
    struct player p = {0};

    (void)state;
    post_make_as(&post, &tegucigalpa);
    sit(&post, &p, POST_PASSPHRASE, not_so);
    expect_kept(&post, reference("HNDIR", 1), &p);
    post_release(&post);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_child_at_night),
        cmocka_unit_test(test_a_family_after_a_flood),
        cmocka_unit_test(test_consent_is_taken_back),
        cmocka_unit_test(test_the_network_is_first),
        cmocka_unit_test(test_the_secretariat_is_told),
        cmocka_unit_test(test_what_cannot_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
