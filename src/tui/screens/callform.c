/* SPDX-License-Identifier: MIT */
/* Somebody was called, and read the digits of their key: whom, at which number, and whether they
 * are the same. Kept as a draft until F2 says it. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/agreement/telcheck.h"
#include "amparo/base/i18n.h"
#include "amparo/store/directory.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/tableform.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"

/* The trust as of now, and who is meant; false: err says why not. */
static bool find(const struct tableform *f, const struct trusted **t, struct trust_subject *subject,
                 struct error *err)
{
    return store_trust(f->app->store, t, err) &&
           (trust_subject_read(f->of ? f->of : "", subject) ||
            error_set(err, ERROR_INPUT, "%s", _("nobody is known here by that key any more")));
}

/* How the State's focal point is reached, by the directory of before. */
static void offer_focal(struct tableform *f, const char *state)
{
    struct directory_states states;
    struct error unsaid = ERROR_INIT;
    if (store_directory_states(f->app->store, &states, &unsaid)) {
        for (size_t i = 0; i < states.count; i++) {
            const struct directory_state *s = &states.list[i];
            if (strcmp(s->state, state) != 0)
                continue;
            if (s->focal[FOCAL_DESK] && *s->focal[FOCAL_DESK])
                tableform_offer(f, "called", s->focal[FOCAL_DESK]);
            if (s->focal[FOCAL_PHONE] && *s->focal[FOCAL_PHONE])
                tableform_offer(f, "number", s->focal[FOCAL_PHONE]);
        }
        directory_states_release(&states);
    }
    error_release(&unsaid);
}

static bool begin(struct tableform *f, struct error *err)
{
    const struct trusted *t;
    struct trust_subject subject;
    if (!find(f, &t, &subject, err))
        return false;
    if (subject.kind == SUBJECT_STATE)
        offer_focal(f, subject.state);
    return true;
}

static bool is_same(const json_t *content)
{
    return strcmp(payload_text(content, "result"), "same") == 0;
}

/* What differs is believed by nobody: then there is nothing to record. */
static bool say(struct tableform *f, const json_t *content, int64_t draft, struct error *err)
{
    const struct trusted *t;
    struct trust_subject subject;
    struct store *store = f->app->store;
    uint8_t bytes[TRUST_KEY];
    if (!find(f, &t, &subject, err))
        return false;
    const struct trust_key *key = trust_subject_key(t, &subject);
    if (!key)
        return error_set(err, ERROR_INPUT, "%s", _("it has no key that is good"));
    memcpy(bytes, key->key, TRUST_KEY);
    if (is_same(content) && !trust_note_check(store, bytes, payload_text(content, "called"),
                                              payload_text(content, "number"), err))
        return false;
    return !draft || store_draft_drop(store, draft, err);
}

static void said(struct app *app, const char *of, const json_t *content)
{
    (void)of;
    if (is_same(content))
        app_say(app, "%s", _("Recorded: the digits were compared by telephone."));
    else
        app_say(app, "%s",
                _("Not recorded: the key is not theirs. Send them nothing, and tell their State."));
}

static void where(const struct tableform *f, struct buf *out)
{
    const struct trusted *t;
    struct trust_subject subject;
    struct error unsaid = ERROR_INIT;
    if (find(f, &t, &subject, &unsaid))
        trust_subject_name(t, &subject, out);
    error_release(&unsaid);
}

/* The digits: they are read while one types. */
static void above(const struct tableform *f, struct body *body, int width)
{
    const struct trusted *t;
    struct trust_subject subject;
    struct error unsaid = ERROR_INIT;
    char digits[FINGERPRINT_SIZE];
    if (find(f, &t, &subject, &unsaid) && trust_subject_digits(t, &subject, digits)) {
        body_wrap(body, BODY_HEAD, width, 0, digits);
        body_line(body, BODY_PLAIN, "%s", "");
    }
    error_release(&unsaid);
}

static const struct tableform_hooks hooks = {
    .table = &telcheck_type,
    .subject = CALL_SUBJECT,
    .begin = begin,
    .say = say,
    .said = said,
    .where = where,
    .above = above,
};

static const struct command commands[] = {
    {TK_F(2), NULL, N_("done"), N_("Records the comparison; the draft goes."), tableform_finish,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type callform_type = {
    TABLEFORM_SCREEN,
    .name = CALL_FORM,
    .title = N_("A comparison by telephone"),
    .about = N_("They read the digits of their key from their own screen or card, and you compare "
                "them with those here. Only a number counts that you had before: who sends a false "
                "key sends a false number with it."),
    .commands = commands,
};

void callform_push(struct app *app, const char *subject)
{
    tableform_push(app, &callform_type, &hooks, subject);
}

void callform_reopen(struct app *app, const json_t *kept)
{
    tableform_push(app, &callform_type, &hooks, tableform_kept(kept));
}

/* ---- drafts ---- */

bool call_draft_named(const struct draft *draft, struct buf *subject, struct buf *what)
{
    if (strcmp(draft->screen, CALL_FORM) != 0)
        return false;
    buf_adds(subject, _("telephone check"));
    buf_adds(what, _("A comparison by telephone"));
    return true;
}

void call_draft_resume(struct app *app, const struct draft *draft)
{
    callform_push(app, draft->subject + strlen(CALL_SUBJECT));
}
