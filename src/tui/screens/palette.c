/* SPDX-License-Identifier: MIT */
/*
 * Every command by its words, with its key: what can be done on this screen first, then the screens
 * that one can go to, then the acts that can be recorded in the case one is in.
 */
#include "amparo/base/i18n.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/places.h"
#include "amparo/tui/screens.h"

enum { KEY_CELLS = 6 };

/* What the tag of an entry is made of: which table, and which row of it. */
enum { PLACES = SCREEN_TABLES, ACTS, ROWS = 1000 };

void palette_run(struct screen *below, long tag, void *ctx)
{
    const struct command *tables[SCREEN_TABLES];
    struct app *app = below->app;
    long row = tag % ROWS;
    (void)ctx;
    switch (tag / ROWS) {
    case PLACES:
        place_go(app, &places[row]);
        break;
    case ACTS:
        actmenu_record(app, app_case(app), (enum act_kind)row);
        break;
    default:
        screen_tables(below, tables);
        if (command_works(below, &tables[tag / ROWS][row]))
            command_run(below, &tables[tag / ROWS][row]);
    }
}

static void add(struct pick *pick, long tag, const char *key, const char *label, const char *help)
{
    struct buf text = BUF_INIT;
    column(&text, key, KEY_CELLS);
    buf_adds(&text, label);
    pick_add(pick, tag, buf_text(&text), help);
    buf_release(&text);
}

static void add_commands(struct pick *pick, const struct screen *of, const struct command *commands,
                         long table)
{
    for (long i = 0; commands[i].run; i++) {
        const struct command *c = &commands[i];
        struct buf key = BUF_INIT;
        if (c->key == TK_CTRL('P') || !command_works(of, c))
            continue;
        command_key(&key, c, screen_is_typing(of), of->app->term);
        add(pick, ROWS * table + i, buf_text(&key), c->label ? command_label(c) : "", _(c->help));
        buf_release(&key);
    }
}

static void add_places(struct pick *pick, const struct screen *of)
{
    for (long i = 0; places[i].type; i++)
        if (place_is_open(of, &places[i]))
            add(pick, ROWS * PLACES + i, _("go"), _(places[i].type->title),
                _(places[i].type->about));
}

static void add_acts(struct pick *pick)
{
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        if (actmenu_has(kind))
            add(pick, ROWS * ACTS + kind, _("act"), _(act_type(kind)->label), act_type(kind)->name);
}

void palette_push(struct screen *of)
{
    struct app *app = of->app;
    const struct command *tables[SCREEN_TABLES];
    bool stays = !screen_is_question(of);
    screen_tables(of, tables);
    struct pick *pick = pick_push(app, _("All that can be done here"), palette_run, NULL, NULL);
    for (long i = 0; i < SCREEN_TABLES; i++) {
        add_commands(pick, of, tables[i], i);
        pick_farther(pick);
    }
    if (stays)
        add_places(pick, of);
    pick_farther(pick);
    if (stays && app_case(app))
        add_acts(pick);
}
