# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libvault.a
libvault_a_SOURCES = \
	include/amparo/vault/vault.h
