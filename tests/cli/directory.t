#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# amparo directory: importing, what is entered by hand, who could help, the matrix. The list of the
# world is tried where it is at hand: in $AMPARO_DATA, or beside the source tree.
use strict;
use warnings;
use utf8;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output;
my $amparo = $ENV{AMPARO} // './amparo';
my $data = $ENV{AMPARO_DATA} // ($ENV{AMPARO_SRC} // '.') . '/../shared/data';
my $dir = tempdir(CLEANUP => 1);
$ENV{$_} = 'C.UTF-8' for qw(LC_ALL LANG);
$ENV{TZ} = 'UTC';
delete $ENV{LANGUAGE};
my $file = "$dir/f.amparo";

sub slurp { my ($path) = @_; open my $in, '<:encoding(UTF-8)', $path or die "$path: $!"; local $/; <$in> // '' }
sub write_file { my ($path, $text) = @_; open my $out, '>:encoding(UTF-8)', $path or die; print $out $text; close $out or die }

# (exit status, standard output, standard error)
sub amparo {
    my (@arguments) = @_;
    my $pid = fork // die;
    if (!$pid) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', "$dir/out";
        open STDERR, '>', "$dir/err";
        exec $amparo, @arguments, '--passphrase-file', "$dir/pw";
    }
    waitpid $pid, 0;
    return ($? >> 8, slurp("$dir/out"), slurp("$dir/err"));
}
sub directory { amparo('directory', $file, @_) }
sub good { my (@arguments) = @_; my ($status, $out, $err) = directory(@arguments); is("$status $err", '0 ', "@arguments"); $out }
sub bad { my ($expected, $pattern, @arguments) = @_; my ($status, $out, $err) = directory(@arguments);
    is("$status $out", "$expected ", "exit $expected: @arguments"); like($err, $pattern, '… and why') }
sub list { my ($name, @lines) = @_; write_file("$dir/$name", join '', map { "$_\n" } 'state,country,city,kind,source,date', @lines); "$dir/$name" }

write_file("$dir/pw", "made-up passphrase\n");
{
    my ($status, $out, $err) = amparo(qw(init), $file, qw(--state HN --code HNTGU --country HN --city Tegucigalpa --kind directorate),
        '--post', 'Directorate', '--officer', 'Ana');
    is("$status $err", '0 ', 'a case file') or BAIL_OUT($err);
}

# ---- an empty directory
is(good('export'), "state,country,city,kind,source,date,able,seat,phone,email,website,reference\r\n", 'an empty directory has its first line');
like(good('show'), qr/\AInstrument \(9\): pilot\n\z/, 'and is a pilot');
like(good('matrix'), qr/^GH,Ghana,(0,){11}0$/m, 'nobody is anywhere');
like(good('matrix'), qr/^HN,Honduras,(0,){6}self,(0,){4}0$/m, 'but at home');

# ---- importing
my $seed = list('seed.csv', 'CR,GH,Accra,embassy,seed,2022-11-16', 'CR,TG,Accra,non_resident,seed,2022-11-16',
    'MX,GH,Accra,embassy,seed,2022-11-16', 'HN,GH,Tema,honorary,seed,2022-11-16');
like(good('import', $seed, '--dry-run'), qr/^CR: 2 new, 0 gone, 0 as before; list of 2022-11-16.*\n  \+ GH  embassy, Accra\n(.*\n)*would change: 3 lists, 4 lines new, 0 gone/m, 'a dry run says what would change');
unlike(good('show'), qr/CR/, '… and changes nothing');
like(good('import', $seed), qr/^changed: 3 lists, 4 lines new, 0 gone$/m, 'import');
is(good('import', $seed), "nothing changes\n", 'importing twice changes nothing');
my $before = good('export');
write_file("$dir/back.csv", $before);
is(good('import', "$dir/back.csv"), "nothing changes\n", 'nor does importing what was exported');
like(good('matrix'), qr/^GH,Ghana,0,0,1,0,0,0,j,1,0,0,0,2$/m, 'offices are 1, honorary posts j');
like(good('matrix'), qr/^TG,Togo,0,0,j,(0,){8}0$/m, 'covering from elsewhere is j');

bad(2, qr/\Aamparo: line 3: [^\n]*"ZZ"[^\n]*\namparo: line 4: [^\n]*"villa"[^\n]*\namparo: nothing was imported[^\n]*\n\z/,
    'import', list('bad.csv', 'CR,NG,Abuja,embassy,seed,2022-11-16', 'ZZ,GH,Accra,embassy,seed,2022-11-16', 'CR,GH,Accra,villa,seed,2022-11-16'));
is(good('export'), $before, '… and the good line waits with the bad ones');
bad(2, qr/line 2: date 9998-01-01 lies ahead/, 'import', list('ahead.csv', 'CR,GH,Accra,embassy,seed,9998-01-01'));
bad(1, qr/absent\.csv: cannot be read/, 'import', "$dir/absent.csv");
bad(2, qr/--format x/, 'import', $seed, '--format', 'x');

like(good('import', list('less.csv', 'CR,GH,Accra,consulate,seed,2023-01-01')), qr/^CR: 1 new, 2 gone, 0 as before; list of 2023-01-01/m, 'an import is the whole list of each State in it');
like(good('show', 'MX'), qr/list: 1 line, seed, unverified, 2022-11-16, \d+ days old \(ask for a newer list\)\n  GH  embassy, Accra; seed/, '… and leaves the others');
is((amparo('periods', $file, 'list_age', 36525))[0], 0, 'what is old is said otherwise');
unlike(good('show', 'MX'), qr/ask for a newer list/, '… and how old a list may be is a setting');
amparo('periods', $file, 'list_age', 'usual');
good('import', list('official.csv', 'CR,NG,Abuja,embassy,7.6,2026-02-01'));
like(good('show', 'CR'), qr/list: 1 line, official list \(7\.6\), 2026-02-01.*\n  NG  embassy, Abuja; official list \(7\.6\), 2026-02-01/, 'an official list overrides the seed');
unlike(good('show', 'CR'), qr/consulate/, '… wholly');
like(good('import', list('later.csv', 'CR,GH,Accra,embassy,seed,2026-03-01')), qr/^changed: 1 list/m, 'a later seed list is taken');
unlike(good('show', 'CR'), qr/GH/, '… and still overridden');

# ---- what is entered
good(qw(party CR --since 2026-01-10 --source), 'note 12');
good(qw(party MX --since 2026-01-10 --until 2026-01-31 --source x));
like(good('show', 'MX'), qr/takes part since 2026-01-10 until 2026-01-31 \(x\)/, 'participation with its end and source');
bad(2, qr/FR is no Member State/, qw(party FR --since 2026-01-10 --source x));
bad(2, qr/--since DATE is needed/, qw(party CR --source x));
bad(2, qr/--source TEXT is needed/, qw(party CR --since 2026-01-10));
bad(2, qr/2026-02-30 is no date/, qw(party CR --since 2026-02-30 --source x));
bad(2, qr/end before it begins/, qw(party CR --since 2026-02-10 --until 2026-02-09 --source x));
bad(2, qr/cr is no country code/, qw(party cr --since 2026-01-10 --source x));
good(qw(instrument in_force --since 2026-01-01));
like(good('show'), qr/^Instrument \(9\): in force, since 2026-01-01$/m, 'the instrument');
bad(2, qr/--since DATE is needed/, qw(instrument in_force));
bad(2, qr/law: the instrument is pilot or in_force/, qw(instrument law));
good(qw(instrument pilot));
like(good('show'), qr/^Instrument \(9\): pilot$/m, 'back to a pilot');
good(qw(list HN --on 2026-02-01));
like(good('show', 'HN'), qr/list: 1 line, official list \(7\.6\), 2026-02-01/, 'a list that was filed');
bad(2, qr/lies ahead/, qw(list HN --on 9998-01-01));
good(qw(focal HN --email focal@example.org));
good('focal', 'HN', '--phone', '+504 2222-3333');
like(good('show', 'HN'), qr/focal point: focal\@example\.org \+504 2222-3333 \(said on \d{4}-\d\d-\d\d\)/, 'a focal point; what is not said anew stays');
good('focal', 'HN', '--desk', 'Night desk', '--hours', '24 h', '--languages', 'es miq', '--since', '2026-01-01', '--verified', '2026-02-01');
like(good('show', 'HN'), qr/Night desk focal\@example.org .*hours 24 h; languages es miq; valid from 2026-01-01; verified on 2026-02-01/,
    'its hours and languages, and how long it stands');
bad(2, qr/xx is no language/, qw(focal HN --languages xx));
bad(2, qr/no e-mail address/, qw(focal HN --email focal));
bad(2, qr/\+ and the number/, qw(focal HN --phone 2222));
bad(2, qr/one of --desk, --email/, qw(focal HN));
bad(2, qr/directory fly: unknown/, qw(fly HN));
bad(2, qr/directory party: .*too few/, qw(party));
bad(2, qr/directory who: .*too many/, qw(who GH HN));
for my $command (qw(calendar event identity offices trust)) {
    my ($status, $out, $err) = amparo($command, $file, 'fly');
    is($err, "amparo: $command fly: unknown, or too few or too many words; see amparo $command --help\n", "$command: in the same words");
}

# ---- who could help
good('import', list('gh.csv', map { "$_,GH,Accra,embassy,seed,2022-11-16" } qw(CA MX US SV)));
good(qw(party), $_, qw(--since 2026-01-10 --source x)) for qw(CA HN);
good(qw(party SV --since 9998-01-10 --source x));
{
    my $who = good(qw(who GH --for HN));
    like($who, qr/Honduras has no office of its own there/, 'who: the State itself');
    like($who, qr/order of their codes\):\n  CA  Canada\nWith an office there, and not on record as Parties: SV MX US\n\z/, 'who: Parties with an office, the others apart');
    my $json = decode_json(join '', map { utf8::encode($_); $_ } good(qw(who GH --for HN --json)));
    is_deeply($json->{candidates}, [ { state => 'CA', posts => [ { city => 'Accra', kind => 'embassy' } ] } ], 'the same as JSON');
    is_deeply([ sort map { "$_->{state} $_->{kind} $_->{source} $_->{on}" } @{ $json->{missions} } ],
        [ sort +(map { "$_ embassy seed 2022-11-16" } qw(CA MX SV US)), 'HN honorary seed 2022-11-16' ], 'with source and date of each line');
    ok($json->{missions}[0]{age_days} > 1000, '… and its age');
    is_deeply(decode_json(good(qw(who GH --for CA --json)))->{candidates}, [], 'not the State that asks');
}
like(good(qw(who NA)), qr/Missions in Namibia, or covering it:\n  none is on record/, 'Namibia is NA');
bad(2, qr/Ghana is no country code/, qw(who Ghana));
bad(2, qr/is the country itself/, qw(who GH --for GH));

# ---- the world
SKIP: {
    my ($world) = glob "'$data/embassies_wikidata_*.csv'";
    my $oracle = "$data/rcm_presence_matrix.csv";
    if (!$world || !-e $world || !-e $oracle) {
        note('left out: the list of the world is not at hand');
        last SKIP;
    }
    my $new = "$dir/world.amparo";
    amparo(qw(init), $new, qw(--state HN --code HNTGU --country HN --city Tegucigalpa --kind directorate), '--post', 'Directorate', '--officer', 'Ana');
    $file = $new;
    like(good('import', $world, qw(--format wikidata)), qr/^changed: \d+ lists, \d+ lines new, 0 gone$/m, 'the world is imported');
    like(good('import', $world, qw(--format wikidata)), qr/^nothing changes$/m, '… twice: nothing changes');
    my %row;
    my ($head, @lines) = split /\n/, good('matrix');
    $row{ (split /,/)[0] } = $_ for @lines;
    my ($oracle_head, @expected) = split /\r?\n/, slurp($oracle);
    is($head, $oracle_head, 'the same columns in the same order');
    my @states = (split /,/, $head)[ 2 .. 12 ];
    for my $line (@expected) {
        my ($code) = split /,/, $line;
        my $marks = sub { my ($m) = $_[0] =~ /((?:,(?:self|1|j|0)){11},\d+)\s*\z/; $m };
        is($marks->($row{$code}), $marks->($line), "$code: @states");
    }
    is(scalar(grep { /^(XK|NA|VA|AQ),/ } @lines), 4, 'each country of ISO 3166-1, and XK');
}

done_testing();
