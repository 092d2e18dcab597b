/* SPDX-License-Identifier: MIT */
#include "meeting_words.h"

#include "amparo/agreement/payload.h"

enum { HOURS_SHOWN = 72 }; /* longer times are told in days */

void meeting_add_word(const struct meeting_pages *r, const char *list, const char *key,
                      struct buf *out)
{
    if (!paper_word(r->language, list, key, out))
        buf_adds(out, key);
}

void meeting_add_next(struct buf *out, const char *between)
{
    if (out->size)
        buf_adds(out, between);
}

void meeting_add_part(const struct meeting_pages *r, struct buf *out)
{
    if (out->size)
        paper_semicolon(r->language, out);
}

void meeting_add_codes(const struct meeting_pages *r, const char *list, const json_t *codes,
                       struct buf *out)
{
    json_t *code;
    size_t i;

    json_array_foreach(codes, i, code)
    {
        buf_adds(out, i ? ", " : "");
        meeting_add_word(r, list, json_string_value(code), out);
    }
}

void meeting_add_country(const struct meeting_pages *r, const char *code, struct buf *out)
{
    paper_country_bare(r->language, code, out);
}

void meeting_add_countries(const struct meeting_pages *r, const json_t *codes, struct buf *out)
{
    json_t *code;
    size_t i;

    json_array_foreach(codes, i, code)
    {
        buf_adds(out, i ? ", " : "");
        meeting_add_country(r, json_string_value(code), out);
    }
}

void meeting_add_hours(const struct meeting_pages *r, long hours, struct buf *out)
{
    bool days = hours > HOURS_SHOWN;

    buf_addf(out, "%ld ", days ? hours / 24 : hours);
    meeting_add_word(r, "report", days ? "day" : "hour", out);
}

void meeting_add_span(const struct meeting_pages *r, const json_t *delay, struct buf *out)
{
    meeting_add_word(r, "step", payload_text(delay, "from"), out);
    buf_addc(out, ' ');
    meeting_add_word(r, "report", "to", out);
    buf_addc(out, ' ');
    meeting_add_word(r, "step", payload_text(delay, "to"), out);
}
