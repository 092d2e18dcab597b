/* SPDX-License-Identifier: MIT */
#include "amparo/paper/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"

bool output_is_named(const char *path, const char *ending)
{
    size_t size = strlen(path), length = strlen(ending);
    return size >= length && strcasecmp(path + size - length, ending) == 0;
}

size_t output_bytes(int fd, const char *text, size_t size)
{
    size_t gone = 0;
    while (gone < size) {
        ssize_t n = write(fd, text + gone, size - gone);
        if (n < 0 && errno != EINTR)
            break;
        if (n > 0)
            gone += (size_t)n;
    }
    return gone;
}

static bool is_there(const char *path, struct error *err)
{
    return error_set(err, ERROR_INPUT, _("%s: is there already; choose another name"), path);
}

bool output_is_free(const char *path, struct error *err)
{
    struct stat st;
    return lstat(path, &st) != 0 || is_there(path, err);
}

bool output_file(const char *path, const char *text, size_t size, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST)
        return is_there(path, err);
    if (fd < 0)
        return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(errno));
    bool ok = output_bytes(fd, text, size) == size && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok)
        return true;
    unlink(path);
    return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
}
