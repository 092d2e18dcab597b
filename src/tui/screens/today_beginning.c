/* SPDX-License-Identifier: MIT */
/* What a new post does first, on the work of today. */
#include "today_work.h"

#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/store/directory.h"
#include "amparo/store/identity.h"
#include "amparo/tui/founding.h"

/* A post of more cases has begun, whatever it left out. */
enum { BEGUN = 5 };

size_t today_count_cases(const struct today *today)
{
    size_t count = 0;
    for (int stage = STAGE_DRAFT; stage < STAGE_COUNT; stage++)
        count += today->stages[stage];
    return count;
}

struct today_beginning today_begins(struct store *store, const struct today *today)
{
    struct today_beginning b = {.sheet = sheets_untried(store)};
    struct directory_states states;
    struct error unsaid = ERROR_INIT;
    struct identity identity;
    size_t cases = today_count_cases(today);
    const char *own = store_post(store)->state;
    b.keys = cases < BEGUN && store_officer(store)->role == ROLE_HEAD &&
             store_identity(store, &identity, &unsaid) && !identity.made;
    if (cases < BEGUN && store_directory_states(store, &states, &unsaid)) {
        b.directory = b.party = true;
        b.first = cases == 0 && !post_is_secretariat(store_post(store));
        for (size_t i = 0; i < states.count; i++) {
            b.directory = b.directory && !states.list[i].missions;
            b.party =
                b.party && !(strcmp(states.list[i].state, own) == 0 && states.list[i].since.year);
        }
        b.party = b.party && country_is_member(own);
        directory_states_release(&states);
    }
    error_release(&unsaid);
    return b;
}

void today_add_beginning(struct body *b, const struct today_beginning *todo, const char *own)
{
    if (!todo->sheet && !todo->directory && !todo->party && !todo->first && !todo->keys)
        return;
    body_line(b, BODY_HEAD, " %s", _("To begin with"));
    if (todo->sheet)
        body_row(b, ROW_SHEET, NULL, "%s", _("Try a recovery sheet, or make new ones"));
    if (todo->directory)
        body_row(b, ROW_DIRECTORY, NULL, "%s",
                 _("Fill the directory: where the States have missions"));
    if (todo->party)
        body_row(b, ROW_PARTY, NULL, _("Say since when %s takes part, and the other States"),
                 country_name(own, reader_language));
    if (todo->first)
        body_row(b, ROW_FIRST, NULL, "%s", _("Begin the first case: n, on any day"));
    if (todo->keys)
        body_row(b, ROW_KEYS, NULL, "%s",
                 _("Make the keys of the post, with which it writes to others"));
    body_line(b, BODY_PLAIN, "%s", "");
}
