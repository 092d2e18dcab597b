/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/armour.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "armour_text.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

enum {
    GROUP = 48, /* bytes of a line */
    LETTERS = (POUCH_MOST + 2) / 3 * 4,
    NAME = POUCH_NAME_SIZE - 1,
};

/* ---- writing ---- */

void armour_put(struct buf *out, const void *bytes, size_t size)
{
    char line[ARMOUR_COLUMNS + 1], name[POUCH_NAME_SIZE];
    const uint8_t *b = bytes;

    buf_adds(out, "[BEGIN-AMPARO-POUCH]\n");
    for (size_t i = 0; i < size; i += GROUP) {
        size_t n = size - i < GROUP ? size - i : GROUP;
        sodium_bin2base64(line, sizeof line, b + i, n, BASE64);
        buf_addf(out, "%s\n", line);
    }
    pouch_name(bytes, size, name);
    buf_addf(out, "[END-AMPARO-POUCH:%s]\n", name);
}

/* ---- the marks ---- */

/* Without what a mail program may put into them, or change. */
static const char begins[] = "[BEGINAMPAROPOUCH]", ends[] = "[ENDAMPAROPOUCH:";

enum mark { MARK_NONE, MARK_PART, MARK_BEGIN, MARK_END };

/* How many letters of each mark were read. */
struct marks {
    size_t begin, end;
};

/* Whether the next letter goes on with the mark; the bracket is nowhere but at its start. */
static bool goes_on(const char *mark, size_t *at, int c)
{
    *at = c == mark[*at] ? *at + 1 : c == '[';
    bool whole = !mark[*at];
    if (whole)
        *at = 0;
    return whole;
}

static enum mark mark_step(struct marks *m, int c)
{
    c = toupper(c);
    if ((m->begin || m->end) && (c == '-' || c == '>' || c == '|'))
        return MARK_PART;
    if (goes_on(begins, &m->begin, c))
        return MARK_BEGIN;
    if (goes_on(ends, &m->end, c))
        return MARK_END;
    return m->begin || m->end ? MARK_PART : MARK_NONE;
}

/* ---- one armour ---- */

enum outcome {
    BODY_ENDED, /* by its end mark */
    BODY_ANEW,  /* another begins before */
    BODY_CUT,   /* the text ends before */
    BODY_TOO_LONG,
};

struct body {
    struct buf letters;
    char name[POUCH_NAME_SIZE]; /* what the end mark says */
    enum outcome outcome;
};

static bool is_letter(int c)
{
    return isalnum(c) || c == '-' || c == '_';
}

/* The digits after the end mark. */
static void read_name(struct armour_text *text, char name[POUCH_NAME_SIZE])
{
    size_t n = 0;

    while (n < NAME) {
        struct armour_text before = *text;
        int c = armour_text_next(text);
        if (isxdigit(c)) {
            name[n++] = (char)tolower(c);
        } else if (c != '-' && c != '>' && c != '|') {
            if (c != ']')
                *text = before;
            break;
        }
    }
    name[n] = '\0';
}

/* From behind the mark of its beginning; the text stands behind the mark that ended it. */
static void read_body(struct armour_text *text, struct body *body)
{
    struct marks marks = {0, 0};
    int c;

    buf_clear(&body->letters);
    body->name[0] = '\0';
    body->outcome = BODY_CUT;
    text->inside = true;
    while ((c = armour_text_next(text)) != ARMOUR_TEXT_END) {
        enum mark mark = mark_step(&marks, c);
        if (mark == MARK_NONE && is_letter(c))
            buf_addc(&body->letters, (char)c);
        if (mark == MARK_END)
            read_name(text, body->name);
        if (mark == MARK_BEGIN || mark == MARK_END || body->letters.size > LETTERS) {
            body->outcome = mark == MARK_BEGIN ? BODY_ANEW
                            : mark == MARK_END ? BODY_ENDED
                                               : BODY_TOO_LONG;
            break;
        }
    }
    text->inside = false;
}

/* The bytes, where the checksum says that they are those; freed by the caller. */
static uint8_t *decode(const struct body *body, size_t *size)
{
    size_t room = body->letters.size / 4 * 3 + 3;
    uint8_t *bytes = xmalloc(room);
    char name[POUCH_NAME_SIZE];
    bool fine = sodium_base642bin(bytes, room, buf_text(&body->letters), body->letters.size, NULL,
                                  size, NULL, BASE64) == 0;

    if (fine) {
        pouch_name(bytes, *size, name);
        fine = strcmp(name, body->name) == 0;
    }
    if (fine)
        return bytes;
    free(bytes);
    return NULL;
}

static const char *fault_of(enum outcome outcome, const char *name)
{
    switch (outcome) {
    case BODY_ENDED:
        return strlen(name) == NAME ? _("letters of it are missing or changed; ask for it again")
                                    : _("its last line is damaged; ask for it again");
    case BODY_TOO_LONG:
        return _("it is longer than any pouch");
    default:
        return _("its end is missing; take the whole text, to its last line, or ask for it again");
    }
}

/* Reads from behind the beginning; whether the visitor goes on, and *outcome how it ended. */
static bool take(struct armour_text *text, pouch_visit *visit, void *ctx, enum outcome *outcome)
{
    struct pouch_found found = {.form = POUCH_ARMOUR};
    const struct armour_text start = *text;
    struct body body = {.letters = BUF_INIT};
    uint8_t *bytes = NULL;
    bool more;

    read_body(text, &body);
    *outcome = body.outcome;
    memcpy(found.name, body.name, sizeof found.name);
    if (body.outcome == BODY_ENDED)
        bytes = decode(&body, &found.size);
    for (unsigned guess = 1; guess <= ARMOUR_GUESSES && !bytes && *outcome == BODY_ENDED; guess++) {
        struct armour_text again = start;
        if (guess & ~text->seen)
            continue;
        again.reading = guess;
        again.end = text->at; /* no further than the first */
        read_body(&again, &body);
        bytes = decode(&body, &found.size);
    }
    found.bytes = bytes;
    if (!bytes) {
        found.size = 0;
        found.fault = fault_of(*outcome, found.name);
        if (strlen(found.name) < NAME)
            found.name[0] = '\0';
    }
    more = visit(ctx, &found);
    free(bytes);
    buf_release(&body.letters);
    return more;
}

/* An end without its beginning. */
static bool take_end(struct armour_text *text, pouch_visit *visit, void *ctx)
{
    struct pouch_found found = {.form = POUCH_ARMOUR};

    read_name(text, found.name);
    if (strlen(found.name) < NAME)
        found.name[0] = '\0';
    found.fault = _(
        "its beginning is missing; take the whole text, from its first line, or ask for it again");
    return visit(ctx, &found);
}

bool armour_find(const void *bytes, size_t size, pouch_visit *visit, void *ctx)
{
    struct armour_text text = armour_text_of(bytes, size);
    struct marks marks = {0, 0};
    bool more = true;
    int c;

    while (more) {
        if (!marks.begin && !marks.end)
            armour_text_skip(&text);
        if ((c = armour_text_next(&text)) == ARMOUR_TEXT_END)
            break;
        enum mark mark = mark_step(&marks, c);
        enum outcome outcome = BODY_ANEW;
        text.inside = mark == MARK_PART;
        while (more && mark == MARK_BEGIN && outcome == BODY_ANEW)
            more = take(&text, visit, ctx, &outcome);
        if (mark == MARK_END)
            more = take_end(&text, visit, ctx);
    }
    return more;
}
