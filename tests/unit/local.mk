# SPDX-License-Identifier: MIT
unit_tests += tests/unit/test_date
tests_unit_test_date_SOURCES = tests/unit/test_date.c
tests_unit_test_date_CFLAGS = $(test_cflags)
tests_unit_test_date_LDADD = $(test_libs)

unit_tests += tests/unit/test_csv
tests_unit_test_csv_SOURCES = tests/unit/test_csv.c
tests_unit_test_csv_CFLAGS = $(test_cflags)
tests_unit_test_csv_LDADD = $(test_libs)

unit_tests += tests/unit/test_country
tests_unit_test_country_SOURCES = tests/unit/test_country.c
tests_unit_test_country_CFLAGS = $(test_cflags)
tests_unit_test_country_LDADD = $(test_libs)
unit_tests += tests/unit/test_mrz
tests_unit_test_mrz_SOURCES = tests/unit/test_mrz.c
tests_unit_test_mrz_CFLAGS = $(test_cflags)
tests_unit_test_mrz_LDADD = $(test_libs)

unit_tests += tests/unit/test_cbor
tests_unit_test_cbor_SOURCES = tests/unit/test_cbor.c
tests_unit_test_cbor_CFLAGS = $(test_cflags)
tests_unit_test_cbor_LDADD = $(test_libs)
unit_tests += tests/unit/test_text

tests_unit_test_text_SOURCES = tests/unit/test_text.c
tests_unit_test_text_CFLAGS = $(test_cflags)
tests_unit_test_text_LDADD = $(test_libs)

unit_tests += tests/unit/test_money
tests_unit_test_money_SOURCES = tests/unit/test_money.c
tests_unit_test_money_CFLAGS = $(test_cflags)
tests_unit_test_money_LDADD = $(test_libs)

unit_tests += tests/unit/test_paper_page
tests_unit_test_paper_page_SOURCES = tests/unit/test_paper_page.c
tests_unit_test_paper_page_CFLAGS = $(test_cflags)
tests_unit_test_paper_page_LDADD = $(test_libs)

unit_tests += tests/unit/test_paper_template
tests_unit_test_paper_template_SOURCES = tests/unit/test_paper_template.c
tests_unit_test_paper_template_CFLAGS = $(test_cflags)
tests_unit_test_paper_template_LDADD = $(test_libs)
unit_tests += tests/unit/test_assess
tests_unit_test_assess_SOURCES = tests/unit/test_assess.c
tests_unit_test_assess_CFLAGS = $(test_cflags)
tests_unit_test_assess_LDADD = $(test_libs)

# The vault's tests share a kit; each program is test_vault_X.
vault_tests = tests/unit/test_vault_damage tests/unit/test_vault_fault tests/unit/test_vault_file \
	tests/unit/test_vault_many
unit_tests += $(vault_tests)
check_LIBRARIES += libvaultkit.a
libvaultkit_a_SOURCES = \
	tests/unit/vault_fault.h tests/unit/vault_fault.c \
	tests/unit/vault_kit.h tests/unit/vault_kit.c
libvaultkit_a_CPPFLAGS = $(harness_cppflags)
libvaultkit_a_CFLAGS = $(test_cflags)
tests_unit_test_vault_file_SOURCES = tests/unit/test_vault_file.c
tests_unit_test_vault_file_CFLAGS = $(test_cflags)
tests_unit_test_vault_file_LDADD = libvaultkit.a $(harness_libs)
unit_tests += tests/unit/test_payload
tests_unit_test_payload_SOURCES = tests/unit/test_payload.c
tests_unit_test_payload_CFLAGS = $(test_cflags)
tests_unit_test_payload_LDADD = $(test_libs)
unit_tests += tests/unit/test_edit
tests_unit_test_edit_SOURCES = tests/unit/test_edit.c
tests_unit_test_edit_CFLAGS = $(test_cflags)
tests_unit_test_edit_LDADD = $(test_libs)

unit_tests += tests/unit/test_decode
tests_unit_test_decode_SOURCES = tests/unit/test_decode.c
tests_unit_test_decode_CFLAGS = $(test_cflags)
tests_unit_test_decode_LDADD = $(test_libs)

unit_tests += tests/unit/test_missions
tests_unit_test_missions_SOURCES = tests/unit/test_missions.c
tests_unit_test_missions_CFLAGS = $(test_cflags)
tests_unit_test_missions_LDADD = $(test_libs)

# The tests of the fold share a kit that puts a case together.
check_LIBRARIES += libfoldkit.a
libfoldkit_a_SOURCES = tests/unit/fold_kit.h tests/unit/fold_kit.c
libfoldkit_a_CFLAGS = $(test_cflags)
unit_tests += tests/unit/test_fold
tests_unit_test_fold_SOURCES = tests/unit/test_fold.c
tests_unit_test_fold_CFLAGS = $(test_cflags)
tests_unit_test_fold_LDADD = libfoldkit.a $(test_libs)

unit_tests += tests/unit/test_demo
tests_unit_test_demo_SOURCES = tests/unit/test_demo.c
tests_unit_test_demo_CFLAGS = $(test_cflags)
tests_unit_test_demo_LDADD = $(test_libs)
unit_tests += tests/unit/test_paper_output
tests_unit_test_paper_output_SOURCES = tests/unit/test_paper_output.c
tests_unit_test_paper_output_CPPFLAGS = $(harness_cppflags)
tests_unit_test_paper_output_CFLAGS = $(test_cflags)
tests_unit_test_paper_output_LDADD = $(harness_libs)
unit_tests += tests/unit/test_gates
tests_unit_test_gates_SOURCES = tests/unit/test_gates.c
tests_unit_test_gates_CFLAGS = $(test_cflags)
tests_unit_test_gates_LDADD = $(test_libs)

unit_tests += tests/unit/test_directory
tests_unit_test_directory_SOURCES = tests/unit/test_directory.c
tests_unit_test_directory_CFLAGS = $(test_cflags)
tests_unit_test_directory_LDADD = libfoldkit.a $(test_libs)
unit_tests += tests/unit/test_case_check
tests_unit_test_case_check_SOURCES = tests/unit/test_case_check.c
tests_unit_test_case_check_CFLAGS = $(test_cflags)
tests_unit_test_case_check_LDADD = libfoldkit.a $(test_libs)
unit_tests += tests/unit/test_redact
tests_unit_test_redact_SOURCES = tests/unit/test_redact.c
tests_unit_test_redact_CFLAGS = $(test_cflags)
tests_unit_test_redact_LDADD = libfoldkit.a $(test_libs)
tests_unit_test_vault_fault_SOURCES = tests/unit/test_vault_fault.c
tests_unit_test_vault_fault_CFLAGS = $(test_cflags)
tests_unit_test_vault_fault_LDADD = libvaultkit.a $(harness_libs)

tests_unit_test_vault_damage_SOURCES = tests/unit/test_vault_damage.c
tests_unit_test_vault_damage_CFLAGS = $(test_cflags)
tests_unit_test_vault_damage_LDADD = libvaultkit.a $(harness_libs)
tests_unit_test_vault_many_SOURCES = tests/unit/test_vault_many.c
tests_unit_test_vault_many_CFLAGS = $(test_cflags)
tests_unit_test_vault_many_LDADD = libvaultkit.a $(harness_libs)

# The same, with every byte flipped and hundreds of kills and power losses.
check_long += check-vault-long
check-vault-long: $(vault_tests)
	AMPARO_LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) --timer $(vault_tests)
.PHONY: check-vault-long
unit_tests += tests/unit/test_case_json
tests_unit_test_case_json_SOURCES = tests/unit/test_case_json.c
tests_unit_test_case_json_CFLAGS = $(test_cflags)
tests_unit_test_case_json_LDADD = libfoldkit.a $(test_libs)
# The store's tests share a kit; each program is test_store_X.
store_tests = tests/unit/test_store_acts tests/unit/test_store_draft tests/unit/test_store_list \
	tests/unit/test_store_record tests/unit/test_store_verify
unit_tests += $(store_tests)
check_LIBRARIES += libstorekit.a
libstorekit_a_SOURCES = tests/unit/store_kit.h tests/unit/store_kit.c
libstorekit_a_CPPFLAGS = $(harness_cppflags)
libstorekit_a_CFLAGS = $(test_cflags)
tests_unit_test_store_acts_SOURCES = tests/unit/test_store_acts.c
tests_unit_test_store_acts_CFLAGS = $(test_cflags)
tests_unit_test_store_acts_LDADD = libstorekit.a $(harness_libs)
tests_unit_test_store_draft_SOURCES = tests/unit/test_store_draft.c
tests_unit_test_store_draft_CFLAGS = $(test_cflags)
tests_unit_test_store_draft_LDADD = libstorekit.a $(harness_libs)
tests_unit_test_store_list_SOURCES = tests/unit/test_store_list.c
tests_unit_test_store_list_CFLAGS = $(test_cflags)
tests_unit_test_store_list_LDADD = libstorekit.a $(harness_libs)
tests_unit_test_store_record_SOURCES = tests/unit/test_store_record.c
tests_unit_test_store_record_CFLAGS = $(test_cflags)
tests_unit_test_store_record_LDADD = libstorekit.a $(harness_libs)
tests_unit_test_store_verify_SOURCES = tests/unit/test_store_verify.c
tests_unit_test_store_verify_CFLAGS = $(test_cflags)
tests_unit_test_store_verify_LDADD = libstorekit.a $(harness_libs)
unit_tests += tests/unit/test_scenarios
tests_unit_test_scenarios_SOURCES = tests/unit/test_scenarios.c
tests_unit_test_scenarios_CFLAGS = $(test_cflags)
tests_unit_test_scenarios_LDADD = libfoldkit.a $(test_libs)

unit_tests += tests/unit/test_paper_note
tests_unit_test_paper_note_SOURCES = tests/unit/test_paper_note.c
tests_unit_test_paper_note_CFLAGS = $(test_cflags)
tests_unit_test_paper_note_LDADD = libfoldkit.a $(test_libs)
unit_tests += tests/unit/test_values
tests_unit_test_values_SOURCES = tests/unit/test_values.c
tests_unit_test_values_CFLAGS = $(test_cflags)
tests_unit_test_values_LDADD = $(test_libs)
