/* SPDX-License-Identifier: MIT */
#include "armour_text.h"

#include <ctype.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { TAG_MOST = 2048, INITIALS_MOST = 4 };

struct armour_text armour_text_of(const void *bytes, size_t size)
{
    const char *text = bytes;

    return (struct armour_text){.at = text, .end = text + size, .line_starts = true};
}

static size_t left(const struct armour_text *t)
{
    return (size_t)(t->end - t->at);
}

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0'
           : c >= 'A' && c <= 'F'    ? c - 'A' + 10
           : c >= 'a' && c <= 'f'    ? c - 'a' + 10
                                     : -1;
}

/* What a mail program puts before the lines of another, "AB>", or before one of a signed text. */
static void pass_start(struct armour_text *t)
{
    size_t n = 0, size = left(t);

    if (size > 1 && t->at[0] == '-' && t->at[1] == ' ') {
        t->seen |= ARMOUR_ESCAPED;
        t->at += t->reading & ARMOUR_ESCAPED ? 1 : 0;
        return;
    }
    while (n < size && n <= INITIALS_MOST && isalpha((unsigned char)t->at[n]))
        n++;
    if (!n || n > INITIALS_MOST || n == size || t->at[n] != '>')
        return;
    t->seen |= ARMOUR_INITIALS;
    t->at += t->reading & ARMOUR_INITIALS ? n : 0;
}

/* In UTF-16 every other byte is zero. */
static bool begins_tag(char c)
{
    return isalpha((unsigned char)c) || c == '/' || c == '!' || c == '?' || !c;
}

/* At "<": whether a tag begins, which is passed over. */
static bool pass_tag(struct armour_text *t)
{
    size_t most = left(t) < TAG_MOST ? left(t) : TAG_MOST;

    if (!t->inside || most < 2 || !begins_tag(t->at[1]))
        return false;
    for (size_t i = 1; i < most && t->at[i] != '<'; i++)
        if (t->at[i] == '>') {
            t->at += i + 1;
            t->line_starts = true;
            return true;
        }
    return false;
}

/* Those that stand for what matters here. */
static const struct {
    const char *name;
    uint32_t letter;
} entities[] = {
    {"colon", ':'},  {"dash", '-'},     {"gt", '>'},     {"hyphen", '-'},
    {"lbrack", '['}, {"lowbar", '_'},   {"lsqb", '['},   {"mdash", 0x2014},
    {"minus", '-'},  {"ndash", 0x2013}, {"rbrack", ']'}, {"rsqb", ']'},
};

static uint32_t entity_named(const char *name, size_t size)
{
    for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
        if (strlen(entities[i].name) == size && !memcmp(entities[i].name, name, size))
            return entities[i].letter;
    return ' ';
}

/* At "&": whether an entity begins, which becomes its letter. */
static bool take_entity(struct armour_text *t, uint32_t *letter)
{
    enum { LONGEST = 12 };
    const char *stop = memchr(t->at, ';', left(t) < LONGEST ? left(t) : LONGEST);
    const char *name = t->at + 1;
    bool number = stop && stop > name && *name == '#';
    bool sixteen = number && name[1] == 'x';

    if (!stop || stop == name)
        return false;
    uint32_t value = 0;
    for (const char *p = name + number + (number && (sixteen || name[1] == 'X')); p < stop; p++) {
        if (!isalnum((unsigned char)*p))
            return false;
        value = value * (sixteen || name[1] == 'X' ? 16 : 10) + (uint32_t)(hex(*p) & 15);
    }
    *letter = number ? value : entity_named(name, (size_t)(stop - name));
    t->at = stop + 1;
    return true;
}

/* At "=" with two digits after it: a byte in quoted-printable. */
static bool take_quoted(struct armour_text *t, uint32_t *byte)
{
    if (left(t) < 3 || hex(t->at[1]) < 0 || hex(t->at[2]) < 0)
        return false;
    *byte = (uint32_t)(hex(t->at[1]) << 4 | hex(t->at[2]));
    t->at += 3;
    return true;
}

/* Puts bytes of UTF-8 together; a byte that is none of it stands for itself, as in Latin 1. */
static bool put_together(struct armour_text *t, uint32_t *c)
{
    bool goes_on = (*c & 0xc0) == 0x80 && t->missing;

    if (*c < 0xc2 && !goes_on) {
        t->missing = 0;
        return true;
    }
    if (goes_on) {
        t->part = t->part << 6 | (*c & 0x3f);
        *c = t->part;
        return --t->missing == 0;
    }
    t->missing = *c >= 0xf0 ? 3 : *c >= 0xe0 ? 2 : 1;
    t->part = *c & (0x3fu >> t->missing);
    return false;
}

/* What may stand before a line. */
static bool is_margin(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '>' || c == '|';
}

static bool is_dash(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x96 || c == 0x97;
}

static bool is_long_dash(uint32_t c)
{
    return c == 0x2013 || c == 0x2014 || c == 0x96 || c == 0x97;
}

void armour_text_skip(struct armour_text *t)
{
    while (t->at < t->end && *t->at != '[' && *t->at != '=' && *t->at != '&')
        t->at++;
}

int armour_text_next(struct armour_text *t)
{
    if (t->another) {
        t->another = false;
        return '-';
    }
    while (t->at < t->end) {
        if (t->line_starts && t->inside)
            pass_start(t);
        uint32_t c = (unsigned char)*t->at;
        if (c == '<' && pass_tag(t))
            continue;
        bool entity = c == '&' && take_entity(t, &c);
        if (!entity && !(c == '=' && take_quoted(t, &c)))
            t->at++;
        t->line_starts = c == '\n' || c == '\r' || (t->line_starts && is_margin(c));
        if (!entity && !put_together(t, &c))
            continue;
        if (is_long_dash(c)) {
            t->seen |= ARMOUR_LONG_DASHES;
            t->another = t->reading & ARMOUR_LONG_DASHES;
        }
        if (is_dash(c))
            return '-';
        if (c > ' ' && c < 0x7f && c != '=')
            return (int)c;
    }
    return ARMOUR_TEXT_END;
}
