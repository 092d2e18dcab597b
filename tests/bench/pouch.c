/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=pouch: bytes of pouches, sealed and signed, and how long sealing and opening
 * takes.
 *
 *   pouch.poll.N    a poll for N States (round, States, date, needs, languages, area, and the
 * case's country, grounds and priority), to a post of each pouch.reply.1   an offer with its
 * services, to the post that asked pouch.note.1    a request by note of 1,200 characters to the
 * State that was chosen: the words of the template, and what its officer wrote; the longest of
 * three languages pouch.note.1.free  the same where all of it was worded anew: tests/bench/notes
 * has both pouch.seal.10   the poll for ten put into a pouch and sealed; .open.10: opened, and
 * taken apart
 *
 * Beside it the same poll as JSON by gpg, and by minisign and age (tests/bench/sealers.pl), where
 * they are installed.
 */
#include <err.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "tests/bench/figure.h"
#include "tests/unit/pouch_kit.h"

#define CONTEXT                                                                                    \
    "{'grounds': ['G6a'], 'priority': 'urgent', 'receiving_state': 'TH', 'requesting_state': "     \
    "'HN'}"
#define POLL(states)                                                                               \
    "{'round': 1, 'to': [" states "], 'reply_by': '2026-03-20', 'area': 'Mae Sot, Tak', "          \
    "'needs': ['shelter', 'travel_document'], 'languages': ['es', 'en']}"
#define REPLY                                                                                      \
    "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'partial', 'offer': true, "           \
    "'services': ['shelter', 'travel_document', 'interpretation'], 'valid_until': '2026-04-20'}"

enum { POSTS = 12, TEN = 10 };

static struct kit_post posts[POSTS];
static uint8_t keys[POSTS][ENVELOPE_KEY];
static uint8_t machine[ENVELOPE_SECRET];
static unsigned known = POSTS;

/* That dispatch, alone, as the inner part of a pouch. */
static void put(struct buf *inner, const struct kit_post *by, const struct pouch_said *said)
{
    struct act_bytes act;
    struct content c = {.dispatches = &act, .count = 1};
    struct error err = ERROR_INIT;

    pouch_say(&act, by, said);
    memcpy(c.sender, by->id, AUTHOR);
    buf_clear(inner);
    if (!content_put(inner, &c, &err))
        errx(1, "%s", error_text(&err));
    act_bytes_release(&act);
}

static void seal(struct buf *pouch, size_t readers, const struct buf *inner)
{
    struct error err = ERROR_INIT;

    buf_clear(pouch);
    if (!envelope_seal(pouch, keys[0], readers, inner->data, inner->size, machine, NULL, &err))
        errx(1, "%s", error_text(&err));
}

/* The size of a pouch with that dispatch of that post. */
static double size_of(size_t readers, const struct kit_post *by, const struct pouch_said *said)
{
    struct buf inner = BUF_INIT, pouch = BUF_INIT;

    put(&inner, by, said);
    seal(&pouch, readers, &inner);
    double size = (double)pouch.size;
    buf_release(&inner);
    buf_release(&pouch);
    return size;
}

static const struct pouch_said poll_1 = {.act = "poll",
                                         .payload = POLL("'MX'"),
                                         .context = CONTEXT,
                                         .to = "HN,MX,ts",
                                         .sequence = 2,
                                         .first = true};
static const struct pouch_said poll_10 = {
    .act = "poll",
    .payload = POLL("'BZ', 'CA', 'CR', 'DO', 'GT', 'MX', 'NI', 'PA', 'SV', 'US'"),
    .context = CONTEXT,
    .to = "BZ,CA,CR,DO,GT,HN,MX,NI,PA,SV,US,ts",
    .sequence = 2,
    .first = true};

/* ---- notes ---- */

static const struct {
    const char *code, *embassy;
} languages[] = {{"en", "Embassy"}, {"es", "Embajada"}, {"fr", "Ambassade"}};

/* A text of tests/bench/notes as a request by note, in JSON of kit_json. */
static char *note_payload(const char *kind, const char *language, const char *embassy)
{
    char *path = xasprintf("%s/tests/bench/notes/%s.%s", getenv("AMPARO_SRC"), kind, language);
    struct buf payload = BUF_INIT;
    FILE *file = fopen(path, "r");
    int c;

    if (!file)
        err(1, "%s", path);
    buf_addf(&payload,
             "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': '%s', "
             "'city': 'Rabat'}, 'persons': [1], 'date': '2026-05-06', "
             "'at': '2026-05-06T10:30:00+01:00', 'language': '%s', 'text': '",
             embassy, language);
    while ((c = getc(file)) != EOF)
        if (c == '\n')
            buf_adds(&payload, "\\n");
        else if (c == '\'')
            buf_adds(&payload, "\\u0027");
        else
            buf_addc(&payload, (char)c);
    buf_cut(&payload, payload.size - 2); /* the end of the last line is not the text's */
    buf_adds(&payload, "'}");
    fclose(file);
    free(path);
    return buf_detach(&payload);
}

static void notes(const char *kind, const char *name)
{
    double most = 0;

    for (size_t i = 0; i < ARRAY_SIZE(languages); i++) {
        char *payload = note_payload(kind, languages[i].code, languages[i].embassy);
        double size =
            size_of(1, &posts[0],
                    &(struct pouch_said){
                        .act = "note", .payload = payload, .to = "CR,HN,ts", .sequence = 4});
        figuref(size, "B", "%s.%s", name, languages[i].code);
        most = size > most ? size : most;
        free(payload);
    }
    figure(name, most, "B");
}

/* ---- time ---- */

static void times(void)
{
    struct buf inner = BUF_INIT, pouch = BUF_INIT, got = BUF_INIT;
    struct measured sealing = {0}, opening = {0};
    struct act_bytes act;
    struct content c = {.dispatches = &act, .count = 1};

    pouch_say(&act, &posts[0], &poll_10);
    memcpy(c.sender, posts[0].id, AUTHOR);
    for (int i = 0; i < bench_rounds(200, 2000); i++) {
        struct content taken = CONTENT_INIT;
        int64_t began = bench_clock();
        buf_clear(&inner);
        if (!content_put(&inner, &c, NULL))
            errx(1, "it cannot be put");
        seal(&pouch, TEN, &inner);
        measured_add(&sealing, (double)(bench_clock() - began) / 1e6);
        began = bench_clock();
        buf_clear(&got);
        if (!envelope_open(&got, pouch.data, pouch.size, posts[TEN - 1].secret, 1, NULL, NULL) ||
            !content_take(&taken, got.data, got.size, kit_key_of, &known, NULL) || taken.count != 1)
            errx(1, "it does not open");
        measured_add(&opening, (double)(bench_clock() - began) / 1e6);
        content_release(&taken);
    }
    figure("pouch.seal.10", measured_median(&sealing), "ms");
    figure("pouch.open.10", measured_median(&opening), "ms");
    measured_release(&sealing);
    measured_release(&opening);
    act_bytes_release(&act);
    buf_release(&inner);
    buf_release(&pouch);
    buf_release(&got);
}

int main(void)
{
    if (sodium_init() < 0)
        errx(1, "libsodium does not begin");
    for (unsigned i = 0; i < POSTS; i++) {
        kit_post(&posts[i], i + 1);
        memcpy(keys[i], posts[i].key, ENVELOPE_KEY);
    }
    randombytes_buf(machine, sizeof machine);
    figure("pouch.poll.1", size_of(1, &posts[0], &poll_1), "B");
    figure("pouch.poll.10", size_of(TEN, &posts[0], &poll_10), "B");
    figure("pouch.reply.1",
           size_of(1, &posts[1],
                   &(struct pouch_said){.act = "reply",
                                        .payload = REPLY,
                                        .to = "HN,MX,ts",
                                        .sequence = 1,
                                        .first = true,
                                        .opener = &posts[0]}),
           "B");
    notes("request", "pouch.note.1");
    notes("free", "pouch.note.1.free");
    times();
    fflush(stdout);
    char *others = xasprintf("perl '%s/tests/bench/sealers.pl'", getenv("AMPARO_SRC"));
    int status = system(others);
    free(others);
    return status != 0;
}
