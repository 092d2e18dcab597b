# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/accept.c \
	src/store/accesslog.c \
	src/store/actbytes.c src/store/actbytes_read.c src/store/actbytes_work.h \
	src/store/backup.c \
	src/store/calendar_import.c \
	src/store/calendars.c \
	src/store/bodies.c \
	src/store/bookmark.c \
	src/store/card.c \
	src/store/caseload.c \
	src/store/casesigned.c \
	src/store/conversed.c src/store/conversed_allows.c \
	src/store/correspondence.c src/store/correspondence_asks.c src/store/correspondence_count.c \
	src/store/correspondence_list.c \
	src/store/correspondence_say.c \
	src/store/correspondence_work.h \
	src/store/costs.c \
	src/store/crossing.c \
	src/store/db.c \
	src/store/directory.c \
	src/store/directory_import.c \
	src/store/directory_rows.h \
	src/store/directory_slice.c \
	src/store/delivery.c \
	src/store/digests.c \
	src/store/disclosed.c \
	src/store/dispatches.c src/store/dispatches_erase.c \
	src/store/draft.c \
	src/store/erase.c \
	src/store/erasures.c \
	src/store/event.c \
	src/store/found.c \
	src/store/identity.c \
	src/store/import.c src/store/import_map.c src/store/import_cell.c src/store/import_work.h \
	src/store/incoming.c src/store/incoming_open.c src/store/incoming_take.c src/store/incoming_work.h \
	src/store/keys.c \
	src/store/letterhead.c \
	src/store/likely.c \
	src/store/list.c \
	src/store/listed.c \
	src/store/log.c \
	src/store/losses.c \
	src/store/many.c \
	src/store/meetings.c \
	src/store/missions.c \
	src/store/offices.c \
	src/store/missions_csv.c \
	src/store/outgoing.c src/store/outgoing_make.c src/store/outgoing_due.c src/store/outgoing_over.c \
	src/store/outgoing_count.c \
	src/store/outgoing_directory.c \
	src/store/outgoing_work.h \
	src/store/papercode.c src/store/paperfound.c src/store/papernote.c src/store/papersay.c \
	src/store/persons.c \
	src/store/persons_over.c \
	src/store/poststate.c \
	src/store/posttrust.c \
	src/store/own.c \
	src/store/ownslot.c \
	src/store/presence.c \
	src/store/project.c \
	src/store/project_costs.c \
	src/store/record.c \
	src/store/replay.c \
	src/store/refundterms.c \
	src/store/regate.c \
	src/store/report.c \
	src/store/register.c \
	src/store/resume.c \
	src/store/salvage.c \
	src/store/salvage_list.c \
	src/store/salvage_work.h \
	src/store/settings.c \
	src/store/shape.c \
	src/store/search.c \
	src/store/stray.c \
	src/store/store.c \
	src/store/trustlog.c src/store/trustlog_apply.c src/store/trustlog_file.c \
	src/store/trustseen.c src/store/trustsay.c src/store/trustsay_root.c src/store/trust_rows.h \
	src/store/tasks.c \
	src/store/tasks_exchange.c \
	src/store/tasks_keep.c \
	src/store/tasks_person.c \
	src/store/tasks_work.h \
	src/store/today.c \
	src/store/value.c \
	src/store/verify.c \
	src/store/verify_acts.c \
	src/store/verify_dispatches.c \
	src/store/verify_projections.c \
	src/store/verify_work.h \
	src/store/view.c src/store/view_tasks.c src/store/view_work.h \
	src/store/views.c \
	src/store/waiting.c \
	src/store/witness.c \
	src/store/who.c \
	src/store/working.c \
	src/store/worklist.c

# The SQL of data/schema, one file a version, becomes strings of the program.
schema_files = schema/1.sql schema/2.sql schema/3.sql schema/4.sql schema/5.sql schema/6.sql schema/7.sql \
	schema/8.sql schema/9.sql schema/10.sql schema/11.sql schema/12.sql schema/13.sql schema/14.sql \
	schema/15.sql schema/16.sql
BUILT_SOURCES += gen/schema_steps.h
CLEANFILES += gen/schema_steps.h
EXTRA_DIST += data/embed.pl $(addprefix data/,$(schema_files))
src/store/db.$(OBJEXT): gen/schema_steps.h
gen/schema_steps.h: data/embed.pl $(addprefix data/,$(schema_files)) Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/embed.pl schema_steps \
	  $(top_srcdir)/data $(schema_files) >$@.tmp && mv $@.tmp $@
