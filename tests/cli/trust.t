#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Keys, trust and the directory of the network from the command line: the Secretariat with its root, a
# directorate, a post of it, and a post of another State that is known by its card alone.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $ts = init_post(state => 'CR', code => 'TS', country => 'CR', city => 'San José', kind => 'secretariat',
    post => 'Technical Secretariat', officer => 'Ana SOLÍS');
my $hn = init_post(code => 'HNTGU', officer => 'Berta PAZ');
my $ae = init_post(code => 'HNAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate', post => 'Consulate',
    officer => 'Carla RUIZ');
my $gt = init_post(state => 'GT', code => 'GTAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate',
    post => 'Consulate of Guatemala', officer => 'Dora TAX');

# Further officers of the Secretariat, each with a passphrase of their own.
my %others;
for my $name ('Luis MORA', 'Eva RÍOS') {
    my $path = passphrase_file("the passphrase of $name, longer");
    $ts->ok('officer', $ts->{file}, 'add', $name, '--role', 'officer', '--new-passphrase-file', $path, '--slow-machine');
    $others{$name} = bless { %$ts, passphrase_file => $path, officer => $name }, 'Amparo::Post';
}
my ($luis, $eva) = @others{ 'Luis MORA', 'Eva RÍOS' };

sub card { my ($post, @more) = @_; return $post->json('identity', $post->{file}, 'card', '--json', @more) }
sub trust { my ($post) = @_; return $post->json('trust', $post->{file}, '--json') }
sub seen { my ($by, $code) = @_; my ($p) = grep { $_->{code} eq $code } @{ trust($by)->{posts} }; return $p }
sub log_of { my ($post) = @_; return @{ $post->json('directory', $post->{file}, 'log', '--json') } }

# Commands that sign say the id, and on standard error that it waits.
sub signs {
    my ($post, $waits, @command) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $run = $post->run(@command);
    is($run->{status}, 0, $run->{line}) or diag($run->{err});
    $waits ? like($run->{err}, qr/^waits: for another key/, 'waits') : is($run->{err}, '', 'counts at once');
    return $run->{out} =~ /^([0-9a-f]{64})\n/ ? $1 : '';
}
sub carry {
    my ($from, $to) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $path = tmp('directory.adr');
    unlink $path;
    like($from->run('directory', $from->{file}, 'snapshot', '-o', $path)->{err}, qr/^\d+ acts?\n\z/, 'a snapshot');
    return $to->ok('directory', $to->{file}, 'take', $path);
}

# ---- keys
ok(!$hn->json('identity', $hn->{file}, '--json')->{made}, 'no keys yet');
$hn->fails(2, qr/no keys yet/, 'identity', $hn->{file}, 'card');
like($_->ok('identity', $_->{file}, 'new'), qr/^(?:\d{5} ){5}\d{5}$/m, 'digits to be read over the telephone') for $ts, $hn, $ae, $gt;
$hn->fails(2, qr/has its keys already/, 'identity', $hn->{file}, 'new');
$ae->fails(3, qr/directorate/, 'identity', $ae->{file}, 'new', '--state');
like($hn->ok('identity', $hn->{file}, 'new', '--state'), qr/^key of the State: Honduras$/m, 'the key of the State');
my $own = $hn->json('identity', $hn->{file}, '--json');
is($own->{fingerprint}, card($hn)->{fingerprint}, 'the same fingerprint as on the card');
is($own->{state_fingerprint}, card($hn, '--state')->{fingerprint}, "and the State's");
isnt($own->{fingerprint}, $own->{state_fingerprint}, 'which is another one');

# ---- the root: three officers, two of whom sign
$hn->fails(3, qr/Secretariat/, 'directory', $hn->{file}, 'root', 'Berta PAZ', 'Luis MORA', 'Eva RÍOS');
$ts->fails(2, qr/no officer/, 'directory', $ts->{file}, 'root', 'Ana SOLÍS', 'Luis MORA', 'Nobody');
$ts->fails(2, qr/named twice/, 'directory', $ts->{file}, 'root', 'Ana SOLÍS', 'Luis MORA', 'Luis MORA');
$ts->fails(3, qr/of the root/, 'directory', $ts->{file}, 'release', '--until', '2099-12-31');
my ($root, $line) = split /\n/, $ts->ok('directory', $ts->{file}, 'root', 'Ana SOLÍS', 'Luis MORA', 'Eva RÍOS');
like($root, qr/^(?:\d{5} ){5}\d{5}$/, 'the fingerprint of the root');
like($line, qr/^amparo-root:[\d-]{35}$/, 'and its card');

# ---- a State and a post of its own
my $state_card = tmp('hn.card');
$hn->ok('identity', $hn->{file}, 'card', '--state', '-o', $state_card);
my $state = signs($ts, 1, 'identity', $ts->{file}, 'certify', $state_card);
$ts->fails(3, qr/another officer/, 'directory', $ts->{file}, 'approve', $state);
like($luis->ok('directory', $ts->{file}, 'approve', substr($state, 0, 12)), qr/Honduras/, 'by the beginning of its id');
$luis->fails(2, qr/approved already/, 'directory', $ts->{file}, 'approve', $state);
my $secretariat = signs($ts, 1, 'identity', $ts->{file}, 'certify', 'own');
$eva->ok('directory', $ts->{file}, 'approve', $secretariat);
my $ae_card = card($ae)->{card};
$ae->fails(2, qr/its directorate makes it/, 'identity', $ae->{file}, 'certify', card($hn)->{card});
$hn->fails(3, qr/its own State/, 'identity', $hn->{file}, 'certify', card($gt)->{card});
$hn->fails(2, qr/no key card/, 'identity', $hn->{file}, 'certify', substr($ae_card, 0, -2));
my $post = $hn->run('identity', $hn->{file}, 'certify', $ae_card);
is($post->{status}, 0, 'certified');
like($post->{err}, qr/^waits: by a key that is not known/, 'which counts once the root is known here');

# ---- everybody sets the root from its card, and takes the directory
$_->ok('trust', $_->{file}, 'root', $line) for $hn, $ae;
carry($hn, $ts);
$ts->ok('directory', $ts->{file}, 'party', 'HN', '--since', '2026-01-10', '--source', 'Note 1');
my ($party) = grep { $_->{act} eq 'party' } log_of($ts);
is("$party->{stands} $party->{why}", 'waits for another key of the root to approve it', 'a Party waits too');
$eva->ok('directory', $ts->{file}, 'approve', $party->{id});
$ts->fails(2, qr/over already/, 'directory', $ts->{file}, 'release', '--until', '2020-01-01');
$luis->ok('directory', $ts->{file}, 'approve', signs($ts, 1, 'directory', $ts->{file}, 'release', '--until', '2099-12-31'));
carry($ts, $_) for $hn, $ae;
is(trust($_)->{version}, 1, 'version 1 is here') for $ts, $hn, $ae;
is(seen($ae, 'HNTGU')->{trust}, 'certified', 'the directorate is certified');
is(seen($ae, 'TS')->{state}, 'ts', 'the Secretariat too');
is(seen($hn, 'HNAUH')->{fingerprint}, card($ae)->{fingerprint}, 'and the post, by the same digits as on its card');
like($ae->ok('trust', $ae->{file}, 'show', 'HNTGU'), qr/Certified by Honduras/, 'why');
like($ae->ok('trust', $ae->{file}, 'show', 'HN', '--state'), qr/two of the three root keys/, 'and why that is');
like($ae->ok('directory', $ae->{file}, 'show', 'HN'), qr/since 2026-01-10 \(Note 1 \(directory, version 1\)\)/, 'who takes part went over');
like(carry($ts, $ae), qr/^0 acts new, 0 wait/, 'once more is nothing new');

# ---- a list that the directorate keeps
my $office = tmp('office.json');
write_file($office, to_json({ country => 'AE', city => 'Abu Dhabi', kind => 'consulate', able => \1 }));
$hn->ok('offices', $hn->{file}, 'add', $office);
like(carry($hn, $ts), qr/^1 list, focal point or Party is another one now$/m, 'goes over');
like($ts->ok('directory', $ts->{file}, 'show', 'HN'), qr/AE  consulate, Abu Dhabi/, 'and is the list there');
like($ts->ok('directory', $ts->{file}, 'diff', '1'), qr/list of offices: HNTGU.*: 1 office$/m, 'what changed since version 1');
$ts->fails(2, qr/no version 9/, 'directory', $ts->{file}, 'diff', '1', '9');

# ---- a card, and a call
$hn->ok('trust', $hn->{file}, 'card', card($gt)->{card});
is(seen($hn, 'GTAUH')->{trust}, 'unverified', 'known by a card');
$hn->fails(2, qr/--number/, 'trust', $hn->{file}, 'check', 'GTAUH', '--called', 'Dora TAX');
$hn->fails(2, qr/no such post/, 'trust', $hn->{file}, 'check', 'GTXXX', '--called', 'Dora TAX', '--number', '+502 2410 0000');
$hn->ok('trust', $hn->{file}, 'check', 'GTAUH', '--called', 'Dora TAX', '--number', '+502 2410 0000');
is(seen($hn, 'GTAUH')->{trust}, 'checked', 'and checked');
like(join("\n", @{ seen($hn, 'GTAUH')->{why} }), qr/called Dora TAX at \+502 2410 0000/, 'by whom, whom, at which number');
$hn->ok('trust', $hn->{file}, 'word', 'GTAUH', '--because', 'A life is in danger');
like(join("\n", @{ seen($hn, 'GTAUH')->{why} }), qr/gave their word/, "the head of post's word");

# ---- another root is a loud thing
my $run = $ae->run('trust', $ae->{file}, 'root', '1' x 30, '--because', 'a new card');
like($run->{err}, qr/^ATTENTION/, 'another root is said loudly');
is(seen($ae, 'HNTGU'), undef, 'and nothing of the old one counts');
like($ae->run('trust', $ae->{file}, 'root', $root)->{err}, qr/^ATTENTION/, 'back again, as loudly');
is(seen($ae, 'HNTGU')->{trust}, 'certified', 'counts again');
$ae->fails(2, qr/30 digits/, 'trust', $ae->{file}, 'root', '12345');

# ---- keys that change; one that is stolen
my $before = card($ae)->{fingerprint};
$ae->ok('identity', $ae->{file}, 'renew');
$ae->ok('identity', $ae->{file}, 'roll');
isnt(card($ae)->{fingerprint}, $before, 'another key');
my $heads = $hn->json('identity', $hn->{file}, 'heads', 'HNAUH');
carry($ae, $hn);
is(seen($hn, 'HNAUH')->{fingerprint}, card($ae)->{fingerprint}, 'signed by the one before, it is taken');
is(seen($hn, 'HNAUH')->{trust}, 'certified', 'and as good');
$hn->fails(2, qr/--heads/, 'identity', $hn->{file}, 'revoke', 'HNAUH', '--reason', 'stolen');
$hn->fails(2, qr/--reason/, 'identity', $hn->{file}, 'revoke', 'HNAUH', '--no-heads');
$heads = $hn->json('identity', $hn->{file}, 'heads', 'HNAUH');
my $path = tmp('heads.json');
write_file($path, to_json($heads));
signs($hn, 0, 'identity', $hn->{file}, 'revoke', 'HNAUH', '--heads', $path, '--reason', 'stolen');
carry($hn, $ts);
is(seen($ts, 'HNAUH')->{trust}, 'quarantined', 'revoked');
like(join("\n", @{ seen($ts, 'HNAUH')->{why} }), qr/was revoked/, 'and says so');

# ---- every command asks for what it needs
$hn->fails(2, qr/identity --help/, 'identity', $hn->{file}, 'forge');
$hn->fails(2, qr/trust --help/, 'trust', $hn->{file}, 'everybody');
$hn->fails(2, qr/no directory/, 'directory', $hn->{file}, 'take', $path);
$luis->fails(2, qr/no such act/, 'directory', $ts->{file}, 'approve', '00000000');
$hn->ok('verify', $hn->{file});
$ts->ok('verify', $ts->{file});

done_testing();
