/* SPDX-License-Identifier: MIT */
/* The one door for all that comes in, saved mail above all: each pouch once, and faults in words.
 */
#include <string.h>

#include "amparo/base/text.h"
#include "amparo/pouch/find.h"
#include "amparo/pouch/mail.h"
#include "fuzz.h"

enum { MOST = 256 };

struct seen {
    size_t whole;
    char names[MOST][POUCH_NAME_SIZE];
    bool told; /* of faults: they come last */
};

static bool visit(void *ctx, const struct pouch_found *found)
{
    struct seen *seen = ctx;
    char name[POUCH_NAME_SIZE];

    if (!found->bytes) {
        PROMISE(found->fault && *found->fault && text_valid(found->fault, strlen(found->fault)),
                "a fault without a word");
        for (size_t i = 0; i < seen->whole && i < MOST; i++)
            PROMISE(strcmp(seen->names[i], found->name) != 0, "%s is whole, and not", found->name);
        seen->told = true;
        return true;
    }
    PROMISE(!seen->told, "a pouch after the faults");
    pouch_name(found->bytes, found->size, name);
    for (size_t i = 0; i < seen->whole && i < MOST; i++)
        PROMISE(strcmp(seen->names[i], name) != 0, "%s comes twice", name);
    if (seen->whole < MOST)
        memcpy(seen->names[seen->whole], name, sizeof name);
    seen->whole++;
    return true;
}

/* Decoding makes nothing longer, and all of it can be read. */
static bool part(void *ctx, const void *bytes, size_t size)
{
    size_t most = *(size_t *)ctx;
    struct buf copy = BUF_INIT;

    PROMISE(size <= most, "a part of %zu bytes in %zu", size, most);
    buf_add(&copy, bytes, size);
    buf_release(&copy);
    return true;
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct seen seen = {0};

    PROMISE(pouch_find(bytes, size, NULL, visit, &seen), "it ended by itself");
    PROMISE(mail_parts(bytes, size, part, &size), "it ended by itself");
    return seen.whole > 0;
}

#define TEXT "cGNoASBhbnkgYnl0ZXMg__79"
#define ARMOUR "[BEGIN-AMPARO-POUCH]\n" TEXT "\n[END-AMPARO-POUCH:21c537412def]\n"

static const struct fuzz_seed seeds[] = {
    SEED("From: a@b.example\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n\n" ARMOUR
         "--b\nContent-Type: message/rfc822\n\nContent-Transfer-Encoding: quoted-printable\n\n"
         "=5BBEGIN-AMPARO-=\nPOUCH]" TEXT "[END-AMPARO-POUCH:21c537412deb]\n--b--\n"),
    SEED("Date: x\nContent-Type: multipart/mixed; boundary*0=b; boundary*1=c\n\n--bc\n"
         "Content-Transfer-Encoding: base64\n\ncGNoASBhbnkgYnl0ZXMg//79\n--bc\n"
         "Content-Type: multipart/x; boundary=bc\n\n--bcd\n"),
    SEED("From x Sun Nov 29 10:00:00 2026\nReceived: y\n\n> " ARMOUR
         "\nFrom y Sun Nov 29 10:00:00 2026\n\nAMPARO1:/Z1N2U7*AW50G9EU6DN441/DJC53NN.\n"),
    SEED("pch\1 any bytes \xff\xfe\xfd"),
    SEED("Message-ID: x\nContent-Transfer-Encoding: base64\n\n"
         "W0JFR0lOLUFNUEFSTy1QT1VDSF1jR05vQVNCaGJua2dZbmwwWlhNZ19fNzlbRU5ELUFNUEFSTy1Q\n"
         "T1VDSDoyMWM1Mzc0MTJkZWZd\n"),
    SEEDS_END,
};

static const char *const list[] = {"Content-Type: multipart/mixed; boundary=b\n",
                                   "Content-Type: message/rfc822\n",
                                   "Content-Transfer-Encoding: base64\n",
                                   "Content-Transfer-Encoding: quoted-printable\n",
                                   "--b\n",
                                   "--b--\n",
                                   "\n\n",
                                   "\nFrom x Sun Nov 29 10:00:00 2026\n",
                                   ARMOUR,
                                   "AMPARO1:/Z1N2U7*AW50G9EU6DN441/DJC53NN.",
                                   "[BEGIN-AMPARO-POUCH]",
                                   "=\n",
                                   "\r\n ",
                                   "pch\1",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(mail, run) = {"mail", run, seeds, words, fuzz_mutate_bytes, 6000};
