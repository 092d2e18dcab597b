# SPDX-License-Identifier: MIT
# Every document in each language and on both sizes of paper, as it is drawn; and all as pictures.
if HAVE_PANGO
check_PROGRAMS += tests/paper/sheets
tests_paper_sheets_SOURCES = tests/paper/sheets.c tests/paper/sheets.h \
	tests/paper/sheets_cases.c tests/paper/sheets_notes.c tests/paper/sheets_post.c \
	tests/paper/sheets_hands.c tests/paper/sheets_people.c tests/paper/sheets_people.h
tap_scripts += tests/paper/golden.t tests/paper/pages.t

pages: tests/paper/sheets tests/harness/still.so amparo-pdf $(mo_files)
	rm -rf test-pages
	AMPARO_PAPER=pictures $(prove_here) $(top_srcdir)/tests/paper/golden.t; test -d test-pages

# The same with all of them, where make check takes one of the two sizes.
check_long += check-pages-long
check-pages-long: tests/paper/sheets tests/harness/still.so amparo-pdf $(mo_files)
	AMPARO_LONG=1 $(prove_here) --timer $(top_srcdir)/tests/paper/golden.t
endif
.PHONY: pages check-pages-long
EXTRA_DIST += tests/paper/seal.png tests/paper/Pages.pm tests/paper/Sheets.pm tests/paper/golden
