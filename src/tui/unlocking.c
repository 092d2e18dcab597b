/* SPDX-License-Identifier: MIT */
#include "amparo/tui/unlocking.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/ownslot.h"

enum { STACK = 512 << 10, GUARD = 64 << 10 };

/* Whoever comes second, the thread at its end or who gives up, closes what was opened. */
enum unlocking_state { RUNNING, ENDED, GIVEN_UP };

struct unlocking {
    pthread_t thread;
    bool started;
    uint8_t *stack; /* locked: what is derived passes through it; the guard lies below */
    atomic_int state;
    int fd; /* an eventfd */
    char *path, *officer;
    char *passphrase; /* sodium_malloc */
    size_t length;
    struct post_profile post; /* of a file to be made; code NULL: of one that is there */
    struct buf shares;
    struct store *store;
    struct error err;
    struct unlocking *before; /* given up; ends first */
};

static void release(struct unlocking *u)
{
    if (!u)
        return;
    if (u->started)
        pthread_join(u->thread, NULL);
    release(u->before);
    store_close(u->store);
    error_release(&u->err);
    sodium_free(u->passphrase);
    if (u->stack) {
        sodium_munlock(u->stack + GUARD, STACK); /* wipes */
        munmap(u->stack, GUARD + STACK);
    }
    if (u->fd >= 0)
        close(u->fd);
    buf_release(&u->shares);
    post_profile_release(&u->post);
    free(u->officer);
    free(u->path);
    free(u);
}

/* What nobody waits for any more; a file made for it goes too. */
static void drop_store(struct unlocking *u)
{
    bool made = u->store && u->post.code;

    store_close(u->store);
    u->store = NULL;
    if (made)
        store_remove_file(u->path);
}

static void open_store(struct unlocking *u)
{
    struct passphrase passphrase = {u->passphrase, u->length};

    if (u->post.code)
        store_found(u->path, &u->post, u->officer, passphrase, 0, &u->store, &u->shares, &u->err);
    else
        ownslot_open(u->path, u->officer, passphrase, 0, &u->store, &u->err);
}

static void *run(void *ctx)
{
    struct unlocking *u = ctx;
    int running = RUNNING;

    release(u->before);
    u->before = NULL;
    if (atomic_load(&u->state) == RUNNING)
        open_store(u);
    sodium_memzero(u->passphrase, u->length);
    if (!atomic_compare_exchange_strong(&u->state, &running, ENDED))
        drop_store(u);
    eventfd_write(u->fd, 1);
    return NULL;
}

/* On a stack that is neither swapped nor dumped, and is wiped in one piece. */
static bool start(struct unlocking *u)
{
    pthread_attr_t attr;
    void *stack = mmap(NULL, GUARD + STACK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (stack == MAP_FAILED)
        return false;
    u->stack = stack;
    if (mprotect(u->stack + GUARD, STACK, PROT_READ | PROT_WRITE) != 0)
        return false;
    (void)!sodium_mlock(u->stack + GUARD, STACK); /* where there is no more to lock: as it is */
    pthread_attr_init(&attr);
    u->started = pthread_attr_setstack(&attr, u->stack + GUARD, STACK) == 0 &&
                 pthread_create(&u->thread, &attr, run, u) == 0;
    pthread_attr_destroy(&attr);
    return u->started;
}

static struct unlocking *begin(struct unlocking *u, const char *path, const char *officer,
                               struct passphrase passphrase, struct error *err)
{
    u->err = (struct error)ERROR_INIT;
    u->fd = eventfd(0, EFD_CLOEXEC);
    u->path = xstrdup(path);
    u->officer = officer ? xstrdup(officer) : NULL;
    u->length = passphrase.length;
    if (sodium_init() < 0 || !(u->passphrase = sodium_malloc(u->length + 1)))
        BUG("no locked memory");
    memcpy(u->passphrase, passphrase.bytes, u->length);
    if (u->fd >= 0 && start(u))
        return u;
    release(u);
    error_set(err, ERROR_FAILED,
              _("not enough memory for the passphrase; close other programs and try again"));
    return NULL;
}

struct unlocking *unlocking_begin(const char *path, const char *officer,
                                  struct passphrase passphrase, struct unlocking *before,
                                  struct error *err)
{
    struct unlocking *u = xcalloc(1, sizeof *u);

    u->before = before;
    return begin(u, path, officer, passphrase, err);
}

struct unlocking *unlocking_begin_new(const char *path, const struct post_profile *post,
                                      const char *officer, struct passphrase passphrase,
                                      struct unlocking *before, struct error *err)
{
    struct unlocking *u = xcalloc(1, sizeof *u);

    u->before = before;
    u->post =
        (struct post_profile){xstrdup(post->state),   xstrdup(post->code), xstrdup(post->name),
                              xstrdup(post->country), xstrdup(post->city), xstrdup(post->kind)};
    return begin(u, path, officer, passphrase, err);
}

void unlocking_shares(struct unlocking *u, struct buf *out)
{
    pthread_join(u->thread, NULL);
    u->started = false;
    buf_add(out, u->shares.data, u->shares.size);
    buf_clear(&u->shares);
}

int unlocking_fd(const struct unlocking *u)
{
    return u->fd;
}

bool unlocking_end(struct unlocking *u, struct store **out, struct error *err)
{
    if (u->started)
        pthread_join(u->thread, NULL);
    u->started = false;
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

    if (atomic_compare_exchange_strong(&u->state, &running, GIVEN_UP))
        return;
    drop_store(u);
}

void unlocking_free(struct unlocking *u)
{
    release(u);
}
