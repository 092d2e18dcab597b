#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Prints files as arrays of C, each named by the end of its name: embed.pl FOLDER/dictionary.en …
use strict;
use warnings;

for my $file (@ARGV) {
    open my $in, '<:raw', $file or die "$file: $!\n";
    local $/;
    my @bytes = unpack 'C*', <$in>;
    my ($name) = $file =~ /\.(\w+)$/ or die "$file: no name\n";
    print "static const unsigned char dictionary_$name\[] = {\n";
    print join(',', splice @bytes, 0, 24), ",\n" while @bytes;
    print "};\n";
}
