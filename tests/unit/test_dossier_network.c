/* SPDX-License-Identifier: MIT */
/*
 * Dossiers out of files that talked to each other by pouches: each that took part makes one of the
 * case, and a reader who has none of the files believes it, and sees the same conversation.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/dossier_make.h"
#include "amparo/pouch/dossier_say.h"
#include "network_kit.h"

enum { ROUNDS = 40 };

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

struct seen {
    struct buf file;
    struct dossier_made made;
    struct dossier d;
    struct dossier_check check;
};

static void make(struct network *w, enum network_place at, const struct disclosure *how,
                 struct seen *s)
{
    struct error err = ERROR_INIT;

    *s = (struct seen){.file = BUF_INIT, .d = DOSSIER_INIT};
    if (!dossier_make(w->stores[at], network_case(w, at), how, &s->file, &s->made, &err) ||
        !dossier_take(&s->d, s->file.data, s->file.size, &err) ||
        !dossier_check(&s->d, &(struct dossier_reader){NULL}, &s->check, &err))
        fail_msg("%s, %s: %s", w->story->name, w->story->posts[at].code, error_text(&err));
    assert_string_equal(buf_text(&s->made.doubts), "");
    error_release(&err);
}

static void end(struct seen *s)
{
    dossier_check_release(&s->check);
    dossier_release(&s->d);
    buf_release(&s->file);
    buf_release(&s->made.doubts);
}

static size_t count(const struct seen *s, enum act_kind kind)
{
    size_t found = 0;

    for (size_t i = 0; i < s->check.count; i++)
        found += s->check.items[i].dispatch.kind == kind;
    return found;
}

/* Every assistance that counts is shown to rest on a request by note. */
static void assert_rests(const struct seen *s)
{
    const struct conversation *c = &s->check.conversation;

    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].dispatch->kind == ACT_ASSIST && conversation_counts(c, (int)i))
            assert_non_null(dossier_request_of(&s->check, &c->items[i]));
}

static void all_who_took_part_can_prove_it(void **state)
{
    size_t helped = 0;
    (void)state;

    for (size_t i = 0; i < network_story_count; i++) {
        const struct network_story *story = &network_stories[i];
        const struct disclosure open = {.code = NULL};
        struct network w;
        struct seen s;
        char *folder = xstrdup(kit_path("straight"));
        uint64_t digest = 0;
        mkdir(folder, 0700);
        network_found(story, story->name);
        network_begin(&w, story, story->name, "run");
        run_to_the_end(&w, folder);
        for (size_t at = 0; at < NETWORK_POSTS; at++) {
            if (!network_case(&w, (enum network_place)at))
                continue;
            make(&w, (enum network_place)at, &open, &s);
            assert_int_equal(s.made.unsent, 0);
            assert_rests(&s);
            /* The directorate of who asks has what they have. */
            if (at == AT_REQUESTING)
                digest = conversation_digest(&s.check.conversation, "");
            if (at == AT_CAPITAL)
                assert_true(digest == conversation_digest(&s.check.conversation, ""));
            if (at == AT_REQUESTING) {
                assert_true(count(&s, ACT_POLL) > 0);
                helped += count(&s, ACT_ASSIST) > 0;
            }
            end(&s);
        }
        network_end(&w);
        free(folder);
    }
    assert_true(helped > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_who_took_part_can_prove_it),
    };

    return cmocka_run_group_tests_name("dossier network", tests, kit_begin, kit_end);
}
