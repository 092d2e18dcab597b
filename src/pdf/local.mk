# SPDX-License-Identifier: MIT
# The program that draws pages: a process of its own, and where Pango is missing there is none.
pdf_sources = \
	include/amparo/pdf/bidi.h src/pdf/bidi.c \
	include/amparo/pdf/catalogue.h src/pdf/catalogue.c \
	include/amparo/pdf/draw.h src/pdf/draw.c \
	include/amparo/pdf/fonts.h src/pdf/fonts.c \
	include/amparo/pdf/pages.h src/pdf/pages.c \
	include/amparo/pdf/picture.h src/pdf/picture.c \
	include/amparo/pdf/running.h src/pdf/running.c \
	include/amparo/pdf/sandbox.h src/pdf/sandbox.c src/pdf/sandbox_calls.c src/pdf/sandbox_files.c \
	include/amparo/pdf/slab.h src/pdf/slab.c src/pdf/slab_draw.c src/pdf/slab_parts.h src/pdf/table.c \
	include/amparo/pdf/style.h src/pdf/style.c \
	include/amparo/pdf/text.h src/pdf/text.c \
	include/amparo/pdf/visual.h src/pdf/visual.c

if HAVE_PANGO
noinst_LIBRARIES += libpdf.a
libpdf_a_SOURCES = $(pdf_sources)
libpdf_a_CPPFLAGS = $(AM_CPPFLAGS) $(PANGO_CFLAGS)

pkglibexec_PROGRAMS += amparo-pdf
pdf_libs = libpdf.a libpage.a libbase.a $(PANGO_LIBS) $(QRENCODE_LIBS) $(UTF8PROC_LIBS) -lm
amparo_pdf_SOURCES = src/pdf/main.c
amparo_pdf_CPPFLAGS = $(AM_CPPFLAGS) $(PANGO_CFLAGS)
amparo_pdf_LDADD = $(pdf_libs)
endif
