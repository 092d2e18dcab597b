/* SPDX-License-Identifier: MIT */
#include "amparo/store/paperfound.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/redact.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesscheck.h"
#include "amparo/store/caseload.h"
#include "amparo/store/conversed.h"
#include "amparo/store/papernote.h"
#include "amparo/store/trustlog.h"

/* ---- may it be told? ---- */

static bool is_restricted(const struct store *store, const struct case_file *c)
{
    char *keepers = redact_keepers(c);
    bool restricted = redact_name("-", false, keepers, store->me.name) != NAME_SHOWN;

    free(keepers);
    return restricted;
}

static bool tell_log(struct store *store, const char *reference, struct error *err)
{
    return access_view(store, reference, "paper code", err);
}

/* ---- a print of ours ---- */

/* What is known of one while it is looked at. */
struct printed {
    struct store *store;
    const struct paper_code *code;
    struct access_marked marked;
    struct case_file then, now; /* of a document of a case, as it was printed and as it stands */
    const struct entry *note;   /* of `now` */
    json_t *paper;
};

static bool check_act(void *ctx, const struct logged *act, struct error *err)
{
    const char *fault;

    (void)ctx;
    return act_bytes_check(&act->bytes, &fault) ||
           error_set(err, ERROR_VAULT, _("act %lld is not as it was signed: %s"),
                     (long long)act->seq, _(fault));
}

static bool load_case(struct printed *p, struct error *err)
{
    const struct access_entry *e = &p->marked.entry;
    struct store *store = p->store;
    uint8_t id[CASE_ID];
    struct date until;
    bool dated = date_parse(e->as_of, &until);

    if (!case_load_named(store, e->reference, NULL, id, &p->now, err))
        return false;
    if (!log_read(store, id, 0, check_act, NULL, err) ||
        !case_load_upto(store, id, e->acts, dated ? &until : NULL, &p->then, err)) {
        case_release(&p->now);
        return false;
    }
    return true;
}

/* The code as it would be made of that entry today; of a note also of one of the case. */
static bool is_of(const struct paper_code *code, const struct access_marked *marked,
                  const uint8_t *note)
{
    struct paper_code made;

    paper_code_make(marked->entry.what, marked->mark, note, &made);
    return strcmp(made.text, code->text) == 0;
}

static const struct entry *find_note(const struct printed *p)
{
    for (const struct entry *e = NULL; (e = case_next(&p->now, e, ACT_NOTE));)
        if (is_of(p->code, &p->marked, e->act->id))
            return e;
    return NULL;
}

/* Did the log hear that these copies arrived nowhere? */
static bool was_lost(struct printed *p, bool *lost, struct error *err)
{
    const struct access_entry *e = &p->marked.entry;
    int64_t failed = 0;
    bool ok = !e->copy ||
              db_number(p->store, &failed, 0, err,
                        "SELECT count(*) FROM access WHERE kind = ? AND reference = ? AND what = ? "
                        "AND copy = ? AND entry > ?",
                        "ittii", (int64_t)ACCESS_FAILED, e->reference, e->what, e->copy, e->entry);

    *lost = failed > 0;
    return ok;
}

static bool set_printed(struct printed *p, struct error *err)
{
    const struct access_entry *e = &p->marked.entry;
    bool lost;

    if (!was_lost(p, &lost, err))
        return false;
    json_object_set_new(p->paper, "case", json_string(e->reference));
    json_object_set_new(p->paper, "printed",
                        json_pack("{s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:b}", "entry",
                                  (json_int_t)e->entry, "first", (json_int_t)e->first, "copy",
                                  (json_int_t)e->copy, "at", e->at, "by", e->officer, "for",
                                  e->recipient, "language", e->language, "as_of", e->as_of,
                                  "failed", lost));
    return true;
}

/* ---- what stands on it, and what came since ---- */

static void add_act(struct printed *p, const char *change, const struct act *act, json_t *fields)
{
    paper_add_change(p->paper, change, act->at, act->by, fields);
}

/* The paper is of before that act. */
static bool is_later(const struct printed *p, const struct act *act)
{
    const struct access_entry *e = &p->marked.entry;

    return act->seq > e->acts || (*e->as_of && strncmp(act->at, e->as_of, DATE_SIZE - 1) > 0);
}

/* The last act of that kind that names the note and is later than the paper. */
static const struct act *later_act(const struct printed *p, enum act_kind kind, const char *key)
{
    const struct act *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(&p->now, e, kind));)
        if (is_later(p, e->act) && case_entry(&p->now, entry_text(e, key)) == p->note)
            found = e->act;
    return found;
}

static void add_note_changes(struct printed *p, const struct entry *then)
{
    const struct entry *now = p->note;
    const struct act *annulled = later_act(p, ACT_ANNUL, "note");
    const struct act *withdrawn = later_act(p, ACT_WITHDRAW, "note");
    const struct act *was = then->correction, *is = now->correction;

    if (annulled)
        add_act(p, "annulled", annulled, NULL);
    if (withdrawn)
        add_act(p, "withdrawn", withdrawn, NULL);
    if (is && (!was || memcmp(was->id, is->id, ACT_ID_SIZE) != 0))
        add_act(p, "corrected", is, paper_differences(then->payload, now->payload, true));
}

static bool set_note(struct printed *p, struct error *err)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(p->note->act->id, id);
    const struct entry *then = case_entry(&p->then, id);
    if (!then)
        return error_set(err, ERROR_VAULT,
                         _("entry %lld of the access log is of a note that was recorded after it"),
                         (long long)p->marked.entry.entry);
    paper_set_note(p->paper, then->payload, note_number_text(then));
    add_note_changes(p, then);
    return true;
}

/* Of "receipt 2 in full" the 2. */
static long number_in(const char *what)
{
    return strtol(what + strcspn(what, " "), NULL, 10);
}

static void set_document(struct printed *p)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(&p->then, persons, CASE_PERSONS_MOST);

    if (paper_kind_called(p->marked.entry.what) == PAPER_RECEIPT)
        json_object_set_new(p->paper, "person", json_integer(number_in(p->marked.entry.what)));
    else
        json_object_set_new(p->paper, "persons", json_integer((json_int_t)count));
    json_object_set_new(p->paper, "stage", json_string(stage_name(case_stage(&p->then))));
}

/* Is the act about the note itself? Those are told apart. */
static bool is_about_note(const struct printed *p, const struct act *act)
{
    const char *key = act->kind == ACT_CORRECT ? "of" : "note";

    return p->note &&
           (act->kind == ACT_CORRECT || act->kind == ACT_ANNUL || act->kind == ACT_WITHDRAW) &&
           case_entry(&p->now, payload_text(act->payload, key)) == p->note;
}

/* Each act of the case since: a note has an annex, and other documents tell of the whole case. */
static void add_since(struct printed *p)
{
    json_t *list = json_array();

    for (size_t i = 0; i < p->now.count; i++) {
        const struct act *act = &p->now.acts[i];
        if (is_later(p, act) && !is_about_note(p, act))
            json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:s}", "act", act_type(act->kind)->name,
                                            "at", act->at, "by", act->by));
        if (is_later(p, act) && act->kind == ACT_ERASE)
            add_act(p, "erased", act, NULL);
    }
    json_object_set_new(p->paper, "since", list);
}

static bool tell_case(struct printed *p, struct error *err)
{
    json_object_set_new(p->paper, "restricted", json_boolean(is_restricted(p->store, &p->now)));
    if (json_is_true(json_object_get(p->paper, "restricted")))
        return true;
    if (p->note && !set_note(p, err))
        return false;
    if (!p->note)
        set_document(p);
    add_since(p);
    return true;
}

static bool of_case(struct printed *p, bool *is, struct error *err)
{
    if (!load_case(p, err))
        return false;
    bool of_note = paper_kind_called(p->marked.entry.what) == PAPER_NOTE;
    p->note = of_note ? find_note(p) : NULL;
    *is = of_note ? p->note != NULL : is_of(p->code, &p->marked, NULL);
    bool ok = !*is || tell_case(p, err);
    case_release(&p->then);
    case_release(&p->now);
    return ok;
}

static bool of_file(struct printed *p, bool *is, struct error *err)
{
    int64_t last;

    *is = is_of(p->code, &p->marked, NULL);
    if (!*is)
        return true;
    if (!db_number(p->store, &last, 0, err, "SELECT max(seq) FROM acts", ""))
        return false;
    const char *what = p->marked.entry.what, *rest = what + strcspn(what, " ");
    json_object_set_new(p->paper, "acts", json_integer((json_int_t)(last - p->marked.entry.acts)));
    if (*rest)
        json_object_set_new(p->paper, "of", json_string(rest + 1));
    return true;
}

static bool look_at_print(struct printed *p, bool *is, struct error *err)
{
    const struct access_entry *e = &p->marked.entry;

    if (p->marked.fault)
        return error_set(err, ERROR_VAULT, _("access log, entry %lld: %s"), (long long)e->entry,
                         _(p->marked.fault));
    if (!(*e->reference ? of_case(p, is, err) : of_file(p, is, err)))
        return false;
    return !*is || set_printed(p, err);
}

static bool is_candidate(const void *ctx, const uint8_t mark[ACCESS_MARK])
{
    return paper_code_is_copy(ctx, mark);
}

static bool find_printed(struct store *store, const struct paper_code *code, json_t *paper,
                         bool *found, struct error *err)
{
    bool ok;

    *found = false;
    for (int64_t before = 0;;) {
        struct printed p = {.store = store, .code = code, .paper = paper};
        ok = access_find_marked(store, is_candidate, code, before, &p.marked, err);
        before = p.marked.entry.entry;
        ok = ok && (!before || look_at_print(&p, found, err));
        access_entry_release(&p.marked.entry);
        if (!ok || *found || !before)
            return ok;
    }
}

/* ---- a note of ours of which there is no such print ---- */

/* False, and err says so; that it was asked is in the log as well. */
static bool not_with_this_code(struct store *store, const uint8_t case_id[CASE_ID],
                               const struct note_place *place, struct error *err)
{
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    if (!tell_log(store, c.reference, err)) {
        case_release(&c);
        return false;
    }
    char *number = note_place_text(place);
    if (is_restricted(store, &c))
        error_set(err, ERROR_VAULT,
                  _("it begins as the code of a note of a restricted case, but no copy of that was "
                    "printed with this code: ask its officer"));
    else
        error_set(err, ERROR_VAULT,
                  _("it begins as the code of note %s (%s), but no copy of that was printed "
                    "with this code: its end was changed, or it is of another copy of this "
                    "file"),
                  number, c.reference);
    free(number);
    case_release(&c);
    return false;
}

static bool check_not_ours(struct store *store, const struct paper_code *code, struct error *err)
{
    uint8_t id[ACT_ID_SIZE], case_id[CASE_ID];
    bool failed = false, ok = true;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT a.id, c.case_id, r.year, r.number, r.incoming FROM "
                                 "register r JOIN acts a ON a.seq = r.act JOIN cases c ON c.id = "
                                 "r.case_row",
                                 "");

    if (!row)
        return false;
    while (ok && db_step(store, row, &failed, err)) {
        if (!db_bytes(row, 0, id, sizeof id) || !paper_code_is_note(code, id) ||
            !db_bytes(row, 1, case_id, sizeof case_id))
            continue;
        struct note_place place = {db_int(row, 4) != 0, db_int(row, 2), db_int(row, 3)};
        db_done(row);
        ok = not_with_this_code(store, case_id, &place, err);
    }
    return ok && !failed;
}

/* ---- a note that came by pouch ---- */

struct came {
    struct case_key key;
    uint8_t id[ACT_ID_SIZE];
    bool found;
};

static bool find_sealed(struct store *store, const uint8_t author[POST_ID], const char *seal,
                        struct came *out, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT opener, case_id, id FROM dispatches WHERE author = ? AND "
                 "kind = ? AND ours = 0 AND instr(core, ?) > 0 ORDER BY place "
                 "DESC LIMIT 1",
                 "bib", author, (size_t)POST_ID, (int64_t)ACT_NOTE, seal, (size_t)PAPER_SEAL);

    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        out->found = db_bytes(row, 0, out->key.opener, OPENER) &&
                     db_bytes(row, 1, out->key.id, CASE_ID) &&
                     db_bytes(row, 2, out->id, ACT_ID_SIZE);
        db_done(row);
    }
    return !failed;
}

/* Whoever wrote notes that came; 16 bytes each, one after the other. */
static bool authors_of_notes(struct store *store, struct buf *out, struct error *err)
{
    uint8_t author[POST_ID];
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT DISTINCT author FROM dispatches WHERE kind = ? AND ours "
                                 "= 0",
                                 "i", (int64_t)ACT_NOTE);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        if (db_bytes(row, 0, author, sizeof author))
            buf_add(out, author, sizeof author);
    return !failed;
}

static bool find_came(struct store *store, const struct paper_code *code, struct came *out,
                      struct error *err)
{
    struct buf authors = BUF_INIT;
    char seal[PAPER_SEAL + 1];
    bool ok = authors_of_notes(store, &authors, err);

    for (size_t at = 0; ok && at < authors.size; at += POST_ID) {
        const uint8_t *author = (const uint8_t *)authors.data + at;
        struct came one = {.found = false};
        ok = paper_seal(code, author, seal, err) && find_sealed(store, author, seal, &one, err);
        /* Whoever holds the paper can put its code into a note of their own. */
        if (ok && one.found && out->found)
            ok = paper_of_two(code, err);
        else if (ok && one.found)
            *out = one;
    }
    buf_release(&authors);
    return ok;
}

static bool tell_reference(struct store *store, const struct case_key *key, json_t *paper,
                           struct error *err)
{
    uint8_t id[CASE_ID];
    struct case_file c;
    bool known;

    if (!case_of_key(store, key, id, &known, err))
        return false;
    if (!known)
        return true;
    if (!case_load(store, id, NULL, &c, NULL, err))
        return false;
    json_object_set_new(paper, "case", json_string(c.reference));
    json_object_set_new(paper, "restricted", json_boolean(is_restricted(store, &c)));
    case_release(&c);
    return true;
}

static bool tell_came(struct store *store, const struct came *came, json_t *paper,
                      struct error *err)
{
    const struct trusted *trust;
    struct conversed talk = {.list = NULL};
    bool ok = store_trust(store, &trust, err) &&
              conversed_load(store, trust, &came->key, &talk, err) &&
              tell_reference(store, &came->key, paper, err);
    int item = ok ? conversation_find(&talk.fold, came->id) : NO_ITEM;

    if (item != NO_ITEM && !json_is_true(json_object_get(paper, "restricted")))
        paper_set_said(paper, &talk.fold, item, trust);
    ok = ok && (item != NO_ITEM || error_set(err, ERROR_VAULT,
                                             _("the dispatch of its note cannot be read; `amparo "
                                               "verify` says more")));
    conversed_release(&talk);
    return ok;
}

/* ---- the whole ---- */

static bool not_known(const struct paper_code *code, struct error *err)
{
    char text[PAPER_CODE_SIZE];

    return error_set(err, ERROR_VAULT,
                     _("%s: of no paper that was printed from this file, and of no note that came "
                       "by pouch"),
                     paper_code_print(code, text));
}

static bool find(struct store *store, const struct paper_code *code, json_t *paper,
                 struct error *err)
{
    struct came came = {.found = false};
    bool found;

    if (!find_printed(store, code, paper, &found, err))
        return false;
    if (found)
        return true;
    if (paper_kind_of(code) == PAPER_NOTE &&
        (!check_not_ours(store, code, err) || !find_came(store, code, &came, err)))
        return false;
    return came.found ? tell_came(store, &came, paper, err) : not_known(code, err);
}

json_t *store_paper(struct store *store, const struct paper_code *code, struct error *err)
{
    char text[PAPER_CODE_SIZE];
    json_t *paper = json_pack("{s:s, s:s, s:s}", "code", paper_code_print(code, text), "kind",
                              paper_kind_name(paper_kind_of(code)), "case", "");

    if (find(store, code, paper, err) &&
        tell_log(store, json_string_value(json_object_get(paper, "case")), err))
        return paper;
    json_decref(paper);
    return NULL;
}
