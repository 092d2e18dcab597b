#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What somebody of ill will may lay into a folder, or read beside it: names of files that a terminal
# obeys, links, what is no pouch; and all that sending and receiving say and write, looked through for
# a name.
use strict;
use warnings;
use utf8;
use Encode qw(decode encode is_utf8);
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use POSIX qw(strftime);
use Test::More;

my %post;
my @all = (
    [ HNTGU => 'HN', 'HN', 'Tegucigalpa', 'directorate', 'Directorate', 'Berta PAZ' ],
    [ CRAUH => 'CR', 'AE', 'Abu Dhabi',   'consulate',   'Consulate',   'Carla RUIZ' ],
    [ MXAUH => 'MX', 'AE', 'Abu Dhabi',   'consulate',   'Embassy',     'Mario SOL' ],
    [ TS    => 'CR', 'CR', 'San José',    'secretariat', 'Secretariat', 'Ana SOLÍS' ],
);
for (@all) {
    my ($code, $state, $country, $city, $kind, $name, $officer) = @$_;
    my $p = $post{$code} = init_post(code => $code, state => $state, country => $country, city => $city,
        kind => $kind, post => $name, officer => $officer);
    $p->ok('identity', $p->{file}, 'new');
    $p->ok('identity', $p->{file}, 'card', '-o', tmp("$code.card"));
}
for my $of (sort keys %post) {
    for my $by (grep { $_ ne $of } sort keys %post) {
        my $p = $post{$by};
        $p->ok('trust', $p->{file}, 'card', tmp("$of.card"));
        $p->ok('trust', $p->{file}, 'check', $of, '--called', 'them', '--number', '+50422000000');
    }
}
my ($hn, $cr) = @post{qw(HNTGU CRAUH)};
sub day { return strftime('%Y-%m-%d', gmtime(time + 86_400 * $_[0])) }

# ---- nobody's name in what is said and written

my @names = map { encode('UTF-8', $_) } qw(Karen KAREN RAMÍREZ Ramírez 971501234567 501234567 X7654321);
my $said = '';
sub letters { return is_utf8($_[0]) ? $_[0] : decode('UTF-8', $_[0]) }

# Everything that a call puts out, and all names of files and their bytes in a folder.
sub call {
    my ($p, @command) = @_;
    my $run = $p->run(@command);
    $said .= encode('UTF-8', letters($_)) . "\n" for @$run{qw(out err)};
    return $run;
}
sub folder_of {
    my ($path) = @_;
    opendir my $dir, $path or die "$path: $!";
    return join "\n", map { $_ => -f "$path/$_" ? read_file("$path/$_") : () } grep { !/^\.\.?$/ } readdir $dir;
}
my $way = 0;
sub carry {
    my ($from, $to, @how) = @_;
    my $folder = tmp('way' . ++$way);
    mkdir $folder or die $!;
    is(call($from, 'send', $from->{file}, '--to', $folder, '--receipts', '--resend', 'all', @how)->{status}, 0, "sends @how");
    is(call($to, 'receive', $to->{file}, $folder)->{status}, 0, 'receives');
    $said .= folder_of($folder);
    return;
}
sub all_carry {
    my $folder = tmp('way' . ++$way);
    mkdir $folder or die $!;
    call($_, 'send', $_->{file}, '--to', $folder, '--receipts') for values %post;
    call($_, 'receive', $_->{file}, $folder) for values %post;
    $said .= folder_of($folder);
    return;
}

$hn->ok('directory', $hn->{file}, 'party', $_, '--since', '2026-01-01', '--source', 'a letter') for qw(HN CR MX);
my ($case) = $hn->record('new', 'open',
    { role => 'requesting', receiving_state => 'AE', priority => 'urgent', source => 'phone' });
$hn->record($case, 'person', { person => 1, surname_1 => 'RAMÍREZ', given_names => 'Karen', phone => '+971501234567',
    document_number => 'X7654321', nationalities => [ { state => 'HN', proof => 'passport' } ] });
$hn->record($case, 'ground', { person => 1, code => 'G5', perpetrator => 'employer', facts => 'Karen is not paid' });
$hn->record($case, 'consent', { person => 1, purpose => 'P4', to => 'CR', given_by => 'self', form => 'oral', on => day(0) });
my %why = (override => { reason => 'Karen cannot wait' });
sub record {
    my ($p, $where, $act, $payload) = @_;
    my $run = $p->run({ input => to_json($payload) }, 'record', $p->{file}, $where, $act, '-');
    is($run->{status}, 0, $act) or diag($run->{err});
    return;
}
record($hn, $case, 'poll', { round => 1, to => [ 'CR', 'MX' ], reply_by => day(5), %why });
all_carry();
record($cr, 'CRAUH-' . substr(day(0), 0, 4) . '-0001', 'reply', { state => 'CR', round => 1, legal => 'yes',
    material => 'yes', offer => JSON::PP::true, services => ['shelter'] });
all_carry();
record($hn, $case, 'choose', { state => 'CR', reason => 'Karen is near' });
record($hn, $case, 'note', { kind => 'REQ', direction => 'out', to => { state => 'CR', office => 'Consulate',
    city => 'Abu Dhabi' }, persons => [1], scope => 'a visit to Karen', date => day(0),
    at => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime(time - 60)), %why });
carry($hn, $cr, '--eml', '--from', 'hn@example.org', '--address', 'cr@example.org', '--post', 'CRAUH');
carry($hn, $cr, '--armour', '--post', 'CRAUH');
call($hn, 'send', $hn->{file}, '--post', 'CRAUH', '--resend', 'CRAUH', $_) for '--armour', '--codes', '--qr', '--json';
call($hn, 'send', $hn->{file}, '--dry-run', '--resend', 'all', '--json');
call($_, 'trust', $_->{file}, '--json') for values %post;
for my $name (@names) {
    is(index($said, $name), -1, 'it says nothing of ' . decode('UTF-8', $name));
}
my $shown = $cr->ok('show', $cr->{file}, 'CRAUH-' . substr(day(0), 0, 4) . '-0001');
like(letters($shown), qr/RAMÍREZ, Karen/, 'who was asked has the name');
unlike($post{MXAUH}->ok('acts', $post{MXAUH}->{file}, 'MXAUH-' . substr(day(0), 0, 4) . '-0001', '--json'),
    qr/RAM|Karen/, 'who was not has none');
unlike($post{TS}->ok('acts', $post{TS}->{file}, 'TS-' . substr(day(0), 0, 4) . '-0001', '--json'), qr/RAM|Karen/,
    'nor has the Secretariat');

# ---- what lies in a folder

my $inbox = tmp('hostile');
mkdir $inbox or die $!;
my $outbox = tmp('good');
mkdir $outbox or die $!;
$hn->ok('send', $hn->{file}, '--to', $outbox, '--resend', 'CRAUH');
my ($pouch) = glob "$outbox/*.pch";
my $bytes = read_file($pouch);
write_file("$inbox/\e]0;owned\a\e[2J.pch", $bytes);
write_file("$inbox/two\nlines\r.pch", substr $bytes, 0, 99);
write_file("$inbox/\xe2\x80\xaegnp.pch", 'pch' . chr(1) . ('x' x 400));
write_file("$inbox/empty.pch", '');
write_file("$inbox/-rf.eml", "From: x\n\n[BEGIN-AMPARO-POUCH]\nAAAA\n[END-AMPARO-POUCH:000000000000]\n");
symlink $cr->{file}, "$inbox/link.pch" or die $!;
symlink '/etc', "$inbox/cur" or die $!;
POSIX::mkfifo("$inbox/pipe.pch", 0600) or die $!;
my $run = $cr->run('receive', $cr->{file}, $inbox);
is($run->{status}, 4, 'what is damaged is said');
for my $stream (qw(out err)) {
    unlike(letters($run->{$stream}), qr/[\x00-\x09\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}]/, "nothing in its std$stream that a terminal obeys");
}
unlike($run->{out}, qr/^lines/m, 'nor a line that a name made');
unlike($run->{err}, qr/^lines/m, 'nor there');
like($run->{out}, qr/from HNTGU, Directorate: /, 'what is good is taken');
my $json = $cr->run('receive', $cr->{file}, $inbox, '--json');
unlike($json->{out}, qr/[\x00-\x09\x0b-\x1f\x7f]/, 'nor in JSON');

# ---- where the outbox leads

my $elsewhere = tmp('elsewhere');
mkdir $elsewhere or die $!;
(my $beside = $hn->{file}) =~ s{[^/]+\z}{outbox};
rename $beside, "$beside.was";
symlink $elsewhere, $beside or die $!;
write_file("$elsewhere/precious", 'mine');
$hn->ok('send', $hn->{file}, '--resend', 'CRAUH');
my @there = grep { !m{/precious$} } glob "$elsewhere/*";
ok(@there && !grep({ substr(read_file($_), 0, 3) ne 'pch' } @there), 'a link for an outbox gets sealed pouches alone');
is(read_file("$elsewhere/precious"), 'mine', 'and nothing is overwritten');
is(scalar(grep { (stat)[2] & 077 } @there), 0, 'which are for their owner');
my ($name) = $there[0] =~ m{([^/]+)\z};
unlink $there[0];
symlink "$elsewhere/precious", $there[0] or die $!;
$hn->ok('send', $hn->{file}, '--resend', 'CRAUH');
is(read_file("$elsewhere/precious"), 'mine', 'nor through a link that has the name of a pouch');
done_testing;
