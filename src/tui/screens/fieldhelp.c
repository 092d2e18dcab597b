/* SPDX-License-Identifier: MIT */
/* Help on one field: what it is, why it is asked, who will see it. */
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/i18n.h"
#include "amparo/tui/screens.h"

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
static void add_gates(struct buf *out, const struct act_type *type)
{
    json_t *gates = gates_describe(reader_language), *gate;
    size_t i;
    json_array_foreach(gates, i, gate)
    {
        if (has_name(json_object_get(gate, "acts"), type->name))
            buf_addf(out, "   %-4s %s\n", json_string_value(json_object_get(gate, "article")),
                     json_string_value(json_object_get(gate, "text")));
    }
    json_decref(gates);
}

void fieldhelp_push(struct app *app, const struct act_type *type, const struct field *field)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, " %s\n\n", _(field->help));
    const char *example = example_of(field->type);
    if (example)
        buf_addf(&text, " %s\n", _(example));
    buf_addf(&text, " %s\n", _(readers[field->class]));
    if (*field->article)
        buf_addf(&text, " %s %s\n", _("Asked for by Article"), field->article);
    if (field->codes) {
        buf_adds(&text, "\n");
        for (const struct code *code = field->codes; code->code; code++)
            buf_addf(&text, "   %-22s %s\n", code->code, _(code->label));
    }
    struct buf gates = BUF_INIT;
    add_gates(&gates, type);
    if (gates.size)
        buf_addf(&text, "\n %s\n%s", _("Before this act is recorded:"), buf_text(&gates));
    buf_release(&gates);
    preview_push(app, _(field->label), buf_detach(&text));
}
