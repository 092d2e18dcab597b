# SPDX-License-Identifier: MIT
# Every document in each language and on both sizes of paper, as it is drawn; and all as pictures.
if HAVE_PANGO
sheets_sources = tests/paper/sheets.h tests/paper/sheets_make.c \
	tests/paper/sheets_cases.c tests/paper/sheets_hands.c tests/paper/sheets_notes.c \
	tests/paper/sheets_post.c tests/paper/sheets_people.c tests/paper/sheets_people.h
check_PROGRAMS += tests/paper/sheets
tests_paper_sheets_SOURCES = tests/paper/sheets.c $(sheets_sources)
tap_scripts += tests/paper/golden.t tests/paper/pages.t

# The program that draws, on documents of ours that are not as ours are any more.
unit_tests += tests/paper/test_mutants
tests_paper_test_mutants_SOURCES = tests/paper/test_mutants.c $(sheets_sources) \
	tests/fuzz/mutate.c tests/fuzz/fuzz.h

pages: tests/paper/sheets tests/harness/still.so amparo-pdf $(mo_files)
	rm -rf test-pages
	AMPARO_PAPER=pictures $(prove_here) $(top_srcdir)/tests/paper/golden.t; test -d test-pages

# The same with all of them, where make check takes one of the two sizes; and many more mutants.
check_long += check-pages-long
check-pages-long: tests/paper/sheets tests/paper/test_mutants tests/harness/still.so amparo-pdf $(mo_files)
	AMPARO_LONG=1 $(prove_here) --timer $(top_srcdir)/tests/paper/golden.t tests/paper/test_mutants
endif
.PHONY: pages check-pages-long
EXTRA_DIST += tests/paper/seal.png tests/paper/Pages.pm tests/paper/Sheets.pm tests/paper/golden
