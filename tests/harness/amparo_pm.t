#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# The harness of the command line, tried on a shell in the program's place.
use strict;
use warnings;
use utf8;
use Test::More;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;

$Amparo::program = '/bin/sh';

my $run = run({ input => "in\n" }, '-c', 'cat; echo "más" >&2; exit 3');
is($run->{out},    "in\n",  'standard output');
is($run->{err},    "más\n", 'standard error, as text');
is($run->{status}, 3,       'exit status');
is($run->{signal}, 0,       'no signal');

is(run_ok('-c', 'echo $HOME $TZ $LANGUAGE $LINES'), tmp('home') . " UTC en\n", 'clean environment');
is(run_ok({ env => { TZ => 'Asia/Dubai' } }, '-c', 'echo $TZ'), "Asia/Dubai\n", 'and what is asked');
is_deeply(run_json('-c', 'printf "{\"a\":[1,\"ñ\"]}"'), { a => [ 1, 'ñ' ] }, 'JSON');
run_fails(2, qr/^no such act$/m, '-c', 'echo no such act >&2; exit 2');
is(run('-c', 'kill -SEGV $$')->{signal}, 11, 'a crash is seen');
is(run('-c', ': </dev/tty')->{status} == 0 ? 'asked' : 'no terminal', 'no terminal', 'no terminal');

my $path = passphrase_file('ñandú');
is((stat $path)[2] & 0777, 0600, 'a passphrase file is its owner\'s');
is(read_file($path), "\xC3\xB1and\xC3\xBA\n", 'and holds the passphrase');

done_testing();
