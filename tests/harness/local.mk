# SPDX-License-Identifier: MIT
# The terminal on which tests and benches run the program.
libtest_a_SOURCES += \
	tests/harness/atrest.c tests/harness/atrest.h \
	tests/harness/child.c tests/harness/child.h \
	tests/harness/cups.c tests/harness/cups.h \
	tests/harness/emulator.c tests/harness/emulator.h \
	tests/harness/expect.c tests/harness/expect.h \
	tests/harness/keyboard.c tests/harness/keyboard.h \
	tests/harness/memory.c tests/harness/memory.h \
	tests/harness/scratch.c tests/harness/scratch.h \
	tests/harness/writes.c tests/harness/writes.h

check_PROGRAMS += tests/harness/sample
unit_tests += tests/harness/test_harness

# The library for tests of the command line, in perl.
EXTRA_DIST += tests/harness/Amparo.pm tests/harness/Posts.pm tests/harness/Scenario.pm
tap_scripts += tests/harness/amparo_pm.t

# Loaded into the program: a clock that stands still and chance that repeats, to compare screens.
check_PROGRAMS += tests/harness/still.so
tests_harness_still_so_SOURCES = tests/harness/still.c
tests_harness_still_so_CFLAGS = -std=c11 $(WARN_CFLAGS) -fPIC
tests_harness_still_so_LDFLAGS = -shared
tests_harness_still_so_LDADD =

# The same: a clock that hurries, to have work that takes long.
check_PROGRAMS += tests/harness/hurry.so
tests_harness_hurry_so_SOURCES = tests/harness/hurry.c
tests_harness_hurry_so_CFLAGS = -std=c11 $(WARN_CFLAGS) -fPIC
tests_harness_hurry_so_LDFLAGS = -shared
tests_harness_hurry_so_LDADD =
