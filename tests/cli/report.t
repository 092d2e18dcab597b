#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The calendar of meetings, the report of 7.7 and the statistics, by commands, over the demo files:
# scenario 1 names Mexico, scenario 4 is a number, and nothing personal is in what goes out.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode qw(decode);
use Test::More;

my $folder = tmp('demo');
run_ok('demo', $folder, '--today', '2026-03-16');
my ($hn, undef, undef, undef, $do, $ni) = sort glob "$folder/*.amparo";
chomp(my $passphrase = read_file("$folder/demo-passphrase.txt"));
my @open = ('--passphrase-file', passphrase_file($passphrase));
my @second = ('--officer', 'Óscar Pineda Ríos', '--passphrase-file', passphrase_file("$passphrase 2"));

# ---- everything in the acts of a file that is of a class above P0
my %class;
for my $act (@{ run_json('help', 'acts', '--json') }) {
    $class{ $act->{act} }{ $_->{key} } = $_->{class} for @{ $act->{fields} };
}
ok(scalar(keys %class) > 30, 'the fields have classes');

sub strings {
    my ($value) = @_;
    return ref $value eq 'HASH' ? map { strings($_) } values %$value
      : ref $value eq 'ARRAY'   ? map { strings($_) } @$value
      : defined $value && $value =~ /\D/ ? ($value) : ();
}

sub personal {
    my ($file) = @_;
    my %found;
    for my $case (@{ run_json('list', $file, '--json', @open) }) {
        for my $act (@{ run_json('acts', $file, $case->{case}, '--json', @open) }) {
            for my $key (keys %{ $act->{payload} }) {
                next if ($class{ $act->{act} }{$key} // 'P0') eq 'P0';
                # Codes and dates of a class are no texts: what they say is in no report either, but
                # the words may be.
                $found{$_} = 1 for grep { length > 3 && !/^[a-z_0-9]+$|^\d{4}-\d\d-\d\d/ } strings($act->{payload}{$key});
                $found{$_} = 1 for grep { length > 3 } map { split /[ ,]+/ } map { $act->{payload}{$_} // () }
                  qw(surname_1 surname_2 given_names single_name locality);
            }
        }
        $found{ $case->{case} } = 1;
    }
    return sort keys %found;
}

sub clean {
    my ($name, $text, @personal) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @in = grep { $text =~ /\b\Q$_\E\b/i } @personal;
    is("@in", '', "$name: nothing personal of " . scalar @personal);
}

sub warned_report {
    my ($file, @args) = @_;
    my $run = run('report', $file, @args, @open);
    is($run->{status}, 0, $run->{line}) or diag($run->{err});
    unlike($run->{err}, qr/\b(?!7\.7: warning)amparo:/, 'without an error');
    return ($run->{err}, $run->{out});
}

# ---- scenario 1: Honduras
my @personal = personal($hn);
ok(scalar(grep { $_ eq 'Karen' } @personal), 'names are looked for');
my ($said, $json) = warned_report($hn, '--meeting', '2026-04-10', '--json');
my $report = from_json($json);
clean('JSON', decode('UTF-8', $json), @personal);
is(scalar @{ $report->{cases} }, 1, 'one case may be told');
my $case = $report->{cases}[0];
is($case->{help}[0]{state}, 'MX', 'Mexico helped');
is_deeply($report->{helpers}, ['MX'], 'and is named among who helped');
is_deeply($case->{grounds}, ['G5'], 'labour exploitation');
like($case->{pseudonym}, qr/^[0-9A-Z]{5}-[0-9A-Z]{5}$/, 'under a pseudonym');
is($case->{costs}[0]{amount}, '1900', 'costs are rounded');
is(join(' ', map { "$_->{from}-$_->{to}" } @{ $case->{delays} }), 'opened-poll poll-reply reply-note note-help', 'delays');
like($said, qr/^7\.7: warning: $case->{pseudonym} is the only one like it/m, 'who stands out is named');
unlike($json, qr/declin/, 'nothing is said of who declined');
my %text;
for my $lang (qw(en es fr)) {
    my (undef, $out) = warned_report($hn, '--meeting', '2026-04-10', '--lang', $lang);
    $text{$lang} = decode('UTF-8', $out);
    clean("text in $lang", $text{$lang}, @personal);
}
like($text{en}, qr/Mexico: visit/, 'in English');
like($text{es}, qr/México: visita/, 'in Spanish');
like($text{fr}, qr/Mexique\x{a0}: visite/, 'in French');
like($text{fr}, qr/Émirats arabes unis/, 'with its names of countries');
like($text{en}, qr/^Conclusion +conclusion pending$/m, 'an open case is pending');

# What stands out can be left out, or the case counted only.
(undef, $json) = warned_report($hn, '--meeting', '2026-04-10', '--json', '--leave-out', 'age,country');
$case = from_json($json)->{cases}[0];
ok(!exists $case->{receiving} && !exists $case->{persons}[0]{age}, 'left out');
($said, $json) = warned_report($hn, '--meeting', '2026-04-10', '--json', '--count-only', $case->{pseudonym});
is_deeply([ @{ from_json($json) }{qw(cases unique helpers)} ], [ [], [], [] ], 'counted only');
is($said, '', 'and nobody stands out');

# What went out is in the access log.
my @taken = map { "$_->{access} $_->{what} $_->{for}" } @{ run_json('access', $hn, '--json', @open) };
is_deeply([ grep { /^(?:export|print)/ } @taken ], [ ('export report 2026-04-10 network') x 2, ('print report 2026-04-10 network') x 3, 'export report 2026-04-10 network' ], 'each copy is in the access log');
like($text{fr}, qr/^\S.*  Copie 3  /m, 'with its number on it');
unlike($text{$_}, qr/Lucía/, "and no name of ours: $_") for qw(en es fr);

# ---- recording it
my $key = run_ok('report', $hn, '--meeting', '2026-04-10', '--key', @open);
my ($reference) = $key =~ /^$case->{pseudonym}  (\S+)/m;
ok($reference, 'the officer can tell which case it is');
like(run_ok('report', $hn, '--meeting', '2026-04-10', '--record', @open), qr/^7 cases recorded as presented$/m, 'recorded');
like(run_ok('report', $hn, '--meeting', '2026-04-10', '--record', @open), qr/^0 cases/m, 'once');
my ($recorded) = grep { $_->{act} eq 'report' } @{ run_json('acts', $hn, $reference, '--json', @open) };
is_deeply($recorded->{payload}, { meeting => 'Liaison Officer Network for Consular Protection, Alajuela', on => '2026-04-10', pending => JSON::PP::true }, 'as pending');
my ($meeting) = grep { $_->{on} eq '2026-04-10' } @{ run_json('meetings', $hn, '--json', @open) };
is($meeting->{presented}, 7, 'the calendar has them');
run_ok('verify', $hn, @open);

# ---- scenario 4: without consent P9 a number
@personal = personal($do);
ok(scalar(grep { $_ eq 'Yokasta' } @personal), 'names are looked for');
my $out = decode('UTF-8', run_ok('report', $do, '--meeting', '2026-03-06', @open));
clean('scenario 4', $out, @personal);
like($out, qr/^Cases that are counted and not described, for want of consent or so that nobody\s+is recognised: 1 \(concluded\)$/m, 'a statistical line');
unlike($out, qr/violence|T.rkiye|Turkey|El Salvador|consent withdrawn/, 'and nothing else of it');
$report = run_json('report', $do, '--meeting', '2026-03-06', '--json', @open);
is_deeply($report->{counted}, { concluded => 1, pending => 0 }, 'in JSON too');
is_deeply([ @{$report}{qw(cases helpers unique)} ], [ [], [], [] ], 'without a word on it');

# ---- scenario 5: who is under the lock is nowhere
clean('scenario 5', decode('UTF-8', run_ok('report', $ni, '--meeting', 'last', '--json', @open)), personal($ni));

# ---- who may change the calendar, and what is no meeting
run_fails(3, qr/^7\.7: only a head of post/, 'meetings', $hn, 'add', '2026-07-01', '--place', 'Belmopan', @second);
run_ok('meetings', $hn, 'add', '2026-07-01', '--place', 'Belmopan', @open);
run_fails(2, qr/a meeting on that day already/, 'meetings', $hn, 'add', '2026-07-01', '--place', 'Belmopan', @open);
run_ok('meetings', $hn, 'change', '2026-07-01', '--on', '2026-07-02', '--place', 'Belice', @open);
run_ok('meetings', $hn, 'remove', '2026-07-02', @open);
like(run_ok('meetings', $hn, @open), qr/^2026-07-02  Belice +cancelled$/m, 'it stays, marked');
run_fails(2, qr/cancelled/, 'meetings', $hn, 'change', '2026-07-02', '--place', 'X', @open);
run_fails(2, qr/no date/, 'meetings', $hn, 'add', '2026-13-01', '--place', 'X', @open);
run_fails(2, qr/its network and its place/, 'meetings', $hn, 'add', '2026-08-01', @open);
run_fails(2, qr/second line/, 'meetings', $hn, 'add', '2026-08-01', '--place', "Belmopan\nX", @open);
run_fails(2, qr/control character/, 'meetings', $hn, 'add', '2026-08-01', '--place', "Bel\e[31mmopan", @open);
run_fails(2, qr/longer than 80/, 'meetings', $hn, 'add', '2026-08-01', '--place', 'x' x 81, @open);
run_fails(2, qr/UTF-8|no text/, 'meetings', $hn, 'add', '2026-08-01', '--place', "Bel\xff", @open);
run_fails(2, qr/of which day/, 'meetings', $hn, 'add', @open);
run_fails(2, qr/add, change and remove/, 'meetings', $hn, 'move', '2026-08-01', @open);
run_fails(2, qr/--meeting is needed/, 'report', $hn, @open);
run_fails(2, qr/no such meeting/, 'report', $hn, '--meeting', '2026-04-11', @open);
run_fails(2, qr/no such meeting/, 'report', $hn, '--meeting', "x' OR 1", @open);
run_fails(2, qr/^amparo: name: /, 'report', $hn, '--meeting', 'last', '--leave-out', 'age,name', @open);
run_fails(2, qr/--paper/, 'report', $do, '--meeting', 'last', '--paper', 'a5', @open);

# ---- statistics
my $statistics = run_json('statistics', $hn, '--json', @open);
my @shown = grep { defined } map { $_->{cases} } map { @{ $_->{rows} } } @{ $statistics->{tables} };
is(scalar(grep { $_ > 0 && $_ < 5 } @shown), 0, 'no small number');
is($statistics->{cases}, 11, 'of all cases');
is(run_json('statistics', $hn, '--json', '--from', '2026-03-14', @open)->{cases}, undef, 'too few are not told');
is(run_json('statistics', $hn, '--json', '--until', '2026-01-01', @open)->{cases}, 0, 'none is none');
$out = run_ok('statistics', $hn, '--lang', 'es', '-o', tmp('statistics.txt'), @open);
like(decode('UTF-8', read_file(tmp('statistics.txt'))), qr/^Por causal/m, 'into a file, in Spanish');
unlike(decode('UTF-8', read_file(tmp('statistics.txt'))), qr/Lucía/, 'without a name of ours');
clean('statistics', decode('UTF-8', read_file(tmp('statistics.txt'))), personal($hn));
run_fails(2, qr/no date/, 'statistics', $hn, '--from', '2026-02-30', @open);

done_testing();
