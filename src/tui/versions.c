/* SPDX-License-Identifier: MIT */
#include "amparo/tui/versions.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void versions_release(struct versions *v)
{
    for (size_t i = 0; i < v->count; i++) {
        free(v->list[i].path);
        free_wiped(v->list[i].mine);
        free_wiped(v->list[i].theirs);
    }
    free(v->list);
    free(v->reference);
    free(v->who);
    free(v->at);
    *v = (struct versions){0};
}

void versions_add(struct versions *v, const char *path, const char *label,
                  const struct field *field, enum version_joint joint, const char *mine,
                  const char *theirs)
{
    if (strcmp(mine, theirs) == 0) {
        v->same += *mine != '\0';
        return;
    }
    v->list = xreallocarray(v->list, v->count + 1, sizeof *v->list);
    v->list[v->count++] = (struct version_field){.path = xstrdup(path),
                                                 .label = label,
                                                 .field = field,
                                                 .joint = *mine && *theirs ? joint : JOINT_NONE,
                                                 .mine = xstrdup(mine),
                                                 .theirs = xstrdup(theirs),
                                                 .kept = *mine ? KEPT_MINE : KEPT_THEIRS};
}

struct version_field *versions_find(struct versions *v, const char *path)
{
    for (size_t i = 0; i < v->count; i++)
        if (strcmp(v->list[i].path, path) == 0)
            return &v->list[i];
    return NULL;
}

void versions_turn(struct version_field *f)
{
    if (f->kept == KEPT_MINE)
        f->kept = KEPT_THEIRS;
    else
        f->kept = f->kept == KEPT_THEIRS && f->joint ? KEPT_BOTH : KEPT_MINE;
}

static bool has_code(const char *list, const char *code, size_t size)
{
    for (size_t length; *list; list += length + strspn(list + length, ", ")) {
        length = strcspn(list, ", ");
        if (length == size && memcmp(list, code, size) == 0)
            return true;
    }
    return false;
}

/* Mine, and of theirs what is not among them. */
static void join_codes(struct buf *out, const char *mine, const char *theirs)
{
    buf_adds(out, mine);
    for (size_t length; *theirs; theirs += length + strspn(theirs + length, ", ")) {
        length = strcspn(theirs, ", ");
        if (has_code(mine, theirs, length))
            continue;
        buf_adds(out, ", ");
        buf_add(out, theirs, length);
    }
}

void versions_result(struct buf *out, const struct version_field *f)
{
    if (f->kept == KEPT_BOTH && f->joint == JOINT_CODES)
        join_codes(out, f->mine, f->theirs);
    else if (f->kept == KEPT_BOTH)
        buf_addf(out, "%s%s%s", f->mine, f->joint == JOINT_LINES ? "\n" : "; ", f->theirs);
    else
        buf_adds(out, f->kept == KEPT_MINE ? f->mine : f->theirs);
}

bool versions_are_theirs(const struct versions *v)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->list[i].kept != KEPT_THEIRS)
            return false;
    return true;
}
