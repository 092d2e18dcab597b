/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/travelcode.h"

#include <stddef.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/mem.h"

/* What ICAO 9303-3 has beyond ISO 3166-1. */
static const struct travel_code added[] = {
    {"D", TRAVEL_STATE, "DE", NULL},
    {"RKS", TRAVEL_STATE, "XK", NULL},
    {"GBD", TRAVEL_STATE, "GB", N_("British overseas territories citizen")},
    {"GBN", TRAVEL_STATE, "GB", N_("British national (overseas)")},
    {"GBO", TRAVEL_STATE, "GB", N_("British overseas citizen")},
    {"GBP", TRAVEL_STATE, "GB", N_("British protected person")},
    {"GBS", TRAVEL_STATE, "GB", N_("British subject")},
    {"XXA", TRAVEL_STATELESS, "", N_("stateless person")},
    {"XXB", TRAVEL_REFUGEE, "", N_("refugee (1951 Convention)")},
    {"XXC", TRAVEL_REFUGEE, "", N_("refugee, other")},
    {"XXX", TRAVEL_UNSPECIFIED, "", N_("nationality unspecified")},
    {"EUE", TRAVEL_ORGANISATION, "", N_("European Union")},
    {"UNO", TRAVEL_ORGANISATION, "", N_("United Nations")},
    {"UNA", TRAVEL_ORGANISATION, "", N_("specialised agency of the United Nations")},
    {"UNK", TRAVEL_STATE, "XK", N_("resident of Kosovo (United Nations)")},
    {"XOM", TRAVEL_ORGANISATION, "", N_("Sovereign Military Order of Malta")},
    {"XPO", TRAVEL_ORGANISATION, "", N_("Interpol")},
    {"XCC", TRAVEL_ORGANISATION, "", N_("Caribbean Community")},
    {"XCE", TRAVEL_ORGANISATION, "", N_("Council of Europe")},
    {"XCO", TRAVEL_ORGANISATION, "", N_("Common Market for Eastern and Southern Africa")},
    {"XEC", TRAVEL_ORGANISATION, "", N_("Economic Community of West African States")},
    {"XBA", TRAVEL_ORGANISATION, "", N_("African Development Bank")},
    {"XIM", TRAVEL_ORGANISATION, "", N_("African Export-Import Bank")},
    {"XMP", TRAVEL_ORGANISATION, "", N_("Parliamentary Assembly of the Mediterranean")},
    {"XDC", TRAVEL_ORGANISATION, "", N_("Southern African Development Community")},
    {"UTO", TRAVEL_TEST, "", N_("Utopia: a specimen, no document")},
};

bool travel_code_find(const char *code, struct travel_code *out)
{
    size_t count;
    const struct country *all = country_all(&count);

    for (size_t i = 0; i < ARRAY_SIZE(added); i++)
        if (strcmp(added[i].code, code) == 0) {
            *out = added[i];
            return true;
        }
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].alpha3, code) == 0) {
            *out = (struct travel_code){all[i].alpha3, TRAVEL_STATE, all[i].code, NULL};
            return true;
        }
    return false;
}

const char *travel_code_name(const char *code, translate_fn *tr)
{
    struct travel_code found;

    if (!travel_code_find(code, &found))
        return code;
    return found.meaning ? tr(found.meaning) : country_name(found.state, tr);
}
