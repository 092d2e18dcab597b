# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libagreement.a
libagreement_a_SOURCES =
