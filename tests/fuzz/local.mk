# SPDX-License-Identifier: MIT
# A target is its file here, and a line in targets.def.
unit_tests += tests/fuzz/test_fuzz
tests_fuzz_test_fuzz_SOURCES = tests/fuzz/test_fuzz.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
	tests/fuzz/mutate.c tests/fuzz/targets.def
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_armour.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_assess.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_base45.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_calendar.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_card.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_cbor.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_code.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_content.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_csv.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_date.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_directory.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_dossier.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_edit.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_envelope.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_event.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_frames.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_import.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_keys.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_mail.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_missions.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_money.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_mrz.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_page.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_papercode.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_payload.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_png.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_printers.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_sheet.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_template.c
tests_fuzz_test_fuzz_SOURCES += tests/fuzz/fuzz_text.c

check_long += check-fuzz-long
check-fuzz-long: tests/fuzz/test_fuzz
	AMPARO_LONG=1 $(prove_here) --timer --verbose tests/fuzz/test_fuzz

# What reads the bytes of others before anything is known of them: an hour in all, watched by the
# sanitizers.
exposed_targets = armour cbor content envelope frames mail page
FUZZ_SECONDS = 520
check_long += check-fuzz-hour
check-fuzz-hour: check-sanitizers
	printf '%s\n' $(exposed_targets) | AMPARO_FUZZ_SECONDS=$(FUZZ_SECONDS) xargs -P 2 -I TARGET \
		env $(prove_here) --timer sanitizers/tests/fuzz/test_fuzz :: TARGET

# make fuzz-NAME: that target as a program of libFuzzer, where clang is installed; give it a folder.
CLANG = clang -g -O1 -fsanitize=fuzzer,address,undefined
fuzz_sources = $(filter %.c,$(libpaper_a_SOURCES) $(libtui_a_SOURCES) $(libpouch_a_SOURCES) $(libstore_a_SOURCES) $(libpage_a_SOURCES) \
	$(libvault_a_SOURCES) $(libagreement_a_SOURCES) $(libbase_a_SOURCES))
fuzz-%: $(BUILT_SOURCES)
	$(CLANG) -std=c11 $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) -DFUZZED=fuzz_$* -o $@ \
		$(addprefix $(top_srcdir)/tests/fuzz/,libfuzzer.c fuzz.c mutate.c fuzz_$*.c) \
		$(addprefix $(top_srcdir)/,$(fuzz_sources)) $(LIBS) $(amparo_libs)
EXTRA_DIST += tests/fuzz/libfuzzer.c
