/* SPDX-License-Identifier: MIT */
/* Leaves one rule of the conversation out while the program runs: the findings of all rules go
 * through here (--wrap, in local.mk), and one of that reason is none. */
#include "without.h"

#include <string.h>

#include "src/agreement/conversation_rules.h"

static const char *left_out;

void leave_rule_out(const char *reason)
{
    left_out = reason;
}

static bool is_out(const char *reason)
{
    return left_out && reason && strcmp(left_out, reason) == 0;
}

enum ruling __real_ruled_bad(struct judged *j, const char *article, const char *reason, int by);
enum ruling __wrap_ruled_bad(struct judged *j, const char *article, const char *reason, int by);
enum ruling __wrap_ruled_bad(struct judged *j, const char *article, const char *reason, int by)
{
    return is_out(reason) ? RULED_GOOD : __real_ruled_bad(j, article, reason, by);
}

enum ruling __real_ruled_later(struct judged *j, const char *article, const char *reason);
enum ruling __wrap_ruled_later(struct judged *j, const char *article, const char *reason);
enum ruling __wrap_ruled_later(struct judged *j, const char *article, const char *reason)
{
    return is_out(reason) ? RULED_GOOD : __real_ruled_later(j, article, reason);
}

enum ruling __real_ruled_later_for(struct judged *j, const char *article, const char *reason,
                                   const uint8_t *id, size_t size);
enum ruling __wrap_ruled_later_for(struct judged *j, const char *article, const char *reason,
                                   const uint8_t *id, size_t size);
enum ruling __wrap_ruled_later_for(struct judged *j, const char *article, const char *reason,
                                   const uint8_t *id, size_t size)
{
    return is_out(reason) ? RULED_GOOD : __real_ruled_later_for(j, article, reason, id, size);
}

enum ruling __real_ruled_conclude(struct judged *j, const struct search *s, const char *article,
                                  const char *failing, const char *absent);
enum ruling __wrap_ruled_conclude(struct judged *j, const struct search *s, const char *article,
                                  const char *failing, const char *absent);
enum ruling __wrap_ruled_conclude(struct judged *j, const struct search *s, const char *article,
                                  const char *failing, const char *absent)
{
    if (is_out(failing) || is_out(absent))
        return RULED_GOOD;
    return __real_ruled_conclude(j, s, article, failing, absent);
}
