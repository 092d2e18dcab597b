# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpaper.a
libpaper_a_SOURCES = \
	include/amparo/paper/language.h src/paper/language.c src/paper/office.c \
	include/amparo/paper/ledger.h src/paper/ledger.c \
	include/amparo/paper/note.h src/paper/note.c src/paper/note_fields.c \
	src/paper/note_parts.c src/paper/note_parts.h \
	include/amparo/paper/output.h src/paper/output.c \
	include/amparo/paper/page.h src/paper/page.c \
	include/amparo/paper/template.h src/paper/template.c
