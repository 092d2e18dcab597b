# SPDX-License-Identifier: MIT
tap_scripts += tests/cli/assess.t tests/cli/directory.t
