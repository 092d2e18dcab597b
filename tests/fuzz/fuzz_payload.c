/* SPDX-License-Identifier: MIT */
/*
 * Payloads of acts: "KIND {…}", held against the field table, then against a case, asked of the
 * gates, and folded in whatever those say. Ids of acts are 01 to 15, 32 times over.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/value.h"
#include "fuzz.h"

#define NOW "2026-03-20T12:00:00+00:00"
#define ID(n) n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n
#define SAID "\"transcribed\":{\"from\":\"Mexico\",\"channel\":\"email\",\"on\":\"2026-03-16\"}"
#define MX "{\"state\":\"MX\",\"office\":\"Embassy\",\"city\":\"Abu Dhabi\"}"

/* The case before, act by act. */
static const char *const story[] = {
    /* 01 */ "open {\"role\":\"requesting\",\"receiving_state\":\"AE\",\"priority\":\"urgent\","
             "\"source\":\"ngo\"}",
    /* 02 */
    "person {\"person\":1,\"surname_1\":\"SOLÍS\",\"given_names\":\"Ana\",\"birth_date\":"
    "\"1998-03-XX\",\"nationalities\":[{\"state\":\"HN\",\"proof\":\"passport\"}]}",
    /* 03 */
    "person {\"person\":2,\"single_name\":\"Eva\",\"fears_own_state\":true,"
    "\"nationalities\":[]}",
    /* 04 */
    "ground {\"person\":1,\"code\":\"G5\",\"perpetrator\":\"employer\",\"facts\":\"unpaid\"}",
    /* 05 */ "decide {\"decision\":\"applies\",\"reason\":\"the facts agree\"}",
    /* 06 */
    "consent {\"person\":1,\"purpose\":\"P4\",\"to\":\"MX\",\"given_by\":\"self\","
    "\"form\":\"oral\",\"on\":\"2026-03-16\"}",
    /* 07 */ "poll {\"round\":1,\"to\":[\"MX\",\"CR\"],\"reply_by\":\"2026-03-18\"}",
    /* 08 */
    "reply {\"state\":\"MX\",\"round\":1,\"legal\":\"yes\",\"material\":\"partial\","
    "\"offer\":true,\"services\":[\"shelter\"]," SAID "}",
    /* 09 */ "choose {\"state\":\"MX\",\"reason\":\"near\"}",
    /* 0a */
    "note {\"kind\":\"REQ\",\"direction\":\"out\",\"to\":" MX ",\"persons\":[1],"
    "\"date\":\"2026-03-16\",\"at\":\"2026-03-16T10:00:00Z\"}",
    /* 0b */ "accept {\"state\":\"MX\",\"note\":\"" ID("0a") "\",\"scope\":\"visits\"," SAID "}",
    /* 0c */ "contact {\"at\":\"2026-03-15T22:00:00Z\",\"reason\":\"shots\",\"detail\":\"water\"}",
    /* 0d */
    "cost {\"on\":\"2026-03-17\",\"amount\":\"1850.00\",\"currency\":\"AED\",\"source\":"
    "\"undetermined\",\"item\":\"air\"}",
    /* 0e */
    "assist {\"at\":\"2026-03-17T10:00:00Z\",\"by\":\"MX\",\"kind\":\"visit\",\"persons\":[1],"
    "\"manner\":\"good_offices\",\"detail\":\"a visit\"," SAID "}",
    /* 0f */ "erase_request {\"person\":1,\"basis\":\"person_asked\"}",
};

/* "KIND {…}" apart; false where it is neither. A new reference. */
static bool split(const char *text, size_t size, const struct act_type **type, json_t **payload)
{
    char name[24];
    const char *blank = memchr(text, ' ', size);
    size_t length = blank ? (size_t)(blank - text) : 0;

    if (!length || length >= sizeof name)
        return false;
    memcpy(name, text, length);
    name[length] = '\0';
    *type = act_type_named(name);
    if (!*type)
        return false;
    *payload = json_loadb(blank + 1, size - length - 1, JSON_REJECT_DUPLICATES, NULL);
    return *payload != NULL;
}

static void fold_in(struct case_file *c, const struct act_type *type, json_t *payload)
{
    struct act act = {.kind = type->kind,
                      .payload = payload,
                      .by = xstrdup("Ana Pineda"),
                      .signer = xstrdup("aa"),
                      .role = ROLE_HEAD,
                      .post = xstrdup("HNTGU")};

    memset(act.id, (int)c->count + 1, sizeof act.id);
    memcpy(act.at, NOW, sizeof NOW);
    case_add(c, &act);
}

static void tell(struct case_file *c)
{
    case_init(c, "HNTGU-2026-0001", "HN");
    for (size_t i = 0; i < ARRAY_SIZE(story); i++) {
        const struct act_type *type;
        json_t *payload = NULL;
        struct error err = ERROR_INIT;
        PROMISE(split(story[i], strlen(story[i]), &type, &payload), "the story: %s", story[i]);
        PROMISE(payload_check(type, payload, &err), "the story: %s", error_text(&err));
        fold_in(c, type, payload);
    }
}

/* What may be written is written as it is, and what may not is said by path. */
static bool writes(json_t *payload)
{
    struct error err = ERROR_INIT;
    struct buf bytes = BUF_INIT;
    struct cbor in;
    bool taken = value_check(payload, "", &err);

    if (taken) {
        value_put(&bytes, payload);
        PROMISE(cbor_check(bytes.data, bytes.size, NULL, NULL), "written, and not of the subset");
        cbor_begin(&in, bytes.data, bytes.size);
        json_t *again = value_read(&in);
        PROMISE(json_equal(payload, again), "written as something else");
        json_decref(again);
    } else {
        PROMISE(err.kind == ERROR_INPUT && error_text(&err)[0], "refused without a message");
    }
    buf_release(&bytes);
    error_release(&err);
    return taken;
}

static void ask_and_fold(struct case_file *c, const struct act_type *type, json_t *payload)
{
    struct gate_findings found;
    struct error err = ERROR_INIT;
    struct gate_input in = {.c = c,
                            .kind = type->kind,
                            .payload = payload,
                            .now = NOW,
                            .role = ROLE_HEAD,
                            .signer = "bb",
                            .heads = 1,
                            .enrolled = 1};

    if (!gate_check(&in, english, &found)) {
        gate_refusal(&found, &err);
        PROMISE(err.kind == ERROR_REFUSED && *error_text(&err), "refused without a cause");
    }
    gate_findings_release(&found);
    error_release(&err);
    fold_in(c, type, json_incref(payload));
    json_t *all = case_json(c, NULL, NOW, english);
    char *text = json_dumps(all, JSON_COMPACT);
    PROMISE(text, "a case that is no JSON");
    free(text);
    json_decref(all);
}

/* Of each of its lines, the path is before the first ": ". */
static void promise_paths(const struct error *err)
{
    fuzz_message(err, NULL);
    for (const char *line = error_text(err), *end; line; line = end ? end + 1 : NULL) {
        const char *colon = strstr(line, ": ");
        end = strchr(line, '\n');
        PROMISE(colon && colon > line && (!end || colon < end), "no path in: %s", line);
    }
}

static bool run(const uint8_t *bytes, size_t size)
{
    const struct act_type *type;
    struct error err = ERROR_INIT;
    json_t *payload = NULL;
    struct case_file c;

    if (!split((const char *)bytes, size, &type, &payload))
        return false;
    bool taken = payload_check(type, payload, &err);
    if (taken) {
        PROMISE(payload_shaped(type, payload), "right, and of a wrong shape");
        taken = writes(payload);
    } else {
        promise_paths(&err);
    }
    if (taken) {
        tell(&c);
        taken = case_check(&c, type->kind, payload, NOW, &err);
        if (taken)
            ask_and_fold(&c, type, payload);
        else
            promise_paths(&err);
        case_release(&c);
    }
    json_decref(payload);
    error_release(&err);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("person {\"person\":3,\"surname_1\":\"PAZ\",\"given_names\":\"Luis\",\"birth_date\":"
         "\"2009-01-XX\",\"nationalities\":[{\"state\":\"HN\",\"proof\":\"declared\"},"
         "{\"state\":\"MX\",\"proof\":\"passport\",\"refuted\":true}],\"phone\":\"+50422221111\"}"),
    SEED("ground "
         "{\"person\":1,\"code\":\"G6a\",\"perpetrator\":\"criminal_group\",\"facts\":\"sold\"}"),
    SEED("decide {\"decision\":\"does_not_apply\",\"reason\":\"x\",\"override\":{\"reason\":\"y\","
         "\"for\":[\"P.consent\"]}}"),
    SEED("consent "
         "{\"person\":1,\"purpose\":\"P6\",\"to\":\"Police\",\"given_by\":\"vital_interest\","
         "\"form\":\"oral\",\"on\":\"2026-03-16\"}"),
    SEED("withdraw_consent {\"person\":1,\"purposes\":[\"P4\",\"P6\"],\"on\":\"2026-03-18\","
         "\"form\":\"telephone\"}"),
    SEED(
        "poll {\"round\":2,\"to\":[\"CR\"],\"reply_by\":\"2026-03-21T10:00:00Z\",\"persons\":[1]}"),
    SEED("decline {\"state\":\"MX\",\"stage\":\"assistance\",\"note\":\"" ID(
        "0a") "\","
              "\"hand_over_on\":\"2026-03-25\"," SAID "}"),
    SEED("note {\"kind\":\"SCOPE\",\"direction\":\"in\",\"from\":" MX ",\"date\":\"2026-03-17\","
         "\"number\":\"9/2026\"," SAID "}"),
    SEED("annul {\"note\":\"" ID("0a") "\",\"reason\":\"wrong date\"}"),
    SEED("withdraw {\"note\":\"" ID("0a") "\",\"at\":\"2026-03-18T10:00:00Z\",\"reason\":\"x\"}"),
    SEED("assist {\"at\":\"2026-03-18T10:00:00Z\",\"by\":\"MX\",\"kind\":\"visit\",\"persons\":[1],"
         "\"manner\":\"with_authority\",\"vccr8\":\"notified\",\"detail\":\"a visit\"," SAID "}"),
    SEED("cost {\"on\":\"2026-03-17\",\"amount\":\"1.5\",\"currency\":\"KWD\",\"source\":\"iom\"}"),
    SEED("close {\"outcome\":[\"repatriated\",\"out_of_reach\"],\"reason\":\"home\"}"),
    SEED("report {\"meeting\":\"LON-CP\",\"on\":\"2026-06-01\",\"pending\":true}"),
    SEED("correct {\"of\":\"" ID(
        "0d") "\",\"reason\":\"known\",\"payload\":{\"on\":\"2026-03-17\","
              "\"amount\":\"1850\",\"currency\":\"AED\",\"source\":\"iom\",\"item\":\"air\"}}"),
    SEED("determine {\"requirement\":\"R9\",\"person\":1,\"status\":\"met\",\"reason\":\"x\"}"),
    SEED("lift_lock {\"person\":2,\"counselling\":\"by UNHCR\",\"consent\":\"her word\"}"),
    SEED("countersign {\"of\":\"" ID("0c") "\"}"),
    SEED("erase {\"of\":\"" ID("0f") "\"}"),
    SEED("legal_hold {\"hold\":true,\"reason\":\"a court\"}"),
    SEED(
        "child {\"person\":1,\"accompanied\":\"separated\",\"care\":\"aunt\",\"responsible\":"
        "\"not_obtainable: unknown\",\"views\":\"home\",\"best_interests\":\"return\",\"by\":\"A\","
        "\"on\":\"2026-03-17\"}"),
    SEED("situation {\"locality\":\"Dubai\",\"danger_now\":true,\"armed_conflict\":true,"
         "\"district_served\":{\"answer\":\"unknown\"}}"),
    SEED("notify {\"event\":\"poll\",\"text\":\"one case\"}"),
    SEED("refer_answer {\"to\":\"network\",\"persons\":[1],\"on\":\"2026-03-17\",\"answer\":"
         "\"cannot_be_resolved\",\"because\":\"no partner\"}"),
    SEEDS_END,
};

FUZZ_TARGET(payload, run) = {"payload", run, seeds, fuzz_field_words, fuzz_mutate_json, 2500};
