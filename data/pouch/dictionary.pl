#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Writes the preset dictionaries of pouches, dictionary.en, .es and .fr beside this script: what is
# far from the end costs more to refer to. They are frozen (README): run it for another version of
# the format alone.
use strict;
use warnings;
use FindBin ();

my $here = $FindBin::Bin;
my $top  = "$here/../..";
my $most = 32 * 1024 - 262;    # how far back zlib refers

sub slurp {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$in>;
}

# ---- the subset of CBOR, for what dispatches are made of ----
sub head {
    my ($type, $n) = @_;
    return chr($type << 5 | $n) if $n < 24;
    return pack('C2', $type << 5 | 24, $n) if $n < 256;
    return pack('Cn', $type << 5 | 25, $n);
}
sub text { return head(3, length $_[0]) . $_[0] }
sub list { return head(4, scalar @_) . join('', @_) }
sub pairs { return head(5, @_ / 2) . join('', @_) }
sub texts { return list(map { text($_) } @_) }

# ---- the words of a language: the templates of the notes, then what offices write ----
my @notes = qw(words rep loc fin tsn clo part dec wdr acc scope poll terms req opening closing);

sub words {
    my ($language) = @_;
    my $notes = join ' ', map { slurp("$top/data/notes/$language/$_.txt") } @notes;
    my $own = slurp("$here/words.$language");
    for ($notes, $own) {
        s/^#.*\n//mg;
        s/\{[^}]*\}//g;
        s/\s+/ /g;
    }
    return $notes . $own;
}

# ---- what all languages have: codes, and how dispatches begin and go on ----
sub codes {
    my @codes;
    my %seen;
    for my $file (map { "$top/src/agreement/fields_$_.c" } qw(help person family intake exchange)) {
        my $source = slurp($file);
        push @codes, grep { length > 2 && !$seen{$_}++ } $source =~ /\{"(\w+)", N_\(/g;
    }
    return join '', map { text($_) } @codes;
}

my @members = qw(BZ CA CR DO GT HN MX NI PA SV US ts);
my @asked   = grep { $_ ne 'HN' && $_ ne 'ts' } @members;

sub context {
    my ($receiving, $requesting, $priority, @grounds) = @_;
    return pairs(text('grounds'), texts(@grounds), text('priority'), text($priority),
        text('receiving_state'), text($receiving), text('requesting_state'), text($requesting));
}

# A core from its kind to its case, its author to its time, its fields; between them is what nobody
# can foresee.
sub begin { return list('') . "\x82" . head(5, $_[0]) . "\x01" . head(0, $_[1]) . "\x02\x48" }
sub audience { return "\x03\x50\x04" . texts(@_) . "\x05\x02\x06\x82\x1a\x6a" }

my @tail = (
    "\x58\x20\x58\x20\x82\x58\x20\xa1", "a2\x02\x82\x50\x03\x58\x40", '@gob.', '.gov', 'https://www.',
    pairs("\x01", text('REQ'), "\x02", text('out'), "\x03",
        pairs("\x01", text('MX'), "\x02", text('Embassy'), "\x03", text('Abu Dhabi')),
        "\x05", list("\x01"), "\x07", text('2026-03-12'), "\x08", text('2026-03-12T10:00:00+04:00'),
        "\x0b", text('es')),
    "\x82\x58\x20\xa1\x16\x79\x04", "\x0c\x81\x02\x0d\xa7\x01" . text('REQ') . "\x02" . text('out') . "\x03\xa3\x01",
    text('Embajada'), text('Ambassade'), text('Consulate General'), text('Consulado General'),
    "\x0d\xa4\x01" . text('MX') . "\x02\x78\x40",
    "\x01\xf4\x06\x80", text('no') . "\x04" . text('no') . "\x05\xf4\x06\x80",
    "\x0d\xa6\x01" . text('CR') . "\x02\x01\x03" . text('conditional') . "\x04" . text('partial') . "\x05\xf5\x06\x81",
    "\x0d\xa6\x01" . text('PA') . "\x02\x01\x03" . text('yes') . "\x04" . text('yes') . "\x05\xf5\x06\x82"
        . text('medical') . text('identity_document'),
    context('MA', 'SV', 'life_threatening', 'G1', 'G2', 'G3', 'G6b'),
    (map { text($_) } qw(G4 G5 G6a G7)),
    list(map { text($_) } qw(fr en es)),
    "\x06" . text('San '), "\x07\x81" . text('shelter'), "\x07\x82" . text('legal'), "\x07\x83" . text('repatriation'),
    "\x08\x82" . text('es') . text('en'), "\x08\x81" . text('es'),
    "\x0e" . context('AE', 'HN', 'urgent', 'G5'),
    "\x0e" . context('TH', 'GT', 'routine', 'G3'),
    texts(@asked), texts(@members), "\x05\x02\x06\x82\x1a\x6a",
    "\x0d\xa6\x01\x01\x02\x84" . join('', map { text($_) } qw(CR MX PA US)) . "\x03" . text('2026-03-20') . "\x06",
    "\x0d\xa6\x01\x01\x02\x81" . text('MX') . "\x03" . text('2027-01-'),
    "\x10\x48", "\x38\xef\x08\x82\x18\x20\x50", "\x39\x01\x2b\x07\x50", "\x18\xf0\x08\x82",
    audience(qw(HN ts)), audience(qw(HN MX ts)), "\x39\x01\x67\x07\x50", "\x39\x01\x67\x08\x82\x18\x20\x50", "\x09\x48\x0d\xa6\x01\x01\x02",
    "\x81\x82\xab\x01\x13\x02\x48", "\x81\x81\xa9\x01\x10\x02\x48", "\x81\x81\xa9\x01\x0f\x02\x48",
    "\x81\x81\xab\x01\x0f\x02\x48", "\x81\x81\xaa\x01\x0f\x02\x48",
);

my $common = codes() . join '', @tail;
for my $language (qw(en es fr)) {
    my $words = words($language);
    my $room  = $most - length $common;
    printf "%s: %d bytes of words, room for %d\n", $language, length $words, $room;
    $words = substr $words, -$room if length $words > $room;
    open my $out, '>:raw', "$here/dictionary.$language" or die "$here/dictionary.$language: $!\n";
    print $out $words, $common;
    close $out or die "$here/dictionary.$language: $!\n";
}
