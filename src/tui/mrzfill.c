/* SPDX-License-Identifier: MIT */
#include "amparo/tui/mrzfill.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/travelcode.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/mrz.h"

/* All fields that fail, in one line: what is wrong once, and where. */
static void say_faults(struct buf *echo, const struct error *err)
{
    static const char sign[] = ": ";
    const char *text = error_text(err);

    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *said = strstr(line, sign);
        bool more = line != text && said && said < line + strcspn(line, "\n");
        if (more)
            buf_adds(echo, "; ");
        said = more ? said + strlen(sign) : line;
        buf_add(echo, said, strcspn(said, "\n"));
    }
}

/* "all digits agree; stateless person (XXA)": what the reader of the document may not know. */
static enum form_level say_codes(struct buf *echo, const struct mrz *mrz)
{
    const char *codes[] = {mrz->issuer, mrz->nationality};
    enum form_level level = FORM_FINE;

    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        struct travel_code found;
        if (i && strcmp(codes[0], codes[1]) == 0)
            break;
        if (!travel_code_find(codes[i], &found)) {
            buf_addf(echo, _("; no State has the code %s"), codes[i]);
            level = FORM_ERROR;
        } else if (found.meaning) {
            buf_addf(echo, "; %s (%s)", _(found.meaning), codes[i]);
            if (found.kind == TRAVEL_TEST)
                level = FORM_DOUBT;
        }
    }
    return level;
}

enum form_level mrz_settle(const char *text, int this_year, struct buf *echo)
{
    struct mrz mrz;
    struct error err = ERROR_INIT;
    if (!mrz_parse(text, this_year, &mrz, &err)) {
        say_faults(echo, &err);
        error_release(&err);
        return FORM_ERROR;
    }
    error_release(&err);
    buf_adds(echo, _("all digits agree"));
    enum form_level level = say_codes(echo, &mrz);
    if (mrz.truncated) {
        buf_addf(echo, "; %s", _("name may be cut: compare it with the visual zone"));
        level = level < FORM_DOUBT ? FORM_DOUBT : level;
    }
    return level;
}

struct filling {
    struct form *form;
    void (*keep)(void *ctx, const char *path, const char *text);
    void *ctx;
};

static void put(const struct filling *f, const char *path, const char *text, bool over)
{
    if ((!*text && !over) || (!over && *form_value(f->form, path)))
        return;
    form_fill(f->form, path, text);
    f->keep(f->ctx, path, form_value(f->form, path));
}

/* "" where no State is meant: the document may be an organisation's. */
static const char *state_of(const char *code)
{
    struct travel_code found;
    return travel_code_find(code, &found) ? found.state : "";
}

/* A whole date, or nothing. */
static const char *whole(const char *date)
{
    return strchr(date, 'X') ? "" : date;
}

/* Which part of the surnames is the first cannot be known: the first word is taken. */
static void put_surnames(const struct filling *f, const char *surnames)
{
    char first[sizeof((struct mrz *)0)->surnames];
    size_t size = strcspn(surnames, " ");
    snprintf(first, sizeof first, "%.*s", (int)size, surnames);
    put(f, "surname_1", first, false);
    put(f, "surname_2", surnames[size] ? surnames + size + 1 : "", false);
}

static void put_names(const struct filling *f, const struct mrz *mrz)
{
    char all[sizeof mrz->surnames + sizeof mrz->given_names + 1];
    snprintf(all, sizeof all, "%s%s%s", mrz->surnames, *mrz->given_names ? " " : "",
             mrz->given_names);
    if (*mrz->given_names) {
        put_surnames(f, mrz->surnames);
        put(f, "given_names", mrz->given_names, false);
    } else {
        put(f, "single_name", mrz->surnames, false);
    }
    put(f, "full_name_as_in_document", all, false);
}

/* The State stood there as a guess; the document knows, also that there is none. */
static void put_nationality(const struct filling *f, const struct mrz *mrz)
{
    const char *state = state_of(mrz->nationality);
    struct travel_code found;
    put(f, "nationalities[0].state", state, true);
    put(f, "nationalities[0].proof",
        !*state               ? ""
        : mrz->type[0] == 'P' ? "passport"
                              : "national_id",
        !*state);
    if (travel_code_find(mrz->nationality, &found) && found.kind == TRAVEL_STATELESS)
        put(f, "stateless_suspected", "yes", false);
}

static const char *type_of(const struct mrz *mrz)
{
    struct travel_code found;
    if (travel_code_find(mrz->nationality, &found) && found.kind == TRAVEL_REFUGEE)
        return "refugee_document";
    return mrz->type[0] == 'P' ? "passport" : "identity_card";
}

static void put_document(const struct filling *f, const struct mrz *mrz, bool of_person)
{
    put(f, of_person ? "document_number" : "number", mrz->number, false);
    put(f, of_person ? "document_issuer" : "issuer", state_of(mrz->issuer), false);
    put(f, of_person ? "document_expiry" : "valid_until", whole(mrz->expiry), false);
    put(f, of_person ? "document_type" : "type", type_of(mrz), false);
    if (!of_person && !*state_of(mrz->issuer))
        put(f, "authority", travel_code_name(mrz->issuer, reader_language), false);
}

void mrz_fill(struct form *form, bool of_person, int this_year,
              void (*keep)(void *ctx, const char *path, const char *text), void *ctx)
{
    struct mrz mrz;
    struct error err = ERROR_INIT;
    bool ok = mrz_parse(form_value(form, "mrz"), this_year, &mrz, &err);
    error_release(&err);
    if (!ok)
        return;
    const struct filling filling = {form, keep, ctx};
    put_document(&filling, &mrz, of_person);
    if (!of_person)
        return;
    put_names(&filling, &mrz);
    put(&filling, "sex", mrz.sex, false);
    put(&filling, "birth_date", mrz.birth, false);
    put_nationality(&filling, &mrz);
}
