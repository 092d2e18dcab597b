/* SPDX-License-Identifier: MIT */
#include "amparo/tui/arriving.h"

#include <ctype.h>
#include <string.h>

void arriving_init(struct arriving *a)
{
    qr_join_init(&a->join);
    a->codes = json_object();
    buf_init(&a->text);
}

void arriving_release(struct arriving *a)
{
    qr_join_release(&a->join);
    json_decref(a->codes);
    buf_release(&a->text);
}

/* The mark of a text's begin or end, however it is written; blanks and dashes do not matter. */
static bool has_mark(const char *line, const char *mark)
{
    struct buf letters = BUF_INIT;
    for (; *line; line++)
        if (isalnum((unsigned char)*line))
            buf_addc(&letters, (char)toupper((unsigned char)*line));
    bool has = strstr(buf_text(&letters), mark) != NULL;
    buf_release(&letters);
    return has;
}

static bool has_code(const char *text)
{
    size_t length;
    return qr_frame_in(text, strlen(text), &length) != NULL;
}

enum arriving_kind arriving_kind(const struct arriving *a, const char *line)
{
    if (a->text.size || has_mark(line, "BEGINAMPAROPOUCH"))
        return ARRIVING_TEXT;
    if (!line[strspn(line, " ")])
        return ARRIVING_NOTHING;
    return has_code(line) ? ARRIVING_CODE : ARRIVING_PATH;
}

bool arriving_is_text(const char *pasted)
{
    size_t line = strcspn(pasted, "\n");
    return pasted[line + strspn(pasted + line, "\n ")] || has_mark(pasted, "BEGINAMPAROPOUCH") ||
           has_code(pasted);
}

bool arriving_take_text(struct arriving *a, const char *line)
{
    buf_addf(&a->text, "%s\n", line);
    return has_mark(line, "ENDAMPAROPOUCH");
}

static void remember(struct arriving *a, const char *name, const char *typed)
{
    json_t *of = json_object_get(a->codes, name);
    if (!of) {
        of = json_array();
        json_object_set_new(a->codes, name, of);
    }
    json_array_append_new(of, json_string(typed));
}

bool arriving_take_code(struct arriving *a, const char *typed, struct arriving_code *out)
{
    *out = (struct arriving_code){.of = NULL};
    switch (qr_join_add(&a->join, typed, strlen(typed), &out->of, &out->fault)) {
    case QR_WHOLE:
        return true;
    case QR_TAKEN:
        remember(a, out->of->name, typed);
        return false;
    case QR_AGAIN:
        out->again = true;
        return false;
    default:
        return false;
    }
}

void arriving_forget(struct arriving *a, const struct qr_gathered *of)
{
    json_object_del(a->codes, of->name);
    qr_join_forget(&a->join, of->name);
}

void arriving_keep(const struct arriving *a, json_t *kept)
{
    json_object_set(kept, "codes", a->codes);
    if (a->text.size)
        json_object_set_new(kept, "begun", json_string(buf_text(&a->text)));
}

void arriving_restore(struct arriving *a, const json_t *kept)
{
    const char *begun = json_string_value(json_object_get(kept, "begun")), *name;
    json_t *list, *code;
    size_t i;
    json_object_foreach(json_object_get(kept, "codes"), name, list)
    {
        json_array_foreach(list, i, code)
        {
            struct arriving_code unsaid;
            arriving_take_code(a, json_string_value(code), &unsaid);
        }
    }
    buf_adds(&a->text, begun ? begun : "");
}
