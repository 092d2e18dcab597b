# SPDX-License-Identifier: MIT
# Every test program prints TAP and is run by prove, whose summary ends `make check`.
#
# A test tests/unit/test_x.c is one line in its folder's local.mk, and nothing else: its name in
# unit_tests. It is linked with LDADD below: libtest.a, which has the terminal of the harness and
# the kits that tests share, and all layers. A script is one line in tap_scripts.
unit_tests =
tap_programs = $(unit_tests)
tap_scripts = tests/attacks.t tests/instrument.t tests/kept.t tests/layers.t tests/manual.t tests/po.t tests/proof.t
check_long = check-distcheck check-mutation check-sanitizers check-valgrind
dist_check_SCRIPTS += $(tap_scripts)

check_LIBRARIES += libtest.a
libtest_a_SOURCES =
AM_CPPFLAGS += -I$(top_srcdir) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
LDADD = libtest.a $(amparo_layers) $(amparo_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)

include tests/unit/local.mk
include tests/harness/local.mk
include tests/cli/local.mk
include tests/golden/local.mk
include tests/tui/local.mk
include tests/paper/local.mk
include tests/fuzz/local.mk
include tests/explore/local.mk
include tests/bench/local.mk

check_PROGRAMS += $(tap_programs)

# Hermetic: the tests set locale, TZ and HOME themselves; here only where things are.
prove_here = CMOCKA_MESSAGE_OUTPUT=TAP AMPARO=$(abs_builddir)/amparo AMPARO_SRC=$(abs_top_srcdir) \
	AMPARO_BUILD=$(abs_builddir) AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale $(PROVE)
all_scripts = $(addprefix $(top_srcdir)/,$(tap_scripts))

check-local: $(check_PROGRAMS) amparo $(mo_files)
	$(prove_here) -j2 --timer $(tap_programs) $(all_scripts)

# The slow proof: see the targets that add themselves to check_long.
check-long: all check $(check_long)
check-distcheck:
	$(MAKE) distcheck
# Takes each row out of the gate table, and each rule of tests/instrument.txt out of its source, and
# expects their tests to fail.
dist_check_SCRIPTS += tests/mutation.t
EXTRA_DIST += tests/attacks.txt tests/instrument.txt tests/harness/Instrument.pm
check-mutation: $(check_PROGRAMS) amparo $(mo_files)
	CC='$(CC)' CFLAGS='$(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) $(AM_CFLAGS) $(CFLAGS)' \
	$(prove_here) $(top_srcdir)/tests/mutation.t

# All tests once more, in a build of its own that the address and undefined-behaviour sanitizers
# watch. What cannot be watched: whether keys are locked in memory (test_vault_memory), for nothing
# is; and leaks of the program itself, which lets nobody trace it. Those of its parts are seen.
check-sanitizers:
	$(MKDIR_P) sanitizers
	cd sanitizers && { test -f Makefile || $(abs_top_srcdir)/configure -q --enable-sanitizers \
		CC='$(CC)' --localedir=$(abs_builddir)/sanitizers/locale; }
	cd sanitizers && $(MAKE) check-watched
check-watched: $(check_PROGRAMS) amparo $(mo_files)
	ASAN_OPTIONS=detect_leaks=1 $(prove_here) -j2 --timer $(unit_tests)
	ASAN_OPTIONS=detect_leaks=0 $(prove_here) -j2 --timer \
		$(filter-out $(unit_tests),$(tap_programs)) $(all_scripts)
clean-local:
	rm -rf sanitizers installed

# The tests of vault and store under valgrind. Leaks are not looked for where children end in the
# midst of work. Left out is what is a matter of speed: how large the WAL gets beside readers that
# never rest, and whether a passphrase is tried faster than the key is changed again and again.
memcheck = $(VALGRIND) -q --error-exitcode=99 --suppressions=$(abs_top_srcdir)/tests/valgrind.supp
leaks = --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite
ending_early = $(addprefix tests/unit/test_vault_,keys many)
not_in_valgrind = $(addprefix tests/unit/test_vault_,bound rekey)
check-valgrind: $(vault_tests) $(store_tests)
	@test -n '$(VALGRIND)' || { echo 'valgrind is missing: ./bootstrap check-long installs it'; exit 1; }
	$(prove_here) -j2 --timer --exec '$(memcheck) --leak-check=no' $(ending_early)
	$(prove_here) -j2 --timer --exec '$(memcheck) $(leaks)' \
		$(filter-out $(ending_early) $(not_in_valgrind),$(sort $(vault_tests) $(store_tests)))
EXTRA_DIST += tests/valgrind.supp
.PHONY: check-long check-distcheck check-mutation check-sanitizers check-watched check-valgrind
