#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Every one of keyboard.md's thirty rules has its test by number, a test that is run; and every type
# of screen is in the table from which the checks of all screens are made.
use strict;
use warnings;
use Test::More;

my $top = $ENV{AMPARO_SRC} // '.';

sub slurp {
    my ($path) = @_;
    open my $in, '<', $path or die "$path: $!";
    local $/;
    return scalar <$in>;
}

my %files = (
    move       => [ 1 .. 6 ],
    keys       => [ 7 .. 11 ],
    values     => [ 12 .. 21 ],
    validation => [ 18, 22 .. 24 ],    # what is to be asked later counts in the gates
    safety     => [ 25 .. 28 ],
    telling    => [ 29, 30 ],
);
my $lists = slurp("$top/tests/tui/local.mk");
my (%tests, %defined);
for my $name (sort keys %files) {
    my $path = "$top/tests/tui/test_rules_$name.c";
    my $text = -e $path ? slurp($path) : '';
  SKIP: {
        skip "test_rules_$name.c is not here yet", 1 unless $text;
        like($lists, qr{tests/tui/test_rules_$name\b}, "test_rules_$name is one of the tests");
    }
    $defined{$1}++ while $text =~ /^static void (rule_\d\d_\w+)\(/mg;
    my ($run) = $text =~ /^int main\(.*?\n(.*)/ms;
    while (($run // '') =~ /\b(rule_(\d\d)_\w+)/g) {
        my ($test, $rule) = ($1, $2 + 0);
        push @{ $tests{$rule} }, $test;
        ok(0, "$test stands where it belongs") unless grep { $_ == $rule } @{ $files{$name} };
    }
}
for my $rule (1 .. 30) {
    my ($name) = grep { my $n = $_; grep { $_ == $rule } @{ $files{$n} } } sort keys %files;
    local our $TODO = -e "$top/tests/tui/test_rules_$name.c" ? undef : "tests of $name are still to come";
    ok(scalar @{ $tests{$rule} // [] }, sprintf 'rule %d: %s', $rule, "@{ $tests{$rule} // ['none'] }");
}
is(join(' ', grep { my $t = $_; !grep { $_ eq $t } map { @$_ } values %tests } sort keys %defined),
    '', 'no test of a rule is written and not run');

# ---- the table of all screens ----

my $types = slurp("$top/src/tui/screentypes.c");
for my $path (glob("$top/src/tui/*.c"), glob("$top/src/tui/screens/*.c")) {
    my $text = slurp($path);
    while ($text =~ /^(static )?const struct screen_type (\w+) = /mg) {
        my ($static, $type) = ($1, $2);
        ok(!$static && $types =~ /&$type\b/, "$type is in screentypes.c");
    }
}

# ---- and of the walk through them ----

my $walk = slurp("$top/tests/tui/walk.c");
# One comes from unlock; both is seen by two officers, many after an act on several cases, the others
# before there is a case file (test_first). What shows another post's pouches or keys needs that post
# (test_pouch, test_trust).
my %passing = map { $_ => 1 }
    qw(unlock both many welcome founding_screen foundnow newpass sheets
    letter outpost handtext handcodes callform cardview keycard makeroot revoke trustwhy);
for my $path (glob("$top/src/tui/*.c"), glob("$top/src/tui/screens/*.c")) {
    my $text = slurp($path);
    while ($text =~ /^const struct screen_type (\w+)_type = /mg) {
        my $type = $1;
        next if $passing{$type};
        (my $short = $type) =~ s/_screen$//;
        $short =~ s/^helptext$/help/;
        (my $dashed = $short) =~ s/^helplog$/help-log/;
        $dashed =~ s/^actform$/form/;
        $dashed =~ s/^actview$/act/;
        ok($walk =~ /\{"(?:\Q$dashed\E|\Q$short\E)",\s/, "$type is walked to");
    }
}
done_testing();
