# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	src/cli/commands.h \
	src/cli/assess.c \
	include/amparo/cli/cli.h src/cli/cli.c
