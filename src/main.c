/* SPDX-License-Identifier: MIT */
/* argv to command, and the locale; nothing else. */
#include <stdio.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/cli/cli.h"

/* The full-screen program on a case file, or on the last one used where `file` is NULL. */
static int full_screen(const struct cli *cli, const char *file)
{
    (void)cli;
    (void)file;
    fprintf(stderr, "amparo: %s\n",
            _("the full-screen program is not built in; see amparo --help"));
    return ERROR_FAILED;
}

int main(int argc, char **argv)
{
    struct cli cli;
    struct error err = ERROR_INIT;

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
