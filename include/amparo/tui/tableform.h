/* SPDX-License-Identifier: MIT */
/*
 * The form of a field table that is no act: an event, an office of a list. What is typed is kept as
 * a draft until F2 says it; a lock or a hang-up loses nothing. Layer: tui.
 *
 * The state of such a screen is a struct tableform. A type of screen takes TABLEFORM_SCREEN into
 * its initialiser, and adds name, title, about and commands (tableform_finish is F2).
 */
#ifndef AMPARO_TUI_TABLEFORM_H
#define AMPARO_TUI_TABLEFORM_H

#include "amparo/agreement/act.h"
#include "amparo/tui/actitems.h"
#include "amparo/tui/form.h"
#include "amparo/tui/formdraft.h"
#include "amparo/tui/screen.h"

struct tableform;

struct tableform_hooks {
    const struct act_type *table;
    const char *subject; /* of its drafts, before the name of what is changed */
    bool name_stays;     /* the first field is only read where something is changed */

    /* What the fields begin with: tableform_put() of what is changed, or tableform_offer(). */
    bool (*begin)(struct tableform *f, struct error *err);
    /* Keeps what was said; the draft (0: none) goes in the same transaction. */
    bool (*say)(struct tableform *f, const json_t *content, int64_t draft, struct error *err);
    /* It was kept, and the form has been left. `of` is what was changed, or NULL. */
    void (*said)(struct app *app, const char *of, const json_t *content);
    /* Where one is, for the top line. */
    void (*where)(const struct tableform *f, struct buf *out);
    /* What stands above the fields, to be looked at while one types; NULL: nothing. */
    void (*above)(const struct tableform *f, struct body *body, int width);
};

struct tableform {
    struct app *app;
    const struct tableform_hooks *hooks;
    char *of;          /* the name of what is changed; NULL: something new */
    struct casework w; /* of no case: what may stand in a field asks for one */
    struct act_items items;
    struct form *form;
    struct form_draft draft;
    size_t faults;
    bool first, done;
};

/* `of` is copied; NULL: something new. */
void tableform_push(struct app *app, const struct screen_type *type,
                    const struct tableform_hooks *hooks, const char *of);

/* What was kept of it before a lock: the name of what is changed, or NULL. */
const char *tableform_kept(const json_t *kept);

/* All values of a JSON object by the table; one of its keys, offered. */
void tableform_put(struct tableform *f, const json_t *content);
void tableform_offer(struct tableform *f, const char *key, const char *value);

/* F2. */
void tableform_finish(struct screen *s);

bool tableform_load(struct screen *s, struct error *err);
void tableform_head(const struct screen *s, struct buf *where, struct buf *right);
void tableform_status(const struct screen *s, struct buf *out);
void tableform_build(struct screen *s, int width);
void tableform_draw(struct screen *s, struct terminal *term, int row, int rows);
bool tableform_event(struct screen *s, const struct term_event *event);
struct form *tableform_form(const struct screen *s);
void tableform_idle(struct screen *s);
void tableform_keep(struct screen *s, json_t *kept);
void tableform_close(struct screen *s);

#define TABLEFORM_SCREEN                                                                           \
    .typing = true, .form = tableform_form, .load = tableform_load, .build = tableform_build,      \
    .head = tableform_head, .draw = tableform_draw, .status = tableform_status,                    \
    .event = tableform_event, .idle = tableform_idle, .keep = tableform_keep,                      \
    .close = tableform_close

#endif
