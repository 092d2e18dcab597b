/* SPDX-License-Identifier: MIT */
#include "amparo/store/bodies.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"

enum { LONGEST = 200 }; /* bytes */

const struct body_type body_types[] = {
    {"conference", N_("the Conference")},
    {"secretariat", N_("the Technical Secretariat")},
    {"network_cp", N_("the network for consular protection")},
    {"network_tip", N_("the network against trafficking and smuggling")},
    {"vice_ministers", N_("the meeting that decides (Art. 9)")},
    {"mechanism", N_("the mechanism itself")},
    {NULL, NULL},
};

const char *const body_languages[] = {"en", "es", "fr", NULL};

/* A sentence needs the article to agree with it. */
static const char *const articles[][5] = {
    {"the ", NULL},
    {"el ", "la ", "los ", "las ", NULL},
    {"le ", "la ", "les ", "l'", NULL},
};

void body_names_release(struct body_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->list[i].body);
        free(names->list[i].language);
        free(names->list[i].name);
        free(names->list[i].said_by);
        free(names->list[i].said_at);
    }
    free(names->list);
    *names = (struct body_names){NULL, 0};
}

bool store_bodies(struct store *store, struct body_names *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT body, language, name, said_by, said_at FROM bodies "
                                 "ORDER BY body, language",
                                 "");

    *out = (struct body_names){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        out->list[out->count++] = (struct body_name){
            db_text(row, 0), db_text(row, 1), db_text(row, 2), db_text(row, 3), db_text(row, 4)};
    }
    if (failed)
        body_names_release(out);
    return !failed;
}

const char *body_name(const struct body_names *names, const char *body, const char *language)
{
    for (size_t i = 0; names && i < names->count; i++)
        if (strcmp(names->list[i].body, body) == 0 &&
            strcmp(names->list[i].language, language) == 0)
            return names->list[i].name;
    return NULL;
}

static bool is_body(const char *body, struct error *err)
{
    struct buf names = BUF_INIT;

    for (size_t i = 0; body_types[i].name; i++) {
        if (strcmp(body_types[i].name, body) == 0) {
            buf_release(&names);
            return true;
        }
        buf_addf(&names, "%s%s", i ? ", " : "", body_types[i].name);
    }
    error_set(err, ERROR_INPUT, _("%s: is no body; there are %s"), body, buf_text(&names));
    buf_release(&names);
    return false;
}

static bool has_article(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (strncmp(name, *list, strlen(*list)) == 0 && name[strlen(*list)])
            return true;
    return false;
}

static bool check_name(const char *language, const char *name, struct error *err)
{
    size_t l = 0;

    while (body_languages[l] && strcmp(body_languages[l], language) != 0)
        l++;
    if (!body_languages[l])
        return error_set(err, ERROR_INPUT, _("%s: documents are in en, es and fr"), language);
    if (!name)
        return true;
    if (!has_article(articles[l], name))
        return error_set(err, ERROR_INPUT,
                         _("\"%s\": begin with its article, small: the, el, la, le, l' …"), name);
    return (strlen(name) <= LONGEST && text_prints(name)) ||
           error_set(err, ERROR_INPUT,
                     _("the name is on one line of at most %d bytes, of letters that print"),
                     LONGEST);
}

bool store_set_body(struct store *store, const char *body, const char *language, const char *name,
                    struct error *err)
{
    char at[INSTANT_SIZE];

    if (!is_body(body, err) || !check_name(language, name, err) || !post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post says what a body is called"));
    if (!name)
        return db_run(store, err, "DELETE FROM bodies WHERE body = ? AND language = ?", "tt", body,
                      language);
    return db_run(store, err,
                  "INSERT OR REPLACE INTO bodies (body, language, name, said_by, said_at) "
                  "VALUES (?, ?, ?, ?, ?)",
                  "ttttt", body, language, name, store->me.name, store_now(store, at));
}
