/* SPDX-License-Identifier: MIT */
/* amparo escrow: a key of the ministry that reads a case file. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/keys.h"
#include "amparo/vault/code.h"

static void put_code(const uint8_t key[VAULT_ESCROW])
{
    struct buf text = BUF_INIT;

    code_print(key, VAULT_ESCROW, &text);
    printf("%s\n", buf_text(&text));
    buf_release(&text);
}

/* ---- the key pair ---- */

static bool write_secret(const char *path, const uint8_t seed[VAULT_ESCROW], struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct buf text = BUF_INIT;

    if (fd < 0)
        return error_set(err, errno == EEXIST ? ERROR_INPUT : ERROR_FAILED,
                         _("%s cannot be made: %s"), path, strerror(errno));
    buf_adds(&text, "# amparo: secret escrow key\n");
    code_print(seed, VAULT_ESCROW, &text);
    buf_addc(&text, '\n');
    errno = ENOSPC;
    bool ok = write(fd, text.data, text.size) == (ssize_t)text.size && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    buf_release(&text);
    if (!ok) {
        error_set(err, ERROR_FAILED, _("%s cannot be written: %s"), path, strerror(errno));
        unlink(path);
    }
    return ok;
}

static bool make_key(const char *path, struct error *err)
{
    uint8_t *seed, pk[VAULT_ESCROW];

    if (sodium_init() < 0 || !(seed = sodium_malloc(VAULT_ESCROW)))
        return error_set(err, ERROR_FAILED, _("no locked memory for a key"));
    randombytes_buf(seed, VAULT_ESCROW);
    vault_escrow_pk(seed, pk);
    bool ok = write_secret(path, seed, err);
    sodium_free(seed);
    if (ok) {
        printf(_("%s is the secret key: it stays at the ministry. Posts are given this, for\n"
                 "`amparo escrow FILE on`:\n"),
               path);
        put_code(pk);
    }
    return ok;
}

/* ---- of a case file ---- */

/* The code of a public key, which may stand in several words. */
static bool read_public(int argc, char **argv, uint8_t key[VAULT_ESCROW], struct error *err)
{
    struct buf text = BUF_INIT;

    for (int i = 0; i < argc; i++)
        buf_addf(&text, "%s ", argv[i]);
    int bad = code_parse(buf_text(&text), key, VAULT_ESCROW);
    buf_release(&text);
    return cli_escrow_code(bad, err);
}

static bool turn_on(const struct cli *cli, int argc, char **argv, struct error *err)
{
    uint8_t key[VAULT_ESCROW];
    struct store *store;

    if (!read_public(argc - 2, argv + 2, key, err) || !cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = store_begin_escrow(store, key, err);
    if (ok)
        cli_wrote(store);
    store_close(store);
    if (ok)
        printf(_("Who has the secret key reads all of %s from now on, and all backups made until\n"
                 "you end it.\n"),
               argv[0]);
    return ok;
}

static bool turn_off(const struct cli *cli, const char *path, struct error *err)
{
    struct progress progress;
    struct store *store;

    if (!cli_open(cli, path, 0, &store, err))
        return false;
    progress_begin(&progress, _("Changing the keys"));
    bool ok = store_end_escrow(store, progress_step, &progress, err);
    progress_end(&progress);
    if (ok)
        cli_wrote(store);
    store_close(store);
    return ok;
}

static bool show(const struct cli *cli, const char *path, struct error *err)
{
    static const char *const words[] = {
        [ESCROW_OFF] = N_("No escrow key opens this file."),
        [ESCROW_ON] = N_("The escrow key that opens this file:"),
        [ESCROW_OWED] = N_("The escrow was ended for a protected person; a new key of the file is "
                           "owed (off)."),
        [ESCROW_UNKNOWN] = N_("The key header has another escrow key than a head of post set; end "
                              "it (off)."),
    };
    uint8_t key[VAULT_ESCROW];
    struct store *store;

    if (!cli_open(cli, path, 0, &store, err))
        return false;
    enum escrow_state state = store_escrow(store, key);
    store_close(store);
    printf("%s\n", _(words[state]));
    if (state == ESCROW_ON)
        put_code(key);
    return true;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    if (strcmp(argv[0], "new") == 0 && argc == 2)
        return make_key(argv[1], err);
    if (strcmp(argv[1], "on") == 0 && argc > 2)
        return turn_on(cli, argc, argv, err);
    if (strcmp(argv[1], "off") == 0 && argc == 2)
        return turn_off(cli, argv[0], err);
    if (strcmp(argv[1], "show") == 0 && argc == 2)
        return show(cli, argv[0], err);
    return error_set(err, ERROR_INPUT,
                     _("how to call it: amparo escrow new KEYFILE, or FILE on CODE, FILE off, FILE "
                       "show; see amparo escrow --help"));
}

const struct command command_escrow = {
    .name = "escrow",
    .usage = "new KEYFILE\nFILE on CODE\nFILE off\nFILE show",
    .summary = N_("a key of the ministry that reads a case file; off by default"),
    .help =
        N_("new makes the ministry's key pair: the secret half in KEYFILE, the public half as a\n"
           "code. on and off are a head of post's; off gives the file a new key, and must find\n"
           "it open nowhere else. With --escrow-file KEYFILE in the place of a passphrase the\n"
           "commands that read work; nothing is recorded. A person under the protection lock is\n"
           "in no escrow: on is refused then, and the lock ends it."),
    .least = 2,
    .most = -1,
    .run = run,
};
