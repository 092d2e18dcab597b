#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Posts that talk, by commands alone: who asks, two who are asked, the Secretariat. A case from its poll to
# its report by files in folders, by mail, by text and by codes; what is lost, doubled, shuffled, damaged.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Posts;
use Scenario;
use Test::More;

my $alone = init_post(code => 'HNALN');
$alone->fails(2, qr/no keys yet/, 'send', $alone->{file});
$alone->fails(2, qr/no keys yet/, 'receive', $alone->{file}, tmp());

my $p = Posts->begin(
    hn => { state => 'HN', code => 'HNTGU', officer => 'Ana PAZ' },
    mx => { state => 'MX', code => 'MXAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate', post => 'Embassy of Mexico', officer => 'Luis RÍOS' },
    cr => { state => 'CR', code => 'CRAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate', post => 'Embassy of Costa Rica', officer => 'Eva MORA' },
    ts => { state => 'CR', code => 'TS', country => 'CR', city => 'San José', kind => 'secretariat', post => 'Technical Secretariat', officer => 'Rita SOTO' },
);
my ($hn, $mx, $cr, $ts) = @$p{qw(hn mx cr ts)};
Scenario::fill_directory($hn, [qw(CR HN MX)]);

# Keys that are new, and nothing else: to whom that matters.
like($hn->ok('send', $hn->{file}, '--dry-run'), qr/^Nothing is due|TS/, 'nothing of a case yet');
$p->round for 1 .. 2;
$hn->fails(2, qr/no pouch in it/, 'receive', $hn->{file}, passphrase_file('no pouch'));
$hn->fails(1, qr/cannot be read/, 'receive', $hn->{file}, tmp('nowhere'));
$hn->fails(2, qr/no post of that code/, 'send', $hn->{file}, '--post', 'XXXX');

# ---- the poll
my $case;
my ($anybody, $karen) = ({}, qr/RAM[ÍI]REZ|Karen|971505550142|D-7/i);
sub say_hn { my ($reference, $id) = $hn->record($case // 'new', @_); $case //= $reference; return $id }
sub case_of { my ($post) = @_; my @c = @{ $post->json('list', $post->{file}, '--json') }; return $c[-1]{case} }

say_hn('open', { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'phone' });
say_hn('person', { person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen Yamileth', birth_date => '1998-03-14', phone => '+971505550142',
    nationalities => [ { state => 'HN', proof => 'passport' } ], languages => ['es'], safe_to_call => \1 });
say_hn('situation', { locality => 'Dubai', own_posts => 'none', place_type => 'shelter', address => 'shelter code D-7' });
say_hn('ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Five months of wages were not paid.' });
say_hn('need', { person => 1, need => 'shelter', urgency => 'now' });
say_hn('consent', { person => 1, purpose => $_, to => $_ eq 'P9' ? 'Secretariat' : 'focal points', given_by => 'self', form => 'telephone', on => day(0) }) for qw(P3 P9);
say_hn('decide', { decision => 'applies', reason => 'A private employer; no office there.' });
say_hn('notify', { event => 'poll' });
say_hn('poll', { round => 1, to => [qw(CR MX)], reply_by => at(60), area => 'Dubai', needs => ['shelter'], languages => ['es'] });

my $dry = $hn->ok('send', $hn->{file}, '--dry-run');
like($dry, qr/^MXAUH \(Embassy of Mexico, Abu Dhabi\): \d dispatch.*pouch [0-9a-f]{12} of \d+ bytes$/m, 'says what would go to whom');
is($hn->ok('send', $hn->{file}, '--dry-run') =~ s/pouch \w+//gr, $dry =~ s/pouch \w+//gr, 'and goes nowhere');

# ---- a folder that is not there, or none
for my $folder (tmp('missing'), passphrase_file('no folder')) {
    for my $how ([], ['--armour'], [qw(--eml --from desk@hn.invalid)], ['--json']) {
        my $failed = $hn->run('send', $hn->{file}, '--to', $folder, @$how);
        is("$failed->{status} $failed->{out}", '1 ', "nothing goes into it: @$how");
        like($failed->{err}, qr/\Aamparo: \Q$folder\E: the folder cannot be opened: (?:No such file or|Not a) directory\n\z/, 'and why, once');
    }
}
my @polls = $p->goes('hn');
my ($shared) = grep { @{ $_->{to} } == 2 } @{ $p->{said}{pouches} };
is(join(' ', sort map { $_->{post} } @{ $shared->{to} }), 'CRAUH MXAUH', 'one pouch for both who are asked');
ok(!(grep { read_file($_) =~ $karen } @polls), 'nothing can be read in it');
is(scalar $p->goes('hn'), 0, 'and not again at once');
like($hn->ok('send', $hn->{file}, '--to', $p->{folder}), qr/not acknowledged yet; --resend/, 'which is said');

my ($box) = grep { $_->{post} eq 'MXAUH' } @{ $hn->json('outbox', $hn->{file}, '--json')->{posts} };
is(join(' ', map { "$_->{case} $_->{act} $_->{times} " . ($_->{late} ? 'late' : 'in time') } @{ $box->{due} }), "$case poll 1 in time", 'what waits for whom is in the outbox');
like($hn->ok('outbox', $hn->{file}, 'MXAUH'), qr/^MXAUH .*\n  \S+ \S+ +\Q$case\E +\S.*; sent 1 time, last /, 'in words too');

# Lost on the way to Mexico; damaged on the way to Costa Rica, beside what is whole.
my $damaged = read_file($shared->{to}[0]{file});
substr($damaged, -40, 1) ^= "\x01";
write_file(tmp('damaged.pch'), $damaged);
my $run = $cr->run('receive', $cr->{file}, tmp('damaged.pch'), @polls);
is($run->{status}, 4, 'a damaged pouch') or diag($run->{err});
like($run->{err}, qr/^amparo: \S+damaged\.pch, pouch [0-9a-f]{12}: /m, 'is named');
like($run->{out}, qr/1 new dispatch/, 'and the rest is taken all the same');
my $told = $p->comes('cr', @polls);
is(join(' ', sort map { $_->{outcome} } @$told), 'known not_ours', 'once more is known, and another is for others');

my @again = $p->goes('hn', '--resend', 'MXAUH');
is(scalar @again, 1, 'sent again to Mexico alone');
my ($took) = $p->taken('mx', @again);
is("$took->{opened} $took->{recorded}", '1 1', 'which opens a case, with the poll');
like($took->{from}, qr/^HNTGU, /, 'of whom is said');
is($mx->show(case_of($mx))->{polls}[0]{round}, 1, 'it is there');
unlike($mx->run('show', $mx->{file}, case_of($mx), '--json')->{out}, $karen, 'without a name');

# ---- a clerk reads
my $clerk = passphrase_file('the passphrase of a clerk of ours');
$mx->ok('officer', $mx->{file}, 'add', 'Inés LARA', '--role', 'clerk', '--new-passphrase-file', $clerk, '--slow-machine');
my $reads = bless { %$mx, passphrase_file => $clerk }, 'Amparo::Post';
my $refused = $reads->run('receive', $mx->{file}, @polls);
is($refused->{status}, 3, 'a clerk takes nothing in');
$mx->record(case_of($mx), 'notify', { event => 'poll' });
$refused = $reads->run('send', $mx->{file}, '--armour');
is("$refused->{status} $refused->{out}", '3 ', 'and sends nothing') or diag($refused->{err});
is($reads->run('outbox', $mx->{file})->{status}, 0, 'but sees what waits');

# ---- the answers: by mail, and as a text that somebody pastes
my $limits = 'a visit within two days; no funds';
$mx->record(case_of($mx), 'reply', { state => 'MX', round => 1, legal => 'yes', material => 'partial', offer => \1, services => ['shelter'], limits => $limits });
$cr->record(case_of($cr), 'reply', { state => 'CR', round => 1, legal => 'yes', material => 'no', offer => \0, services => [] });
$mx->fails(2, qr/--from/, 'send', $mx->{file}, '--eml', '--to', tmp());
like($mx->ok('send', $mx->{file}, '--eml', '--from', 'embassy@mx.invalid', '--to', tmp(), '--post', 'HNTGU'), qr/no e-mail address is known/, 'without an address no mail');
$mx->fails(2, qr/address/, 'send', $mx->{file}, '--eml', '--from', "a\@mx.invalid\nBcc: x\@y.invalid", '--to', tmp(), '--post', 'HNTGU', '--address', 'desk@hn.invalid');
mkdir $_ for tmp('Maildir'), tmp('Maildir/new'), tmp('Maildir/cur');
my $mailed = $mx->json('send', $mx->{file}, '--eml', '--from', 'embassy@mx.invalid', '--to', tmp('Maildir/new'), '--post', 'HNTGU', '--address', 'desk@hn.invalid', '--json');
my $mail = read_file($mailed->{pouches}[0]{to}[0]{file});
like($mail, qr/^To: .*desk\@hn\.invalid/m, 'a mail to them');
unlike($mail, qr/[^\x0a\x0d\x20-\x7e]|$karen|\Q$limits\E/, 'in nothing but ASCII, that tells nothing');
($took) = $p->taken('hn', tmp('Maildir'));
is($took->{recorded}, 1, 'and is found in a Maildir');

my $text = $cr->run('send', $cr->{file}, '--armour', '--post', 'HNTGU');
is($text->{status}, 0, 'as text');
like($text->{out}, qr/\A\[BEGIN-AMPARO-POUCH\]\n(?:[\w-]{1,64}\n)+\[END-AMPARO-POUCH:[0-9a-f]{12}\]\n\z/, 'on standard output, and nothing else');
like($text->{err}, qr/^HNTGU .*dispatch/m, 'what it was is said beside');
(my $quoted = "Estimados:\n\n$text->{out}\nSaludos\n") =~ s/^/> /mg;
$run = $hn->run({ input => $quoted }, 'receive', $hn->{file}, '-');
is("$run->{status} $run->{err}", '0 ', 'pasted out of an answer that quotes it') or diag($run->{err});
like($run->{out}, qr/^standard input, pouch [0-9a-f]{12}: from CRAUH.*1 act recorded/m, 'and taken');
my ($poll) = @{ $hn->show($case)->{polls} };
is(join(' ', map { "$_->{state}:$_->{status}:" . ($_->{offer} ? 1 : 0) } @{ $poll->{replies} }), 'CR:replied:0 MX:replied:1', 'both answers are in the case');

# ---- the choice and the request by note
say_hn('choose', { state => 'MX', reason => 'It offers the visit that she needs.' });
my %note = (kind => 'REQ', direction => 'out', to => { state => 'MX', office => 'Embassy', city => 'Abu Dhabi' }, persons => [1],
    scope => 'a visit to the shelter', date => day(0), at => at(0), language => 'es', ends_on => day(30));
say_hn('authorise', { what => 'request', by => 'Dirección General', reference => 'DG-1', on => day(0) });
say_hn('notify', { event => 'request' });
$hn->record_fails(3, qr/^3: /m, $case, 'note', \%note);
say_hn('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'written', on => day(0) });
say_hn('note', \%note);
say_hn('withdraw_consent', { person => 1, purposes => ['P4'], on => day(0), form => 'telephone' });
my $held = $hn->run('send', $hn->{file}, '--dry-run');
like($held->{out}, qr/^\Q$case\E, [^:]+: held: .*consent/m, 'what may not go is named, with the reason');
is(scalar @{ $hn->json('outbox', $hn->{file}, '--json')->{held} }, 1, 'and is in the outbox');
say_hn('consent', { person => 1, purpose => 'P4', to => 'MX', given_by => 'self', form => 'oral', on => day(0) });
my @notes = $p->goes('hn');
ok(!(grep { read_file($_) =~ $karen } @notes), 'identity goes sealed');
my ($to_mx) = map { $_->{to}[0]{file} } grep { grep { $_->{post} eq 'MXAUH' } @{ $_->{to} } } @{ $p->{said}{pouches} };

# Costa Rica gets Mexico's pouch, and it is nothing to it; nor to the Secretariat.
is($p->comes($_, $to_mx)->[0]{outcome}, 'not_ours', "a pouch that was passed on is nothing to $_") for qw(cr ts);
($took) = $p->taken('mx', $to_mx);
like($mx->run('show', $mx->{file}, case_of($mx), '--json')->{out}, qr/"notes":\s*\[\s*\{/, 'the note is in the case');
like($mx->run('acts', $mx->{file}, case_of($mx), '--json')->{out}, qr/Karen/, 'with who she is');
$p->comes('ts', @polls, @notes);
$p->comes('cr', @notes);
my @theirs = map { my $post = $_; map { $post->run('acts', $post->{file}, $_->{case}, '--json')->{out} } @{ $post->json('list', $post->{file}, '--json') } } $cr, $ts;
ok(!(grep { $_ =~ $karen } @theirs), 'and nobody else has a name');
ok((grep { /"poll"/ } @theirs), 'though they have the poll');

# ---- acceptance, help, in codes and out of order
my ($request) = @{ $mx->show(case_of($mx))->{notes} };
my ($req_id) = map { $_->{id} } grep { $_->{act} eq 'note' } @{ $mx->acts(case_of($mx)) };
$mx->record(case_of($mx), 'accept', { state => 'MX', note => $req_id, scope => 'a visit to the shelter', services => ['shelter'], ends_on => day(30) });
my ($first) = $p->goes('mx', '--post', 'HNTGU');
$mx->record(case_of($mx), 'assist', { at => at(0), by => 'MX', kind => 'visit', persons => [1], manner => 'good_offices', detail => 'She is well.' });
my $codes = $mx->run('send', $mx->{file}, '--codes', '--post', 'HNTGU');
is($codes->{status}, 0, 'as texts of QR codes');
my @frames = split /\n/, $codes->{out};
ok(!(grep { !m{\A[0-9A-Z \$%*+\-./:]+\z} } @frames), 'in the letters of QR codes');
like($mx->run('send', $mx->{file}, '--qr', '--post', 'HNTGU', '--resend', 'all')->{out} =~ /\xe2\x96[\x80\x84\x88]/ ? 1 : 0, qr/1/, 'or drawn');
$run = $hn->run({ input => join("\r\n", reverse(@frames), @frames[ 0, 0 ]) }, 'receive', $hn->{file}, '-');
is($run->{status}, 0, 'as a scanner types them, in any order') or diag($run->{err});
$run = $hn->run({ input => $frames[0] }, 'receive', $hn->{file}, '-');
@frames > 1 ? is($run->{status}, 4, 'one code is missing') : is($run->{status}, 0, 'one code is all');
$p->comes('hn', $first);
is(scalar @{ $hn->show($case)->{assistance} }, 1, 'the help is in the case, once');
is(scalar @{ $hn->show($case)->{acceptances} }, 1, 'and the acceptance');

# ---- the end
$p->round;
say_hn('close', { outcome => ['stays_safely'], reason => 'She stays with her cousin.', unmet_needs => [] });
say_hn('report', { meeting => 'LON-CP', on => day(0), provided => 'A visit, by Mexico.' });
$p->round('--receipts') for 1 .. 2;
is($ts->show(case_of($ts))->{stage}, 'reported', 'the Secretariat knows the end');
is($hn->show($case)->{stage}, 'reported', 'as who asked');
my @left = grep { $_->{new} || $_->{unacknowledged} } @{ $hn->json('send', $hn->{file}, '--dry-run', '--json')->{posts} };
is(scalar @left, 0, 'and everything was acknowledged') or diag explain \@left;
is($_->run('verify', $_->{file})->{status}, 0, 'every file verifies') for $hn, $mx, $cr, $ts;

# Everything that ever was on the way, once more, to everybody, in the order of its names.
my @before = map { scalar @{ $_->acts(case_of($_)) } } $hn, $mx, $cr, $ts;
$p->comes($_) for qw(hn mx cr ts);
is_deeply([ map { scalar @{ $_->acts(case_of($_)) } } $hn, $mx, $cr, $ts ], \@before, 'changes nothing');

# ---- a post that nobody knows yet
my $gt = init_post(state => 'GT', code => 'GTAUH', country => 'AE', city => 'Abu Dhabi', kind => 'consulate', officer => 'Dora TAX');
$gt->ok('identity', $gt->{file}, 'new');
$gt->ok('directory', $gt->{file}, 'party', $_, '--since', day(-9), '--source', 'a letter') for qw(CR GT);
$p->{gt} = $gt;
$p->introduce('cr', 'gt');
my ($gt_case) = $gt->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
$gt->record($gt_case, 'person', { person => 1, single_name => 'Someone', given_names => 'Else', nationalities => [ { state => 'GT', proof => 'passport' } ] });
$gt->run({ input => to_json({ round => 1, to => ['CR'], reply_by => at(60), needs => ['legal'], languages => ['es'], override => { reason => 'urgent' } }) }, 'record', $gt->{file}, $gt_case, 'poll', '-');
my @unknown = $p->goes('gt', '--post', 'CRAUH');
($took) = $p->taken('cr', @unknown);
is("$took->{outcome} $took->{new}", 'unknown 0', 'is counted, and not stored');
like($took->{why}, qr/keys? (?:is|are) not known here/, 'and what to do is said');
$p->introduce('gt', 'cr');
($took) = $p->taken('cr', @unknown);
is("$took->{outcome} $took->{recorded}", 'taken 1', 'with its card the same pouch is taken');

done_testing();
