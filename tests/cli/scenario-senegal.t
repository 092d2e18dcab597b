#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A family of five after a flood in Senegal: one daughter is a national there too; two States help, by
# two notes with two scopes; costs are shared.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $head = Scenario->begin(state => 'SV', code => 'SVDIR', city => 'San Salvador', country => 'SV', parties => [qw(CA GT MX SV US)]);
my $s = $head->officer('Marta ALVARENGA', 'officer');

# ---- intake
$s->say('open', { role => 'requesting', receiving_state => 'SN', priority => 'urgent', source => 'phone' });
my %together = (group => 1, keep_together => \1);
my @sv = (nationalities => [ { state => 'SV', proof => 'passport' } ]);
$s->say('person', { person => 1, surname_1 => 'ESCOBAR', surname_2 => 'RIVAS', given_names => 'Mauricio', birth_date => '1984-12-01', %together, group_relation => 'father', @sv });
$s->say('person', { person => 2, surname_1 => 'GUARDADO', given_names => 'Silvia Elena', birth_date => '1987-04-19', %together, group_relation => 'mother', @sv });
$s->say('person', { person => 3, surname_1 => 'ESCOBAR', given_names => 'Camila', birth_date => day(-9 * 366), %together, group_relation => 'daughter', @sv });
$s->say('person', { person => 4, surname_1 => 'ESCOBAR', given_names => 'Aminata Lucía', birth_date => day(-4 * 366), %together, group_relation => 'daughter',
    nationalities => [ { state => 'SV', proof => 'consular_register' }, { state => 'SN', proof => 'birth_certificate' } ] });
$s->say('person', { person => 5, surname_1 => 'RIVAS', given_names => 'Concepción', birth_date => '1955-XX-XX', %together, group_relation => 'grandmother', @sv });
$s->say('situation', { locality => 'Saint-Louis', place_type => 'shelter', address => 'school no. 4' });
$s->say('ground', { person => $_, code => 'G4', perpetrator => 'none', facts => 'The house was flooded; papers and savings are lost.' }) for 1 .. 5;
$s->say('need', { need => $_, urgency => '72h' }) for qw(shelter travel_document);

my $who = $s->{post}->json('directory', $s->{file}, 'who', 'SN', '--for', 'SV', '--json');
is_deeply([ map { $_->{state} } @{ $who->{candidates} } ], [qw(CA US)], 'Canada and the United States have a post');
is_deeply([ sort map { $_->{state} } grep { $_->{kind} eq 'non_resident' } @{ $who->{missions} } ], [qw(GT MX)],
    'Guatemala and Mexico list it as non-resident: shown, not as a post to ask');

# ---- the younger daughter: undetermined, until the head of post finds
sub requirement { my ($p, $id) = @_; return (grep { $_->{id} eq $id } @{ $p->{requirements} })[0] }
my $daughter = $s->show->{persons}[3];
is(requirement($daughter, 'R9')->{status}, 'undetermined', 'the dual national child is undetermined');
like(requirement($daughter, 'R9')->{reason}, qr/Senegal/, 'for she is a national of Senegal too');
is(requirement($s->show->{persons}[2], 'R9')->{status}, 'met', 'and her sister is not');
my %found = (requirement => 'R9', person => 4, status => 'met', reason => 'The family is kept together; nothing asks Senegal against it.');
$s->refused(qr/^3: .*\[determine\.head\]/m, 'determine', \%found);
$s->by($head)->say('determine', \%found);
is(requirement($s->show->{persons}[3], 'R9')->{status}, 'met', 'the head of post has found');

# ---- the poll and two choices
$s->say('consent', { person => $_, purpose => 'P3', to => 'focal points', given_by => $_ == 3 || $_ == 4 ? 'parent' : 'self', form => 'telephone', on => day(0) }) for 1 .. 5;
$s->say('decide', { decision => 'applies', reason => 'Natural disaster for all five.' });
$s->say('notify', { event => 'poll' });
$s->wrong(qr/to\[0\]: .*receiving State/, 'poll', { round => 1, to => ['SN'], reply_by => day(3) });
$s->say('poll', { round => 1, to => [qw(CA US)], reply_by => day(3), area => 'Saint-Louis' });
$s->say('reply', { state => 'CA', round => 1, legal => 'yes', material => 'partial', offer => \1, services => [qw(shelter travel_document)], limits => 'Dakar only, 14 days, no funds', by_mail('Canada') });
$s->say('reply', { state => 'US', round => 1, legal => 'yes', material => 'partial', offer => \1, services => ['shelter'], limits => 'coordination of shelters', by_mail('United States') });
$s->say('choose', { state => 'CA', reason => 'Papers and a roof in Dakar.' });
$s->say('choose', { state => 'US', reason => 'Shelters until they travel.' });

# ---- two notes, two scopes, one case
for my $state (qw(CA US)) {
    $s->say('consent', { person => $_, purpose => 'P4', to => $state, given_by => $_ == 3 || $_ == 4 ? 'parent' : 'self', form => 'telephone', on => day(0) }) for 1 .. 5;
}
$s->say('authorise', { what => 'request', by => 'Dirección General', reference => 'DGSC-31', on => day(0) });
$s->say('notify', { event => 'request' });
my %request = (kind => 'REQ', direction => 'out', date => day(0), at => at(-10));
my $canada = $s->say('note', { %request, to => { state => 'CA', office => 'Embassy', city => 'Dakar' }, scope => 'logement à Dakar et titres de voyage', language => 'fr', persons => [ 1 .. 5 ] });
is($s->{warned}, '', 'nothing is missing for it');
my $apart = $s->say('note', { %request, to => { state => 'US', office => 'Embassy', city => 'Dakar' }, scope => 'coordination of shelters in Saint-Louis', language => 'en', persons => [ 1 .. 4 ] });
like($s->{warned}, qr/person 5.*together/, 'a family that is to stay together: who is left out is named');
$s->say('annul', { note => $apart, reason => 'The grandmother was left out.' });
my $states = $s->say('note', { %request, to => { state => 'US', office => 'Embassy', city => 'Dakar' }, scope => 'coordination of shelters in Saint-Louis', language => 'en', persons => [ 1 .. 5 ] });
my $text = $s->prose('note', '1');
like($text, qr/présente ses compliments à l'[Aa]mbassade du Canada/, 'in French, to the embassy of Canada');
like($text, qr/République d'El Salvador/, 'from El Salvador');
like($text, qr/conformément à l'article 6|suivant l'article 6/i, 'by Article 6');
unlike($text, qr/school no\. 4/, 'without the address');
$s->say('accept', { state => 'CA', note => $canada, scope => 'Lodging in Dakar, papers.', limits => 'no funds', services => [qw(shelter travel_document)], ends_on => day(14), by_mail('Embassy of Canada') });
$s->say('accept', { state => 'US', note => $states, scope => 'Coordination of shelters.', services => ['shelter'], by_mail('Embassy of the United States') });
is_deeply([ map { "$_->{state}: $_->{scope}" } @{ $s->show->{acceptances} } ], [ 'CA: Lodging in Dakar, papers.', 'US: Coordination of shelters.' ], 'two scopes');
my %help = (kind => 'shelter', persons => [ 1 .. 5 ], manner => 'good_offices', detail => 'A roof.', at => at(0));
$s->say('assist', { %help, by => 'US', by_mail('Embassy of the United States') });
$s->say('assist', { %help, by => 'CA', by_mail('Embassy of Canada') });
$s->say('assist', { %help, by => 'US', kind => 'etd', by_mail('Embassy of the United States') });
like($s->{warned}, qr/^5: warning: .*\[A\.scope\]/m, 'papers were not in the scope of the United States');

# ---- shared costs, in two currencies
$s->wrong(qr/amount: .*decimals/, 'cost', { on => day(0), amount => '62000.50', currency => 'XOF', source => 'state_of_citizenship', item => 'Bus', persons => [ 1 .. 5 ] });
$s->say('cost', { on => day(0), amount => '62001', currency => 'XOF', source => 'state_of_citizenship', item => 'Bus to Dakar', persons => [ 1 .. 5 ] });
$s->say('cost', { on => day(0), amount => '310.00', currency => 'USD', source => 'ngo', item => 'Lodging, one week', persons => [ 1 .. 5 ] });
my $costs = $s->prose('costs');
like($costs, qr/XOF 62,001\b(?!\.)/, 'francs without decimals');
like($costs, qr/USD 310\.00/, 'dollars with two');
my $shares = $s->{post}->json('costs', $s->{file}, $s->{case}, '--json')->{persons};
is_deeply([ map { "$_->{person} $_->{amount}" } grep { $_->{currency} eq 'XOF' } @$shares ],
    [ '1 12401', map { "$_ 12400" } 2 .. 5 ], 'shared to the franc');
is_deeply([ map { $_->{amount} } grep { $_->{currency} eq 'USD' } @$shares ], [ ('62.00') x 5 ], 'and to the cent');

# ---- closing: both children were assisted
$s->refused(qr/^7\.4: person 3.*\n7\.4: person 4/m, 'close', { outcome => ['stays_safely'], unmet_needs => [] });
$s->say('child', { person => $_, accompanied => 'accompanied', care => 'Her parents', responsible => 'Her parents', views => 'Wants to stay with them.', best_interests => 'With her family.', by => 'Desk', on => day(0) }) for 3, 4;
$s->say('close', { outcome => ['stays_safely'], unmet_needs => [] });
$s->whole;

done_testing();
