/* SPDX-License-Identifier: MIT */
#include "amparo/store/digests.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/digest.h"

/* One writing for each digest, so that two can be compared. */
static char *facts_of(const struct case_file *c)
{
    json_t *digest = case_digest(c);
    char *text = json_dumps(digest, JSON_COMPACT | JSON_SORT_KEYS);

    json_decref(digest);
    return text;
}

static const char *opened_on(const struct case_file *c, char day[DATE_SIZE])
{
    memcpy(day, c->acts[0].at, DATE_SIZE - 1);
    day[DATE_SIZE - 1] = '\0';
    return day;
}

/* "" where none is owed. */
static const char *owed_since(const struct case_file *c, char day[DATE_SIZE])
{
    struct date since;

    day[0] = '\0';
    return case_owed(c, &since) ? date_format(since, day) : day;
}

bool digest_write(struct store *store, int64_t row, const struct case_file *c, struct error *err)
{
    char opened[DATE_SIZE], owed[DATE_SIZE];
    char *facts = facts_of(c);
    bool ok = db_run(store, err,
                     "INSERT OR REPLACE INTO digests (case_row, opened, owed, facts) "
                     "VALUES (?, ?, nullif(?, ''), ?)",
                     "ittt", row, opened_on(c, opened), owed_since(c, owed), facts) &&
              db_run(store, err, "DELETE FROM presented WHERE case_row = ?", "i", row);

    free(facts);
    for (const struct entry *e = NULL; ok && (e = case_next(c, e, ACT_REPORT));)
        ok = db_run(
            store, err, "INSERT INTO presented (act, case_row, day, pending) VALUES (?, ?, ?, ?)",
            "iiti", e->act->seq, row, entry_text(e, "on"), (int64_t)entry_bool(e, "pending"));
    return ok;
}

void digest_expected(struct buf *out, const struct case_file *c)
{
    char opened[DATE_SIZE], owed[DATE_SIZE];
    char *facts = facts_of(c);

    buf_addf(out, "%s|%s|%s|\n", opened_on(c, opened), owed_since(c, owed), facts);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPORT));)
        buf_addf(out, "%lld|%s|%d|\n", (long long)e->act->seq, entry_text(e, "on"),
                 entry_bool(e, "pending"));
    free(facts);
}
