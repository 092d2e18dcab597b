# SPDX-License-Identifier: MIT
# Every test program prints TAP and is run by prove, whose summary ends `make check`.
#
# A test tests/unit/test_x.c is one line in its folder's local.mk, and nothing else: its name in
# unit_tests. It is linked with LDADD below: libtest.a, which has the terminal of the harness and
# the kits that tests share, and all layers. A script is one line in tap_scripts.
unit_tests =
tap_programs = $(unit_tests)
tap_scripts = tests/layers.t tests/po.t tests/proof.t
check_long = check-distcheck check-mutation
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
check-mutation: libtest.a $(amparo_layers)
	CC='$(CC)' CFLAGS='$(AM_CPPFLAGS) $(CPPFLAGS) $(AM_CFLAGS) $(CFLAGS) $(AM_LDFLAGS)' \
	LIBS='$(LDADD)' AMPARO_SRC=$(abs_top_srcdir) $(PROVE) $(top_srcdir)/tests/mutation.t
.PHONY: check-long check-distcheck check-mutation
