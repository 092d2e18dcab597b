#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the table of currencies as C from iso-codes' iso_4217.json (its one argument).
use strict;
use warnings;
use JSON::PP;

# Metals, units of account, codes for tests and for "none".
my %no_money = map { $_ => 1 } qw(XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX);

my $json = do { local (@ARGV, $/) = @ARGV; <> };
my @currencies = @{ decode_json($json)->{4217} };
die "$0: no currencies in that file\n" unless @currencies > 150;

print "/* Made by data/currencies.pl: code, name. */\n";
for my $currency (sort { $a->{alpha_3} cmp $b->{alpha_3} } @currencies) {
    my ($code, $name) = @$currency{qw(alpha_3 name)};
    next if $no_money{$code};
    utf8::encode($name);
    $name =~ s/(["\\])/\\$1/g;
    print qq({"$code", "$name"},\n);
}
