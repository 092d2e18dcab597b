# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libagreement.a
libagreement_a_SOURCES = \
	include/amparo/agreement/article.h src/agreement/article.c \
	include/amparo/agreement/arrival.h src/agreement/arrival.c \
	include/amparo/agreement/assess.h src/agreement/assess.c \
	src/agreement/assess_grounds.c src/agreement/assess_json.c \
	src/agreement/assess_poll.c src/agreement/assess_work.h \
	include/amparo/agreement/setting.h src/agreement/setting.c \
	include/amparo/agreement/task.h src/agreement/task.c \
	include/amparo/agreement/case.h src/agreement/case.c src/agreement/case_assess.c src/agreement/case_check.c \
	src/agreement/case_json.c \
	src/agreement/case_consent.c src/agreement/case_request.c src/agreement/case_sent.c src/agreement/case_stage.c \
	src/agreement/case_tasks.c src/agreement/case_erase.c \
	include/amparo/agreement/notes.h src/agreement/case_notes.c \
	include/amparo/agreement/conversation.h src/agreement/conversation.c \
	src/agreement/conversation_asking.c src/agreement/conversation_asks.c \
	src/agreement/conversation_ending.c src/agreement/conversation_findings.c \
	src/agreement/conversation_fold.c \
	src/agreement/conversation_fold.h src/agreement/conversation_helping.c \
	src/agreement/conversation_owner.c src/agreement/conversation_outcome.c src/agreement/conversation_outcome.h \
	src/agreement/conversation_rules.c src/agreement/conversation_rules.h \
	include/amparo/agreement/country.h src/agreement/country.c \
	include/amparo/agreement/digest.h src/agreement/digest.c \
	include/amparo/agreement/dispatch.h src/agreement/dispatch.c \
	include/amparo/agreement/diract.h src/agreement/diract.c \
	include/amparo/agreement/fingerprint.h src/agreement/fingerprint.c \
	include/amparo/agreement/trust.h src/agreement/trust.c src/agreement/trust_fold.c \
	src/agreement/trust_keys.c src/agreement/trust_judge.c src/agreement/trust_refer.c src/agreement/trust_words.c \
	src/agreement/trust_work.h \
	include/amparo/agreement/event.h src/agreement/event.c src/agreement/fields_event.c src/agreement/fields_office.c src/agreement/fields_telcheck.c \
	include/amparo/agreement/facts.h src/agreement/facts.c \
	src/agreement/facts_parse.c \
	include/amparo/agreement/act.h src/agreement/act.c src/agreement/act_describe.c \
	include/amparo/agreement/currency.h src/agreement/currency.c \
	include/amparo/agreement/field.h src/agreement/field.c \
	include/amparo/agreement/fields.h src/agreement/fields_intake.c src/agreement/fields_person.c \
	src/agreement/fields_eligibility.c src/agreement/fields_exchange.c src/agreement/fields_help.c \
	src/agreement/fields_keeping.c src/agreement/fields_family.c \
	include/amparo/agreement/founding.h src/agreement/fields_founding.c \
	include/amparo/agreement/gate.h src/agreement/gate.c src/agreement/gate_ask.h \
	src/agreement/gate_asks.h src/agreement/gate_rows.c src/agreement/gate_exchange.c \
	src/agreement/gate_help.c src/agreement/gate_keeping.c src/agreement/gate_request.c \
	src/agreement/gate_telling.c \
	include/amparo/agreement/identity.h src/agreement/identity.c \
	include/amparo/agreement/report.h src/agreement/report.c \
	include/amparo/agreement/statistics.h src/agreement/statistics.c \
	include/amparo/agreement/suppress.h src/agreement/suppress.c \
	include/amparo/agreement/language.h src/agreement/language.c \
	include/amparo/agreement/ledger.h src/agreement/ledger.c \
	src/agreement/case_closing.c \
	include/amparo/agreement/likeness.h src/agreement/likeness.c \
	include/amparo/agreement/link.h src/agreement/link.c \
	include/amparo/agreement/doubt.h src/agreement/doubt.c \
	include/amparo/agreement/payload.h src/agreement/payload.c src/agreement/payload_read.c \
	src/agreement/payload_rules.c src/agreement/payload_shape.c src/agreement/payload_value.c \
	src/agreement/payload_work.h \
	include/amparo/agreement/receivable.h src/agreement/receivable.c \
	include/amparo/agreement/redact.h src/agreement/redact.c \
	include/amparo/agreement/travel.h src/agreement/travel.c \
	include/amparo/agreement/travelcode.h src/agreement/travelcode.c \
	include/amparo/agreement/values.h src/agreement/values.c \
	include/amparo/agreement/view.h src/agreement/view.c \
	include/amparo/agreement/withhold.h src/agreement/withhold.c

# The tables of countries, currencies and languages come from iso-codes when the program is built.
iso_tables = gen/country_table.h gen/currency_table.h gen/language_table.h
BUILT_SOURCES += $(iso_tables)
CLEANFILES += $(iso_tables)
EXTRA_DIST += data/countries.pl data/currencies.pl data/languages.pl
src/agreement/country.$(OBJEXT): gen/country_table.h
src/agreement/currency.$(OBJEXT): gen/currency_table.h
src/agreement/language.$(OBJEXT): gen/language_table.h
gen/country_table.h: data/countries.pl Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/countries.pl $(ISO_CODES)/iso_3166-1.json >$@.tmp && mv $@.tmp $@
gen/currency_table.h: data/currencies.pl Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/currencies.pl $(ISO_CODES)/iso_4217.json >$@.tmp && mv $@.tmp $@
gen/language_table.h: data/languages.pl Makefile
	$(AM_V_GEN)$(MKDIR_P) gen && $(PERL) $(top_srcdir)/data/languages.pl $(ISO_CODES)/iso_639-3.json >$@.tmp && mv $@.tmp $@
