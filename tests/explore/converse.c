/* SPDX-License-Identifier: MIT */
#include "converse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/conversation.h"
#include "amparo/base/mem.h"
#include "properties.h"
#include "table.h"
#include "without.h"

enum { SPOKEN_MOST = 30000, UNKNOWN = -2, REFUSED = -1 };

/* A set of what was said, by line: the place in `spoken`, plus one; 0: not in the set. */
struct set {
    uint16_t said[LINES_MOST];
};

/* What the fold makes of a set. */
struct view {
    struct set set;
    uint32_t counts; /* lines */
    uint64_t digest[ACTORS_MOST];
    int16_t next[LINES_MOST]; /* what would be said: place in `spoken`, or UNKNOWN, REFUSED */
    bool walked;
};

/* Who has what; and by which way it was met first. */
struct world {
    struct set said;
    uint32_t has[ACTORS_MOST]; /* lines */
    uint32_t from;             /* from here on it tells no world from another */
    uint8_t line, to;
    bool ends;
};

static struct {
    const struct play *play;
    uint32_t audience[ACTORS_MOST]; /* lines that are for each */
    uint32_t by[ACTORS_MOST];
    struct dispatch *spoken;
    uint8_t *line_of;
    size_t spoken_count;
    struct table views, worlds, parts;
    struct finding *out;
    uint32_t now; /* the world that is looked at */
} x;

/* ---- lines ---- */

static uint32_t bit(size_t line)
{
    return UINT32_C(1) << line;
}

static size_t line_named(char name)
{
    for (size_t l = 0; l < x.play->line_count; l++)
        if (x.play->lines[l].name == name)
            return l;
    BUG("no such line");
}

static uint32_t lines_named(const char *names)
{
    uint32_t mask = 0;

    for (; names && *names; names++)
        mask |= bit(line_named(*names));
    return mask;
}

static const char *code_of(size_t actor)
{
    const char *state = x.play->actors[actor].who.state;

    return *state ? state : CODE_SECRETARIAT;
}

static void prepare(void)
{
    for (size_t a = 0; a < x.play->actor_count; a++) {
        x.audience[a] = x.by[a] = 0;
        for (size_t l = 0; l < x.play->line_count; l++) {
            if (strstr(x.play->lines[l].audience, code_of(a)))
                x.audience[a] |= bit(l);
            if (x.play->lines[l].by == a)
                x.by[a] |= bit(l);
        }
    }
}

static const struct dispatch *said_in(const struct set *set, size_t line)
{
    return set->said[line] ? &x.spoken[set->said[line] - 1] : NULL;
}

/* ---- what is found ---- */

static void object(const char *objection)
{
    const struct world *w = table_at(&x.worlds, x.now);
    char step[64];

    if (x.out->objection)
        return;
    x.out->objection = objection;
    x.out->way[0] = '\0';
    for (uint32_t at = x.now; at; at = w->from) {
        char rest[sizeof x.out->way];
        w = table_at(&x.worlds, at);
        const struct line *line = &x.play->lines[w->line];
        if (line->by == w->to)
            snprintf(step, sizeof step, "%s says %c, %s", x.play->actors[w->to].name, line->name,
                     line->act);
        else
            snprintf(step, sizeof step, "%c reaches %s", line->name, x.play->actors[w->to].name);
        memcpy(rest, x.out->way, sizeof rest);
        snprintf(x.out->way, sizeof x.out->way, "%s; %.1900s", step, rest);
    }
}

static void object_to(const char *objection, size_t line)
{
    if (x.out->objection)
        return;
    object(objection);
    size_t size = strlen(x.out->way);
    snprintf(x.out->way + size, sizeof x.out->way - size, "this is about %c",
             x.play->lines[line].name);
}

/* ---- folds ---- */

static size_t list_of(const struct set *set, const struct dispatch *list[2 * LINES_MOST])
{
    size_t count = 0;

    for (size_t l = 0; l < x.play->line_count; l++)
        if (set->said[l])
            list[count++] = said_in(set, l);
    return count;
}

/* The same from the other end, and twice. */
static bool folds_alike(const struct set *set, uint64_t digest)
{
    const struct dispatch *list[2 * LINES_MOST], *turned[2 * LINES_MOST];
    size_t count = list_of(set, list);
    struct conversation c;

    for (size_t i = 0; i < count; i++)
        turned[count - 1 - i] = turned[2 * count - 1 - i] = list[i];
    conversation_fold(turned, 2 * count, &talk_world, &c);
    bool alike = conversation_digest(&c, "") == digest;
    conversation_release(&c);
    return alike;
}

static bool is_honest(size_t line)
{
    return !x.play->actors[x.play->lines[line].by].hostile;
}

static void look_at(struct view *v)
{
    const struct dispatch *list[2 * LINES_MOST];
    struct conversation c;
    const char *broken;

    conversation_fold(list, list_of(&v->set, list), &talk_world, &c);
    for (size_t a = 0; a < x.play->actor_count; a++)
        v->digest[a] = conversation_digest(&c, code_of(a));
    for (size_t l = 0; l < x.play->line_count; l++) {
        v->next[l] = UNKNOWN;
        if (!v->set.said[l])
            continue;
        int item = conversation_find(&c, said_in(&v->set, l)->id);
        if (conversation_counts(&c, item))
            v->counts |= bit(l);
        else if (is_honest(l) && c.items[item].verdict.standing != STANDING_WAITS)
            object_to("what somebody honest said is irregular", l);
    }
    broken = property_broken(&c);
    if (broken)
        object(broken);
    if (!folds_alike(&v->set, conversation_digest(&c, "")))
        object("the order, or a repetition, makes a difference");
    conversation_release(&c);
}

static size_t view_of(const struct set *set)
{
    struct view v = {.set = *set};
    bool met;
    size_t at = table_meet(&x.views, &v, &met);

    if (!met) {
        look_at(&v);
        memcpy(table_at(&x.views, at), &v, sizeof v);
    }
    return at;
}

static size_t view_in(const struct world *w, size_t actor)
{
    struct set set = {{0}};

    for (size_t l = 0; l < x.play->line_count; l++)
        if (w->has[actor] & bit(l))
            set.said[l] = w->said.said[l];
    return view_of(&set);
}

/* ---- saying ---- */

/* What the line says, where it names others by their ids in the set; false: one is not there. */
static bool payload_in(const struct set *set, const struct line *line, struct buf *out)
{
    char hex[2 * ACT_ID_SIZE + 1];

    for (const char *p = line->payload; *p; p++) {
        if (*p != '@') {
            buf_addc(out, *p);
            continue;
        }
        const struct dispatch *of = said_in(set, line_named(*++p));
        if (!of)
            return false;
        act_id_hex(of->id, hex);
        buf_adds(out, hex);
    }
    return true;
}

static int keep(struct dispatch *d, size_t line)
{
    for (size_t i = 0; i < x.spoken_count; i++)
        if (memcmp(x.spoken[i].id, d->id, ACT_ID_SIZE) == 0) {
            json_decref((json_t *)(uintptr_t)d->payload);
            return (int)i;
        }
    if (x.spoken_count == SPOKEN_MOST)
        BUG("more is said than can be kept");
    x.spoken[x.spoken_count] = *d;
    x.line_of[x.spoken_count] = (uint8_t)line;
    return (int)x.spoken_count++;
}

/* Made as it would be said by who has that set; false: it names what is not there. */
static bool make(const struct set *set, size_t line, struct dispatch *out)
{
    static struct talk chain; /* what its author has said */
    const struct line *l = &x.play->lines[line];
    const struct dispatch *const none[2] = {NULL, NULL};
    struct buf payload = BUF_INIT;
    bool ok = payload_in(set, l, &payload);

    chain.count = 0;
    chain.now = 1773226800; /* 11 March 2026, 11:00 UTC: all is said at once, by the clocks */
    for (uint64_t sequence = 1; sequence <= LINES_MOST; sequence++)
        for (size_t i = 0; i < x.play->line_count; i++)
            if (x.play->lines[i].by == l->by && set->said[i] &&
                said_in(set, i)->sequence == sequence)
                chain.said[chain.count++] = *said_in(set, i);
    if (ok)
        talk_make(&chain, &x.play->actors[l->by].who, l->act, l->audience, buf_text(&payload), none,
                  out);
    buf_release(&payload);
    return ok;
}

static int16_t next_in(size_t view, size_t line)
{
    struct view *v = table_at(&x.views, view);
    const struct dispatch *list[2 * LINES_MOST];
    struct conversation c;
    struct dispatch d;
    struct verdict why;

    if (v->next[line] != UNKNOWN)
        return v->next[line];
    v->next[line] = REFUSED;
    if (!make(&v->set, line, &d))
        return REFUSED;
    conversation_fold(list, list_of(&v->set, list), &talk_world, &c);
    if (conversation_may(&c, &d, &why))
        v->next[line] = (int16_t)keep(&d, line);
    else
        json_decref((json_t *)(uintptr_t)d.payload);
    conversation_release(&c);
    return v->next[line];
}

/* ---- the oracle ---- */

/* All that the first owner had said when the case was handed over. */
static bool has_all_before(const struct world *w, uint32_t has)
{
    const struct dispatch *over = said_in(&w->said, line_named('G'));

    for (size_t l = 0; over && l < x.play->line_count; l++)
        if (x.play->lines[l].by == 0 && w->said.said[l] && !(has & bit(l)) &&
            said_in(&w->said, l)->sequence < over->sequence)
            return false;
    return over;
}

/* The line that said what that one names as before it, or none. */
static uint32_t before_of(const struct world *w, size_t line)
{
    for (size_t l = 0; l < x.play->line_count; l++)
        if (w->said.said[l] &&
            memcmp(said_in(&w->said, l)->id, said_in(&w->said, line)->prev, PREV_SIZE) == 0)
            return bit(l);
    return 0;
}

/* Of what lies there, that of which all that came before lies there too. */
static uint32_t readable(const struct world *w, uint32_t has)
{
    static const uint8_t none[PREV_SIZE];
    uint32_t whole = has, last = 0;

    while (whole != last) {
        last = whole;
        for (size_t l = 0; l < x.play->line_count; l++)
            if ((whole & bit(l)) && memcmp(said_in(&w->said, l)->prev, none, PREV_SIZE) != 0 &&
                !(whole & before_of(w, l)))
                whole &= ~bit(l);
    }
    return whole;
}

struct reading {
    const char *at;
    const struct world *w;
    uint32_t has, whole;
};

static bool read_either(struct reading *r);

static bool read_one(struct reading *r)
{
    char c = *r->at++;
    bool value;

    switch (c) {
    case '!':
        return !read_one(r);
    case '*':
        return has_all_before(r->w, r->whole);
    case '(':
        value = read_either(r);
        r->at++;
        return value;
    default:
        for (size_t l = 0; l < x.play->line_count; l++)
            if (x.play->lines[l].name == c)
                return r->has & bit(l);
        return false;
    }
}

static bool read_both(struct reading *r)
{
    bool value = read_one(r);

    while (*r->at == '&') {
        r->at++;
        value = read_one(r) && value;
    }
    return value;
}

static bool read_either(struct reading *r)
{
    bool value = read_both(r);

    while (*r->at == '|') {
        r->at++;
        value = read_both(r) || value;
    }
    return value;
}

static bool oracle_allows(const struct world *w, size_t line)
{
    const struct line *l = &x.play->lines[line];
    struct reading r = {.at = l->where, .w = w, .whole = w->has[l->by]};

    r.has = readable(w, r.whole);
    return !*l->where || read_either(&r);
}

static void hold_against_oracle(const struct world *w, size_t line, bool says)
{
    bool allows = oracle_allows(w, line);

    if (says && !allows)
        object_to("somebody honest may say what the agreement forbids", line);
    if (!says && allows && !x.play->kin)
        object_to("somebody honest may not say what the agreement allows", line);
}

/* ---- ways on ---- */

typedef void on_fn(const struct world *next, size_t line, size_t to);

static size_t hostile_said(const struct world *w)
{
    size_t count = 0;

    for (size_t l = 0; l < x.play->line_count; l++)
        count += !is_honest(l) && w->said.said[l];
    return count;
}

static void say(const struct world *w, size_t line, on_fn *on)
{
    size_t by = x.play->lines[line].by;
    struct world next = *w;
    struct dispatch d;
    int spoken = REFUSED;

    if (is_honest(line)) {
        spoken = next_in(view_in(w, by), line);
        if (on)
            hold_against_oracle(w, line, spoken != REFUSED);
    } else if (hostile_said(w) < (size_t)x.play->hostile_most && make(&w->said, line, &d)) {
        spoken = keep(&d, line);
    }
    if (spoken == REFUSED)
        return;
    next.said.said[line] = (uint16_t)(spoken + 1);
    next.has[by] |= bit(line);
    on(&next, line, by);
}

static bool gets(size_t actor, size_t line)
{
    const struct actor *a = &x.play->actors[actor];

    return !a->hostile && !a->reads && (x.audience[actor] & bit(line));
}

static void for_each_next(const struct world *w, on_fn *on)
{
    for (size_t l = 0; l < x.play->line_count; l++) {
        if (!w->said.said[l]) {
            say(w, l, on);
            continue;
        }
        for (size_t a = 0; a < x.play->actor_count; a++)
            if (gets(a, l) && !(w->has[a] & bit(l))) {
                struct world next = *w;
                next.has[a] |= bit(l);
                on(&next, l, a);
            }
    }
}

/* What counted still counts, whatever comes. */
static void hold_on(const struct world *before, const struct world *after, size_t actor)
{
    char *way = x.out->way;
    bool fine = !x.out->objection;

    size_t a = view_in(before, actor), b = view_in(after, actor);
    uint32_t lost = ((struct view *)table_at(&x.views, a))->counts &
                    ~((struct view *)table_at(&x.views, b))->counts;

    for (size_t l = 0; l < x.play->line_count; l++)
        if ((lost & bit(l)) && is_honest(l) && !x.play->lines[l].shaky)
            object_to("what counted does not count any more", l);
    if (fine && x.out->objection)
        snprintf(way + strlen(way), sizeof x.out->way - strlen(way), ", when %c has come to %s",
                 x.play->lines[after->line].name, x.play->actors[actor].name);
}

static void go_on(const struct world *next, size_t line, size_t to)
{
    struct world w = *next;
    struct world before = *(struct world *)table_at(&x.worlds, x.now);

    w.from = x.now;
    w.line = (uint8_t)line;
    w.to = (uint8_t)to;
    w.ends = false;
    x.out->transitions++;
    table_meet(&x.worlds, &w, NULL);
    if (!x.play->actors[to].hostile)
        hold_on(&before, &w, to);
}

/* ---- when all has come ---- */

static bool all_has_come(const struct world *w)
{
    for (size_t l = 0; l < x.play->line_count; l++)
        for (size_t a = 0; w->said.said[l] && a < x.play->actor_count; a++)
            if (gets(a, l) && !(w->has[a] & bit(l)))
                return false;
    return true;
}

static size_t whole_view(const struct world *w, size_t actor)
{
    struct set set = {{0}};

    for (size_t l = 0; l < x.play->line_count; l++)
        if ((x.audience[actor] | x.by[actor]) & bit(l))
            set.said[l] = w->said.said[l];
    return view_of(&set);
}

/* Each sees of what it may read the same as who opened the case, who may read everything. */
static void compare_all(const struct world *w)
{
    size_t first = whole_view(w, 0);

    for (size_t a = 1; a < x.play->actor_count; a++) {
        if (x.play->actors[a].hostile)
            continue;
        size_t other = whole_view(w, a);
        const struct view *v = table_at(&x.views, first), *o = table_at(&x.views, other);
        if (v->digest[a] != o->digest[a])
            object("two who have all that is for them do not see the same");
        if ((v->counts ^ o->counts) & x.audience[a])
            object("what counts for one does not count for the other");
    }
}

/* ---- those who only read ---- */

static void walk_parts(const struct set *set)
{
    size_t at = view_of(set);
    struct view *v = table_at(&x.views, at);

    if (v->walked || x.out->objection)
        return;
    v->walked = true;
    x.out->parts++;
    for (size_t l = 0; l < x.play->line_count; l++)
        if (set->said[l]) {
            struct set less = *set;
            less.said[l] = 0;
            walk_parts(&less);
        }
}

static void walk_readers(const struct world *w)
{
    for (size_t a = 0; a < x.play->actor_count; a++) {
        if (!x.play->actors[a].reads)
            continue;
        struct set set = {{0}};
        for (size_t l = 0; l < x.play->line_count; l++)
            if (x.audience[a] & bit(l))
                set.said[l] = w->said.said[l];
        walk_parts(&set);
    }
}

/* ---- the end can be reached ---- */

static bool leads_to_end;

static void look_on(const struct world *next, size_t line, size_t to)
{
    const struct world *w = table_at(&x.worlds, table_meet(&x.worlds, next, NULL));

    (void)line;
    (void)to;
    leads_to_end = leads_to_end || w->ends;
}

/* Each way on leads to a world that was met later: from the last one back. */
static void find_ends(void)
{
    uint32_t end = lines_named(x.play->end);

    for (size_t at = x.worlds.count; at-- > 0 && !x.out->objection;) {
        struct world w = *(struct world *)table_at(&x.worlds, at);
        uint32_t said = 0;
        for (size_t l = 0; l < x.play->line_count; l++)
            said |= w.said.said[l] ? bit(l) : 0;
        leads_to_end = (said & end) == end && all_has_come(&w);
        x.now = (uint32_t)at;
        if (!leads_to_end)
            for_each_next(&w, look_on);
        ((struct world *)table_at(&x.worlds, at))->ends = leads_to_end;
        if (!leads_to_end)
            object("from here the end cannot be reached");
    }
}

/* ---- all of it ---- */

static bool last_said;

static void count_on(const struct world *next, size_t line, size_t to)
{
    (void)next;
    last_said = last_said && x.play->lines[line].by != to;
}

static void visit(size_t at)
{
    struct world w = *(struct world *)table_at(&x.worlds, at);

    x.now = (uint32_t)at;
    if (all_has_come(&w)) {
        compare_all(&w);
        last_said = x.play->parts_too;
        for_each_next(&w, count_on);
        if (last_said)
            walk_readers(&w);
    }
    for_each_next(&w, go_on);
}

void converse(const struct play *play, const char *without, struct finding *out)
{
    struct world first = {.from = 0};

    memset(&x, 0, sizeof x);
    memset(out, 0, sizeof *out);
    x.play = play;
    x.out = out;
    x.spoken = xcalloc(SPOKEN_MOST, sizeof *x.spoken);
    x.line_of = xcalloc(SPOKEN_MOST, 1);
    table_begin(&x.views, sizeof(struct view), sizeof(struct set));
    table_begin(&x.worlds, sizeof(struct world), offsetof(struct world, from));
    prepare();
    leave_rule_out(without);
    table_meet(&x.worlds, &first, NULL);
    for (size_t at = 0; at < x.worlds.count && !out->objection; at++)
        visit(at);
    find_ends();
    leave_rule_out(NULL);
    out->states = x.worlds.count;
    out->folds = x.views.count;
    out->dispatches = x.spoken_count;
    for (size_t i = 0; i < x.spoken_count; i++)
        json_decref((json_t *)(uintptr_t)x.spoken[i].payload);
    free(x.spoken);
    free(x.line_of);
    table_end(&x.views);
    table_end(&x.worlds);
}
