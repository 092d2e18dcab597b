#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Lines at random on the linear face, the same at each run: it always asks again, and says nothing
# but text. AMPARO_LONG: many more.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Linear;
use Test::More;

my @lines = ('', '', '', 1 .. 10, 0, '<', '<', '?', '??', qw(n new find e d r $ b u j g a c p w t z k i f m l o s y x),
    'again', 'all', 'help', ':done', ':back', ':back', ':back', ':undo', ':redo', ':choices', ':last', ':carry',
    ':next section', ':f4', ':f6', ':f7', ':f8', '=2', '=na', '=da', '@', '?u', '?r', '?n', '?l', 'Ghana', 'emirates',
    'uni', 'labour', '14/3/26', 'T', 'now', 'abc, def', 'yes', 'no', ' ñandú', '3 print', '1 read', '2 c', '/12', 'esc',
    'f3', '^l', 'x' x 500, "\e[2J", "\x{202E}", 'MX', 'p3,p9', 'DISCARD', 'other words', 'lock', ':lock');

my $passphrase = 'an honest passphrase of the tests';
my $post = init_post();
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'ngo' });
$post->record($case, 'person', { person => 1, surname_1 => 'NÚÑEZ', given_names => 'Óscar', nationalities => [ { state => 'HN', proof => 'passport' } ] });

my $seed = 7;
sub draw { $seed = ($seed * 1103515245 + 12345) % 2**31; return $lines[ ($seed >> 8) % @lines ] }

my $asked = 0;
my $count = $ENV{AMPARO_LONG} ? 20_000 : 400;
my $l = Linear->begin($post->{file}, $passphrase);
for (1 .. $count) {
    my $line = $l->{said} =~ /^Passphrase: \z/m ? $passphrase : draw();
    $asked += $l->type($line) =~ /[:>?] \z/;
}
is($asked, $count, 'it always asks again') or diag substr $l->{all}, -800;
is($l->end, 0, 'and ends well');
unlike($l->{all}, qr/[\x00-\x09\x0B-\x1F\x7F-\x9F\x{202A}-\x{202E}]/, 'nothing but text');
done_testing();
