# SPDX-License-Identifier: MIT
# The library with which tests and benches run the program on a terminal.
check_LIBRARIES += tests/harness/libharness.a
tests_harness_libharness_a_SOURCES = \
	tests/harness/atrest.c tests/harness/atrest.h \
	tests/harness/child.c tests/harness/child.h \
	tests/harness/emulator.c tests/harness/emulator.h \
	tests/harness/expect.c tests/harness/expect.h \
	tests/harness/keyboard.c tests/harness/keyboard.h \
	tests/harness/scratch.c tests/harness/scratch.h \
	tests/harness/writes.c tests/harness/writes.h
tests_harness_libharness_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_harness_libharness_a_CFLAGS = $(test_cflags)

# What a test on the terminal is compiled and linked with.
harness_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)
harness_libs = tests/harness/libharness.a $(test_libs)

check_PROGRAMS += tests/harness/sample
tests_harness_sample_SOURCES = tests/harness/sample.c
tests_harness_sample_LDADD = $(NCURSES_LIBS) -lpthread

tap_programs += tests/harness/test_harness
tests_harness_test_harness_SOURCES = tests/harness/test_harness.c
tests_harness_test_harness_CPPFLAGS = $(harness_cppflags)
tests_harness_test_harness_CFLAGS = $(test_cflags)
tests_harness_test_harness_LDADD = $(harness_libs)

# The library for tests of the command line, in perl.
EXTRA_DIST += tests/harness/Amparo.pm
tap_scripts += tests/harness/amparo_pm.t
