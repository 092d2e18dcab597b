/* SPDX-License-Identifier: MIT */
/*
 * What a process has in memory, as another one reads it: while a case file is open, its keys lie in
 * locked memory that no core dump takes, and nowhere else; when it is closed, neither keys nor text
 * that was recorded and shown lie anywhere. And the program makes no core dump.
 */
#include "store_kit.h"
#include "vault_kit.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum { WIDTH = 32, PAGE = 4096 };

/* The address sanitizer locks nothing. */
#ifdef __SANITIZE_ADDRESS__
static const char locked[] = "";
#else
static const char locked[] = " lo";
#endif

/* What is looked for lies in no memory but as the sum with a pad. */
struct sought {
    char what[16];
    uint8_t pad[WIDTH], sum[WIDTH];
};

enum { TEXT, DATA_KEY, PAGE_KEY, WAL_KEY, SIGN_KEY, SOUGHT };

struct shared {
    struct sought sought[SOUGHT];
    bool fine;
};

static void seek(struct sought *s, const char *what, const void *bytes)
{
    snprintf(s->what, sizeof(s->what), "%s", what);
    randombytes_buf(s->pad, WIDTH);
    for (int i = 0; i < WIDTH; i++)
        s->sum[i] = s->pad[i] ^ ((const uint8_t *)bytes)[i];
}

static bool is_at(const struct sought *s, const uint8_t *at)
{
    for (int i = 0; i < WIDTH; i++)
        if ((at[i] ^ s->pad[i]) != s->sum[i])
            return false;
    return true;
}

/* How often each was found: in what a core dump takes, and in what is locked and kept out of it. */
struct found {
    int dumped[SOUGHT], locked[SOUGHT];
};

static void search(FILE *mem, unsigned long from, unsigned long to, const struct sought *sought,
                   int counts[SOUGHT])
{
    static uint8_t page[PAGE + WIDTH];

    for (unsigned long at = from; at < to; at += PAGE) {
        size_t n;
        fseek(mem, (long)at, SEEK_SET);
        n = fread(page, 1, sizeof(page), mem);
        for (size_t i = 0; i + WIDTH <= n && i < PAGE; i++)
            for (int s = 0; s < SOUGHT; s++)
                counts[s] += is_at(&sought[s], page + i);
    }
}

/* Through all that a process may write. */
static struct found search_all(pid_t pid, const struct sought *sought)
{
    struct found found = {{0}, {0}};
    char path[64], line[400], mode[5] = "";
    unsigned long from = 0, to = 0, a, b;
    FILE *maps, *mem;

    snprintf(path, sizeof(path), "/proc/%d/smaps", (int)pid);
    maps = fopen(path, "r");
    snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
    mem = fopen(path, "rb");
    assert_non_null(maps);
    assert_non_null(mem);
    setvbuf(mem, NULL, _IONBF, 0);
    while (fgets(line, sizeof(line), maps))
        if (sscanf(line, "%lx-%lx %4s", &a, &b, mode) == 3) {
            from = a;
            to = b;
        } else if (strncmp(line, "VmFlags:", 8) == 0 && mode[0] == 'r' && mode[1] == 'w' &&
                   to - from <= 1ul << 30) { /* more is the address sanitizer's book of bytes */
            bool kept_out = strstr(line, " dd") && strstr(line, locked);
            search(mem, from, to, sought, kept_out ? found.locked : found.dumped);
        }
    fclose(maps);
    fclose(mem);
    return found;
}

/* ---- the process that is looked at ---- */

static void wait_for_word(int in, int out)
{
    char byte = '!';

    if (write(out, &byte, 1) != 1 || read(in, &byte, 1) != 1)
        _exit(1);
}

static bool record_and_show(struct store *store, struct shared *shared)
{
    struct error err = ERROR_INIT;
    char marker[2 * WIDTH + 1];
    uint8_t random[WIDTH];
    struct keys *keys = store->vault->fs->keys;
    struct record_request request = {.reference = "HNTGU-2026-0001", .kind = ACT_PERSON};
    json_t *json, *payload;
    bool fine;

    randombytes_buf(random, sizeof(random));
    hex_write(random, sizeof(random), marker);
    seek(&shared->sought[TEXT], "text", marker);
    seek(&shared->sought[DATA_KEY], "data key", keys->data);
    seek(&shared->sought[PAGE_KEY], "page key", keys->page);
    seek(&shared->sought[WAL_KEY], "WAL key", keys->wal);
    seek(&shared->sought[SIGN_KEY], "signing key", keys->sign_sk);
    request.payload = payload =
        json_pack("{s:i, s:s, s:s, s:[{s:s, s:s}]}", "person", 2, "surname_1", marker,
                  "given_names", "Rosa", "nationalities", "state", "HN", "proof", "passport");
    sodium_memzero(marker, sizeof(marker));
    fine = store_record(store, &request, NULL, &err);
    json = store_case_json(store, request.reference, NULL, NULL, &err);
    fine = fine && json;
    json_decref(json);
    json_decref(payload);
    return fine;
}

static void work(const char *name, struct shared *shared, int in, int out)
{
    struct store *store = kit_open(name, kit_ana);

    shared->fine = record_and_show(store, shared);
    wait_for_word(in, out);
    store_close(store);
    wait_for_word(in, out);
    _exit(0);
}

static void say(int out)
{
    assert_int_equal(write(out, "!", 1), 1);
}

static void hear(int in)
{
    char byte;

    assert_int_equal(read(in, &byte, 1), 1);
}

static void keys_and_text(void **state)
{
    struct shared *shared =
        mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int down[2], up[2], status;
    struct found found;
    struct store *store;
    pid_t child;
    (void)state;

    assert_true(shared != MAP_FAILED);
    store = kit_create("memory");
    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    store_close(store);
    assert_int_equal(pipe(down), 0);
    assert_int_equal(pipe(up), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        work("memory", shared, down[0], up[1]);
    hear(up[0]);
    assert_true(shared->fine);
    found = search_all(child, shared->sought);
    assert_true(found.dumped[TEXT] > 0); /* the search finds, and the cache is no secret from it */
    for (int i = DATA_KEY; i < SOUGHT; i++) {
        assert_true(found.locked[i] > 0);
        if (found.dumped[i])
            fail_msg("a core dump would have the %s", shared->sought[i].what);
    }
    say(down[1]);
    hear(up[0]);
    found = search_all(child, shared->sought);
    for (int i = 0; i < SOUGHT; i++)
        if (found.dumped[i] || found.locked[i])
            fail_msg("%s is still in memory", shared->sought[i].what);
    say(down[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    munmap(shared, sizeof(*shared));
}

/* As main() begins; then it crashes. */
static void no_core_dump(void **state)
{
    struct rlimit limit;
    int status;
    pid_t child = fork();
    (void)state;

    assert_true(child >= 0);
    if (child == 0) {
        vault_harden_process();
        if (prctl(PR_GET_DUMPABLE) != 0 || getrlimit(RLIMIT_CORE, &limit) != 0 ||
            limit.rlim_max != 0)
            _exit(1);
        signal(SIGABRT, SIG_DFL);
        abort();
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_false(WCOREDUMP(status));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_text),
        cmocka_unit_test(no_core_dump),
    };

    vault_prepare();
    return cmocka_run_group_tests_name("vault_memory", tests, kit_begin, kit_end);
}
