# SPDX-License-Identifier: MIT
# Every test program prints TAP and is run by prove, whose summary ends `make check`.
# Each layer of tests brings its list: add a program to unit_tests and its _SOURCES there.
unit_tests =
check_long = check-distcheck check-mutation
tap_programs = $(unit_tests)
tap_scripts = tests/layers.t
dist_check_SCRIPTS += $(tap_scripts)

test_cflags = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
test_libs = $(amparo_layers) $(amparo_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)

include tests/unit/local.mk
include tests/harness/local.mk
include tests/cli/local.mk
include tests/tui/local.mk
include tests/bench/local.mk

check_PROGRAMS += $(tap_programs)

# Hermetic: the tests set locale, TZ and HOME themselves; here only where things are.
check-local: $(check_PROGRAMS) amparo $(mo_files)
	CMOCKA_MESSAGE_OUTPUT=TAP AMPARO=$(abs_builddir)/amparo AMPARO_SRC=$(abs_top_srcdir) \
	AMPARO_BUILD=$(abs_builddir) AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale \
	$(PROVE) -j2 --timer $(tap_programs) $(addprefix $(top_srcdir)/,$(tap_scripts))

# The slow proof: see the targets that add themselves to check_long.
check-long: all check $(check_long)
check-distcheck:
	$(MAKE) distcheck
# Takes each row out of the gate table and expects the test of the gates to fail.
dist_check_SCRIPTS += tests/mutation.t
check-mutation: $(amparo_layers)
	CC='$(CC)' CFLAGS='$(AM_CPPFLAGS) $(CPPFLAGS) $(test_cflags) $(CFLAGS) $(AM_LDFLAGS)' \
	LIBS='$(test_libs)' AMPARO_SRC=$(abs_top_srcdir) $(PROVE) $(top_srcdir)/tests/mutation.t
.PHONY: check-long check-distcheck check-mutation
