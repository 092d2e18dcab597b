/* SPDX-License-Identifier: MIT */
/* From what a dispatch asks to the form that answers it; and to the case that it is about: of
 * letters.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/incoming.h"
#include "amparo/store/list.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"

enum { ANSWERS = 2, CASES_MOST = 500 };

/* What may be said then, and what stands in the form already. */
static const struct way {
    enum act_kind kind;
    const char *path, *value; /* a preset; value NULL: the State that it is about */
    bool of_act;              /* "note" is the act that was recorded of the dispatch */
} ways[ASKED_COUNT][ANSWERS] = {
    [ASKED_REPLY] = {{ACT_REPLY, NULL, NULL, false}, {ACT_DECLINE, "stage", "poll", false}},
    [ASKED_CHOOSE] = {{ACT_CHOOSE, "state", NULL, false}},
    [ASKED_REQUEST] = {{ACT_NOTE, "to.state", NULL, false}},
    [ASKED_DECIDE] = {{ACT_ACCEPT, NULL, NULL, true}, {ACT_DECLINE, "stage", "note", true}},
    [ASKED_ANSWER] = {{ACT_NOTE, "to.state", NULL, false}},
    [ASKED_SETTLE] = {{ACT_ACCEPT, NULL, NULL, true}, {ACT_DECLINE, "stage", "note", true}},
    [ASKED_RETURN] = {{ACT_DATA_RETURN, "state", NULL, false}},
    [ASKED_CONFIRM] = {{ACT_DATA_RETURN, NULL, NULL, false}},
    [ASKED_THANK] = {{ACT_NOTE, "to.state", NULL, false}},
    [ASKED_REPORT] = {{ACT_REPORT, NULL, NULL, false}},
    [ASKED_AMEND] = {{ACT_REPORT, NULL, NULL, false}},
};

/* Who compares a key does so where that is trusted. */
void letter_trust(struct app *app, const struct letter *l)
{
    struct trust_subject subject = {.kind = SUBJECT_POST};
    char text[SUBJECT_SIZE];
    memcpy(subject.post, l->author, sizeof subject.post);
    trustwhy_push(app, trust_subject_write(&subject, text));
}

static bool has_form(const struct letter *l)
{
    return l->asks && l->reference && ways[l->asked][0].kind != ACT_NONE;
}

bool letter_may_answer(const struct letter *l)
{
    return has_form(l) || (l->asks && l->asked == ASKED_TELEPHONE);
}

/* Drafts about several States are told apart by them. */
static long slot_of(const char *state)
{
    return *state ? (state[0] - 'A') * 26 + (state[1] - 'A') + 1 : 0;
}

static void open_form(struct app *app, const struct letter *l, const struct way *way)
{
    struct form_order order = {.reference = l->reference, .kind = way->kind};
    size_t n = 0;
    if (way->path && !way->value)
        order.slot = slot_of(l->asked_state);
    if (way->path)
        order.presets[n++] =
            (struct form_preset){way->path, way->value ? way->value : l->asked_state};
    if (way->kind == ACT_NOTE)
        order.presets[n++] = (struct form_preset){"kind", l->asked == ASKED_THANK ? "CLO" : "REQ"};
    if (way->of_act && l->act)
        order.presets[n++] = (struct form_preset){"note", l->act};
    actform_push(app, &order);
}

static void take_answer(struct screen *below, long tag, void *id)
{
    struct letters one = {NULL, 0};
    struct error err = ERROR_INIT;
    if (!store_letter(below->app->store, id, &one, &err))
        app_say_error(below->app, &err);
    for (size_t i = 0; one.count && i < ANSWERS; i++)
        if (has_form(&one.list[0]) && ways[one.list[0].asked][i].kind == tag)
            open_form(below->app, &one.list[0], &ways[one.list[0].asked][i]);
    letters_release(&one);
    error_release(&err);
}

void letter_answer(struct screen *s, const struct letter *l)
{
    const struct way *way = ways[l->asked];
    if (!has_form(l)) {
        letter_trust(s->app, l);
        return;
    }
    if (way[1].kind == ACT_NONE) {
        open_form(s->app, l, way);
        return;
    }
    struct buf title = BUF_INIT;
    letter_say(&title, l);
    struct pick *pick = pick_push(s->app, buf_text(&title), take_answer, xstrdup(l->id), free);
    for (size_t i = 0; i < ANSWERS && way[i].kind; i++)
        pick_add(pick, way[i].kind, _(act_type(way[i].kind)->label), "");
    buf_release(&title);
}

/* ---- which case ---- */

enum { NEW_CASE = -1 };

static char *reference_of(struct store *store, long row, struct error *err)
{
    const int64_t rows[] = {row};
    struct case_rows found;
    char *reference = NULL;
    if (!store_rows(store, rows, 1, &found, err))
        return NULL;
    if (found.count)
        reference = xstrdup(found.list[0].reference);
    case_rows_release(&found);
    return reference;
}

static bool place(struct store *store, const char *id, const char *reference, struct taken_in *out,
                  struct error *err)
{
    uint8_t bytes[ACT_ID_SIZE];
    const struct trusted *trust;
    return diract_hex(id, bytes, sizeof bytes) && store_trust(store, &trust, err) &&
           store_place_case(store, trust, bytes, reference, out, err);
}

static void take_place(struct screen *below, long tag, void *id)
{
    struct app *app = below->app;
    struct taken_in taken = {.count = 0};
    struct error err = ERROR_INIT;
    char *reference = tag == NEW_CASE ? NULL : reference_of(app->store, tag, &err);
    if (err.kind || !place(app->store, id, reference, &taken, &err))
        app_say_error(app, &err);
    else if (reference)
        app_say(app,
                n_("It belongs to %s now; %zu act was recorded.",
                   "It belongs to %s now; %zu acts were recorded.", taken.recorded),
                reference, taken.recorded);
    else
        app_say(app, "%s", _("A new case was opened for it."));
    app_changed(app);
    taken_in_release(&taken);
    free(reference);
    error_release(&err);
}

/* Those of who wrote, or the others. */
static void add_cases(struct pick *pick, const struct case_rows *rows, const struct letter *l,
                      bool of_author)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct case_row *row = &rows->list[i];
        if ((strcmp(row->requesting_state, l->state) == 0) == of_author)
            pick_add(pick, (long)row->row, row->reference, describe_title(row->title, row->hidden));
    }
}

void letter_place(struct screen *s, const struct letter *l)
{
    const struct list_filter filter = {
        .stage = -1, .open_only = true, .order = LIST_UPDATED, .limit = CASES_MOST};
    struct case_rows rows;
    struct error err = ERROR_INIT;
    if (!store_list(s->app->store, &filter, &rows, &err)) {
        app_say_error(s->app, &err);
        error_release(&err);
        return;
    }
    struct pick *pick =
        pick_push(s->app, _("Which case is it about?"), take_place, xstrdup(l->id), free);
    add_cases(pick, &rows, l, true);
    pick_add(pick, NEW_CASE, _("a new case"), "");
    add_cases(pick, &rows, l, false);
    case_rows_release(&rows);
}

const struct answer letter_answers[] = {ANSWER(take_answer), ANSWER(take_place), ANSWERS_END};
