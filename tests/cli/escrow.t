#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The ministry's key: made, given, what it reads and does not do, ended; and no protected person in it.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post   = init_post();
my $file   = $post->{file};
my $secret = tmp('ministry.key');

# ---- the key
my ($code) = run_ok('escrow', 'new', $secret) =~ /^((?:[0-9A-Z]{5}-){12}[0-9A-Z]{5})$/m;
ok($code, 'the public half is shown') or BAIL_OUT('no key');
is((stat $secret)[2] & 0777, 0600, 'the secret half is its owner\'s alone');
unlike(read_file($secret), qr/\Q$code\E/, 'and another one');
run_fails(2, qr/\Q$secret\E/, 'escrow', 'new', $secret);
run_fails(1, qr/no-such/, 'escrow', 'new', tmp('no-such/key'));

# ---- on
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'HT', priority => 'urgent', source => 'phone' });
like($post->ok('escrow', $file, 'show'), qr/^No escrow key/, 'off by default');
run_fails(4, qr/no escrow key/, 'list', $file, '--escrow-file', $secret);
my $wrong = $code;
substr($wrong, 13, 1) = substr($wrong, 13, 1) eq '7' ? '8' : '7';
$post->fails(2, qr/mistyped: look at group 3 of 13/, 'escrow', $file, 'on', $wrong);
$post->fails(2, qr/too long/, 'escrow', $file, 'on', $code, '00000');
$post->ok('escrow', $file, 'on', split /-/, $code);
like($post->ok('escrow', $file, 'show'), qr/\Q$code\E/, 'shown');

# ---- reading
my $before = read_file($file);
my @by     = ('--escrow-file' => $secret);
like(run_ok('list', $file, @by), qr/\Q$case\E/, 'it lists');
like(run_ok('show', $file, $case, @by), qr/\Q$case\E/, 'and shows');
like(run_ok('verify', $file, @by), qr/\AWhole/, 'and verifies');
run_fails(2, qr/reading alone/, { input => to_json({ need => 'shelter', urgency => 'now' }) }, 'record', $file, $case, 'need', '-', @by);
run_fails(3, qr/head of post/, 'escrow', $file, 'off', @by);
run_fails(2, qr/screens/, $file, @by);
is(read_file($file), $before, 'not a byte of the file is another one');
run_fails(4, qr/its escrow key is another one/, 'list', $file, '--escrow-file', do { run_ok('escrow', 'new', tmp('other.key')); tmp('other.key') });
run_fails(2, qr/mistyped: look at group 1 of 13/, 'list', $file, '--escrow-file', write_file(tmp('letter'), "A letter\n"));

# ---- a person under the protection lock
my $run = run({ input => to_json({ person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen', nationalities => [ { state => 'HN', proof => 'passport' } ], fears_own_state => JSON::PP::true() }) },
    'record', $file, $case, 'person', '-', $post->key);
is($run->{status}, 0, 'a person who fears their own State') or diag($run->{err});
run_fails(4, qr/no escrow key/, 'list', $file, @by);
$run = $post->run('list', $file);
like($run->{err}, qr/amparo escrow FILE off/, 'a new key is owed');
$post->fails(3, qr/\Q$case\E.*protection lock/, 'escrow', $file, 'on', $code);
$run = $post->run('escrow', $file, 'off');
is($run->{status}, 0, 'ended') or diag($run->{err});
$post->ok('list', $file);
like($post->ok('verify', $file), qr/\AWhole/, 'whole');

done_testing();
