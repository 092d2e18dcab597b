/* SPDX-License-Identifier: MIT */
#include "tests/tui/scenario.h"

#include <string.h>

#include "tests/harness/expect.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, NULL, NULL, NULL                                                                     \
    }

/* ---- intake ---- */

static const struct play_field open_form[] = {
    {"Where now", "emirates", "AE United Arab Emirates", "AE"},
    {"Priority", "urgent", "urgent", NULL},
    {"Heard from", "ngo", "ngo organisation", NULL},
    END,
};
static const struct play_field person_form[] = {
    {"Passport line",
     "P<HNDZELAYA<MONTUFAR<<DILCIA<MARIBEL<<<<<<<<\n"
     "F765432<<6HND9711024F31052050801199700456<64",
     "all digits agree", "ZELAYA"},
    {"Second surname", "Montúfar", "Montúfar", NULL},
    END,
};
static const struct play_field situation_form[] = {
    {"Place", "Dubai", "Dubai", NULL},
    END,
};
static const struct play_field ground_form[] = {
    {"Ground", "labour", "G5 labour exploitation", "G5"},
    {"By whom", "employer", "employer", NULL},
    {"What happened", "Passport kept by the employer; wages of five months unpaid.",
     "Passport kept by the employer", NULL},
    END,
};
static const struct play_field need_form[] = {
    {"Need", "shelter,legal,travel", "shelter, legal advice, travel document", "legal"},
    {"Urgency", "72h", "within 72 hours", NULL},
    END,
};
static const struct play_field consent_form[] = {
    {"Purpose", "p3,p9", "P3", "P9"},
    END,
};

void scenario_intake(struct player *p)
{
    play_see(p, "Due");
    play_type(p, "n");
    play_see(p, "Intake 1 of 6");
    play_form(p, "open", open_form);
    play_record(p, PRESS_F2);
    play_see(p, "Intake 2 of 6");
    play_form(p, "person", person_form);
    play_record(p, PRESS_F2);
    play_see(p, "Intake 3 of 6");
    play_form(p, "situation", situation_form);
    play_record(p, PRESS_F2);
    play_form(p, "ground", ground_form);
    play_record(p, PRESS_F2);
    play_form(p, "need", need_form);
    play_record(p, PRESS_F2);
    play_form(p, "consent", consent_form);
    play_record(p, PRESS_F2);
}

/* ---- poll ---- */

static const struct play_field decide_form[] = {
    {"Reason", "All requirements are met on the facts.", "All requirements are met", NULL},
    END,
};
static const struct play_field poll_form[] = {
    {"Area", "Emirate of Dubai", "Emirate of Dubai", NULL},
    END,
};
static const struct play_field reply_mx[] = {
    {"Legal capacity", "yes", "yes", NULL},
    {"Material means", "part", "in part", "partial"},
    {"Offers?", "yes", "yes", "true"},
    {"Services", "shelter,legal", "shelter, legal advice", "legal"},
    {"Limits", "Visits and a list of lawyers; no funds.", "Visits and a list", NULL},
    END,
};
static const struct play_field reply_cr[] = {
    {"Legal capacity", "yes", "yes", NULL},
    {"Material means", "part", "in part", "partial"},
    {"Offers?", "yes", "yes", "true"},
    {"Services", "travel,", "travel document", "travel_document"},
    {"Limits", "No visits outside Abu Dhabi.", "No visits outside", NULL},
    END,
};
static const struct play_field reply_pa[] = {
    {"Legal capacity", "yes", "yes", NULL},
    {"Material means", "no", "no", NULL},
    {"Offers?", "no", "no", "false"},
    END,
};
static const struct play_field decline_ca[] = {
    {"Reference", "E-mail 44", "E-mail 44", NULL},
    END,
};
static const struct play_field nothing[] = {END};

/* What comes next is what Enter opens. */
static void next(struct player *p, const char *step)
{
    play_see(p, step);
    play_row(p, "Next: ");
    play_press(p, PRESS_ENTER);
}

/* The answer of the State in that row of the poll, by the key of its form. */
static void answer(struct player *p, const char *state, const char *key, const char *act,
                   const struct play_field *fields)
{
    play_row(p, state);
    play_type(p, key);
    play_form(p, act, fields);
    play_record(p, PRESS_F2);
}

static void see_the_answers(struct player *p)
{
    static const char *const rows[][2] = {
        {"Canada", "declines"},
        {"Costa Rica", "travel document; No vis"},
        {"Mexico", "shelter, legal advice"},
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
    next(p, "Next: decide whether the mechanism applies (Art. 3)");
    play_see(p, "Does the mechanism apply?");
    play_see(p, "Could help there: Canada, Costa Rica, Mexico, Panama, United States");
    play_type(p, "a");
    play_form(p, "decide", decide_form);
    play_record(p, PRESS_F2);
    play_press(p, PRESS_F12);
    next(p, "Next: tell the Secretariat of the poll (Art. 7.6)");
    play_form(p, "notify", nothing);
    play_record(p, PRESS_F2);
    next(p, "Next: ask the focal points (Art. 7.6)");
    play_form(p, "poll", poll_form);
    play_record(p, PRESS_F2);
    next(p, "Next: write down the replies");
    answer(p, "Mexico", "r", "reply", reply_mx);
    play_press(p, PRESS_HOME);
    answer(p, "Costa Rica", "r", "reply", reply_cr);
    answer(p, "Panama", "r", "reply", reply_pa);
    play_press(p, PRESS_HOME);
    answer(p, "Canada", "x", "decline", decline_ca);
    see_the_answers(p);
    play_press(p, PRESS_F12);
}

/* ---- note ---- */

static const struct play_field choose_form[] = {
    {"Reason", "It offers what is needed first, in her language.", "It offers what is", NULL},
    END,
};
static const struct play_field authorise_form[] = {
    {"By", "Directorate of Protection", "Directorate of Protection", NULL},
    {"Reference", "DGPM-118-2026", "DGPM-118-2026", NULL},
    END,
};
static const struct play_field assist_form[] = {
    {"By", "mx", "MX Mexico", "MX"},
    {"Kind", "visit", "visit", NULL},
    {"Detail", "Visit to the shelter, with a lawyer's address.", "Visit to the shelter", NULL},
    {"From", "Embassy of Mexico", "Embassy of Mexico", NULL},
    END,
};
static const struct play_field note_form[] = {
    {"Scope", "Two visits to the shelter; a list of lawyers.", "Two visits to", NULL},
    END,
};

/* Help is tried before the note: Art. 6 says no, and what was typed is kept. */
static void help_too_early(struct player *p)
{
    play_type(p, "9");
    play_type(p, "n");
    play_form(p, "assist", assist_form);
    play_done(p, PRESS_F2);
    play_see(p, "Refused: assistance");
    play_see(p, "Art. 6");
    play_see(p, "What was typed is kept");
    play_press(p, PRESS_F12);
    play_press(p, PRESS_F12);
    play_press(p, PRESS_F12);
}

void scenario_note(struct player *p)
{
    play_type(p, "7");
    play_row(p, "Mexico");
    play_type(p, "c");
    play_form(p, "choose", choose_form);
    play_record(p, PRESS_F2);
    play_press(p, PRESS_F12);
    next(p, "Next: ask for consent to name the person there (P4)");
    play_see(p, "P4 name to a State");
    play_form(p, "consent", nothing);
    play_record(p, PRESS_F2);
    next(p, "Next: record the capital's authorisation (Art. 7.5)");
    play_form(p, "authorise", authorise_form);
    play_record(p, PRESS_F2);
    help_too_early(p);
    next(p, "Next: request the assistance by note (Art. 6)");
    play_form(p, "note", note_form);
    play_done(p, PRESS_F2);
    play_see(p, "Note, before it is recorded");
    play_see(p, "presents its compliments");
    play_miss(p, "traffick");
    play_record(p, PRESS_F2);
    play_see(p, "1/2");
}

/* ---- help ---- */

static const struct play_field accept_form[] = {
    {"Scope", "Visits and a list of lawyers, for thirty days.", "Visits and a list", NULL},
    END,
};
static const struct play_field air_ticket[] = {
    {"Amount", "1850", "1850", "1850"},
    {"Currency", "aed", "AED", "AED"},
    {"Borne by", "state", "State of citizenship", "state_of_citizenship"},
    {"Item", "Air ticket to San Pedro Sula", "Air ticket", NULL},
    END,
};
static const struct play_field reception[] = {
    {"Amount", "120", "120", "120"},
    {"Borne by", "iom", "IOM", "iom"},
    {"Item", "Reception on return", "Reception on return", NULL},
    END,
};
static const struct play_field close_form[] = {
    {"Outcome", "repat", "repatriated", "repatriated"},
    END,
};
static const struct play_field report_form[] = {
    {"Meeting", "Liaison officers, second meeting of the year", "Liaison officers", NULL},
    END,
};

void scenario_help(struct player *p)
{
    next(p, "Next: tell the Secretariat of the request (Art. 5)");
    play_form(p, "notify", nothing);
    play_record(p, PRESS_F2);
    next(p, "Next: record the acceptance and its scope (Art. 5)");
    play_form(p, "accept", accept_form);
    play_record(p, PRESS_F2);
    next(p, "Next: record the help that is given");
    play_see(p, "Taken up where you left it");
    play_see(p, "Embassy of Mexico");
    play_form(p, "assist", nothing);
    play_record(p, PRESS_F2);
    play_type(p, "9");
    play_type(p, "k");
    play_form(p, "cost", air_ticket);
    play_record(p, PRESS_F2);
    play_type(p, "k");
    play_form(p, "cost", reception);
    play_record(p, PRESS_F2);
    play_see(p, "State of citizenship         AED 1850.00");
    play_see(p, "IOM                          AED 120.00");
    play_press(p, PRESS_F12);
    next(p, "Next: record help and costs; close when all is done (Art. 7.7)");
    play_see(p, "Against closing");
    play_type(p, "z");
    play_form(p, "close", close_form);
    play_record(p, PRESS_F2);
    play_see(p, "The case is closed");
    play_row(p, "report at the next meeting (Art. 7.7)");
    play_press(p, PRESS_ENTER);
    play_form(p, "report", report_form);
    play_record(p, PRESS_F2);
    play_press(p, PRESS_F12);
    play_see(p, "reported");
    play_miss(p, "Next:");
    play_press(p, PRESS_F12);
    play_see(p, "0 open");
}

void scenario_play(struct player *p)
{
    scenario_intake(p);
    scenario_poll(p);
    scenario_note(p);
    scenario_help(p);
}
