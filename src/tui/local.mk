# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libtui.a
libtui_a_SOURCES = \
	include/amparo/tui/actitems.h src/tui/actitems.c \
	include/amparo/tui/actrecord.h src/tui/actrecord.c \
	include/amparo/tui/app.h src/tui/app.c \
	include/amparo/tui/arriving.h src/tui/arriving.c \
	include/amparo/tui/ask.h src/tui/screens/ask.c \
	include/amparo/tui/body.h src/tui/body.c \
	include/amparo/tui/casesmany.h \
	include/amparo/tui/bookmark.h src/tui/bookmark.c \
	include/amparo/tui/casescreen.h src/tui/casescreen.c \
	include/amparo/tui/casework.h src/tui/casework.c \
	include/amparo/tui/caught.h src/tui/caught.c \
	include/amparo/tui/choices.h src/tui/choices.c src/tui/defaults.c \
	include/amparo/tui/codewords.h src/tui/codewords.c \
	include/amparo/tui/columns.h \
	include/amparo/tui/decode.h src/tui/decode.c \
	include/amparo/tui/describe.h src/tui/describe.c \
	include/amparo/tui/dossierview.h src/tui/dossierview.c src/tui/screens/dossier.c \
	include/amparo/tui/edit.h src/tui/edit.c \
	include/amparo/tui/editview.h src/tui/editview.c \
	include/amparo/tui/event.h \
	include/amparo/tui/findrow.h src/tui/findrow.c \
	include/amparo/tui/formdraft.h src/tui/formdraft.c \
	include/amparo/tui/founding.h src/tui/screens/founding.c src/tui/screens/foundnow.c \
	src/tui/screens/newpass.c src/tui/screens/partyform.c src/tui/screens/sheets.c \
	src/tui/screens/welcome.c src/tui/directoryimport.c \
	include/amparo/tui/form.h src/tui/form.c src/tui/form_work.h \
	src/tui/form_codes.c src/tui/form_draw.c src/tui/form_keep.c src/tui/form_keys.c \
	src/tui/form_layout.c src/tui/form_popup.c \
	include/amparo/tui/frame.h src/tui/frame.c \
	include/amparo/tui/helptext.h src/tui/helptext.c \
	include/amparo/tui/keep.h src/tui/keep.c \
	include/amparo/tui/lastfile.h src/tui/lastfile.c \
	include/amparo/tui/linear.h src/tui/linear.c src/tui/linear_form.c src/tui/linear_help.c \
	src/tui/linear_io.c src/tui/linear_show.c src/tui/linear_work.h \
	include/amparo/tui/list.h src/tui/list.c \
	include/amparo/tui/qrview.h src/tui/qrview.c \
	include/amparo/tui/trustdone.h src/tui/trustdone.c \
	include/amparo/tui/trustscreens.h src/tui/screens/trust.c src/tui/screens/trustwhy.c \
	src/tui/screens/callform.c src/tui/screens/cardview.c src/tui/screens/identity.c \
	src/tui/screens/keycard.c src/tui/screens/makeroot.c src/tui/screens/network.c \
	src/tui/screens/revoke.c src/tui/screens/takecard.c \
	include/amparo/tui/trustwords.h src/tui/trustwords.c \
	include/amparo/tui/locked.h src/tui/locked.c \
	include/amparo/tui/lockperiod.h src/tui/lockperiod.c \
	include/amparo/tui/mailrow.h src/tui/mailrow.c \
	include/amparo/tui/marks.h src/tui/marks.c \
	include/amparo/tui/mend.h src/tui/mend.c \
	include/amparo/tui/mrzfill.h src/tui/mrzfill.c \
	include/amparo/tui/pick.h src/tui/screens/pick.c \
	include/amparo/tui/printout.h src/tui/printout.c \
	include/amparo/tui/formcommands.h src/tui/formcommands.c \
	include/amparo/tui/keymap.h src/tui/keymap.c \
	include/amparo/tui/places.h src/tui/places.c \
	include/amparo/tui/records.h src/tui/records.c \
	include/amparo/tui/screen.h src/tui/screen.c \
	include/amparo/tui/screentypes.h src/tui/screentypes.c \
	include/amparo/tui/searched.h src/tui/searched.c \
	include/amparo/tui/screens.h \
	include/amparo/tui/showing.h src/tui/showing.c \
	include/amparo/tui/pathname.h src/tui/pathname.c \
	include/amparo/tui/passentry.h src/tui/passentry.c \
	include/amparo/tui/formend.h src/tui/formend.c \
	include/amparo/tui/settle.h src/tui/settle.c \
	include/amparo/tui/tableform.h src/tui/tableform.c \
	include/amparo/tui/speech.h src/tui/speech.c \
	include/amparo/tui/steps.h src/tui/steps.c \
	include/amparo/tui/stopped.h src/tui/stopped.c \
	include/amparo/tui/taskrow.h src/tui/taskrow.c \
	include/amparo/tui/term.h src/tui/term.c src/tui/term_draw.c \
	src/tui/term_crash.c src/tui/term_held.c src/tui/term_look.c src/tui/term_paint.c \
	src/tui/term_work.h \
	include/amparo/tui/unlocking.h src/tui/unlocking.c \
	include/amparo/tui/versions.h src/tui/versions.c \
	include/amparo/tui/waiting.h src/tui/waiting.c \
	include/amparo/tui/working.h src/tui/working.c \
	include/amparo/tui/values.h src/tui/values.c \
	src/tui/screens/accesslog.c \
	src/tui/screens/actform.c src/tui/screens/actform_work.h \
	src/tui/screens/actform_both.c src/tui/screens/actform_record.c \
	src/tui/screens/actform_doubts.c src/tui/screens/actform_draft.c \
	src/tui/screens/actform_likely.c src/tui/screens/actform_values.c \
	src/tui/screens/actmenu.c \
	src/tui/screens/actview.c \
	src/tui/screens/bodies.c \
	src/tui/screens/both.c \
	src/tui/screens/case.c src/tui/screens/case_parts.c src/tui/screens/case_work.h \
	src/tui/screens/calendar.c \
	src/tui/screens/cases.c src/tui/screens/cases_rows.c src/tui/screens/cases_views.c \
	src/tui/screens/cases_many.c src/tui/screens/cases_work.h \
	src/tui/screens/closing.c \
	src/tui/screens/costs.c \
	src/tui/screens/compare.c \
	src/tui/screens/countries.c \
	src/tui/screens/directory.c \
	src/tui/screens/documents.c \
	include/amparo/tui/eventscreens.h src/tui/screens/events.c src/tui/screens/event.c \
	include/amparo/tui/officescreens.h src/tui/screens/offices.c src/tui/screens/officeform.c \
	src/tui/screens/eventform.c src/tui/screens/eventlist.c src/tui/screens/eventline.c \
	src/tui/screens/eventline_work.h \
	src/tui/screens/eligibility.c \
	src/tui/screens/fieldhelp.c \
	src/tui/screens/forms.c \
	src/tui/screens/help.c \
	src/tui/screens/helplog.c \
	include/amparo/tui/pouchscreens.h src/tui/screens/handing.c src/tui/screens/inbox.c \
	src/tui/screens/letter.c src/tui/screens/outbox.c src/tui/screens/receive.c \
	src/tui/screens/talk.c \
	include/amparo/tui/letters.h src/tui/letters_answer.c src/tui/letters_say.c \
	include/amparo/tui/sending.h src/tui/sending.c \
	src/tui/screens/history.c \
	src/tui/screens/meetings.c \
	src/tui/screens/language.c \
	src/tui/screens/likely.c \
	src/tui/screens/notes.c \
	src/tui/screens/owed.c \
	src/tui/screens/palette.c \
	src/tui/screens/persons.c \
	src/tui/screens/poll.c \
	src/tui/screens/preview.c src/tui/screens/preview_file.c \
	src/tui/screens/preview_find.c src/tui/screens/preview_open.c \
	src/tui/screens/preview_text.c src/tui/screens/preview_work.h \
	src/tui/screens/papercode.c \
	src/tui/screens/printing.c src/tui/screens/printing_leave.c src/tui/screens/printing_work.h \
	src/tui/screens/refusal.c \
	src/tui/screens/report.c \
	src/tui/screens/register.c \
	src/tui/screens/resume.c \
	src/tui/screens/sent.c \
	src/tui/screens/settings.c \
	src/tui/screens/tasks.c \
	src/tui/screens/today.c src/tui/screens/today_beginning.c src/tui/screens/today_stages.c src/tui/screens/today_work.h \
	src/tui/screens/unlock.c
