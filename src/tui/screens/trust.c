/* SPDX-License-Identifier: MIT */
/* Whom this post trusts and why, by State; what one types narrows it. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/searched.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

enum { QUERY_SIZE = 200 };
enum { ROW_KEYS, ROW_DIRECTORY, ROW_ROOT, ROW_OTHER };

struct trust_screen {
    struct searched search;
    struct identity own;
    struct buf warnings; /* a line each */
};

static bool load(struct screen *s, struct error *err)
{
    struct trust_screen *state = s->state;
    buf_clear(&state->warnings);
    return store_identity(s->app->store, &state->own, err) &&
           store_directory_warnings(s->app->store, &state->warnings, err);
}

/* ---- rows ---- */

/* Anything of it that somebody may type: names, codes, digits, words. */
static bool matches(const struct trusted *t, const struct trust_subject *subject, const char *query,
                    struct instant now)
{
    const struct trust_post *post = trust_post_of(t, subject->post);
    struct buf all = BUF_INIT;
    char digits[FINGERPRINT_SIZE];
    trust_subject_name(t, subject, &all);
    buf_addf(&all, " %s ", trust_word(t, subject));
    trust_why(t, subject, now, &all);
    if (subject->kind == SUBJECT_POST && post)
        buf_addf(&all, " %s %s %s", post->city, country_name(post->country, reader_language),
                 *post->state ? country_name(post->state, reader_language) : "");
    if (trust_subject_digits(t, subject, digits))
        buf_addf(&all, " %s", digits);
    bool found = !*query || text_match(query, buf_text(&all)) != TEXT_MATCH_NONE;
    buf_release(&all);
    return found;
}

/* A post under its State: code and city, which its name mostly has too. */
static void add_name(struct buf *row, const struct trusted *t, const struct trust_subject *subject,
                     int cells)
{
    const struct trust_post *post = trust_post_of(t, subject->post);
    struct buf name = BUF_INIT;
    if (subject->kind == SUBJECT_POST && post)
        buf_addf(&name, "  %s %s", post->code, cells < 30 ? post->city : post->name);
    else
        trust_subject_name(t, subject, &name);
    column(row, buf_text(&name), cells);
    buf_release(&name);
}

static int name_cells(int width)
{
    return width >= 100 ? 44 : width >= 70 ? 30 : 21;
}

static void add_row(struct screen *s, const struct trusted *t, const struct trust_subject *subject,
                    int width)
{
    struct buf row = BUF_INIT;
    char ref[SUBJECT_SIZE], digits[FINGERPRINT_SIZE];
    add_name(&row, t, subject, name_cells(width));
    column(&row, trust_word(t, subject), 13);
    if (width >= 60 && subject->kind == SUBJECT_ROOT && trust_subject_digits(t, subject, digits))
        buf_addf(&row, "%.17s…", digits);
    else if (width >= 60)
        trust_why(t, subject, app_now(s->app), &row);
    body_row(&s->body, subject->kind == SUBJECT_ROOT ? ROW_ROOT : ROW_OTHER,
             trust_subject_write(subject, ref), "%s", buf_text(&row));
    buf_release(&row);
}

/* "version 3, until 14 June"; nothing of a directory that is not there. */
static void say_until(struct buf *out, const struct trust_version *version, struct instant now)
{
    struct buf day = BUF_INIT;
    char date[DATE_SIZE];
    values_say_when_short(&day, date_format(version->until, date), now, reader_language);
    buf_addf(out, _("until %s"), buf_text(&day));
    buf_release(&day);
}

static void add_ours(struct screen *s, const struct identity *own, int width)
{
    struct buf row = BUF_INIT;
    column(&row, _("Our own keys"), name_cells(width));
    column(&row, own->made ? _("made") : _("not made"), 13);
    if (width >= 60 && own->made && own->owed)
        buf_adds(&row, _("new ones are owed"));
    else if (width >= 60 && own->made && own->sealing_old)
        buf_adds(&row, _("a new sealing key is due"));
    body_row(&s->body, ROW_KEYS, NULL, "%s", buf_text(&row));
    buf_release(&row);
}

static void add_directory(struct screen *s, const struct trusted *t, int width)
{
    const struct trust_version *version = trust_version_now(t);
    struct buf row = BUF_INIT, number = BUF_INIT;
    if (version)
        buf_addf(&number, _("version %llu"), (unsigned long long)version->version);
    column(&row, _("Directory of the network"), name_cells(width));
    column(&row, version ? buf_text(&number) : _("none yet"), 13);
    if (version && width >= 60)
        say_until(&row, version, app_now(s->app));
    body_row(&s->body, ROW_DIRECTORY, NULL, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&number);
}

/* How many there are. */
static size_t add_rows(struct screen *s, const struct trusted *t, int width)
{
    const char *query = edit_text(&((struct trust_screen *)s->state)->search.query);
    size_t count, shown = 0;
    struct trust_subject *list = trust_subjects(t, &count);
    for (size_t i = 0; i < count; i++) {
        if (!matches(t, &list[i], query, app_now(s->app)))
            continue;
        add_row(s, t, &list[i], width);
        shown++;
    }
    free(list);
    return shown;
}

static void build(struct screen *s, int width)
{
    const struct trust_screen *state = s->state;
    const char *query = edit_text(&state->search.query);
    const struct trusted *t = trust_of(s->app->store);
    for (const char *line = buf_text(&state->warnings); *line; line += strcspn(line, "\n") + 1) {
        char *one = xstrndup(line, strcspn(line, "\n"));
        body_wrap(&s->body, BODY_DOUBT, width, 2, one);
        free(one);
    }
    if (t) {
        if (!*query) {
            add_ours(s, &state->own, width);
            add_directory(s, t, width);
        }
        size_t shown = add_rows(s, t, width);
        if (!shown && *query)
            body_empty(&s->body, width, _("Nobody is like this."));
        else if (!*query && t->post_count + t->state_count == 0)
            body_empty(&s->body, width,
                       _("Nobody is known yet. ^N takes a card: that of the root, which the "
                         "Secretariat hands over, or the key card of a post. What the directory "
                         "says comes with pouches, or from a file."));
    }
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct trusted *t = trust_of(s->app->store);
    buf_adds(where, _("Whom we trust"));
    if (t)
        buf_addf(right, n_("%zu post", "%zu posts", t->post_count), t->post_count);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    searched_draw(&((struct trust_screen *)s->state)->search, s, term, row, rows);
}

static bool event(struct screen *s, const struct term_event *event)
{
    return searched_event(&((struct trust_screen *)s->state)->search, s, event);
}

static void line(struct screen *s, struct screen_line *out)
{
    searched_line(&((struct trust_screen *)s->state)->search, out);
}

/* ---- what can be done ---- */

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag == ROW_KEYS)
        identity_push(s->app);
    else if (row->tag == ROW_DIRECTORY)
        network_push(s->app);
    else
        trustwhy_push(s->app, row->ref);
}

static void to_search(struct screen *s)
{
    ((struct trust_screen *)s->state)->search.moved = false;
}

static void take_card(struct screen *s)
{
    takecard_push(s->app);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct trust_screen *state = s->state;
    edit_keep(&state->search.query, kept);
    json_object_set_new(kept, "moved", json_boolean(state->search.moved));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct trust_screen *state = s->state;
    edit_restore(&state->search.query, kept);
    state->search.moved = json_is_true(json_object_get(kept, "moved"));
}

static void close_state(struct screen *s)
{
    struct trust_screen *state = s->state;
    edit_release(&state->search.query);
    buf_release(&state->warnings);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("why"), N_("Shows why, its digits, and what can be done."), open_row,
     on_row},
    {TK_F(3), NULL, N_("search"), N_("Goes back into the search field."), to_search, NULL},
    {TK_CTRL('N'), NULL, N_("take a card"),
     N_("Takes a key card, or sets the root from its card: typed, pasted or scanned."), take_card,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type trust_type = {
    .name = "trust",
    .title = N_("Whom we trust"),
    .about = N_("Whose keys are known here, and who vouches for them: the root for the keys of "
                "States, each State for its posts, or somebody here who compared the digits over "
                "the telephone. What comes from anybody else is read and never believed."),
    .commands = commands,
    .typing = true,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void trust_push(struct app *app)
{
    struct trust_screen *state = xcalloc(1, sizeof *state);
    edit_init(&state->search.query, false, QUERY_SIZE);
    screen_push(app, &trust_type, state);
}
