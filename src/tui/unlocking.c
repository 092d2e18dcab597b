/* SPDX-License-Identifier: MIT */
#include "amparo/tui/unlocking.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/ownslot.h"

/* Whoever comes second, the thread at its end or who gives up, has the rest to do. */
enum unlocking_state { RUNNING, ENDED, GIVEN_UP };

struct unlocking {
    pthread_t thread;
    atomic_int state;
    int fd; /* an eventfd */
    char *path, *officer;
    char *passphrase; /* sodium_malloc */
    size_t length;
    struct store *store;
    struct error err;
};

static void release(struct unlocking *u)
{
    store_close(u->store);
    error_release(&u->err);
    sodium_free(u->passphrase);
    if (u->fd >= 0)
        close(u->fd);
    free(u->officer);
    free(u->path);
    free(u);
}

static void *run(void *ctx)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    struct unlocking *u = ctx;
    int running = RUNNING;

    pthread_mutex_lock(&one_at_a_time);
    if (atomic_load(&u->state) == RUNNING)
        ownslot_open(u->path, u->officer, (struct passphrase){u->passphrase, u->length}, 0,
                     &u->store, &u->err);
    pthread_mutex_unlock(&one_at_a_time);
    sodium_memzero(u->passphrase, u->length);
    if (atomic_compare_exchange_strong(&u->state, &running, ENDED))
        eventfd_write(u->fd, 1);
    else
        release(u);
    return NULL;
}

struct unlocking *unlocking_begin(const char *path, const char *officer,
                                  struct passphrase passphrase, struct error *err)
{
    struct unlocking *u = xcalloc(1, sizeof *u);

    u->err = (struct error)ERROR_INIT;
    u->fd = eventfd(0, EFD_CLOEXEC);
    u->path = xstrdup(path);
    u->officer = officer ? xstrdup(officer) : NULL;
    u->length = passphrase.length;
    if (sodium_init() < 0 || !(u->passphrase = sodium_malloc(u->length + 1)))
        BUG("no locked memory");
    memcpy(u->passphrase, passphrase.bytes, u->length);
    if (u->fd >= 0 && pthread_create(&u->thread, NULL, run, u) == 0)
        return u;
    release(u);
    error_set(err, ERROR_FAILED,
              _("not enough memory for the passphrase; close other programs and try again"));
    return NULL;
}

int unlocking_fd(const struct unlocking *u)
{
    return u->fd;
}

bool unlocking_end(struct unlocking *u, struct store **out, struct error *err)
{
    pthread_join(u->thread, NULL);
    bool opened = u->store != NULL;
    if (opened)
        *out = u->store;
    else
        error_set(err, u->err.kind, "%s", error_text(&u->err));
    u->store = NULL;
    release(u);
    return opened;
}

void unlocking_give_up(struct unlocking *u)
{
    int running = RUNNING;
    pthread_t thread = u->thread; /* it may be gone before it is let go */

    if (atomic_compare_exchange_strong(&u->state, &running, GIVEN_UP)) {
        pthread_detach(thread);
        return;
    }
    pthread_join(thread, NULL);
    release(u);
}
