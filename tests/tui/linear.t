#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The first scenario, a domestic worker in Dubai, from intake to report by lines alone (--linear).
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Linear;
use Scenario;
use Test::More;

my $passphrase = 'an honest passphrase of the tests';
my $s = Scenario->begin(state => 'HN', code => 'HNGLF', post => 'Consular desk for the Gulf',
    parties => [qw(CA CR HN MX PA US)]);
my $file = $s->{file};
my $l = Linear->begin($file, $passphrase);
$l->see(qr/^Honduras · Consular desk for the Gulf; 0 open/m, qr/^Today> \z/m);

# ---- intake, section by section
$l->type('new');
$l->see(qr/^Intake 1 of 6/m, qr/^Our role, one of 3 \[requesting State\]: \z/m);
like($l->type(''), qr/\AWhere now, needed, one of \d+: \z/, 'nothing typed: on to the next field');
like($l->type('uni'), qr/^1 [A-Z]{2} [A-Z].*^Which number\? \z/ms, 'several countries are called so: which?');
like($l->type('emirates'), qr/\AWhose nationals.*\[HN Honduras\]: \z/, 'another word finds one');
like($l->type('<'), qr/\AWhere now.* \[AE United Arab Emirates\]: \z/, 'back, and it stands there');
$l->record(qr/^Intake 2 of 6/m, 'Priority' => 'urgent', 'Heard from' => 'ngo');
my ($case) = $l->{said} =~ /(HNGLF-\d{4}-\d{4})/;
$l->fill('Passport line' => "P<HNDZELAYA<MONTUFAR<<DILCIA<MARIBEL<<<<<<<<\nF765432<<6HND9711024F31052050801199700456<64");
$l->see(qr/all digits agree/);
like($l->type('=Born'), qr/^Born[^\n]*\[1997-11-02 = 2 November 1997/m, 'the passport line filled it, and it is said in words');
$l->type('=Second surname');
$l->see(qr/\[MONTUFAR\]/i);
$l->record(qr/^Intake 3 of 6/m, 'Second surname' => 'Montúfar');
$l->record(qr/^Intake 4 of 6/m, 'Place' => 'Dubai');
$l->record(qr/^Intake 5 of 6/m, 'Ground' => 'labour', 'By whom' => 'employer',
    'What happened' => "Passport kept by the employer;\nwages of five months unpaid.\n");

# ---- killed in the midst: the same question, and nothing is lost
$l->fill('Need' => 'shelter,legal,travel', 'Urgency' => '72h');
my ($asked) = $l->{said} =~ /^([^\n,:\[]+)[^\n]*: \z/m;
$l->kill;
my $before = $l->{all};
$l = Linear->begin($file, $passphrase);
$l->see(qr/^Unfinished> \z/m);
$l->type('1');
$l->see(qr/Taken up where you left it/, qr/^\Q$asked\E[^\n]*: \z/m);
like($l->type('=Need'), qr/\[shelter, legal advice, travel document\]/, 'what was typed is there');
$l->type('=Need');
$l->type('+medical');
like($l->type('=Need'), qr/\[shelter, legal advice, travel document, medical care\]/, 'one more is added');
$l->type('shelter,legal,travel');
$l->record(qr/Recorded in \Q$case\E/);
$l->record(qr/Recorded in \Q$case\E/, 'Purpose' => 'p3,p9') if $l->{said} =~ /^Intake 6/m;

# ---- a step of the case: its number, and that it was that one
sub next_step {
    my ($text) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $l->row(qr/Next: \Q$text\E/);
    return;
}
sub step { next_step($_[0]); return $l->record(qr/Recorded in/, @_[ 1 .. $#_ ]) }

# ---- the poll
next_step('decide whether the mechanism applies (Art. 3)');
$l->see(qr/^Does the mechanism apply\?/m, qr/^1 7\.1; .*; met/m);
$l->type('a');
$l->record(qr/Recorded/, 'Reason' => 'All requirements are met on the facts.');
$l->type('back');
step('tell the Secretariat of the poll (Art. 7.6)');
step('ask the focal points (Art. 7.6)', 'Area' => 'Emirate of Dubai');
next_step('write down the replies');
$l->see(qr/^\d State: Mexico; post: Abu Dhabi; /m);
$l->row(qr/State: Mexico/, 'reply');
$l->record(qr/Recorded/, 'Legal capacity' => 'yes', 'Material means' => 'part', 'Offers?' => 'yes',
    'Services' => 'shelter,legal', 'Limits' => "Visits and a list of lawyers; no funds.\n");
$l->row(qr/State: Costa Rica/, 'r');
$l->record(qr/Recorded/, 'Legal capacity' => 'yes', 'Material means' => 'part', 'Offers?' => 'yes',
    'Services' => 'travel', 'Limits' => "No visits outside Abu Dhabi.\n");
$l->row(qr/State: Panama/, 'r');
$l->record(qr/Recorded/, 'Legal capacity' => 'yes', 'Material means' => 'no', 'Offers?' => 'no');
$l->row(qr/State: Canada/, 'x');
$l->record(qr/Recorded/, 'Reference' => 'E-mail 44');
like($l->whole, qr/United States; [^\n]*silent/, 'who is silent is told to be silent');
$l->row(qr/State: Mexico/, 'c');
$l->record(qr/Recorded/, 'Reason' => "It offers what is needed first, in her language.\n");
$l->type('<');

# ---- the note; before it no help
step('ask for consent to name the person there (P4)');
step('record the capital\'s authorisation (Art. 7.5)', 'By' => 'Directorate of Protection', 'Reference' => 'DGPM-118-2026');
$l->type('9');
$l->type('n');
$l->fill('Kind' => 'visit', 'Detail' => "Visit to the shelter, with a lawyer's address.\n");
$l->done;
$l->see(qr/Art\. 6/, qr/^\d /m);
like($l->type('1'), qr/^Notes verbales> \z/m, 'a line of the refusal leads to what mends it');
$l->type('<') for 1 .. 2;
like($l->type(':back'), qr/what was typed is kept/, 'the form that was refused stays unfinished');
$l->type('<');
next_step('request the assistance by note (Art. 6)');
$l->fill('Scope' => "Two visits to the shelter; a list of lawyers.\n");
$l->done;
$l->see(qr/before it is recorded/);
my $note = $l->whole;
like($note, qr/presents\s+its\s+compliments/, 'the note is read before it gets its number');
unlike($note, qr/traffick/, 'and says nothing of trafficking');
$l->type('record');
$l->see(qr/Recorded in.*1\/2/);

# ---- help, costs, the end
step('tell the Secretariat of the request (Art. 5)');
step('record the acceptance and its scope (Art. 5)', 'Scope' => "Visits and a list of lawyers, for thirty days.\n");
next_step('record the help that is given');
$l->see(qr/Taken up where you left it/);
$l->record(qr/Recorded/);
next_step('thank those whose offer was not needed');
$l->done;
$l->type('record');
$l->see(qr/Recorded/);
$l->type('9');
$l->type('k');
$l->record(qr/Recorded/, 'Amount' => '1850', 'Currency' => 'aed', 'Borne by' => 'state', 'Item' => 'Air ticket to San Pedro Sula');
$l->type('k');
$l->record(qr/Recorded/, 'Amount' => '120', 'Borne by' => 'iom', 'Item' => 'Reception on return');
like($l->whole, qr/State of nationality; AED 1,850\.00/, 'costs by who bears them');
$l->type('<');
next_step('record help and costs; close when all is done (Art. 7.7)');
$l->row(qr/close the case/);
$l->fill('Outcome' => 'repat');
like($l->done, qr/cannot be taken back\. .* type the number of this case/s, 'what cannot be taken back asks for more than a key');
like($l->type($case), qr/Recorded/, 'the number of the case');
$l->row(qr/report at the next meeting/);
$l->record(qr/Recorded/, 'Meeting' => 'Liaison officers, second meeting of the year');
$l->type('<');
like($l->whole, qr/reported: NOW/, 'the way of the case, by its stages');
is($l->end, 0, 'the end of the input ends the program');
is($s->{post}->show($case)->{stage}, 'reported', 'the case is reported');
is(scalar(grep { $_->{act} eq 'note' } @{ $s->{post}->acts($case) }), 2, 'with its notes');
unlike($before . $l->{all}, qr/[\x00-\x09\x0B-\x1F\x7F-\x9F]/, 'no control character but the end of a line, ever');
unlike($before . $l->{all}, qr/\Q$passphrase\E/, 'nor the passphrase');
done_testing();
