/* SPDX-License-Identifier: MIT */
/* The poll of 7.6: who could help, and what stands against asking them. */
#include "assess_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static int by_city_and_kind(const void *left, const void *right)
{
    const struct candidate_post *a = left, *b = right;
    int order = strcmp(a->city, b->city);

    return order ? order : strcmp(post_kind_codes[a->kind].code, post_kind_codes[b->kind].code);
}

static int by_state(const void *left, const void *right)
{
    return strcmp(((const struct candidate *)left)->state,
                  ((const struct candidate *)right)->state);
}

static void add_candidate(struct work *w, const char *state)
{
    const struct facts *facts = w->facts;
    struct assessment *out = w->out;
    struct candidate candidate = {.count = 0};

    memcpy(candidate.state, state, STATE_SIZE);
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct post *post = &facts->posts[i];
        if (!assess_is_there(facts, post, state) || post->kind >= POST_HONORARY || !post->able)
            continue;
        candidate.posts =
            xreallocarray(candidate.posts, candidate.count + 1, sizeof *candidate.posts);
        candidate.posts[candidate.count++] =
            (struct candidate_post){xstrdup(post->city), post->kind};
    }
    if (!candidate.count)
        return;
    qsort(candidate.posts, candidate.count, sizeof *candidate.posts, by_city_and_kind);
    out->candidates =
        xreallocarray(out->candidates, out->candidate_count + 1, sizeof *out->candidates);
    out->candidates[out->candidate_count++] = candidate;
}

static void find_candidates(struct work *w)
{
    const struct facts *facts = w->facts;
    struct assessment *out = w->out;

    for (size_t i = 0; i < facts->party_count; i++) {
        const char *state = facts->parties[i].state;
        if (date_compare(facts->parties[i].date, facts->on) <= 0 &&
            strcmp(state, facts->requesting) != 0 && strcmp(state, facts->receiving) != 0)
            add_candidate(w, state);
    }
    if (out->candidate_count)
        qsort(out->candidates, out->candidate_count, sizeof *out->candidates, by_state);
    for (size_t i = 0; i < out->candidate_count; i++)
        if (!country_is_member(out->candidates[i].state))
            assess_warn(
                w, assess_say(w, N_("%s is on record as a Party and is not a Member State (7.2)."),
                              assess_name(w, out->candidates[i].state)));
}

/* ---- nobody there: what else there is ---- */

static bool is_party(const struct facts *facts, const char *state)
{
    for (size_t i = 0; i < facts->party_count; i++)
        if (!strcmp(facts->parties[i].state, state) &&
            date_compare(facts->parties[i].date, facts->on) <= 0)
            return true;
    return false;
}

/* Of a Member State, accredited there, and not one of those that could be asked: why not. */
static const char *why_not(const struct facts *facts, const struct post *post)
{
    if (strcmp(post->country, facts->receiving) || !strcmp(post->state, facts->requesting) ||
        !strcmp(post->state, facts->receiving) || !country_is_member(post->state))
        return NULL;
    if (!is_party(facts, post->state))
        return N_("does not take part yet");
    if (!post->able)
        return N_("cannot act now");
    if (post->kind == POST_HONORARY)
        return N_("honorary");
    return post->kind == POST_NON_RESIDENT ? N_("from elsewhere") : NULL;
}

/* No answer, only facts: a person looks for another way (7.6, Art. 4). */
static void warn_of_nobody(struct work *w)
{
    struct buf others = BUF_INIT;

    for (size_t i = 0; i < w->facts->post_count; i++) {
        const struct post *post = &w->facts->posts[i];
        const char *why = why_not(w->facts, post);
        if (why)
            buf_addf(&others, "%s%s: %s (%s)", others.size ? "; " : "", assess_name(w, post->state),
                     post->city, w->translate(why));
    }
    assess_warn(w,
                assess_say(w, N_("No Party has an office there that can act: as it is, no "
                                 "collaborator. Other ways: other cooperation (Art. 4), IOM (8), "
                                 "the referral of single needs.")));
    if (others.size)
        assess_warn(w, assess_say(w, N_("Offices that could be approached outside it: %s."),
                                  buf_text(&others)));
    buf_release(&others);
}

static bool is_trafficking(const struct facts *facts)
{
    if (facts->trafficking_indicators)
        return true;
    for (size_t i = 0; i < facts->ground_count; i++)
        if (facts->grounds[i].code == GROUND_G6A || facts->grounds[i].code == GROUND_G6B)
            return true;
    return false;
}

static void find_blocks(struct work *w)
{
    const struct facts *facts = w->facts;
    struct assessment *out = w->out;
    bool resolved_elsewhere = facts->answered && facts->answer == ANSWER_CAN_BE_RESOLVED;

    if (out->requirements[REQUIREMENT_R1].status == STATUS_NOT_MET)
        out->blocks[BLOCK_R1] = xstrdup(out->requirements[REQUIREMENT_R1].reason);
    if (out->requirements[REQUIREMENT_R2].status == STATUS_NOT_MET)
        out->blocks[BLOCK_R2] = xstrdup(out->requirements[REQUIREMENT_R2].reason);
    if (out->protection_lock)
        out->blocks[BLOCK_LOCK] = assess_say(
            w,
            N_("The person fears the own State: nothing leaves the post towards %s without "
               "explicit consent after counselling."),
            assess_name(w, facts->requesting));
    if (is_trafficking(facts) && (!facts->answered || resolved_elsewhere) &&
        text_is_blank(facts->urgent_override))
        out->blocks[BLOCK_NETWORK] =
            resolved_elsewhere
                ? assess_say(
                      w, N_("Trafficking or smuggling: the network answered that it can resolve "
                            "the case."))
                : assess_say(
                      w, N_("Trafficking or smuggling: the network must answer first, or an urgent "
                            "override give its reason."));
    out->poll_allowed = true;
    for (size_t i = 0; i < BLOCK_COUNT; i++)
        if (out->blocks[i])
            out->poll_allowed = false;
}

void assess_poll(struct work *w)
{
    find_candidates(w);
    if (!w->out->candidate_count)
        warn_of_nobody(w);
    find_blocks(w);
}
