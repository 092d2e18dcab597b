/* SPDX-License-Identifier: MIT */
#include "amparo/tui/formcommands.h"

#include "amparo/base/i18n.h"
#include "amparo/tui/form.h"

static bool has_field(const struct screen *s)
{
    const struct form *form = s->type->form(s);
    return form && form_item_at(form);
}

/* Somewhere in the form: the line of keys stays the same from field to field, and where the key
 * finds nothing it says so. */
static bool has_lists(const struct screen *s)
{
    return has_field(s) && form_has_codes(s->type->form(s), false);
}

static bool has_memory(const struct screen *s)
{
    return has_field(s) && form_has_memory(s->type->form(s));
}

const struct command form_commands[] = {
    {TK_TAB, NULL, N_("next"), N_("Leaves the field forward, as Enter and the down arrow do."),
     command_press, has_field},
    {TK_F(4), NULL, N_("choices"), N_("Opens the list of all that may stand in the field."),
     command_press, has_lists},
    {TK_F(5), NULL, N_("as last time"), N_("Brings the value that this field had last time."),
     command_press, has_memory},
    {TK_CTRL('F'), NULL, NULL, N_("Brings the values of last time into all empty fields."),
     command_press, has_memory},
    {TK_CTRL('U'), NULL, N_("undo"), N_("Takes back the last change, also of a field before."),
     command_press, has_field},
    {TK_CTRL('R'), NULL, NULL, N_("Makes again what was taken back."), command_press, has_field},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const char *nothing_for(const struct form *form, enum term_key key)
{
    switch (key) {
    case TK_F4:
        return form_has_codes(form, true) ? NULL : _("This field has no list: it is typed.");
    case TK_F5:
        return form_has_previous(form) ? NULL : _("This field had no value last time.");
    case TK_CTRL_U:
        return form_can_undo(form) ? NULL : _("There was nothing to undo.");
    case TK_CTRL_R:
        return form_can_redo(form) ? NULL : _("There was nothing to redo.");
    default:
        return NULL;
    }
}

void form_command_explain(struct screen *s, const struct term_event *event)
{
    const struct form *form = s->type->form ? s->type->form(s) : NULL;
    const char *why = form && form_item_at(form) && event->kind == TERM_KEY
                          ? nothing_for(form, event->key)
                          : NULL;
    if (why)
        app_say(s->app, "%s", why);
}
