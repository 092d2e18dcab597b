/* SPDX-License-Identifier: MIT */
#include "amparo/tui/choices.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/event.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/codewords.h"
#include "amparo/tui/describe.h"

static void add_found(struct choices *out, const char *value, const char *label, const char *also)
{
    if (out->count == out->room) {
        out->room = out->room ? 2 * out->room : 16;
        out->list = xreallocarray(out->list, out->room, sizeof *out->list);
    }
    out->list[out->count++] = (struct choice){xstrdup(value), xstrdup(label), also};
}

static void add(struct choices *out, const char *value, const char *label)
{
    add_found(out, value, label, NULL);
}

static void add_state(struct choices *out, const char *code)
{
    add_found(out, code, country_name(code, reader_language), codewords_country(code));
}

void choices_release(struct choices *choices)
{
    for (size_t i = 0; i < choices->count; i++) {
        free(choices->list[i].value);
        free(choices->list[i].label);
    }
    free(choices->list);
    *choices = (struct choices){0};
}

/* Put in order once a language. */
const char *const *choices_states(void)
{
    static const char **lists[LOCALE_COUNT];
    const char ***list = &lists[locale_index()];
    if (*list)
        return *list;
    size_t count;
    const struct country *all = country_all(&count);
    const char **names = xcalloc(count + 1, sizeof *names);
    size_t *order = xcalloc(count + 1, sizeof *order);
    *list = xcalloc(count + 1, sizeof **list);
    for (size_t i = 0; i < count; i++)
        names[i] = country_name(all[i].code, reader_language);
    text_order(names, count, order);
    for (size_t i = 0; i < count; i++)
        (*list)[i] = all[order[i]].code;
    free(order);
    free(names);
    return *list;
}

/* Member States first, in their order; then the world by name. */
static void add_states(struct choices *out)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        add_state(out, member_states[i]);
    for (const char *const *code = choices_states(); *code; code++)
        if (!country_is_member(*code))
            add_state(out, *code);
}

static void add_persons(struct choices *out, const struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++) {
        if (case_erased(&w->c, w->persons[i]))
            continue;
        struct buf value = BUF_INIT, label = BUF_INIT;
        buf_addf(&value, "%ld", w->persons[i]);
        describe_person(&label, &w->c, w->persons[i], reader_language);
        add(out, buf_text(&value), buf_text(&label));
        buf_release(&value);
        buf_release(&label);
    }
}

/* Which acts another act may name under that key. */
static bool may_name(const struct case_file *c, enum act_kind kind, const char *key,
                     const struct entry *entry)
{
    static const struct {
        const char *key;
        enum act_kind names;
    } by_key[] = {{"authorisation", ACT_AUTHORISE},
                  {"consent", ACT_CONSENT},
                  {"cost", ACT_COST},
                  {"amends", ACT_ACCEPT},
                  {"answer", ACT_NOTE}};
    for (size_t i = 0; i < ARRAY_SIZE(by_key); i++)
        if (strcmp(by_key[i].key, key) == 0)
            return entry->act->kind == by_key[i].names;

    const char *note_kind = entry_text(entry, "kind");
    bool is_note = entry->act->kind == ACT_NOTE && !entry->annulled;
    switch (kind) {
    case ACT_ANNUL:
    case ACT_DELIVERY:
    case ACT_NOTE:
        return is_note;
    case ACT_ACCEPT:
    case ACT_DECLINE:
    case ACT_WITHDRAW:
        return is_note && strcmp(note_kind, "REQ") == 0;
    case ACT_COUNTERSIGN:
        return entry->act->kind == ACT_CONTACT || json_object_get(entry->payload, "override");
    case ACT_REFUND:
        return strcmp(key, "note") == 0
                   ? is_note
                   : entry->act->kind == ACT_COST &&
                         strcmp(entry_text(entry, "source"), "assisting_advance") == 0;
    case ACT_ERASE:
    case ACT_ERASE_REFUSE:
        return entry->act->kind == ACT_ERASE_REQUEST && case_awaits_erasing(c, entry);
    default:
        return entry->act->kind != ACT_CORRECT;
    }
}

/* The latest first. */
static void add_acts(struct choices *out, const struct casework *w, enum act_kind kind,
                     const char *key)
{
    for (size_t i = w->has_case ? w->c.count : 0; i-- > 0;) {
        const struct entry *entry = &w->c.entries[i];
        if (!may_name(&w->c, kind, key, entry))
            continue;
        char id[2 * ACT_ID_SIZE + 1];
        struct buf label = BUF_INIT;
        act_id_hex(entry->act->id, id);
        describe_entry(&label, &w->c, entry, reader_language);
        add(out, id, buf_text(&label));
        buf_release(&label);
    }
}

/* Cases know their event by its name: so it is chosen, where there are any. */
static void add_events(struct choices *out, const struct casework *w)
{
    struct events events;
    struct error unsaid = ERROR_INIT;

    if (store_events(w->store, &events, &unsaid)) {
        for (size_t i = 0; i < events.count; i++)
            add(out, events.list[i].name, events.list[i].name);
        events_release(&events);
    }
    error_release(&unsaid);
}

/* The other posts of this State, by their codes where one has it alone: a case goes to no other. */
static void add_posts(struct choices *out, const struct casework *w)
{
    const struct trusted *t;
    struct error unsaid = ERROR_INIT;

    out->words = true;
    for (size_t i = 0; store_trust(w->store, &t, &unsaid) && i < t->post_count; i++) {
        const struct trust_post *post = &t->posts[i];
        struct buf label = BUF_INIT;
        char id[2 * POST_ID + 1];
        if (post->own || strcmp(post->state, store_post(w->store)->state) != 0)
            continue;
        sodium_bin2hex(id, sizeof id, post->id, POST_ID);
        buf_addf(&label, "%s, ", post->code);
        trust_say_office(post->name, post->city, &label);
        add(out, trust_post_named(t, post->code) == post ? post->code : id, buf_text(&label));
        buf_release(&label);
    }
    error_release(&unsaid);
}

void choices_make(struct choices *out, const struct casework *w, enum act_kind kind,
                  const struct field *field)
{
    *out = (struct choices){0};
    switch (field->type) {
    case FIELD_BOOL:
        add_found(out, "yes", _("yes"), "yes sí oui");
        add_found(out, "no", _("no"), "no non");
        break;
    case FIELD_CODES:
        out->several = true;
        /* fall through */
    case FIELD_CODE:
        for (const struct code *code = field->codes; code && code->code; code++)
            add_found(out, code->code, _(code->label), codewords_label(code->label));
        break;
    case FIELD_STATES:
        out->several = true;
        /* fall through */
    case FIELD_STATE:
        add_states(out);
        break;
    case FIELD_PERSONS:
        out->several = true;
        add_persons(out, w);
        break;
    case FIELD_PERSON:
        if (kind != ACT_PERSON) /* the act that brings a person in gives a number */
            add_persons(out, w);
        break;
    case FIELD_ACT:
        add_acts(out, w, kind, field->key);
        break;
    case FIELD_TEXT:
        if (kind == ACT_OPEN && strcmp(field->key, "event") == 0)
            add_events(out, w);
        else if (kind == ACT_HAND_OVER && strcmp(field->key, "to") == 0)
            add_posts(out, w);
        break;
    default:
        break;
    }
}
