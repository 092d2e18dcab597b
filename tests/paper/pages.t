#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What Pages.pm takes for the same page and what not, tried on documents of ours: drawn by other
# means it is the same, at resolutions where letters look otherwise and without smoothing; with the
# faults that a page may have it is another.
use strict;
use warnings;
use utf8;
use lib map { ($ENV{AMPARO_SRC} // '.') . "/tests/$_" } qw(harness paper);
use Amparo;
use Pages;
use Sheets;
use Test::More;

my $folder = sheets('some', 'half', qw(note-req summary statistics));
my @pdfs = sort glob "$folder/*.en.*.pdf";
is(scalar @pdfs, 3, 'there are documents to try it on');

# ---- the same

my %other_ways = (
    'not smoothed'       => [100, '-aa', 'no'],
    'with more dots'     => [150],
    'with twice as many' => [200],
);
for my $pdf (@pdfs) {
    my $pages = pages_of($pdf);
    my ($name) = $pdf =~ m{([^/]+)$};
    is_deeply([differences(kept($pages), $pages)], [], "$name is the same as itself");
    for my $way (sort keys %other_ways) {
        my ($dpi, @how) = @{ $other_ways{$way} };
        my @grays = grays_of($pdf, '-r', $dpi, @how);
        my @drawn = map { { %{ $pages->[$_] }, picture => picture_of_gray(@{ $grays[$_] }, $dpi) } } 0 .. $#grays;
        is_deeply([differences(kept($pages), \@drawn)], [], "and $way");
    }
}

# ---- another one

# A page as rows of dots, and back.
sub rows_of   { my ($gray) = @_; return [unpack "(a$gray->[0])*", $gray->[2]] }
sub white     { return "\xff" x $_[0] }
sub dark_dots { return $_[0] =~ tr/\x00-\xa0// }

# The first row of dots that is one line across; the first with text in the middle of the page.
sub rule_of { my ($rows) = @_; return (grep { dark_dots($rows->[$_]) > 500 } 0 .. $#$rows)[0] }
sub text_of { my ($rows) = @_; return (grep { dark_dots(substr $rows->[$_], 100, 400) > 20 } 300 .. $#$rows)[0] }

my %faults = (
    'a rule that is not there' => sub {
        my ($rows) = @_;
        my $at = rule_of($rows);
        $_ = white(length $_) for @$rows[$at - 2 .. $at + 2];
    },
    'a word that is not there' => sub {
        my ($rows) = @_;
        my $at = text_of($rows);
        my $from = 100 + length((substr($rows->[$at], 100) =~ /\A([^\x00-\xa0]*)/)[0]);
        substr $_, $from - 2, 40, white(40) for @$rows[$at - 6 .. $at + 10];
    },
    'a column that stands a letter further on' => sub {
        my ($rows) = @_;
        $_ = substr($_, 0, 300) . white(8) . substr $_, 300, length($_) - 308 for @$rows;
    },
    'lines that stand a millimetre lower' => sub {
        my ($rows) = @_;
        splice @$rows, 300, 0, (white(length $rows->[0])) x 4;
        splice @$rows, -4;
    },
    'bold letters' => sub {
        my ($rows) = @_;
        for (@$rows[300 .. 500]) {
            my $moved = "\xff" . substr $_, 0, -1;
            $_ &= $moved;
        }
    },
    'grey paper' => sub {
        my ($rows) = @_;
        tr/\xff/\xee/ for @$rows[300 .. 500];
    },
    'a speck' => sub {
        my ($rows) = @_;
        substr $rows->[$_], 20, 6, "\0" x 6 for 30 .. 35;
    },
);

for my $pdf (@pdfs) {
    my $pages = pages_of($pdf);
    my ($gray) = grays_of($pdf);
    my ($name) = $pdf =~ m{([^/]+)$};
    for my $fault (sort keys %faults) {
        my $rows = rows_of($gray);
        next if $fault =~ /rule/ && !defined rule_of($rows);
        $faults{$fault}->($rows);
        my @drawn = @$pages;
        $drawn[0] = { %{ $pages->[0] }, picture => picture_of_gray(@$gray[0, 1], join '', @$rows) };
        my @found = differences(kept($pages), \@drawn);
        like("@found", qr/^page 1: .* cells of the picture/, "$name: $fault") or diag(@found);
    }
}

# ---- what it says

my ($long) = grep { /summary/ } @pdfs;
my $pages = pages_of($long);
my $kept = kept($pages);
sub with_text { my ($change) = @_; my %page = %{ $pages->[0] }; $change->() for $page{text}; return [\%page, @$pages[1 .. $#$pages]] }
like((differences($kept, with_text(sub { s/Honduras/Honduraz/ })))[0], qr/^page 1: line \d+ of the text is ".*Honduraz/, 'one letter');
like((differences($kept, with_text(sub { s/^(.*)\n(.*)\n/$2\n$1\n/ })))[0], qr/^page 1: line 1 of the text/, 'lines exchanged');
like((differences($kept, with_text(sub { s/.*\n\z// })))[0], qr/^page 1: line \d+ of the text is ""/, 'a line less');
is((differences($kept, [@$pages[1 .. $#$pages]]))[0], scalar(@$pages) . ' pages became ' . $#$pages, 'a page less');
is((differences($kept, [@$pages, $pages->[0]]))[0], scalar(@$pages) . ' pages became ' . (@$pages + 1), 'a page more');

my $sizes = sheets('sizes', 'all', 'note-wdr');
my ($letter) = @{ pages_of("$sizes/note-wdr.en.letter.pdf") };
my ($a4) = @{ pages_of("$sizes/note-wdr.en.a4.pdf") };
my @faults = differences(kept([$letter]), [{ %$letter, picture => $a4->{picture} }]);
like("@faults", qr/55 rows of the picture became 59/, 'another paper');
done_testing;
