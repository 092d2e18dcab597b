#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What goes wrong in every office: each refused or handled with a clear message, and nothing lost.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX ();
use Scenario;
use Test::More;

my $s = Scenario->begin(state => 'HN', code => 'HNDIR', parties => [qw(MX)]);
my ($post, $file) = @$s{qw(post file)};
my @shares = shares($post->{init}{out});
my %person = (person => 1, surname_1 => 'AGUILUZ', given_names => 'Dunia', birth_date => '1993-09-21', nationalities => [ { state => 'HN', proof => 'passport' } ]);
my %poll = (round => 1, to => ['MX'], reply_by => day(3));
my %mexico = (state => 'MX', office => 'Embassy', city => 'Beirut');

sub requirement { my ($id) = @_; return (grep { $_->{id} eq $id } @{ $s->show->{persons}[0]{requirements} })[0] }

# ---- what cannot be true is not taken, and the field is named
$s->say('open', { role => 'requesting', receiving_state => 'LB', priority => 'urgent', source => 'phone' });
$s->wrong(qr/birth_date: .*lies ahead of now/, 'person', { %person, birth_date => day(2) });
my @mrz = ('P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<', 'E123456<<3HND9803145F29063020801199800123<68');
(my $digit = $mrz[1]) =~ s/<<3HND/<<4HND/;
$s->wrong(qr/mrz: .*document number/i, 'person', { %person, mrz => "$mrz[0]\n$digit" });
($digit = $mrz[1]) =~ s/9803145F/9803144F/;
$s->wrong(qr/mrz: .*birth/i, 'person', { %person, mrz => "$mrz[0]\n$digit" });
$s->say('person', \%person);
$s->say('ground', { person => 1, code => 'G1', perpetrator => 'civilian', facts => 'Robbed on the way.' });
$s->say('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });

# ---- only an honorary consul there
is(requirement('R3')->{status}, 'met', 'an honorary consul is no office (7.3)');
like(requirement('R3')->{reason}, qr/honorary/i, 'and is named');

# ---- a State that is not a Party yet
is(requirement('R2')->{status}, 'not_met', 'Honduras takes no part yet');
$s->refused(qr/^7\.2: /m, 'poll', \%poll);
$post->ok('directory', $file, 'party', 'HN', '--since', day(10), '--source', 'circular note');
$s->refused(qr/^7\.2: /m, 'poll', \%poll);
$post->run('directory', $file, 'party', 'HN', '--since', day(-30), '--source', 'circular note');
is(requirement('R2')->{status}, 'met', 'from the day on which it does');
$s->say('decide', { decision => 'applies', reason => 'Robbed by civilians; no office there.' });
$s->say('notify', { event => $_ }) for qw(poll request);

# ---- the same State on both sides; one that is no Party
$s->wrong(qr/to\[0\]: HN is the State of nationality/, 'poll', { %poll, to => ['HN'] });
$s->wrong(qr/State of nationality/, 'reply', { state => 'HN', round => 1, legal => 'yes', material => 'yes', offer => \1, services => ['legal'], by_mail('Honduras') });
$s->another->wrong(qr/assists nationals of other States/, 'open', { role => 'assisting', receiving_state => 'LB', requesting_state => 'HN', priority => 'routine', source => 'phone' });
$s->say('poll', { %poll, to => [qw(MX US)] });
like($s->{warned}, qr/^7\.6: warning: United States: no Party yet/m, 'who takes no part is named');

# ---- a note dated before the instrument
$s->say('reply', { state => 'MX', round => 1, legal => 'yes', material => 'yes', offer => \1, services => ['medical'], by_mail('Mexico') });
$s->say('choose', { state => 'MX', reason => 'It offers.' });
$s->say('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'telephone', on => day(0) });
$s->say('authorise', { what => 'request', by => 'Dirección', reference => 'D-1', on => day(0) });
$post->run('directory', $file, 'instrument', 'in_force', '--since', day(-5));
my %request = (kind => 'REQ', direction => 'out', to => \%mexico, at => at(-5), scope => 'A doctor.');
my $early = $s->say('note', { %request, date => day(-6) });
like($s->{warned}, qr/^9: warning: .*before the instrument was in force \(@{[day(-5)]}\)/m, 'dated before the instrument was in force');
$s->say('annul', { note => $early, reason => 'Dated before the instrument.' });
my $note = $s->say('note', { %request, date => day(-5) });
unlike($s->{warned}, qr/^9: /m, 'on its day it is right');
$s->wrong(qr/date: .*lies ahead of now/, 'note', { %request, date => day(2) });

# ---- a directory older than 180 days
my ($old) = grep { $_->{state} eq 'US' } @{ $post->json('directory', $file, 'who', 'LB', '--for', 'HN', '--json')->{missions} };
cmp_ok($old->{age_days} // 0, '>', 180, 'the line of the United States is old') or diag(to_json($old));
like($s->prose('summary'), qr/United States [^(]*\d+ days old \(old: ask for a new one\)/, 'and a new one is asked for');

# ---- two officers at the same case, at the same moment
my $second = $s->officer('Óscar PINEDA', 'officer');
my @at_once = map {
    my ($officer, $what) = @$_;
    my $pid = fork // die;
    POSIX::_exit($s->by($officer)->record('need', { need => $what, urgency => '24h' })->{status}) if !$pid;
    $pid;
} ([ $s, 'medical' ], [ $second, 'legal' ]);
for (@at_once) { waitpid $_, 0; is($?, 0, 'both are taken') }
push @{ $s->{said} }, qw(need need);
is(join(' ', sort map { $_->{need} } @{ $s->show->{needs} }), 'legal medical', 'and both are there');

# ---- a power cut while saving: killed at the acknowledgement, it is there; killed before, it is whole
my $acknowledged = 0;
for my $wait (1, 0, 1, 0) {
    my $pid = open(my $line, '-|') // die;
    if (!$pid) {
        open STDERR, '>', '/dev/null';
        open STDIN, '<', write_file(tmp('need'), to_json({ need => 'escort', urgency => 'week' }));
        { no warnings 'exec'; exec $Amparo::program, 'record', $file, $s->{case}, 'need', '-', $post->key }
        POSIX::_exit(127);
    }
    $acknowledged++ if $wait && defined readline $line;
    kill 'KILL', $pid;
    close $line;
}
is($acknowledged, 2, 'two were acknowledged');
my $there = grep { $_->{need} eq 'escort' } @{ $s->show->{needs} };
cmp_ok($there, '>=', 2, 'what was acknowledged is there');
push @{ $s->{said} }, ('need') x $there;

# ---- a lost passphrase: said plainly; two of three shares name a new head of post
$post->{passphrase_file} = passphrase_file('a passphrase that is not it');
$post->fails(4, qr/passphrase/, 'show', $file, $s->{case});
run_fails(2, qr/two recovery shares are needed/, 'recovery', $file, 'use', 'Eva REYES', '--recovery-file', write_file(tmp('one'), $shares[0]),
    '--new-passphrase-file', passphrase_file('of Eva'));
run_ok('recovery', $file, 'use', 'Eva REYES', '--recovery-file', write_file(tmp('two'), $shares[0] . $shares[2]), '--slow-machine',
    '--new-passphrase-file', passphrase_file('of Eva'));
$post->{passphrase_file} = passphrase_file('of Eva');
$post->{officer} = 'Eva REYES';
$s->whole;

done_testing();
