#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The witness of a file: at the foot of every print, at the end of verify; and what it tells.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $open = { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' };
my $code = qr/\d+(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/;

sub witness { my ($path) = @_; my ($found) = $post->ok('verify', $path // $file) =~ /^Witness: ($code)$/m; return $found // '' }

my ($case) = $post->record('new', 'open', $open);
my $first = witness();
like($first, qr/\A3-/, 'verify says it, with the number of the last act');
is(witness(), $first, 'and says the same where nothing was recorded');

# ---- on prints
like($post->ok('print', $file, $case), qr/^\Q$case\E  Case summary +Copy 1  Log \Q$first\E  page 1 of \d+$/m, 'at the foot of a print');
like($post->ok('print', $file, $case, 'costs', '--lang', 'es'), qr/ Registro \Q$first\E  p\S+gina 1 de 1$/m, 'in the language of the print');
$post->record($case, 'need', { need => 'shelter', urgency => 'now' });
my $second = witness();
like($second, qr/\A4-/, 'it moves with every act');
my @feet = grep { /page \d+ of \d+/ } split /\n/, $post->ok('print', $file, $case);
is(scalar(grep { !/Log \Q$second\E  page/ } @feet), 0, 'on every page');
ok(@feet, 'of which there are');

# ---- what it tells
like($post->ok('verify', $file, '--witness', $second), qr/witnessed as \Q$second\E; acts recorded since then: 0\./, 'the state of now');
like($post->ok('verify', $file, '--witness', $first), qr/witnessed as \Q$first\E; acts recorded since then: 1\./, 'an earlier one');
like($post->ok('verify', $file, '--witness', lc($first =~ tr/-/ /r)), qr/since then: 1\./, 'as somebody types it');
(my $wrong = $second) =~ s/([0-9A-Z])\z/$1 eq 'Z' ? 'Y' : 'Z'/e;
run_fails(2, qr/\Q$wrong\E: the code is mistyped/, 'verify', $file, '--witness', $wrong);
run_fails(2, qr/needs a value/, 'verify', $file, '--witness');

my $copy = tmp('copy.amparo');
write_file($copy, read_file($file));
$post->record($case, 'need', { need => 'legal', urgency => 'now' });
my $third = witness();
like($post->ok('verify', $copy), qr/\AWhole/, 'an old copy is whole in itself');
$post->fails(4, qr/old copy: it ends with act 4, and act 5 was witnessed \(\Q$third\E\)/, 'verify', $copy, '--witness', $third);
{
    local $post->{file} = $copy;
    $post->record($case, 'need', { need => 'medical', urgency => 'now' });
}
$post->fails(4, qr/another history: up to act 5 .*\(\Q$third\E\)/, 'verify', $copy, '--witness', $third);
like($post->ok('verify', $copy, '--witness', $second), qr/since then: 1/, 'the part that both have');

# ---- a damaged file is held against it too, where the damage lies in a page of something else
my $bytes = read_file($copy);
my $both = 0;
for my $page (1 .. 8) {
    my $damaged = $bytes;
    substr($damaged, -4096 * $page + 100, 1) ^= "\1";
    write_file($copy, $damaged);
    my $run = $post->fails(4, qr/page \d+ is damaged/, 'verify', $copy, '--witness', $third);
    $both++ if $run->{err} =~ qr{another history: up to act 5};
}
cmp_ok($both, '>', 0, 'with what else is wrong');

# ---- commands whose output scripts read say nothing more in a pipe
my $record = $post->run({ input => to_json({ need => 'shelter', urgency => 'now' }) }, 'record', $file, $case, 'need', '-');
is($record->{err}, '', 'record is quiet in a pipe');

done_testing();
