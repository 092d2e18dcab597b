/* SPDX-License-Identifier: MIT */
/*
 * Commands that have sub-commands: a table of them, and one way to find the one that is meant, to
 * open the case file for it and to run it. For src/cli alone.
 */
#ifndef AMPARO_CLI_SUBCOMMAND_H
#define AMPARO_CLI_SUBCOMMAND_H

#include "amparo/cli/session.h"

/* One call of it. */
struct subcall {
    const struct cli *cli;
    struct store *store;
    int count;    /* of words */
    char **words; /* behind the sub-command; the first is NULL where there are none */
};

/* What it does to the case file. */
enum subcommand_use {
    READS,  /* which is opened for that alone */
    TAKES,  /* something out of it, which is entered in the access log */
    WRITES, /* with cli_wrote() after it */
    TRUSTS, /* the same, and it changes whom the post trusts: what came before may count then */
};

struct subcommand {
    const char *name;
    int least, most; /* words behind it */
    enum subcommand_use use;
    bool (*run)(struct subcall *call, struct error *err);
};

/*
 * Runs what is called: argv is FILE SUBCOMMAND WORD…; of FILE alone the first of the table, which
 * name NULL ends. ERROR_INPUT where there is no such sub-command, or none with so many words.
 */
bool subcommand_run(const struct cli *cli, const struct subcommand *table, int argc, char **argv,
                    struct error *err);

#endif
