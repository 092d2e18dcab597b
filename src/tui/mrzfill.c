/* SPDX-License-Identifier: MIT */
#include "amparo/tui/mrzfill.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mrz.h"

enum form_level mrz_settle(const char *text, int this_year, struct buf *echo)
{
    struct mrz mrz;
    struct error err = ERROR_INIT;
    if (!mrz_parse(text, this_year, &mrz, &err)) {
        buf_add(echo, error_text(&err), strcspn(error_text(&err), "\n"));
        error_release(&err);
        return FORM_ERROR;
    }
    error_release(&err);
    buf_adds(echo, mrz.truncated ? _("all digits agree; the name may be cut: compare")
                                 : _("all digits agree"));
    return FORM_FINE;
}

struct filling {
    struct form *form;
    void (*keep)(void *ctx, const char *path, const char *text);
    void *ctx;
};

static void put(const struct filling *f, const char *path, const char *text, bool over)
{
    if (!*text || (!over && *form_value(f->form, path)))
        return;
    form_put(f->form, path, text);
    f->keep(f->ctx, path, form_value(f->form, path));
}

static const char *alpha2_of(const char *alpha3)
{
    size_t count;
    const struct country *all = country_all(&count);
    if (strcmp(alpha3, "D") == 0)
        return "DE";
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].alpha3, alpha3) == 0)
            return all[i].code;
    return "";
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

void mrz_fill(struct form *form, int this_year,
              void (*keep)(void *ctx, const char *path, const char *text), void *ctx)
{
    struct mrz mrz;
    struct error err = ERROR_INIT;
    bool ok = mrz_parse(form_value(form, "mrz"), this_year, &mrz, &err);
    error_release(&err);
    if (!ok)
        return;
    const struct filling filling = {form, keep, ctx}, *f = &filling;
    char whole[2 * sizeof mrz.surnames + 2];
    snprintf(whole, sizeof whole, "%s%s%s", mrz.surnames, *mrz.given_names ? " " : "",
             mrz.given_names);
    if (*mrz.given_names) {
        put_surnames(f, mrz.surnames);
        put(f, "given_names", mrz.given_names, false);
    } else {
        put(f, "single_name", mrz.surnames, false);
    }
    put(f, "full_name_as_in_document", whole, false);
    put(f, "sex", mrz.sex, false);
    put(f, "birth_date", mrz.birth, false);
    put(f, "document_number", mrz.number, false);
    put(f, "document_expiry", mrz.expiry, false);
    put(f, "document_issuer", alpha2_of(mrz.issuer), false);
    /* The State stood there as a guess; the document knows. */
    put(f, "nationalities[0].state", alpha2_of(mrz.nationality), true);
    put(f, "nationalities[0].proof", mrz.type[0] == 'P' ? "passport" : "national_id", false);
    put(f, "document_type", mrz.type[0] == 'P' ? "passport" : "identity_card", false);
}
