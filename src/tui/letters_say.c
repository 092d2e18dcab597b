/* SPDX-License-Identifier: MIT */
/* Dispatches in words: of letters.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/letters.h"
#include "amparo/tui/values.h"

static const char *state_name(const struct letter *l)
{
    return l->secretariat ? _("Technical Secretariat")
           : *l->state    ? country_name(l->state, reader_language)
                          : _("unknown");
}

/* Its own State hears of it too: that is said where nobody else does. */
static bool is_said(const struct letter *l, size_t i)
{
    const char *own = l->secretariat ? CODE_SECRETARIAT : l->state;
    return l->to.count == 1 || strcmp(l->to.code[i], own) != 0;
}

/* Codes as far as they find room, and how many more. */
static void say_to(struct buf *out, const struct letter *l, int cells)
{
    size_t left = 0;
    for (size_t i = 0; i < l->to.count; i++)
        left += is_said(l, i);
    for (size_t i = 0; i < l->to.count; i++) {
        const char *code = l->to.code[i], *gap = out->size ? " " : "";
        if (!is_said(l, i))
            continue;
        left--;
        int more = left == 0 ? 0 : left < 10 ? 3 : 4; /* " +9" */
        if (text_cells(buf_text(out)) + (int)strlen(gap) + 2 + more > cells) {
            buf_addf(out, "%s+%zu", gap, left + 1);
            return;
        }
        buf_addf(out, "%s%s", gap, strcmp(code, CODE_SECRETARIAT) == 0 ? "TS" : code);
    }
}

void letter_say_readers(struct buf *out, const struct letter *l)
{
    for (size_t i = 0, said = 0; i < l->to.count; i++) {
        const char *code = l->to.code[i];
        if (is_said(l, i))
            buf_addf(out, "%s%s", said++ ? ", " : "",
                     strcmp(code, CODE_SECRETARIAT) == 0 ? _("Technical Secretariat")
                                                         : country_name(code, reader_language));
    }
}

void letter_say_post(struct buf *out, const struct letter *l, int cells)
{
    if (l->ours)
        say_to(out, l, cells);
    else if (*l->post)
        buf_adds(out, l->post);
    else if (*l->id || l->secretariat || *l->state)
        buf_adds(out, state_name(l));
}

void letter_say_author(struct buf *out, const struct letter *l)
{
    if (*l->post)
        buf_addf(out, "%s, ", l->post);
    if (*l->office)
        buf_addf(out, "%s, ", l->office);
    buf_adds(out, state_name(l));
}

/* Its number is the sender's, and not always known; whose it is stands beside. */
static void say_note(struct buf *out, const json_t *payload)
{
    const struct field *kind = field_find(act_type(ACT_NOTE)->fields, "kind");
    const char *number = json_string_value(json_object_get(payload, "number"));
    buf_adds(out, _("Note"));
    if (number && *number)
        buf_addf(out, " %s", number);
    buf_adds(out, label_colon());
    values_say(out, kind, json_object_get(payload, "kind"), NULL, reader_language);
}

void letter_say(struct buf *out, const struct letter *l)
{
    if (l->kind == ACT_NONE)
        buf_adds(out, _("an act that this version of the program does not know"));
    else if (l->payload && l->kind == ACT_NOTE)
        say_note(out, l->payload);
    else if (l->payload)
        describe_payload(out, NULL, l->kind, l->payload, reader_language);
    else
        buf_adds(out, _(act_type(l->kind)->label));
}

bool letter_is_odd(const struct letter *l)
{
    if (!*l->id)
        return false;
    return !(l->verdict.standing == STANDING_COUNTS ||
             l->verdict.standing == STANDING_SUPERSEDED) ||
           l->verdict.forked || l->refused != NULL || l->unplaced;
}

static void add_word(struct buf *out, const char *word)
{
    buf_addf(out, "%s%s", out->size ? "; " : "", word);
}

/* "trust: unverified"; nothing where it is certified. */
static void say_trust(struct buf *out, const struct letter *l)
{
    if (*l->id && !l->ours && l->trust != TRUST_CERTIFIED)
        buf_addf(out, "%s%s%s%s", out->size ? "; " : "", _("trust"), label_colon(),
                 _(trust_codes[l->trust].label));
}

/* What it asks, where it stands, whose word it is where that is in doubt: nothing of most. */
static void say_more(struct buf *out, const struct letter *l, struct instant now)
{
    struct buf part = BUF_INIT;
    letter_say_asked(out, l, now);
    letter_say_standing(l, &part);
    if (l->refused)
        add_word(&part, _("could not be recorded"));
    say_trust(&part, l);
    if (part.size)
        buf_addf(out, "%s%s", out->size ? "; " : "", buf_text(&part));
    buf_release(&part);
}

void letter_say_asked(struct buf *out, const struct letter *l, struct instant now)
{
    if (l->unplaced) {
        add_word(out, _("say which case it is about"));
        return;
    }
    if (!l->asks)
        return;
    add_word(out, _(asked_label(l->asked)));
    if (*l->due) {
        struct buf when = BUF_INIT;
        values_say_when_short(&when, l->due, now, reader_language);
        buf_addf(out, _(", by %s"), buf_text(&when));
        buf_release(&when);
    }
}

void letter_add_more(struct body *b, long tag, const char *ref, struct buf *row,
                     const struct letter *l, struct instant now, int width, int indent)
{
    struct buf more = BUF_INIT;
    say_more(&more, l, now);
    bool quiet = !letter_is_odd(l) && !l->asks && !l->unplaced;
    bool fits = text_cells(buf_text(row)) + 3 + text_cells(buf_text(&more)) <= width - 3;
    if (more.size && quiet && fits)
        buf_addf(row, " · %s", buf_text(&more));
    body_row(b, tag, ref, "%s", buf_text(row));
    if (more.size && !(quiet && fits)) {
        buf_clear(row);
        buf_addf(row, "%*s%s", indent, "", buf_text(&more));
        body_wrap(b, letter_is_odd(l) ? BODY_DOUBT : BODY_PLAIN, width, indent, buf_text(row));
    }
    buf_release(&more);
}
