# SPDX-License-Identifier: MIT
package Posts;

# Several posts that know each other's keys, each by the other's card and a telephone check.
#
#   my $p = Posts->begin(hn => { state => 'HN', code => 'HNTGU', … }, mx => { … });
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
    my $self = bless { names => [], folder => tmp('pouches') }, $class;
    mkdir $self->{folder};
    while (my ($name, $profile) = splice @posts, 0, 2) {
        push @{ $self->{names} }, $name;
        $self->{$name} = init_post(%$profile);
        $self->{$name}->ok('identity', $self->{$name}{file}, 'new');
    }
    $self->introduce($_) for @{ $self->{names} };
    return $self;
}

# Of that post the others take the card, and call it.
sub introduce {
    my ($self, $name, @to) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $of = $self->{$name};
    my $card = $of->json('identity', $of->{file}, 'card', '--json');
    for my $post (map { $self->{$_} } grep { $_ ne $name } @to ? @to : @{ $self->{names} }) {
        $post->ok('trust', $post->{file}, 'card', $card->{card});
        $post->ok('trust', $post->{file}, 'check', $card->{code}, '--called', $of->{officer}, '--number', '+504 2230 0000');
    }
    return $card;
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
