/* SPDX-License-Identifier: MIT */
/*
 * Papers and what the case file knows of them by their codes: what was printed, what became of it
 * since; and what those try who hold another paper, another file, or the data key of this one.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/document.h"
#include "amparo/store/keys.h"
#include "amparo/store/paperfound.h"
#include "amparo/store/papersay.h"
#include "exchange_kit.h"

static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL},
                             costa_rica = {AUDIENCE_STATE, "CR", NULL};

/* ---- a paper ---- */

/* Prints it, and reads the code as a scanner does; it stands at the foot of each page, too. */
static struct paper_code print(struct store *store, const struct document_order *order)
{
    struct document_order copy = *order;
    struct error err = ERROR_INIT;
    struct paper paper;
    struct paper_code code = {.text = ""};
    char text[PAPER_CODE_SIZE];

    copy.copies = copy.copies ? copy.copies : 1;
    paper_init(&paper);
    if (!document_make(store, KIT_CASE, &copy, &paper, &err))
        fail_msg("%s", error_text(&err));
    const struct block *last = &paper.blocks[paper.count - 1];
    assert_int_equal(last->kind, BLOCK_QR);
    if (!paper_code_parse(last->texts[0], &code, &err))
        fail_msg("%s", error_text(&err));
    char *pages = paper_string(&paper, PAPER_LETTER);
    size_t feet = 0, count = 1;
    for (const char *at = pages; (at = strstr(at, paper_code_print(&code, text))); at++)
        feet++;
    for (const char *at = pages; (at = strchr(at, '\f')); at++)
        count++;
    assert_int_equal(feet, count);
    free_wiped(pages);
    paper_release(&paper);
    return code;
}

static const struct document_order note_order = {.kind = DOCUMENT_NOTE, .number = "1"},
                                   summary_order = {.kind = DOCUMENT_SUMMARY};

/* ---- what is known of it ---- */

static json_t *found(struct store *store, const struct paper_code *code)
{
    struct error err = ERROR_INIT;
    json_t *paper = store_paper(store, code, &err);

    if (!paper)
        fail_msg("%s", error_text(&err));
    return paper;
}

static void refused(struct store *store, const struct paper_code *code, const char *why)
{
    struct error err = ERROR_INIT;

    assert_null(store_paper(store, code, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), why))
        fail_msg("not \"%s\": %s", why, error_text(&err));
    error_release(&err);
}

/* Of a path such as "printed.by", or "changes.0.change"; "" where there is nothing. */
static const char *text_at(const json_t *paper, const char *path)
{
    static char number[24];
    char *parts = xstrdup(path), *rest = NULL;
    const json_t *at = paper;

    for (char *key = strtok_r(parts, ".", &rest); key; key = strtok_r(NULL, ".", &rest))
        at = json_is_array(at) ? json_array_get(at, strtoul(key, NULL, 10))
                               : json_object_get(at, key);
    free(parts);
    snprintf(number, sizeof number, "%lld", (long long)json_integer_value(at));
    return json_is_integer(at) ? number : json_is_string(at) ? json_string_value(at) : "";
}

static void is(const json_t *paper, const char *path, const char *text)
{
    assert_string_equal(text_at(paper, path), text);
}

static void says(const json_t *paper, const char *part)
{
    struct buf out = BUF_INIT, flat = BUF_INIT;

    paper_say(paper, 80, &out);
    for (const char *at = buf_text(&out); *at; at++)
        if (*at != '\n' && (*at != ' ' || (flat.size && flat.data[flat.size - 1] != ' ')))
            buf_addc(&flat, *at);
        else if (*at == '\n' && flat.size && flat.data[flat.size - 1] != ' ')
            buf_addc(&flat, ' ');
    if (!strstr(buf_text(&flat), part))
        fail_msg("not \"%s\": %s", part, buf_text(&flat));
    buf_release(&flat);
    buf_release(&out);
}

/* ---- a post with a case that has a note ---- */

static const char *note_id;

static struct store *begin(void)
{
    struct store *store = kit_office(&kit_tegucigalpa);

    kit_poll(store);
    note_id = xstrdup(kit_request(store));
    return store;
}

static void end(struct store *store)
{
    free((char *)(uintptr_t)note_id);
    store_close(store);
}

static void record(struct store *store, enum act_kind kind, const char *format)
{
    char *payload = xasprintf(format, note_id);

    kit_record(store, KIT_CASE, kind, payload);
    free(payload);
}

#define CORRECT                                                                                    \
    "{'of': '%s', 'reason': 'a slip', 'payload': {'kind': 'REQ', 'direction': 'out', 'to': "       \
    "{'state': 'CR', 'office': 'Consulate', 'city': 'Dubai'}, 'persons': [1], 'scope': 'a visit "  \
    "to Karen in Dubai', 'date': '2026-03-12', 'at': '2026-03-12T11:00:00-06:00', " KIT_OVERRIDE   \
    "}}"

static void tells_of_a_note(void **state)
{
    struct store *store = begin();
    struct document_order spanish = note_order;
    (void)state;

    spanish.language = "es";
    struct paper_code one = print(store, &note_order), two = print(store, &spanish);
    json_t *paper = found(store, &one), *second = found(store, &two);
    assert_memory_equal(one.text, two.text, 1 + PAPER_DOCUMENT);
    is(paper, "kind", "note");
    is(paper, "case", KIT_CASE);
    is(paper, "number", "1/2026");
    is(paper, "note", "REQ");
    is(paper, "date", "2026-03-12");
    is(paper, "to.state", "CR");
    is(paper, "to.city", "Abu Dhabi");
    is(paper, "persons", "1");
    is(paper, "printed.copy", "1");
    is(paper, "printed.by", "Ana PINEDA");
    is(paper, "printed.at", "2026-03-12T12:00:00-06:00");
    is(paper, "printed.for", "CR");
    is(second, "printed.copy", "2");
    is(second, "printed.language", "es");
    is(paper, "changes.0.change", "");
    is(paper, "since.0.act", "");
    says(paper, "Printed from this case file: note verbale, copy 1.");
    says(paper, "Number 1/2026");
    says(paper, "To Consulate, Abu Dhabi, Costa Rica");
    says(paper, "The note stands as it was printed. Nothing else was recorded in the case since.");
    says(paper, "not that this one was left as it was");
    json_decref(paper);
    json_decref(second);
    end(store);
}

/* Nothing in the answer, nor in its words, is of the person. */
static void tells_nobody_who_the_person_is(void **state)
{
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    json_t *paper = found(store, &code);
    char *all = json_dumps(paper, 0);
    (void)state;

    assert_null(strstr(all, "Karen"));
    assert_null(strstr(all, "RAM"));
    assert_null(strstr(all, "visit"));
    free(all);
    json_decref(paper);
    end(store);
}

static void tells_of_other_documents(void **state)
{
    static const enum document_kind kinds[] = {DOCUMENT_SUMMARY, DOCUMENT_POLL, DOCUMENT_COSTS};
    struct store *store = begin();
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        struct paper_code code = print(store, &(struct document_order){.kind = kinds[i]});
        json_t *paper = found(store, &code);
        is(paper, "kind", document_names[kinds[i]]);
        is(paper, "case", KIT_CASE);
        is(paper, "persons", "1");
        is(paper, "printed.copy", "1");
        says(paper, "Nothing else was recorded in the case since.");
        json_decref(paper);
    }
    /* What was recorded since makes it an older picture of the case. */
    struct paper_code code = print(store, &summary_order);
    kit_record(store, KIT_CASE, ACT_NEED, "{'person': 1, 'need': 'legal', 'urgency': 'now'}");
    kit_record(store, KIT_CASE, ACT_NEED, "{'person': 1, 'need': 'medical', 'urgency': 'now'}");
    json_t *paper = found(store, &code);
    is(paper, "printed.copy", "2");
    is(paper, "since.0.act", "need");
    is(paper, "since.1.act", "need");
    says(paper, "which the paper cannot show: 2 acts (need (2)).");
    json_decref(paper);
    end(store);
}

static void tells_for_which_reader(void **state)
{
    struct store *store = begin();
    struct document_order for_mexico = summary_order, for_costa_rica = summary_order;
    (void)state;

    for_mexico.audience = &mexico;
    for_costa_rica.audience = &costa_rica;
    struct paper_code one = print(store, &for_mexico), two = print(store, &for_costa_rica);
    json_t *first = found(store, &one), *second = found(store, &two);
    is(first, "printed.for", "MX");
    is(second, "printed.for", "CR");
    says(first, "For Mexico");
    says(second, "For Costa Rica");
    json_decref(first);
    json_decref(second);
    end(store);
}

static void tells_of_which_day_it_is(void **state)
{
    struct store *store = begin();
    struct document_order dated = summary_order;
    (void)state;

    dated.as_of = "2026-03-12";
    struct paper_code code = print(store, &dated);
    store_set_now(store, "2026-03-13T12:00:00-06:00");
    kit_record(store, KIT_CASE, ACT_NEED, "{'person': 1, 'need': 'legal', 'urgency': 'now'}");
    json_t *paper = found(store, &code);
    is(paper, "printed.as_of", "2026-03-12");
    is(paper, "since.0.act", "need");
    says(paper, "As of 2026-03-12");
    json_decref(paper);
    end(store);
}

/* Copies that are made at once have one code; of what arrived nowhere that is told, for it is odd
 * that it is there. */
static void tells_of_several_copies_and_of_lost_ones(void **state)
{
    struct store *store = begin();
    struct document_order three = note_order;
    struct access_copy entered;
    struct error err = ERROR_INIT;
    (void)state;

    print(store, &note_order);
    three.copies = 3;
    three.entered = &entered;
    struct paper_code code = print(store, &three);
    json_t *paper = found(store, &code);
    is(paper, "printed.first", "2");
    is(paper, "printed.copy", "4");
    says(paper, "note verbale, one of the copies 2 to 4.");
    assert_false(json_is_true(json_object_get(json_object_get(paper, "printed"), "failed")));
    json_decref(paper);
    assert_true(access_failed(store, entered.entry, &err));
    paper = found(store, &code);
    is(paper, "printed.first", "2");
    says(paper, "reached no printer and no file; ask whence it comes.");
    json_decref(paper);
    struct paper_code later = print(store, &note_order);
    paper = found(store, &later);
    is(paper, "printed.copy", "5");
    assert_false(json_is_true(json_object_get(json_object_get(paper, "printed"), "failed")));
    json_decref(paper);
    end(store);
}

static void a_draft_and_a_look_have_none(void **state)
{
    struct store *store = begin();
    struct error err = ERROR_INIT;
    json_t *payload = kit_json("{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', "
                               "'office': 'Consulate', 'city': 'Abu Dhabi'}, 'persons': [1], "
                               "'scope': 'a visit', 'date': '2026-03-12'}");
    const struct document_order orders[] = {
        {.kind = DOCUMENT_NOTE, .draft = payload, .copies = 1},
        {.kind = DOCUMENT_NOTE, .draft = payload},
        {.kind = DOCUMENT_NOTE, .number = "1"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        struct paper paper;
        paper_init(&paper);
        if (!document_make(store, KIT_CASE, &orders[i], &paper, &err))
            fail_msg("%s", error_text(&err));
        for (size_t b = 0; b < paper.count; b++)
            assert_int_not_equal(paper.blocks[b].kind, BLOCK_QR);
        assert_int_equal(paper.printed.size, 0);
        paper_release(&paper);
    }
    json_decref(payload);
    end(store);
}

/* ---- what became of it ---- */

static void tells_that_it_was_corrected(void **state)
{
    struct store *store = begin();
    struct paper_code before = print(store, &note_order);
    (void)state;

    record(store, ACT_CORRECT, CORRECT);
    struct paper_code after = print(store, &note_order);
    json_t *old = found(store, &before), *new = found(store, &after);
    is(old, "changes.0.change", "corrected");
    is(old, "changes.0.by", "Ana PINEDA");
    is(old, "changes.0.fields.0", "to");
    is(old, "changes.0.fields.1", "scope");
    is(old, "to.city", "Abu Dhabi"); /* as it stands on that paper */
    is(new, "changes.0.change", "");
    is(new, "to.city", "Dubai");
    says(old, "CORRECTED on 2026-03-12 12:00 by Ana PINEDA: a paper from before says otherwise. "
              "Other than before: To, Scope.");
    says(new, "The note stands as it was printed.");
    json_decref(old);
    json_decref(new);
    end(store);
}

static void tells_that_it_was_annulled(void **state)
{
    struct store *store = begin();
    struct paper_code before = print(store, &note_order);
    (void)state;

    record(store, ACT_ANNUL, "{'note': '%s', 'reason': 'to the wrong office'}");
    struct paper_code after = print(store, &note_order); /* which says so itself */
    json_t *old = found(store, &before), *new = found(store, &after);
    is(old, "changes.0.change", "annulled");
    says(old, "ANNULLED on 2026-03-12 12:00 by Ana PINEDA: the note does not count.");
    is(new, "changes.0.change", "");
    json_decref(old);
    json_decref(new);
    end(store);
}

static void tells_that_it_was_withdrawn(void **state)
{
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    (void)state;

    record(store, ACT_WITHDRAW,
           "{'note': '%s', 'reason': 'no longer needed', 'at': "
           "'2026-03-12T11:30:00-06:00'}");
    json_t *paper = found(store, &code);
    is(paper, "changes.0.change", "withdrawn");
    says(paper, "WITHDRAWN on 2026-03-12 12:00");
    json_decref(paper);
    end(store);
}

/* The note is known still, and whom it named is nobody's any more. */
static void tells_that_a_person_was_erased(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    (void)state;

    if (!store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err))
        fail_msg("%s", error_text(&err));
    struct store *luis = kit_open("hn", kit_luis);
    char *erase = xasprintf("{'of': '%s'}",
                            kit_record(luis, KIT_CASE, ACT_ERASE_REQUEST,
                                       "{'person': 1, 'basis': 'order', 'reason': 'a judge'}"));
    store_close(luis);
    kit_record(store, KIT_CASE, ACT_ERASE, erase);
    free(erase);
    json_t *paper = found(store, &code);
    is(paper, "number", "1/2026");
    is(paper, "date", "2026-03-12");
    is(paper, "changes.0.change", "erased");
    says(paper, "erased a person of the case: this paper may name whom the file no longer knows.");
    json_decref(paper);
    end(store);
}

/* A backup that goes on as a new file knows the papers of the old one. */
static void a_restored_backup_knows_them(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    char *backup = xstrdup(kit_path("backup"));
    (void)state;

    if (!store_backup(store, backup, NULL, NULL, &err) ||
        !kit_restore("backup", "again", NULL, NULL, &err))
        fail_msg("%s", error_text(&err));
    struct store *again = kit_open("again", kit_ana);
    json_t *paper = found(again, &code);
    is(paper, "number", "1/2026");
    is(paper, "printed.copy", "1");
    json_decref(paper);
    store_close(again);
    free(backup);
    end(store);
}

/* ---- forged, exchanged, of others ---- */

static void knows_no_code_of_another_file(void **state)
{
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    (void)state;

    end(store);
    store = begin(); /* the same words, the same numbers, on the same day */
    refused(store, &code, "of no paper that was printed from this file");
    struct paper_code own = print(store, &note_order);
    assert_string_not_equal(code.text, own.text);
    json_decref(found(store, &own));
    end(store);
}

static int refuse(void *ctx)
{
    (void)ctx;
    return 1;
}

/* What was rolled back is not told as entered: its number may be another's by then. */
static void what_is_not_kept_is_not_entered(void **state)
{
    struct store *store = begin();
    struct access_copy entered;
    struct document_order order = summary_order;
    struct error err = ERROR_INIT;
    struct paper paper;
    (void)state;

    order.copies = 1;
    order.entered = &entered;
    paper_init(&paper);
    sqlite3_commit_hook(store->db, refuse, NULL);
    assert_false(document_make(store, KIT_CASE, &order, &paper, &err));
    assert_int_equal(entered.entry, 0);
    sqlite3_commit_hook(store->db, NULL, NULL);
    paper_release(&paper);
    error_release(&err);
    end(store);
}

/* What has the mark of an entry that never had a code. */
static void knows_no_code_of_a_draft(void **state)
{
    struct store *store = begin();
    struct access_copy entered;
    struct document_order draft = summary_order;
    struct error err = ERROR_INIT;
    struct paper paper;
    struct paper_code code;
    (void)state;

    draft.copies = 1;
    draft.as_draft = true;
    draft.entered = &entered;
    paper_init(&paper);
    assert_true(document_make(store, KIT_CASE, &draft, &paper, &err));
    paper_release(&paper);
    paper_code_make("summary draft", entered.mark, NULL, &code);
    refused(store, &code, "of no paper that was printed from this file");
    end(store);
}

/* With a check that is right again. */
static struct paper_code joined(const struct paper_code *document, const struct paper_code *copy)
{
    struct paper_code out = *document;
    struct error err = ERROR_INIT;
    bool read = false;

    memcpy(out.text + 1 + PAPER_DOCUMENT, copy->text + 1 + PAPER_DOCUMENT, PAPER_COPY);
    for (const char *c = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *c && !read; c++) {
        struct paper_code ignored;
        out.text[PAPER_CODE - 1] = *c;
        read = paper_code_parse(out.text, &ignored, &err);
        error_release(&err);
    }
    assert_true(read);
    return out;
}

static void knows_no_copy_that_was_not_printed(void **state)
{
    struct store *store = begin();
    struct paper_code note = print(store, &note_order), summary = print(store, &summary_order);
    struct paper_code other = {.text = "N0123456789ABCDEFGHJ"};
    (void)state;

    other = joined(&note, &other);
    refused(store, &other,
            "it begins as the code of note 1/2026 (" KIT_CASE
            "), but no copy of that was printed with this code");
    other = joined(&note, &summary);
    refused(store, &other, "it begins as the code of note 1/2026");
    int64_t asked;
    struct error err = ERROR_INIT;
    db_number(
        store, &asked, 0, &err,
        "SELECT count(*) FROM access WHERE what = 'paper code' AND reference = '" KIT_CASE "'", "");
    assert_int_equal(asked, 1);
    other = joined(&summary, &note);
    refused(store, &other, "of no paper that was printed from this file");
    /* A summary that says it is a note. */
    other = summary;
    other.text[0] = 'N';
    other = joined(&other, &summary);
    refused(store, &other, "of no paper that was printed from this file");
    end(store);
}

static void run(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;

    if (!db_begin(store, &err) || !db_end(store, db_run(store, &err, sql, ""), &err))
        fail_msg("%s", error_text(&err));
}

/* By who has the data key and SQL of their own, and no officer's key. */
static void sees_an_altered_entry(void **state)
{
    static const char *const alterations[] = {
        "UPDATE access SET recipient = 'MX' WHERE kind = 2",
        "UPDATE access SET at = '2026-03-11T12:00:00-06:00' WHERE kind = 2",
        "UPDATE access SET copy = 2 WHERE kind = 2",
        "UPDATE access SET language = 'fr' WHERE kind = 2",
        "UPDATE access SET as_of = '2026-03-12' WHERE kind = 2",
        "UPDATE access SET acts = acts - 1 WHERE kind = 2",
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(alterations); i++) {
        struct store *store = begin();
        struct paper_code code = print(store, &note_order);
        run(store, alterations[i]);
        refused(store, &code, "it was changed, or does not follow the one before");
        end(store);
    }
    struct store *store = begin();
    print(store, &note_order);
    struct paper_code code = print(store, &note_order);
    run(store, "DELETE FROM access WHERE entry = (SELECT min(entry) FROM access WHERE kind = 2)");
    refused(store, &code, "it was changed, or does not follow the one before");
    end(store);
    /* With a head that fits, which nobody signed: another code would have to stand on the paper. */
    store = begin();
    code = print(store, &note_order);
    run(store, "UPDATE access SET signature = zeroblob(64) WHERE kind = 2");
    refused(store, &code, "no copy of that was printed with this code");
    run(store, "DELETE FROM access");
    refused(store, &code, "no copy of that was printed with this code");
    end(store);
}

static void sees_an_altered_act(void **state)
{
    struct store *store = begin();
    struct paper_code code = print(store, &note_order);
    (void)state;

    run(store, "UPDATE parts SET bytes = substr(bytes, 1, length(bytes) - 1) || x'20' WHERE act = "
               "(SELECT max(act) FROM register)");
    refused(store, &code, "is not as it was signed");
    end(store);
}

static void a_restricted_case_tells_little(void **state)
{
    struct error err = ERROR_INIT;
    struct store *store = begin();
    (void)state;

    struct paper_code code = print(store, &note_order);
    struct case_file c = kit_case_of(store, KIT_CASE);
    char id[2 * ACT_ID_SIZE + 1];
    act_id_hex(case_next(&c, NULL, ACT_OPEN)->act->id, id);
    case_release(&c);
    char *payload = xasprintf("{'of': '%s', 'reason': 'it is known here', 'payload': {'role': "
                              "'requesting', 'receiving_state': 'AE', 'priority': 'urgent', "
                              "'source': 'phone', 'confidentiality': 'restricted', "
                              "'responsible': 'Ana PINEDA'}}",
                              id);
    kit_record(store, KIT_CASE, ACT_CORRECT, payload);
    free(payload);
    json_t *paper = found(store, &code);
    is(paper, "number", "1/2026"); /* its own officer */
    json_decref(paper);
    if (!store_add_officer(store, "Luis", ROLE_CLERK, kit_luis, &err))
        fail_msg("%s", error_text(&err));
    struct store *luis = kit_open("hn", kit_luis);
    paper = found(luis, &code);
    is(paper, "number", "");
    is(paper, "printed.copy", "1");
    says(paper, "A restricted case: ask its officer");
    json_decref(paper);
    struct paper_code other = {.text = "N0123456789ABCDEFGHJ"};
    other = joined(&code, &other);
    refused(luis, &other, "as the code of a note of a restricted case, but no copy");
    store_close(luis);
    end(store);
}

static void that_it_was_asked_is_in_the_log(void **state)
{
    struct store *store = begin();
    struct paper_code code = print(store, &note_order), none = {.text = "S0123456789ABCDEFGHJ"};
    struct error err = ERROR_INIT;
    int64_t before, after;
    (void)state;

    db_number(store, &before, 0, &err, "SELECT count(*) FROM access WHERE what = 'paper code'", "");
    json_decref(found(store, &code));
    refused(store, &none, "of no paper");
    db_number(store, &after, 0, &err,
              "SELECT count(*) FROM access WHERE what = 'paper code' AND reference = '" KIT_CASE
              "' AND kind = 1",
              "");
    assert_int_equal(before, 0);
    assert_int_equal(after, 1);
    end(store);
}

/* ---- a note that came by pouch ---- */

#define BIT(place) (1u << (place))

static void the_other_side_knows_it_too(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, BIT(HN) | BIT(CR) | BIT(MX));
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    /* Printed after it was sent; each copy is known. */
    struct paper_code code = print(net.store[HN], &note_order);
    json_t *paper = found(net.store[CR], &code);
    is(paper, "kind", "note");
    is(paper, "case", KIT_THEIRS);
    is(paper, "number", "1/2026");
    is(paper, "to.city", "Abu Dhabi");
    is(paper, "persons", "1");
    is(paper, "trust", "checked");
    assert_null(json_object_get(paper, "printed"));
    says(paper, "A note of another post, which came by pouch.");
    says(paper, "Nothing that is here annuls, withdraws or corrects it.");
    says(paper, "the file of the post that printed it can tell alone");
    json_decref(paper);
    /* Whom it did not go to knows nothing of it. */
    refused(net.store[MX], &code, "of no note that came by pouch");
    kit_net_end(&net);
}

static void the_other_side_hears_what_became_of_it(void **state)
{
    struct kit_net net;
    char id[2 * ACT_ID_SIZE + 1];
    (void)state;

    kit_net_begin(&net, BIT(HN) | BIT(CR));
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    struct paper_code code = print(net.store[HN], &note_order);
    struct case_file c = kit_case_of(net.store[HN], KIT_CASE);
    act_id_hex(case_last(&c, ACT_NOTE)->act->id, id);
    case_release(&c);
    char *payload = xasprintf(CORRECT, id);
    kit_record(net.store[HN], KIT_CASE, ACT_CORRECT, payload);
    free(payload);
    kit_send_all(&net);
    json_t *paper = found(net.store[CR], &code);
    is(paper, "changes.0.change", "corrected");
    is(paper, "changes.0.fields.0", "to");
    json_decref(paper);
    payload = xasprintf("{'note': '%s', 'reason': 'to the wrong office'}", id);
    kit_record(net.store[HN], KIT_CASE, ACT_ANNUL, payload);
    free(payload);
    kit_send_all(&net);
    paper = found(net.store[CR], &code);
    is(paper, "changes.1.change", "annulled");
    says(paper, "ANNULLED on ");
    json_decref(paper);
    kit_net_end(&net);
}

/* Of who is not known nothing is to be relied on, and the answer says so. */
static void a_note_by_a_key_that_nothing_proves(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, BIT(HN) | BIT(CR));
    kit_request_by_pouch(&net);
    struct paper_code code = print(net.store[HN], &note_order);
    json_t *paper = found(net.store[CR], &code);
    is(paper, "trust", "unknown");
    says(paper, "NOT TO BE RELIED ON");
    json_decref(paper);
    kit_net_end(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_of_a_note),
        cmocka_unit_test(tells_nobody_who_the_person_is),
        cmocka_unit_test(tells_of_other_documents),
        cmocka_unit_test(tells_for_which_reader),
        cmocka_unit_test(tells_of_which_day_it_is),
        cmocka_unit_test(tells_of_several_copies_and_of_lost_ones),
        cmocka_unit_test(a_draft_and_a_look_have_none),
        cmocka_unit_test(tells_that_it_was_corrected),
        cmocka_unit_test(tells_that_it_was_annulled),
        cmocka_unit_test(tells_that_it_was_withdrawn),
        cmocka_unit_test(tells_that_a_person_was_erased),
        cmocka_unit_test(a_restored_backup_knows_them),
        cmocka_unit_test(knows_no_code_of_another_file),
        cmocka_unit_test(knows_no_copy_that_was_not_printed),
        cmocka_unit_test(sees_an_altered_entry),
        cmocka_unit_test(sees_an_altered_act),
        cmocka_unit_test(what_is_not_kept_is_not_entered),
        cmocka_unit_test(knows_no_code_of_a_draft),
        cmocka_unit_test(a_restricted_case_tells_little),
        cmocka_unit_test(that_it_was_asked_is_in_the_log),
        cmocka_unit_test(the_other_side_knows_it_too),
        cmocka_unit_test(the_other_side_hears_what_became_of_it),
        cmocka_unit_test(a_note_by_a_key_that_nothing_proves),
    };

    return cmocka_run_group_tests_name("papers", tests, kit_begin, kit_end);
}
