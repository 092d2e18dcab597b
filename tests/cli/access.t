#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The access log from the command line: what enters it, who reads it, and whom it never names.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
$post->record($case, 'person', { person => 1, surname_1 => 'QUEZALTEPEQUE', given_names => 'Rosa', nationalities => [ { state => 'HN', proof => 'passport' } ] });
my $luis = passphrase_file('of Luis');
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--new-passphrase-file', $luis, '--slow-machine');

sub entries { return $post->json('access', $file, @_, '--json') }
is_deeply(entries(), [], 'nothing was looked at');
$post->ok('list', $file);
is_deeply(entries(), [], 'a list is no look into a case');

# ---- what enters
$post->ok('show', $file, $case);
$post->ok('show', $file, lc $case, '--json');
$post->ok('acts', $file, $case);
run_ok('show', $file, $case, '--passphrase-file', $luis);
$post->ok('print', $file, $case, 'summary', '--for', 'MX');
$post->ok('print', $file, $case, 'summary', '--for', 'family:Quezaltepeque', '--as-of', '2999-12-31');
$post->ok('backup', $file, tmp('copy.amparo'));
my @log = reverse @{ entries() };
is_deeply(
    [ map { join '|', @$_{qw(entry officer access case what for copy)} } @log ],
    [
        "1|$log[0]{officer}|view|$case|case||0",
        "2|$log[0]{officer}|view|$case|acts||0",
        "3|Luis Mejía|view|$case|case||0",
        "4|$log[0]{officer}|print|$case|summary|MX|1",
        "5|$log[0]{officer}|print|$case|summary|family|2",
        "6|$log[0]{officer}|export||backup||0",
    ],
    'each once, by whom, for whom'
);
unlike(to_json(\@log), qr/quezalt|rosa/i, 'and no name of a migrant');
is(scalar @{ entries($case) }, 5, 'of one case');
is_deeply(entries('--since', '2999-01-01'), [], 'since a day');
like($post->ok('access', $file), qr/^\d{4}-\d\d-\d\d \d\d:\d\d Luis Mej\S+ +view +\Q$case\E +case$/m, 'in words');

# ---- what does not
$post->fails(2, qr/there is no case/, 'show', $file, 'HNTGU-2026-0099');
$post->fails(2, qr/no date/, 'print', $file, $case, '--as-of', 'yesterday');
$post->fails(2, qr/was not yet open/, 'print', $file, $case, '--as-of', '2001-01-01');
$post->fails(2, qr/--since/, 'access', $file, '--since', '2026-02-31');
is(scalar @{ entries() }, 6, 'what was not put out is not in it');

# ---- who reads it
run_fails(3, qr/only a head of post/, 'access', $file, '--passphrase-file', $luis);
like($post->ok('verify', $file), qr/Whole/, 'verify holds it for whole');
like(
    $post->ok('print', $file, $case, 'summary', '--as-of', '2999-12-31'),
    qr/^As it stood on +31 December 2999$/m, 'a document says as of which day it is'
);

done_testing();
