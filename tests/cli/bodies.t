#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What documents call the bodies of the Conference: set by a head of post, used everywhere.
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
my ($case) = map { $_->{case} } grep { $_->{receiving_state} eq 'AE' } @{ run_json('list', $file, '--json', @open) };

sub text { my $out = run_ok(@_, @open); return utf8::is_utf8($out) ? $out : Encode::decode('UTF-8', $out) }
sub flat { my ($text) = @_; $text =~ s/\s+/ /g; return $text }
# French of Honduras is remarked upon: only its text is of interest here.
sub printed { my $run = run('print', $file, $case, 'note', @_, @open); is($run->{status}, 0, "print @_"); return flat(Encode::decode('UTF-8', $run->{out})) }

write_file(tmp('tsn.json'), '{"kind":"TSN","direction":"out","date":"2026-03-16","to":{"state":"CR","office":"Technical Secretariat","city":"San Jose"}}');
run_ok('record', $file, $case, 'note', tmp('tsn.json'), @open);
my ($tsn) = map { $_->{number} } grep { $_->{kind} eq 'TSN' } @{ run_json('notes', $file, '--json', @open) };
like(printed($tsn, '--lang', 'es'), qr/saluda muy atentamente a la Secretaría Técnica de la Conferencia Regional sobre Migración/, 'the default');

# ---- set
my $list = run_json('bodies', $file, '--json', @open);
is(scalar @$list, 18, 'six bodies in three languages');
is(scalar(grep { $_->{default} } @$list), 18, 'all by default');
run_ok('bodies', $file, 'secretariat', 'es', 'la Secretaría Ejecutiva', @open);
run_ok('bodies', $file, 'secretariat', 'fr', 'le Secrétariat exécutif', @open);
run_ok('bodies', $file, 'conference', 'es', 'el Foro Regional', @open);
run_ok('bodies', $file, 'mechanism', 'es', 'el Mecanismo de Antigua', @open);
like(printed($tsn, '--lang', 'es'), qr/saluda muy atentamente a la Secretaría Ejecutiva del Foro Regional y tiene el honor de referirse al Mecanismo de Antigua \(mecanismo propuesto\)\./, 'as set, with its grammar');
like(printed($tsn, '--lang', 'fr'), qr/présente ses compliments au Secrétariat exécutif de la Conférence régionale/, 'each language by itself');
like(printed($tsn, '--lang', 'en'), qr/the Technical Secretariat of the Regional Conference/, 'the others as before');
my ($set) = grep { $_->{body} eq 'secretariat' && $_->{language} eq 'es' } @{ run_json('bodies', $file, '--json', @open) };
ok(!$set->{default} && length $set->{said_by} && $set->{said_at} =~ /^\d{4}-/, 'who said it, and when');
like(text('bodies', $file), qr/la Secretaría Ejecutiva \(set by /, 'in the list');

like(printed('3', '--lang', 'es'), qr/referirse al Mecanismo de Antigua/, 'in another note');
run_ok('bodies', $file, 'mechanism', 'es', '--default', @open);
like(printed($tsn, '--lang', 'es'), qr/entre los Países Miembros del Foro Regional/, 'the default says what else was set');

# ---- and back
run_ok('bodies', $file, 'secretariat', 'es', '--default', @open);
like(printed($tsn, '--lang', 'es'), qr/a la Secretaría Técnica del Foro Regional/, 'the default again');

# ---- what is refused
run_fails(2, qr/article/, 'bodies', $file, 'secretariat', 'es', 'Secretaría Ejecutiva', @open);
run_fails(2, qr/article/, 'bodies', $file, 'secretariat', 'es', 'the Secretariat', @open);
run_fails(2, qr/letters that print/, 'bodies', $file, 'secretariat', 'en', "the \e[2J", @open);
run_fails(2, qr/at most/, 'bodies', $file, 'secretariat', 'en', 'the ' . 'x' x 300, @open);
run_fails(2, qr/there are conference, secretariat/, 'bodies', $file, 'choir', 'en', 'the choir', @open);
run_fails(2, qr/en, es and fr/, 'bodies', $file, 'secretariat', 'pt', 'the x', @open);
run_fails(2, qr/how to call/, 'bodies', $file, 'secretariat', @open);
my $post = init_post();
write_file(tmp('new'), "another honest passphrase\n");
run('officer', $post->{file}, 'add', 'Luis', '--role', 'officer', '--new-passphrase-file', tmp('new'), $post->key);
run_fails(3, qr/head of post/, 'bodies', $post->{file}, 'secretariat', 'en', 'the Office', '--officer', 'Luis', '--passphrase-file', tmp('new'));

done_testing();
