#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Who is recorded, and who is recorded twice, by commands.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my %open = (role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone');
my @hn = (nationalities => [ { state => 'HN', proof => 'passport' } ]);
my %karen = (person => 1, surname_1 => 'RAMÍREZ', surname_2 => 'ORDÓÑEZ', given_names => 'Karen', birth_date => '1998-03-14', @hn);

my ($one) = $post->record('new', 'open', \%open);
$post->record($one, 'person', { %karen, document_number => 'E123456' });
my ($two) = $post->record('new', 'open', \%open);
$post->record($two, 'person', { %karen, surname_1 => 'Ordonez', surname_2 => 'Ramirez', birth_date => '1998-XX-XX' });
my ($three) = $post->record('new', 'open', \%open);
$post->record($three, 'person', { %karen, fears_own_state => JSON::PP::true });

# ---- asked in words
my $found = $post->json('persons', $file, '--json', 'ramires', 'karen', '1998-03-14');
is_deeply([ map { $_->{case} } @$found ], [ $three, $one, $two ], 'the likeliest first');
is_deeply($found->[0]{title}, undef, 'who is under lock has no name');
is($found->[0]{born}, undef, 'nor a birth date');
ok((grep { $_ eq 'a_letter_off' } @{ $found->[1]{reasons} }), 'with reasons');
my $text = $post->ok('persons', $file, 'E-123456');
like($text, qr/^\Q$one\E\s+1 AE 1998-03-14\s+RAM\S+ ORD\S+, Karen\n\s+the same document$/m, 'in words');
unlike($post->ok('persons', $file, 'ramirez', 'karen'), qr/^\Q$three\E.*RAM/m, 'no name of who is under lock');
is(scalar(() = $post->ok('persons', $file) =~ /^HNTGU/mg), 3, 'all of them');
$post->fails(2, qr/write names/, 'persons', $file, '1998-03-14');

# ---- of who is recorded, and linked
is_deeply([ map { $_->{case} } @{ $post->json('duplicates', $file, $two, '--json') } ], [ $three, $one ], 'duplicates');
$post->fails(2, qr/no person 7/, 'duplicates', $file, $two, '7');
$post->fails(2, qr/x: is no number/, 'duplicates', $file, $two, 'x');
my %same = (person => 1, case => $one, other => 1, reason => 'the same passport');
$post->record($two, 'link', \%same);
is_deeply([ map { $_->{case} } @{ $post->json('duplicates', $file, $two, '1', '--json') } ], [$three], 'a link answers the question');
is_deeply($post->json('show', $file, $two, '--json')->{persons}[0]{links}, [ { case => $one, person => 1 } ], 'shown where it is said');
is_deeply($post->json('show', $file, $one, '--json')->{persons}[0]{links}, [ { case => $two, person => 1 } ], 'and on the other side');
$post->record($two, 'unlink', { %same, reason => 'two sisters' });
is($post->json('show', $file, $one, '--json')->{persons}[0]{links}, undef, 'ended');
is_deeply([ map { $_->{act} } @{ $post->acts($two) } ], [qw(open person link unlink)], 'and nothing is lost');
$post->ok('verify', $file);

done_testing();
