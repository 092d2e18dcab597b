#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# amparo assess from outside: each rule on both sides of its edge, each bad fact by its path.
use strict;
use warnings;
use utf8;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output;
my $amparo = $ENV{AMPARO} // './amparo';
my $dir = tempdir(CLEANUP => 1);
$ENV{$_} = 'C.UTF-8' for qw(LC_ALL LANG);
delete $ENV{LANGUAGE};
my $json = JSON::PP->new->utf8->canonical;
my ($true, $false, $null) = ($JSON::PP::true, $JSON::PP::false, undef);

sub slurp { local (@ARGV, $/) = @_; my $text = <>; utf8::decode($text) if defined $text; $text // '' }
sub write_file { my ($path, $bytes) = @_; open my $out, '>:raw', $path or die; print $out $bytes; close $out or die }

# Runs it on a text of JSON: (exit status, standard output, standard error).
sub run_text {
    my ($text, @options) = @_;
    write_file("$dir/facts", $text);
    my $status = system("'$amparo' assess '$dir/facts' @options >'$dir/out' 2>'$dir/err'");
    return ($status >> 8, slurp("$dir/out"), slurp("$dir/err"));
}

# A migrant from Honduras in Ghana, all well: then the changes are made to a copy.
sub facts {
    my ($change) = @_;
    my $facts = {
        on => '2026-03-14',
        instrument => { status => 'in_force', since => '2026-01-01' },
        parties => { HN => '2026-01-10', CR => '2026-01-10', MX => '2026-03-14', US => '2026-03-15' },
        lists => { HN => '2026-02-01' },
        posts => [ map { { state => $_, country => 'GH', city => 'Accra', kind => 'embassy' } } qw(MX CR US) ],
        requesting_state => 'HN', receiving_state => 'GH',
        person => { nationalities => [ { state => 'HN', proof => 'passport' } ], birth_date => '1990-05-05' },
        grounds => [ { code => 'G5', perpetrator => 'employer' } ],
    };
    $change->($facts) if $change;
    return $facts;
}

sub assess {
    my ($change) = @_;
    my ($status, $out, $err) = run_text($json->encode(facts($change)));
    return { failed => "exit $status: $err" } if $status != 0 || $err ne '';
    utf8::encode($out);
    return $json->decode($out);
}

sub status_of { my ($answer, $id) = @_; my ($r) = grep { $_->{id} eq $id } @{ $answer->{requirements} }; $r ? $r->{status} : $answer->{failed} }
sub reason_of { my ($answer, $id) = @_; my ($r) = grep { $_->{id} eq $id } @{ $answer->{requirements} }; $r->{reason} }
sub requirement { my ($id, $expected, $name, $change) = @_; my $a = assess($change); is(status_of($a, $id), $expected, "$id $expected: $name"); $a }
sub ground {
    my ($expected, $code, $by, $change) = @_;
    my $a = assess(sub { $_[0]{grounds} = [ { code => $code, perpetrator => $by } ]; $change->(@_) if $change });
    is($a->{grounds}[0]{status}, $expected, "$code by $by: $expected");
    is(status_of($a, 'R4'), $expected, "R4 follows $code");
    return $a;
}

# ---- the shape of the answer
{
    my $a = assess();
    is_deeply([ sort keys %$a ], [ sort qw(overall minor protection_lock requirements grounds poll_allowed poll_blocked_by candidates warnings) ], 'the keys of the answer');
    is($a->{overall}, 'applies', 'all met: applies');
    is_deeply([ map { $_->{id} } @{ $a->{requirements} } ], [qw(R1 R2 R3 R3b R4 R9 R12)], 'the order of the requirements');
    is_deeply([ map { $_->{article} } @{ $a->{requirements} } ], [qw(7.1 7.2 7.3 4 7.4 3 9)], 'their articles');
    is_deeply([ sort keys %{ $_ } ], [qw(article id reason status would_change)], "keys of $_->{id}") for @{ $a->{requirements} };
    ok(!(grep { !/\w.*\.$/ } map { @$_{qw(reason would_change)} } @{ $a->{requirements} }), 'each has its sentences');
    is_deeply([ sort keys %{ $a->{grounds}[0] } ], [qw(code reason status)], 'keys of a ground');
    is_deeply($a->{candidates}, [ map { { state => $_, posts => [ { city => 'Accra', kind => 'embassy' } ] } } qw(CR MX) ], 'the candidates take part on that day');
    is_deeply($a->{warnings}, [], 'no warning');
    is_deeply($a->{poll_blocked_by}, [], 'nothing against a poll');
    ok($a->{poll_allowed} && !$a->{protection_lock} && defined $a->{minor} && !$a->{minor}, 'booleans');
}
{
    write_file("$dir/facts", $json->encode(facts()));
    is(`'$amparo' assess - <'$dir/facts'`, `'$amparo' assess '$dir/facts'`, 'standard input is -');
}

# ---- R1
my $nationality = sub { my (@n) = @_; sub { $_[0]{person}{nationalities} = [@n] } };
requirement(R1 => 'met', $_, $nationality->({ state => 'HN', proof => $_ })) for qw(verified_by_capital passport national_id birth_certificate consular_register);
requirement(R1 => 'undetermined', 'declared', $nationality->({ state => 'HN', proof => 'declared' }));
requirement(R1 => 'not_met', 'refuted', $nationality->({ state => 'HN', proof => 'passport', refuted => $true }));
requirement(R1 => 'met', 'refuted false', $nationality->({ state => 'HN', proof => 'passport', refuted => $false }));
requirement(R1 => 'not_met', 'another', $nationality->({ state => 'GT', proof => 'passport' }));
requirement(R1 => 'not_met', 'none', $nationality->());
requirement(R1 => 'not_met', 'no Member State', sub { $_[0]{requesting_state} = 'FR'; $_[0]{person}{nationalities}[0]{state} = 'FR' });
requirement(R1 => 'met', "$_ is a Member State", sub { my $s = $_; $_[0]{requesting_state} = $s; $_[0]{person}{nationalities}[0]{state} = $s })
    for qw(BZ CA CR DO SV GT HN MX NI PA US);

# ---- R2
requirement(R2 => 'met', 'on the day', sub { $_[0]{parties}{HN} = '2026-03-14' });
requirement(R2 => 'not_met', 'a day later', sub { $_[0]{parties}{HN} = '2026-03-15' });
requirement(R2 => 'not_met', 'never', sub { delete $_[0]{parties}{HN} });

# ---- R3
my $own = sub { my (@posts) = @_; sub { push @{ $_[0]{posts} }, map { { state => 'HN', country => 'GH', city => 'Kumasi', %$_ } } @posts } };
requirement(R3 => 'met', 'nothing there');
requirement(R3 => 'undetermined', 'no list', sub { delete $_[0]{lists}{HN} });
requirement(R3 => 'undetermined', 'no list beats a post', sub { delete $_[0]{lists}{HN}; $own->({ kind => 'embassy' })->(@_) });
for my $kind (qw(embassy high_commission consulate_general consulate consular_agency interests_section)) {
    requirement(R3 => 'not_met', $kind, $own->({ kind => $kind }));
    requirement(R3 => 'undetermined', "$kind that cannot act", $own->({ kind => $kind, able => $false }));
}
requirement(R3 => 'not_met', 'one of two can act', $own->({ kind => 'embassy', able => $false }, { kind => 'consulate', able => $true }));
for my $kind (qw(honorary non_resident)) {
    my $a = requirement(R3 => 'met', $kind, $own->({ kind => $kind }));
    like(reason_of($a, 'R3'), qr/Kumasi/, "$kind is named in the reason");
}
requirement(R3 => 'undetermined', 'honorary beside one that cannot act', $own->({ kind => 'honorary' }, { kind => 'embassy', able => $false }));
requirement(R3 => 'met', 'an embassy elsewhere', $own->({ kind => 'embassy', country => 'TG' }));
is_deeply(requirement(R3 => 'met', 'list of 180 days', sub { $_[0]{lists}{HN} = '2025-09-15' })->{warnings}, [], '180 days are not older');
is(scalar @{ requirement(R3 => 'met', 'list of 181 days', sub { $_[0]{lists}{HN} = '2025-09-14' })->{warnings} }, 1, '181 days: a warning');
is_deeply(requirement(R3 => 'met', 'what is old, said otherwise', sub { $_[0]{lists}{HN} = '2025-09-14'; $_[0]{list_days} = 181 })->{warnings}, [], 'its own number of days');
requirement(R3 => 'not_met', 'old list, status stands', sub { $_[0]{lists}{HN} = '2020-01-01'; $own->({ kind => 'embassy' })->(@_) });

# ---- R3b
is(requirement(R3b => 'undetermined', 'absent')->{overall}, 'applies', 'R3b is no part of overall');
is(requirement(R3b => 'not_met', 'served', sub { $_[0]{district_served} = $true })->{overall}, 'applies', 'nor when not met');
requirement(R3b => 'met', 'not served', sub { $_[0]{district_served} = $false });

# ---- R4
my @perpetrators = qw(civilian employer family criminal_group state_authority unknown none);
ground(met => G1 => $_) for qw(civilian employer family criminal_group);
ground(not_met => G1 => 'state_authority');
ground(undetermined => G1 => $_) for qw(unknown none);
for my $code (qw(G3 G5)) {
    ground($_ eq 'state_authority' ? 'undetermined' : 'met', $code, $_) for @perpetrators;
}
ground(met => G4 => $_) for @perpetrators;

sub born { my ($birth) = @_; sub { $_[0]{person}{birth_date} = $birth; delete $_[0]{person}{birth_date} unless defined $birth } }
my @births = (
    [ '2008-03-14', 'not_met' ], [ '2008-03-15', 'met' ], [ '2008-03-15~', 'met' ], [ '2008-03-14~', 'not_met' ],
    [ '2008-03-XX', 'met' ], [ '2008-02-XX', 'not_met' ], [ '2008-XX-XX', 'met' ], [ '2007-XX-XX', 'not_met' ],
    [ '2026-XX-XX', 'met' ], [ '2026-03-XX', 'met' ], [ '2026-03-14', 'met' ],
    [ 'XXXX-XX-XX', 'undetermined' ], [ 'XXXX-XX-XX~', 'undetermined' ], [ undef, 'undetermined' ],
);
for (@births) {
    my ($birth, $expected) = @$_;
    my $a = ground($expected => G2 => 'none', born($birth));
    is($json->allow_nonref->encode($a->{minor}), { met => 'true', not_met => 'false', undetermined => 'null' }->{$expected}, 'minor for ' . ($birth // 'no date'));
}
for ([ '2026-02-28', 'met' ], [ '2026-03-01', 'not_met' ]) {
    my ($on, $expected) = @$_;
    ground($expected => G2 => 'none', sub { $_[0]{on} = $on; $_[0]{person}{birth_date} = '2008-02-29'; });
}

my $referral = sub { my (%r) = @_; sub { $_[0]{network_referral} = { referred_on => '2026-03-01', %r } } };
for my $code (qw(G6a G6b G6c)) {
    my %answered = (answered_on => '2026-03-05');
    ground(undetermined => $code => 'none');
    ground(undetermined => $code => 'none', sub { $_[0]{network_referral} = $null });
    ground(undetermined => $code => 'none', $referral->());
    ground(undetermined => $code => 'none', $referral->(because => 'they said so'));
    ground(not_met => $code => 'none', $referral->(%answered, answer => 'can_be_resolved', because => 'they can'));
    for my $answer (qw(cannot_be_resolved not_competent)) {
        ground(met => $code => 'none', $referral->(%answered, answer => $answer, because => 'no contact there'));
        ground(undetermined => $code => 'none', $referral->(%answered, answer => $answer));
        ground(undetermined => $code => 'none', $referral->(%answered, answer => $answer, because => $_))
            for '', '  ', "\t\r\n", "\x{a0}\x{2003}\x{3000}", "\x{200b}\x{2060}\x{feff}", "\x{2028}\x{2029}";
    }
}
sub grounds { my (@codes) = @_; sub { $_[0]{grounds} = [ map { { code => $_->[0], perpetrator => $_->[1] } } @codes ] } }
requirement(R4 => 'undetermined', 'no ground', grounds());
requirement(R4 => 'met', 'met beats all', grounds([ G1 => 'state_authority' ], [ G1 => 'unknown' ], [ G4 => 'none' ]));
requirement(R4 => 'undetermined', 'undetermined beats not met', grounds([ G1 => 'state_authority' ], [ G1 => 'unknown' ]));
requirement(R4 => 'not_met', 'all not met', grounds([ G1 => 'state_authority' ], [ G2 => 'none' ]));
is_deeply([ map { "$_->{code} $_->{status}" } @{ assess(grounds([ G5 => 'employer' ], [ G1 => 'unknown' ], [ G5 => 'state_authority' ]))->{grounds} } ],
    [ 'G5 met', 'G1 undetermined', 'G5 undetermined' ], 'grounds in the order given, a code twice');

# ---- R9
my $also = sub { my (%n) = @_; sub { push @{ $_[0]{person}{nationalities} }, { proof => 'declared', %n } } };
requirement(R9 => 'met', 'one nationality');
requirement(R9 => 'undetermined', 'of the receiving State', $also->(state => 'GH'));
requirement(R9 => 'met', 'of the receiving State, refuted', $also->(state => 'GH', refuted => $true));
requirement(R9 => 'undetermined', 'of a State with an embassy there', $also->(state => 'CR'));
requirement(R9 => 'met', 'of such a State, refuted', $also->(state => 'CR', refuted => $true));
requirement(R9 => 'met', 'of a State without one', $also->(state => 'FR'));
requirement(R9 => 'undetermined', 'of no Party, with one', sub { $also->(state => 'FR')->(@_); push @{ $_[0]{posts} }, { state => 'FR', country => 'GH', city => 'Accra', kind => 'embassy' } });
requirement(R9 => 'met', 'whose post cannot act', sub { $also->(state => 'FR')->(@_); push @{ $_[0]{posts} }, { state => 'FR', country => 'GH', city => 'Accra', kind => 'embassy', able => $false } });
requirement(R9 => 'met', 'whose consul is honorary', sub { $also->(state => 'FR')->(@_); push @{ $_[0]{posts} }, { state => 'FR', country => 'GH', city => 'Accra', kind => 'honorary' } });
requirement(R9 => 'met', 'own posts are not another State', $own->({ kind => 'embassy' }));

# ---- R12
my $instrument = sub { my (%i) = @_; sub { $_[0]{instrument} = {%i} } };
{
    my $a = requirement(R12 => 'waived', 'pilot', $instrument->(status => 'pilot'));
    is($a->{overall}, 'applies', 'a pilot does not block');
    is(scalar @{ $a->{warnings} }, 1, 'a pilot warns');
}
requirement(R12 => 'waived', 'pilot with a date', $instrument->(status => 'pilot', since => '2026-01-01'));
requirement(R12 => 'met', 'since that day', $instrument->(status => 'in_force', since => '2026-03-14'));
requirement(R12 => 'not_met', 'since the next', $instrument->(status => 'in_force', since => '2026-03-15'));

# ---- overall
is(assess(sub { $_[0]{parties} = {}; $_[0]{grounds} = []; })->{overall}, 'does_not_apply', 'not met beats undetermined');
is(assess(sub { $_[0]{grounds} = [] })->{overall}, 'undetermined', 'one undetermined');
is(assess($also->(state => 'GH'))->{overall}, 'undetermined', 'R9 counts');
is(assess($instrument->(status => 'in_force', since => '2027-01-01'))->{overall}, 'does_not_apply', 'R12 counts');
is(assess($own->({ kind => 'embassy' }))->{overall}, 'does_not_apply', 'R3 counts');
is(assess($nationality->())->{overall}, 'does_not_apply', 'R1 counts');
is(assess(grounds([ G1 => 'state_authority' ]))->{overall}, 'does_not_apply', 'R4 counts');
{
    my $a = assess(sub { $_[0]{person}{fears_own_state} = $true });
    ok($a->{protection_lock} && !$a->{poll_allowed}, 'fear of the own State locks');
    is($a->{overall}, 'undetermined', 'the lock leaves it undetermined');
    is_deeply([ map { "$_->{id} $_->{article}" } @{ $a->{poll_blocked_by} } ], ['lock 3'], 'the lock blocks the poll');
    is(assess(sub { $_[0]{person}{fears_own_state} = $true; $_[0]{parties} = {} })->{overall}, 'does_not_apply', 'not met beats the lock');
}

# ---- poll
sub blocked { my ($expected, $name, $change) = @_; my $a = assess($change);
    is_deeply([ map { "$_->{id} $_->{article}" } @{ $a->{poll_blocked_by} } ], $expected, "blocked by (@$expected): $name");
    is(!!$a->{poll_allowed}, !@$expected, '… and allowed accordingly') }
blocked([], 'undetermined R1', $nationality->({ state => 'HN', proof => 'declared' }));
blocked([ 'R1 7.1' ], 'R1', $nationality->());
blocked([ 'R2 7.2' ], 'R2', sub { delete $_[0]{parties}{HN} });
blocked([], 'R3, R4, R9, R12 do not', sub { $own->({ kind => 'embassy' })->(@_); $_[0]{grounds} = []; $_[0]{instrument}{since} = '2027-01-01' });
blocked([ 'network 7.4' ], 'flag', sub { $_[0]{trafficking_indicators} = $true });
blocked([], 'flag false', sub { $_[0]{trafficking_indicators} = $false });
blocked([ 'network 7.4' ], $_, grounds([ $_ => 'none' ])) for qw(G6a G6b);
blocked([], 'G6c', grounds([ G6c => 'none' ]));
my $trafficked = sub { my ($more) = @_; sub { $_[0]{trafficking_indicators} = $true; $more->(@_) } };
blocked([ 'network 7.4' ], 'referred', $trafficked->($referral->()));
blocked([ 'network 7.4' ], 'can be resolved', $trafficked->($referral->(answered_on => '2026-03-05', answer => 'can_be_resolved', because => 'x')));
blocked([], $_, $trafficked->($referral->(answered_on => '2026-03-01', answer => $_))) for qw(cannot_be_resolved not_competent);
blocked([], 'urgent', $trafficked->(sub { $_[0]{urgent_override} = { reason => 'she is being moved tonight' } }));
blocked([], 'urgent though it can be resolved', $trafficked->(sub { $referral->(answered_on => '2026-03-05', answer => 'can_be_resolved')->(@_); $_[0]{urgent_override} = { reason => 'x' } }));
blocked([ 'network 7.4' ], 'urgent without a reason', $trafficked->(sub { $_[0]{urgent_override} = { reason => "\x{a0} " } }));
blocked([ 'network 7.4' ], 'urgent null', $trafficked->(sub { $_[0]{urgent_override} = $null }));
blocked([ 'R1 7.1', 'R2 7.2', 'lock 3', 'network 7.4' ], 'all', $trafficked->(sub { $_[0]{person} = { nationalities => [], fears_own_state => $true }; $_[0]{parties} = {} }));
{
    my $a = assess(sub { $_[0]{posts} = [] });
    ok($a->{poll_allowed}, 'no candidates do not forbid a poll');
    is_deeply($a->{candidates}, [], '… there are none');
}

# ---- candidates
is_deeply(assess(sub {
        $_[0]{posts} = [
            map { { state => $_->[0], country => $_->[1] // 'GH', city => $_->[2] // 'Accra', kind => $_->[3] // 'embassy', %{ $_->[4] // {} } } }
            ['US'], ['MX'], [ MX => GH => 'Ábaco', 'consulate' ], [ MX => GH => 'Tema', 'consulate' ], [ MX => GH => 'Accra', 'consulate' ],
            [ MX => GH => 'Accra', 'consulate' ], ['HN'], ['GH'], [ CR => 'TG' ], [ PA => GH => 'Accra', 'honorary' ],
            [ NI => GH => 'Accra', 'non_resident' ], [ SV => GH => 'Accra', 'embassy', { able => $false } ], [ FR => 'GH' ],
            [ BZ => GH => 'Accra', 'high_commission', { able => $true, source => '7.6' } ] ];
        $_[0]{parties} = { map { $_ => '2026-01-10' } qw(HN MX GH CR PA NI SV BZ) };
    })->{candidates},
    [ { state => 'BZ', posts => [ { city => 'Accra', kind => 'high_commission' } ] },
      { state => 'MX', posts => [ (map { { city => 'Accra', kind => $_ } } qw(consulate consulate embassy)),
          { city => 'Tema', kind => 'consulate' }, { city => 'Ábaco', kind => 'consulate' } ] } ],
    'Parties with an able career post there, in byte order, equal posts apart');

# ---- bad facts
sub bad {
    my ($path, $value, $change) = @_;
    my ($status, $out, $err) = run_text($json->encode(facts($change)));
    my $name = defined $value ? "$path: $value" : "$path is missing";
    is("$status [$out]", '2 []', "$name: exit 2, nothing on standard output");
    my $quoted = quotemeta $path;
    ok($err =~ /\Aamparo: $quoted: [^\n]+\n\z/ && (!defined $value || index($err, $value) >= 0), "… one line with path and value") or diag $err;
}
for ([ on => 7, 'text' ], [ list_days => 'x', 'a whole number' ], [ district_served => 'x', 'true or false' ],
    [ person => [], 'an object' ], [ grounds => {}, 'an array' ], [ posts => 'x', 'an array' ]) {
    my ($key, $value, $shape) = @$_;
    my (undef, undef, $err) = run_text($json->encode(facts(sub { $_[0]{$key} = $value })));
    like($err, qr/\b$key\b.*is not $shape$/m, "$key: what it is not");
}
for my $key (qw(on instrument parties lists posts requesting_state receiving_state person grounds)) {
    bad($key, undef, sub { delete $_[0]{$key} });
    bad($key, 'null', sub { $_[0]{$key} = $null });
}
bad($_->[0], $_->[1], $_->[2]) for (
    [ 'extra', '1', sub { $_[0]{extra} = 1 } ],
    [ 'on', '"2026-02-29"', sub { $_[0]{on} = '2026-02-29' } ],
    [ 'on', '20260314', sub { $_[0]{on} = 20260314 } ],
    [ 'instrument.status', undef, sub { delete $_[0]{instrument}{status} } ],
    [ 'instrument.status', '"law"', sub { $_[0]{instrument}{status} = 'law' } ],
    [ 'instrument.since', undef, sub { delete $_[0]{instrument}{since} } ],
    [ 'instrument.since', '"2026-01"', sub { $_[0]{instrument}{since} = '2026-01' } ],
    [ 'instrument.since', '"x"', sub { $_[0]{instrument} = { status => 'pilot', since => 'x' } } ],
    [ 'instrument.since', 'null', sub { $_[0]{instrument} = { status => 'pilot', since => $null } } ],
    [ 'instrument.until', '"2027-01-01"', sub { $_[0]{instrument}{until} = '2027-01-01' } ],
    [ 'parties', '[]', sub { $_[0]{parties} = [] } ],
    [ 'parties.ZZ', '"2026-01-10"', sub { $_[0]{parties}{ZZ} = '2026-01-10' } ],
    [ 'parties.hn', '"2026-01-10"', sub { $_[0]{parties}{hn} = '2026-01-10' } ],
    [ 'parties.HN', '"2026-13-01"', sub { $_[0]{parties}{HN} = '2026-13-01' } ],
    [ 'parties.HN', 'true', sub { $_[0]{parties}{HN} = $true } ],
    [ 'lists.CR', '"2026-03-15"', sub { $_[0]{lists}{CR} = '2026-03-15' } ],
    [ 'lists.EU', '"2026-03-01"', sub { $_[0]{lists}{EU} = '2026-03-01' } ],
    [ 'posts[1]', '"x"', sub { $_[0]{posts}[1] = 'x' } ],
    [ 'posts[0].city', undef, sub { delete $_[0]{posts}[0]{city} } ],
    [ 'posts[0].kind', '"villa"', sub { $_[0]{posts}[0]{kind} = 'villa' } ],
    [ 'posts[2].state', '"UK"', sub { $_[0]{posts}[2]{state} = 'UK' } ],
    [ 'posts[2].country', '"gh"', sub { $_[0]{posts}[2]{country} = 'gh' } ],
    [ 'posts[0].able', '1', sub { $_[0]{posts}[0]{able} = 1 } ],
    [ 'posts[0].able', 'null', sub { $_[0]{posts}[0]{able} = $null } ],
    [ 'posts[0].source', '"web"', sub { $_[0]{posts}[0]{source} = 'web' } ],
    [ 'posts[0].phone', '"1"', sub { $_[0]{posts}[0]{phone} = '1' } ],
    [ 'requesting_state', '"EU"', sub { $_[0]{requesting_state} = 'EU' } ],
    [ 'receiving_state', '"Ghana"', sub { $_[0]{receiving_state} = 'Ghana' } ],
    [ 'receiving_state', '"HN"', sub { $_[0]{receiving_state} = 'HN' } ],
    [ 'district_served', '"no"', sub { $_[0]{district_served} = 'no' } ],
    [ 'district_served', 'null', sub { $_[0]{district_served} = $null } ],
    [ 'person.nationalities', undef, sub { delete $_[0]{person}{nationalities} } ],
    [ 'person.nationalities', '{}', sub { $_[0]{person}{nationalities} = {} } ],
    [ 'person.nationalities[0].proof', undef, sub { delete $_[0]{person}{nationalities}[0]{proof} } ],
    [ 'person.nationalities[0].proof', '"word"', sub { $_[0]{person}{nationalities}[0]{proof} = 'word' } ],
    [ 'person.nationalities[0].refuted', '"no"', sub { $_[0]{person}{nationalities}[0]{refuted} = 'no' } ],
    [ 'person.nationalities[1].state', '"HN"', $also->(state => 'HN') ],
    [ 'person.birth_date', '"1990-02-30"', born('1990-02-30') ],
    [ 'person.birth_date', '"1990"', born('1990') ],
    [ 'person.birth_date', '"1990-XX-05"', born('1990-XX-05') ],
    [ 'person.birth_date', '"2026-03-15"', born('2026-03-15') ],
    [ 'person.birth_date', '"2026-03-15~"', born('2026-03-15~') ],
    [ 'person.birth_date', '"2026-04-XX"', born('2026-04-XX') ],
    [ 'person.birth_date', '"2027-XX-XX"', born('2027-XX-XX') ],
    [ 'person.birth_date', 'null', sub { $_[0]{person}{birth_date} = $null } ],
    [ 'person.fears_own_state', '"yes"', sub { $_[0]{person}{fears_own_state} = 'yes' } ],
    [ 'person.name', '"Ana"', sub { $_[0]{person}{name} = 'Ana' } ],
    [ 'grounds[0].code', '"G6"', sub { $_[0]{grounds}[0]{code} = 'G6' } ],
    [ 'grounds[0].code', '"g5"', sub { $_[0]{grounds}[0]{code} = 'g5' } ],
    [ 'grounds[1].perpetrator', '"police"', sub { $_[0]{grounds}[1] = { code => 'G1', perpetrator => 'police' } } ],
    [ 'grounds[0].perpetrator', undef, sub { delete $_[0]{grounds}[0]{perpetrator} } ],
    [ 'trafficking_indicators', 'null', sub { $_[0]{trafficking_indicators} = $null } ],
    [ 'network_referral', '[]', sub { $_[0]{network_referral} = [] } ],
    [ 'network_referral.referred_on', undef, sub { $_[0]{network_referral} = {} } ],
    [ 'network_referral.referred_on', '"2026-03-15"', $referral->(referred_on => '2026-03-15') ],
    [ 'network_referral.answered_on', '"2026-03-15"', $referral->(answered_on => '2026-03-15', answer => 'not_competent') ],
    [ 'network_referral.answered_on', '"2026-02-28"', $referral->(answered_on => '2026-02-28', answer => 'not_competent') ],
    [ 'network_referral.answered_on', '"2026-03-05"', $referral->(answered_on => '2026-03-05') ],
    [ 'network_referral.answer', '"not_competent"', $referral->(answer => 'not_competent') ],
    [ 'network_referral.answer', '"maybe"', $referral->(answered_on => '2026-03-05', answer => 'maybe') ],
    [ 'network_referral.because', 'null', $referral->(because => $null) ],
    [ 'urgent_override.reason', undef, sub { $_[0]{urgent_override} = {} } ],
    [ 'urgent_override.reason', '7', sub { $_[0]{urgent_override} = { reason => 7 } } ],
    [ 'urgent_override.by', '"me"', sub { $_[0]{urgent_override} = { reason => 'x', by => 'me' } } ],
    [ 'urgent_override', 'false', sub { $_[0]{urgent_override} = $false } ],
    [ '"a\\nb"', '"c\\u001B"', sub { $_[0]{"a\nb"} = "c\e" } ],
    [ '"a\\u007F"', '"c\\u007F"', sub { $_[0]{"a\x7f"} = "c\x7f" } ],
    [ '""', '1', sub { $_[0]{''} = 1 } ],
    [ 'posts[0].año', '"ñ"', sub { $_[0]{posts}[0]{'año'} = 'ñ' } ],
);

# ---- a wrong shape is named as what it should be
for (
    [ qr/is not text/,              sub { $_[0]{on} = 20260314 } ],
    [ qr/is not a whole number/,    sub { $_[0]{list_days} = '180' } ],
    [ qr/is not true or false/,     sub { $_[0]{district_served} = 'no' } ],
    [ qr/is not an object/,         sub { $_[0]{parties} = [] } ],
    [ qr/is not an object or null/, sub { $_[0]{network_referral} = [] } ],
    [ qr/is not an array/,          sub { $_[0]{posts} = {} } ],
) {
    like((run_text($json->encode(facts($_->[1]))))[2], $_->[0], "$_->[0]");
}

# ---- good at the edge
for (
    [ 'XK receives', sub { $_[0]{receiving_state} = 'XK' } ],
    [ 'Namibia is NA', sub { $_[0]{receiving_state} = 'NA'; $_[0]{lists}{NA} = $_[0]{parties}{NA} = '2026-01-01' } ],
    [ 'any State in parties and lists', sub { $_[0]{parties}{$_} = '2027-01-01', $_[0]{lists}{$_} = '2026-03-14' for qw(FR XK VA TW) } ],
    [ 'empty arrays and objects', sub { $_[0]{$_} = {} for qw(parties lists); $_[0]{posts} = $_[0]{grounds} = $_[0]{person}{nationalities} = [] } ],
    [ 'a birth year that is this year', born('2026-XX-XX') ],
    [ 'a ~ changes no reading', born('2026-03-14~') ],
) {
    my ($name, $change) = @$_;
    is(assess($change)->{failed}, undef, "good: $name");
}

# ---- not one JSON object, and keys twice
for my $text ('', ' ', '[]', '"x"', '1', 'null', '{', '{}{}', "{}\0", "{\"on\":\"\xff\"}", '{"on":1e999}', '[' x 5000) {
    my ($status, $out, $err) = run_text($text);
    is("$status [$out]", '2 []', 'not one JSON object: ' . substr $text, 0, 20);
    like($err, qr/\Aamparo: [^\n]+\n\z/, '… one line');
}
my $text = $json->encode(facts());
for ([ '{"on":"2026-03-14",', 'on' ], [ '{"p\u0065rson":1,', 'person' ], [ '{"' . ('a' x 40) . '":1,"' . ('a' x 40) . '":2,', 'a' x 40 ],
    [ '{"a\"b\\\\":1,"a\"b\\\\":2,', 'a"b\\' ]) {
    my ($prefix, $key) = @$_;
    my ($status, $out, $err) = run_text($prefix . substr $text, 1);
    is("$status [$out]", '2 []', "a key twice: $key");
    like($err, qr/\Aamparo: \Q$key\E: [^\n]*twice[^\n]*\n\z/, '… named by the key alone');
}
{
    my ($status, $out, $err) = run_text($text =~ s/"city":"Accra"/"city":"Accra","city":"Accra"/r);
    like("$status $err", qr/\A2 amparo: city: [^\n]*\n\z/, 'deep down too');
}

# ---- the call
sub call { my ($arguments) = @_; my $s = system("'$amparo' $arguments >'$dir/out' 2>'$dir/err' </dev/null"); ($s >> 8, slurp("$dir/out"), slurp("$dir/err")) }
for ([ 2, 'assess' ], [ 2, "assess '$dir/facts' '$dir/facts'" ], [ 2, "assess --nonsense '$dir/facts'" ], [ 2, 'nonsense' ], [ 2, '--nonsense' ], [ 2, '-x' ],
    [ 2, "assess --lang" ], [ 2, "--lang tlh assess '$dir/facts'" ], [ 2, "assess --explain=yes '$dir/facts'" ], [ 1, "assess '$dir/absent'" ], [ 1, "assess '$dir'" ]) {
    my ($expected, $arguments) = @$_;
    my ($status, $out, $err) = call($arguments);
    is("$status [$out]", "$expected []", "amparo $arguments");
    like($err, qr/\Aamparo: [^\n]+\n\z/, '… one line');
}
write_file("$dir/facts", $text);
{
    my ($status, $plain) = call("assess '$dir/facts'");
    for my $arguments ("--lang en assess '$dir/facts'", "assess '$dir/facts' --lang=es", "--line slow assess --linear '$dir/facts' --officer Ana", "assess -- '$dir/facts'") {
        my ($status, $out, $err) = call($arguments);
        is("$status $err$out", "0 $plain", "amparo $arguments: JSON is English");
    }
}
{
    my ($status, $out, $err) = call("assess '$dir/facts' --explain");
    is("$status [$err]", '0 []', '--explain');
    like($out, qr/^\Q$_\E \(/m, "… says $_") for qw(R1 R2 R3 R3b R4 R9 R12);
    like($out, qr/^  MX  Mexico: Accra, embassy$/m, '… and who could help');
}
{
    write_file("$dir/odd", $json->encode(facts(sub { $_[0]{posts}[0]{city} = "Ac\e[2Jcra\x{202e}" })));
    my ($status, $out) = call("assess '$dir/odd' --explain");
    ok($status == 0 && $out =~ /Ac/ && $out !~ /[\e\x{202e}]/, '--explain sends no commands to the terminal');
}
{
    my $full = system("'$amparo' assess '$dir/facts' >/dev/full 2>'$dir/err'") >> 8;
    is($full, 1, 'what cannot be put out is a failure');
}
# ---- the language, also where the locale is absent from the machine
{
    write_file("$dir/de", $json->encode(facts(sub { $_[0]{receiving_state} = 'DE' })));
    my $there = sub { my ($lang, @options) = @_;
        local $ENV{LANG} = $lang;
        local $ENV{LC_ALL} = '';
        my (undef, $out) = call("@options assess '$dir/de' --explain");
        return join ' ', sort { $a cmp $b } keys %{ { map { $_ => 1 } $out =~ /(Germany|Alemania)/g } } };
    is($there->('C.UTF-8'), 'Germany', 'English without a word');
    is($there->('C'), 'Germany', '… and in a locale of ASCII');
    is($there->('es_HN.UTF-8'), 'Alemania', 'an absent locale keeps its language');
    is($there->('es_HN'), 'Alemania', '… without a character set too');
    is($there->('xx_YY.UTF-8'), 'Germany', '… unless nobody knows that');
    is($there->('C', '--lang es'), 'Alemania', '--lang outdoes the environment');
    is($there->('es_HN.UTF-8', '--lang en'), 'Germany', '… both ways');
}

like((call('--version'))[1], qr/\Aamparo \d/, '--version');
like((call('--help'))[1], qr/^  amparo assess /m, '--help');
like((call('assess --help'))[1], qr/^  --explain$/m, 'help of a command');

done_testing();
