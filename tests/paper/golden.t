#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every document, in each language and on both sizes of paper, as it is drawn:
#
# - it is as it was: tests/paper/golden/LANGUAGE/NAME.SIZE.txt keeps how many pages it has, and of
#   each the text as it copies out and a picture made of letters (Pages.pm);
# - what it says is what plain text says: every text of it is there, once, in its order, and what
#   runs over the pages stands before and after;
# - it is the same bytes when it is made once more at the same time;
# - its letters come with it, of the fonts that it is to have, and nothing touches the edges.
#
# AMPARO_PAPER=write writes the files anew: read what `git diff` says of them, and look at the
# pages. AMPARO_PAPER=pictures leaves all pages as pictures in the build folder's test-pages/ (make
# pages). With AMPARO_LONG each is held on both sizes, else on one of them.
use strict;
use warnings;
use utf8;
use lib map { ($ENV{AMPARO_SRC} // '.') . "/tests/$_" } qw(harness paper);
use Amparo;
use File::Path qw(make_path);
use JSON::PP ();
use Pages;
use Sheets;
use Test::More;
use Unicode::Normalize qw(NFKC);

my $top = $ENV{AMPARO_SRC} // '.';
my $build = $ENV{AMPARO_BUILD} // 'build';
my $mode = $ENV{AMPARO_PAPER} // '';
my $which = $mode || $ENV{AMPARO_LONG} ? 'all' : 'half';
my $golden = "$top/tests/paper/golden";
my $compared = 0; # documents with themselves

# ---- what it says

# Letters alone: lines are broken elsewhere on a page, hyphens at their ends are not copied, and marks
# of direction do not show.
sub bare {
    my ($text) = @_;
    $text = NFKC($text);
    $text =~ s/[-\s\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]+//g;
    return $text;
}

# What runs from right to left stands in a file as it is seen, its last word first, and signs at its
# ends are copied before it or behind it: here its letters are in an order that is the same always.
my $leftward = qr/[\p{Arabic}\p{Hebrew}]/;
sub settled { return $_[0] =~ s/(\p{Punct}*$leftward(?:$leftward|\p{Punct})*)/join '', sort split '', $1/ger }

# What runs over a page at its head and at its foot.
sub running {
    my ($said, $number, $pages) = @_;
    my @marks = grep { length } @$said{qw(draft mark)};
    my @head = $number == 1 ? $said->{draft} : (@$said{qw(title over)}, join "\x{2013}", @marks);
    my @foot = (length $said->{printed} ? $said->{printed} : $said->{title}, $said->{witness},
        $said->{pages} =~ s/%zu/$number/r =~ s/%zu/$pages/r);
    return map { [grep { length } map { bare($_) } @$_] } \@head, \@foot;
}

# The letters of a page without that, and what of it is lacking.
sub body {
    my ($said, $number, $pages, $text) = @_;
    my ($head, $foot) = running($said, $number, $pages);
    my $body = bare($text);
    my @lacking;
    my $take = sub {
        my ($at, $part) = @_;
        $at < 0 ? push @lacking, $part : substr $body, $at, length $part, '';
    };
    $take->(index($body, $_), $_) for @$head;
    $take->(rindex($body, $_), $_) for @$foot;
    return ($body, @lacking);
}

# How many letters both begin with.
sub common {
    my ($one, $other) = @_;
    my ($few, $most) = (0, length $one < length $other ? length $one : length $other);
    while ($few < $most) {
        my $half = int(($few + $most + 1) / 2);
        if (substr($one, 0, $half) eq substr $other, 0, $half) { $few = $half }
        else                                                   { $most = $half - 1 }
    }
    return $few;
}

# In the order in which it is written into the file, every letter of the document stands there once;
# where it does not, why.
sub written_fault {
    my ($said, @pages) = @_;
    my $should = settled(join '', map { bare($_) } map { @{ $_->{texts} } } @{ $said->{blocks} });
    my @heads = map { bare(join '', @{ $_->{texts} }) } grep { $_->{head} } @{ $said->{blocks} };
    my $at = 0;
    for my $i (0 .. $#pages) {
        my ($body, @lacking) = body($said, $i + 1, scalar @pages, $pages[$i]{written});
        $body = settled($body);
        return sprintf 'page %d: %s does not run over it', $i + 1, $lacking[0] if @lacking;
        my $rest = substr $should, $at;
        # a table that goes on has its head once more
        for my $head (grep { length } @heads) {
            last if $i && index($rest, $head) != 0 && $body =~ s/\A\Q$head\E//;
        }
        my $same = common($body, $rest);
        return sprintf 'page %d says "%s…" where "%s…" is to follow', $i + 1, substr($body, $same, 40),
          substr($rest, $same, 40)
          if $same != length $body;
        $at += $same;
    }
    return $at == length $should ? undef : sprintf '"%s…" is on no page', substr $should, $at, 40;
}

# As it copies out, block after block is read: of each all texts before those of the next. What stands
# in columns, some readers take one column after the other: of that each text is whole.
sub copied_fault {
    my ($said, @pages) = @_;
    my $copied = settled(join '', map { (body($said, $_ + 1, scalar @pages, $pages[$_]{text}))[0] } 0 .. $#pages);
    my $at = 0;
    for my $block (@{ $said->{blocks} }) {
        my $end = $at;
        for my $text (grep { length } map { bare($_) } @{ $block->{texts} }) {
            my $found = index $copied, settled($text), $block->{columns} ? 0 : $at;
            return "\"$text\" does not copy out in its order" if $found < 0;
            $end = $found + length $text if !$block->{columns} && $found + length $text > $end;
        }
        $at = $end;
    }
    return;
}

# ---- its letters

sub font_fault {
    my ($pdf) = @_;
    my (undef, undef, @fonts) = split /\n/, qx(pdffonts "$pdf");
    return 'it has no fonts' unless @fonts;
    for (@fonts) {
        return "a font that is not ours: $_" unless /^(?:[A-Z]{6}\+)?(?:DejaVuS|DroidSansFallback)/;
        return "a font that does not come with it, or cannot be read: $_" unless /\s+yes yes yes\s+\d+\s+\d+$/;
    }
    return;
}

# Printers leave the edges white: a fifth of an inch is the least that none of ours may touch.
sub edge_fault {
    my (@pages) = @_;
    for my $i (0 .. $#pages) {
        my $picture = $pages[$i]{picture};
        my @edge = (@{ $picture->[0] }, @{ $picture->[-1] }, map { @$_[0, -1] } @$picture);
        return sprintf 'page %d is drawn upon at its edges', $i + 1 if grep { $_ > 0 } @edge;
    }
    return;
}

# ---- when it is made again

sub again_fault {
    my ($again, $pdf) = @_;
    $compared++ if -e $again;
    return -e $again && read_file($again) ne read_file($pdf) ? 'it is not the same bytes the second time' : undef;
}

# ---- all of them

sub write_pictures {
    my ($pdf, $language, $name) = @_;
    my $folder = "$build/test-pages/$language";
    make_path($folder);
    system('pdftoppm', '-r', 100, '-png', $pdf, "$folder/$name") == 0 or die "pdftoppm fails\n";
}

sub write_golden {
    my ($path, $pages) = @_;
    my ($folder) = $path =~ m{(.*)/};
    make_path($folder);
    my $kept = kept($pages);
    utf8::encode($kept);
    write_file($path, $kept);
    chmod 0644, $path;
}

sub read_golden {
    my ($path) = @_;
    return "pages 0\n" unless -e $path;
    my $kept = read_file($path);
    utf8::decode($kept);
    return $kept;
}

# Once more: one of each style with each kind of block where not all are.
my @some = qw(short note-fin letterhead-note card blank-consent statistics summary-state);
my $first = sheets('first', $which);
my $again = sheets('again', $which, $which eq 'all' ? () : @some);
my %held;
for my $pdf (sort glob "$first/*.pdf") {
    my ($name, $language, $size) = $pdf =~ m{([^/.]+)\.(\w+)\.(\w+)\.pdf$};
    my $kept = "$language/$name.$size.txt";
    my $pages = pages_of($pdf);
    write_golden("$golden/$kept", $pages) if $mode eq 'write';
    write_pictures($pdf, $language, "$name.$size") if $mode eq 'pictures';
    $held{$kept} = 1;
    my $said = from_json(read_file("$first/$name.$language.json"));
    my @faults = grep { defined } (
        differences(read_golden("$golden/$kept"), $pages), written_fault($said, @$pages), copied_fault($said, @$pages), font_fault($pdf), edge_fault(@$pages),
        again_fault("$again/$name.$language.$size.pdf", $pdf)
    );
    is(join("\n", @faults), '', $kept);
}

is($compared, scalar(() = glob "$again/*.pdf"), 'those that were made twice are the same twice');
ok($compared, 'and there are such');

if ($which eq 'all') {
    my @left = grep { !$held{$_} } map { s{^\Q$golden\E/}{}r } glob "$golden/*/*.txt";
    is("@left", '', 'no file is kept of a document that there is not');
}
done_testing;
