/* SPDX-License-Identifier: MIT */
/* amparo outbox: what waits for whom, since when; what is held, and why. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/pouch/carry.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/settings.h"

struct outbox {
    struct carry_load load;
    struct held_acts held;
    long patience; /* days after which one telephones */
    struct instant now;
};

/* Sent, and without a receipt for longer than one waits. */
static bool is_late(const struct outbox *o, const struct due_dispatch *d)
{
    struct instant made;

    return d->times && instant_parse(d->made_at, &made) &&
           o->now.seconds - made.seconds > o->patience * 24 * 60 * 60;
}

/* ---- for people ---- */

static void put_dispatch(const struct outbox *o, const struct due_dispatch *d, struct buf *out)
{
    char when[17];

    buf_adds(out, "  ");
    text_pad(out, cli_when(d->made_at, when), 17);
    text_pad(out, d->reference, 19);
    buf_adds(out, _(act_type(d->kind)->label));
    if (d->times)
        buf_addf(
            out,
            n_("; sent %ld time, last %s", "; sent %ld times, last %s", (unsigned long)d->times),
            d->times, cli_when(d->sent_at, when));
    else
        buf_adds(out, _("; new"));
    if (is_late(o, d))
        buf_adds(out, _("; no receipt: telephone them"));
    buf_addc(out, '\n');
}

static void put_held(const char *reference, enum act_kind kind, const char *reason, struct buf *out)
{
    buf_adds(out, "  ");
    text_pad(out, "", 17);
    text_pad(out, reference, 19);
    buf_addf(out, _("%s; held: %s\n"), _(act_type(kind)->label), reason);
}

static void put_reader(const struct outbox *o, const struct carry_reader *r, struct buf *out)
{
    buf_addf(out, "%s (%s)", r->code, r->name);
    if (r->phone)
        buf_addf(out, ", %s", r->phone);
    if (r->waits)
        buf_addf(out, ": %s", r->waits);
    buf_addc(out, '\n');
    for (size_t i = 0; i < r->due.count; i++)
        put_dispatch(o, &r->due.list[i], out);
    for (size_t i = 0; i < r->due.held_count; i++)
        put_held(r->due.held[i].reference, r->due.held[i].kind, r->due.held[i].reason, out);
    if (r->due.receipt_count) {
        char when[17];
        buf_adds(out, "  ");
        text_pad(out, cli_when(r->due.receipts_since, when), 17);
        buf_addf(out, n_("%zu receipt", "%zu receipts", (unsigned long)r->due.receipt_count),
                 r->due.receipt_count);
        buf_addc(out, '\n');
    }
}

static void put_lines(const struct outbox *o)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < o->load.count; i++)
        put_reader(o, &o->load.readers[i], &out);
    if (o->held.count)
        buf_adds(&out, _("Not made to go at all:\n"));
    for (size_t i = 0; i < o->held.count; i++)
        put_held(o->held.list[i].reference, o->held.list[i].kind, o->held.list[i].reason, &out);
    if (!out.size)
        buf_adds(&out, _("Nothing waits.\n"));
    cli_put_lines(&out);
    buf_release(&out);
}

/* ---- for programs ---- */

static json_t *dispatch_json(const struct outbox *o, const struct due_dispatch *d)
{
    return json_pack("{s:s, s:s, s:s, s:I, s:s?, s:b}", "case", d->reference, "act",
                     act_type(d->kind)->name, "made", d->made_at, "times", (json_int_t)d->times,
                     "sent", d->times ? d->sent_at : NULL, "late", is_late(o, d));
}

static json_t *reader_json(const struct outbox *o, const struct carry_reader *r)
{
    json_t *due = json_array(), *held = json_array();

    for (size_t i = 0; i < r->due.count; i++)
        json_array_append_new(due, dispatch_json(o, &r->due.list[i]));
    for (size_t i = 0; i < r->due.held_count; i++) {
        const struct due_held *h = &r->due.held[i];
        json_array_append_new(held, json_pack("{s:s, s:s, s:s}", "case", h->reference, "act",
                                              act_type(h->kind)->name, "reason", h->reason));
    }
    return json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:o, s:o, s:I}", "post", r->code, "name",
                     r->name, "for", r->reader.code, "email", r->email, "phone", r->phone, "waits",
                     r->waits, "due", due, "held", held, "receipts",
                     (json_int_t)r->due.receipt_count);
}

static bool put_json(const struct outbox *o, struct store *store, struct error *err)
{
    json_t *posts = json_array(), *held = store_held_json(store, err);

    for (size_t i = 0; i < o->load.count; i++)
        json_array_append_new(posts, reader_json(o, &o->load.readers[i]));
    if (!held) {
        json_decref(posts);
        return false;
    }
    return cli_put_json(json_pack("{s:o, s:o}", "posts", posts, "held", held));
}

/* ---- the call ---- */

static bool look(struct store *store, const char *post, struct outbox *o, struct error *err)
{
    const struct carry_wish wish = {.post = post, .again = true, .receipts = true};
    char now[INSTANT_SIZE];

    o->patience = setting_type(SETTING_TELEPHONE)->usual;
    if (!instant_parse(store_now(store, now), &o->now) ||
        !settings_number(store, SETTING_TELEPHONE, &o->patience, err) ||
        !carry_load(store, &wish, &o->load, err))
        return false;
    if (store_held_acts(store, &o->held, err))
        return true;
    carry_load_release(&o->load);
    return false;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct outbox o = {.patience = 0};
    struct store *store;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = look(store, argc > 1 ? argv[1] : NULL, &o, err);
    if (ok) {
        if (cli_has(cli, "json"))
            ok = put_json(&o, store, err);
        else
            put_lines(&o);
        held_acts_release(&o.held);
        carry_load_release(&o.load);
    }
    store_close(store);
    return ok;
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_outbox = {
    .name = "outbox",
    .usage = "FILE [POST] [--json]",
    .summary = N_("what waits for whom, since when and how often it went; what is held, and why"),
    .options = options,
    .least = 1,
    .most = 2,
    .run = run,
};
