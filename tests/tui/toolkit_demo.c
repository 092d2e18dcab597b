/* SPDX-License-Identifier: MIT */
/*
 * The toolkit alone, for tests and for looking at: `toolkit_demo form|list [slow|fast]`. What the
 * form's hooks are told stands on the row below it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/tui/form.h"
#include "amparo/tui/list.h"

static const struct form_code sexes[] = {
    {"F", "female", NULL}, {"M", "male", NULL}, {"X", "other", NULL}, {NULL, NULL, NULL}};

static const struct form_code states[] = {
    {"HN", "Honduras", NULL},
    {"AE", "United Arab Emirates", "Emiratos Árabes Unidos"},
    {"CR", "Costa Rica", NULL},
    {"CG", "Congo", NULL},
    {"CI", "Côte d'Ivoire", "Costa de Marfil"},
    {"US", "United States", "Estados Unidos"},
    {"GB", "United Kingdom", "Reino Unido"},
    {NULL, NULL, NULL},
};

static const struct form_code languages[] = {
    {"es", "Spanish", "español"}, {"en", "English", "inglés"}, {"fr", "French", "francés"},
    {"miq", "Miskito", NULL},     {"cab", "Garifuna", NULL},   {NULL, NULL, NULL},
};

static const struct form_code needs[] = {
    {"shelter", "Shelter, safety", NULL},
    {"medical", "Medical care", NULL},
    {"legal", "Legal advice", NULL},
    {"travel_document", "Travel document", NULL},
    {NULL, NULL, NULL},
};

static const struct form_item items[] = {
    {.label = "Who", .kind = FORM_HEADING},
    {"surname_1", "Surnames", "The first surname, as the person writes it. 7.1", FORM_TEXT,
     FORM_NEEDED, NULL, 24, 0, 0},
    {"surname_2", "second", "The second surname, if there is one. 7.1", FORM_TEXT, FORM_BESIDE,
     NULL, 20, 0, 0},
    {"given_names", "Given names", "All given names, in their order; one at least is needed",
     FORM_TEXT, FORM_NEEDED, NULL, 40, 0, 0},
    {"sex", "Sex", "As in the document; F, M or X", FORM_CODE, FORM_SKIP, sexes, 1, 0, 0},
    {"born", "Born", "Any way of writing it; parts that are not known stay out", FORM_TEXT, 0, NULL,
     14, 0, 0},
    {"nationalities[0].state", "Nationality", "Letters or code. It decides who asks. 7.1",
     FORM_CODE, FORM_NEEDED, states, 24, 0, 0},
    {"languages", "Languages", "Languages of interview; letters or code. In the poll. 7.6",
     FORM_CODES, 0, languages, 40, 0, 0},
    {.label = "Where", .kind = FORM_HEADING},
    {"receiving_state", "Where now", "The country where the person is now. Art. 1", FORM_CODE,
     FORM_NEEDED, states, 24, 0, 0},
    {"needs", "Needs now", "What is needed at once; F4 to tick them", FORM_CODES, 0, needs, 40, 0,
     0},
    {"facts", "What happened", "In the person's own words, with dates where known", FORM_LONG, 0,
     NULL, 50, 3, 0},
    {"reference", "Reference", NULL, FORM_SHOWN, 0, NULL, 0, 0, 0},
    {"telephone", "Telephone", "With + and country. Never leaves this post without consent",
     FORM_TEXT, 0, NULL, 20, 0, 0},
};

struct demo {
    struct form *form;
    struct list list;
    char said[120];
};

/* A date of birth must have a digit in it; surnames are said back. */
static enum form_level settle(void *context, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    (void)context;
    if (strcmp(item->key, "born") != 0)
        return FORM_FINE;
    if (!strpbrk(buf_text(value), "0123456789")) {
        buf_adds(echo, "not a date");
        return FORM_ERROR;
    }
    buf_addf(echo, "born %s", buf_text(value));
    return FORM_FINE;
}

static void left(void *context, const struct form_item *item, const char *value,
                 enum form_leaving how)
{
    struct demo *demo = context;
    const struct form_item *here = form_item_at(demo->form);

    if (how == FORM_CHANGED)
        snprintf(demo->said, sizeof demo->said, "Kept %s=%s at %s", item->key, value,
                 here ? here->key : "-");
}

static bool typing(void *context, const struct form_item *item, const char *text, size_t cursor)
{
    struct demo *demo = context;

    snprintf(demo->said, sizeof demo->said, "Half %s=%s:%zu", item->key, text, cursor);
    return true;
}

static const char *previous(void *context, const struct form_item *item)
{
    (void)context;
    return strcmp(item->key, "receiving_state") == 0 ? "AE" : NULL;
}

static const struct form_hooks hooks = {settle, left, typing, previous};

static void draw_row(void *context, struct terminal *term, size_t index, int row, int col,
                     int cells)
{
    char *text = xasprintf(" HN-2026-%04zu  RAMÍREZ ORDÓÑEZ, Karen   AE  case %zu", index,
                           index * index % 1000);

    (void)context;
    term_put(term, row, col, ROLE_NORMAL, text, cells);
    free(text);
}

static void draw(struct demo *demo, struct terminal *term)
{
    int rows = term_rows(term);
    int cols = term_cols(term);

    term_begin(term);
    term_put(term, 0, 1, ROLE_HEADING, "Toolkit", cols - 2);
    term_rule(term, 1);
    if (demo->form)
        form_draw(demo->form, term, 2, rows - 4);
    else
        list_draw(&demo->list, term, 2, 0, rows - 4, cols, true, draw_row, NULL);
    term_put(term, rows - 2, 1, ROLE_NORMAL, demo->said, cols - 2);
    term_put(term, rows - 1, 1, ROLE_DIM, "Tab next  F2 done  F4 list", cols - 2);
    term_paint(term);
}

/* False: the end. */
static bool on_event(struct demo *demo, const struct term_event *event, int rows)
{
    if (event->kind == TERM_HANGUP)
        return false;
    if (event->kind == TERM_TIMEOUT)
        form_tick(demo->form);
    if (!demo->form) {
        list_event(&demo->list, event, rows - 4);
        return event->kind != TERM_KEY || (event->key != TK_CANCEL && event->key != TK_F2);
    }
    enum form_result result = form_event(demo->form, event);
    if (result == FORM_HELP || result == FORM_HELP_ALL)
        snprintf(demo->said, sizeof demo->said, "Help %s", result == FORM_HELP ? "one" : "all");
    return result != FORM_DONE && result != FORM_CANCEL;
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct demo demo = {.list = {.count = 100}};
    struct term_event event;
    enum term_line line = TERM_LINE_AUTO;

    locale_start(NULL);
    if (argc > 2)
        line = strcmp(argv[2], "slow") == 0 ? TERM_LINE_SLOW : TERM_LINE_FAST;
    struct terminal *term = term_open(line, &err);
    if (!term) {
        fprintf(stderr, "%s\n", error_text(&err));
        error_release(&err);
        return 1;
    }
    if (argc > 1 && strcmp(argv[1], "form") == 0) {
        demo.form = form_new(&hooks, &demo);
        form_set_items(demo.form, items, ARRAY_SIZE(items));
        form_put(demo.form, "reference", "HN-2026-0012");
    }
    do {
        draw(&demo, term);
        term_read(term, &event, demo.form ? form_timeout(demo.form) : -1);
    } while (on_event(&demo, &event, term_rows(term)));
    term_close(term);
    if (event.kind != TERM_HANGUP)
        puts("bye");
    form_free(demo.form);
    return 0;
}
