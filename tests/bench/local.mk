# SPDX-License-Identifier: MIT
# make bench prints the figures, a line each; BENCH=GROUP runs one group, make bench-full more
# rounds and more terminals. A group is a program of its name. Their case files stay in bench/.
bench_groups = bytes writes lag latency open keys lock import report vault pouch inbox
if HAVE_PANGO
bench_groups += paper
endif
BENCH = $(bench_groups)
EXTRA_PROGRAMS += tests/bench/bytes tests/bench/writes tests/bench/lag tests/bench/latency \
	tests/bench/open tests/bench/keys tests/bench/lock tests/bench/report tests/bench/vault \
	tests/bench/import tests/bench/inbox tests/bench/pouch tests/bench/paper \
	tests/bench/kdfclock.so
libtest_a_SOURCES += \
	tests/bench/bigfile.c tests/bench/bigfile.h \
	tests/bench/figure.c tests/bench/figure.h \
	tests/bench/session.c tests/bench/session.h

# Loaded into the program, to tell the key derivation from the rest of opening.
tests_bench_kdfclock_so_SOURCES = tests/bench/kdfclock.c tests/bench/figure.c
tests_bench_kdfclock_so_CFLAGS = -std=c11 $(WARN_CFLAGS) -fPIC
tests_bench_kdfclock_so_LDFLAGS = -shared
tests_bench_kdfclock_so_LDADD = -lm

bench bench-full: all $(bench_groups:%=tests/bench/%) tests/bench/kdfclock.so
	@$(MKDIR_P) bench; for group in $(BENCH); do \
	  AMPARO=$(abs_builddir)/amparo AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale \
	  AMPARO_SRC=$(abs_top_srcdir) \
	  AMPARO_BENCH=$(abs_builddir)/bench \
	  AMPARO_KDFCLOCK=$(abs_builddir)/tests/bench/kdfclock.so $(bench_env) tests/bench/$$group || exit; done
bench-full: bench_env = BENCH_FULL=1
.PHONY: bench bench-full

# What the group pouch measures, and what it is measured beside.
EXTRA_DIST += tests/bench/sealers.pl $(foreach l,en es fr,tests/bench/notes/request.$(l) tests/bench/notes/free.$(l))
