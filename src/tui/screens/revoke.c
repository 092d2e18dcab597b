/* SPDX-License-Identifier: MIT */
/*
 * A key is revoked: of each chain that it signed the last act that is still good is named. What
 * lies above, and came from a thief, counts no more. One looks at each, and takes away the bad.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

enum { ROW_REASON = -1 };

/* In the order in which they are gone through; as diract.h has them. */
static const struct code reasons[] = {
    {"lost", N_("lost, nobody has it any more")},
    {"stolen", N_("stolen, somebody else may have it")},
    {"ended", N_("ended, the post is closed")},
    {NULL, NULL},
};

struct revoke {
    struct trust_subject subject;
    char name[SUBJECT_SIZE];
    json_t *heads; /* store/trustsay.h; a member "bad" where it is taken away */
    json_t *bad;   /* hashes of those that were it before a lock, until it is read; or NULL */
    char **called; /* the case of each as it is called here */
    size_t reason;
};

static void forget(struct revoke *r)
{
    for (size_t i = 0; r->called && i < json_array_size(r->heads); i++)
        free(r->called[i]);
    free(r->called);
    json_decref(r->heads);
    r->called = NULL;
    r->heads = NULL;
}

/* What was taken away before stays so. */
static json_t *find_bad(const struct revoke *r)
{
    json_t *bad = json_array(), *head;
    size_t i;
    json_array_foreach(r->heads, i, head)
    {
        if (json_object_get(head, "bad"))
            json_array_append(bad, json_object_get(head, "hash"));
    }
    return bad;
}

static void mark_bad(struct revoke *r, const json_t *bad)
{
    json_t *head, *hash;
    size_t i, j;
    json_array_foreach(r->heads, i, head)
    {
        json_array_foreach(bad, j, hash)
        {
            if (json_equal(json_object_get(head, "hash"), hash))
                json_object_set_new(head, "bad", json_true());
        }
    }
}

static char *call_case(struct screen *s, const json_t *head)
{
    static const uint8_t nothing[CASE_NUMBER];
    uint8_t id[CASE_NUMBER];
    char *reference = NULL;
    struct error unsaid = ERROR_INIT;
    if (!diract_bytes(head, "case", id, sizeof id))
        return xstrdup("");
    if (memcmp(id, nothing, sizeof id) == 0)
        return xstrdup(_("directory"));
    store_case_called(s->app->store, id, &reference, &unsaid);
    error_release(&unsaid);
    return reference ? reference : xasprintf("%.8s…", keep_text(head, "case"));
}

static bool load(struct screen *s, struct error *err)
{
    struct revoke *r = s->state;
    const struct trusted *t;
    json_t *bad = r->bad ? r->bad : find_bad(r);
    r->bad = NULL;
    forget(r);
    const struct trust_key *key =
        store_trust(s->app->store, &t, err) ? trust_subject_key(t, &r->subject) : NULL;
    if (key)
        r->heads = trust_heads(s->app->store, key->owner, key->key, err);
    r->called = xcalloc(json_array_size(r->heads) + 1, sizeof *r->called);
    for (size_t i = 0; i < json_array_size(r->heads); i++)
        r->called[i] = call_case(s, json_array_get(r->heads, i));
    mark_bad(r, bad);
    json_decref(bad);
    return key ? r->heads != NULL
               : error_set(err, ERROR_INPUT, "%s", _("it has no key that is good"));
}

/* ---- showing ---- */

static void add_head(struct screen *s, size_t i, int width)
{
    const struct revoke *r = s->state;
    const json_t *head = json_array_get(r->heads, i);
    const char *name = keep_text(head, "act");
    const struct act_type *type = NULL;
    struct buf row = BUF_INIT, when = BUF_INIT;
    for (unsigned kind = 1; kind < DIR_KIND_END && !type; kind++)
        if (any_act_type(kind) && strcmp(any_act_type(kind)->name, name) == 0)
            type = any_act_type(kind);
    values_say_when_short(&when, keep_text(head, "at"), app_now(s->app), reader_language);
    column(&row, json_object_get(head, "bad") ? C_("act", "not good") : C_("act", "good"),
           width >= 60 ? 9 : 8);
    column(&row, r->called[i], width >= 60 ? 18 : 14);
    column(&row, buf_text(&when), width >= 60 ? 19 : 12);
    if (width >= 60)
        buf_adds(&row, type ? _(type->label) : name);
    body_row(&s->body, (long)i, keep_text(head, "hash"), "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void build(struct screen *s, int width)
{
    const struct revoke *r = s->state;
    body_wrap(&s->body, BODY_PLAIN, width, 0,
              _("After X nothing counts that this key signs; what it signed before counts up to "
                "the acts below. Space takes away one that its owner did not make, and all after "
                "it; or it changes the reason."));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    body_row(&s->body, ROW_REASON, NULL, "%s%s%s", _("Reason"), label_colon(),
             _(reasons[r->reason].label));
    body_line(&s->body, BODY_HEAD, " %s", _("The last act of each case here"));
    for (size_t i = 0; i < json_array_size(r->heads); i++)
        add_head(s, i, width);
    if (!json_array_size(r->heads))
        body_line(&s->body, BODY_DIM, "   %s", _("nothing of it is here"));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct revoke *r = s->state;
    const struct trusted *t = trust_of(s->app->store);
    struct buf name = BUF_INIT;
    if (t)
        trust_subject_name(t, &r->subject, &name);
    buf_addf(where, _("Revoke the key · %s"), buf_text(&name));
    (void)right;
    buf_release(&name);
}

/* ---- doing it ---- */

static json_t *head_in_focus(const struct screen *s)
{
    const struct revoke *r = s->state;
    const struct body_line *row = body_focused(&s->body);
    return row && row->tag >= 0 ? json_array_get(r->heads, (size_t)row->tag) : NULL;
}

static void turn(struct screen *s)
{
    struct revoke *r = s->state;
    json_t *head = head_in_focus(s);
    if (!head) {
        r->reason = reasons[r->reason + 1].code ? r->reason + 1 : 0;
    } else if (json_object_get(head, "bad")) {
        json_object_del(head, "bad");
    } else {
        json_object_set_new(head, "bad", json_true());
    }
    screen_changed(s, false);
}

static json_t *good_heads(const struct revoke *r)
{
    json_t *good = json_array(), *head;
    size_t i;
    json_array_foreach(r->heads, i, head)
    {
        if (!json_object_get(head, "bad"))
            json_array_append(good, head);
    }
    return good;
}

static void revoke_if_meant(struct screen *below, const char *word)
{
    struct revoke *r = below->state;
    struct app *app = below->app;
    const struct trusted *t;
    struct error err = ERROR_INIT;
    uint8_t bytes[TRUST_KEY];
    if (strcmp(word, _("REVOKE")) != 0)
        return;
    const struct trust_key *key =
        store_trust(app->store, &t, &err) ? trust_subject_key(t, &r->subject) : NULL;
    if (!key)
        return;
    memcpy(bytes, key->key, sizeof bytes);
    bool root = post_is_secretariat(store_post(app->store));
    json_t *good = good_heads(r);
    bool ok = trust_revoke(app->store, bytes, good, reasons[r->reason].code, NULL, &err);
    json_decref(good);
    trust_done(below, ok,
               root ? _("Signed; another officer of the root has to approve it.")
                    : _("Revoked: the directory tells the others."),
               &err);
    if (ok)
        screen_leave(below);
}

static void ask_revoke(struct screen *s)
{
    struct buf about = BUF_INIT;
    json_t *good = good_heads(s->state);
    buf_addf(&about,
             n_("%zu act is named as good. Nothing that the key signs from now on counts, and it "
                "cannot be given back: its owner makes another one, which is certified anew. Type "
                "%s and Enter.",
                "%zu acts are named as good. Nothing that the key signs from now on counts, and it "
                "cannot be given back: its owner makes another one, which is certified anew. Type "
                "%s and Enter.",
                json_array_size(good)),
             json_array_size(good), _("REVOKE"));
    ask_push(s->app, _("Revoke"), buf_text(&about), "", revoke_if_meant);
    json_decref(good);
    buf_release(&about);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct revoke *r = s->state;
    json_object_set_new(kept, "subject", json_string(r->name));
    json_object_set_new(kept, "reason", json_integer((json_int_t)r->reason));
    json_object_set_new(kept, "bad", find_bad(r));
}

static void close_state(struct screen *s)
{
    struct revoke *r = s->state;
    forget(r);
    json_decref(r->bad);
    free(r);
}

static const struct command commands[] = {
    {TK_ENTER, " ", N_("mark"),
     N_("Takes the act of this line away, or back; or the next "
        "reason."),
     turn, NULL},
    {TK_NONE, "X", N_("revoke"), N_("Revokes the key, after a question."), ask_revoke, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(revoke_if_meant), ANSWERS_END};

const struct screen_type revoke_type = {
    .name = REVOKE_SCREEN,
    .title = N_("Revoke a key"),
    .about = N_("A thief can sign with any date: so not a day is named, but the last good act of "
                "each case. What is above it is put aside everywhere; what others refer to, in a "
                "case that is not named, still counts."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void revoke_push(struct app *app, const char *subject)
{
    struct revoke *r = xcalloc(1, sizeof *r);
    if (!trust_subject_read(subject, &r->subject))
        r->subject = (struct trust_subject){.kind = SUBJECT_ROOT};
    trust_subject_write(&r->subject, r->name);
    screen_push(app, &revoke_type, r);
}

void revoke_reopen(struct app *app, const json_t *kept)
{
    revoke_push(app, keep_text(kept, "subject"));
    struct revoke *r = app_top(app)->state;
    json_int_t reason = keep_number(kept, "reason");
    r->reason = reason > 0 && reason < (json_int_t)ARRAY_SIZE(reasons) - 1 ? (size_t)reason : 0;
    r->bad = json_incref(json_object_get(kept, "bad"));
}
