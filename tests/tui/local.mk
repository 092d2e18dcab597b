# SPDX-License-Identifier: MIT
# The toolkit by itself: a form and a list that no case file stands behind.
check_PROGRAMS += tests/tui/toolkit_demo
tests_tui_toolkit_demo_SOURCES = tests/tui/toolkit_demo.c
tests_tui_toolkit_demo_LDADD = libtui.a libbase.a $(UTF8PROC_LIBS) $(NCURSES_LIBS)

unit_tests += tests/tui/test_toolkit
tests_tui_test_toolkit_SOURCES = tests/tui/test_toolkit.c
tests_tui_test_toolkit_CPPFLAGS = $(harness_cppflags)
tests_tui_test_toolkit_CFLAGS = $(test_cflags)
tests_tui_test_toolkit_LDADD = $(harness_libs)

# The screens of the program itself, on a case file.
unit_tests += tests/tui/test_screens
tests_tui_test_screens_SOURCES = tests/tui/test_screens.c
tests_tui_test_screens_CPPFLAGS = $(harness_cppflags)
tests_tui_test_screens_CFLAGS = $(test_cflags)
tests_tui_test_screens_LDADD = libstorekit.a $(harness_libs)
