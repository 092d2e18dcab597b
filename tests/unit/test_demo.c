/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/demo.h"

static void test_passphrase(void **state)
{
    char folder[] = "/tmp/amparo-demo-XXXXXX", path[128];
    struct buf out = BUF_INIT;
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.amparo", folder);
    assert_false(demo_passphrase(path, &out));
    snprintf(path, sizeof path, "%s/%s", folder, DEMO_PASSPHRASE_FILE);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("un pase de muestra\nmore\n", file);
    fclose(file);
    snprintf(path, sizeof path, "%s/a.amparo", folder);
    assert_true(demo_passphrase(path, &out));
    assert_string_equal(buf_text(&out), "un pase de muestra");
    buf_release(&out);
    snprintf(path, sizeof path, "%s/%s", folder, DEMO_PASSPHRASE_FILE);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_passphrase)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
