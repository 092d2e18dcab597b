/* SPDX-License-Identifier: MIT */
/*
 * A program that crashes cannot clean up after itself, but it can give the terminal back: as it
 * was, and with nothing of a case on it. What that takes is written down beforehand, in the only
 * variable that a signal handler can reach.
 */
#include "amparo/tui/term.h"

#include <string.h>
#include <unistd.h>

#include <term.h>

#include "amparo/base/mem.h"
#include "term_work.h"

static struct rescue {
    int fd;
    struct termios before;
    char bytes[120];
    size_t size;
} rescue = {.fd = -1};

static const int crashes[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS};

/* Only what is safe in a signal handler; then the signal does what it always does. */
static void give_back(int signal)
{
    if (rescue.fd >= 0 && write(rescue.fd, rescue.bytes, rescue.size) >= 0)
        tcsetattr(rescue.fd, TCSANOW, &rescue.before);
    raise(signal);
}

static void add(const char *bytes)
{
    size_t size = bytes ? strlen(bytes) : 0;

    if (rescue.size + size > sizeof rescue.bytes || (bytes && strstr(bytes, "$<")))
        return;
    memcpy(rescue.bytes + rescue.size, bytes ? bytes : "", size);
    rescue.size += size;
}

void term_expect_crash(const struct terminal *term)
{
    struct sigaction action = {.sa_handler = give_back, .sa_flags = (int)SA_RESETHAND};

    rescue = (struct rescue){.fd = term->fd, .before = term->before};
    add(exit_attribute_mode);
    add(clear_screen);
    add(TERM_PASTE_OFF);
    add(exit_ca_mode);
    for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
        sigaction(crashes[i], &action, NULL);
}

void term_expect_no_crash(void)
{
    rescue.fd = -1;
    for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
        signal(crashes[i], SIG_DFL);
}
