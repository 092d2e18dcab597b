# SPDX-License-Identifier: MIT
# make bench prints the figures, a line each; BENCH=GROUP runs one group, make bench-full more
# rounds and more terminals. A group is a program of its name. Their case files stay in bench/.
bench_groups = bytes writes lag latency open vault
BENCH = $(bench_groups)
EXTRA_PROGRAMS += tests/bench/bytes tests/bench/writes tests/bench/lag tests/bench/latency \
	tests/bench/open tests/bench/vault
EXTRA_LIBRARIES += tests/bench/libbench.a

tests_bench_libbench_a_SOURCES = \
	tests/bench/bigfile.c tests/bench/bigfile.h \
	tests/bench/figure.c tests/bench/figure.h \
	tests/bench/session.c tests/bench/session.h
tests_bench_libbench_a_CPPFLAGS = $(harness_cppflags)
tests_bench_libbench_a_CFLAGS = $(test_cflags)
bench_libs = tests/bench/libbench.a $(harness_libs)

tests_bench_bytes_SOURCES = tests/bench/bytes.c
tests_bench_bytes_CPPFLAGS = $(harness_cppflags)
tests_bench_bytes_LDADD = $(bench_libs)
tests_bench_writes_SOURCES = tests/bench/writes.c
tests_bench_writes_CPPFLAGS = $(harness_cppflags)
tests_bench_writes_LDADD = $(bench_libs)
tests_bench_lag_SOURCES = tests/bench/lag.c
tests_bench_lag_CPPFLAGS = $(harness_cppflags)
tests_bench_lag_LDADD = $(bench_libs)
tests_bench_latency_SOURCES = tests/bench/latency.c
tests_bench_latency_CPPFLAGS = $(harness_cppflags)
tests_bench_latency_LDADD = $(bench_libs)
tests_bench_open_SOURCES = tests/bench/open.c
tests_bench_open_CPPFLAGS = $(harness_cppflags)
tests_bench_open_LDADD = $(bench_libs)
tests_bench_vault_SOURCES = tests/bench/vault.c tests/bench/figure.c
tests_bench_vault_CPPFLAGS = $(harness_cppflags)
tests_bench_vault_LDADD = $(test_libs) -ldl

bench bench-full: all $(bench_groups:%=tests/bench/%)
	@$(MKDIR_P) bench; for group in $(BENCH); do \
	  AMPARO=$(abs_builddir)/amparo AMPARO_TEXTDOMAINDIR=$(abs_builddir)/locale \
	  AMPARO_BENCH=$(abs_builddir)/bench $(bench_env) tests/bench/$$group || exit; done
bench-full: bench_env = BENCH_FULL=1
.PHONY: bench bench-full
