/* SPDX-License-Identifier: MIT */
#include "dossier_kit.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { IDS = 8, FIRST = 1773133200 /* 2026-03-10T09:00Z */, STEP = 15 * 60 };

void kit_author(struct kit_author *author, unsigned number)
{
    *author = (struct kit_author){.sequence = 0};
    kit_post(&author->post, number);
}

void kit_dossier(struct dossier *d, const struct kit_author *opener, const uint8_t *root)
{
    *d = (struct dossier){.at = {.seconds = FIRST + 24 * 60 * 60, .offset = 60}};
    memcpy(d->opener, opener->post.id, OPENER);
    memset(d->number, 7, sizeof d->number);
    if (root)
        memcpy(d->root, root, ROOT);
}

static void end_list(struct act_bytes *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        act_bytes_release(&list[i]);
    free(list);
}

void kit_dossier_end(struct dossier *d)
{
    end_list(d->directory, d->directory_count);
    end_list(d->dispatches, d->count);
    *d = (struct dossier)DOSSIER_INIT;
}

static const char *id_of(const struct act_bytes *act)
{
    static char ids[IDS][2 * ACT_ID_SIZE + 1];
    static unsigned next;
    char *id = ids[next++ % IDS];

    act_id_hex(act->id, id);
    return id;
}

const char *kit_say(struct dossier *d, struct kit_author *author, const char *act, const char *to,
                    const char *payload, ...)
{
    struct buf text = BUF_INIT;
    struct act_content content = {.type = act_type_named(act)};
    struct core core = {.sequence = ++author->sequence, .incarnation = author->incarnation};
    va_list args;

    va_start(args, payload);
    buf_vaddf(&text, payload, args);
    va_end(args);
    assert_non_null(content.type);
    content.payload = kit_json(buf_text(&text));
    core.kind = content.type->kind;
    core.at = (struct instant){.seconds = FIRST + (int64_t)d->count * STEP, .offset = -360};
    memcpy(core.case_id, d->number, CASE_NUMBER);
    memcpy(core.author, author->post.id, AUTHOR);
    memcpy(core.prev, author->prev, PREV_SHORT);
    if (memcmp(author->post.id, d->opener, OPENER) != 0)
        memcpy(core.opener, d->opener, OPENER);
    for (const char *code = to; *code; code += code[2] == ',' ? 3 : 2)
        audience_add(&core.audience, (char[AUDIENCE_CODE]){code[0], code[1]});
    d->dispatches = xreallocarray(d->dispatches, d->count + 1, sizeof *d->dispatches);
    struct act_bytes *out = &d->dispatches[d->count++];
    dispatch_bytes_make(out, &core, &content, d->root, author->post.sign);
    memcpy(author->prev, out->id, PREV_SHORT);
    json_decref((json_t *)(uintptr_t)content.payload);
    buf_release(&text);
    return id_of(out);
}

void kit_put(struct buf *out, struct dossier *d, const struct kit_author *maker)
{
    struct error err = ERROR_INIT;

    buf_clear(out);
    memcpy(d->maker, maker->post.id, POST_ID);
    if (!dossier_put(out, d, maker->post.sign, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}
