/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_say.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "dossier_work.h"

enum { WIDTH = 80, INDENT = 2 };
enum { WHEN_SIZE = sizeof "YYYY-MM-DD hh:mm" };
/* Cells of the table: a line in all, with a blank between two. */
enum {
    CELLS_NUMBER = 3,
    CELLS_WHEN = 16,
    CELLS_FROM = 8,
    CELLS_WHAT = 21,
    CELLS_TO = 11,
    CELLS_STANDING = 16,
};

/* ---- words ---- */

/* A text of somebody else's, on one line. */
static void add_shown(struct buf *out, const char *text)
{
    text_shown(out, text, strlen(text));
}

/* "2026-03-10 15:00", UTC. */
static const char *when_said(struct instant at, char out[WHEN_SIZE])
{
    char text[INSTANT_SIZE];

    at.offset = 0;
    at.nanos = 0;
    instant_format(at, text);
    memcpy(out, text, WHEN_SIZE - 1);
    out[10] = ' ';
    out[WHEN_SIZE - 1] = '\0';
    return out;
}

/* A code of the field in the reader's words; as it stands where it is none. */
static void add_code(struct buf *out, const struct field *fields, const json_t *payload,
                     const char *key)
{
    const char *code = payload_text(payload, key);
    const struct field *f = field_find(fields, key);
    const char *label = f && f->codes ? code_label(f->codes, code) : NULL;

    add_shown(out, label ? _(label) : *code ? code : "?");
}

static void add_party(struct buf *out, const char *code)
{
    add_shown(out, strcmp(code, CODE_SECRETARIAT) == 0 ? _("the Technical Secretariat")
                   : *code                             ? country_name(code, reader_language)
                                                       : "?");
}

static void add_parties(struct buf *out, const json_t *codes)
{
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const char *code = json_string_value(json_array_get(codes, i));
        buf_adds(out, i ? ", " : "");
        add_party(out, code ? code : "");
    }
}

static void add_author(struct buf *out, const struct dispatch *d)
{
    add_party(out, d->secretariat ? CODE_SECRETARIAT : d->state);
}

static void add_post(struct buf *out, const struct dossier_check *check, const uint8_t id[POST_ID])
{
    struct buf name = BUF_INIT;

    trust_name_post(&check->trust, id, &name);
    add_shown(out, buf_text(&name));
    buf_release(&name);
}

/* A sentence about the dispatch of that number. */
static void put_numbered(struct buf *out, size_t number, const char *text)
{
    buf_addf(out, "%*zu ", CELLS_NUMBER, number);
    text_put_wrapped(out, text, WIDTH, CELLS_NUMBER + 1);
}

static void put(struct buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct buf *out, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    text_put_wrapped(out, buf_text(&text), WIDTH, INDENT);
    buf_release(&text);
}

size_t dossier_number(const struct dossier_check *check, const struct dispatch *d)
{
    for (size_t i = 0; i < check->count; i++)
        if (&check->items[i].dispatch == d)
            return i + 1;
    return 0;
}

/* ---- what it is, and on what it rests ---- */

void dossier_say_root(const struct dossier_check *check, struct buf *out)
{
    if (check->compared)
        buf_addf(out, _("Root of the directory, the same as on the card that was given:\n"));
    else
        buf_addf(out, _("Root of the directory; compare these digits with the card of the "
                        "Secretariat:\n"));
    buf_addf(out, "  %s\n", *check->fingerprint ? check->fingerprint : "-");
}

static void put_head(const struct dossier_check *check, struct buf *out)
{
    const struct dossier *d = check->dossier;
    const struct trust_version *v = trust_version_now(&check->trust);
    struct buf maker = BUF_INIT, number = BUF_INIT;
    char when[WHEN_SIZE], day[DATE_SIZE];

    add_post(&maker, check, d->maker);
    for (size_t i = 0; i < CASE_NUMBER; i++)
        buf_addf(&number, "%02x", d->number[i]);
    buf_addf(out, _("Dossier of case %s, put together on %s by\n"), buf_text(&number),
             when_said(d->at, when));
    put(out, "%s", buf_text(&maker));
    dossier_say_root(check, out);
    if (v)
        buf_addf(out, _("The directory in it: version %llu, valid until %s.\n"),
                 (unsigned long long)v->version, date_format(v->until, day));
    else
        buf_adds(out, _("The directory in it has no version yet.\n"));
    buf_adds(out, _("Times are UTC, by the clock of who wrote.\n"));
    buf_release(&maker);
    buf_release(&number);
}

/* ---- the table ---- */

/* In a dossier nothing more comes: what waits for something lacks it. */
static const char *standing_in(const struct verdict *v)
{
    return v->standing == STANDING_WAITS ? _("unsupported") : _(standing_label(v->standing));
}

/* As much of a text as there is room for, and no blanks after it. */
static void add_cut(struct buf *out, const char *text, int cells)
{
    int is = text_cells(text);

    text_pad(out, text, is < cells ? is : cells);
}

static void add_what(struct buf *out, const struct dispatch *d)
{
    buf_adds(out, _(act_type(d->kind)->label));
    if (d->kind == ACT_NOTE) {
        buf_addc(out, ' ');
        add_shown(out, payload_text(d->payload, "kind"));
    }
}

static void put_row(const struct dossier_check *check, size_t i, struct buf *out)
{
    const struct dossier_item *item = &check->items[i];
    const struct dispatch *d = &item->dispatch;
    const struct trust_post *post = trust_post_of(&check->trust, d->author);
    struct buf what = BUF_INIT, to = BUF_INIT;
    char when[WHEN_SIZE];

    for (size_t n = 0; n < d->audience.count; n++)
        if (strcmp(d->audience.code[n], d->state) != 0)
            buf_addf(&to, "%s%s", to.size ? " " : "", d->audience.code[n]);
    add_what(&what, d);
    buf_addf(out, "%*zu ", CELLS_NUMBER, i + 1);
    text_pad(out, when_said(d->at, when), CELLS_WHEN);
    buf_addc(out, ' ');
    text_pad(out, post && post->code ? post->code : "?", CELLS_FROM);
    buf_addc(out, ' ');
    text_pad(out, buf_text(&what), CELLS_WHAT);
    buf_addc(out, ' ');
    text_pad(out, buf_text(&to), CELLS_TO);
    buf_addc(out, ' ');
    add_cut(out, standing_in(&check->conversation.items[item->place].verdict), CELLS_STANDING);
    buf_addc(out, '\n');
    buf_release(&what);
    buf_release(&to);
}

static void put_table(const struct dossier_check *check, struct buf *out)
{
    buf_addc(out, '\n');
    text_pad(out, _("No."), CELLS_NUMBER + 1);
    text_pad(out, _("When"), CELLS_WHEN + 1);
    text_pad(out, _("From"), CELLS_FROM + 1);
    text_pad(out, _("What"), CELLS_WHAT + 1);
    text_pad(out, _("To"), CELLS_TO + 1);
    buf_addf(out, "%s\n", _("In the case"));
    for (size_t i = 0; i < check->count; i++)
        put_row(check, i, out);
}

/* ---- what was said: a sentence for each that counts ---- */

struct saying {
    const struct dossier_check *check;
    const struct conversation_item *item;
    const json_t *says;
    struct buf by;  /* its author */
    struct buf out; /* the sentence */
};

static void say_poll(struct saying *s)
{
    struct buf to = BUF_INIT;

    add_parties(&to, json_object_get(s->says, "to"));
    buf_addf(&s->out, _("%s asked %s (poll, round %ld)."), buf_text(&s->by), buf_text(&to),
             payload_number(s->says, "round"));
    buf_release(&to);
}

static void say_reply(struct saying *s)
{
    struct buf legal = BUF_INIT, material = BUF_INIT;

    add_code(&legal, reply_fields, s->says, "legal");
    add_code(&material, reply_fields, s->says, "material");
    buf_addf(&s->out,
             payload_bool(s->says, "offer")
                 ? _("%s answered and offers help; its law: %s, its means: %s.")
                 : _("%s answered and offers no help; its law: %s, its means: %s."),
             buf_text(&s->by), buf_text(&legal), buf_text(&material));
    buf_release(&legal);
    buf_release(&material);
}

static void say_decline(struct saying *s)
{
    struct buf stage = BUF_INIT;

    add_code(&stage, decline_fields, s->says, "stage");
    buf_addf(&s->out, _("%s declined (%s)."), buf_text(&s->by), buf_text(&stage));
    buf_release(&stage);
}

static void say_choose(struct saying *s)
{
    struct buf state = BUF_INIT;

    add_party(&state, payload_text(s->says, "state"));
    buf_addf(&s->out, _("%s chose %s."), buf_text(&s->by), buf_text(&state));
    buf_release(&state);
}

/* An instant within a payload, as the table has them; else as it stands. */
static void add_at(struct buf *out, const json_t *payload)
{
    const char *text = payload_text(payload, "at");
    struct instant at;
    char when[WHEN_SIZE];

    add_shown(out, instant_parse(text, &at) ? when_said(at, when) : *text ? text : "?");
}

static void say_note(struct saying *s)
{
    struct buf to = BUF_INIT, at = BUF_INIT;

    if (payload_is(s->says, "kind", "REQ")) {
        add_party(&to, payload_text(json_object_get(s->says, "to"), "state"));
        add_at(&at, s->says);
        buf_addf(&s->out, _("%s requested help of %s by note, handed over %s."), buf_text(&s->by),
                 buf_text(&to), buf_text(&at));
    }
    buf_release(&to);
    buf_release(&at);
}

static void say_assist(struct saying *s)
{
    const struct conversation_request *r = dossier_request_of(s->check, s->item);
    struct buf at = BUF_INIT, kind = BUF_INIT;

    add_at(&at, s->says);
    add_code(&kind, assist_fields, s->says, "kind");
    buf_addf(&s->out, _("%s reported assistance of %s (%s). "), buf_text(&s->by), buf_text(&at),
             buf_text(&kind));
    if (r)
        buf_addf(&s->out, _("It followed the request by note of dispatch %zu (Art. 6)."),
                 dossier_number(s->check, s->check->conversation.items[r->note].dispatch));
    else
        buf_adds(&s->out, _("The dossier shows no request by note that it followed (Art. 6)."));
    buf_release(&at);
    buf_release(&kind);
}

/* Those of which nothing more is to be said. */
static const struct {
    enum act_kind kind;
    const char *sentence; /* N_() */
} plain[] = {
    {ACT_ACCEPT, N_("%s accepted the request.")},
    {ACT_WITHDRAW, N_("%s withdrew its request.")},
    {ACT_CLOSE, N_("%s closed the case.")},
    {ACT_REOPEN, N_("%s opened the case again.")},
    {ACT_REPORT, N_("%s reported the case to the network.")},
};

static void (*const sayings[ACT_KIND_END])(struct saying *) = {
    [ACT_POLL] = say_poll,     [ACT_REPLY] = say_reply, [ACT_DECLINE] = say_decline,
    [ACT_CHOOSE] = say_choose, [ACT_NOTE] = say_note,   [ACT_ASSIST] = say_assist,
};

static void say_one(struct saying *s)
{
    enum act_kind kind = s->item->dispatch->kind;

    if (sayings[kind])
        sayings[kind](s);
    for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
        if (plain[i].kind == kind)
            buf_addf(&s->out, _(plain[i].sentence), buf_text(&s->by));
}

static void put_sayings(const struct dossier_check *check, struct buf *out)
{
    const struct conversation *c = &check->conversation;

    buf_addf(out, "\n%s\n", _("What was said"));
    for (size_t i = 0; i < check->count; i++) {
        const struct dispatch *d = &check->items[i].dispatch;
        struct saying s = {.check = check,
                           .item = &c->items[check->items[i].place],
                           .says = d->payload,
                           .by = BUF_INIT,
                           .out = BUF_INIT};
        if (!conversation_counts(c, check->items[i].place))
            continue;
        add_author(&s.by, d);
        say_one(&s);
        if (s.out.size)
            put_numbered(out, i + 1, buf_text(&s.out));
        buf_release(&s.by);
        buf_release(&s.out);
    }
}

/* ---- what it came to ---- */

static void add_crossings(struct buf *out, unsigned crossings)
{
    for (unsigned bit = 0; bit < CROSSINGS; bit++)
        if (crossings & 1u << bit)
            buf_addf(out, "; %s", _(crossing_label((enum crossing)(1u << bit))));
}

static void put_requests(const struct dossier_check *check, struct buf *out)
{
    const struct conversation *c = &check->conversation;

    if (c->request_count)
        buf_addf(out, "\n%s\n", _("What became of the requests by note"));
    for (size_t i = 0; i < c->request_count; i++) {
        const struct conversation_request *r = &c->requests[i];
        struct buf state = BUF_INIT, status = BUF_INIT, said = BUF_INIT;
        add_party(&state, r->state);
        buf_adds(&status, _(request_status_label(r->status)));
        add_crossings(&status, r->crossings);
        buf_addf(&said,
                 r->helped ? _("To %s: %s. Assistance rests on it.")
                           : _("To %s: %s. No assistance rests on it."),
                 buf_text(&state), buf_text(&status));
        put_numbered(out, dossier_number(check, c->items[r->note].dispatch), buf_text(&said));
        buf_release(&said);
        buf_release(&state);
        buf_release(&status);
    }
}

/* ---- what does not count, and what is missing ---- */

static void put_verdict(const struct dossier_check *check, const struct conversation_item *item,
                        struct buf *out)
{
    const struct verdict *v = &item->verdict;
    struct buf text = BUF_INIT;

    if (v->standing == STANDING_SUPERSEDED && v->by)
        buf_addf(&text, _("dispatch %zu has taken its place"), dossier_number(check, v->by));
    else
        buf_adds(&text, standing_in(v));
    if (v->reason)
        buf_addf(&text, "%s%s", C_("after a label", ": "), _(v->reason));
    if (v->reason && v->article && *v->article) {
        buf_adds(&text, " (");
        buf_addf(&text, _("Art. %s"), v->article);
        buf_addc(&text, ')');
    }
    add_crossings(&text, v->crossings);
    put_numbered(out, dossier_number(check, item->dispatch), buf_text(&text));
    buf_release(&text);
}

static void put_verdicts(const struct dossier_check *check, struct buf *out)
{
    const struct conversation *c = &check->conversation;
    bool any = false;

    for (size_t i = 0; i < c->count; i++) {
        const struct verdict *v = &c->items[i].verdict;
        if (v->standing == STANDING_COUNTS && !v->crossings)
            continue;
        if (!any)
            buf_addf(out, "\n%s\n", _("What is not as it would be, or does not count"));
        any = true;
        put_verdict(check, &c->items[i], out);
    }
}

static void put_missing(const struct dossier_check *check, struct buf *out)
{
    struct buf cited = BUF_INIT;

    buf_addc(out, '\n');
    for (size_t i = 0; i < check->chain_count; i++) {
        const struct dossier_chain *chain = &check->chains[i];
        unsigned long missing = (unsigned long)(chain->last - chain->here);
        struct buf name = BUF_INIT;
        add_post(&name, check, chain->author);
        if (missing)
            put(out,
                n_("%lu earlier dispatch of %s is not in it: it went to others, or was left out.",
                   "%lu earlier dispatches of %s are not in it: they went to others, or were left "
                   "out.",
                   missing),
                missing, buf_text(&name));
        buf_release(&name);
    }
    if (check->withheld)
        put(out,
            n_("%zu part of what was said is not disclosed; the signatures hold without it.",
               "%zu parts of what was said are not disclosed; the signatures hold without them.",
               check->withheld),
            check->withheld);
    put(out, "%s", _("Whether anything was said after these, a dossier cannot show."));
    trust_blocks_notes(&check->trust, &cited);
    text_put_wrapped(out, buf_text(&cited), WIDTH, 0);
    buf_release(&cited);
}

void dossier_say(const struct dossier_check *check, struct buf *out)
{
    put_head(check, out);
    put_table(check, out);
    put_sayings(check, out);
    put_requests(check, out);
    put_verdicts(check, out);
    put_missing(check, out);
}
