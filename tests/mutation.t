#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The mutation check: takes each row out of the gate table in turn, and each rule of
# tests/instrument.txt out of its source, links the tests with what is left, and expects them to
# fail. A row that no test misses is no row; a rule that its test does not miss is not shown by it.
# `make check-mutation` runs it where the build is, and sets CC and CFLAGS to what that uses. Places of
# the agreement as arguments: only their rules.
use strict;
use warnings;
use File::Basename qw(dirname basename);
use File::Temp qw(tempdir);
use lib dirname(__FILE__) . '/harness';
use Instrument;
use Test::More;

my ($top, $cc, $cflags) = map { $ENV{$_} // die "$_ is not set: run make check-mutation\n" }
    qw(AMPARO_SRC CC CFLAGS);
my $dir = tempdir(CLEANUP => 1);
my $table = 'src/agreement/gate_rows.c';
$ENV{CMOCKA_MESSAGE_OUTPUT} = 'TAP';

# Compiles the source as the text has it: an object, which goes before the libraries.
sub object_of {
    my ($source, $text) = @_;
    my $path = "$dir/" . basename($source);
    open my $out, '>', $path or die $!;
    print $out $text;
    close $out;
    system("$cc $cflags -w -I$top/" . dirname($source) . " -c -o $path.o $path") == 0
        or BAIL_OUT("does not compile: $source");
    return "$path.o";
}

# How make links that program, with OBJECT and OUTPUT to be filled in.
my %linking;
sub link_command {
    my ($program) = @_;
    return $linking{$program} //= do {
        local @ENV{qw(MAKEFLAGS MAKELEVEL)};
        my ($line) = grep { /-o \Q$program\E / } `make -n V=1 -W libbase.a $program`;
        $line // BAIL_OUT("make does not say how it links $program");
        $line =~ s/.*?(?=\S*gcc|\Q$cc\E)//;
        $line =~ s/-o \Q$program\E/-o OUTPUT/;
        $line =~ s/ (\S*lib\w+\.a)/ OBJECT $1/;
        $line;
    };
}

sub link_with {
    my ($program, $object) = @_;
    my $command = link_command($program);
    $command =~ s/OBJECT/$object/;
    $command =~ s/OUTPUT/$dir\/program/;
    system($command) == 0 or BAIL_OUT("does not link: $program");
    return "$dir/program";
}

# What the test of that name comes to: is there a line that it passed?
sub passes {
    my ($test, $object) = @_;
    my $source = Instrument::source($test);
    my $said;
    if ($source =~ /\.t$/) {
        local $ENV{AMPARO} = link_with('amparo', $object);
        $said = `$^X '$top/$source' 2>/dev/null`;
    } else {
        (my $program = $source) =~ s/\.c$//;
        my $linked = link_with($program, $object);
        $said = `$linked 2>/dev/null`;
    }
    return $said =~ /^ok \d+ - \Q$test->{name}\E/m;
}

my $rows = Instrument::slurp($table);
my @gates = $rows =~ /^ +\{"([\w.]+)", GATE_/mg;
cmp_ok(scalar @gates, '>', 40, 'the table is found');

sub without_gate {
    my ($gate) = @_;
    (my $text = $rows) =~ s/^ +\{"\Q$gate\E", GATE_.*\n//m;
    return $text;
}

# ---- each row of the table ----
sub gates_pass {
    my $object = object_of($table, $_[0]);
    my $linked = link_with('tests/unit/test_gates', $object);
    return system("$linked >/dev/null 2>&1") == 0;
}
ok(gates_pass($rows), 'the whole table passes');
unless (@ARGV) {
    ok(!gates_pass(without_gate($_)), "$_ is missed when it is taken out") for @gates;
}

# ---- each rule of the agreement; no gate of an article stands outside ----
my %named = map { $_->{rule}{gate} // '' => 1 } Instrument::rows();
is(join(' ', grep { !$named{$_} } $rows =~ /^ +\{"([\w.]+)", GATE_\w+, "[^"]/mg), '',
    'each gate of an article is a rule of some place: tests/instrument.txt');
for my $row (Instrument::rows()) {
    next if @ARGV && !grep { $_ eq $row->{where} } @ARGV;
    my $rule = $row->{rule};
    my $what = "$row->{where} $row->{says}";
    my $fault = Instrument::rule_fault($rule);
    if ($fault) {
        fail("$what: $fault");
        next;
    }
    my $source = $rule->{gate} ? $table : $rule->{file};
    my $whole = Instrument::slurp($source);
    my $text = $rule->{gate} ? without_gate($rule->{gate}) : $whole;
    $text =~ s/\Q$rule->{out}\E/$rule->{in}/ unless $rule->{gate};
    for my $test (@{ $row->{tests} }) {
        ok(passes($test, object_of($source, $whole)), "$what: $test->{file} $test->{name} passes");
        ok(!passes($test, object_of($source, $text)), "$what: and misses it when it is taken out");
    }
}
done_testing();
