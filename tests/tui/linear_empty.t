#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Each screen of a new post, with nothing in it yet: it says what it is for, and how to begin; and
# what it names works there. Asked by lines (--linear).
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Linear;
use Test::More;

my $post = init_post();
my $l = Linear->begin($post->{file}, 'an honest passphrase of the tests');
$l->see(qr/^1 Fill the directory/m, qr/^2 Say since when Honduras takes part/m, qr/^3 Begin the first case/m);

# A line opens the screen; it says so; the key that it names (or none) opens what it says.
sub empty {
    my ($open, $says, $key, $leads) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($prompt) = $l->{said} =~ /([^\n]+)\z/;
    like($l->type($open), $says, "$open: $says");
    like($l->type($key), $leads, "$key there: $leads") if $key;
    for (1 .. 4) {
        last if $l->{said} =~ /\Q$prompt\E\z/;
        $l->type($l->{said} =~ /> \z/ ? '<' : ':back');
    }
    return like($l->{said}, qr/\Q$prompt\E\z/, 'and back');
}

empty('find', qr/No case yet\. Esc, then n begins one\./);
empty('e', qr/none yet; n begins one/, 'n', qr/^A new event/m);
empty('d', qr/No member has an office on any list here\. .* i takes/, 'Ghana', qr/^1 Ghana/m);
$l->type('d');
$l->type('Ghana');
empty('1', qr/None on any list here; i takes a list of missions in\./, 'i', qr/^A list of missions/m);
empty('1', qr/^Missions/m, 'who takes part', qr/^A State that takes part/m);
$l->type(':back');
empty('r', qr/No meeting is in the calendar yet: n puts one in/, 'n', qr/[:>] \z/);
empty('$', qr/No cost in any case yet: k/, 'g', qr/[:>] \z/);
empty('b', qr/No note yet\. The notes of each case/);
empty('u', qr/Nothing is unfinished\. A form that is left/);
empty('access log', qr/Nothing was looked at yet\./);
empty('j', qr/Nothing is due, and nobody is waited for\./);

my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
$l->type('find');
$l->type('1');
$l->see(qr/^Case> \z/m);
empty('1', qr/Nobody is recorded yet: n records/, 'n', qr/^person/m);
empty('2', qr/Nothing is recorded yet: n records it/, 'n', qr/^place and situation/m);
empty('5', qr/Nothing is recorded yet: n records it/, 'n', qr/^consent/m);
empty('6', qr/Nobody is recorded yet whose case could be assessed: 1 on the case/);
empty('7', qr/Nobody was asked yet: n begins a poll/, 'n', qr/^poll/m);
empty('8', qr/No note yet: n writes one/, 'n', qr/^note/m);
empty('9', qr/None yet, and none may come before the note.*None yet: k records a cost/s, 'k', qr/^cost/m);
empty('w', qr/Nothing has left this post\. Polls, notes/);
is($l->end, 0, 'the end');
done_testing();
