# SPDX-License-Identifier: MIT
# The toolkit by itself: a form and a list that no case file stands behind.
check_PROGRAMS += tests/tui/toolkit_demo
unit_tests += tests/tui/test_toolkit

# The screens of the program itself, on a case file.
unit_tests += tests/tui/test_screens
