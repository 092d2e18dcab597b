# SPDX-License-Identifier: MIT
# Reads tests/instrument.txt, and knows which tests there are.
package Instrument;
use strict;
use warnings;

my $top = $ENV{AMPARO_SRC} // '.';
my %seen;

sub slurp {
    my ($path) = @_;
    return $seen{$path} //= do {
        open my $in, '<', "$top/$path" or return '';
        local $/;
        scalar <$in>;
    };
}

# The rows, in their order: { where, says, line, rule => { gate } or { file, out, in }, tests }.
sub rows {
    my (@rows, $row, $text);
    open my $in, '<', "$top/tests/instrument.txt" or die "tests/instrument.txt: $!";
    while (<$in>) {
        chomp;
        if ($text && /^\s+\S/) { $$text .= "\n$_"; next } # the text goes on
        undef $text;
        next if /^(#|$)/;
        if (/^(\S+)\s+(\S.*)$/ && !/^(rule|out|in|test)\b/) {
            push @rows, $row = { where => $1, says => $2, line => $., rule => {}, tests => [] };
        } elsif (/^rule gate (\S+)$/) { $row->{rule}{gate} = $1 }
        elsif (/^rule (\S+)$/)        { $row->{rule}{file} = $1 }
        elsif (/^(out|in) ?(.*)$/)    { $row->{rule}{$1} = $2; $text = \$row->{rule}{$1} }
        elsif (/^test (\S+): (.+)$/)  { push @{ $row->{tests} }, { file => $1, name => $2 } }
        else { die "tests/instrument.txt: line $.: $_\n" }
    }
    return @rows;
}

# What is wrong with a rule; undef: it is there, in one place.
sub rule_fault {
    my ($rule) = @_;
    if (my $gate = $rule->{gate}) {
        my @rows = slurp('src/agreement/gate_rows.c') =~ /^ +\{"\Q$gate\E", GATE_/mg;
        return @rows == 1 ? undef : "no gate $gate";
    }
    return 'no rule' unless $rule->{file} && defined $rule->{out} && defined $rule->{in};
    my $count = () = slurp($rule->{file}) =~ /\Q$rule->{out}\E/g;
    return $count == 1 ? undef : "$rule->{file}: $count times: $rule->{out}";
}

# The source of a test: tests/unit/test_NAME.c, or a script under tests/.
sub source {
    my ($test) = @_;
    return "tests/$test->{file}" if $test->{file} =~ /\.t$/;
    my ($folder, $name) = $test->{file} =~ m{^(\w+)/(\w+)$} or return '';
    return "tests/$folder/test_$name.c";
}

# What is wrong with a test; undef: it is there, and it is run.
sub test_fault {
    my ($test) = @_;
    my $path = source($test);
    my $text = slurp($path);
    my ($folder) = $path =~ m{^tests/(\w+)/};
    my $list = slurp("tests/local.mk") . ($folder ? slurp("tests/$folder/local.mk") : '');
    return "no $test->{file}" unless length $text;
    if ($path =~ /\.t$/) {
        return "$path is not run" unless $list =~ /\Q$path\E\b/;
        return index($text, $test->{name}) >= 0 ? undef : "$path has no \"$test->{name}\"";
    }
    (my $program = $path) =~ s/\.c$//;
    return "$program is not run" unless $list =~ /\Q$program\E\b/;
    return index($text, $test->{name}) >= 0 ? undef : "$path has no \"$test->{name}\""
        unless $test->{name} =~ /^\w+$/;
    return "$path has no $test->{name}()" unless $text =~ /^static void \Q$test->{name}\E\(/m;
    return $text =~ /cmocka_unit_test\w*\(\s*\Q$test->{name}\E\b/ || $text =~ /\b\w+\(\Q$test->{name}\E\)/
        ? undef : "$path does not run $test->{name}()";
}

1;
