# SPDX-License-Identifier: MIT
package Linear;

# The program with --linear in pipes, as somebody works with it who reads one line after the other.
#
#   my $l = Linear->begin($file, $passphrase);   # unlocked; {said} is what it said last
#   my $said = $l->type('n');                    # a line; what came up to the next question
#   $l->row(qr/Mexico/, 'r');                    # the row that says so, and a command on it
#   $l->fill('Where now' => 'emirates', …);      # in a form: to each field, and its answer
#   $l->record(qr/Recorded/, …);                 # the same, then :done
#   $l->kill; $l->end;                           # kill -9; the end of the input
#   $l->{all}                                    # everything that it ever said
#
# A question is output that ends without a newline: the program waits then.

use strict;
use warnings;
use utf8;
use Encode ();
use POSIX ();
use Test::More;
use Amparo;

# begin([{ env => {…}, args => […] }], file, passphrase)
sub start {
    my ($class, @rest) = @_;
    my $options = ref $rest[0] eq 'HASH' ? shift @rest : {};
    my ($file) = @rest;
    my $env = Amparo::environment($options->{env}); # before the fork: its folder is the test's
    pipe my $in,  my $to   or die "pipe: $!";
    pipe my $out, my $from or die "pipe: $!";
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        %ENV = map { $_ => $env->{$_} } grep { defined $env->{$_} } keys %$env;
        POSIX::dup2(fileno $in, 0);
        POSIX::dup2(fileno $from, 1);
        POSIX::setsid();
        alarm 120;
        close $_ for $to, $out;
        exec { $Amparo::program } Amparo::bytes($Amparo::program, '--linear', @{ $options->{args} // [] },
            defined $file ? $file : ())
          or POSIX::_exit(127);
    }
    close $_ for $in, $from;
    my $self = bless { pid => $pid, to => $to, out => $out, said => '', all => '' }, $class;
    $self->listen;
    return $self;
}

sub begin {
    my ($class, @rest) = @_;
    my $passphrase = pop @rest;
    my $self = $class->start(@rest);
    $self->type($passphrase);
    return $self;
}

# Up to the next question, or the end.
sub listen {
    my ($self) = @_;
    my $bytes = '';
    while (sysread $self->{out}, $bytes, 65536, length $bytes) {
        last if $bytes !~ /\n\z/;
    }
    $self->{said} = Encode::decode('UTF-8', $bytes =~ s/\A\n//r);
    $self->{all} .= $self->{said};
    return $self->{said};
}

sub type {
    my ($self, $line) = @_;
    local $SIG{PIPE} = 'IGNORE';
    syswrite $self->{to}, Encode::encode('UTF-8', "$line\n");
    return $self->listen;
}

# All that is on the screen, as far as one has to go on for it.
sub whole {
    my ($self) = @_;
    my $said = $self->type('again');
    $said .= $self->type('') while $self->{said} =~ /more lines?: Enter\.$/m;
    return $said;
}

sub row {
    my ($self, $pattern, $command) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($number) = $self->whole =~ /^(\d+) [^\n]*$pattern/m;
    ok(defined $number, "a row says $pattern") or return diag($self->{said});
    return $self->type(defined $command ? "$number $command" : $number);
}

sub fill {
    my ($self, @fields) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    while (my ($label, $answer) = splice @fields, 0, 2) {
        like($self->type("=$label"), qr/^\Q$label\E[^\n]*: \z/m, "asks: $label");
        $self->type($_) for split /\n/, $answer, -1;
    }
    return;
}

sub record {
    my ($self, $pattern, @fields) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $self->fill(@fields);
    return like($self->done, $pattern, "done: $pattern");
}

# :done, and once more where values are only offered: each is looked at, or all are taken.
sub done {
    my ($self) = @_;
    my $said = $self->type(':done');
    return $said =~ /^Only offered: /m ? $self->type(':done') : $said;
}

sub see {
    my ($self, @patterns) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    like($self->{said}, $_, "says $_") for @patterns;
    return;
}

sub kill {
    my ($self) = @_;
    kill 'KILL', $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

# The end of the input: the exit status.
sub end {
    my ($self) = @_;
    close $self->{to};
    $self->listen;
    waitpid $self->{pid}, 0;
    return $?;
}

1;
