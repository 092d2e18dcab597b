# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpage.a
libpage_a_SOURCES = \
	include/amparo/page/bytes.h src/page/bytes.c \
	include/amparo/page/grid.h src/page/grid.c \
	include/amparo/page/hold.h src/page/hold.c \
	include/amparo/page/paper.h src/page/paper.c \
	include/amparo/page/plain.h src/page/plain.c \
	src/page/plain_blocks.c src/page/plain_parts.h
