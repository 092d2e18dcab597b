#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A child alone at night in Haiti, at the post that assists: a first contact, a short note by e-mail,
# then help; the note's paper original later; and a closing that waits for the child's own word.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $head = Scenario->begin(state => 'MX', code => 'MXPAP', post => 'Embassy, Consular Section', country => 'HT',
    city => 'Port-au-Prince', kind => 'consulate', parties => [qw(CA GT MX PA US)]);
my $s = $head->officer('Teresa QUIROZ', 'officer');
my @guatemala = by_mail('Consular Directorate of Guatemala');

# ---- 22:40: the telephone; what could not wait stands apart from the mechanism
$s->say('open', { role => 'assisting', receiving_state => 'HT', requesting_state => 'GT', priority => 'life_threatening', source => 'phone' });
my $contact = $s->say('contact', { at => at(-70), reason => 'Armed men in the street where he hides.', detail => 'Told how to reach the safe house.' });
my $shown = $s->show;
is(scalar @{ $shown->{contacts} }, 1, 'the first contact is logged');
is_deeply($shown->{assistance}, [], 'and is no assistance');
my ($listed) = @{ $s->{post}->json('list', $s->{file}, '--json') };
like($listed->{due}, qr/^\d{4}-\d\d-\d\dT/, 'a countersignature is due to the hour');
$s->refused(qr/countersign\.author|countersign\.head/, 'countersign', { of => $contact });

# ---- 23:05: Guatemala polls; we answer
$s->say('poll', { round => 1, to => [qw(CA MX PA US)], reply_by => at(240 - 50), needs => [qw(shelter child_care)], languages => ['es'], @guatemala });
my %offer = (state => 'MX', round => 1, legal => 'yes', material => 'yes', offer => \1, services => [qw(shelter child_care escort)]);
$s->say('reply', \%offer);
is($s->answers(1)->{MX}{status}, 'replied', 'our own reply needs no transcription');
$s->refused(qr/^5: .*\[choose\.side\]/m, 'choose', { state => 'MX', reason => 'near' });
my %boy = (
    person => 1, surname_1 => 'LÓPEZ', surname_2 => 'DE LEÓN', given_names => 'José Ángel', sex => 'M',
    birth_date => youngest_minor(), nationalities => [ { state => 'GT', proof => 'verified_by_capital' } ], languages => [qw(es ht)],
);
$s->say('person', \%boy);
$s->say('situation', { locality => 'Pétion-Ville', danger_now => \1, armed_conflict => \1, place_type => 'other', address => 'safe house 3' });
ok($s->show->{persons}[0]{minor}, 'seventeen or eighteen: the youngest reading counts, a minor');
unlike($s->paper('poll'), qr/safe house|L[ÓO]PEZ|Pétion/i, 'neither his name nor where he is stands in the poll');

# ---- 23:40: the short note comes by e-mail; 23:55: help
my %help = (by => 'MX', kind => 'shelter', persons => [1], manner => 'good_offices', detail => 'A night in the annex, a woman of the staff present.');
$s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { %help, at => at(-15) });
my %note = (kind => 'REQ', direction => 'in', from => { state => 'GT', office => 'Consular Directorate', city => 'Guatemala City' }, persons => [1], date => day(0), number => '88/2026', scope => 'Safe shelter, care, company to the airport.');
my $email = $s->say('note', { %note, at => at(-25), @guatemala });
$s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { %help, at => at(-26) });
$s->say('assist', { %help, at => at(-15) });
like($s->{warned}, qr/^5: warning: /m, 'the acceptance is still to be written');
my $original = $s->say('note', { %note, at => at(-1), same_as => $email, transcribed => { from => 'Consular Directorate of Guatemala', channel => 'paper', on => day(0) } });
$s->say('assist', { %help, kind => 'escort', detail => 'Taken to the airport by car.', at => at(-14) });
$shown = $s->show;
is(scalar @{ $shown->{notes} }, 2, 'the e-mail and its paper original');
ok($shown->{notes}[0]{at} lt $shown->{assistance}[0]{at}, 'the note came before the first help');
is($shown->{notes}[1]{same_as}, $email, 'the original names the e-mail');
my $paper = $s->prose('summary');
like($paper, qr{IN ORDER OF TIME .*immediate contact \(outside the mechanism\).*note verbale E-001/\d{4} .*assistance: shelter}, 'the order in time is printed');

# ---- the morning after
$s->refused(qr/countersign/, 'countersign', { of => $contact });
ok((grep { /countersigned/ } @{ $s->show->{warnings} }), 'it still waits for a countersignature');
$s->by($head)->say('countersign', { of => $contact });
ok(!(grep { /countersigned/ } @{ $s->show->{warnings} }), 'which the head of post gives');
$s->say('accept', { state => 'MX', note => $email, scope => 'Safe shelter, care, company.', services => [qw(shelter child_care escort)], authorities => 'ask_each_time' });
$s->say('note', { kind => 'ACC', direction => 'out', to => { state => 'GT', office => 'Consular Directorate', city => 'Guatemala City' }, persons => [1], date => day(0), at => at(0), in_reply_to => $email });
like($s->prose('note', '1'), qr{88/2026}, 'our acceptance quotes their note');

# ---- closing waits for the child's word and best interests
my %close = (outcome => ['family_reunited'], unmet_needs => []);
$s->refused(qr/^7\.4: .*\[C\.child\]/m, 'close', \%close);
my %child = (person => 1, accompanied => 'unaccompanied', care => 'The annex, since that night', responsible => 'Grandmother, in Quetzaltenango', views => 'Wants to go to her; told to T. Quiroz.', best_interests => 'Return to the grandmother, whose home was visited.', by => 'Embassy', on => day(0));
$s->wrong(qr/^(amparo: )?$_: /m, 'child', { %child, $_ => '' }) for qw(views best_interests);
$s->say('child', \%child);
$s->say('close', \%close);
is($s->show->{stage}, 'closing', 'closed, and to be reported by either side');
$s->whole;

done_testing();
