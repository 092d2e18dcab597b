/* SPDX-License-Identifier: MIT */
/* An officer's act against what others said by pouch: of conversed.h. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/agreement/travel.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/conversed.h"
#include "amparo/store/persons_over.h"
#include "amparo/store/trustlog.h"

/* What of it the conversation goes by, in the opener's numbers; NULL: somebody has none there. */
static json_t *assistance(const struct persons_over *persons, const json_t *payload)
{
    const json_t *list = json_object_get(payload, "persons");
    json_t *numbers = json_array();
    bool all = true;

    for (size_t i = 0; i < json_array_size(list); i++) {
        long theirs;
        all = all && persons_over_there(persons, (long)json_integer_value(json_array_get(list, i)),
                                        &theirs);
        json_array_append_new(numbers, json_integer(all ? theirs : 0));
    }
    json_t *out = json_pack("{s:s, s:s, s:o}", "at", payload_text(payload, "at"), "by",
                            payload_text(payload, "by"), "persons", numbers);
    if (all)
        return out;
    json_decref(out);
    return NULL;
}

static void take_place(struct store *store, const struct conversed *talk, struct dispatch *next)
{
    memcpy(next->author, store->post.author, POST_ID);
    memcpy(next->state, store->post.profile.state, STATE_SIZE - 1);
    next->trust = TRUST_CERTIFIED;
    next->incarnation = store->post.incarnation;
    for (size_t i = 0; i < talk->kept.count; i++) {
        const struct core *core = &talk->kept.list[i].core;
        if (talk->kept.list[i].ours && core->incarnation == next->incarnation &&
            core->sequence > next->sequence)
            next->sequence = core->sequence;
    }
    next->sequence++;
}

/* Only that the case was closed (7.7) is known by dispatches alone: the rest the gates know. */
static bool ask(struct store *store, const struct conversed *talk, const struct case_file *c,
                const struct case_key *key, const json_t *said, const char *now, struct error *err)
{
    struct dispatch next = {.kind = ACT_ASSIST, .payload = said};
    struct act act = {.kind = ACT_ASSIST, .payload = (json_t *)(uintptr_t)said};
    struct verdict verdict;

    take_place(store, talk, &next);
    memcpy(next.opener, key->opener, OPENER);
    memcpy(next.case_id, key->id, CASE_NUMBER);
    instant_parse(now, &next.at);
    if (!travel_audience(c, &act, &next.audience) ||
        conversation_may(&talk->fold, &next, &verdict) || strcmp(verdict.article, "7.7") != 0)
        return true;
    return error_set(err, ERROR_REFUSED, "%s: %s", verdict.article, _(verdict.reason));
}

static bool ask_talk(struct store *store, const struct case_file *c, const struct case_key *key,
                     const json_t *payload, const char *now, struct error *err)
{
    const struct trusted *trust;
    struct persons_over persons = {NULL, 0, false};
    struct conversed talk;

    if (!store_trust(store, &trust, err))
        return false;
    bool ok = conversed_load(store, trust, key, &talk, err) &&
              persons_over_load(store, key, c, false, &persons, err);
    if (ok && talk.kept.count) {
        json_t *said = assistance(&persons, payload);
        ok = !said || ask(store, &talk, c, key, said, now, err);
        json_decref(said);
    }
    persons_over_release(&persons);
    conversed_release(&talk);
    return ok;
}

bool conversed_allows(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, enum act_kind kind, const json_t *payload,
                      const char *now, struct error *err)
{
    struct case_key key;
    bool known;

    if (kind != ACT_ASSIST || strcmp(case_role(c), "assisting") != 0 ||
        json_object_get(payload, act_transcribed_field.key))
        return true;
    return case_key_of(store, case_id, false, &key, &known, err) &&
           (!known || ask_talk(store, c, &key, payload, now, err));
}
