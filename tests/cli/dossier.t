#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A dossier: it is checked by who has nothing but it, and says who asked whom; what was changed,
# forged or cut is refused.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $root = '25693 98045 25421 47989 13382 44469';

# A frozen dossier, in a file.
sub vector {
    my ($name) = @_;
    my $hex = read_file(($ENV{AMPARO_SRC} // '.') . "/tests/vectors/dossier/$name");
    my $path = tmp("$name.dsr");
    write_file($path, pack 'H*', $hex =~ s/\s+//gr);
    return $path;
}

# As one line, wherever lines were broken.
sub flat { return $_[0] =~ s/\s+/ /gr }

# ---- what it says, without a case file, a passphrase or a terminal
my $good = vector('good');
my $said = flat(run_ok('verify', $good));
like($said, qr/Root of the directory; compare these digits with the card of the Secretariat: \Q$root\E /, 'the root that all rests on');
like($said, qr/ 6 2026-03-10 10:15 HNRAB note verbale REQ MX ts it counts /, 'a table of the correspondence');
like($said, qr/ 1 Honduras asked Costa Rica, Mexico \(poll, round 1\)\. 2 Costa Rica declined \(poll\)\. 3 Mexico answered and offers help; /, 'who asked whom, and who answered');
like($said, qr/ 6 Honduras requested help of Mexico by note, handed over 2026-03-10 10:00\. /, 'the request');
like($said, qr/ 8 Mexico reported assistance of 2026-03-10 10:30 \(visit\)\. It followed the request by note of dispatch 6 \(Art\. 6\)\. /, 'assistance after a note');
like($said, qr/does not count 4 (?:irregular|unsupported): no request by note was in force then, as it knew \(Art\. 6\)/, 'and before one');
like($said, qr/1 earlier dispatch of MXRAB, Consulate of MX is not in it/, 'what is missing');
like($said, qr/6 parts of what was said are not disclosed/, 'what is not disclosed');
like($said, qr/All that is in it is authentic, if the digits are those of the card\. \z/, 'and that it is authentic');
is((sort { $b <=> $a } map { length } split /\n/, run_ok('verify', $good))[0] <= 80, 1, 'in lines of 80');
like(run_ok('verify', $good, '--lang', 'es'), qr/^Legajo del caso .*solicitud por nota del despacho 6 \(art\. 6\)\.$/ms, 'in the language of the reader');

# ---- under the root of the card
like(run_ok('verify', $good, '--root', $root), qr/^All that is in it is authentic\.$/m, 'compared');
like(run_ok('verify', $good, '--root', $root =~ tr/ /-/r), qr/the same as on the card/, 'as somebody types it');
(my $other = $root) =~ s/\A./3/;
run_fails(4, qr/to be believed under the root \Q$root\E, and not under \Q$other\E/, 'verify', $good, '--root', $other);
run_fails(2, qr/30 digits/, 'verify', $good, '--root', '12345');
run_fails(2, qr/--rebuild is for case files/, 'verify', $good, '--rebuild');

# ---- for machines
my $json = from_json(run_ok('verify', $good, '--json'));
is($json->{believed}, 1, 'believed');
is($json->{root}, $root, 'the root');
is(join(' ', map { "$_->{act}:" . ($_->{standing} eq 'counts' ? 1 : 0) } @{ $json->{dispatches} }),
   'poll:1 decline:1 reply:1 assist:0 choose:1 note:1 accept:1 assist:1 withdraw:1', 'each dispatch');
is($json->{dispatches}[7]{request}, 6, 'what assistance rests on');
is($json->{dispatches}[2]{payload}{by}, 'the duty officer', 'what is disclosed');
ok(!exists $json->{dispatches}[1]{payload}{reason}, 'and what is not');
is_deeply([ map { $_->{missing} } @{ $json->{chains} } ], [ 0, 0, 1 ], 'what is missing of each chain');

# ---- forged
my $forged = vector('forged');
my $run = run({}, 'verify', $forged, '--root', $root);
is($run->{status}, 4, 'a forged author is refused');
like($run->{err}, qr/\Aamparo: dispatch 10 \(declining; MXRAB, Consulate of MX\): by a key that is not known here\n\z/, 'with a line that says so');
like($run->{out}, qr/\ANOT TO BE BELIEVED/, 'and the report begins with it');
is(from_json(run({}, 'verify', $forged, '--json')->{out})->{causes}[0] =~ /dispatch 10/, 1, 'for machines too');

# ---- by a later directory
$run = run({}, 'verify', $good, '--directory', vector('later'));
is($run->{status}, 4, 'what was revoked since is revoked');
like($run->{err}, qr/^amparo: dispatch 8 \(assistance; MXRAB, Consulate of MX\): by a key that was revoked/m, 'and said');
unlike($run->{err}, qr/HNRAB/, 'of that key alone');
run_fails(2, qr/./, 'verify', $good, '--directory', $good);

# ---- changed, or cut
my $bytes = read_file($good);
my $changed = tmp('changed.dsr');
my $taken = 0;
for (my $at = 4 ; $at < length $bytes ; $at += 211) {
    my $other = $bytes;
    substr($other, $at, 1) ^= chr(1 << $at % 8);
    write_file($changed, $other);
    $taken += run({}, 'verify', $changed)->{status} != 4;
    write_file($changed, substr $bytes, 0, $at);
    $taken += run({}, 'verify', $changed)->{status} != 4;
}
is($taken, 0, 'whatever is changed or cut is refused');
write_file($changed, "x$bytes");
run_fails(4, qr/no dossier/, 'verify', $changed, '--root', $root);
write_file($changed, substr($bytes, 0, 3) . chr(2) . substr $bytes, 4);
run_fails(4, qr/another version/, 'verify', $changed);

# ---- out of a case file
my $post = init_post();
my $file = $post->{file};
my $out = tmp('out.dsr');
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
$post->fails(2, qr/nothing of this case has left the post or come in by a pouch/, 'dossier', $file, $case, '-o', $out);
$post->fails(2, qr/to which file: -o FILE/, 'dossier', $file, $case);
$post->fails(2, qr/--for XX: it is a Member State's code, or secretariat/, 'dossier', $file, $case, '-o', $out, '--for', 'XX');
$post->fails(2, qr/one of them at a time/, 'dossier', $file, $case, '-o', $out, '--for', 'CR', '--with-identity', '--without');
$post->fails(2, qr/say to which State/, 'dossier', $file, $case, '-o', $out, '--with-identity');
$post->fails(3, qr/^5: the Technical Secretariat never gets identity/, 'dossier', $file, $case, '-o', $out, '--for', 'secretariat', '--with-identity');
$post->fails(2, qr/HNXXX-2026-0009/, 'dossier', $file, 'HNXXX-2026-0009', '-o', $out);
ok(!-e $out, 'and no file is left');
is(scalar(grep { /dossier/ } split /\n/, $post->ok('access', $file)), 0, 'what was not made is in no log');

done_testing();
