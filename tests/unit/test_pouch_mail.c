/* SPDX-License-Identifier: MIT */
/* Mail that carries a pouch: as it is written, and as mail programs save it. Looked for by the one
 * door for all that comes in. */
#include "route_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/error.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/find.h"
#include "amparo/pouch/mail.h"

/* Appends lines of base64. */
static void base64(struct buf *out, const char *bytes, size_t size)
{
    char line[77];

    for (size_t i = 0; i < size; i += 57) {
        sodium_bin2base64(line, sizeof line, (const unsigned char *)bytes + i,
                          size - i < 57 ? size - i : 57, sodium_base64_VARIANT_ORIGINAL);
        buf_addf(out, "%s\r\n", line);
    }
}

static void prefixed(struct buf *out, const char *text, const char *prefix)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        buf_addf(out, "%s%.*s\r\n", prefix, (int)(end - text), text);
}

#define HEAD                                                                                       \
    "Return-Path: <oficina@ejemplo.example>\r\n"                                                   \
    "Received: from mx.ejemplo.example (mx.ejemplo.example\r\n"                                    \
    "\t[192.0.2.7]) by mail.example; Sun, 29 Nov 2026 10:00:00 +0000\r\n"                          \
    "From: Oficina <oficina@ejemplo.example>\r\n"                                                  \
    "Subject: =?UTF-8?Q?Re=3A_valija?=\r\n"                                                        \
    "MIME-Version: 1.0\r\n"

/* ---- as mail programs save it: each appends to `out`; `armour` carries `pouch` ---- */

/* A reply above the quoted text, in plain and in HTML. */
static void gmail_reply(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct buf quoted = BUF_INIT, page = BUF_INIT;
    (void)pouch;

    buf_adds(&quoted, "Recibido, gracias — ¿algo más?\n\nOn Sun, 29 Nov 2026 at 10:00, Oficina <\n"
                      "oficina@ejemplo.example> wrote:\n\n");
    for (const char *at = armour->data, *end; (end = strchr(at, '\n')); at = end + 1)
        buf_addf(&quoted, "> %.*s\n", (int)(end - at), at);
    buf_adds(&page, "<div dir=\"ltr\">Recibido<br></div><div class=\"gmail_quote\"><blockquote "
                    "style=\"margin:0 0 0 .8ex;border-left:1px solid rgb(204,204,204)\">");
    kit_replace(&page, armour->data, "\n", "<br>\n");
    buf_adds(&page, "</blockquote></div>");
    buf_adds(out,
             HEAD "Content-Type: multipart/alternative; boundary=\"000000000000a1=b2_c3\"\r\n\r\n"
                  "--000000000000a1=b2_c3\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    kit_quoted_printable(out, quoted.data, quoted.size, 76);
    buf_adds(out, "\r\n--000000000000a1=b2_c3\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    kit_quoted_printable(out, page.data, page.size, 76);
    buf_adds(out, "\r\n--000000000000a1=b2_c3--\r\n");
    buf_release(&quoted);
    buf_release(&page);
}

/* HTML alone, in the set of the computer, as base64. */
static void outlook_html(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct buf page = BUF_INIT;
    (void)pouch;

    buf_adds(&page,
             "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!--\n"
             "p.MsoNormal {margin:0cm;}\n--></style><!--[if gte mso 9]><xml></xml><![endif]-->"
             "</head><body lang=ES><p class=MsoNormal>Buenos d\xED"
             "as:<o:p></o:p></p>");
    for (const char *at = armour->data, *end; (end = strchr(at, '\n')); at = end + 1)
        buf_addf(&page,
                 "<p class=MsoNormal><span style='font-size:10.0pt'>%.*s<o:p></o:p></span></p>\r\n",
                 (int)(end - at), at);
    buf_adds(&page, "<p class=MsoNormal>\xA0<o:p>&nbsp;</o:p></p></body></html>");
    buf_adds(out, HEAD "Content-Type: text/html; charset=\"iso-8859-1\"\r\n"
                       "Content-Transfer-Encoding: BASE64\r\nX-MS-Has-Attach: no\r\n\r\n");
    base64(out, page.data, page.size);
    buf_release(&page);
}

/* Quoted in turn by two, with the lines joined and broken anew by the second. */
static void outlook_plain_wrapped(struct buf *out, const struct buf *armour,
                                  const struct buf *pouch)
{
    size_t column = 0;
    (void)pouch;

    buf_adds(out,
             HEAD "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
                  "-----Original Message-----\r\nFrom: Oficina [mailto:oficina@ejemplo.example]\r\n"
                  "Sent: Sunday\r\nSubject: FW: valija\r\n\r\n> ");
    for (const char *at = armour->data; *at; at++) {
        buf_addc(out, *at == '\n' ? ' ' : *at);
        if (++column % 50 == 0)
            buf_adds(out, "\r\n> ");
    }
    buf_adds(out, "\r\n");
}

static void thunderbird_flowed(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, HEAD "Content-Type: text/plain; charset=UTF-8; format=flowed; delsp=yes\r\n"
                       "Content-Transfer-Encoding: 8bit\r\nX-Mozilla-Status: 0001\r\n\r\n"
                       "El 29/11/26 a las 10:00, Oficina escribió: \r\n");
    for (const char *at = armour->data, *end; (end = strchr(at, '\n')); at = end + 1) {
        int size = (int)(end - at), first = size < 30 ? size : 30;
        buf_addf(out, ">> %.*s \r\n>> %.*s\r\n", first, at, size - first, at + first);
    }
    buf_adds(out, "\r\n-- \r\nA.\r\n");
}

/* Signed; lines end with LF as in a Maildir. */
static void mutt_signed(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct buf text = BUF_INIT;
    (void)pouch;

    buf_adds(&text, HEAD "Content-Type: multipart/signed; micalg=pgp-sha512;\r\n"
                         "\tprotocol=\"application/pgp-signature\"; boundary=\"x/y (z)\"\r\n"
                         "Content-Disposition: inline\r\n\r\n\r\n--x/y (z)\r\n"
                         "Content-Type: text/plain; charset=iso-8859-1\r\n"
                         "Content-Transfer-Encoding: 8bit\r\n\r\nD\xEDganos.\r\n");
    prefixed(&text, armour->data, "  | ");
    buf_adds(&text, "\r\n--x/y (z)\r\nContent-Type: application/pgp-signature\r\n\r\n"
                    "-----BEGIN PGP SIGNATURE-----\r\n\r\niQIzBAEBCgAdFiEE\r\n"
                    "-----END PGP SIGNATURE-----\r\n\r\n--x/y (z)--\r\n");
    kit_replace(out, text.data, "\r\n", "\n");
    buf_release(&text);
}

static void base64_text(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, "\xEF\xBB\xBF" HEAD "content-type: text/plain;\r\n charset=\"utf-8\"\r\n"
                  "content-transfer-encoding:\r\n\tbase64\r\n\r\n");
    base64(out, armour->data, armour->size);
}

static void base64_in_utf16(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct buf wide = BUF_INIT;
    (void)pouch;

    for (size_t i = 0; i < armour->size; i++)
        buf_add(&wide, (char[]){armour->data[i], '\0'}, 2);
    buf_adds(out, HEAD "Content-Type: text/plain; charset=utf-16le\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n");
    base64(out, wide.data, wide.size);
    buf_release(&wide);
}

/* A gateway decoded it, and left the head as it was. */
static void not_really_base64(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, HEAD "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    prefixed(out, armour->data, "");
}

static void attached(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)armour;

    buf_adds(out,
             HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\nThis is MIME.\r\n--b\r\n\r\n"
                  "See the file.\r\n--b  \r\nContent-Type: application/octet-stream; "
                  "name=\"pouch.pch\"\r\nContent-Transfer-Encoding: base64\r\n"
                  "Content-Disposition: attachment; filename=\"pouch.pch\"\r\n\r\n");
    base64(out, pouch->data, pouch->size);
    buf_adds(out, "\r\n--b--\r\nA list added this.\r\n");
}

static void attached_text(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out,
             HEAD "Content-Type: multipart/mixed;\r\n boundary*0=one;\r\n boundary*1=\" two\"\r\n"
                  "\r\n--one two\r\nContent-Type: application/x-unheard-of\r\n"
                  "Content-Transfer-Encoding: base64\r\n\r\n");
    base64(out, armour->data, armour->size);
}

static void forwarded(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    buf_adds(out, HEAD
             "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\r\nSee below.\r\n"
             "--outer\r\nContent-Type: message/rfc822\r\n\r\n");
    gmail_reply(out, armour, pouch);
    buf_adds(out, "\r\n--outer--\r\n");
}

/* A saved message, attached as a file of no known kind. */
static void forwarded_as_a_file(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct buf inner = BUF_INIT;

    outlook_html(&inner, armour, pouch);
    buf_adds(out, HEAD "Content-Type: multipart/mixed; boundary=\"o\\\"o\"\r\n\r\n--o\"o\r\n"
                       "Content-Type: application/octet-stream\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n");
    base64(out, inner.data, inner.size);
    buf_adds(out, "--o\"o--");
    buf_release(&inner);
}

static void never_closed(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    buf_adds(out,
             HEAD "Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n"
                  "Content-Type: multipart/alternative; boundary=aa\r\n\r\n--aa\r\n\r\n--aa\r\n");
    base64_text(out, armour, pouch);
    buf_adds(out, "--a\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n");
}

static void without_boundary(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, HEAD "Content-Type: multipart/mixed\r\n\r\n--b\r\n"
                       "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    kit_quoted_printable(out, armour->data, armour->size, 60);
}

/* Deeper than anybody looks: still a text. */
static void very_deep(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, HEAD);
    for (int i = 0; i < 40; i++)
        buf_addf(out, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
    buf_adds(out, "\r\n");
    prefixed(out, armour->data, "> ");
}

/* No empty line after the head. */
static void broken_head(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    (void)pouch;

    buf_adds(out, HEAD);
    prefixed(out, armour->data, "");
}

static void with_its_length_before(struct buf *out, const struct buf *armour,
                                   const struct buf *pouch)
{
    buf_adds(out, "1842      \n");
    outlook_html(out, armour, pouch);
}

/* What a telephone made of a code, in a mail to oneself. */
static void codes_in_a_mail(struct buf *out, const struct buf *armour, const struct buf *pouch)
{
    struct qr_frames frames;
    (void)armour;

    assert_true(qr_frames(pouch->data, pouch->size, 10, QR_LEVEL_L, &frames, NULL));
    buf_adds(out, HEAD "\r\n");
    for (size_t i = frames.count; i-- > 0;)
        buf_addf(out, "%s\r\n", frames.frames[i].text);
    qr_frames_release(&frames);
}

static const struct {
    void (*save)(struct buf *out, const struct buf *armour, const struct buf *pouch);
    enum pouch_form form;
} programs[] = {
    {gmail_reply, POUCH_ARMOUR},
    {outlook_html, POUCH_ARMOUR},
    {outlook_plain_wrapped, POUCH_ARMOUR},
    {thunderbird_flowed, POUCH_ARMOUR},
    {mutt_signed, POUCH_ARMOUR},
    {base64_text, POUCH_ARMOUR},
    {base64_in_utf16, POUCH_ARMOUR},
    {not_really_base64, POUCH_ARMOUR},
    {attached, POUCH_BARE},
    {attached_text, POUCH_ARMOUR},
    {forwarded, POUCH_ARMOUR},
    {forwarded_as_a_file, POUCH_ARMOUR},
    {never_closed, POUCH_ARMOUR},
    {without_boundary, POUCH_ARMOUR},
    {very_deep, POUCH_ARMOUR},
    {broken_head, POUCH_ARMOUR},
    {with_its_length_before, POUCH_ARMOUR},
    {codes_in_a_mail, POUCH_CODES},
};

static void test_found_in_saved_mail(void **state)
{
    static const size_t sizes[] = {325, 1509};
    (void)state;

    for (size_t s = 0; s < ARRAY_SIZE(sizes); s++)
        for (size_t p = 0; p < ARRAY_SIZE(programs); p++) {
            struct buf pouch = BUF_INIT, armour = BUF_INIT, mail = BUF_INIT;
            struct kept kept = {0};
            kit_pouch(&pouch, sizes[s], (unsigned)p);
            armour_put(&armour, pouch.data, pouch.size);
            programs[p].save(&mail, &armour, &pouch);
            assert_true(mail_looks_so(mail.data, mail.size));
            assert_true(pouch_find(mail.data, mail.size, NULL, kept_visit, &kept));
            if (kept.count != 1 || kept.one[0].found.fault)
                print_error("# %zu bytes, program %zu\n%s\n", sizes[s], p, buf_text(&mail));
            kit_assert_only(&kept, &pouch, programs[p].form);
            assert_true(kept.one[0].found.mailed);
            kept_release(&kept);
            buf_release(&mail);
            buf_release(&armour);
            buf_release(&pouch);
        }
}

/* Everything in one file, with a line in a text that looks like the beginning of a message. */
static void test_found_in_an_mbox(void **state)
{
    struct buf mbox = BUF_INIT, pouches[ARRAY_SIZE(programs)] = {BUF_INIT};
    struct kept kept = {0};
    (void)state;

    for (size_t p = 0; p < ARRAY_SIZE(programs); p++) {
        struct buf armour = BUF_INIT, mail = BUF_INIT;
        kit_pouch(&pouches[p], 200 + p, (unsigned)p);
        armour_put(&armour, pouches[p].data, pouches[p].size);
        buf_adds(&mail, "From MAILER-DAEMON Sun Nov 29 10:00:00 2026\r\n");
        programs[p].save(&mail, &armour, &pouches[p]);
        buf_adds(&mail, "\r\n\r\n");
        kit_replace(&mbox, mail.data, "See ", "\r\n\r\nFrom here on see ");
        buf_release(&mail);
        buf_release(&armour);
    }
    assert_true(mail_looks_so(mbox.data, mbox.size));
    assert_true(pouch_find(mbox.data, mbox.size, NULL, kept_visit, &kept));
    assert_int_equal(kept.count, ARRAY_SIZE(programs));
    for (size_t p = 0; p < ARRAY_SIZE(programs); p++) {
        assert_int_equal(kept.one[p].bytes.size, pouches[p].size);
        assert_memory_equal(kept.one[p].bytes.data, pouches[p].data, pouches[p].size);
        buf_release(&pouches[p]);
    }
    kept_release(&kept);
    buf_release(&mbox);
}

/* ---- writing ---- */

static const char *upside(const char *msgid)
{
    return strstr(msgid, "%s")
               ? "Valise scellée pour la représentation consulaire à l'étranger : %s"
               : "É = 1. ";
}

static const char *const one_reader[] = {"poste@exemple.example", NULL};
static const struct mail plain = {
    .from = "oficina@ejemplo.example",
    .to = one_reader,
    .date = {.seconds = 1795946400, .offset = -360},
    .tr = english,
};

static void test_written_as_the_standard_has_it(void **state)
{
    const char *const readers[] = {"poste@exemple.example", "post@example.example", NULL};
    struct mail mail = plain;
    struct buf pouch = BUF_INIT, out = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    buf_adds(&pouch, "pch\1 any bytes \xff\xfe\xfd");
    mail.to = readers;
    assert_true(mail_put(&out, &mail, pouch.data, pouch.size, &err));
    const char *head = "From: oficina@ejemplo.example\n"
                       "To: poste@exemple.example,\n post@example.example\n"
                       "Subject: Sealed pouch 21c537412def\n"
                       "Date: Sun, 29 Nov 2026 04:00:00 -0600\n"
                       "Message-ID: <21c537412def.1795946400@ejemplo.example>\n"
                       "MIME-Version: 1.0\n"
                       "Content-Type: text/plain; charset=utf-8\n"
                       "Content-Transfer-Encoding: quoted-printable\n\n";
    assert_int_equal(strncmp(out.data, head, strlen(head)), 0);
    assert_null(strchr(out.data, '\r'));
    assert_non_null(strstr(out.data, "\n[BEGIN-AMPARO-POUCH]\ncGNoASBhbnkgYnl0ZXMg__79\n"));
    buf_release(&out);
    buf_release(&pouch);
    error_release(&err);
}

static void test_written_in_any_language_and_found(void **state)
{
    struct mail mail = plain;
    struct buf pouch = BUF_INIT, out = BUF_INIT;
    struct kept kept = {0};
    (void)state;

    kit_pouch(&pouch, 485, 4);
    mail.tr = upside;
    mail.crlf = true;
    mail.message_id = "any.id@ejemplo.example";
    assert_true(mail_put(&out, &mail, pouch.data, pouch.size, NULL));
    for (const char *line = out.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        assert_true(end - line <= 78 && end > line && end[-1] == '\r');
        for (const char *c = line; c < end - 1; c++)
            assert_true(*c >= ' ' && *c < 0x7f);
    }
    assert_non_null(strstr(out.data, "Subject: =?UTF-8?B?"));
    assert_non_null(strstr(out.data, "=C3=89 =3D 1."));
    assert_non_null(strstr(out.data, "Message-ID: <any.id@ejemplo.example>\r\n"));
    assert_true(pouch_find(out.data, out.size, NULL, kept_visit, &kept));
    kit_assert_only(&kept, &pouch, POUCH_ARMOUR);
    kept_release(&kept);
    buf_release(&out);
    buf_release(&pouch);
}

static void test_nothing_is_smuggled_into_the_head(void **state)
{
    static const char *const bad[] = {
        "",
        "post",
        "@example",
        "post@",
        "a@b@c",
        "a b@c.example",
        "a@c.example\r\nBcc: x@y.example",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "ñ@b.example",
        "a\"@b.example",
        "a@b.example\n",
    };
    const char *const nobody[] = {NULL};
    struct buf out = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        const char *const to[] = {"a@b.example", bad[i], NULL};
        struct mail mail = plain;
        mail.to = to;
        error_clear(&err);
        assert_false(mail_put(&out, &mail, "pch\1", 4, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        mail = plain;
        mail.from = bad[i];
        assert_false(mail_put(&out, &mail, "pch\1", 4, NULL));
        mail = plain;
        mail.message_id = bad[i];
        assert_false(mail_put(&out, &mail, "pch\1", 4, NULL));
    }
    struct mail mail = plain;
    mail.to = nobody;
    assert_false(mail_put(&out, &mail, "pch\1", 4, NULL));
    mail = plain;
    mail.subject = "one\nBcc: x@y.example";
    assert_false(mail_put(&out, &mail, "pch\1", 4, NULL));
    assert_int_equal(out.size, 0);
    mail.subject = "tab\there";
    assert_true(mail_put(&out, &mail, "pch\1", 4, NULL));
    assert_non_null(strstr(out.data, "Subject: =?UTF-8?B?dGFiCWhlcmU=?=\n"));
    buf_release(&out);
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found_in_saved_mail),
        cmocka_unit_test(test_found_in_an_mbox),
        cmocka_unit_test(test_written_as_the_standard_has_it),
        cmocka_unit_test(test_written_in_any_language_and_found),
        cmocka_unit_test(test_nothing_is_smuggled_into_the_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
