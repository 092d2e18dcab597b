/* SPDX-License-Identifier: MIT */
#include "amparo/tui/trustwords.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/values.h"

const struct trusted *trust_of(struct store *store)
{
    const struct trusted *t;
    struct error unsaid = ERROR_INIT;
    store_trust(store, &t, &unsaid);
    error_release(&unsaid);
    return t;
}

/* ---- subjects as texts ---- */

bool trust_subject_read(const char *text, struct trust_subject *out)
{
    *out = (struct trust_subject){.kind = SUBJECT_ROOT};
    if (strcmp(text, "root") == 0)
        return true;
    if (strncmp(text, "state:", 6) == 0 && strlen(text + 6) < STATE_SIZE) {
        out->kind = SUBJECT_STATE;
        memcpy(out->state, text + 6, strlen(text + 6));
        return true;
    }
    out->kind = SUBJECT_POST;
    return strncmp(text, "post:", 5) == 0 && diract_hex(text + 5, out->post, POST_ID);
}

const char *trust_subject_write(const struct trust_subject *subject, char out[SUBJECT_SIZE])
{
    static const char post[] = "post:";

    if (subject->kind == SUBJECT_ROOT) {
        strcpy(out, "root");
    } else if (subject->kind == SUBJECT_STATE) {
        snprintf(out, SUBJECT_SIZE, "state:%s", subject->state);
    } else {
        strcpy(out, post);
        sodium_bin2hex(out + sizeof post - 1, SUBJECT_SIZE - sizeof post + 1, subject->post,
                       POST_ID);
    }
    return out;
}

/* ---- all of them ---- */

static bool has_state(const struct trust_subject *list, size_t count, const char *state)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].state, state) == 0)
            return true;
    return false;
}

static void add_state(struct trust_subject *list, size_t *count, const char *state)
{
    if (has_state(list, *count, state))
        return;
    list[*count] = (struct trust_subject){.kind = SUBJECT_STATE};
    memcpy(list[(*count)++].state, state, STATE_SIZE);
}

/* The States of which anything is known, by name. */
static struct trust_subject *find_states(const struct trusted *t, size_t *count)
{
    size_t most = t->state_count + t->post_count + 1, *order = xcalloc(most, sizeof *order);
    struct trust_subject *list = xcalloc(most, sizeof *list), *sorted = xcalloc(most, sizeof *list);
    const char **names = xcalloc(most, sizeof *names);

    *count = 0;
    for (size_t i = 0; i < t->state_count; i++)
        add_state(list, count, t->states[i].state);
    for (size_t i = 0; i < t->post_count; i++)
        if (*t->posts[i].state)
            add_state(list, count, t->posts[i].state);
    for (size_t i = 0; i < *count; i++)
        names[i] = country_name(list[i].state, reader_language);
    text_order(names, *count, order);
    for (size_t i = 0; i < *count; i++)
        sorted[i] = list[order[i]];
    free(names);
    free(order);
    free(list);
    return sorted;
}

static int by_code(const void *a, const void *b)
{
    const struct trust_post *const *x = a, *const *y = b;

    if ((*x)->own != (*y)->own)
        return (*x)->own ? -1 : 1;
    int order = strcmp((*x)->code, (*y)->code);
    return order ? order : memcmp((*x)->id, (*y)->id, POST_ID);
}

/* The posts of a State ("": the Secretariat's), by their codes, our own first. */
static void add_posts(const struct trusted *t, const char *state, struct trust_subject *list,
                      size_t *count)
{
    const struct trust_post **posts = xcalloc(t->post_count + 1, sizeof *posts);
    size_t found = 0;

    for (size_t i = 0; i < t->post_count; i++)
        if (strcmp(t->posts[i].state, state) == 0)
            posts[found++] = &t->posts[i];
    if (found)
        qsort(posts, found, sizeof *posts, by_code);
    for (size_t i = 0; i < found; i++) {
        list[*count] = (struct trust_subject){.kind = SUBJECT_POST};
        memcpy(list[(*count)++].post, posts[i]->id, POST_ID);
    }
    free(posts);
}

struct trust_subject *trust_subjects(const struct trusted *t, size_t *count)
{
    size_t states;
    struct trust_subject *of_states = find_states(t, &states);
    struct trust_subject *list = xcalloc(states + t->post_count + 2, sizeof *list);
    size_t secretariat;

    *count = 0;
    list[(*count)++] = (struct trust_subject){.kind = SUBJECT_ROOT};
    secretariat = (*count)++;
    list[secretariat] = (struct trust_subject){.kind = SUBJECT_STATE};
    add_posts(t, "", list, count);
    if (*count == secretariat + 1) /* nobody there is known */
        (*count)--;
    for (size_t i = 0; i < states; i++) {
        list[(*count)++] = of_states[i];
        add_posts(t, of_states[i].state, list, count);
    }
    free(of_states);
    return list;
}

/* ---- who it is ---- */

static const struct trust_key *key_at(const struct trusted *t, size_t key)
{
    return key == TRUST_NONE ? NULL : &t->keys[key];
}

static size_t key_index(const struct trusted *t, const struct trust_subject *s)
{
    const struct trust_state *state = trust_state_of(t, s->state);
    const struct trust_post *post = trust_post_of(t, s->post);

    if (s->kind == SUBJECT_STATE)
        return *s->state && state ? state->key : TRUST_NONE;
    return s->kind == SUBJECT_POST && post ? post->key : TRUST_NONE;
}

const struct trust_key *trust_subject_key(const struct trusted *t, const struct trust_subject *s)
{
    return key_at(t, key_index(t, s));
}

void trust_subject_name(const struct trusted *t, const struct trust_subject *s, struct buf *out)
{
    if (s->kind == SUBJECT_ROOT)
        buf_adds(out, _("Root of the directory"));
    else if (s->kind == SUBJECT_POST)
        trust_name_post(t, s->post, out);
    else
        buf_adds(out,
                 *s->state ? country_name(s->state, reader_language) : _("Technical Secretariat"));
}

bool trust_subject_digits(const struct trusted *t, const struct trust_subject *s,
                          char out[FINGERPRINT_SIZE])
{
    const struct trust_key *key = trust_subject_key(t, s);

    if (s->kind == SUBJECT_ROOT)
        memcpy(out, t->pinned, FINGERPRINT_SIZE);
    else if (!key)
        return false;
    else if (key->of_state)
        fingerprint_of_state(key->state, key->key, out);
    else
        fingerprint_of_post(*key->state ? key->state : CODE_SECRETARIAT, s->post, key->key, out);
    return *out != '\0';
}

/* ---- how much, and why ---- */

const struct trust_act *trust_revoked_by(const struct trusted *t, const struct trust_subject *s)
{
    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        bool theirs = s->kind == SUBJECT_STATE
                          ? k->of_state && strcmp(k->state, s->state) == 0
                          : !k->of_state && memcmp(k->owner, s->post, POST_ID) == 0;
        if (theirs && k->current && k->revoked)
            return k->revoked;
    }
    return NULL;
}

static const struct trust_check *call_to(const struct trusted *t, const struct trust_key *key)
{
    const struct trust_check *last = NULL;

    for (size_t i = 0; i < t->check_count; i++)
        if (!t->checks[i].word && memcmp(t->checks[i].key, key->key, TRUST_KEY) == 0)
            last = &t->checks[i];
    return last;
}

static bool is_changed(const struct trusted *t, const struct trust_subject *s)
{
    size_t key = key_index(t, s);

    return key != TRUST_NONE && trust_key_changed(t, key) && !call_to(t, &t->keys[key]);
}

const char *trust_word(const struct trusted *t, const struct trust_subject *s)
{
    const struct trust_key *key = trust_subject_key(t, s);
    const struct trust_post *post = trust_post_of(t, s->post);

    if (s->kind == SUBJECT_ROOT)
        return !*t->pinned ? _("not set") : t->rooted ? _("set") : _("set, waits");
    if (s->kind == SUBJECT_STATE && !*s->state)
        return "";
    if (s->kind == SUBJECT_POST && post && post->own)
        return _("our own");
    if (!key)
        return trust_revoked_by(t, s) ? _("revoked") : _("no key");
    if (is_changed(t, s))
        return _("new key");
    return key->level == TRUST_CERTIFIED    ? _("certified")
           : key->level == TRUST_CHECKED    ? _("checked")
           : key->level == TRUST_UNVERIFIED ? _("unverified")
                                            : _("unknown");
}

static void say_day(struct buf *out, struct date day, struct instant now)
{
    char date[DATE_SIZE];

    values_say_when_short(out, date_format(day, date), now, reader_language);
}

static void add_day(struct buf *out, struct date day, struct instant now)
{
    buf_adds(out, ", ");
    say_day(out, day, now);
}

static void say_certified(const struct trusted *t, const struct trust_key *key, struct instant now,
                          struct buf *out)
{
    const struct trust_key *first = key;

    while (first->before != TRUST_NONE)
        first = &t->keys[first->before];
    if (!first->by) { /* our own alone is good without */
        buf_adds(out, _("not certified yet"));
        return;
    }
    if (key->of_state || !*key->state)
        buf_adds(out, _("by two root keys"));
    else
        buf_addf(out, _("by %s"), country_name(key->state, reader_language));
    add_day(out, instant_date(first->by->act.at), now);
}

static void say_checked(const struct trust_check *call, struct instant now, struct buf *out)
{
    struct buf day = BUF_INIT;

    say_day(&day, call->on, now);
    buf_addf(out, _("by telephone %s, %s"), buf_text(&day), call->by);
    buf_release(&day);
}

void trust_why(const struct trusted *t, const struct trust_subject *s, struct instant now,
               struct buf *out)
{
    const struct trust_key *key = trust_subject_key(t, s);
    const struct trust_act *gone = key ? NULL : trust_revoked_by(t, s);
    const struct trust_check *call = key ? call_to(t, key) : NULL;

    if (s->kind == SUBJECT_ROOT || (s->kind == SUBJECT_STATE && !*s->state))
        return;
    if (gone) {
        buf_adds(out, s->kind == SUBJECT_STATE ? _("by two root keys") : _("by its State"));
        add_day(out, instant_date(gone->act.at), now);
    } else if (!key) {
        buf_adds(out, s->kind == SUBJECT_STATE ? _("nobody vouches for its posts")
                                               : _("nothing new of it counts"));
    } else if (is_changed(t, s)) {
        buf_adds(out, _("the one before did not sign it"));
    } else if (key->level == TRUST_CERTIFIED) {
        say_certified(t, key, now, out);
    } else if (call) {
        say_checked(call, now, out);
    } else {
        buf_adds(out, _("by a card alone: telephone"));
    }
}
