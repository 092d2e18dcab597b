#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# sheets.pl FOLDER: joins the pictures of screens in FOLDER/LANGUAGE/SIZE into sheets beside them, as
# many to a sheet as can still be read, and turns these into PNG where rsvg-convert (librsvg2-bin)
# is there. For people who look.
use strict;
use warnings;

my $folder = shift or die "usage: sheets.pl FOLDER\n";
my $converter = grep { -x "$_/rsvg-convert" } split /:/, $ENV{PATH};
my ($MOST_WIDE, $MOST_HIGH) = (1500, 1500);
my $TITLE = 20;

sub slurp { local (@ARGV, $/) = @_; return scalar <> }

sub write_sheet {
    my ($name, $wide, $high, $across, @files) = @_;
    my $rows = int((@files + $across - 1) / $across);
    my ($width, $height) = ($across * ($wide + 12), $rows * ($high + $TITLE + 8));
    open my $out, '>', "$name.svg" or die "$name.svg: $!\n";
    print $out "<svg xmlns='http://www.w3.org/2000/svg' width='$width' height='$height'>\n",
      "<rect width='100%' height='100%' fill='#555'/>\n";
    for my $i (0 .. $#files) {
        my ($x, $y) = (($i % $across) * ($wide + 12), int($i / $across) * ($high + $TITLE + 8));
        my ($title) = $files[$i] =~ m{([^/]+)\.svg$};
        my $picture = slurp($files[$i]);
        $picture =~ s/<svg /sprintf "<svg x='%d' y='%d' ", $x + 6, $y + $TITLE/e;
        printf $out "<text x='%d' y='%d' fill='#ff0' font-family='monospace' font-size='14'>%s</text>\n%s",
          $x + 6, $y + 15, $title, $picture;
    }
    print $out "</svg>\n";
    close $out;
    return unless $converter;
    system('rsvg-convert', '-o', "$name.png", "$name.svg") == 0 or die "rsvg-convert fails\n";
    unlink "$name.svg";
    print "$name.png\n";
}

for my $place (sort glob "$folder/*/*x*") {
    next unless -d $place;
    my @files = sort { -M $b <=> -M $a || $a cmp $b } glob "$place/*.svg";
    next unless @files;
    my ($wide, $high) = slurp($files[0]) =~ /width='(\d+)' height='(\d+)'/;
    my $across = int($MOST_WIDE / ($wide + 12)) || 1;
    my $each = $across * (int($MOST_HIGH / ($high + $TITLE + 8)) || 1);
    my $number = 0;
    while (my @some = splice @files, 0, $each) {
        (my $name = $place) =~ s{/([^/]+)/([^/]+)$}{/$1-$2};
        write_sheet(sprintf('%s-%02d', $name, ++$number), $wide, $high, $across, @some);
    }
}
