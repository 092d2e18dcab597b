/* SPDX-License-Identifier: MIT */
/* amparo officer: who works with a case file. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/keys.h"

static bool put_json(const struct officers *officers)
{
    json_t *array = json_array();

    for (size_t i = 0; i < officers->count; i++) {
        const struct officer *o = &officers->list[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s}", "name", o->name, "role",
                                        role_name(o->role), "since", o->since, "key", o->key));
    }
    return cli_put_json(array);
}

static void put_table(const struct officers *officers)
{
    struct buf out = BUF_INIT;
    char when[17];

    for (size_t i = 0; i < officers->count; i++) {
        const struct officer *o = &officers->list[i];
        text_pad(&out, o->name, 40);
        buf_addf(&out, " %-8s %s\n", role_name(o->role), cli_when(o->since, when));
    }
    cli_put_lines(&out);
    buf_release(&out);
}

static bool list(const struct cli *cli, const char *path, struct error *err)
{
    struct store *store;
    struct officers officers;

    if (!cli_open(cli, path, 0, &store, err))
        return false;
    bool ok = store_officers(store, &officers, err);
    store_close(store);
    if (!ok)
        return false;
    if (cli_has(cli, "json"))
        put_json(&officers);
    else
        put_table(&officers);
    officers_release(&officers);
    return true;
}

static bool add(const struct cli *cli, const char *path, const char *name, struct error *err)
{
    const char *word = cli_value(cli, "role");
    enum role role;
    struct store *store;
    struct typed_secret secret;

    if (!word || !role_parse(word, &role))
        return error_set(err, ERROR_INPUT, _("--role %s: it is head, officer or clerk"),
                         word ? word : "?");
    if (!cli_open(cli, path, 0, &store, err))
        return false;
    if (cli_has(cli, "slow-machine"))
        store_set_slow(store);
    bool ok = cli_new_passphrase(cli, "new-passphrase-file", &secret, err);
    ok = ok && store_add_officer(store, name, role,
                                 (struct passphrase){secret.bytes, secret.length}, err);
    secret_release(&secret);
    if (ok)
        cli_wrote(store);
    store_close(store);
    return ok;
}

static bool take_away(const struct cli *cli, const char *path, const char *name, struct error *err)
{
    struct store *store;
    struct progress progress;

    if (!cli_open(cli, path, 0, &store, err))
        return false;
    progress_begin(&progress, _("Changing the keys"));
    bool ok = store_remove_officer(store, name, progress_step, &progress, err);
    progress_end(&progress);
    if (ok)
        cli_wrote(store);
    store_close(store);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    if (strcmp(argv[1], "list") == 0 && argc == 2)
        return list(cli, argv[0], err);
    if (strcmp(argv[1], "add") == 0 && argc == 3)
        return add(cli, argv[0], argv[2], err);
    if (strcmp(argv[1], "remove") == 0 && argc == 3)
        return take_away(cli, argv[0], argv[2], err);
    return error_set(err, ERROR_INPUT,
                     _("how to call it: amparo officer FILE list, FILE add NAME --role ROLE, or "
                       "FILE remove NAME; see amparo officer --help"));
}

static const struct option_type options[] = {
    {"role", "head|officer|clerk", 0},
    {"new-passphrase-file", "PATH", 0},
    {"slow-machine", NULL, 0},
    {"json", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_officer = {
    .name = "officer",
    .usage = "FILE list [--json]\nFILE add NAME --role head|officer|clerk "
             "[--new-passphrase-file PATH] [--slow-machine]\nFILE remove NAME",
    .summary = N_("who works with a case file; a head of post adds and removes officers"),
    .help =
        N_("remove also gives the file a new key, so that an old copy of it and an old\n"
           "passphrase open nothing that is written from now on; the file must be open nowhere\n"
           "else. What they recorded stays; their drafts pass to you. The post's keys for other\n"
           "posts come in a later version, and will change with it."),
    .options = options,
    .least = 2,
    .most = 3,
    .run = run,
};
