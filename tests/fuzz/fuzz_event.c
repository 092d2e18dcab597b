/* SPDX-License-Identifier: MIT */
/* An event and a line of its list: a line that is taken becomes acts that are whole. */
#include <jansson.h>
#include <string.h>

#include "amparo/agreement/event.h"
#include "amparo/agreement/payload.h"
#include "fuzz.h"

static const struct date today = {2026, 3, 14};

static void check_acts(const json_t *event, const json_t *line)
{
    json_t *acts = event_line_acts(event, line, NULL, "SV", today, english), *act;
    size_t i;

    PROMISE(payload_is(json_array_get(acts, 0), "act", "open"), "a new case does not begin so");
    json_array_foreach(acts, i, act)
    {
        const struct act_type *type = act_type_named(payload_text(act, "act"));
        struct error err = ERROR_INIT;
        PROMISE(type, "no such act: %s", payload_text(act, "act"));
        PROMISE(payload_check(type, json_object_get(act, "payload"), &err),
                "a line is taken, and its act %s refused: %s", type->name, error_text(&err));
        error_release(&err);
    }
    json_decref(acts);
}

static bool run(const uint8_t *bytes, size_t size)
{
    json_t *both = json_loadb((const char *)bytes, size, 0, NULL);
    const json_t *event = json_object_get(both, "event"), *line = json_object_get(both, "line");
    struct error err = ERROR_INIT;
    bool good = event && line && payload_check(&event_type, event, &err);

    if (good && !event_line_check(event, line, today, &err)) {
        fuzz_message(&err, NULL);
        good = false;
    }
    if (good)
        check_acts(event, line);
    json_decref(both);
    error_release(&err);
    return good;
}

#define FLOOD                                                                                      \
    "{\"event\":{\"name\":\"Flood\",\"kind\":\"flood\",\"on\":\"2026-03-XX\",\"receiving_state\":" \
    "\"SN\",\"locality\":\"Saint-Louis\",\"ground\":\"G4\",\"perpetrator\":\"none\",\"facts\":"    \
    "\"f\",\"priority\":\"urgent\",\"source\":\"family\",\"needs\":[\"shelter\"],\"consent_basis"  \
    "\":\"b\",\"danger_now\":true,\"interview_languages\":[\"fr\"]},\"line\":"

static const struct fuzz_seed seeds[] = {
    SEED(FLOOD "{\"person\":{\"surname_1\":\"A\",\"given_names\":\"B\",\"sex\":\"F\","
               "\"nationalities\":[{\"state\":\"SV\"}]},\"born\":\"9\",\"family\":\"x\","
               "\"relation\":\"child\",\"need\":\"medical\",\"consent\":\"poll\"}}"),
    SEED(FLOOD "{\"person\":{\"given_names\":\"B\",\"birth_date\":\"2016-XX-XX~\"},"
               "\"alone\":\"alone\",\"consent\":\"record\"}}"),
    SEED(FLOOD "{\"person\":{\"single_name\":\"C\",\"phone\":\"+22133555010\"},\"born\":\"~1950\","
               "\"consent\":\"vital\"}}"),
    SEEDS_END,
};

FUZZ_TARGET(event, run) = {"event", run, seeds, fuzz_field_words, fuzz_mutate_json, 3000};
