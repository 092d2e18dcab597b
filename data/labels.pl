#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Prints lines "text = its translation" as a C table, sorted by the text, for bsearch(): labels.pl FILE
use strict;
use warnings;

my %said;
while (my $line = <>) {
    chomp $line;
    next if $line =~ /^#/ || $line eq '';
    my ($text, $translation) = $line =~ /^(.+?) = (.+)$/ or die "$ARGV: line $.: no \" = \"\n";
    die "$ARGV: line $.: \"$text\" stands there twice\n" if exists $said{$text};
    s/(["\\])/\\$1/g for $text, $translation;
    $said{$text} = $translation;
}
print qq(    {"$_", "$said{$_}"},\n) for sort keys %said;
