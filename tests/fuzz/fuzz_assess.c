/* SPDX-License-Identifier: MIT */
/* The facts of `amparo assess`: a bad fact is named by its path; good ones are assessed. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/assess.h"
#include "fuzz.h"

static void promise_answer(const struct facts *facts, const struct assessment *a)
{
    enum status statuses[REQUIREMENT_COUNT];
    bool blocked = false;

    for (size_t r = 0; r < REQUIREMENT_COUNT; r++) {
        const struct determination *d = &a->requirements[r];
        statuses[r] = d->status;
        PROMISE(d->reason && *d->reason && d->would_change && *d->would_change,
                "%s without a reason", requirement_types[r].id);
    }
    PROMISE(a->overall == assess_overall(statuses, a->protection_lock), "not what its parts say");
    PROMISE(a->ground_count == facts->ground_count, "grounds were lost");
    for (size_t i = 0; i < BLOCK_COUNT; i++)
        blocked |= a->blocks[i] != NULL;
    PROMISE(blocked == !a->poll_allowed, "allowed against a block, or the other way round");
    for (size_t i = 0; i < a->candidate_count; i++) {
        const char *state = a->candidates[i].state;
        PROMISE(strcmp(state, facts->requesting) && strcmp(state, facts->receiving),
                "%s could help its own, or at home", state);
        PROMISE(!i || strcmp(a->candidates[i - 1].state, state) < 0, "not in byte order");
        PROMISE(a->candidates[i].count > 0, "%s without a post there", state);
    }
}

static bool run(const uint8_t *bytes, size_t size)
{
    json_t *root = json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL);
    struct error err = ERROR_INIT;
    struct facts facts;
    struct assessment a;
    bool taken;

    if (!root)
        return false;
    json_t *before = json_deep_copy(root);
    facts_init(&facts);
    taken = facts_parse(root, &facts, &err);
    PROMISE(json_equal(root, before), "the document was changed");
    if (taken) {
        assess(&facts, english, &a);
        promise_answer(&facts, &a);
        json_t *answer = assessment_json(&facts, &a);
        char *text = json_dumps(answer, JSON_COMPACT);
        PROMISE(text, "an answer that is no JSON");
        free(text);
        json_decref(answer);
        assessment_release(&a);
    } else {
        fuzz_message(&err, NULL);
        PROMISE(!strchr(error_text(&err), '\n'), "more than one line: %s", error_text(&err));
        PROMISE(!json_is_object(root) || strstr(error_text(&err), ": "), "no path: %s",
                error_text(&err));
    }
    facts_release(&facts);
    json_decref(before);
    json_decref(root);
    error_release(&err);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("{\"on\":\"2026-03-14\",\"instrument\":{\"status\":\"in_force\",\"since\":\"2026-01-01\"},"
         "\"parties\":{\"HN\":\"2026-01-10\",\"MX\":\"2026-01-10\"},\"lists\":{\"HN\":\"2026-02-"
         "01\"},"
         "\"posts\":[{\"state\":\"MX\",\"country\":\"GH\",\"city\":\"Accra\",\"kind\":\"embassy\"},"
         "{\"state\":\"HN\",\"country\":\"GH\",\"city\":\"Tema\",\"kind\":\"honorary\",\"able\":"
         "false,"
         "\"source\":\"seed\"}],\"requesting_state\":\"HN\",\"receiving_state\":\"GH\","
         "\"district_served\":false,\"person\":{\"nationalities\":[{\"state\":\"HN\",\"proof\":"
         "\"passport\"},{\"state\":\"GH\",\"proof\":\"declared\",\"refuted\":true}],\"birth_date\":"
         "\"2009-01-XX~\",\"fears_own_state\":false},\"grounds\":[{\"code\":\"G5\",\"perpetrator\":"
         "\"employer\"},{\"code\":\"G6a\",\"perpetrator\":\"criminal_group\"}],"
         "\"trafficking_indicators\":true,\"network_referral\":{\"referred_on\":\"2026-03-01\","
         "\"answered_on\":\"2026-03-04\",\"answer\":\"cannot_be_resolved\",\"because\":\"no "
         "partner\"},"
         "\"urgent_override\":{\"reason\":\"tonight\"}}"),
    SEED("{\"on\":\"2026-03-14\",\"instrument\":{\"status\":\"pilot\"},\"parties\":{},\"lists\":{},"
         "\"posts\":[],\"requesting_state\":\"HN\",\"receiving_state\":\"XK\",\"person\":"
         "{\"nationalities\":[]},\"grounds\":[]}"),
    SEEDS_END,
};

static const char *const list[] = {"HN",
                                   "MX",
                                   "GH",
                                   "XK",
                                   "NA",
                                   "ZZ",
                                   "pilot",
                                   "in_force",
                                   "embassy",
                                   "honorary",
                                   "non_resident",
                                   "passport",
                                   "declared",
                                   "2026-03-14",
                                   "2026-03-15",
                                   "2027-01-01",
                                   "2026-XX-XX",
                                   "XXXX-XX-XX",
                                   "G1",
                                   "G2",
                                   "G3",
                                   "G4",
                                   "G6b",
                                   "G6c",
                                   "state_authority",
                                   "unknown",
                                   "none",
                                   "able",
                                   "refuted",
                                   "can_be_resolved",
                                   "not_competent",
                                   "birth_date",
                                   "district_served",
                                   "\xc2\xa0",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(assess, run) = {"assess", run, seeds, words, fuzz_mutate_json, 4000};
