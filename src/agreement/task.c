/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/task.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { DAY = 24 * 60 * 60 }; /* seconds */

#define TASK(name_, whom_, setting_, shown_, words_)                                               \
    {                                                                                              \
        .name = (name_), .whom = WHOM_##whom_, .setting = SETTING_##setting_,                      \
        .shown = SHOWN_##shown_, .words = (words_)                                                 \
    }

/* clang-format off */
static const struct task_type types[TASK_KIND_END] = {
    [TASK_REPLY] =       TASK("reply",       STATE,   NONE,            AT_ONCE, N_("Poll: %s silent")),
    [TASK_COUNTERSIGN] = TASK("countersign", US,      COUNTERSIGN,     AT_ONCE, N_("Countersign (head of post)")),
    [TASK_ACCEPTANCE] =  TASK("acceptance",  STATE,   NONE,            AT_ONCE, N_("%s: acceptance")),
    [TASK_NETWORK] =     TASK("network",     NETWORK, NONE,            AT_ONCE, N_("The network's answer")),
    [TASK_DATA_RETURN] = TASK("data_return", STATE,   NONE,            AT_ONCE, N_("%s: return of data")),
    [TASK_HAND_OVER] =   TASK("hand_over",   STATE,   NONE,            AT_ONCE, N_("%s hands over")),
    [TASK_NEXT_ACTION] = TASK("next_action", US,      NONE,            AT_ONCE, N_("The next action")),
    [TASK_ERASE] =       TASK("erase",       US,      ERASE,           AT_ONCE, N_("Confirm an erasing")),
    [TASK_REVIEW] =      TASK("review",      US,      KEEP_REQUESTING, ON,      N_("Is the data still needed?")),
    [TASK_REDUCE] =      TASK("reduce",      US,      KEEP_ASSISTING,  ON,      N_("Kept long enough: erase")),
    [TASK_DISCARD] =     TASK("discard",     US,      KEEP_INTAKE,     ON,      N_("Never polled: erase?")),
    [TASK_REVIEW_ON] =   TASK("review_on",   US,      NONE,            ON,      N_("Is the data still needed?")),
    [TASK_KEEP_UNTIL] =  TASK("keep_until",  US,      NONE,            AFTER,   N_("Kept long enough: erase")),
    [TASK_REPORT] =      TASK("report",      US,      NONE,            AFTER,   N_("A meeting passed without it")),
    [TASK_REFUND] =      TASK("refund",      US,      RECEIVABLE,      SOON,    N_("Refund to %s")),
    [TASK_REFUND_DUE] =  TASK("refund_due",  STATE,   RECEIVABLE,      SOON,    N_("%s: refund of our advance")),
    [TASK_POLL_RECEIPT] =   TASK("poll_receipt",   US,          ACKNOWLEDGE, AT_ONCE, N_("%s: acknowledge poll")),
    [TASK_POLL_ANSWER] =    TASK("poll_answer",    US,          NONE,        AT_ONCE, N_("%s: reply to poll")),
    [TASK_NOTE_RECEIPT] =   TASK("note_receipt",   STATE,       NONE,        AT_ONCE, N_("%s: receipt of note")),
    [TASK_NOTE_REPLY] =     TASK("note_reply",     STATE,       NONE,        AT_ONCE, N_("%s: reply to note")),
    [TASK_NOTE_ANSWER] =    TASK("note_answer",    US,          NONE,        AT_ONCE, N_("%s: answer its note")),
    [TASK_AUTHORISE] =      TASK("authorise",      CAPITAL,     NONE,        AT_ONCE, N_("Capital's authorisation")),
    [TASK_TELL_POLL] =      TASK("tell_poll",      US,          NONE,        AT_ONCE, N_("Tell the Secretariat: poll")),
    [TASK_TELL_REQUEST] =   TASK("tell_request",   US,          NONE,        AT_ONCE, N_("Tell the Secretariat: request")),
    [TASK_OFFER_ENDS] =     TASK("offer_ends",     US,          NONE,        SOON,    N_("%s: its offer ends")),
    [TASK_SCOPE_ENDS] =     TASK("scope_ends",     US,          NONE,        SOON,    N_("%s: its help ends")),
    [TASK_CONSENT_ENDS] =   TASK("consent_ends",   PERSON,      NONE,        SOON,    N_("Person %s: a consent ends")),
    [TASK_IOM] =            TASK("iom",            IOM,         NONE,        AT_ONCE, N_("IOM's answer on a cost")),
    [TASK_BEARER] =         TASK("bearer",         US,          NONE,        AT_ONCE, N_("Who bears a cost?")),
    [TASK_BEST_INTERESTS] = TASK("best_interests", US,          NONE,        AT_ONCE, N_("Child %s: best interests")),
};
/* clang-format on */

bool task_kind_known(int64_t kind)
{
    return kind > TASK_NONE && kind < TASK_KIND_END && types[kind].name;
}

const struct task_type *task_type(enum task_kind kind)
{
    if (!task_kind_known(kind))
        BUG("no such kind of task");
    return &types[kind];
}

const char *const task_whom_names[WHOM_COUNT] = {
    [WHOM_US] = "us",
    [WHOM_STATE] = "state",
    [WHOM_CAPITAL] = "capital",
    [WHOM_NETWORK] = "network",
    [WHOM_SECRETARIAT] = "secretariat",
    [WHOM_IOM] = "iom",
    [WHOM_PERSON] = "person",
};

enum task_whom task_whom_named(const char *code)
{
    int whom = 0;

    while (whom < WHOM_COUNT && strcmp(task_whom_names[whom], code) != 0)
        whom++;
    return (enum task_whom)whom;
}

static const struct date last_day = {9999, 12, 31};

static struct date add_unit(enum setting_unit unit, long number, struct date from,
                            const struct calendar *calendar)
{
    const long most = date_days_between(from, last_day);

    if (number > most) /* more than there are days to come, in any unit */
        return last_day;
    if (unit == UNIT_WORKING_DAYS)
        return calendar_add(calendar, from, number);
    if (unit == UNIT_DAYS)
        return date_add_days(from, number);
    if (number > most / 31)
        return last_day;
    return calendar_next(calendar, date_add_months(from, (int)number));
}

bool deadline_of(enum setting_unit unit, long number, const char *since,
                 const struct calendar *calendar, char out[INSTANT_SIZE])
{
    struct instant at;
    struct date day;
    bool instant = instant_parse(since, &at), by_clock = unit == UNIT_HOURS || unit == UNIT_MINUTES;

    out[0] = '\0';
    if (!instant && !date_parse(since, &day))
        return false;
    if (by_clock && instant) {
        at = instant_add_seconds(at, (int64_t)number * (unit == UNIT_HOURS ? 3600 : 60));
        instant_format(at, out);
        return true;
    }
    if (instant)
        day = instant_date(at);
    if (by_clock) { /* of a day without an hour: it ends with the day in which it must end */
        number = (number * (unit == UNIT_HOURS ? 60 : 1) + 24 * 60 - 1) / (24 * 60);
        unit = UNIT_DAYS;
    }
    date_format(add_unit(unit, number, day, calendar), out);
    return true;
}

int64_t deadline_seconds(const char *text)
{
    struct instant at;
    struct date date;

    if (instant_parse(text, &at))
        return at.seconds;
    return date_parse(text, &date) ? (int64_t)(date_number(date) + 1) * DAY - 1 : 0;
}

bool deadline_over(const char *text, struct instant now)
{
    struct instant at;

    return instant_parse(text, &at) ? instant_compare(at, now) < 0 : deadline_days(text, now) < 0;
}

long deadline_days(const char *text, struct instant now)
{
    struct instant at;
    struct date day;

    if (instant_parse(text, &at))
        day = instant_date((struct instant){.seconds = at.seconds, .offset = now.offset});
    else if (!date_parse(text, &day))
        return 0;
    return date_days_between(instant_date(now), day);
}
