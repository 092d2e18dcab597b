/* SPDX-License-Identifier: MIT */
#include "amparo/cli/session.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/strength.h"
#include "amparo/base/words.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/keys.h"
#include "amparo/store/ownslot.h"
#include "amparo/store/witness.h"
#include "amparo/vault/code.h"
#include "commands.h"

enum { SECRET_MAX = 1024, FD_MAX = 1 << 16, SHARE_CHARACTERS = 75 };

void secret_release(struct typed_secret *secret)
{
    if (secret->bytes)
        sodium_free(secret->bytes);
    *secret = (struct typed_secret){NULL, 0};
}

static void begin_secret(struct typed_secret *out)
{
    if (sodium_init() < 0 || !(out->bytes = sodium_malloc(SECRET_MAX + 1)))
        BUG("no locked memory");
    out->length = 0;
    out->bytes[0] = '\0';
}

/* Up to the first `end` or the end of the file: no buffer but the locked one sees it. */
static bool read_until(int fd, char end, struct typed_secret *out)
{
    ssize_t got;

    begin_secret(out);
    while ((got = read(fd, out->bytes + out->length, 1)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (out->bytes[out->length] == end)
            break;
        if (++out->length == SECRET_MAX) {
            errno = EFBIG;
            return false;
        }
    }
    if (out->length && out->bytes[out->length - 1] == '\r')
        out->length--;
    out->bytes[out->length] = '\0';
    return true;
}

static bool read_line(int fd, struct typed_secret *out)
{
    return read_until(fd, '\n', out);
}

static bool from_file(const char *path, struct typed_secret *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read_line(fd, out);

    if (!good)
        error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"), path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

static bool from_descriptor(const char *number, struct typed_secret *out, struct error *err)
{
    char *end;
    long fd = strtol(number, &end, 10);

    if (!*number || *end || fd < 0 || fd > FD_MAX)
        return error_set(err, ERROR_INPUT, _("--passphrase-fd %s: is no number of a descriptor"),
                         number);
    return read_line((int)fd, out) ||
           error_set(err, ERROR_FAILED, _("descriptor %s: cannot be read: %s"), number,
                     strerror(errno));
}

static bool from_terminal(const char *prompt, struct typed_secret *out, struct error *err)
{
    struct termios before, quiet;
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (tty < 0 || tcgetattr(tty, &before) != 0) {
        if (tty >= 0)
            close(tty);
        return error_set(err, ERROR_INPUT,
                         _("no terminal to ask on; use --passphrase-file or --passphrase-fd"));
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    dprintf(tty, "%s", prompt);
    tcsetattr(tty, TCSAFLUSH, &quiet);
    bool good = read_line(tty, out);
    tcsetattr(tty, TCSAFLUSH, &before);
    dprintf(tty, "\n");
    close(tty);
    return good || error_set(err, ERROR_FAILED, _("the terminal: %s"), strerror(errno));
}

bool cli_passphrase(const struct cli *cli, struct typed_secret *out, struct error *err)
{
    *out = (struct typed_secret){NULL, 0};
    bool good =
        cli_has(cli, "passphrase-file") ? from_file(cli_value(cli, "passphrase-file"), out, err)
        : cli_has(cli, "passphrase-fd") ? from_descriptor(cli_value(cli, "passphrase-fd"), out, err)
                                        : from_terminal(_("Passphrase: "), out, err);

    if (!good)
        secret_release(out);
    return good;
}

/* On the terminal where it is typed, whatever standard output and error are. */
static void tell_terminal(const char *text)
{
    int tty = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (tty < 0)
        return;
    dprintf(tty, "%s\n", text);
    close(tty);
}

/* What was typed, or what is drawn where nothing was; and how hard it is to guess. */
static bool choose(const struct cli *cli, struct typed_secret *out, struct error *err)
{
    const char *const known[] = {cli_value(cli, "officer"), NULL};
    struct buf said = BUF_INIT;

    tell_terminal(_("Enter alone draws six words for you, and shows them."));
    if (!from_terminal(_("New passphrase: "), out, err))
        return false;
    if (!out->length) {
        out->length = words_draw(locale_language(), WORDS_USUAL, out->bytes, SECRET_MAX + 1);
        tell_terminal(out->bytes);
    }
    struct strength strength = strength_of(out->bytes, out->length, known);
    strength_say(&said, &strength);
    tell_terminal(buf_text(&said));
    buf_release(&said);
    return true;
}

static bool ask_twice(const struct cli *cli, struct typed_secret *out, struct error *err)
{
    struct typed_secret again = {NULL, 0};
    bool good = choose(cli, out, err) && from_terminal(_("Once more: "), &again, err);

    if (good && (again.length != out->length || memcmp(again.bytes, out->bytes, out->length) != 0))
        good = error_set(err, ERROR_INPUT, _("the two passphrases differ; try again"));
    secret_release(&again);
    return good;
}

bool cli_new_passphrase(const struct cli *cli, const char *from, struct typed_secret *out,
                        struct error *err)
{
    bool given = from ? cli_has(cli, from)
                      : cli_has(cli, "passphrase-file") || cli_has(cli, "passphrase-fd");
    bool good;

    *out = (struct typed_secret){NULL, 0};
    if (!given)
        good = ask_twice(cli, out, err);
    else
        good = from ? from_file(cli_value(cli, from), out, err) : cli_passphrase(cli, out, err);
    if (good && !out->length)
        good = error_set(err, ERROR_INPUT, _("an empty passphrase protects nothing; take another"));
    if (!good)
        secret_release(out);
    return good;
}

/* All of a file, in locked memory. */
static bool from_whole_file(const char *path, struct typed_secret *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read_until(fd, '\0', out);

    if (!good)
        error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"), path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

/* A share as it stands on its sheet: asked for line by line until it has all its groups. */
static bool share_from_terminal(int number, struct typed_secret *all, struct error *err)
{
    size_t needed = all->length + SHARE_CHARACTERS;
    bool good = true;

    for (int line = 1; good && all->length < needed; line++) {
        struct typed_secret part = {NULL, 0};
        char prompt[100];
        snprintf(prompt, sizeof prompt, _("Share %d, line %d of its sheet: "), number, line);
        good = from_terminal(prompt, &part, err);
        for (size_t i = 0; good && i < part.length && all->length < SECRET_MAX; i++)
            if (!strchr(" -\t", part.bytes[i]))
                all->bytes[all->length++] = part.bytes[i];
        if (good && !part.length)
            needed = 0; /* given up: what there is will be told not to be enough */
        secret_release(&part);
    }
    all->bytes[all->length] = '\0';
    return good;
}

bool cli_recovery_shares(const struct cli *cli, int count, struct typed_secret *out,
                         struct error *err)
{
    bool good = true;

    *out = (struct typed_secret){NULL, 0};
    if (cli_has(cli, "recovery-file")) {
        good = from_whole_file(cli_value(cli, "recovery-file"), out, err);
    } else {
        begin_secret(out);
        for (int i = 1; good && i <= count; i++)
            good = share_from_terminal(i, out, err);
    }
    if (!good)
        secret_release(out);
    return good;
}

/* What was begun and is not yet done is said whenever the file is opened. */
static void say_owed(struct store *store)
{
    struct buf duties = BUF_INIT;

    store_duties(store, &duties);
    for (const char *line = buf_text(&duties); *line; line += strcspn(line, "\n") + 1)
        fprintf(stderr, "amparo: %s: %.*s\n", store_path(store), (int)strcspn(line, "\n"), line);
    buf_release(&duties);
}

void cli_viewed(struct store *store, const char *reference, const char *what)
{
    struct error err = ERROR_INIT;

    if (!access_view(store, reference, what, &err))
        fprintf(stderr, _("amparo: not in the access log: %s\n"), error_text(&err));
    error_release(&err);
}

bool cli_open_as(const struct cli *cli, const char *path, const char *officer, const char *from,
                 struct store **out, struct error *err)
{
    struct typed_secret secret = {NULL, 0};
    char *prompt = xasprintf(_("Passphrase of %s: "), officer);
    bool good = cli_has(cli, from) ? from_file(cli_value(cli, from), &secret, err)
                                   : from_terminal(prompt, &secret, err);

    good = good && ownslot_open(path, officer, (struct passphrase){secret.bytes, secret.length}, 0,
                                out, err);
    secret_release(&secret);
    free(prompt);
    return good;
}

bool cli_escrow_code(int bad, struct error *err)
{
    if (bad == CODE_TOO_LONG)
        return error_set(err, ERROR_INPUT, _("the escrow key is too long: it has %u groups"),
                         code_groups(VAULT_ESCROW));
    return !bad || error_set(err, ERROR_INPUT,
                             _("the escrow key is mistyped: look at group %d of %u again"), bad,
                             code_groups(VAULT_ESCROW));
}

/* Its first line says what it is. */
static bool open_by_escrow(const char *key_file, const char *path, struct store **out,
                           struct error *err)
{
    struct typed_secret text = {NULL, 0};
    uint8_t *seed;

    if (!from_whole_file(key_file, &text, err))
        return false;
    if (!(seed = sodium_malloc(VAULT_ESCROW)))
        BUG("no locked memory");
    const char *code = text.bytes;
    if (*code == '#')
        code += strcspn(code, "\n");
    bool good = cli_escrow_code(code_parse(code, seed, VAULT_ESCROW), err) &&
                store_open_escrow(path, seed, out, err);
    sodium_free(seed);
    secret_release(&text);
    return good;
}

bool cli_open_by(const struct cli *cli, const char *path, unsigned flags, struct typed_secret *by,
                 struct store **out, struct error *err)
{
    *by = (struct typed_secret){NULL, 0};
    if (access(path, F_OK) != 0)
        return error_set(err, ERROR_FAILED, _("%s: cannot be opened: %s"), path, strerror(errno));
    if (cli_has(cli, "escrow-file"))
        return open_by_escrow(cli_value(cli, "escrow-file"), path, out, err);
    if (!cli_passphrase(cli, by, err))
        return false;
    bool good = ownslot_open(path, cli_value(cli, "officer"),
                             (struct passphrase){by->bytes, by->length}, flags, out, err);
    if (!good)
        secret_release(by);
    return good;
}

bool cli_open(const struct cli *cli, const char *path, unsigned flags, struct store **out,
              struct error *err)
{
    struct typed_secret secret;
    bool good = cli_open_by(cli, path, flags, &secret, out, err);

    secret_release(&secret);
    if (good && cli->command != &command_erase)
        say_owed(*out);
    if (good && store_is_exposed(*out))
        fprintf(stderr, _("amparo: %s: everybody on this machine may read it; chmod o-rwx\n"),
                path);
    return good;
}

void cli_put_warnings(const json_t *warnings)
{
    size_t i;
    json_t *w;

    json_array_foreach((json_t *)(uintptr_t)warnings, i, w)
    {
        const char *article = json_string_value(json_object_get(w, "article"));
        fprintf(stderr, "%s%s%s: %s [%s]\n", article, *article ? ": " : "",
                json_is_true(json_object_get(w, "overridden")) ? _("overridden") : _("warning"),
                json_string_value(json_object_get(w, "text")),
                json_string_value(json_object_get(w, "gate")));
    }
}

void cli_wrote(struct store *store)
{
    struct witness witness;
    char code[WITNESS_SIZE];
    uint64_t left;

    if (store_room_is_little(store, &left))
        fprintf(stderr, _("amparo: %s: only %llu MiB are left on the disk; make room\n"),
                store_path(store), (unsigned long long)(left >> 20));

    if (isatty(STDERR_FILENO) && store_witness(store, &witness, NULL))
        fprintf(stderr, _("Witness: %s\n"), witness_print(&witness, code));
}
