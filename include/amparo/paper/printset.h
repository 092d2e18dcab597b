/* SPDX-License-Identifier: MIT */
/* What the post has set for what it prints (agreement/setting.h). Layer: paper; uses store. */
#ifndef AMPARO_PAPER_PRINTSET_H
#define AMPARO_PAPER_PRINTSET_H

#include "amparo/page/paper.h"
#include "amparo/store/store.h"

struct print_set {
    enum paper_size size;
    char *dot_matrix; /* names of the printers that take plain text, blanks or commas between */
};

bool print_set_read(struct store *store, struct print_set *out, struct error *err);
void print_set_release(struct print_set *set);

/* The paper alone; Letter where that cannot be read. */
enum paper_size print_set_size(struct store *store);

/* Whether the post has said that this printer prints dots: it takes plain text. */
bool print_set_has_dots(const struct print_set *set, const char *printer);

#endif
