/* SPDX-License-Identifier: MIT */
/* A dossier for machines: see dossier_say.h. */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/pouch/dossier_say.h"
#include "dossier_work.h"

static json_t *hex(const uint8_t *bytes, size_t size)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < size; i++)
        buf_addf(&text, "%02x", bytes[i]);
    json_t *json = json_string(buf_text(&text));
    buf_release(&text);
    return json;
}

static json_t *instant(struct instant at)
{
    char text[INSTANT_SIZE];

    return json_string(instant_format(at, text));
}

static json_t *lines(const char *text)
{
    json_t *list = json_array();

    for (; *text; text += strcspn(text, "\n") + (text[strcspn(text, "\n")] != '\0'))
        json_array_append_new(list, json_stringn(text, strcspn(text, "\n")));
    return list;
}

static const char *trust_word(enum trust trust)
{
    static const char *const words[] = {
        [TRUST_UNKNOWN] = "unknown",       [TRUST_QUARANTINED] = "quarantined",
        [TRUST_UNVERIFIED] = "unverified", [TRUST_CHECKED] = "checked",
        [TRUST_CERTIFIED] = "certified",
    };

    return words[trust];
}

static json_t *post_json(const struct dossier_check *check, const uint8_t id[POST_ID])
{
    const struct trust_post *post = trust_post_of(&check->trust, id);
    json_t *json = json_pack("{s:o}", "id", hex(id, POST_ID));

    if (!post)
        return json;
    json_object_set_new(json, "code", json_string(post->code ? post->code : ""));
    json_object_set_new(json, "name", json_string(post->name ? post->name : ""));
    json_object_set_new(json, "state",
                        json_string(post->secretariat ? CODE_SECRETARIAT : post->state));
    return json;
}

static json_t *number_of(const struct dossier_check *check, const struct dispatch *d)
{
    return d ? json_integer((json_int_t)dossier_number(check, d)) : json_null();
}

static json_t *crossings_json(unsigned crossings)
{
    json_t *list = json_array();

    for (unsigned bit = 0; bit < CROSSINGS; bit++)
        if (crossings & 1u << bit)
            json_array_append_new(list, json_string(crossing_label((enum crossing)(1u << bit))));
    return list;
}

static json_t *assistance_json(const struct dossier_check *check,
                               const struct conversation_item *item)
{
    const struct conversation_request *r =
        item->dispatch->kind == ACT_ASSIST &&
                conversation_counts(&check->conversation, (int)(item - check->conversation.items))
            ? dossier_request_of(check, item)
            : NULL;

    return number_of(check, r ? check->conversation.items[r->note].dispatch : NULL);
}

static json_t *item_json(const struct dossier_check *check, const struct dossier_item *item)
{
    const struct dispatch *d = &item->dispatch;
    const struct conversation_item *there = &check->conversation.items[item->place];
    const struct verdict *v = &there->verdict;
    json_t *to = json_array(), *json;

    for (size_t i = 0; i < d->audience.count; i++)
        json_array_append_new(to, json_string(d->audience.code[i]));
    json = json_pack(
        "{s:o, s:o, s:s, s:o, s:o, s:o, s:s, s:s, s:s?, s:s, s:o, s:o, s:i, s:O}", "number",
        number_of(check, d), "id", hex(d->id, ACT_ID_SIZE), "act", act_type(d->kind)->name, "at",
        instant(d->at), "post", post_json(check, d->author), "to", to, "trust",
        trust_word(d->trust), "standing", standing_name(v->standing), "reason", v->reason,
        "article", v->article ? v->article : "", "by", number_of(check, v->by), "crossings",
        crossings_json(v->crossings), "withheld", (int)item->withheld, "payload", item->payload);
    if (d->kind == ACT_ASSIST)
        json_object_set_new(json, "request", assistance_json(check, there));
    return json;
}

static json_t *requests_json(const struct dossier_check *check)
{
    const struct conversation *c = &check->conversation;
    json_t *list = json_array();

    for (size_t i = 0; i < c->request_count; i++) {
        const struct conversation_request *r = &c->requests[i];
        json_array_append_new(list, json_pack("{s:o, s:s, s:s, s:b, s:o}", "note",
                                              number_of(check, c->items[r->note].dispatch), "state",
                                              r->state, "status", request_status_name(r->status),
                                              "helped", r->helped, "crossings",
                                              crossings_json(r->crossings)));
    }
    return list;
}

static json_t *chains_json(const struct dossier_check *check)
{
    json_t *list = json_array();

    for (size_t i = 0; i < check->chain_count; i++) {
        const struct dossier_chain *chain = &check->chains[i];
        json_array_append_new(list, json_pack("{s:o, s:I, s:I, s:I}", "post",
                                              post_json(check, chain->author), "incarnation",
                                              (json_int_t)chain->incarnation, "here",
                                              (json_int_t)chain->here, "missing",
                                              (json_int_t)(chain->last - chain->here)));
    }
    return list;
}

json_t *dossier_json(const struct dossier_check *check, const char *causes)
{
    const struct dossier *d = check->dossier;
    const struct trust_version *v = trust_version_now(&check->trust);
    json_t *list = json_array();

    for (size_t i = 0; i < check->count; i++)
        json_array_append_new(list, item_json(check, &check->items[i]));
    return json_pack("{s:b, s:o, s:s, s:b, s:{s:o, s:o}, s:o, s:o, s:I, s:o, s:o, s:o, s:I}",
                     "believed", !*causes, "causes", lines(causes), "root", check->fingerprint,
                     "compared", check->compared, "case", "opener", hex(d->opener, OPENER),
                     "number", hex(d->number, CASE_NUMBER), "by", post_json(check, d->maker), "at",
                     instant(d->at), "directory", v ? (json_int_t)v->version : (json_int_t)0,
                     "dispatches", list, "requests", requests_json(check), "chains",
                     chains_json(check), "withheld", (json_int_t)check->withheld);
}
