#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Erasing a person: two officers, a new data key, what screens and prints say afterwards.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $luis = passphrase_file('of Luis');
my @luis = ('--passphrase-file' => $luis);
$post->ok('officer', $file, 'add', 'Luis Mejía', '--role', 'officer', '--slow-machine', '--new-passphrase-file', $luis);

sub person {
    my ($case, $number, $name) = @_;
    $post->record($case, 'person', { person => $number, surname_1 => $name, given_names => 'Karen', nationalities => [ { state => 'HN', proof => 'passport' } ] });
}

# A closed case with two persons.
sub new_case {
    my ($case) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'HT', priority => 'routine', source => 'phone' });
    person($case, 1, 'Zaldívar');
    person($case, 2, 'Quiñónez');
    $post->record($case, 'need', { person => 1, need => 'shelter', urgency => 'now', detail => 'a bed for Zaldívar' });
    $post->record($case, 'close', { outcome => ['released'], unmet_needs => [] });
    return $case;
}

sub inode { return (stat $file)[1] }

# ---- by two officers, one after the other
my $case = new_case();
$post->fails(2, qr/no person's number/, 'erase', $file, $case, 'Karen');
$post->fails(2, qr/person 7 is not recorded/, 'erase', $file, $case, 7);
$post->fails(2, qr/there is no case/, 'erase', $file, 'HNTGU-1999-0001', 1);
$post->fails(2, qr/amparo erase FILE CASE PERSON/, 'erase', $file, $case);
$post->fails(2, qr/basis: "why"/, 'erase', $file, $case, 1, '--basis', 'why');
my $before = inode();
like($post->ok('erase', $file, $case, 1, '--reason', 'she wrote to us'), qr/request is recorded.*\n.*Another officer confirms/, 'the first asks');
$post->fails(3, qr/another officer must confirm it \[erase\.second\]/, 'erase', $file, $case, 1);
is(inode(), $before, 'nothing is done yet');
like(run_ok('erase', $file, $case, 1, @luis), qr/\Q$case\E, person 1: erased\..*new data key/s, 'the second confirms');
isnt(inode(), $before, 'and the file is a new one');
like($post->ok('erase', $file, $case, 1), qr/^\Q$case\E, person 1: erased\.\n\z/, 'once more changes nothing');

# ---- an open case needs its data, unless it must not be kept: then the request says why
my ($open) = $post->record('new', 'open', { role => 'requesting', receiving_state => 'HT', priority => 'routine', source => 'phone' });
person($open, 1, 'Padilla');
$post->ok('erase', $file, $open, 1);
run_fails(3, qr/the case is open .* \[erase\.open\]$/m, 'erase', $file, $open, 1, @luis);
run_ok('erase', $file, $open, 1, '--basis', 'order', '--reference', 'Court 3/26', @luis);
like($post->ok('erase', $file, $open, 1, '--basis', 'order'), qr/person 1: erased/, 'an order does not wait for its end');

# ---- what is seen of it
my $tree = $post->show($case);
is($tree->{persons}[0]{erased}, JSON::PP::true, 'the person is shown as erased');
is($tree->{persons}[1]{erased}, undef, 'the other is not');
is($tree->{needs}[0]{erased}, JSON::PP::true, 'and what she needed');
is($tree->{needs}[0]{need}, 'shelter', 'of which the bare log stays');
like($post->ok('show', $file, $case), qr/^1  erased$/m, 'so says the summary on a terminal');
my @acts = @{ $post->acts($case) };
is_deeply([ map { $_->{act} } @acts[ -2, -1 ] ], [qw(erase_request erase)], 'both acts are in the log');
is_deeply([ map { $_->{signature} } @acts ], [ ('valid') x @acts ], 'all signatures hold');
my $paper = $post->ok('print', $file, $case, 'summary');
like($paper, qr/What people wrote in it was erased/, 'so says the print');
for my $out ($post->ok('show', $file, $case, '--json'), $post->ok('acts', $file, $case, '--json'), $post->ok('list', $file, 'zaldivar'), $paper) {
    unlike($out, qr/zald|she wrote/i, 'the name is nowhere');
}
$post->record_fails(2, qr/person 1 was erased/, $case, 'cost', { on => '2026-01-01', amount => '1', currency => 'HTG', source => 'iom', item => 'taxi', persons => [1] });
like($post->ok('verify', $file), qr/^Whole/, 'verify: whole');
like($post->ok('verify', $file, '--rebuild'), qr/^Whole/, 'also made anew');

# ---- both at once; all of a case
$case = new_case();
$post->fails(4, qr/wrong passphrase/, 'erase', $file, $case, 2, '--second', 'Luis Mejía', '--second-passphrase-file', passphrase_file('not his'));
like($post->ok('erase', $file, $case, 'all', '--basis', 'period_over', '--reference', 'list 4', '--second', 'Luis Mejía', '--second-passphrase-file', $luis),
    qr/person 1: erased\..*person 2: erased\..*new data key/s, 'two officers at one machine');
is(scalar(grep { $_->{erased} } @{ $post->show($case)->{persons} }), 2, 'both persons');
like($post->ok('verify', $file), qr/^Whole/, 'verify: whole');

# ---- an older backup, restored: the erasure is applied again
mkdir tmp('old');
mkdir tmp('new');
$case = new_case();
$post->ok('backup', $file, tmp('old/january.amparo'));
ok(-e tmp('old/january.amparo.erasures'), 'a backup carries those from before it');
unlink tmp('old/january.amparo.erasures');
$post->ok('erase', $file, $case, 1, '--second', 'Luis Mejía', '--second-passphrase-file', $luis);
my $erasures = read_file("$file.erasures");
unlike($erasures, qr/zald/i, 'the file of erasures names nobody');
is((stat "$file.erasures")[2] & 0777, 0600, 'and is its owner\'s alone');
$post->ok('restore', tmp('old/january.amparo'), tmp('new/without.amparo'));
is($post->json('show', tmp('new/without.amparo'), $case, '--json')->{persons}[0]{erased}, undef, 'without that file she is there again');
like($post->ok('restore', tmp('old/january.amparo'), tmp('new/with.amparo'), '--erasures', "$file.erasures"), qr/^1 person was erased since the backup, and is erased again\.$/m, 'with it she is erased again');
is($post->json('show', tmp('new/with.amparo'), $case, '--json')->{persons}[0]{erased}, JSON::PP::true, 'as the list shows');
like($post->ok('verify', tmp('new/with.amparo')), qr/^Whole/, 'verify: whole');
like($post->ok('verify', tmp('old/january.amparo')), qr/^this is a backup, to be destroyed after \d{4}-\d\d-\d\d$/m, 'a backup says when it ends');
ok(-e tmp('new/with.amparo.erasures'), 'and the file goes on beside it');
write_file(tmp('new/bad.erasures'), $erasures =~ s/([0-9a-f])\n\z/($1 eq '0' ? '1' : '0') . "\n"/er);
my $bad = $post->run('restore', tmp('old/january.amparo'), tmp('new/bad.amparo'));
is($bad->{status}, 0, 'one that was changed stops nobody');
like($bad->{err}, qr/bad\.erasures: line \d+ is not authentic/, 'and is named');
$post->fails(4, qr/bad\.erasures: line/, 'restore', tmp('old/january.amparo'), tmp('new/bad-2.amparo'), '--erasures', tmp('new/bad.erasures'));
ok(!-e tmp('new/bad-2.amparo'), 'which leaves no file');
$post->fails(1, qr/none\.erasures: cannot be read/, 'restore', tmp('old/january.amparo'), tmp('new/bad-2.amparo'), '--erasures', tmp('none.erasures'));

# ---- what would be left is named in time
$case = new_case();
$post->record($case, 'need', { person => 2, need => 'medical', urgency => 'week', detail => 'as Zaldívar, too' });
my $left = $post->run('erase', $file, $case, 1);
is($left->{status}, 0, 'the request is recorded');
like($left->{err}, qr/^warning: act 6 \(need\): `detail` tells of the person; correct it .* \[erase\.other_text\]$/m, 'and what would stay is named');

# ---- a hold
$case = new_case();
$post->record($case, 'legal_hold', { hold => JSON::PP::true, reason => 'a trial' });
my $run = $post->run('erase', $file, $case, 1, '--second', 'Luis Mejía', '--second-passphrase-file', $luis);
is($run->{status}, 3, 'a legal hold stands before it');
like($run->{err}, qr/^-: .*legal hold.* \[erase\.hold\]$/m, 'and says so');
$post->record($case, 'legal_hold', { hold => JSON::PP::false, reason => 'it is over' });

# ---- cut short after the act: the new key is owed until it is given
$before = inode();
my ($request) = map { $_->{id} } grep { $_->{act} eq 'erase_request' } @{ $post->acts($case) };
$run = run({ input => to_json({ of => $request }) }, 'record', $file, $case, 'erase', '-', @luis);
is($run->{status}, 0, 'recorded as any act');
is($post->run('show', $file, $case, '--json')->{status}, 0, 'the case can be read');
$run = $post->run('list', $file);
like($run->{err}, qr/give the file a new key: amparo erase FILE/, 'whoever opens the file is told');
$run = $post->run('verify', $file);
is($run->{status}, 0, 'verify: whole');
like($run->{out}, qr/^a new data key is owed/m, 'and the key is owed');
is(inode(), $before, 'it is still the same file');
like($post->ok('erase', $file), qr/new data key/, 'erase FILE gives it');
isnt(inode(), $before, 'a new file');
is($post->ok('erase', $file), '', 'and it is owed no more');
$post->ok('list', $file);
like($post->ok('verify', $file), qr/^Whole/, 'verify: whole');

# ---- how long data is kept
like($post->ok('periods', $file), qr/^requesting +731 .*^assisting +180 .*^intake +90 .*^backup +180 /ms, 'the periods');
$post->ok('periods', $file, 'requesting', 400);
like($post->ok('periods', $file), qr/^requesting +400 days.*reviewed \(.+, \d{4}-\d\d-\d\d\)$/m, 'and one that was set, by whom and when');
$post->fails(2, qr/no such setting/, 'periods', $file, 'photos', 400);
$post->fails(2, qr/“6 months” is no whole number from 1 to/, 'periods', $file, 'backup', '6 months');
$post->fails(2, qr/from 1 to/, 'periods', $file, 'backup', $_) for 0, 99999, ' 5', '';
$post->ok('periods', $file, 'requesting', 'usual');
like($post->ok('periods', $file), qr/^requesting +731 /m, 'what is usual again');
$post->fails(2, qr/from 1 to/, 'periods', $file, 'backup', '99999999999999999999');
run_fails(3, qr/only a head of post/, 'periods', $file, 'backup', 10, @luis);

done_testing();
