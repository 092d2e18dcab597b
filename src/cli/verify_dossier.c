/* SPDX-License-Identifier: MIT */
/* amparo verify DOSSIER: what a dossier proves, without any case file. */
#include "verify_work.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "amparo/agreement/fingerprint.h"
#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/pouch/dossier_code.h"
#include "amparo/pouch/dossier_say.h"
#include "amparo/store/papersay.h"
#include "amparo/store/trustlog.h"

bool verify_is_dossier(const char *path)
{
    uint8_t head[4];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is = fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head &&
              dossier_begins(head, sizeof head);

    if (fd >= 0)
        close(fd);
    return is;
}

/* Put out also where a part of it is not to be believed: who reads it has to know which. */
static bool put_report(const struct cli *cli, const struct dossier_check *check, bool good,
                       const struct error *causes)
{
    struct buf out = BUF_INIT;

    if (cli_has(cli, "json"))
        return cli_put_json(dossier_json(check, good ? "" : error_text(causes)));
    if (!good)
        buf_addf(&out, "%s\n\n",
                 _("NOT TO BE BELIEVED as it is, for the causes that are on standard error."));
    dossier_say(check, &out);
    if (good)
        buf_addf(&out, "%s\n",
                 check->compared
                     ? _("All that is in it is authentic.")
                     : _("All that is in it is authentic, if the digits are those of the card."));
    cli_put_lines(&out);
    buf_release(&out);
    return true;
}

/* ---- a paper of it ---- */

/* What a dossier that is not believed says of a paper, nobody is told. */
static bool put_paper(const struct cli *cli, const struct dossier_check *check,
                      const struct paper_code *code, struct error *err)
{
    json_t *paper = dossier_paper(check, code, err);
    struct buf out = BUF_INIT;

    if (!paper)
        return false;
    if (cli_has(cli, "json")) {
        json_t *whole = dossier_json(check, "");
        json_object_set_new(whole, "paper", paper);
        return cli_put_json(whole);
    }
    /* The digits come first: who does not compare them believes whoever made the dossier. */
    dossier_say_root(check, &out);
    buf_addc(&out, '\n');
    paper_say(paper, 80, &out);
    cli_put_lines(&out);
    buf_release(&out);
    json_decref(paper);
    return true;
}

/* ---- the whole ---- */

/* A snapshot that the reader has, which may be of later than the dossier. */
static bool read_directory(const struct cli *cli, struct directory_acts *out, struct error *err)
{
    struct buf bytes = BUF_INIT;
    const char *path = cli_value(cli, "directory");

    *out = (struct directory_acts){NULL, 0};
    bool ok = !path || (cli_read(path, &bytes, err) &&
                        directory_file_read(bytes.data, bytes.size, out, err));
    buf_release(&bytes);
    return ok;
}

/* What was asked; `code` NULL: of the whole. */
static bool answer(const struct cli *cli, const struct dossier_check *check, bool good,
                   const struct paper_code *code, struct error *err)
{
    return code ? good && put_paper(cli, check, code, err)
                : put_report(cli, check, good, err) && good;
}

static bool check_dossier(const struct cli *cli, const char *path,
                          const struct dossier_reader *reader, const struct paper_code *code,
                          struct error *err)
{
    struct buf bytes = BUF_INIT;
    struct dossier dossier = DOSSIER_INIT;
    struct dossier_check check;
    bool good = cli_read(path, &bytes, err) && dossier_take(&dossier, bytes.data, bytes.size, err);

    if (good) {
        good = dossier_check(&dossier, reader, &check, err);
        /* Under another root all of it could be somebody's invention. */
        if (!reader->root || check.compared)
            good = answer(cli, &check, good, code, err);
        dossier_check_release(&check);
    }
    dossier_release(&dossier);
    buf_release(&bytes);
    return good;
}

bool verify_dossier(const struct cli *cli, const char *path, struct error *err)
{
    struct directory_acts directory;
    char root[FINGERPRINT_SIZE];
    const char *given = cli_value(cli, "root"), *typed = cli_value(cli, "code");
    struct paper_code code;

    if (typed && !paper_code_parse(typed, &code, err))
        return false;
    if (given && !fingerprint_parse(given, root))
        return error_set(err, ERROR_INPUT, _("--root: it is the 30 digits on the card"));
    if (!read_directory(cli, &directory, err))
        return false;
    bool good = check_dossier(
        cli, path, &(struct dossier_reader){given ? root : NULL, directory.list, directory.count},
        typed ? &code : NULL, err);
    directory_acts_release(&directory);
    return good;
}
