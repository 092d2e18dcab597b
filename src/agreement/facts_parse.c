/* SPDX-License-Identifier: MIT */
/* Facts from JSON: the shape first, from one table an object, then what the values say. */
#include "amparo/agreement/facts.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* Where we are in the document, and where a fault is told. */
struct reader {
    struct facts *facts;
    struct buf path;
    struct error *err;
};

enum shape { TEXT, NUMBER, BOOLEAN, OBJECT, OBJECT_OR_NULL, ARRAY };

struct key {
    const char *name;
    enum shape shape;
    bool needed;
};

static const char *const shape_names[] = {
    [TEXT] = N_("text"),
    [NUMBER] = N_("a whole number"),
    [BOOLEAN] = N_("true or false"),
    [OBJECT] = N_("an object"),
    [OBJECT_OR_NULL] = N_("an object or null"),
    [ARRAY] = N_("an array"),
};

/* One line stays one line, and sends no commands to a terminal. */
static bool is_printable(const char *text)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, text, strlen(text));
    bool same = strcmp(buf_text(&shown), text) == 0;
    buf_release(&shown);
    return same;
}

/* The value as JSON in printable ASCII; jansson leaves DEL as it is. The caller frees it. */
static char *escaped(const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_ENSURE_ASCII);
    struct buf out = BUF_INIT;

    for (const char *p = text ? text : "?"; *p; p++)
        if (*p == 0x7f)
            buf_adds(&out, "\\u007F");
        else
            buf_addc(&out, *p);
    free(text);
    return buf_detach(&out);
}

/* The value as JSON, in what a line can show. The caller frees it. */
static char *shown(const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

    if (text && is_printable(text))
        return text;
    free(text);
    return escaped(value);
}

char *facts_key_shown(const char *key)
{
    if (*key && is_printable(key))
        return xstrdup(key);

    json_t *name = json_string(key);
    char *text = escaped(name);
    json_decref(name);
    return text;
}

/* Goes down to a key; returns what goes_up() needs. */
static size_t goes_down(struct reader *r, const char *key)
{
    size_t before = r->path.size;
    char *text = facts_key_shown(key);

    buf_addf(&r->path, "%s%s", before ? "." : "", text);
    free(text);
    return before;
}

static size_t goes_down_to(struct reader *r, size_t index)
{
    size_t before = r->path.size;

    buf_addf(&r->path, "[%zu]", index);
    return before;
}

static void goes_up(struct reader *r, size_t before)
{
    buf_cut(&r->path, before);
}

/* The value at the path is bad. `what` is whole: "is no date". Always false. */
static bool bad(struct reader *r, const json_t *value, const char *what)
{
    char *text = shown(value);

    error_set(r->err, ERROR_INPUT, "%s: %s %s", buf_text(&r->path), text, what);
    free(text);
    return false;
}

static bool bad_member(struct reader *r, const json_t *object, const char *key, const char *what)
{
    size_t before = goes_down(r, key);
    const json_t *value = json_object_get(object, key);

    if (value)
        bad(r, value, what);
    else
        error_set(r->err, ERROR_INPUT, "%s: %s", buf_text(&r->path), what);
    goes_up(r, before);
    return false;
}

static bool has_shape(const json_t *value, enum shape shape)
{
    switch (shape) {
    case TEXT:
        return json_is_string(value);
    case NUMBER:
        return json_is_integer(value);
    case BOOLEAN:
        return json_is_boolean(value);
    case OBJECT:
        return json_is_object(value);
    case OBJECT_OR_NULL:
        return json_is_object(value) || json_is_null(value);
    case ARRAY:
        return json_is_array(value);
    }
    BUG("an unknown shape");
}

static const struct key *find_key(const struct key *keys, const char *name)
{
    for (; keys->name; keys++)
        if (strcmp(keys->name, name) == 0)
            return keys;
    return NULL;
}

/* No key but these, each of its type, and all that are needed. */
static bool check_keys(struct reader *r, json_t *object, const struct key *keys)
{
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        const struct key *key = find_key(keys, name);

        if (!key)
            return bad_member(r, object, name, _("is a key that is not known here"));
        if (!has_shape(value, key->shape)) {
            char *what = xasprintf(_("is not %s"), _(shape_names[key->shape]));
            bad_member(r, object, name, what);
            free(what);
            return false;
        }
    }
    for (; keys->name; keys++)
        if (keys->needed && !json_object_get(object, keys->name))
            return bad_member(r, object, keys->name, _("is missing"));
    return true;
}

static bool bad_code(struct reader *r, const json_t *object, const char *key,
                     const struct code *codes)
{
    struct buf what = BUF_INIT;

    buf_adds(&what, _("is not one of"));
    for (; codes->code; codes++)
        buf_addf(&what, " %s", codes->code);
    bad_member(r, object, key, buf_text(&what));
    buf_release(&what);
    return false;
}

/* A key that is absent leaves what was there. */
static bool read_code(struct reader *r, const json_t *object, const char *key,
                      const struct code *codes, int *out)
{
    const json_t *value = json_object_get(object, key);
    int index = value ? code_index(codes, json_string_value(value)) : 0;

    if (!value)
        return true;
    if (index < 0)
        return bad_code(r, object, key, codes);
    *out = index;
    return true;
}

static bool read_state(struct reader *r, const json_t *object, const char *key,
                       char out[STATE_SIZE])
{
    const char *code = json_string_value(json_object_get(object, key));

    if (!country_find(code))
        return bad_member(r, object, key, _("is no country code of ISO 3166-1 (alpha-2), nor XK"));
    memcpy(out, code, STATE_SIZE);
    return true;
}

static bool read_date(struct reader *r, const json_t *object, const char *key, struct date *out)
{
    const json_t *value = json_object_get(object, key);

    if (value && !date_parse(json_string_value(value), out))
        return bad_member(r, object, key, _("is no date that exists (YYYY-MM-DD)"));
    return true;
}

/* As read_date; the assessment cannot know of what comes later. */
static bool read_past_date(struct reader *r, const json_t *object, const char *key,
                           struct date *out)
{
    if (!read_date(r, object, key, out))
        return false;
    if (json_object_get(object, key) && date_compare(*out, r->facts->on) > 0)
        return bad_member(r, object, key, _("is after the date of the assessment (on)"));
    return true;
}

static bool read_bool(const json_t *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);

    return value ? json_is_true(value) : otherwise;
}

static bool read_instrument(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"status", TEXT, true}, {"since", TEXT, false}, {0}};
    int status = INSTRUMENT_PILOT;

    if (!check_keys(r, object, keys) ||
        !read_code(r, object, "status", instrument_codes, &status) ||
        !read_date(r, object, "since", &r->facts->since))
        return false;
    r->facts->instrument = (enum instrument_status)status;
    if (status == INSTRUMENT_IN_FORCE && !json_object_get(object, "since"))
        return bad_member(r, object, "since",
                          _("is missing: needed when the instrument is in force"));
    return true;
}

/* {"HN": "2026-01-10", …} */
static bool read_state_dates(struct reader *r, json_t *object, bool past,
                             void (*add)(struct facts *, const char *, struct date))
{
    const char *state;
    json_t *value;
    struct date date = {0, 0, 0};

    json_object_foreach(object, state, value)
    {
        if (!country_find(state))
            return bad_member(r, object, state,
                              _("stands under what is no country code of ISO 3166-1 (alpha-2)"));
        if (!json_is_string(value))
            return bad_member(r, object, state, _("is not text"));
        if (!(past ? read_past_date : read_date)(r, object, state, &date))
            return false;
        add(r->facts, state, date);
    }
    return true;
}

static bool read_parties(struct reader *r, json_t *object)
{
    return read_state_dates(r, object, false, facts_add_party);
}

static bool read_lists(struct reader *r, json_t *object)
{
    return read_state_dates(r, object, true, facts_add_list);
}

static bool read_post(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"state", TEXT, true},
                                      {"country", TEXT, true},
                                      {"city", TEXT, true},
                                      {"kind", TEXT, true},
                                      {"able", BOOLEAN, false},
                                      {"source", TEXT, false},
                                      {0}};
    struct post post = {.able = true, .source = SOURCE_SEED};
    int kind = 0, source = SOURCE_SEED;

    if (!check_keys(r, object, keys) || !read_state(r, object, "state", post.state) ||
        !read_state(r, object, "country", post.country) ||
        !read_code(r, object, "kind", post_kind_codes, &kind) ||
        !read_code(r, object, "source", post_source_codes, &source))
        return false;

    char *city = xstrdup(json_string_value(json_object_get(object, "city")));
    post.city = city;
    post.kind = (enum post_kind)kind;
    post.source = (enum post_source)source;
    post.able = read_bool(object, "able", true);
    facts_add_post(r->facts, &post);
    free(city);
    return true;
}

static bool read_nationality(struct reader *r, json_t *object)
{
    static const struct key keys[] = {
        {"state", TEXT, true}, {"proof", TEXT, true}, {"refuted", BOOLEAN, false}, {0}};
    struct nationality nationality = {.refuted = false};
    int proof = 0;

    if (!check_keys(r, object, keys) || !read_state(r, object, "state", nationality.state) ||
        !read_code(r, object, "proof", proof_codes, &proof))
        return false;
    for (size_t i = 0; i < r->facts->nationality_count; i++)
        if (strcmp(r->facts->nationalities[i].state, nationality.state) == 0)
            return bad_member(r, object, "state", _("stands here a second time"));
    nationality.proof = (enum proof)proof;
    nationality.refuted = read_bool(object, "refuted", false);
    facts_add_nationality(r->facts, &nationality);
    return true;
}

static bool read_ground(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"code", TEXT, true}, {"perpetrator", TEXT, true}, {0}};
    int code = 0, perpetrator = 0;

    if (!check_keys(r, object, keys) || !read_code(r, object, "code", ground_codes, &code) ||
        !read_code(r, object, "perpetrator", perpetrator_codes, &perpetrator))
        return false;
    facts_add_ground(r->facts,
                     (struct ground){(enum ground_code)code, (enum perpetrator)perpetrator});
    return true;
}

/* Each element an object, read by `read`. */
static bool read_array(struct reader *r, const json_t *array,
                       bool (*read)(struct reader *, json_t *))
{
    size_t index;
    json_t *element;

    json_array_foreach(array, index, element)
    {
        size_t before = goes_down_to(r, index);
        if (!json_is_object(element))
            return bad(r, element, _("is not an object"));
        if (!read(r, element))
            return false;
        goes_up(r, before);
    }
    return true;
}

/* The object or array of a key that was checked to be there, or is absent or null: then nothing. */
static bool read_below(struct reader *r, const json_t *object, const char *key,
                       bool (*read)(struct reader *, json_t *))
{
    json_t *value = json_object_get(object, key);
    size_t before = goes_down(r, key);
    bool good = json_is_array(value)    ? read_array(r, value, read)
                : json_is_object(value) ? read(r, value)
                                        : true;

    goes_up(r, before);
    return good;
}

static bool read_birth_date(struct reader *r, const json_t *person)
{
    const json_t *value = json_object_get(person, "birth_date");
    struct partial_date *birth = &r->facts->birth;

    if (!value)
        return true;
    if (!partial_date_parse(json_string_value(value), birth))
        return bad_member(r, person, "birth_date",
                          _("is no date that exists (YYYY-MM-DD, with X for what is unknown)"));
    if (!partial_date_is_unknown(*birth) &&
        date_compare(partial_date_oldest(*birth), r->facts->on) > 0)
        return bad_member(r, person, "birth_date", _("is after the date of the assessment (on)"));
    return true;
}

static bool read_person(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"nationalities", ARRAY, true},
                                      {"birth_date", TEXT, false},
                                      {"fears_own_state", BOOLEAN, false},
                                      {0}};

    if (!check_keys(r, object, keys) || !read_below(r, object, "nationalities", read_nationality) ||
        !read_birth_date(r, object))
        return false;
    r->facts->fears_own_state = read_bool(object, "fears_own_state", false);
    return true;
}

static char *read_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? xstrdup(text) : NULL;
}

static bool read_referral(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"referred_on", TEXT, true},
                                      {"answered_on", TEXT, false},
                                      {"answer", TEXT, false},
                                      {"because", TEXT, false},
                                      {0}};
    struct facts *facts = r->facts;
    int answer = 0;

    if (!check_keys(r, object, keys) ||
        !read_past_date(r, object, "referred_on", &facts->referred_on) ||
        !read_past_date(r, object, "answered_on", &facts->answered_on) ||
        !read_code(r, object, "answer", network_answer_codes, &answer))
        return false;
    facts->referred = true;
    facts->answer = (enum network_answer)answer;
    facts->answered = json_object_get(object, "answer") != NULL;
    facts->because = read_text(object, "because");
    if (facts->answered && !json_object_get(object, "answered_on"))
        return bad_member(r, object, "answer", _("has no answered_on beside it"));
    if (!facts->answered && json_object_get(object, "answered_on"))
        return bad_member(r, object, "answered_on", _("has no answer beside it"));
    if (facts->answered && date_compare(facts->answered_on, facts->referred_on) < 0)
        return bad_member(r, object, "answered_on", _("is before referred_on"));
    return true;
}

static bool read_override(struct reader *r, json_t *object)
{
    static const struct key keys[] = {{"reason", TEXT, true}, {0}};

    if (!check_keys(r, object, keys))
        return false;
    r->facts->urgent_override = read_text(object, "reason");
    return true;
}

static bool read_states(struct reader *r, const json_t *root)
{
    if (!read_state(r, root, "requesting_state", r->facts->requesting) ||
        !read_state(r, root, "receiving_state", r->facts->receiving))
        return false;
    if (strcmp(r->facts->requesting, r->facts->receiving) == 0)
        return bad_member(r, root, "receiving_state", _("is the requesting State itself"));
    return true;
}

static bool read_list_days(struct reader *r, const json_t *root)
{
    const json_t *days = json_object_get(root, "list_days");

    if (!days)
        return true;
    if (json_integer_value(days) < 1 || json_integer_value(days) > 36525)
        return bad_member(r, root, "list_days", _("is no number of days from 1 to 36525"));
    r->facts->list_days = (long)json_integer_value(days);
    return true;
}

static bool read_facts(struct reader *r, json_t *root)
{
    static const struct key keys[] = {
        {"on", TEXT, true},
        {"instrument", OBJECT, true},
        {"parties", OBJECT, true},
        {"lists", OBJECT, true},
        {"list_days", NUMBER, false},
        {"posts", ARRAY, true},
        {"requesting_state", TEXT, true},
        {"receiving_state", TEXT, true},
        {"district_served", BOOLEAN, false},
        {"person", OBJECT, true},
        {"grounds", ARRAY, true},
        {"trafficking_indicators", BOOLEAN, false},
        {"network_referral", OBJECT_OR_NULL, false},
        {"urgent_override", OBJECT_OR_NULL, false},
        {0},
    };
    const json_t *served = json_object_get(root, "district_served");

    r->facts->district_served = !served                ? KNOWN_NOT
                                : json_is_true(served) ? KNOWN_TRUE
                                                       : KNOWN_FALSE;
    r->facts->trafficking_indicators = read_bool(root, "trafficking_indicators", false);
    return check_keys(r, root, keys) && read_list_days(r, root) &&
           read_date(r, root, "on", &r->facts->on) &&
           read_below(r, root, "instrument", read_instrument) &&
           read_below(r, root, "parties", read_parties) &&
           read_below(r, root, "lists", read_lists) && read_below(r, root, "posts", read_post) &&
           read_states(r, root) && read_below(r, root, "person", read_person) &&
           read_below(r, root, "grounds", read_ground) &&
           read_below(r, root, "network_referral", read_referral) &&
           read_below(r, root, "urgent_override", read_override);
}

bool facts_parse(json_t *root, struct facts *facts, struct error *err)
{
    struct reader reader = {facts, BUF_INIT, err};
    bool good;

    if (json_is_object(root))
        good = read_facts(&reader, root);
    else
        good = error_set(err, ERROR_INPUT, "%s", _("the facts are not one JSON object"));
    buf_release(&reader.path);
    return good;
}
