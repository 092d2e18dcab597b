#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The Technical Secretariat: it is told of polls and requests, keeps the directory, and knows nobody.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Scenario;
use Test::More;

my $s = Scenario->begin(state => 'CR', code => 'RCMTS', post => 'Technical Secretariat', country => 'CR', city => 'San José',
    kind => 'secretariat', parties => [qw(HN MX)]);

# ---- no side, no identity
my %open = (receiving_state => 'AE', requesting_state => 'HN', priority => 'routine', source => 'capital');
$s->refused(qr/^5: .*\[secretariat\.side\]/m, 'open', { %open, role => 'assisting' });
$s->refused(qr/^5: .*\[secretariat\.side\]/m, 'open', { %open, role => 'requesting', requesting_state => 'CR' });
$s->say('open', { %open, role => 'observer' });
$s->refused(qr/^5: .*\[secretariat\.identity\]/m, 'person', { person => 1, surname_1 => 'ZELAYA', given_names => 'Dilcia', nationalities => [] });
$s->refused(qr/^5: .*\[secretariat\.identity\]/m, 'situation', { locality => 'Dubai' });

# ---- the notices
$s->say('note', { kind => 'TSN', direction => 'in', from => { state => 'HN', office => 'Consular Directorate', city => 'Tegucigalpa' }, date => day(0),
    number => '4/2026', subject => 'poll', by_mail('Consular Directorate of Honduras') });
$s->say('notify', { event => 'poll', reference => 'HN-2026-0012', grounds => ['G5'] });
$s->say('notify', { event => 'request', reference => 'HN-2026-0012', grounds => ['G5'] });
$s->refused(qr/^5: .*\[choose\.side\]/m, 'choose', { state => 'MX', reason => 'x' });
is_deeply($s->show->{persons}, [], 'nobody is in its case');
like($s->prose('summary'), qr/Grounds labour exploitation .*HN-2026-0012|HN-2026-0012 .*Grounds labour exploitation/, 'the ground and the reference are');

# ---- the directory is kept as at any post
$s->{post}->ok('directory', $s->{file}, 'party', 'GT', '--since', day(-3), '--source', 'note of Guatemala');
like($s->{post}->ok('directory', $s->{file}, 'show', 'GT'), qr/since @{[day(-3)]}/, 'a Party more');
$s->{post}->ok('meetings', $s->{file}, 'add', day(30), '--place', 'San José');
my $meetings = $s->{post}->json('meetings', $s->{file}, '--json');
ok((grep { $_->{on} eq day(30) } @$meetings), 'and the calendar of the meetings');
$s->whole;

done_testing();
