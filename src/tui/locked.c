/* SPDX-License-Identifier: MIT */
#include "amparo/tui/locked.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/keep.h"

void locked_init(struct locked *locked)
{
    *locked = (struct locked){.officer = xstrdup(""), .modes = BUF_INIT, .sealed = json_array()};
}

void locked_release(struct locked *locked)
{
    free(locked->path);
    free(locked->officer);
    free(locked->witness);
    free(locked->language);
    buf_release(&locked->modes);
    json_decref(locked->sealed);
    *locked = (struct locked){.modes = BUF_INIT};
}

/* ---- bytes in JSON ---- */

static json_t *hex(const void *bytes, size_t size)
{
    char *text = xmalloc(2 * size + 1);
    sodium_bin2hex(text, 2 * size + 1, bytes, size);
    json_t *json = json_string(text);
    free(text);
    return json;
}

static void add_bytes(struct buf *out, const json_t *json)
{
    size_t size = json_string_length(json), got = 0;
    buf_reserve(out, size / 2);
    if (size && sodium_hex2bin((uint8_t *)out->data, size / 2, json_string_value(json), size, NULL,
                               &got, NULL) == 0)
        out->size = got;
    out->data[out->size] = '\0';
}

/* ---- the file ---- */

int locked_write(const struct locked *locked, struct error *err)
{
    json_t *all = json_pack("{s:s, s:s, s:s*, s:s*, s:b, s:o, s:O}", "path", locked->path,
                            "officer", locked->officer, "witness", locked->witness, "language",
                            locked->language, "suspend", locked->suspend, "modes",
                            hex(locked->modes.data, locked->modes.size), "sealed", locked->sealed);
    int fd = memfd_create("amparo-locked", 0); /* outlives the program that makes it */
    if (fd < 0 || json_dumpfd(all, fd, JSON_COMPACT) != 0) {
        error_set(err, ERROR_FAILED, _("what was locked cannot be kept: %s"), strerror(errno));
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    json_decref(all);
    return fd;
}

static char *text_of(const json_t *all, const char *key)
{
    const char *text = json_string_value(json_object_get(all, key));
    return text ? xstrdup(text) : NULL;
}

bool locked_read(int fd, struct locked *locked, struct error *err)
{
    json_t *all = lseek(fd, 0, SEEK_SET) == 0 ? json_loadfd(fd, 0, NULL) : NULL;
    json_t *sealed = json_object_get(all, "sealed");
    bool ok = json_is_string(json_object_get(all, "path")) && json_is_array(sealed);
    close(fd);
    if (ok) {
        locked_release(locked);
        *locked = (struct locked){.path = text_of(all, "path"),
                                  .officer = text_of(all, "officer"),
                                  .witness = text_of(all, "witness"),
                                  .language = text_of(all, "language"),
                                  .suspend = json_is_true(json_object_get(all, "suspend")),
                                  .modes = BUF_INIT,
                                  .sealed = json_incref(sealed)};
        add_bytes(&locked->modes, json_object_get(all, "modes"));
    }
    json_decref(all);
    return ok || error_set(err, ERROR_INPUT, _("this is not what a locked program leaves"));
}

/* ---- what is sealed ---- */

static size_t entry_of(const struct locked *locked, const char *key)
{
    size_t i;
    json_t *entry;
    json_array_foreach(locked->sealed, i, entry)
    {
        if (strcmp(keep_text(entry, "key"), key) == 0)
            return i;
    }
    return i;
}

void locked_seal(struct locked *locked, const struct store *store, const json_t *screens)
{
    const struct officer *me = store_officer(store);
    char *text = json_dumps(screens, JSON_COMPACT);
    struct buf sealed = BUF_INIT;
    store_seal_own(store, text, strlen(text), &sealed);
    free_wiped(text);
    json_array_remove(locked->sealed, entry_of(locked, me->key));
    json_array_append_new(locked->sealed,
                          json_pack("{s:s, s:s, s:b, s:o}", "key", me->key, "officer", me->name,
                                    "unwritten", keep_is_unwritten(screens), "screens",
                                    hex(sealed.data, sealed.size)));
    buf_release(&sealed);
    free(locked->officer);
    locked->officer = xstrdup(me->name);
}

json_t *locked_open(struct locked *locked, const struct store *store)
{
    size_t at = entry_of(locked, store_officer(store)->key);
    struct buf sealed = BUF_INIT, text = BUF_INIT;
    json_t *screens = NULL;
    add_bytes(&sealed, json_object_get(json_array_get(locked->sealed, at), "screens"));
    if (store_open_own(store, sealed.data, sealed.size, &text))
        screens = json_loadb(text.data, text.size, 0, NULL);
    json_array_remove(locked->sealed, at);
    buf_release(&text);
    buf_release(&sealed);
    return screens;
}

const char *locked_unwritten(const struct locked *locked)
{
    size_t i;
    json_t *entry;
    json_array_foreach(locked->sealed, i, entry)
    {
        if (json_is_true(json_object_get(entry, "unwritten")))
            return keep_text(entry, "officer");
    }
    return NULL;
}
