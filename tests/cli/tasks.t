#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What is due and whom one waits for; settings and days of rest, by commands.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my ($case) = $post->record('new', 'open', { role => 'assisting', receiving_state => 'AE', requesting_state => 'GT', priority => 'life_threatening', source => 'other_post' });
$post->record($case, 'poll', { round => 1, to => ['HN'], reply_by => '2026-01-05', transcribed => { from => 'Embassy', channel => 'email', on => '2026-01-02' } });
my ($other) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone', next_action_due => '2020-01-01' });
my ($third) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
$post->record($third, 'person', { person => 1, surname_1 => 'Zaldívar', given_names => 'Karen', nationalities => [ { state => 'HN', proof => 'passport' } ] });
$post->record($third, 'refer', { to => 'network', on => '2026-01-02', persons => [1] });

sub tasks { [ map { "$_->{task} $_->{for}" } @{ $post->json('tasks', $file, '--json', @_) } ] }

# ---- what is owed
is_deeply(tasks(), [ 'poll_answer us', 'poll_receipt us', 'next_action us', 'network network' ], 'a life in danger first, then what is due, then what has no day');
my $tasks = $post->json('tasks', $file, '--json');
is_deeply([ sort keys %{ $tasks->[0] } ], [qw(act case danger due for on overdue person since state task text)], 'with these keys');
is($tasks->[0]{due}, '2026-01-05', 'the day that the poll names');
is($tasks->[0]{text}, 'Guatemala: reply to poll', 'in words');
ok($tasks->[0]{overdue} && $tasks->[0]{danger} && !$tasks->[1]{overdue}, 'what is late, and where a life is in danger');
is($tasks->[3]{due}, undef, 'a referral has no day');
like($tasks->[3]{since}, qr/^\d{4}-\d\d-\d\dT/, 'but one knows how long one waits');
is_deeply(tasks('--overdue'), [ 'poll_answer us', 'next_action us' ], 'what is overdue');
is_deeply(tasks('--for', 'network'), ['network network'], 'for whom one waits');
is_deeply(tasks('--for', 'others'), ['network network'], 'for all others');
is_deeply(tasks('--for', 'iom'), [], 'nobody else');
is_deeply([ map { $_->{task} } @{ $post->json('tasks', $file, $other, '--json') } ], ['next_action'], 'of one case');
my $text = $post->ok('tasks', $file);
like($text, qr/^2026-01-05      ! \Q$case\E +us +Guatemala: reply to poll$/m, 'as lines');
like($text, qr/^-  +\Q$third\E +network +The network's answer \(since \d{4}/m, 'also without a day');
unlike($text, qr/ZALD|Zald/i, 'without a name');
$post->fails(2, qr/--for them: it is one of us, state, capital/, 'tasks', $file, '--for', 'them');
$post->fails(2, qr/no such case/, 'tasks', $file, 'HNTGU-2026-0099');

# ---- the settings count at once
is($post->json('list', $file, '--json')->[0]{due}, '2026-01-05', 'the list has the same day');
$post->ok('periods', $file, 'acknowledge', 30);
my ($before) = map { $_->{due} } grep { $_->{task} eq 'poll_receipt' } @{ $post->json('tasks', $file, '--json') };
my $settings = $post->json('periods', $file, '--json');
my ($acknowledge) = grep { $_->{name} eq 'acknowledge' } @$settings;
is("$acknowledge->{value} $acknowledge->{usual} $acknowledge->{unit}", '30 1 working_days', 'a setting as JSON');
like("$acknowledge->{said_by} $acknowledge->{said_at}", qr/^Ana .* \d{4}-\d\d-\d\dT/, 'with who said it and when');

# ---- days of rest
$post->ok('calendar', $file, 'weekend', 'HN', 'mon,tue,wed,thu,fri,sat');
my ($after) = map { $_->{due} } grep { $_->{task} eq 'poll_receipt' } @{ $post->json('tasks', $file, '--json') };
cmp_ok($after, 'gt', $before, 'more days of rest, a later day');
$post->ok('calendar', $file, 'weekend', 'HN', 'usual');
my $csv = write_file(tmp('days.csv'), "country,day,name\nAE,weekend,5\nAE,12-02,National Day\n");
like($post->ok('calendar', $file, 'import', $csv, '--dry-run'), qr/would say: 1 weekend, 1 holiday; 0 as before/, 'tried');
is($post->ok('calendar', $file), '', 'and nothing said');
like($post->ok('calendar', $file, 'import', $csv), qr/^said: 1 weekend, 1 holiday/, 'read from a file');
like($post->ok('calendar', $file, 'list', 'AE'), qr/^AE  weekend     fri \(Ana.*\)\nAE  12-02 +National Day \(Ana/, 'as lines');
is_deeply([ map { $_->{weekend} // "$_->{day} $_->{name}" } @{ $post->json('calendar', $file, 'list', '--json') } ], [ 'fri', '12-02 National Day' ], 'as JSON');
$post->ok('calendar', $file, 'holiday', 'add', 'AE', '2026-03-20', 'Eid');
$post->ok('calendar', $file, 'holiday', 'remove', 'AE', '12-02');
$post->fails(2, qr/is no holiday of AE/, 'calendar', $file, 'holiday', 'remove', 'AE', '12-02');
$post->fails(2, qr/a day is YYYY-MM-DD/, 'calendar', $file, 'holiday', 'add', 'AE', '12/02');
$post->fails(2, qr/no country code/, 'calendar', $file, 'weekend', 'XX', '5');
$post->fails(2, qr/a weekend is days/, 'calendar', $file, 'weekend', 'AE', '1,2,3,4,5,6,7');
$post->fails(2, qr/calendar $_: unknown, or too few/, 'calendar', $file, $_) for 'weekend', 'holidays';
$post->fails(2, qr/line 2: .*\n.*line 3: /, 'calendar', $file, 'import', write_file(tmp('bad.csv'), "AE,01-01,New Year\nAE,13-01,x\nAE;01-01;x\n"));
is(scalar @{ $post->json('calendar', $file, 'list', '--json') }, 2, 'and nothing of it');
my $luis = passphrase_file('of Luis');
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--slow-machine', '--new-passphrase-file', $luis);
run_fails(3, qr/only a head of post/, 'calendar', $file, 'weekend', 'AE', '6', '--passphrase-file', $luis);
like($post->ok('verify', $file), qr/^Whole/, 'verify: whole');

done_testing();
