#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# verify --accept-loss: a file that is refused goes on with what is there, by a head of post.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $luis = passphrase_file('of Luis');
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--new-passphrase-file', $luis);
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
my $acts = to_json($post->acts($case));
my ($code) = $post->ok('verify', $file) =~ /^Witness: (\S+)$/m;

# Both copies of the anchor.
sub flip { my ($bytes, @at) = @_; substr($bytes, $_, 1) ^= "\1" for @at; return $bytes }
my $bad = flip(read_file($file), 8192 + 20, 12288 + 20);
write_file($file, $bad);
$post->fails(4, qr/anchor.*--accept-loss/, 'list', $file);
my @accept = ('verify', $file, '--accept-loss');

# ---- nobody else, and not unasked
$post->fails(2, qr/no terminal to ask on; --yes/, @accept);
run_fails(3, qr/only a head of post accepts a loss/, @accept, '--yes', '--passphrase-file', $luis);
run_fails(4, qr/wrong passphrase/, @accept, '--yes', '--passphrase-file', passphrase_file('wrong'));
$post->fails(2, qr/--accept-loss goes with/, @accept, '--yes', '--salvage', tmp('x'));
$post->fails(2, qr/mistyped/, @accept, '--yes', '--witness', '1-AAAA-BBBB-CCCC');
is(read_file($file), $bad, 'nothing has changed');
is_deeply([ grep { !m{/\Q$file\E\z} } glob "$file*" ], [$file], 'nor lies beside it');

# ---- by a head
my $out = $post->ok(@accept, '--yes', '--witness', $code);
like($out, qr/^both copies of its anchor are damaged/m, 'says what is lost');
like($out, qr/goes on with what is there, up to act 4/, 'and how far it goes');
like($out, qr/\Q$file\E\.refused/, 'and where the old one is');
is(read_file("$file.refused"), $bad, 'as it was');
is((stat $file)[2] & 07777, 0600, 'the new one is its owner\'s alone');
is(to_json($post->acts($case)), $acts, 'the acts are there');
like($post->ok('verify', $file, '--witness', $code), qr/^act 5: a head of post accepted a loss/m, 'verify tells of it');
run_ok('list', $file, '--passphrase-file', $luis);
$post->record($case, 'need', { need => 'shelter', urgency => 'now' });
$post->fails(2, qr/nothing is lost/, @accept, '--yes');

# ---- once more: the name of before is taken
my $before = read_file($file);
$post->record($case, 'need', { need => 'legal', urgency => 'now' });
write_file($file, flip(read_file($file), 8192 + 20, 12288 + 20));
like($post->ok(@accept, '--yes'), qr/\Q$file\E\.refused-2/, 'another name');
is(read_file("$file.refused"), $bad, 'what was kept is kept');

# ---- the copy of the commits alone: it opens, and says so until something is committed
is($post->run('list', $file)->{err}, '', 'a whole file says nothing');
write_file($file, flip(read_file($file), 12288 + 20));
my $open = $post->run('list', $file);
is($open->{status}, 0, 'it opens by the other copy');
like($open->{err}, qr/A copy of what was committed last is gone/, 'and says so');
$post->ok('passphrase', $file, '--slow-machine', '--new-passphrase-file', $post->{passphrase_file});
is($post->run('list', $file)->{err}, '', 'and then it is whole');

done_testing();
