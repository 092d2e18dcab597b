/* SPDX-License-Identifier: MIT */
#include "amparo/store/erasures.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/erase.h"
#include "amparo/store/project.h"
#include "amparo/store/replay.h"

enum { TEXT_MAX = 64 << 20, CORE_MAX = 1 << 20 };

static const char head_line[] = "amparo erasures 1\n", ending[] = ".erasures";

/* ---- writing ---- */

static void put_hex(struct buf *out, const void *bytes, size_t size, char after)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        buf_addc(out, digits[((const uint8_t *)bytes)[i] >> 4]);
        buf_addc(out, digits[((const uint8_t *)bytes)[i] & 15]);
    }
    buf_addc(out, after);
}

static void put_act(struct buf *out, const struct act_bytes *a)
{
    put_hex(out, a->signer, sizeof a->signer, ' ');
    put_hex(out, a->root, sizeof a->root, ' ');
    put_hex(out, a->signature, sizeof a->signature, ' ');
    for (size_t i = 0; i < a->count; i++)
        put_hex(out, a->parts[i].commitment, HASH, i + 1 < a->count ? '.' : ' ');
    if (!a->count)
        buf_adds(out, "- ");
    put_hex(out, a->core.data, a->core.size, '\n');
}

/* Lines in the order in which their acts were recorded: who had which role is asked as of then. */
struct lines {
    struct line {
        int64_t seq;  /* in this file; of what was signed elsewhere: where the copies part */
        size_t place; /* among those */
        struct buf text;
    } * list;
    size_t count;
    const struct case_file *c; /* whose erasures are put */
};

static void add_line(struct lines *lines, int64_t seq, size_t place, const struct logged *act)
{
    lines->list = xreallocarray(lines->list, lines->count + 1, sizeof *lines->list);
    struct line *line = &lines->list[lines->count++];

    *line = (struct line){seq, place, BUF_INIT};
    put_act(&line->text, &act->bytes);
}

static int compare_lines(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->seq != y->seq)
        return x->seq < y->seq ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* An erasure that counts, or the request behind one. */
static bool is_erasure(const struct case_file *c, const char *id)
{
    const struct entry *e = case_entry(c, id);

    if (e && e->act->kind == ACT_ERASE)
        return true;
    if (!e || e->act->kind != ACT_ERASE_REQUEST)
        return false;
    for (const struct entry *erase = NULL; (erase = case_next(c, erase, ACT_ERASE));)
        if (strcmp(entry_text(erase, "of"), id) == 0)
            return true;
    return false;
}

static bool put_erasure(void *ctx, const struct logged *act, struct error *err)
{
    struct lines *lines = ctx;
    char id[2 * ACT_ID_SIZE + 1];

    (void)err;
    act_id_hex(act->bytes.id, id);
    if (is_erasure(lines->c, id))
        add_line(lines, act->seq, 0, act);
    return true;
}

static bool put_case(struct store *store, const uint8_t case_id[CASE_ID], struct lines *lines,
                     struct error *err)
{
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    lines->c = &c;
    bool ok = log_read(store, case_id, 0, put_erasure, lines, err);
    case_release(&c);
    return ok;
}

static bool put_cases(struct store *store, struct lines *lines, struct error *err)
{
    struct buf ids = BUF_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT DISTINCT case_id FROM acts WHERE kind = 35 "
                                 "AND length(case_id) = 8",
                                 "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        buf_add(&ids, sqlite3_column_blob(row, 0), CASE_ID);
    bool ok = !failed;
    for (size_t i = 0; ok && i < ids.size; i += CASE_ID)
        ok = put_case(store, (const uint8_t *)ids.data + i, lines, err);
    buf_release(&ids);
    return ok;
}

static bool put_post_act(void *ctx, const struct logged *act, struct error *err)
{
    (void)err;
    if (act->core.kind != POST_GENESIS)
        add_line(ctx, act->seq, 0, act);
    return true;
}

/* What was signed elsewhere goes on with the rest. */
static bool put_all(struct store *store, struct lines *lines, struct error *err)
{
    struct replays replays;

    if (!put_cases(store, lines, err) || !replays_load(store, &replays, err))
        return false;
    for (size_t i = 0; i < replays.count; i++)
        for (size_t k = 0; k < replays.list[i].count; k++)
            add_line(lines, replays.list[i].upto, k + 1, &replays.list[i].acts[k]);
    replays_release(&replays);
    return !lines->count || log_read(store, post_case, 0, put_post_act, lines, err);
}

/* "" where nobody was erased. */
static bool make_text(struct store *store, struct buf *out, struct error *err)
{
    struct lines lines = {.count = 0};
    bool ok = db_begin_reading(store, err) && db_end(store, put_all(store, &lines, err), err);

    if (lines.count) {
        qsort(lines.list, lines.count, sizeof *lines.list, compare_lines);
        buf_adds(out, head_line);
    }
    for (size_t i = 0; i < lines.count; i++) {
        buf_add(out, lines.list[i].text.data, lines.list[i].text.size);
        buf_release(&lines.list[i].text);
    }
    free(lines.list);
    return ok;
}

static bool write_whole(int fd, const struct buf *text)
{
    for (size_t done = 0; done < text->size;) {
        ssize_t wrote = write(fd, text->data + done, text->size - done);
        if (wrote < 0 && errno != EINTR)
            return false;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return fsync(fd) == 0;
}

/* By a new file that takes the place of the old one whole. */
static bool replace(const char *name, const struct buf *text, struct error *err)
{
    char *part = xasprintf("%s.part", name);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0 && write_whole(fd, text);

    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    ok = ok && rename(part, name) == 0;
    if (!ok) {
        error_set(err, ERROR_FAILED, _("%s: cannot be written: %s"), name, strerror(errno));
        unlink(part);
    }
    free(part);
    return ok;
}

bool erasures_write(struct store *store, const char *path, struct error *err)
{
    struct buf text = BUF_INIT;
    char *name = xasprintf("%s%s", path, ending);
    bool ok = make_text(store, &text, err) && (!text.size || replace(name, &text, err));

    free(name);
    buf_release(&text);
    return ok;
}

/* ---- reading ---- */

static bool take_hex(const char **at, uint8_t *out, size_t size)
{
    char pair[3] = "";

    for (size_t i = 0; i < size; i++, *at += 2) {
        if (!(*at)[0])
            return false;
        memcpy(pair, *at, 2);
        if (!hex_read(pair, out + i, 1))
            return false;
    }
    return true;
}

static bool take_commitments(const char **at, struct act_bytes *a)
{
    if (**at == '-') {
        ++*at;
        return true;
    }
    do {
        if (a->count == PARTS || !take_hex(at, a->parts[a->count].commitment, HASH))
            return false;
        buf_init(&a->parts[a->count++].bytes);
    } while (**at == '.' && (*at)++);
    return true;
}

static bool blank(const char **at)
{
    return *(*at)++ == ' ';
}

static bool take_core(const char *at, struct act_bytes *a)
{
    size_t size = strlen(at);
    uint8_t byte;

    if (!size || size % 2 || size > 2 * (size_t)CORE_MAX)
        return false;
    while (*at) {
        if (!take_hex(&at, &byte, 1))
            return false;
        buf_addc(&a->core, (char)byte);
    }
    return true;
}

/* One line, without its end: is it an act as it was signed? */
static bool take_line(const char *at, struct logged *act)
{
    struct act_bytes *a = &act->bytes;
    const char *fault;

    if (!take_hex(&at, a->signer, sizeof a->signer) || !blank(&at) ||
        !take_hex(&at, a->root, sizeof a->root) || !blank(&at) ||
        !take_hex(&at, a->signature, sizeof a->signature) || !blank(&at) ||
        !take_commitments(&at, a) || !blank(&at) || !take_core(at, a))
        return false;
    act_bytes_identify(a);
    return act_bytes_check(a, &fault) && act_bytes_core(a, &act->core);
}

/* What a file turns out to be. */
struct taken {
    bool others; /* of another case file */
    size_t line; /* that is not authentic; 0: none */
};

/* Adds the acts of a whole file, or none. */
static struct taken take_text(char *text, const uint8_t author[AUTHOR], struct replay *into)
{
    size_t number = 1, before = into->count;
    struct taken taken = {false, 0};
    char *rest, *line;

    if (strncmp(text, head_line, strlen(head_line)) != 0)
        return (struct taken){false, 1};
    for (line = strtok_r(text + strlen(head_line), "\n", &rest); line && !taken.line;
         line = strtok_r(NULL, "\n", &rest)) {
        struct logged act = {.bytes = ACT_BYTES_INIT};
        number++;
        if (!take_line(line, &act))
            taken.line = number;
        else if (memcmp(act.core.author, author, AUTHOR) != 0)
            taken.others = true;
        else
            replay_add(into, &act);
        logged_release(&act);
    }
    while ((taken.line || taken.others) && into->count > before)
        logged_release(&into->acts[--into->count]);
    return taken;
}

static bool read_text(const char *name, struct buf *out)
{
    char part[1 << 16];
    size_t got;
    FILE *in = fopen(name, "re");
    bool ok = in != NULL;

    while (ok && (got = fread(part, 1, sizeof part, in)) > 0) {
        buf_add(out, part, got);
        if (out->size > TEXT_MAX) {
            errno = EFBIG;
            ok = false;
        }
    }
    ok = ok && !ferror(in);
    if (in)
        fclose(in);
    return ok;
}

static bool take_file(const char *name, const uint8_t author[AUTHOR], struct replay *into,
                      bool *others, struct error *err)
{
    struct buf text = BUF_INIT;
    struct taken taken = {false, 0};
    bool ok = read_text(name, &text) ||
              error_set(err, ERROR_FAILED, _("%s: cannot be read: %s"), name, strerror(errno));

    if (ok) {
        buf_addc(&text, '\0');
        taken = take_text(text.data, author, into);
        ok = !taken.line ||
             error_set(err, ERROR_VAULT,
                       _("%s: line %zu is not authentic; none of its erasures is applied"), name,
                       taken.line);
    }
    *others = taken.others;
    buf_release(&text);
    return ok;
}

static bool has_ending(const char *name)
{
    size_t size = strlen(name), end = strlen(ending);

    return size > end && strcmp(name + size - end, ending) == 0;
}

/* Those in the folder of a path; one that cannot be taken is noted. Those of other case files may
 * lie there too. */
static void take_folder(const char *path, const uint8_t author[AUTHOR], struct replay *into,
                        struct buf *notes)
{
    char *copy = xstrdup(path), *folder = dirname(copy);
    DIR *all = opendir(folder);
    struct dirent *entry;

    while (all && (entry = readdir(all))) {
        struct error why = ERROR_INIT;
        char *name = xasprintf("%s/%s", folder, entry->d_name);
        bool others;
        if (has_ending(name) && !take_file(name, author, into, &others, &why))
            buf_addf(notes, "%s\n", error_text(&why));
        error_release(&why);
        free(name);
    }
    if (all)
        closedir(all);
    free(copy);
}

/* The one that somebody names must be there, and of this case file. */
static bool take_given(const char *name, const uint8_t author[AUTHOR], struct replay *into,
                       struct error *err)
{
    bool others;

    return take_file(name, author, into, &others, err) &&
           (!others || error_set(err, ERROR_INPUT, _("%s: is of another case file"), name));
}

/* ---- applying ---- */

/* Is the act among the first `count` ones, in the log, or kept already? */
static bool is_known(struct store *store, const struct replay *replay, size_t count,
                     const uint8_t id[ACT_ID_SIZE], bool *known, struct error *err)
{
    int64_t there = 0;

    for (size_t i = 0; i < count && !there; i++)
        there = memcmp(replay->acts[i].bytes.id, id, ACT_ID_SIZE) == 0;
    bool ok = there || db_number(store, &there, 0, err,
                                 "SELECT (SELECT count(*) FROM acts WHERE id = ?1) + "
                                 "(SELECT count(*) FROM erasures WHERE id = ?1)",
                                 "b", id, (size_t)ACT_ID_SIZE);
    *known = there > 0;
    return ok;
}

static bool drop_known(struct store *store, struct replay *replay, struct error *err)
{
    size_t kept = 0;
    bool ok = true;

    for (size_t i = 0; i < replay->count; i++) {
        struct logged *act = &replay->acts[i];
        bool known = false;
        ok = ok && is_known(store, replay, kept, act->bytes.id, &known, err);
        if (known)
            logged_release(act);
        else
            replay->acts[kept++] = *act;
    }
    replay->count = kept;
    return ok;
}

static bool apply_to_case(struct store *store, const struct replay *replay,
                          const uint8_t case_id[CASE_ID], size_t *persons, struct error *err)
{
    struct case_file c;
    bool erases, ok = replay_case(store, replay, case_id, &c, &erases, err);

    if (!ok)
        return false;
    for (const struct entry *e = NULL; (e = case_next(&c, e, ACT_ERASE));)
        *persons += e->act->elsewhere;
    ok = !erases || erase_now(store, case_id, &c, err);
    case_release(&c);
    return ok;
}

/* Is it the first act here of its case? */
static bool is_first(const struct replay *replay, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (memcmp(replay->acts[k].core.case_id, replay->acts[i].core.case_id, CASE_ID) == 0)
            return false;
    return true;
}

static bool apply(struct store *store, struct replay *replay, size_t *persons, struct error *err)
{
    bool ok = post_refresh(store, err) &&
              db_number(store, &replay->upto, 0, err, "SELECT max(seq) FROM acts", "") &&
              drop_known(store, replay, err) && replay_roster(store, replay, err);

    for (size_t i = 0; ok && i < replay->count; i++)
        if (memcmp(replay->acts[i].core.case_id, post_case, CASE_ID) != 0 && is_first(replay, i))
            ok = apply_to_case(store, replay, replay->acts[i].core.case_id, persons, err);
    return ok && replay_keep(store, replay, err);
}

bool erasures_apply(struct store *store, const char *const *near, size_t count, const char *given,
                    size_t *persons, struct buf *notes, struct error *err)
{
    struct replay replay = {.upto = 0};

    *persons = 0;
    for (size_t i = 0; i < count; i++)
        take_folder(near[i], store->post.author, &replay, notes);
    bool ok =
        (!given || take_given(given, store->post.author, &replay, err)) && db_begin(store, err);
    ok = ok && db_end(store, apply(store, &replay, persons, err), err);
    replay_release(&replay);
    return ok;
}

bool erasures_new_key(const char *path, const char *officer, struct passphrase passphrase,
                      struct error *err)
{
    struct store *store;

    if (!store_open(path, officer, passphrase, 0, &store, err))
        return false;
    bool ok = store_rekey(store, REKEY_ERASED, NULL, NULL, err) && erasures_write(store, path, err);
    store_close(store);
    return ok;
}
