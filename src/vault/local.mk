# SPDX-License-Identifier: MIT
noinst_LIBRARIES += libvault.a
libvault_a_SOURCES = \
	include/amparo/vault/ahead.h src/vault/ahead.c \
	include/amparo/vault/anchor.h src/vault/anchor.c \
	include/amparo/vault/code.h src/vault/code.c \
	include/amparo/vault/crypto.h src/vault/crypto.c \
	include/amparo/vault/format.h \
	include/amparo/vault/gather.h src/vault/gather.c \
	include/amparo/vault/header.h src/vault/header.c \
	include/amparo/vault/inside.h \
	include/amparo/vault/kdf.h src/vault/kdf.c \
	include/amparo/vault/pages.h src/vault/pages.c \
	include/amparo/vault/raw.h src/vault/raw.c \
	include/amparo/vault/recovery.h src/vault/recovery.c \
	include/amparo/vault/rows.h src/vault/rows.c \
	include/amparo/vault/tags.h src/vault/tags.c \
	include/amparo/vault/vault.h src/vault/vault.c \
	include/amparo/vault/vfs.h src/vault/vfs.c \
	src/vault/accept.c src/vault/access.c \
	src/vault/backup.c \
	src/vault/connect.c \
	src/vault/edit.c \
	src/vault/memory.c \
	src/vault/own.c \
	src/vault/rekey.c \
	src/vault/room.c \
	src/vault/unlock.c \
	src/vault/verify.c \
	src/vault/vfs_anchor.c \
	src/vault/vfs_main.c \
	src/vault/vfs_temp.c \
	src/vault/vfs_wal.c \
	include/amparo/vault/wal.h src/vault/wal_head.c src/vault/wal_proof.c src/vault/wal_record.c
