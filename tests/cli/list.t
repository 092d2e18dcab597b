#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The case list by a view, as the screen has it: --view, --filter, --sort; its exact contract stays.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
sub open_case {
    my (%more) = @_;
    my ($case) = $post->record('new', 'open', { role => 'requesting', priority => 'routine', source => 'phone', receiving_state => 'AE', %more });
    return $case;
}
my $first = open_case(next_action_due => '2099-01-02');
my $second = open_case(receiving_state => 'HT', priority => 'urgent', next_action_due => '2099-01-01');
my $third = open_case(confidentiality => 'restricted', responsible => 'Nobody ELSE');
for ([$first, 'RAMÍREZ'], [$second, 'LÓPEZ'], [$third, 'SECRETA']) {
    $post->record($_->[0], 'person', { person => 1, surname_1 => $_->[1], given_names => 'Ana', nationalities => [{ state => 'HN', proof => 'passport' }] });
}

sub listed {
    return join ' ', map { $_->{case} =~ s/.*-0*//r } @{ $post->json('list', $post->{file}, '--json', @_) };
}

is(listed(), '1 2 3', 'without a view: all, by reference');
is(listed('--filter', 'place:AE sort:reference'), '1 3', 'a filter');
is(listed('--filter', 'urgent'), '2', 'a word of its own');
is(listed('--sort', 'due'), '2 1 3', 'an order alone is of all cases');
is(listed('--sort', '-reference'), '3 2 1', 'and turned round');
is(listed('--filter', 'place:AE', 'ramir'), '1', 'with words to search');
is(listed('--view', 'my cases'), '2 1', 'a view that is there from the start, by its name');
is(listed('--view', '1', '--stage', 'intake'), '2 1', 'and by its digit');
is(listed('--filter', 'all', 'mine'), '', 'words of the call are searched, whatever they are');

$post->fails(2, qr/stage:nowhere: there is none/, 'list', $post->{file}, '--filter', 'stage:nowhere');
$post->fails(2, qr/my cases, due this week/, 'list', $post->{file}, '--view', 'nothing');
$post->fails(2, qr/goes without/, 'list', $post->{file}, '--event', 'Flood', '--sort', 'due');

my $out = $post->ok('list', $post->{file});
like($out, qr/REZ, Ana/, 'a table shows names');
like($out, qr/restricted case/, 'but that of a restricted case');
unlike($out, qr/SECRETA/, 'to nobody else');
done_testing();
