/* SPDX-License-Identifier: MIT */
/*
 * Leaves one row out of the gate table while the program runs: the functions that its rows name go
 * through here (--wrap, in local.mk), for the rows that the explorer takes out.
 */
#ifndef AMPARO_TESTS_ROWS_H
#define AMPARO_TESTS_ROWS_H

/* The row of that id asks nothing from now on; NULL: all ask. BUG() where it is none of these. */
void rows_leave_out(const char *id);

/* The ids that can be left out, ended by NULL. */
extern const char *const rows_that_can_go[];

#endif
