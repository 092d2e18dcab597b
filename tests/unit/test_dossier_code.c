/* SPDX-License-Identifier: MIT */
/*
 * Papers and what a dossier tells of them by their codes, to who has none of the files: dossiers
 * out of files that talked to each other by pouches, and those that somebody put together again.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/paper/document.h"
#include "amparo/pouch/dossier_code.h"
#include "amparo/pouch/dossier_make.h"
#include "amparo/store/identity.h"
#include "amparo/store/papersay.h"
#include "network_kit.h"

enum { ROUNDS = 40, DUBAI = 0 };

/* ---- a story that was told to its end ---- */

static void run_to_the_end(struct network *w, const char *folder)
{
    for (int round = 0; round < ROUNDS && !(network_all_said(w) && network_is_quiet(w)); round++) {
        struct network_files files = {.count = 0};
        for (size_t i = 0; i < NETWORK_POSTS; i++) {
            while (network_say(w, (enum network_place)i))
                network_later(w, 60);
            network_send(w, (enum network_place)i, folder, false, true, &files);
        }
        for (size_t i = 0; i < NETWORK_POSTS; i++)
            network_receive(w, (enum network_place)i, (const char *const *)files.paths, files.count,
                            true);
        network_later(w, 3600);
        network_files_release(&files);
    }
    assert_true(network_all_said(w));
}

/* In a folder of that name. */
static void tell(struct network *w, const struct network_story *story, const char *run)
{
    char *folder = xasprintf("%s/pouches", kit_path(run));

    network_found(story, story->name);
    network_begin(w, story, story->name, run);
    mkdir(folder, 0700);
    run_to_the_end(w, folder);
    free(folder);
}

static const struct network_story *story_named(const char *name)
{
    for (size_t i = 0; i < network_story_count; i++)
        if (strcmp(network_stories[i].name, name) == 0)
            return &network_stories[i];
    fail_msg("no story %s", name);
    return NULL;
}

static struct paper_code print(struct network *w, enum network_place at, enum document_kind kind,
                               const char *number)
{
    const struct document_order order = {.kind = kind, .number = number, .copies = 1};
    struct paper_code code = {.text = ""};
    struct paper paper;

    paper_init(&paper);
    MUST(document_make(w->stores[at], network_case(w, at), &order, &paper, err));
    assert_int_equal(paper.blocks[paper.count - 1].kind, BLOCK_QR);
    MUST(paper_code_parse(paper.blocks[paper.count - 1].texts[0], &code, err));
    paper_release(&paper);
    return code;
}

/* ---- a dossier, and who reads it ---- */

struct seen {
    struct buf file;
    struct dossier d;
    struct dossier_check check;
};

static void look(struct seen *s)
{
    s->d = (struct dossier)DOSSIER_INIT;
    MUST(dossier_take(&s->d, s->file.data, s->file.size, err));
    MUST(dossier_check(&s->d, &(struct dossier_reader){NULL}, &s->check, err));
}

static void make(struct network *w, enum network_place at, const char *code, struct seen *s)
{
    const struct disclosure how = {.code = code};
    struct dossier_made made;

    *s = (struct seen){.file = BUF_INIT};
    MUST(dossier_make(w->stores[at], network_case(w, at), &how, &s->file, &made, err));
    buf_release(&made.doubts);
    look(s);
}

static void end(struct seen *s)
{
    dossier_check_release(&s->check);
    dossier_release(&s->d);
    buf_release(&s->file);
}

static json_t *found(const struct seen *s, const struct paper_code *code)
{
    struct error err = ERROR_INIT;
    json_t *paper = dossier_paper(&s->check, code, &err);

    if (!paper)
        fail_msg("%s", error_text(&err));
    return paper;
}

static void refused(const struct seen *s, const struct paper_code *code, enum error_kind kind,
                    const char *why)
{
    struct error err = ERROR_INIT;

    assert_null(dossier_paper(&s->check, code, &err));
    assert_int_equal(err.kind, kind);
    if (!strstr(error_text(&err), why))
        fail_msg("not \"%s\": %s", why, error_text(&err));
    error_release(&err);
}

static void is(const json_t *paper, const char *key, const char *text)
{
    assert_string_equal(payload_text(paper, key), text);
}

/* ---- what it tells ---- */

static struct network w;

static int begin(void **state)
{
    int failed = kit_begin(state);

    if (!failed)
        tell(&w, &network_stories[DUBAI], "run");
    return failed;
}

static int finish(void **state)
{
    network_end(&w);
    return kit_end(state);
}

static void each_note_is_known_by_its_code(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1"),
                      again = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1"),
                      thanks = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "2"),
                      acceptance = print(&w, AT_FIRST, DOCUMENT_NOTE, "1");
    struct seen s;
    (void)state;

    assert_string_not_equal(request.text, again.text);
    make(&w, AT_REQUESTING, NULL, &s);
    assert_true(s.check.withheld > 0);
    json_t *paper = found(&s, &request), *copy = found(&s, &again), *other = found(&s, &thanks),
           *theirs = found(&s, &acceptance);
    is(paper, "kind", "note");
    is(paper, "number", "1/2026");
    is(paper, "note", "REQ");
    is(paper, "sender", "HNGLF, Consular desk for the Gulf");
    is(json_object_get(paper, "to"), "state", "MX");
    is(json_object_get(paper, "to"), "city", "Abu Dhabi");
    is(paper, "trust", "certified");
    assert_int_equal(payload_number(paper, "persons"), 1);
    assert_null(json_object_get(paper, "changes"));
    assert_null(json_object_get(paper, "printed"));
    /* Which copy it is, a dossier cannot tell. */
    json_object_del(copy, "code");
    json_object_del(paper, "code");
    assert_true(json_equal(paper, copy));
    is(other, "note", "CLO");
    is(other, "number", "2/2026");
    is(theirs, "note", "ACC");
    is(theirs, "sender", "MXAUH, Embassy, Consular Section");
    json_decref(paper);
    json_decref(copy);
    json_decref(other);
    json_decref(theirs);
    end(&s);
    /* In that of the other side as well. */
    make(&w, AT_FIRST, NULL, &s);
    paper = found(&s, &request);
    is(paper, "note", "REQ");
    json_decref(paper);
    end(&s);
}

static void nothing_of_the_person_is_needed_or_told(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    struct seen s;
    (void)state;

    make(&w, AT_REQUESTING, NULL, &s);
    for (size_t i = 0; i < s.check.count; i++)
        for (size_t p = 0; p < s.check.items[i].bytes->count; p++)
            assert_false(s.check.items[i].bytes->parts[p].present);
    json_t *paper = found(&s, &request);
    char *all = json_dumps(paper, 0);
    assert_null(strstr(all, "Karen"));
    assert_null(strstr(all, "RAM"));
    free(all);
    json_decref(paper);
    end(&s);
}

static void of_other_papers_it_tells_nothing(void **state)
{
    static const struct {
        enum document_kind kind;
        const char *why;
    } papers[] = {{DOCUMENT_SUMMARY, "of no note (case summary)"},
                  {DOCUMENT_POLL, "of no note (poll sheet)"},
                  {DOCUMENT_COSTS, "of no note (cost statement)"}};
    struct seen s;
    (void)state;

    make(&w, AT_REQUESTING, NULL, &s);
    for (size_t i = 0; i < ARRAY_SIZE(papers); i++) {
        struct paper_code code = print(&w, AT_REQUESTING, papers[i].kind, NULL);
        refused(&s, &code, ERROR_INPUT, papers[i].why);
        /* Who writes N before it has the code of no note. */
        code.text[0] = 'N';
        refused(&s, &code, ERROR_VAULT, "no note of this dossier has that code");
    }
    end(&s);
}

/* It names the same note, but it is another post's print of what came in. */
static void a_print_by_who_received_it_is_another_paper(void **state)
{
    struct paper_code theirs = print(&w, AT_FIRST, DOCUMENT_NOTE, "E-001/2026");
    struct seen s;
    (void)state;

    make(&w, AT_FIRST, NULL, &s);
    refused(&s, &theirs, ERROR_VAULT, "no note of this dossier has that code");
    end(&s);
}

static void a_note_that_went_to_others_is_not_in_it(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1"),
                      thanks = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "2");
    struct seen s;
    (void)state;

    make(&w, AT_REQUESTING, "CR", &s);
    json_t *paper = found(&s, &thanks);
    is(paper, "note", "CLO");
    json_decref(paper);
    refused(&s, &request, ERROR_VAULT, "no note of this dossier has that code");
    refused(&s, &request, ERROR_VAULT, "earlier dispatches are not in it, and one could be that");
    end(&s);
}

/* ---- put together again by somebody who may sign ---- */

/* Signs it anew, as the post does that put it together; *s is looked at again. */
static void put_again(struct seen *s, enum network_place at)
{
    struct secret secret;
    struct buf file = BUF_INIT;

    MUST(identity_secret(w.stores[at], POST_KEY_SIGNING, NULL, &secret, err));
    MUST(dossier_put(&file, &s->d, secret.bytes, err));
    secret_free(&secret);
    end(s);
    s->file = file;
    look(s);
}

static size_t note_of(const struct seen *s, const char *kind)
{
    for (size_t i = 0; i < s->check.count; i++)
        if (s->check.items[i].dispatch.kind == ACT_NOTE &&
            payload_is(s->check.items[i].payload, "kind", kind))
            return i;
    fail_msg("no note %s", kind);
    return 0;
}

static void the_order_makes_no_difference(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    struct seen s;
    (void)state;

    make(&w, AT_REQUESTING, NULL, &s);
    json_t *paper = found(&s, &request);
    for (size_t i = 0; i < s.d.count / 2; i++) {
        struct act_bytes one = s.d.dispatches[i];
        s.d.dispatches[i] = s.d.dispatches[s.d.count - 1 - i];
        s.d.dispatches[s.d.count - 1 - i] = one;
    }
    put_again(&s, AT_REQUESTING);
    json_t *again = found(&s, &request);
    assert_int_not_equal(payload_number(paper, "dispatch"), payload_number(again, "dispatch"));
    json_object_del(paper, "dispatch");
    json_object_del(again, "dispatch");
    assert_true(json_equal(paper, again));
    json_decref(paper);
    json_decref(again);
    end(&s);
}

static void a_note_that_was_left_out_is_missed(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    struct seen s;
    (void)state;

    make(&w, AT_REQUESTING, NULL, &s);
    size_t out = note_of(&s, "REQ");
    act_bytes_release(&s.d.dispatches[out]);
    memmove(&s.d.dispatches[out], &s.d.dispatches[out + 1],
            (--s.d.count - out) * sizeof *s.d.dispatches);
    put_again(&s, AT_REQUESTING);
    refused(&s, &request, ERROR_VAULT, "no note of this dossier has that code");
    refused(&s, &request, ERROR_VAULT, "not in it");
    end(&s);
}

/* The post that has the request says that seal of a note of its own. */
static void say_of_own(struct seen *s, size_t own, json_t *seal)
{
    struct dossier_item *item = &s->check.items[own];
    struct act_bytes forged;
    struct secret secret;

    json_object_set_new(item->context, paper_seal_key, seal);
    const struct act_content content = {act_type(ACT_NOTE), NULL, item->payload, item->context,
                                        NULL};
    MUST(identity_secret(w.stores[AT_FIRST], POST_KEY_SIGNING, NULL, &secret, err));
    dispatch_bytes_make(&forged, &item->core, &content, item->bytes->root, secret.bytes);
    secret_free(&secret);
    act_bytes_release(&s->d.dispatches[own]);
    s->d.dispatches[own] = forged;
}

/* A seal is salted by who wrote the note: that of another's does for nobody else. */
static void a_seal_put_into_ones_own_note_is_none(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    struct seen s;
    (void)state;

    make(&w, AT_FIRST, NULL, &s);
    size_t theirs = note_of(&s, "REQ");
    json_t *seal = json_object_get(s.check.items[theirs].context, paper_seal_key);
    say_of_own(&s, note_of(&s, "ACC"), json_incref(seal));
    act_bytes_release(&s.d.dispatches[theirs]);
    memmove(&s.d.dispatches[theirs], &s.d.dispatches[theirs + 1],
            (--s.d.count - theirs) * sizeof *s.d.dispatches);
    put_again(&s, AT_FIRST);
    refused(&s, &request, ERROR_VAULT, "no note of this dossier has that code");
    end(&s);
}

/* Who holds the paper can make the seal that its code has in their own notes: then nobody is
 * believed before they were asked. */
static void a_code_that_two_posts_say(void **state)
{
    struct paper_code request = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    char seal[PAPER_SEAL + 1];
    struct seen s;
    (void)state;

    make(&w, AT_FIRST, NULL, &s);
    size_t own = note_of(&s, "ACC");
    MUST(paper_seal(&request, s.check.items[own].dispatch.author, seal, err));
    say_of_own(&s, own, json_string(seal));
    put_again(&s, AT_FIRST);
    refused(&s, &request, ERROR_VAULT, "two posts say");
    end(&s);
}

/* ---- what became of it ---- */

static void a_request_that_was_withdrawn(void **state)
{
    struct network other;
    struct buf out = BUF_INIT;
    struct seen s;
    (void)state;

    tell(&other, story_named("ankara"), "other");
    struct paper_code request = print(&other, AT_REQUESTING, DOCUMENT_NOTE, "1"),
                      of_dubai = print(&w, AT_REQUESTING, DOCUMENT_NOTE, "1");
    make(&other, AT_FIRST, NULL, &s);
    json_t *paper = found(&s, &request);
    is(json_array_get(json_object_get(paper, "changes"), 0), "change", "withdrawn");
    paper_say(paper, 80, &out);
    assert_non_null(strstr(buf_text(&out), "WITHDRAWN on "));
    refused(&s, &of_dubai, ERROR_VAULT, "no note of this dossier has that code");
    json_decref(paper);
    buf_release(&out);
    end(&s);
    network_end(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_note_is_known_by_its_code),
        cmocka_unit_test(nothing_of_the_person_is_needed_or_told),
        cmocka_unit_test(of_other_papers_it_tells_nothing),
        cmocka_unit_test(a_print_by_who_received_it_is_another_paper),
        cmocka_unit_test(a_note_that_went_to_others_is_not_in_it),
        cmocka_unit_test(the_order_makes_no_difference),
        cmocka_unit_test(a_note_that_was_left_out_is_missed),
        cmocka_unit_test(a_seal_put_into_ones_own_note_is_none),
        cmocka_unit_test(a_code_that_two_posts_say),
        cmocka_unit_test(a_request_that_was_withdrawn),
    };

    return cmocka_run_group_tests_name("codes and dossiers", tests, begin, finish);
}
