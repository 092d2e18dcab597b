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

void letter_say_post(struct buf *out, const struct letter *l)
{
    if (l->ours)
        buf_adds(out, _("we"));
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
    if (l->trust < TRUST_CHECKED)
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
        body_wrap(b, letter_is_odd(l) ? BODY_DOUBT : BODY_PLAIN, width, indent + 1, buf_text(row));
    }
    buf_release(&more);
}
