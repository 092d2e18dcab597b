# SPDX-License-Identifier: MIT
# What several tests share: a folder, a case put together in memory, a post's file, a vault, a disk
# that fails.
libtest_a_SOURCES += \
	tests/unit/case_kit.c tests/unit/case_kit.h \
	tests/unit/dossier_kit.c tests/unit/dossier_kit.h \
	tests/unit/exchange_kit.c tests/unit/exchange_kit.h \
	tests/unit/fold_kit.c tests/unit/fold_kit.h \
	tests/unit/hostile_kit.c tests/unit/hostile_kit.h \
	tests/unit/incoming_kit.c tests/unit/incoming_kit.h \
	tests/unit/kit.c tests/unit/kit.h \
	tests/unit/network_check.c tests/unit/network_found.c tests/unit/network_kit.c tests/unit/network_kit.h \
	tests/unit/network_story.c \
	tests/unit/note_kit.c tests/unit/note_kit.h \
	tests/unit/pdf_kit.c tests/unit/pdf_kit.h \
	tests/unit/pouch_kit.c tests/unit/pouch_kit.h \
	tests/unit/route_kit.c tests/unit/route_kit.h \
	tests/unit/store_kit.c tests/unit/store_kit.h \
	tests/unit/talk_kit.c tests/unit/talk_kit.h \
	tests/unit/told_kit.c tests/unit/told_kit.h \
	tests/unit/trust_kit.c tests/unit/trust_kit.h \
	tests/unit/vault_fault.c tests/unit/vault_fault.h \
	tests/unit/vault_kit.c tests/unit/vault_kit.h \
	tests/unit/vault_power.c tests/unit/vault_power.h

EXTRA_DIST += tests/unit/report.en.txt tests/unit/report.es.txt tests/unit/report.fr.txt

unit_tests += tests/unit/test_arrival
unit_tests += tests/unit/test_arriving
unit_tests += tests/unit/test_assess
unit_tests += tests/unit/test_attack_flood
unit_tests += tests/unit/test_attack_identity
unit_tests += tests/unit/test_attack_network
unit_tests += tests/unit/test_attack_nonsense
unit_tests += tests/unit/test_attack_pouch
unit_tests += tests/unit/test_attack_trust
unit_tests += tests/unit/test_strength
unit_tests += tests/unit/test_base45
unit_tests += tests/unit/test_calendar
unit_tests += tests/unit/test_case_check
unit_tests += tests/unit/test_case_erase
unit_tests += tests/unit/test_case_json
unit_tests += tests/unit/test_cbor
unit_tests += tests/unit/test_codewords
unit_tests += tests/unit/test_closing
unit_tests += tests/unit/test_conversation
unit_tests += tests/unit/test_conversation_word
unit_tests += tests/unit/test_country
unit_tests += tests/unit/test_csv
unit_tests += tests/unit/test_date
unit_tests += tests/unit/test_decode
unit_tests += tests/unit/test_demo
unit_tests += tests/unit/test_directory
unit_tests += tests/unit/test_dossier_check
unit_tests += tests/unit/test_dossier_code
unit_tests += tests/unit/test_dossier_make
unit_tests += tests/unit/test_dossier_network
unit_tests += tests/unit/test_doubt
unit_tests += tests/unit/test_edit
unit_tests += tests/unit/test_fieldhelp
unit_tests += tests/unit/test_fields
unit_tests += tests/unit/test_fold
unit_tests += tests/unit/test_gates
unit_tests += tests/unit/test_instrument
unit_tests += tests/unit/test_kdf
unit_tests += tests/unit/test_ledger
unit_tests += tests/unit/test_keymap
unit_tests += tests/unit/test_likely
unit_tests += tests/unit/test_missions
unit_tests += tests/unit/test_money tests/unit/test_say
unit_tests += tests/unit/test_mrz
unit_tests += tests/unit/test_mrzfill
unit_tests += tests/unit/test_network
unit_tests += tests/unit/test_paper_blankform
unit_tests += tests/unit/test_paper_code
unit_tests += tests/unit/test_paper_golden
unit_tests += tests/unit/test_paper_keycard
unit_tests += tests/unit/test_paper_meeting
unit_tests += tests/unit/test_paper_note
unit_tests += tests/unit/test_paper_output
unit_tests += tests/unit/test_paper_printer
unit_tests += tests/unit/test_page_bytes
unit_tests += tests/unit/test_page_hold
unit_tests += tests/unit/test_page_plain
unit_tests += tests/unit/test_paper_receipt
unit_tests += tests/unit/test_paper_template
unit_tests += tests/unit/test_payload
unit_tests += tests/unit/test_png
unit_tests += tests/unit/test_pouch_armour
unit_tests += tests/unit/test_pouch_content
unit_tests += tests/unit/test_pouch_dossier
unit_tests += tests/unit/test_pouch_envelope
unit_tests += tests/unit/test_pouch_memory
unit_tests += tests/unit/test_pouch_vectors
unit_tests += tests/unit/test_pouch_carry
unit_tests += tests/unit/test_pouch_parcel
unit_tests += tests/unit/test_pouch_find
unit_tests += tests/unit/test_pouch_folder
unit_tests += tests/unit/test_pouch_mail
unit_tests += tests/unit/test_pouch_qr
unit_tests += tests/unit/test_pouch_route
unit_tests += tests/unit/test_progress
unit_tests += tests/unit/test_redact
unit_tests += tests/unit/test_report
unit_tests += tests/unit/test_scenarios
unit_tests += tests/unit/test_sheet
unit_tests += tests/unit/test_store_accept
unit_tests += tests/unit/test_store_access
unit_tests += tests/unit/test_store_acts
unit_tests += tests/unit/test_store_attacks
unit_tests += tests/unit/test_store_correspondence
unit_tests += tests/unit/test_store_costs
unit_tests += tests/unit/test_store_dispatches
unit_tests += tests/unit/test_store_draft
unit_tests += tests/unit/test_store_erase
unit_tests += tests/unit/test_store_event
unit_tests += tests/unit/test_store_identity
unit_tests += tests/unit/test_store_incoming
unit_tests += tests/unit/test_store_incoming_before
unit_tests += tests/unit/test_store_incoming_forged
unit_tests += tests/unit/test_store_keys
unit_tests += tests/unit/test_store_list
unit_tests += tests/unit/test_store_meetings
unit_tests += tests/unit/test_store_outgoing
unit_tests += tests/unit/test_store_papercode
unit_tests += tests/unit/test_store_periods
unit_tests += tests/unit/test_store_record
unit_tests += tests/unit/test_store_register
unit_tests += tests/unit/test_store_salvage
unit_tests += tests/unit/test_store_tasks
unit_tests += tests/unit/test_store_trustlog
unit_tests += tests/unit/test_store_verify
unit_tests += tests/unit/test_store_view
unit_tests += tests/unit/test_store_witness
unit_tests += tests/unit/test_suppress
unit_tests += tests/unit/test_text
unit_tests += tests/unit/test_travel
unit_tests += tests/unit/test_trust
unit_tests += tests/unit/test_trust_revoked
unit_tests += tests/unit/test_trust_versions
unit_tests += tests/unit/test_values
unit_tests += tests/unit/test_vault_access
unit_tests += tests/unit/test_versions
unit_tests += tests/unit/test_view

unit_tests += tests/unit/test_withhold

vault_tests =
vault_tests += tests/unit/test_vault_ahead
vault_tests += tests/unit/test_vault_attacks
vault_tests += tests/unit/test_vault_bound
vault_tests += tests/unit/test_vault_damage
vault_tests += tests/unit/test_vault_fault
vault_tests += tests/unit/test_vault_file
vault_tests += tests/unit/test_vault_flips
vault_tests += tests/unit/test_vault_keys
vault_tests += tests/unit/test_vault_kill
vault_tests += tests/unit/test_vault_live
vault_tests += tests/unit/test_vault_many
vault_tests += tests/unit/test_vault_memory
vault_tests += tests/unit/test_vault_nonces
vault_tests += tests/unit/test_vault_order
vault_tests += tests/unit/test_vault_power
vault_tests += tests/unit/test_vault_recovery
vault_tests += tests/unit/test_vault_rekey
vault_tests += tests/unit/test_vault_room
vault_tests += tests/unit/test_vault_tags
unit_tests += $(vault_tests)

# What the vault asks of the C library goes through the test first, which lets it fail.
tests_unit_test_vault_fault_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=fsync,--wrap=pwrite \
	-Wl,--wrap=rename,--wrap=renameat2

# What a pouch's way into a folder asks of the disk goes through the test first, which lets it fail.
tests_unit_test_pouch_folder_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=write,--wrap=fsync,--wrap=close \
	-Wl,--wrap=renameat2,--wrap=linkat

# What a rekeying does with names goes through the test first, which lets it fail.
tests_unit_test_vault_rekey_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=link,--wrap=rename,--wrap=unlink \
	-Wl,--wrap=chmod,--wrap=fsync

store_tests = $(filter tests/unit/test_store_%,$(unit_tests))

# The same, with every byte flipped, hundreds of kills and power losses, thousands of odd acts.
patient_tests = $(vault_tests) tests/unit/test_store_attacks tests/unit/test_store_salvage
check_long += check-vault-long
check-vault-long: $(patient_tests)
	AMPARO_LONG=1 $(prove_here) -j2 --timer --verbose $(patient_tests)
.PHONY: check-vault-long

# Every kind of note as it reads on paper, in every language.
EXTRA_DIST += \
	tests/notes/en/acc.txt tests/notes/es/acc.txt tests/notes/fr/acc.txt \
	tests/notes/en/clo.txt tests/notes/es/clo.txt tests/notes/fr/clo.txt \
	tests/notes/en/clo-offer.txt tests/notes/es/clo-offer.txt tests/notes/fr/clo-offer.txt \
	tests/notes/en/dec.txt tests/notes/es/dec.txt tests/notes/fr/dec.txt \
	tests/notes/en/fin.txt tests/notes/es/fin.txt tests/notes/fr/fin.txt \
	tests/notes/en/fin-told.txt tests/notes/es/fin-told.txt tests/notes/fr/fin-told.txt \
	tests/notes/en/loc.txt tests/notes/es/loc.txt tests/notes/fr/loc.txt \
	tests/notes/en/part.txt tests/notes/es/part.txt tests/notes/fr/part.txt \
	tests/notes/en/poll.txt tests/notes/es/poll.txt tests/notes/fr/poll.txt \
	tests/notes/en/rep.txt tests/notes/es/rep.txt tests/notes/fr/rep.txt \
	tests/notes/en/rep-line.txt tests/notes/es/rep-line.txt tests/notes/fr/rep-line.txt \
	tests/notes/en/req.txt tests/notes/es/req.txt tests/notes/fr/req.txt \
	tests/notes/en/scope.txt tests/notes/es/scope.txt tests/notes/fr/scope.txt \
	tests/notes/en/scope-agreed.txt tests/notes/es/scope-agreed.txt tests/notes/fr/scope-agreed.txt \
	tests/notes/en/tsn.txt tests/notes/es/tsn.txt tests/notes/fr/tsn.txt \
	tests/notes/en/wdr.txt tests/notes/es/wdr.txt tests/notes/fr/wdr.txt

# Frozen dossiers: tests/vectors/dossier/README.
EXTRA_DIST += $(addprefix tests/vectors/dossier/,README good forged later)
# Frozen pouches: tests/vectors/pouch/README.
EXTRA_DIST += $(addprefix tests/vectors/pouch/,README empty 191 192 2500 poll poll-10 note \
	note-withheld receipts several)

# Of the program that draws pages, where it is built.
if HAVE_PANGO
unit_tests += tests/unit/test_pdf tests/unit/test_pdf_looks tests/unit/test_pdf_nonsense \
	tests/unit/test_pdf_pages tests/unit/test_sandbox
tests_unit_test_pdf_looks_CPPFLAGS = $(AM_CPPFLAGS) $(PANGO_CFLAGS)
tests_unit_test_pdf_looks_LDADD = libtest.a libpaper.a $(pdf_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)
tests_unit_test_pdf_nonsense_CPPFLAGS = $(AM_CPPFLAGS) $(PANGO_CFLAGS)
tests_unit_test_pdf_nonsense_LDADD = libtest.a $(pdf_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)
tests_unit_test_sandbox_LDADD = libtest.a $(pdf_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)
endif
