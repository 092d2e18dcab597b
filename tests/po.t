#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every text that people read is translated: none is new in the sources and not in a catalogue, none
# untranslated or doubtful, formats agree, and what has little room on a form keeps to it.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';
my $folder = File::Temp->newdir('amparo-po-XXXXXX', TMPDIR => 1);
binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output;

# The catalogue as a list of { id, plural, texts, flags }.
sub entries {
    my ($path) = @_;
    open my $in, '<:encoding(UTF-8)', $path or die "$path: $!";
    my (@list, $entry, $into, $context);
    while (my $line = <$in>) {
        chomp $line;
        if ($line =~ /^msgctxt "(.*)"$/) {
            $context = "$1\x04";
        } elsif ($line =~ /^#,(.*)/) {
            $entry->{flags} .= $1;
        } elsif ($line =~ /^(msgid|msgid_plural|msgstr(?:\[(\d)\])?) "(.*)"$/) {
            my ($key, $n, $text) = ($1, $2, $3);
            if ($key eq 'msgid') {
                $entry = { flags => $entry && !defined $entry->{id} ? $entry->{flags} : '', id => $context // '' };
                $context = undef;
                push @list, $entry;
                $into = \$entry->{id};
            } elsif ($key eq 'msgid_plural') {
                $entry->{plural} = '';
                $into = \$entry->{plural};
            } else {
                $entry->{texts}[ $n // 0 ] = '';
                $into = \$entry->{texts}[ $n // 0 ];
            }
            $$into .= $text;
        } elsif ($line =~ /^"(.*)"$/) {
            $$into .= $1;
        } elsif ($line =~ /^#~/ || $line eq '') {
            $entry = { flags => '' };
        }
    }
    return grep { defined $_->{id} } @list;
}

# printf's conversions and our own {fields}, in order of their arguments.
sub conversions {
    my ($text) = @_;
    my ($n, %by_place, @fields) = (0);
    while ($text =~ /%(?:(\d+)\$)?[-+ #0]*(?:\d+)?(?:\.\d+)?((?:hh|h|ll|l|z|j|t)?[a-zA-Z%])/g) {
        next if $2 eq '%';
        $by_place{ $1 // ++$n } = $2;
    }
    @fields = sort $text =~ /(\{[a-z_0-9.#]+\})/g;
    return join ' ', (map { "$_:$by_place{$_}" } sort { $a <=> $b } keys %by_place), @fields;
}

my $sources = "$folder/sources.pot";
my $files = join ' ', split /\n/, `cd '$top' && find src -name '*.c' | LC_ALL=C sort`;
is(system("cd '$top' && xgettext --from-code=UTF-8 -k_ -kN_ -kn_:1,2 -kC_:1c,2 --package-name=amparo -o '$sources' $files 2>'$folder/said'"), 0, 'the sources are read');
my %used = map { $_->{id} => $_ } grep { length $_->{id} } entries($sources);
cmp_ok(scalar keys %used, '>', 100, 'there are texts');
my $raw = do { local (@ARGV, $/) = "$sources"; <> };
unlike($raw, qr{^#:[^\n]*\n(?:#[^\n]*\n)*msgid ""\nmsgstr ""}m, "no empty text is translated: it would bring the header");

for my $catalogue (glob "$top/data/po/*.po") {
    my ($name) = $catalogue =~ m{([^/]+)$};
    is(system("msgfmt --check-format --check-domain -o '$folder/mo' '$catalogue' 2>>'$folder/said'"), 0, "$name: msgfmt takes it");
    my %known = map { $_->{id} => $_ } entries($catalogue);
    my @new = grep { !$known{$_} } sort keys %used;
    is(scalar @new, 0, "$name: has every text of the sources (make po)") or diag(map { "$_\n" } @new);
    my (@empty, @doubtful, @other);
    for my $entry (grep { length $_->{id} } values %known) {
        my $id = $entry->{id};
        push @empty, $id if !@{ $entry->{texts} // [] } || grep { !length } @{ $entry->{texts} };
        push @empty, $id if defined $entry->{plural} && @{ $entry->{texts} } != 2;
        push @doubtful, $id if ($entry->{flags} // '') =~ /fuzzy/;
        my $wanted = conversions($entry->{plural} // $id);
        push @other, $id if grep { conversions($_) ne $wanted } @{ $entry->{texts} };
        push @other, $id if ($id =~ /\\n$/) != ($entry->{texts}[0] =~ /\\n$/);
    }
    is(scalar @empty, 0, "$name: nothing untranslated") or diag(map { "$_\n" } @empty);
    is(scalar @doubtful, 0, "$name: nothing fuzzy") or diag(map { "$_\n" } @doubtful);
    is(scalar @other, 0, "$name: formats agree") or diag(map { "$_\n" } @other);

    # Labels and helps of the field table have as much room in every language.
    my (@long, $rows);
    for my $file (glob "$top/src/agreement/fields_*.c") {
        open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
        local $/;
        my $text = <$in>;
        while ($text =~ /FIELD\(\s*\d+,[^()]*?N_\("((?:[^"\\]|\\.)*)"\),\s*N_\("((?:[^"\\]|\\.)*)"\)/g) {
            $rows++;
            for my $pair ([ $1, 15 ], [ $2, 60 ]) {
                my ($id, $room) = @$pair;
                my $said = $known{$id} ? $known{$id}{texts}[0] : $id;
                $said =~ s/\\(.)/$1/g;
                push @long, length($said) . " of $room: $said" if length $said > $room;
            }
        }
    }
    cmp_ok($rows, ">", 200, "$name: the field table is read");
    is(scalar @long, 0, "$name: labels and helps fit") or diag(map { "$_\n" } @long);
}
done_testing();
