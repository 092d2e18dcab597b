/* SPDX-License-Identifier: MIT */
#include "amparo/tui/actrecord.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/base/mem.h"
#include "amparo/tui/actitems.h"

struct fault_count {
    const struct act_recording *r;
    size_t count;
    json_t *told;   /* by path: what cannot be read is not missing besides; or NULL */
    char first[40]; /* of several codes, while one stands for all */
};

static const char *lookup_value(void *ctx, const char *path)
{
    struct fault_count *faults = ctx;
    const struct act_recording *r = faults->r;
    const char *text = r->lookup(r->ctx, path);
    if (!text || r->correct || !act_several(r->kind, path))
        return text;
    snprintf(faults->first, sizeof faults->first, "%.*s", (int)strcspn(text, ", "), text);
    return faults->first;
}

static void count_fault(void *ctx, const char *path, const char *text)
{
    struct fault_count *faults = ctx;
    faults->count++;
    if (faults->told && json_object_get(faults->told, path))
        return;
    if (faults->told)
        json_object_set_new(faults->told, path, json_true());
    faults->r->fault(faults->r->ctx, path, text);
}

/* The payload itself is read as if it were correct; `transcribed` too, where the act has to. */
static json_t *read_payload(struct fault_count *faults)
{
    const struct act_recording *r = faults->r;
    const struct act_type *type = act_type(r->kind);
    json_t *payload = values_read(type->fields, r->w->now, lookup_value, count_fault, faults);
    if (act_is_transcribed(r->w, r->kind, payload)) {
        struct field pair[] = {act_transcribed_field, {.id = 0}};
        json_t *outer = values_read(pair, r->w->now, lookup_value, count_fault, faults);
        json_object_update(payload, outer);
        json_decref(outer);
    }
    return payload;
}

json_t *act_payload(const struct act_recording *r)
{
    struct fault_count faults = {.r = r};
    return read_payload(&faults);
}

/* Lines of payload_check() begin with their path; a line without one goes to "". */
static void tell_lines(struct fault_count *faults, const char *text, const char *before)
{
    while (*text) {
        size_t line = strcspn(text, "\n");
        size_t colon = strcspn(text, ":");
        char *path = xstrndup(text, colon < line ? colon : 0);
        const char *said = colon < line ? text + colon + 1 : text;
        char *rest = xstrndup(said, (size_t)(text + line - said));
        const char *known = path;
        if (strncmp(path, before, strlen(before)) == 0)
            known = path + strlen(before);
        count_fault(faults, known, rest + strspn(rest, " "));
        free(path);
        free(rest);
        text += line + (text[line] == '\n');
    }
}

static bool check(struct fault_count *faults, const json_t *payload)
{
    const struct act_type *type = act_type(faults->r->kind);
    struct error err = ERROR_INIT;
    bool ok = payload_check(type, payload, &err);
    if (!ok)
        tell_lines(faults, error_text(&err), "");
    error_release(&err);
    return ok;
}

/* The usual recipient of a purpose, unless another was typed for it alone. */
static void put_recipient(json_t *payload, const char *purpose, bool one_alone)
{
    const char *usual = consent_usual_recipient(purpose);
    if (usual && (!one_alone || !json_object_get(payload, "to")))
        json_object_set_new(payload, "to", json_string(_(usual)));
}

static json_t *with_code(const json_t *payload, const struct field *field, const char *code,
                         bool one_alone)
{
    json_t *copy = json_deep_copy(payload);
    bool number = field->type == FIELD_PERSON;
    json_object_set_new(copy, field->key,
                        number ? json_integer(strtol(code, NULL, 10)) : json_string(code));
    if (strcmp(field->key, "purpose") == 0)
        put_recipient(copy, code, one_alone);
    return copy;
}

/* Each payload once for each code that was ticked in that field; `all` is used up. */
static json_t *split_by(const struct fault_count *faults, json_t *all, const struct field *field)
{
    const struct act_recording *r = faults->r;
    const char *text = r->lookup(r->ctx, field->key);
    char *copy = xstrdup(text ? text : ""), *rest = copy, *code;
    bool one_alone = !strchr(copy, ',');
    json_t *out = json_array(), *payload;
    size_t i;

    while ((code = strtok_r(rest, ", ", &rest)))
        json_array_foreach(all, i, payload)
            json_array_append_new(out, with_code(payload, field, code, one_alone));
    free(copy);
    if (!json_array_size(out))
        json_array_extend(out, all);
    json_decref(all);
    return out;
}

/* Codes that are none; and purposes of which each has a recipient of its own. */
static void check_codes(struct fault_count *faults, const struct field *field)
{
    const char *text = faults->r->lookup(faults->r->ctx, field->key);
    char *copy = xstrdup(text ? text : ""), *rest = copy, *code;
    size_t named = 0;

    while ((code = strtok_r(rest, ", ", &rest))) {
        named += !consent_usual_recipient(code);
        if (field->codes && !code_label(field->codes, code))
            count_fault(faults, field->key, _("this is not in the list"));
    }
    if (strcmp(field->key, "purpose") == 0 && named > 1)
        count_fault(faults, field->key,
                    _("P4 to P8 each have a recipient of their own: one at a time"));
    free(copy);
}

/* One payload for each combination of codes that were ticked; or the payload itself. */
static json_t *split(const struct act_recording *r, json_t *payload, struct fault_count *faults)
{
    json_t *all = json_array();

    json_array_append(all, payload);
    for (const struct field *f = act_type(r->kind)->fields; !r->correct && f->id; f++)
        if (act_several(r->kind, f->key)) {
            check_codes(faults, f);
            all = split_by(faults, all, f);
        }
    return all;
}

/* A correction carries the whole act anew. */
static json_t *wrapped(const struct act_recording *r, json_t *payload)
{
    if (r->override)
        json_object_set_new(payload, act_override_field.key,
                            json_pack("{s:s}", "reason", r->override));
    if (r->doubts)
        json_object_set_new(payload, act_doubts_field.key, json_deep_copy(r->doubts));
    if (!r->correct)
        return json_incref(payload);
    const char *reason = r->lookup(r->ctx, ITEM_CORRECT_REASON);
    return json_pack("{s:s, s:s, s:O}", "of", r->correct, "reason", reason ? reason : "", "payload",
                     payload);
}

static bool record_one(const struct act_recording *r, json_t *payload, bool last,
                       struct recorded *out, struct error *err)
{
    json_t *whole = wrapped(r, payload);
    struct record_request request = {.reference = r->w->reference,
                                     .kind = r->correct ? ACT_CORRECT : r->kind,
                                     .payload = whole,
                                     .seen = r->seen,
                                     .draft = last ? r->draft : 0};
    bool ok = store_record(r->w->store, &request, out, err);
    json_decref(whole);
    return ok;
}

static bool record_all(const struct act_recording *r, json_t *all, struct recorded *out,
                       struct error *err)
{
    struct store *store = r->w->store;
    size_t count = json_array_size(all);
    if (count == 1)
        return record_one(r, json_array_get(all, 0), true, out, err);
    if (!store_batch_begin(store, err))
        return false;
    bool ok = true, recorded = false;
    for (size_t i = 0; ok && i < count; i++) {
        if (recorded)
            recorded_release(out);
        /* What the acts before this one wrote is ours: only the first looks for others'. */
        struct act_recording one = *r;
        one.seen = i ? 0 : r->seen;
        recorded = ok = record_one(&one, json_array_get(all, i), i + 1 == count, out, err);
    }
    struct error ending = ERROR_INIT;
    if (!store_batch_end(store, ok, ok ? err : &ending)) {
        if (ok)
            recorded_release(out);
        ok = false;
    }
    error_release(&ending);
    return ok;
}

/* ERROR_INPUT of the store goes to the fields that it names. */
static bool to_fields(struct fault_count *faults, struct error *err)
{
    if (err->kind != ERROR_INPUT)
        return false;
    tell_lines(faults, error_text(err), "payload.");
    error_clear(err);
    return true;
}

/* Of the first that has any: the others are alike. */
static void check_all(struct fault_count *faults, const json_t *all)
{
    size_t before = faults->count;

    for (size_t i = 0; i < json_array_size(all) && faults->count == before; i++)
        check(faults, json_array_get(all, i));
}

/* The payloads that would be recorded, one for each act; NULL where faults were told: all of them,
 * those of single values and those of the act as it would be. */
static json_t *payloads(struct fault_count *faults)
{
    const struct act_recording *r = faults->r;
    faults->told = json_object();
    json_t *payload = read_payload(faults), *all = split(r, payload, faults);
    const char *reason = r->correct ? r->lookup(r->ctx, ITEM_CORRECT_REASON) : NULL;

    if (r->correct && (!reason || !reason[strspn(reason, " ")]))
        count_fault(faults, ITEM_CORRECT_REASON, _("the reason is needed"));
    check_all(faults, all);
    json_decref(payload);
    json_decref(faults->told);
    faults->told = NULL;
    if (!faults->count)
        return all;
    json_decref(all);
    return NULL;
}

bool act_ready(const struct act_recording *r)
{
    struct fault_count faults = {.r = r};
    json_t *all = payloads(&faults);

    json_decref(all);
    return all != NULL;
}

bool act_record(const struct act_recording *r, struct recorded *out, struct error *err)
{
    struct fault_count faults = {.r = r};
    json_t *all = payloads(&faults);
    bool ok = all && record_all(r, all, out, err);

    if (all && !ok)
        to_fields(&faults, err);
    json_decref(all);
    return ok;
}
