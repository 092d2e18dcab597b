#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What a case file promises, and the tests that hold it to that: each of them exists and is run.
# With AMPARO_LONG=1 (make check-long) they take the lengths given in brackets.
use strict;
use warnings;
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';

sub slurp {
    open my $in, '<', "$top/$_[0]" or return '';
    local $/;
    return scalar <$in>;
}

my $list = slurp('tests/unit/local.mk');
my %source;
while (<DATA>) {
    chomp;
    next if /^(#|$)/;
    my ($promise, $tests) = /^(.*?)\s*\|\s*(.*)$/ or die "line $.: $_";
    my @missing;
    for (split /,\s*/, $tests) {
        my ($program, $function) = /^(\w+) (\w+)$/ or die "line $.: $_";
        my $text = $source{$program} //= slurp("tests/unit/test_$program.c");
        push @missing, "$program $function"
            unless $text =~ /static void \Q$function\E\(void \*\*state\)/
            && $text =~ /cmocka_unit_test(?:_teardown|_setup_teardown)?\(\Q$function\E\b/
            && $list =~ m{tests/unit/test_\Q$program\E\b};
    }
    ok(!@missing, $promise) or diag("no such test: @missing");
}
done_testing();

__DATA__
# bytes
a byte flipped in every structure: an error or the same answer, named by verify [20,000] | vault_flips closed, vault_flips killed, vault_flips alone, vault_flips in_use, vault_flips counted
every byte of a case, every byte of both headers [all] | vault_attacks flips_every_byte, vault_attacks flips_both_headers

# kill -9 [10,000 in all]
FULL, NORMAL, cache spill, savepoints, every checkpoint, VACUUM, exclusive, several processes | vault_kill commits
while officers are added, passphrases changed, keys changed, backups made, files made | vault_kill slots, vault_kill passphrases_changed, vault_kill new_keys, vault_kill copies, vault_kill creation
at each operation of a rekeying; at each step of a checkpoint | vault_rekey each_kill, vault_rekey random_kills, vault_order leaves_cut_off
over the way back from a crash | vault_order brought_over_twice, vault_order commit_not_made_known

# losses of power [2,000], SQLite itself as the control
writes dropped, torn at 512, noise at 4096 | vault_power writes_dropped, vault_power writes_torn, vault_power blocks_of_noise
where SQLite alone loses: savepoints; blocks shared with what was flushed | vault_power beyond_the_control, vault_power neighbours_harmed
with headers and the anchor | vault_power headers_and_slots, vault_keys power_lost_between, vault_order copy_a_lost

# faults at every operation: EIO, ENOSPC, EBUSY, short, once and from there on [every one]
commits and checkpoints, shared and exclusive | vault_fault commits_shared, vault_fault commits_alone
officers, backup, new key, creation, unlocking, verify | vault_fault officers, vault_fault backups, vault_fault new_keys, vault_fault creations, vault_fault unlockings, vault_fault verifyings
a full disk says so, before it is full | vault_fault full_disk_says_so, vault_room asks_the_disk_of_the_file

# attacks
an old page, all but one, an old leaf of page tags | vault_tags each_page_put_back, vault_tags all_but_one_put_back, vault_tags leaf_put_back, vault_tags put_back_beside_a_reader
pages swapped, zeroed, cut off | vault_damage pages_moved, vault_damage cut_beside_a_wal
the WAL deleted, cut, stale, newer, of another file, of another continuation | vault_damage wal_taken_away, vault_damage wal_of_another_time, vault_attacks wal_of_another_file, vault_attacks two_continuations, vault_attacks wal_of_the_next_epoch, vault_damage record_put_back
the anchor destroyed | vault_attacks anchor_destroyed
under a running program | vault_live wal_cut_for_a_step, vault_live record_of_another_day, vault_live all_put_back, vault_live commits_put_back, vault_live index_set_back
a planted journal, planted links, a planted file | vault_damage planted_journal, vault_attacks links_beside, vault_damage planted_file, vault_keys planted_keys
the header rolled back, a slot removed, the key derivation weakened | vault_damage header_meddling, vault_keys removed_slot_put_back, vault_keys weakened_derivation
pieces of a backup | vault_attacks pieces_of_a_backup
page 1 torn beside a WAL | vault_damage page_one_torn, vault_damage page_one_without_wal

# several at once
the WAL-reset race answers BUSY | vault_many reset_race
N processes, exact counts | vault_many exact_counts, vault_tags readers_beside_checkpoints
two writers and a RESTART: no stale epoch | vault_many stale_epoch
a WAL made in the moment of opening | vault_many wal_made_meanwhile
checkpoints are not starved, and the WAL is bounded | vault_many checkpoint_beside_a_writer, vault_bound is_cut_after_a_long_reader, vault_bound is_not_starved_by_many_readers
unlocked twice, closed in any order, two keys for one path, one path only | vault_many unlocked_twice, vault_many closed_too_early, vault_many two_keys_for_one_path, vault_file one_path_only
a wrong key | vault_file what_does_not_open, vault_file damaged_headers

# secrets
markers in the file, its WAL, its index, deleted temporary files | vault_file nothing_in_plain, vault_file temporary_files, vault_file temporary_file_reads_back
memory, a core dump | vault_memory keys_and_text, vault_memory no_core_dump
random bytes that come again repeat no nonce | vault_nonces content_and_place, vault_nonces forked
nothing weakens a connection | vault_file refusals, vault_file settings

# keys
two of three shares, each checked alone | vault_recovery every_pair_of_many, vault_recovery any_two_unlock, vault_recovery names_the_wrong_share
a new key makes the old one useless | vault_rekey new_key, vault_rekey old_key_is_useless, vault_rekey in_that_order

# whom a post trusts, in whatever order it is told
two keys of the root, not one, not the same twice, not of another root | trust test_root_is_two_of_three, trust test_root_is_the_one_handed_over, trust test_root_signs_under_itself, store_trustlog test_one_of_the_root_is_not_enough
another root is set by a head of post alone, and said loudly | store_trustlog test_root_changes_loudly
a State certifies its own posts, in its own file; the root those of the Secretariat | trust test_state_key_signs_in_its_file, trust test_only_the_root_certifies_the_secretariat, store_trustlog test_only_who_may
a post id claimed by another State, or with another key | trust test_post_claimed_by_another_state, trust test_changed_key_needs_check
a revoked key: back-dated, beside the chain, in another incarnation, vouched for | trust_revoked test_revoked_below_the_head, trust_revoked test_revoked_and_referred_to, trust_revoked test_who_vouches, trust_revoked test_revoked_and_released
a thief rolls over, revokes, names a sealing key | trust_revoked test_thief_rolls_over, trust test_two_roll_overs, trust_revoked test_only_its_state_revokes, trust test_sealing_key
a State's key is revoked by two of the root, and what it did before stays | trust_revoked test_state_key_revoked
an old directory, two of one version, one in part, a false hash | trust_versions test_versions, store_trustlog test_old_directory_again, trust_versions test_two_of_one_version, trust_versions test_version_in_part, trust_versions test_version_with_a_false_hash
a directory that others cite and that is not ours stops notes | trust_versions test_cited_directories
identity waits for a telephone check and the head's word | trust_versions test_expired_directory, trust test_changed_key_needs_check, trust test_card_is_unverified
what was changed on the way, or is of nobody, fills no file | store_trustlog test_forged_and_unknown, store_trustlog test_file_is_read_strictly
