# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libpouch.a
libpouch_a_SOURCES = \
	include/amparo/pouch/armour.h src/pouch/armour.c src/pouch/armour_text.c src/pouch/armour_text.h \
	include/amparo/pouch/found.h src/pouch/found.c
