# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpaper.a
libpaper_a_SOURCES = \
	include/amparo/paper/page.h src/paper/page.c \
	include/amparo/paper/template.h src/paper/template.c
