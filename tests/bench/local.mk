# SPDX-License-Identifier: MIT
# make bench prints the figures, a line each; BENCH=GROUP runs one group, make bench-full more
# rounds and more terminals. A group is a program of its name. Their case files stay in bench/.
bench_groups = bytes writes lag latency open vault
BENCH = $(bench_groups)
EXTRA_PROGRAMS += tests/bench/bytes tests/bench/writes tests/bench/lag tests/bench/latency \
	tests/bench/open tests/bench/vault
libtest_a_SOURCES += \
	tests/bench/bigfile.c tests/bench/bigfile.h \
	tests/bench/figure.c tests/bench/figure.h \
	tests/bench/session.c tests/bench/session.h

bench bench-full: all $(bench_groups:%=tests/bench/%)
	@$(MKDIR_P) bench; for group in $(BENCH); do \
	  AMPARO=$(abs_builddir)/amparo AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale \
	  AMPARO_BENCH=$(abs_builddir)/bench $(bench_env) tests/bench/$$group || exit; done
bench-full: bench_env = BENCH_FULL=1
.PHONY: bench bench-full
