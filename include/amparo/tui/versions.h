/* SPDX-License-Identifier: MIT */
/*
 * Two versions of one thing, field by field: what this officer typed, and what another one recorded
 * meanwhile. Of each field in which they differ one is kept, or both are joined. Layer: tui; uses
 * agreement, base.
 */
#ifndef AMPARO_TUI_VERSIONS_H
#define AMPARO_TUI_VERSIONS_H

#include "amparo/agreement/act.h"
#include "amparo/base/buf.h"

enum version_kept { KEPT_MINE, KEPT_THEIRS, KEPT_BOTH };

/* How two texts can be joined. */
enum version_joint { JOINT_NONE, JOINT_CODES, JOINT_LINE, JOINT_LINES };

struct version_field {
    char *path;
    const char *label;
    const struct field *field; /* NULL: of the form itself, a text */
    enum version_joint joint;
    char *mine, *theirs; /* as in the form; "" for nothing */
    enum version_kept kept;
};

struct versions {
    char *reference;
    char *who; /* the other one, and when they recorded theirs */
    char *at;
    int64_t seen; /* up to where both have been looked at */
    struct version_field *list;
    size_t count;
    size_t same; /* fields in which both say the same */
};

void versions_release(struct versions *v);

/*
 * Adds a field; all is copied but label and field. Where they say the same it is only counted. Mine
 * is kept at first, theirs where I said nothing.
 */
void versions_add(struct versions *v, const char *path, const char *label,
                  const struct field *field, enum version_joint joint, const char *mine,
                  const char *theirs);

/* The field of that path, or NULL; only of those that differ. */
struct version_field *versions_find(struct versions *v, const char *path);

/* Keeps the next: mine, theirs, both where they can be joined. */
void versions_turn(struct version_field *f);

/* What is kept of a field, as the form takes it; appended. */
void versions_result(struct buf *out, const struct version_field *f);

/* Whether theirs stands as it is. */
bool versions_are_theirs(const struct versions *v);

#endif
