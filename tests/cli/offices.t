#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A Party's own list of its offices (7.6), from the command line.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
sub office { my (%office) = @_; my $path = tmp('office.json'); write_file($path, to_json(\%office)); return $path }
sub list { return $post->json('offices', $file, '--json') }
sub names { return [ map { $_->{office} } @{ list()->{offices} } ] }
my @made = split /-/, sprintf '%04d-%02d-%02d', (localtime)[5] + 1900, (localtime)[4] + 1, (localtime)[3];
my $today = join '-', @made;

is_deeply(list(), { source => 'seed', date => undef, offices => [] }, 'nothing is known');
$post->fails(2, qr/no office in the list yet/, 'offices', $file, 'confirm');

# ---- one after the other
$post->ok('offices', $file, 'add', office(country => 'IT', city => 'Roma', kind => 'embassy', able => \1, phone => '+39065550100'));
$post->ok('offices', $file, 'add', office(country => 'VA', city => 'Roma', kind => 'embassy', able => \1, seat => 'IT'));
$post->ok('offices', $file, 'add', office(country => 'SD', city => 'Jartum', kind => 'consulate', able => \0));
is_deeply(names(), [ 'IT Roma embassy', 'SD Jartum consulate', 'VA Roma embassy' ], 'by country');
is(list()->{source}, '7.6', "the State's own list");
is(list()->{date}, $today, 'of today');
$post->fails(2, qr/in the list already/, 'offices', $file, 'add', office(country => 'IT', city => 'Roma', kind => 'embassy', able => \0));
$post->fails(2, qr/kind: /, 'offices', $file, 'add', office(country => 'IT', city => 'Milano', kind => 'shop', able => \1));
$post->fails(2, qr/country: /, 'offices', $file, 'add', office(country => 'ZZ', city => 'Milano', kind => 'consulate', able => \1));
$post->fails(2, qr/city: /, 'offices', $file, 'add', office(country => 'IT', city => "Mil\e[2Jano", kind => 'consulate', able => \1));
is(scalar @{ names() }, 3, 'and nothing of it is in the list');

$post->ok('offices', $file, 'change', 'SD Jartum consulate', office(country => 'SD', city => 'Puerto Sudán', kind => 'consulate', able => \1));
is_deeply(names(), [ 'IT Roma embassy', 'SD Puerto Sudán consulate', 'VA Roma embassy' ], 'in its place');
$post->fails(2, qr/not in the list any more/, 'offices', $file, 'change', 'SD Jartum consulate', office(country => 'SD', city => 'Jartum', kind => 'consulate', able => \1));
$post->ok('offices', $file, 'remove', 'SD Puerto Sudán consulate');
$post->ok('offices', $file, 'remove', 'VA Roma embassy');
$post->fails(2, qr/the last one/, 'offices', $file, 'remove', 'IT Roma embassy');
is_deeply(names(), ['IT Roma embassy'], 'it stays');

# ---- it is what requirement 7.3 rests on; and a decision keeps the lines of its day
$post->ok('directory', $file, 'party', 'HN', '--since', '2026-01-10', '--source', 'note');
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'IT', priority => 'routine', source => 'phone' });
$post->record($case, 'person', { person => 1, surname_1 => 'PAZ', given_names => 'Ema', nationalities => [ { state => 'HN', proof => 'passport' } ] });
sub r3 { my ($person) = @{ $post->show($case)->{persons} }; my ($r) = ref $person->{requirements} eq 'HASH' ? $person->{requirements}{R3} : grep { $_->{id} eq 'R3' } @{ $person->{requirements} }; return ref $r ? $r->{status} : $r }
is(r3(), 'not_met', 'an office of its own there');
$post->ok('offices', $file, 'change', 'IT Roma embassy', office(country => 'IT', city => 'Roma', kind => 'embassy', able => \0));
is(r3(), 'undetermined', 'one that cannot act: the head of post decides');

# ---- a seed list becomes the State's own when somebody says so
my $csv = tmp('seed.csv');
write_file($csv, "state,country,city,kind,source,date\nGT,IT,Roma,embassy,seed,2022-11-16\nGT,FR,Paris,embassy,seed,2022-11-16\n");
my $gt = init_post(state => 'GT', code => 'GTCAP', country => 'GT', city => 'Guatemala');
$gt->ok('directory', $gt->{file}, 'import', $csv);
is($gt->json('offices', $gt->{file}, '--json')->{source}, 'seed', 'a seed list');
$gt->ok('offices', $gt->{file}, 'confirm');
my $own = $gt->json('offices', $gt->{file}, '--json');
is("$own->{source} $own->{date} " . @{ $own->{offices} }, "7.6 $today 2", 'confirmed as of today');

# ---- on paper
my $paper = $post->ok('offices', $file, 'print');
like($paper, qr/NO PERSONAL DATA/, 'nothing personal');
like($paper, qr/Italy +Roma +embassy.*\n +cannot act/, 'a line each');
like($post->ok('offices', $file, 'print', '--lang', 'es'), qr/Italia +Roma +embajada\n +no puede/, 'in Spanish');
$gt->ok('offices', $gt->{file}, 'add', office(country => 'DE', city => 'Berlin', kind => 'embassy', able => \1));
like($gt->ok('offices', $gt->{file}, 'print'), qr/^France .*^Germany .*^Italy /ms, 'in the order of the names');
like($gt->ok('offices', $gt->{file}, 'print', '--lang', 'es'), qr/^Alemania .*^Francia .*^Italia /ms, 'in the language of the paper');
unlike($paper, qr/^Code .*PINEDA/m, 'it is filed: no name of ours');
mkdir tmp('bin');
write_file(tmp('bin/lp'), "#!/bin/sh\ncat >'" . tmp('lp.in') . "'\n");
chmod 0755, tmp('bin/lp');
is($post->run({ env => { PATH => tmp('bin') . ":$ENV{PATH}" } }, 'offices', $file, 'print', '--printer', 'hall', '--copies', '5', '--text')->{status}, 0, 'five copies');
like(read_file(tmp('lp.in')), qr/  Copies 3-7  /, 'have five numbers');
run_fails(3, qr/clerk/, 'offices', $file, 'confirm', '--passphrase-file', clerk());
$post->ok('verify', $file);

sub clerk {
    my $path = passphrase_file('of the clerk');
    $post->ok('officer', $file, 'add', 'Nora Díaz', '--role', 'clerk', '--new-passphrase-file', $path, '--slow-machine');
    return $path;
}

done_testing();
