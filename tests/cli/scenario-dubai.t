#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A domestic worker in Dubai: five States are asked, two offer, one is chosen, asked by note, helps.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $s = Scenario->begin(state => 'HN', code => 'HNGLF', post => 'Consular desk for the Gulf',
    parties => [qw(CA CR HN MX PA US)]);

# ---- intake
$s->say('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'ngo' });
$s->say('person', {
    person => 1, surname_1 => 'RAMÍREZ', surname_2 => 'ORDÓÑEZ', given_names => 'Karen Yamileth', birth_date => '1998-03-14',
    nationalities => [ { state => 'HN', proof => 'passport' } ], document_status => 'employer', languages => ['es'],
    mrz => "P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<\nE123456<<3HND9803145F29063020801199800123<68",
});
$s->say('situation', { locality => 'Dubai', place_type => 'shelter', address => 'shelter code D-7' });
$s->say('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'The employer keeps the passport; wages of five months unpaid.' });
$s->say('need', { person => 1, need => $_, urgency => '72h' }) for qw(shelter legal travel_document);

my $who = $s->{post}->json('directory', $s->{file}, 'who', 'AE', '--for', 'HN', '--json');
is_deeply([ map { $_->{state} } @{ $who->{candidates} } ], [qw(CA CR MX PA US)], 'five States have a post there');

# ---- the poll of five
$s->say('consent', { person => 1, purpose => $_, to => $_ eq 'P9' ? 'Secretariat' : 'focal points', given_by => 'self', form => 'telephone', on => day(0) }) for qw(P3 P9);
$s->say('decide', { decision => 'applies', reason => 'Labour exploitation by a private employer; no office there.' });
$s->say('notify', { event => 'poll' });
$s->say('poll', { round => 1, to => [qw(CA CR MX PA US)], reply_by => at(-1), area => 'Dubai', needs => [qw(shelter legal travel_document)], languages => ['es'] });
my $asked = $s->paper('poll');
unlike($asked, qr/RAM[ÍI]REZ|Karen|E123456|D-7/i, 'the poll names nobody, nor the address');
$s->say('reply', { state => 'MX', round => 1, legal => 'yes', material => 'partial', offer => \1, services => [qw(shelter legal)], limits => 'shelter visits and a legal list; no funds', by_mail('Mexico') });
$s->say('reply', { state => 'CR', round => 1, legal => 'yes', material => 'partial', offer => \1, services => ['travel_document'], limits => 'no visits outside Abu Dhabi', by_mail('Costa Rica') });
$s->say('reply', { state => 'PA', round => 1, legal => 'yes', material => 'no', offer => \0, services => [], by_mail('Panama') });
$s->say('decline', { state => 'CA', stage => 'poll', round => 1, by_mail('Canada') });

my $answers = $s->answers(1);
is($answers->{US}{status}, 'silent', 'the United States did not reply');
is($answers->{CA}{status}, 'declined', 'which is not to decline, as Canada did');
is("$answers->{PA}{legal} $answers->{PA}{material}", 'yes no', 'legal and material capacity are two answers');
my $summary = $s->prose('summary');
like($summary, qr/United States no reply by the deadline/, 'printed as no reply');
unlike($summary, qr/United States[^.]{0,20} declin/, 'and not as declined');

# ---- the choice
$s->refused(qr/^5: .*\[choose\.offer\]/m, 'choose', { state => $_, reason => 'near' }) for qw(US CA PA);
$s->say('choose', { state => 'MX', reason => 'It offers the visits that she needs first.' });
is($s->show->{choices}[0]{reason}, 'It offers the visits that she needs first.', 'the choice has its reason');

# ---- the note
$s->say('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'written', on => day(0) });
$s->say('authorise', { what => $_, by => 'Dirección General', reference => "DGAC-118-$_", on => day(0) }) for qw(request etd);
$s->say('notify', { event => 'request' });
my %visit = (by => 'MX', kind => 'visit', persons => [1], manner => 'good_offices', detail => 'Visit to the shelter.', by_mail('Embassy of Mexico'));
$s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { %visit, at => at(0) });
my $note = $s->say('note', {
    kind => 'REQ', direction => 'out', to => { state => 'MX', office => 'Embassy', city => 'Abu Dhabi' }, date => day(0), at => at(-10),
    scope => 'visits to the shelter, a list of lawyers, delivery of the travel document', costs => 'borne by Honduras', ends_on => day(30),
});
my ($request) = grep { $_->{kind} eq 'REQ' } @{ $s->show->{notes} };
like($request->{number}, qr{\A1/\d{4}\z}, 'note No. 1 of the year');
my $text = $s->prose('note', '1');
like($text, qr/labour exploitation/, 'the note says what the request is linked to');
unlike($text, qr/traffick/i, 'and nothing of trafficking');
like($text, qr/RAMÍREZ ORDÓÑEZ|RAMÍREZ.*ORDÓÑEZ/, 'whom it is for');
unlike($text, qr/D-7/, 'not where exactly she is');


# ---- help
$s->say('accept', { state => 'MX', note => $note, scope => 'visits to the shelter, a list of lawyers, the travel document', services => [qw(shelter legal travel_document)], by_mail('Embassy of Mexico') });
$s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { %visit, at => at(-11) });
$s->say('assist', { %visit, at => at(-5) });
$s->say('assist', { %visit, kind => 'etd', detail => 'The travel document was handed over.', at => at(-4) });

# Who offered and was not chosen gets our thanks.
ok((grep { /Costa Rica offered.*thank/ } @{ $s->show->{warnings} }), 'Costa Rica is to be thanked');
$s->say('note', { kind => 'CLO', direction => 'out', to => { state => 'CR', office => 'Embassy', city => 'Abu Dhabi' }, date => day(0), at => at(0) });
ok(!(grep { /thank/ } @{ $s->show->{warnings} }), 'and was');
my $thanks = $s->prose('note', '2');
like($thanks, qr/Costa Rica .*thanks the Embassy warmly for that offer/, 'for its offer');
unlike($thanks, qr/RAM[ÍI]REZ|Karen|Mexic/i, 'naming neither her nor who was chosen');

# ---- costs by source
$s->say('cost', { on => day(0), amount => '1850.00', currency => 'AED', source => 'state_of_citizenship', item => 'Air ticket' });
$s->say('cost', { on => day(0), amount => '120.00', currency => 'USD', source => 'iom', item => 'Reception on return', iom_status => 'granted' });
$s->say('cost', { on => day(0), amount => '150.50', currency => 'AED', source => 'state_of_citizenship', item => 'Photographs' });
my $costs = $s->paper('costs');
like($costs, qr/AED *2,?000\.50|2000\.50 *AED/, 'what Honduras bears adds up');
like($costs, qr/USD *120\.00|120\.00 *USD/, 'beside what IOM gives');

is_deeply({ map { ("$_->{source} $_->{currency}" => $_->{amount}) } grep { $_->{source} } @{ $s->{post}->json('costs', $s->{file}, $s->{case}, '--json')->{totals} } },
    { 'state_of_citizenship AED' => '2000.50', 'iom USD' => '120.00' }, 'by source');

# ---- closing and the report
$s->refused(qr/^7\.7: .*\[report\.closed\]/m, 'report', { meeting => 'LON-CP', on => day(0) });
$s->say('close', { outcome => [qw(repatriated documents_issued)], unmet_needs => ['labour_claim'] });
$s->refused(qr/^7\.7: .*\[closed\.exchange\]/m, 'poll', { round => 2, to => ['US'], reply_by => day(2) });
$s->{post}->ok('meetings', $s->{file}, 'add', day(7), '--place', 'Belmopan');
my $run = $s->{post}->run('report', $s->{file}, '--meeting', 'next', '--json');
my $report = from_json($run->{out});
is_deeply($report->{helpers}, ['MX'], 'the report names Mexico among who helped');
is($report->{cases}[0]{help}[0]{state}, 'MX', 'and in the case');
unlike(Encode::decode('UTF-8', $run->{out}), qr/RAM[ÍI]REZ|Karen|E123456|\Q$s->{case}\E|declin/i, 'and nobody, nor who declined');
$s->say('report', { meeting => 'LON-CP', on => day(0) });
my $end = $s->show;
is($end->{stage}, 'reported', 'closed and reported');
is($end->{exit}, undef, 'without an exit: the case went its way');
$s->whole;

done_testing();
