#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Open cases out of a spreadsheet: the example of the manual, all that can be wrong with a table or a
# mapping, and that nothing of it leaves half an import.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode qw(encode);
use Test::More;

my $post = init_post();
my $file = $post->{file};
my $manual = read_file(($ENV{AMPARO_SRC} // '.') . '/man/amparo.1');
my ($example) = $manual =~ /^\.SH IMPORT.*?^\.EX\n(.*?)^\.EE/ms or die 'no example in the manual';
my $map = write_file(tmp('map.json'), $example);
my $head = "Expediente;Pais;Urgencia;Ciudad;Primer apellido;Segundo apellido;Nombres;Sexo;Nacimiento;Nacionalidad;Pasaporte;Telefono;Causal;Autor;Hechos;Consiente;Consiente el\n";

sub table { my ($text, $encoding) = @_; return write_file(tmp('table.csv'), encode($encoding // 'UTF-8', $text)) }
sub mapped { my ($map) = @_; return write_file(tmp('other.json'), to_json($map)) }
sub count { return scalar @{ $post->json('list', $file, '--json') } }

# ---- the example of the manual
my $lines = $head
  . "A-1;United Arab Emirates;alta;Dubái;RAMÍREZ;ORDÓÑEZ;Karen;mujer;14/03/1998;Honduras;E123456;+971 50 123 4567;laboral;patrono;\"Cinco meses; sin salario\";si;2026-03-01\n"
  . "A-1;;;;LÓPEZ;;Juan;hombre;1990;HND;;;laboral;patrono;Igual;;\n"
  . ";NA;;s/d;NÚÑEZ;;Eva;otro;s/d;HN;;;desastre;nadie;La crecida;X;2026-3-2\n"
  . "B-7;SEN;vida;Dakar;MEJÍA;;Iris;mujer;14/03/2016 00:00:00;HN;E9;;desastre;;La crecida;no;\n";
my $run = $post->run('import', $file, table($lines), '--map' => $map, '--dry-run');
is($run->{status}, 0, 'a dry run') or diag $run->{err};
like($run->{out}, qr/^3 cases, 4 persons: would be imported; nothing was written$/m, 'says what would be');
is(count(), 0, 'and writes nothing');
$run = $post->run('import', $file, table($lines =~ s/United Arab Emirates/Emiratos Árabes Unidos/r), '--map' => $map, '--dry-run');
is($run->{status}, 0, 'countries by their names in any of the languages') or diag $run->{err};
$run = $post->run('import', $file, table($lines, 'cp1252'), '--map' => $map, '--json');
is($run->{status}, 0, 'the same in Windows-1252') or diag $run->{err};
my $report = from_json($run->{out});
is($report->{lines}, 4, 'four lines');
is(join(' ', map { "@{$_->{lines}}:$_->{persons}:$_->{acts}" } @{ $report->{cases} }), '2 3:2:7 4:1:5 5:1:4', 'become three cases');
my @case = map { $_->{case} } @{ $report->{cases} };
my @acts = map { $_->{payload} } @{ $post->acts($case[0]) };
is("@{$acts[0]}{qw(receiving_state priority source)}", 'AE urgent capital', 'a name of a country, a code, a value');
is("@{$acts[2]}{qw(surname_1 sex birth_date phone)} $acts[2]{nationalities}[0]{proof}", 'RAMÍREZ F 1998-03-14 +971501234567 passport', 'a person');
is($acts[3]{facts}, 'Cinco meses; sin salario', 'a separator in quotes');
is("$acts[4]{on} $acts[4]{person}", '2026-03-01 1', 'consent, as the line says');
is("$acts[5]{person} $acts[5]{birth_date} $acts[5]{nationalities}[0]{state} $acts[5]{nationalities}[0]{proof}", '2 1990-XX-XX HN declared', 'the second person');
@acts = map { $_->{payload} } @{ $post->acts($case[1]) };
is($acts[0]{receiving_state}, 'NA', 'NA is Namibia');
is("$acts[1]{locality} $acts[2]{phone}{answer}", 'no consta not_asked', 'a default where the cell is empty; an answer');
is("$acts[2]{sex} " . ($acts[2]{birth_date} // 'none'), 'unknown none', 'any other; empty by its word');
@acts = map { $_->{payload} } @{ $post->acts($case[2]) };
is("$acts[0]{receiving_state} $acts[2]{birth_date}", 'SN 2016-03-14', 'three letters; a date with an idle time');
is(scalar(grep { $_->{act} eq 'consent' } @{ $post->acts($case[2]) }), 0, 'no consent where the line says no');

# ---- who may be on record already, or stands twice in the table
my $twice = $head
  . "D-1;SN;baja;Dakar;ORDÓÑEZ;RAMÍREZ;Karen;mujer;14/03/1998;HN;E123456;;desastre;;La crecida;;\n"
  . "D-2;SN;baja;Dakar;ZELAYA;;Ixquic;mujer;1/2/1980;HN;X77;;desastre;;La crecida;;\n"
  . "D-3;SN;baja;Dakar;ZELAYA;;Ixquic;mujer;1/2/1980;HN;X77;;desastre;;La crecida;;\n";
$run = $post->run('import', $file, table($twice), '--map' => $map, '--dry-run');
is($run->{status}, 0, 'persons who are likely the same are no fault');
like(Encode::decode('UTF-8', $run->{out}), qr/^line 2: may be $case[0], person 1: .*same document/m, 'but told: who is on record');
like($run->{out}, qr/^line 4: may be the person of line 3: /m, 'and who stands twice in the table');

# ---- faults: all in one run, by line and column; nothing is written
my $before = count();
my $bad = $head
  . "C-1;Atlantis;alta;X;SÁNCHEZ;;Ana;mujer;31/02/1990;HN;;;laboral;patrono;=SUMA(A1);si;2026-03-01\n"
  . "C-2;SN;muy alta;X;SOSA;;Ana;mujer;1990;HN;;12ab;laboral;patrono;Hechos;si;\n"
  . "C-3;SN;alta;X;BUENO;;Ana;mujer;1990;HN;;;laboral;patrono;Hechos;;\n"
  . "C-4;SN;alta\n"
  . "C-5;SN;alta;X;;;;mujer;1990;HN;;;laboral;patrono;Hechos;;\n";
$run = $post->run('import', $file, table($bad), '--map' => $map);
is($run->{status}, 2, 'a table with faults');
like($run->{err}, qr/^amparo: line $_->[0], column "$_->[1]": .*$_->[2]/m, "line $_->[0], $_->[1]")
  for [ 2, 'Pais', 'Atlantis' ], [ 2, 'Nacimiento', '' ], [ 2, 'Hechos', 'formula' ], [ 3, 'Urgencia', 'muy alta' ], [ 3, 'Telefono', '' ];
like($run->{err}, qr/^amparo: line 3: consent: .*\bon\b|^amparo: line 3, column "Consiente el"/m, 'a consent without its day');
like($run->{err}, qr/^amparo: line 5: 3 fields, not 17/m, 'a line cut short');
like($run->{err}, qr/^amparo: line 6, column "(Primer apellido|Nombres)": is missing/m, 'nobody');
like($run->{err}, qr/nothing was imported/, 'and that nothing was');
unlike($run->{err}, qr/line 4/, 'not the good line');
is($run->{out}, '', 'and prints nothing');
is(count(), $before, 'nothing was written');
my $json = $post->run('import', $file, table($bad), '--map' => $map, '--json', '--dry-run');
my $faults = from_json($json->{out})->{faults};
is($faults->[0]{line}, 5, 'faults as JSON: of the reader first');
ok((grep { $_->{line} == 2 && ($_->{column} // '') eq 'Pais' } @$faults), 'with line and column');
$run = $post->run('import', $file, table($bad), '--map' => $map, '--keep-good');
is($run->{status}, 2, 'with --keep-good it is still an error');
is(count(), $before + 1, 'and the good case is there');

# ---- what the gates refuse
my $gates = mapped({ acts => [
    { act => 'open', fields => { role => { value => 'requesting' }, receiving_state => 'a', priority => { value => 'routine' }, source => { value => 'capital' } } },
    { act => 'person', fields => { single_name => 'b', 'nationalities[0].state' => { value => 'HN' }, 'nationalities[0].proof' => { value => 'passport' } } },
    { act => 'poll', fields => { round => { value => 1 }, to => 'c', reply_by => { value => '2026-03-18' } } } ] });
$run = $post->run('import', $file, table("a,b,c\nAE,Ana,MX\n"), '--map' => $gates);
is($run->{status}, 2, 'a poll that the gates refuse');
like($run->{err}, qr/^amparo: line 2: poll: .*7\.[12]/m, 'is named with its line and article');

# ---- mappings
sub map_fails { my ($pattern, $map) = @_; $post->fails(2, $pattern, 'import', $file, table("a,b\nAE,Ana\n"), '--map', $map) }
my %open = (act => 'open', fields => { role => { value => 'requesting' }, receiving_state => 'a', priority => { value => 'routine' }, source => { value => 'capital' } });
map_fails(qr/not one JSON document/, write_file(tmp('no.json'), '{'));
map_fails(qr/must be a JSON object/, mapped([]));
map_fails(qr/^amparo: acts: an array/m, mapped({ acts => {} }));
map_fails(qr/^amparo: colour: no such key.*\n.*acts\[0\]\.colour|^amparo: acts\[0\]\.colour/m, mapped({ colour => 1, acts => [ { %open, colour => 1 } ] }));
map_fails(qr/^amparo: acts\[0\]: act: the first is open/m, mapped({ acts => [ { act => 'person', fields => {} } ] }));
map_fails(qr/^amparo: acts\[1\]: act: there is no act/m, mapped({ acts => [ \%open, { act => 'persona', fields => {} } ] }));
map_fails(qr/^amparo: acts\[1\]\.fields\.colour: the act has no such field/m, mapped({ acts => [ \%open, { act => 'person', fields => { colour => 'b' } } ] }));
map_fails(qr/^amparo: acts\[1\]\.fields\.nationalities: the act has no such field to fill/m, mapped({ acts => [ \%open, { act => 'person', fields => { nationalities => 'b' } } ] }));
map_fails(qr/^amparo: surname_1: the table has no column "c"/m, mapped({ acts => [ \%open, { act => 'person', fields => { surname_1 => 'c' } } ] }));
map_fails(qr/either a column, or a value/, mapped({ acts => [ \%open, { act => 'person', fields => { surname_1 => { column => 'b', value => 'x' } } } ] }));
map_fails(qr/^amparo: line 2, column "b": this must be told/m, mapped({ acts => [ { %open, fields => { %{ $open{fields} }, priority => { column => 'b', codes => { '*' => '?u' } } } } ] }));
map_fails(qr/dates: it is dmy/, mapped({ dates => 'dym', acts => [ \%open ] }));
map_fails(qr/^amparo: separator: /m, mapped({ separator => '|', acts => [ \%open ] }));
map_fails(qr/codes: an object of texts/, mapped({ acts => [ \%open, { act => 'person', fields => { surname_1 => { column => 'b', codes => { x => 1 } } } } ] }));
$post->fails(2, qr/--map MAP\.json is needed/, 'import', $file, table("a\n"));

# ---- dates in other orders
my %person = (single_name => 'n', 'nationalities[0].state' => { value => 'HN' }, 'nationalities[0].proof' => { value => 'passport' });
for ([ mdy => '3/14/1998' ], [ ymd => '1998/3/14' ], [ ymd => '98.3.14' ], [ excel => '35868' ], [ dmy => '14-mar-1998' ], [ mdy => '1998-03-14' ]) {
    my ($order, $date) = @$_;
    my $map = mapped({ dates => $order, acts => [ { %open, fields => { %{ $open{fields} }, receiving_state => { value => 'AE' } } }, { act => 'person', fields => { %person, birth_date => 'd' } } ] });
    my $out = from_json($post->run('import', $file, table("n;d\nAna;$date\n"), '--map' => $map, '--json')->{out});
    is($post->acts($out->{cases}[0]{case})->[1]{payload}{birth_date}, '1998-03-14', "$date as $order");
}

# Nothing that a table or a mapping says reaches the terminal as a command to it.
$run = $post->run('import', $file, table("n\nAna\n"), '--map' => mapped({ acts => [ { %open, fields => { %{ $open{fields} }, receiving_state => "\e[2Ja" } } ] }));
is($run->{status}, 2, 'a column of control characters');
unlike($run->{err}, qr/\e/, 'is not sent to the terminal');
$run = $post->run('import', $file, table("n\nAna\n"), '--map' => mapped({ "\e[2J" => 1, acts => [ \%open ] }));
unlike($run->{err}, qr/\e/, 'nor a key');

# ---- hostile tables: a message each, and no crash
my $simple = mapped({ case => 'k', acts => [ { %open, fields => { %{ $open{fields} }, receiving_state => { value => 'AE' } } }, { act => 'person', fields => { %person } }, { act => 'situation', fields => { locality => 'n' } } ] });
for ([ 'a NUL', "k,n\n1,a\0b\n", qr/line 2: a NUL byte/ ], [ 'a megabyte', "k,n\n1," . ('x' x 1_000_000) . "\n", qr/line 2, column "n": .*longer than/ ],
    [ 'nothing', '', qr/table is empty/ ], [ 'UTF-16', "\xFF\xFEk\0", qr/UTF-16/ ], [ 'an open quote', "k,n\n1,\"a\n", qr/line 2: a quote/ ],
    [ 'two lines in a name', "k,n\n1,\"a\nb\"\n", qr/line 2, column "n": .*second line/ ]) {
    my ($what, $bytes, $pattern) = @$_;
    my $run = $post->run('import', $file, write_file(tmp('hostile.csv'), $bytes), '--map' => $simple);
    is("$run->{status}/$run->{signal}", '2/0', "$what is refused");
    like($run->{err}, $pattern, 'with its place');
}
my $lines_many = $ENV{AMPARO_LONG} ? 100_000 : 5_000;
my $many = join '', map { "$_,\n" } 1 .. $lines_many;
$run = $post->run('import', $file, write_file(tmp('many.csv'), "k,n\n$many"), '--map' => $simple, '--dry-run', '--json');
is($run->{status}, 2, "$lines_many lines with nobody in them");
is(scalar(() = $run->{out} =~ /"line"/g), 3 * $lines_many, 'are three faults each, all of them told');

$post->ok('verify', $file);
done_testing();
