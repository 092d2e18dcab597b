/* SPDX-License-Identifier: MIT */
/* amparo init: a new case file for a post, and its first head. */
#include "commands.h"

#include <stdio.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/cli/sheets.h"

/* The value of an option that must be there; "" where it is not, which was said. */
static char *needed(const struct cli *cli, const char *name, bool *ok, struct error *err)
{
    static char empty[] = "";
    const char *value = cli_value(cli, name);

    if (!value)
        *ok = error_set(err, ERROR_INPUT, _("--%s is missing; see amparo init --help"), name);
    return value ? (char *)(uintptr_t)value : empty;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    bool ok = true;
    struct post_profile post = {
        .state = needed(cli, "state", &ok, err),
        .code = needed(cli, "code", &ok, err),
        .name = needed(cli, "post", &ok, err),
        .country = needed(cli, "country", &ok, err),
        .city = needed(cli, "city", &ok, err),
        .kind = needed(cli, "kind", &ok, err),
    };
    const char *officer = needed(cli, "officer", &ok, err);
    struct typed_secret secret;
    struct buf recovery = BUF_INIT;
    struct store *store;
    (void)argc;

    if (!ok || !post_check(&post, err) || !cli_new_passphrase(cli, NULL, &secret, err))
        return false;
    ok = store_create(argv[0], &post, officer, (struct passphrase){secret.bytes, secret.length},
                      cli_has(cli, "slow-machine") ? STORE_LEAST : 0, &store, &recovery, err);
    secret_release(&secret);
    if (ok) {
        cli_wrote(store);
        sheets_put(argv[0], store, &recovery);
        store_close(store);
        printf(_("%s is made. Above are its recovery shares, shown this once: print them or write\n"
                 "them down, a sheet each, and try each with `amparo recovery %s check`. Without\n"
                 "two of them, and without a passphrase, nobody ever reads the file again.\n"),
               argv[0], argv[0]);
    }
    buf_release(&recovery);
    return ok;
}

static const struct option_type options[] = {
    {"state", "STATE", 0},     {"code", "CODE", 0},
    {"post", "NAME", 0},       {"country", "COUNTRY", 0},
    {"city", "CITY", 0},       {"kind", "consulate|directorate|secretariat", 0},
    {"slow-machine", NULL, 0}, {NULL, NULL, 0},
};

const struct command command_init = {
    .name = "init",
    .usage = "FILE --state HN --code HNTGU --post NAME --country HN --city CITY --kind KIND "
             "--officer NAME [--slow-machine]",
    .summary = N_("a new case file; --officer names the first head of post"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
