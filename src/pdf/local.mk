# SPDX-License-Identifier: MIT
# The program that draws pages: a process of its own, and where Pango is missing there is none.
pdf_sources = \
	include/amparo/pdf/draw.h src/pdf/draw.c \
	include/amparo/pdf/fonts.h src/pdf/fonts.c \
	include/amparo/pdf/sandbox.h src/pdf/sandbox.c src/pdf/sandbox_calls.c src/pdf/sandbox_files.c

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
