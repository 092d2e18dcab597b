/* SPDX-License-Identifier: MIT */
/* Help on one field: what it is, why it is asked, who will see it. */
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/screens.h"

enum { LABEL = 12 };

/* Who may read a field of each class. */
static const char *const readers[CLASS_COUNT] = {
    N_("Open: nothing personal; may go out in a poll."),
    N_("Personal: leaves this post only with the person's consent."),
    N_("Sensitive: leaves this post only with consent, and only where it is needed."),
    N_("Never leaves this post."),
};

/* What may be typed into a field of each type, where that is not plain. */
static const char *example_of(enum field_type type)
{
    switch (type) {
    case FIELD_DATE:
        return N_("A date: 14/3/26, 14mar2026, T (today), T-3.");
    case FIELD_PARTIAL_DATE:
        return N_("A date as far as it is known: 14/3/98, mar 98, 1998, ~1998, 35a (years old).");
    case FIELD_INSTANT:
        return N_("A time: now, 14:05, 15/3 14:05.");
    case FIELD_DEADLINE:
        return N_("A day or a time: T+3, 18mar, 15/3 14:05.");
    case FIELD_PHONE:
        return N_("With + and the country code: +971 50 123 4567.");
    case FIELD_AMOUNT:
        return N_("A sum with a point: 1850.00.");
    case FIELD_CODE:
    case FIELD_STATE:
    case FIELD_CODES:
    case FIELD_STATES:
    case FIELD_LANGUAGES:
        return N_("The code, or letters of any word of its name; F4 shows them all.");
    default:
        return NULL;
    }
}

static bool has_name(const json_t *names, const char *name)
{
    size_t i;
    json_t *one;
    json_array_foreach(names, i, one)
    {
        if (strcmp(json_string_value(one), name) == 0)
            return true;
    }
    return false;
}

/* The gates that ask for the whole act, by article. */
static void add_gates(struct helptext *help, const struct act_type *type)
{
    json_t *gates = gates_describe(reader_language), *gate;
    size_t i;
    bool any = false;
    json_array_foreach(gates, i, gate)
    {
        if (!has_name(json_object_get(gate, "acts"), type->name))
            continue;
        if (!any) {
            helptext_gap(help);
            helptext_add(help, BODY_HEAD, NULL, 0, _("Before this act is recorded"));
        }
        any = true;
        helptext_add(help, BODY_PLAIN, json_string_value(json_object_get(gate, "article")), 4,
                     json_string_value(json_object_get(gate, "text")));
    }
    json_decref(gates);
}

static void add_codes(struct helptext *help, const struct code *codes)
{
    int cells = 4;
    if (!codes)
        return;
    for (const struct code *code = codes; code->code; code++)
        if (text_cells(code->code) > cells)
            cells = text_cells(code->code);
    helptext_gap(help);
    for (const struct code *code = codes; code->code; code++)
        helptext_add(help, BODY_PLAIN, code->code, cells, _(code->label));
}

void fieldhelp_push(struct app *app, const struct act_type *type, const struct field *field)
{
    struct helptext *help = helptext_push(app, _(field->label));
    const char *example = example_of(field->type);
    struct buf article = BUF_INIT;
    helptext_add(help, BODY_PLAIN, NULL, 0, _(field->help));
    helptext_gap(help);
    if (example)
        helptext_add(help, BODY_PLAIN, _("How"), LABEL, _(example));
    if (field_takes_answer(field))
        helptext_add(help, BODY_PLAIN, _("Or"), LABEL,
                     _("?u unknown, ?r declined, ?l to be asked later, ?n not applicable"));
    helptext_add(help, BODY_PLAIN, _("Who sees it"), LABEL, _(readers[field->class]));
    const char *asked = *field->article ? field->article : type->article;
    buf_addf(&article, "%s %s", _("Article"), asked);
    if (*asked)
        helptext_add(help, BODY_PLAIN, _("Asked for by"), LABEL, buf_text(&article));
    buf_release(&article);
    helptext_add(help, BODY_PLAIN, _("Part of"), LABEL, _(type->label));
    add_codes(help, field->codes);
    add_gates(help, type);
}
