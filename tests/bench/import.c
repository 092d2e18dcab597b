/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=import: ten thousand open cases out of a spreadsheet, five acts each, into a new
 * file; then the lines of an event that has two hundred families, one transaction each, and what
 * its screen reads. With durable writes.
 */
#include <err.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/event.h"
#include "amparo/store/import.h"
#include "amparo/store/list.h"
#include "tests/bench/figure.h"
#include "tests/harness/scratch.h"

enum { LINES = 10000, FAMILIES = 200, SEEN = 24 };

static const char mapping[] =
    "{'acts':[{'act':'open','fields':{'role':{'value':'requesting'},'receiving_state':'country',"
    "'priority':{'value':'urgent'},'source':{'value':'capital'}}},"
    "{'act':'situation','fields':{'locality':'town'}},"
    "{'act':'person','fields':{'surname_1':'surname','given_names':'given','sex':'sex',"
    "'birth_date':'born','nationalities[0].state':{'value':'HN'},'nationalities[0].proof':"
    "{'value':'passport'},'document_number':'number'}},"
    "{'act':'ground','fields':{'code':{'value':'G5'},'perpetrator':{'value':'employer'},"
    "'facts':'facts'}},"
    "{'act':'need','fields':{'need':{'column':'need','codes':{'abogado':'legal'}},"
    "'urgency':{'value':'week'}}}]}";

static const char flood[] =
    "{'name':'Flood','kind':'flood','on':'2026-03-10','receiving_state':'SN','locality':"
    "'Saint-Louis','ground':'G4','perpetrator':'none','facts':'The river took the quarter.',"
    "'priority':'urgent','source':'family','needs':['shelter']}";

static _Noreturn void give_up(const struct error *err)
{
    errx(1, "%s", error_text(err));
}

static json_t *quoted(const char *text)
{
    char *json = xstrdup(text);

    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_t *value = json_loads(json, 0, NULL);
    free(json);
    if (!value)
        errx(1, "a text of this bench is malformed");
    return value;
}

static struct store *new_file(const char *path)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store;
    char state[] = "HN", code[] = "HNTGU", name[] = "Directorate", city[] = "Tegucigalpa",
         kind[] = "directorate", officer[] = "Ana PINEDA", words[] = "ten thousand cases";
    struct post_profile post = {
        .state = state, .code = code, .name = name, .country = state, .city = city, .kind = kind};

    if (!store_create(path, &post, officer, (struct passphrase){words, strlen(words)}, STORE_LEAST,
                      &store, &recovery, &err))
        give_up(&err);
    buf_release(&recovery);
    return store;
}

static double ms_since(int64_t began)
{
    return (double)(bench_clock() - began) / 1e6;
}

static double import(struct store *store)
{
    struct buf table = BUF_INIT;
    struct error err = ERROR_INIT;
    json_t *json = quoted(mapping);
    struct import_map *map = import_map_read(json, &err);
    const struct import_how how = {.dry = false};

    if (!map)
        give_up(&err);
    buf_adds(&table, "country;town;surname;given;sex;born;number;facts;need\n");
    for (int i = 0; i < LINES; i++)
        buf_addf(&table,
                 "%s;Dubai;RAMÍREZ %d;Karen Yamileth;F;%d/3/19%02d;E%06d;Five months unpaid;"
                 "abogado\n",
                 i % 2 ? "AE" : "United Arab Emirates", i, 1 + i % 28, 50 + i % 50, i);
    int64_t began = bench_clock();
    if (!store_import(store, map, buf_text(&table), table.size, &how, NULL, &err))
        give_up(&err);
    double took = ms_since(began);
    import_map_free(map);
    json_decref(json);
    buf_release(&table);
    return took;
}

/* Five people a family. */
static void take_lines(struct store *store, struct measured *lines)
{
    struct error err = ERROR_INIT;
    json_t *event = quoted(flood);

    if (!store_event_put(store, event, true, 0, &err))
        give_up(&err);
    for (int i = 0; i < 5 * FAMILIES; i++) {
        char mark[16];
        snprintf(mark, sizeof mark, "%d", i / 5);
        json_t *line = json_pack("{s:{s:s, s:s, s:s}, s:s, s:s, s:s}", "person", "surname_1",
                                 "FLORES", "given_names", "Marta", "sex", "F", "born",
                                 i % 5 < 2 ? "35" : "9", "family", mark, "consent", "poll");
        int64_t began = bench_clock();
        if (!store_event_take(store, "Flood", line, 0, NULL, &err))
            give_up(&err);
        measured_add(lines, ms_since(began));
        json_decref(line);
    }
    json_decref(event);
}

/* What the event's screen reads: its cases, and of those that one sees what is missing. */
static double read_event(struct store *store)
{
    struct error err = ERROR_INIT;
    struct list_filter filter = {.stage = -1, .event = "Flood", .order = LIST_LONE, .limit = 200};
    struct case_rows rows;
    int64_t began = bench_clock();

    if (!store_list(store, &filter, &rows, &err))
        give_up(&err);
    for (size_t i = 0; i < rows.count && i < SEEN; i++) {
        struct case_file c;
        if (!store_case(store, rows.list[i].reference, &c, &err))
            give_up(&err);
        json_decref(store_case_missing(store, &c, english, &err));
        case_release(&c);
    }
    case_rows_release(&rows);
    return ms_since(began);
}

int main(void)
{
    struct measured all = {0}, lines = {0}, screens = {0};
    char *folder = scratch_make();

    if (sodium_init() < 0)
        errx(1, "libsodium does not start");
    for (int i = 0; i < bench_rounds(1, 3); i++) {
        char *name = xasprintf("import%d.amparo", i), *path = scratch_path(folder, name);
        struct store *store = new_file(path);
        measured_add(&all, import(store));
        take_lines(store, &lines);
        for (int j = 0; j < 5; j++)
            measured_add(&screens, read_event(store));
        store_close(store);
        free(path);
        free(name);
    }
    figure("import.10k", measured_median(&all), "ms");
    figure("event.line.p95", measured_quantile(&lines, 0.95), "ms");
    figure("event.screen.200", measured_median(&screens), "ms");
    measured_release(&all);
    measured_release(&lines);
    measured_release(&screens);
    scratch_remove(folder);
    return 0;
}
