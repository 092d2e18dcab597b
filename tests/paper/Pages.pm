# SPDX-License-Identifier: MIT
package Pages;

# A PDF as text that can be compared and read: how many pages, and of each its text, as it copies
# out, and a picture made of letters.
#
#   my $pages = pages_of('note.pdf');       # [{ text => ..., written => ..., picture => [ROW, ...] }, ...]
#   my $kept = kept(@pages);                # as it is kept in a file
#   my @faults = differences($kept, $pages);   # what of the pages is not as it is kept; none: the same
#
# A picture is a letter for each cell of 0.2 inch, by how dark it is: " .:-=+*#%@". The edges of
# letters may be smoothed otherwise, by another version of a library: then the cells are nearly as
# dark as before. Where a word, a rule or a column stands elsewhere they are not. What may differ by
# how much is in tolerances(); pages.t tries it.

use strict;
use warnings;
use utf8;
use Encode qw(decode);
use Exporter 'import';

our @EXPORT = qw(pages_of kept differences grays_of picture_of_gray);

my $SHADES = ' .:-=+*#%@';
my $DPI = 100;
my $CELL = 0.2; # inch

# ---- what is on the pages

sub run {
    my (@command) = @_;
    open my $out, '-|:raw', @command or die "$command[0]: $!\n";
    local $/;
    my $bytes = <$out>;
    close $out or die "@command: fails\n";
    return $bytes // '';
}

# Each page's text without empty lines: in the order in which it copies out; or, with -raw, in which
# it is written into the file.
sub texts_of {
    my ($pdf, @how) = @_;
    my $text = decode('UTF-8', run('pdftotext', @how, '-enc', 'UTF-8', $pdf, '-'));
    my @pages = split /\f/, $text, -1;
    pop @pages;
    return map { s/^\s*\n//gmr } @pages;
}

# A row of a picture is how dark each of its cells is, from 0 (white) to 1.
sub picture_of_gray {
    my ($width, $height, $pixels, $dpi) = @_;
    my $cell = $CELL * ($dpi // $DPI);
    my $whole = int $width / $cell;
    my $rest = $width % $cell;
    my $sums = "(%32C$cell)$whole" . ($rest ? "%32C$rest" : '');
    my @wide = (($cell) x $whole, $rest ? $rest : ());
    my @rows;
    for (my $top = 0; $top < $height; $top += $cell) {
        my $high = $top + $cell > $height ? $height - $top : $cell;
        my @light = (0) x @wide;
        for my $y ($top .. $top + $high - 1) {
            my $at = 0;
            $light[$at++] += $_ for unpack $sums, substr $pixels, $y * $width, $width;
        }
        push @rows, [map { 1 - $light[$_] / (255 * $wide[$_] * $high) } 0 .. $#wide];
    }
    return \@rows;
}

# Each page as [width, height, pixels], a byte each, 0 for black.
sub grays_of {
    my ($pdf, @how) = @_;
    my $bytes = run('pdftoppm', '-gray', @how ? @how : ('-r', $DPI), $pdf);
    my @grays;
    while ($bytes =~ /\GP5\s(\d+)\s(\d+)\s255\s/gc) {
        push @grays, [$1, $2, substr $bytes, pos $bytes, $1 * $2];
        pos($bytes) += $1 * $2;
    }
    return @grays;
}

sub pages_of {
    my ($pdf) = @_;
    my ($count) = run('pdfinfo', $pdf) =~ /^Pages:\s+(\d+)$/m or die "$pdf: has no pages\n";
    my @texts = texts_of($pdf);
    my @written = texts_of($pdf, '-raw');
    my @pictures = map { picture_of_gray(@$_) } grays_of($pdf);
    die "$pdf: $count pages, ${\scalar @texts} texts, ${\scalar @pictures} pictures\n"
      if @texts != $count || @written != $count || @pictures != $count;
    return [map { { text => $texts[$_], written => $written[$_], picture => $pictures[$_] } } 0 .. $count - 1];
}

# ---- as it is kept

# By the root: what is thin, a rule or a letter, is told from nothing, and full black from bold.
sub shade { return sqrt($_[0]) * length $SHADES }

sub letter_of {
    my $place = int shade($_[0]);
    return substr $SHADES, $place < length $SHADES ? $place : -1, 1;
}

sub look_of {
    my ($picture) = @_;
    my @rows = map { join '', map { letter_of($_) } @$_ } @$picture;
    s/ +\z// for @rows;
    return @rows;
}

sub kept {
    my ($pages) = @_;
    my $number = 0;
    return "pages ${\scalar @$pages}\n" . join '', map {
        $number++;
        "== $number text\n$_->{text}== $number picture\n" . join '', map { "$_\n" } look_of($_->{picture})
    } @$pages;
}

sub read_kept {
    my ($kept) = @_;
    my @parts = split /^== \d+ (?:text|picture)\n/m, $kept;
    my ($count) = shift(@parts) =~ /\Apages (\d+)\n\z/ or die "no count of pages\n";
    die "not $count pages\n" if @parts != 2 * $count;
    my @pages;
    while (my ($text, $look) = splice @parts, 0, 2) {
        push @pages, { text => $text, look => [split /\n/, $look, -1] };
        pop @{ $pages[-1]{look} };
    }
    return \@pages;
}

# ---- what differs

# The first line that is another one.
sub text_fault {
    my ($kept, $is) = @_;
    my @kept = split /\n/, $kept;
    my @is = split /\n/, $is;
    my $at = 0;
    $at++ while $at < @kept && $at < @is && $kept[$at] eq $is[$at];
    return if $kept eq $is;
    return sprintf "line %d of the text is \"%s\", and was \"%s\"", $at + 1, $is[$at] // '', $kept[$at] // '';
}

# By how many shades a cell is another than the letter says.
sub off_by {
    my ($letter, $dark) = @_;
    my $place = index $SHADES, $letter;
    my $shade = shade($dark);
    return $shade < $place ? $place - $shade
      : $place + 1 < length $SHADES && $shade > $place + 1 ? $shade - $place - 1
      :                                                      0;
}

# How a picture may differ from the one that is kept. Drawn without smoothing the letters, or with
# other dots to the inch, up to 1.9 cells in a hundred are off by more than 0.4 shades, and none by
# more than 1; where a part of a page stands a letter further on it is 4.2 in a hundred, where it
# stands three quarters of a millimetre lower 7, at the least.
sub tolerances {
    return (
        slight => 0.4,   # shades: by less than that any cell may
        strong => 1.2,   # by more than that none may
        share  => 0.025, # of the cells that have ink, as many may lie between
    );
}

sub picture_fault {
    my ($look, $picture) = @_;
    my %may = tolerances();
    my $rows = @$look;
    return "$rows rows of the picture became ${\scalar @$picture}" if $rows != @$picture;
    my ($inked, @slight, @strong) = (0);
    for my $y (0 .. $#$look) {
        my $row = $picture->[$y];
        return 'the pages are of another width' if length $look->[$y] > @$row;
        for my $x (0 .. $#$row) {
            my $letter = $x < length $look->[$y] ? substr $look->[$y], $x, 1 : ' ';
            my $off = off_by($letter, $row->[$x]);
            $inked++ if $letter ne ' ' || $off;
            my $list = $off > $may{strong} ? \@strong : $off > $may{slight} ? \@slight : next;
            push @$list, sprintf '%d,%d', $y + 1, $x + 1;
        }
    }
    my $most = int $inked * $may{share};
    return if !@strong && @slight <= $most;
    my @worst = @strong ? @strong : @slight;
    return sprintf '%d cells of the picture (%d have ink) are much darker or lighter, %d a little, from row,column %s on',
      scalar @strong, $inked, scalar @slight, $worst[0];
}

# What of the pages is not as it was kept, a line each.
sub differences {
    my ($kept, $pages) = @_;
    my $were = read_kept($kept);
    my @faults;
    push @faults, "${\scalar @$were} pages became ${\scalar @$pages}" if @$were != @$pages;
    for my $i (0 .. (@$were < @$pages ? $#$were : $#$pages)) {
        my $page = $i + 1;
        push @faults, map { "page $page: $_" } text_fault($were->[$i]{text}, $pages->[$i]{text}),
          picture_fault($were->[$i]{look}, $pages->[$i]{picture});
    }
    return @faults;
}

1;
