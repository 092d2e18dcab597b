/* SPDX-License-Identifier: MIT */
/*
 * Documents of the whole file in the preview. Each is made anew when it leaves, as those of a case
 * are: what is entered in the access log is as of then.
 */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/meeting.h"
#include "amparo/paper/offices.h"
#include "amparo/store/report.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/working.h"
#include "preview_work.h"

/* As in document_order: copies 0, it is only read. */
typedef bool file_document_fn(struct store *store, const json_t *how, long copies,
                              struct access_copy *entered, struct paper *out, struct error *err);

static bool make_register(struct store *store, const json_t *how, long copies,
                          struct access_copy *entered, struct paper *out, struct error *err)
{
    const struct register_filter filter = {.year = keep_number(how, "year")};
    return document_register(store, &filter, NULL, copies, entered, out, err);
}

static bool make_offices(struct store *store, const json_t *how, long copies,
                         struct access_copy *entered, struct paper *out, struct error *err)
{
    (void)how;
    return paper_offices(store, NULL, out, err) &&
           (!copies || paper_offices_enter_taken(store, copies, out, entered, err));
}

static bool make_statistics(struct store *store, const json_t *how, long copies,
                            struct access_copy *entered, struct paper *out, struct error *err)
{
    json_t *tree = store_statistics(store, json_string_value(json_object_get(how, "from")),
                                    json_string_value(json_object_get(how, "until")), err);
    bool made = tree && meeting_statistics(store, tree, NULL, out, err) &&
                (!copies || meeting_enter_taken(store, NULL, copies, out, entered, err));
    json_decref(tree);
    return made;
}

static bool make_report(struct store *store, const json_t *how, long copies,
                        struct access_copy *entered, struct paper *out, struct error *err)
{
    const char *day = keep_text(how, "meeting");
    struct report report;
    if (!store_report(store, day, &report, err))
        return false;
    json_t *tree = store_report_tree(store, &report, (unsigned)keep_number(how, "left_out"),
                                     keep_text(how, "counted"));
    bool made = meeting_report(store, tree, keep_text(how, "language"), out, err) &&
                (!copies || meeting_enter_taken(store, day, copies, out, entered, err));
    json_decref(tree);
    report_release(&report);
    return made;
}

static bool make_blank(struct store *store, const json_t *how, long copies,
                       struct access_copy *entered, struct paper *out, struct error *err)
{
    const struct act_type *sheet = act_type_named(keep_text(how, "act"));
    return document_blank(store, sheet ? sheet->kind : ACT_NONE, NULL, copies, entered, out, err);
}

static const struct {
    const char *name, *title;
    file_document_fn *make;
} documents[] = {
    {"register", N_("Register of notes verbales"), make_register},
    {"offices", N_("List of offices"), make_offices},
    {"statistics", N_("Statistics"), make_statistics},
    {"report", N_("Report of 7.7"), make_report},
    {"blank", N_("A form"), make_blank},
};

static size_t find(const json_t *how)
{
    size_t i = 0;
    while (i < ARRAY_SIZE(documents) && strcmp(documents[i].name, keep_text(how, "document")) != 0)
        i++;
    return i;
}

bool preview_take_file(struct screen *s, const struct print_how *printing, struct print_matter *out,
                       struct error *err)
{
    const struct preview *p = s->state;
    struct store *store = s->app->store;
    file_document_fn *make = documents[find(p->how)].make;
    working_begin(s->app, _(p->title));
    bool made =
        store_batch_begin(store, err) &&
        store_batch_end(
            store, make(store, p->how, printing->copies, &out->entered, &out->paper, err), err);
    working_end(s->app, made);
    return access_kept(made, &out->entered);
}

void preview_file(struct app *app, json_t *how)
{
    size_t i = find(how);
    struct error err = ERROR_INIT;
    struct paper paper;
    paper_init(&paper);
    if (i < ARRAY_SIZE(documents)) {
        working_begin(app, _(documents[i].title));
        bool made = documents[i].make(app->store, how, 0, NULL, &paper, &err);
        if (working_end(app, made))
            ;
        else if (made)
            preview_show_file(app, documents[i].title, how, &paper);
        else
            app_say_error(app, &err);
    }
    json_decref(how);
    paper_release(&paper);
    error_release(&err);
}
