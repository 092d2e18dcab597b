#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Work by commands leaves nothing readable behind: case file, -wal and -shm, HOME with its state,
# TMPDIR. After an ordinary end, and after kill -9 of commands at work.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode ();
use File::Find ();
use POSIX ();
use Test::More;

mkdir tmp($_) for qw(place scratch);
my $post = init_post(file => tmp('place/hn.amparo'));
my $file = $post->{file};
my %env = (env => { TMPDIR => tmp('scratch') });
sub day { POSIX::strftime('%Y-%m-%d', gmtime(time + 86400 * $_[0])) }

# All that is given to the program; with at least six letters, since fewer turn up by chance.
my @typed = ('an honest passphrase of the tests', 'Ana Lucía PINEDA', 'Consular Directorate');
my $case = 'new';

sub collect {
    my ($value) = @_;
    return map { collect($_) } @$value       if ref $value eq 'ARRAY';
    return map { collect($_) } values %$value if ref $value eq 'HASH';
    return grep { !ref && length >= 6 } $value;
}

sub record {
    my ($act, $payload) = @_;
    push @typed, collect($payload);
    my $run = $post->run({ %env, input => to_json($payload) }, 'record', $file, $case, $act, '-');
    is($run->{status}, 0, "record $act") or diag($run->{err});
    ($case) = $run->{out} =~ /^(\S+)/ if $case eq 'new';
}

record('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'authority_notice' });
record('person', { person => 1, surname_1 => 'QUEZADA', surname_2 => 'ÁVILA', given_names => 'Nahún Édgar',
    birth_date => '1991-07-23', nationalities => [ { state => 'HN', proof => 'passport' } ] });
record('situation', { locality => 'Ras al-Khaimah', danger_now => JSON::PP::true });
record('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Worked on a building site without pay since April.' });
record('need', { person => 1, need => 'labour_claim', urgency => '72h', detail => 'A lawyer who reads the contract.' });
record('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });
push @typed, map { lc } grep { /\A[A-Za-z ]+\z/ } @typed;
push @typed, 'avila, nahun edgar', $case;

# A printer that lays down nothing, either.
mkdir tmp('bin');
write_file(tmp('bin/lp'), "#!/bin/sh\nexec cat >/dev/null\n");
chmod 0755, tmp('bin/lp');
$env{env}{PATH} = tmp('bin') . ":$ENV{PATH}";

# The commands that read it.
my @draws = -x "$ENV{AMPARO_BUILD}/amparo-pdf" ? ([ 'print', $file, $case, '--pdf' ], [ 'print', $file, $case, '--pdf', '--printer', 'hall' ]) : ();
for my $command ([ 'list', $file, 'quezada' ], [ 'show', $file, $case ], [ 'acts', $file, $case, '--json' ],
    [ 'print', $file, $case ], [ 'print', $file, $case, '--text', '--printer', 'hall' ], @draws, [ 'verify', $file ])
{
    is($post->run({%env}, @$command)->{status}, 0, "@$command[0, 3 .. $#$command]");
}

# The texts found in the files below the folders, and how many files there were.
sub traces {
    my ($files, @found) = (0);
    File::Find::find({ no_chdir => 1, wanted => sub {
        return unless -f;
        $files++;
        my $bytes = read_file($_);
        for my $text (@typed) {
            my $plain = Encode::encode('UTF-8', $text);
            push @found, "$_: $text" if $bytes =~ /\Q$plain\E/i;
        }
    } }, grep { -d } tmp('place'), tmp('home'), tmp('scratch'));
    return ($files, @found);
}

my ($files, @found) = traces();
cmp_ok($files, '>=', 1, 'there are files');
is("@found", '', 'and none shows what was given') or diag(join "\n", @found);

# Killed at work: the log is still there, and shows nothing either. A command may be quicker than
# the kill: then another is.
my $log = 0;
for my $round (1 .. 40) {
    last if $log && $round > 4;
    my $payload = { need => 'legal', urgency => 'week', detail => "Statement of the foreman, page $round." };
    push @typed, $payload->{detail};
    my $ready = tmp("input-$round");
    write_file($ready, to_json($payload));
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        $ENV{HOME} = tmp('home');
        $ENV{TMPDIR} = tmp('scratch');
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        { no warnings 'exec'; exec $Amparo::program, 'record', $file, $case, 'need', $ready, $post->key }
        POSIX::_exit(127);
    }
    # Not by the clock: as soon as its log shows that it is at work, or when it has ended.
    my $before = -s "$file-wal" // 0;
    1 while !waitpid($pid, POSIX::WNOHANG()) && (-s "$file-wal" // 0) == $before;
    kill 'KILL', $pid if kill 0, $pid;
    waitpid $pid, 0;
    $log ||= -s "$file-wal";
    (undef, my @left) = traces();
    is("@left", '', "killed, round $round") or diag(join "\n", @left);
}
ok($log, 'a killed program left its log');
is($post->run('verify', $file)->{status}, 0, 'the file is whole');

# The search finds what is there.
write_file(tmp('scratch/trace'), "\x01\xFFsaid to be on a BUILDING SITE WITHOUT PAY, by "
      . Encode::encode('UTF-8', 'QUEZADA'));
is(scalar(() = (traces())), 1 + 2, 'a trace is found in both spellings');

done_testing();
