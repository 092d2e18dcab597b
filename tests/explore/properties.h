/* SPDX-License-Identifier: MIT */
/* What must hold of every outcome of a conversation, whoever said what. */
#ifndef AMPARO_TESTS_PROPERTIES_H
#define AMPARO_TESTS_PROPERTIES_H

#include "amparo/agreement/conversation.h"

/* The first that does not hold, in words; NULL: all do. */
const char *property_broken(const struct conversation *c);

#endif
