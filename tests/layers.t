#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Holds the include lines of the tree against the layers.
use strict;
use warnings;
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';
my %uses = (
    base      => [qw(base)],
    page      => [qw(page base)],
    agreement => [qw(agreement base)],
    vault     => [qw(vault base)],
    store     => [qw(store agreement vault base)],
    pouch     => [qw(pouch agreement store base)],
    paper     => [qw(paper page agreement store base)],
    pdf       => [qw(pdf page base)],
    cli       => [qw(cli paper page pouch store agreement vault base)],
    tui       => [qw(tui paper page pouch store agreement vault base)],
);
# What only one place may include.
my %only = (
    qr/<(n?curses\w*|term)\.h>/    => qr{^(src|include/amparo)/tui/term},
    qr/"tests\//                        => qr/^\z/,
    qr/<(pango|cairo|fontconfig)\b/   => qr{^(src|include/amparo)/pdf/},
    qr/<linux\//                      => qr{^src/pdf/sandbox},
    qr/<sqlite3\.h>/                  => qr{^(src|include/amparo)/(store|vault)/},
    qr/<stdio\.h>|<fcntl\.h>|<unistd\.h>|<time\.h>/ => qr{^(?!(src|include/amparo)/agreement/)},
);

for my $file (sort split /\n/, `cd '$top' && find src include -name '*.[ch]'`) {
    my ($layer) = $file =~ m{^(?:src|include/amparo)/(\w+)/};
    open my $in, '<', "$top/$file" or die "$file: $!";
    my @bad;
    while (<$in>) {
        next unless /^\s*#\s*include\s+(\S+)/;
        my $what = $1;
        if (defined $layer && $what =~ m{"amparo/(\w+)/}) {
            my $used = $1;
            push @bad, "line $.: $layer may not use $used" unless grep { $_ eq $used } @{ $uses{$layer} };
        }
        for my $pattern (keys %only) {
            push @bad, "line $.: $what does not belong here"
                if $what =~ $pattern && $file !~ $only{$pattern};
        }
    }
    is("@bad", '', $file);
}
done_testing();
