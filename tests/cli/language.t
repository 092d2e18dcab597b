#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The languages of the program: --lang, LANGUAGE and the locale, on every command; and what is the same in all of them.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Encode ();
use Test::More;

my %everywhere = (en => 'Everywhere:', es => 'En todas partes:', fr => 'Partout :');
$everywhere{fr} =~ s/ :/\x{A0}:/;
sub out { return Encode::decode('UTF-8', run_ok(@_)) }

# ---- what says it
for my $lang (sort keys %everywhere) {
    like(out("--lang=$lang", '--help'), qr/^\Q$everywhere{$lang}\E$/m, "--lang=$lang");
    like(out('--help', '--lang', $lang), qr/^\Q$everywhere{$lang}\E$/m, 'on any place of the line');
    like(out({ env => { LANGUAGE => $lang } }, '--help'), qr/^\Q$everywhere{$lang}\E$/m, "LANGUAGE=$lang");
    for my $locale ("${lang}_XX.UTF-8", $lang) {
        like(out({ env => { LANGUAGE => undef, LANG => $locale } }, '--help'), qr/^\Q$everywhere{$lang}\E$/m, "LANG=$locale, that is not there");
        like(out({ env => { LANGUAGE => '', LC_ALL => $locale } }, '--help'), qr/^\Q$everywhere{$lang}\E$/m, "an empty LANGUAGE says nothing");
    }
}
like(out({ env => { LANGUAGE => 'es' } }, '--lang=fr', '--help'), qr/Partout/, '--lang outdoes LANGUAGE');
like(out({ env => { LANGUAGE => 'en:es' } }, '--help'), qr/Everywhere:/, 'English is a language like any other');
like(out({ env => { LANGUAGE => 'de:fr_CA:es' } }, '--help'), qr/Partout/, 'of several the first that we speak');
like(out({ env => { LANGUAGE => 'de', LANG => 'es_HN.UTF-8' } }, '--help'), qr/Everywhere:/, 'of none English');

# ---- refused
for my $lang ('de', '', 'ES', 'esp', 'es_HN', '../es') {
    my $run = run("--lang=$lang", 'help');
    is($run->{status}, 2, "--lang=$lang: a wrong call");
    is($run->{err}, "amparo: --lang $lang: the languages are en, es and fr\n", 'that says which there are');
    is($run->{out}, '', 'and nothing else');
}
like(run({ env => { LANGUAGE => 'fr' } }, 'help', '--lang=de')->{err}, qr/les langues sont en, es et fr/, 'in the language of now');
like(run('--lang=es', 'list', '--bogus')->{err}, qr/opción desconocida --bogus/, 'what is wrong with the rest is said in the language of the call');
like(run('list', '--lang=fr')->{err}, qr/usage/, 'so is how a command is called');

# ---- every command, and every act, has its help in each
my %said;
for my $lang (sort keys %everywhere) {
    my $help = out('help', '--lang', $lang);
    my @commands = $help =~ /^  amparo ([a-z]+) /mg;
    cmp_ok(scalar @commands, '>', 30, "$lang: the commands");
    my %seen;
    for my $command (grep { !$seen{$_}++ } @commands) {
        my $text = out($command, '--help', '--lang', $lang);
        my ($first) = $text =~ /\A(.+)\n/;
        $said{$command}{$lang} = $first;
    }
    my $acts = from_json(run_ok('help', 'acts', '--json', '--lang', $lang));
    $said{"act $_->{act}"}{$lang} = "$_->{label}: " . join ' ', map { $_->{help} } @{ $_->{fields} } for @$acts;
}
# JSON is for machines: the same in all. Where it is not, each has its own words.
my @same = grep { my $of = $said{$_}; $of->{en} eq $of->{es} || $of->{en} eq $of->{fr} || $of->{es} eq $of->{fr} } grep { !/^act / } sort keys %said;
is("@same", '', 'each command says what it is for in each language');
my @acts = grep { /^act / } sort keys %said;
is_deeply([ map { $said{$_}{fr} } @acts ], [ map { $said{$_}{en} } @acts ], 'what machines read is the same in every language');
my ($text_en, $text_fr) = map { out('help', 'acts', '--lang', $_) } qw(en fr);
isnt($text_en, $text_fr, 'and what people read is not');
unlike($text_fr, qr/\bneeded\b|\bone of\b/, 'all of it');

# ---- what a file holds, for machines and for people
my $folder = tmp('demo');
run_ok('demo', $folder, '--today', '2026-03-16');
my $file = "$folder/1-honduras.amparo";
my $passphrase = read_file("$folder/demo-passphrase.txt");
chomp $passphrase;
my @open = ('--passphrase-file', passphrase_file($passphrase));
for my $command ([ 'list', $file ], [ 'tasks', $file ], [ 'show', $file, 'HN-2026-0004' ], [ 'costs', $file ], [ 'persons', $file, 'CÁLIX' ]) {
    my ($en, $es, $fr) = map { run_ok(@$command, '--json', @open, '--lang', $_) } qw(en es fr);
    ok($en eq $es && $en eq $fr, "$command->[0] --json is the same in every language");
}
my %costs = map { $_ => out('costs', $file, @open, '--lang', $_) } qw(en es fr);
like($costs{en}, qr/State of nationality +KES 21,500\.00$/m, 'a sum in English');
like($costs{es}, qr/Estado de nacionalidad +KES 21,500\.00$/m, 'as Central America writes it');
like($costs{fr}, qr/État de nationalité +KES 21\x{A0}500,00$/m, 'and in French');
my ($ends_en, $ends_fr) = map { my ($line) = $costs{$_} =~ /^(.*KES.*)$/m; length $line } qw(en fr);
is($ends_fr, $ends_en, 'in the same column');

done_testing();
