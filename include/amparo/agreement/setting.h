/* SPDX-License-Identifier: MIT */
/*
 * What a post sets for itself, each with what holds where nobody said anything: the periods of
 * which the instrument's text is silent, how long data is kept, and the like. One table: the
 * settings screen, the commands and the rules that read a setting are made from it. Layer:
 * agreement (pure); the values are kept by store/settings.h.
 */
#ifndef AMPARO_AGREEMENT_SETTING_H
#define AMPARO_AGREEMENT_SETTING_H

#include <stdbool.h>

/* The numbers are in the file (tasks): never change or reuse one. */
enum setting {
    SETTING_NONE = 0,
    /* until when others answer, and we do */
    SETTING_ACKNOWLEDGE = 1,  /* a poll that came in */
    SETTING_REPLY = 2,        /* to a poll */
    SETTING_URGENT_REPLY = 3, /* to one that is urgent */
    SETTING_COUNTERSIGN = 4,  /* a first contact, an override, a basis */
    SETTING_RECEIVABLE = 5,   /* an advance is paid back */
    SETTING_SOON = 6,         /* what comes near is shown so long before */
    /* how long data is kept */
    SETTING_KEEP_REQUESTING = 7, /* requesting post, after closing: is it still needed? */
    SETTING_KEEP_ASSISTING =
        8,                   /* assisting post, after closing: reduce to a log without identity */
    SETTING_KEEP_INTAKE = 9, /* not eligible, or never polled for */
    SETTING_KEEP_BACKUP = 10,
    SETTING_ERASE = 11, /* who asked to be erased has an answer */
    /* this program */
    SETTING_LOCK = 12, /* without a key, the screen locks */
    /* the directory */
    SETTING_LIST_AGE = 13, /* a list of offices may be so old without a warning */
    /* this program, again */
    SETTING_SKIP = 14, /* a field of one letter is left by itself */
    /* what others answer, again */
    SETTING_TELEPHONE = 15, /* what was sent and is not acknowledged */
    /* the letterhead of documents: "" is none, or as the post is recorded */
    SETTING_STATE_LINE = 16,
    SETTING_OFFICE_LINE = 17,
    SETTING_ADDRESS_LINE = 18,
    SETTING_PHONE_LINE = 19,
    SETTING_EMAIL_LINE = 20,
    /* the receipt that a migrant gets */
    SETTING_NAMES_OFFICER = 21, /* who spoke to her stands on it */
    /* how documents are printed */
    SETTING_A4 = 22,         /* on A4 and not on Letter */
    SETTING_DOT_MATRIX = 23, /* the printers that take plain text: their names, "" is none */
    SETTING_END,
};

enum setting_unit {
    UNIT_MINUTES,
    UNIT_HOURS,
    UNIT_DAYS,
    UNIT_WORKING_DAYS, /* of the authority that must act */
    UNIT_MONTHS,
    UNIT_TEXT,
    UNIT_SWITCH, /* 1 yes, 0 no */
};

enum setting_group {
    SETTINGS_ANSWERS,
    SETTINGS_KEEPING,
    SETTINGS_DIRECTORY,
    SETTINGS_PROGRAM,
    SETTINGS_DOCUMENTS,
    SETTINGS_GROUP_COUNT,
};

struct setting_type {
    const char *name; /* as on the command line and in the file */
    enum setting_group group;
    enum setting_unit unit;
    long usual; /* where nothing is said */
    long least, most;
    const char *label;      /* N_(): what it is the period of */
    const char *usual_text; /* UNIT_TEXT: where nothing is said */
};

/* BUG() where there is none of that number. */
const struct setting_type *setting_type(enum setting which);
/* SETTING_NONE: there is none of that name. */
enum setting setting_named(const char *name);
/* The next one of that group after `from` (SETTING_NONE: the first); SETTING_NONE: no more. */
enum setting setting_next(enum setting_group group, enum setting from);

extern const char *const setting_groups[SETTINGS_GROUP_COUNT]; /* N_() */

#endif
