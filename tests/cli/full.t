#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# No room on the disk: exit status 1 with what to do, and nothing half-written.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Cwd ();
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $open = { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' };
my ($case) = $post->record('new', 'open', $open);
my $facts = 'A long account of what happened. ' x 1500;

# No file may grow past so many blocks of 512 bytes: the write fails as on a full disk.
my $real = Cwd::abs_path($Amparo::program);
sub within {
    my ($blocks, @call) = @_;
    write_file(tmp('limited'), qq{#!/bin/sh\ntrap '' XFSZ\nulimit -f $blocks\nexec "$real" "\$@"\n});
    chmod 0700, tmp('limited');
    local $Amparo::program = tmp('limited');
    return $post->run(@call);
}

my $acts = to_json($post->acts($case));
my $size = -s $file;
my $failed = 0;
for my $blocks (64, 72, 80, 96, 112, 128, 160) {
    my $run = within($blocks, { input => to_json({ need => 'shelter', urgency => 'now', detail => $facts }) },
        'record', $file, $case, 'need', '-');
    next if $run->{status} == 0;
    $failed++;
    is("$run->{status}/$run->{signal} $run->{out}", '1/0 ', "room for $blocks blocks: it failed");
    like($run->{err}, qr/the disk is full; make room/, 'and says so');
    is(to_json($post->acts($case)), $acts, 'what was there is there');
}
ok($failed >= 3, 'the limit was felt');
like($post->ok('verify', $file), qr/\AWhole/, 'the file is whole');
$post->record($case, 'need', { need => 'shelter', urgency => 'now' });
is(scalar @{ $post->acts($case) }, scalar(@{ from_json($acts) }) + 1, 'and goes on');

for my $blocks (8, 16, 32) {
    my $new = tmp("new-$blocks.amparo");
    my $run = within($blocks, 'backup', $file, $new);
    is("$run->{status}/$run->{signal}", '1/0', "a backup without room ($blocks blocks)");
    ok(!glob("$new*"), 'leaves no file') or diag(glob "$new*");
}

done_testing();
