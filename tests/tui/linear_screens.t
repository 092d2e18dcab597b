#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every screen by lines (--linear): it says where one is, asks, and lets one go back; nothing of it
# moves a cursor; others' texts are made harmless; plain ASCII where the terminal knows no more.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Linear;
use Scenario;
use Test::More;

my $passphrase = 'an honest passphrase of the tests';
my $s = Scenario->begin(state => 'HN', code => 'HNGLF', post => 'Consular desk for the Gulf',
    parties => [qw(CA CR HN MX PA US)]);
$s->say('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'ngo' });
$s->say('person', { person => 1, surname_1 => 'NÚÑEZ', given_names => 'Óscar', birth_date => '1998-03-14',
    nationalities => [ { state => 'HN', proof => 'passport' } ] });
$s->say('situation', { locality => 'Dubai' });
$s->say('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Wages unpaid.' });
$s->say('need', { person => 1, need => $_, urgency => '72h' }) for qw(shelter legal);
$s->say('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });
$s->say('decide', { decision => 'applies', reason => 'Labour exploitation.' });
$s->say('notify', { event => 'poll' });
$s->say('poll', { round => 1, to => [qw(CA CR MX PA US)], reply_by => at(-1), area => 'Dubai', needs => ['shelter'], languages => ['es'] });
$s->say('reply', { state => 'MX', round => 1, legal => 'yes', material => 'yes', offer => \1, services => ['shelter'], by_mail('Mexico') });
my $case = $s->{case};

my @outs;
my $l = Linear->begin($s->{file}, $passphrase);

# From a screen whose question is `prompt`: a line opens another one, whose first line says so; and
# `<` (or the line given) goes back.
sub leads {
    my ($line, $head, $back) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($prompt) = $l->{said} =~ /([^\n]+)\z/;
    my $said = $l->type($line);
    like($said, qr/^$head/m, "$prompt$line: $head") or return;
    like($said, qr/[:>?] \z/, 'which asks');
    $said = $l->type($back // '<');
    like($said, qr/\Q$prompt\E\z/, 'and is left again') or diag($said);
    return;
}
sub opens { local $Test::Builder::Level = $Test::Builder::Level + 1; my $said = $l->type($_[0]); return like($said, qr/^$_[1]/m, "$_[0]: $_[1]") }
sub back { $l->type('<'); return }

leads('n',     'Intake 1 of 6 · open the case', ':back');
leads('find',  'Cases · open ones');
leads('e',     'Events');
leads('d',     '.*Missions|Directory|.*irectory');
leads('r',     'Meetings');
leads('$',     'Costs');
leads('b',     'Register');
leads('u',     'Unfinished');
leads('names of bodies', 'Bodies of the Conference');
opens('forms to fill', '1 go; Forms to fill in by hand');
opens('1', 'Forms to fill in by hand');
back();
leads('access log', 'Access');
opens('k', 'Our own keys');
like($l->type('1'), qr/^The keys are made\./m, 'its keys are made by the number of a line');
leads('1', 'Key card of a post');
back();
opens('t', 'Whom we trust');
leads('2', 'Directory of the network');
leads(':take a card', 'Take a card', ':back');
like($l->type('own post'), qr/Nobody is like this/, 'nobody has such words');
like($l->type('/gulf'), qr/our own/, 'somebody has');
opens('1', 'HNGLF, Consular desk for the Gulf; our own');
back();
$l->type(':back');
leads('j',     'Tasks');
leads('g',     'Settings');
leads('all',   'All that can be done here', ':back');
leads('/',     'Cases', ':esc');

like($l->type('<'), qr/This is the first screen; quit ends the program\./, 'nobody leaves by going back once too often');

# help says commands by their words, and closes by itself at its end
like($l->type('?'), qr/^Help: Today\n.*new \(n\): Begins a new case/ms, 'help');
$l->type('') while $l->{said} =~ /^Help> \z/m;
like($l->{said}, qr/^Today> \z/m, 'is over where it ends');
like($l->type('nonsense such as this'), qr/Nothing here is called "nonsense such as this"/, 'what is no command is said');
like($l->type('disasters'), qr/^1 .*events.*\n.*Name \[disasters\]: \z/ms, 'words of a command find it');
like($l->type('1'), qr/^Events/m, 'and its number runs it');
back();

# a search: letters narrow, a number opens
opens('/', 'Cases');
like($l->type('nunez'), qr/^1 \Q$case\E/m, 'found without accents');
like($l->type('zzz'), qr/No case is like this/, 'not found');
$l->type('/nun');
opens('1', "\Q$case\E; NÚÑEZ");

leads('1', 'Persons');
leads('2',     'History · place and situation');
leads('3',     'History · ground');
leads('4',     'History · need');
leads('5',     'History · consent');
leads('6', 'Does the mechanism apply');
leads('7', 'Poll');
leads('8', 'Notes verbales');
leads('9', 'Help and costs');
leads('0', 'History');
leads('a', '.*', ':back');
leads('c', 'History');
leads('d', '.*United Arab Emirates');
leads('w', 'Who got what|.*');
leads('t', 'As of a day');
leads('z', 'Close|.*closing|.*');

# deeper
opens('1', 'Persons');
leads('1 read', '.*');
leads('same?',  '.*');
leads('n',      '.*person', ':back');
back();
opens('0', 'History');
leads('1',      '.*');
back();
opens('9', 'Help and costs');
leads('k',      'cost', ':back');
back();
opens('p', 'Documents');
opens('1', 'Summary of the case');
my $summary = $l->whole;
like($summary, qr/NÚÑEZ/, 'a document is printed to the terminal');
like($l->type('search'), qr/^Answer: \z/m, 'and searched in');
like($l->type('dubai'), qr/dubai/i, 'from where the words are');
like($l->type('p'), qr/lpstat is not installed|Print where/, 'or on paper');
$l->type(':back') if $l->{said} =~ /Print where/;
like($l->type('o'), qr/^Into a file.*: \z/ms, 'or into a file, by its name');
$l->type('<') for 1 .. 2; # the question, and where and how
like($l->{said}, qr/^A document> \z/m, 'and back at the document');
back() for 1 .. 2;

# a form: help, what is unknown, what is wrong, undone
opens('2', 'History · place and situation');
opens('n', 'place and situation');
like($l->type('?'), qr/^Help: Place/m, 'help on the field');
$l->type('') while $l->{said} =~ /^Help> \z/m;
like($l->type('=Since'), qr/^There since[^\n]*: \z/m, 'to a field by letters of its label') or diag $l->{said};
like($l->type('31/2/26'), qr/^error: /m, 'a date that is none');
like($l->type('<'), qr/31\/2\/26/, 'is kept, and stands there');
like($l->type('14/3/26'), qr/^14 March 2026$/m, 'a date in words');
like($l->type(':undo'), qr/^There since \[31\/2\/26\]: \z/m, 'undone');
like($l->type("evil \e[2J\x{9B}31m\x{202E}\x{200B} text"), qr/^error: /m, 'what would move the cursor is no date');
like($l->type('<'), qr/\[evil \[2J31m/, 'and stands there without its teeth');
like($l->type('?u'), qr/^unknown$/m, 'unknown');
$l->type(':back');
back();

# a command behind a number; locked and unlocked it is the same place
opens('0', 'History');
like($l->type('lock'), qr/Locked; all is kept.*^Passphrase: \z/ms, 'locked');
$l->type($passphrase);
$l->see(qr/^History/m);
for (1 .. 5) { last if $l->{said} =~ /^Today> \z/m; back() if $l->{said} =~ /> \z/; $l->type(':back') if $l->{said} =~ /: \z/ }

# a disaster: what it is, its people one line each, one of whom is like somebody on record
opens('e', 'Events');
opens('n', 'A new event');
$l->record(qr/^Events|Flood/m, 'Event' => 'Flood Saint-Louis', 'Kind' => 'flood', 'When' => 'T', 'Where' => 'senegal',
    'Place' => 'Saint-Louis', 'What happened' => "Water in the streets.\n", 'Heard from' => 'ngo');
$l->type('<') if $l->{said} !~ /^Events> \z/m;
opens('1', 'Event · Flood Saint-Louis');
like($l->type('n'), qr/^Surnames[^\n]*: \z/m, 'the first cell of a line');
$l->record(qr/^Taken in: (\S+), a new case\..*^ .*PÉREZ|Taken in/ms, 'Surnames' => 'Pérez', 'Given names' => 'Luz', 'Sex' => 'F', 'Born' => '9');
like($l->type('=Surnames'), qr/^Surnames[^\n]*: \z/m, 'and the next line');
$l->record(qr/Taken in/, 'Surnames' => 'Núñez', 'Given names' => 'Óscar', 'Born' => '1998');
$l->type(':back');
leads('1', '\S+; .*(?:Pérez|Núñez)');
leads('c', '.*Flood', ':back');
back() for 1 .. 2;

# settings and the days of rest of a country; our own list; the report; who is like whom
opens('g', 'Settings');
$l->whole;
leads('1', '.*');
back();
opens('d', 'Missions in which');
$l->type('emirates');
opens('1', 'Missions');
opens('l', 'Offices of Honduras');
leads('n', 'A new office', ':back');
back();
leads('f', '.*', ':back');
back();
$l->type(':back');
opens('r', 'Meetings');
leads('s', 'Statistics|.*');
back();

$l->type('quit');
push @outs, $l->{all};
is($l->end, 0, 'quit ends the program');

# a wrong passphrase, the officer's name, the end of the input
$l = Linear->start($s->{file});
like($l->type('not it'), qr/^Passphrase: \z/m, 'asked again');
like($l->type(''), qr/^Officer: \z/m, 'nothing typed: who one is');
like($l->type('Ana Lucía PINEDA'), qr/^Passphrase: \z/m, 'then the passphrase');
like($l->type($passphrase), qr/^Unfinished> \z/m, 'unlocked; a form is unfinished');
is($l->end, 0, 'the end of the input');
push @outs, $l->{all};

# plain ASCII, in Spanish
$l = Linear->begin({ env => { LANG => 'C', LANGUAGE => 'es' } }, $s->{file}, $passphrase);
$l->type('volver');
like($l->type('buscar'), qr/NUNEZ/, 'letters without their marks, commands in the language');
unlike($l->{all}, qr/[^\x00-\x7F]/, 'nothing but ASCII');
$l->end;
push @outs, $l->{all};

unlike(join('', @outs), qr/[\x00-\x09\x0B-\x1F\x7F-\x9F\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]/,
    'no control character, no turning of lines');
done_testing();
