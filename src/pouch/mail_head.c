/* SPDX-License-Identifier: MIT */
#include "mail_head.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/mem.h"

enum { VALUE_MOST = 4096 };

/* The length of a line, with its end. */
static size_t line_of(const char *at, const char *end)
{
    const char *stop = memchr(at, '\n', (size_t)(end - at));

    return (size_t)((stop ? stop + 1 : end) - at);
}

static size_t without_end(const char *line, size_t size)
{
    while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        size--;
    return size;
}

/* The length of the name before the colon; 0 where the line is no field. */
static size_t name_of(const char *line, size_t size)
{
    size_t n = 0;

    while (n < size && line[n] > ' ' && line[n] < 0x7f && line[n] != ':')
        n++;
    return n < size && line[n] == ':' ? n : 0;
}

static bool is_name(const char *line, size_t size, const char *name)
{
    return strlen(name) == size && strncasecmp(line, name, size) == 0;
}

static bool is_of_mail(const char *line, size_t size)
{
    static const char *const names[] = {"From",         "Date",         "Received",   "Message-ID",
                                        "MIME-Version", "Content-Type", "Return-Path"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (is_name(line, size, names[i]))
            return true;
    return false;
}

static void add_value(struct buf *value, const char *at, size_t size)
{
    if (value && value->size + size <= VALUE_MOST)
        buf_add(value, at, size);
}

void mail_head_read(struct mail_head *head, const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    struct buf *value = NULL; /* of the field that the last line was of */

    *head = (struct mail_head){.type = BUF_INIT, .encoding = BUF_INIT};
    while (at < end) {
        size_t whole = line_of(at, end), length = without_end(at, whole);
        size_t name = name_of(at, length);
        if (!length) {
            at += whole;
            break;
        }
        if (at > text && (*at == ' ' || *at == '\t')) {
            add_value(value, at, length);
        } else if (name) {
            value = is_name(at, name, "Content-Type")                ? &head->type
                    : is_name(at, name, "Content-Transfer-Encoding") ? &head->encoding
                                                                     : NULL;
            if (value && value->size)
                value = NULL; /* the first one counts */
            add_value(value, at + name + 1, length - name - 1);
            head->mail = head->mail || is_of_mail(at, name);
        } else {
            break;
        }
        at += whole;
    }
    head->size = (size_t)(at - text);
}

void mail_head_release(struct mail_head *head)
{
    buf_release(&head->type);
    buf_release(&head->encoding);
}

bool mail_head_is(const struct buf *value, const char *word)
{
    const char *text = buf_text(value);

    return strncasecmp(text + strspn(text, " \t"), word, strlen(word)) == 0;
}

/* ---- parameters ---- */

/* Passes over blanks; the next sign. */
static char peek(const char **at)
{
    *at += strspn(*at, " \t");
    return **at;
}

/* A token, or what is between quotes. */
static void take_value(const char **at, struct buf *out)
{
    if (peek(at) != '"') {
        size_t n = strcspn(*at, "; \t");
        buf_add(out, *at, n);
        *at += n;
        return;
    }
    for (++*at; **at && **at != '"'; ++*at) {
        if (**at == '\\' && (*at)[1])
            ++*at;
        buf_addc(out, **at);
    }
    if (**at)
        ++*at;
}

void mail_head_parameter(const struct mail_head *head, const char *name, struct buf *out)
{
    const char *at = buf_text(&head->type);
    size_t length = strlen(name);

    at += strcspn(at, ";");
    while (peek(&at)) {
        at += strspn(at, "; \t");
        size_t n = strcspn(at, "=;");
        bool wanted = n >= length && !strncasecmp(at, name, length) &&
                      (at[length] == '*' || length + strspn(at + length, " \t") >= n);
        bool piece = wanted && at[length] == '*' && at[length + 1] != '0';
        struct buf value = BUF_INIT;
        at += n;
        if (*at == '=') {
            at++;
            take_value(&at, &value);
        }
        if (wanted && (piece || !out->size))
            buf_add(out, buf_text(&value), value.size);
        buf_release(&value);
        at += strcspn(at, ";");
    }
}
