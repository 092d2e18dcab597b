#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The register of notes by commands: as a list, as JSON, and on paper.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode ();
use Test::More;

my $folder = tmp('demo');
run_ok('demo', $folder, '--today', '2026-03-16');
my $file = "$folder/1-honduras.amparo";
my $passphrase = read_file("$folder/demo-passphrase.txt");
chomp $passphrase;
my @open = ('--passphrase-file', passphrase_file($passphrase));

sub text { my $out = run_ok(@_, @open); return utf8::is_utf8($out) ? $out : Encode::decode('UTF-8', $out) }

# ---- as data
my $all = run_json('notes', $file, '--json', @open);
my @out = grep { $_->{direction} eq 'out' } @$all;
my @in = grep { $_->{direction} eq 'in' } @$all;
is_deeply([ map { $_->{number} } @out ], [ map { "$_/2026" } 1 .. @out ], 'ours from 1 on, without gaps');
is_deeply([ map { $_->{number} } @in ], [ map { sprintf 'E-%03d/2026', $_ } 1 .. @in ], 'so are the entries');
ok(@out && @in, 'there are both');
is(scalar(grep { !length $_->{their_number} } @in), 0, 'who wrote has a number of their own');
is(scalar(grep { $_->{case} !~ /^HN-\d+-\d+$/ || $_->{id} !~ /^[0-9a-f]{64}$/ } @$all), 0, 'each leads to its note');
is_deeply(run_json('notes', $file, '--in', '--json', @open), \@in, '--in');
is_deeply(run_json('notes', $file, '--year', '2026', '--json', @open), $all, '--year');
is_deeply(run_json('notes', $file, '--year', '1999', '--json', @open), [], 'a year without notes');

# ---- as a list, and searched
my $list = text('notes', $file);
is(scalar(() = $list =~ /\n/g), scalar @$all, 'a line each');
like($list, qr/^E-001\/2026 +\d{4}-\d\d-\d\d \w+ +[A-Z]{2} HN-/m, 'number, day, kind, State, case');
my $request = text('notes', $file, '--out', 'req');
like($request, qr/ REQ /, 'a word of the line');
unlike($request, qr/ TSN | CLO /, 'and nothing else');
is(text('notes', $file, 'nothing', 'like', 'this'), '', 'or nothing');

# ---- what became of a note
my $note = $out[0];
my ($case, $id) = ($note->{case}, $note->{id});
my $post = { file => $file };
write_file(tmp('delivery.json'), qq({"note":"$id","sent_how":"hand","delivered_on":"2026-03-15","reply_due":"2026-04-01"}));
run('record', $file, $case, 'delivery', tmp('delivery.json'), @open);
like(text('notes', $file), qr/^1\/2026 .*by hand; delivered 15 March 2026/m, 'how it went');
like(text('notes', $file, '--lang', 'es'), qr/en mano; entregada el 15 de marzo de 2026/, 'in Spanish');

# ---- on paper
my $paper = text('print', $file, 'register', '--year', '2026');
like($paper, qr/^Register of notes verbales 2026$/m, 'its title');
like($paper, qr/Notes sent.*^1\/2026 .*Notes received.*^E-001\/2026 /ms, 'those sent, those received');
like($paper, qr/page 1 of \d+/, 'pages');
is(scalar(grep { length > 80 } split /[\n\f]/, $paper), 0, 'eighty columns');
unlike($paper, qr/RAM.REZ/, 'no name');
like(text('print', $file, 'register', '--lang', 'es'), qr/Registro de notas verbales/, 'in Spanish');
is(run_ok('print', $file, 'register', '-o', tmp('register.txt'), @open), '', 'into a file');

is(scalar(grep { $_->{access} eq 'print' && $_->{what} =~ /^register/ } @{ run_json('access', $file, '--json', @open) }), 3, 'each print of it is in the access log');

# ---- the entry number is where the note is
like(text('print', $file, $in[0]{case}, 'note', $in[0]{number}), qr/Entered as +E-001\/2026/, 'on its slip, and found by it');
like(text('show', $file, $in[0]{case}), qr/E-001\/2026|\Q$in[0]{their_number}\E/, 'in the case');

# ---- what is wrong with a call
run_fails(2, qr/--year/, 'notes', $file, '--year', 'now', @open);
run_fails(2, qr/one of them/, 'notes', $file, '--in', '--out', @open);
run_fails(2, qr/register/, 'print', $file, $case, 'note', '1', '--year', '2026', @open);
run_fails(2, qr/what is/, 'print', $file, 'register', 'note', @open);
like(text('print', $file, 'register', '--lang', 'fr'), qr/Registre des notes/, 'in French');

done_testing();
