/* SPDX-License-Identifier: MIT */
/* A dossier out of a case file: what is in it for whom, and that its reader believes it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/dossier_make.h"
#include "amparo/pouch/dossier_say.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustsay.h"
#include "dossier_kit.h"
#include "exchange_kit.h"

/* Honduras' file, and a network in which its post is certified; a post of Costa Rica's by keys. */
struct world {
    struct store *hn;
    struct kit_author us, cr;
    struct dossier d; /* the directory, and what Costa Rica says */
    struct kit_network network;

    /* ---- of the last dossier ---- */
    struct buf file;
    struct dossier_made made;
    struct error err;
};

static void take_directory(struct world *w)
{
    struct directory_taken taken;
    char root[FINGERPRINT_SIZE];
    bool changed;

    fingerprint_of_root(w->d.root, root);
    if (!trust_set_root(w->hn, root, "the card", &changed, &w->err) ||
        !store_directory_take(w->hn, w->d.directory, w->d.directory_count, &taken, &w->err))
        fail_msg("%s", error_text(&w->err));
    assert_int_equal(taken.added, w->d.directory_count);
}

/* `known`: the directory has our post. */
static void begin(struct world *w, bool known)
{
    struct identity identity;

    *w = (struct world){.hn = kit_office(&kit_tegucigalpa), .err = ERROR_INIT};
    kit_author(&w->us, 1);
    kit_author(&w->cr, 2);
    assert_true(store_identity(w->hn, &identity, &w->err));
    memcpy(w->us.post.id, identity.post, POST_ID);
    memcpy(w->us.post.sign_public, identity.signing, KEY);
    kit_dossier(&w->d, &w->us, NULL);
    kit_network(&w->network, &w->d);
    kit_state(&w->network, "HN");
    kit_state(&w->network, "CR");
    if (known)
        kit_certify(&w->network, "HN", &w->us, "HNTGU");
    kit_certify(&w->network, "CR", &w->cr, "CRAUH");
    take_directory(w);
}

static void end(struct world *w)
{
    store_close(w->hn);
    store_remove_file(kit_path(kit_tegucigalpa.file));
    kit_dossier_end(&w->d);
    buf_release(&w->file);
    buf_release(&w->made.doubts);
    error_release(&w->err);
}

/* All that is due to a post of that State goes. */
static void send_to(struct world *w, const struct kit_office *office)
{
    struct reader reader = {.directorate = false};
    bool secretariat = strcmp(office->kind, "secretariat") == 0;

    memset(reader.post, office->code[0] + office->code[1], POST_ID);
    memcpy(reader.code, secretariat ? CODE_SECRETARIAT : office->state, AUDIENCE_CODE);
    memcpy(reader.country, office->country, AUDIENCE_CODE);
    struct due due = kit_due(w->hn, &reader);
    assert_true(due.count > 0);
    assert_true(store_sent(w->hn, reader.post, &due, &w->err));
    due_release(&due);
}

static void make_dispatches(struct world *w)
{
    kit_make_any(w->hn);
}

static void poll_and_request(struct world *w)
{
    kit_poll(w->hn);
    make_dispatches(w);
    send_to(w, &kit_abu_dhabi);
    send_to(w, &kit_mexican);
    kit_request(w->hn);
    make_dispatches(w);
    send_to(w, &kit_abu_dhabi);
}

/* Costa Rica's post says something in the case, and it comes in. */
static void comes(struct world *w, const char *act, const char *to, const char *payload)
{
    struct case_key key;
    bool failed, known = false;
    struct core core;
    uint8_t id[CASE_ID];

    sqlite3_stmt *row = db_query(w->hn, &w->err, "SELECT case_id FROM cases LIMIT 1", "");
    assert_true(db_step(w->hn, row, &failed, &w->err) && db_bytes(row, 0, id, CASE_ID));
    db_done(row);
    assert_true(case_key_of(w->hn, id, true, &key, &known, &w->err) && known);
    memcpy(w->d.opener, key.opener, OPENER);
    memcpy(w->d.number, key.id, CASE_NUMBER);
    kit_say(&w->d, &w->cr, act, to, "%s", payload);
    const struct act_bytes *said = &w->d.dispatches[w->d.count - 1];
    assert_true(act_bytes_core(said, &core));
    if (!dispatch_keep(w->hn, said, &core, false, 0, NULL, &w->err))
        fail_msg("%s", error_text(&w->err));
}

static bool make(struct world *w, const char *code, bool identity)
{
    const struct disclosure how = {.code = code, .identity = identity};

    buf_clear(&w->file);
    buf_release(&w->made.doubts);
    error_clear(&w->err);
    return dossier_make(w->hn, KIT_CASE, &how, &w->file, &w->made, &w->err);
}

static void made(struct world *w, const char *code, bool identity)
{
    if (!make(w, code, identity))
        fail_msg("%s", error_text(&w->err));
}

static void refused(struct world *w, const char *code, bool identity, enum error_kind kind,
                    const char *why)
{
    assert_false(make(w, code, identity));
    assert_int_equal(w->err.kind, kind);
    if (!strstr(error_text(&w->err), why))
        fail_msg("not \"%s\": %s", why, error_text(&w->err));
    assert_int_equal(w->file.size, 0);
}

static bool tells(const struct world *w, const char *text)
{
    return memmem(w->file.data, w->file.size, text, strlen(text)) != NULL;
}

/* How many dispatches of that kind are in it. */
static size_t count(const struct world *w, enum act_kind kind)
{
    struct dossier d = DOSSIER_INIT;
    struct core core;
    size_t found = 0;

    assert_true(dossier_take(&d, w->file.data, w->file.size, NULL));
    for (size_t i = 0; i < d.count; i++)
        found += act_bytes_core(&d.dispatches[i], &core) && core.kind == kind;
    dossier_release(&d);
    return found;
}

/* ---- tests ---- */

static void has_nothing_that_has_not_left(void **state)
{
    struct world w;
    (void)state;

    begin(&w, true);
    refused(&w, NULL, false, ERROR_INPUT, KIT_CASE);
    kit_poll(w.hn);
    make_dispatches(&w);
    refused(&w, NULL, false, ERROR_INPUT, "nothing of this case has left the post");
    send_to(&w, &kit_abu_dhabi);
    kit_request(w.hn);
    make_dispatches(&w);
    made(&w, NULL, false);
    assert_int_equal(w.made.count, 1);
    assert_int_equal(w.made.unsent, 4);
    end(&w);
}

static void tells_nothing_personal(void **state)
{
    static const char *const personal[] = {"Karen", "RAM\xC3\x8DREZ", "+971501234567", "Palm"};
    struct world w;
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    made(&w, NULL, false);
    assert_int_equal(w.made.count, 5);
    assert_true(w.made.withheld >= 3);
    for (size_t i = 0; i < ARRAY_SIZE(personal); i++)
        assert_false(tells(&w, personal[i]));
    assert_string_equal(buf_text(&w.made.doubts), "");
    end(&w);
}

static void is_believed(void **state)
{
    struct world w;
    struct dossier d = DOSSIER_INIT;
    struct dossier_check check;
    struct buf said = BUF_INIT;
    char root[FINGERPRINT_SIZE];
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    made(&w, NULL, false);
    assert_true(dossier_take(&d, w.file.data, w.file.size, &w.err));
    fingerprint_of_root(w.d.root, root);
    if (!dossier_check(&d, &(struct dossier_reader){.root = root}, &check, &w.err))
        fail_msg("%s", error_text(&w.err));
    assert_memory_equal(d.maker, w.us.post.id, POST_ID);
    dossier_say(&check, &said);
    assert_non_null(strstr(buf_text(&said), "Honduras asked Costa Rica, Mexico"));
    dossier_check_release(&check);
    dossier_release(&d);
    buf_release(&said);
    end(&w);
}

/* The State that was asked by note gets what it got; with the names where that is wished. */
static void goes_to_whom_it_was_for(void **state)
{
    struct world w;
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    made(&w, "CR", false);
    assert_int_equal(count(&w, ACT_NOTE), 1);
    assert_false(tells(&w, "Karen"));
    made(&w, "CR", true);
    assert_true(tells(&w, "a visit to Karen"));
    assert_true(tells(&w, "+971501234567"));
    assert_int_equal(w.made.withheld, 0);
    made(&w, "MX", true);
    assert_int_equal(w.made.count, 1);
    assert_int_equal(count(&w, ACT_POLL), 1);
    assert_int_equal(w.made.left_out, 4);
    assert_false(tells(&w, "Karen"));
    made(&w, CODE_SECRETARIAT, false);
    assert_int_equal(count(&w, ACT_PERSON), 0);
    assert_int_equal(count(&w, ACT_NOTE), 1);
    assert_false(tells(&w, "Karen"));
    end(&w);
}

static void keeps_identity_from_who_may_not_have_it(void **state)
{
    struct world w;
    struct store *luis;
    const struct disclosure how = {.code = "CR"};
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    refused(&w, CODE_SECRETARIAT, true, ERROR_REFUSED, "5: ");
    refused(&w, NULL, true, ERROR_INPUT, "to which State");
    kit_record(w.hn, KIT_CASE, ACT_WITHDRAW_CONSENT,
               "{'person': 1, 'purposes': ['P4'], 'on': '2026-03-12', 'form': 'oral'}");
    made(&w, "CR", true);
    assert_false(tells(&w, "Karen"));
    assert_false(tells(&w, "+971501234567"));
    assert_int_equal(count(&w, ACT_NOTE), 1);
    assert_true(store_add_officer(w.hn, "Luis", ROLE_CLERK, kit_luis, &w.err));
    luis = kit_open(kit_tegucigalpa.file, kit_luis);
    buf_clear(&w.file);
    assert_false(dossier_make(luis, KIT_CASE, &how, &w.file, &w.made, &w.err));
    assert_int_equal(w.err.kind, ERROR_REFUSED);
    store_close(luis);
    end(&w);
}

static void has_what_came_in(void **state)
{
    struct world w;
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    comes(&w, "reply", "CR,HN,ts",
          "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true,"
          " 'services': ['shelter'], 'by': 'the duty officer there'}");
    made(&w, NULL, false);
    assert_int_equal(count(&w, ACT_REPLY), 1);
    assert_string_equal(buf_text(&w.made.doubts), "");
    made(&w, "MX", true);
    assert_int_equal(count(&w, ACT_REPLY), 0);
    /* A name of a person of the case, in what another State wrote for all to read. */
    comes(&w, "reply", "CR,HN,ts",
          "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true,"
          " 'services': ['shelter'], 'limits': 'not for Karen Ram\\u00edrez'}");
    made(&w, NULL, false);
    assert_int_equal(count(&w, ACT_REPLY), 1);
    assert_int_equal(w.made.left_out, 1);
    assert_false(tells(&w, "not for Karen"));
    end(&w);
}

static void says_what_its_reader_would_not_believe(void **state)
{
    struct world w;
    (void)state;

    begin(&w, false);
    poll_and_request(&w);
    made(&w, NULL, false);
    assert_non_null(strstr(buf_text(&w.made.doubts), "dispatch 1 (poll; "));
    assert_non_null(strstr(buf_text(&w.made.doubts), "the key of who put it together"));
    end(&w);
}

/* Whoever took part could keep the others from proving anything, by a word that nobody believes. */
static void no_others_word_spoils_it(void **state)
{
    struct kit_author before;
    struct world w;
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    made(&w, NULL, false);
    assert_string_equal(buf_text(&w.made.doubts), "");
    size_t count = w.made.count;
    /* In two ways. */
    before = w.cr;
    comes(&w, "reply", "CR,HN,ts",
          "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
          "'services': ['shelter']}");
    w.cr = before;
    comes(&w, "decline", "CR,HN,ts", "{'state': 'CR', 'stage': 'poll', 'round': 1}");
    /* In no form, and after what it does not come after. */
    comes(&w, "decline", "CR,HN,ts", "{'state': ['CR'], 'stage': 7, 'round': 'x'}");
    memset(w.cr.prev, 0, sizeof w.cr.prev);
    w.cr.sequence -= 2;
    comes(&w, "decline", "CR,HN,ts", "{'state': 'CR', 'stage': 'poll', 'round': 1, 'by': 'x'}");
    made(&w, NULL, false);
    assert_string_equal(buf_text(&w.made.doubts), "");
    assert_int_equal(w.made.unfit, 4);
    assert_int_equal(w.made.count, count);
    end(&w);
}

static void is_in_the_access_log(void **state)
{
    struct world w;
    struct access_entries entries;
    const struct access_filter filter = {.reference = KIT_CASE, .limit = 1};
    static const struct {
        const char *code, *recipient;
    } readers[] = {{"CR", "CR"}, {"ts", "secretariat"}, {"HN", "capital"}, {NULL, ""}};
    (void)state;

    begin(&w, true);
    poll_and_request(&w);
    for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
        made(&w, readers[i].code, false);
        assert_true(access_list(w.hn, &filter, &entries, &w.err));
        assert_int_equal(entries.count, 1);
        assert_int_equal(entries.list[0].kind, ACCESS_EXPORT);
        assert_string_equal(entries.list[0].what, "dossier");
        assert_string_equal(entries.list[0].recipient, readers[i].recipient);
        access_entries_release(&entries);
    }
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_nothing_that_has_not_left),
        cmocka_unit_test(tells_nothing_personal),
        cmocka_unit_test(is_believed),
        cmocka_unit_test(goes_to_whom_it_was_for),
        cmocka_unit_test(keeps_identity_from_who_may_not_have_it),
        cmocka_unit_test(has_what_came_in),
        cmocka_unit_test(says_what_its_reader_would_not_believe),
        cmocka_unit_test(no_others_word_spoils_it),
        cmocka_unit_test(is_in_the_access_log),
    };
    return cmocka_run_group_tests_name("dossier make", tests, kit_begin, kit_end);
}
