/* SPDX-License-Identifier: MIT */
/* The notes verbales of a case, and what became of each. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/stopped.h"
#include "amparo/tui/values.h"

static const char *other_state(const struct entry *note)
{
    bool out = strcmp(entry_text(note, "direction"), "out") == 0;
    const json_t *office = json_object_get(note->payload, out ? "to" : "from");
    const char *state = json_string_value(json_object_get(office, "state"));
    return state ? state : "";
}

static const char *standing(const struct casework *w, const struct entry *note)
{
    bool out = strcmp(entry_text(note, "direction"), "out") == 0;
    if (note->annulled)
        return _("annulled");
    if (strcmp(entry_text(note, "kind"), "REQ") != 0)
        return "";
    const struct entry *open =
        case_open_request(&w->c, out ? other_state(note) : w->c.post_state, 0);
    return open == note ? _("still open") : _("ended");
}

static void add_word(struct buf *row, bool *begun, const char *word)
{
    buf_addf(row, "%s%s", *begun ? " · " : "", word);
    *begun = true;
}

/* What became of it, the sender's number, its standing: as much as there is room for. */
static void add_standing(struct buf *row, const struct casework *w, const struct entry *note,
                         int width)
{
    json_t *slip = note_slip(&w->c, note);
    const char *stands = standing(w, note), *theirs = entry_text(note, "number");
    const char *answered = json_string_value(json_object_get(slip, "answered_by"));
    bool begun = false;
    if (*theirs && width >= 60)
        add_word(row, &begun, theirs);
    if (answered && width >= 70) {
        struct buf text = BUF_INIT;
        buf_addf(&text, _("answered by %.*s"), (int)strcspn(answered, " "), answered);
        add_word(row, &begun, buf_text(&text));
        buf_release(&text);
    } else if (json_object_get(slip, "delivered_on") && width >= 70) {
        add_word(row, &begun, _("delivered"));
    }
    if (*stands)
        add_word(row, &begun, stands);
    json_decref(slip);
}

static void add_note(struct body *b, const struct casework *w, const struct entry *note, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    const char *at = entry_text(note, "at");
    bool out = strcmp(entry_text(note, "direction"), "out") == 0;
    bool narrow = width < 60; /* the day is enough there */
    char day[INSTANT_SIZE];
    snprintf(day, sizeof day, "%.*s", narrow ? DATE_SIZE - 1 : INSTANT_SIZE - 1,
             *at ? at : entry_text(note, "date"));
    values_say_when_short(&when, day, w->now, reader_language);
    column(&row, note_own_number(note), 10);
    column(&row, entry_text(note, "kind"), narrow ? 3 : 5);
    column(&row, out ? _("to") : _("from"), 4);
    column(&row, country_name(other_state(note), reader_language), narrow ? 10 : 14);
    column(&row, buf_text(&when), narrow ? 6 : 12);
    if (!narrow)
        add_standing(&row, w, note, width);
    act_id_hex(note->act->id, id);
    body_row(b, 0, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    struct buf stopped = BUF_INIT;
    stopped_say(w, false, &stopped);
    stopped_add(&s->body, &stopped, width);
    size_t above = s->body.count;
    for (size_t i = w->has_case ? w->c.count : 0; i-- > 0;)
        if (w->c.acts[i].kind == ACT_NOTE)
            add_note(&s->body, w, &w->c.entries[i], width);
    if (s->body.count == above)
        body_empty(&s->body, width, _("No note yet: n writes one, i records one that came in."));
    buf_release(&stopped);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static const struct entry *note_in_focus(const struct screen *s)
{
    return case_entry(&casescreen_work(s)->c, body_focused(&s->body)->ref);
}

static bool on_request(const struct screen *s)
{
    return on_row(s) && strcmp(entry_text(note_in_focus(s), "kind"), "REQ") == 0;
}

static bool on_incoming(const struct screen *s)
{
    return on_row(s) && strcmp(entry_text(note_in_focus(s), "direction"), "in") == 0;
}

static void read_note(struct screen *s)
{
    preview_note(s->app, casescreen_work(s)->reference, body_focused(&s->body)->ref);
}

static void note_form(struct screen *s, const char *direction)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_NOTE,
                                              .slot = strcmp(direction, "in") == 0,
                                              .presets = {{"direction", direction}}});
}

static void write_note(struct screen *s)
{
    note_form(s, "out");
}

static void record_incoming(struct screen *s)
{
    note_form(s, "in");
}

/* What came by e-mail comes again on paper: the same note, and its instant stays the first one. */
static void record_original(struct screen *s)
{
    const struct entry *note = note_in_focus(s);
    const json_t *from = json_object_get(note->payload, "from");
    const char *office = json_string_value(json_object_get(from, "office"));
    const char *city = json_string_value(json_object_get(from, "city"));
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_NOTE,
                                              .slot = 2,
                                              .presets = {{"direction", "in"},
                                                          {"kind", entry_text(note, "kind")},
                                                          {"same_as", body_focused(&s->body)->ref},
                                                          {"number", entry_text(note, "number")},
                                                          {"from.office", office ? office : ""},
                                                          {"from.city", city ? city : ""}}});
}

/* An act about this note: it stands in the form already. */
static void about_note(struct screen *s, enum act_kind kind)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = kind,
                                              .presets = {{"note", body_focused(&s->body)->ref}}});
}

static void accept(struct screen *s)
{
    about_note(s, ACT_ACCEPT);
}

static void withdraw(struct screen *s)
{
    about_note(s, ACT_WITHDRAW);
}

static void annul(struct screen *s)
{
    about_note(s, ACT_ANNUL);
}

static void delivery(struct screen *s)
{
    about_note(s, ACT_DELIVERY);
}

static void whole_register(struct screen *s)
{
    register_push(s->app);
}

static void authorise(struct screen *s)
{
    casescreen_form(s, ACT_AUTHORISE);
}

static void notify(struct screen *s)
{
    casescreen_form(s, ACT_NOTIFY);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the text of the note, to be read and printed."),
     read_note, on_row},
    {TK_NONE, "n", N_("new"), N_("Writes a note; its text is shown before it is recorded."),
     write_note, NULL},
    {TK_NONE, "i", N_("came in"), N_("Records a note that came in."), record_incoming, NULL},
    {TK_NONE, "o", N_("original"), N_("Records the paper original of this note."), record_original,
     on_incoming},
    {TK_NONE, "s", N_("acceptance"),
     N_("Records that the State accepts, with the scope agreed "
        "(Art. 5)."),
     accept, on_request},
    {TK_NONE, "t", N_("Secretariat"), N_("Tells the Technical Secretariat."), notify, NULL},
    {TK_NONE, "h", NULL, N_("Records an authorisation of the capital (Art. 7.5)."), authorise,
     NULL},
    {TK_NONE, "e", N_("delivery"),
     N_("Says how the note went, its delivery, when an answer is due."), delivery, on_row},
    {TK_NONE, "b", NULL, N_("Shows the register of all notes of the post."), whole_register, NULL},
    {TK_NONE, "W", N_("withdraw"), N_("Withdraws this request."), withdraw, on_request},
    {TK_NONE, "V", N_("annul"), N_("Annuls this note: its number stays in the register."), annul,
     on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type notes_type = {
    .name = "notes",
    .title = N_("Notes verbales"),
    .about = N_("The notes of the case, the newest first. A request is open until it is withdrawn, "
                "declined or annulled; no assistance comes before one (Art. 6)."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void notes_push(struct app *app, const char *reference)
{
    casescreen_push(app, &notes_type, sizeof(struct casescreen), reference);
}
