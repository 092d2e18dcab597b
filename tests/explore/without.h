/* SPDX-License-Identifier: MIT */
/* A rule of the conversation left out, to see that the tests miss it. */
#ifndef AMPARO_TESTS_WITHOUT_H
#define AMPARO_TESTS_WITHOUT_H

/* No rule finds that reason from now on; NULL: all do. */
void leave_rule_out(const char *reason);

#endif
