/* SPDX-License-Identifier: MIT */
/* What of a post, whose keys are looked at, is in the file. */
#include "amparo/store/trustlog.h"

#include <string.h>

#include "amparo/agreement/conversation.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"

_Static_assert(TRUST_STANDINGS == STANDING_QUARANTINED + 1, "a count for each standing");

bool store_post_standings(struct store *store, const uint8_t post[POST_ID],
                          size_t counts[TRUST_STANDINGS], struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT standing, count(*) FROM dispatches WHERE author = ? AND "
                                 "ours = 0 AND case_id <> zeroblob(8) GROUP BY standing",
                                 "b", post, (size_t)POST_ID);

    memset(counts, 0, TRUST_STANDINGS * sizeof *counts);
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        int64_t standing = db_int(row, 0);
        if (standing >= 0 && standing < TRUST_STANDINGS)
            counts[standing] = (size_t)db_int(row, 1);
    }
    return !failed;
}

bool store_case_called(struct store *store, const uint8_t case_id[CASE_NUMBER], char **reference,
                       struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT c.reference FROM dispatches d JOIN acts a ON a.seq = d.act "
                 "JOIN cases c ON c.case_id = a.case_id WHERE d.case_id = ? LIMIT 1",
                 "b", case_id, (size_t)CASE_NUMBER);

    *reference = NULL;
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        *reference = db_text(row, 0);
        db_done(row);
    }
    return !failed;
}
