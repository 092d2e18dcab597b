/* SPDX-License-Identifier: MIT */
/* Room on the disk: said before there is none. */
#include "amparo/vault/inside.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

enum { LITTLE_MIB = 64, FILE_SHARE = 20 };

bool vault_room_is_little(uint64_t left, uint64_t file)
{
    return left < (uint64_t)LITTLE_MIB << 20 || left < 2 * (uint64_t)VAULT_WAL_BOUND ||
           left < file / FILE_SHARE;
}

bool vault_room(const struct vault *v, uint64_t *left)
{
    struct statvfs disk;
    struct stat file;

    if (statvfs(v->fs->path, &disk) != 0 || stat(v->fs->path, &file) != 0)
        return false;
    *left = (uint64_t)disk.f_bavail * disk.f_frsize;
    return vault_room_is_little(*left, (uint64_t)file.st_size);
}
