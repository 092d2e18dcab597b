#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Prints a C table of files, each as a string with its name below data/: embed.pl TABLE FOLDER FILE...
use strict;
use warnings;

my ($table, $folder, @files) = @ARGV;
my @rows;
for my $file (@files) {
    open my $in, '<:raw', "$folder/$file" or die "$folder/$file: $!\n";
    local $/;
    my $bytes = <$in>;
    my $n = @rows;
    print "static const char ${table}_$n\[] = {\n";
    my @codes = map { $_ > 127 ? $_ - 256 : $_ } unpack('C*', $bytes), 0;
    print join(',', splice @codes, 0, 32), ",\n" while @codes;
    print "};\n";
    push @rows, "    {\"$file\", ${table}_$n},\n";
}
print "static const struct {\n    const char *name, *text;\n} ${table}[] = {\n", @rows, "};\n";
