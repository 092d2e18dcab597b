# SPDX-License-Identifier: MIT
package Amparo;

# Runs the program for tests of the command line: one command, what goes in, what comes out.
#
#   use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
#   use Amparo;
#
#   my $run = run('assess', $path);                  # {status}, {signal}, {out}, {err}
#   my $run = run({ input => $json }, 'assess', '-');
#   my $out = run_ok('list', $file);                 # status 0 and no word on standard error
#   my $tree = run_json('show', $file, $case, '--json');
#   run_fails(3, qr/Art\. 6/, 'record', …);          # status, and a line on standard error
#
#   my @shares = shares($out);                       # the recovery shares in what was printed
#
#   my $post = init_post(state => 'HN', code => 'HNTGU');
#   my ($case, $act) = $post->record('new', 'open', { … });
#   my $tree = $post->show($case);
#   $post->fails(3, qr/Art\. 6/, 'record', $post->{file}, $case, …);
#
# Hermetic: every command gets a clean environment (C.UTF-8, English, UTC, a HOME of the test's
# own). The test's folder is tmp(), removed at its end; AMPARO names the program.

use strict;
use warnings;
use utf8;
use Encode ();
use Exporter 'import';
use File::Temp ();
use JSON::PP ();
use POSIX ();
use Test::More;

our @EXPORT = qw(run run_ok run_json run_fails tmp write_file read_file to_json from_json
  passphrase_file init_post shares);

our $program = $ENV{AMPARO} // 'build/amparo';

# A command that takes longer than this hangs.
our $deadline_s = 120;

binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output,
  Test::More->builder->todo_output;

my $folder;
my $json = JSON::PP->new->utf8->canonical->allow_nonref;

# The test's own folder; with a name, a path in it.
sub tmp {
    my ($name) = @_;
    $folder //= File::Temp->newdir('amparo-test-XXXXXX', TMPDIR => 1);
    return defined $name ? "$folder/$name" : "$folder";
}

# Files of bytes (0600); both die where that fails.
sub write_file {
    my ($path, $bytes) = @_;
    sysopen my $out, $path, POSIX::O_WRONLY | POSIX::O_CREAT | POSIX::O_TRUNC, 0600
      or die "$path: $!";
    binmode $out;
    print {$out} $bytes or die "$path: $!";
    close $out          or die "$path: $!";
    return $path;
}

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!";
    local $/;
    my $bytes = <$in>;
    return $bytes // '';
}

# Perl's data and JSON bytes.
sub to_json   { return $json->encode($_[0]) }
sub from_json { return $json->decode($_[0]) }

# A file with that passphrase and a newline.
sub passphrase_file {
    my ($passphrase) = @_;
    my $name = 'passphrase-' . unpack 'H*', Encode::encode('UTF-8', $passphrase);
    return write_file(tmp($name), Encode::encode('UTF-8', "$passphrase\n"));
}

sub environment {
    my ($more) = @_;
    my $home = tmp('home');
    mkdir $home;
    my %env = (
        PATH            => $ENV{PATH},
        LANG            => 'C.UTF-8',
        LANGUAGE        => 'en',
        TZ              => 'UTC',
        TERM            => 'dumb',
        HOME            => $home,
        XDG_CONFIG_HOME => "$home/.config",
        XDG_DATA_HOME   => "$home/.local/share",
        XDG_STATE_HOME  => "$home/.local/state",
        XDG_CACHE_HOME  => "$home/.cache",
        XDG_RUNTIME_DIR => "$home/.run",
        (map { defined $ENV{$_} ? ($_ => $ENV{$_}) : () }
              qw(TMPDIR AMPARO_TEXTDOMAINDIR ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS)),
        %{ $more // {} },
    );
    return \%env;
}

sub bytes { return map { Encode::is_utf8($_) ? Encode::encode('UTF-8', $_) : $_ } @_ }

# In the child process: never returns.
sub become {
    my ($options, $in, $out, $err, @command) = @_;
    my $env = environment($options->{env});
    %ENV = map { $_ => $env->{$_} } grep { defined $env->{$_} } keys %$env;
    chdir $options->{cwd} or POSIX::_exit(127) if defined $options->{cwd};
    POSIX::setsid(); # no terminal to ask on
    $SIG{$_} = 'IGNORE' for @{ $options->{ignores} // [] };
    alarm $deadline_s;
    open STDIN,  '<:raw',  $in  or POSIX::_exit(127);
    open STDOUT, '>:raw',  $options->{stdout} // $out or POSIX::_exit(127);
    open STDERR, '>:raw',  $err or POSIX::_exit(127);
    { no warnings 'exec'; exec { $command[0] } @command }
    print STDERR "$command[0]: $!\n";
    POSIX::_exit(127);
}

# run([{ input => bytes, env => {…}, cwd => path, stdout => path, ignores => [signal, …] }], arguments…)
my $runs = 0;

sub run {
    my $options = ref $_[0] eq 'HASH' ? shift : {};
    my @command = bytes($program, @_);
    my ($in, $out, $err) = map { tmp("run-$$-$runs.$_") } qw(in out err);
    $runs++;
    write_file($in, $options->{input} // '');
    my $pid = fork // die "fork: $!";
    become($options, $in, $out, $err, @command) if $pid == 0;
    waitpid $pid, 0;
    my %run = (
        status => $? >> 8,
        signal => $? & 127,
        out    => -e $out ? read_file($out) : '',
        err    => Encode::decode('UTF-8', read_file($err)),
        line   => join(' ', 'amparo', map { Encode::decode('UTF-8', $_) } @command[ 1 .. $#command ]),
    );
    unlink $in, $out, $err;
    diag("$run{line}: ended by signal $run{signal}\n$run{err}") if $run{signal};
    return \%run;
}

# Passes when the command does what it should and is silent on standard error; returns its output.
sub run_ok {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = run(@_);
    is("$run->{status}/$run->{signal} $run->{err}", '0/0 ', $run->{line});
    return $run->{out};
}

# As run_ok, for a command whose output is one JSON document: the data, or undef.
sub run_json {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $out = run_ok(@_);
    my $tree = eval { from_json($out) };
    ok(defined $tree, 'which is JSON') or diag($@, $out);
    return $tree;
}

# Passes when the command ends with that status, says a matching line, and prints nothing else.
sub run_fails {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($status, $pattern, @rest) = @_;
    my $run = run(@rest);
    is("$run->{status}/$run->{signal}", "$status/0", $run->{line}) or diag($run->{err});
    like($run->{err}, $pattern, 'and says why');
    is($run->{out}, '', 'and prints nothing');
    return $run;
}

# The recovery shares on the sheets that a command printed, a line each.
sub shares {
    my ($out) = @_;
    return map { join(' ', grep { /\S/ } split /\s+/, $_) . "\n" } $out =~ /((?:^ {8}(?:[0-9A-Z]{5} ?)+\n){3})/mg;
}

# A new case file of a post: { file, passphrase_file, officer, code, state }.
sub init_post {
    my %post = (
        state      => 'HN',
        code       => 'HNTGU',
        post       => 'Consular Directorate',
        country    => 'HN',
        city       => 'Tegucigalpa',
        kind       => 'directorate',
        officer    => 'Ana Lucía PINEDA',
        passphrase => 'an honest passphrase of the tests',
        @_,
    );
    my $self = bless {
        file            => $post{file} // tmp("$post{code}.amparo"),
        passphrase_file => passphrase_file($post{passphrase}),
        officer         => $post{officer},
        code            => $post{code},
        state           => $post{state},
    }, 'Amparo::Post';
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = run('init', $self->{file}, (map { ("--$_" => $post{$_}) }
        qw(state code post country city kind officer)), '--slow-machine',
        '--passphrase-file' => $self->{passphrase_file});
    is("$run->{status}/$run->{signal}", '0/0', "$run->{line}") or diag($run->{err});
    $self->{init} = $run;
    return $self;
}

package Amparo::Post;

# The commands on that file, with its passphrase.
sub key { my ($self) = @_; return ('--passphrase-file' => $self->{passphrase_file}) }

# Options of run(), if any, stand first: they come before the command.
sub split_options {
    my @args = @_;
    return ref $args[0] eq 'HASH' ? @args : ({}, @args);
}

sub run {
    my ($self, @rest) = @_;
    my ($options, @args) = split_options(@rest);
    return Amparo::run($options, @args, $self->key);
}

sub ok {
    my ($self, @rest) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($options, @args) = split_options(@rest);
    return Amparo::run_ok($options, @args, $self->key);
}

sub json {
    my ($self, @rest) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($options, @args) = split_options(@rest);
    return Amparo::run_json($options, @args, $self->key);
}

sub fails {
    my ($self, $status, $pattern, @rest) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($options, @args) = split_options(@rest);
    return Amparo::run_fails($status, $pattern, $options, @args, $self->key);
}

# Records one act: (case reference, act id in hex), or nothing when it was not taken.
sub record {
    my ($self, $case, $act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $out = $self->ok({ input => Amparo::to_json($payload) }, 'record', $self->{file}, $case,
        $act, '-');
    return $out =~ /^(\S+) ([0-9a-f]+)\n\z/ ? ($1, $2) : ();
}

sub record_fails {
    my ($self, $status, $pattern, $case, $act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $self->fails($status, $pattern, { input => Amparo::to_json($payload) }, 'record',
        $self->{file}, $case, $act, '-');
}

sub show {
    my ($self, $case) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $self->json('show', $self->{file}, $case, '--json');
}

sub acts {
    my ($self, $case) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $self->json('acts', $self->{file}, $case, '--json');
}

1;
