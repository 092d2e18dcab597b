/* SPDX-License-Identifier: MIT */
#include "told_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

const struct talker hn = {"HN", 1, TRUST_CERTIFIED}, hn2 = {"HN", 2, TRUST_CERTIFIED},
                    mx = {"MX", 3, TRUST_CERTIFIED}, mx2 = {"MX", 4, TRUST_CERTIFIED},
                    cr = {"CR", 5, TRUST_CERTIFIED}, ts = {"", 6, TRUST_CERTIFIED};

int told_begin(void **state)
{
    struct told *w = xcalloc(1, sizeof *w);

    talk_begin(&w->t);
    *state = w;
    return 0;
}

int told_end(void **state)
{
    struct told *w = *state;

    talk_end(&w->t);
    free(w);
    return 0;
}

void told_to_reply(struct told *w)
{
    w->poll = talk_say(&w->t, &hn, "poll", ALL, POLL("1"));
    w->reply = talk_say(&w->t, &mx, "reply", US, REPLY);
}

void told_to_request(struct told *w)
{
    told_to_reply(w);
    w->choice = talk_say(&w->t, &hn, "choose", US, CHOOSE);
    w->note = talk_say(&w->t, &hn, "note", US, REQ);
}

void told_fold_without(struct told *w, const struct dispatch *lost, struct conversation *c)
{
    const struct dispatch *set[TALK_MOST];
    size_t count = 0;

    for (size_t i = 0; i < w->t.count; i++)
        if (&w->t.said[i] != lost)
            set[count++] = &w->t.said[i];
    conversation_fold(set, count, &talk_world, c);
}

struct verdict told_verdict_without(struct told *w, const struct dispatch *d,
                                    const struct dispatch *lost)
{
    struct conversation c;

    told_fold_without(w, lost, &c);
    int item = conversation_find(&c, d->id);
    assert_int_not_equal(item, NO_ITEM);
    struct verdict v = c.items[item].verdict;
    conversation_release(&c);
    return v;
}

void told_expect_of(const struct verdict *v, enum standing standing, const char *reason)
{
    if (v->standing != standing || (reason && (!v->reason || !strstr(v->reason, reason))))
        fail_msg("it %s: %s, not %s: %s", standing_name(v->standing), v->reason ? v->reason : "-",
                 standing_name(standing), reason ? reason : "-");
    assert_true(v->reason || standing == STANDING_COUNTS);
    assert_non_null(v->article);
}

void told_expect(struct told *w, const struct dispatch *d, enum standing standing,
                 const char *reason)
{
    struct verdict v = told_verdict_without(w, d, NULL);

    told_expect_of(&v, standing, reason);
}

void told_counts(struct told *w, const struct dispatch *d)
{
    told_expect(w, d, STANDING_COUNTS, NULL);
}

void told_is_irregular(struct told *w, const struct dispatch *d, const char *reason)
{
    told_expect(w, d, STANDING_IRREGULAR, reason);
}

void told_waits_for(struct told *w, const struct dispatch *d, const struct dispatch *lost,
                    bool by_id)
{
    struct verdict v = told_verdict_without(w, d, lost);

    told_expect_of(&v, STANDING_WAITS, NULL);
    if (by_id) {
        assert_true(v.awaited_size >= PREV_SIZE);
        assert_memory_equal(v.awaited, lost->id, v.awaited_size);
    }
}

bool told_may(struct told *w, const struct talker *who, const char *act, const char *audience,
              const char *payload, const struct dispatch *of)
{
    const struct dispatch *const both[2] = {of, of};
    struct dispatch next;
    struct conversation c;
    struct verdict v;

    talk_make(&w->t, who, act, audience, payload, both, &next);
    told_fold_without(w, NULL, &c);
    bool ok = conversation_may(&c, &next, &v);
    assert_int_equal(ok, v.standing == STANDING_COUNTS);
    conversation_release(&c);
    json_decref((json_t *)(uintptr_t)next.payload);
    return ok;
}

enum request_status told_status_of(struct told *w, size_t nth)
{
    struct conversation c;

    told_fold_without(w, NULL, &c);
    assert_true(nth < c.request_count);
    enum request_status status = c.requests[nth].status;
    conversation_release(&c);
    return status;
}

unsigned told_crossings_of(struct told *w, const struct dispatch *d)
{
    return told_verdict_without(w, d, NULL).crossings;
}

void told_asks(struct told *w, const char *code, const char *expected)
{
    struct conversation_asked asked[8];
    struct conversation c;
    struct buf text = BUF_INIT;

    told_fold_without(w, NULL, &c);
    size_t count = conversation_asks(&c, code, asked, 8);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s%s", i ? "; " : "", asked_label(asked[i].what));
    assert_string_equal(buf_text(&text), expected);
    buf_release(&text);
    conversation_release(&c);
}
