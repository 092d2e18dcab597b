/* SPDX-License-Identifier: MIT */
/* Landlock: which files a process can open, by the folders they are in. */
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/pdf/sandbox.h"

/* How many rights over files each version of Landlock knows: all are taken, by their bits. */
static const int rights_of[] = {0, 13, 14, 15, 15, 16};

static uint64_t all_rights(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    long known = (long)ARRAY_SIZE(rights_of) - 1;

    if (version < 1)
        return 0;
    return ((uint64_t)1 << rights_of[version < known ? version : known]) - 1;
}

static void let_read(int rules, const char *folder)
{
    struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC),
    };

    if (rule.parent_fd < 0)
        return;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

bool sandbox_restrict_files(const char *const *readable)
{
    struct landlock_ruleset_attr handled = {.handled_access_fs = all_rights()};

    if (!handled.handled_access_fs)
        return false;
    int rules =
        (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0);
    if (rules < 0)
        return false;
    for (; *readable; readable++)
        let_read(rules, *readable);
    bool held = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return held;
}
