/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/route.h"

#include <string.h>

#include "amparo/base/i18n.h"

static const struct route_row rows[ROUTE_COUNT] = {
    [ROUTE_FOLDER] =
        {
            "folder",
            N_("Folder or USB stick"),
            N_("Take a folder on the stick, or one that is shared with the other post. Each pouch "
               "becomes a file there that says nothing but its day. Eject the stick before you "
               "take it out; what is on it can be read by nobody but the posts that it is for, so "
               "anybody may carry it."),
            N_("Plug in the stick, and name its folder as what is received. Everything in it is "
               "looked at, in any order, and nothing is changed there; what was received before "
               "is recognized, so the same stick may come again and again."),
        },
    [ROUTE_MAIL] =
        {
            "mail",
            N_("E-mail program"),
            N_("Write the pouch as a message (.eml) into a folder, open it there with your mail "
               "program, and send it. Or attach the file .pch to any message, or paste the text "
               "into one. What you write beside it is read by everybody on the way: nothing of "
               "the case belongs there."),
            N_("Save the message from your mail program as a file (.eml, .txt or .html), in a "
               "folder for that, and receive the folder. Attached pouches, replies and forwarded "
               "messages are understood. If the program says that letters are missing, ask for "
               "the message as an attachment."),
        },
    [ROUTE_SENDMAIL] =
        {
            "sendmail",
            N_("Mail of this machine"),
            N_("Where this machine sends mail itself, give it the message: sendmail -t < FILE. "
               "From, To and all the rest stand in it."),
            N_("Receive the Maildir or the mbox file into which this machine delivers: new "
               "messages are found there, and those received before are recognized."),
        },
    [ROUTE_TEXT] =
        {
            "text",
            N_("Text"),
            N_("Copy the lines from BEGIN to END into whatever carries text: a chat, a form, a "
               "telex. It does not matter if lines are broken elsewhere or quoted on the way."),
            N_("Copy everything that arrived into a file, from BEGIN to END at least, and receive "
               "that file. Several in one file, and other text between them, do no harm."),
        },
    [ROUTE_PAPER] =
        {
            "paper",
            N_("QR codes on paper"),
            N_("Print the codes in their full size, without fitting them to the page, and send "
               "all sheets by post or courier. Do not fold the paper across a code."),
            N_("Scan every code of the sheets with a hand scanner or a telephone, in any order; "
               "one scanned twice does no harm. The program says which of them are missing."),
        },
    [ROUTE_SCREEN] =
        {
            "screen",
            N_("QR codes on the screen"),
            N_("Show the codes, one after the other, and let the other side photograph each from "
               "the screen: light on dark or dark on light, as it reads better. Make the letters "
               "larger where a camera does not take it."),
            N_("Scan the codes from the screen of the other machine with a hand scanner; or with "
               "a telephone, and send its text to this machine as a file."),
        },
    [ROUTE_SCANNER] =
        {
            "scanner",
            N_("Hand scanner"),
            NULL,
            N_("Plug in the scanner, go to the field for codes, and scan: it types each code and "
               "ends it with Enter. Set it to the keyboard that this computer is set to (its "
               "booklet has codes for that) if the program asks for it."),
        },
};

const struct route_row *route_row(enum route route)
{
    return &rows[route];
}

bool route_parse(const char *code, enum route *route)
{
    for (int i = 0; i < ROUTE_COUNT; i++)
        if (strcmp(rows[i].code, code) == 0) {
            *route = (enum route)i;
            return true;
        }
    return false;
}
