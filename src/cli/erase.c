/* SPDX-License-Identifier: MIT */
/* amparo erase: data protection. One officer asks, another confirms; then it is done. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/erase.h"
#include "amparo/store/record.h"

/* One person of one case on the way. */
struct erasing {
    const struct cli *cli;
    struct store *store;
    struct store *second; /* of the other officer, who sits at the same machine; or NULL */
    const char *reference;
    long person;
};

static bool record(struct store *store, const struct erasing *e, enum act_kind kind,
                   json_t *payload, char id[2 * ACT_ID_SIZE + 1], struct error *err)
{
    struct record_request request = {.reference = e->reference, .kind = kind, .payload = payload};
    struct recorded recorded;
    bool ok = store_record(store, &request, &recorded, err);

    if (ok) {
        cli_put_warnings(recorded.warnings);
        if (id)
            memcpy(id, recorded.id, sizeof recorded.id);
        recorded_release(&recorded);
    }
    json_decref(payload);
    return ok;
}

/* A request that awaits its confirmation. */
struct asked {
    char id[2 * ACT_ID_SIZE + 1]; /* "": there is none */
    bool own;                     /* by who has the file open: somebody else must confirm */
};

/* The last one about that person on that basis (NULL: any); one of our own only where nobody else
 * asked. */
static struct asked find_request(const struct case_file *c, long person, const char *basis,
                                 const char *key)
{
    struct asked asked = {"", true};

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE_REQUEST));) {
        bool own = strcmp(e->act->signer, key) == 0;
        if (entry_number(e, "person") != person || !case_awaits_erasing(c, e) ||
            (own && !asked.own) || (basis && strcmp(entry_text(e, "basis"), basis) != 0))
            continue;
        act_id_hex(e->act->id, asked.id);
        asked.own = own;
    }
    return asked;
}

static bool ask(const struct erasing *e, char id[2 * ACT_ID_SIZE + 1], struct error *err)
{
    const char *basis = cli_value(e->cli, "basis");
    json_t *payload =
        json_pack("{s:I, s:s, s:s*, s:s*}", "person", (json_int_t)e->person, "basis",
                  basis ? basis : "person_asked", "reason", cli_value(e->cli, "reason"),
                  "reference", cli_value(e->cli, "reference"));

    if (!record(e->store, e, ACT_ERASE_REQUEST, payload, id, err))
        return false;
    printf(_("%s, person %ld: the request is recorded.\n"), e->reference, e->person);
    return true;
}

static void say_erased(const struct erasing *e)
{
    printf(_("%s, person %ld: erased.\n"), e->reference, e->person);
}

static bool confirm(struct store *store, const struct erasing *e, const char *id, struct error *err)
{
    if (!record(store, e, ACT_ERASE, json_pack("{s:s}", "of", id), NULL, err))
        return false;
    say_erased(e);
    return true;
}

/* Asks, or confirms what another officer asked; what is done already is left. */
static bool erase_person(const struct erasing *e, struct error *err)
{
    struct case_file c;

    if (!store_case(e->store, e->reference, &c, err))
        return false;
    bool done = case_erasure(&c, e->person) != NULL;
    struct asked asked =
        find_request(&c, e->person, cli_value(e->cli, "basis"), store_officer(e->store)->key);
    case_release(&c);
    if (done) {
        say_erased(e);
        return true;
    }
    bool new = !*asked.id;
    if (new && !ask(e, asked.id, err))
        return false;
    if (asked.own && e->second)
        return confirm(e->second, e, asked.id, err);
    if (!new)
        return confirm(e->store, e, asked.id, err); /* our own: the gate says who else must */
    printf(_("Another officer confirms it by the same command.\n"));
    return true;
}

/* ---- the persons ---- */

static bool parse_person(const char *text, long *person, struct error *err)
{
    char *end;

    *person = strtol(text, &end, 10);
    return (*text && !*end && *person > 0) ||
           error_set(err, ERROR_INPUT, _("%s: is no person's number, nor \"all\""), text);
}

static bool erase_all(struct erasing *e, struct error *err)
{
    long persons[CASE_PERSONS_MOST];
    struct case_file c;

    if (!store_case(e->store, e->reference, &c, err))
        return false;
    size_t count = case_persons(&c, persons, CASE_PERSONS_MOST);
    case_release(&c);
    if (!count)
        return error_set(
            err, ERROR_INPUT,
            _("%s: nobody is recorded; record the person first, as far as known, and all "
              "of the case goes with them"),
            e->reference);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        e->person = persons[i];
        ok = erase_person(e, err);
    }
    return ok;
}

static bool erase(struct erasing *e, const char *who, struct error *err)
{
    if (strcmp(who, "all") == 0)
        return erase_all(e, err);
    return parse_person(who, &e->person, err) && erase_person(e, err);
}

/* ---- the whole ---- */

static bool finish(struct store *store, struct error *err)
{
    struct progress progress;
    bool owed;

    if (!store_erase_owed(store, &owed, err))
        return false;
    if (!owed)
        return true;
    progress_begin(&progress, _("Copying without what was erased"));
    bool ok = store_erase_finish(store, progress_step, &progress, err);
    progress_end(&progress);
    if (ok)
        printf(_("%s has a new data key. Destroy the backups from before.\n"), store_path(store));
    else
        error_set(err, err->kind,
                  _("what was erased is gone from the file, but its new data key is "
                    "owed: `amparo erase %s` gives it"),
                  store_path(store));
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct erasing e = {.cli = cli, .reference = argc > 1 ? argv[1] : NULL};

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), cli->command->name,
                         "FILE CASE PERSON");
    if (!cli_open(cli, argv[0], 0, &e.store, err))
        return false;
    bool ok = !cli_has(cli, "second") || cli_open_as(cli, argv[0], cli_value(cli, "second"),
                                                     "second-passphrase-file", &e.second, err);
    ok = ok && (argc < 3 || erase(&e, argv[2], err));
    if (ok)
        cli_wrote(e.store);
    store_close(e.second);
    ok = ok && finish(e.store, err);
    store_close(e.store);
    return ok;
}

static const struct option_type options[] = {
    {"basis", "CODE", 0},
    {"reason", "TEXT", 0},
    {"reference", "TEXT", 0},
    {"second", "NAME", 0},
    {"second-passphrase-file", "PATH", 0},
    {NULL, NULL, 0},
};

const struct command command_erase = {
    .name = "erase",
    .usage = "FILE CASE PERSON|all [--basis CODE] [--reason TEXT] [--reference TEXT] "
             "[--second NAME]\nFILE",
    .summary = N_("data protection: erases a person, by two officers"),
    .help =
        N_("One officer asks for it; another confirms by the same command, or at once as "
           "--second.\nOne of the two is a head of post. --basis: person_asked (where nothing "
           "is said),\nconsent_withdrawn, period_over, recorded_wrongly, order. What the others "
           "of the case still\nneed is recorded again in between: see the manual. With FILE "
           "alone: gives the new data key\nthat is owed where the work was cut short."),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
