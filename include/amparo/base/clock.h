/* SPDX-License-Identifier: MIT */
/* The system's clock and time zone, apart from instants so that pure code cannot reach it. Base. */
#ifndef AMPARO_BASE_CLOCK_H
#define AMPARO_BASE_CLOCK_H

#include <stdint.h>

#include "amparo/base/instant.h"

/* Now, in whole seconds, with the local offset. */
struct instant clock_now(void);

/* A clock that nobody sets, in ms from any beginning: to tell how long something takes. */
int64_t clock_steady_ms(void);

#endif
