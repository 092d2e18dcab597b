/* SPDX-License-Identifier: MIT */
/* The post's own keys: who makes them, what is kept of them, when new ones are owed. */
#include "store_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/keys.h"
#include "amparo/store/verify.h"

static char *verify_notes(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    return buf_detach(&verified.notes);
}

static void whole(struct store *store)
{
    char *notes = verify_notes(store);

    assert_string_equal(notes, "");
    free(notes);
}

static struct identity identity_of(struct store *store)
{
    struct error err = ERROR_INIT;
    struct identity identity;

    if (!store_identity(store, &identity, &err))
        fail_msg("%s", error_text(&err));
    return identity;
}

static void make(struct store *store)
{
    struct error err = ERROR_INIT;

    if (!store_make_identity(store, &err))
        fail_msg("%s", error_text(&err));
}

static void is_made_once_by_a_head(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("once"), *luis;
    (void)state;

    assert_false(identity_of(store).made);
    assert_false(identity_of(store).owed);
    assert_true(store_add_officer(store, "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    luis = kit_open("once", kit_luis);
    assert_false(store_make_identity(luis, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    assert_false(store_renew_sealing(luis, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    make(store);
    assert_false(store_make_identity(store, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    struct identity mine = identity_of(store), his = identity_of(luis);
    assert_true(mine.made);
    assert_memory_equal(mine.post, store->post.author, POST_ID);
    assert_memory_equal(mine.signing, his.signing, KEY);
    assert_memory_equal(mine.sealing, his.sealing, KEY);
    assert_true(memcmp(mine.signing, mine.sealing, KEY) != 0);
    store_close(luis);
    whole(store);
    store_close(store);
}

/* What a secret signs, its public key checks; what is sealed to the other opens. */
static void secrets_are_those_of_the_keys(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("secrets");
    struct secret secret, sealing[POST_SEALING_MOST];
    uint8_t signature[crypto_sign_BYTES], sealed[4 + crypto_box_SEALBYTES], opened[4];
    size_t count;
    (void)state;

    assert_true(identity_sealing(store, sealing, &count, &err));
    assert_int_equal(count, 0);
    assert_false(identity_secret(store, POST_KEY_SIGNING, NULL, &secret, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_release(&err);
    make(store);
    struct identity identity = identity_of(store);
    assert_true(identity_secret(store, POST_KEY_SIGNING, NULL, &secret, &err));
    assert_int_equal(secret.size, POST_SECRET_SIGN);
    assert_memory_equal(secret.key, identity.signing, KEY);
    crypto_sign_detached(signature, NULL, (const uint8_t *)"post", 4, secret.bytes);
    assert_int_equal(
        crypto_sign_verify_detached(signature, (const uint8_t *)"post", 4, identity.signing), 0);
    secret_free(&secret);
    assert_true(identity_sealing(store, sealing, &count, &err));
    assert_int_equal(count, 1);
    crypto_box_seal(sealed, (const uint8_t *)"post", 4, identity.sealing);
    assert_int_equal(
        crypto_box_seal_open(opened, sealed, sizeof sealed, identity.sealing, sealing[0].bytes), 0);
    secret_free(&sealing[0]);
    assert_true(identity_secret(store, POST_KEY_MACHINE, NULL, &secret, &err));
    assert_int_equal(secret.size, POST_SECRET_OTHER);
    secret_free(&secret);
    store_close(store);
}

/* Pouches that were sealed to the key of before are still on their way; not for ever. */
static void keeps_old_sealing_secrets_for_a_while(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("sealing");
    struct secret secrets[POST_SEALING_MOST];
    size_t count;
    (void)state;

    make(store);
    struct identity first = identity_of(store);
    assert_false(first.sealing_old);
    store_set_now(store, "2026-06-10T11:59:59-06:00"); /* the ninetieth day is not over */
    assert_false(identity_of(store).sealing_old);
    store_set_now(store, "2026-06-10T12:00:00-06:00");
    assert_true(identity_of(store).sealing_old);
    assert_true(store_renew_sealing(store, &err));
    struct identity second = identity_of(store);
    assert_false(second.sealing_old);
    assert_memory_equal(second.signing, first.signing, KEY);
    assert_true(identity_sealing(store, secrets, &count, &err));
    assert_int_equal(count, 2);
    assert_memory_equal(secrets[0].key, second.sealing, KEY);
    assert_memory_equal(secrets[1].key, first.sealing, KEY);
    secret_free(&secrets[0]);
    secret_free(&secrets[1]);
    store_set_now(store, "2026-09-08T12:00:00-06:00");
    assert_true(store_renew_sealing(store, &err));
    assert_true(identity_sealing(store, secrets, &count, &err));
    assert_int_equal(count, 2);
    assert_memory_equal(secrets[1].key, second.sealing, KEY);
    secret_free(&secrets[0]);
    secret_free(&secrets[1]);
    whole(store);
    store_close(store);
}

static bool never(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)done;
    (void)total;
    return true;
}

static bool duty_says(struct store *store, const char *part)
{
    struct buf duties = BUF_INIT;

    store_duties(store, &duties);
    bool says = strstr(buf_text(&duties), part) != NULL;
    buf_release(&duties);
    return says;
}

static void who_leaves_may_know_them(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create_cheap("leaves");
    struct secret secret;
    uint8_t old[KEY];
    (void)state;

    assert_true(store_add_officer(store, "Luis Mejía", ROLE_OFFICER, kit_luis, &err));
    assert_true(store_add_officer(store, "Eva SOSA", ROLE_OFFICER, kit_eva, &err));
    assert_true(store_remove_officer(store, "Eva SOSA", never, NULL, &err));
    assert_false(identity_of(store).owed);
    make(store);
    struct identity first = identity_of(store);
    assert_false(first.owed);
    assert_true(store_remove_officer(store, "Luis Mejía", never, NULL, &err));
    assert_true(identity_of(store).owed);
    assert_true(duty_says(store, "keys of the post"));
    assert_true(store_renew_identity(store, old, &err));
    assert_memory_equal(old, first.signing, KEY);
    struct identity second = identity_of(store);
    assert_false(second.owed);
    assert_false(duty_says(store, "keys of the post"));
    assert_true(memcmp(second.signing, first.signing, KEY) != 0);
    assert_true(memcmp(second.sealing, first.sealing, KEY) != 0);
    /* The old one says what takes its place, and then nothing any more. */
    assert_true(identity_secret(store, POST_KEY_SIGNING, old, &secret, &err));
    assert_memory_equal(secret.key, old, KEY);
    secret_free(&secret);
    assert_true(identity_destroy(store, old, &err));
    assert_false(identity_secret(store, POST_KEY_SIGNING, old, &secret, &err));
    error_release(&err);
    whole(store);
    store_close(store);
}

static void a_backup_has_them(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("kept");
    (void)state;

    make(store);
    struct identity identity = identity_of(store);
    assert_true(store_backup(store, kit_path("kept.backup"), NULL, NULL, &err));
    store_close(store);
    assert_true(kit_restore("kept.backup", "kept.again", NULL, NULL, &err));
    store = kit_open("kept.again", kit_ana);
    assert_int_equal(store->post.incarnation, 1);
    assert_memory_equal(identity_of(store).signing, identity.signing, KEY);
    assert_true(identity_of(store).made);
    whole(store);
    assert_true(store_rekey(store, REKEY_RESTORED, NULL, NULL, &err));
    assert_memory_equal(identity_of(store).sealing, identity.sealing, KEY);
    assert_true(identity_of(store).made);
    store_close(store);
}

static void verify_looks_at_them(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_create("forged");
    struct verified verified;
    (void)state;

    make(store);
    assert_true(
        db_run(store, &err, "UPDATE post_keys SET seed = randomblob(32) WHERE purpose = 2", ""));
    assert_false(store_verify(store, NULL, NULL, &verified, &err));
    assert_non_null(strstr(error_text(&err), "is not its own"));
    error_release(&err);
    buf_release(&verified.notes);
    assert_true(db_run(store, &err, "DELETE FROM post_keys WHERE purpose = 2", ""));
    char *notes = verify_notes(store);
    assert_non_null(strstr(notes, "opens what comes in is missing"));
    free(notes);
    assert_false(identity_of(store).made);
    assert_true(identity_of(store).owed);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_made_once_by_a_head),
        cmocka_unit_test(secrets_are_those_of_the_keys),
        cmocka_unit_test(keeps_old_sealing_secrets_for_a_while),
        cmocka_unit_test(who_leaves_may_know_them),
        cmocka_unit_test(a_backup_has_them),
        cmocka_unit_test(verify_looks_at_them),
    };

    return cmocka_run_group_tests_name("store identity", tests, kit_begin, kit_end);
}
