#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The mutation check: takes each row out of the gate table in turn, links the test of the gates
# with what is left, and expects it to fail. A row that no test misses is no row.
# `make check-mutation` sets CC, CFLAGS and LIBS to what the build uses.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my ($top, $cc, $cflags, $libs) = map { $ENV{$_} // die "$_ is not set: run make check-mutation\n" }
    qw(AMPARO_SRC CC CFLAGS LIBS);
my $dir = tempdir(CLEANUP => 1);

open my $in, '<', "$top/src/agreement/gate_rows.c" or die "gate_rows.c: $!";
my @lines = <$in>;
close $in;
my @rows = grep { $lines[$_] =~ /^ +\{"[\w.]+", GATE_/ } 0 .. $#lines;
cmp_ok(scalar @rows, '>', 40, 'the table is found');

# Compiles the table without line $out (undef: whole) and runs the test: its exit status.
sub status_without {
    my ($out) = @_;
    open my $c, '>', "$dir/gate_rows.c" or die $!;
    print $c map { defined $out && $_ == $out ? "\n" : $lines[$_] } 0 .. $#lines;
    close $c;
    system("$cc $cflags -I$top/src/agreement -o $dir/test $dir/gate_rows.c "
         . "$top/tests/unit/test_gates.c $libs") == 0 or BAIL_OUT('does not build');
    return system("$dir/test >/dev/null 2>&1");
}

is(status_without(undef), 0, 'the whole table passes');
for my $row (@rows) {
    my ($id) = $lines[$row] =~ /"([\w.]+)"/;
    isnt(status_without($row), 0, "$id is missed when it is taken out");
}
done_testing();
