/* SPDX-License-Identifier: MIT */
/* amparo record: one act. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/store/record.h"

static bool record(struct store *store, const struct record_request *request, struct error *err)
{
    struct recorded recorded;

    if (!store_record(store, request, &recorded, err))
        return false;
    printf("%s %s\n", recorded.reference, recorded.id);
    cli_put_warnings(recorded.warnings);
    recorded_release(&recorded);
    cli_wrote(store);
    return true;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    const struct act_type *type = act_type_named(argv[2]);
    struct buf text = BUF_INIT;
    struct store *store;
    (void)argc;

    if (!type)
        return error_set(err, ERROR_INPUT, _("there is no act \"%s\"; see amparo help acts"),
                         argv[2]);
    json_t *payload = NULL;
    bool ok = cli_read(argv[3], &text, err) && (payload = cli_json(_("the payload"), &text, err)) &&
              payload_check(type, payload, err) && cli_open(cli, argv[0], 0, &store, err);
    if (ok) {
        struct record_request request = {
            .reference = strcmp(argv[1], "new") == 0 ? NULL : argv[1],
            .kind = type->kind,
            .payload = payload,
        };
        ok = record(store, &request, err);
        store_close(store);
    }
    json_decref(payload);
    buf_release(&text);
    return ok;
}

const struct command command_record = {
    .name = "record",
    .usage = "FILE CASE|new ACT PAYLOAD.json|-",
    .summary = N_("record one act; prints the case reference and the act's id"),
    .least = 4,
    .most = 4,
    .run = run,
};
