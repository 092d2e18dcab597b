#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Forced scamming near Bangkok: the network first; a third man fears his own State, and nothing about
# him goes anywhere; the others are visited where they are held.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $head = Scenario->begin(state => 'NI', code => 'NIDIR', city => 'Managua', country => 'NI', parties => [qw(CA MX NI PA US)]);
my $s = $head->officer('Xiomara TÉLLEZ', 'officer');

$s->say('open', { role => 'requesting', receiving_state => 'TH', priority => 'urgent', source => 'ngo' });
my @ni = (nationalities => [ { state => 'NI', proof => 'passport' } ]);
$s->say('person', { person => 1, surname_1 => 'CENTENO', given_names => 'Harvin', @ni });
$s->say('person', { person => 2, surname_1 => 'LAGUNA', given_names => 'Bismarck', @ni });
$s->say('person', { person => 3, surname_1 => 'MAIRENA', given_names => 'Elvis', document_number => 'C0445566', @ni, fears_own_state => \1 });
$s->say('document', { document => 1, person => 3, type => 'identity_card', number => 'ID-778-M' });
$s->say('group', { group => 1, type => 'travelling', persons => [ 1, 2, 3 ] });
$s->say('situation', { locality => 'Bangkok', detained => \1, detained_by => 'immigration police', place_type => 'detention' });
$s->say('ground', { person => $_, code => 'G6a', perpetrator => 'criminal_group', facts => 'Held, and made to deceive people by telephone.', trafficking_indicators => \1 }) for 1, 2;
$s->say('need', { need => 'shelter', urgency => '24h' });
$s->say('consent', { person => $_, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) }) for 1, 2;
my $shown = $s->show;
ok($shown->{persons}[2]{locked}, 'the third man is under the lock');
my ($r4) = grep { $_->{id} eq 'R4' } @{ $shown->{persons}[0]{requirements} };
is($r4->{status}, 'undetermined', 'the ground waits for the network');

# ---- the network first
my %poll = (round => 1, to => [qw(CA MX PA US)], reply_by => day(3));
$s->say('decide', { decision => 'applies', reason => 'Trafficking, for two of the three.' });
$s->refused(qr/^7\.4: .*\[P\.network\]/m, 'poll', \%poll);
$s->refused(qr/^7\.4: .*\[P\.network\]/m, 'poll', { %poll, override => { reason => 'They are in danger.' } });
$s->say('refer', { to => 'network', on => day(-3), persons => [ 1, 2 ], reference => 'LON-17' });
$s->refused(qr/^7\.4: .*\[P\.network\]/m, 'poll', \%poll);
$s->say('refer', { to => 'unhcr', on => day(-3), persons => [3], detail => 'Counselling; he was told of his choices.' });

# An urgent override needs its reason, and the head of post.
my $o = $s->another;
$o->say('open', { role => 'requesting', receiving_state => 'TH', priority => 'urgent', source => 'ngo' });
$o->say('person', { person => 1, surname_1 => 'OSORIO', given_names => 'Abel', @ni });
$o->say('ground', { person => 1, code => 'G6a', perpetrator => 'criminal_group', facts => 'Held.' });
$o->say('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });
$o->say('decide', { decision => 'applies', reason => 'Trafficking.' });
$o->by($head)->wrong(qr/override\.reason: is missing/, 'poll', { %poll, override => { for => ['P.network'] } });
$o->by($head)->say('poll', { %poll, override => { reason => 'They move him tonight.', for => ['P.network'] } });
like($o->prose('summary'), qr/They move him tonight/, 'the override is printed with its reason');
$o->whole;

$s->say('refer_answer', { to => 'network', persons => [ 1, 2 ], on => day(0), answer => 'cannot_be_resolved', because => 'No partner in the country.', by_mail('liaison network') });
($r4) = grep { $_->{id} eq 'R4' } @{ $s->show->{persons}[0]{requirements} };
is($r4->{status}, 'met', 'answered: the ground is met');

# ---- the poll, for two
$s->refused(qr/^3: person 3 .*\[P\.lock\]/m, 'poll', { %poll, persons => [ 1, 2, 3 ] });
$s->say('notify', { event => 'poll' });
$s->say('poll', \%poll);
my $asked = $s->prose('poll');
like($asked, qr/two/, 'for two persons');
my %reply = (round => 1, legal => 'yes', material => 'yes', offer => \1);
$s->say('reply', { %reply, state => 'PA', services => [qw(shelter legal)], by_mail('Panama') });
$s->say('reply', { %reply, state => 'MX', services => ['legal'], by_mail('Mexico') });
$s->say('choose', { state => 'PA', reason => 'It can visit them where they are held.' });
$s->say('consent', { person => $_, purpose => 'P4', to => 'PA', given_by => 'self', form => 'telephone', on => day(0) }) for 1, 2;
$s->say('authorise', { what => 'request', by => 'Dirección Consular', reference => 'DC-77', on => day(0) });
$s->say('notify', { event => 'request' });
my %request = (kind => 'REQ', direction => 'out', to => { state => 'PA', office => 'Embassy', city => 'Bangkok' }, date => day(0), at => at(-10), scope => 'Visits where they are held; legal advice.');
$s->refused(qr/^3: person 3 .*\[N\.lock\]/m, 'note', { %request, persons => [ 1, 2, 3 ] });
my $note = $s->say('note', { %request, persons => [ 1, 2 ] });
$s->say('accept', { state => 'PA', note => $note, scope => 'Visits, legal advice.', by_mail('Embassy of Panama') });

# ---- nothing of the third man is in any paper, nor where it is told of the others
$s->say('contact', { at => at(-20), reason => 'He was ill.', detail => 'A call.', persons => [3] });
$s->say('need', { person => 1, need => 'medical', urgency => 'week', detail => 'As Elvis has.' });
unlike($s->prose('summary'), qr/outside the mechanism\)/, 'nor when he was met');
for my $print (['poll'], [ 'note', '1' ], [ 'note', '1', '--for', 'PA' ], ['summary'], [ 'summary', '--for', 'NI' ], [ 'summary', '--for', 'PA' ], ['costs']) {
    my $run = $s->{post}->run('print', $s->{file}, $s->{case}, @$print);
    is($run->{status}, 0, "print @$print") or diag($run->{err});
    unlike(Encode::decode('UTF-8', $run->{out}), qr/MAIRENA|Elvis|C0445566|ID-778-M/i, 'without the locked man');
}
# Who helps him and is no State reads of him what he allows.
$s->say('consent', { person => 3, purpose => 'P5', to => 'IOM', given_by => 'self', form => 'oral', on => day(0) });
like($s->prose('summary', '--for', 'iom'), qr/MAIRENA/, 'to IOM, by his consent');
unlike($s->prose('summary'), qr/MAIRENA/, 'and still not on our own paper');
is(scalar(grep { $_->{act} eq 'refer' && $_->{payload}{to} eq 'unhcr' } @{ $s->{post}->acts($s->{case}) }), 1, 'counselling and referral are on file');

# ---- a visit in detention asks about the receiving State
my %visit = (at => at(-5), by => 'PA', kind => 'visit', persons => [ 1, 2 ], manner => 'good_offices', detail => 'Visited at the detention centre.', by_mail('Embassy of Panama'));
$s->say('assist', \%visit);
like($s->{warned}, qr/^7\.5: warning: .*VCCR.*8.*\[A\.detention\]/m, 'must the receiving State be notified (VCCR 8)?');
$s->say('assist', { %visit, vccr8 => 'not_required' });
unlike($s->{warned}, qr/A\.detention/, 'answered: it asks no more');
$s->refused(qr/^7\.5: .*\[A\.vccr8\]/m, 'assist', { %visit, manner => 'with_authority' });
$s->refused(qr/^6: person 3 .*\[A\.note\]|^6: .*\[A\.note\]/m, 'assist', { %visit, persons => [3] });

# ---- the lock is lifted by the head of post alone, after counselling
my %lift = (person => 3, counselling => 'UNHCR, twice.', consent => 'He asks for it, in writing.');
$s->refused(qr/^3: .*\[lift_lock\.head\]/m, 'lift_lock', \%lift);
$s->say('close', { outcome => [qw(released referred)], reason => 'Two are free; the third is with UNHCR.', unmet_needs => [] });
$s->whole;

done_testing();
