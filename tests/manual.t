#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The manuals in English and in Spanish: the same sections and the same entries in the same order, every
# command and option of the program in both, words as the program in Spanish has them, and no fault in
# their roff.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode qw(decode);
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';
binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output;

# A line of a page without its macro, fonts and escapes: as it is read, blanks aside.
sub plain {
    my ($line) = @_;
    $line =~ s/\\fR|\\fP|\\fI|\\fB//g;
    if ($line =~ s/^\.(?:B|I|BI|BR|IR|IB|RB|RI) //) {
        my $alternate = $line =~ /"/;
        my @words = $line =~ /"([^"]*)"?|((?:\\.|[^\s"\\])+)/g;
        $line = join $alternate ? '' : ' ', grep { defined } @words;
    }
    $line =~ s/\\-/-/g;
    $line =~ s/\\[ |]/ /g;
    $line =~ s/\\\(dq/"/g;
    $line =~ s/\s+//g;
    return $line;
}

# A page: its title line, and its sections in order, each { name, heads, texts, examples, rows, lists }:
# a text for each head, itself first; lists of words in one line.
sub page {
    my ($path) = @_;
    my ($page, $section, $head, $example, $table) = ({ sections => [] });
    for my $line (split /\n/, decode('UTF-8', read_file("$top/man/$path"))) {
        if ($line =~ /^\.TH (\S+) (\d) "([^"]*)" "([^"]*)"/) {
            @$page{qw(name number date version)} = ($1, $2, $3, $4);
        } elsif ($line =~ /^\.S[HS] (.*)/) {
            push @{ $page->{sections} }, $section = { name => $1, heads => [], texts => [], examples => '', rows => '', lists => [] };
        } elsif ($line =~ /^\.T[PQ]/) {
            $head = 1;
            next;
        } elsif ($line =~ /^\.E[XE]$/) {
            $example = $line eq '.EX';
        } elsif ($line =~ /^\.T[SE]$/) {
            $table = $line eq '.TS';
        } elsif ($head) {
            push @{ $section->{heads} }, plain($line);
            push @{ $section->{texts} }, '';
        } elsif ($example) {
            $section->{examples} .= "$line\n";
        } elsif ($table) { # what is no word of a language: places and lengths
            $section->{rows} .= ($line =~ /^([\d\t\\-]+)/ ? $1 : '') . "\n";
        } elsif ($line =~ /^\.BR .*", "/) {
            push @{ $section->{lists} }, plain($line =~ s/" (?:or|o) "/", "/r);
        }
        $section->{texts}[-1] .= plain($line) . "\n" if $section && @{ $section->{texts} };
        $head = 0;
    }
    return $page;
}

# The Spanish catalogue, of texts in one line.
my %spanish = decode('UTF-8', read_file("$top/data/po/es.po")) =~ /^msgid "([^"\n]+)"\nmsgstr "([^"\n]+)"$/mg;

# A word as the program in Spanish has it; those of views have a : before them in the catalogue.
sub of_views { return ($spanish{":$_[0]"} // $spanish{ $_[0] } // $_[0]) =~ s/^://r }
sub of_lines { return ($spanish{ $_[0] } // $_[0]) =~ s/ //gr }

my (@english, @translated);
for my $pair ([ 'amparo.1', 'COMMANDS', 'IMPORT', 'OPTIONS', 'ACCESS', 'EXIT STATUS', 'FILES' ],
              [ 'amparo-casefile.5', 'DATABASE' ], [ 'amparo-pouch.5' ]) {
    my ($name, @literal) = @$pair;
    my ($en, $es) = (page($name), page("es/$name"));
    is("@$es{qw(name number date version)}", "@$en{qw(name number date version)}", "$name: one title, of one day");
    is(scalar @{ $es->{sections} }, scalar @{ $en->{sections} }, "$name: as many sections");
    my %literal = map { $_ => 1 } @literal;
    for my $i (0 .. $#{ $en->{sections} }) {
        my ($one, $other) = ($en->{sections}[$i], $es->{sections}[$i] // { name => 'none', heads => [] });
        my $what = "$name: $one->{name}, $other->{name}";
        is(scalar @{ $other->{heads} }, scalar @{ $one->{heads} }, "$what: as many entries");
        is_deeply($other->{heads}, $one->{heads}, "$what: the same entries") if delete $literal{ $one->{name} };
        is_deeply($other->{lists}, $one->{lists}, "$what: the same lists of words") if $one->{name} eq 'COMMANDS';
        is($other->{examples}, $one->{examples}, "$what: the same example");
        is($other->{rows}, $one->{rows}, "$what: the same places and lengths");
        for my $j (0 .. $#{ $one->{heads} }) { # what is no word: an option, a variable, a key, a sign
            my ($a, $b) = map { join ' ', /(--[a-z-]+|\$[A-Z_]+|F\d+|Ctrl-\w|\bEsc\b|\?\w|[<>=@])/g } $one->{heads}[$j],
              $other->{heads}[$j] // '';
            is($b, $a, "$what: $one->{heads}[$j]") if $a ne $b;
        }
    }
    is(join(' ', keys %literal), '', "$name: the sections that are compared to the letter are there");
    push @english, $en;
    push @translated, $es;
}

sub section {
    my ($page, $name) = @_;
    my ($found) = grep { $_->{name} eq $name } @{ $page->{sections} };
    return $found // die "no section $name";
}

# ---- the words for conditions and for lines
is_deeply([ map { s/[A-Z]+//gr } @{ section($translated[0], 'VISTAS')->{heads} } ],
          [ map { s/[A-Z]+//gr =~ s/([a-z]+:?)/of_views($1)/ger } @{ section($english[0], 'VIEWS')->{heads} } ],
          'the conditions of views, as the program has them in Spanish');
is_deeply(section($translated[0], 'VISTAS')->{lists},
          [ map { s/([a-z]+)/of_views($1)/ger } @{ section($english[0], 'VIEWS')->{lists} } ], 'and their values');
is_deeply(section($translated[0], 'LÍNEAS')->{heads}, [ map { s/([a-z]{2,})/of_lines($1)/ger } @{ section($english[0], 'LINES')->{heads} } ],
          'the words of lines, as the program has them in Spanish');

# ---- what the program has stands in both
my $help = run_ok('help');
my %command = map { $_ => 1 } $help =~ /^  amparo ([a-z]+) /mg;
cmp_ok(scalar keys %command, '>', 25, 'the program lists its commands');
my ($everywhere) = $help =~ /^Everywhere:\n(.*?)\n\n/ms or die 'no options of everywhere';
for my $page ([ 'English', section($english[0], 'COMMANDS'), section($english[0], 'OPTIONS') ],
              [ 'Spanish', section($translated[0], 'ÓRDENES'), section($translated[0], 'OPCIONES') ]) {
    my ($language, $commands, $options) = @$page;
    for my $command ('', sort keys %command) {
        my $section = $command ? $commands : $options;
        my @entries = grep { $section->{heads}[$_] =~ /^\Q$command\E/ } 0 .. $#{ $section->{heads} };
        ok(scalar @entries, "$language: " . ($command || 'options'));
        my $text = join '', @{ $section->{texts} }[@entries];
        my $said = $command ? run({}, 'help', $command)->{out} : $everywhere;
        my @missing = grep { $text !~ /\Q$_\E(?![a-z]*-)/ } map { s/^--output$/-o/r }
          grep { !/^--(?:help|version)$/ } $said =~ /^  (--[a-z-]+)/mg;
        is("@missing", '', "$language: the options of " . ($command || 'all'));
    }
}

# ---- the roff
SKIP: {
    skip 'no groff', 6 if !grep { -x "$_/groff" } split /:/, $ENV{PATH};
    for my $path (map { ($_, "es/$_") } 'amparo.1', 'amparo-casefile.5', 'amparo-pouch.5') {
        my $said = `groff -ww -k -t -man -Tutf8 -Z '$top/man/$path' 2>&1 >/dev/null`;
        is($said, '', "$path: clean");
    }
}
done_testing();
