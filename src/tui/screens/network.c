/* SPDX-License-Identifier: MIT */
/*
 * The directory of the network as it is here: its versions and what changed with each, what is in
 * none yet, what waits for another officer of the root, who cites another one than ours. It is
 * carried in a file where no pouch goes.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustsay.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/printout.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/trustdone.h"
#include "amparo/tui/trustscreens.h"
#include "amparo/tui/trustwords.h"
#include "amparo/tui/values.h"

enum {
    ROW_FRESH,   /* what is in no version yet */
    ROW_IDLE,    /* what does not count */
    ROW_WRITE,   /* into a file */
    ROW_TAKE,    /* from a file */
    ROW_RELEASE, /* a version */
    ROW_VERSION, /* ref: its number */
    ROW_ACT,     /* that waits for an approval; ref: its id */
    ROW_DIFFERS, /* and more: a difference */
};

enum { RELEASE_DAYS = 90, HEX_ID = 2 * ACT_ID_SIZE + 1 };

struct network {
    struct trust_own own;
    bool loaded;
    char *called; /* who at the Secretariat was called, while the number is asked; or NULL */
};

static bool load(struct screen *s, struct error *err)
{
    struct network *n = s->state;
    n->loaded = store_trust_own(s->app->store, &n->own, err);
    return n->loaded;
}

/* ---- what there is ---- */

static bool is_of_version(const struct trust_act *act)
{
    return act->act.kind != DIR_APPROVE && act->act.kind != DIR_RELEASE;
}

static size_t count_of(const struct trusted *t, uint64_t version)
{
    size_t count = 0;
    for (size_t i = 0; i < t->act_count; i++)
        count += t->acts[i].standing == TRUST_COUNTS && t->acts[i].version == version &&
                 is_of_version(&t->acts[i]);
    return count;
}

static bool waits_for_root(const struct trust_act *act)
{
    return act->standing == TRUST_WAITS && act->by[0] && !act->by[1] &&
           act->act.kind != DIR_APPROVE;
}

static size_t count_idle(const struct trusted *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->act_count; i++)
        count += t->acts[i].standing != TRUST_COUNTS && !waits_for_root(&t->acts[i]);
    return count;
}

/* "3   14 Mar   until 14 Jun   5 changes" */
static void add_version(struct screen *s, const struct trusted *t, const struct trust_version *v,
                        int width)
{
    struct buf row = BUF_INIT, text = BUF_INIT;
    char ref[24], day[DATE_SIZE];
    size_t changes = count_of(t, v->version);
    snprintf(ref, sizeof ref, "%llu", (unsigned long long)v->version);
    buf_addf(&text, _("version %llu"), (unsigned long long)v->version);
    column(&row, buf_text(&text), width >= 60 ? 14 : 11);
    buf_clear(&text);
    values_say_when_short(&text, date_format(v->until, day), app_now(s->app), reader_language);
    char *until = xasprintf(_("until %s"), buf_text(&text));
    column(&row, until, width >= 60 ? 20 : 13);
    buf_clear(&text);
    if (v->missing)
        buf_addf(&row, n_("%zu act is missing", "%zu acts are missing", v->missing), v->missing);
    else
        buf_addf(&row, n_("%zu change", "%zu changes", changes), changes);
    body_row(&s->body, ROW_VERSION, ref, "%s", buf_text(&row));
    free(until);
    buf_release(&row);
    buf_release(&text);
}

static void add_versions(struct screen *s, const struct trusted *t, int width)
{
    size_t fresh = count_of(t, 0), idle = count_idle(t);
    body_line(&s->body, BODY_HEAD, " %s", _("Versions"));
    for (size_t i = t->version_count; i-- > 0;)
        add_version(s, t, &t->versions[i], width);
    if (!t->version_count)
        body_line(&s->body, BODY_DIM, "   %s", _("none yet"));
    if (fresh)
        body_row(&s->body, ROW_FRESH, NULL,
                 n_("in no version yet: %zu change", "in no version yet: %zu changes", fresh),
                 fresh);
    if (idle)
        body_row(&s->body, ROW_IDLE, NULL,
                 n_("%zu act waits, or does not count", "%zu acts wait, or do not count", idle),
                 idle);
}

/* Signed by one of the root: another one of it says the same, or nothing comes of it. */
static void add_approvals(struct screen *s, const struct trusted *t, int width)
{
    size_t count = 0;
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *act = &t->acts[i];
        struct buf says = BUF_INIT;
        char id[HEX_ID];
        if (!waits_for_root(act))
            continue;
        if (!count++) {
            body_line(&s->body, BODY_PLAIN, "%s", "");
            body_line(&s->body, BODY_HEAD, " %s", _("Waits for another officer of the root"));
        }
        trust_say(t, act, &says);
        sodium_bin2hex(id, sizeof id, act->act.id, ACT_ID_SIZE);
        body_row_wrap(&s->body, ROW_ACT, id, width, buf_text(&says));
        buf_release(&says);
    }
}

/* A line for each difference, in their order. */
static void add_differences(struct screen *s, const struct trusted *t, int width)
{
    struct buf reasons = BUF_INIT;
    size_t i = 0;
    if (!trust_blocks_notes(t, &reasons)) {
        buf_release(&reasons);
        return;
    }
    body_wrap(&s->body, BODY_DOUBT, width, 0,
              _("Notes wait: the directory is not the same for all. Take the newer one, or ask the "
                "Secretariat by telephone; what is none of the network's is settled here."));
    for (const char *line = buf_text(&reasons); *line; line += strcspn(line, "\n") + 1) {
        char *one = xstrndup(line, strcspn(line, "\n"));
        body_row_wrap(&s->body, ROW_DIFFERS + (long)i++, NULL, width, one);
        free(one);
    }
    body_line(&s->body, BODY_PLAIN, "%s", "");
    buf_release(&reasons);
}

static void add_warnings(struct screen *s, const struct trusted *t, int width)
{
    struct date today = instant_date(app_now(s->app));
    const struct trust_version *v = trust_version_now(t);
    if (!v)
        return;
    if (trust_is_expired(t, today))
        body_wrap(&s->body, BODY_DOUBT, width, 0,
                  _("It has expired: ask for a newer one. Identity goes to nobody before a "
                    "telephone check and the head of post's word."));
    else if (date_days_between(today, v->until) <= DIRECTORY_AGE_DAYS)
        body_wrap(&s->body, BODY_DOUBT, width, 0, _("It expires soon: ask for a newer one."));
}

static const char *why_no_release(const struct screen *s, const struct trusted *t)
{
    const struct network *n = s->state;
    if (!post_is_secretariat(store_post(s->app->store)))
        return "";
    if (!n->own.of_root)
        return _("only an officer who is of the root does this");
    return count_of(t, 0) ? NULL : _("nothing has changed since the last one");
}

static void add_offers(struct screen *s, const struct trusted *t, int width)
{
    const char *why = why_no_release(s, t);
    bool clerk = store_officer(s->app->store)->role == ROLE_CLERK;
    body_line(&s->body, BODY_PLAIN, "%s", "");
    if (t->act_count)
        body_row_wrap(&s->body, ROW_WRITE, NULL, width, _("Write the whole directory into a file"));
    if (!clerk)
        body_row_wrap(&s->body, ROW_TAKE, NULL, width, _("Take a directory from a file"));
    if (!why)
        body_row_wrap(&s->body, ROW_RELEASE, NULL, width,
                      _("Release a version of what is in none yet"));
    if (clerk)
        trust_refused(&s->body, width, _("Take a directory from a file"), _("a clerk reads only"));
    if (why && *why)
        trust_refused(&s->body, width, _("Release a version of what is in none yet"), why);
}

static void build(struct screen *s, int width)
{
    const struct network *n = s->state;
    const struct trusted *t = trust_of(s->app->store);
    if (!n->loaded || !t)
        return;
    add_warnings(s, t, width);
    add_differences(s, t, width);
    add_versions(s, t, width);
    add_approvals(s, t, width);
    add_offers(s, t, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct trusted *t = trust_of(s->app->store);
    const struct trust_version *v = t ? trust_version_now(t) : NULL;
    buf_adds(where, _(s->type->title));
    if (!v)
        return;
    long days = date_days_between(instant_date(v->act->act.at), instant_date(app_now(s->app)));
    buf_addf(right, _("version %llu"), (unsigned long long)v->version);
    buf_addf(right, n_(", %ld day old", ", %ld days old", (unsigned long)days), days);
}

/* ---- reading it ---- */

static void show_changes(struct screen *s, uint64_t from, uint64_t to)
{
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    if (!store_directory_diff(s->app->store, from, to, &text, &err))
        app_say_error(s->app, &err);
    else if (text.size)
        trust_read(s, N_("What changed in the directory"), buf_text(&text));
    else
        app_say(s->app, "%s", _("Nothing changed."));
    buf_release(&text);
    error_release(&err);
}

/* The version before the one of that number; 0: none. */
static uint64_t before_of(const struct trusted *t, uint64_t version)
{
    uint64_t before = 0;
    for (size_t i = 0; i < t->version_count && t->versions[i].version < version; i++)
        before = t->versions[i].version;
    return before;
}

static void show_idle(struct screen *s, const struct trusted *t)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *act = &t->acts[i];
        if (act->standing == TRUST_COUNTS || waits_for_root(act))
            continue;
        trust_say(t, act, &text);
        buf_addf(&text, " (%s: %s)\n",
                 act->standing == TRUST_WAITS ? _("waits") : _("does not count"),
                 act->why ? _(act->why) : "");
    }
    trust_read(s, N_("What does not count in the directory"), buf_text(&text));
    buf_release(&text);
}

/* ---- carrying it ---- */

static void write_file(struct screen *below, const char *path)
{
    struct buf bytes = BUF_INIT;
    struct error err = ERROR_INIT;
    size_t count;
    if (!store_directory_snapshot(below->app->store, &bytes, &count, &err) ||
        !printout_write(below, path, &bytes, &err))
        app_say_error(below->app, &err);
    buf_release(&bytes);
    error_release(&err);
}

static void ask_write(struct screen *s, const struct trusted *t)
{
    const struct trust_version *v = trust_version_now(t);
    char *name = xasprintf(v ? "directory-%llu.adr" : "directory.adr",
                           v ? (unsigned long long)v->version : 0ULL);
    ask_push(s->app, _("Into a file"),
             _("Into which new file? On a USB stick it is mostly below /media. Anybody may read "
               "it; nobody can change it unnoticed."),
             name, write_file);
    free(name);
}

static void say_taken(struct buf *out, const struct directory_taken *taken)
{
    buf_addf(out, n_("%zu act is new", "%zu acts are new", taken->added), taken->added);
    if (taken->waiting)
        buf_addf(out,
                 n_("; %zu waits or does not count", "; %zu wait or do not count", taken->waiting),
                 taken->waiting);
    if (taken->strange)
        buf_addf(
            out,
            n_("; %zu was changed on the way", "; %zu were changed on the way", taken->strange),
            taken->strange);
    if (taken->changed)
        buf_addf(out,
                 n_("; %zu list or focal point is another one now",
                    "; %zu lists or focal points are others now", taken->changed),
                 taken->changed);
    buf_addc(out, '.');
}

static void take_file(struct screen *below, const char *path)
{
    struct directory_acts acts = {NULL, 0};
    struct directory_taken taken;
    struct buf bytes = BUF_INIT, said = BUF_INIT;
    struct error err = ERROR_INIT;
    bool ok = path_read(path, DIRECTORY_FILE_SIZE, &bytes, &err) &&
              directory_file_read(bytes.data, bytes.size, &acts, &err) &&
              store_directory_take(below->app->store, acts.list, acts.count, &taken, &err);
    if (ok)
        say_taken(&said, &taken);
    trust_done(below, ok, buf_text(&said), &err);
    directory_acts_release(&acts);
    buf_release(&bytes);
    buf_release(&said);
}

/* ---- by the root ---- */

static void release(struct screen *below, const char *typed)
{
    struct date today = instant_date(app_now(below->app));
    struct date_entry entry;
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    uint64_t version;
    bool ok = date_entry_parse(typed, false, today, &entry, &err);
    struct date until = {0, 0, 0};
    if (ok)
        until = (struct date){entry.date.year, entry.date.month, entry.date.day};
    if (ok && date_compare(until, today) < 0)
        ok = error_set(&err, ERROR_INPUT, "%s", _("that day is over already"));
    ok = ok && trust_make_release(below->app->store, until, id, &version, &err);
    trust_done(below, ok, _("Released; another officer of the root has to approve it."), &err);
}

static void ask_release(struct screen *s)
{
    char day[DATE_SIZE];
    ask_push(s->app, _("A version of the directory"),
             _("Until which day is it valid? Afterwards everybody is told to ask for a newer one."),
             date_format(date_add_days(instant_date(app_now(s->app)), RELEASE_DAYS), day), release);
}

static const struct trust_act *act_in_focus(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct trusted *t = trust_of(s->app->store);
    uint8_t id[ACT_ID_SIZE];
    return t && row && row->tag == ROW_ACT && diract_hex(row->ref, id, sizeof id)
               ? trust_act_of(t, id)
               : NULL;
}

/* The digits of the key that it vouches for; nothing of an act that names none. */
static void add_digits(const struct trust_act *act, struct buf *out)
{
    const json_t *said = act->act.payload;
    char digits[FINGERPRINT_SIZE];
    uint8_t key[TRUST_KEY], post[POST_ID];
    if ((act->act.kind != DIR_STATE && act->act.kind != DIR_POST) ||
        !diract_bytes(said, "key", key, sizeof key) ||
        !diract_bytes(said, "post", post, sizeof post))
        return;
    if (act->act.kind == DIR_STATE)
        fingerprint_of_state(keep_text(said, "state"), key, digits);
    else
        fingerprint_of_post(CODE_SECRETARIAT, post, key, digits);
    buf_addf(out, ": %s", digits);
}

static void approve_if_meant(struct screen *below, const char *word)
{
    const struct trust_act *act = act_in_focus(below);
    struct error err = ERROR_INIT;
    uint8_t id[ACT_ID_SIZE];
    if (!act || strcmp(word, _("APPROVE")) != 0)
        return;
    memcpy(id, act->act.id, sizeof id);
    trust_done(below, trust_approve(below->app->store, id, &err), _("Approved: it counts now."),
               &err);
}

static void ask_approve(struct screen *s)
{
    const struct network *n = s->state;
    const struct trust_act *act = act_in_focus(s);
    struct buf about = BUF_INIT;
    if (!act)
        return;
    if (!n->own.of_root) {
        app_say(s->app, "%s", _("only an officer who is of the root does this"));
        return;
    }
    trust_say(trust_of(s->app->store), act, &about);
    add_digits(act, &about);
    buf_addf(&about,
             _(". Ask who signed it why, and compare the digits with a card of your own. Type %s "
               "and Enter to say the same."),
             _("APPROVE"));
    ask_push(s->app, _("Approve"), buf_text(&about), "", approve_if_meant);
    buf_release(&about);
}

/* ---- what differs ---- */

static const struct trust_difference *difference_in_focus(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct trusted *t = trust_of(s->app->store);
    size_t i = row ? (size_t)(row->tag - ROW_DIFFERS) : 0;
    return t && row && row->tag >= ROW_DIFFERS && i < t->difference_count ? &t->differences[i]
                                                                          : NULL;
}

static void settle(struct screen *below, const char *number)
{
    struct network *n = below->state;
    const struct trust_difference *d = difference_in_focus(below);
    struct error err = ERROR_INIT;
    uint8_t hash[DIRECTORY_HASH];
    if (!d || !n->called)
        return;
    memcpy(hash, d->hash, sizeof hash);
    trust_done(below,
               trust_note_settled(below->app->store, d->version, hash, n->called, number, &err),
               _("Settled: that directory is none of the network's."), &err);
}

static void ask_number(struct screen *below, const char *called)
{
    struct network *n = below->state;
    free(n->called);
    n->called = xstrdup(called);
    ask_push(below->app, _("None of the network's"), _("At which number, which you had before?"),
             "", settle);
}

static void ask_settle(struct screen *s)
{
    const struct trust_difference *d = difference_in_focus(s);
    if (!d)
        return;
    if (d->kind == DIFFERENCE_PARTS)
        app_say(s->app, "%s", _("Take the rest of it: from a file, or with the next pouch."));
    else if (store_officer(s->app->store)->role != ROLE_HEAD)
        app_say(s->app, "%s", _("only a head of post settles it, by a call to the Secretariat"));
    else
        ask_push(s->app, _("None of the network's"),
                 _("Only where the Secretariat says by telephone that this version, with this "
                   "hash, is none of theirs: notes go again then. Who said so, by name?"),
                 "", ask_number);
}

/* ---- */

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void do_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct trusted *t = trust_of(s->app->store);
    if (!t)
        return;
    uint64_t version = row->tag == ROW_VERSION ? strtoull(row->ref, NULL, 10) : 0;
    const struct trust_version *newest = trust_version_newest(t);
    switch (row->tag) {
    case ROW_VERSION:
        show_changes(s, before_of(t, version), version);
        break;
    case ROW_FRESH:
        show_changes(s, newest ? newest->version : 0, 0);
        break;
    case ROW_IDLE:
        show_idle(s, t);
        break;
    case ROW_WRITE:
        ask_write(s, t);
        break;
    case ROW_TAKE:
        ask_push(s->app, _("From a file"), _("From which file? ~/ is your own folder."), "",
                 take_file);
        break;
    case ROW_RELEASE:
        ask_release(s);
        break;
    case ROW_ACT:
        ask_approve(s);
        break;
    default:
        ask_settle(s);
    }
}

static void keep(struct screen *s, json_t *kept)
{
    const struct network *n = s->state;
    if (n->called)
        json_object_set_new(kept, "called", json_string(n->called));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct network *n = s->state;
    if (*keep_text(kept, "called"))
        n->called = xstrdup(keep_text(kept, "called"));
}

static void close_state(struct screen *s)
{
    struct network *n = s->state;
    free(n->called);
    free(n);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("do it"),
     N_("Shows what changed with a version; else does what the line says."), do_row, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {
    ANSWER(write_file), ANSWER(take_file),  ANSWER(release), ANSWER(approve_if_meant),
    ANSWER(settle),     ANSWER(ask_number), ANSWERS_END};

const struct screen_type network_type = {
    .name = "network",
    .title = N_("Directory of the network"),
    .about = N_("Who may speak for which State and post, with which keys; who takes part, focal "
                "points, lists of offices: acts that their authors signed, in versions that two "
                "officers of the root release. It comes with pouches, or from a file."),
    .commands = commands,
    .deeds = true,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void network_push(struct app *app)
{
    screen_push(app, &network_type, xcalloc(1, sizeof(struct network)));
}
