#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the table of countries as C from iso-codes' iso_3166-1.json (its one argument).
use strict;
use warnings;
use JSON::PP;

my $json = do { local (@ARGV, $/) = @ARGV; <> };
my @countries = @{ decode_json($json)->{'3166-1'} };
die "$0: no countries in that file\n" unless @countries > 200;
# In use everywhere, and not yet in the standard.
push @countries, { alpha_2 => 'XK', alpha_3 => 'XKX', name => 'Kosovo' };

sub quoted {
    my ($text) = @_;
    return 'NULL' unless defined $text;
    utf8::encode($text);
    $text =~ s/(["\\])/\\$1/g;
    return qq("$text");
}

print "/* Made by data/countries.pl: code, alpha-3, name, common name, official name. */\n";
for my $country (sort { $a->{alpha_2} cmp $b->{alpha_2} } @countries) {
    printf "{%s},\n", join ', ', map { quoted($country->{$_}) }
        qw(alpha_2 alpha_3 name common_name official_name);
}
