/* SPDX-License-Identifier: MIT */
/* Acts as bytes: what is where, what is signed, and that parts can go. */
#include "store_kit.h"

#include <string.h>

#include "amparo/store/actbytes.h"
#include "amparo/store/log.h"
#include "amparo/store/value.h"

static const char person[] =
    "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen Yamileth', 'nationalities': "
    "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1998-03-14', 'fears_own_state': true}";

static void make(struct store *store, enum act_kind kind, const struct act_type *inner,
                 const char *text, struct act_bytes *out)
{
    struct core core = {.kind = kind, .sequence = 1, .at = {.seconds = 1773338400, .offset = -360}};
    json_t *payload = kit_json(text);

    assert_true(value_check(payload, "", NULL));
    const struct act_content content = {.type = act_type(kind), .inner = inner, .payload = payload};
    act_bytes_make(out, &core, &content, store->vault);
    json_decref(payload);
}

static bool holds(const struct buf *bytes, const char *text)
{
    return memmem(bytes->data, bytes->size, text, strlen(text)) != NULL;
}

static json_t *read_payload(const struct act_bytes *a)
{
    json_t *payload, *context;

    assert_true(act_bytes_read(a, &payload, &context));
    assert_null(context);
    return payload;
}

static void keeps_persons_out_of_the_core(void **state)
{
    struct store *store = kit_create("core");
    struct act_bytes a;
    const char *fault;
    struct core core;
    (void)state;

    make(store, ACT_PERSON, NULL, person, &a);
    assert_true(act_bytes_check(&a, &fault));
    assert_false(holds(&a.core, "RAM"));
    assert_false(holds(&a.core, "1998"));
    assert_true(a.count >= 1);
    assert_true(holds(&a.parts[0].bytes, "Karen"));
    assert_true(act_bytes_core(&a, &core));
    assert_int_equal(core.kind, ACT_PERSON);
    assert_int_equal(core.at.seconds, 1773338400);
    assert_int_equal(core.at.offset, -360);
    json_t *should = kit_json(person), *is = read_payload(&a);
    assert_true(json_equal(should, is));
    json_decref(should);
    json_decref(is);
    act_bytes_release(&a);
    store_close(store);
}

static void flip_and_check(struct act_bytes *a, void *byte)
{
    const char *fault = NULL;

    *(uint8_t *)byte ^= 0x10;
    assert_false(act_bytes_check(a, &fault));
    assert_non_null(fault);
    *(uint8_t *)byte ^= 0x10;
}

static void signs_every_byte(void **state)
{
    struct store *store = kit_create("sign");
    struct act_bytes a;
    const char *fault;
    (void)state;

    make(store, ACT_PERSON, NULL, person, &a);
    for (size_t i = 0; i < a.core.size; i++)
        flip_and_check(&a, a.core.data + i);
    for (size_t p = 0; p < a.count; p++) {
        for (size_t i = 0; i < a.parts[p].bytes.size; i++)
            flip_and_check(&a, a.parts[p].bytes.data + i);
        flip_and_check(&a, a.parts[p].salt);
        flip_and_check(&a, a.parts[p].commitment);
    }
    flip_and_check(&a, a.root);
    flip_and_check(&a, a.signer);
    flip_and_check(&a, a.signature);
    flip_and_check(&a, a.id);
    assert_true(act_bytes_check(&a, &fault));
    act_bytes_release(&a);
    store_close(store);
}

static void verifies_without_a_part(void **state)
{
    struct store *store = kit_create("part");
    struct act_bytes a;
    const char *fault;
    (void)state;

    make(store, ACT_PERSON, NULL, person, &a);
    for (size_t i = 0; i < a.count; i++) {
        buf_clear(&a.parts[i].bytes);
        a.parts[i].present = false;
    }
    assert_true(act_bytes_check(&a, &fault));
    json_t *left = read_payload(&a);
    assert_null(json_object_get(left, "surname_1"));
    assert_null(json_object_get(left, "birth_date"));
    json_decref(left);
    act_bytes_release(&a);
    store_close(store);
}

static void splits_a_payload_within(void **state)
{
    struct store *store = kit_create("within");
    struct act_bytes a;
    char text[1000];
    (void)state;

    snprintf(text, sizeof text, "{'of': '%064d', 'reason': 'a letter was wrong', 'payload': %s}", 7,
             person);
    make(store, ACT_CORRECT, act_type(ACT_PERSON), text, &a);
    assert_false(holds(&a.core, "RAM"));
    json_t *should = kit_json(text), *is = read_payload(&a);
    assert_true(json_equal(should, is));
    json_decref(should);
    json_decref(is);
    act_bytes_release(&a);
    store_close(store);
}

/* What the store attaches: the number travels, the copy of the directory stays and may go. */
static void keeps_the_directory_apart(void **state)
{
    struct store *store = kit_create("kept");
    struct core core = {.kind = ACT_DECIDE, .sequence = 1};
    struct act_bytes a;
    const char *fault;
    json_t *payload = kit_json("{'decision': 'more_facts', 'reason': '-'}");
    json_t *context = kit_json("{'number': '1/2026'}");
    json_t *kept = kit_json("{'parties': {'HN': '2026-01-10'}}");
    const struct act_content content = {act_type(ACT_DECIDE), NULL, payload, context, kept};
    (void)state;

    act_bytes_make(&a, &core, &content, store->vault);
    assert_true(holds(&a.core, "1/2026"));
    assert_false(holds(&a.core, "parties"));
    json_object_update(context, kept);
    json_t *is, *attached;
    assert_true(act_bytes_read(&a, &is, &attached));
    assert_true(json_equal(is, payload));
    assert_true(json_equal(attached, context));
    json_decref(is);
    json_decref(attached);
    a.parts[a.count - 1].present = false;
    assert_true(act_bytes_check(&a, &fault));
    assert_true(act_bytes_read(&a, &is, &attached));
    assert_int_equal(json_object_size(attached), 1);
    json_decref(is);
    json_decref(attached);
    json_decref(payload);
    json_decref(context);
    json_decref(kept);
    act_bytes_release(&a);
    store_close(store);
}

/* The bytes that are hashed, put together by hand and hashed by another program (b2sum -l 256). */
static void has_the_id_of_the_vector(void **state)
{
    struct act_bytes a = ACT_BYTES_INIT;
    const char *fault = NULL;
    (void)state;

    buf_addc(&a.core, '\xa0');
    memset(a.signer, 1, sizeof a.signer);
    memset(a.parts[0].commitment, 2, HASH);
    a.count = 1;
    assert_true(hex_read("aa02a0d77c22930f89f63990f473333f0ad53dceea38d9b9adf0bfee99686870", a.id,
                         sizeof a.id));
    assert_false(act_bytes_check(&a, &fault));
    assert_non_null(strstr(fault, "signature")); /* the id is right, nobody signed */
    a.id[0] ^= 1;
    assert_false(act_bytes_check(&a, &fault));
    assert_non_null(strstr(fault, "id"));
    act_bytes_release(&a);
}

static void differs_each_time(void **state)
{
    struct store *store = kit_create("random");
    struct act_bytes a, b;
    (void)state;

    make(store, ACT_PERSON, NULL, person, &a);
    make(store, ACT_PERSON, NULL, person, &b);
    assert_memory_not_equal(a.id, b.id, ACT_ID_SIZE);
    assert_memory_not_equal(a.parts[0].commitment, b.parts[0].commitment, HASH);
    act_bytes_release(&a);
    act_bytes_release(&b);
    store_close(store);
}

static void names_what_cannot_be_written(void **state)
{
    static const char *const bad[][2] = {
        {"{'a': {'b': ['x', null]}}", "a.b[1]"},
        {"{'a': 1.5}", "a:"},
        {"{'a': [{'c': 'tab\\there'}]}", "a[0].c"},
        {"{'a': '\\u202e'}", "a:"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = ERROR_INIT;
        json_t *json = kit_json(bad[i][0]);
        assert_false(value_check(json, "", &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(error_text(&err), bad[i][1]));
        error_release(&err);
        json_decref(json);
    }
}

/* ---- the post's own acts ---- */

static struct roster_entry *entry_named(struct store *store, const char *name)
{
    for (size_t i = 0; i < store->post.count; i++)
        if (strcmp(store->post.roster[i].officer.name, name) == 0)
            return &store->post.roster[i];
    return NULL;
}

static void keeps_roles(void **state)
{
    struct error err = ERROR_INIT;
    struct officers officers;
    struct store *ana = kit_create("roles"), *luis;
    (void)state;

    assert_string_equal(store_officer(ana)->name, "Ana PINEDA");
    assert_int_equal(store_officer(ana)->role, ROLE_HEAD);
    assert_string_equal(store_post(ana)->code, "HNTGU");
    assert_true(store_add_officer(ana, "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    assert_false(store_add_officer(ana, "LUIS MEJIA", ROLE_OFFICER, kit_eva, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    luis = kit_open("roles", kit_luis);
    assert_string_equal(store_officer(luis)->name, "Luis Mejía");
    assert_int_equal(store_officer(luis)->role, ROLE_OFFICER);
    assert_false(store_add_officer(luis, "Eva", ROLE_HEAD, kit_eva, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    assert_true(store_officers(luis, &officers, &err));
    assert_int_equal(officers.count, 2);
    officers_release(&officers);
    store_close(luis);
    store_close(ana);
}

/* Somebody with the keys of an officer writes an act that makes them head: it does not count. */
static void counts_no_usurper(void **state)
{
    struct error err = ERROR_INIT;
    struct store *ana = kit_create("usurper"), *luis;
    (void)state;

    assert_true(store_add_officer(ana, "Luis", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("usurper", kit_luis);
    json_t *payload = post_officer_payload("Luis", ROLE_HEAD, vault_sign_pk(luis->vault));
    struct new_act act = {.case_id = post_case, .kind = POST_OFFICER, .payload = payload};
    assert_true(db_begin(luis, &err));
    assert_true(log_append(luis, &act, NULL, &err));
    assert_true(db_end(luis, true, &err));
    json_decref(payload);
    assert_true(post_refresh(luis, &err));
    assert_int_equal(store_officer(luis)->role, ROLE_OFFICER);
    assert_true(post_refresh(ana, &err));
    assert_int_equal(entry_named(ana, "Luis")->officer.role, ROLE_OFFICER);
    assert_int_equal(post_state_heads(&ana->post), 1);
    store_close(luis);
    store_close(ana);
}

static void recovery_names_a_head(void **state)
{
    static char text[][16] = {"HN", "HNTGU", "Directorate", "Tegucigalpa", "directorate"};
    const struct post_profile profile = {text[0], text[1], text[2], text[0], text[3], text[4]};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store, *by_key;
    (void)state;

    assert_true(store_create(kit_path("recovery"), &profile, "Ana", kit_ana,
                             STORE_UNSYNCED | STORE_NO_SECRET, &store, &recovery, &err));
    store_close(store);
    assert_true(store_open_recovery(kit_path("recovery"), buf_text(&recovery), &by_key, &err));
    assert_false(store_add_officer(by_key, "Eva", ROLE_OFFICER, kit_eva, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    assert_true(store_add_officer(by_key, "Eva", ROLE_HEAD, kit_eva, &err));
    store_close(by_key);
    store = kit_open("recovery", kit_eva);
    assert_int_equal(store_officer(store)->role, ROLE_HEAD);
    store_close(store);
    buf_release(&recovery);
}

static void opens_for_the_officer_named(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("named");
    (void)state;

    store_close(store);
    assert_true(store_open(kit_path("named"), "ana pineda", kit_ana, 0, &store, &err));
    store_close(store);
    assert_false(store_open(kit_path("named"), "Luis", kit_ana, 0, &store, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    assert_false(store_open(kit_path("named"), NULL, kit_luis, 0, &store, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
}

static void restores_as_a_new_incarnation(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("lost");
    (void)state;

    assert_true(store_backup(store, kit_path("backup"), NULL, NULL, &err));
    assert_false(store_backup(store, kit_path("backup"), NULL, NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    store_close(store);
    assert_true(kit_restore("backup", "new", NULL, NULL, &err));
    assert_false(kit_restore("backup", "new", NULL, NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    store = kit_open("new", kit_ana);
    assert_int_equal(store->post.incarnation, 1);
    assert_string_equal(store_officer(store)->name, "Ana PINEDA");
    store_close(store);
    store = kit_open("backup", kit_ana);
    assert_int_equal(store->post.incarnation, 0);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_persons_out_of_the_core),
        cmocka_unit_test(signs_every_byte),
        cmocka_unit_test(verifies_without_a_part),
        cmocka_unit_test(splits_a_payload_within),
        cmocka_unit_test(keeps_the_directory_apart),
        cmocka_unit_test(has_the_id_of_the_vector),
        cmocka_unit_test(differs_each_time),
        cmocka_unit_test(names_what_cannot_be_written),
        cmocka_unit_test(keeps_roles),
        cmocka_unit_test(counts_no_usurper),
        cmocka_unit_test(recovery_names_a_head),
        cmocka_unit_test(opens_for_the_officer_named),
        cmocka_unit_test(restores_as_a_new_incarnation),
    };
    return cmocka_run_group_tests_name("store acts", tests, kit_begin, kit_end);
}
