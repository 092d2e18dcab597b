# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libtui.a
libtui_a_SOURCES = \
	include/amparo/tui/decode.h src/tui/decode.c \
	include/amparo/tui/edit.h src/tui/edit.c \
	include/amparo/tui/editview.h src/tui/editview.c \
	include/amparo/tui/event.h \
	include/amparo/tui/form.h src/tui/form.c src/tui/form_work.h \
	src/tui/form_codes.c src/tui/form_draw.c src/tui/form_keys.c \
	src/tui/form_layout.c src/tui/form_popup.c \
	include/amparo/tui/list.h src/tui/list.c \
	include/amparo/tui/term.h src/tui/term.c src/tui/term_draw.c src/tui/term_work.h
