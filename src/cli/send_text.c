/* SPDX-License-Identifier: MIT */
/* What `amparo send` puts out. */
#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/frames.h"
#include "send_work.h"

/* ---- lines ---- */

/* The file of a pouch for that reader of it, or NULL. */
static const char *file_of(const struct sending *s, size_t pouch, size_t reader)
{
    for (size_t i = 0; s->files && i < s->files->count; i++) {
        const struct carry_written *one = &s->files->list[i];
        if (one->pouch == pouch && (one->reader == CARRY_ALL || one->reader == reader))
            return one->path;
    }
    return NULL;
}

static void put_reader(const struct sending *s, size_t pouch, size_t at, struct buf *out)
{
    const struct packed *p = &s->load->pouches.list[pouch];
    const struct carry_reader *r = &s->load->readers[p->to[at].parcel];
    const char *path = file_of(s, pouch, at);

    buf_addf(out, "%s (%s): ", r->code, r->name);
    buf_addf(out, n_("%zu dispatch", "%zu dispatches", (unsigned long)p->count), p->count);
    if (p->receipt_count) {
        buf_adds(out, ", ");
        buf_addf(out, n_("%zu receipt", "%zu receipts", (unsigned long)p->receipt_count),
                 p->receipt_count);
    }
    buf_addf(out, _(", pouch %s of %zu bytes"), p->name, p->bytes.size);
    if (path)
        buf_addf(out, ", %s", path);
    else if (s->files)
        buf_adds(out, _("; not written: no e-mail address is known, say --address"));
    buf_addc(out, '\n');
}

/* What stays here, and why. */
static void put_held(const struct carry_reader *r, struct buf *out)
{
    if (r->waits && (r->due.count || r->due.receipt_count))
        buf_addf(out, _("%s (%s): waits: %s\n"), r->code, r->name, r->waits);
    for (size_t i = 0; i < r->due.held_count; i++)
        buf_addf(out, _("%s (%s): held: %s\n"), r->code, r->name, r->due.held[i].reason);
}

/* What was sent, and is not known to have arrived. */
static void put_silent(const struct carry_reader *r, const struct content *going, struct buf *out)
{
    if (going->count || r->waits || !r->due.count)
        return;
    buf_addf(out, "%s (%s): ", r->code, r->name);
    buf_addf(out,
             n_("%zu dispatch sent lately is not acknowledged yet; --resend sends it again",
                "%zu dispatches sent lately are not acknowledged yet; --resend sends them again",
                (unsigned long)r->due.count),
             r->due.count);
    buf_addc(out, '\n');
}

void send_put_lines(const struct sending *s, FILE *to)
{
    const struct packed_list *pouches = &s->load->pouches;
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < pouches->count; i++)
        for (size_t j = 0; j < pouches->list[i].to_count; j++)
            if (!s->failed || file_of(s, i, j))
                put_reader(s, i, j, &out);
    for (size_t i = 0; !s->failed && i < s->load->count; i++)
        put_silent(&s->load->readers[i], &s->load->parcels[i].content, &out);
    for (size_t i = 0; !s->failed && i < s->load->count; i++)
        put_held(&s->load->readers[i], &out);
    for (size_t i = 0; !s->failed && i < s->held->count; i++) {
        const struct held_act *h = &s->held->list[i];
        buf_addf(&out, _("%s, %s: held: %s\n"), h->reference, _(act_type(h->kind)->label),
                 h->reason);
    }
    if (!pouches->count)
        buf_adds(&out, _("Nothing is due to go.\n"));
    cli_put_lines_to(to, &out);
    buf_release(&out);
}

/* ---- JSON ---- */

static json_t *pouch_json(const struct sending *s, size_t at)
{
    const struct packed *p = &s->load->pouches.list[at];
    json_t *to = json_array();

    for (size_t i = 0; i < p->to_count; i++) {
        const char *path = file_of(s, at, i);
        json_array_append_new(to, json_pack("{s:s, s:s?}", "post",
                                            s->load->readers[p->to[i].parcel].code, "file", path));
    }
    return json_pack("{s:s, s:I, s:I, s:I, s:o}", "pouch", p->name, "bytes",
                     (json_int_t)p->bytes.size, "dispatches", (json_int_t)p->count, "receipts",
                     (json_int_t)p->receipt_count, "to", to);
}

static json_t *reader_json(const struct carry_reader *r)
{
    json_t *held = json_array();

    for (size_t i = 0; i < r->due.held_count; i++)
        json_array_append_new(held, json_string(r->due.held[i].reason));
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s?, s:o}", "post", r->code, "name", r->name,
                     "for", r->reader.code, "new", (json_int_t)r->fresh, "unacknowledged",
                     (json_int_t)(r->due.count - r->fresh), "receipts",
                     (json_int_t)r->due.receipt_count, "waits", r->waits, "held", held);
}

bool send_put_json(const struct sending *s)
{
    json_t *pouches = json_array(), *posts = json_array(), *held = json_array();

    for (size_t i = 0; i < s->load->pouches.count; i++)
        json_array_append_new(pouches, pouch_json(s, i));
    for (size_t i = 0; i < s->load->count; i++)
        json_array_append_new(posts, reader_json(&s->load->readers[i]));
    for (size_t i = 0; i < s->held->count; i++) {
        const struct held_act *h = &s->held->list[i];
        json_array_append_new(held,
                              json_pack("{s:s, s:s, s:s, s:s}", "case", h->reference, "act",
                                        act_type(h->kind)->name, "id", h->id, "reason", h->reason));
    }
    return cli_put_json(json_pack("{s:b, s:o, s:o, s:o}", "sent", !s->dry, "pouches", pouches,
                                  "posts", posts, "held", held));
}

/* ---- pouches on standard output ---- */

void send_put_armour(const struct packed *pouch)
{
    struct buf text = BUF_INIT;

    armour_put(&text, pouch->bytes.data, pouch->bytes.size);
    cli_put_lines(&text);
    buf_release(&text);
}

/* Dark letters on light paper are drawn as they are; on a terminal light ones mostly stand on dark.
 */
static void draw(const struct qr_code *code, struct buf *out)
{
    const struct qr_drawing how = {.blocks = true, .inverse = true, .margin = 3};
    int lines = qr_lines(code, &how);

    for (int i = 0; i < lines; i++) {
        qr_draw_line(out, code, &how, i);
        buf_addc(out, '\n');
    }
}

bool send_put_codes(const struct packed *pouch, bool drawn, struct error *err)
{
    struct qr_frames frames;
    struct buf out = BUF_INIT;

    if (!qr_frames(pouch->bytes.data, pouch->bytes.size,
                   drawn ? QR_VERSION_SCREEN : QR_VERSION_PAPER, drawn ? QR_LEVEL_L : QR_LEVEL_M,
                   &frames, err))
        return false;
    for (size_t i = 0; i < frames.count; i++) {
        if (drawn) {
            buf_addf(&out, _("Pouch %s, code %zu of %zu\n"), pouch->name, i + 1, frames.count);
            draw(&frames.frames[i].code, &out);
        } else {
            buf_addf(&out, "%s\n", frames.frames[i].text);
        }
    }
    cli_put_lines(&out);
    buf_release(&out);
    qr_frames_release(&frames);
    return true;
}
