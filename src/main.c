/* SPDX-License-Identifier: MIT */
/* argv to command, and the locale; nothing else. */
#include "amparo/base/locale.h"
#include "amparo/cli/cli.h"
#include "amparo/cli/session.h"
#include "amparo/tui/app.h"
#include "amparo/vault/vault.h"

/* The full-screen program on a case file, or on the last one used where `file` is NULL. */
static int full_screen(const struct cli *cli, const char *file)
{
    struct tui_options options = {
        .file = file, .officer = cli_value(cli, "officer"), .line = cli_value(cli, "line")};
    struct error err = ERROR_INIT;
    struct secret secret = {NULL, 0};
    bool given = cli_has(cli, "passphrase-file") || cli_has(cli, "passphrase-fd");
    bool ok = !given || cli_passphrase(cli, &secret, &err);

    if (ok) {
        options.passphrase = (struct passphrase){secret.bytes, secret.length};
        ok = tui_run(&options, &err);
    }
    secret_release(&secret);
    int status = ok ? 0 : cli_fail(&err);
    error_release(&err);
    return status;
}

int main(int argc, char **argv)
{
    struct cli cli;
    struct error err = ERROR_INIT;

    vault_harden_process();
    locale_start(NULL);
    if (!cli_parse(&cli, argc, argv, &err)) {
        int status = cli_fail(&err);
        error_release(&err);
        return status;
    }
    if (cli_has(&cli, "lang"))
        locale_start(cli_value(&cli, "lang"));
    if (cli.command || cli_has(&cli, "help") || cli_has(&cli, "version"))
        return cli_run(&cli);
    return full_screen(&cli, cli.argc ? cli.argv[0] : NULL);
}
