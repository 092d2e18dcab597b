/* SPDX-License-Identifier: MIT */
/* argv to command, and the locale; and a locked program's way into a memory of its own. */
#include <signal.h>
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

/* How the program was called. */
struct call {
    struct cli cli;
    char *name;
    char *language; /* LANGUAGE as it was, which a change of the language sets; or NULL */
};

/*
 * A locked program goes on in a new memory: it executes itself, and of what this process knew
 * nothing is left but what it hands on. Comes back only where that cannot be.
 */
static void start_anew(const struct call *call, int locked)
{
    const char *lang = cli_value(&call->cli, "lang"), *line = cli_value(&call->cli, "line");
    char *args[5] = {call->name}, number[16];
    size_t count = 1;

    snprintf(number, sizeof number, "%d", locked);
    setenv(LOCKED, number, 1);
    if (call->language)
        setenv("LANGUAGE", call->language, 1);
    else
        unsetenv("LANGUAGE");
    if (lang)
        args[count++] = xasprintf("--lang=%s", lang);
    if (line)
        args[count++] = xasprintf("--line=%s", line);
    if (cli_has(&call->cli, "linear"))
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
static int full_screen(const struct call *call, const char *file)
{
    const struct cli *cli = &call->cli;
    bool told = cli_has(cli, "lang") || (call->language && *call->language);
    struct tui_options options = {.file = file,
                                  .officer = cli_value(cli, "officer"),
                                  .line = cli_value(cli, "line"),
                                  .linear = cli_has(cli, "linear"),
                                  .speech_is_told = told,
                                  .locked = locked_fd()};
    struct error err = ERROR_INIT;
    struct typed_secret secret = {NULL, 0};
    bool given = cli_has(cli, "passphrase-file") || cli_has(cli, "passphrase-fd");
    bool ok = !given || cli_passphrase(cli, &secret, &err);

    options.passphrase = (struct passphrase){secret.bytes, secret.length};
    for (bool on = ok; on; on = ok && options.locked >= 0) {
        ok = tui_run(&options, &options.locked, &err);
        if (ok && options.locked >= 0)
            start_anew(call, options.locked);
    }
    secret_release(&secret);
    int status = ok ? 0 : cli_fail(&err);
    error_release(&err);
    return status;
}

/* The command, or the full-screen program. */
static int run(struct call *call)
{
    struct cli *cli = &call->cli;

    if (cli->command || cli_has(cli, "help") || cli_has(cli, "version"))
        return cli_run(cli);
    return full_screen(call, cli->argc ? cli->argv[0] : NULL);
}

int main(int argc, char **argv)
{
    const char *language = getenv("LANGUAGE");
    struct call call = {.name = argv[0], .language = language ? xstrdup(language) : NULL};
    struct error err = ERROR_INIT;

    vault_harden_process();
    signal(SIGCHLD, SIG_DFL); /* ignored, as some launchers leave it, no program's end is told */
    locale_start(NULL);
    terminal_guard();
    int status = cli_parse(&call.cli, argc, argv, &err) ? run(&call) : cli_fail(&err);
    error_release(&err);
    free(call.language);
    return status;
}
