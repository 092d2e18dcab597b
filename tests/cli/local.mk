# SPDX-License-Identifier: MIT
tap_scripts += tests/cli/assess.t tests/cli/case.t tests/cli/demo.t tests/cli/directory.t \
	tests/cli/file.t tests/cli/full.t tests/cli/print.t tests/cli/record.t
