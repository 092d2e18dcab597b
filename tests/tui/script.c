/* SPDX-License-Identifier: MIT */
#include "tests/tui/script.h"

#include <string.h>

#include "tests/harness/expect.h"

/* What cannot be taken back is meant where the number of its case, as the top line has it, is typed.
 */
static void mean_it(struct player *p)
{
    struct buf top = BUF_INIT;

    if (p->killed || emulator_find(child_screen(p->child), "cannot be taken back") < 0)
        return;
    emulator_add_row(child_screen(p->child), 0, &top);
    const char *reference = strstr(buf_text(&top), " · ");
    play_type(p, reference ? reference + strlen(" · ") : "");
    play_press(p, PRESS_ENTER);
    buf_release(&top);
}

static void step(struct player *p, const char *file, const struct script_step *s)
{
    static const struct play_field none[] = {{NULL, NULL, NULL, NULL}};

    switch (s->op) {
    case SCRIPT_SEE:
        play_see_at(p, s->text, file, s->line);
        break;
    case SCRIPT_MISS:
        play_miss_at(p, s->text, file, s->line);
        break;
    case SCRIPT_KEYS:
        play_type(p, s->text);
        break;
    case SCRIPT_PRESS:
        play_press(p, s->press);
        break;
    case SCRIPT_LEAVE:
        play_done(p, s->press);
        play_take_offered(p, s->press);
        break;
    case SCRIPT_ROW:
        play_row(p, s->text);
        break;
    case SCRIPT_NEXT:
        play_see_at(p, s->text, file, s->line);
        play_row(p, "Next: ");
        play_press(p, PRESS_ENTER);
        break;
    case SCRIPT_FILL:
        play_form(p, s->text, s->fields ? s->fields : none);
        break;
    case SCRIPT_RECORD:
        play_form(p, s->text, s->fields ? s->fields : none);
        play_done(p, PRESS_F2);
        play_take_offered(p, PRESS_F2);
        if (!p->killed && emulator_find(child_screen(p->child), "Note, before it is") >= 0)
            play_press(p, PRESS_F2); /* read, and meant so */
        mean_it(p);
        play_see_at(p, "Recorded in", file, s->line);
        play_recorded(p);
        break;
    case SCRIPT_REFUSED:
        play_done(p, PRESS_F2);
        play_take_offered(p, PRESS_F2);
        mean_it(p);
        play_see_at(p, "Refused:", file, s->line);
        play_see_at(p, s->text, file, s->line);
        play_see_at(p, "What was typed is kept", file, s->line);
        play_press(p, PRESS_F12);
        break;
    case SCRIPT_END:
        break;
    }
}

void script_play(struct player *p, const char *file, const struct script_step *steps)
{
    for (; steps->op != SCRIPT_END && !p->killed; steps++)
        step(p, file, steps);
}
