/* SPDX-License-Identifier: MIT */
/* The set of dispatches put in order: what names what, and who knew what. */
#include "conversation_fold.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* The fields by which one names another; what is needed is waited for where it is not here. */
static const struct {
    const char *key;
    bool needed;
} names[] = {
    {"note", true},         {"of", true},      {"amends", true},
    {"same_as", true},      {"answer", false}, /* these may be for fewer readers than what names
                                                  them */
    {"in_reply_to", false},
};

/* ---- ids ---- */

static bool hex_digit(char c, unsigned *value)
{
    if (c >= '0' && c <= '9')
        *value = (unsigned)(c - '0');
    else if (c >= 'a' && c <= 'f')
        *value = (unsigned)(c - 'a') + 10;
    else
        return false;
    return true;
}

bool id_parse(const char *hex, uint8_t *id, size_t size)
{
    unsigned high, low;

    if (strlen(hex) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (!hex_digit(hex[2 * i], &high) || !hex_digit(hex[2 * i + 1], &low))
            return false;
        id[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    return memcmp(((const struct place *)a)->d->id, ((const struct place *)b)->d->id, ACT_ID_SIZE);
}

/* The node whose id begins so, or NO_ITEM. */
static int find(const struct fold *f, const uint8_t *id, size_t size)
{
    size_t low = 0, high = f->said;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(f->by_id[middle].d->id, id, size);
        if (order == 0)
            return f->by_id[middle].at;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_ITEM;
}

void state_copy(char out[STATE_SIZE], const char *code)
{
    memset(out, 0, STATE_SIZE);
    if (strlen(code) == STATE_SIZE - 1)
        memcpy(out, code, STATE_SIZE);
}

/* ---- chains ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int chain_order(const struct dispatch *a, const struct dispatch *b)
{
    int order = compare_numbers(a->incarnation, b->incarnation);

    return order ? order : compare_numbers(a->sequence, b->sequence);
}

static int usual_order(const void *pa, const void *pb)
{
    const struct dispatch *a = *(const struct dispatch *const *)pa;
    const struct dispatch *b = *(const struct dispatch *const *)pb;
    int order = memcmp(a->author, b->author, POST_ID);

    if (!order)
        order = chain_order(a, b);
    return order ? order : memcmp(a->id, b->id, ACT_ID_SIZE);
}

static bool same_author(const struct dispatch *a, const struct dispatch *b)
{
    return memcmp(a->author, b->author, POST_ID) == 0;
}

static bool same_chain(const struct dispatch *a, const struct dispatch *b)
{
    return same_author(a, b) && a->incarnation == b->incarnation;
}

bool node_same_chain(const struct fold *f, int i, int x)
{
    return same_chain(f->nodes[i].d, f->nodes[x].d);
}

bool node_chain_before(const struct fold *f, int x, int i)
{
    return same_author(f->nodes[x].d, f->nodes[i].d) &&
           chain_order(f->nodes[x].d, f->nodes[i].d) < 0;
}

/* ---- what a node names ---- */

/* Of the raw list: into prev and named, as nodes of it. */
static void resolve(struct fold *f, struct node *n)
{
    static const uint8_t none[PREV_SIZE];

    n->prev = NO_ITEM;
    n->gap = NO_ITEM;
    n->subject = NO_ITEM;
    n->named_count = n->needed_count = 0;
    n->lacks = NULL;
    if (memcmp(n->d->prev, none, PREV_SIZE) != 0) {
        n->prev = find(f, n->d->prev, PREV_SIZE);
        n->gap = n->prev == NO_ITEM ? 0 : NO_ITEM; /* which one is said when it has its place */
    }
    for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
        const char *hex = payload_text(n->d->payload, names[k].key);
        uint8_t id[ACT_ID_SIZE];
        int at = id_parse(hex, id, sizeof id) ? find(f, id, sizeof id) : NO_ITEM;
        if (at == NO_ITEM && *hex && names[k].needed && !n->lacks)
            n->lacks = names[k].key;
        if (at == NO_ITEM || n->named_count == NAMED_MOST)
            continue;
        if (k < 2 && n->subject == NO_ITEM)
            n->subject = at;
        n->named[n->named_count++] = at;
        n->needed_count += names[k].needed;
    }
}

size_t conversation_names(const struct conversation *conversation, int item, int *out, size_t room)
{
    const json_t *payload = conversation->items[item].dispatch->payload;
    size_t count = 0;

    for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
        uint8_t id[ACT_ID_SIZE];
        bool named = id_parse(payload_text(payload, names[k].key), id, sizeof id);
        int at = named ? conversation_find(conversation, id) : NO_ITEM;
        if (at == NO_ITEM)
            continue;
        if (count < room)
            out[count] = at;
        count++;
    }
    return count;
}

size_t fold_lacking(const struct node *n, uint8_t id[ACT_ID_SIZE])
{
    return n->lacks && id_parse(payload_text(n->d->payload, n->lacks), id, ACT_ID_SIZE)
               ? ACT_ID_SIZE
               : 0;
}

/* ---- the order ---- */

struct walk {
    int *order; /* nodes of the raw list, each after what it names */
    size_t count;
    int *step; /* of each, how many of its names were gone to; 0: it was not seen yet */
    int *stack;
};

static int name_of(const struct node *n, int k)
{
    return k == 0 ? n->prev : n->named[k - 1];
}

/* Depth first, without recursion: a chain may be long. Ids are hashes, so there are no circles; one
 * made up would only be cut somewhere. */
static void walk_from(const struct fold *raw, struct walk *w, int start)
{
    size_t depth = 0;

    w->stack[depth++] = start;
    while (depth) {
        int i = w->stack[depth - 1], k = w->step[i]++;
        if ((size_t)k > raw->nodes[i].named_count) {
            w->order[w->count++] = i;
            depth--;
            continue;
        }
        int next = name_of(&raw->nodes[i], k);
        if (next != NO_ITEM && !w->step[next])
            w->stack[depth++] = next;
    }
}

/* By the clocks, so that it reads as it was said; where one names another, that one comes first
 * whatever the clocks say. */
static int by_clock(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;
    int order = instant_compare(a->d->at, b->d->at);

    return order ? order : usual_order(&a->d, &b->d);
}

static void order_nodes(const struct fold *raw, struct walk *w)
{
    struct place *start = xcalloc(raw->count + 1, sizeof *start);

    w->order = xcalloc(raw->count + 1, sizeof *w->order);
    w->step = xcalloc(raw->count + 1, sizeof *w->step);
    w->stack = xcalloc(raw->count + 1, sizeof *w->stack);
    w->count = 0;
    for (size_t i = 0; i < raw->count; i++)
        start[i] = (struct place){.d = raw->nodes[i].d, .at = (int)i};
    qsort(start, raw->count, sizeof *start, by_clock);
    for (size_t i = 0; i < raw->count; i++)
        if (!w->step[start[i].at])
            walk_from(raw, w, start[i].at);
    free(start);
}

static void walk_release(struct walk *w)
{
    free(w->order);
    free(w->step);
    free(w->stack);
}

/* ---- the nodes ---- */

static size_t take_list(struct fold *raw, const struct dispatch *const *set, size_t count,
                        const struct dispatch *candidate)
{
    const struct dispatch **list = xcalloc(count + 1, sizeof *list);
    size_t kept = 0;

    if (count)
        memcpy(list, set, count * sizeof *list);
    qsort(list, count, sizeof *list, usual_order);
    raw->nodes = xcalloc(count + 2, sizeof *raw->nodes);
    raw->by_id = xcalloc(count + 1, sizeof *raw->by_id);
    for (size_t i = 0; i < count; i++)
        if (!kept || memcmp(list[i]->id, raw->nodes[kept - 1].d->id, ACT_ID_SIZE) != 0)
            raw->nodes[kept++].d = list[i];
    raw->said = kept;
    if (candidate)
        raw->nodes[kept++] = (struct node){.d = candidate, .candidate = true};
    free(list);
    return kept;
}

/* The list is in the order of chains; what is not said yet comes last. */
static void count_before(struct fold *raw)
{
    struct node *next = raw->count > raw->said ? &raw->nodes[raw->said] : NULL;

    for (size_t i = 0; i < raw->said; i++) {
        struct node *n = &raw->nodes[i], *last = i ? &raw->nodes[i - 1] : NULL;
        if (last && same_chain(last->d, n->d))
            n->before = last->before + (last->d->sequence < n->d->sequence);
        if (next && same_chain(n->d, next->d) && n->d->sequence < next->d->sequence)
            next->before = n->before + 1;
    }
}

static void index_ids(struct fold *f)
{
    size_t count = 0;

    for (size_t i = 0; i < f->count; i++)
        if (!f->nodes[i].candidate)
            f->by_id[count++] = (struct place){.d = f->nodes[i].d, .at = (int)i};
    qsort(f->by_id, count, sizeof *f->by_id, by_id);
}

static enum act_side side_of(const struct fold *f, const struct dispatch *d)
{
    if (d->secretariat)
        return SIDE_ANY;
    return strcmp(d->state, f->world->requesting) ? SIDE_ASSISTING : SIDE_REQUESTING;
}

/* The first form of the same request: an e-mail, of its paper original. */
static bool is_same_request(const struct node *n, const struct node *named)
{
    return named->d->kind == ACT_NOTE && payload_is(n->says, "kind", "REQ") &&
           payload_is(named->says, "kind", "REQ") && strcmp(n->d->state, named->d->state) == 0 &&
           strcmp(note_addressee(n->says), note_addressee(named->says)) == 0;
}

/* What it says in the end, and of what. Those that it names are complete. */
static void settle_meaning(struct fold *f, int i)
{
    struct node *n = &f->nodes[i];
    const char *same = payload_text(n->d->payload, "same_as");
    uint8_t id[ACT_ID_SIZE];
    int first = id_parse(same, id, sizeof id) ? find(f, id, sizeof id) : NO_ITEM;

    n->root = i;
    n->as = n->d->kind;
    n->says = n->d->payload;
    if (n->as == ACT_CORRECT) {
        const json_t *anew = json_object_get(n->d->payload, "payload");
        n->says = json_is_object(anew) ? anew : NULL;
        if (n->subject != NO_ITEM) {
            n->root = f->nodes[n->subject].root;
            n->as = f->nodes[n->subject].as;
        }
    }
    if (n->d->kind == ACT_NOTE && first != NO_ITEM && first < i &&
        is_same_request(n, &f->nodes[first]))
        n->root = f->nodes[first].root;
}

static bool sees(const struct dispatch *d, const struct dispatch *named)
{
    for (size_t i = 0; i < d->audience.count; i++)
        if (!audience_has(&named->audience, d->audience.code[i]) &&
            strcmp(named->state, d->audience.code[i]) != 0)
            return false;
    return true;
}

static uint64_t *row(const struct fold *f, uint64_t *rows, int i)
{
    return rows + (size_t)i * f->words;
}

static bool has(const struct fold *f, uint64_t *rows, int i, int x)
{
    return row(f, rows, i)[x / 64] >> (x % 64) & 1;
}

/* What x has in `from`, and x. */
static void add_row(const struct fold *f, uint64_t *rows, int i, uint64_t *from, int x)
{
    for (size_t w = 0; w < f->words; w++)
        row(f, rows, i)[w] |= row(f, from, x)[w];
    row(f, rows, i)[x / 64] |= UINT64_C(1) << (x % 64);
}

/* Somebody else's, whose word weighs something. */
static bool is_others(const struct node *n, const struct node *named)
{
    return !n->candidate && n->d->trust >= TRUST_UNVERIFIED &&
           strcmp(n->d->state, named->d->state) != 0;
}

/* By each name: what lay before the author, since it would have waited for it else. */
static void settle_named(struct fold *f, int i)
{
    const struct node *n = &f->nodes[i];

    for (int k = 0; (size_t)k <= n->named_count; k++) {
        int x = name_of(n, k);
        if (x == NO_ITEM || x >= i || !sees(n->d, f->nodes[x].d))
            continue;
        if (k == 0)
            add_row(f, f->chain, i, f->chain, x);
        if (k == 0 && same_author(n->d, f->nodes[x].d))
            add_row(f, f->named, i, f->named, x);
        if ((size_t)k <= n->needed_count)
            add_row(f, f->firm, i, k == 0 ? f->chain : f->firm, x);
        add_row(f, f->named, i, k == 0 ? f->chain : f->firm, x);
    }
    for (int x = 0; x < i; x++)
        if (has(f, f->firm, i, x) && is_others(n, &f->nodes[x]))
            f->nodes[x].built_on = true;
}

/* Those that name it are complete. */
static void settle_answered(struct fold *f, int i)
{
    const struct node *n = &f->nodes[i];

    for (size_t k = 0; k < n->needed_count; k++)
        if (n->named[k] < i && (n->answered || is_others(n, &f->nodes[n->named[k]])))
            f->nodes[n->named[k]].answered = true;
}

/* When it is clear what is built on. */
static void settle_known(struct fold *f, int i)
{
    memcpy(row(f, f->known, i), row(f, f->named, i), f->words * sizeof *f->known);
    for (size_t x = 0; x < f->count && !f->nodes[i].built_on; x++)
        if (node_chain_before(f, (int)x, i) && sees(f->nodes[i].d, f->nodes[x].d))
            add_row(f, f->known, i, f->named, (int)x);
}

static void settle_gap(struct fold *f, int i)
{
    struct node *n = &f->nodes[i];

    if (n->gap != NO_ITEM)
        n->gap = i;
    else if (n->prev != NO_ITEM && n->prev < i)
        n->gap = f->nodes[n->prev].gap;
}

/* Those that much else is held against. */
static void list_kinds(struct fold *f)
{
    f->corrections = xcalloc(f->count + 1, sizeof *f->corrections);
    f->enders = xcalloc(f->count + 1, sizeof *f->enders);
    for (size_t i = 0; i < f->count; i++) {
        enum act_kind kind = f->nodes[i].d->kind;
        if (kind == ACT_CORRECT)
            f->corrections[f->correction_count++] = (int)i;
        if (kind == ACT_WITHDRAW || kind == ACT_ANNUL || kind == ACT_DECLINE)
            f->enders[f->ender_count++] = (int)i;
    }
}

void fold_arrange(struct fold *f, const struct dispatch *const *set, size_t count,
                  const struct dispatch *candidate, const struct conversation_world *world)
{
    struct fold raw = {.world = world};
    struct walk w;

    raw.count = take_list(&raw, set, count, candidate);
    count_before(&raw);
    index_ids(&raw);
    for (size_t i = 0; i < raw.count; i++)
        resolve(&raw, &raw.nodes[i]);
    order_nodes(&raw, &w);
    *f = (struct fold){.world = world, .count = raw.count, .said = raw.said, .by_id = raw.by_id};
    f->nodes = xcalloc(f->count + 1, sizeof *f->nodes);
    for (size_t i = 0; i < f->count; i++)
        f->nodes[i] = raw.nodes[w.order[i]];
    index_ids(f);
    f->words = (f->count + 63) / 64;
    f->chain = xcalloc(f->count * f->words + 1, sizeof *f->chain);
    f->firm = xcalloc(f->count * f->words + 1, sizeof *f->firm);
    f->named = xcalloc(f->count * f->words + 1, sizeof *f->named);
    f->known = xcalloc(f->count * f->words + 1, sizeof *f->known);
    for (size_t i = 0; i < f->count; i++) {
        f->nodes[i].side = side_of(f, f->nodes[i].d);
        f->nodes[i].tenure = -1;
        f->nodes[i].since = NO_ITEM;
        resolve(f, &f->nodes[i]);
    }
    for (size_t i = 0; i < f->count; i++) {
        settle_meaning(f, (int)i);
        settle_named(f, (int)i);
        settle_gap(f, (int)i);
    }
    for (size_t i = f->count; i-- > 0;)
        settle_answered(f, (int)i);
    for (size_t i = 0; i < f->count; i++)
        settle_known(f, (int)i);
    list_kinds(f);
    walk_release(&w);
    free(raw.nodes);
}

void fold_release(struct fold *f)
{
    free(f->nodes);
    free(f->by_id);
    free(f->corrections);
    free(f->enders);
    free(f->chain);
    free(f->firm);
    free(f->named);
    free(f->known);
    *f = (struct fold){.count = 0};
}

/* ---- who knew what ---- */

bool node_sees(const struct fold *f, int i, int x)
{
    return sees(f->nodes[i].d, f->nodes[x].d);
}

bool node_knew(const struct fold *f, int i, int x)
{
    if (i == x)
        return false;
    if (f->nodes[i].candidate)
        return true;
    return has(f, f->known, i, x);
}

bool node_names(const struct fold *f, int i, int x)
{
    return has(f, f->named, i, x);
}

bool node_follows(const struct fold *f, int y, int x)
{
    return node_chain_before(f, x, y) || node_knew(f, y, x);
}

bool node_heeds(const struct fold *f, int i, int x)
{
    int since = f->nodes[x].since;

    return node_knew(f, i, x) && (since == NO_ITEM || node_knew(f, i, since));
}

bool node_ends(const struct fold *f, int x, int request)
{
    const struct node *n = &f->nodes[x];

    if (n->subject == NO_ITEM || !node_same_root(f, n->subject, request))
        return false;
    return n->d->kind == ACT_WITHDRAW || n->d->kind == ACT_DECLINE ||
           (n->d->kind == ACT_ANNUL && n->subject == f->nodes[request].root);
}
