#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Domestic violence in Ankara: of seven asked four offer; the person takes her consent back by telephone.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $s = Scenario->begin(state => 'DO', code => 'DODIR', city => 'Santo Domingo', country => 'DO', parties => [qw(CA CR DO GT MX PA SV US)]);

$s->say('open', { role => 'requesting', receiving_state => 'TR', priority => 'urgent', source => 'phone' });
$s->say('person', { person => 1, surname_1 => 'PAULINO', surname_2 => 'MARTE', given_names => 'Yokasta', sex => 'F', birth_date => '1991-10-07', nationalities => [ { state => 'DO', proof => 'passport' } ], safe_to_call => \0, languages => ['es'] });
$s->say('situation', { locality => 'Ankara', danger_now => \1, place_type => 'home', address => 'behind the old market' });
$s->say('ground', { person => 1, code => 'G3', perpetrator => 'family', facts => 'Beaten by her husband; may not leave the house alone.' });
$s->say('need', { person => 1, need => 'shelter', urgency => '24h' });
my %consent = (person => 1, given_by => 'self', form => 'oral', on => day(-9), restrictions => 'Never to the husband, never to the police.');
$s->say('consent', { %consent, purpose => 'P2', to => 'Cancillería' });
$s->say('consent', { %consent, purpose => 'P3', to => 'focal points' });
$s->say('decide', { decision => 'applies', reason => 'Domestic violence; no office there.' });
$s->say('notify', { event => 'poll' });

# ---- seven asked, six answers, four offers
$s->say('poll', { round => 1, to => [qw(CA CR GT MX PA SV US)], reply_by => day(0) });
my %reply = (round => 1, legal => 'yes', material => 'yes', offer => \1);
$s->say('reply', { %reply, state => 'SV', services => [qw(shelter legal)], by_mail('El Salvador') });
$s->say('reply', { %reply, state => $_, services => ['legal'], by_mail($_) }) for qw(CR MX PA);
$s->say('reply', { %reply, state => 'GT', material => 'no', offer => \0, services => [], by_mail('Guatemala') });
$s->say('decline', { state => 'CA', stage => 'poll', round => 1, by_mail('Canada') });
my $answers = $s->answers(1);
is(scalar(grep { $_->{status} ne 'silent' } values %$answers), 6, 'six replies');
is(scalar(grep { $_->{offer} } values %$answers), 4, 'four offers');
$s->say('choose', { state => 'SV', reason => 'Same language, and a woman officer.' });
$s->say('consent', { %consent, purpose => 'P4', to => 'SV' });
$s->say('authorise', { what => 'request', by => 'Viceministerio', reference => 'VM-209', on => day(0) });
$s->say('notify', { event => 'request' });
my %sv = (direction => 'out', to => { state => 'SV', office => 'Embassy', city => 'Ankara' }, date => day(0));
my $note = $s->say('note', { %sv, kind => 'REQ', at => at(-20), scope => 'A safe place; talks with a lawyer.' });
like($s->prose('note', '1'), qr/Never to the husband, never to the police/i, 'the note carries what she forbids');
$s->refused(qr/^7\.5: .*\[LOC\.consent\]/m, 'note', { kind => 'LOC', direction => 'out', to => { state => 'TR', office => 'Police of Ankara', city => 'Ankara' }, persons => [1], date => day(0) });
$s->say('accept', { state => 'SV', note => $note, scope => 'A safe place; talks with a lawyer.', by_mail('Embassy of El Salvador') });
$s->say('assist', { at => at(-15), by => 'SV', kind => 'call', persons => [1], manner => 'good_offices', detail => 'A first talk.', by_mail('Embassy of El Salvador') });
like($s->prose('summary', '--for', 'SV'), qr/Yokasta/, 'until now El Salvador may have a print with her name');

# ---- after nine days, on the telephone: she takes it back
$s->say('withdraw_consent', { person => 1, purposes => [qw(P4 P5 P6 P7 P8)], on => day(0), form => 'telephone' });
$s->refused(qr/^3: .*\[N\.withdrawn\]/m, 'note', { %sv, kind => 'SCOPE', persons => [1] });
$s->refused(qr/^3: .*\[N\.withdrawn\]/m, 'note', { %sv, kind => 'REQ', at => at(0), persons => [1] });
for my $print ([ 'summary', '--for', 'SV' ], [ 'note', '1', '--for', 'SV' ]) {
    my $run = $s->{post}->run('print', $s->{file}, $s->{case}, @$print);
    unlike(Encode::decode('UTF-8', $run->{out}), qr/PAULINO|Yokasta|market/i, "print @$print: without her name at once");
}
$s->say('withdraw', { note => $note, at => at(0), reason => 'The person took her consent back.' });
$s->say('note', { %sv, kind => 'WDR', at => at(0), in_reply_to => $note });
my $withdrawal = $s->prose('note', '2');
like($withdrawal, qr{1/\d{4}}, 'the note of withdrawal quotes the request');
unlike($withdrawal, qr/PAULINO|Yokasta|husband|violence|market/i, 'and has no new facts, nor old ones');
$s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { at => at(0), by => 'SV', kind => 'call', persons => [1], manner => 'good_offices', detail => 'Another.', by_mail('Embassy of El Salvador') });

# ---- what El Salvador does with what it has
my %data = (state => 'SV', asked_on => day(0), form => 'destroyed');
$s->say('data_return', \%data);
$s->say('data_return', { %data, confirmed_on => day(0), reference => 'ES-AN-14' });
my %close = (outcome => ['consent_withdrawn'], unmet_needs => ['shelter']);
$s->refused(qr/^7\.7: .*\[C\.reason\]/m, 'close', \%close);
$s->say('close', { %close, reason => 'She took her consent back; she has our number.' });
is($s->show->{exit}, 'consent_withdrawn', 'closed by that exit');

# ---- the report without P9 is a line of the statistics
$s->{post}->ok('meetings', $s->{file}, 'add', day(7), '--place', 'Belmopan');
my $report = Encode::decode('UTF-8', $s->{post}->ok('report', $s->{file}, '--meeting', 'next'));
like($report, qr/^Cases that are counted and not described, for want of consent or so that nobody\nis recognised: 1 \(concluded\)$/m, 'a line of the statistics');
unlike($report, qr/violence|T.rk|El Salvador|PAULINO|consent withdrawn/i, 'and nothing else of her');
$s->say('report', { meeting => 'LON-CP', on => day(0) });

# ---- what had been sent, and to whom, is there for the head of post
my @sent = @{ $s->show->{sent} };
is_deeply([ map { "$_->{what} $_->{to}" } @sent ],
    [ 'notify secretariat', (map { "poll $_" } qw(CA CR GT MX PA SV US)), 'notify secretariat', 'REQ SV', 'WDR SV' ],
    'each message and its recipient');
is_deeply([ map { $_->{named} } grep { $_->{to} eq 'SV' && $_->{what} ne 'poll' } @sent ], [ [1], [] ], 'and who was named in it');
like($s->prose('summary'), qr/SENT .*request for assistance.*El Salvador/i, 'printed too');
$s->whole;

done_testing();
