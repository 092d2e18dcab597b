/* SPDX-License-Identifier: MIT */
/* What the parts of the case list share; for cases*.c only. */
#ifndef AMPARO_TUI_CASES_WORK_H
#define AMPARO_TUI_CASES_WORK_H

#include "amparo/store/list.h"
#include "amparo/tui/edit.h"
#include "amparo/tui/list.h"
#include "amparo/tui/marks.h"
#include "amparo/tui/screen.h"

/* A case that is in sight. */
struct sighted {
    int64_t row;
    bool there;
    struct case_row one;
    char *told; /* what of the words was found that the row does not show; or NULL */
};

struct cases_state {
    struct edit line; /* what is typed: words and conditions */
    char *read;       /* the line that `view` was read from */
    struct view view;
    struct buf mistakes;
    struct case_order order;
    struct list list;
    int64_t focus; /* the row where one is: it is looked for when the list is read anew */
    size_t all;    /* cases in the file */
    bool given_up; /* for a key: `order` is that of an older line */
    bool patient;  /* what is read now is not given up */
    struct sighted *sight;
    size_t sighted;
    struct marks marks;
    char *name;                  /* of the saved view that the line is, or NULL */
    int asked;                   /* what is asked of the marked cases, */
    struct many_order *agreeing; /* and what is to be agreed to; or NULL */
    char *said;                  /* of which it was made */
};

/* Makes the line another one, and reads anew. */
void cases_set_line(struct screen *s, const char *text);

/* ---- cases_rows.c ---- */

/* Draws `rows` rows of the list, what is not in sight yet read before. */
void cases_draw_rows(struct screen *s, struct terminal *term, int row, int rows);
/* Reads those rows, if they are not in sight yet; others are no more. */
void cases_see(struct screen *s, size_t from, size_t count);
/* Makes the first of them rows of the body, by place. */
void cases_build_rows(struct screen *s, int width);
void cases_out_of_sight(struct cases_state *state);

/* ---- cases_views.c ---- */

/* Sets the name of the saved view that the line is. */
void cases_name_view(struct screen *s);
void cases_choose(struct screen *s); /* what could stand in the line */
void cases_sort(struct screen *s);
void cases_views(struct screen *s);
void cases_save(struct screen *s);
void cases_forget(struct screen *s); /* takes a saved view away */
void cases_call(struct screen *s, int digit);
void cases_next_stage(struct screen *s);
void cases_counts(struct screen *s);
extern const struct answer cases_views_answers[];

/* ---- cases_many.c ---- */

/* What can be done with those that are marked. */
void cases_many(struct screen *s);
void cases_drop_order(struct cases_state *state);

/* What is asked of them, kept and taken up again. */
void cases_many_keep(const struct cases_state *state, json_t *kept);
void cases_many_restore(struct screen *s, const json_t *kept);
extern const struct answer cases_many_answers[];

#endif
