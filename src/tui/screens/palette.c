/* SPDX-License-Identifier: MIT */
/* Every command of a screen by its words, with its key. */
#include "amparo/base/i18n.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"

enum { EVERYWHERE = 1000 }; /* tags of the commands that work on every screen */

void palette_run(struct screen *below, long tag, void *ctx)
{
    (void)ctx;
    const struct command *command =
        tag >= EVERYWHERE ? &screen_commands[tag - EVERYWHERE] : &below->type->commands[tag];
    command->run(below);
}

static void add_all(struct pick *pick, const struct screen *of, const struct command *commands,
                    long first)
{
    for (long i = 0; commands[i].run; i++) {
        const struct command *c = &commands[i];
        if (c->run == palette_push || (c->works && !c->works(of)))
            continue;
        struct buf label = BUF_INIT;
        command_key(&label, c, screen_is_typing(of));
        if (c->label)
            buf_addf(&label, "%s%s", label.size ? "  " : "", _(c->label));
        if (label.size)
            pick_add(pick, first + i, buf_text(&label), _(c->help));
        buf_release(&label);
    }
}

void palette_push(struct screen *of)
{
    struct pick *pick = pick_push(of->app, _("All that can be done here"), palette_run, NULL, NULL);
    add_all(pick, of, of->type->commands, 0);
    add_all(pick, of, screen_commands, EVERYWHERE);
}

void palette_reopen(struct app *app, const json_t *kept)
{
    (void)kept;
    palette_push(app_top(app));
}
