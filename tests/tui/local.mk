# SPDX-License-Identifier: MIT
# The toolkit by itself: a form and a list that no case file stands behind.
check_PROGRAMS += tests/tui/toolkit_demo
unit_tests += tests/tui/test_toolkit

# The rules of data entry by keyboard, by number.
unit_tests += tests/tui/test_rules_values tests/tui/test_rules_validation
unit_tests += tests/tui/test_hostile

# The screens of the program itself, on a case file; what each costs on each terminal.
unit_tests += \
	tests/tui/test_closing tests/tui/test_costs tests/tui/test_documents tests/tui/test_draft tests/tui/test_event tests/tui/test_first \
	tests/tui/test_language tests/tui/test_likely tests/tui/test_linear tests/tui/test_lists \
	tests/tui/test_meetings tests/tui/test_papercode tests/tui/test_pouch tests/tui/test_printing tests/tui/test_screens tests/tui/test_settings \
	tests/tui/test_trust tests/tui/test_views
unit_tests += tests/tui/test_budgets tests/tui/test_random tests/tui/test_terminals

# Every screen as it looks, in each language and at two sizes; and all of them as pictures.
unit_tests += tests/tui/test_looks
tests_tui_test_looks_SOURCES = tests/tui/test_looks.c tests/tui/looks.c tests/tui/looks.h
# Not the folder alone: make would take looks.c for its source.
EXTRA_DIST += tests/tui/looks/en tests/tui/looks/es tests/tui/looks/fr tests/tui/sheets.pl
looks: tests/tui/test_looks tests/harness/still.so amparo $(mo_files)
	rm -rf test-screens/looks
	AMPARO_LOOKS=pictures AMPARO=$(abs_builddir)/amparo AMPARO_SRC=$(abs_top_srcdir) \
	AMPARO_BUILD=$(abs_builddir) AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale tests/tui/test_looks
	$(PERL) $(top_srcdir)/tests/tui/sheets.pl test-screens/looks
.PHONY: looks

# A whole case by keys; what plays it is a bench's too.
libtest_a_SOURCES += \
	tests/tui/cuts.c tests/tui/cuts.h \
	tests/tui/office.c tests/tui/office.h \
	tests/tui/player.c tests/tui/player.h \
	tests/tui/post.c tests/tui/post.h \
	tests/tui/rules.c tests/tui/rules.h \
	tests/tui/scenario.c tests/tui/scenario.h \
	tests/tui/script.c tests/tui/script.h \
	tests/tui/tour.c tests/tui/tour.h \
	tests/tui/walk.c tests/tui/walk.h

# The rules of keyboard.md, by their numbers; tests/tui/rules.t asks for each.
unit_tests += tests/tui/test_rules_move tests/tui/test_rules_keys tests/tui/test_rules_telling
tap_scripts += tests/tui/rules.t

# They hold for the program as it is installed: in a folder of the build, as distcheck does it too.
rules_tests = $(sort $(filter tests/tui/test_rules_%,$(unit_tests)))
installed = $(abs_builddir)/installed
installcheck-local: $(rules_tests)
	rm -rf $(installed)
	$(MAKE) $(AM_MAKEFLAGS) install DESTDIR=$(installed)
	CMOCKA_MESSAGE_OUTPUT=TAP AMPARO=$(installed)$(bindir)/amparo AMPARO_SRC=$(abs_top_srcdir) \
	AMPARO_BUILD=$(abs_builddir) AMPARO_TEXTDOMAINDIR=$(installed)$(localedir) \
	$(PROVE) --timer $(rules_tests)

unit_tests += tests/tui/test_scenario tests/tui/test_scenarios tests/tui/test_steps \
	tests/tui/test_kill tests/tui/test_ends tests/tui/test_traces \
	tests/tui/test_unlock tests/tui/test_lock tests/tui/test_together \
	tests/tui/test_hygiene tests/tui/test_shares tests/tui/test_rules_safety tests/tui/test_working

# The same by lines.
tap_scripts += tests/tui/linear.t tests/tui/linear_screens.t tests/tui/linear_first.t tests/tui/linear_empty.t tests/tui/linear_random.t
EXTRA_DIST += tests/harness/Linear.pm

# The same, with a hundred kills, with a lock over every screen, all looks, what each screen costs on
# each terminal, and 100,000 random keys.
long_screens = tests/tui/test_kill tests/tui/test_lock tests/tui/test_looks \
	tests/tui/test_rules_safety tests/tui/test_budgets tests/tui/test_random
check_long += check-kill-long
check-kill-long: $(long_screens) tests/harness/still.so amparo $(mo_files)
	AMPARO_LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP AMPARO=$(abs_builddir)/amparo \
	AMPARO_SRC=$(abs_top_srcdir) \
	AMPARO_BUILD=$(abs_builddir) AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale \
	$(PROVE) --timer $(long_screens)
.PHONY: check-kill-long
