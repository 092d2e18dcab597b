# SPDX-License-Identifier: MIT
# The toolkit by itself: a form and a list that no case file stands behind.
check_PROGRAMS += tests/tui/toolkit_demo
unit_tests += tests/tui/test_toolkit

# The screens of the program itself, on a case file.
unit_tests += tests/tui/test_screens

# A whole case by keys; what plays it is a bench's too.
libtest_a_SOURCES += \
	tests/tui/player.c tests/tui/player.h \
	tests/tui/post.c tests/tui/post.h \
	tests/tui/scenario.c tests/tui/scenario.h
unit_tests += tests/tui/test_scenario
