/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=paper: the summary of a case as a PDF, from the open file to its last byte, the
 * whole run of the program that draws included: one of two pages, and one of a hundred; what of
 * that is drawing; how many pages they really have, and how large the files are.
 */
#include <err.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/paper/document.h"
#include "amparo/paper/pdf.h"
#include "amparo/store/record.h"
#include "tests/bench/figure.h"
#include "tests/harness/scratch.h"

static _Noreturn void give_up(const struct error *err)
{
    errx(1, "%s", error_text(err));
}

static struct store *new_file(const char *path)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store;
    char state[] = "HN", code[] = "HNTGU", name[] = "Directorate", city[] = "Tegucigalpa",
         kind[] = "directorate", officer[] = "Ana PINEDA", words[] = "a hundred pages";
    struct post_profile post = {
        .state = state, .code = code, .name = name, .country = state, .city = city, .kind = kind};

    if (!store_create(path, &post, officer, (struct passphrase){words, strlen(words)},
                      STORE_LEAST | STORE_UNSYNCED, &store, &recovery, &err))
        give_up(&err);
    buf_release(&recovery);
    return store;
}

/* Takes the payload; the reference of the case is the caller's. */
static char *record(struct store *store, const char *reference, enum act_kind kind, json_t *payload)
{
    struct error err = ERROR_INIT;
    struct record_request request = {.reference = reference, .kind = kind, .payload = payload};
    struct recorded recorded;

    if (!payload || !store_record(store, &request, &recorded, &err))
        give_up(&err);
    char *of = xstrdup(recorded.reference);
    recorded_release(&recorded);
    json_decref(payload);
    return of;
}

/* A case with so many needs, each told at some length; its reference is the caller's. */
static char *new_case(struct store *store, int needs)
{
    char *reference =
        record(store, NULL, ACT_OPEN,
               json_pack("{s:s, s:s, s:s, s:s}", "role", "requesting", "receiving_state", "AE",
                         "priority", "urgent", "source", "capital"));

    for (int i = 0; i < needs; i++) {
        char *detail = xasprintf("Number %d: five months of wages were not paid, and the employer "
                                 "keeps the passport; she asks what a claim of AED %d takes.",
                                 i, 1000 + 7 * i);
        free(record(
            store, reference, ACT_NEED,
            json_pack("{s:s, s:s, s:s}", "need", "legal", "urgency", "week", "detail", detail)));
        free(detail);
    }
    return reference;
}

struct times {
    struct measured whole, drawing;
    size_t bytes, pages;
};

/* Cairo writes the objects of pages as they are. */
static size_t count_pages(const struct buf *pdf)
{
    static const char page[] = "<< /Type /Page ";
    size_t pages = 0;

    for (const char *at = pdf->data;
         (at = memmem(at, (size_t)(pdf->data + pdf->size - at), page, sizeof page - 1)); at++)
        pages++;
    return pages;
}

static void make_once(struct store *store, const char *reference, struct times *times)
{
    const struct document_order order = {.kind = DOCUMENT_SUMMARY, .language = "es"};
    char *helper = xasprintf("%s-pdf", getenv("AMPARO"));
    struct error err = ERROR_INIT;
    struct buf pdf = BUF_INIT;
    struct paper p;
    int64_t began = bench_clock();

    paper_init(&p);
    if (!document_make(store, reference, &order, &p, &err))
        give_up(&err);
    int64_t made = bench_clock();
    if (!pdf_make(helper, &p, PAPER_LETTER, &pdf, NULL, &err))
        give_up(&err);
    int64_t drawn = bench_clock();
    measured_add(&times->whole, (double)(drawn - began) / 1e6);
    measured_add(&times->drawing, (double)(drawn - made) / 1e6);
    times->bytes = pdf.size;
    times->pages = count_pages(&pdf);
    paper_release(&p);
    buf_release(&pdf);
    free(helper);
}

/* The name of the figure says how many pages it has, or nearly. */
static void measure(struct store *store, int needs, size_t pages)
{
    struct times times = {0};
    char *reference = new_case(store, needs);

    for (int i = 0; i < bench_rounds(9, 31); i++)
        make_once(store, reference, &times);
    if (times.pages * 20 < pages * 19 || times.pages * 20 > pages * 21)
        errx(1, "%zu pages where %zu are to be measured", times.pages, pages);
    figuref(measured_median(&times.whole), "ms", "paper.summary.%zu", pages);
    figuref(measured_median(&times.drawing), "ms", "paper.summary.%zu.drawing", pages);
    figuref((double)times.pages, "x", "paper.summary.%zu.pages", pages);
    figuref((double)times.bytes, "B", "paper.summary.%zu.size", pages);
    measured_release(&times.whole);
    measured_release(&times.drawing);
    free(reference);
}

int main(void)
{
    char *folder = scratch_make(), *path = scratch_path(folder, "paper.amparo");

    if (sodium_init() < 0)
        errx(1, "libsodium does not start");
    struct store *store = new_file(path);
    measure(store, 10, 2);
    measure(store, 790, 100);
    store_close(store);
    free(path);
    scratch_remove(folder);
    return 0;
}
