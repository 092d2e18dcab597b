/* SPDX-License-Identifier: MIT */
/* Templates of the notes, with fields, seams and passages of their own. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/text.h"
#include "amparo/paper/template.h"
#include "fuzz.h"

static void write_office(const void *ctx, struct buf *out)
{
    (void)ctx;
    buf_adds(out, "el Consulado General");
}

static void write_hostile(const void *ctx, struct buf *out)
{
    (void)ctx;
    buf_adds(out, "{office} # {if x} ñ  , .");
}

static void write_nothing(const void *ctx, struct buf *out)
{
    (void)ctx;
    (void)out;
}

static const struct template_field fields[] = {
    {"office", "", write_office},
    {"hostile", "", write_hostile},
    {"nothing", "", write_nothing},
    {NULL, NULL, NULL},
};
static const struct template_field *const tables[] = {fields, NULL};
static const struct template_seam seams[] = {{"de ", "el ", "del "}, {NULL, NULL, NULL}};

static const char *passage(const void *ctx, const char *name)
{
    (void)ctx;
    return !strcmp(name, "courtesy") ? "# said\nante {office}\n\n{hostile}"
           : !strcmp(name, "loop")   ? "{> loop}"
           : !strcmp(name, "twice")  ? "{> courtesy} {> courtesy}"
                                     : NULL;
}

static const struct template_language language = {tables, seams, passage, NULL};

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT, again = BUF_INIT;
    bool taken = template_fill(text, &language, &out, &err);

    if (taken) {
        PROMISE(template_fill(text, &language, &again, NULL), "filled, then refused");
        PROMISE(!strcmp(buf_text(&out), buf_text(&again)), "filled twice, otherwise");
        if (text_valid(text, strlen(text)))
            PROMISE(text_valid(buf_text(&out), out.size), "filled with what is no text");
        PROMISE(!strstr(buf_text(&out), "\n\n\n"), "an empty paragraph");
    } else {
        PROMISE(!out.size, "refused, and half filled");
        fuzz_message(&err, NULL);
        PROMISE(strstr(error_text(&err), "line "), "no line is named: %s", error_text(&err));
    }
    buf_release(&out);
    buf_release(&again);
    error_release(&err);
    free(text);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("La nota de {office}, y {Hostile} .\n\n# dicho\n{> courtesy}"),
    SEED("{if nothing}x{else}{if not nothing}y{end}{end} z"),
    SEED("{if office}{> twice}\n{end}\n\n{if nothing}{office}{end}"),
    SEED("{> loop}"),
    SEEDS_END,
};

static const char *const list[] = {"{",
                                   "}",
                                   "{if office}",
                                   "{if not nothing}",
                                   "{else}",
                                   "{end}",
                                   "{> courtesy}",
                                   "{> twice}",
                                   "{office}",
                                   "{Nothing}",
                                   "\n\n",
                                   "\n#",
                                   " de ",
                                   " , ",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(template, run) = {"template", run, seeds, words, fuzz_mutate_bytes, 6000};
