/* SPDX-License-Identifier: MIT */
/* amparo verify FILE --code: what the case file knows of a paper. */
#include "verify_work.h"

#include "amparo/cli/session.h"
#include "amparo/store/paperfound.h"
#include "amparo/store/papersay.h"

static bool put(const struct cli *cli, json_t *paper)
{
    struct buf out = BUF_INIT;

    if (cli_has(cli, "json"))
        return cli_put_json(paper);
    paper_say(paper, 80, &out);
    cli_put_lines(&out);
    buf_release(&out);
    json_decref(paper);
    return true;
}

/* The code is read before anybody is asked for a passphrase. */
bool verify_code(const struct cli *cli, const char *file, const char *code, struct error *err)
{
    struct paper_code parsed;
    struct store *store;

    if (!paper_code_parse(code, &parsed, err) || !cli_open(cli, file, 0, &store, err))
        return false;
    json_t *paper = store_paper(store, &parsed, err);
    store_close(store);
    return paper && put(cli, paper);
}
