#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# verify --salvage: a damaged case file becomes a whole one, and a list of what is lost.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $luis = passphrase_file('of Luis');
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--slow-machine', '--new-passphrase-file', $luis);
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
my $secret = 'Xochiquetzal ÑANDÚ ' x 300;
$post->record($case, 'need', { need => 'shelter', urgency => 'now', detail => "$secret$_" }) for 1 .. 6;
$post->ok('directory', $file, qw(instrument pilot));
my @acts = @{ $post->acts($case) };
my $bytes = read_file($file);

# A byte of each page that lies in these parts of the file.
sub damage {
    my ($to, @at) = @_;
    my $bad = $bytes;
    substr($bad, $_, 1) = chr(ord(substr $bad, $_, 1) ^ 0x10) for @at;
    return write_file($to, $bad);
}

sub page_at { my ($n) = @_; return 16384 + 131072 + 4096 * ($n - 1) + 1000 }

# ---- a whole one
my $out = $post->ok('verify', $file, '--salvage', tmp('whole'));
like($out, qr/^nothing is damaged, nothing is lost$/m, 'nothing is lost');
is((stat tmp('whole'))[2] & 07777, 0700, 'the folder is its owner\'s alone');
my $name = ($file =~ m{([^/]+)\z})[0];
is((stat tmp("whole/$_"))[2] & 07777, 0600, "$_ too") for $name, 'lost.txt';
is_deeply([ sort map { s{.*/}{}r } glob tmp('whole') . '/*' ], [ $name, 'lost.txt' ], 'and no other file');
is_deeply($post->json('acts', tmp("whole/$name"), $case, '--json'), \@acts, 'all acts');
like($post->ok('verify', tmp("whole/$name")), qr/^Whole: /m, 'a whole file');
run_ok('list', tmp("whole/$name"), '--passphrase-file', $luis);
is(read_file($file), $bytes, 'the old one is as it was');

# ---- pages one after the other; anchor and header too
my $pages = int((length($bytes) - 16384 - 131072) / 4096);
my ($lost, $saved) = (0, 0);
for (my $n = 1; $n <= $pages; $n += 9) {
    my @at = $n == 1 ? (page_at(1), 8192, 12288) : page_at($n);
    my $bad = damage(tmp('bad.amparo'), @at);
    $post->fails(4, qr/anchor/, 'list', $bad) if $n == 1;
    $post->fails(4, qr/page $n is damaged/, 'verify', $bad) if $n != 1;
    my $out = $post->ok('verify', $bad, '--salvage', tmp("new-$n"));
    like($out, qr/^page $n is damaged/m, 'says which');
    is(index($out, read_file(tmp("new-$n/lost.txt"))), 0, 'the list is what is said');
    my $new = tmp("new-$n/bad.amparo");
    my $verify = $post->run('verify', $new);
    is($verify->{status}, 0, 'the new file is whole') or diag($verify->{err});
    $lost += () = $out =~ /^act.* (?:is|are) lost$/mg;
    my $there = $post->run('acts', $new, $case, '--json');
    $saved += @{ from_json($there->{out}) } if $there->{status} == 0;
    unlike($out, qr/Xochi|PINEDA|Mej/, 'nobody is named');
    unlike(read_file($new), qr/Xochi/, 'and nothing is plain');
}
cmp_ok($lost, '>', 0, 'some were lost');
cmp_ok($saved, '>', 5, 'and most saved');

# ---- what is wrong with a call
my $bad = damage(tmp('bad.amparo'), page_at(3));
$post->fails(2, qr/exists already/, 'verify', $bad, '--salvage', tmp('new-1'));
$post->fails(2, qr/comes alone/, 'verify', $bad, '--salvage', tmp('x'), '--rebuild');
$post->fails(1, qr/cannot be made/, 'verify', $bad, '--salvage', tmp('no/folder'));
$post->fails(1, qr/cannot be opened/, 'verify', tmp('none'), '--salvage', tmp('x'));
run_fails(3, qr/head of post/, 'verify', $bad, '--salvage', tmp('x'), '--passphrase-file', $luis);
run_fails(4, qr/wrong passphrase/, 'verify', $bad, '--salvage', tmp('x'), '--passphrase-file', passphrase_file('wrong'));
$post->fails(2, qr/no officer "Eva"/, 'verify', $bad, '--salvage', tmp('x'), '--officer', 'Eva');
ok(!-e tmp('x'), 'none of them leaves a folder');

done_testing();
