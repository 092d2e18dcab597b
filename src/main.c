/* SPDX-License-Identifier: MIT */
/* argv to command, and the locale; and a locked program's way into a memory of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/cli/cli.h"
#include "amparo/cli/session.h"
#include "amparo/cli/terminal.h"
#include "amparo/tui/app.h"
#include "amparo/vault/vault.h"

/* By which a locked program tells itself the descriptor of what it kept. */
#define LOCKED "AMPARO_LOCKED"

/*
 * A locked program goes on in a new memory: it executes itself, and of what this process knew
 * nothing is left but what it hands on. Comes back only where that cannot be.
 */
static void start_anew(const struct cli *cli, char *name, int locked)
{
    const char *lang = cli_value(cli, "lang"), *line = cli_value(cli, "line");
    char *args[5] = {name}, number[16];
    size_t count = 1;

    snprintf(number, sizeof number, "%d", locked);
    setenv(LOCKED, number, 1);
    if (lang)
        args[count++] = xasprintf("--lang=%s", lang);
    if (line)
        args[count++] = xasprintf("--line=%s", line);
    if (cli_has(cli, "linear"))
        args[count++] = xstrdup("--linear");
    execv("/proc/self/exe", args);
    unsetenv(LOCKED);
    while (count > 1)
        free(args[--count]);
}

static int locked_fd(void)
{
    const char *number = getenv(LOCKED);
    int fd = number ? atoi(number) : -1;

    unsetenv(LOCKED);
    return fd;
}

/* The full-screen program on a case file, or on the last one used where `file` is NULL. */
static int full_screen(const struct cli *cli, char *name, const char *file)
{
    struct tui_options options = {.file = file,
                                  .officer = cli_value(cli, "officer"),
                                  .line = cli_value(cli, "line"),
                                  .linear = cli_has(cli, "linear"),
                                  .locked = locked_fd()};
    struct error err = ERROR_INIT;
    struct secret secret = {NULL, 0};
    bool given = cli_has(cli, "passphrase-file") || cli_has(cli, "passphrase-fd");
    bool ok = !given || cli_passphrase(cli, &secret, &err);

    options.passphrase = (struct passphrase){secret.bytes, secret.length};
    for (bool on = ok; on; on = ok && options.locked >= 0) {
        ok = tui_run(&options, &options.locked, &err);
        if (ok && options.locked >= 0)
            start_anew(cli, name, options.locked);
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
    terminal_guard();
    if (!cli_parse(&cli, argc, argv, &err)) {
        int status = cli_fail(&err);
        error_release(&err);
        return status;
    }
    if (cli_has(&cli, "lang"))
        locale_start(cli_value(&cli, "lang"));
    if (cli.command || cli_has(&cli, "help") || cli_has(&cli, "version"))
        return cli_run(&cli);
    return full_screen(&cli, argv[0], cli.argc ? cli.argv[0] : NULL);
}
