/* SPDX-License-Identifier: MIT */
/* R4: each ground of 7.4 by itself, then together. */
#include "assess_work.h"

#include <stdlib.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static struct determination because(enum status status, char *reason)
{
    return (struct determination){.status = status, .reason = reason};
}

static struct determination ground_g1(struct work *w, enum perpetrator by)
{
    const char *label = w->translate(perpetrator_codes[by].label);

    if (by == PERPETRATOR_STATE_AUTHORITY)
        return because(STATUS_NOT_MET,
                       assess_say(w, N_("Reported of local State authorities: this ground "
                                        "covers civilians only.")));
    if (by == PERPETRATOR_UNKNOWN || by == PERPETRATOR_NONE)
        return because(
            STATUS_UNDETERMINED,
            assess_say(w, N_("By whom: %s. This ground needs to know that civilians did it."),
                       label));
    return because(STATUS_MET, assess_say(w, N_("Reported of civilians: %s."), label));
}

static struct determination ground_g2(struct work *w)
{
    struct partial_date birth = w->facts->birth;
    enum known minor = assess_minor(w->facts);
    char text[PARTIAL_DATE_SIZE];

    if (minor == KNOWN_NOT)
        return because(STATUS_UNDETERMINED,
                       assess_say(w, N_("The birth date is not known, not even the year.")));

    int age = date_age(partial_date_youngest(birth), w->facts->on);
    partial_date_format(birth, text);
    if (age < 0)
        age = 0; /* the youngest reading may lie ahead */
    if (minor == KNOWN_TRUE)
        return because(STATUS_MET, assess_say(w,
                                              N_("Born %1$s: aged %2$d on %3$s by the "
                                                 "youngest reading, under 18."),
                                              text, age, w->on));
    return because(STATUS_NOT_MET,
                   assess_say(w, N_("Born %1$s: aged %2$d on %3$s even by the youngest reading."),
                              text, age, w->on));
}

/* G3, G5: a State authority as perpetrator is for the head of post. */
static struct determination ground_not_official(struct work *w, enum perpetrator by)
{
    const char *label = w->translate(perpetrator_codes[by].label);

    if (by == PERPETRATOR_STATE_AUTHORITY)
        return because(STATUS_UNDETERMINED,
                       assess_say(w, N_("Reported of a local State authority: the head of post "
                                        "determines it.")));
    return because(STATUS_MET, assess_say(w, N_("Reported; by whom: %s."), label));
}

static struct determination ground_network(struct work *w)
{
    const struct facts *facts = w->facts;
    char date[DATE_SIZE];

    if (!facts->referred)
        return because(
            STATUS_UNDETERMINED,
            assess_say(w, N_("The network on smuggling and trafficking was not asked yet.")));
    if (!facts->answered)
        return because(STATUS_UNDETERMINED,
                       assess_say(w, N_("Referred to the network on %s; no answer yet."),
                                  date_format(facts->referred_on, date)));

    const char *answer = w->translate(network_answer_codes[facts->answer].label);
    date_format(facts->answered_on, date);
    if (facts->answer == ANSWER_CAN_BE_RESOLVED)
        return because(STATUS_NOT_MET,
                       assess_say(w, N_("The network answered on %1$s: %2$s."), date, answer));
    if (text_is_blank(facts->because))
        return because(
            STATUS_UNDETERMINED,
            assess_say(w, N_("The network answered on %1$s: %2$s; the reason is not on record."),
                       date, answer));
    return because(STATUS_MET,
                   assess_say(w, N_("The network answered on %1$s: %2$s, because: %3$s"), date,
                              answer, facts->because));
}

static struct determination determine_ground(struct work *w, struct ground ground)
{
    switch (ground.code) {
    case GROUND_G1:
        return ground_g1(w, ground.perpetrator);
    case GROUND_G2:
        return ground_g2(w);
    case GROUND_G3:
    case GROUND_G5:
        return ground_not_official(w, ground.perpetrator);
    case GROUND_G4:
        return because(STATUS_MET, assess_say(w, N_("Linked to a natural disaster.")));
    case GROUND_G6A:
    case GROUND_G6B:
    case GROUND_G6C:
        return ground_network(w);
    }
    BUG("an unknown ground");
}

/* "labour exploitation, natural disaster": those of that status. Owned; empty where
 * none. */
static char *brief_grounds(struct work *w, enum status status)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < w->out->ground_count; i++)
        if (w->out->grounds[i].status == status)
            buf_addf(&text, "%s%s", text.size ? ", " : "",
                     w->translate(ground_codes[w->facts->grounds[i].code].label));
    return buf_detach(&text);
}

void assess_grounds(struct work *w)
{
    struct assessment *out = w->out;
    char *list[STATUS_WAIVED];

    out->ground_count = w->facts->ground_count;
    out->grounds = xcalloc(out->ground_count + 1, sizeof *out->grounds);
    for (size_t i = 0; i < out->ground_count; i++)
        out->grounds[i] = determine_ground(w, w->facts->grounds[i]);
    for (enum status s = STATUS_MET; s < STATUS_WAIVED; s++)
        list[s] = brief_grounds(w, s);

    if (*list[STATUS_MET])
        assess_determine(w, REQUIREMENT_R4, STATUS_MET,
                         assess_say(w, N_("Linked to %s."), list[STATUS_MET]),
                         assess_say(w, N_("A correction of the facts of each of these grounds.")),
                         brief_grounds(w, STATUS_MET));
    else if (*list[STATUS_UNDETERMINED])
        assess_determine(
            w, REQUIREMENT_R4, STATUS_UNDETERMINED,
            assess_say(w, N_("Still open: %s."), list[STATUS_UNDETERMINED]),
            assess_say(w, N_("What each of these grounds lacks, or another ground that is met.")),
            brief_grounds(w, STATUS_UNDETERMINED));
    else if (*list[STATUS_NOT_MET])
        assess_determine(
            w, REQUIREMENT_R4, STATUS_NOT_MET,
            assess_say(w, N_("None of the grounds on record is met: %s."), list[STATUS_NOT_MET]),
            assess_say(w, N_("Another ground of 7.4, or a correction of the facts.")),
            brief_grounds(w, STATUS_NOT_MET));
    else
        assess_determine(w, REQUIREMENT_R4, STATUS_UNDETERMINED,
                         assess_say(w, N_("No ground is on record.")),
                         assess_say(w, N_("A record of what happened, with its ground of 7.4.")),
                         assess_say(w, N_("none on record")));
    for (enum status s = STATUS_MET; s < STATUS_WAIVED; s++)
        free(list[s]);
}
