#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A disk of its own that fills up: said before it is full, and again when it is.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

# The whole test once more, in a name space in which it may mount a disk.
if (!$ENV{AMPARO_TEST_DISK}) {
    my $disk = tmp('disk');
    mkdir $disk;
    my @inside = ('sh', '-c', 'mount -t tmpfs -o size=100m none "$0" && exec "$@"', $disk);
    plan skip_all => 'no disk of its own can be mounted here'
        if system("unshare -m @inside[0, 1] 'mount -t tmpfs none $disk' 2>/dev/null") != 0;
    $ENV{AMPARO_TEST_DISK} = $disk;
    exit(system('unshare', '-m', @inside, $^X, $0) >> 8);
}

my $disk = $ENV{AMPARO_TEST_DISK};
my $open = { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' };
my $facts = 'A long account of what happened. ' x 1500;

sub take_room { my ($bytes) = @_; write_file("$disk/other", "\1" x $bytes); return }
sub left { my ($kib) = `df -Pk $disk` =~ /(\d+)\s+\d+%/; return 1024 * $kib }

my $post = init_post(file => "$disk/post.amparo");
my $file = $post->{file};
is($post->{init}{err}, '', 'room enough: nothing is said');
my ($case) = $post->record('new', 'open', $open);

# ---- little
take_room(60 << 20);
my $warning = qr/\Aamparo: \Q$file\E: only 39 MiB are left on the disk; make room\n\z/;
my $need = to_json({ need => 'shelter', urgency => 'now' });
for my $call ([ 'record', $file, $case, 'need', '-' ], [ 'directory', $file, qw(instrument pilot) ], [ 'verify', $file, '--rebuild' ]) {
    my $run = $post->run({ input => $need }, @$call);
    is($run->{status}, 0, "@$call[0, 2 .. $#$call]: done");
    like($run->{err}, $warning, 'with a warning');
}
$post->ok('list', $file);
$post->ok('verify', $file);

# ---- none
my $acts = to_json($post->acts($case));
take_room((-s "$disk/other") + left() - 130_000);
my ($failed, $run) = (0);
for (1 .. 20) {
    $run = $post->run({ input => to_json({ need => 'shelter', urgency => 'now', detail => $facts }) }, 'record', $file, $case, 'need', '-');
    last if $failed = $run->{status} != 0;
    $acts = to_json($post->acts($case));
}
ok($failed, 'the disk is full');
is("$run->{status}/$run->{signal} $run->{out}", '1/0 ', 'which is a failure');
like($run->{err}, qr/\Aamparo: \Q$file\E: the disk is full; make room and try again\n\z/, 'that says so');
is(to_json($post->acts($case)), $acts, 'what was there is there');
take_room((-s "$disk/other") + left() - 36 * 1024); # enough to open it
$post->fails(1, qr/the disk is full/, @$_) for [ 'statistics', $file ], [ 'statistics', $file, '--json' ]; # nothing goes out that the access log cannot have
like($post->ok('verify', $file), qr/\AWhole/, 'and whole');
take_room(1 << 20);
$post->record($case, 'need', { need => 'shelter', urgency => 'now' });
is(scalar @{ $post->acts($case) }, scalar(@{ from_json($acts) }) + 1, 'with room it goes on');

done_testing();
