/* SPDX-License-Identifier: MIT */
#include "amparo/store/missions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/csv.h"
#include "amparo/base/mem.h"

static void mission_release(struct mission *mission)
{
    free(mission->city);
    free(mission->phone);
    free(mission->email);
    free(mission->website);
    free(mission->reference);
}

void missions_release(struct missions *missions)
{
    for (size_t i = 0; i < missions->count; i++)
        mission_release(&missions->list[i]);
    free(missions->list);
    *missions = (struct missions)MISSIONS_INIT;
}

void missions_add(struct missions *missions, const struct mission *mission)
{
    size_t count = missions->count;

    if ((count & (count - 1)) == 0) /* full at 0, 1, 2, 4, 8 … */
        missions->list =
            xreallocarray(missions->list, count ? 2 * count : 1, sizeof *missions->list);

    struct mission *added = &missions->list[missions->count++];
    *added = *mission;
    added->city = xstrdup(mission->city);
    added->phone = xstrdup(mission->phone);
    added->email = xstrdup(mission->email);
    added->website = xstrdup(mission->website);
    added->reference = xstrdup(mission->reference);
}

int mission_compare(const struct mission *a, const struct mission *b)
{
    int order = strcmp(a->state, b->state);

    if (!order)
        order = strcmp(a->country, b->country);
    if (!order)
        order = (int)a->kind - (int)b->kind;
    if (!order)
        order = strcmp(a->seat, b->seat);
    if (!order)
        order = strcmp(a->city, b->city);
    if (!order)
        order = strcmp(a->reference, b->reference);
    if (!order)
        order = (int)a->source - (int)b->source;
    if (!order)
        order = (int)b->able - (int)a->able;
    if (!order)
        order = date_compare(a->on, b->on);
    if (!order)
        order = strcmp(a->phone, b->phone);
    if (!order)
        order = strcmp(a->email, b->email);
    return order ? order : strcmp(a->website, b->website);
}

static int compare(const void *a, const void *b)
{
    return mission_compare(a, b);
}

void missions_sort(struct missions *missions)
{
    if (missions->count)
        qsort(missions->list, missions->count, sizeof *missions->list, compare);
}

/* ---- the matrix ---- */

static size_t country_place(const char *code)
{
    size_t count;
    const struct country *all = country_all(&count);

    return (size_t)(country_find(code) - all);
}

static int member_place(const char *code)
{
    for (int i = 0; i < MEMBER_COUNT; i++)
        if (strcmp(member_states[i], code) == 0)
            return i;
    return -1;
}

/* A mark for each country and Member State: the caller frees it. */
static enum presence_mark (*make_marks(const struct missions *missions))[MEMBER_COUNT]
{
    size_t count;
    country_all(&count);
    enum presence_mark(*marks)[MEMBER_COUNT] = xcalloc(count, sizeof *marks);

    for (size_t i = 0; i < missions->count; i++) {
        const struct mission *m = &missions->list[i];
        int member = member_place(m->state);
        bool career = m->kind < POST_HONORARY;
        enum presence_mark mark = !career ? MARK_LISTED : m->able ? MARK_OFFICE : MARK_NONE;
        size_t country = country_place(m->country);
        if (member >= 0 && marks[country][member] < mark)
            marks[country][member] = mark;
    }
    for (int i = 0; i < MEMBER_COUNT; i++)
        marks[country_place(member_states[i])][i] = MARK_SELF;
    return marks;
}

static int by_name(const void *a, const void *b)
{
    const struct country *const *left = a, *const *right = b;

    return strcmp(country_name((*left)->code, english), country_name((*right)->code, english));
}

void missions_matrix(const struct missions *missions, struct buf *out)
{
    static const char *const words[] = {
        [MARK_NONE] = "0", [MARK_LISTED] = "j", [MARK_OFFICE] = "1", [MARK_SELF] = "self"};
    size_t count;
    const struct country *all = country_all(&count);
    const struct country **rows = xcalloc(count, sizeof *rows);
    enum presence_mark(*marks)[MEMBER_COUNT] = make_marks(missions);

    for (size_t i = 0; i < count; i++)
        rows[i] = &all[i];
    qsort(rows, count, sizeof *rows, by_name);

    buf_adds(out, "country_iso2,country");
    for (int i = 0; i < MEMBER_COUNT; i++)
        buf_addf(out, ",%s", member_states[i]);
    buf_adds(out, ",rcm_states_present\n");
    for (size_t i = 0; i < count; i++) {
        const enum presence_mark *row = marks[rows[i] - all];
        int present = 0;
        buf_addf(out, "%s,", rows[i]->code);
        csv_add_field(out, country_name(rows[i]->code, english), ',');
        for (int j = 0; j < MEMBER_COUNT; j++) {
            buf_addf(out, ",%s", words[row[j]]);
            present += row[j] == MARK_OFFICE;
        }
        buf_addf(out, ",%d\n", present);
    }
    free(rows);
    free(marks);
}

struct date missions_date_in_name(const char *path, struct date today)
{
    const char *name = strrchr(path, '/');
    char part[DATE_SIZE] = "";
    struct date date;

    for (name = name ? name + 1 : path; strlen(name) >= DATE_SIZE - 1; name++) {
        memcpy(part, name, DATE_SIZE - 1);
        if (!isdigit((unsigned char)name[DATE_SIZE - 1]) && date_parse(part, &date) &&
            date_compare(date, today) <= 0)
            return date;
    }
    return today;
}
