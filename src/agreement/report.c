/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/report.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"

const struct delay_type delay_types[] = {
    {"opened", "poll"}, {"poll", "reply"},    {"reply", "note"},
    {"note", "help"},   {"opened", "closed"}, {NULL, NULL},
};

bool delay_hours(const json_t *digest, const struct delay_type *type, long *hours)
{
    const json_t *at = json_object_get(digest, "at");
    struct instant from, to;

    if (!instant_parse(payload_text(at, type->from), &from) ||
        !instant_parse(payload_text(at, type->to), &to) || to.seconds < from.seconds)
        return false;
    *hours = (long)((to.seconds - from.seconds) / 3600);
    return true;
}

json_t *money_rounded(int64_t units, const char *currency)
{
    int64_t whole = 1, step = 1;
    struct buf text = BUF_INIT;

    for (int i = currency_decimals(currency); i > 0; i--)
        whole *= 10;
    while (units / step >= 100)
        step *= 10;
    if (step < whole && units >= whole)
        step = whole;
    money_format(&text, (units + step / 2) / step * step, currency);
    char *amount = strchr(buf_text(&text), ' ') + 1, *point = strchr(amount, '.');
    if (point && step >= whole)
        *point = '\0';
    json_t *rounded = json_string(amount);
    buf_release(&text);
    return rounded;
}

/* ---- traits ---- */

static const struct {
    enum report_trait trait;
    const char *name;
} traits[] = {
    {TRAIT_AGE, N_("age")},
    {TRAIT_COUNTRY, N_("country")},
    {TRAIT_EVENT, N_("event")},
    {TRAIT_NATIONALITY, N_("nationality")},
};

/* Does the list with commas have the word? */
static bool is_listed(const char *list, const char *word, size_t size)
{
    for (; list && *list; list += strcspn(list, ","), list += *list == ',')
        if (strcspn(list, ",") == size && strncmp(list, word, size) == 0)
            return true;
    return false;
}

bool report_traits_parse(const char *text, unsigned *out, struct error *err)
{
    *out = 0;
    for (const char *word = text ? text : ""; *word;) {
        size_t size = strcspn(word, ","), i = 0;
        while (i < ARRAY_SIZE(traits) &&
               (strlen(traits[i].name) != size || strncmp(traits[i].name, word, size) != 0))
            i++;
        if (i == ARRAY_SIZE(traits))
            return error_set(err, ERROR_INPUT,
                             _("%.*s: what can be left out is age, country, event, nationality"),
                             (int)size, word);
        *out |= traits[i].trait;
        word += size + (word[size] == ',');
    }
    return true;
}

static json_t *trait_names(unsigned bits)
{
    json_t *list = json_array();

    for (size_t i = 0; i < ARRAY_SIZE(traits); i++)
        if (bits & traits[i].trait)
            json_array_append_new(list, json_string(traits[i].name));
    return list;
}

/* ---- one case ---- */

static void copy(json_t *to, const json_t *from, const char *key)
{
    json_t *value = json_object_get(from, key);

    if (value)
        json_object_set(to, key, value);
}

static json_t *copy_list(const json_t *from, const char *key)
{
    json_t *list = json_object_get(from, key);

    return list ? json_incref(list) : json_array();
}

static json_t *persons_of(const json_t *digest, unsigned left_out)
{
    json_t *list = json_array(), *person;
    size_t i;

    json_array_foreach(json_object_get(digest, "persons"), i, person)
    {
        json_t *shown = json_object();
        if (!(left_out & TRAIT_NATIONALITY))
            copy(shown, person, "nationalities");
        if (!(left_out & TRAIT_AGE))
            copy(shown, person, "age");
        json_array_append_new(list, shown);
    }
    return list;
}

/* What a reader may know who it is by, as far as it is told. */
static void put_traits(json_t *to, const json_t *digest, unsigned left_out)
{
    if (!(left_out & TRAIT_COUNTRY))
        copy(to, digest, "receiving");
    if (!(left_out & TRAIT_NATIONALITY))
        copy(to, digest, "requesting");
    if (!(left_out & TRAIT_EVENT)) {
        copy(to, digest, "grounds");
        copy(to, digest, "conflict");
    }
    json_object_set_new(to, "persons", persons_of(digest, left_out));
}

/* What was presented as pending may be closed by now. */
static bool is_known(const struct report_item *item, const char *step)
{
    return !item->pending || strcmp(step, "closed") != 0;
}

/* Days, not hours of the day: nobody needs those to learn from it. */
static json_t *dates_of(const struct report_item *item)
{
    json_t *dates = json_object(), *value;
    const char *key;

    json_object_foreach(json_object_get(item->digest, "at"), key, value) if (is_known(item, key))
        json_object_set_new(dates, key, json_stringn(json_string_value(value), DATE_SIZE - 1));
    return dates;
}

static json_t *delays_of(const struct report_item *item)
{
    json_t *list = json_array();
    long hours;

    for (const struct delay_type *d = delay_types; d->from; d++)
        if (is_known(item, d->to) && delay_hours(item->digest, d, &hours))
            json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "from", d->from, "to", d->to,
                                                  "hours", (json_int_t)hours));
    return list;
}

static json_t *costs_of(const json_t *digest)
{
    json_t *list = json_array(), *sum;
    size_t i;

    json_array_foreach(json_object_get(digest, "costs"), i, sum)
    {
        const char *currency = payload_text(sum, "currency");
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:o}", "source", payload_text(sum, "source"), "currency",
                      currency, "amount",
                      money_rounded(json_integer_value(json_object_get(sum, "units")), currency)));
    }
    return list;
}

/* What was written for this meeting, by the last word on it. */
static void put_said(json_t *to, const json_t *digest, const char *on)
{
    json_t *report;
    size_t i;

    json_array_foreach(json_object_get(digest, "reports"), i, report)
    {
        if (strcmp(payload_text(report, "on"), on) != 0)
            continue;
        copy(to, report, "provided");
        copy(to, report, "lessons");
        copy(to, report, "proposal");
        copy(to, report, "remarks");
        copy(to, report, "decisions");
    }
}

static json_t *case_of(const struct report_order *order, const struct report_item *item)
{
    json_t *out = json_pack("{s:s, s:b, s:b}", "pseudonym", item->pseudonym, "pending",
                            item->pending, "presented", item->presented);

    if (item->due)
        json_object_set_new(out, "due", json_string(item->due));
    put_traits(out, item->digest, order->left_out);
    json_object_set_new(out, "needs", copy_list(item->digest, "needs"));
    json_object_set_new(out, "help", copy_list(item->digest, "help"));
    if (!item->pending) {
        json_object_set_new(out, "outcome", copy_list(item->digest, "outcome"));
        copy(out, item->digest, "exit");
        json_object_set_new(out, "unmet", copy_list(item->digest, "unmet"));
    }
    json_object_set_new(out, "dates", dates_of(item));
    json_object_set_new(out, "delays", delays_of(item));
    json_object_set_new(out, "costs", costs_of(item->digest));
    put_said(out, item->digest, order->on);
    return out;
}

/* ---- who stands out ---- */

struct combination {
    char *key;
    size_t item;
};

static int by_key(const void *a, const void *b)
{
    const struct combination *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static char *text_of(const json_t *value)
{
    return value ? json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) : xstrdup("");
}

/* One for each person: nationality, country, age and event, as far as they are told. */
static size_t combine(const json_t *digest, unsigned left_out, size_t item,
                      struct combination **list, size_t count)
{
    json_t *told = json_object();

    put_traits(told, digest, left_out);
    json_t *persons = json_incref(json_object_get(told, "persons")), *person;
    json_object_del(told, "persons");
    char *common = text_of(told);
    size_t i;
    json_array_foreach(persons, i, person)
    {
        char *own = text_of(person);
        *list = xreallocarray(*list, count + 1, sizeof **list);
        (*list)[count++] = (struct combination){xasprintf("%s%s", common, own), item};
        free(own);
    }
    free(common);
    json_decref(persons);
    json_decref(told);
    return count;
}

/* Marks each item in which somebody has a combination that no other item has. */
static void find_unique(const struct report_item *items, size_t count, unsigned left_out,
                        bool *unique)
{
    struct combination *list = NULL;
    size_t n = 0;

    memset(unique, 0, count * sizeof *unique);
    for (size_t i = 0; i < count; i++)
        n = combine(items[i].digest, left_out, i, &list, n);
    if (n)
        qsort(list, n, sizeof *list, by_key);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && strcmp(list[end].key, list[i].key) == 0;)
            end++;
        if (list[i].item == list[end - 1].item)
            unique[list[i].item] = true;
    }
    for (size_t i = 0; i < n; i++)
        free(list[i].key);
    free(list);
}

static int bits_of(unsigned mask)
{
    return mask ? (int)(mask & 1) + bits_of(mask >> 1) : 0;
}

/* The least that, left out of the whole report besides what is left out already, hides each of
 * those items; 0: nothing does. */
static void find_cures(const struct report_order *order, const struct report_item *items,
                       size_t count, const bool *unique, unsigned *cures)
{
    bool *still = xcalloc(count + 1, sizeof *still);

    for (int bits = 1; bits <= 4; bits++)
        for (unsigned mask = 1; mask <= TRAIT_ALL; mask++) {
            if (bits_of(mask) != bits || (mask & order->left_out))
                continue;
            find_unique(items, count, order->left_out | mask, still);
            for (size_t i = 0; i < count; i++)
                if (unique[i] && !still[i] && !cures[i])
                    cures[i] = mask;
        }
    free(still);
}

static json_t *unique_ones(const struct report_order *order, const struct report_item *items,
                           size_t count)
{
    bool *unique = xcalloc(count + 1, sizeof *unique), any = false;
    unsigned *cures = xcalloc(count + 1, sizeof *cures);
    json_t *list = json_array();

    find_unique(items, count, order->left_out, unique);
    for (size_t i = 0; i < count; i++)
        any = any || unique[i];
    if (any)
        find_cures(order, items, count, unique, cures);
    for (size_t i = 0; i < count; i++) {
        if (!unique[i])
            continue;
        json_t *one = json_pack("{s:s}", "pseudonym", items[i].pseudonym);
        put_traits(one, items[i].digest, order->left_out);
        json_object_set_new(one, "leave_out", cures[i] ? trait_names(cures[i]) : json_null());
        json_array_append_new(list, one);
    }
    free(unique);
    free(cures);
    return list;
}

/* ---- all of it ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each once, by their codes and not by how much they did. */
static json_t *helpers(const struct report_item *items, size_t count)
{
    const char **states = NULL;
    json_t *list = json_array(), *help;
    size_t n = 0, i;

    for (size_t k = 0; k < count; k++)
        json_array_foreach(json_object_get(items[k].digest, "help"), i, help)
        {
            states = xreallocarray(states, n + 1, sizeof *states);
            states[n++] = payload_text(help, "state");
        }
    if (n)
        qsort(states, n, sizeof *states, by_text);
    for (size_t k = 0; k < n; k++)
        if (!k || strcmp(states[k], states[k - 1]) != 0)
            json_array_append_new(list, json_string(states[k]));
    free(states);
    return list;
}

static bool is_told(const struct report_order *order, const struct report_item *item)
{
    const char *until = payload_text(item->digest, "consent_until");

    return json_is_true(json_object_get(item->digest, "consent")) &&
           (!*until || strcmp(until, order->on) >= 0) &&
           !is_listed(order->counted, item->pseudonym, strlen(item->pseudonym));
}

json_t *report_make(const struct report_order *order)
{
    struct report_item *told = xcalloc(order->count + 1, sizeof *told);
    json_t *cases = json_array();
    size_t count = 0, counted[2] = {0, 0};

    for (size_t i = 0; i < order->count; i++) {
        const struct report_item *item = &order->items[i];
        if (json_is_true(json_object_get(item->digest, "hidden")))
            continue;
        if (is_told(order, item)) {
            told[count++] = *item;
            json_array_append_new(cases, case_of(order, item));
        } else {
            counted[item->pending]++;
        }
    }
    json_t *report = json_pack(
        "{s:o, s:{s:I, s:I}, s:o, s:o, s:o}", "cases", cases, "counted", "concluded",
        (json_int_t)counted[0], "pending", (json_int_t)counted[1], "helpers", helpers(told, count),
        "left_out", trait_names(order->left_out), "unique", unique_ones(order, told, count));
    free(told);
    return report;
}
