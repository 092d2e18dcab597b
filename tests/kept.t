#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every screen can keep and restore itself, and every question knows whose answer it asks for.
use strict;
use warnings;
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';

# Nothing of a passphrase is kept; and before there is a case file, there is nowhere to keep it.
my %kept_by_nobody = map { $_ => 1 } qw(unlock newpass welcome founding foundnow);

sub text_of {
    my ($file) = @_;
    open my $in, '<', "$top/$file" or die "$file: $!";
    local $/;
    return scalar <$in>;
}

my @files = split /\n/, `cd '$top' && find src/tui include/amparo/tui -name '*.[ch]' | sort`;
my %text = map { $_ => text_of($_) } @files;
my $all = join "\n", values %text;
my $opening = join "\n", map { $text{$_} } grep { m{/(keep|places)\.c$} } @files;

my $types = 0;
for my $file (@files) {
    while ($text{$file} =~ /struct screen_type (\w+) = \{(.*?)\n\};/sg) {
        my ($type, $body) = ($1, $2);
        my ($name) = $body =~ /\.name = (\w+|"[^"]*")/;
        $types++;
        next if $kept_by_nobody{ $name =~ tr/"//dr };
        ok($body =~ /\.keep = |TABLEFORM_SCREEN/, "$file: $type keeps itself");
        ok($opening =~ /\{\Q$name\E,|&$type\b/, "$file: $type is opened anew");
    }
}
cmp_ok($types, '>', 35, "$types types of screens");

sub known {
    my ($file, $answer, $code) = @_;
    return if $code =~ /_fn \*$answer\b/; # the caller's
    ok($all =~ /ANSWER(?:_AGAIN)?\($answer\b/, "$file: $answer is a known answer");
}

# Whoever puts a question lists what it does with the answer.
for my $file (grep { /\.c$/ } @files) {
    my $code = $text{$file};
    while ($code =~ /\b(?:ask_push|ask_ahead_push)\(((?:[^;]|;(?=[^\n]*"))*?), (\w+)\);/sg) {
        my $answer = $2;
        next if $file =~ m{/(?:ask|unlock|welcome)\.c$};
        known($file, $answer, $code);
    }
    while ($code =~ /\bpick_push\([^;]*?, (\w+), [^,;]+, \w+\);/sg) {
        my $answer = $1;
        next if $file =~ m{/pick\.c$};
        known($file, $answer, $code);
    }
    while ($code =~ /\bpreview_ask\([^;]*, (\w+)\);/sg) {
        my $answer = $1;
        next if $file =~ m{/preview\w*\.c$};
        known($file, $answer, $code);
    }
}

done_testing;
