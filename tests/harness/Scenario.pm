# SPDX-License-Identifier: MIT
package Scenario;

# A case played by commands, one act after the other, at a post with the directory of the demo.
#
#   my $s = Scenario->begin(state => 'HN', code => 'HNGLF', parties => [qw(HN MX)]);
#   my $note = $s->say('note', { … });                    # recorded; its id
#   $s->refused(qr/^6: .*\[A\.note\]/m, 'assist', { … });  # by the instrument: status 3
#   $s->wrong(qr/lies ahead/, 'person', { … });            # it cannot be: status 2
#   $s->whole;                                             # nothing else is in the case
#
# Days count from today, minutes from now: day(-9), at(-20). Whoever refuses must have kept the case
# as it was: whole() holds the acts against what was said.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use POSIX ();
use Test::More;
use Amparo;

our @EXPORT = qw(day at by_mail youngest_minor);

my $now = time;

sub day { return POSIX::strftime('%Y-%m-%d', gmtime($now + 86400 * $_[0])) }
sub at  { return POSIX::strftime('%Y-%m-%dT%H:%M:%S+00:00', gmtime($now + 60 * $_[0])) }

# A birth date of which only the youngest reading is a minor's (all days but 31 December).
sub youngest_minor { return (substr(day(1), 0, 4) - 18) . '-XX-XX' }

# The other side's word: from whom; and what else there is of it.
sub by_mail {
    my ($from, %more) = @_;
    return transcribed => { from => $from, channel => 'email', on => day(0), %more };
}

# ---- the directory of data/demo, as of its own "today"
my $demo = ($ENV{AMPARO_SRC} // '.') . '/data/demo';
my $told = from_json(read_file("$demo/posts.json"));

sub days_of { my ($y, $m, $d) = split /-/, $_[0]; return POSIX::mktime(0, 0, 12, $d, $m - 1, $y - 1900) / 86400 }

sub moved { return day(int(days_of($_[0]) - days_of($told->{today}))) }

sub fill_directory {
    my ($post, $parties) = @_;
    (my $csv = read_file("$demo/directory.csv")) =~ s/(\d{4}-\d\d-\d\d)$/moved($1)/gme;
    write_file(tmp('directory.csv'), $csv);
    $post->run('directory', $post->{file}, 'import', tmp('directory.csv'));
    for my $state (@{ $parties // [ sort keys %{ $told->{parties} } ] }) {
        $post->run('directory', $post->{file}, 'party', $state, '--since', moved($told->{parties}{$state}),
            '--source', $told->{party_source});
    }
    return;
}

sub begin {
    my ($class, %options) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $parties = delete $options{parties};
    my $post = init_post(kind => 'directorate', %options);
    fill_directory($post, $parties);
    return bless { post => $post, file => $post->{file}, said => [], warned => '' }, $class;
}

# Another case of the same post.
sub another {
    my ($self) = @_;
    return bless { %$self, case => undef, said => [], warned => '' }, ref $self;
}

# Another officer of the same post, enrolled where a role is said; works on the case of by().
sub officer {
    my ($self, $name, $role) = @_;
    my $passphrase = "the passphrase of $name";
    if ($role) {
        local $Test::Builder::Level = $Test::Builder::Level + 1;
        $self->{post}->ok('officer', $self->{file}, 'add', $name, '--role', $role, '--slow-machine',
            '--new-passphrase-file', passphrase_file($passphrase));
    }
    my $post = bless { %{ $self->{post} }, officer => $name, passphrase_file => passphrase_file($passphrase) }, 'Amparo::Post';
    return bless { %$self, post => $post }, ref $self;
}

# This case, by that officer.
sub by { my ($self, $officer) = @_; return bless { %$self, post => $officer->{post} }, ref $self }

sub record {
    my ($self, $act, $payload) = @_;
    return $self->{post}->run({ input => to_json($payload) }, 'record', $self->{file}, $self->{case} // 'new', $act, '-');
}

# Recorded: the act's id. What was warned of is in {warned}.
sub say {
    my ($self, $act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = $self->record($act, $payload);
    is("$run->{status}/$run->{signal}", '0/0', "record $act") or diag($run->{err}, to_json($payload));
    my ($reference, $id) = $run->{out} =~ /\A(\S+) ([0-9a-f]{64})\n\z/ or return;
    $self->{case} //= $reference;
    $self->{warned} = $run->{err};
    push @{ $self->{said} }, $act;
    return $id;
}

sub not_taken {
    my ($self, $status, $pattern, $act, $payload) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = $self->record($act, $payload);
    is("$run->{status}/$run->{signal}", "$status/0", "$act is not taken") or diag($run->{err}, to_json($payload));
    like($run->{err}, $pattern, 'and why not is said');
    return $run;
}

sub refused { local $Test::Builder::Level = $Test::Builder::Level + 1; return not_taken($_[0], 3, @_[ 1 .. 3 ]) }
sub wrong   { local $Test::Builder::Level = $Test::Builder::Level + 1; return not_taken($_[0], 2, @_[ 1 .. 3 ]) }

sub show {
    my ($self) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $self->{post}->show($self->{case});
}

# What a command prints of the case.
sub paper {
    my ($self, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return Encode::decode('UTF-8', $self->{post}->ok('print', $self->{file}, $self->{case}, @args));
}

# The same with its lines joined, as sentences run over them.
sub prose { local $Test::Builder::Level = $Test::Builder::Level + 1; return paper(@_) =~ s/\s+/ /gr }

# The answers to a poll, by State.
sub answers {
    my ($self, $round) = @_;
    my ($poll) = grep { $_->{round} == $round } @{ $self->show->{polls} };
    return { map { $_->{state} => $_ } @{ $poll->{replies} } };
}

# The case holds what was said, in its order and signed, and nothing of what was refused.
sub whole {
    my ($self) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $acts = $self->{post}->acts($self->{case});
    is_deeply([ map { $_->{act} } @$acts ], $self->{said}, "$self->{case} holds what was said, and nothing else");
    is_deeply([ grep { $_->{signature} ne 'valid' } @$acts ], [], 'all of it signed');
    like($self->{post}->ok('verify', $self->{file}), qr/\AWhole: /, 'the file is whole');
    return $acts;
}

1;
