/* SPDX-License-Identifier: MIT */
/*
 * The dossier of a case: for whom, whether with what is personal, and what it will hold, before it
 * is written into a file that anybody can check.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "amparo/pouch/dossier_make.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/dossierview.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/trustdone.h"

enum { ROW_READER, ROW_IDENTITY, ROW_READ, ROW_WRITE };

struct dossier_screen {
    struct casescreen base;
    char code[STATE_SIZE]; /* for whom: a State, CODE_SECRETARIAT; "": whoever comes to have it */
    bool identity;
    struct dossier_made made; /* what it would be */
    struct buf file;          /* the same; empty: there is none, and the next says why */
    struct buf trouble;
};

static bool make(struct screen *s, bool look, struct buf *file, struct dossier_made *made,
                 struct error *err)
{
    const struct dossier_screen *d = s->state;
    const struct disclosure how = {
        .code = *d->code ? d->code : NULL, .identity = d->identity, .look = look};
    return dossier_make(s->app->store, casescreen_work(s)->reference, &how, file, made, err);
}

static void forget(struct dossier_screen *d)
{
    buf_release(&d->file);
    buf_release(&d->made.doubts);
    buf_clear(&d->trouble);
}

/* That there is none is no failure: it says why. */
static bool load(struct screen *s, struct error *err)
{
    struct dossier_screen *d = s->state;
    struct error why = ERROR_INIT;
    forget(d);
    if (!casescreen_load(s, err))
        return false;
    if (!make(s, true, &d->file, &d->made, &why))
        buf_adds(&d->trouble, error_text(&why));
    error_release(&why);
    return true;
}

/* ---- what is shown ---- */

static const char *reader_said(const char *code)
{
    return !*code                                ? _("whoever comes to have it")
           : strcmp(code, CODE_SECRETARIAT) == 0 ? _("Technical Secretariat")
                                                 : country_name(code, reader_language);
}

static bool is_for_state(const struct screen *s)
{
    const struct dossier_screen *d = s->state;
    return *d->code && strcmp(d->code, CODE_SECRETARIAT) != 0;
}

static void add_choice(struct screen *s, long tag, const char *label, const char *value, int width)
{
    struct buf row = BUF_INIT;
    buf_addf(&row, "%s%s%s", label, label_colon(), value);
    body_row_wrap(&s->body, tag, NULL, width, buf_text(&row));
    buf_release(&row);
}

static void add_made(struct screen *s, int width)
{
    const struct dossier_screen *d = s->state;
    struct buf text = BUF_INIT;
    body_line(&s->body, BODY_PLAIN, "%s", "");
    body_line(&s->body, BODY_HEAD, " %s", _("It holds"));
    if (d->file.size)
        dossier_made_say(&d->made, &text);
    trust_lines(&s->body, width, 2, d->file.size ? buf_text(&text) : buf_text(&d->trouble));
    if (d->made.doubts.size) {
        body_wrap(&s->body, BODY_DOUBT, width, 0, _("Its reader will not believe it as it is:"));
        trust_lines(&s->body, width, 2, buf_text(&d->made.doubts));
    }
    body_line(&s->body, BODY_PLAIN, "%s", "");
    buf_release(&text);
}

static void build(struct screen *s, int width)
{
    const struct dossier_screen *d = s->state;
    if (!trust_is_small(s)) {
        body_wrap(&s->body, BODY_DIM, width, 0,
                  _("What was said in this case by pouch, in one file that proves itself: who "
                    "asked whom, when, and what each assistance rests on. Whoever gets it checks "
                    "it with this program and the digits on the card of the root. It is not "
                    "sealed: whoever has the file reads it."));
        body_line(&s->body, BODY_PLAIN, "%s", "");
    }
    add_choice(s, ROW_READER, _("For"), reader_said(d->code), width);
    if (is_for_state(s))
        add_choice(s, ROW_IDENTITY, _("What is personal"),
                   d->identity ? _("as far as consents let that State have it")
                               : _("nothing of it"),
                   width);
    add_made(s, width);
    if (!d->file.size)
        return;
    body_row_wrap(&s->body, ROW_READ, NULL, width, _("Read what it proves"));
    body_row_wrap(&s->body, ROW_WRITE, NULL, width, _("Write it into a file"));
}

/* ---- for whom ---- */

enum { TAG_ANYBODY, TAG_SECRETARIAT, TAG_STATES };

static void take_reader(struct screen *below, long tag, void *ctx)
{
    struct dossier_screen *d = below->state;
    const char *code = tag == TAG_ANYBODY       ? ""
                       : tag == TAG_SECRETARIAT ? CODE_SECRETARIAT
                                                : member_states[tag - TAG_STATES];
    (void)ctx;
    memcpy(d->code, code, strlen(code) + 1);
    d->identity = d->identity && is_for_state(below);
    screen_changed(below, true);
}

static void ask_reader(struct screen *s)
{
    struct pick *pick = pick_push(s->app, _("For whom?"), take_reader, NULL, NULL);
    pick_add(pick, TAG_ANYBODY, reader_said(""), _("all of it; no name"));
    pick_add(pick, TAG_SECRETARIAT, reader_said(CODE_SECRETARIAT), _("what was for it; no name"));
    for (long i = 0; i < MEMBER_COUNT; i++)
        pick_add(pick, TAG_STATES + i, reader_said(member_states[i]),
                 _("what was for it, or that it wrote"));
}

static void turn_identity(struct screen *s)
{
    struct dossier_screen *d = s->state;
    d->identity = !d->identity;
    screen_changed(s, true);
}

/* ---- into a file ---- */

static void write_file(struct screen *below, const char *typed)
{
    struct dossier_made made = {.doubts = BUF_INIT};
    struct buf file = BUF_INIT;
    struct error err = ERROR_INIT;
    char *path = path_in_full(typed);
    if (!output_is_free(path, &err) || !make(below, false, &file, &made, &err)) {
        app_say_error(below->app, &err);
    } else if (output_file(path, file.data, file.size, &err)) {
        app_say(below->app, _("Written to %s. Whoever gets it checks it: amparo verify."), path);
    } else {
        access_lost(below->app->store, &made.entered);
        app_say_error(below->app, &err);
    }
    buf_release(&file);
    buf_release(&made.doubts);
    error_release(&err);
    free(path);
}

static bool is_made(const struct screen *s)
{
    return ((const struct dossier_screen *)s->state)->file.size > 0;
}

static void ask_file(struct screen *s)
{
    const struct dossier_screen *d = s->state;
    struct buf about = BUF_INIT;
    char *name = xasprintf("%s.dsr", casescreen_work(s)->reference);
    buf_addf(&about, "%s%s%s. %s ", _("For"), label_colon(), reader_said(d->code),
             d->identity ? _("It names people, and is not sealed: whoever has it reads it.")
                         : _("It names nobody."));
    buf_adds(&about, _("It is entered in the access log. Into which new file?"));
    ask_push(s->app, _("Into a file"), buf_text(&about), name, write_file);
    buf_release(&about);
    free(name);
}

static void read_it(struct screen *s)
{
    struct error err = ERROR_INIT;
    if (!dossier_view(s->app, &((struct dossier_screen *)s->state)->file, &err))
        app_say_error(s->app, &err);
    error_release(&err);
}

static void do_row(struct screen *s)
{
    switch (body_focused(&s->body)->tag) {
    case ROW_READER:
        ask_reader(s);
        break;
    case ROW_IDENTITY:
        turn_identity(s);
        break;
    case ROW_READ:
        read_it(s);
        break;
    default:
        ask_file(s);
        break;
    }
}

/* ---- keeping ---- */

static void keep(struct screen *s, json_t *kept)
{
    const struct dossier_screen *d = s->state;
    casescreen_keep(s, kept);
    json_object_set_new(kept, "for", json_string(d->code));
    json_object_set_new(kept, "identity", json_boolean(d->identity));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct dossier_screen *d = s->state;
    const char *code = keep_text(kept, "for");
    bool known = strcmp(code, CODE_SECRETARIAT) == 0 || country_is_member(code);
    if (known)
        memcpy(d->code, code, strlen(code) + 1);
    d->identity = is_for_state(s) && json_is_true(json_object_get(kept, "identity"));
    screen_changed(s, true);
}

static void close_state(struct screen *s)
{
    struct dossier_screen *d = s->state;
    forget(d);
    buf_release(&d->trouble);
    casescreen_close(s);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("do it"), N_("Does what the line says, or asks what it needs first."),
     do_row, NULL},
    {TK_F(2), NULL, N_("write"), N_("Writes the dossier into a new file."), ask_file, is_made},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_reader), ANSWER(write_file), ANSWERS_END};

const struct screen_type dossier_type = {
    .name = "dossier",
    .title = N_("Dossier"),
    .about = N_("What was said in a case by pouch, in one file that proves itself to who has "
                "nothing but the digits on the card of the root. It says for whom it is, and what "
                "of people may be in it. Somebody else's dossier is read where one receives."),
    .commands = commands,
    .deeds = true,
    .answers = answers,
    .load = load,
    .build = build,
    .head = casescreen_head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void dossier_push(struct app *app, const char *reference)
{
    casescreen_push(app, &dossier_type, sizeof(struct dossier_screen), reference);
}
