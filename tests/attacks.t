#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What was tried against posts that talk (tests/attacks.txt), and the tests that try it: each of them
# exists and is run, and nothing that had to be tried is missing.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__) . '/harness';
use Instrument;
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';
my @expected = (
    "forwarding under another's seal", 'replay', 'downgrade', 'two texts for two recipients',
    'forged or forked author', "another's case number", 'back-dated acts of a revoked key',
    'inflated length', 'old directory', 'repeated random', 'escape sequences in text',
);

my (@rows, %seen, $heading);
open my $in, '<', "$top/tests/attacks.txt" or die "tests/attacks.txt: $!";
while (<$in>) {
    chomp;
    next if /^(#|$)/;
    if (/^\[(.+)\]$/) { $seen{ $heading = $1 } = 0 }
    elsif (/^\s+(\S+): (.+)$/ && @rows) { push @{ $rows[-1]{tests} }, { file => $1, name => $2 } }
    elsif (/^\S/ && defined $heading) { $seen{$heading}++; push @rows, { says => $_, line => $., tests => [] } }
    else { die "tests/attacks.txt: line $.: $_\n" }
}
ok($seen{$_}, "tried: $_") for @expected;
for my $row (@rows) {
    my @faults = grep { defined } map { Instrument::test_fault($_) } @{ $row->{tests} };
    push @faults, 'no test' unless @{ $row->{tests} };
    ok(!@faults, $row->{says}) or diag("line $row->{line}: " . join '; ', @faults);
}
done_testing();
