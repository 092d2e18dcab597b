# SPDX-License-Identifier: MIT
# A case file as it was once made, and a reader of such files that shares nothing with the program.
check_PROGRAMS += tests/golden/reader
tests_golden_reader_LDADD = $(SQLITE_LIBS) $(SODIUM_LIBS)
tap_scripts += tests/golden/golden.t
EXTRA_DIST += tests/golden/golden.amparo.gz tests/golden/golden.amparo-wal.gz
