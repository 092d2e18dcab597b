# SPDX-License-Identifier: MIT
package Posts;

# Several posts that know each other's keys, each by the other's card and a telephone check.
#
#   my $p = Posts->begin(hn => { state => 'HN', code => 'HNTGU', … }, mx => { … });
#   my $p = Posts->known_by_cards(…);             # the same without the checks: who is called, call() says
#   $p->{hn}                                      # an Amparo::Post
#   my @files = $p->goes('hn');                   # what is due, as files in the folder that all share
#   my $told = $p->comes('mx', @files);           # what became of each, as JSON
#   $p->round('--receipts');                      # everybody sends, everybody receives
#
# Nothing else is in the folder: {folder}.

use strict;
use warnings;
use utf8;
use Test::More;
use Amparo;

sub begin {
    my ($class, @posts) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $self = $class->known_by_cards(@posts);
    for my $of (@{ $self->{names} }) {
        $self->call($_, $of) for grep { $_ ne $of } @{ $self->{names} };
    }
    return $self;
}

sub known_by_cards {
    my ($class, @posts) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $self = bless { names => [], folder => tmp('pouches') }, $class;
    mkdir $self->{folder};
    while (my ($name, $profile) = splice @posts, 0, 2) {
        push @{ $self->{names} }, $name;
        $self->{$name} = init_post(%$profile);
        $self->{$name}->ok('identity', $self->{$name}{file}, 'new');
    }
    for my $name (@{ $self->{names} }) {
        $self->give_card($name, $_) for grep { $_ ne $name } @{ $self->{names} };
    }
    return $self;
}

sub give_card {
    my ($self, $name, $to) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $card = $self->{$name}->json('identity', $self->{$name}{file}, 'card', '--json')->{card};
    $self->{$to}->ok('trust', $self->{$to}{file}, 'card', $card);
    return;
}

# They call that post, and what is read there agrees.
sub call {
    my ($self, $name, $called) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $of = $self->{$called};
    my $run = $self->{$name}->run('trust', $self->{$name}{file}, 'check', $of->{code}, '--called', $of->{officer},
        '--number', '+504 2230 0000');
    is($run->{status}, 0, $run->{line}) or diag($run->{err});
    return $run;
}

# One of these takes the card of that post, and calls it.
sub introduce {
    my ($self, $name, $to) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $self->give_card($name, $to);
    $self->call($to, $name);
    return;
}

# The Secretariat's file gets two more officers, and the three make the root: its card, and the second of them.
sub found {
    my ($ts, @names) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $ts->ok('identity', $ts->{file}, 'new');
    my @others = map {
        my $path = passphrase_file("the passphrase of $_, longer");
        $ts->ok('officer', $ts->{file}, 'add', $_, '--role', 'officer', '--new-passphrase-file', $path, '--slow-machine');
        bless { %$ts, passphrase_file => $path, officer => $_ }, ref $ts;
    } @names;
    my ($digits, $line) = split /\n/, $ts->ok('directory', $ts->{file}, 'root', $ts->{officer}, @names);
    return ($line, $others[0]);
}

# The files that it writes, in the order of what it says; what it said is in {said}.
sub goes {
    my ($self, $name, @options) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $post = $self->{$name};
    $self->{said} = $post->json('send', $post->{file}, '--to', $self->{folder}, '--json', @options);
    my %seen;
    return grep { defined && !$seen{$_}++ } map { $_->{file} } map { @{ $_->{to} } } @{ $self->{said}{pouches} };
}

sub comes {
    my ($self, $name, @files) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $post = $self->{$name};
    my $run = $post->run('receive', $post->{file}, '--json', @files ? @files : $self->{folder});
    is($run->{status}, 0, $run->{line}) or diag($run->{err});
    return from_json($run->{out});
}

# Those that were not for it aside.
sub taken {
    my ($self, $name, @files) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return grep { $_->{outcome} ne 'not_ours' } @{ $self->comes($name, @files) };
}

sub round {
    my ($self, @options) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @files = map { $self->goes($_, @options) } @{ $self->{names} };
    return 0 if !@files;
    $self->comes($_, @files) for @{ $self->{names} };
    return scalar @files;
}

1;
