/* SPDX-License-Identifier: MIT */
/*
 * A damaged file: every act that lies on readable pages is saved, nothing is that was not
 * authentic, and what is lost is named by its number.
 */
#include "store_kit.h"

#include <glob.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/store/erasures.h"
#include "amparo/store/log.h"
#include "amparo/store/salvage.h"
#include "amparo/store/shape.h"
#include "amparo/store/verify.h"
#include "amparo/store/witness.h"
#include "vault_kit.h"

#define OPEN                                                                                       \
    "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}"

enum { CASES = 10, ACTS_MOST = 400, PAGES_MOST = 2000, PARTS_MOST = 4 };

/* ---- the file before ---- */

/* What lies where in the whole file: on which pages an act and each of its parts lie. */
struct place {
    uint32_t *pages;
    size_t count;
};

static struct vault *vault; /* unlocked on `path`, whatever lies there */
static char path[256], wal_path[260];
static uint8_t *whole; /* the file's bytes, closed */
static size_t whole_size;
static int64_t last; /* act */
static uint8_t ids[ACTS_MOST][ACT_ID_SIZE];
static struct place acts[ACTS_MOST], parts[ACTS_MOST][PARTS_MOST], copies[ACTS_MOST];
static size_t part_count[ACTS_MOST];
static uint32_t page_count;
static char *owners[PAGES_MOST]; /* by page: the table or index, by SQLite's own word */
static struct witness witness;

static void put_page(struct place *place, uint32_t page)
{
    place->pages = xreallocarray(place->pages, place->count + 1, sizeof *place->pages);
    place->pages[place->count++] = page;
}

struct mapping {
    struct pages *pages;
    uint32_t page;
    struct place chain;
    struct shapes shapes;
};

static bool map_fetch(void *ctx, uint32_t number, uint8_t out[PAGES_SIZE])
{
    struct mapping *m = ctx;
    bool present;

    put_page(&m->chain, number);
    return pages_read(m->pages, number, 0, out, &present) && present;
}

static bool map_row(void *ctx, const struct row *row)
{
    struct mapping *m = ctx;
    const struct shape *shape = shapes_find(&m->shapes, row);
    struct place *place = NULL;
    bool part = shape && strcmp(shape->table, "parts") == 0;

    assert_true(row->whole);
    if (shape && strcmp(shape->table, "acts") == 0)
        place = &acts[row->rowid];
    else if (part)
        place = &parts[row->values[0].number][row->values[1].number - 1];
    else if (shape && strcmp(shape->table, "post_acts") == 0)
        place = &copies[row->values[0].number];
    if (place) {
        put_page(place, m->page);
        for (size_t i = 0; i < m->chain.count; i++)
            put_page(place, m->chain.pages[i]);
    }
    if (part)
        part_count[row->values[0].number]++;
    m->chain.count = 0;
    return true;
}

/* By the trees, as far as pages are of one. */
static void map_tree(struct mapping *m, const char *name, uint32_t page)
{
    uint8_t bytes[PAGES_SIZE];
    uint32_t children[ROWS_CHILDREN];
    bool present;

    assert_true(page >= 1 && page <= page_count && !owners[page]);
    owners[page] = xstrdup(name);
    assert_true(pages_read(m->pages, page, 0, bytes, &present) && present);
    size_t count = rows_children(bytes, page, children);
    for (size_t i = 0; i < count; i++)
        map_tree(m, name, children[i]);
}

static void map_file(struct store *store)
{
    struct error err = ERROR_INIT;
    struct mapping m = {NULL, 0, {NULL, 0}, {NULL, 0}};
    sqlite3_stmt *row;
    enum { TREES = 200 };
    char *names[TREES];
    uint32_t roots[TREES];
    size_t count = 1;
    uint8_t page[PAGES_SIZE];
    bool present, failed;

    names[0] = xstrdup("sqlite_schema");
    roots[0] = 1;
    row = db_query(store, &err, "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0", "");
    while (db_step(store, row, &failed, &err)) {
        assert_true(count < TREES);
        names[count] = db_text(row, 0);
        roots[count++] = (uint32_t)db_int(row, 1);
    }
    db_disconnect(store);
    m.pages = pages_open(vault, NULL, NULL, &err);
    if (!m.pages)
        fail_msg("%s", error_text(&err));
    shapes_make(&m.shapes);
    page_count = pages_count(m.pages);
    assert_true(page_count < PAGES_MOST);
    for (size_t i = 0; i < count; i++) {
        map_tree(&m, names[i], roots[i]);
        free(names[i]);
    }
    for (m.page = 1; m.page <= page_count; m.page++) {
        assert_int_equal(pages_damage(m.pages, m.page), PAGE_WHOLE);
        assert_true(pages_read(m.pages, m.page, 0, page, &present) && present);
        if (owners[m.page])
            assert_true(rows_read(page, m.page, map_fetch, map_row, &m));
    }
    pages_close(m.pages);
    shapes_release(&m.shapes);
    free(m.chain.pages);
    assert_true(db_connect(store, &err));
}

static const char *reference_of(int n)
{
    static char text[32];

    snprintf(text, sizeof text, "HNTGU-2026-%04d", n);
    return text;
}

/* Short and long acts, so that some go on over several pages. */
static void record_case(struct store *store, int n)
{
    static char words[30000];
    char payload[sizeof words + 200];

    kit_record(store, NULL, ACT_OPEN, OPEN);
    snprintf(payload, sizeof payload,
             "{'person': 1, 'surname_1': 'NÚÑEZ', 'given_names': 'Óscar', 'nationalities': "
             "[{'state': 'HN', 'proof': 'passport'}], 'birth_date': '1990-01-%02d'}",
             n + 1);
    kit_record(store, reference_of(n + 1), ACT_PERSON, payload);
    for (int i = 0; i < 6; i++) {
        size_t size = i % 3 ? 100 : (size_t)n * 2500;
        memset(words, 'a' + i, size);
        words[size] = '\0';
        snprintf(payload, sizeof payload,
                 "{'need': 'shelter', 'urgency': 'now', 'person': 1, 'detail': 'x%s'}", words);
        kit_record(store, reference_of(n + 1), ACT_NEED, payload);
    }
}

static void add_rest(struct store *store)
{
    struct error err = ERROR_INIT;
    int64_t draft;

    for (int i = 0; i < 5; i++) {
        assert_true(store_draft_open(store, reference_of(i + 1), ACT_NEED, i, 0, &draft, &err));
        for (int k = 0; k < 8; k++) {
            char name[20];
            snprintf(name, sizeof name, "field_%d", k);
            assert_true(store_draft_put(store, draft, "need", name, "half a word", 3, &err));
        }
    }
    assert_true(store_set_setting(store, "paper", "a4", &err));
    assert_true(store_set_setting(store, "language", "es", &err));
    kit_exec(store->db,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
             "INSERT INTO missions SELECT i, 'CR', 'AE', 'AE', 'Abu Dhabi', 1, 1, 1, '2026-01-01', "
             "'+971', 'x@example.org', '', 'line ' || i FROM n;"
             "INSERT INTO parties VALUES ('HN', '2026-01-10', NULL, 'Note', 'Ana', '2026-01-10');"
             "INSERT INTO instrument VALUES (1, 'pilot', NULL, 'Ana', '2026-01-10')");
}

static void note_ids(struct store *store)
{
    struct error err = ERROR_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(store, &err, "SELECT seq, id FROM acts ORDER BY seq", "");

    while (db_step(store, row, &failed, &err)) {
        last = db_int(row, 0);
        assert_true(last < ACTS_MOST);
        assert_true(db_bytes(row, 1, ids[last], ACT_ID_SIZE));
    }
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
    for (int i = 0; i < CASES; i++)
        record_case(store, i);
    add_rest(store);
    note_ids(store);
    assert_true(store_witness(store, &witness, &err));
    vault = store->vault;
    map_file(store);
    store->vault = NULL;
    store_close(store);
    whole = kit_read(path, &whole_size);
    return 0;
}

static void free_place(struct place *place)
{
    free(place->pages);
}

static int free_all(void **state)
{
    for (size_t i = 0; i < ACTS_MOST; i++) {
        free_place(&acts[i]);
        free_place(&copies[i]);
        for (size_t k = 0; k < PARTS_MOST; k++)
            free_place(&parts[i][k]);
    }
    for (size_t i = 0; i < PAGES_MOST; i++)
        free(owners[i]);
    free(whole);
    vault_close(vault);
    return kit_end(state);
}

/* ---- damage ---- */

static bool damaged[PAGES_MOST];

static void begin_damage(void)
{
    memset(damaged, 0, sizeof damaged);
    kit_remove(path);
    kit_write(path, whole, whole_size);
}

static void damage_page(uint32_t page)
{
    damaged[page] = true;
    kit_flip(path, format_page_at(page) + randombytes_uniform(FORMAT_PAGE),
             (uint8_t)(1 + randombytes_uniform(255)));
}

static bool lies_whole(const struct place *place)
{
    for (size_t i = 0; i < place->count; i++)
        if (damaged[place->pages[i]])
            return false;
    return place->count > 0;
}

/* ---- what must come of it ---- */

static void says(const struct salvaged *out, bool must, const char *format, ...)
{
    char line[200];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (must != (strstr(buf_text(&out->list), line) != NULL))
        fail_msg("%s: \"%s\" in: %s", must ? "missing" : "wrong", line, buf_text(&out->list));
}

static bool is_listed_lost(const struct salvaged *out, int64_t seq)
{
    for (const char *line = buf_text(&out->list); *line;) {
        long long from = 0, to = 0;
        int end = 0;
        if (sscanf(line, "act %lld is lost\n%n", &from, &end) == 1)
            to = from;
        else
            sscanf(line, "acts %lld to %lld are lost\n%n", &from, &to, &end);
        if (end && from <= seq && seq <= to)
            return true;
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return false;
}

/* Which acts and parts are in the new file. */
struct found {
    bool act[ACTS_MOST], part[ACTS_MOST][PARTS_MOST];
    int64_t end, resumed;
};

static bool note_found(void *ctx, const struct logged *act, struct error *err)
{
    struct found *f = ctx;
    const char *fault;
    (void)err;

    assert_true(act_bytes_check(&act->bytes, &fault));
    if (act->core.kind == POST_RESUMES) {
        f->resumed = act->seq;
        return true;
    }
    assert_true(act->seq <= last);
    assert_memory_equal(act->bytes.id, ids[act->seq], ACT_ID_SIZE);
    f->act[act->seq] = true;
    f->end = act->seq;
    for (size_t i = 0; i < act->bytes.count; i++)
        f->part[act->seq][i] = act->bytes.parts[i].present;
    return true;
}

static void check_acts(struct store *store, const struct salvaged *out)
{
    struct error err = ERROR_INIT;
    static struct found f;

    memset(&f, 0, sizeof f);
    if (!log_read(store, NULL, 0, note_found, &f, &err))
        fail_msg("%s", error_text(&err));
    assert_true(f.resumed > f.end);
    size_t saved = 0;
    for (int64_t seq = 1; seq <= last; seq++) {
        bool whole_here = lies_whole(&acts[seq]) || lies_whole(&copies[seq]);
        if (f.act[seq] != whole_here)
            fail_msg("act %lld: %s", (long long)seq, f.act[seq] ? "from nowhere" : "is not saved");
        if (f.act[seq] == is_listed_lost(out, seq) && seq < f.resumed)
            fail_msg("act %lld: the list is wrong: %s", (long long)seq, buf_text(&out->list));
        saved += f.act[seq];
        for (size_t i = 0; f.act[seq] && i < part_count[seq]; i++) {
            bool there = lies_whole(&parts[seq][i]) || lies_whole(&copies[seq]);
            assert_int_equal(f.part[seq][i], there);
            says(out, !there, "act %lld: its part %zu is lost", (long long)seq, i + 1);
        }
    }
    assert_int_equal(out->acts, saved);
}

/* The new file opens, is whole, tells of its losses, and goes on. */
static void check_new(const char *name, const struct salvaged *out)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_open(name, kit_ana);
    struct verified v;

    assert_int_equal(store->post.incarnation, 1);
    assert_int_equal(store->me.role, ROLE_HEAD);
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s\n%s", error_text(&err), buf_text(&out->list));
    assert_int_equal(strstr(buf_text(&v.notes), " lost, as an act of the post says") != NULL,
                     out->lost_acts > 0);
    buf_release(&v.notes);
    check_acts(store, out);
    store_close(store);
}

static void salvage(struct salvaged *out)
{
    const struct salvage_how how = {.officer = NULL};
    struct error err = ERROR_INIT;

    kit_remove(kit_path("new.amparo"));
    if (!salvage_vault(vault, kit_path("new.amparo"), STORE_UNSYNCED, &how, out, &err))
        fail_msg("%s", error_text(&err));
    check_new("new.amparo", out);
}

static int64_t rows_of(struct store *store, const char *table)
{
    char sql[80];

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return kit_number(store->db, sql);
}

static void keeps_all_of_a_whole_file(void **state)
{
    struct salvaged out;
    struct error err = ERROR_INIT;
    int64_t since;
    (void)state;

    begin_damage();
    salvage(&out);
    assert_string_equal(buf_text(&out.list), "");
    assert_int_equal(out.acts, last);
    assert_int_equal(out.lost_acts + out.lost_parts, 0);
    assert_int_equal(out.rows, 5 + 5 * 8 + 2 + 300 + 2);
    buf_release(&out.list);
    struct store *store = kit_open("new.amparo", kit_luis);
    assert_true(store_check_witness(store, &witness, &since, &err));
    assert_int_equal(since, 1);
    assert_int_equal(rows_of(store, "cases"), CASES);
    assert_int_equal(rows_of(store, "missions"), 300);
    assert_int_equal(rows_of(store, "drafts"), 5);
    assert_int_equal(rows_of(store, "draft_fields"), 5 * 8);
    assert_int_equal(rows_of(store, "settings"), 2);
    store_close(store);
    /* And the old one is as it was. */
    size_t size;
    uint8_t *now = kit_read(path, &size);
    assert_int_equal(size, whole_size);
    assert_memory_equal(now, whole, size);
    free(now);
}

/* ---- each kind of page ---- */

/* Damages the inner pages of a tree (also its root, if it is one); how many. */
static size_t damage_inner(const char *owner)
{
    struct error err = ERROR_INIT;
    struct pages *pages = pages_open(vault, NULL, NULL, &err);
    uint8_t page[PAGES_SIZE];
    size_t count = 0;
    bool present, inner[PAGES_MOST] = {false};

    for (uint32_t n = 1; n <= page_count; n++)
        inner[n] =
            owners[n] && strcmp(owners[n], owner) == 0 && pages_read(pages, n, 0, page, &present) &&
            (page_kind(page, n) == PAGE_TABLE_INNER || page_kind(page, n) == PAGE_INDEX_INNER);
    pages_close(pages);
    for (uint32_t n = 1; n <= page_count; n++)
        if (inner[n]) {
            damage_page(n);
            count++;
        }
    return count;
}

static size_t damage_all_of(const char *owner)
{
    size_t count = 0;

    for (uint32_t n = 1; n <= page_count; n++)
        if (owners[n] && strcmp(owners[n], owner) == 0) {
            damage_page(n);
            count++;
        }
    return count;
}

static void survives_each_kind_of_page(void **state)
{
    static const char *const trees[] = {
        "sqlite_schema", "acts_case",  "sqlite_autoindex_acts_1",
        "search_data",   "search_idx", "cases",
        "tasks",         "post_acts",  "missions",
        "settings",
    };
    struct salvaged out;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(trees); i++) {
        begin_damage();
        assert_true(damage_all_of(trees[i]) > 0);
        salvage(&out);
        says(&out, true, "is damaged (%s)\n", trees[i]);
        assert_int_equal(out.lost_acts, 0);
        assert_int_equal(out.acts, last);
        buf_release(&out.list);
    }
}

static void finds_leaves_without_their_tree(void **state)
{
    static const char *const trees[] = {"acts", "parts", "missions"};
    struct salvaged out;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(trees); i++) {
        begin_damage();
        assert_true(damage_inner(trees[i]) > 0);
        salvage(&out);
        assert_int_equal(out.acts, last); /* inner pages of acts hold none */
        buf_release(&out.list);
    }
    /* All of them at once, and the schema. */
    begin_damage();
    for (size_t i = 0; i < ARRAY_SIZE(trees); i++)
        damage_inner(trees[i]);
    damage_all_of("sqlite_schema");
    salvage(&out);
    assert_int_equal(out.acts, last);
    assert_int_equal(out.rows, 5 + 5 * 8 + 2 + 300 + 2);
    buf_release(&out.list);
}

/* The form of a row tells its table, whatever tree it was in. */
static void tables_differ_in_form(void **state)
{
    struct shapes shapes;
    (void)state;

    shapes_make(&shapes);
    assert_true(shapes.count > 10);
    for (size_t i = 0; i < shapes.count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct shape *a = &shapes.list[i], *b = &shapes.list[k];
            bool differ = a->of_table != b->of_table || a->count != b->count;
            for (size_t n = 0; !differ && n < a->count; n++)
                differ = a->columns[n].type != b->columns[n].type && !a->columns[n].may_lack &&
                         !b->columns[n].may_lack;
            if (!differ)
                fail_msg("%s and %s", a->table, b->table);
        }
    shapes_release(&shapes);
}

/* The opening act of a case is lost, and a witness of it; the file goes on all the same. */
static void goes_on_without_an_opening(void **state)
{
    struct salvaged out;
    struct error err = ERROR_INIT;
    struct witness of_it = witness;
    int64_t opening = 4 + 8 * 6, since; /* of the seventh case */
    struct verified v;
    (void)state;

    begin_damage();
    damage_page(acts[opening].pages[0]);
    salvage(&out);
    says(&out, true, "a case lost its opening");
    buf_release(&out.list);
    struct store *store = kit_open("new.amparo", kit_ana);
    of_it.seq = opening;
    assert_false(store_check_witness(store, &of_it, &since, &err));
    assert_non_null(strstr(error_text(&err), "is lost, as an act of the post says"));
    error_release(&err);
    assert_true(store_check_witness(store, &witness, &since, &err));
    kit_record(store, NULL, ACT_OPEN, OPEN);
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    assert_non_null(strstr(buf_text(&v.notes), "a case whose opening is lost"));
    buf_release(&v.notes);
    store_close(store);
}

static void needs_one_copy_of_the_posts_acts(void **state)
{
    const struct salvage_how how = {.officer = NULL};
    struct error err = ERROR_INIT;
    struct salvaged out;
    (void)state;

    begin_damage();
    damage_page(acts[1].pages[0]);
    salvage(&out);
    assert_true(out.acts < (size_t)last && out.lost_acts > 0);
    buf_release(&out.list);
    damage_page(copies[1].pages[0]);
    kit_remove(kit_path("new.amparo"));
    assert_false(salvage_vault(vault, kit_path("new.amparo"), STORE_UNSYNCED, &how, &out, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    assert_non_null(strstr(error_text(&err), "both copies"));
    assert_int_not_equal(access(kit_path("new.amparo"), F_OK), 0);
    error_release(&err);
    buf_release(&out.list);
}

static void survives_random_damage(void **state)
{
    int rounds = getenv("AMPARO_LONG") ? 400 : 22;
    (void)state;

    for (int i = 0; i < rounds; i++) {
        struct salvaged out;
        begin_damage();
        for (uint32_t n = 1 + randombytes_uniform(i % 2 ? 12 : 3); n; n--) {
            uint32_t page = 1 + randombytes_uniform(page_count);
            if (page != copies[1].pages[0] && !damaged[page])
                damage_page(page);
        }
        salvage(&out);
        buf_release(&out.list);
    }
}

/* ---- what is no damage of the disk ---- */

static void takes_nothing_that_is_not_authentic(void **state)
{
    uint32_t one = acts[40].pages[0], other = acts[70].pages[0];
    size_t size = FORMAT_PAGE, at = (size_t)format_page_at(one),
           from = (size_t)format_page_at(other);
    uint8_t *bytes = xmalloc(whole_size);
    struct salvaged out;
    (void)state;

    assert_int_not_equal(one, other);
    for (int i = 0; i < 3; i++) {
        begin_damage();
        memcpy(bytes, whole, whole_size);
        if (i == 0) /* a page in another's place */
            memcpy(bytes + at, whole + from, size);
        else if (i == 1) /* zeros */
            memset(bytes + at, 0, size);
        else /* of one's own making */
            randombytes_buf(bytes + at, size);
        kit_write(path, bytes, whole_size);
        damaged[one] = true;
        salvage(&out);
        assert_true(out.lost_acts > 0);
        buf_release(&out.list);
    }
    free(bytes);
}

static void saves_what_is_left_of_a_file_cut_off(void **state)
{
    struct salvaged out;
    (void)state;

    for (uint32_t kept = page_count - 1; kept > 0; kept -= kept > 40 ? 37 : kept) {
        begin_damage();
        assert_int_equal(truncate(path, format_size(kept) - FORMAT_PAGE / 2), 0);
        for (uint32_t n = kept; n <= page_count; n++)
            damaged[n] = true;
        if (damaged[copies[1].pages[0]])
            break;
        salvage(&out);
        says(&out, true, "page %u is damaged", page_count);
        buf_release(&out.list);
    }
}

/* An old version of a page is authentic: acts of it are, but the rest may have changed since. */
static void takes_acts_alone_of_an_old_page(void **state)
{
    struct error err = ERROR_INIT;
    struct salvaged out;
    uint32_t setting = 0, missions = 0;
    size_t size;
    (void)state;

    begin_damage();
    for (uint32_t n = 1; n <= page_count; n++) {
        setting = owners[n] && strcmp(owners[n], "settings") == 0 ? n : setting;
        missions = owners[n] && strcmp(owners[n], "missions") == 0 ? n : missions;
    }
    struct store *store = kit_open("post.amparo", kit_ana);
    assert_true(store_set_setting(store, "paper", "letter", &err));
    assert_true(store_set_setting(store, "secret", "taken back", &err));
    store_close(store);
    uint8_t *now = kit_read(path, &size);
    memcpy(now + format_page_at(setting), whole + format_page_at(setting), FORMAT_PAGE);
    kit_write(path, now, size);
    free(now);
    salvage(&out);
    says(&out, true, "page %u is an old one (settings)", setting);
    buf_release(&out.list);
    store = kit_open("new.amparo", kit_ana);
    assert_int_equal(rows_of(store, "settings"), 0);
    store_close(store);
}

/* ---- the WAL ---- */

enum { MORE = 8, IN_FILE = 150, SOURCES };

/* Which records of the WAL, and whether the case file (IN_FILE), have the row of an act whole. */
struct sources {
    bool have[ACTS_MOST][SOURCES], there[SOURCES];
    unsigned source;
    struct shapes shapes;
};

static bool no_chain(void *ctx, uint32_t number, uint8_t out[PAGES_SIZE])
{
    (void)ctx;
    (void)number;
    (void)out;
    return false;
}

static bool note_source(void *ctx, const struct row *row)
{
    struct sources *s = ctx;
    const struct shape *shape = shapes_find(&s->shapes, row);

    if (row->whole && shape && strcmp(shape->table, "acts") == 0)
        s->have[row->rowid][s->source] = true;
    return true;
}

static unsigned find_sources(const uint8_t *wal, size_t wal_size, struct sources *s)
{
    unsigned records = (unsigned)format_records((int64_t)wal_size);
    uint8_t frame[FORMAT_FRAME], page[FORMAT_PAGE];

    assert_true(records > MORE && records < IN_FILE);
    memset(s->have, 0, sizeof s->have);
    shapes_make(&s->shapes);
    for (s->source = 0; s->source < records; s->source++) {
        const uint8_t *record = wal + format_record_at(s->source);
        assert_true(record_open(vault->fs->keys, get64(record), s->source, record, frame));
        rows_read(frame + FORMAT_FRAME_HEADER, get32be(frame), no_chain, note_source, s);
    }
    s->source = IN_FILE;
    for (uint32_t n = 1; n <= page_count; n++) {
        memcpy(page, whole + format_page_at(n), FORMAT_PAGE);
        assert_true(page_open(vault->fs->keys, n, page));
        rows_read(page, n, no_chain, note_source, s);
    }
    shapes_release(&s->shapes);
    return records;
}

/* Short acts, in a WAL that nobody has brought over yet; its bytes. */
static uint8_t *record_into_wal(size_t *size)
{
    struct store *store;

    begin_damage();
    store = kit_open("post.amparo", kit_ana);
    kit_exec(store->db, "PRAGMA wal_autocheckpoint = 0");
    for (int i = 0; i < MORE; i++)
        kit_record(store, reference_of(i + 1), ACT_NEED, "{'need': 'legal', 'urgency': 'now'}");
    note_ids(store);
    uint8_t *wal = kit_read(wal_path, size);
    kit_copy(path, kit_path("with-wal"));
    store_close(store);
    return wal;
}

static void put_back(const uint8_t *wal, size_t size)
{
    kit_remove(path);
    kit_copy(kit_path("with-wal"), path);
    if (size)
        kit_write(wal_path, wal, size);
}

/* Only what lay in the damaged record and nowhere else is lost. */
static void check_sources(const struct sources *s, const struct salvaged *out)
{
    struct store *store = kit_open("new.amparo", kit_ana);
    static struct found f;
    struct error err = ERROR_INIT;

    memset(&f, 0, sizeof f);
    assert_true(log_read(store, NULL, 0, note_found, &f, &err));
    for (int64_t seq = 1; seq <= last; seq++) {
        bool any = false, now = false;
        for (unsigned i = 0; i < SOURCES; i++) {
            any |= s->have[seq][i];
            now |= s->have[seq][i] && s->there[i];
        }
        if (any && f.act[seq] != now)
            fail_msg("act %lld: %d; %s", (long long)seq, f.act[seq], buf_text(&out->list));
    }
    store_close(store);
}

static void salvage_wal(const struct sources *s, struct salvaged *out)
{
    const struct salvage_how how = {.officer = NULL};
    struct error err = ERROR_INIT;
    struct verified v;

    kit_remove(kit_path("new.amparo"));
    if (!salvage_vault(vault, kit_path("new.amparo"), STORE_UNSYNCED, &how, out, &err))
        fail_msg("%s", error_text(&err));
    struct store *store = kit_open("new.amparo", kit_ana);
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s\n%s", error_text(&err), buf_text(&out->list));
    buf_release(&v.notes);
    store_close(store);
    check_sources(s, out);
}

static void survives_damage_of_the_wal(void **state)
{
    static struct sources s;
    struct salvaged out;
    size_t size;
    int64_t before = last;
    uint8_t *wal = record_into_wal(&size);
    unsigned records = find_sources(wal, size, &s), step = getenv("AMPARO_LONG") ? 1 : 13;
    (void)state;

    put_back(wal, size);
    memset(s.there, true, sizeof s.there);
    salvage_wal(&s, &out);
    assert_string_equal(buf_text(&out.list), "");
    assert_int_equal(out.acts, last);
    buf_release(&out.list);
    for (unsigned i = 0; i < records; i += step) {
        put_back(wal, size);
        kit_flip(wal_path, format_record_at(i) + randombytes_uniform(FORMAT_WAL_RECORD), 1);
        s.there[i] = false;
        salvage_wal(&s, &out);
        s.there[i] = true;
        says(&out, true, "record %u of the -wal file is damaged\n", i + 1);
        buf_release(&out.list);
    }
    /* Its header: the records tell by themselves. */
    put_back(wal, size);
    kit_flip(wal_path, 40, 1);
    kit_flip(wal_path, FORMAT_WAL_COPY_B + 40, 1);
    salvage_wal(&s, &out);
    assert_int_equal(out.acts, last);
    buf_release(&out.list);
    /* Cut off, and missing. */
    put_back(wal, (size_t)format_record_at(5));
    memset(s.there + 5, false, IN_FILE - 5);
    salvage_wal(&s, &out);
    says(&out, true, "%u records of the -wal file are missing\n", records - 5);
    buf_release(&out.list);
    put_back(wal, 0);
    memset(s.there, false, 5);
    salvage_wal(&s, &out);
    says(&out, true, "%u records of the -wal file are missing\n", records);
    assert_int_equal(out.acts, before);
    buf_release(&out.list);
    last = before;
    free(wal);
}

/* ---- who was erased ---- */

static void erase_first_person(void)
{
    struct error err = ERROR_INIT;
    struct store *store = kit_open("post.amparo", kit_luis);
    char *payload = xasprintf("{'of': '%s'}", kit_record(store, reference_of(1), ACT_ERASE_REQUEST,
                                                         "{'person': 1, 'basis': 'order'}"));

    store_close(store);
    store = kit_open("post.amparo", kit_ana);
    kit_record(store, reference_of(1), ACT_ERASE, payload);
    assert_true(erasures_write(store, path, &err));
    store_close(store);
    free(payload);
}

/* Nothing of the person's record is in the new file, which is whole without. */
static void check_erased(const struct salvage_how *how, struct salvaged *out)
{
    struct error err = ERROR_INIT;
    struct verified v;

    kit_remove(kit_path("new.amparo"));
    if (!salvage_vault(vault, kit_path("new.amparo"), STORE_UNSYNCED, how, out, &err))
        fail_msg("%s", error_text(&err));
    says(out, false, "act 5: its part");
    struct store *store = kit_open("new.amparo", kit_ana);
    assert_int_equal(kit_number(store->db, "SELECT count(*) FROM acts WHERE seq = 5"), 1);
    assert_int_equal(kit_number(store->db, "SELECT count(*) FROM parts WHERE act = 5"), 0);
    if (!store_verify(store, NULL, NULL, &v, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&v.notes);
    store_close(store);
}

static void leaves_the_erased_erased(void **state)
{
    const struct salvage_how how = {.passphrase = kit_ana};
    struct error err = ERROR_INIT;
    struct salvaged out;
    char *beside = xasprintf("%s.erasures", path);
    (void)state;

    begin_damage();
    assert_true(part_count[5] > 0);
    erase_first_person();
    check_erased(&how, &out);
    assert_int_equal(out.erased, 0);
    buf_release(&out.list);
    /* The file from before, by what lies beside it; with a key that nothing of it ever had. */
    begin_damage();
    damage_page(acts[70].pages[0]);
    check_erased(&how, &out);
    assert_int_equal(out.erased, 1);
    buf_release(&out.list);
    kit_remove(kit_path("new.amparo"));
    assert_true(store_salvage(path, kit_path("new.amparo"), &how, &out, &err));
    buf_release(&out.list);
    struct store *store = kit_open("new.amparo", kit_ana);
    assert_int_equal(kit_number(store->db, "SELECT count(*) FROM acts WHERE kind = 67"), 1);
    store_close(store);
    assert_int_equal(unlink(beside), 0);
    assert_int_equal(unlink(kit_path("new.amparo.erasures")), 0);
    free(beside);
}

/* ---- who may, and when ---- */

static void is_for_heads_alone(void **state)
{
    const struct salvage_how how = {.passphrase = kit_luis};
    struct error err = ERROR_INIT;
    struct salvaged out;
    (void)state;

    begin_damage();
    kit_remove(kit_path("new.amparo"));
    assert_false(store_salvage(path, kit_path("new.amparo"), &how, &out, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_int_not_equal(access(kit_path("new.amparo"), F_OK), 0);
    buf_release(&out.list);
    error_clear(&err);
    assert_false(
        store_salvage(path, path, &(struct salvage_how){.passphrase = kit_ana}, &out, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    buf_release(&out.list);
    error_release(&err);
}

static void waits_until_nobody_has_it_open(void **state)
{
    const struct salvage_how how = {.passphrase = kit_ana};
    struct error err = ERROR_INIT;
    struct salvaged out;
    (void)state;

    begin_damage();
    kit_remove(kit_path("new.amparo"));
    struct store *store = kit_open("post.amparo", kit_luis);
    assert_false(store_salvage(path, kit_path("new.amparo"), &how, &out, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(error_text(&err), "has it open"));
    error_release(&err);
    buf_release(&out.list);
    store_close(store);
    assert_true(store_salvage(path, kit_path("new.amparo"), &how, &out, &err));
    buf_release(&out.list);
}

static bool give_up_at(void *ctx, uint64_t done, uint64_t total)
{
    int *left = ctx;

    assert_true(done <= total);
    return --*left != 0;
}

static void can_be_given_up(void **state)
{
    struct salvaged out;
    (void)state;

    begin_damage();
    for (int at = 1, step = getenv("AMPARO_LONG") ? 1 : 83, done = 0; !done; at += step) {
        struct error err = ERROR_INIT;
        int left = at;
        const struct salvage_how how = {.progress = give_up_at, .ctx = &left};
        kit_remove(kit_path("new.amparo"));
        done = salvage_vault(vault, kit_path("new.amparo"), STORE_UNSYNCED, &how, &out, &err);
        assert_true(at > 1 || !done);
        if (!done) {
            assert_int_equal(err.kind, ERROR_FAILED);
            assert_non_null(strstr(error_text(&err), "given up"));
            assert_int_not_equal(access(kit_path("new.amparo"), F_OK), 0);
        }
        buf_release(&out.list);
        error_release(&err);
    }
    glob_t found = {0};
    assert_int_equal(glob(kit_path("new.amparo.*"), 0, NULL, &found), GLOB_NOMATCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_all_of_a_whole_file),
        cmocka_unit_test(survives_each_kind_of_page),
        cmocka_unit_test(finds_leaves_without_their_tree),
        cmocka_unit_test(tables_differ_in_form),
        cmocka_unit_test(goes_on_without_an_opening),
        cmocka_unit_test(needs_one_copy_of_the_posts_acts),
        cmocka_unit_test(survives_random_damage),
        cmocka_unit_test(takes_nothing_that_is_not_authentic),
        cmocka_unit_test(saves_what_is_left_of_a_file_cut_off),
        cmocka_unit_test(takes_acts_alone_of_an_old_page),
        cmocka_unit_test(survives_damage_of_the_wal),
        cmocka_unit_test(leaves_the_erased_erased),
        cmocka_unit_test(is_for_heads_alone),
        cmocka_unit_test(waits_until_nobody_has_it_open),
        cmocka_unit_test(can_be_given_up),
    };
    return cmocka_run_group_tests_name("store salvage", tests, make_all, free_all);
}
