/* SPDX-License-Identifier: MIT */
/* A message that carries a pouch. */
#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/mail.h"
#include "transfer.h"

enum { COLUMNS = 72, ADDRESS_MOST = 254, WORD = 39 /* bytes of an encoded word */ };

/* ---- the head ---- */

bool mail_address_ok(const char *address)
{
    size_t size = strlen(address);
    const char *at = strchr(address, '@');

    if (size > ADDRESS_MOST || !at || at == address || !at[1] || strchr(at + 1, '@'))
        return false;
    for (const char *c = address; *c; c++)
        if (*c <= ' ' || *c >= 0x7f || strchr("<>()[],;:\\\"", *c))
            return false;
    return true;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text >= 0x7f)
            return false;
    return true;
}

/* An unstructured value: what is not ASCII as encoded words (RFC 2047), whole letters in each. */
static void put_words(struct buf *out, const char *text)
{
    char word[WORD / 3 * 4 + 1];

    if (is_ascii(text)) {
        buf_adds(out, text);
        return;
    }
    for (size_t size = strlen(text); size;) {
        size_t n = size < WORD ? size : WORD;
        while (n && n < size && ((unsigned char)text[n] & 0xc0) == 0x80)
            n--;
        sodium_bin2base64(word, sizeof word, (const unsigned char *)text, n,
                          sodium_base64_VARIANT_ORIGINAL);
        text += n;
        size -= n;
        buf_addf(out, "=?UTF-8?B?%s?=%s", word, size ? "\n " : "");
    }
}

static void put_date(struct buf *out, struct instant at)
{
    static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct date date = instant_date(at);
    int second = instant_second_of_day(at), offset = at.offset < 0 ? -at.offset : at.offset;

    buf_addf(out, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d", days[(date_number(date) % 7 + 7) % 7],
             date.day, months[date.month - 1], date.year, second / 3600, second / 60 % 60,
             second % 60, at.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

static void put_head(struct buf *out, const struct mail *mail, const char *name)
{
    buf_addf(out, "From: %s\nTo: ", mail->from);
    for (size_t i = 0; mail->to[i]; i++)
        buf_addf(out, "%s%s", i ? ",\n " : "", mail->to[i]);
    buf_adds(out, "\nSubject: ");
    if (mail->subject) {
        put_words(out, mail->subject);
    } else {
        /* TRANSLATORS: of an e-mail; the word is what the pouch is called, 1a2b3c4d5e6f */
        char *subject = xasprintf(mail->tr(N_("Sealed pouch %s")), name);
        put_words(out, subject);
        free_wiped(subject);
    }
    buf_adds(out, "\nDate: ");
    put_date(out, mail->date);
    if (mail->message_id)
        buf_addf(out, "\nMessage-ID: <%s>\n", mail->message_id);
    else
        buf_addf(out, "\nMessage-ID: <%s.%lld%s>\n", name, (long long)mail->date.seconds,
                 strchr(mail->from, '@'));
    buf_adds(out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                  "Content-Transfer-Encoding: quoted-printable\n\n");
}

/* ---- the body ---- */

static void put_paragraph(struct buf *out, const char *text)
{
    text_put_wrapped(out, text, COLUMNS, 0);
    buf_addc(out, '\n');
}

static void put_body(struct buf *out, const struct mail *mail, const char *name, const void *pouch,
                     size_t size)
{
    struct buf text = BUF_INIT;
    char *called = xasprintf(mail->tr(N_("On the telephone this pouch is called %s.")), name);

    put_paragraph(&text, mail->tr(N_("This message carries a sealed pouch of the program amparo. "
                                     "Nobody but the post that it is for can open it.")));
    put_paragraph(&text,
                  mail->tr(N_("Save the message as a file, or copy the lines from BEGIN to END "
                              "into one, and let the program receive that file. Nothing in it "
                              "has to be changed, and other lines do no harm.")));
    put_paragraph(&text, called);
    armour_put(&text, pouch, size);
    transfer_quote(out, text.data, text.size);
    free_wiped(called);
    buf_release(&text);
}

/* ---- all of it ---- */

static bool check(const struct mail *mail, struct error *err)
{
    const char *bad = mail_address_ok(mail->from) ? NULL : mail->from;

    for (size_t i = 0; mail->to[i] && !bad; i++)
        bad = mail_address_ok(mail->to[i]) ? NULL : mail->to[i];
    if (bad)
        return error_set(err, ERROR_INPUT,
                         _("\"%s\" is no e-mail address; it looks like name@example.org"), bad);
    if (!mail->to[0])
        return error_set(err, ERROR_INPUT, "%s", _("an e-mail needs somebody whom it goes to"));
    if (mail->subject && strpbrk(mail->subject, "\r\n"))
        return error_set(err, ERROR_INPUT, "%s", _("the subject of an e-mail is one line"));
    if (mail->message_id && !mail_address_ok(mail->message_id))
        return error_set(err, ERROR_INPUT, _("\"%s\" is no id of an e-mail"), mail->message_id);
    return true;
}

bool mail_put(struct buf *out, const struct mail *mail, const void *pouch, size_t size,
              struct error *err)
{
    struct buf text = BUF_INIT;
    char name[POUCH_NAME_SIZE];

    if (!check(mail, err))
        return false;
    pouch_name(pouch, size, name);
    put_head(&text, mail, name);
    put_body(&text, mail, name, pouch, size);
    for (const char *at = text.data; *at; at++)
        if (*at == '\n' && mail->crlf)
            buf_adds(out, "\r\n");
        else
            buf_addc(out, *at);
    buf_release(&text);
    return true;
}
