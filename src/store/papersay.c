/* SPDX-License-Identifier: MIT */
#include "amparo/store/papersay.h"

#include <stdarg.h>
#include <string.h>

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/papercode.h"

enum { LABEL = 12, INDENT = 2 };

struct saying {
    const json_t *paper;
    int width;
    struct buf *out;
};

/* ---- lines ---- */

/* Whoever wrote it: it ends no line of ours, and moves no cursor. */
static void put_wrapped(struct saying *s, const char *text, int indent)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, text, strlen(text));
    text_put_wrapped(s->out, buf_text(&shown), s->width, indent);
    buf_release(&shown);
}

static void put(struct saying *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct saying *s, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    put_wrapped(s, buf_text(&text), 0);
    buf_release(&text);
}

static void put_blank(struct saying *s)
{
    buf_addc(s->out, '\n');
}

/* "  Dated       10 …"; nothing where there is nothing to say. */
static void put_labelled(struct saying *s, const char *label, const char *text)
{
    if (!*text)
        return;
    buf_addf(s->out, "%*s", INDENT, "");
    text_pad(s->out, label, LABEL);
    put_wrapped(s, text, INDENT + LABEL);
}

/* ---- words ---- */

static const char *text_of(const json_t *object, const char *key)
{
    return payload_text(object, key);
}

static const char *label_of(const struct field *fields, const char *key, const char *code)
{
    const struct field *f = field_find(fields, key);
    const char *label = f && f->codes ? code_label(f->codes, code) : NULL;

    return label ? _(label) : code;
}

static enum paper_kind kind_of(const json_t *paper)
{
    return paper_kind_called(text_of(paper, "kind"));
}

/* "2026-03-10 15:00". */
static void add_when(struct buf *out, const char *at)
{
    enum { MINUTES = sizeof "YYYY-MM-DD hh:mm" - 1 };
    size_t begin = out->size;

    buf_addf(out, "%.*s", (int)MINUTES, at);
    if (out->size > begin + DATE_SIZE - 1)
        out->data[begin + DATE_SIZE - 1] = ' ';
}

static void add_office(struct buf *out, const json_t *office)
{
    static const char *const keys[] = {"office", "city"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (*text_of(office, keys[i]))
            buf_addf(out, "%s%s", out->size ? ", " : "", text_of(office, keys[i]));
    if (*text_of(office, "state"))
        buf_addf(out, "%s%s", out->size ? ", " : "",
                 country_name(text_of(office, "state"), reader_language));
}

/* ---- what it is ---- */

static void put_what(struct saying *s)
{
    const json_t *printed = json_object_get(s->paper, "printed");
    const char *label = _(paper_kind_label(kind_of(s->paper)));
    long first = payload_number(printed, "first"), copy = payload_number(printed, "copy");

    if (first < copy)
        put(s, _("Printed from this case file: %s, one of the copies %ld to %ld."), label, first,
            copy);
    else if (copy)
        put(s, _("Printed from this case file: %s, copy %ld."), label, copy);
    else if (printed)
        put(s, _("Printed from this case file: %s."), label);
    else if (json_object_get(s->paper, "dispatch"))
        put(s, _("A note of this dossier: dispatch %ld."), payload_number(s->paper, "dispatch"));
    else
        put(s, "%s", _("A note of another post, which came by pouch."));
}

/* As the access log names readers; a State by its code. */
static const char *recipient_of(const json_t *printed)
{
    static const struct {
        const char *name, *label;
    } readers[] = {
        {"", N_("this post")},
        {"capital", N_("our own capital")},
        {"focal", N_("the focal points")},
        {"secretariat", N_("the Technical Secretariat")},
        {"iom", N_("IOM")},
        {"network", N_("the network")},
        {"authority", N_("a local authority")},
        {"family", N_("the family")},
        {"organisation", N_("an organisation")},
        {"person", N_("whom it is about")},
    };
    const char *to = text_of(printed, "for");

    for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
        if (strcmp(readers[i].name, to) == 0)
            return _(readers[i].label);
    return country_name(to, reader_language);
}

static void put_printed(struct saying *s)
{
    const json_t *printed = json_object_get(s->paper, "printed");
    struct buf when = BUF_INIT, said = BUF_INIT;

    if (!printed) { /* its paper has the reference of the post that wrote it */
        put_labelled(s, _("Case here"), text_of(s->paper, "case"));
        return;
    }
    put_labelled(s, _("Case"), text_of(s->paper, "case"));
    add_when(&when, text_of(printed, "at"));
    buf_addf(&said, _("%s by %s"), buf_text(&when), text_of(printed, "by"));
    put_labelled(s, _("Printed"), buf_text(&said));
    put_labelled(s, _("For"), recipient_of(printed));
    put_labelled(s, _("Language"), label_of(note_fields, "language", text_of(printed, "language")));
    put_labelled(s, _("As of"), text_of(printed, "as_of"));
    if (payload_bool(printed, "failed"))
        put(s, "%s",
            _("As far as the program knows it reached no printer and no file; ask whence it "
              "comes."));
    buf_release(&when);
    buf_release(&said);
}

static void put_number(struct saying *s, const char *label, const char *key)
{
    struct buf text = BUF_INIT;

    if (json_object_get(s->paper, key))
        buf_addf(&text, "%ld", payload_number(s->paper, key));
    put_labelled(s, label, buf_text(&text));
    buf_release(&text);
}

static void put_figures(struct saying *s)
{
    struct buf to = BUF_INIT, from = BUF_INIT;

    put_labelled(s, kind_of(s->paper) == PAPER_REGISTER ? _("Year") : _("Meeting"),
                 text_of(s->paper, "of"));
    put_labelled(s, _("Number"), text_of(s->paper, "number"));
    put_labelled(s, _("Kind"), label_of(note_fields, "kind", text_of(s->paper, "note")));
    put_labelled(s, _("Dated"), text_of(s->paper, "date"));
    put_labelled(s, _("Sender"), text_of(s->paper, "sender"));
    add_office(&from, json_object_get(s->paper, "from"));
    put_labelled(s, _("From"), buf_text(&from));
    add_office(&to, json_object_get(s->paper, "to"));
    put_labelled(s, _("To"), buf_text(&to));
    put_number(s, _("Person"), "person");
    put_number(s, _("Persons"), "persons");
    buf_release(&to);
    buf_release(&from);
}

/* Of some documents there is nothing to compare. */
static void put_compared(struct saying *s)
{
    struct buf figures = BUF_INIT;
    struct saying aside = {s->paper, s->width, &figures};

    put_figures(&aside);
    if (figures.size) {
        put(s, "%s", _("What stands on the paper; compare each:"));
        buf_add(s->out, figures.data, figures.size);
        put_blank(s);
    }
    buf_release(&figures);
}

/* ---- what became of it ---- */

static void add_fields(struct buf *out, const json_t *fields)
{
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const char *key = json_string_value(json_array_get(fields, i));
        const struct field *f = field_find(note_fields, key);
        buf_addf(out, "%s%s", i ? ", " : "", f ? _(f->label) : key);
    }
}

static void put_change(struct saying *s, const json_t *change)
{
    static const struct {
        const char *change, *sentence;
    } sentences[] = {
        {"annulled", N_("ANNULLED on %s by %s: the note does not count.")},
        {"withdrawn", N_("WITHDRAWN on %s by %s: what it asks for is not asked any more.")},
        {"corrected", N_("CORRECTED on %s by %s: a paper from before says otherwise.")},
        {"erased", N_("On %s %s erased a person of the case: this paper may name whom the file no "
                      "longer knows.")},
    };
    struct buf when = BUF_INIT, fields = BUF_INIT;

    add_when(&when, text_of(change, "at"));
    for (size_t i = 0; i < ARRAY_SIZE(sentences); i++)
        if (payload_is(change, "change", sentences[i].change))
            put(s, _(sentences[i].sentence), buf_text(&when), text_of(change, "by"));
    add_fields(&fields, json_object_get(change, "fields"));
    if (fields.size)
        put(s, _("Other than before: %s."), buf_text(&fields));
    buf_release(&when);
    buf_release(&fields);
}

/* "consent, assistance (2)": each act that was recorded since, by its name. */
static void add_acts(struct buf *out, const json_t *since)
{
    for (size_t i = 0; i < json_array_size(since); i++) {
        const char *name = text_of(json_array_get(since, i), "act");
        const struct act_type *type = act_type_named(name);
        size_t before = 0, all = 0;
        for (size_t n = 0; n < json_array_size(since); n++) {
            bool same = payload_is(json_array_get(since, n), "act", name);
            before += same && n < i;
            all += same;
        }
        if (before)
            continue;
        buf_addf(out, "%s%s", out->size ? ", " : "", type ? _(type->label) : name);
        if (all > 1)
            buf_addf(out, " (%zu)", all);
    }
}

static void put_since(struct saying *s, const json_t *since)
{
    size_t count = json_array_size(since);
    struct buf acts = BUF_INIT;

    if (!count) {
        put(s, "%s", _("Nothing else was recorded in the case since."));
        return;
    }
    add_acts(&acts, since);
    put(s,
        n_("Recorded in the case since, which the paper cannot show: %zu act (%s).",
           "Recorded in the case since, which the paper cannot show: %zu acts (%s).", count),
        count, buf_text(&acts));
    buf_release(&acts);
}

/* Whose word a dispatch is, and where it stands, if that is not as it should be. */
static void put_standing(struct saying *s)
{
    const char *trust = text_of(s->paper, "trust"), *standing = text_of(s->paper, "standing");
    const char *reason = text_of(s->paper, "reason");

    if (*trust && strcmp(trust, trust_name(TRUST_CERTIFIED)) != 0 &&
        strcmp(trust, trust_name(TRUST_CHECKED)) != 0)
        put(s, "%s",
            _("NOT TO BE RELIED ON: nothing proves the key that its dispatch is signed "
              "by."));
    for (int i = 0; *standing && i <= STANDING_QUARANTINED; i++)
        if (strcmp(standing_name((enum standing)i), standing) == 0)
            put(s, "%s%s%s", _(standing_label((enum standing)i)),
                *reason ? C_("after a label", ": ") : "", *reason ? _(reason) : "");
}

static void put_fate(struct saying *s)
{
    const json_t *changes = json_object_get(s->paper, "changes");
    const json_t *since = json_object_get(s->paper, "since");
    bool printed = json_object_get(s->paper, "printed") != NULL;

    put_standing(s);
    for (size_t i = 0; i < json_array_size(changes); i++)
        put_change(s, json_array_get(changes, i));
    if (kind_of(s->paper) == PAPER_NOTE && !json_array_size(changes))
        put(s, "%s",
            printed ? _("The note stands as it was printed.")
                    : _("Nothing that is here annuls, withdraws or corrects it."));
    if (since)
        put_since(s, since);
    if (json_object_get(s->paper, "acts"))
        put(s, _("Acts recorded in the file since: %ld."), payload_number(s->paper, "acts"));
    if (!printed)
        put(s, "%s",
            _("Which copy it is, when it was printed, by whom and for whom, the file of the post "
              "that printed it can tell alone."));
}

void paper_say(const json_t *paper, int width, struct buf *out)
{
    struct saying s = {paper, width, out};

    put_what(&s);
    put_printed(&s);
    if (json_is_true(json_object_get(paper, "restricted"))) {
        put(&s, "%s", _("A restricted case: ask its officer what the paper should say."));
        return;
    }
    put_blank(&s);
    put_compared(&s);
    put_fate(&s);
    put_blank(&s);
    put(&s, "%s",
        _("The code shows that such a paper was printed, and not that this one was left as it was: "
          "where a word matters, print it anew and lay both side by side."));
}
