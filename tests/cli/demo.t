#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The demo case files: made by real acts, in every stage, linked, whole; and never half made.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

# Of the commands run so far, in seconds: what else the machine does is not in it.
sub processor_time { my (undef, undef, $user, $system) = times; return $user + $system }

my $folder = tmp('demo');
my $before_s = processor_time();
my $told = run_ok('demo', $folder, '--today', '2026-03-16');
cmp_ok(processor_time() - $before_s, '<', 10, 'made in less than ten seconds of work');

my @files = sort glob "$folder/*.amparo";
is(scalar @files, 7, 'seven posts');
is((stat $_)[2] & 07777, 0600, "$_ is its owner's") for @files;
my $passphrase = read_file("$folder/demo-passphrase.txt");
chomp $passphrase;
like($told, qr/\Q$passphrase\E/, 'the passphrase is told');
my @open = ('--passphrase-file', passphrase_file($passphrase));

my (%stages, %exits, %cases);
for my $file (@files) {
    run_ok('verify', $file, @open);
    my $list = run_json('list', $file, '--json', @open);
    cmp_ok(scalar @$list, '>', 0, "$file has cases");
    $stages{ $_->{stage} }++ for @$list;
    $exits{ $_->{exit} // '' }++ for @$list;
    $cases{$file} = $list;
    for my $case (@$list) {
        my $acts = run_json('acts', $file, $case->{case}, '--json', @open);
        is(scalar(grep { $_->{signature} ne 'valid' } @$acts), 0, "$case->{case}: all signed");
        is(scalar(grep { $_->{at} gt '2026-03-16' } @$acts), 0, "$case->{case}: nothing after today");
    }
}
for my $stage (qw(draft intake eligibility poll choice note scope help closing reported)) {
    ok($stages{$stage}, "a case in stage $stage");
}
ok($exits{$_}, "exit $_") for qw(no_collaborator consent_withdrawn);

# The two sides of one case, each with what it took down of the other.
my ($honduras, $abu_dhabi) = @files[ 0, 1 ];
my $theirs = $cases{$abu_dhabi}[0]{case};
my ($ours) = grep { $_->{receiving_state} eq 'AE' } @{ $cases{$honduras} };
my $at_ours = run_json('acts', $honduras, $ours->{case}, '--json', @open);
my $at_theirs = run_json('acts', $abu_dhabi, $theirs, '--json', @open);
my ($offer) = grep { $_->{act} eq 'reply' && $_->{payload}{state} eq 'MX' } @$at_ours;
is($offer->{payload}{transcribed}{reference}, $theirs, 'our file names their case');
my ($note) = grep { $_->{act} eq 'note' && $_->{payload}{direction} eq 'in' } @$at_theirs;
is($note->{payload}{transcribed}{reference}, $ours->{case}, 'their file names our case');
my $shown = run_json('show', $honduras, $ours->{case}, '--json', @open);
my ($sent) = grep { $_->{direction} eq 'out' } @{ $shown->{notes} };
is($note->{payload}{number}, $sent->{number}, 'the note has the same number on both sides');

# Another officer has a word of their own.
run_ok('list', $honduras, '--passphrase-file', passphrase_file("$passphrase 2"), '--officer', 'Óscar Pineda Ríos');

# What is there stays there.
my %before = map { $_ => read_file($_) } @files;
run_fails(2, qr/1-honduras/, 'demo', $folder);
is(read_file($_), $before{$_}, "$_ is as it was") for @files;
write_file(tmp('file'), '');
run_fails(1, qr/cannot be made/, 'demo', tmp('file') . '/x');
run_fails(2, qr/YYYY-MM-DD/, 'demo', tmp('other'), '--today', 'tomorrow');
ok(!-e tmp('other'), 'nothing half made');

# Without a date the story ends today: no act lies in the future.
run_ok('demo', tmp('now'));
my $list = run_json('list', tmp('now') . '/1-honduras.amparo', '--json', @open);
is(scalar @$list, scalar @{ $cases{$honduras} }, 'the same cases today');

done_testing();
