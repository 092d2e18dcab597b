/* SPDX-License-Identifier: MIT */
/*
 * What sealing and opening a pouch leave in memory, as another process reads it: nothing of the
 * keys, nor of the text once its buffers were released. What is looked for is made in the one that
 * looks, after the other one began.
 */
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/codec.h"
#include "pouch_kit.h"
#include "tests/harness/memory.h"

enum { TEXT = 600, SHOWN = 24, LOOKS = 6 };

static const uint8_t drawn[ENVELOPE_RANDOM] = "drawn once";

/* The address sanitizer's memory is too large to look through. */
#ifdef __SANITIZE_ADDRESS__
static const bool may_look = false;
#else
static const bool may_look = true;
#endif

/* A text of words that nobody has in memory: 600 letters, many of them again and again. */
static void make_text(struct buf *text)
{
    uint8_t hash[64] = "of nothing";

    buf_reserve(text, TEXT);
    while (text->size < TEXT) {
        crypto_generichash(hash, sizeof hash, hash, sizeof hash, NULL, 0);
        for (size_t i = 0; i < sizeof hash && text->size < TEXT; i++)
            buf_addc(text, (char)('a' + hash[i] % 6));
    }
    sodium_memzero(hash, sizeof hash);
}

static void make_secret(uint8_t secret[ENVELOPE_SECRET])
{
    crypto_generichash(secret, ENVELOPE_SECRET, (const uint8_t *)"machine", 7, NULL, 0);
}

/* Seals and opens, with streams in between, and lets go of all. */
static bool work(void)
{
    struct buf text = BUF_INIT, inner = BUF_INIT, pouch = BUF_INIT, back = BUF_INIT, out = BUF_INIT;
    uint8_t *secret = sodium_malloc(ENVELOPE_SECRET);
    struct kit_post post;
    const char *fault;

    make_secret(secret);
    make_text(&text);
    kit_post(&post, 1);
    codec_put(&inner, text.data, text.size, 0);
    bool good = envelope_seal(&pouch, post.key, 1, inner.data, inner.size, secret, drawn, NULL) &&
                envelope_open(&back, pouch.data, pouch.size, post.secret, 1, NULL, NULL);
    const uint8_t *at = (const uint8_t *)back.data;
    good = good && codec_take(&out, &at, at + back.size, TEXT, &fault) && out.size == TEXT;
    sodium_free(secret);
    buf_release(&text);
    buf_release(&inner);
    buf_release(&pouch);
    buf_release(&back);
    buf_release(&out);
    return good;
}

/* A process that has done it, or that holds the text still, and waits. */
static pid_t worker(bool holds, int *ready)
{
    int ends[2];
    char done;

    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (!pid) {
        struct buf text = BUF_INIT;
        if (holds)
            make_text(&text);
        done = holds || work() ? 'y' : 'n';
        if (write(ends[1], &done, 1) == 1)
            pause();
        _exit(0);
    }
    close(ends[1]);
    *ready = ends[0];
    return pid;
}

static size_t count(pid_t pid, const void *bytes, size_t size)
{
    return memory_count(pid, bytes, size);
}

static void leaves_nothing_behind(void **state)
{
    int ready;
    char done = 0;
    (void)state;

    if (!may_look || !memory_may_be_read()) {
        print_message("not looked: memory cannot be read here\n");
        return;
    }
    pid_t pid = worker(false, &ready), holder;
    assert_int_equal(read(ready, &done, 1), 1);
    close(ready);
    holder = worker(true, &ready);
    assert_int_equal(read(ready, &done, 1), 1);
    close(ready);

    struct buf text = BUF_INIT, inner = BUF_INIT;
    struct kit_post post;
    uint8_t secret[ENVELOPE_SECRET], e[32], k[16];
    size_t order[1];
    make_text(&text);
    make_secret(secret);
    kit_post(&post, 1);
    codec_put(&inner, text.data, text.size, 0);
    size_t size = inner.size;
    buf_addc(&inner, (char)0x80);
    while (inner.size < envelope_padded(size))
        buf_addc(&inner, 0);
    kit_keys(e, k, order, post.key, 1, (const uint8_t *)inner.data, inner.size, secret, drawn);

    size_t found = 0, held = 0;
    for (size_t i = 0; i < TEXT; i += TEXT / LOOKS) {
        found += count(pid, text.data + i, SHOWN);
        held += count(holder, text.data + i, SHOWN);
    }
    size_t keys = count(pid, k, sizeof k) + count(pid, e, sizeof e) + count(pid, secret, 32);
    kill(pid, SIGKILL);
    kill(holder, SIGKILL);
    waitpid(pid, NULL, 0);
    waitpid(holder, NULL, 0);
    assert_int_equal(done, 'y');
    assert_true(held >= LOOKS); /* it is found where it is */
    assert_int_equal(keys, 0);
    assert_int_equal(found, 0);
    buf_release(&text);
    buf_release(&inner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(leaves_nothing_behind)};
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("pouch memory", tests, NULL, NULL);
}
