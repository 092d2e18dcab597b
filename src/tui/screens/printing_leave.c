/* SPDX-License-Identifier: MIT */
/* What leaves by the print screen: it is made, drawn where it is to be, and goes; and what came of
 * it is said. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "amparo/base/i18n.h"
#include "amparo/page/plain.h"
#include "amparo/paper/output.h"
#include "amparo/store/own.h"
#include "amparo/tui/printout.h"
#include "printing_work.h"

/* What leaves, and its bytes. */
struct leaving {
    struct print_matter matter;
    struct buf bytes;
    size_t missing; /* letters that no font has */
    enum print_fate fate;
};

static bool make(struct screen *s, const struct print_how *how, bool drawn, struct leaving *out,
                 struct error *err)
{
    const struct printing *p = s->state;
    struct screen *below = screen_below(s);
    *out = (struct leaving){.matter = {.text = BUF_INIT}, .bytes = BUF_INIT, .fate = PRINT_NOT};
    paper_init(&out->matter.paper);
    if (!p->what.take(below, how, &out->matter, err))
        return false;
    if (!out->matter.paper.count)
        buf_add(&out->bytes, out->matter.text.data, out->matter.text.size);
    else if (!drawn)
        paper_text(&out->matter.paper, p->size, &out->bytes);
    else
        return printout_draw(s, &out->matter.paper, p->size, &out->bytes, &out->missing, err);
    return true;
}

/* Where it did not arrive, the access log says so too: whatever was entered before stays. Of what
 * may have arrived it says nothing more. */
static void not_arrived(struct screen *s, const struct leaving *l, struct error *err)
{
    if (l->fate == PRINT_NOT)
        access_lost(s->app->store, &l->matter.entered);
    app_say_error(s->app, err);
}

static void leaving_release(struct leaving *l)
{
    paper_release(&l->matter.paper);
    buf_release(&l->matter.text);
    buf_release(&l->bytes);
}

/* Behind what is said already. */
static void say_missing(struct app *app, size_t missing)
{
    if (!missing)
        return;
    buf_addf(&app->message,
             n_(" %zu letter is in no font here: it is a box.",
                " %zu letters are in no font here: they are boxes.", missing),
             missing);
}

/* "Handed to laser: 2 copies, laser-7." */
static void say_printed(struct screen *s, const char *printer, const char *request)
{
    const struct printing *p = s->state;
    const struct printer *known = printer ? printers_find(&p->printers, printer) : NULL;
    struct buf text = BUF_INIT;
    buf_addf(&text, _("Handed to %s: "), printer ? printer : _("the usual printer"));
    buf_addf(&text, n_("%ld copy", "%ld copies", (unsigned long)p->how.copies), p->how.copies);
    if (*request)
        buf_addf(&text, ", %s", request);
    buf_addc(&text, '.');
    if (known && known->stopped && known->says)
        buf_addf(&text, _(" It is stopped: %s"), known->says);
    else if (known && known->stopped)
        buf_adds(&text, _(" It is stopped."));
    app_say(s->app, "%s", buf_text(&text));
    buf_release(&text);
}

static void remember(struct screen *s, const char *printer)
{
    const struct printing *p = s->state;
    struct error unsaid = ERROR_INIT; /* it is printed all the same */
    json_t *own = json_pack("{s:s*, s:i}", "printer", printer, "form", (int)p->form);
    char *text = json_dumps(own, JSON_COMPACT);
    store_own_set(s->app->store, OWN_PRINT, text, &unsaid);
    free(text);
    json_decref(own);
    error_release(&unsaid);
}

void printing_print(struct screen *s, const char *printer)
{
    const struct printing *p = s->state;
    const struct print_order order = {printer, p->how.copies, p->size};
    struct leaving l;
    struct buf request = BUF_INIT;
    struct error err = ERROR_INIT;
    if (make(s, &p->how, printing_draws(p, printer), &l, &err))
        l.fate = printout_send(s, &order, &l.bytes, &request, &err);
    if (l.fate == PRINT_TAKEN) {
        say_printed(s, printer, buf_text(&request));
        say_missing(s->app, l.missing);
        remember(s, printer);
        screen_leave(s);
    } else {
        not_arrived(s, &l, &err);
    }
    leaving_release(&l);
    error_release(&err);
    buf_release(&request);
}

void printing_write(struct screen *s, const char *path)
{
    const struct printing *p = s->state;
    bool drawn = output_is_named(path, ".pdf");
    const struct print_how how = {.copies = 1, .draft = p->how.draft}; /* a file is one */
    struct leaving l;
    struct error err = ERROR_INIT;
    if (drawn && !p->what.pages)
        error_set(&err, ERROR_INPUT, "%s", _("it is a text, and no document: name a .txt file"));
    if (err.kind || !printout_may_write(path, &err)) {
        app_say_error(s->app, &err);
        error_release(&err);
        return;
    }
    bool ok = make(s, &how, drawn, &l, &err) && printout_write(s, path, &l.bytes, &err);
    if (ok) {
        say_missing(s->app, l.missing);
        screen_leave(s);
    } else {
        not_arrived(s, &l, &err);
    }
    leaving_release(&l);
    error_release(&err);
}
