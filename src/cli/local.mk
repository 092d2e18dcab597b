# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	src/cli/commands.h \
	src/cli/acts.c \
	src/cli/assess.c \
	src/cli/backup.c \
	src/cli/directory.c \
	src/cli/help.c \
	src/cli/init.c \
	src/cli/list.c \
	src/cli/officer.c \
	src/cli/record.c \
	src/cli/recovery.c \
	src/cli/show.c \
	src/cli/verify.c \
	include/amparo/cli/cli.h src/cli/cli.c \
	include/amparo/cli/session.h src/cli/session.c src/cli/exchange.c
