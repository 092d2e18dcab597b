#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A request by who is known from a card alone waits. It counts, and is in the case, once the post trusts who
# sent it: after a telephone check, or by the directory that it takes.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Posts;
use Scenario;
use Test::More;

my %abroad = (country => 'AE', city => 'Abu Dhabi', kind => 'consulate');
my $p = Posts->known_by_cards(
    hn => { state => 'HN', code => 'HNTGU', officer => 'Ana PAZ' },
    mx => { %abroad, state => 'MX', code => 'MXAUH', post => 'Embassy of Mexico', officer => 'Luis RÍOS' },
    cr => { %abroad, state => 'CR', code => 'CRAUH', post => 'Embassy of Costa Rica', officer => 'Eva MORA' },
);
my ($hn, $mx, $cr) = @$p{qw(hn mx cr)};
$p->call('hn', $_) for qw(mx cr); # Honduras knows whom it asks; they do not know Honduras
Scenario::fill_directory($hn, [qw(CR HN MX)]);

# ---- a poll may be answered; what is asked by note waits
my $case;
sub say { my ($reference, $id) = $hn->record($case // 'new', @_); $case //= $reference; return $id }
sub case_of { my ($post) = @_; my @c = @{ $post->json('list', $post->{file}, '--json') }; return $c[-1]{case} }
sub notes { my ($post) = @_; return scalar @{ $post->show(case_of($post))->{notes} } }

say('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'phone' });
say('person', { person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen Yamileth', birth_date => '1998-03-14',
    nationalities => [ { state => 'HN', proof => 'passport' } ], languages => ['es'] });
say('situation', { locality => 'Dubai', own_posts => 'none', place_type => 'shelter' });
say('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Wages were not paid.' });
say('need', { person => 1, need => 'shelter', urgency => 'now' });
say('consent', { person => 1, purpose => 'P3', to => 'focal points', given_by => 'self', form => 'telephone', on => day(0) });
say('decide', { decision => 'applies', reason => 'A private employer; no office there.' });
say('notify', { event => 'poll' });
say('poll', { round => 1, to => [qw(CR MX)], reply_by => at(60), area => 'Dubai', needs => ['shelter'], languages => ['es'] });
$p->round;
$_->record(case_of($_), 'reply', { state => $_->{state}, round => 1, legal => 'yes', material => 'yes', offer => \1, services => ['shelter'] }) for $mx, $cr;
$p->round;
say('authorise', { what => 'request', by => 'Dirección General', reference => 'DG-1', on => day(0) });
say('notify', { event => 'request' });
for my $to (qw(MX CR)) {
    say('choose', { state => $to, reason => 'It offers a shelter.' });
    say('consent', { person => 1, purpose => 'P4', to => $to, given_by => 'self', form => 'telephone', on => day(0) });
    say('note', { kind => 'REQ', direction => 'out', to => { state => $to, office => 'Embassy', city => 'Abu Dhabi' }, persons => [1],
        scope => 'a place in a shelter', date => day(0), at => at(0), language => 'es', ends_on => day(30) });
}
$p->round;
is(notes($_), 0, 'a request by who is not verified is in no case') for $mx, $cr;

# ---- by a telephone check
my $run = $p->call('mx', 'hn');
is($run->{err}, "1 act that had come before counts now\n", 'whoever checks is told');
is(notes($mx), 1, 'and the request is in the case');
is($p->call('mx', 'hn')->{err}, '', 'once');

# ---- by the directory
my $ts = init_post(state => 'CR', code => 'TS', country => 'CR', city => 'San José', kind => 'secretariat',
    post => 'Technical Secretariat', officer => 'Rita SOTO');
my ($root, $second) = Posts::found($ts, 'Luis MORA', 'Eva RÍOS');
$hn->ok('identity', $hn->{file}, 'new', '--state');
my $certified = $ts->run('identity', $ts->{file}, 'certify', $hn->json('identity', $hn->{file}, 'card', '--state', '--json')->{card});
$second->ok('directory', $ts->{file}, 'approve', substr($certified->{out}, 0, 12));
my @snapshots = map { tmp("$_.adr") } qw(ts hn);
is($ts->run('directory', $ts->{file}, 'snapshot', '-o', $snapshots[0])->{status}, 0, 'what the Secretariat says');
$hn->ok('trust', $hn->{file}, 'root', $root);
$hn->ok('directory', $hn->{file}, 'take', $snapshots[0]);
is($hn->run('directory', $hn->{file}, 'snapshot', '-o', $snapshots[1])->{status}, 0, 'and what Honduras says');
$cr->ok('trust', $cr->{file}, 'root', $root);
is(notes($cr), 0, 'a root alone vouches for nobody');
$run = $cr->run('directory', $cr->{file}, 'take', $snapshots[1]);
like($run->{err}, qr/^1 act that had come before counts now$/m, 'whoever takes the directory is told');
is(notes($cr), 1, 'and the request is in the case');
is($_->run('verify', $_->{file})->{status}, 0, 'the file verifies') for $mx, $cr;

done_testing();
