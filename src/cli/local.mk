# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	src/cli/commands.h \
	src/cli/access.c \
	src/cli/acts.c \
	src/cli/assess.c \
	src/cli/backup.c \
	src/cli/bodies.c \
	src/cli/demo.c src/cli/demo_network.c src/cli/demo_network.h src/cli/demo_story.c src/cli/demo_story.h \
	src/cli/costs.c \
	include/amparo/cli/destination.h src/cli/destination.c \
	src/cli/directory.c src/cli/directory_log.c src/cli/directory_who.c src/cli/directory_work.h \
	src/cli/dossier.c \
	src/cli/erase.c \
	src/cli/escrow.c \
	src/cli/event.c src/cli/event_take.c src/cli/event_work.h \
	src/cli/help.c \
	src/cli/identity.c \
	src/cli/import.c \
	src/cli/inbox.c \
	src/cli/init.c \
	src/cli/list.c \
	src/cli/meetings.c \
	src/cli/notes.c \
	src/cli/officer.c \
	src/cli/offices.c \
	src/cli/receive.c \
	src/cli/record.c \
	src/cli/calendar.c \
	src/cli/letterhead.c \
	src/cli/periods.c src/cli/setting_work.h \
	src/cli/subcommand.c src/cli/subcommand.h \
	src/cli/tasks.c \
	src/cli/trust.c src/cli/trust_words.c src/cli/trust_words.h \
	src/cli/persons.c \
	src/cli/print.c \
	src/cli/outbox.c \
	src/cli/passphrase.c \
	src/cli/recovery.c \
	src/cli/report.c \
	include/amparo/cli/sheets.h src/cli/sheets.c \
	src/cli/send.c src/cli/send_text.c src/cli/send_work.h \
	src/cli/show.c \
	src/cli/verify.c src/cli/verify_accept.c src/cli/verify_code.c src/cli/verify_dossier.c \
	src/cli/verify_salvage.c src/cli/verify_work.h \
	include/amparo/cli/cli.h src/cli/cli.c \
	include/amparo/cli/progress.h src/cli/progress.c \
	include/amparo/cli/terminal.h src/cli/terminal.c \
	include/amparo/cli/session.h src/cli/session.c src/cli/exchange.c

# The stories of the demo case files are inside the program.
demo_files = demo/posts.json demo/directory.csv demo/dubai.json demo/honduras.json \
	demo/haiti.json demo/senegal.json demo/ankara.json demo/bangkok.json demo/secretariat.json
EXTRA_DIST += $(addprefix data/,$(demo_files))
BUILT_SOURCES += gen/demo_data.h
CLEANFILES += gen/demo_data.h
src/cli/demo_story.$(OBJEXT): gen/demo_data.h
gen/demo_data.h: data/embed.pl Makefile $(addprefix $(top_srcdir)/data/,$(demo_files))
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/embed.pl demo_data $(top_srcdir)/data $(demo_files) >$@.tmp && mv $@.tmp $@
