# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpaper.a
libpaper_a_SOURCES = \
	include/amparo/paper/recoverysheet.h src/paper/recoverysheet.c \
	include/amparo/paper/copy.h src/paper/copy.c \
	include/amparo/paper/document.h src/paper/document.c \
	include/amparo/paper/keycard.h src/paper/keycard.c \
	include/amparo/paper/language.h src/paper/language.c src/paper/office.c \
	include/amparo/paper/meeting.h src/paper/meeting_report.c src/paper/meeting_overview.c src/paper/meeting_statistics.c \
	src/paper/meeting_words.h src/paper/meeting_words.c \
	include/amparo/paper/note.h src/paper/note.c src/paper/note_fields_case.c src/paper/note_fields_said.c \
	src/paper/note_fields_end.c src/paper/note_costs.c \
	src/paper/note_parts.c src/paper/note_parts.h \
	include/amparo/paper/blankform.h src/paper/blankform.c \
	include/amparo/paper/letterhead.h src/paper/letterhead.c \
	include/amparo/paper/offices.h src/paper/offices.c \
	include/amparo/paper/output.h src/paper/output.c \
	include/amparo/paper/pdf.h src/paper/pdf.c \
	include/amparo/paper/printer.h src/paper/printer.c \
	include/amparo/paper/printset.h src/paper/printset.c \
	include/amparo/paper/program.h src/paper/program.c \
	include/amparo/paper/receipt.h src/paper/receipt.c src/paper/receipt_agreed.c \
	src/paper/receipt_parts.h \
	include/amparo/paper/register.h src/paper/register.c \
	include/amparo/paper/summary.h src/paper/summary.c \
	src/paper/summary_parts.h src/paper/summary_tables.c src/paper/summary_costs.c \
	src/paper/summary_short.c \
	include/amparo/paper/template.h src/paper/template.c \
	include/amparo/paper/value.h src/paper/value.c

# The words of the notes are inside the program: data/notes/README.
notes = \
	notes/en/acc.txt notes/es/acc.txt notes/fr/acc.txt \
	notes/en/circular.txt notes/es/circular.txt notes/fr/circular.txt \
	notes/en/clo.txt notes/es/clo.txt notes/fr/clo.txt \
	notes/en/closing.txt notes/es/closing.txt notes/fr/closing.txt \
	notes/en/dec.txt notes/es/dec.txt notes/fr/dec.txt \
	notes/en/fin.txt notes/es/fin.txt notes/fr/fin.txt \
	notes/en/loc.txt notes/es/loc.txt notes/fr/loc.txt \
	notes/en/opening.txt notes/es/opening.txt notes/fr/opening.txt \
	notes/en/part.txt notes/es/part.txt notes/fr/part.txt \
	notes/en/poll.txt notes/es/poll.txt notes/fr/poll.txt \
	notes/en/receipt.txt notes/es/receipt.txt notes/fr/receipt.txt \
	notes/en/rep.txt notes/es/rep.txt notes/fr/rep.txt \
	notes/en/req.txt notes/es/req.txt notes/fr/req.txt \
	notes/en/scope.txt notes/es/scope.txt notes/fr/scope.txt \
	notes/en/terms.txt notes/es/terms.txt notes/fr/terms.txt \
	notes/en/tsn.txt notes/es/tsn.txt notes/fr/tsn.txt \
	notes/en/wdr.txt notes/es/wdr.txt notes/fr/wdr.txt \
	notes/en/words.txt notes/es/words.txt notes/fr/words.txt
EXTRA_DIST += data/embed.pl data/notes/README $(addprefix data/,$(notes))
BUILT_SOURCES += gen/notes_data.h
CLEANFILES += gen/notes_data.h
src/paper/language.$(OBJEXT): gen/notes_data.h
gen/notes_data.h: data/embed.pl Makefile $(addprefix $(top_srcdir)/data/,$(notes))
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/embed.pl notes_data $(top_srcdir)/data $(notes) >$@.tmp && mv $@.tmp $@
