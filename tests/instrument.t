#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The agreement against its tests: each recital, article and tension has its rows in
# tests/instrument.txt, each row a rule of the program and tests that show it. Here only whether all
# of them are there; tests/mutation.t takes each rule out and expects each of its tests to fail.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__) . '/harness';
use Instrument;
use Test::More;

my @expected = (
    qw(I II III IV 1 2(1) 2(2) 3 4 5(1) 5(2) 6 7.1 7.2 7.3 7.4 7.5 7.6 7.7 8 9),
    map { "T$_" } 1 .. 15);
my @rows = Instrument::rows();

for my $where (@expected) {
    ok(scalar(grep { $_->{where} eq $where } @rows), "$where has its rows");
}
for my $row (@rows) {
    my @faults = grep { defined } Instrument::rule_fault($row->{rule}),
        map { Instrument::test_fault($_) } @{ $row->{tests} };
    push @faults, "$row->{where} is nowhere in the agreement"
        unless grep { $_ eq $row->{where} } @expected;
    push @faults, 'no test' unless @{ $row->{tests} };
    ok(!@faults, "$row->{where} $row->{says}") or diag("line $row->{line}: " . join '; ', @faults);
}
done_testing();
