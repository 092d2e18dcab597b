/* SPDX-License-Identifier: MIT */
/* amparo event FILE take: the people of an event, from a list. */
#include "event_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/sheet.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"

enum { LIKELY_SHOWN = 3 };

/* A list on its way in. */
struct taking {
    struct store *store;
    const struct event *event;
    struct sheet sheet;
    struct instant now;
    struct buf cell;      /* the value last looked up */
    struct error *faults; /* a line each, by line and column */
    size_t bad, lines;
    bool fault; /* in the present line */
    json_t *done;
};

static void say_fault(void *ctx, const char *path, const char *text)
{
    struct taking *t = ctx;
    struct buf shown = BUF_INIT;

    t->fault = true;
    text_shown(&shown, text, strcspn(text, "\n"));
    error_set(t->faults, ERROR_INPUT, *path ? _("line %ld, %s: %s") : _("line %ld%s: %s"),
              t->sheet.row.line, event_line_path(path), buf_text(&shown));
    buf_release(&shown);
}

static const char *look_up(void *ctx, const char *path)
{
    struct taking *t = ctx;
    int column = sheet_column(&t->sheet, path);
    const char *why;

    if (column < 0)
        return NULL;
    buf_clear(&t->cell);
    if (sheet_cell(&t->sheet, column, &t->cell, &why))
        return buf_text(&t->cell);
    say_fault(t, path, why);
    return NULL;
}

/* A column that no line can have is a slip: said before anything is read. */
static bool check_columns(const struct taking *t, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; i < t->sheet.head.count; i++) {
        const char *name = t->sheet.head.fields[i];
        struct buf shown = BUF_INIT;
        text_shown(&shown, name, strlen(name));
        if (sheet_column(&t->sheet, name) == SHEET_TWICE)
            ok = error_set(err, ERROR_INPUT, _("the column \"%s\" stands twice"), buf_text(&shown));
        else if (!event_line_field(name))
            ok = error_set(err, ERROR_INPUT,
                           _("the column \"%s\" is not known; see amparo help acts event_line, "
                             "amparo help acts person"),
                           buf_text(&shown));
        buf_release(&shown);
    }
    return ok;
}

/* Lines of a refusal: each is of this line of the list. */
static void say_error(struct taking *t, const struct error *why)
{
    const char *text = error_text(why);

    while (*text) {
        size_t size = strcspn(text, "\n"), colon = strcspn(text, ":");
        char *line = xstrndup(text, size);
        char *path = xstrndup(text, colon < size ? colon : 0);
        if (why->kind == ERROR_INPUT && event_line_field(event_line_path(path)))
            say_fault(t, path, line + colon + 1 + strspn(line + colon + 1, " "));
        else
            say_fault(t, "", line);
        free(path);
        free(line);
        text += size + (text[size] == '\n');
    }
}

/* A column of nationalities that is empty says that it is not known, and not: as the event has it.
 */
static void say_no_nationality(struct taking *t, json_t *line)
{
    json_t *person = json_object_get(line, "person");

    if (sheet_column(&t->sheet, "nationalities[0].state") >= 0 &&
        !json_object_get(person, "nationalities"))
        json_object_set_new(person, "nationalities", json_array());
}

/* False where going on makes no sense: the disk, not the line. */
static bool take_line(struct taking *t, struct error *err)
{
    struct error why = ERROR_INIT;
    struct taken taken = {0};
    struct person_rows likely = {NULL, 0};

    t->fault = false;
    t->lines++;
    json_t *line = event_line_read(t->now, look_up, say_fault, t);
    say_no_nationality(t, line);
    if (!t->fault)
        store_event_likely(t->store, t->event->content, line, &likely, NULL);
    if (!t->fault && store_event_take(t->store, t->event->name, line, 0, &taken, &why))
        json_array_append_new(t->done,
                              json_pack("{s:I, s:s, s:I, s:b, s:I, s:O, s:o}", "line",
                                        (json_int_t)t->sheet.row.line, "case", taken.reference,
                                        "person", (json_int_t)taken.person, "opened", taken.opened,
                                        "acts", (json_int_t)taken.acts, "warnings", taken.warnings,
                                        "likely", person_rows_brief(&likely, LIKELY_SHOWN)));
    else if (!t->fault)
        say_error(t, &why);
    bool hopeless = why.kind == ERROR_FAILED || why.kind == ERROR_VAULT;
    if (hopeless)
        error_set(err, why.kind, "%s", error_text(&why));
    t->bad += t->fault;
    taken_release(&taken);
    person_rows_release(&likely);
    error_release(&why);
    json_decref(line);
    return !hopeless;
}

static bool take_all(struct taking *t, struct error *err)
{
    for (;;) {
        switch (sheet_next(&t->sheet, t->faults)) {
        case CSV_END:
            return true;
        case CSV_BAD:
            t->bad++;
            break;
        case CSV_ROW:
            if (!take_line(t, err))
                return false;
        }
    }
}

static void put_done(const struct taking *t, bool kept)
{
    size_t i, cases = 0;
    json_t *one;
    struct buf out = BUF_INIT;

    json_array_foreach(t->done, i, one)
    {
        bool opened = json_is_true(json_object_get(one, "opened"));
        cases += opened;
        long long line = (long long)json_integer_value(json_object_get(one, "line"));
        if (kept)
            buf_addf(&out, _("line %lld: %s, person %lld\n"), line,
                     json_string_value(json_object_get(one, "case")),
                     (long long)json_integer_value(json_object_get(one, "person")));
        else
            buf_addf(&out, _("line %lld: %s\n"), line,
                     opened ? _("a new case") : _("a further person of a family"));
        cli_put_warnings(json_object_get(one, "warnings"));
        cli_put_likely(&out, line, json_object_get(one, "likely"));
    }
    size_t persons = json_array_size(t->done);
    buf_addf(&out, n_("%zu person, ", "%zu persons, ", persons), persons);
    buf_addf(&out, n_("%zu new case", "%zu new cases", cases), cases);
    buf_adds(&out, kept ? _(": taken in\n") : _(": would be taken in; nothing was written\n"));
    cli_put_lines(&out);
    buf_release(&out);
}

static bool finish(const struct cli *cli, struct taking *t, bool good, struct error *err)
{
    bool dry = cli_has(cli, "dry-run");
    bool keep = good && !dry && (!t->bad || cli_has(cli, "keep-good"));

    if (!store_batch_end(t->store, keep, err) && keep)
        return false;
    if (t->bad && good)
        error_set(err, ERROR_INPUT, "%s", error_text(t->faults));
    if (t->bad && !keep && !dry && good)
        error_set(err, ERROR_INPUT, "%s",
                  _("nothing was taken in: correct these lines, or give --keep-good"));
    if (good && (keep || dry)) {
        if (cli_has(cli, "json"))
            cli_put_json(json_incref(t->done));
        else
            put_done(t, keep);
    }
    return good && !t->bad;
}

bool event_take_list(const struct cli *cli, struct store *store, const struct event *event,
                     const char *path, struct error *err)
{
    struct error faults = ERROR_INIT;
    struct taking t = {
        .store = store, .event = event, .cell = BUF_INIT, .faults = &faults, .done = json_array()};
    struct buf text = BUF_INIT;
    char now[INSTANT_SIZE];
    bool ok = false;

    instant_parse(store_now(store, now), &t.now);
    if (cli_read(path, &text, err) &&
        sheet_open(&t.sheet, buf_text(&text), text.size, (struct sheet_format){0}, err) &&
        check_columns(&t, err) && store_batch_begin(store, err))
        ok = finish(cli, &t, take_all(&t, err), err);
    sheet_release(&t.sheet);
    buf_release(&text);
    buf_release(&t.cell);
    json_decref(t.done);
    error_release(&faults);
    return ok;
}
