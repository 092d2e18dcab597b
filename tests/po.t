#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every text that people read is translated: none is new in the sources and not in a catalogue, none
# untranslated or doubtful or left in English, formats agree, and what has little room on a form, in
# a column or on the line of keys keeps to it.
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

# Where a French text lacks the no-break space before a sign of two parts, or within « ». What comes
# first in a message ("%s: ", a command with what is wrong about it) stands as the program writes it.
sub unspaced {
    my ($text) = @_;
    return () if $text =~ /^\w+:$/;
    $text =~ s/^(?:[^\s:]+(?: [^\s:]+){0,2}: )+//;
    my $end = qr/(?=\s|$|\\n|["»).,])/;
    return $text =~ /([^\x{a0}\x{202f}]{0,12}(?:[^\x{a0}\x{202f};:?!"][;:?!]+$end|[^\x{a0}\x{202f}]»|«[^\x{a0}\x{202f}])[^;]{0,9})/g;
}

# What is the same in English and in that language, and why.
my %same = (
    es => [
        'Burkina Faso', "Côte d'Ivoire", 'Kosovo', 'Laos', 'Micronesia', 'Suriname', 'Türkiye', 'Interpol',    # names
        "after a label\x04: ",                                                                              # typography
        'no', 'capital', 'fax', 'vital', 'error', 'error: ', 'regular', 'irregular', 'hospital', 'original', 'Total',            # one word
        'Art.', 'Art. %s', 'Cons.', 'Fam', 'X', 'transcr', '%d min', '%d h', '%ld d', '1,000.5',                         # short forms
        ':capital', 'born: %s',                                                                               # typed as it stands
    ],
    fr => [
        'Burkina Faso', "Côte d'Ivoire", 'Iran', 'Kosovo', 'Laos', 'Niger', 'Palestine', 'Sint Maarten', 'Suriname', 'Türkiye', 'Interpol',
        'assistance', 'Assistance (6)', 'correction', 'Correction', 'document', 'Document', 'documents', 'Documents', 'note', 'notes',
        'Note', 'Notes', 'note verbale', 'Note verbale', 'Notes verbales', 'Annexes', 'Article', 'Contact', 'Date', 'Parts', 'Restrictions',
        'Code', 'Conditions', 'conditions', 'Services', 'Source', 'Urgent', 'urgent', 'accident', 'budget', 'fax', 'liaison', 'minute', 'missions', 'Missions', 'organisation',
        'organisations', 'original', 'page', 'pages', 'copies', 'Copies', 'police', 'Total', 'transport', 'vital', 'Versions', 'version %llu',
        'Art.', '(Article %s)', 'SECRET', 'Cons.', 'Fam', 'Nat.', 'psychol.', 'X', 'transcr', '%d min', '%d h', '%lu minute', '%1$s %2$d', '%1$d %2$s %3$d',
        ':danger',
    ],
);

sub source {
    my ($path) = @_;
    open my $in, '<:encoding(UTF-8)', $path or die "$path: $!";
    local $/;
    return <$in>;
}
my %screen = map { $_ => source($_) } glob "$top/src/tui/*.c $top/src/tui/screens/*.c";

# The commands of each screen as the line of keys shows them: [key, label], in their order.
my %keys;
for my $path (keys %screen) {
    my $typing = $screen{$path} =~ /\.typing = true|TABLEFORM_SCREEN/;
    my ($name) = $path =~ m{([^/]+)$};
    while ($screen{$path} =~ /const struct command (\w+)\[\] = \{(.*?)\n\};/gs) {
        my ($table, $rows) = ($1, $2);
        while ($rows =~ /\{\s*([A-Z_0-9]+(?:\([^)]*\))?),\s*(?:NULL|"((?:[^"\\]|\\.)*)"),\s*(?:NULL|N_\("([^"]*)"\))/g) {
            my ($key, $letter, $label) = ($1, $2, $3);
            my $shown = $key eq 'TK_CANCEL' ? 'Esc' : defined $letter && !$typing ? $letter : $key eq 'TK_ENTER' ? 'Enter'
                : $key =~ /^TK_F\((\d+)\)$/ ? "F$1" : $key =~ /^TK_CTRL\('(.)'\)$/ ? "^$1" : $letter // '';
            push @{ $keys{"$name $table"} }, [ $shown, $label ] if defined $label && length $shown;
        }
    }
}
my $always = delete $keys{'screen.c screen_commands'};
cmp_ok(scalar keys %keys, '>', 30, 'the commands of the screens are read');

# Texts that stand in a column of the screen: [cells, text], where the width is told by a number.
my @columns;
for my $text (values %screen) {
    while ($text =~ /\bcolumn\(&\w+, _\("((?:[^"\\]|\\.)*)"\),\s*(?:[^;?]*\?\s*)?(\d+)/g) {
        push @columns, [ $2, $1 ];
    }
}
cmp_ok(scalar @columns, '>', 2, 'the columns of the screens are read');

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
    if ($name eq 'fr.po') {
        my @unspaced = map { unspaced($_) } map { @{ $_->{texts} // [] } } grep { length $_->{id} } values %known;
        is(scalar @unspaced, 0, "$name: no-break spaces before ; : ? ! and within « »") or diag(map { "$_\n" } @unspaced);
    }

    # Left in English, though it should not be; and exceptions that are none.
    my ($language) = $name =~ /^(\w+)/;
    my %stays = map { $_ => 1 } @{ $same{$language} };
    my %english = map { $_ => 1 } grep { my $id = $known{$_}{id} =~ s/^.*\x04//sr; length $id && $known{$_}{texts}[0] eq $id } keys %known;
    my @left = grep { !$stays{$_} } sort keys %english;
    is(scalar @left, 0, "$name: nothing left in English") or diag(map { "$_\n" } @left);
    my @other_now = grep { $known{$_} && !$english{$_} } sort keys %stays;
    is(scalar @other_now, 0, "$name: no exception for what is translated") or diag(map { "$_\n" } @other_now);

    # The line of keys ends with the way to all others, and before it has room for the first three; a
    # label is a word or two.
    my $said = sub { $known{ $_[0] } ? $known{ $_[0] }{texts}[0] : $_[0] };
    my $line = sub { join '  ', map { "$_->[0] " . $said->($_->[1]) } @_ };
    my (@wide, @crowded);
    for my $table (sort keys %keys) {
        my @first = @{ $keys{$table} };
        push @wide, map { $said->($_->[1]) } grep { length $said->($_->[1]) > 16 } @first;
        my $whole = $line->(@first[ 0 .. ($#first < 2 ? $#first : 2) ], @$always);
        push @crowded, length($whole) . " of 78 in $table: $whole" if length $whole > 78;
    }
    is(scalar @wide, 0, "$name: labels of keys are short") or diag(map { "$_\n" } @wide);
    is(scalar @crowded, 0, "$name: the line of keys has room for the first three") or diag(map { "$_\n" } @crowded);
    my @cut = map { "$_->[0]: " . $said->($_->[1]) } grep { length $said->($_->[1]) > $_->[0] } @columns;
    is(scalar @cut, 0, "$name: headings fit their columns") or diag(map { "$_\n" } @cut);

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

for my $path (glob "$top/data/notes/fr/*.txt") {
    my @unspaced = map { unspaced($_) } grep { !/^[#\[]/ } map { s/^[\w-]+ = //r } split /\n/, source($path);
    is(scalar @unspaced, 0, "$path: no-break spaces") or diag(map { "$_\n" } @unspaced);
}
done_testing();
