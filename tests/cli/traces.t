#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What is typed is found in no file that the program leaves: neither in the case file, its -wal and
# -shm, its copies, nor in HOME or TMPDIR; also after it was killed in the middle.
use strict;
use warnings;
use utf8;
use Encode ();
use File::Find ();
use POSIX ();
use Test::More;

use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;

# Words long enough that chance does not write them.
my @typed = ('Quetzaltenango', 'Zacapuleca', 'Yaxk’uk’ Balam', 'Passport taken away by Emplöyer',
    'shelter behind the market', 'Whispering Director', 'Lucrecia Valdivieso', 'secret-of-the-post');
my $post = init_post(state => 'GT', code => 'GTGUA', officer => 'Lucrecia Valdivieso',
    post => 'Whispering Director', city => 'Quetzaltenango', passphrase => 'secret-of-the-post');
my $file = $post->{file};
my $ours = { map { $_ => 1 } grep { defined } $post->{passphrase_file} };

# The files under the test's folder that hold any of the words, but those that the test wrote.
sub traces {
    my @found;
    File::Find::find({ no_chdir => 1, wanted => sub {
        return if !-f || $ours->{$_};
        my $bytes = read_file($_);
        for my $word (@typed) {
            push @found, "$_: $word" if index($bytes, Encode::encode('UTF-8', $word)) >= 0
                or index($bytes, Encode::encode('UTF-16LE', $word)) >= 0;
        }
    } }, tmp());
    return "@found";
}

is(traces(), '', 'nothing after init');
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'ngo', priority_reason => $typed[4] });
$post->record($case, 'person', { person => 1, surname_1 => 'Zacapuleca', given_names => 'Yaxk’uk’ Balam', nationalities => [ { state => 'GT', proof => 'passport' } ] });
$post->record($case, 'situation', { locality => $typed[4], address => $typed[4] });
$post->record($case, 'ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => $typed[3] });
is(traces(), '', 'nothing after the acts');
like($post->ok('show', $file, $case), qr/Zacapuleca/, 'which are there');
like($post->ok('list', $file, 'zacapul'), qr/Zacapuleca/, 'and are found');
is(traces(), '', 'nothing after a search');

$post->ok('backup', $file, tmp('copy.amparo'));
$post->ok('restore', tmp('copy.amparo'), tmp('again.amparo'));
$post->ok('verify', $file);
is(traces(), '', 'nothing in backups');

# ---- killed in the middle: the payload comes through a pipe, so that it is in no file of ours
my $killed = 0;
for my $round (1 .. 12) {
    pipe my $out, my $in or die $!;
    my $child = fork // die $!;
    if (!$child) {
        POSIX::dup2(fileno $out, 0);
        POSIX::dup2(POSIX::open('/dev/null', &POSIX::O_WRONLY), $_) for 1, 2;
        { exec $Amparo::program, 'record', $file, $case, 'need', '-', '--passphrase-file', $post->{passphrase_file} }
        POSIX::_exit(127);
    }
    close $out;
    print {$in} Encode::encode('UTF-8', to_json_text($round));
    close $in;
    select undef, undef, undef, rand 0.25; # some rounds end before, some after the recording
    $killed += kill 9, $child;
    waitpid $child, 0;
}
is($killed, 12, 'killed, or over by then');
is(traces(), '', 'nothing after a kill');
like($post->ok('verify', $file), qr/\AWhole/, 'and the file is whole');

sub to_json_text { return qq({"need":"shelter","urgency":"now","detail":"$typed[3] $_[0]"}) }

# The test itself would see a word: in a file of its own.
write_file(tmp('plain'), Encode::encode('UTF-8', "x $typed[2] y"));
like(traces(), qr/plain: /, 'a word in the clear is found');
done_testing();
