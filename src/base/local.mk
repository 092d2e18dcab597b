# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	include/amparo/base/base45.h src/base/base45.c \
	include/amparo/base/buf.h src/base/buf.c \
	include/amparo/base/calendar.h src/base/calendar.c \
	include/amparo/base/cbor.h src/base/cbor.c \
	include/amparo/base/clock.h src/base/clock.c \
	include/amparo/base/csv.h src/base/csv.c \
	include/amparo/base/date.h src/base/date.c \
	include/amparo/base/dateentry.h src/base/dateentry.c \
	include/amparo/base/demo.h src/base/demo.c \
	include/amparo/base/error.h src/base/error.c \
	include/amparo/base/i18n.h \
	include/amparo/base/instant.h src/base/instant.c \
	include/amparo/base/locale.h src/base/locale.c \
	include/amparo/base/mem.h src/base/mem.c \
	include/amparo/base/money.h src/base/money.c \
	include/amparo/base/number.h src/base/number.c \
	include/amparo/base/mrz.h src/base/mrz.c \
	include/amparo/base/png.h src/base/png.c \
	include/amparo/base/sheet.h src/base/sheet.c \
	include/amparo/base/spell.h src/base/spell.c \
	include/amparo/base/state.h src/base/state.c \
	include/amparo/base/strength.h src/base/strength.c \
	include/amparo/base/text.h src/base/text.c src/base/text_match.c \
	include/amparo/base/words.h src/base/words.c \
	include/amparo/base/x25519.h src/base/x25519.c

# The words of a passphrase are inside the program.
word_lists = words/en.txt words/es.txt words/fr.txt
EXTRA_DIST += $(addprefix data/,$(word_lists))
BUILT_SOURCES += gen/words_data.h
CLEANFILES += gen/words_data.h
src/base/words.$(OBJEXT): gen/words_data.h
gen/words_data.h: data/embed.pl Makefile $(addprefix $(top_srcdir)/data/,$(word_lists))
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/embed.pl words_data $(top_srcdir)/data $(word_lists) >$@.tmp && mv $@.tmp $@
