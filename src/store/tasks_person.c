/* SPDX-License-Identifier: MIT */
/* What is owed to the persons of a case: consents that end, children without a finding. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "tasks_work.h"

/* Another one for the same purpose and recipient takes its place. */
static bool is_given_anew(const struct case_file *c, const struct entry *consent)
{
    for (const struct entry *e = consent; (e = case_next(c, e, ACT_CONSENT)) != NULL;)
        if (entry_number(e, "person") == entry_number(consent, "person") &&
            strcmp(entry_text(e, "purpose"), entry_text(consent, "purpose")) == 0 &&
            strcmp(entry_text(e, "to"), entry_text(consent, "to")) == 0)
            return true;
    return false;
}

static void consents(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT)) != NULL;) {
        const char *until = entry_text(e, "valid_until");
        if (deadline_seconds(until) && !case_consent_taken_back(c, e) && !is_given_anew(c, e))
            tasks_add(tasks, TASK_CONSENT_ENDS, e, "", until)->person = entry_number(e, "person");
    }
}

static bool has_finding(const struct case_file *c, long person)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CHILD)) != NULL;)
        if (entry_number(e, "person") == person)
            return true;
    return false;
}

/* Who was a minor when recorded: a task does not depend on today. */
static void children(const struct case_file *c, struct tasks *tasks)
{
    size_t count = case_persons(c, NULL, 0);
    long *persons = xcalloc(count, sizeof *persons);

    case_persons(c, persons, count);
    for (size_t i = 0; i < count; i++) {
        const struct entry *record = case_person(c, persons[i]);
        char on[DATE_SIZE] = "";
        if (!record || case_erased(c, persons[i]) || has_finding(c, persons[i]))
            continue;
        memcpy(on, record->act->at, sizeof on - 1);
        if (case_minor(c, persons[i], on) == KNOWN_TRUE)
            tasks_add(tasks, TASK_BEST_INTERESTS, record, "", "")->person = persons[i];
    }
    free(persons);
}

void tasks_of_persons(const struct case_file *c, struct tasks *tasks)
{
    consents(c, tasks);
    children(c, tasks);
}
