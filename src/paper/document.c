/* SPDX-License-Identifier: MIT */
#include "amparo/paper/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/paper/blankform.h"
#include "amparo/paper/copy.h"
#include "amparo/paper/receipt.h"
#include "amparo/paper/register.h"
#include "amparo/paper/summary.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/costs.h"
#include "amparo/store/record.h"
#include "amparo/store/refundterms.h"
#include "amparo/store/witness.h"
#include "amparo/store/worklist.h"

const char *const document_names[] = {
    "summary", "note", "poll", "costs", "short", "receipt", "receipt-in-full", NULL};

/* What of the case it is about, where it is not all of it. */
struct subject {
    const struct entry *note;
    long person;
};

static bool is_receipt(const struct document_order *order)
{
    return order->kind == DOCUMENT_RECEIPT || order->kind == DOCUMENT_RECEIPT_FULL;
}

static bool find_note(const struct case_file *c, const struct document_order *order,
                      const struct entry **note, struct error *err)
{
    *note = NULL;
    if (order->kind != DOCUMENT_NOTE || order->draft)
        return true;
    *note = order->note ? case_entry(c, order->note) : paper_find_note(c, order->number, err);
    if (order->note && (!*note || (*note)->act->kind != ACT_NOTE))
        return error_set(err, ERROR_INPUT, _("%s is no note of this case"), order->note);
    return *note != NULL;
}

/* Who is to read must be of the case. */
static bool check_audience(const struct case_file *c, const struct document_order *order,
                           struct error *err)
{
    const struct audience *audience = order->audience;

    return !audience || audience->kind != AUDIENCE_PERSON ||
           paper_receipt_person(c, audience->name, err);
}

static bool find_subject(const struct case_file *c, const struct document_order *order,
                         struct subject *subject, struct error *err)
{
    *subject = (struct subject){.person = 0};
    if (!find_note(c, order, &subject->note, err) || !check_audience(c, order, err))
        return false;
    if (!is_receipt(order))
        return true;
    subject->person = paper_receipt_person(c, order->number, err);
    return subject->person && (order->kind != DOCUMENT_RECEIPT_FULL ||
                               paper_receipt_may_be_full(c, subject->person, err));
}

static const char *language_of(const struct case_file *c, const struct document_order *order,
                               const struct subject *subject)
{
    const char *own = NULL;

    if (order->language)
        return order->language;
    if (order->draft)
        own = json_string_value(json_object_get(order->draft, "language"));
    else if (subject->note)
        own = entry_text(subject->note, "language");
    else if (subject->person)
        own = paper_receipt_language(c, subject->person);
    return own && *own ? own : locale_language();
}

static bool make(const struct paper_source *source, const struct document_order *order,
                 const struct subject *subject, struct paper *paper, struct error *err)
{
    static const struct audience ourselves = {AUDIENCE_POST, NULL, NULL};
    const struct audience *audience = order->audience ? order->audience : &ourselves;

    switch (order->kind) {
    case DOCUMENT_NOTE:
        return paper_note(source, subject->note, order->draft, order->audience, paper, err);
    case DOCUMENT_POLL:
        return paper_poll_sheet(source, audience, paper, err);
    case DOCUMENT_COSTS:
        paper_costs(source, audience, paper);
        return true;
    case DOCUMENT_SHORT:
        paper_short_summary(source, audience, paper);
        return true;
    case DOCUMENT_RECEIPT:
    case DOCUMENT_RECEIPT_FULL:
        return paper_receipt(source, subject->person, order->kind == DOCUMENT_RECEIPT_FULL, paper,
                             err);
    default:
        paper_summary(source, audience, paper);
        return true;
    }
}

/* At the foot of every page: who keeps a print can tell an older copy of the file by it. */
static void put_witness(const struct paper_language *language, const struct witness *witness,
                        struct paper *paper)
{
    char code[WITNESS_SIZE];

    paper_word(language, "layout", "witness", &paper->witness);
    buf_addf(&paper->witness, " %s", witness_print(witness, code));
}

bool document_in(struct store *store, const char *code, document_fn *write, void *ctx,
                 struct paper *out, struct error *err)
{
    char at[INSTANT_SIZE];
    struct paper_language language;
    struct witness witness;
    struct body_names bodies;
    struct letterhead letterhead;

    if (!code)
        code = locale_language();
    if (!paper_language_init(&language, code, store_post(store)->state, paper_translator(code)))
        return error_set(err, ERROR_INPUT, _("--lang %s: the languages are en, es and fr"), code);
    if (!store_witness(store, &witness, err) || !store_bodies(store, &bodies, err))
        return false;
    bool ok = store_letterhead(store, &letterhead, err);
    language.bodies = &bodies;
    language.letterhead = &letterhead;
    locale_other(code);
    ok = ok && write(ctx, &language, out, err);
    put_witness(&language, &witness, out);
    buf_adds(&out->language, code);
    buf_adds(&out->at, store_now(store, at));
    locale_own();
    letterhead_release(&letterhead);
    body_names_release(&bodies);
    return ok;
}

/* ---- a document of a case ---- */

/* Either side of it is Canada. */
static bool is_with_canada(const struct paper_source *source, const struct document_order *order,
                           const struct entry *note)
{
    const json_t *payload = note ? note->payload : order->draft;
    const json_t *other = json_object_get(payload, "to");
    const char *state = payload_text(other ? other : json_object_get(payload, "from"), "state");

    return strcmp(source->post->state, "CA") == 0 || strcmp(state, "CA") == 0;
}

struct making {
    struct paper_source source;
    const struct document_order *order;
    struct subject subject;
};

static bool make_case_document(void *ctx, const struct paper_language *language,
                               struct paper *paper, struct error *err)
{
    struct making *m = ctx;

    m->source.language = language;
    if (m->order->as_draft)
        paper_word(language, "layout", "draft_copy", &paper->draft);
    return make(&m->source, m->order, &m->subject, paper, err);
}

/* Who is to have it, as the access log says it: a State, or a kind of recipient; no name. */
static const char *recipient_of(const struct document_order *order, const struct subject *subject)
{
    static const char *const kinds[] = {
        [AUDIENCE_POST] = "",
        [AUDIENCE_CAPITAL] = "capital",
        [AUDIENCE_STATE] = "",
        [AUDIENCE_FOCAL] = "focal",
        [AUDIENCE_SECRETARIAT] = "secretariat",
        [AUDIENCE_IOM] = "iom",
        [AUDIENCE_AUTHORITY] = "authority",
        [AUDIENCE_NETWORK] = "network",
        [AUDIENCE_FAMILY] = "family",
        [AUDIENCE_ORGANISATION] = "organisation",
        [AUDIENCE_PERSON] = "person",
    };
    const char *state = order->audience ? order->audience->state : NULL;

    if (is_receipt(order))
        return kinds[AUDIENCE_PERSON];
    if (!order->audience && subject->note)
        state = json_string_value(
            json_object_get(json_object_get(subject->note->payload, "to"), "state"));
    return state ? state : order->audience ? kinds[order->audience->kind] : "";
}

/* "note 3/2026", "receipt 2". */
static void add_what(const struct document_order *order, const struct subject *subject,
                     struct buf *out)
{
    buf_adds(out, document_names[is_receipt(order) ? DOCUMENT_RECEIPT : order->kind]);
    if (subject->note)
        buf_addf(out, " %s", note_number_text(subject->note));
    if (subject->person)
        buf_addf(out, " %ld", subject->person);
    if (order->kind == DOCUMENT_RECEIPT_FULL)
        buf_adds(out, " in full");
    if (order->draft || order->as_draft)
        buf_adds(out, " draft");
}

static bool make_copy(struct store *store, const struct case_file *c,
                      const struct document_order *order, const struct subject *subject,
                      struct paper *paper, struct error *err)
{
    const struct entry *note = subject->note;
    struct buf what = BUF_INIT;

    add_what(order, subject, &what);
    const struct access access = {.kind = ACCESS_PRINT,
                                  .reference = c->reference,
                                  .what = buf_text(&what),
                                  .recipient = recipient_of(order, subject),
                                  .as_of = order->as_of,
                                  .copies = order->copies};
    bool ok = paper_copy(store, &access, note ? note->act->id : NULL,
                         order->draft || order->as_draft, paper, order->entered, err);
    buf_release(&what);
    return ok;
}

/* What the officer should know of it, in the reader's language. */
static bool remark(struct store *store, const struct making *m, const char *code,
                   struct buf *remarks, struct error *err)
{
    struct letterhead letterhead;
    bool ok = true;

    if (m->order->kind == DOCUMENT_NOTE && strcmp(code, "fr") == 0 &&
        !is_with_canada(&m->source, m->order, m->subject.note))
        buf_addf(remarks, "%s\n",
                 _("in French: customary only where Canada writes or is addressed"));
    if (is_receipt(m->order)) {
        ok = store_letterhead(store, &letterhead, err);
        if (ok)
            paper_receipt_remarks(m->source.c, m->subject.person, code, &letterhead, remarks);
        letterhead_release(&letterhead);
    }
    return ok;
}

/* What is due now, and for this post: of the short summary. */
static bool read_work(struct store *store, const struct case_file *c,
                      const struct document_order *order, struct worklist *work, struct error *err)
{
    const struct task_filter filter = {.reference = c->reference};
    bool ours = !order->audience || order->audience->kind == AUDIENCE_POST;

    *work = (struct worklist){NULL, 0};
    return order->kind != DOCUMENT_SHORT || order->as_of || !ours ||
           store_worklist(store, &filter, work, err);
}

static bool make_case(struct store *store, const struct case_file *c,
                      const struct document_order *order, struct paper *out, struct error *err)
{
    struct subject subject;
    struct worklist work;
    char now[INSTANT_SIZE], printed[INSTANT_SIZE];

    if (!find_subject(c, order, &subject, err))
        return false;
    json_t *directory = store_case_directory(store, c, order->as_of, err);
    if (!directory)
        return false;
    struct refund_terms terms;
    struct file_costs budgets;
    if (!refund_terms_read(store, &terms, err)) {
        json_decref(directory);
        return false;
    }
    if (!store_budgets(store, &budgets, err)) {
        refund_terms_release(&terms);
        json_decref(directory);
        return false;
    }
    struct making making = {.source = {.c = c,
                                       .post = store_post(store),
                                       .directory = directory,
                                       .now = store_now(store, now),
                                       .as_of = order->as_of,
                                       .printed = store_now(store, printed),
                                       .officer = store_officer(store)->name,
                                       .terms = &terms.terms,
                                       .budgets = &budgets},
                            .order = order,
                            .subject = subject};
    if (order->as_of)
        memcpy(now, order->as_of, DATE_SIZE - 1); /* the same time of day, on that date */
    const char *code = language_of(c, order, &subject);
    bool ok = read_work(store, c, order, &work, err);
    if (ok && work.count)
        making.source.work = &work;
    ok = ok && document_in(store, code, make_case_document, &making, out, err) &&
         (!order->copies || make_copy(store, c, order, &subject, out, err)) &&
         (!order->remarks || remark(store, &making, code, order->remarks, err));
    worklist_release(&work);
    file_costs_release(&budgets);
    refund_terms_release(&terms);
    json_decref(directory);
    return ok;
}

static bool make_of(struct store *store, const char *reference, const struct document_order *order,
                    struct paper *out, struct error *err)
{
    struct case_file c;

    if (order->as_of ? !store_case_as_of(store, reference, order->as_of, &c, err)
                     : !store_case(store, reference, &c, err))
        return false;
    bool ok = make_case(store, &c, order, out, err);
    case_release(&c);
    return ok;
}

bool document_make(struct store *store, const char *reference, const struct document_order *order,
                   struct paper *out, struct error *err)
{
    if (!order->copies)
        return make_of(store, reference, order, out, err);
    /* No copy that the log does not have, and none in the log that was not made. */
    bool ok = store_batch_begin(store, err) &&
              store_batch_end(store, make_of(store, reference, order, out, err), err);
    return access_kept(ok, order->entered);
}

/* ---- the register of notes ---- */

struct registering {
    const struct post_profile *post;
    const struct register_rows *rows;
    long year;
    const char *now;
};

static bool make_register(void *ctx, const struct paper_language *language, struct paper *paper,
                          struct error *err)
{
    const struct registering *r = ctx;

    (void)err;
    paper_register(language, r->post, r->rows, r->year, r->now, paper);
    return true;
}

static bool make_register_of(struct store *store, const struct register_filter *filter,
                             const char *language, long copies, struct access_copy *entered,
                             struct paper *out, struct error *err)
{
    char now[INSTANT_SIZE], what[32] = "register";
    const struct access access = {
        .kind = ACCESS_PRINT, .reference = "", .what = what, .copies = copies};
    struct register_rows rows;

    if (!store_register(store, filter, &rows, err))
        return false;
    if (filter->year)
        snprintf(what, sizeof what, "register %ld", filter->year);
    struct registering registering = {store_post(store), &rows, filter->year,
                                      store_now(store, now)};
    bool ok = document_in(store, language, make_register, &registering, out, err) &&
              (!copies || paper_copy(store, &access, NULL, false, out, entered, err));
    register_rows_release(&rows);
    return ok;
}

bool document_register(struct store *store, const struct register_filter *filter,
                       const char *language, long copies, struct access_copy *entered,
                       struct paper *out, struct error *err)
{
    if (!copies)
        return make_register_of(store, filter, language, 0, NULL, out, err);
    bool ok = store_batch_begin(store, err) &&
              store_batch_end(
                  store, make_register_of(store, filter, language, copies, entered, out, err), err);
    return access_kept(ok, entered);
}

/* ---- forms to be filled in by hand ---- */

struct blank {
    const struct post_profile *post;
    enum act_kind kind;
};

static bool make_blank(void *ctx, const struct paper_language *language, struct paper *paper,
                       struct error *err)
{
    const struct blank *b = ctx;

    (void)err;
    paper_blank_form(language, b->post, b->kind, paper);
    return true;
}

bool document_blank(struct store *store, enum act_kind kind, const char *language, long copies,
                    struct access_copy *entered, struct paper *out, struct error *err)
{
    char *what = kind ? xasprintf("blank %s", act_type(kind)->name) : xstrdup("blank");
    const struct access access = {
        .kind = ACCESS_PRINT, .reference = "", .what = what, .copies = copies};
    struct blank blank = {store_post(store), kind};
    bool ok = document_in(store, language, make_blank, &blank, out, err) &&
              (!copies || access_enter(store, &access, entered, err));

    free(what);
    return ok;
}
