#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What came in by pouch, from the command line: what it asks, both sides of a case, which case it is.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX qw(strftime);
use Test::More;

my $hn = init_post(code => 'HNTGU', officer => 'Berta PAZ');
my $cr = init_post(state => 'CR', code => 'CRAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate',
    post => 'Consulate of Costa Rica', officer => 'Carla RUIZ');

# Each has the other's card, and called them.
$_->ok('identity', $_->{file}, 'new') for $hn, $cr;
for ([ $hn, 'HNTGU', $cr ], [ $cr, 'CRAUH', $hn ]) {
    my ($of, $code, $by) = @$_;
    my $card = tmp("$code.card");
    $of->ok('identity', $of->{file}, 'card', '-o', $card);
    $by->ok('trust', $by->{file}, 'card', $card);
    $by->ok('trust', $by->{file}, 'check', $code, '--called', 'them', '--number', '+50422000000');
}

my $pouches = 0;
sub day { return strftime('%Y-%m-%d', gmtime(time + 86_400 * $_[0])) }

sub pouch {
    my ($from, $to) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $folder = tmp('pouch' . ++$pouches);
    mkdir $folder or die $!;
    $from->ok('send', $from->{file}, '--to', $folder, '--receipts');
    $to->ok('receive', $to->{file}, $folder);
    return;
}

# ---- a case of Honduras, and one that Costa Rica opened by hand which it may be
$hn->ok('directory', $hn->{file}, 'party', $_, '--since', '2026-01-01', '--source', 'a letter') for qw(HN CR);
my ($case) = $hn->record('new', 'open',
    { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'phone' });
$hn->record($case, 'person', { person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen',
    nationalities => [ { state => 'HN', proof => 'passport' } ] });
my %poll = (round => 1, to => ['CR'], reply_by => day(5), override => { reason => 'it cannot wait' });
is($hn->run({ input => to_json(\%poll) }, 'record', $hn->{file}, $case, 'poll', '-')->{status}, 0, 'a poll');
my ($by_hand) = $cr->record('new', 'open', { role => 'assisting', receiving_state => 'AE', requesting_state => 'HN',
    priority => 'routine', source => 'other_post' });
is($cr->ok('inbox', $cr->{file}), '', 'nothing came in yet');
pouch($hn, $cr);

my $inbox = $cr->json('inbox', $cr->{file}, '--json');
is(scalar @$inbox, 1, 'one dispatch');
ok($inbox->[0]{unplaced} && !$inbox->[0]{case}, 'which is to be placed');
my $id = $inbox->[0]{id};
like($cr->ok('inbox', $cr->{file}), qr/HNTGU .* \Q@{[ substr $id, 0, 12 ]}\E poll: .*$by_hand/, 'and says of what it may be');
$cr->fails(2, qr/beginning of the id/, 'inbox', $cr->{file}, 'place', 'abcdef', $by_hand);
$cr->fails(2, qr/no case/, 'inbox', $cr->{file}, 'place', substr($id, 0, 12), 'CRAUH-2026-9999');
$cr->fails(2, qr/FILE CASE/, 'inbox', $cr->{file}, 'put', $id, $by_hand);
like($cr->ok('inbox', $cr->{file}, 'place', substr($id, 0, 12), $by_hand), qr/^1 act recorded$/, 'an officer says which');

# ---- what it asks
$inbox = $cr->json('inbox', $cr->{file}, '--json');
is($inbox->[0]{case}, $by_hand, 'now it has its case');
is_deeply($inbox->[0]{asks}, { what => 'reply', state => 'HN', due => day(5) }, 'asks for a reply');
like($cr->ok('inbox', $cr->{file}), qr/poll: reply to the poll, by @{[ day(5) ]}$/m, 'in words');
$cr->record($by_hand, 'reply', { state => 'CR', round => 1, legal => 'yes', material => 'yes', offer => JSON::PP::true,
    services => ['shelter'] });
ok(!$cr->json('inbox', $cr->{file}, '--json')->[0]{asks}, 'which is given');
like($cr->ok('inbox', $cr->{file}, $by_hand), qr/ < HNTGU .* poll\n.* > CRAUH +- +reply: not by pouch\n/, 'and waits');
like($cr->ok('access', $cr->{file}, $by_hand), qr/inbox/, 'who looked stands in the access log');
pouch($cr, $hn);

# ---- both sides
my $talk = $hn->json('inbox', $hn->{file}, $case, '--json');
is_deeply([ map { $_->{act} } @$talk ], [ 'poll', 'reply' ], 'both sides');
is($talk->[0]{ours}, JSON::PP::true, 'ours');
is($talk->[1]{from}{post}, 'CRAUH', 'and theirs');
is($talk->[1]{trust}, 'checked', 'whom we called');
is($talk->[1]{asks}{what}, 'choose', 'and what it asks');
my ($reply) = grep { $_->{act} eq 'reply' } @{ $hn->json('acts', $hn->{file}, $case, '--json') };
is($reply->{dispatch}, $talk->[1]{id}, 'the act names its dispatch');
is($talk->[1]{recorded}, $reply->{id}, 'and the other way round');
$hn->fails(2, qr/no case/, 'inbox', $hn->{file}, 'HNTGU-2026-9999');
done_testing;
