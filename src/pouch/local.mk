# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpouch.a
libpouch_a_SOURCES = \
	include/amparo/pouch/armour.h src/pouch/armour.c src/pouch/armour_text.c src/pouch/armour_text.h \
	include/amparo/pouch/cardcodes.h src/pouch/cardcodes.c \
	include/amparo/pouch/carry.h src/pouch/carry_load.c src/pouch/carry_open.c \
	src/pouch/carry_receive.c src/pouch/carry_say.c src/pouch/carry_work.h src/pouch/carry_write.c \
	include/amparo/pouch/codec.h src/pouch/codec.c \
	include/amparo/pouch/content.h src/pouch/content_put.c src/pouch/content_take.c \
	src/pouch/content_work.h \
	include/amparo/pouch/dossier.h src/pouch/dossier.c \
	include/amparo/pouch/dossier_check.h src/pouch/dossier_check.c \
	include/amparo/pouch/dossier_code.h src/pouch/dossier_code.c \
	include/amparo/pouch/dossier_make.h src/pouch/dossier_make.c \
	include/amparo/pouch/dossier_say.h src/pouch/dossier_say.c src/pouch/dossier_json.c \
	include/amparo/pouch/dossier_page.h src/pouch/dossier_page.c \
	src/pouch/dossier_work.h \
	include/amparo/pouch/envelope.h src/pouch/envelope.c src/pouch/envelope_open.c \
	src/pouch/envelope_seal.c src/pouch/envelope_work.h \
	include/amparo/pouch/find.h src/pouch/find.c include/amparo/pouch/found.h src/pouch/found.c \
	include/amparo/pouch/folder.h src/pouch/folder_put.c src/pouch/folder_read.c \
	include/amparo/pouch/frames.h src/pouch/frames.c src/pouch/frame_text.c src/pouch/frame_text.h \
	include/amparo/pouch/parcel.h src/pouch/parcel.c \
	include/amparo/pouch/mail.h src/pouch/mail_put.c src/pouch/mail_read.c \
	src/pouch/mail_head.c src/pouch/mail_head.h src/pouch/transfer.c src/pouch/transfer.h \
	include/amparo/pouch/qr.h src/pouch/qr.c include/amparo/pouch/route.h src/pouch/route.c

# The preset dictionaries are frozen: data/pouch/README.
dictionaries = data/pouch/dictionary.en data/pouch/dictionary.es data/pouch/dictionary.fr
dist_pkgdata_DATA = $(dictionaries)
EXTRA_DIST += data/pouch/README data/pouch/dictionary.pl data/pouch/embed.pl \
	data/pouch/words.en data/pouch/words.es data/pouch/words.fr
BUILT_SOURCES += gen/pouch_dictionary.h
CLEANFILES += gen/pouch_dictionary.h
src/pouch/codec.$(OBJEXT): gen/pouch_dictionary.h
gen/pouch_dictionary.h: data/pouch/embed.pl $(dictionaries) Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/pouch/embed.pl \
	  $(addprefix $(top_srcdir)/,$(dictionaries)) >$@.tmp && mv $@.tmp $@
