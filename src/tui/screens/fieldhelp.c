/* SPDX-License-Identifier: MIT */
/* Help on one field: what it is, why it is asked, who will see it. */
#include <string.h>

#include "amparo/agreement/article.h"
#include "amparo/agreement/gate.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/screens.h"

enum { LABEL = 12 };

/* Who may read a field of each class. */
static const char *const readers[CLASS_COUNT] = {
    N_("Open: nothing personal; may go out in a poll."),
    N_("Personal: leaves this post only with consent."),
    N_("Sensitive: leaves only with consent, where it is needed."),
    N_("Never leaves this post."),
};

/* What may be typed into a field of each type. */
static const char *const examples[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = N_("In a line, as one writes it."),
    [FIELD_LONG] = N_("Lines of text; Ctrl-J begins a new one."),
    [FIELD_DATE] = N_("A date: 14/3/26, 14mar2026, T (today), T-3."),
    [FIELD_PARTIAL_DATE] = N_("14/3/98, mar 98, 1998, ~1998, 35a (years old)."),
    [FIELD_INSTANT] = N_("A time: now, 14:05, 15/3 14:05."),
    [FIELD_DEADLINE] = N_("A day or a time: T+3, 18mar, 15/3 14:05."),
    [FIELD_PHONE] = N_("With + and the country code: +971 50 123 4567."),
    [FIELD_AMOUNT] = N_("A sum with a point: 1850.00."),
    [FIELD_NUMBER] = N_("A whole number: 3."),
    [FIELD_MRZ] = N_("The lines at the foot of the passport, read or typed."),
};

static const char *example_of(const struct field *field)
{
    const char *example = examples[field->type];
    return example ? example : N_("A code, or letters of any word of it; F4 lists all.");
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

/* Why it is asked: what the article demands, in a line. */
static void add_why(struct helptext *help, const struct act_type *type, const struct field *field)
{
    const char *article = *field->article ? field->article : type->article;
    const char *gist = article_gist(article);
    struct buf text = BUF_INIT;
    if (gist)
        buf_addf(&text, "Art. %s%s%s", article, label_colon(), _(gist));
    else
        buf_adds(&text, _("This post works by it; no article asks for it."));
    helptext_add(help, BODY_PLAIN, _("Why asked"), LABEL, buf_text(&text));
    buf_release(&text);
}

struct helptext *fieldhelp_make(const struct act_type *type, const struct field *field)
{
    struct helptext *help = helptext_new(_(field->label));
    const char *example = example_of(field);
    helptext_add(help, BODY_PLAIN, NULL, 0, _(field->help));
    helptext_gap(help);
    helptext_add(help, BODY_PLAIN, _("How"), LABEL, _(example));
    if (field_takes_answer(field))
        helptext_add(help, BODY_PLAIN, _("Or"), LABEL,
                     _("?u unknown, ?r declined, ?l ask later, ?n does not apply"));
    add_why(help, type, field);
    helptext_add(help, BODY_PLAIN, _("Who sees it"), LABEL, _(readers[field->class]));
    return help;
}

static void add_all(struct helptext *help, struct screen *of, const struct act_type *type,
                    const struct field *field)
{
    helptext_add(help, BODY_PLAIN, _("Part of"), LABEL, _(type->label));
    add_codes(help, field->codes);
    add_gates(help, type);
    helptext_gap(help);
    helptext_add(help, BODY_HEAD, NULL, 0, _(of->type->title));
    help_add(help, of);
}

void fieldhelp_push(struct screen *of, const struct act_type *type, const struct field *field,
                    bool all)
{
    if (!field) {
        help_push(of);
        return;
    }
    struct helptext *help = fieldhelp_make(type, field);
    if (all)
        add_all(help, of, type, field);
    helptext_show(of->app, help);
}
