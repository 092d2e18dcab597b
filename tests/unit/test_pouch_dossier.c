/* SPDX-License-Identifier: MIT */
/* The file of a dossier: what was put in comes out, and nothing else does. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/mem.h"
#include "dossier_kit.h"

#define POLL                                                                                       \
    "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-13', 'needs': ['medical'],"             \
    " 'languages': ['es'], 'area': 'Casablanca'}"
#define REPLY                                                                                      \
    "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true,"                \
    " 'services': ['medical'], 'by': 'the duty officer'}"
#define NOTE                                                                                       \
    "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy', 'city':"       \
    " 'Rabat'}, 'date': '2026-03-10', 'at': '2026-03-10T10:00:00+00:00', 'scope': 'a visit',"      \
    " 'text': 'the note as it was written'}"

enum { PEOPLE = 3 };

struct some {
    struct kit_author author[PEOPLE];
    struct dossier d;
    struct buf file;
};

/* The first post opened the case and asks; the second one answers. */
static void begin(struct some *s)
{
    *s = (struct some){.file = BUF_INIT};
    for (unsigned i = 0; i < PEOPLE; i++)
        kit_author(&s->author[i], i + 1);
    kit_dossier(&s->d, &s->author[0], NULL);
    kit_say(&s->d, &s->author[0], "poll", "CR,HN,MX,ts", POLL);
    kit_say(&s->d, &s->author[1], "reply", "HN,MX,ts", REPLY);
    kit_say(&s->d, &s->author[0], "note", "HN,MX,ts", NOTE);
    kit_put(&s->file, &s->d, &s->author[0]);
}

static void end(struct some *s)
{
    kit_dossier_end(&s->d);
    buf_release(&s->file);
}

static void assert_refused(const struct buf *file, const char *why)
{
    struct dossier got = DOSSIER_INIT;
    struct error err = ERROR_INIT;

    assert_false(dossier_take(&got, buf_text(file), file->size, &err));
    assert_int_equal(err.kind, ERROR_VAULT);
    if (!strstr(error_text(&err), why))
        fail_msg("not \"%s\": %s", why, error_text(&err));
    assert_null(got.dispatches);
    assert_null(got.directory);
    error_release(&err);
}

static void take(struct dossier *got, const struct buf *file)
{
    struct error err = ERROR_INIT;

    *got = (struct dossier)DOSSIER_INIT;
    if (!dossier_take(got, file->data, file->size, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

static void assert_same_act(const struct act_bytes *got, const struct act_bytes *put)
{
    assert_memory_equal(got->id, put->id, ACT_ID_SIZE);
    assert_memory_equal(got->signer, put->signer, KEY);
    assert_memory_equal(got->root, put->root, ROOT);
    assert_memory_equal(got->signature, put->signature, VAULT_SIGNATURE);
    assert_int_equal(got->core.size, put->core.size);
    assert_memory_equal(got->core.data, put->core.data, put->core.size);
    assert_int_equal(got->count, put->count);
    for (size_t i = 0; i < put->count; i++) {
        assert_int_equal(got->parts[i].present, put->parts[i].present);
        assert_memory_equal(got->parts[i].commitment, put->parts[i].commitment, HASH);
    }
}

static void gives_what_was_put_in(void **state)
{
    struct some s;
    struct dossier got;
    (void)state;

    begin(&s);
    take(&got, &s.file);
    assert_int_equal(got.count, 3);
    assert_int_equal(got.directory_count, 0);
    assert_memory_equal(got.opener, s.d.opener, OPENER);
    assert_memory_equal(got.number, s.d.number, CASE_NUMBER);
    assert_memory_equal(got.maker, s.author[0].post.id, POST_ID);
    assert_memory_equal(got.signer, s.author[0].post.sign_public, KEY);
    assert_int_equal(got.at.seconds, s.d.at.seconds);
    assert_int_equal(got.at.offset, s.d.at.offset);
    for (size_t i = 0; i < got.count; i++)
        assert_same_act(&got.dispatches[i], &s.d.dispatches[i]);
    dossier_release(&got);
    end(&s);
}

/* Nothing of what is withheld is in the file, and the signature holds. */
static void holds_without_what_is_withheld(void **state)
{
    struct some s;
    struct dossier got;
    json_t *payload, *context;
    (void)state;

    begin(&s);
    assert_int_equal(s.d.dispatches[2].count, 2);
    assert_non_null(memmem(s.file.data, s.file.size, "the note as", 11));
    for (unsigned withheld = 1; withheld < 4; withheld++) {
        for (unsigned i = 0; i < 2; i++)
            s.d.dispatches[2].parts[i].present = !(withheld >> i & 1);
        kit_put(&s.file, &s.d, &s.author[0]);
        take(&got, &s.file);
        assert_same_act(&got.dispatches[2], &s.d.dispatches[2]);
        for (unsigned i = 0; i < 2; i++)
            assert_int_equal(
                !memmem(s.file.data, s.file.size, s.d.dispatches[2].parts[i].salt, SALT),
                withheld >> i & 1);
        assert_int_equal(!memmem(s.file.data, s.file.size, "the note as", 11), withheld >> 1);
        assert_true(act_bytes_read(&got.dispatches[2], &payload, &context));
        assert_int_equal(json_object_get(payload, "scope") == NULL, withheld & 1);
        json_decref(payload);
        json_decref(context);
        dossier_release(&got);
    }
    end(&s);
}

static void refuses_every_flipped_bit(void **state)
{
    struct some s;
    (void)state;

    begin(&s);
    s.d.dispatches[2].parts[1].present = false;
    kit_put(&s.file, &s.d, &s.author[0]);
    for (size_t bit = 0; bit < 8 * s.file.size; bit++) {
        s.file.data[bit / 8] = (char)(s.file.data[bit / 8] ^ 1 << bit % 8);
        assert_refused(&s.file, "");
        s.file.data[bit / 8] = (char)(s.file.data[bit / 8] ^ 1 << bit % 8);
    }
    end(&s);
}

static void refuses_every_truncation(void **state)
{
    struct some s;
    (void)state;

    begin(&s);
    for (size_t size = 0; size < s.file.size; size++) {
        struct buf cut = BUF_INIT;
        buf_add(&cut, s.file.data, size);
        assert_refused(&cut, size < 4 ? "no dossier" : "damaged or cut off");
        buf_release(&cut);
    }
    buf_addc(&s.file, 0);
    assert_refused(&s.file, "damaged or cut off");
    end(&s);
}

/* Whoever puts it together anew has no key of who wrote: each of these is theirs to sign. */
static void refuses_what_another_puts_in(void **state)
{
    struct some s;
    struct act_bytes *acts;
    (void)state;

    begin(&s);
    acts = s.d.dispatches;
    /* A part of another dispatch, with its salt. */
    struct part part = acts[1].parts[0];
    acts[1].parts[0] = acts[2].parts[0];
    kit_put(&s.file, &s.d, &s.author[2]);
    assert_refused(&s.file, "dispatch 2 of the case: not as it was signed");
    acts[1].parts[0] = part;
    /* Another's commitment, under another's key, of another root, with another's signature. */
    acts[1].parts[0].present = false;
    uint8_t *places[] = {acts[1].parts[0].commitment, acts[1].signer, acts[1].root,
                         acts[1].signature,
                         memmem(acts[1].core.data, acts[1].core.size, "medical", 7)};
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        *places[i] ^= 1;
        kit_put(&s.file, &s.d, &s.author[2]);
        assert_refused(&s.file, "dispatch 2 of the case: not as it was signed");
        *places[i] ^= 1;
    }
    acts[1].parts[0].present = true;
    kit_put(&s.file, &s.d, &s.author[2]);
    struct dossier got;
    take(&got, &s.file);
    dossier_release(&got);
    end(&s);
}

/* `name` in the file is written over by `with`, and the whole signed anew. */
static void exchange(struct some *s, const void *name, const void *with, size_t size)
{
    uint8_t hash[64];
    struct buf all = BUF_INIT;
    size_t end = s->file.size - VAULT_SIGNATURE;
    uint8_t *there = memmem(s->file.data, s->file.size, name, size);

    assert_non_null(there);
    memcpy(there, with, size);
    buf_add(&all, "amparo dossier v1", 18);
    buf_add(&all, s->file.data, end);
    crypto_generichash(hash, 64, (uint8_t *)all.data, all.size, NULL, 0);
    crypto_sign_detached((uint8_t *)s->file.data + end, NULL, hash, 64, s->author[0].post.sign);
    buf_release(&all);
}

static void holds_one_case_alone(void **state)
{
    static const uint8_t other[CASE_NUMBER] = {7, 7, 7, 7, 7, 7, 7, 6};
    struct some s;
    (void)state;

    begin(&s);
    exchange(&s, s.d.number, s.d.number, CASE_NUMBER);
    struct dossier got;
    take(&got, &s.file); /* the signature is made as is described */
    dossier_release(&got);
    exchange(&s, s.d.number, other, CASE_NUMBER);
    assert_refused(&s.file, "dispatch 3 of the case: not of this case");
    kit_put(&s.file, &s.d, &s.author[0]);
    exchange(&s, s.d.opener, s.author[1].post.id, OPENER);
    assert_refused(&s.file, "dispatch 1 of the case: not of this case");
    end(&s);
}

/* Whoever reads it relies on a number being a number. */
static void holds_what_has_its_shape(void **state)
{
    struct some s;
    (void)state;

    begin(&s);
    kit_say(&s.d, &s.author[1], "reply", "HN,MX,ts", "{'state': 'MX', 'round': 'first'}");
    kit_put(&s.file, &s.d, &s.author[0]);
    assert_refused(&s.file, "dispatch 4 of the case: of a form that this version does not know");
    end(&s);
}

/* The directory is read by rules too: a key that is none is no key. */
static void holds_a_directory_as_it_must_be(void **state)
{
    static const char *const payloads[] = {"{'keys': ['aa', 'bb', 'cc']}", "{'keys': 'aa'}"};
    struct some s;
    struct act_bytes act;
    (void)state;

    begin(&s);
    for (size_t i = 0; i < ARRAY_SIZE(payloads); i++) {
        struct act_content content = {.type = diract_type(DIR_ROOT),
                                      .payload = kit_json(payloads[i])};
        struct core core = {.kind = DIR_ROOT, .sequence = 1, .at = s.d.at};
        memcpy(core.author, s.author[0].post.id, AUTHOR);
        audience_add(&core.audience, CODE_EVERYBODY);
        dispatch_bytes_make(&act, &core, &content, s.d.root, s.author[0].post.sign);
        s.d.directory = &act;
        s.d.directory_count = 1;
        kit_put(&s.file, &s.d, &s.author[0]);
        assert_refused(&s.file, "dispatch 1 of the directory: ");
        act_bytes_release(&act);
        json_decref((json_t *)(uintptr_t)content.payload);
    }
    s.d.directory = NULL;
    s.d.directory_count = 0;
    end(&s);
}

static void holds_each_once(void **state)
{
    struct some s;
    (void)state;

    begin(&s);
    struct act_bytes twice = s.d.dispatches[1];
    struct act_bytes kept = s.d.dispatches[2];
    s.d.dispatches[2] = twice;
    kit_put(&s.file, &s.d, &s.author[0]);
    assert_refused(&s.file, "twice");
    s.d.dispatches[2] = kept;
    end(&s);
}

static void names_other_versions(void **state)
{
    struct some s;
    (void)state;

    begin(&s);
    assert_true(dossier_begins(s.file.data, s.file.size));
    s.file.data[3] = 2;
    assert_true(dossier_begins(s.file.data, s.file.size));
    assert_refused(&s.file, "another version");
    s.file.data[3] = 'x';
    assert_false(dossier_begins(s.file.data, s.file.size));
    end(&s);
}

static void says_what_does_not_fit(void **state)
{
    struct some s;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    (void)state;

    begin(&s);
    size_t count = s.d.count;
    s.d.count = DOSSIER_DISPATCHES + 1;
    assert_false(dossier_put(&out, &s.d, s.author[0].post.sign, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(out.size, 0);
    s.d.count = count;
    error_release(&err);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_what_was_put_in),
        cmocka_unit_test(holds_without_what_is_withheld),
        cmocka_unit_test(refuses_every_flipped_bit),
        cmocka_unit_test(refuses_every_truncation),
        cmocka_unit_test(refuses_what_another_puts_in),
        cmocka_unit_test(holds_one_case_alone),
        cmocka_unit_test(holds_what_has_its_shape),
        cmocka_unit_test(holds_a_directory_as_it_must_be),
        cmocka_unit_test(holds_each_once),
        cmocka_unit_test(names_other_versions),
        cmocka_unit_test(says_what_does_not_fit),
    };
    return cmocka_run_group_tests_name("dossier", tests, NULL, NULL);
}
