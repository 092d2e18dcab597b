#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Prints the dictionary on standard input as an array of C.
use strict;
use warnings;

binmode STDIN;
local $/;
my @bytes = unpack 'C*', <STDIN>;
print "static const unsigned char pouch_dictionary[] = {\n";
print join(',', splice @bytes, 0, 24), ",\n" while @bytes;
print "};\n";
