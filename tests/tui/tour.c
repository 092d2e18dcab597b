/* SPDX-License-Identifier: MIT */
#include "tests/tui/tour.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "tests/harness/scratch.h"

#define F1                                                                                         \
    "\x1B"                                                                                         \
    "1"
#define F2                                                                                         \
    "\x1B"                                                                                         \
    "2"
#define F4                                                                                         \
    "\x1B"                                                                                         \
    "4"
#define F6                                                                                         \
    "\x1B"                                                                                         \
    "6"
#define CANCEL                                                                                     \
    "\x1B"                                                                                         \
    "0"
#define PALETTE "\x10"
#define DOWN "\x1B[B"
#define HELPED "/rami\r" /* a case that is far on its way */

const struct tour_stop tour_stops[] = {
    {"today", TOUR_LIST, "?", " ", "Due"},
    {"help", TOUR_ASK, "", "?", "Today"},
    {"palette", TOUR_SEARCH, "", PALETTE, "Name"},
    {"cases", TOUR_SEARCH, "", "/", "Search"},
    {"found", TOUR_SEARCH, "/", "ra", "Search"},
    {"events", TOUR_LIST, "", "e", "Events"},
    {"event", TOUR_LIST, "e", "\r", "Event"},
    {"new event", TOUR_FORM, "e", "n", "vent"},
    {"event's people", TOUR_FORM, "e\r", "n", "vent"},
    {"countries", TOUR_SEARCH, "", "d", "which country"},
    {"directory", TOUR_LIST, "dunited ar", "\r", "United Arab"},
    {"meetings", TOUR_LIST, "", "r", "eeting"},
    {"owed", TOUR_LIST, "", "$", "osts"},
    {"register", TOUR_SEARCH, "", "b", "egister"},
    {"unfinished", TOUR_LIST, "", "u", "nfinished"},
    {"tasks", TOUR_LIST, "", "j", "asks"},
    {"settings", TOUR_LIST, "", "g", "Settings"},
    {"bodies", TOUR_LIST, PALETTE "names of b", "\r", "Bodies"},
    {"trust", TOUR_SEARCH, "", "t", "Whom we trust"},
    {"why", TOUR_LIST, "tMXAUH", "\r", "MXAUH"},
    {"call", TOUR_FORM, "tMXAUH\r", "\r", "Spoke with"},
    {"take card", TOUR_ASK, "t", "\x0E", "Take a card"},
    {"our keys", TOUR_LIST, "", "k", "Our own keys"},
    {"key card", TOUR_READ, "k", "\r", "Key card of a post"},
    {"network", TOUR_LIST, PALETTE "directory of", "\r", "Directory of the network"},
    {"access log", TOUR_LIST, PALETTE "access l", "\r", "ccess"},
    {"intake", TOUR_FORM, "", "n", "Intake 1"},
    {"intake, further", TOUR_FORM, "n", F6, "Intake 1"},
    {"field help", TOUR_ASK, "n", F1, ""},
    {"codes", TOUR_ASK, "n\t", F4, "Intake 1"},
    {"case", TOUR_LIST, "/rami", "\r", "HN-2026-0004"},
    {"persons", TOUR_LIST, HELPED, "1", "Persons"},
    {"person", TOUR_FORM, HELPED "1", "\r", ""},
    {"place", TOUR_FORM, HELPED, "2", ""},
    {"grounds", TOUR_LIST, HELPED, "3", ""},
    {"needs", TOUR_LIST, HELPED, "4", ""},
    {"consent", TOUR_LIST, HELPED, "5", ""},
    {"eligibility", TOUR_LIST, HELPED, "6", "apply"},
    {"why", TOUR_LIST, HELPED "6", "\r", "apply"},
    {"poll", TOUR_LIST, HELPED, "7", "Poll"},
    {"notes", TOUR_LIST, HELPED, "8", "Notes"},
    {"help log", TOUR_LIST, HELPED, "9", ""},
    {"history", TOUR_LIST, HELPED, "0", ""},
    {"act", TOUR_READ, HELPED "0", "\r", ""},
    {"documents", TOUR_LIST, HELPED, "p", "ocument"},
    {"preview", TOUR_READ, HELPED "p", "\r", ""},
    {"print", TOUR_LIST, HELPED "p\r", "p", "Print where?"},
    {"check a paper", TOUR_ASK, PALETTE "check a paper", "\r", "Check a paper"},
    {"forms", TOUR_LIST, PALETTE "forms to fill", "\r", "Forms"},
    {"inbox", TOUR_LIST, PALETTE "inbox", "\r", "Inbox"},
    {"outbox", TOUR_LIST, PALETTE "outbox", "\r", "Outbox"},
    {"receive", TOUR_ASK, PALETTE "receive", "\r", "Receive"},
    {"conversation", TOUR_LIST, HELPED PALETTE "conversation", "\r", "Conversation"},
    {"dossier", TOUR_LIST, HELPED PALETTE "dossier", "\r", "Dossier"},
    {"sent", TOUR_LIST, HELPED, "w", ""},
    {"closing", TOUR_LIST, HELPED, "z", "losing"},
    {"as of", TOUR_ASK, HELPED, "t", ""},
    {"acts", TOUR_LIST, HELPED, "a", ""},
    {"refused", TOUR_LIST, "/0011\r1", F2, ""},
};
const size_t tour_stop_count = ARRAY_SIZE(tour_stops);

void tour_make(struct tour *tour)
{
    const char *program = getenv("AMPARO");

    tour->folder = scratch_make();
    char *demo = scratch_path(tour->folder, "demo");
    char *command = xasprintf("'%s' demo '%s' >/dev/null", program ? program : "amparo", demo);
    if (system(command) != 0)
        errx(1, "%s failed", command);
    tour->file = scratch_path(demo, "1-honduras.amparo");
    free(command);
    free(demo);
}

void tour_release(struct tour *tour)
{
    free(tour->file);
    scratch_remove(tour->folder);
}

struct child *tour_start(const struct tour *tour, const struct child_options *options,
                         const char *line)
{
    const char *const with[] = {NULL, tour->file, line, NULL};
    struct child *child = child_start(options, with);

    child_rest(child);
    return child;
}

void tour_unlock(struct child *child)
{
    child_type(child, TOUR_PASSPHRASE "\r");
}

void tour_before(struct child *child, const struct tour_stop *stop)
{
    child_type(child, stop->before);
}

void tour_last(struct child *child, const struct tour_stop *stop)
{
    child_type(child, stop->last);
}

bool tour_is_home(const struct child *child)
{
    struct buf head = BUF_INIT;

    emulator_add_row(child_screen(child), 0, &head);
    bool home = strncmp(buf_text(&head), " Honduras ", 10) == 0;
    buf_release(&head);
    return home;
}

bool tour_is_locked(const struct child *child)
{
    const struct emulator *screen = child_screen(child);

    return emulator_find(screen, ">Passphrase") >= 0 || emulator_find(screen, ">Contraseña") >= 0 ||
           emulator_find(screen, ">Phrase de passe") >= 0;
}

bool tour_home(struct child *child)
{
    enum { MOST = 60 };

    for (int i = 0; i < MOST && !child_has_ended(child) && !tour_is_home(child); i++) {
        if (tour_is_locked(child))
            tour_unlock(child);
        else
            child_press(child, PRESS_F12);
    }
    return !child_has_ended(child) && tour_is_home(child);
}
