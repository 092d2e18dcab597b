/* SPDX-License-Identifier: MIT */
#include "amparo/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "commands.h"
#include "config.h"

static const struct command *const commands[] = {
    &command_assess,   &command_init,       &command_list,
    &command_persons,  &command_duplicates, &command_show,
    &command_acts,     &command_access,     &command_record,
    &command_event,    &command_import,     &command_help,
    &command_officer,  &command_directory,  &command_identity,
    &command_trust,    &command_bodies,     &command_letterhead,
    &command_offices,  &command_verify,     &command_backup,
    &command_restore,  &command_passphrase, &command_recovery,
    &command_escrow,   &command_erase,      &command_tasks,
    &command_periods,  &command_costs,      &command_calendar,
    &command_notes,    &command_print,      &command_dossier,
    &command_meetings, &command_report,     &command_statistics,
    &command_send,     &command_receive,    &command_outbox,
    &command_inbox,    &command_demo,       NULL,
};

/* Understood everywhere, before and after the command. */
static const struct option_type global_options[] = {
    {"help", NULL, 'h'},       {"version", NULL, 0},   {"lang", "en|es|fr", 0},
    {"line", "slow|fast", 0},  {"linear", NULL, 0},    {"passphrase-file", "PATH", 0},
    {"passphrase-fd", "N", 0}, {"officer", "NAME", 0}, {"escrow-file", "PATH", 0},
    {NULL, NULL, 0},
};

enum { READ_MAX = 256 << 20, READ_STEP = 1 << 16 };

static size_t count_options(const struct option_type *options)
{
    size_t count = 0;

    while (options && options[count].name)
        count++;
    return count;
}

/* The option at a place: the global ones first, then the command's. */
static const struct option_type *option_at(const struct cli *cli, size_t place)
{
    size_t globals = count_options(global_options);

    return place < globals ? &global_options[place] : &cli->command->options[place - globals];
}

static size_t option_count(const struct cli *cli)
{
    return count_options(global_options) +
           (cli->command ? count_options(cli->command->options) : 0);
}

const char *cli_value(const struct cli *cli, const char *name)
{
    for (size_t i = 0; i < option_count(cli); i++)
        if (strcmp(option_at(cli, i)->name, name) == 0)
            return cli->values[i];
    BUG("an option that is in no table");
}

bool cli_has(const struct cli *cli, const char *name)
{
    return cli_value(cli, name) != NULL;
}

/* What getopt needs, from the tables. `stop`: at the first argument. */
static void prepare(const struct cli *cli, bool stop, struct option *longs, char *shorts)
{
    size_t count = option_count(cli);

    if (count >= CLI_OPTIONS_MAX)
        BUG("too many options");
    *shorts++ = stop ? '+' : '-'; /* '-': arguments come as if they were values of option 1 */
    *shorts++ = ':';
    for (size_t i = 0; i < count; i++) {
        const struct option_type *type = option_at(cli, i);
        longs[i] = (struct option){type->name, type->value ? required_argument : no_argument, NULL,
                                   256 + (int)i};
        if (type->letter) {
            *shorts++ = type->letter;
            if (type->value)
                *shorts++ = ':';
        }
    }
    longs[count] = (struct option){0};
    *shorts = '\0';
}

static size_t place_of(const struct cli *cli, int found)
{
    if (found >= 256)
        return (size_t)found - 256;

    size_t place = 0;
    while (option_at(cli, place)->letter != found)
        place++;
    return place;
}

/* The language counts at once: in it stands what is wrong with the rest of the call. */
static void take_option(struct cli *cli, size_t place, const char *value)
{
    cli->values[place] = value;
    if (strcmp(option_at(cli, place)->name, "lang") == 0 && locale_speaks(value))
        locale_start(value);
}

/* Reads options from optind on; without `stop` arguments are gathered in argv[kept …]. */
static bool read_options(struct cli *cli, int argc, char **argv, bool stop, struct error *err)
{
    struct option longs[CLI_OPTIONS_MAX];
    char shorts[2 * CLI_OPTIONS_MAX + 3];
    int found;

    prepare(cli, stop, longs, shorts);
    opterr = 0;
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (found == 1)
            cli->argv[cli->argc++] = optarg;
        else if (found == ':')
            return error_set(err, ERROR_INPUT, _("%s needs a value; see amparo --help"),
                             argv[optind - 1]);
        else if (found == '?' && optopt >= 256)
            return error_set(err, ERROR_INPUT, _("--%s takes no value; see amparo --help"),
                             option_at(cli, (size_t)optopt - 256)->name);
        else if (found == '?')
            return error_set(err, ERROR_INPUT, _("unknown option %s; see amparo --help"),
                             optopt ? (char[]){'-', (char)optopt, '\0'} : argv[optind - 1]);
        else
            take_option(cli, place_of(cli, found), optarg ? optarg : "");
    }
    while (!stop && optind < argc)
        cli->argv[cli->argc++] = argv[optind++];
    return true;
}

const struct command *cli_command(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

static bool check_arguments(const struct cli *cli, struct error *err)
{
    const struct command *command = cli->command;
    const char *lang = cli_value(cli, "lang"), *line = cli_value(cli, "line");

    if (lang && !locale_speaks(lang))
        return error_set(err, ERROR_INPUT, _("--lang %s: the languages are en, es and fr"), lang);
    if (line && strcmp(line, "slow") && strcmp(line, "fast"))
        return error_set(err, ERROR_INPUT, _("--line %s: it is slow or fast"), line);
    if (cli_has(cli, "help") || cli_has(cli, "version"))
        return true;
    if (!command && cli_has(cli, "escrow-file"))
        return error_set(
            err, ERROR_INPUT,
            _("--escrow-file is for commands that read; the screens are an officer's"));
    if (!command && cli->argc > 1)
        return error_set(err, ERROR_INPUT, _("one case file at a time; see amparo --help"));
    if (command &&
        (cli->argc < command->least || (command->most >= 0 && cli->argc > command->most)))
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), command->name,
                         command->usage);
    return true;
}

/* A file, or the name of one that is to be made. */
static bool looks_like_a_file(const char *name)
{
    const char *dot = strrchr(name, '.');

    return access(name, F_OK) == 0 || strchr(name, '/') || (dot && strcmp(dot, ".amparo") == 0);
}

bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err)
{
    *cli = (struct cli){.argc = 0};
    optind = 0;
    if (!read_options(cli, argc, argv, true, err))
        return false;

    bool dashes = optind > 1 && strcmp(argv[optind - 1], "--") == 0;
    cli->argv = &argv[optind];
    if (optind == argc)
        return check_arguments(cli, err);
    if (!dashes)
        cli->command = cli_command(argv[optind]);
    if (!cli->command && !dashes && !looks_like_a_file(argv[optind]))
        return error_set(err, ERROR_INPUT,
                         _("%s: neither a command nor a case file; see amparo --help"),
                         argv[optind]);
    /* What follows the command; arguments are gathered over words that were read already. */
    char **rest = argv + optind - (cli->command == NULL);
    int count = argc - optind + (cli->command == NULL);
    optind = 0;
    return read_options(cli, count, rest, false, err) && check_arguments(cli, err);
}

static void print_options(const struct option_type *options)
{
    for (; options && options->name; options++)
        printf("  --%s%s%s\n", options->name, options->value ? " " : "",
               options->value ? options->value : "");
}

static void print_usage(const struct command *command)
{
    const char *form = command->usage;

    for (bool more = true; more;) {
        size_t size = strcspn(form, "\n");
        printf("  amparo %s %.*s\n", command->name, (int)size, form);
        more = form[size] != '\0';
        form += size + more;
    }
}

bool cli_help(const struct command *command)
{
    if (command) {
        printf("%s\n\n", _(command->summary));
        print_usage(command);
        printf("\n");
        print_options(command->options);
        if (command->help)
            printf("\n%s\n", _(command->help));
        return true;
    }
    printf(_("amparo: consular assistance and protection between States, case by case\n\n"));
    printf("  amparo [FILE]\n      %s\n",
           _("the full-screen program; without FILE the last one used"));
    for (const struct command *const *c = commands; *c; c++) {
        print_usage(*c);
        printf("      %s\n", _((*c)->summary));
    }
    printf(_("\nEverywhere:\n"));
    print_options(global_options);
    printf(_("\nExit status: 0 done; 1 it failed; 2 the call or its input is wrong; 3 refused by "
             "the\ninstrument; 4 wrong passphrase, not a case file, or damaged.\n"));
    return true;
}

/* What was put out must have arrived. */
static bool flush_output(struct error *err)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return error_set(err, ERROR_FAILED, _("cannot write to standard output: %s"), strerror(errno));
}

int cli_run(struct cli *cli)
{
    struct error err = ERROR_INIT;
    bool good;

    if (cli_has(cli, "help"))
        good = cli_help(cli->command);
    else if (cli_has(cli, "version"))
        good = printf("amparo %s\n", PACKAGE_VERSION) > 0;
    else
        good = cli->command->run(cli, cli->argc, cli->argv, &err);
    good = flush_output(&err) && good;

    int status = good ? 0 : cli_fail(&err);
    error_release(&err);
    return status;
}

int cli_fail(const struct error *err)
{
    const char *line = error_text(err);

    for (bool more = true; more;) {
        size_t size = strcspn(line, "\n");
        struct buf shown = BUF_INIT;
        text_shown(&shown, line, size); /* it may tell what others wrote */
        fprintf(stderr, "%s%s\n", err->kind == ERROR_REFUSED ? "" : "amparo: ", buf_text(&shown));
        buf_release(&shown);
        more = line[size] != '\0';
        line += size + more;
    }
    return err->kind == ERROR_NONE ? ERROR_FAILED : (int)err->kind;
}

static bool read_all(int fd, struct buf *out)
{
    for (;;) {
        buf_reserve(out, READ_STEP);
        ssize_t got = read(fd, out->data + out->size, READ_STEP);
        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        out->size += (size_t)got;
        out->data[out->size] = '\0';
        if (out->size > READ_MAX) {
            errno = EFBIG;
            return false;
        }
    }
}

bool cli_read(const char *path, struct buf *out, struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read_all(fd, out);

    if (!good)
        error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"),
                  standard ? _("standard input") : path, strerror(errno));
    if (fd >= 0 && !standard)
        close(fd);
    return good;
}
