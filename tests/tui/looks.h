/* SPDX-License-Identifier: MIT */
/*
 * Every screen as it looks: which there are, and the keys that lead to each in the demo's case
 * files. For tests only.
 */
#ifndef TESTS_TUI_LOOKS_H
#define TESTS_TUI_LOOKS_H

enum look_start {
    LOOK_TODAY, /* unlocked, on the work of today; comes back there by F12 */
    LOOK_FIRST, /* as the program begins; ended afterwards */
    LOOK_ON,    /* goes on from the row before */
};

struct look {
    const char *name; /* of its file */
    const char *type; /* the screen_type's name */
    /*
     * What to type. {ENTER}, {F6}, {DOWN}, {^P}... are keys; {en:bodies|es:nombres} is typed in
     * that language only; {} waits for a question, which takes nothing typed ahead; {OTHER} lets
     * another officer record where the person of case 0010 is.
     */
    const char *keys;
    enum look_start start;
};

/* Those of one case file, in the order in which they are gone through; a list ends with name NULL.
 */
struct look_file {
    const char *file; /* of the demo's folder; "": of nobody who has a case file */
    const struct look *looks;
};

/* Ends with file NULL. */
extern const struct look_file look_files[];

#endif
