/* SPDX-License-Identifier: MIT */
/*
 * The description of a document, as the program that draws pages reads it. What is taken can be
 * laid out on both papers, every line of it within what a block may be wide, and what is said of it
 * again is taken again, and is the same from then on.
 */
#include <string.h>

#include "amparo/page/bytes.h"
#include "amparo/page/plain.h"
#include "fuzz.h"

static void say_again(const struct paper *p, enum paper_size size)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;
    struct error err = ERROR_INIT;
    struct paper again;
    enum paper_size paper;

    paper_init(&again);
    page_encode(p, size, &once);
    PROMISE(page_decode(once.data, once.size, &again, &paper, &err),
            "what was taken is refused when it is said again: %s", error_text(&err));
    page_encode(&again, paper, &twice);
    PROMISE(once.size == twice.size && memcmp(once.data, twice.data, once.size) == 0,
            "it is not the same the second time");
    paper_release(&again);
    buf_release(&once);
    buf_release(&twice);
}

static void lay_out(const struct paper *p)
{
    struct buf out = BUF_INIT;

    for (int size = PAPER_LETTER; size <= PAPER_A4; size++) {
        buf_clear(&out);
        paper_text(p, (enum paper_size)size, &out);
        PROMISE(out.size && out.data[out.size - 1] == '\n', "a document without an end");
    }
    buf_release(&out);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct error err = ERROR_INIT;
    struct paper p;
    enum paper_size paper;

    paper_init(&p);
    bool taken = page_decode(bytes, size, &p, &paper, &err);
    if (taken) {
        PROMISE(err.kind == ERROR_NONE, "taken with an error");
        say_again(&p, paper);
        lay_out(&p);
    } else {
        fuzz_message(&err, NULL);
    }
    paper_release(&p);
    error_release(&err);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("\x85\x02\x00\x01\x89\x64\x4e\x6f\x74\x65\x60\x67\x25\x7a\x75\x2f\x25\x7a\x75\x60"
         "\x60\x60\x60\x62\x65\x6e\x60\x87\x8a\x01\x04\x00\x18\x50\x00\x00\x00\x81\x65\x41\x6e"
         "\x6e\x65\x78\x80\x40\x8a\x02\x00\x0a\x18\x3e\x00\x14\x00\x82\x65\x6c\x61\x62\x65"
         "\x6c\x64\x74\x65\x78\x74\x80\x40\x8a\x03\x00\x0a\x18\x3e\x00\x00\x00\x82\x61\x61"
         "\x61\x62\x80\x40\x8a\x04\x00\x0a\x18\x3e\x00\x00\x00\x80\x80\x40\x8a\x07\x14\x0a"
         "\x18\x3e\x03\x00\x00\x82\x65\x50\x61\xc3\xad\x73\x66\x50\x75\x65\x73\x74\x6f\x82"
         "\x06\x0a\x40\x8a\x07\x00\x0a\x18\x3e\x03\x00\x00\x82\x66\x4e\xc3\xad\x67\x65\x72"
         "\x69\xe9\xa6\xac\xe5\xbe\xb7\xe9\x87\x8c\x82\x06\x0a\x40\x8a\x06\x00\x0a\x18\x3e"
         "\x00\x00\x00\x80\x80\x40"),
    SEED("\x85\x02\x01\x00\x89\x60\x60\x60\x60\x60\x60\x60\x60\x60\x87\x8a\x0b\x00\x00\x18\x50"
         "\x00\x00\x00\x80\x80\x44\x89\x50\x4e\x47\x8a\x08\x00\x00\x18\x50\x00\x00\x00\x81"
         "\x65\x20\x23\x0a\x23\x20\x80\x40\x8a\x09\x00\x00\x18\x50\x00\x03\x07\x82\x66\x6c"
         "\x61\x62\x6f\x75\x72\x61\x33\x80\x40\x8a\x0a\x08\x00\x18\x50\x00\x00\x00\x83\x68"
         "\x61\x6d\x70\x61\x72\x6f\x3a\x31\x66\x62\x65\x73\x69\x64\x65\x62\x23\x23\x80\x40"
         "\x8a\x0c\x08\x00\x18\x50\x00\x02\x14\x81\x64\x4e\x61\x6d\x65\x80\x40\x8a\x0d\x08"
         "\x00\x18\x50\x00\x00\x14\x83\x66\x47\x72\x6f\x75\x6e\x64\x66\x4e\xc3\xad\x67\x65"
         "\x72\x69\xe9\xa6\xac\xe5\xbe\xb7\xe9\x87\x8c\x80\x40\x8a\x00\x02\x00\x18\x50\x00"
         "\x00\x00\x81\x63\x65\x6e\x64\x80\x40"),
    SEEDS_END,
};

static const char *const list[] = {"\x8a", "\x85", "\x89", "\x80",     "\x81",
                                   "\x00", "\x0d", "\x1f", "\x18\xc8", "\x1a\x7f\xff\xff\xff",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(page, run) = {"page", run, seeds, words, fuzz_mutate_bytes, 3000};
