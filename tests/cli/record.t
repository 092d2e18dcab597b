#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every act is recorded at least once; bad input is refused by its place, and leaves nothing.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX ();
use Test::More;

sub day { POSIX::strftime('%Y-%m-%d', gmtime(time + 86400 * $_[0])) }
sub instant { POSIX::strftime('%Y-%m-%dT%H:%M:%S+00:00', gmtime(time + 60 * $_[0])) }
sub by_paper { return transcribed => { from => $_[0], channel => 'paper', on => day(0) } }

my $post = init_post();
my $file = $post->{file};

# ---- bad input
my %open = (role => 'requesting', receiving_state => 'TH', priority => 'life_threatening', source => 'family');
$post->fails(2, qr/not one JSON document: line 2, column \d+/, { input => "{\"role\":\n" }, 'record', $file, 'new', 'open', '-');
$post->fails(2, qr/\brole\b.*twice/, { input => '{"role":"requesting","role":"assisting"}' }, 'record', $file, 'new', 'open', '-');
$post->fails(2, qr/object/, { input => '[]' }, 'record', $file, 'new', 'open', '-');
$post->fails(1, qr/no-such\.json: /, 'record', $file, 'new', 'open', tmp('no-such.json'));
$post->record_fails(2, qr/no act "opne"/, 'new', 'opne', \%open);
$post->record_fails(2, qr/^amparo: priority/m, 'new', 'open', { %open, priority => 'high' });
$post->record_fails(2, qr/^amparo: receiving_state: "TX"/m, 'new', 'open', { %open, receiving_state => 'TX' });
$post->record_fails(2, qr/colour/, 'new', 'open', { %open, colour => 'blue' });
$post->record_fails(2, qr/begins with the act open/, 'new', 'person', { person => 1, single_name => 'X', nationalities => [ { state => 'HN', proof => 'declared' } ] });
$post->record_fails(2, qr/no case HNTGU-2020-0001/, 'HNTGU-2020-0001', 'need', { need => 'shelter', urgency => 'now' });
is(scalar @{ $post->json('list', $file, '--json') }, 0, 'nothing of it was recorded');

my ($case) = $post->record('new', 'open', \%open);
$post->record_fails(2, qr/open already/, $case, 'open', \%open);
$post->record_fails(2, qr/single_name|surname_1/, $case, 'person', { person => 1, nationalities => [] });
$post->record_fails(2, qr/birth_date/, $case, 'person', { person => 1, single_name => 'X', birth_date => '2026-02-30', nationalities => [ { state => 'HN', proof => 'passport' } ] });
$post->record_fails(2, qr/control character|single_name/, $case, 'person', { person => 1, single_name => "a\tb", nationalities => [ { state => 'HN', proof => 'passport' } ] });
is(scalar @{ $post->acts($case) }, 1, 'still one act');

# ---- every act
my (%seen, $warned);
sub record {
    my ($act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = $post->run({ input => to_json($payload) }, 'record', $file, $case, $act, '-');
    is("$run->{status}/$run->{signal}", '0/0', "record $act") or diag($run->{err});
    $warned = $run->{err};
    $seen{$act}++;
    return $run->{out} =~ /\A\S+ ([0-9a-f]{64})\n\z/ ? $1 : '';
}
$seen{open}++;
my %override = (override => { reason => 'danger to life' });
my @p1 = (persons => [1]);

write_file(tmp('missions.csv'), join '', map { "$_\r\n" } 'state,country,city,kind,source,date',
    map { "$_,TH,Bangkok,embassy,seed," . day(-20) } qw(CA MX PA US));
$post->run('directory', $file, 'import', tmp('missions.csv'));
$post->run('directory', $file, 'list', 'HN', '--on', day(-10));
$post->run('directory', $file, 'party', $_, '--since', day(-200), '--source', 'circular note') for qw(HN CA MX PA US);

record('person', { person => 1, single_name => 'Prasert', nationalities => [ { state => 'HN', proof => 'passport' }, { state => 'TH', proof => 'declared' } ], birth_date => day(-5000) });
record('person', { person => 2, single_name => 'Somchai', nationalities => [ { state => 'HN', proof => 'passport' } ], fears_own_state => JSON::PP::true });
record('document', { person => 1, document => 1, type => 'emergency_document', etd_needed => JSON::PP::true });
record('group', { group => 1, type => 'travelling', persons => [ 1, 2 ], relations => [ { person => 1, is => 'companion', of => 2 } ] });
my ($second) = $post->record('new', 'open', \%open);
$post->record($second, 'person', { person => 1, single_name => 'Prasert', nationalities => [ { state => 'HN', proof => 'passport' } ] });
my %same = (person => 1, case => $second, other => 1, reason => 'the same birth mark');
record('link', \%same);
record('unlink', { %same, reason => 'another birth mark' });
record('situation', { locality => 'Bangkok', detained => JSON::PP::true });
record('ground', { person => 1, code => 'G6a', perpetrator => 'criminal_group', facts => 'Held and made to work.' });
record('need', { person => 1, need => 'shelter', urgency => 'now' });
record('child', { person => 1, accompanied => 'unaccompanied', care => 'a shelter', responsible => 'not_obtainable: no papers', views => 'wants to go home', best_interests => 'return with escort', by => 'Ana', on => day(0) });
record('contact', { at => instant(-60), reason => 'danger', detail => 'A call to the shelter.' });
my $consent = record('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'oral', on => day(0) });
record('withdraw_consent', { person => 1, purposes => ['P3'], on => day(0), form => 'oral' });
record('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'written', on => day(0) });
record('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'written', on => day(0) });
record('refer', { to => 'network', on => day(0), @p1 });
record('refer_answer', { to => 'network', @p1, on => day(0), answer => 'cannot_be_resolved', because => 'no partner in the country', by_paper('the network') });
record('determine', { requirement => 'R9', person => 1, status => 'met', reason => 'he never held it' });
record('decide', { decision => 'applies', reason => 'the network cannot resolve it' });
record('authorise', { what => 'request', by => 'Directorate', reference => 'D-1', on => day(0) });
record('notify', { event => 'poll' });
record('poll', { round => 1, to => [qw(MX PA)], reply_by => day(1), @p1 });
record('reply', { state => 'MX', round => 1, legal => 'yes', material => 'yes', offer => JSON::PP::true, services => ['shelter'], by_paper('Mexico') });
record('decline', { state => 'PA', stage => 'poll', round => 1, by_paper('Panama') });
record('choose', { state => 'MX', reason => 'the only offer' });
record('notify', { event => 'request' });
my %request = (kind => 'REQ', direction => 'out', to => { state => 'MX', office => 'Embassy', city => 'Bangkok' }, date => day(0), @p1);
my $annulled = record('note', { %request, at => instant(-9) });
record('annul', { note => $annulled, reason => 'a wrong date' });
my $withdrawn = record('note', { %request, at => instant(-8) });
record('withdraw', { note => $withdrawn, at => instant(-7), reason => 'to be worded anew' });
my $note = record('note', { %request, at => instant(-6) });
record('delivery', { note => $note, sent_how => 'hand', delivered_on => day(0), reply_due => day(0) });
record('accept', { state => 'MX', note => $note, scope => 'shelter visits', by_paper('Mexico') });
my $assist = record('assist', { at => instant(0), by => 'MX', kind => 'visit', @p1, manner => 'good_offices', detail => 'A visit.', by_paper('Mexico') });
record('cost', { on => day(0), amount => '12.50', currency => 'THB', source => 'iom', item => 'Taxi', @p1 });
my $advance = record('cost', { on => day(0), amount => '40', currency => 'THB', source => 'assisting_advance', item => 'Papers', @p1 });
record('refund', { of => $advance, step => 'asked', on => day(0), due_on => day(90) });
record('data_return', { state => 'PA', asked_on => day(0), form => 'destroyed' });
record('correct', { of => $assist, reason => 'more words', payload => { at => instant(0), by => 'MX', kind => 'visit', @p1, manner => 'good_offices', detail => 'A visit of an hour.', by_paper('Mexico') } });
record('lift_lock', { person => 2, counselling => 'by a lawyer, in Thai', consent => 'in writing' });
record('close', { outcome => ['released'] });
record('reopen', { reason => 'more to be done' });
record('report', { meeting => 'the next', on => day(0), pending => JSON::PP::true });
record('hand_over', { to => 'another machine' });
record('legal_hold', { hold => JSON::PP::true, reason => 'a court asks for the file' });
my $request = record('erase_request', { person => 2, basis => 'person_asked' });
record('erase_refuse', { of => $request, reason => 'the trial is not over', told_on => day(0) });
$seen{$_}++ for qw(countersign erase); # need a second officer: file.t, erase.t

my $types = run_json('help', 'acts', '--json');
my @names = map { $_->{act} // $_->{name} } ref $types eq 'ARRAY' ? @$types : @{ $types->{acts} };
is_deeply([ sort keys %seen ], [ sort @names ], 'every act that help names was recorded');

my %number = map { $_->{id} => $_->{context}{number} } grep { $_->{act} eq 'note' } @{ $post->acts($case) };
my $year = substr day(0), 0, 4;
is_deeply(\%number, { $annulled => "1/$year", $withdrawn => "2/$year", $note => "3/$year" }, 'numbers without gaps, the annulled one too');
$post->ok('verify', $file);

done_testing();
