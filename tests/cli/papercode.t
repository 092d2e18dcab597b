#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The code of a paper, from the print to who holds it: asked of the file that printed it, of the one
# that the note went to, and of a dossier; and what comes of it where it is mistyped, or of others.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode ();
use Test::More;

my $folder = tmp('demo');
run_ok('demo', $folder, '--today', '2026-03-16');
my $passphrase = read_file("$folder/demo-passphrase.txt");
chomp $passphrase;
my @open = ('--passphrase-file', passphrase_file($passphrase));
my ($honduras, $mexico, $salvador) = map { "$folder/$_.amparo" } qw(1-honduras 2-mexico-abu-dhabi 4-el-salvador);
my $case = 'HN-2026-0004';
my $form = qr/[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/;

sub decoded { return utf8::is_utf8($_[0]) ? $_[0] : Encode::decode('UTF-8', $_[0]) }
sub flat { return decoded($_[0]) =~ s/\s+/ /gr }

# The code at the foot of each page, which is the same on all.
sub code_of {
    my ($command, @of) = $_[0] =~ /\A(?:report|statistics|offices)\z/ ? @_ : ('print', @_);
    my $run = run($command, @of, @open); # a report warns of who stands out
    is($run->{status}, 0, "$command @of[1 .. $#of]") or diag($run->{err});
    my @pages = split /\f/, decoded($run->{out});
    my %codes;
    for my $page (@pages) {
        my ($code) = $page =~ /^(?:Code|Código) ($form)  \d\d\d\d-\d\d-\d\d \d\d:\d\d/m;
        $codes{ $code // 'none' }++;
    }
    is(join(' ', map { "$_ $codes{$_}" } keys %codes), (keys %codes)[0] . ' ' . @pages, 'has the code on each page');
    return (keys %codes)[0];
}
sub told { my ($file, $code, @more) = @_; return flat(run_ok('verify', $file, '--code', $code, @more, $file =~ /amparo\z/ ? @open : ())) }
sub known { my ($file, $code) = @_; return run_json('verify', $file, '--code', $code, '--json', $file =~ /amparo\z/ ? @open : ()) }

# ---- against the file that printed it
my $note = code_of($honduras, $case, 'note', '3');
like($note, qr/\AN/, 'of a note it begins so');
my $said = told($honduras, $note);
like($said, qr/\APrinted from this case file: note verbale, copy 1\. /, 'what it is');
like($said, qr/ Case \Q$case\E Printed \d{4}-\d\d-\d\d \d\d:\d\d by Lucía Membreño Paz For Mexico Language Spanish /, 'when, by whom, for whom, in which language');
like($said, qr/ compare each: Number 3\/2026 Kind request for assistance Dated 2026-03-09 To Embassy, Abu Dhabi, Mexico Persons 1 /, 'what stands on it');
like($said, qr/ The note stands as it was printed\. /, 'and that it still stands');
like($said, qr/ The code shows that such a paper was printed, and not that this one was left as it was/, 'and what a code does not show');
unlike($said, qr/RAM|Karen/, 'without a name');
is(told($honduras, lc $note =~ tr/-/ /r), $said, 'as somebody types it');
like(flat(run_ok('verify', $honduras, '--code', $note, '--lang', 'es', @open)), qr/\AImpreso de este archivo de casos: nota verbal, copia 1\. /, 'in the language of the reader');

my $second = code_of($honduras, $case, 'note', '3', '--lang', 'en');
is(substr($second, 0, 15), substr($note, 0, 15), 'copies of a note begin alike');
my $json = known($honduras, $second);
is($json->{printed}{copy}, 2, 'for machines: which copy');
is($json->{printed}{language}, 'en', 'in which language');
is($json->{number}, '3/2026', 'of which note');
is_deeply($json->{since}, [], 'and nothing since');

my $summary = code_of($honduras, $case, 'summary', '--for', 'MX');
my $costs = code_of($honduras, $case, 'costs', '--for', 'capital');
my $poll = code_of($honduras, $case, 'poll', '--as-of', '2026-03-10');
my $register = code_of($honduras, 'register');
my $report = code_of('report', $honduras, '--meeting', '2026-04-10');
my $statistics = code_of('statistics', $honduras);
my $short = code_of($honduras, $case, 'summary', '--short');
my $receipt = code_of($honduras, $case, 'receipt', '1');
my $offices = code_of('offices', $honduras, 'print');
is(join('', map { substr $_, 0, 1 } $summary, $costs, $poll, $register, $report, $statistics, $short, $receipt, $offices), 'SCPRMTHVF', 'each kind of document by its letter');
like(told($honduras, $short), qr/short summary, copy 1\. .* Persons 1 /, 'the summary on a page');
like(told($honduras, $receipt), qr/receipt for a migrant, copy 1\. .* For whom it is about Language Spanish What stands on the paper; compare each: Person 1 Nothing else/, 'the receipt');
like(told($honduras, $offices), qr/list of offices, copy 1\. .* Acts recorded in the file since: 0\. /, 'the list of offices');
like(told($honduras, $summary), qr/case summary, copy 1\. .* For Mexico .* Persons 1 /, 'the summary');
like(told($honduras, $costs), qr/cost statement, copy 1\. .* For our own capital /, 'the costs');
like(told($honduras, $poll), qr/poll sheet, copy 1\. .* As of 2026-03-10 .* Recorded in the case since, which the paper cannot show: \d+ acts? \(/, 'the poll of a day before');
like(told($honduras, $register), qr/register of notes, copy 1\. .* Acts recorded in the file since: 0\. /, 'the register');

like(told($honduras, code_of($honduras, 'register', '--year', '2026')), qr/register of notes, copy 1\. .* compare each: Year 2026 Acts recorded/, 'that of a year');
like(told($honduras, $report), qr/meeting report, copy 1\. .* For the network .* compare each: Meeting 2026-04-10 Acts recorded/, 'the report for a meeting');
like(told($honduras, $statistics), qr/statistics, copy 1\. Printed \S+ \S+ by Lucía Membreño Paz For the network Language English Acts recorded in the file since: 0\. /, 'the statistics');

# ---- what was recorded since
my $need = run({ input => to_json({ person => 1, need => 'legal', urgency => 'now' }) }, 'record', $honduras, $case, 'need', '-', @open);
is($need->{status}, 0, 'an act is recorded') or diag($need->{err});
like(told($honduras, $summary), qr/Recorded in the case since, which the paper cannot show: 1 act \(need\)\./, 'the summary is from before');
like(told($honduras, $note), qr/The note stands as it was printed\. Recorded in the case since/, 'the note stands');
run_fails(4, qr/of no paper that was printed from this file, and of no note that came by pouch/, 'verify', $mexico, '--code', $note, @open);
mkdir(my $stick = tmp('stick'));

# What is due goes to the other post; the pouches for others do not open there.
sub carry {
    run_ok('send', $honduras, '--to', $stick, @open);
    run('receive', $mexico, $stick, @open);
}
carry();
unlike(told($mexico, $note), qr/ANNULLED/, 'the other side has it, and it stands');
my ($id) = map { $_->{id} } grep { $_->{number} eq '3/2026' } @{ run_json('notes', $honduras, '--json', @open) };
my $annul = run({ input => to_json({ note => $id, reason => 'to the wrong office' }) }, 'record', $honduras, $case, 'annul', '-', @open);
is($annul->{status}, 0, 'the note is annulled') or diag($annul->{err});
like(told($honduras, $note), qr/ ANNULLED on \d{4}-\d\d-\d\d \d\d:\d\d by Lucía Membreño Paz: the note does not count\./, 'which is told of its papers');

# ---- against the file of another post, to which it went
carry();
$said = told($mexico, $note);
like($said, qr/\AA note of another post, which came by pouch\. Case here MXAUH-2026-0001 /, 'the other side finds it');
like($said, qr/ Number 3\/2026 .* Sender HN, Consular Directorate, Tegucigalpa To Embassy, Abu Dhabi, Mexico Persons 1 /, 'with what stands on it');
like($said, qr/ ANNULLED on /, 'and what became of it');
like($said, qr/ Which copy it is, .* the file of the post that printed it can tell alone\./, 'and what it cannot tell');
run_fails(4, qr/no note that came by pouch/, 'verify', $salvador, '--code', $note, @open);
run_fails(4, qr/of no paper that was printed from this file, and/, 'verify', $mexico, '--code', $summary, @open);

# ---- against a dossier, without case file or passphrase
my $dossier = tmp('case.dsr');
run_ok('dossier', $honduras, $case, '-o', $dossier, @open);
run_fails(2, qr/is there already/, 'dossier', $honduras, $case, '-o', $dossier, @open);
run_fails(1, qr/No such file/, 'dossier', $honduras, $case, '-o', tmp('nowhere/case.dsr'), @open);
my @dossiers = map { $_->{access} } grep { $_->{what} eq 'dossier' } @{ run_json('access', $honduras, '--json', @open) };
is("@dossiers", 'failed export export', 'one is made, one not tried, and of one the log says that it failed');
$said = told($dossier, $note);
my ($root) = $said =~ /compare these digits with the card of the Secretariat: (\d{5}(?: \d{5}){5}) /;
ok($root, 'the root that it rests on comes first');
like($said, qr/ A note of this dossier: dispatch \d+\. Case here [0-9a-f]{16} /, 'the note');
like($said, qr/ Number 3\/2026 Kind request for assistance Dated 2026-03-09 Sender HN, Consular Directorate, Tegucigalpa To Embassy, Abu Dhabi, Mexico Persons 1 /, 'what stands on it');
like($said, qr/ ANNULLED on /, 'what became of it');
like(told($dossier, $second, '--root', $root), qr/\ARoot of the directory, the same as on the card that was given: /, 'each copy, by the card');
$json = known($dossier, $note);
is($json->{paper}{number}, '3/2026', 'for machines');
is($json->{dispatches}[ $json->{paper}{dispatch} - 1 ]{act}, 'note', 'with the dossier');
run_fails(2, qr/of no note \(case summary\): a dossier can tell of notes alone/, 'verify', $dossier, '--code', $summary);
run_fails(2, qr/of no note \(register of notes\)/, 'verify', $dossier, '--code', $register);
my $other = code_of($honduras, 'HN-2026-0005', 'note', '4');
run_fails(4, qr/\Q$other\E: no note of this dossier has that code/, 'verify', $dossier, '--code', $other);
(my $card = $root) =~ s/\A./$& eq '3' ? 4 : 3/e;
my $wrong = run('verify', $dossier, '--code', $note, '--root', $card);
is($wrong->{status}, 4, 'under another root');
is($wrong->{out}, '', 'nothing is told');
my $bytes = read_file($dossier);
substr($bytes, length($bytes) / 2, 1) ^= "\1";
write_file(tmp('changed.dsr'), $bytes);
$wrong = run('verify', tmp('changed.dsr'), '--code', $note);
is("$wrong->{status}$wrong->{out}", '4', 'nor of one that was changed');
# A dossier from before there were codes.
my $hex = read_file(($ENV{AMPARO_SRC} // '.') . '/tests/vectors/dossier/good');
write_file(tmp('good.dsr'), pack 'H*', $hex =~ s/\s+//gr);
run_fails(4, qr/^amparo: 1 note of it was sent by an older version, which did not say its code$/m, 'verify', tmp('good.dsr'), '--code', $note);

# ---- typed
my $at = index $note, '-';
my $slip = $note;
substr($slip, $at + 1, 1) = substr($slip, $at + 1, 1) eq 'A' ? 'B' : 'A';
for my $what ($honduras, $dossier) {
    run_fails(2, qr/\Q$slip\E: a character is mistyped, as its last one tells/, 'verify', $what, '--code', $slip);
    run_fails(2, qr/has 20 characters, and this has 16; one looks like/, 'verify', $what, '--code', '1042-K7QX-93MD-PZ4V');
    run_fails(2, qr/U: no code of a paper has that character/, 'verify', $what, '--code', substr($note, 0, -1) . 'U');
}
run_fails(2, qr/--code and --witness: one of them at a time/, 'verify', $honduras, '--code', $note, '--witness', '1042-K7QX-93MD-PZ4V');
run_fails(2, qr/needs a value/, 'verify', $honduras, '--code');
run_fails(4, qr/./, 'verify', $honduras, '--code', $note, '--passphrase-file', passphrase_file('wrong'));

# ---- the file is otherwise as it was
like(run_ok('verify', $honduras, @open), qr/^Whole: /m, 'and verifies');

done_testing();
