/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/facts.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

const struct code post_kind_codes[] = {
    {"embassy", N_("embassy")},
    {"high_commission", N_("high commission")},
    {"consulate_general", N_("consulate general")},
    {"consulate", N_("consulate")},
    {"consular_agency", N_("consular agency")},
    {"interests_section", N_("interests section")},
    {"honorary", N_("honorary consulate")},
    {"non_resident", N_("non-resident mission")},
    {NULL, NULL},
};

const struct code post_source_codes[] = {
    {"7.6", N_("official list (7.6)")},
    {"seed", N_("seed, unverified")},
    {NULL, NULL},
};

const struct code proof_codes[] = {
    {"verified_by_capital", N_("verified by the capital")},
    {"passport", N_("passport")},
    {"national_id", N_("national identity document")},
    {"birth_certificate", N_("birth certificate")},
    {"consular_register", N_("consular register")},
    {"declared", N_("declared only")},
    {NULL, NULL},
};

const struct code ground_codes[] = {
    {"G1", N_("violation of fundamental rights by civilians")},
    {"G2", N_("child or adolescent in a vulnerable situation")},
    {"G3", N_("domestic violence")},
    {"G4", N_("natural disaster")},
    {"G5", N_("labour exploitation")},
    {"G6a", N_("trafficking in persons")},
    {"G6b", N_("smuggling of migrants")},
    {"G6c", N_("other case that the network cannot resolve")},
    {NULL, NULL},
};

const struct code perpetrator_codes[] = {
    {"civilian", N_("civilian")},
    {"employer", N_("employer")},
    {"family", N_("family or partner")},
    {"criminal_group", N_("criminal group")},
    {"state_authority", N_("local State authority")},
    {"unknown", N_("unknown")},
    {"none", N_("nobody")},
    {NULL, NULL},
};

const struct code network_answer_codes[] = {
    {"can_be_resolved", N_("can be resolved there")},
    {"cannot_be_resolved", N_("cannot be resolved there")},
    {"not_competent", N_("not competent")},
    {NULL, NULL},
};

const struct code instrument_codes[] = {
    {"pilot", N_("pilot")},
    {"in_force", N_("in force")},
    {NULL, NULL},
};

int code_index(const struct code *codes, const char *code)
{
    for (int i = 0; codes[i].code; i++)
        if (strcmp(codes[i].code, code) == 0)
            return i;
    return -1;
}

void facts_init(struct facts *facts)
{
    *facts = (struct facts){.list_days = LIST_DAYS};
}

void facts_release(struct facts *facts)
{
    for (size_t i = 0; i < facts->post_count; i++)
        free(facts->posts[i].city);
    free(facts->parties);
    free(facts->lists);
    free(facts->posts);
    free(facts->nationalities);
    free(facts->grounds);
    free(facts->because);
    free(facts->urgent_override);
    facts_init(facts);
}

/* Room for one more in a list; returns the list. */
static void *grown(void *list, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* at 0, 1, 2, 4, 8 … */

    return full ? xreallocarray(list, count ? count * 2 : 1, size) : list;
}

static void set_state(char to[STATE_SIZE], const char *from)
{
    if (!country_find(from))
        BUG("a State without a code");
    memcpy(to, from, STATE_SIZE);
}

void facts_add_party(struct facts *facts, const char *state, struct date since)
{
    facts->parties = grown(facts->parties, facts->party_count, sizeof *facts->parties);
    set_state(facts->parties[facts->party_count].state, state);
    facts->parties[facts->party_count++].date = since;
}

void facts_add_list(struct facts *facts, const char *state, struct date on)
{
    facts->lists = grown(facts->lists, facts->list_count, sizeof *facts->lists);
    set_state(facts->lists[facts->list_count].state, state);
    facts->lists[facts->list_count++].date = on;
}

void facts_add_post(struct facts *facts, const struct post *post)
{
    facts->posts = grown(facts->posts, facts->post_count, sizeof *facts->posts);

    struct post *added = &facts->posts[facts->post_count++];
    *added = *post;
    added->city = xstrdup(post->city);
}

void facts_add_nationality(struct facts *facts, const struct nationality *nationality)
{
    facts->nationalities =
        grown(facts->nationalities, facts->nationality_count, sizeof *facts->nationalities);
    facts->nationalities[facts->nationality_count++] = *nationality;
}

void facts_add_ground(struct facts *facts, struct ground ground)
{
    facts->grounds = grown(facts->grounds, facts->ground_count, sizeof *facts->grounds);
    facts->grounds[facts->ground_count++] = ground;
}
