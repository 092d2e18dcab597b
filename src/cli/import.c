/* SPDX-License-Identifier: MIT */
/* amparo import: open cases out of a spreadsheet. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/import.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static long long number_of(const json_t *object, const char *key)
{
    return (long long)json_integer_value(json_object_get(object, key));
}

static void put_cases(const json_t *report, bool recorded)
{
    const json_t *cases = json_object_get(report, "cases");
    struct buf out = BUF_INIT;
    const json_t *duplicates = json_object_get(report, "duplicates");
    size_t i, persons = 0, count = json_array_size(cases);
    json_t *one;

    json_array_foreach((json_t *)(uintptr_t)cases, i, one)
    {
        persons += (size_t)number_of(one, "persons");
        if (!recorded)
            continue;
        buf_addf(&out, "%s ", text_of(one, "case"));
        size_t j;
        json_t *line;
        json_array_foreach(json_object_get(one, "lines"), j, line)
            buf_addf(&out, "%s%lld", j ? "," : "", (long long)json_integer_value(line));
        buf_addc(&out, '\n');
    }
    json_array_foreach((json_t *)(uintptr_t)duplicates, i, one)
        cli_put_likely(&out, number_of(one, "line"), json_object_get(one, "likely"));
    buf_addf(&out, n_("%zu case, ", "%zu cases, ", count), count);
    buf_addf(&out, n_("%zu person", "%zu persons", persons), persons);
    buf_adds(&out, recorded ? _(": imported; each with the lines that it came from\n")
                            : _(": would be imported; nothing was written\n"));
    cli_put_lines(&out);
    buf_release(&out);
}

/* How often each gate warned, with the first line: thousands of lines would hide the others. */
static void put_warnings(const json_t *report)
{
    const json_t *warnings = json_object_get(report, "warnings");
    json_t *told = json_object(), *w;
    size_t i;
    const char *gate;

    json_array_foreach((json_t *)(uintptr_t)warnings, i, w)
    {
        gate = text_of(w, "gate");
        json_t *first = json_object_get(told, gate);
        if (first)
            json_object_set_new(first, "count", json_integer(number_of(first, "count") + 1));
        else
            json_object_set_new(told, gate,
                                json_pack("{s:i, s:O, s:O, s:O}", "count", 1, "line",
                                          json_object_get(w, "line"), "article",
                                          json_object_get(w, "article"), "text",
                                          json_object_get(w, "text")));
    }
    json_object_foreach(told, gate, w)
    {
        fprintf(stderr, _("%s: warning, %lld times, first in line %lld: %s [%s]\n"),
                text_of(w, "article"), number_of(w, "count"), number_of(w, "line"),
                text_of(w, "text"), gate);
    }
    json_decref(told);
}

static bool import(struct cli *cli, struct store *store, const struct import_map *map,
                   const struct buf *text, struct error *err)
{
    struct progress progress;
    struct import_how how = {.dry = cli_has(cli, "dry-run"),
                             .keep_good = cli_has(cli, "keep-good"),
                             .progress = progress_step,
                             .ctx = &progress};
    json_t *report = NULL;

    progress_begin(&progress, _("Importing"));
    bool ok = store_import(store, map, buf_text(text), text->size, &how, &report, err);
    progress_end(&progress);
    bool recorded = json_is_true(json_object_get(report, "recorded"));
    if (report && cli_has(cli, "json"))
        cli_put_json(json_incref(report));
    else if (report && (recorded || how.dry))
        put_cases(report, recorded);
    if (report && !cli_has(cli, "json"))
        put_warnings(report);
    if (recorded)
        cli_wrote(store);
    json_decref(report);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct buf text = BUF_INIT, map_text = BUF_INIT;
    struct store *store;
    json_t *json = NULL;
    struct import_map *map = NULL;
    (void)argc;

    if (!cli_has(cli, "map"))
        return error_set(err, ERROR_INPUT,
                         _("--map MAP.json is needed: it says which column is "
                           "what; see amparo import --help"));
    bool ok = cli_read(cli_value(cli, "map"), &map_text, err) &&
              (json = cli_json(_("the mapping"), &map_text, err)) &&
              (map = import_map_read(json, err)) && cli_read(argv[1], &text, err) &&
              cli_open(cli, argv[0], 0, &store, err);
    if (ok) {
        ok = import(cli, store, map, &text, err);
        store_close(store);
    }
    import_map_free(map);
    json_decref(json);
    buf_release(&map_text);
    buf_release(&text);
    return ok;
}

static const struct option_type options[] = {
    {"map", "MAP.json", 0}, {"dry-run", NULL, 0}, {"keep-good", NULL, 0},
    {"json", NULL, 0},      {NULL, NULL, 0},
};

const struct command command_import = {
    .name = "import",
    .usage = "FILE TABLE.csv|- --map MAP.json [--dry-run] [--keep-good] [--json]",
    .summary = N_("open cases from a spreadsheet, all of them or none"),
    .help = N_("The mapping says which column is which key of which act: amparo help acts, and\n"
               "IMPORT in amparo(1), with an example. Commas, semicolons or tabs; UTF-8 or\n"
               "Windows-1252. Every fault is named by line and column; nothing is written unless\n"
               "all is well, or with --keep-good the cases without a fault. --dry-run tells what\n"
               "would be recorded, and the gates' warnings."),
    .options = options,
    .least = 2,
    .most = 2,
    .run = run,
};
