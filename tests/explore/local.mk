# SPDX-License-Identifier: MIT
# All sequences of a few acts, on the real fold and gates.
unit_tests += tests/explore/test_explore
tests_explore_test_explore_SOURCES = tests/explore/test_explore.c \
	tests/explore/explore.c tests/explore/explore.h \
	tests/explore/rows.c tests/explore/rows.h \
	tests/explore/story.c tests/explore/story.h

# The functions of the rows that it can take out, as rows.c has them.
comma = ,
rows_that_can_go = \
	ask_accept ask_assist_note ask_choose_offer ask_clerk ask_close_acceptance ask_close_costs \
	ask_close_reason ask_closed_assist ask_closed_close ask_closed_exchange ask_correct \
	ask_lift_lock ask_note_lock ask_note_withdrawn ask_notify ask_poll_lock ask_reopen ask_reply \
	ask_report ask_request_choice ask_request_open
tests_explore_test_explore_LDFLAGS = $(AM_LDFLAGS) $(addprefix -Wl$(comma)--wrap=,$(rows_that_can_go))

check_long += check-explore-long
check-explore-long: tests/explore/test_explore tests/explore/test_converse tests/explore/test_schedules
	AMPARO_LONG=1 $(prove_here) --timer --verbose tests/explore/test_explore \
		tests/explore/test_converse tests/explore/test_schedules
.PHONY: check-explore-long

# Every schedule of a small world that talks, on the real fold of the conversation.
unit_tests += tests/explore/test_converse
tests_explore_test_converse_SOURCES = tests/explore/test_converse.c \
	tests/explore/converse.c tests/explore/converse.h \
	tests/explore/properties.c tests/explore/properties.h \
	tests/explore/table.c tests/explore/table.h \
	tests/explore/without.c tests/explore/without.h
tests_explore_test_converse_LDFLAGS = $(AM_LDFLAGS) \
	$(addprefix -Wl$(comma)--wrap=,ruled_bad ruled_later ruled_later_for ruled_conclude)

# Long stories at random, told in many orders.
unit_tests += tests/explore/test_schedules
tests_explore_test_schedules_SOURCES = tests/explore/test_schedules.c \
	tests/explore/properties.c tests/explore/properties.h
