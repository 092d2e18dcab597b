/* SPDX-License-Identifier: MIT */
/*
 * Nonsense with good signatures: dispatches of every kind, of posts whose keys are good, with
 * whatever values a field can hold on the wire, at the ends of what they can be and beyond.
 * Whatever becomes of it, nothing else comes to harm: every file verifies, and what was said before
 * stands. AMPARO_LONG says much more of it.
 */
#include "hostile_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/dossier_make.h"
#include "amparo/pouch/dossier_say.h"
#include "amparo/store/caseload.h"
#include "amparo/store/correspondence.h"

enum { ROUNDS = 400, ROUNDS_LONG = 20000, IDS = 64 };

#define THEIRS "CRAUH-2026-0001"

struct talk {
    struct kit_net net;
    uint64_t random;
    uint8_t id[CASE_ID], opener[OPENER];
    char ids[IDS][2 * ACT_ID_SIZE + 1]; /* of dispatches that are there */
    size_t id_count;
    uint64_t sequence[NET];
};

static uint64_t draw(struct talk *t, uint64_t end)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return t->random % end;
}

/* ---- values ---- */

static json_t *some_text(struct talk *t)
{
    static const char *const texts[] = {"",
                                        " ",
                                        "x",
                                        "=cmd|' /C calc'!A0",
                                        "a\nb\n\n\nc",
                                        "%s%n%s%n",
                                        "../../etc",
                                        "\xc2\xa0",
                                        "\xe2\x80\x8b",
                                        "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
                                        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
                                        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                        "\xef\xbb\xbf",
                                        "\xf3\xa0\x81\x81",
                                        "null",
                                        "{\"a\": 1}",
                                        "';--",
                                        "RAMÍREZ",
                                        "<b>&amp;</b>",
                                        "\xe2\x80\xa8line",
                                        "0",
                                        "-1",
                                        "99999999999999999999"};
    uint64_t n = draw(t, ARRAY_SIZE(texts) + 1);
    struct buf all = BUF_INIT;

    if (n < ARRAY_SIZE(texts))
        return json_string(texts[n]);
    for (uint64_t i = 0, count = 1 + draw(t, 70000); i < count; i++)
        buf_addc(&all, (char)('a' + i % 26));
    json_t *text = json_string(buf_text(&all));
    buf_release(&all);
    return text;
}

static json_t *one_of(struct talk *t, const char *const *list, size_t count)
{
    uint64_t n = draw(t, count + 1);

    return n < count ? json_string(list[n]) : some_text(t);
}

static json_t *some_number(struct talk *t)
{
    static const json_int_t numbers[] = {0,         1,         2,          3,      499,
                                         500,       501,       1000000,    999999, INT64_MAX,
                                         INT64_MIN, INT32_MAX, UINT32_MAX, -1};

    return json_integer(numbers[draw(t, ARRAY_SIZE(numbers))]);
}

static json_t *some_day(struct talk *t)
{
    static const char *const days[] = {"2026-03-12", "0001-01-01", "9999-12-31",
                                       "2026-02-30", "2026-3-1",   "1900-01-01",
                                       "2500-01-01", "2026-03-XX", "-001-01-01"};

    return one_of(t, days, ARRAY_SIZE(days));
}

static json_t *some_instant(struct talk *t)
{
    static const char *const all[] = {"2026-03-12T11:00:00-06:00", "0001-01-01T00:00:00+23:59",
                                      "9999-12-31T23:59:60-23:59", "2026-03-12T12:00:00.123456789Z",
                                      "2500-01-01T00:00:00Z",      "2026-03-12"};

    return one_of(t, all, ARRAY_SIZE(all));
}

static json_t *some_code(struct talk *t, const struct code *codes)
{
    size_t count = 0;

    while (codes && codes[count].code)
        count++;
    return count && draw(t, 8) ? json_string(codes[draw(t, count)].code) : some_text(t);
}

static json_t *some_state(struct talk *t)
{
    static const char *const states[] = {"HN", "CR", "MX", "GT", "AE",
                                         "ts", "ZZ", "XK", "hn", "**"};

    return one_of(t, states, ARRAY_SIZE(states));
}

static json_t *some_id(struct talk *t)
{
    return t->id_count && draw(t, 6) ? json_string(t->ids[draw(t, t->id_count)]) : some_text(t);
}

static json_t *some_value(struct talk *t, const struct field *f, int depth);

static json_t *some_object(struct talk *t, const struct field *members, int depth)
{
    json_t *out = json_object();

    for (const struct field *m = members; depth < 4 && m && m->id; m++)
        if (draw(t, 4))
            json_object_set_new(out, m->key, some_value(t, m, depth + 1));
    return out;
}

static json_t *some_list(struct talk *t, const struct field *f, int depth)
{
    static const size_t counts[] = {0, 1, 2, 3, 40};
    struct field one = *f;
    json_t *out = json_array();

    one.type = f->type == FIELD_PERSONS   ? FIELD_PERSON
               : f->type == FIELD_STATES  ? FIELD_STATE
               : f->type == FIELD_CODES   ? FIELD_CODE
               : f->type == FIELD_OBJECTS ? FIELD_OBJECT
                                          : FIELD_TEXT;
    for (size_t i = counts[draw(t, ARRAY_SIZE(counts))]; i; i--)
        json_array_append_new(out, some_value(t, &one, depth + 1));
    return out;
}

/* As the field has it; now and then of another type. */
static json_t *some_value(struct talk *t, const struct field *f, int depth)
{
    switch (draw(t, 12) ? f->type : (enum field_type)draw(t, FIELD_TYPE_COUNT)) {
    case FIELD_BOOL:
        return json_boolean(draw(t, 2));
    case FIELD_NUMBER:
    case FIELD_PERSON:
        return some_number(t);
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        return some_day(t);
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        return some_instant(t);
    case FIELD_CODE:
        return some_code(t, f->codes);
    case FIELD_STATE:
        return some_state(t);
    case FIELD_ACT:
        return some_id(t);
    case FIELD_OBJECT:
    case FIELD_PAYLOAD:
        return some_object(t, f->members, depth);
    case FIELD_CODES:
    case FIELD_STATES:
    case FIELD_PERSONS:
    case FIELD_LANGUAGES:
    case FIELD_OBJECTS:
    case FIELD_TEXTS:
        return depth < 4 ? some_list(t, f, depth) : json_array();
    default:
        return draw(t, 30) ? some_text(t) : json_pack("{s:s}", "answer", "unknown");
    }
}

/* Of every field that may leave a post; what is needed mostly is there. */
static json_t *some_payload(struct talk *t, const struct act_type *type,
                            const struct act_type *inner)
{
    const struct field *f;
    json_t *out = json_object();

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        if (draw(t, 10) < (f->needed ? 1u : 6u))
            continue;
        if (f->type == FIELD_PAYLOAD)
            json_object_set_new(out, f->key, inner ? some_payload(t, inner, NULL) : json_object());
        else if (act_field_class(f) < CLASS_P3)
            json_object_set_new(out, f->key, some_value(t, f, 0));
    }
    return out;
}

/* ---- what is said ---- */

static enum act_kind some_kind(struct talk *t)
{
    enum act_kind kind;

    do
        kind = (enum act_kind)draw(t, ACT_KIND_END);
    while (!act_kind_known(kind));
    return kind;
}

static void say_one(struct talk *t, size_t from, size_t to)
{
    static const char *const codes[] = {"CR", "HN", "MX", "ts"};
    enum act_kind kind = some_kind(t), of = kind == ACT_CORRECT ? some_kind(t) : (enum act_kind)0;
    struct hostile how = {.author = from,
                          .kind = kind,
                          .of = of == ACT_CORRECT ? (enum act_kind)0 : of,
                          .at = draw(t, 5) ? NULL : "2499-12-31T00:00:00Z",
                          .sequence = draw(t, 20) ? ++t->sequence[from] : INT64_MAX};
    struct taken_in taken;

    for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
        how.to[i] = codes[i];
    if (draw(t, 8)) {
        how.id = t->id;
        how.opener = t->opener;
    }
    json_t *payload = some_payload(t, act_type(kind), how.of ? act_type(how.of) : NULL);
    how.says = payload;
    hostile_send(&t->net, to, &how, &taken);
    json_decref(payload);
}

/* ---- what stands before ---- */

static void gather_ids(struct talk *t)
{
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    bool failed;
    sqlite3_stmt *row = db_query(t->net.store[HN], &err,
                                 "SELECT id FROM dispatches WHERE case_id <> zeroblob(8) ORDER BY "
                                 "place DESC LIMIT 64",
                                 "");

    t->id_count = 0;
    while (db_step(t->net.store[HN], row, &failed, &err))
        if (db_bytes(row, 0, id, sizeof id))
            act_id_hex(id, t->ids[t->id_count++]);
}

static void begin(struct talk *t)
{
    struct error err = ERROR_INIT;

    *t = (struct talk){.random = 0x9e3779b97f4a7c15};
    kit_net_begin(&t->net, 1 << HN | 1 << CR | 1 << MX | 1 << TS);
    kit_net_cards(&t->net);
    kit_poll(t->net.store[HN]);
    hostile_carry_all(&t->net);
    kit_record(t->net.store[CR], THEIRS, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter']}");
    hostile_carry_all(&t->net);
    kit_record(t->net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'near'}");
    kit_record(t->net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    hostile_carry_all(&t->net);
    assert_true(case_find(t->net.store[HN], KIT_CASE, t->id, NULL, &err));
    memcpy(t->opener, t->net.store[HN]->post.author, OPENER);
    for (size_t i = 0; i < NET; i++)
        t->sequence[i] = 100;
    gather_ids(t);
}

/* ---- what stands after ---- */

static void look_at_all(struct talk *t, size_t at)
{
    struct store *store = t->net.store[at];
    struct error err = ERROR_INIT;
    json_t *inbox = store_inbox_json(store, &err);
    sqlite3_stmt *row;
    bool failed;
    char *names = NULL;

    if (!inbox)
        fail_msg("%s", error_text(&err));
    json_decref(inbox);
    row = db_query(store, &err, "SELECT group_concat(reference) FROM cases", "");
    assert_true(db_step(store, row, &failed, &err));
    names = db_text(row, 0);
    db_done(row);
    for (char *rest = names, *name; (name = strsep(&rest, ","));) {
        json_t *both = store_correspondence_json(store, name, &err);
        if (!both)
            fail_msg("%s: %s", name, error_text(&err));
        json_decref(both);
        json_t *shown = store_case_json(store, name, NULL, NULL, &err);
        if (!shown)
            fail_msg("%s: %s", name, error_text(&err));
        json_decref(shown);
    }
    free(names);
}

static void say_dossier(struct talk *t)
{
    const struct disclosure how = {.code = NULL};
    struct dossier_made made;
    struct dossier d = DOSSIER_INIT;
    struct dossier_check check;
    struct buf file = BUF_INIT, said = BUF_INIT;
    struct error err = ERROR_INIT;

    if (!dossier_make(t->net.store[HN], KIT_CASE, &how, &file, &made, &err))
        fail_msg("%s", error_text(&err));
    assert_true(dossier_take(&d, file.data, file.size, &err));
    dossier_check(&d, &(struct dossier_reader){NULL}, &check, &err);
    dossier_say(&check, &said);
    assert_true(said.size > 0);
    dossier_check_release(&check);
    dossier_release(&d);
    buf_release(&made.doubts);
    buf_release(&said);
    buf_release(&file);
    error_release(&err);
}

static void nothing_comes_to_harm(void **state)
{
    static const size_t ways[][2] = {{CR, HN}, {MX, HN}, {HN, CR}, {MX, CR},
                                     {HN, TS}, {CR, TS}, {TS, HN}};
    int rounds = getenv("AMPARO_LONG") ? ROUNDS_LONG : ROUNDS;
    struct talk t;
    (void)state;

    begin(&t);
    for (int i = 0; i < rounds; i++) {
        const size_t *way = ways[draw(&t, ARRAY_SIZE(ways))];
        say_one(&t, way[0], way[1]);
    }
    for (size_t i = 0; i < NET; i++)
        if (t.net.post[i]) {
            look_at_all(&t, i);
            kit_whole(t.net.store[i]);
        }
    say_dossier(&t);
    kit_net_end(&t.net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_comes_to_harm),
    };

    return cmocka_run_group_tests(tests, kit_begin, kit_end);
}
