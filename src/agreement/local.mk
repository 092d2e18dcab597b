# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libagreement.a
libagreement_a_SOURCES = \
	include/amparo/agreement/assess.h src/agreement/assess.c \
	src/agreement/assess_grounds.c src/agreement/assess_json.c \
	src/agreement/assess_poll.c src/agreement/assess_work.h \
	include/amparo/agreement/country.h src/agreement/country.c \
	include/amparo/agreement/facts.h src/agreement/facts.c \
	src/agreement/facts_parse.c

# The table of countries comes from iso-codes when the program is built.
BUILT_SOURCES += gen/country_table.h
CLEANFILES += gen/country_table.h
EXTRA_DIST += data/countries.pl
src/agreement/country.$(OBJEXT): gen/country_table.h
gen/country_table.h: data/countries.pl Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/countries.pl $(ISO_CODES)/iso_3166-1.json >$@.tmp && mv $@.tmp $@
