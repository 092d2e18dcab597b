/* SPDX-License-Identifier: MIT */
/*
 * A file that is refused, since its WAL, its anchor or pages of it are not those that it stands for:
 * only a head of post takes what is there as the truth, and the log tells of it for ever.
 */
#include "store_kit.h"
#include "vault_kit.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/accept.h"
#include "amparo/store/log.h"
#include "amparo/store/verify.h"

#define CASE "HNTGU-2026-0001"
#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"
#define NEED "{'need': 'legal', 'urgency': 'now'}"

enum { BEFORE = 5, AFTER = 6 }; /* acts: brought over, and in the WAL alone */

/* ---- a file in use, as its machine was switched off ---- */

struct files {
    uint8_t *main, *wal;
    size_t main_size, wal_size;
};

static struct files early, late; /* before the last acts, and with them in the WAL */
static struct witness witness;
static char path[256], wal_path[260];

static struct files take(void)
{
    struct files f;

    f.main = kit_read(path, &f.main_size);
    f.wal = kit_read(wal_path, &f.wal_size);
    return f;
}

static void put(const uint8_t *main, size_t size, const uint8_t *wal, size_t wal_size)
{
    kit_remove(path);
    kit_write(path, main, size);
    if (wal)
        kit_write(wal_path, wal, wal_size);
}

static int make_all(void **state)
{
    struct error err = ERROR_INIT;

    if (kit_begin(state))
        return 1;
    snprintf(path, sizeof path, "%s", kit_path("post.amparo"));
    snprintf(wal_path, sizeof wal_path, "%s-wal", path);
    struct store *store = kit_create_cheap("post.amparo");
    assert_true(store_add_officer(store, "Luis", ROLE_OFFICER, kit_luis, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    kit_record(store, CASE, ACT_NEED, NEED);
    kit_exec(store->db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0");
    early = take();
    for (int i = 0; i < AFTER; i++)
        kit_record(store, CASE, ACT_NEED, NEED);
    assert_true(store_witness(store, &witness, &err));
    assert_int_equal(witness.seq, BEFORE + AFTER);
    late = take();
    store_close(store);
    return 0;
}

static int free_all(void **state)
{
    free(early.main);
    free(early.wal);
    free(late.main);
    free(late.wal);
    return kit_end(state);
}

/* ---- accepting ---- */

struct told {
    struct buf lines;
    bool refuse;
};

static bool confirm(void *ctx, const struct buf *lines, struct error *err)
{
    struct told *told = ctx;

    buf_add(&told->lines, lines->data, lines->size);
    return !told->refuse || error_set(err, ERROR_FAILED, "not confirmed");
}

static bool is_refused(struct error *err)
{
    struct store *store;

    if (!store_open(path, NULL, kit_ana, STORE_UNSYNCED, &store, err))
        return err->kind == ERROR_VAULT;
    store_close(store);
    return false;
}

static bool accept(const struct accept_how *how, struct told *told, struct accepted *out,
                   struct error *err)
{
    struct accept_how all = *how;

    all.confirm = confirm;
    all.confirm_ctx = told;
    return store_accept_loss(path, &all, out, err);
}

static void remove_kept(void)
{
    glob_t found = {0};

    if (glob(kit_path("post.amparo.*"), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            unlink(found.gl_pathv[i]);
    globfree(&found);
}

/* What the new file's log says of it. */
static json_t *resumes(struct store *store, int64_t *seq)
{
    struct error err = ERROR_INIT;
    json_t *acts = json_array(), *payload, *context;
    bool failed;
    sqlite3_stmt *row = db_query(store, &err,
                                 "SELECT seq, id, signer, root, core, commitments, signature, head "
                                 "FROM acts WHERE kind = 66",
                                 "");
    struct logged act;

    assert_true(db_step(store, row, &failed, &err));
    assert_true(log_take(row, &act));
    *seq = act.seq;
    assert_true(act_bytes_read(&act.bytes, &payload, &context));
    logged_release(&act);
    db_done(row);
    json_decref(acts);
    return payload;
}

/*
 * The file is refused; accepted, it goes on after `last`, the log says `known` and `found` records,
 * the lines that were to be confirmed hold `line`, and the old files are kept as they were.
 */
static void goes_on(int64_t last, json_int_t known, json_int_t found, const char *line)
{
    const struct accept_how how = {.passphrase = kit_ana};
    struct told told = {.lines = BUF_INIT};
    struct error err = ERROR_INIT;
    struct files before = take(), kept;
    struct accepted out;
    struct verified v;
    int64_t seq;

    assert_true(is_refused(&err));
    error_release(&err);
    if (!accept(&how, &told, &out, &err))
        fail_msg("%s", error_text(&err));
    if (!strstr(buf_text(&told.lines), line))
        fail_msg("\"%s\" is not in: %s", line, buf_text(&told.lines));
    assert_int_equal(out.last, last);
    struct store *store = kit_open("post.amparo", kit_ana);
    json_t *payload = resumes(store, &seq);
    assert_int_equal(seq, last + 1);
    assert_string_equal(json_string_value(json_object_get(payload, "cause")), "accepted");
    assert_int_equal(json_integer_value(json_object_get(payload, "known_records")), known);
    assert_int_equal(json_integer_value(json_object_get(payload, "found_records")), found);
    json_decref(payload);
    kit_record(store, CASE, ACT_NEED, NEED);
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    assert_non_null(strstr(buf_text(&v.notes), "a head of post accepted a loss"));
    buf_release(&v.notes);
    assert_int_equal(store->post.incarnation, 1);
    store_close(store);

    char *wal = xasprintf("%s-wal", out.kept);
    kept.main = kit_read(out.kept, &kept.main_size);
    kept.wal = kit_read(wal, &kept.wal_size);
    assert_int_equal(kept.main_size, before.main_size);
    assert_memory_equal(kept.main, before.main, kept.main_size);
    assert_int_equal(kept.wal != NULL, before.wal != NULL);
    if (kept.wal)
        assert_memory_equal(kept.wal, before.wal, before.wal_size);
    free(kept.main);
    free(kept.wal);
    free(before.main);
    free(before.wal);
    free(wal);
    accepted_release(&out);
    buf_release(&told.lines);
    remove_kept();
}

static int64_t records_of(const struct files *f)
{
    return format_records((int64_t)f->wal_size);
}

/* The records up to the end of the n-th commit of the WAL; and how many there are. */
static int64_t commit_end(int64_t n)
{
    struct vault *v;
    struct error err = ERROR_INIT;
    uint8_t frame[FORMAT_FRAME];
    int64_t end = 0;

    put(late.main, late.main_size, late.wal, late.wal_size);
    assert_true(vault_unlock(path, kit_ana.bytes, kit_ana.length, 0, &v, &err));
    for (int64_t i = 0; n && i < records_of(&late); i++) {
        const uint8_t *record = late.wal + format_record_at(i);
        assert_true(record_open(v->fs->keys, get64(record), (uint64_t)i, record, frame));
        if (get32be(frame + 4)) {
            end = i + 1;
            n--;
        }
    }
    vault_close(v);
    return end;
}

static void wal_missing(void **state)
{
    (void)state;
    put(late.main, late.main_size, NULL, 0);
    goes_on(BEFORE, records_of(&late), 0, "its -wal file 0 are there");
}

static void wal_cut(void **state)
{
    int64_t end = commit_end(2);
    (void)state;

    /* In the middle of the third act: two are there. */
    put(late.main, late.main_size, late.wal, (size_t)format_record_at(end + 1));
    goes_on(BEFORE + 2, records_of(&late), end, "records of its -wal file");
    /* Right behind a commit, and before the first. */
    put(late.main, late.main_size, late.wal, (size_t)format_record_at(end));
    goes_on(BEFORE + 2, records_of(&late), end, "records of its -wal file");
    put(late.main, late.main_size, late.wal, (size_t)format_record_at(1));
    goes_on(BEFORE, records_of(&late), 0, "its -wal file 0 are there");
}

static void wal_damaged(void **state)
{
    int64_t end = commit_end(3);
    (void)state;

    put(late.main, late.main_size, late.wal, late.wal_size);
    kit_flip(wal_path, format_record_at(end) + 100, 1);
    goes_on(BEFORE + 3, records_of(&late), end, "can still be read");
    /* Its header. */
    put(late.main, late.main_size, late.wal, late.wal_size);
    kit_flip(wal_path, 60, 1);
    kit_flip(wal_path, FORMAT_WAL_COPY_B + 60, 1);
    goes_on(BEFORE, records_of(&late), 0, "can still be read");
}

static void wal_older(void **state)
{
    struct files newer;
    int64_t records;
    (void)state;

    /* Brought over, and another WAL begun: the one from before is put in its place. */
    put(late.main, late.main_size, late.wal, late.wal_size);
    struct store *store = kit_open("post.amparo", kit_ana);
    kit_exec(store->db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0");
    kit_record(store, CASE, ACT_NEED, NEED);
    newer = take();
    store_close(store);
    records = records_of(&newer);
    put(newer.main, newer.main_size, late.wal, late.wal_size);
    goes_on(BEFORE + AFTER, records, 0, "its -wal file 0 are there");
    /* The case file put back to the one from before, with the WAL of now. */
    put(early.main, early.main_size, newer.wal, newer.wal_size);
    goes_on(BEFORE, 0, 0, "of another state of the case file");
    free(newer.main);
    free(newer.wal);
}

static void anchor_damaged(void **state)
{
    (void)state;
    put(late.main, late.main_size, late.wal, late.wal_size);
    kit_flip(path, FORMAT_ANCHOR_A + 20, 1);
    kit_flip(path, FORMAT_ANCHOR_B + 20, 1);
    goes_on(BEFORE + AFTER, 0, records_of(&late), "both copies of its anchor are damaged");
    put(late.main, late.main_size, NULL, 0);
    kit_flip(path, FORMAT_ANCHOR_A + 20, 1);
    kit_flip(path, FORMAT_ANCHOR_B + 20, 1);
    goes_on(BEFORE, 0, 0, "both copies of its anchor are damaged");
}

static void tags_damaged(void **state)
{
    (void)state;
    put(early.main, early.main_size, NULL, 0);
    for (int copy = 0; copy < 2; copy++)
        kit_flip(path, format_leaf_at(0, copy) + 5, 1);
    goes_on(BEFORE, 0, 0, "the table of its page tags is damaged");
}

/* ---- pages of another time ---- */

/* Where the settings lie, which no other page speaks of. */
static uint32_t page_of_settings(void)
{
    struct store *store = kit_open("post.amparo", kit_ana);
    int64_t page = kit_number(store->db, "SELECT rootpage FROM sqlite_schema WHERE name='settings'");

    store_close(store);
    return (uint32_t)page;
}

static void page_put_back(void **state)
{
    struct error err = ERROR_INIT;
    struct files now;
    (void)state;

    put(early.main, early.main_size, NULL, 0);
    uint32_t page = page_of_settings();
    struct store *store = kit_open("post.amparo", kit_ana);
    assert_true(store_set_setting(store, "paper", "a4", &err));
    store_close(store);
    now = take();
    memcpy(now.main + format_page_at(page), early.main + format_page_at(page), FORMAT_PAGE);
    put(now.main, now.main_size, NULL, 0);
    free(now.main);
    /* It opens, and cannot read its settings; verify says why. */
    store = kit_open("post.amparo", kit_ana);
    char *value;
    assert_false(store_setting(store, "paper", &value, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    error_release(&err);
    store_close(store);

    struct told told = {.lines = BUF_INIT};
    struct accepted out;
    char line[80];
    if (!accept(&(struct accept_how){.passphrase = kit_ana}, &told, &out, &err))
        fail_msg("%s", error_text(&err));
    snprintf(line, sizeof line, "page %u is an old one", page);
    assert_non_null(strstr(buf_text(&told.lines), line));
    store = kit_open("post.amparo", kit_ana);
    int64_t seq;
    json_t *payload = resumes(store, &seq);
    snprintf(line, sizeof line, "%u", page);
    assert_string_equal(json_string_value(json_object_get(payload, "old_pages")), line);
    json_decref(payload);
    assert_true(store_setting(store, "paper", &value, &err));
    assert_null(value);
    store_close(store);
    accepted_release(&out);
    buf_release(&told.lines);
    remove_kept();
}

static void says_where_nothing_holds_together(void **state)
{
    const struct accept_how how = {.passphrase = kit_ana};
    struct error err = ERROR_INIT;
    struct told told = {.lines = BUF_INIT};
    struct accepted out;
    struct files now;
    (void)state;

    /* The first page of the schema from before, the rest from now: tables are where others were. */
    put(late.main, late.main_size, late.wal, late.wal_size);
    struct store *store = kit_open("post.amparo", kit_ana);
    for (int i = 0; i < 40; i++)
        kit_record(store, CASE, ACT_NEED, NEED);
    int64_t page = kit_number(store->db, "SELECT rootpage FROM sqlite_schema WHERE name='acts'");
    store_close(store);
    now = take();
    memcpy(now.main + format_page_at(page), early.main + format_page_at(page), FORMAT_PAGE);
    put(now.main, now.main_size, NULL, 0);
    assert_false(accept(&how, &told, &out, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    assert_non_null(strstr(error_text(&err), "--salvage"));
    accepted_release(&out);
    error_release(&err);
    /* Nor is anything accepted where a page is damaged. */
    put(early.main, early.main_size, NULL, 0);
    kit_flip(path, format_page_at(4) + 9, 1);
    assert_false(accept(&how, &told, &out, &err));
    assert_non_null(strstr(error_text(&err), "page 4 is damaged: nothing can be accepted"));
    accepted_release(&out);
    error_release(&err);
    buf_release(&told.lines);
    free(now.main);
}

/* ---- who may, and when ---- */

static void nothing_changed(const struct files *before)
{
    struct files now = take();
    glob_t found = {0};

    assert_int_equal(now.main_size, before->main_size);
    assert_memory_equal(now.main, before->main, now.main_size);
    assert_int_equal(now.wal != NULL, before->wal != NULL);
    if (glob(kit_path("post.amparo.*"), 0, NULL, &found) == 0)
        fail_msg("left behind: %s", found.gl_pathv[0]);
    free(now.main);
    free(now.wal);
}

static void fails(const struct accept_how *how, bool refuse, enum error_kind kind, const char *part)
{
    struct told told = {.lines = BUF_INIT, .refuse = refuse};
    struct error err = ERROR_INIT;
    struct files before = take();
    struct accepted out;

    assert_false(accept(how, &told, &out, &err));
    assert_int_equal(err.kind, kind);
    if (!strstr(error_text(&err), part))
        fail_msg("\"%s\" is not in: %s", part, error_text(&err));
    nothing_changed(&before);
    accepted_release(&out);
    error_release(&err);
    buf_release(&told.lines);
    free(before.main);
    free(before.wal);
}

static bool give_up(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)done;
    (void)total;
    return false;
}

static void is_for_heads_who_confirm(void **state)
{
    const struct accept_how ana = {.passphrase = kit_ana}, luis = {.passphrase = kit_luis},
                            nobody = {.passphrase = kit_eva},
                            other = {.passphrase = kit_ana, .officer = "Luis"},
                            hasty = {.passphrase = kit_ana, .progress = give_up};
    (void)state;

    put(late.main, late.main_size, NULL, 0);
    fails(&luis, false, ERROR_REFUSED, "only a head of post accepts a loss");
    fails(&nobody, false, ERROR_VAULT, "wrong passphrase");
    fails(&other, false, ERROR_VAULT, "not the passphrase of Luis");
    fails(&ana, true, ERROR_FAILED, "not confirmed");
    fails(&hasty, false, ERROR_FAILED, "given up");
    /* A whole file, and one that is open. */
    put(late.main, late.main_size, late.wal, late.wal_size);
    fails(&ana, false, ERROR_INPUT, "nothing is lost");
    struct store *store = kit_open("post.amparo", kit_luis);
    struct told told = {.lines = BUF_INIT};
    struct error err = ERROR_INIT;
    struct accepted out;
    assert_false(accept(&ana, &told, &out, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "has it open"));
    accepted_release(&out);
    error_release(&err);
    store_close(store);
}

/* Who knows a witness says which acts are lost: verify names them, and their numbers stay free. */
static void a_witness_tells_how_many(void **state)
{
    const struct accept_how how = {.passphrase = kit_ana, .witness = &witness};
    struct told told = {.lines = BUF_INIT};
    struct error err = ERROR_INIT;
    struct accepted out;
    struct verified v;
    int64_t since, seq;
    (void)state;

    put(late.main, late.main_size, NULL, 0);
    assert_true(accept(&how, &told, &out, &err));
    struct store *store = kit_open("post.amparo", kit_ana);
    json_t *payload = resumes(store, &seq);
    assert_int_equal(seq, BEFORE + AFTER + 1);
    assert_string_equal(json_string_value(json_object_get(payload, "lost_acts")), "6-11");
    json_decref(payload);
    assert_true(store_verify(store, NULL, NULL, &v, &err));
    assert_non_null(strstr(buf_text(&v.notes), "acts 6 to 11 are lost"));
    buf_release(&v.notes);
    assert_false(store_check_witness(store, &witness, &since, &err));
    assert_non_null(strstr(error_text(&err), "is lost, as an act of the post says"));
    error_release(&err);
    store_close(store);
    accepted_release(&out);
    buf_release(&told.lines);
    remove_kept();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wal_missing),
        cmocka_unit_test(wal_cut),
        cmocka_unit_test(wal_damaged),
        cmocka_unit_test(wal_older),
        cmocka_unit_test(anchor_damaged),
        cmocka_unit_test(tags_damaged),
        cmocka_unit_test(page_put_back),
        cmocka_unit_test(says_where_nothing_holds_together),
        cmocka_unit_test(is_for_heads_who_confirm),
        cmocka_unit_test(a_witness_tells_how_many),
    };
    return cmocka_run_group_tests_name("store accept", tests, make_all, free_all);
}
