/* SPDX-License-Identifier: MIT */
#include "tests/tui/scenario.h"

#include <string.h>

#include "tests/harness/expect.h"
#include "tests/tui/script.h"

/* ---- intake ---- */

static const struct script_step intake[] = {
    SEE("Due"),
    KEYS("n"),
    SEE("Intake 1 of 6"),
    RECORD("open", {"Where now", "emirates", "AE United Arab Emirates", "AE"},
           {"Priority", "urgent", "urgent", NULL}, {"Heard from", "ngo", "ngo organisation", NULL}),
    SEE("Intake 2 of 6"),
    RECORD("person",
           {"Passport line",
            "P<HNDZELAYA<MONTUFAR<<DILCIA<MARIBEL<<<<<<<<\n"
            "F765432<<6HND9711024F31052050801199700456<64",
            "all digits agree", "ZELAYA"},
           {"Second surname", "Montúfar", "Montúfar", NULL}),
    SEE("Intake 3 of 6"),
    RECORD("situation", {"Place", "Dubai", "Dubai", NULL}),
    RECORD("ground", {"Ground", "labour", "G5 labour exploitation", "G5"},
           {"By whom", "employer", "employer", NULL},
           {"What happened", "Passport kept by the employer; wages of five months unpaid.",
            "Passport kept by the employer", NULL}),
    RECORD("need",
           {"Need", "shelter,legal,travel", "shelter, legal advice, travel document", "legal"},
           {"Urgency", "72h", "within 72 hours", NULL}),
    RECORD("consent", {"Purpose", "p3,p9", "P3", "P9"}),
    END,
};

void scenario_intake(struct player *p)
{
    script_play(p, __FILE__, intake);
}

/* ---- poll ---- */

static const struct script_step poll[] = {
    NEXT("Next: decide whether the mechanism applies (Art. 3)"),
    SEE("Does the mechanism apply?"),
    SEE("Could help there: Canada, Costa Rica, Mexico, Panama, United States"),
    KEYS("a"),
    RECORD("decide",
           {"Reason", "All requirements are met on the facts.", "All requirements are met", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: tell the Secretariat of the poll (Art. 7.6)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: ask the focal points (Art. 7.6)"),
    RECORD("poll", {"Area", "Emirate of Dubai", "Emirate of Dubai", NULL}),
    NEXT("Next: write down the replies"),
    ROW("Mexico"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL},
           {"Material means", "part", "in part", "partial"}, {"Offers?", "yes", "yes", "true"},
           {"Services", "shelter,legal", "shelter, legal advice", "legal"},
           {"Limits", "Visits and a list of lawyers; no funds.", "Visits and a list", NULL}),
    PRESS(PRESS_HOME),
    ROW("Costa Rica"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL},
           {"Material means", "part", "in part", "partial"}, {"Offers?", "yes", "yes", "true"},
           {"Services", "travel,", "travel document", "travel_document"},
           {"Limits", "No visits outside Abu Dhabi.", "No visits outside", NULL}),
    ROW("Panama"),
    KEYS("r"),
    RECORD("reply", {"Legal capacity", "yes", "yes", NULL}, {"Material means", "no", "no", NULL},
           {"Offers?", "no", "no", "false"}),
    PRESS(PRESS_HOME),
    ROW("Canada"),
    KEYS("x"),
    RECORD("decline", {"Reference", "E-mail 44", "E-mail 44", NULL}),
    END,
};

static void see_the_answers(struct player *p)
{
    static const char *const rows[][2] = {
        {"Canada", "declines"},
        {"Costa Rica", "No vis"},
        {"Mexico", "yes     yes"},
        {"Panama", "no offer"},
        {"United States", "silent"},
    };

    for (size_t i = 0; !p->killed && i < sizeof rows / sizeof *rows; i++) {
        int row = emulator_find(child_screen(p->child), rows[i][0]);
        expect_true(p->child, row >= 0);
        expect_row_has(p->child, row, rows[i][1]);
    }
    if (!p->killed) {
        struct buf row = BUF_INIT;
        emulator_add_row(child_screen(p->child),
                         emulator_find(child_screen(p->child), "United States"), &row);
        expect_true(p->child, strstr(buf_text(&row), "decline") == NULL);
        buf_release(&row);
    }
}

void scenario_poll(struct player *p)
{
    script_play(p, __FILE__, poll);
    see_the_answers(p);
    play_press(p, PRESS_F12);
}

/* ---- note ---- */

static const struct script_step note[] = {
    KEYS("7"),
    ROW("Mexico"),
    KEYS("c"),
    RECORD("choose", {"Reason", "It offers what is needed first, in her language.",
                      "It offers what is", NULL}),
    PRESS(PRESS_F12),
    NEXT("Next: ask for consent to name the person there (P4)"),
    SEE("P4 name to a State"),
    RECORD_AS_IT_IS("consent"),
    NEXT("Next: record the capital's authorisation (Art. 7.5)"),
    RECORD("authorise", {"By", "Directorate of Protection", "Directorate of Protection", NULL},
           {"Reference", "DGPM-118-2026", "DGPM-118-2026", NULL}),
    /* Help is tried before the note: Art. 6 says no, and what was typed is kept. */
    KEYS("9n"),
    SEE("MX Mexico"),
    FILL(
        "assist", {"Kind", "visit", "visit", NULL},
        {"Detail", "Visit to the shelter, with a lawyer's address.", "Visit to the shelter", NULL}),
    REFUSED("Art. 6"),
    PRESS(PRESS_F12),
    PRESS(PRESS_F12),
    NEXT("Next: request the assistance by note (Art. 6)"),
    FILL("note", {"Scope", "Two visits to the shelter; a list of lawyers.", "Two visits to", NULL}),
    LEAVE(PRESS_F2),
    SEE("Note, before it is recorded"),
    SEE("presents its compliments"),
    MISS("traffick"),
    RECORD_AS_IT_IS("note"),
    SEE("1/2"),
    END,
};

void scenario_note(struct player *p)
{
    script_play(p, __FILE__, note);
}

/* ---- help ---- */

static const struct script_step help[] = {
    NEXT("Next: tell the Secretariat of the request (Art. 5)"),
    RECORD_AS_IT_IS("notify"),
    NEXT("Next: record the acceptance and its scope (Art. 5)"),
    RECORD("accept",
           {"Scope", "Visits and a list of lawyers, for thirty days.", "Visits and a list", NULL}),
    NEXT("Next: record the help that is given"),
    SEE("Taken up where you left it"),
    SEE("with a lawyer's address"),
    RECORD_AS_IT_IS("assist"),
    NEXT("Next: thank those whose offer was not needed"),
    SEE("CR Costa Rica"),
    RECORD_AS_IT_IS("note"),
    KEYS("9k"),
    RECORD("cost", {"Amount", "1850", "1850", "1850"}, {"Currency", "aed", "AED", "AED"},
           {"Borne by", "state", "State of nationality", "state_of_citizenship"},
           {"Item", "Air ticket to San Pedro Sula", "Air ticket", NULL}),
    KEYS("k"),
    RECORD("cost", {"Amount", "120", "120", "120"}, {"Borne by", "iom", "IOM", "iom"},
           {"Item", "Reception on return", "Reception on return", NULL}),
    SEE("State of nationality                     AED 1,850.00"),
    SEE("IOM                                        AED 120.00"),
    PRESS(PRESS_F12),
    NEXT("Next: record help and costs; close when all is done (Art. 7.7)"),
    SEE("Against closing"),
    KEYS("Z"),
    RECORD("close", {"Outcome", "repat", "repatriated", "repatriated"}),
    SEE("The case is closed"),
    ROW("report at the next meeting (Art. 7.7)"),
    PRESS(PRESS_ENTER),
    RECORD("report",
           {"Meeting", "Liaison officers, second meeting of the year", "Liaison officers", NULL}),
    PRESS(PRESS_F12),
    SEE("reported"),
    MISS("Next:"),
    PRESS(PRESS_F12),
    SEE("0 open"),
    END,
};

void scenario_help(struct player *p)
{
    script_play(p, __FILE__, help);
}

void scenario_play(struct player *p)
{
    scenario_intake(p);
    scenario_poll(p);
    scenario_note(p);
    scenario_help(p);
}
