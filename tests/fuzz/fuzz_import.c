/* SPDX-License-Identifier: MIT */
/* Mappings of an import, behind a table: what is taken names fields that are there, and every cell
 * of the table is read by it. */
#include <jansson.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/base/text.h"
#include "fuzz.h"
#include "src/store/import_work.h"

static void check_map(const struct import_map *map)
{
    PROMISE(map->count > 0, "a mapping of no acts");
    for (size_t i = 0; i < map->count; i++) {
        const struct import_act *act = &map->acts[i];
        PROMISE((act->type->kind == ACT_OPEN) == (i == 0), "open is not the first, or not alone");
        for (size_t j = 0; j < act->count; j++) {
            const struct import_source *source = &act->sources[j];
            PROMISE(source->field && source->field->type != FIELD_OBJECTS &&
                        source->field->type != FIELD_OBJECT,
                    "%s is no field to fill", source->path);
            PROMISE(source->column || source->value, "%s comes from nowhere", source->path);
        }
    }
}

static void read_cell(const struct import_map *map, struct import_source source,
                      const struct sheet *sheet)
{
    struct buf text = BUF_INIT;
    const char *why = NULL;

    source.place = source.column ? sheet_column(sheet, source.column) : 0;
    if (source.place >= 0 && !import_text(map, &source, sheet, &text, &why))
        PROMISE(why && *why, "%s is refused without a reason", source.path);
    PROMISE(text_valid(buf_text(&text), text.size), "%s is no text", source.path);
    bool namibia = source.field && source.field->type == FIELD_STATE && source.place >= 0 &&
                   source.column && !source.codes &&
                   strcmp(sheet->row.fields[source.place], "NA") == 0;
    PROMISE(!namibia || strcmp(buf_text(&text), "NA") == 0, "Namibia is lost");
    buf_release(&text);
}

static void read_table(const struct import_map *map, const char *bytes, size_t size)
{
    struct sheet sheet;
    struct error unsaid = ERROR_INIT;
    enum csv_result result = CSV_END;
    bool opened = sheet_open(&sheet, bytes, size, map->format, &unsaid);

    while (opened && (result = sheet_next(&sheet, NULL)) != CSV_END)
        for (size_t i = 0; result == CSV_ROW && i < map->count; i++)
            for (size_t j = 0; j < map->acts[i].count; j++)
                read_cell(map, map->acts[i].sources[j], &sheet);
    sheet_release(&sheet);
    error_release(&unsaid);
}

static bool run(const uint8_t *bytes, size_t size)
{
    const char *brace = size ? memchr(bytes, '{', size) : NULL;
    size_t before = brace ? (size_t)(brace - (const char *)bytes) : 0;
    json_t *json = brace ? json_loadb(brace, size - before, JSON_DECODE_ANY, NULL) : NULL;
    struct error err = ERROR_INIT;
    struct import_map *map = json ? import_map_read(json, &err) : NULL;

    if (map) {
        check_map(map);
        read_table(map, (const char *)bytes, before);
    } else if (json) {
        fuzz_message(&err, NULL);
    }
    bool good = map != NULL;
    import_map_free(map);
    json_decref(json);
    error_release(&err);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED("a;b;c\nNA;14/3/98;s\xC3\xAD\nSenegal;35868;=x\nHND;3/14/98;?u\n"
         "{\"case\":\"a\",\"dates\":\"mdy\",\"empty\":[\"NA\",\"-\"],\"acts\":[{\"act\":\"open\","
         "\"fields\":{\"role\":{\"value\":\"requesting\"},\"receiving_state\":\"a\",\"priority\":"
         "{\"column\":\"c\",\"codes\":{\"*\":\"urgent\"},\"default\":\"routine\"}}},"
         "{\"act\":\"person\",\"fields\":{\"surname_1\":\"c\",\"birth_date\":{\"column\":\"b\","
         "\"dates\":\"excel\"},\"nationalities[0].state\":\"a\",\"pregnancy\":\"c\"}},"
         "{\"act\":\"consent\",\"when\":{\"column\":\"c\",\"is\":[\"x\"]},\"once\":true,"
         "\"fields\":{\"on\":{\"column\":\"b\",\"dates\":\"ymd\"},\"transcribed.from\":\"c\"}}]}"),
    SEED(
        "{\"acts\":[{\"act\":\"open\",\"fields\":{}}],\"separator\":\";\",\"encoding\":\"utf-8\"}"),
    SEEDS_END,
};

static void mutate(struct fuzz_random *random, const char *const *words, struct buf *input)
{
    if (fuzz_below(random, 3))
        fuzz_mutate_json(random, words, input);
    else
        fuzz_mutate_bytes(random, words, input);
}

FUZZ_TARGET(import, run) = {"import", run, seeds, fuzz_field_words, mutate, 400};
