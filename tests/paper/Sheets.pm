# SPDX-License-Identifier: MIT
package Sheets;

# Documents of ours in a folder of the test's own, by tests/paper/sheets; always the same ones: the
# clock stands still, and chance repeats.
#
#   my $folder = sheets('first', 'half');            # each document on one of the two sizes of paper
#   my $folder = sheets('again', 'all', 'note-*');   # on both, those with such names

use strict;
use warnings;
use utf8;
use Amparo;
use Exporter 'import';
use Test::More;

our @EXPORT = qw(sheets);

sub sheets {
    my ($name, @which) = @_;
    my $build = $ENV{AMPARO_BUILD} // 'build';
    my $folder = tmp($name);
    mkdir $folder or die "$folder: $!\n";
    local %ENV = (
        %ENV,
        LD_PRELOAD    => "$build/tests/harness/still.so",
        AMPARO_STILL  => 1773673200,
        AMPARO_CHANCE => 1,
        ASAN_OPTIONS  => join(':', $ENV{ASAN_OPTIONS} // (), 'verify_asan_link_order=0'),
    );
    is(system("$build/tests/paper/sheets", $folder, @which), 0, "$name: all are made") or BAIL_OUT('no documents');
    return $folder;
}

1;
