#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Documents from the command line: what each says, who gets what of it, and where it goes.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode ();
use POSIX ();
use Test::More;

my $folder = tmp('demo');
run_ok('demo', $folder, '--today', '2026-03-16');
my $file = "$folder/1-honduras.amparo";
my $passphrase = read_file("$folder/demo-passphrase.txt");
chomp $passphrase;
my @open = ('--passphrase-file', passphrase_file($passphrase));
my $list = run_json('list', $file, '--json', @open);
my ($case) = map { $_->{case} } grep { $_->{receiving_state} eq 'AE' } @$list;

sub text { my $out = run_ok('print', @_, @open); return utf8::is_utf8($out) ? $out : Encode::decode('UTF-8', $out) }
sub flat { my ($text) = @_; $text =~ s/\s+/ /g; return $text }

# ---- the documents
my $summary = text($file, $case);
# Each says when it was printed: the minute may change between two.
sub timeless { my ($text) = @_; $text =~ s/\d\d:\d\d(:\d\d)?/--:--/g; return flat($text) }
# Each is another copy; as the others are, but for its number, code and instant at the foot.
sub uncounted {
    my ($text, $copy) = @_;
    return $text =~ s/(Copy|Copia) \Q$copy\E( +)/$1 N /gr =~ s/^(Code|Código) [0-9A-Z-]{24}  \S+ \S+/$1 …/gmr =~ s/(Code|Código) [0-9A-Z-]{24} \S+ \S+/$1 …/gr;
}
my $again = text($file, $case, 'summary');
is(flat(uncounted(timeless($summary), 1)), flat(uncounted(timeless($again), 2)), "the summary comes by itself");
like($again, qr/^HN-\S+  Case summary +Copy 2  Log /m, 'each copy has its number at the foot');
like($summary, qr/^\Q$case\E  Case summary$/m, 'its title');
like(flat($summary), qr/United States no reply by the deadline/, 'silent is not declined');
like(flat($summary), qr/Canada 2026-03-04 declines/, 'declined');
like($summary, qr/AED 1,850\.00\s+State of nationality/, 'costs by who bears them');
like($summary, qr/USD 120\.00\s+IOM/, 'each currency by itself');
like($summary, qr/\f/, 'pages');
is(scalar(grep { length > 80 } split /[\n\f]/, $summary), 0, 'eighty columns');
unlike($summary, qr/[\x00-\x08\x0b\x0e-\x1f\x7f]/, 'nothing that commands a terminal');

my $note = text($file, $case, 'note', '3');
is(uncounted($note, 1), uncounted(text($file, $case, 'note', '3/2026'), 2), 'a note by number, with and without its year');
like($note, qr/Nota No\. 3\/2026 +CONFIDENCIAL/, 'in the language of the note');
like(flat($note), qr/referirse al mecanismo propuesto/, 'a pilot is a proposed mechanism');
like($note, qr/RAMÍREZ/, 'the annex');
my $english = text($file, $case, 'note', '3', '--lang', 'en');
like(flat($english), qr/has the honour to refer to the proposed mechanism/, '--lang goes before');
unlike(flat($english), qr/traffick/, 'no word of trafficking in a case of another ground');
my $received = text($file, $case, 'note', '1');
like($received, qr/^\Q$case\E  Note received  E-001\/\d+$/m, 'a note that came in, by its number');
like($received, qr/\AHonduras – \S.* CONFIDENTIAL – PERSONAL DATA$/m, 'it says whose it is and how it is kept');
like(text($file, $case, 'poll'), qr/Text of the poll/i, 'the poll');
unlike(text($file, $case, 'poll'), qr/RAM.REZ|Karen/, 'without a name');
like(text($file, $case, 'costs'), qr/air ticket/, 'the costs');

# ---- who gets what
my $secretariat = text($file, $case, 'summary', '--for', 'secretariat');
unlike($secretariat, qr/RAM.REZ|Karen|F000131|\+9715|shelter code/, 'the Secretariat has no identity');
unlike(text($file, $case, 'summary', '--for', 'CR'), qr/RAM.REZ|Karen/, 'nor has a State without consent');
my $mexico = text($file, $case, 'summary', '--for', 'MX');
like($mexico, qr/RAMÍREZ/, 'Mexico has, by her consent');
like($summary, qr/^Code \S+ .*, Lucía Membreño Paz$/m, 'what stays in the house says who printed it');
unlike($_, qr/Lucía/, 'what goes to others has no name of ours') for $mexico, $note, $secretariat;
unlike($mexico, qr/shelter code/, 'but not what never leaves');
my $withdrawn = text("$folder/5-dominican-republic.amparo", 'DO-2026-0001', 'note', '1');
unlike($withdrawn, qr/PAULINO|Yokasta/, 'consent withdrawn: the note has no identity any more');
my $locked = text("$folder/6-nicaragua.amparo", 'NI-2026-0001', 'note', '1');
unlike($locked, qr/MAIRENA|Elvis/, 'under protection lock: in no note');
unlike(text("$folder/6-nicaragua.amparo", 'NI-2026-0001', 'summary', '--for', 'capital'), qr/MAIRENA|Elvis/, 'nor for the capital');

# ---- into a file
my $out = tmp('note.txt');
is(run_ok('print', $file, $case, 'note', '3', '-o', $out, @open), '', 'nothing on standard output');
my $written = Encode::decode('UTF-8', read_file($out));
is(uncounted($written, 4), uncounted($note, 1), 'the same text, the fourth copy');
is((stat $out)[2] & 07777, 0600, "its owner's alone");
run_fails(2, qr/\Q$out\E/, 'print', $file, $case, '-o', $out, @open);
is(Encode::decode('UTF-8', read_file($out)), $written, 'what is there stays');
run_fails(1, qr/./, 'print', $file, $case, '-o', tmp('nowhere/a.txt'), @open);
my $full = run({ stdout => '/dev/full' }, 'print', $file, $case, @open);
is($full->{status}, 1, 'standard output on a full disk: exit status 1');

# ---- to a printer
mkdir tmp('bin');
write_file(tmp('bin/lp'), "#!/bin/sh\necho \"\$@\" >'" . tmp('lp.args') . "'\ncat >'" . tmp('lp.in') . "'\n");
chmod 0755, tmp('bin/lp');
my $run = run({ env => { PATH => tmp('bin') . ":$ENV{PATH}" } }, 'print', $file, $case, 'note', '3', '--printer', 'hall', '--text', @open);
is($run->{status}, 0, 'lp takes it') or diag($run->{err});
is(uncounted(Encode::decode('UTF-8', read_file(tmp('lp.in'))), 5), uncounted($note, 1), 'all of it');
like(read_file(tmp('lp.args')), qr/hall/, 'on the printer named');
unlike(read_file(tmp('lp.args')), qr/\Q$case\E|RAM/, 'nothing of the case in the call');
write_file(tmp('bin/lp'), "#!/bin/sh\ncat >/dev/null\necho 'no such printer' >&2\nexit 1\n");
$run = run({ env => { PATH => tmp('bin') . ":$ENV{PATH}" } }, 'print', $file, $case, '--printer', 'hall', @open);
is($run->{status}, 1, 'lp refuses: exit status 1');
like($run->{err}, qr/no such printer/, 'what lp says is told');
# Some launchers leave it so that nobody is told how a child ended.
$run = run({ env => { PATH => tmp('bin') . ":$ENV{PATH}" }, ignores => ['CHLD'] }, 'print', $file, $case, '--printer', 'hall', @open);
is($run->{status}, 1, 'it refuses, also where the ends of programs are ignored');
mkdir tmp('empty');
$run = run({ env => { PATH => tmp('empty') } }, 'print', $file, $case, '--printer', 'hall', @open);
is($run->{status}, 1, 'without lp: exit status 1');
like($run->{err}, qr/\blp\b/, 'that says so');

# ---- the access log: a print is entered before it leaves, and so is that it did not arrive
sub log_of { my ($what) = @_; return [ grep { $_->{what} eq $what } reverse @{ run_json('access', $file, $case, '--json', @open) } ] }
my $before = @{ log_of('costs') };
write_file(tmp('bin/lp'), "#!/bin/sh\necho \"\$*\" >'" . tmp('lp.args') . "'\ncat >'" . tmp('lp.in') . "'\n");
my %bin = (env => { PATH => tmp('bin') . ":$ENV{PATH}" });
is(run({%bin}, 'print', $file, $case, 'costs', '--printer', 'hall', '--copies', '3', '--paper', 'a4', '--text', @open)->{status}, 0, 'three copies');
is(read_file(tmp('lp.args')), "-n 3 -o media=A4 -d hall\n", 'are made by the printer');
like(read_file(tmp('lp.in')), qr/Copies (\d+)-(\d+) (?{ is($2 - $1, 2, 'three numbers') })/, 'and stand on each');
write_file(tmp('bin/lp'), "#!/bin/sh\nexit 1\n");
is(run({%bin}, 'print', $file, $case, 'costs', '--printer', 'hall', @open)->{status}, 1, 'then it fails');
is(run({ stdout => '/dev/full' }, 'print', $file, $case, 'costs', @open)->{status}, 1, 'and so does a full disk');
run_fails(2, qr/is there already/, 'print', $file, $case, 'costs', '-o', $out, @open);
text($file, $case, 'costs');
text($file, $case, 'costs', '--draft');
my @log = @{ log_of('costs') }[ $before .. $before + 5 ];
is_deeply([ map { "$_->{access} $_->{copies}" } @log ], [ 'print 3', 'print 1', 'failed 1', 'print 1', 'failed 1', 'print 1' ], 'each is in the log');
is($log[2]{copy}, $log[1]{copy}, 'what failed by its number');
is($log[5]{copy}, $log[3]{copy} + 1, 'which nothing else gets');
is(scalar @{ log_of('costs draft') }, 1, 'a draft is an entry too');
my $draft = text($file, $case, 'costs', '--draft');
like($draft, qr/^ +DRAFT$/m, 'and says what it is');
unlike($draft, qr/Copy|^Code/m, 'without a number or a code');
like(run_ok('verify', $file, @open), qr/Whole/, 'the log is whole');

# ---- of what went in part the log does not say that it arrived nowhere
sub closed_by_its_reader {
    my $pipe = tmp('pipe');
    POSIX::mkfifo($pipe, 0600) or die "mkfifo: $!";
    my $reader = fork // die "fork: $!";
    if (!$reader) {
        open my $in, '<', $pipe or POSIX::_exit(1);
        fcntl $in, 1031, 4096 or POSIX::_exit(2); # F_SETPIPE_SZ: less than the document has
        POSIX::_exit(sysread($in, my $some, 100) ? 0 : 3);
    }
    local $SIG{PIPE} = 'IGNORE'; # or the program ends before it says anything
    my $run = run({ stdout => $pipe }, 'print', $file, $case, 'summary', @open);
    waitpid $reader, 0;
    is($?, 0, 'somebody reads some of it');
    return $run;
}
$before = @{ log_of('summary') };
my $closed = closed_by_its_reader();
is($closed->{status}, 1, 'and no more: exit status 1');
like($closed->{err}, qr/standard output/, 'which says so');
is_deeply([ map { $_->{access} } @{ log_of('summary') }[ $before .. $before + 1 ] ], [ 'print', undef ], 'but it did leave');

# ---- pages, where they can be drawn
my $page = tmp('costs.PDF');
my $draws = -x "$ENV{AMPARO_BUILD}/amparo-pdf";
$run = run('print', $file, $case, 'costs', '-o', $page, @open);
if ($draws) {
    is($run->{status}, 0, 'a name that ends in .pdf gets pages') or diag($run->{err});
    like(read_file($page), qr/\A%PDF-.*%%EOF\n?\z/s, 'whole');
    is((stat $page)[2] & 07777, 0600, "its owner's alone");
    like(run_ok('print', $file, $case, 'costs', '--pdf', @open), qr/\A%PDF-/, '--pdf to a pipe');
    write_file(tmp('bin/lp'), "#!/bin/sh\ncat >'" . tmp('lp.in') . "'\n");
    run({%bin}, 'print', $file, $case, 'costs', '--printer', 'hall', @open);
    like(read_file(tmp('lp.in')), qr/\A%PDF-/, 'a printer gets pages');
    run_ok('letterhead', $file, 'dot_matrix', 'attic, hall', @open);
    run({%bin}, 'print', $file, $case, 'costs', '--printer', 'hall', @open);
    unlike(read_file(tmp('lp.in')), qr/%PDF/, 'but one that the post has said to print dots');
    run({%bin}, 'print', $file, $case, 'costs', '--printer', 'hall', '--pdf', @open);
    like(read_file(tmp('lp.in')), qr/\A%PDF-/, 'unless it is said');
} else {
    is($run->{status}, 1, 'no pages here');
    like($run->{err}, qr/amparo-pdf/, 'which says why');
    ok(!-e $page, 'nothing half written');
}
run_ok('letterhead', $file, 'a4', '1', @open);
my ($letter, $a4) = map { scalar(() = text($file, $case, 'summary', @$_) =~ /\n/g) } [ '--paper', 'letter' ], [];
cmp_ok($a4, '!=', $letter, 'the paper of the post, unless it is said');
run_ok('letterhead', $file, $_, 'usual', @open) for qw(a4 dot_matrix);

# ---- what is wrong with a call
run_fails(2, qr/--pdf and --text/, 'print', $file, $case, '--pdf', '--text', @open);
run_fails(2, qr/a name for pages/, 'print', $file, $case, '--text', '-o', tmp('b.pdf'), @open);
run_fails(2, qr/a name for plain text/, 'print', $file, $case, '--pdf', '-o', tmp('b.TXT'), @open);
run_fails(2, qr/say --printer/, 'print', $file, $case, '--copies', '2', @open);
run_fails(2, qr/from 1 to 99/, 'print', $file, $case, '--printer', 'hall', '--copies', $_, @open) for qw(0 100 two);
run_fails(2, qr/but notes/, 'print', $file, $case, 'note', '3', '--draft', @open);
run_fails(2, qr/summary/, 'print', $file, $case, 'poem', @open);
run_fails(2, qr/number/, 'print', $file, $case, 'note', @open);
run_fails(2, qr/3\/2026 REQ/, 'print', $file, $case, 'note', '9', @open);
run_fails(2, qr/--for/, 'print', $file, $case, '--for', 'somebody', @open);
run_fails(2, qr/letter or a4/, 'print', $file, $case, '--paper', 'a3', @open);
run_fails(2, qr/one of them/, 'print', $file, $case, '-o', tmp('b.txt'), '--printer', 'hall', @open);
run_fails(2, qr/HN-2020-0001/, 'print', $file, 'HN-2020-0001', @open);
run_fails(2, qr/en, es and fr/, 'print', $file, $case, '--lang', 'de', @open);

# ---- the summary on a page
my $short = text($file, $case, 'summary', '--short');
unlike($short, qr/\f/, 'the short summary is one page');
like(flat($short), qr/Persons +1 RAMÍREZ ORDÓÑEZ Karen Yamileth; female; 14 March 1998; Honduras Where now Dubai/, 'who, and where');
like(flat($short), qr/Grounds labour exploitation; employer/, 'why');
like($short, qr/^7\.3 +no office of its own there +met$/m, 'each requirement in a line');
like(flat($short), qr/Canada: declines; .*United States: no reply by the deadline/, 'what the poll gave');
like(flat($short), qr/Notes 3\/2026 request for assistance, Mexico/, 'the notes with their numbers');
like(flat($short), qr/Assistance given 12 March 2026: visit, Mexico/, 'assistance');
like(flat($short), qr/AED 1,850\.00 State of nationality/, 'costs');
like(flat($short), qr/Next .*Mexico: its help ends/, 'what is due');
my $for_ts = text($file, $case, 'short', '--for', 'secretariat');
unlike($for_ts, qr/RAM.REZ|Karen|14 March 1998|Dubai;|help ends/, 'for the Secretariat without identity, and without our work');
like($for_ts, qr/1 \[withheld\]/, 'which says so');
run_fails(2, qr/--short is for the summary/, 'print', $file, $case, 'costs', '--short', @open);
my $hidden = text("$folder/6-nicaragua.amparo", 'NI-2026-0001', 'summary', '--short');
unlike($hidden, qr/MAIRENA|Elvis/, 'under protection lock: not on our own paper');
like($hidden, qr/3 \(under lock\)/, 'which says so');

# ---- the receipt for the migrant
my $receipt = run('print', $file, $case, 'receipt', @open);
is($receipt->{status}, 0, 'a receipt');
my $given = Encode::decode('UTF-8', $receipt->{out});
like($given, qr/^Constancia de atención$/m, 'in her language');
unlike($given, qr/RAM.REZ|Karen|explot|laboral|México|CONFIDENCIAL/, 'which tells nothing to whom finds it');
like($given, qr/^Código V\S+  \d{4}-\d\d-\d\d \d\d:\d\d$/m, 'with a code, and without the name of who printed it');
like($receipt->{err}, qr/no telephone is set/, 'what is missing is remarked');
run_ok('letterhead', $file, 'phone_line', '+504 2236 0200', @open);
run_ok('letterhead', $file, 'names_officer', '1', @open);
$given = text($file, $case, 'receipt', '1', '--lang', 'es');
like(flat($given), qr/Teléfono de esta oficina \+504 2236 0200/, 'how the post is reached');
like(flat($given), qr/usted habló con \S.*, de la Dirección General/, 'who spoke to her, where the post wants it');
my $whole = text($file, $case, 'receipt', '--full', '--lang', 'es');
like(flat($whole), qr/otro Estado \(México\), con su nombre/, 'in full, to whom');
like(flat($whole), qr/explotación laboral/, 'and why');
run_fails(3, qr/3: person 3 is under the protection lock/, 'print', "$folder/6-nicaragua.amparo", 'NI-2026-0001', 'receipt', '3', '--full', @open);
run_fails(2, qr/say which of 1, 2, 3/, 'print', "$folder/6-nicaragua.amparo", 'NI-2026-0001', 'receipt', @open);
run_fails(2, qr/no such person; it has: 1/, 'print', $file, $case, 'receipt', '7', @open);
run_fails(2, qr/--full is for the receipt/, 'print', $file, $case, '--full', @open);
my $own = text($file, $case, '--for', 'person:1');
like($own, qr/RAMÍREZ/, 'the summary for her: her own');
unlike($own, qr/shelter code/, 'but not what never leaves');
run_fails(2, qr/no such person/, 'print', $file, $case, '--for', 'person:9', @open);

# ---- forms to fill in
my $blank = text($file, 'blank', '--lang', 'es');
like($blank, qr/^ABRIR EL CASO$|^APERTURA/m, 'a form of the intake');
like(flat($blank), qr/\?u se desconoce, \?r/, 'with the answers that stand for a value');
like(text($file, 'blank', 'consent', '--paper', 'a4'), qr/^Consent \(Article 3\)$/m, 'a sheet of one act');
run_fails(2, qr/no act/, 'print', $file, 'blank', 'poem', @open);
run_fails(2, qr/en, es and fr/, 'print', $file, 'blank', 'need', '--lang', 'de', @open);
run_fails(2, qr/what is twice/, 'print', $file, 'blank', 'consent', 'twice', @open);
my @printed = map { "$_->{case} $_->{what}" } grep { $_->{access} eq 'print' } @{ run_json('access', $file, '--json', @open) };
for my $what ("$case short", "$case receipt 1", "$case receipt 1 in full", ' blank', ' blank consent') {
    ok((grep { $_ eq $what } @printed), "in the access log: $what");
}
ok(!(grep { $_ eq ' blank need' } @printed), 'but not what was not made');

# ---- French: of a note, for whoever picks it; and of what stays here
my $french = run('print', $file, $case, 'note', '3', '--lang', 'fr', @open);
is($french->{status}, 0, 'a note in French');
like(flat(Encode::decode('UTF-8', $french->{out})), qr/Nationalités Honduras \(preuve.: passeport\) .* Langues espagnol/, 'with its annex');
like($french->{err}, qr/d'usage.*Canada/, 'where it is not customary that is said');
unlike(flat(Encode::decode('UTF-8', $french->{out})), qr/traite des/, 'of another ground nothing');
run_fails(2, qr/no poll/, 'print', $file, 'HN-2026-0011', 'poll', @open);
run_fails(4, qr/./, 'print', $file, $case, '--passphrase-file', passphrase_file('wrong'));

done_testing();
