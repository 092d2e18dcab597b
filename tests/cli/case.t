#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A case from its first call to the report, by commands alone; what is refused on the way, by which
# article; and that list, show, acts and verify agree about it.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX ();
use Test::More;

sub day { POSIX::strftime('%Y-%m-%d', gmtime(time + 86400 * $_[0])) }
sub instant { POSIX::strftime('%Y-%m-%dT%H:%M:%S+00:00', gmtime(time + 60 * $_[0])) }

my $post = init_post();
my $file = $post->{file};

# The directory: who takes part, and who has an office in the Emirates.
write_file(tmp('missions.csv'), join '', map { "$_\r\n" } 'state,country,city,kind,source,date',
    map { "$_,AE,Abu Dhabi,embassy,seed," . day(-20) } qw(CA CR MX PA US));
$post->run('directory', $file, 'import', tmp('missions.csv'));
$post->run('directory', $file, 'list', 'HN', '--on', day(-10));
$post->run('directory', $file, 'party', $_, '--since', day(-200), '--source', 'circular note')
  for qw(HN CA CR MX PA US);

my $case;

# Records and returns the act's id; `warned` takes what was said on standard error.
my $warned;
sub record {
    my ($act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = $post->run({ input => to_json($payload) }, 'record', $file, $case // 'new', $act, '-');
    is("$run->{status}/$run->{signal}", '0/0', "record $act") or diag($run->{err});
    $warned = $run->{err};
    my ($reference, $id) = $run->{out} =~ /\A(\S+) ([0-9a-f]{64})\n\z/;
    ok($id, 'one line: reference and id') or diag($run->{out});
    $case //= $reference;
    is($reference, $case, 'of the same case');
    return $id;
}

sub refused {
    my ($pattern, $act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $post->record_fails(3, $pattern, $case, $act, $payload);
}

sub by_mail { return transcribed => { from => $_[0], channel => 'email', on => day(0) } }

# ---- intake
record('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'ngo' });
like($case, qr/\AHNTGU-\d{4}-0001\z/, 'the reference has the code of the post, the year and a number');
my %karen = (
    person        => 1,
    surname_1     => 'RAMÍREZ',
    surname_2     => 'ORDÓÑEZ',
    given_names   => 'Karen Yamileth',
    birth_date    => '1998-03-14',
    nationalities => [ { state => 'HN', proof => 'declared' } ],
);
my $person = record('person', \%karen);
record('situation', { locality => 'Dubai', danger_now => JSON::PP::false });
record('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Wages of five months unpaid; passport kept.' });
record('need', { person => 1, need => $_, urgency => '72h' }) for qw(shelter legal travel_document);
is($post->show($case)->{stage}, 'eligibility', 'after a ground: eligibility');

# ---- the poll: consent and a decision first
my %poll = (round => 1, to => [qw(CA CR MX PA US)], reply_by => day(3));
refused(qr/^3: /m, 'poll', \%poll);
my $consent = record('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });
record('decide', { decision => 'applies', reason => 'All requirements are met or advisory.' });
record('poll', \%poll);
like($warned, qr/^7\.6: warning: /m, 'the Secretariat was not told: a warning, and recorded');
record('notify', { event => 'poll' });
is_deeply($post->show($case)->{polls}[0]{warned}, ['P.secretariat'],
    'and what it was recorded in spite of stays with it');

# ---- replies: two offer, one cannot, one declines, one is silent
$post->record_fails(2, qr/transcribed/, $case, 'reply', { state => 'MX', round => 1, legal => 'yes', material => 'partial', offer => JSON::PP::true, services => ['shelter'] });
record('reply', { state => 'MX', round => 1, legal => 'yes', material => 'partial', offer => JSON::PP::true, services => [qw(shelter legal)], limits => 'No funds.', by_mail('Mexico') });
record('reply', { state => 'CR', round => 1, legal => 'yes', material => 'partial', offer => JSON::PP::true, services => ['travel_document'], by_mail('Costa Rica') });
record('reply', { state => 'PA', round => 1, legal => 'yes', material => 'no', offer => JSON::PP::false, services => [], by_mail('Panama') });
record('decline', { state => 'CA', stage => 'poll', round => 1, by_mail('Canada') });
my %status = map { $_->{state} => $_->{status} } @{ $post->show($case)->{polls}[0]{replies} };
is_deeply(\%status, { MX => 'replied', CR => 'replied', PA => 'replied', CA => 'declined', US => 'silent' },
    'no reply is not a decline');
refused(qr/^5: /m, 'choose', { state => 'PA', reason => 'near' });

# ---- choice and note
my %request = (kind => 'REQ', direction => 'out', to => { state => 'MX', office => 'Embassy of Mexico', city => 'Abu Dhabi' },
    date => day(0), at => instant(-2), scope => 'Shelter visit, list of lawyers.');
refused(qr/^5: /m, 'note', \%request);
record('choose', { state => 'MX', reason => 'It offers the visit, and in the same language.' });
refused(qr/^3: /m, 'note', \%request);
record('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'telephone', on => day(0) });
my $refusal = refused(qr/^7\.1: /m, 'note', \%request);
unlike($refusal->{err}, qr/^3: /m, 'and consent is not named any more');

# the nationality is verified: a correction, the whole act anew
record('correct', { of => $person, reason => 'verified', payload => { %karen, nationalities => [ { state => 'HN', proof => 'verified_by_capital' } ] } });
my %assist = (at => instant(0), by => 'MX', kind => 'visit', persons => [1], manner => 'good_offices', detail => 'Visit to the shelter.', by_mail('Mexico'));
refused(qr/^6: /m, 'assist', \%assist);
record('authorise', { what => 'request', by => 'Directorate', reference => 'DGAC-118', on => day(0) });
record('notify', { event => 'request' });
my $note = record('note', \%request);
is($warned, '', 'nothing is missing for the note');
refused(qr/^6: /m, 'note', { %request });

# ---- Art. 6: no support before the note; and what is before it stays before it
refused(qr/^6: .*\[A\./m, 'assist', { %assist, at => instant(-10) });
record('accept', { state => 'MX', note => $note, scope => 'Two visits, a list of lawyers.', by_mail('Mexico') });
my $visit = record('assist', { %assist, at => instant(0) });
my $before = refused(qr/^6: /m, 'correct', { of => $visit, reason => 'earlier', payload => { %assist, at => instant(-30) } });

# ---- costs, closing, report
my $cost = record('cost', { on => day(0), amount => '1850.00', currency => 'AED', source => 'undetermined', item => 'Air ticket' });
refused(qr/^8: /m, 'close', { outcome => ['repatriated'] });
record('correct', { of => $cost, reason => 'decided', payload => { on => day(0), amount => '1850.00', currency => 'AED', source => 'state_of_citizenship', item => 'Air ticket' } });
record('close', { outcome => ['repatriated'] });
refused(qr/^7\.7: /m, 'poll', { %poll, round => 2 });
record('report', { meeting => 'Liaison Officer Network', on => day(0) });
my $show = $post->show($case);
is($show->{stage}, 'reported', 'reported');
is($show->{exit}, undef, 'and no exit');
is($show->{notes}[0]{number} // '', '1/' . substr(day(0), 0, 4), 'the note has the first number of the year');

# ---- the lists of it
my $list = $post->json('list', $file, '--json');
is(scalar @$list, 1, 'one case');
is_deeply([ sort keys %{ $list->[0] } ], [qw(case due exit persons priority receiving_state stage updated)], 'with the keys of the contract');
is($list->[0]{persons}, 1, 'of one person');
for my $query ('ramirez', 'ORDONEZ', 'karen yam', 'dubai', $case, '1/' . substr(day(0), 0, 4)) {
    is(scalar @{ $post->json('list', $file, '--json', $query) }, 1, "found by $query");
}
is(scalar @{ $post->json('list', $file, '--json', 'amirez') }, 0, 'not by the middle of a word');
is(scalar @{ $post->json('list', $file, '--json', '--stage', 'poll') }, 0, 'nor by another stage');
is(scalar @{ $post->json('list', $file, '--json', '--stage', 'reported') }, 1, 'but by its own');
like($post->ok('list', $file), qr/^\Q$case\E +reported +AE/m, 'a line for people');

my $acts = $post->acts($case);
is_deeply([ map { $_->{seq} } @$acts ], [ 1 .. @$acts ], 'acts in order');
is_deeply([ map { $_->{prev} } @$acts ], [ undef, map { $_->{id} } @$acts[ 0 .. $#$acts - 1 ] ], 'each names the one before');
is_deeply([ grep { $_->{signature} ne 'valid' } @$acts ], [], 'every signature holds');
is_deeply([ map { $_->{act} } grep { $_->{transcribed} } @$acts ], [qw(reply reply reply decline accept assist)], 'the other side by transcription');
my ($first) = grep { $_->{act} eq 'person' } @$acts;
is($first->{payload}{nationalities}[0]{proof}, 'declared', 'what was corrected stays as it was said');
is($first->{payload}{surname_2}, 'ORDÓÑEZ', 'in UTF-8');
my $table = $post->ok('acts', $file, $case);
is(scalar(my @lines = split /\n/, $table), scalar @$acts, 'a line for each act');
is_deeply([ grep { length > 80 } split /\n/, Encode::decode('UTF-8', $table) ], [], 'of at most 80 cells');
is_deeply([ grep { length > 80 } split /\n/, Encode::decode('UTF-8', $post->ok('show', $file, $case)) ], [], 'and so is show');
is($post->json('show', $file, $case, '--json', '--as-of', day(0))->{stage}, 'reported', 'as of today');
$post->fails(2, qr/not yet open/, 'show', $file, $case, '--json', '--as-of', day(-1));

like($post->ok('verify', $file), qr/\AWhole: \d+ acts, 1 case, 1 officer/, 'the file is whole');

# ---- nothing of it is readable in the files
for my $path (glob "$file*") {
    my $bytes = read_file($path);
    unlike($bytes, qr/RAM\xc3\x8dREZ|Karen|Dubai|passport|Mexico|HNTGU/i, "$path shows nothing");
}

done_testing();
