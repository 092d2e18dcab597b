#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The letterhead: set by a head of post, line by line, with a seal, and at the head of documents.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Compress::Zlib qw(compress crc32);
use Encode ();
use Test::More;

my $post = init_post();
my $file = $post->{file};
sub text { my $out = $post->ok(@_); return utf8::is_utf8($out) ? $out : Encode::decode('UTF-8', $out) }
sub said { my ($name) = @_; my ($row) = grep { $_->{name} eq $name } @{ $post->json('letterhead', $file, '--json') }; return $row }

# ---- a picture, with a text in it that is nobody's business
sub chunk { my ($type, $data) = @_; return pack('N', length $data) . $type . $data . pack('N', crc32($type . $data)) }
sub png {
    my ($width, $height) = @_;
    return "\x89PNG\r\n\x1a\n" . chunk('IHDR', pack('NNCCCCC', $width, $height, 8, 0, 0, 0, 0))
        . chunk('tEXt', "Author\0Karen Yamileth") . chunk('IDAT', compress(("\0" . "\x80" x $width) x $height)) . chunk('IEND', '');
}
write_file(tmp('seal.png'), png(120, 80));
write_file(tmp('wide.png'), png(1001, 8));
write_file(tmp('note.png'), "no picture at all\n");
write_file(tmp('large.png'), png(10, 10) . 'x' x (64 << 10));

# ---- as it is recorded
my $list = $post->json('letterhead', $file, '--json');
is("@{[ map { $_->{name} } @$list ]}", 'state_line office_line address_line phone_line email_line names_officer a4 dot_matrix seal', 'what there is');
is(scalar(grep { defined $_->{said_by} } @$list), 0, 'nothing is said');
like(text('letterhead', $file), qr/^office_line +as usual +letterhead: office$/m, 'and shown so');
unlike($post->ok('periods', $file), qr/_line|seal/, 'they are no periods');
my $offices = text('offices', $file, 'print');
like($offices, qr/^Republic of Honduras +NO PERSONAL DATA$/m, 'a document begins with the State');

# ---- set
$post->ok('letterhead', $file, 'state_line', 'REPÚBLICA DE HONDURAS');
$post->ok('letterhead', $file, 'address_line', '香港中環 99 號 / شارع الخليج 12');
$post->ok('letterhead', $file, 'phone_line', '+504 2236 0200');
$post->ok('letterhead', $file, 'email_line', 'consular@example.org');
$post->ok('letterhead', $file, 'seal', tmp('seal.png'));
unlink tmp('seal.png');
is(said('address_line')->{value}, '香港中環 99 號 / شارع الخليج 12', 'a line as it was typed');
is(join('x', @{ said('seal') }{qw(width height)}), '120x80', 'the measures of the seal');
ok(said('seal')->{said_by} && said('seal')->{said_at} =~ /^\d{4}-/, 'who set it, and when');
like(text('letterhead', $file), qr/^seal +120 x 80 .*\(/m, 'in the list');
$offices = text('offices', $file, 'print');
like($offices, qr/\A +REPÚBLICA DE HONDURAS\n.*香港中環 99 號.*\n +\+504 2236 0200  –  consular\@example\.org\n/s, 'a document has it');
like($offices, qr/^ +NO PERSONAL DATA\n\nList of offices\n/m, 'then its class and title');
$post->ok('letterhead', $file, 'state_line', 'usual');
like(text('offices', $file, 'print', '--lang', 'fr'), qr/\A +RÉPUBLIQUE DU HONDURAS\n/, 'the State in the language of the document, where it is not set');
unlike(read_file($file), qr/Author|Karen Yamileth/, 'nothing of it stands in the file as it is');

# ---- taken back
$post->ok('letterhead', $file, 'seal', 'none');
is(said('seal')->{width}, 0, 'no seal any more');

# ---- refused
$post->fails(2, qr/1001 by 8 dots; at most 1000/, 'letterhead', $file, 'seal', tmp('wide.png'));
$post->fails(2, qr/no PNG picture/, 'letterhead', $file, 'seal', tmp('note.png'));
$post->fails(2, qr/larger than 64 kilobytes/, 'letterhead', $file, 'seal', tmp('large.png'));
$post->fails(1, qr/gone\.png: No such file/, 'letterhead', $file, 'seal', tmp('gone.png'));
$post->fails(2, qr/is no file/, 'letterhead', $file, 'seal', '/dev/null');
is(said('seal')->{width}, 0, 'nothing of them was taken');
$post->fails(2, qr/no such setting/, 'letterhead', $file, 'reply', '3');
$post->fails(2, qr/no such setting/, 'periods', $file, 'office_line', 'x');
$post->fails(2, qr/at most 160 bytes/, 'letterhead', $file, 'office_line', 'x' x 161);
$post->fails(2, qr/letters that print/, 'letterhead', $file, 'office_line', "a\x{202e}b");
$post->fails(2, qr/letters that print/, 'letterhead', $file, 'office_line', "a\e[2Jb");
$post->fails(2, qr/not UTF-8/, 'letterhead', $file, 'office_line', "a\xff");
$post->fails(2, qr/how to call/, 'letterhead', $file, 'seal');
write_file(tmp('new'), "another honest passphrase\n");
$post->ok('officer', $file, 'add', 'Luis', '--role', 'officer', '--new-passphrase-file', tmp('new'));
my @luis = ('--officer', 'Luis', '--passphrase-file', tmp('new'));
run_fails(3, qr/head of post/, 'letterhead', $file, 'office_line', 'mine', @luis);
run_fails(3, qr/head of post/, 'letterhead', $file, 'seal', tmp('note.png'), @luis);

done_testing();
