#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A flood in Saint-Louis brings forty people: an event, its list, families as one case each. Faults
# are named by line and column, and leave nothing.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode qw(encode);
use POSIX ();
use Test::More;

my $post = init_post(state => 'SV', code => 'SVDIR', post => 'Dirección', country => 'SV', city => 'San Salvador');
my $file = $post->{file};
my $today = POSIX::strftime('%Y-%m-%d', gmtime);
my $year = substr $today, 0, 4;
my $name = 'Crecida de Saint-Louis';
my %event = (
    name => $name, kind => 'flood', on => "$year-01-XX", receiving_state => 'SN',
    locality => 'Saint-Louis', ground => 'G4', perpetrator => 'none',
    facts => 'The river took the quarter.', priority => 'urgent', source => 'family',
    needs => [qw(shelter food_cash)],
);

sub put { my ($what, $event) = @_; return ({ input => to_json($event) }, 'event', $file, $what, '-') }
sub list { my ($text) = @_; return ({ input => encode('UTF-8', $text) }, 'event', $file, 'take', $name, '-') }

# ---- the event
$post->fails(2, qr/^amparo: locality: .*\n.*ground/m, put(add => { %event, locality => undef, ground => 'G9' }));
$post->fails(2, qr/no event "Crecida/, 'event', $file, 'show', $name);
is($post->ok(put(add => \%event)), encode('UTF-8', "$name\n"), 'its name is printed');
$post->fails(2, qr/already/, put(add => \%event));
$post->ok(put(change => { %event, urgency => 'now' }));
my $events = $post->json('event', $file, 'list', '--json');
is("@{$events->[0]}{qw(version said_by cases)}", '2 Ana Lucía PINEDA 0', 'what was said last counts, with who said it');
is($events->[0]{content}{urgency}, 'now', 'and what');

# ---- a list with faults: all are named, nothing is written
my $head = "surname_1,surname_2,given_names,sex,born,nationalities[0].state,family,alone,need,consent\n";
$post->fails(2, qr/column "colour" is not known.*\n.*"born" stands twice/, list("colour,born,born\na,b,c\n"));
my $bad = $post->fails(2, qr/nothing was taken in/, list($head
    . "PÉREZ,,Ana,F,35,SV,A,,,poll\n"
    . "PÉREZ,,Luz,Q,9,SV,A,,,poll\n"
    . "LÓPEZ,,Juan,M,31/2/1990,SV,,,,\n"
    . "ROMERO,,Hugo,M,12,SV,,alone,,poll\n"
    . "ROMERO,,Inés,F,40,SV,,alone,,\n"
    . "=cmd|' /C calc'!A0,,Eva,F,40,SV,,,,\n"
    . "a,b\n"
    . "DÍAZ,,Iris,F,7,SV,,,,poll\n"));
like($bad->{err}, qr/^amparo: line $_->[0], $_->[1]: .*$_->[2]/m, "line $_->[0], $_->[1]")
  for [ 3, 'sex', 'Q' ], [ 4, 'born', '' ], [ 5, 'consent', 'basis' ], [ 6, 'alone', 'no child' ], [ 7, 'surname_1', 'formula' ],
  [ 9, 'consent', 'family mark' ];
like($bad->{err}, qr/^amparo: line 8: 2 fields, not 10/m, 'and a line cut short');
unlike($bad->{err}, qr/line 2/, 'but not the good one');
is(scalar @{ $post->json('list', $file, '--json') }, 0, 'nothing was written');

# ---- forty people
$post->ok(put(change => { %event, consent_basis => 'Best interests of the child; head of post.' }));
my @families = map { my $n = $_; map { [ "FLORES$n", $_, $n ] } qw(Marta José Luz Ana Elsa) } 1 .. 6;
my $lines = $head
  . join('', map { "$_->[0],,$_->[1]," . ($_->[1] eq 'José' ? 'M' : 'F') . ',' . { Luz => 9, Ana => 4, Elsa => '~1950' , Marta => '14mar1985', José => 41 }->{ $_->[1] } . ",SV,F$_->[2],,,poll\n" } @families)
  . join('', map { "SOLO$_,RUIZ,Pedro,M,3$_,SV,,,,poll\n" } 0 .. 6)
  . "NIÑO,,Hugo,M,12,SV,,alone,medical,poll\n"
  . "NIÑA,,Rosa,F,,SV,,separated,,\n"
  . "MEJÍA,,Óscar,M,50,,,,medical,vital\n";
my $dry = $post->run(list($lines), '--dry-run');
is($dry->{status}, 0, 'a dry run') or diag $dry->{err};
like($dry->{out}, qr/^40 persons, 16 new cases: would be taken in; nothing was written$/m, 'says what would be');
is(scalar @{ $post->json('list', $file, '--json') }, 0, 'and writes nothing');
my $run = $post->run(list($lines), '--json');
is($run->{status}, 0, 'forty people are taken in') or diag $run->{err};
my $taken = from_json($run->{out});
is(scalar @$taken, 40, 'a line each');
is(scalar(grep { $_->{opened} } @$taken), 16, 'in sixteen cases');
my $cases = $post->json('list', $file, '--event', $name, '--json');
is(scalar @$cases, 16, 'which the list finds by the event');
is(scalar(grep { $_->{persons} == 5 } @$cases), 6, 'six of them families of five');
is(scalar @{ $post->json('list', $file, 'crecida', 'flores4', '--json') }, 1, 'and the search by its words');

# ---- what a family is
my $acts = $post->acts($taken->[0]{case});
is(join(' ', map { $_->{act} } @$acts[ 0 .. 7 ]), 'open situation person need need ground consent consent', 'the acts of the first line');
is("@{$acts->[0]{payload}}{qw(event event_family receiving_state)}", "$name F1 SN", 'the case names the event');
my @persons = map { $_->{payload} } grep { $_->{act} eq 'person' } @$acts;
my @groups = map { $_->{payload} } grep { $_->{act} eq 'group' } @$acts;
is("@{$groups[-1]{persons}} $groups[-1]{type} $groups[-1]{keep_together}", '1 2 3 4 5 family 1', 'they are a family, kept together');
is($persons[2]{age_stated}, 9, 'an age is kept');
is($persons[2]{birth_date}, ($year - 9) . '-XX-XX~', 'and what it says of the birth');
is($persons[4]{birth_date}, '1950-XX-XX~', 'as a partial date');
my %by = map { ("$_->{payload}{person}$_->{payload}{purpose}" => $_->{payload}{given_by}) } grep { $_->{act} eq 'consent' } @$acts;
is("$by{'1P3'} $by{'3P3'}", 'self parent', 'a parent speaks for the child');
my $again = from_json($post->ok(list($head . "FLORES1,,Tomás,M,1,SV,f1,,,poll\n"), '--json'));
is("$again->[0]{case} $again->[0]{person}", "$taken->[0]{case} 6", 'who comes later joins the family');

# ---- children alone, and who could not be asked
my $show = $post->json('event', $file, 'show', $name, '--json');
is("@$show{qw(cases persons lone_children)}", '16 41 2', 'the counts');
my %case = map { ($_->{line} => $_->{case}) } @$taken;
is(join(' ', map { $_->{case} } @{ $show->{list} }[ 0, 1 ]), "$case{39} $case{40}", 'children alone come first');
my %last = map { ($_->{act} => $_->{payload}) } @{ $post->acts($case{39}) };
is("$last{ground}{profiles}[0] $last{consent}{given_by}", 'lone_child best_interests', 'their profile, and the basis');
is($last{consent}{basis}, 'Best interests of the child; head of post.', 'in the words of the event');
%last = map { ($_->{act} => $_->{payload}) } @{ $post->acts($case{40}) };
ok($last{person}{treat_as_child}, 'no birth date: a child in doubt');
%last = map { ($_->{act} => $_->{payload}) } @{ $post->acts($case{41}) };
is($last{consent}{given_by}, 'vital_interest', 'vital interest');
is_deeply($last{person}{nationalities}, [], 'and no nationality is made up');

# ---- who may be on record already
$again = from_json($post->ok(list($head . "Solo3 Ruiz,,Pedro,M,33,SV,,,,\nNADIE,,Ixquic,F,50,SV,,,,\n"), '--dry-run', '--json'));
is($again->[0]{likely}[0]{case}, $case{35}, 'who is like somebody on record is told');
ok(@{ $again->[0]{likely}[0]{reasons} }, 'with reasons');
is_deeply($again->[1]{likely}, [], 'but not who is like nobody');

# ---- good lines alone
$run = $post->run(list($head . "BUENA,,Eva,F,40,SV,,,,\nMALA,,Eva,Q,40,SV,,,,\n"), '--keep-good');
is($run->{status}, 2, 'the bad line is still an error');
like($run->{err}, qr/line 3, sex/, 'and named');
like($run->{out}, qr/^1 person, 1 new case: taken in$/m, 'the good one is taken in');
$post->ok('verify', $file);
done_testing();
