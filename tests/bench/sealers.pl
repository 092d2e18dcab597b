#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The poll of tests/bench/pouch.c as JSON, signed and encrypted to one reader and to ten by what is
# installed: gpg, and age with minisign. Prints a line for each, as figures are.
use strict;
use warnings;
use File::Temp ();

my $folder = File::Temp->newdir('amparo-bench-XXXXXX', TMPDIR => 1);
my $poll = '{"act":"poll","case":"5f0c9e1a77b2d431","author":"1173 18a9 6227 6447 fff5 015b c940 1838",'
    . '"sequence":2,"time":"2026-03-11T03:00:00-06:00","round":1,"to":["BZ","CA","CR","DO","GT","MX","NI",'
    . '"PA","SV","US"],"reply_by":"2026-03-20","area":"Mae Sot, Tak","needs":["shelter","travel_document"],'
    . '"languages":["es","en"],"grounds":["G6a"],"priority":"urgent","receiving_state":"TH",'
    . '"requesting_state":"HN"}';
$poll .= ' ' while length $poll < 400;

chdir $folder or die "$folder: $!\n";
write_file('poll.json', substr $poll, 0, 400);
$ENV{HOME} = $ENV{GNUPGHOME} = "$folder";
delete $ENV{DISPLAY};
chmod 0700, "$folder";

sub write_file {
    my ($path, $bytes) = @_;
    open my $out, '>', $path or die "$path: $!\n";
    print $out $bytes;
    close $out or die "$path: $!\n";
}
sub there { return !system "command -v $_[0] >/dev/null 2>&1" }
sub run { return !system "$_[0] >/dev/null 2>&1" || die "failed: $_[0]\n" }
sub say_size { printf "pouch.poll.%d.%s %d B\n", $_[1], $_[0], -s $_[2] }

if (there('gpg')) {
    run("gpg -q --batch --passphrase '' --quick-gen-key 'Post $_ <post$_\@amparo.invalid>' future-default - never")
        for 0 .. 10;
    for my $readers (1, 10) {
        my $to = join ' ', map { "-r post$_\@amparo.invalid" } 1 .. $readers;
        run("gpg -q --batch --trust-model always -u post0\@amparo.invalid $to -s -e -o gpg.$readers poll.json");
        say_size('gpg', $readers, "gpg.$readers");
    }
    system 'gpgconf --kill all >/dev/null 2>&1';
}
if (there('age') && there('minisign')) {
    run("age-keygen -o key$_") for 1 .. 10;
    run('minisign -G -W -p signer.pub -s signer.key');
    run('minisign -S -s signer.key -m poll.json');
    run("sh -c 'cat poll.json poll.json.minisig > signed'");
    for my $readers (1, 10) {
        my $to = join ' ', map { '-r ' . `age-keygen -y key$_` =~ s/\s+//r } 1 .. $readers;
        run("age $to -o age.$readers signed");
        say_size('age', $readers, "age.$readers");
    }
}
chdir '/';
