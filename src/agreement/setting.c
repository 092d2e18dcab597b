/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/setting.h"

#include <string.h>

#include "amparo/agreement/facts.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum {
    CENTURY = 36525,    /* days */
    LINE_LETTERS = 160, /* bytes: two lines of paper */
};

#define PERIOD(group_, unit_, name_, usual_, least_, most_, label_)                                \
    {                                                                                              \
        .name = (name_), .group = SETTINGS_##group_, .unit = UNIT_##unit_, .usual = (usual_),      \
        .least = (least_), .most = (most_), .label = (label_)                                      \
    }

#define LINE(name_, label_)                                                                        \
    {                                                                                              \
        .name = (name_), .group = SETTINGS_DOCUMENTS, .unit = UNIT_TEXT, .most = LINE_LETTERS,     \
        .label = (label_), .usual_text = ""                                                        \
    }

/* clang-format off */
static const struct setting_type types[SETTING_END] = {
    [SETTING_ACKNOWLEDGE] =     PERIOD(ANSWERS,   WORKING_DAYS, "acknowledge",   1, 0, 30, N_("a poll that came in is acknowledged")),
    [SETTING_REPLY] =           PERIOD(ANSWERS,   WORKING_DAYS, "reply",         3, 1, 60, N_("a poll is replied to")),
    [SETTING_URGENT_REPLY] =    PERIOD(ANSWERS,   HOURS,        "urgent_reply",  4, 1, 240, N_("an urgent poll is replied to")),
    [SETTING_COUNTERSIGN] =     PERIOD(ANSWERS,   HOURS,        "countersign",  24, 1, 240, N_("a first contact or override is countersigned")),
    [SETTING_RECEIVABLE] =      PERIOD(ANSWERS,   MONTHS,       "receivable",   12, 1, 120, N_("an advance is paid back")),
    [SETTING_SOON] =            PERIOD(ANSWERS,   DAYS,         "soon",          7, 1, 90, N_("what comes near is shown before")),
    [SETTING_TELEPHONE] =       PERIOD(ANSWERS,   DAYS,         "telephone",     7, 1, 90, N_("what is not acknowledged: one telephones")),
    [SETTING_KEEP_REQUESTING] = PERIOD(KEEPING,   DAYS,         "requesting",  731, 1, CENTURY, N_("our own nationals, after closing: to be reviewed")),
    [SETTING_KEEP_ASSISTING] =  PERIOD(KEEPING,   DAYS,         "assisting",   180, 1, CENTURY, N_("those we assisted, after closing: to be reduced")),
    [SETTING_KEEP_INTAKE] =     PERIOD(KEEPING,   DAYS,         "intake",       90, 1, CENTURY, N_("not eligible, or never polled for: to be erased")),
    [SETTING_KEEP_BACKUP] =     PERIOD(KEEPING,   DAYS,         "backup",      180, 1, CENTURY, N_("a backup: to be destroyed")),
    [SETTING_ERASE] =           PERIOD(KEEPING,   DAYS,         "erase",        30, 1, 366, N_("a request to erase is answered")),
    [SETTING_LIST_AGE] =        PERIOD(DIRECTORY, DAYS,         "list_age", LIST_DAYS, 1, CENTURY, N_("a list of offices (7.6) is old after")),
    [SETTING_SKIP] =            PERIOD(PROGRAM,   SWITCH,       "skip",          1, 0, 1, N_("a cell of one letter is left by itself")),
    [SETTING_LOCK] =            PERIOD(PROGRAM,   MINUTES,      "lock",         10, 1, 60, N_("without a key, the screen locks")),
    [SETTING_STATE_LINE] =      LINE("state_line", N_("letterhead: State")),
    [SETTING_OFFICE_LINE] =     LINE("office_line", N_("letterhead: office")),
    [SETTING_ADDRESS_LINE] =    LINE("address_line", N_("letterhead: address")),
    [SETTING_PHONE_LINE] =      LINE("phone_line", N_("letterhead: telephone")),
    [SETTING_EMAIL_LINE] =      LINE("email_line", N_("letterhead: e-mail")),
    [SETTING_NAMES_OFFICER] =   PERIOD(DOCUMENTS, SWITCH,       "names_officer", 0, 0, 1, N_("the receipt names the officer")),
    [SETTING_A4] =              PERIOD(DOCUMENTS, SWITCH,       "a4",            0, 0, 1, N_("paper is A4, not Letter")),
    [SETTING_DOT_MATRIX] =      LINE("dot_matrix", N_("dot-matrix printers")),
};
/* clang-format on */

const char *const setting_groups[SETTINGS_GROUP_COUNT] = {
    [SETTINGS_ANSWERS] = N_("Until when"),
    [SETTINGS_KEEPING] = N_("How long data is kept"),
    [SETTINGS_DIRECTORY] = N_("The directory"),
    [SETTINGS_PROGRAM] = N_("This program"),
    [SETTINGS_DOCUMENTS] = N_("In documents"),
};

const struct setting_type *setting_type(enum setting which)
{
    if (which <= SETTING_NONE || which >= SETTING_END)
        BUG("no such setting");
    return &types[which];
}

enum setting setting_named(const char *name)
{
    for (int i = SETTING_NONE + 1; i < SETTING_END; i++)
        if (strcmp(types[i].name, name) == 0)
            return (enum setting)i;
    return SETTING_NONE;
}

enum setting setting_next(enum setting_group group, enum setting from)
{
    for (int i = from + 1; i < SETTING_END; i++)
        if (types[i].group == group)
            return (enum setting)i;
    return SETTING_NONE;
}
