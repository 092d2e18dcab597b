/* SPDX-License-Identifier: MIT */
/*
 * Every kind of note in every language, held letter by letter against tests/notes/LANG/NAME.txt.
 * With AMPARO_WRITE_GOLDEN=1 the files are written instead: read them before they are committed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "note_kit.h"

static bool in_force; /* else it is a pilot */

static void print_in(const char *lang, const struct note_sample *sample, struct buf *out)
{
    struct note_kit kit;
    struct paper p;
    struct error err = ERROR_INIT;
    json_t *draft = kit_json(sample->draft);

    note_kit_begin(&kit, sample, lang);
    if (in_force)
        json_object_set_new(kit.directory, "instrument",
                            kit_json("{'status':'in_force','since':'2026-01-01'}"));
    paper_init(&p);
    if (!paper_note(&kit.source, NULL, draft, NULL, &p, &err))
        fail_msg("%s %s: %s", lang, sample->name, error_text(&err));
    paper_text(&p, PAPER_LETTER, out);
    paper_release(&p);
    json_decref(draft);
    note_kit_end(&kit);
}

static void hold(const char *lang, const char *name, const struct buf *is)
{
    const char *top = getenv("AMPARO_SRC");
    bool write = getenv("AMPARO_WRITE_GOLDEN") != NULL;
    char *path = xasprintf("%s/tests/notes/%s/%s.txt", top ? top : ".", lang, name);
    struct buf should = BUF_INIT;
    FILE *file = fopen(path, write ? "w" : "r");

    if (!file)
        fail_msg("%s: cannot be opened", path);
    if (write) {
        fwrite(is->data, 1, is->size, file);
    } else {
        char part[4096];
        for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
            buf_add(&should, part, got);
        assert_string_equal(buf_text(is), buf_text(&should));
    }
    fclose(file);
    buf_release(&should);
    free(path);
}

static void every_kind_in_every_language(void **state)
{
    (void)state;
    for (size_t l = 0; locale_languages[l]; l++) {
        locale_start(locale_languages[l]);
        for (const struct note_sample *s = note_samples; s->name; s++) {
            struct buf text = BUF_INIT;
            print_in(locale_languages[l], s, &text);
            hold(locale_languages[l], s->name, &text);
            buf_release(&text);
        }
    }
}

/* Neither the Secretariat, nor the focal points, nor the network ever reads who it is. */
static void no_identity_where_none_may_be(void **state)
{
    static const char *const open[] = {"tsn", "poll", "rep", "rep-line", "clo-offer"};
    static const char *const never[] = {"RAM",   "ORDÓ",  "Karen", "Yamileth", "Ana L",  "E123456",
                                        "Dubai", "house", "+971",  "1998",     "unpaid", "night"};

    (void)state;
    for (size_t l = 0; locale_languages[l]; l++) {
        locale_start(locale_languages[l]);
        for (const struct note_sample *s = note_samples; s->name; s++)
            for (size_t k = 0; k < ARRAY_SIZE(open); k++) {
                struct buf text = BUF_INIT;
                if (strcmp(s->name, open[k]) != 0)
                    continue;
                print_in(locale_languages[l], s, &text);
                for (size_t w = 0; w < ARRAY_SIZE(never); w++)
                    if (strstr(buf_text(&text), never[w]))
                        fail_msg("%s %s: %s", locale_languages[l], open[k], never[w]);
                buf_release(&text);
            }
    }
}

/* Runs of blanks and line ends as one blank. */
static void flatten(struct buf *text)
{
    size_t size = 0;

    for (size_t i = 0; i < text->size; i++) {
        bool blank = strchr(" \n\f", text->data[i]) != NULL;
        if (!blank || !size || text->data[size - 1] != ' ')
            text->data[size++] = blank ? ' ' : text->data[i];
    }
    buf_cut(text, size);
}

/* Once it is in force no note calls it proposed; until then every note that names it does. */
static void proposed_only_as_a_pilot(void **state)
{
    static const char *const names[] = {"mechanism by", "mecanismo de asist", "mécanisme d'"};
    static const char *const pilots[] = {"proposed mechanism", "mecanismo propuesto",
                                         "mécanisme proposé"};

    (void)state;
    for (size_t l = 0; locale_languages[l]; l++) {
        locale_start(locale_languages[l]);
        for (const struct note_sample *s = note_samples; s->name; s++)
            for (int force = 0; force < 2; force++) {
                struct buf text = BUF_INIT;
                in_force = force;
                print_in(locale_languages[l], s, &text);
                in_force = false;
                flatten(&text);
                bool named = strstr(buf_text(&text), names[l]) != NULL;
                bool pilot = strstr(buf_text(&text), pilots[l]) != NULL;
                if (force ? pilot : l && named)
                    fail_msg("%s %s", locale_languages[l], s->name);
                buf_release(&text);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_in_every_language),
        cmocka_unit_test(no_identity_where_none_may_be),
        cmocka_unit_test(proposed_only_as_a_pilot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
