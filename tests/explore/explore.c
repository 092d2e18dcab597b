/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"
#include "rows.h"

#define NOW_TEXT "2026-03-20T12:00:00+00:00"

static const struct play *play; /* of the last exploration */

/* ---- a real case ---- */

static const json_t *directory(void)
{
    static json_t *made; /* kept to the end */

    if (!made)
        made = json_pack("{s:{s:s}, s:{s:s, s:s}, s:{s:s}, s:[{s:s, s:s, s:s, s:s}]}", "instrument",
                         "status", "pilot", "parties", "HN", "2026-01-10", "MX", "2026-01-10",
                         "lists", "HN", "2026-02-01", "posts", "state", "MX", "country", "AE",
                         "city", "Abu Dhabi", "kind", "embassy");
    return made;
}

/* The id of the last request of the case, or of its last cost; of no act where there is none. */
static void last_id(const struct case_file *c, bool cost, char hex[2 * ACT_ID_SIZE + 1])
{
    const struct entry *last = cost ? case_last(c, ACT_COST) : NULL;

    for (const struct entry *e = NULL; !cost && (e = case_next(c, e, ACT_NOTE));)
        if (!strcmp(entry_text(e, "kind"), "REQ"))
            last = e;
    act_id_hex(last ? last->act->id : (const unsigned char[ACT_ID_SIZE]){0}, hex);
}

/* "kind {…}" with ' for ", and @NOTE and @COST for the id of the last one: a new reference. */
static json_t *payload_of(const struct case_file *c, const char *text, enum act_kind *kind)
{
    const char *brace = strchr(text, '{');
    char name[24], hex[2 * ACT_ID_SIZE + 1];
    struct buf json = BUF_INIT;
    struct error err = ERROR_INIT;

    snprintf(name, sizeof name, "%.*s", (int)(brace - text - 1), text);
    const struct act_type *type = act_type_named(name);
    for (const char *p = brace; *p; p++)
        if (*p == '@') {
            last_id(c, !strncmp(p, "@COST", 5), hex);
            buf_adds(&json, hex);
            p += 4;
        } else {
            buf_addc(&json, *p == '\'' ? '"' : *p);
        }
    json_t *payload = json_loads(buf_text(&json), 0, NULL);
    if (!type || !payload || !payload_check(type, payload, &err)) {
        fprintf(stderr, "%s\n%s\n", text, error_text(&err));
        BUG("a payload of the table is wrong");
    }
    *kind = type->kind;
    buf_release(&json);
    return payload;
}

/* The same for an act of the table; those that refer to nothing are made once. */
static json_t *payload_said(const struct case_file *c, size_t n, enum act_kind *kind)
{
    static json_t *made[PLAYS][64]; /* kept to the end */
    static enum act_kind kinds[PLAYS][64];
    size_t p = (size_t)(play - plays);

    if (strchr(play->acts[n].text, '@'))
        return payload_of(c, play->acts[n].text, kind);
    if (!made[p][n])
        made[p][n] = payload_of(c, play->acts[n].text, &kinds[p][n]);
    *kind = kinds[p][n];
    return json_incref(made[p][n]);
}

static void add(struct case_file *c, enum act_kind kind, json_t *payload, enum role role)
{
    struct act act = {.kind = kind,
                      .payload = payload,
                      .by = xstrdup("Ana Pineda"),
                      .signer = xstrdup(role == ROLE_HEAD ? "aa" : "bb"),
                      .role = role,
                      .post = xstrdup("HNTGU")};

    memset(act.id, (int)c->count + 1, sizeof act.id);
    memcpy(act.at, NOW_TEXT, sizeof NOW_TEXT);
    case_add(c, &act);
}

static void begin(struct case_file *c)
{
    enum act_kind kind;

    case_init(c, "HNTGU-2026-0001", play->post_state);
    for (size_t i = 0; play->prelude[i]; i++) {
        json_t *payload = payload_of(c, play->prelude[i], &kind);
        add(c, kind, payload, ROLE_HEAD);
    }
}

static void say(struct case_file *c, size_t n)
{
    enum act_kind kind;
    json_t *payload = payload_said(c, n, &kind);

    add(c, kind, payload, play->acts[n].role);
}

static void replay(struct case_file *c, const struct sequence *sequence)
{
    begin(c);
    for (size_t i = 0; i < sequence->length; i++)
        say(c, sequence->acts[i]);
}

/* What the store asks before it records. */
static bool is_let_in(const struct case_file *c, size_t n)
{
    struct gate_findings found;
    enum act_kind kind;
    json_t *payload = payload_said(c, n, &kind);
    bool head = play->acts[n].role == ROLE_HEAD;
    struct gate_input in = {.c = c,
                            .kind = kind,
                            .payload = payload,
                            .directory = directory(),
                            .now = NOW_TEXT,
                            .role = play->acts[n].role,
                            .signer = head ? "aa" : "bb",
                            .heads = 1,
                            .enrolled = 1};
    bool open = case_check(c, kind, payload, NOW_TEXT, NULL);

    if (open) {
        open = gate_check(&in, english, &found);
        gate_findings_release(&found);
    }
    json_decref(payload);
    return open;
}

/* ---- stories met, with one sequence to each ---- */

struct node {
    struct story story;
    struct sequence sequence;
    uint64_t let_in; /* which acts; of those it was asked */
    bool asked;
};

static struct {
    struct node *list;
    size_t count, room;
    size_t *table; /* places in list, plus one; 0: free */
    size_t slots;
} met;

static void forget(void)
{
    free(met.list);
    free(met.table);
    memset(&met, 0, sizeof met);
}

static size_t hash(const struct story *s)
{
    const unsigned char *bytes = (const unsigned char *)s;
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < sizeof *s; i++)
        h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ h >> 32);
}

/* The slot of that story, or the free one where it belongs. */
static size_t *slot_of(const struct story *s)
{
    size_t at = hash(s) & (met.slots - 1);

    while (met.table[at] && memcmp(&met.list[met.table[at] - 1].story, s, sizeof *s) != 0)
        at = (at + 1) & (met.slots - 1);
    return &met.table[at];
}

static void grow(void)
{
    free(met.table);
    met.slots = met.slots ? 2 * met.slots : 4096;
    met.table = xcalloc(met.slots, sizeof *met.table);
    for (size_t i = 0; i < met.count; i++)
        *slot_of(&met.list[i].story) = i + 1;
}

/* Remembers the story where it is a new one. */
static void meet(const struct story *story, const struct sequence *sequence)
{
    if (2 * (met.count + 1) > met.slots)
        grow();
    size_t *slot = slot_of(story);
    if (*slot)
        return;
    if (met.count == met.room) {
        met.room = met.room ? 2 * met.room : 1024;
        met.list = xreallocarray(met.list, met.room, sizeof *met.list);
    }
    met.list[met.count] = (struct node){.story = *story, .sequence = *sequence};
    *slot = ++met.count;
}

/* ---- the search ---- */

/* Asks of every act; those let in lead on. True where nothing was let in against the agreement. */
static bool expand(size_t at, struct exploration *out)
{
    struct case_file c;
    struct node node = met.list[at];
    bool fine = true;

    replay(&c, &node.sequence);
    for (size_t n = 0; n < play->count && fine; n++) {
        const struct act_said *act = &play->acts[n];
        struct sequence longer = node.sequence;
        struct story after = node.story;
        if (!story_can_say(&node.story, act))
            continue;
        out->transitions++;
        if (!is_let_in(&c, n)) {
            out->refused++;
            continue;
        }
        node.let_in |= UINT64_C(1) << n;
        longer.acts[longer.length++] = (uint8_t)n;
        out->objection = story_objection(&node.story, act);
        if (out->objection) {
            out->sequence = longer;
            fine = false;
        }
        story_say(&after, act);
        if (after.full)
            BUG("a story with more requests than it can hold");
        meet(&after, &longer);
    }
    met.list[at].let_in = node.let_in;
    met.list[at].asked = true;
    case_release(&c);
    return fine;
}

void explore(const struct play *of, int length, const char *without, struct exploration *out)
{
    struct story story;
    struct sequence empty = {.length = 0};
    size_t at = 0;

    *out = (struct exploration){.states = 0};
    play = of;
    forget();
    rows_leave_out(without);
    story_begin(&story);
    meet(&story, &empty);
    while (at < met.count && met.list[at].sequence.length < length && expand(at, out))
        at++;
    rows_leave_out(NULL);
    out->states = met.count;
    out->length = met.list[met.count - 1].sequence.length;
    out->closed = at == met.count;
}

/* splitmix64 */
static uint64_t chance(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* What is let in after these acts is what the exploration had; *next is one of it, by chance. */
static bool agrees(const struct case_file *c, const struct story *story, uint64_t *state,
                   struct sequence *way, size_t *steps)
{
    size_t *slot = slot_of(story), choice = 0, fitting = 0;
    const struct node *node = *slot ? &met.list[*slot - 1] : NULL;

    if (!node)
        return false; /* the exploration never came here */
    for (size_t n = 0; n < play->count; n++) {
        if (!story_can_say(story, &play->acts[n]))
            continue;
        bool let_in = is_let_in(c, n);
        (*steps)++;
        if (node->asked && let_in != !!(node->let_in & UINT64_C(1) << n)) {
            way->acts[way->length++] = (uint8_t)n;
            return false;
        }
        if (let_in && chance(state) % ++fitting == 0)
            choice = n;
    }
    way->acts[way->length++] = (uint8_t)choice;
    return true;
}

bool explore_walk(size_t ways, int length, size_t *steps, struct sequence *out)
{
    uint64_t state = 1;

    *steps = 0;
    for (size_t i = 0; i < ways; i++) {
        struct case_file c;
        struct story story;
        struct sequence way = {.length = 0};
        bool fine = true;

        begin(&c);
        story_begin(&story);
        while (fine && way.length < length) {
            fine = agrees(&c, &story, &state, &way, steps);
            if (fine) {
                size_t n = way.acts[way.length - 1];
                say(&c, n);
                story_say(&story, &play->acts[n]);
            }
        }
        case_release(&c);
        if (!fine) {
            *out = way;
            return false;
        }
    }
    return true;
}

void sequence_print(const struct play *of, const struct sequence *sequence)
{
    for (size_t i = 0; i < sequence->length; i++)
        printf("#   %2zu. %s\n", i + 1, of->acts[sequence->acts[i]].label);
}
