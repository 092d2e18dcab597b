#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The guided start by lines (--linear): from no case file to one, in Spanish too; the demo.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Linear;
use Test::More;

my $l = Linear->start;
$l->see(qr/^No case file was used here before\./m, qr/^1 Make the case file of a post/m, qr/^A beginning> \z/m);
like($l->type('1'), qr/^State, needed, one of \d+: \z/m, 'the post, field by field');
like($l->type('Honduras'), qr/^Country, one of \d+ \[HN Honduras\]: \z/m, 'the country is offered');
$l->type('');
$l->type('Tegucigalpa');
like($l->type('directorate'), qr/^Post \[Consular Directorate, Tegucigalpa\]: \z/m, 'and a name');
like($l->type(''), qr/^Code \[HNTEG\]: \z/m, 'and a code');
$l->type('hntgu');
like($l->type('Ana Pineda'), qr/\[~\/hntgu\.amparo\]/, 'and a file');
$l->type('');
like($l->{said}, qr/^All is asked/m, 'all is asked');
like($l->type(':go on'), qr/^Step 2 of 4.*^Passphrase: \z/ms, 'then the passphrase');
like($l->type('x'), qr/gives way at once.*^Passphrase: \z/ms, 'a bad one is told to be so') or diag $l->{said};
my ($words) = $l->type(':words') =~ /^\s*([a-z]+(?: [a-z]+){5})$/m;
ok($words, 'six words are drawn');
like($l->{said}, qr/54 bits: good/, 'and told what they are worth');
like($l->type('something else'), qr/The two differ/, 'they are typed once more');
like($l->type($words), qr/^Step 3 of 4.*^ Code +HNTGU\n.*^A last look> \z/ms, 'all of it once more');
my $file = tmp('home') . '/hntgu.amparo';
ok(!-e $file, 'nothing is written yet');
like($l->type('make it'), qr/^Recovery sheet 1 of 3/m, 'made');
ok(-e $file, 'it is there');
my ($share) = $l->whole =~ /((?:^ {8,9}(?:[0-9A-Z]{5} ?)+\n){3})/m;
ok($share, 'a sheet');
$l->type('it is on paper') for 1 .. 3;
like($l->{said}, qr/^Sheet: \z/m, 'one is asked back');
like($l->type(join ' ', split ' ', $share), qr/Sheet 1 is good/, 'and is good');
like($l->{said}, qr/^1 Fill the directory.*^2 Say since when Honduras takes part.*^3 Begin the first case/ms, 'what to do first');
write_file(tmp('list.csv'), "no list\n");
$l->type('1');
like($l->type(tmp('list.csv')), qr/list\.csv|column|line/i, 'what is no list is said not to be one');
$l->type('2') if $l->{said} =~ /^Today> \z/m;
like($l->type(':back'), qr/^Today> \z/m, 'back') if $l->{said} !~ /^Today> \z/m;
is($l->end, 0, 'the end');
unlike($l->{all}, qr/[\x00-\x09\x0B-\x1F\x7F-\x9F]/, 'no control character');

$l = Linear->start({ env => { LANGUAGE => 'es' } });
like($l->{said}, qr/^Contraseña: \z/m, 'the next time it is the last file used');
$l->end;
$l = Linear->start({ env => { LANGUAGE => 'es' } }, tmp('none.amparo'));
like($l->{said}, qr/none\.amparo.*^1 .*^2 .*^3 /ms, 'a file that is not there leads to the same');
like($l->type('2'), qr/amparo-demo\/1-honduras\.amparo.*sin secretos/s, 'the demo is made and opened') or diag $l->{said};
like($l->type('sin secretos'), qr/^1 .*; HN-2026-/m, 'with its passphrase');
is($l->end, 0, 'the end');
run_fails(2, qr/neither a command nor a case file/, 'lst');
done_testing();
