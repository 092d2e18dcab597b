/* SPDX-License-Identifier: MIT */
/*
 * The command line: what was asked, and the table of commands. Layer: cli.
 *
 * A command is one file with one static entry (struct command), named in the table of cli.c. Its
 * run() gets what stands beside the options, and reads options with cli_has() and cli_value(). It
 * answers with a struct error like everything else: the kind is the exit status, each line of the
 * text goes to standard error. Results go to standard output.
 */
#ifndef AMPARO_CLI_CLI_H
#define AMPARO_CLI_CLI_H

#include <stdbool.h>

#include "amparo/base/error.h"

/* An option of a command, ended by name NULL. Each has a long form; `letter` is 0 or a short one.
 */
struct option_type {
    const char *name;
    const char *value; /* what to call its value in the help; NULL: it has none */
    char letter;
};

struct cli;

struct command {
    const char *name;
    const char *usage;   /* what follows the name, a line for each form; not translated */
    const char *summary; /* N_(): what it does, in one line */
    const char *help;    /* N_(): more than that, in lines; NULL: nothing more to say */
    const struct option_type *options; /* NULL: none of its own */
    int least, most;                   /* how many arguments beside the options; most -1: any */
    bool (*run)(struct cli *cli, int argc, char **argv, struct error *err);
};

enum { CLI_OPTIONS_MAX = 32 };

struct cli {
    const struct command *command;       /* NULL: the full-screen program */
    int argc;                            /* arguments beside command and options */
    char **argv;                         /* without a command: the case file, if one was named */
    const char *values[CLI_OPTIONS_MAX]; /* by place in the option list; NULL: not given */
};

/*
 * Reads the call. Global options stand anywhere, those of a command after its name; `--` ends
 * them. ERROR_INPUT where a command, an option or its value is unknown or missing. argv is
 * reordered and must outlive *cli.
 */
bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err);

/* Whether the option was given; its value ("" for one that has none), or NULL. */
bool cli_has(const struct cli *cli, const char *name);
const char *cli_value(const struct cli *cli, const char *name);

/* Runs the command, puts out its errors and returns the exit status. */
int cli_run(struct cli *cli);

/*
 * Puts the lines of an error on standard error: "amparo: …", but a refusal's begin with the
 * article's number. Returns the exit status.
 */
int cli_fail(const struct error *err);

/* The command of that name, or NULL; the help on one, or on all (NULL), on standard output. */
const struct command *cli_command(const char *name);
bool cli_help(const struct command *command);

/* The whole file, or standard input for "-": a new buffer. ERROR_FAILED where it cannot be read. */
bool cli_read(const char *path, struct buf *out, struct error *err);

#endif
