#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The case file is what man/amparo-casefile.5 says: a reader that was written after that page reads a
# file of today and the golden one, which an earlier program made; and today's program reads that.
# With AMPARO_GOLDEN=FOLDER the file of today is put there, to become the golden one where the
# format has changed.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Fcntl qw(:seek F_SETLK F_RDLCK);
use IO::Compress::Gzip qw(gzip $GzipError);
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use Test::More;

my $reader = ($ENV{AMPARO_BUILD} // 'build') . '/tests/golden/reader';
my $passphrase = 'golden passphrase';
my @ends = ('', '-wal');

sub reads {
    my ($file, $words) = @_;
    my $in = passphrase_file($words // $passphrase);
    my $out = qx("$reader" "$file" < "$in" 2>&1);
    return ($? >> 8, $out);
}

# Who holds the lock of a reader keeps the next writer from bringing the WAL over at its end.
sub lock_as_reader {
    my ($file) = @_;
    open my $held, '+<', $file or die "$file: $!";
    my $lock = pack('s s x![q] q q i x4', F_RDLCK, SEEK_SET, 0x40000002, 510, 0);
    fcntl $held, F_SETLK, $lock or die "$file: $!";
    return $held;
}

sub flip {
    my ($file, $at) = @_;
    my $bytes = read_file($file);
    substr($bytes, $at, 1) ^= "\1";
    write_file($file, $bytes);
}

# What both files hold: the post, its head, a case with two acts, the last one in the WAL.
sub holds {
    my ($file, $name) = @_;
    my ($status, $out) = reads($file);
    is($status, 0, "the reader reads $name") or diag($out);
    like($out, qr/^records [1-9]\d*$/m, 'its WAL');
    like($out, qr/^acts 4$/m, 'its acts, each with its signature');
    like($out, qr/^part 4\.\d: .*a golden word/m, 'and the text of the last one');
    like($out, qr/^case HNTGU-\d+-0001: /m, 'and its case');
    ($status, $out) = reads($file, 'another passphrase');
    is("$status $out", "1 reader: wrong passphrase\n", 'by its passphrase alone');
}

# ---- a file of today
my $post = init_post(passphrase => $passphrase);
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
my ($status, $out) = reads($post->{file});
is($status, 0, 'the reader reads a file without a WAL') or diag($out);
like($out, qr/^records 0\n(?:part .*\n)*acts 3$/m, 'of three acts');
my $held = lock_as_reader($post->{file});
$post->record($case, 'need', { need => 'shelter', urgency => 'now', detail => 'a golden word' });
my %today = map { ($_ => read_file("$post->{file}$_")) } @ends;
close $held;
write_file(tmp("today.amparo$_"), $today{$_}) for @ends;
holds(tmp('today.amparo'), 'a file of today');
if (my $folder = $ENV{AMPARO_GOLDEN}) {
    gzip(\$today{$_} => "$folder/golden.amparo$_.gz", -Level => 9, Minimal => 1) or die $GzipError for @ends;
}

# ---- what the reader looks at
my %places = (3700 => 'key header', 8200 => 'anchor', 16400 => 'page tags', 147500 => 'page');
for my $at (sort { $a <=> $b } keys %places) {
    write_file(tmp("bad.amparo$_"), $today{$_}) for @ends;
    flip(tmp('bad.amparo'), $at);
    # of two copies of the key header the other one is whole
    flip(tmp('bad.amparo'), $at + 4096) if $at < 4096;
    ($status, $out) = reads(tmp('bad.amparo'));
    is($status, 1, "a bit turned over in the $places{$at} is found") or diag($out);
}
write_file(tmp('bad.amparo'), $today{''});
write_file(tmp('bad.amparo-wal'), $today{'-wal'});
flip(tmp('bad.amparo-wal'), 1024 + 100);
is((reads(tmp('bad.amparo')))[0], 1, 'and one in the WAL');

# ---- the golden file
my $stored = ($ENV{AMPARO_SRC} // '.') . '/tests/golden/golden.amparo';
for my $end (@ends) {
    gunzip("$stored$end.gz" => \my $bytes) or die "$stored$end.gz: $GunzipError";
    write_file(tmp("golden.amparo$end"), $bytes);
}
holds(tmp('golden.amparo'), 'the golden file');
my @by = ('--passphrase-file', $post->{passphrase_file});
like(run_ok('verify', tmp('golden.amparo'), @by), qr/^Witness: 4-/m, "and today's program verifies it");
my ($golden) = (reads(tmp('golden.amparo')))[1] =~ /^case (\S+):/m;
like(run_ok('show', tmp('golden.amparo'), $golden, @by), qr/a golden word|shelter/i, 'and shows its case');
done_testing;
