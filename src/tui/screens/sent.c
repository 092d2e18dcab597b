/* SPDX-License-Identifier: MIT */
/* Who got what: every message that left, to whom, and who is named in it; whatever came after. */
#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

static const char *label_of(enum act_kind kind, const char *key, const char *code)
{
    const struct field *field = field_find(act_type(kind)->fields, key);
    const char *label = field ? code_label(field->codes, code) : NULL;
    return label ? _(label) : code;
}

/* The name of an act, or the kind of a note. */
static const char *what_of(const char *what)
{
    const struct act_type *type = act_type_named(what);
    return type ? _(type->label) : label_of(ACT_NOTE, "kind", what);
}

static const char *reader_of(const char *to)
{
    if (strcmp(to, "secretariat") == 0)
        return _("Technical Secretariat");
    return country_find(to) ? country_name(to, reader_language) : label_of(ACT_REFER, "to", to);
}

static void add_sent(struct body *b, const struct casework *w, const json_t *sent, int width)
{
    const json_t *named = json_object_get(sent, "named");
    bool wide = width >= 72; /* else the day is enough, and what is named keeps its room */
    struct buf row = BUF_INIT, when = BUF_INIT;
    char at[INSTANT_SIZE];
    snprintf(at, sizeof at, "%.*s", wide ? INSTANT_SIZE - 1 : DATE_SIZE - 1,
             payload_text(sent, "at"));
    values_say_when_short(&when, at, w->now, reader_language);
    column(&row, buf_text(&when), wide ? 12 : 6);
    column(&row, what_of(payload_text(sent, "what")), wide ? 26 : 9);
    column(&row, reader_of(payload_text(sent, "to")), wide ? 22 : 8);
    for (size_t i = 0; i < json_array_size(named); i++)
        buf_addf(&row, "%s%ld", i ? ", " : C_("message", "names "),
                 (long)json_integer_value(json_array_get(named, i)));
    if (!json_array_size(named))
        buf_adds(&row, C_("message", "no name"));
    body_row(b, 0, payload_text(sent, "id"), "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

/* The newest first. */
static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    json_t *list = w->has_case ? case_sent(&w->c) : NULL;
    for (size_t i = json_array_size(list); i-- > 0;)
        add_sent(&s->body, w, json_array_get(list, i), width);
    if (!s->body.count)
        body_empty(&s->body, width,
                   _("Nothing has left this post. Polls, notes and reports stand here once they "
                     "are recorded, with whom they name."));
    json_decref(list);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    actview_push(s->app, casescreen_work(s)->reference, body_focused(&s->body)->ref);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the act of this line in full."), open_row, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type sent_type = {
    .name = "sent",
    .title = N_("Who got what"),
    .about = N_("Every message that left this post in this case, to whom, and the numbers of the "
                "persons it names. A consent that is withdrawn takes nothing away here."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void sent_push(struct app *app, const char *reference)
{
    casescreen_push(app, &sent_type, sizeof(struct casescreen), reference);
}
