#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the table of languages as C from iso-codes' iso_639-3.json (its one argument): living
# languages by their two letters of ISO 639-1 where they have them, else by the three of ISO 639-3.
use strict;
use warnings;
use JSON::PP;

my $json = do { local (@ARGV, $/) = @ARGV; <> };
my @languages = @{ decode_json($json)->{'639-3'} };
die "$0: no languages in that file\n" unless @languages > 7000;
# A group of languages that people name as one: in ISO 639-2 only.
push @languages, { alpha_3 => 'nah', name => 'Nahuatl languages', type => 'L' };

my %table;
for my $language (@languages) {
    next unless $language->{type} eq 'L';
    my $name = $language->{name};
    utf8::encode($name);
    $name =~ s/(["\\])/\\$1/g;
    $table{ $language->{alpha_2} // $language->{alpha_3} } = [ $language->{alpha_3}, $name ];
}
print "/* Made by data/languages.pl: code, alpha-3, name. */\n";
printf qq({"%s", "%s", "%s"},\n), $_, @{ $table{$_} } for sort keys %table;
