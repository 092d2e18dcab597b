#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The case file itself: made, opened, by whom; backup, restore, recovery; what is wrong with it.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX ();
use Test::More;

my $post = init_post();
my $file = $post->{file};
my @init = (qw(--state HN --code HNTGU --post Directorate --country HN --city Tegucigalpa --kind directorate), '--officer' => 'Ana');
my @key = ('--passphrase-file' => passphrase_file('made up for this'));
my $luis = passphrase_file('of Luis');

# ---- init
my @share = shares($post->{init}{out});
is(scalar @share, 3, 'init shows three recovery shares') or BAIL_OUT($post->{init}{out});
like($post->{init}{out}, qr/recovery .* check/, 'and says what to do with them');
is(() = $post->{init}{out} =~ /\f/g, 2, 'each on a page of its own');
is((stat $file)[2] & 0777, 0600, 'the file is its owner\'s alone');
run_fails(2, qr/\Q$file\E/, 'init', $file, @init, @key);
run_fails(2, qr/--kind is missing/, 'init', tmp('x'), (grep { !/kind|directorate/ } @init), @key);
run_fails(2, qr/^amparo: code: /m, 'init', tmp('x'), @init, '--code', 'HN-1', @key);
run_fails(2, qr/^amparo: state: "HX"/m, 'init', tmp('x'), @init, '--state', 'HX', @key);
run_fails(2, qr/^amparo: kind: "embassy"/m, 'init', tmp('x'), @init, '--kind', 'embassy', @key);
run_fails(2, qr/empty passphrase/, 'init', tmp('x'), @init, '--passphrase-file', write_file(tmp('empty'), "\n"));
run_fails(2, qr/no terminal/, 'init', tmp('x'), @init);
run_fails(1, qr/no-such/, 'init', tmp('no-such/x'), @init, @key);
ok(!-e tmp('x'), 'and none of them leaves a file');

# ---- opening
$post->ok('officer', $file, 'list');
run_fails(4, qr/\Q$file\E/, 'list', $file, @key);
run_fails(1, qr/none\.amparo/, 'list', tmp('none.amparo'), @key);
run_fails(4, qr/text\.amparo/, 'list', write_file(tmp('text.amparo'), "not a case file\n"), @key);
run_fails(4, qr/zero\.amparo/, 'list', write_file(tmp('zero.amparo'), "\0" x 70000), @key);
run_fails(1, qr/no-passphrase/, 'list', $file, '--passphrase-file', tmp('no-passphrase'));
run_fails(2, qr/no terminal/, 'list', $file);
run_fails(2, qr/passphrase-fd/, 'list', $file, '--passphrase-fd', 'x');
is(run({ input => read_file($post->{passphrase_file}) }, 'list', $file, '--passphrase-fd', 0)->{status}, 0, 'a passphrase by a descriptor');

# ---- the memory of the program is in no core file
POSIX::mkfifo(tmp('slow'), 0600) or die;
my $waiting = fork // die;
exec $ENV{AMPARO} // './amparo', 'list', $file, '--passphrase-file', tmp('slow') or die unless $waiting;
open my $pipe, '>', tmp('slow') or die; # once the program reads it
like(read_file("/proc/$waiting/limits"), qr/^Max core file size\s+0\s+0\s/m, 'no core file while secrets are there');
kill 'KILL', $waiting;
waitpid $waiting, 0;
close $pipe;

# ---- officers
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--slow-machine', '--new-passphrase-file', $luis);
$post->fails(2, qr/luis/i, 'officer', $file, 'add', 'luis mejia', '--role', 'officer', '--new-passphrase-file', $luis);
$post->fails(2, qr/--role chief/, 'officer', $file, 'add', 'Eva', '--role', 'chief', '--new-passphrase-file', $luis);
run_fails(3, qr/head of post/, 'officer', $file, 'add', 'Eva', '--role', 'clerk', '--new-passphrase-file', $luis, '--passphrase-file', $luis);
is_deeply([ map { "$_->{name} $_->{role}" } @{ $post->json('officer', $file, 'list', '--json') } ], [ 'Ana Lucía PINEDA head', 'Luis Mejía officer' ], 'who works with it');
run_ok('list', $file, '--officer', 'Luis Mejía', '--passphrase-file', $luis);
run_fails(4, qr/not the passphrase/, 'list', $file, '--officer', 'Luis Mejía', '--passphrase-file', $post->{passphrase_file});
run_fails(2, qr/no officer "Eva"/, 'list', $file, '--officer', 'Eva', '--passphrase-file', $luis);

# ---- four eyes: an override by an officer in danger to life, and its countersignature
my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'HT', priority => 'life_threatening', source => 'phone' });
my $contact = to_json({ at => POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime(time - 60)), reason => 'danger', detail => 'a call' });
my $run = run({ input => $contact }, 'record', $file, $case, 'contact', '-', '--passphrase-file', $luis);
my ($id) = $run->{out} =~ / ([0-9a-f]{64})$/ or diag($run->{err});
is($post->json('list', $file, '--json')->[0]{due} ? 1 : 0, 1, 'to be countersigned within a day');
run_fails(3, qr/./, { input => to_json({ of => $id }) }, 'record', $file, $case, 'countersign', '-', '--passphrase-file', $luis);
$post->record($case, 'countersign', { of => $id });
is($post->json('list', $file, '--json')->[0]{due}, undef, 'and done');
is_deeply([ map { $_->{by} } @{ $post->acts($case) } ], [ 'Ana Lucía PINEDA', 'Luis Mejía', 'Ana Lucía PINEDA' ], 'each act by whom it was');

# ---- backup, restore
my $backup = tmp('backup.amparo');
$post->ok('backup', $file, $backup);
$post->fails(2, qr/\Q$backup\E/, 'backup', $file, $backup);
my $restored = tmp('restored.amparo');
$post->ok('restore', $backup, $restored);
$post->fails(2, qr/\Q$restored\E/, 'restore', $backup, $restored);
run_fails(3, qr/head of post/, 'restore', $backup, tmp('y'), '--passphrase-file', $luis);
ok(!-e tmp('y'), 'which leaves no file');
is_deeply($post->json('acts', $restored, $case, '--json'), $post->acts($case), 'the same acts in the restored file');
my $before = $post->json('acts', $restored, $case, '--json')->[-1]{id};
$run = $post->run({ input => to_json({ need => 'shelter', urgency => 'now' }) }, 'record', $restored, $case, 'need', '-');
is($run->{status}, 0, 'and it goes on') or diag($run->{err});
like($post->ok('verify', $restored), qr/\AWhole/, 'whole');

# ---- several accounts: a folder that hands its group on; what everybody may do
mkdir tmp('office') or die;
chmod 02770, tmp('office') or die;
{
    my $mask = umask 0022;
    $post->ok('backup', $file, tmp('office/shared.amparo'));
    umask 0077;
    $post->ok('backup', $file, tmp('office/hidden.amparo'));
    umask $mask;
}
is((stat tmp('office/shared.amparo'))[2] & 07777, 0660, 'in a setgid folder a file is the group\'s too');
is((stat tmp('office/hidden.amparo'))[2] & 07777, 0600, 'unless the umask hides it from the group');
chmod 0664, tmp('office/shared.amparo') or die;
my $read = $post->run('list', tmp('office/shared.amparo'));
is($read->{status}, 0, 'a file that everybody may read is opened');
like($read->{err}, qr/everybody on this machine may read it/, 'with a warning');
chmod 0662, tmp('office/shared.amparo') or die;
$post->fails(1, qr/everybody on this machine may change it.*chmod o-rwx/, 'list', tmp('office/shared.amparo'));

# ---- recovery
sub share_file { my ($name, @shares) = @_; return ('--recovery-file' => write_file(tmp($name), join '', @shares)) }
like(run_ok('recovery', $file, 'check', share_file('third', $share[2])), qr/^Share 3 of set 1 is good/, 'one share alone, without a passphrase');
my @group = split ' ', $share[0];
$group[6] =~ s/^(.)/$1 eq '7' ? '8' : '7'/e;
run_fails(4, qr/mistyped: look at group 7 of 15/, 'recovery', $file, 'check', share_file('wrong', "@group\n"));
run_fails(2, qr/two recovery shares are needed/, 'recovery', $file, 'use', 'Eva', share_file('one', $share[1]), '--new-passphrase-file', passphrase_file('of Eva'));
run_ok('recovery', $file, 'use', 'Eva', share_file('two', @share[ 2, 0 ]), '--slow-machine', '--new-passphrase-file', passphrase_file('of Eva'));
my @eva = ('--passphrase-file', passphrase_file('of Eva'));
is_deeply([ map { $_->{name} } grep { $_->{role} eq 'head' } @{ run_json('officer', $file, 'list', '--json', @eva) } ], [ 'Ana Lucía PINEDA', 'Eva' ], 'two shares name a head of post');
like($post->ok('verify', $file), qr/\AWhole/, 'still whole');
my @fresh = shares(run_ok('recovery', $file, 'new', '--seen', @eva));
run_fails(4, qr/share 1 is of set 1, which was ended; the present one is set 2/, 'recovery', $file, 'check', share_file('old', $share[0]));
like(run_ok('recovery', $file, 'check', share_file('new', $fresh[1]), @eva), qr/^Share 2 of set 2 is good/, 'a share of the new set');

# ---- a flipped byte in every region is an error or changes no answer, and verify names it
my $bytes = read_file($file);
my $acts  = to_json($post->acts($case));
my ($silent, $other) = (0, 0);
for (my $at = 17; $at < length $bytes; $at += 19_997) {
    my $bad = $bytes;
    substr($bad, $at, 1) = chr(ord(substr $bad, $at, 1) ^ 0x40);
    my $copy = write_file(tmp('flipped.amparo'), $bad);
    my $run = $post->run('acts', $copy, $case, '--json');
    $other++ if $run->{status} != 4 && !($run->{status} == 0 && to_json(from_json($run->{out})) eq $acts);
    if ($run->{status} == 0) {
        my $verify = $post->run('verify', $copy);
        $silent++ if $verify->{status} != 4;
        diag("byte $at: $verify->{status} $verify->{out}") if $verify->{status} != 4;
    }
    unlink glob "$copy*";
}
is($other, 0, 'no other answer than the true one or an error');
is($silent, 0, 'and none that verify does not name');

# ---- passphrases, and officers who leave
run_ok('passphrase', $file, @eva, '--slow-machine', '--new-passphrase-file', passphrase_file('another of Eva'));
run_fails(4, qr/wrong passphrase/, 'officer', $file, 'list', @eva);
my @another = ('--passphrase-file', passphrase_file('another of Eva'));
run_ok('passphrase', $file, @another, '--slow-machine', '--new-passphrase-file', passphrase_file('of Eva'), '--seen');
run_fails(4, qr/wrong passphrase/, 'officer', $file, 'list', @another);
my $past = write_file(tmp('past.amparo'), read_file($file));
run_fails(2, qr/nobody removes themselves/, 'officer', $file, 'remove', 'Eva', @eva);
run_fails(2, qr/no officer "Nobody"/, 'officer', $file, 'remove', 'Nobody', @eva);
run_fails(3, qr/only a head of post/, 'officer', $file, 'remove', 'Eva', '--passphrase-file', $luis);
run_ok('officer', $file, 'remove', 'ana lucia pineda', @eva);
$post->fails(4, qr/wrong passphrase/, 'list', $file);
$post->ok('list', $past);
like(run_ok('verify', $file, @eva), qr/\AWhole/, 'still whole');
is_deeply([ glob "$file*" ], [$file], 'nothing beside it');

done_testing();
