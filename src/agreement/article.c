/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/article.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const struct {
    const char *article, *gist;
} gists[] = {
    {"1", N_("consular protection reaches people in any country")},
    {"2", N_("posts coordinate, and each State decides for itself")},
    {"3", N_("each case is decided by itself, by law and by means")},
    {"4", N_("another State helps where one has no office of one's own")},
    {"5", N_("scope and procedure are agreed by note, case by case")},
    {"6", N_("no help comes before a formal request by note")},
    {"7.1", N_("it is for nationals of a Member State")},
    {"7.2", N_("their State has to take part")},
    {"7.3", N_("their State has no office of its own in the country")},
    {"7.4", N_("the request rests on one of its grounds")},
    {"7.5", N_("capitals coordinate, local authorities seldom")},
    {"7.6", N_("focal points are asked who can help, and how")},
    {"7.7", N_("each case is presented at the next network meeting")},
    {"8", N_("who bears which cost is to be known")},
    {"9", N_("it holds once the Vice-Ministers approve it")},
};

const char *article_gist(const char *article)
{
    for (size_t i = 0; i < ARRAY_SIZE(gists); i++)
        if (strcmp(gists[i].article, article) == 0)
            return gists[i].gist;
    return NULL;
}
