/* SPDX-License-Identifier: MIT */
/*
 * Long stories at random, told in many orders: two machines of the State that asks, two posts of
 * one that helps and one of another, and the Secretariat say whatever conversation_may() lets them
 * of what they have; then each gets what is for it shuffled, doubled, dropped and sent again. All
 * come to the same, nobody honest is irregular on the way, and the properties hold after each step.
 * AMPARO_SEED=N begins elsewhere; AMPARO_LONG=1 tells many more.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "properties.h"
#include "tests/unit/talk_kit.h"

enum { H, H2, X, X2, Y, S, ACTORS, SAID_MOST = 45 };

static const struct talker talkers[ACTORS] = {
    [H] = {"HN", 1, TRUST_CERTIFIED}, [H2] = {"HN", 2, TRUST_CERTIFIED},
    [X] = {"MX", 3, TRUST_CERTIFIED}, [X2] = {"MX", 4, TRUST_CERTIFIED},
    [Y] = {"CR", 5, TRUST_CERTIFIED}, [S] = {"", 6, TRUST_CERTIFIED},
};

/* What a line of a story says: @A is the id of one of the kinds in `of` that its author has and
 * that concerns it, @T is now. @S is the author's State, or the one that is asked. */
struct move {
    const char *act;
    bool asks; /* the State that asks says it */
    const char *payload;
    const char *of; /* the act, and of a note ':' its kind */
    const char *feature;
    unsigned rare; /* said once where others are said so often; 0: as often */
};

#define OFFICE "{'state':'@S','office':'Embassy','city':'Abu Dhabi'}"
#define BACK "{'state':'HN','office':'Directorate','city':'Tegucigalpa'}"
#define REQ(persons, more)                                                                         \
    "{'kind':'REQ','direction':'out','to':" OFFICE ",'persons':" persons                           \
    ",'date':'2026-03-11','at':'@T'" more "}"
#define REPLY(round, legal, offer)                                                                 \
    "{'state':'@S','round':" round ",'legal':'" legal "','material':'yes','offer':" offer          \
    ",'services':[]}"
#define NOTE(kind, to)                                                                             \
    "{'kind':'" kind "','direction':'out','to':" to ",'date':'2026-03-11','in_reply_to':'@A'}"
#define ASSIST(person)                                                                             \
    "{'at':'@T','by':'@S','kind':'visit','persons':[" person "],'manner':'good_offices'}"

static const struct move moves[] = {
    {"poll", true, "{'round':1,'to':['MX','CR'],'reply_by':'2026-03-20'}", NULL, NULL, 3},
    {"poll", true, "{'round':2,'to':['MX','CR'],'reply_by':'2026-03-20'}", NULL, "second round", 3},
    {"choose", true, "{'state':'@S'}", NULL, NULL, 0},
    {"note", true, REQ("[1]", ""), NULL, NULL, 0},
    {"note", true, REQ("[2]", ""), NULL, NULL, 0},
    {"note", true, REQ("[1,2]", ""), NULL, NULL, 0},
    {"note", true, REQ("[1]", ",'same_as':'@A'"), "note:REQ", "paper original", 0},
    {"note", true, NOTE("WDR", OFFICE), "note:REQ", NULL, 0},
    {"withdraw", true, "{'note':'@A','at':'@T'}", "note:REQ", "withdrawal", 0},
    {"annul", true, "{'note':'@A'}", "note:REQ", "annulment", 0},
    {"correct", true, "{'of':'@A','payload':" REQ("[1,2]", "") "}", "note:REQ", "correction", 0},
    {"close", true, "{'outcome':['repatriated']}", NULL, NULL, 12},
    {"reopen", true, "{}", NULL, "reopening", 3},
    {"report", true, "{'meeting':'LON','on':'2026-06-10'}", NULL, NULL, 8},
    {"report", true, "{'meeting':'LON','on':'2026-06-10','pending':true}", NULL, NULL, 8},
    {"hand_over", true, "{'to':'@P'}", NULL, "hand-over", 8},
    {"data_return", true, "{'state':'@S','asked_on':'2026-03-12','form':'destroyed'}", NULL, NULL,
     12},
    {"reply", false, REPLY("1", "yes", "true"), NULL, NULL, 0},
    {"reply", false, REPLY("2", "yes", "true"), NULL, NULL, 0},
    {"reply", false, REPLY("1", "no", "false"), NULL, NULL, 0},
    {"decline", false, "{'state':'@S','stage':'poll','round':1}", NULL, NULL, 0},
    {"note", false, NOTE("SCOPE", BACK), "note:REQ", "counter", 0},
    {"accept", false, "{'state':'@S','note':'@A'}", "note:REQ", "acceptance", 0},
    {"accept", false, "{'state':'@S','note':'@A'}", "note:REQ", NULL, 0},
    {"decline", false, "{'state':'@S','stage':'note','note':'@A'}", "note:REQ", "declining", 0},
    {"decline", false,
     "{'state':'@S','stage':'assistance','note':'@A','hand_over_on':'2026-03-11'}", "note:REQ",
     NULL, 0},
    {"assist", false, ASSIST("1"), NULL, "assistance", 0},
    {"assist", false, ASSIST("2"), NULL, NULL, 0},
    {"correct", false, "{'of':'@A','payload':" ASSIST("1") "}", "assist", NULL, 0},
    {"delivery", false, "{'note':'@A','acknowledged_on':'2026-03-12'}", "note:WDR", "receipt", 0},
    {"delivery", false, "{'note':'@A','acknowledged_on':'2026-03-12'}", "note:REQ", NULL, 0},
};

static struct {
    struct talk talk;
    bool has[ACTORS][TALK_MOST];
    uint64_t chance;
    size_t features[ARRAY_SIZE(moves)];
    char objection[300];
} s;

static size_t pick(size_t count)
{
    return (size_t)(talk_chance(&s.chance) % count);
}

static void object(const char *what, const char *more)
{
    if (!*s.objection)
        snprintf(s.objection, sizeof s.objection, "%s%s%s", what, *more ? ": " : "", more);
}

static const char *code_of(int actor)
{
    return *talkers[actor].state ? talkers[actor].state : CODE_SECRETARIAT;
}

static bool is_for(const struct dispatch *d, int actor)
{
    return audience_has(&d->audience, code_of(actor));
}

static void fold_of(int actor, struct conversation *c)
{
    const struct dispatch *set[TALK_MOST];
    size_t count = 0;

    for (size_t i = 0; i < s.talk.count; i++)
        if (s.has[actor][i])
            set[count++] = &s.talk.said[i];
    conversation_fold(set, count, &talk_world, c);
}

/* ---- telling a story ---- */

static bool fits(const struct dispatch *d, const char *of)
{
    const char *colon = strchr(of, ':');
    size_t size = colon ? (size_t)(colon - of) : strlen(of);
    const char *name = act_type(d->kind)->name;

    return strlen(name) == size && !strncmp(name, of, size) &&
           (!colon || payload_is(d->payload, "kind", colon + 1));
}

static const struct dispatch *one_of(int actor, const char *of)
{
    const struct dispatch *found = NULL;
    size_t count = 0;

    for (size_t i = 0; of && i < s.talk.count; i++)
        if (s.has[actor][i] && fits(&s.talk.said[i], of) && pick(++count) == 0)
            found = &s.talk.said[i];
    return found;
}

static const char *addressee(const struct dispatch *d)
{
    return payload_text(json_object_get(d->payload, "to"), "state");
}

static void fill(const struct move *m, int actor, const char *state, const struct dispatch *of,
                 struct buf *out)
{
    char at[INSTANT_SIZE], hex[2 * ACT_ID_SIZE + 1];

    for (const char *p = m->payload; *p; p++) {
        if (*p != '@') {
            buf_addc(out, *p);
            continue;
        }
        p++;
        if (*p == 'S')
            buf_adds(out, state);
        else if (*p == 'T')
            buf_adds(out, instant_format((struct instant){.seconds = s.talk.now}, at));
        else if (*p == 'P')
            buf_adds(out, talk_post(&talkers[actor == H ? H2 : H]));
        else {
            act_id_hex(of->id, hex);
            buf_adds(out, hex);
        }
    }
}

/* Who reads, as travel.h has it. */
static const char *audience_of(const struct move *m, const char *state)
{
    static char text[16];
    bool all = !strcmp(m->act, "poll") || !strcmp(m->act, "close") || !strcmp(m->act, "reopen") ||
               !strcmp(m->act, "hand_over");

    if (all)
        return "CR HN MX ts";
    if (!strcmp(m->act, "report"))
        return "HN ts";
    if (!strcmp(m->act, "data_return"))
        snprintf(text, sizeof text, "HN %s", state);
    else
        snprintf(text, sizeof text, "HN %s ts", state);
    return text;
}

static void try_to_say(int actor, size_t move)
{
    const struct move *m = &moves[move];
    const struct dispatch *const none[2] = {NULL, NULL}, *of = one_of(actor, m->of);
    const char *state = m->asks ? (pick(3) ? "MX" : "CR") : talkers[actor].state;
    struct buf payload = BUF_INIT;
    struct conversation c;
    struct dispatch d;
    struct verdict why;

    if (m->of && !of)
        return;
    if (of && of->kind == ACT_NOTE)
        state = addressee(of);
    fill(m, actor, state, of, &payload);
    talk_make(&s.talk, &talkers[actor], m->act, audience_of(m, state), buf_text(&payload), none,
              &d);
    buf_release(&payload);
    fold_of(actor, &c);
    if (strcmp(talkers[actor].state, "HN") && strcmp(talkers[actor].state, state))
        why.standing = STANDING_WAITS;
    else
        conversation_may(&c, &d, &why);
    conversation_release(&c);
    if (why.standing != STANDING_COUNTS) {
        json_decref((json_t *)(uintptr_t)d.payload);
        return;
    }
    s.features[move]++;
    s.has[actor][s.talk.count] = true;
    s.talk.said[s.talk.count++] = d;
}

static void deliver_one(void)
{
    size_t i = s.talk.count ? pick(s.talk.count) : 0;
    int actor = (int)pick(ACTORS);

    if (s.talk.count && is_for(&s.talk.said[i], actor))
        s.has[actor][i] = true;
}

static void tell_story(void)
{
    talk_begin(&s.talk);
    memset(s.has, 0, sizeof s.has);
    for (int step = 0; step < 1500 && s.talk.count < SAID_MOST; step++) {
        size_t move = pick(ARRAY_SIZE(moves));
        if (moves[move].rare && pick(moves[move].rare))
            continue;
        int actor = (int)(moves[move].asks ? pick(2) : X + pick(3));
        s.talk.now += (int64_t)pick(900);
        try_to_say(actor, move);
        for (int i = 0; i < 4; i++)
            deliver_one();
    }
}

/* ---- telling it in other orders ---- */

static void look_at(const struct conversation *c)
{
    const char *broken = property_broken(c);

    if (broken)
        object(broken, "");
    for (size_t i = 0; i < c->count; i++) {
        enum standing standing = c->items[i].verdict.standing;
        if (standing != STANDING_COUNTS && standing != STANDING_SUPERSEDED &&
            standing != STANDING_WAITS)
            object("what somebody honest said is irregular", c->items[i].verdict.reason);
    }
}

static uint64_t whole_digest(const char *code, bool counted)
{
    const struct dispatch *set[TALK_MOST];
    struct conversation c;

    for (size_t i = 0; i < s.talk.count; i++)
        set[i] = &s.talk.said[i];
    conversation_fold(set, s.talk.count, &talk_world, &c);
    for (size_t i = 0; counted && i < c.count; i++)
        if (!conversation_counts(&c, (int)i)) {
            char why[200];
            snprintf(why, sizeof why, "%zu %s", (size_t)(c.items[i].dispatch - s.talk.said),
                     c.items[i].verdict.reason);
            object("something does not count in the end", why);
        }
    uint64_t digest = conversation_digest(&c, code);
    conversation_release(&c);
    return digest;
}

/* One actor gets what is for it: in any order, some of it twice, some only when sent again. */
static void one_schedule(int actor, uint64_t expected)
{
    const struct dispatch *set[3 * TALK_MOST];
    struct conversation c;
    size_t count = 0, first;

    for (size_t i = 0; i < s.talk.count; i++)
        if (is_for(&s.talk.said[i], actor) || s.has[actor][i])
            set[count++] = &s.talk.said[i];
    for (size_t i = count; i-- > 0 && count < 2 * TALK_MOST;)
        if (pick(3) == 0)
            set[count++] = set[i];
    talk_shuffle(set, count, &s.chance);
    first = pick(count + 1);
    conversation_fold(set, first, &talk_world, &c);
    look_at(&c);
    conversation_release(&c);
    conversation_fold(set, count, &talk_world, &c);
    look_at(&c);
    if (conversation_digest(&c, code_of(actor)) != expected)
        object("somebody who has all comes to something else", code_of(actor));
    conversation_release(&c);
}

static size_t told_in_all_orders(size_t times)
{
    size_t schedules = 0;
    uint64_t expected[ACTORS];

    for (int a = 0; a < ACTORS; a++)
        expected[a] = whole_digest(code_of(a), a == 0);
    for (size_t i = 0; i < times && !*s.objection; i++)
        for (int a = 0; a < ACTORS; a++, schedules++)
            one_schedule(a, expected[a]);
    return schedules;
}

static int number, failed;

static void tell(bool ok, const char *what)
{
    printf("%sok %d - %s\n", ok ? "" : "not ", ++number, what);
    failed += !ok;
    fflush(stdout);
}

static void print_story(void)
{
    for (size_t i = 0; i < s.talk.count; i++) {
        const struct dispatch *d = &s.talk.said[i];
        char *text = json_dumps(d->payload, JSON_COMPACT);
        printf("#   %zu %02x %d: %s %.200s\n", i, d->id[0], d->author[0], act_type(d->kind)->name,
               text);
        free(text);
    }
}

int main(void)
{
    const char *seed = getenv("AMPARO_SEED"), *patience = getenv("AMPARO_LONG");
    bool patient = patience && *patience && strcmp(patience, "0") != 0;
    size_t stories = patient ? 1500 : 60, schedules = 0, said = 0;
    char what[200];

    s.chance = seed && *seed ? strtoull(seed, NULL, 10) : 1;
    printf("# AMPARO_SEED=%llu\n", (unsigned long long)s.chance);
    for (size_t i = 0; i < stories && !*s.objection; i++) {
        tell_story();
        schedules += told_in_all_orders(10);
        said += s.talk.count;
        if (*s.objection) {
            printf("# story %zu: %s\n", i, s.objection);
            print_story();
        }
        talk_end(&s.talk);
    }
    snprintf(what, sizeof what,
             "%zu schedules of %zu stories, %zu dispatches, all come to the same", schedules,
             stories, said);
    tell(!*s.objection, what);
    for (size_t m = 0; m < ARRAY_SIZE(moves); m++)
        if (moves[m].feature) {
            snprintf(what, sizeof what, "some have a %s: %zu", moves[m].feature, s.features[m]);
            tell(s.features[m] > 0, what);
        }
    printf("1..%d\n", number);
    return failed != 0;
}
