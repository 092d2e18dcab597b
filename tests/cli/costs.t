#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# amparo costs: costs of a case and of all cases, what is owed, IOM's budgets; the statement.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX ();
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $passphrase = passphrase_file('a passphrase of luis');
$post->ok('officer', $file, 'add', 'Luis MEJÍA', '--role', 'officer', '--slow-machine', '--new-passphrase-file', $passphrase);

sub day { return POSIX::strftime('%Y-%m-%d', gmtime(time + 86400 * $_[0])) }

# ---- a family of five shares, in a currency without decimals and one with two
my ($family) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'SN', priority => 'urgent', source => 'family' });
$post->record($family, 'person', { person => $_, surname_1 => 'RIVAS', given_names => "A$_", nationalities => [ { state => 'HN', proof => 'passport' } ] }) for 1 .. 5;
my %bus = (on => day(-3), amount => '62003', currency => 'XOF', source => 'state_of_citizenship', item => 'bus', base_currency => 'USD', rate => '0.0017', rate_source => 'BCEAO');
$post->record($family, 'cost', \%bus);
my (undef, $lodging) = $post->record($family, 'cost', { on => day(-2), amount => '310.01', currency => 'USD', source => 'undetermined', item => 'lodging', persons => [ 1 .. 5 ] });

my $costs = $post->json('costs', $file, $family, '--json');
is_deeply([ map { "$_->{currency} $_->{person} $_->{amount}" } @{ $costs->{persons} } ],
    [ 'XOF 1 12401', 'XOF 2 12401', 'XOF 3 12401', 'XOF 4 12400', 'XOF 5 12400', 'USD 1 62.01', map { "USD $_ 62.00" } 2 .. 5 ], 'shares to the unit');
is_deeply([ map { "$_->{currency} " . ($_->{source} // 'all') . " $_->{amount}" } @{ $costs->{totals} } ],
    [ 'XOF state_of_citizenship 62003', 'XOF all 62003', 'USD undetermined 310.01', 'USD all 310.01' ], 'totals by source');
is($costs->{base}[0]{amount}, '415.42', 'in dollars');
is($costs->{undetermined}, 1, 'one is undetermined');
my $text = $post->ok('costs', $file, $family);
like($text, qr/^  \S+ State of nationality +XOF 62,003  bus\n +=  +USD 105\.41$/m, 'as text');
like($text, qr/^Undetermined: 1; the case cannot be closed$/m, 'with what is undetermined');

is(scalar(grep { $_->{what} eq 'costs' && ($_->{case} // '') eq $family } @{ $post->json('access', $file, '--json') }), 1, 'who looked at it is on record');

# ---- closing waits for it
$post->record_fails(3, qr/^8: USD 310\.01 of \S+: say who bears it \[C\.costs\]/m, $family, 'close', { outcome => ['stays_safely'] });
$post->record($family, 'correct', { of => $lodging, reason => 'IOM pays', payload => { on => day(-2), amount => '310.01', currency => 'USD', source => 'iom', iom_status => 'granted', iom_programme => 'Returns', item => 'lodging', persons => [ 1 .. 5 ] } });
is($post->json('costs', $file, $family, '--json')->{undetermined}, 0, 'who bears it was said');

# ---- a ticket, and an advance that is owed
my ($karen) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'phone' });
$post->record($karen, 'person', { person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen', nationalities => [ { state => 'HN', proof => 'passport' } ] });
$post->record($karen, 'cost', { on => day(-400), amount => '1850.00', currency => 'AED', source => 'state_of_citizenship', item => 'air ticket' });
my (undef, $advance) = $post->record($karen, 'cost', { on => day(-400), amount => '300', currency => 'AED', source => 'assisting_advance', advanced_by => 'MX', item => 'photographs' });
$post->record($karen, 'refund', { of => $advance, step => 'paid', on => day(-1), amount => '120.50' });
$post->record_fails(2, qr/amount: "179\.51": is more than is left/, $karen, 'refund', { of => $advance, step => 'paid', on => day(0), amount => '179.51' });
my $all = $post->json('costs', $file, '--json');
is_deeply([ map { "$_->{case} $_->{debtor} $_->{creditor} $_->{currency} $_->{left}" } @{ $all->{receivables} } ], [ "$karen HN MX AED 179.50" ], 'who owes whom');
cmp_ok($all->{receivables}[0]{due}, 'ge', day(-400 + 365), 'a year after');
cmp_ok($all->{receivables}[0]{due}, 'le', day(-400 + 366 + 2), 'on a working day');
ok($all->{receivables}[0]{overdue}, 'overdue');
$post->ok('periods', $file, 'receivable', 24);
ok(!$post->json('costs', $file, '--json')->{receivables}[0]{overdue}, 'and not by a longer period');
is_deeply({ map { ("$_->{currency} $_->{source}" => $_->{amount}) } @{ $all->{totals} } },
    { 'AED state_of_citizenship' => '1850.00', 'AED assisting_advance' => '300.00', 'USD iom' => '310.01', 'XOF state_of_citizenship' => '62003' }, 'totals over all cases');
$text = $post->ok('costs', $file);
like($text, qr/^  \d{4}-\d\d-\d\d +AED 179\.50  HN > MX  \Q$karen\E$/m, 'as text');

# ---- a budget and its use
my @budget = ('budget', 'returns', '--amount', 1000, '--currency', 'USD', '--from', day(-30), '--to', day(300));
$post->ok('costs', $file, @budget, '--mechanism', 'by e-mail');
my $use = $post->json('costs', $file, '--json')->{budgets}[0];
is_deeply([ @$use{qw(programme mechanism amount granted asked left)} ], [ 'returns', 'by e-mail', '1000.00', '310.01', '0.00', '689.99' ], 'what is used of a budget');
like($post->ok('costs', $file), qr/^  returns, \S+ to \S+; by e-mail\n.*^ +left +USD 689\.99$/ms, 'as text');
run_fails(3, qr/only a head of post/, 'costs', $file, @budget, '--officer', 'Luis MEJÍA', '--passphrase-file', $passphrase);
$post->fails(2, qr/--amount is missing/, 'costs', $file, 'budget', 'returns');
$post->fails(2, qr/--amount 1\.005: is no amount in USD/, 'costs', $file, @budget, '--amount', '1.005');
$post->fails(2, qr/--currency USDX: is too long/, 'costs', $file, @budget, '--currency', 'USDX');
$post->fails(2, qr/ends before it begins/, 'costs', $file, @budget, '--to', day(-31));
$post->fails(2, qr/how to call it/, 'costs', $file, 'budget');
$post->fails(2, qr/no case/, 'costs', $file, 'HNTGU-2020-0009');

# ---- the statement
like($post->ok('print', $file, $karen, 'costs'), qr/Honduras to Mexico +AED 300\.00; paid 120\.50; outstanding\s+179\.50; due/, 'the statement of costs');
like($post->ok('print', $file, $family, 'costs'), qr/^returns +USD 1,000\.00, .*;\s+by e-mail;\s+granted 310\.01; asked\s+0\.00; left\s+689\.99/ms, 'with the budget it uses');
unlike($post->ok('print', $file, $karen, 'costs'), qr/^returns/m, 'of another case without it');
unlike($post->ok('print', $file, $family, 'costs', '--for', 'MX'), qr/^returns/m, 'and not for others');
$post->ok('verify', $file);

done_testing();
