# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	include/amparo/base/buf.h src/base/buf.c \
	include/amparo/base/error.h src/base/error.c \
	include/amparo/base/i18n.h \
	include/amparo/base/mem.h src/base/mem.c
