/* SPDX-License-Identifier: MIT */
#include "amparo/tui/sending.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/pouch/mail.h"
#include "amparo/store/own.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"
#include "amparo/tui/working.h"

/* What an officer wrote there last (store/own.h), and from which address the post writes. */
#define OWN_FOLDER "send_folder"
#define POST_ADDRESS "mail_from"

static struct sending *sending_of(const struct screen *s)
{
    return s->state;
}

void sending_release(struct sending *sending)
{
    free(sending->post);
    free(sending->address);
    sending->post = sending->address = NULL;
}

void sending_keep(const struct sending *sending, json_t *kept)
{
    if (sending->post)
        json_object_set_new(kept, "post", json_string(sending->post));
    if (sending->address)
        json_object_set_new(kept, "address", json_string(sending->address));
    json_object_set_new(kept, "again", json_boolean(sending->again));
    json_object_set_new(kept, "route", json_string(route_row(sending->route)->code));
}

void sending_restore(struct sending *sending, const json_t *kept)
{
    const char *post = keep_text(kept, "post"), *address = keep_text(kept, "address");
    sending_release(sending);
    sending->post = *post ? xstrdup(post) : NULL;
    sending->address = *address ? xstrdup(address) : NULL;
    sending->again = json_is_true(json_object_get(kept, "again"));
    route_parse(keep_text(kept, "route"), &sending->route);
}

/* ---- what goes ---- */

/* Why nothing goes: the first who cannot get anything, else that there is nothing. */
static bool say_nothing(const struct carry_load *load, struct error *err)
{
    for (size_t i = 0; i < load->count; i++)
        if (load->readers[i].waits)
            return error_set(err, ERROR_INPUT, "%s%s%s", load->readers[i].code, label_colon(),
                             load->readers[i].waits);
    for (size_t i = 0; i < load->count; i++)
        if (load->readers[i].due.held_count)
            return error_set(err, ERROR_INPUT, "%s%s%s", load->readers[i].code, label_colon(),
                             load->readers[i].due.held[0].reason);
    return error_set(err, ERROR_INPUT, "%s",
                     _("Nothing is to be sent now; r sends again what was not acknowledged."));
}

bool sending_load(struct store *store, const struct sending *sending, const uint8_t *random,
                  size_t most, struct carry_load *out, struct error *err)
{
    const struct carry_wish wish = {.post = sending->post,
                                    .again = sending->again,
                                    .receipts = true,
                                    .most = most,
                                    .random = random};
    if (!carry_load(store, &wish, out, err))
        return false;
    if (out->pouches.count || say_nothing(out, err))
        return true;
    carry_load_release(out);
    return false;
}

void sending_say_receipts(struct buf *out, size_t receipts)
{
    buf_addf(out, n_("%zu receipt", "%zu receipts", receipts), receipts);
}

void sending_say_content(struct buf *out, const struct carry_load *load, size_t pouch)
{
    const struct packed *p = &load->pouches.list[pouch];
    size_t along = carry_along(load, pouch), dispatches = p->count - along;
    if (dispatches)
        buf_addf(out, n_("%zu dispatch", "%zu dispatches", dispatches), dispatches);
    if (along) {
        buf_adds(out, dispatches ? ", " : "");
        buf_addf(out, n_("%zu act of the directory", "%zu acts of the directory", along), along);
    }
    if (p->receipt_count) {
        buf_adds(out, p->count ? ", " : "");
        sending_say_receipts(out, p->receipt_count);
    }
}

void sending_say_readers(struct buf *out, const struct carry_load *load, size_t pouch)
{
    const struct packed *p = &load->pouches.list[pouch];
    for (size_t i = 0; i < p->to_count; i++)
        buf_addf(out, "%s%s", i ? ", " : "", load->readers[p->to[i].parcel].code);
}

void sending_say_times(struct buf *out, long times, const char *last, struct instant now)
{
    struct buf when = BUF_INIT;
    values_say_when_short(&when, last, now, reader_language);
    if (!times)
        buf_adds(out, C_("dispatch", "not sent yet"));
    else if (times == 1)
        buf_addf(out, C_("dispatch", "sent %s"), buf_text(&when));
    else
        buf_addf(out, _("sent %ld times, last %s"), times, buf_text(&when));
    buf_release(&when);
}

/* ---- what went ---- */

/* The text is read as it stands. */
enum { LINE = 76 };

static void add_wrapped(struct buf *out, int indent, const char *text)
{
    buf_addf(out, "%*s", indent, "");
    text_put_wrapped(out, text, LINE, indent);
}

static void say_file(struct buf *out, const struct carry_load *load,
                     const struct carry_written *written)
{
    const struct packed *p = &load->pouches.list[written->pouch];
    const char *slash = strrchr(written->path, '/');
    struct buf line = BUF_INIT;
    if (written->reader == CARRY_ALL)
        sending_say_readers(&line, load, written->pouch);
    else
        buf_adds(&line, load->readers[p->to[written->reader].parcel].code);
    buf_adds(&line, label_colon());
    sending_say_content(&line, load, written->pouch);
    buf_addf(out, "   %s\n", slash ? slash + 1 : written->path);
    add_wrapped(out, 5, buf_text(&line));
    buf_release(&line);
}

static bool has_gone(const struct carry_load *load, const struct carry_files *files, size_t reader)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct packed *p = &load->pouches.list[files->list[i].pouch];
        for (size_t k = 0; k < p->to_count; k++)
            if (p->to[k].parcel == reader &&
                (files->list[i].reader == CARRY_ALL || files->list[i].reader == k))
                return true;
    }
    return false;
}

/* Who gets nothing, and why. */
static void say_left(struct buf *out, const struct carry_load *load,
                     const struct carry_files *files, enum route route)
{
    bool begun = false;
    for (size_t i = 0; i < load->count; i++) {
        const struct carry_reader *r = &load->readers[i];
        const char *why = r->waits;
        if (has_gone(load, files, i))
            continue;
        if (!why && route == ROUTE_MAIL && !r->email)
            why = _("no e-mail of its focal point is known; send to this post alone, which asks "
                    "for an address");
        if (!why)
            continue;
        if (!begun)
            buf_addf(out, "\n %s\n", _("Not sent"));
        begun = true;
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s%s%s", r->code, label_colon(), why);
        add_wrapped(out, 3, buf_text(&line));
        buf_release(&line);
    }
}

static void show_written(struct app *app, const struct carry_load *load,
                         const struct carry_files *files, const char *folder, enum route route)
{
    struct buf text = BUF_INIT, line = BUF_INIT;
    if (!files->count)
        buf_adds(&line, _("Nothing was written."));
    else
        buf_addf(&line,
                 n_("%zu file is in %s and counts as sent.",
                    "%zu files are in %s and count as sent.", files->count),
                 files->count, folder);
    add_wrapped(&text, 1, buf_text(&line));
    buf_addc(&text, '\n');
    buf_release(&line);
    for (size_t i = 0; i < files->count; i++)
        say_file(&text, load, &files->list[i]);
    say_left(&text, load, files, route);
    buf_addf(&text, "\n %s\n", _(route_row(route)->label));
    add_wrapped(&text, 3, _(route_row(route)->send));
    preview_push(app, N_("What was sent"), "sent", buf_detach(&text));
}

/* ---- into a folder ---- */

/* The post's own outbox is made where it is not there; another folder is somebody else's. */
static bool make_folder(const struct app *app, const char *path, struct error *err)
{
    char *own = path_beside(store_path(app->store), CARRY_OUTBOX);
    bool ok = strcmp(own, path) != 0 || mkdir(path, 0700) == 0 || errno == EEXIST ||
              error_set(err, ERROR_FAILED, _("%s: cannot be made: %s"), path, strerror(errno));
    free(own);
    return ok;
}

static char *address_of(struct store *store)
{
    char *address = NULL;
    struct error unsaid = ERROR_INIT;
    if (!store_setting(store, POST_ADDRESS, &address, &unsaid))
        address = NULL;
    error_release(&unsaid);
    return address;
}

static bool write_files(struct app *app, const struct sending *sending, const char *folder,
                        struct error *err)
{
    struct carry_files files = {NULL, 0};
    struct carry_load load;
    char *from = address_of(app->store);
    const struct carry_way way = {
        .route = sending->route, .folder = folder, .from = from, .address = sending->address};
    bool ok =
        make_folder(app, folder, err) && sending_load(app->store, sending, NULL, 0, &load, err);
    if (ok) {
        ok = carry_write(app->store, &load, &way, working_progress, app, &files, err);
        app_changed(app);
        if (files.count || ok)
            show_written(app, &load, &files, folder, sending->route);
        carry_files_release(&files);
        carry_load_release(&load);
    }
    free(from);
    return ok;
}

static void take_folder(struct screen *below, const char *typed)
{
    struct app *app = below->app;
    struct error err = ERROR_INIT;
    char *folder = path_in_full(typed);
    working_begin(app, _("Sending"));
    bool ok = write_files(app, sending_of(below), folder, &err);
    if (working_end(app, ok))
        app_say(app, "%s", _("Given up; what was written before was sent."));
    else if (!ok)
        app_say_error(app, &err);
    else
        store_own_set(app->store, OWN_FOLDER, typed, &err);
    error_release(&err);
    free(folder);
}

static void ask_folder(struct screen *s)
{
    const struct sending *sending = sending_of(s);
    struct error unsaid = ERROR_INIT;
    char *begin = NULL;
    if (!store_own_get(s->app->store, OWN_FOLDER, &begin, &unsaid) || !begin)
        begin = path_beside(store_path(s->app->store), CARRY_OUTBOX);
    struct buf about = BUF_INIT;
    buf_addf(&about, "%s\n\n%s", _(route_row(sending->route)->send), _("Into which folder?"));
    ask_push(s->app, _(route_row(sending->route)->label), buf_text(&about), begin, take_folder);
    buf_release(&about);
    free(begin);
    error_release(&unsaid);
}

/* ---- addresses of mails ---- */

static bool check_address(struct app *app, const char *address)
{
    if (mail_address_ok(address))
        return true;
    app_say(app, _("%s is no e-mail address: user@domain, without accents."), address);
    return false;
}

static void take_theirs(struct screen *below, const char *address)
{
    struct sending *sending = sending_of(below);
    if (!check_address(below->app, address))
        return;
    free(sending->address);
    sending->address = xstrdup(address);
    ask_folder(below);
}

/* Whether it goes to one post alone, and nobody knows how that is reached. */
static bool lacks_address(struct screen *s)
{
    const struct sending *sending = sending_of(s);
    struct carry_load load;
    struct error unsaid = ERROR_INIT;
    bool lacks = false;
    if (sending->post && sending_load(s->app->store, sending, NULL, 0, &load, &unsaid)) {
        lacks = load.count == 1 && !load.readers[0].email;
        carry_load_release(&load);
    }
    error_release(&unsaid);
    return lacks;
}

static void ask_theirs(struct screen *s)
{
    if (lacks_address(s))
        ask_push(s->app, sending_of(s)->post,
                 _("To which e-mail address? The directory has none for this post."), "",
                 take_theirs);
    else
        ask_folder(s);
}

static void take_ours(struct screen *below, const char *address)
{
    struct error err = ERROR_INIT;
    if (!check_address(below->app, address))
        return;
    if (store_set_setting(below->app->store, POST_ADDRESS, address, &err))
        ask_theirs(below);
    else
        app_say_error(below->app, &err);
    error_release(&err);
}

static void ask_ours(struct screen *s)
{
    char *known = address_of(s->app->store);
    if (known)
        ask_theirs(s);
    else
        ask_push(s->app, _("The post's address"),
                 _("From which e-mail address does this post write? It stands in the messages, "
                   "and is asked once."),
                 "", take_ours);
    free(known);
}

/* ---- which route ---- */

static void take_route(struct screen *below, long tag, void *ctx)
{
    struct sending *sending = sending_of(below);
    (void)ctx;
    sending->route = (enum route)tag;
    switch (sending->route) {
    case ROUTE_FOLDER:
        ask_folder(below);
        break;
    case ROUTE_MAIL:
        ask_ours(below);
        break;
    case ROUTE_TEXT:
        handtext_push(below->app, sending);
        break;
    default:
        handcodes_push(below->app, sending);
        break;
    }
}

void sending_begin(struct screen *s, const char *post, bool again)
{
    static const enum route routes[] = {ROUTE_FOLDER, ROUTE_MAIL, ROUTE_TEXT, ROUTE_SCREEN};
    static const char *const details[] = {
        N_("a file for each pouch"),
        N_("a message for each post"),
        N_("shown here, to be copied"),
        N_("shown here, to be photographed"),
    };
    struct sending *sending = sending_of(s);
    struct error err = ERROR_INIT;
    if (!carry_may_send(s->app->store, &err)) {
        app_say_error(s->app, &err);
        error_release(&err);
        return;
    }
    sending_release(sending);
    sending->post = post ? xstrdup(post) : NULL;
    sending->again = again;
    struct pick *pick = pick_push(s->app, _("Send by which route?"), take_route, NULL, NULL);
    for (size_t i = 0; i < ARRAY_SIZE(routes); i++)
        pick_add(pick, routes[i], _(route_row(routes[i])->label), _(details[i]));
}

const struct answer sending_answers[] = {ANSWER(take_route), ANSWER(take_folder), ANSWER(take_ours),
                                         ANSWER(take_theirs), ANSWERS_END};
