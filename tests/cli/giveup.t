#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Long work that is ended by a signal: exit status 1, and everything as it was.
use strict;
use warnings;
use utf8;
use lib ($ENV{AMPARO_SRC} // '.') . '/tests/harness';
use Amparo;
use Cwd ();
use Test::More;

my $post = init_post();
my $file = $post->{file};
$post->record('new', 'open', { role => 'requesting', receiving_state => 'AE', priority => 'routine', source => 'phone' });
my $bytes = read_file($file);
my $real = Cwd::abs_path($Amparo::program);

# The signal is there before the program begins, and is not looked at before the work does.
sub ended_by {
    my ($signal, @call) = @_;
    write_file(tmp('ended'), <<"END");
#!/usr/bin/perl
use POSIX;
POSIX::sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIG$signal));
kill $signal => \$\$;
exec '$real', \@ARGV;
END
    chmod 0700, tmp('ended');
    local $Amparo::program = tmp('ended');
    return $post->run(@call);
}

for my $signal (qw(INT TERM HUP)) {
    for my $call ([ verify => $file ], [ verify => $file, '--rebuild' ], [ backup => $file, tmp('new') ], [ restore => $file, tmp('new') ]) {
        my $run = ended_by($signal, @$call);
        is("$run->{status}/$run->{signal} $run->{out}", '1/0 ', "$signal: @$call[0, 2 .. $#$call]");
        like($run->{err}, qr/given up/, 'says so');
        ok(!glob(tmp('new') . '*'), 'leaves nothing');
    }
}
is(read_file($file), $bytes, 'and the file as it was');
like($post->ok('verify', $file), qr/\AWhole/, 'which is whole');

done_testing();
