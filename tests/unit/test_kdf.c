/* SPDX-License-Identifier: MIT */
/* How dear a new passphrase is made: chosen from a measure, within bounds whatever is measured. */
#include "vault_kit.h"

#include <string.h>

#include "amparo/base/mem.h"

enum { MIB = 1024, PLENTY = 64 << 20 };

static void chosen(int64_t least_us, uint64_t kib, uint32_t passes, uint32_t wanted_mib)
{
    struct kdf_cost cost = kdf_choose(least_us, kib);

    if (cost.passes != passes || cost.kib != wanted_mib * MIB)
        fail_msg("%lld us: %u passes, %u MiB", (long long)least_us, cost.passes, cost.kib / MIB);
}

static void memory_first(void **state)
{
    (void)state;
    chosen(125000, PLENTY, 2, 256); /* as measured when this was written */
    chosen(100000, PLENTY, 2, 320);
    chosen(62500, PLENTY, 2, 512);
    chosen(31250, PLENTY, 4, 512);
    chosen(10000, PLENTY, 8, 512);
    chosen(125000, 128 * MIB, 4, 128);
}

static void never_less_than_the_least(void **state)
{
    (void)state;
    chosen(500000, PLENTY, 2, 64);
    chosen(2000000, PLENTY, 2, 64);
    chosen(INT64_MAX / 2, 0, 2, 64);
    chosen(125000, 0, 8, 64); /* little memory: then more passes */
    chosen(250000, 70 * MIB, 3, 70);
    chosen(0, UINT64_MAX, 8, 512);
    chosen(-1, UINT64_MAX, 8, 512);
}

/* About the time that was wanted, wherever the bounds let it. */
static void about_half_a_second(void **state)
{
    (void)state;
    for (int64_t us = 20000; us <= 500000; us += 997)
        for (uint64_t kib = 64 * MIB; kib <= 1024 * MIB; kib += 37 * MIB) {
            struct kdf_cost cost = kdf_choose(us, kib);
            int64_t takes = us * cost.passes * cost.kib / (KDF_PASSES * KDF_KIB);

            assert_true(kdf_cost_sane(cost) && kdf_cost_honest(cost));
            assert_true(cost.kib <= kib && cost.kib <= KDF_KIB_MOST);
            assert_true(takes <= KDF_TARGET_MS * 1000);
            if (cost.passes < KDF_PASSES_MOST)
                assert_true(takes > KDF_TARGET_MS * 1000 / 2);
        }
}

static void measured_here(void **state)
{
    struct kdf_cost cost = kdf_measure();
    (void)state;

    assert_true(kdf_cost_sane(cost) && kdf_cost_honest(cost));
    assert_true(cost.kib <= KDF_KIB_MOST && cost.passes <= KDF_PASSES_MOST);
}

/* What a real file gets, and its later officers; and that of the demo. */
static void in_a_file(void **state)
{
    struct buf recovery = BUF_INIT;
    struct error err = ERROR_INIT;
    struct vault *v = NULL;
    uint8_t pk[VAULT_SIGN_PK];
    const char *path = kit_path("cost.amparo");
    (void)state;

    assert_true(vault_create(path, "p", 1, VAULT_MEASURED, &v, &recovery, &err));
    assert_true(kdf_cost_honest(header_cost(&v->header, 0)));
    vault_set_effort(v, VAULT_NO_SECRET); /* not beside a real one */
    assert_true(vault_add_slot(v, "q", 1, pk, &err));
    assert_true(kdf_cost_honest(header_cost(&v->header, 1)));
    vault_close(v);
    assert_true(vault_unlock(path, "p", 1, 0, &v, &err));
    vault_set_effort(v, VAULT_LEAST);
    assert_true(vault_set_passphrase(v, "p", 1, "r", 1, &err));
    assert_int_equal(header_cost(&v->header, 0).kib, KDF_KIB);
    assert_int_equal(header_cost(&v->header, 0).passes, KDF_PASSES);
    assert_true(vault_add_slot(v, "s", 1, pk, &err));
    vault_close(v);
    kit_remove(path);
    assert_true(vault_create(path, "p", 1, VAULT_NO_SECRET, &v, &recovery, &err));
    vault_close(v);
    assert_true(vault_unlock(path, "p", 1, 0, &v, &err));
    assert_true(vault_add_slot(v, "q", 1, pk, &err));
    assert_int_equal(header_cost(&v->header, 1).kib, KDF_KIB_MIN);
    vault_close(v);
    buf_release(&recovery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_first),        cmocka_unit_test(never_less_than_the_least),
        cmocka_unit_test(about_half_a_second), cmocka_unit_test(measured_here),
        cmocka_unit_test(in_a_file),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("kdf", tests, kit_begin, kit_end);
}
