/* SPDX-License-Identifier: MIT */
/*
 * What each post says, and after what: scenarios of the demo, to their end. Nobody takes down what
 * another one of these posts says: it comes by pouch. The other States have no amparo, and write.
 *
 * In a payload {day} is today, {day+3} in three days, {at-10} ten minutes ago, {note:REQ} the last
 * note of that kind in the case here, {contact} the last act of that kind.
 */
#include "network_kit.h"

#define MAIL(who) "'transcribed': {'from': '" who "', 'channel': 'email', 'on': '{day}'}"
#define CONSENT(purpose, to)                                                                       \
    "{'person': 1, 'purpose': '" purpose "', 'to': '" to                                           \
    "', 'given_by': 'self', 'form': 'telephone', 'on': '{day}'}"

/* ---- 1: five States are asked, two offer, one is chosen, helps, and the case is reported ---- */

/* clang-format off */
static const struct network_step dubai[] = {
    {AT_REQUESTING, "open", "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': 'phone'}", ""},
    {AT_REQUESTING, "person", "{'person': 1, 'surname_1': 'RAMÍREZ', 'surname_2': 'ORDÓÑEZ', 'given_names': 'Karen Yamileth', 'sex': 'F', 'birth_date': '1998-03-14', 'nationalities': [{'state': 'HN', 'proof': 'passport'}], 'languages': ['es'], 'phone': '+971505550142', 'safe_to_call': true}", ""},
    {AT_REQUESTING, "situation", "{'locality': 'Dubai', 'danger_now': false, 'detained': false, 'place_type': 'shelter', 'address': 'shelter code D-7', 'own_posts': 'none'}", ""},
    {AT_REQUESTING, "ground", "{'person': 1, 'code': 'G5', 'perpetrator': 'employer', 'facts': 'The employer keeps the passport; five months of wages were not paid.'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'travel_document', 'urgency': '72h'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'legal', 'urgency': 'week'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'shelter', 'urgency': 'now'}", ""},
    {AT_REQUESTING, "consent", CONSENT("P2", "Cancillería"), ""},
    {AT_REQUESTING, "consent", CONSENT("P3", "focal points"), ""},
    {AT_REQUESTING, "decide", "{'decision': 'applies', 'reason': 'Labour exploitation by a private employer; no office there.'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'poll', 'on': '{day}'}", ""},
    {AT_REQUESTING, "poll", "{'round': 1, 'to': ['CA', 'CR', 'MX', 'PA', 'US'], 'reply_by': '{day+4}', 'area': 'Dubai', 'needs': ['shelter', 'legal', 'travel_document'], 'languages': ['es']}", ""},
    {AT_REQUESTING, "reply", "{'state': 'PA', 'round': 1, 'legal': 'yes', 'material': 'no', 'offer': false, 'services': [], " MAIL("Panama") "}", ""},
    {AT_REQUESTING, "decline", "{'state': 'CA', 'stage': 'poll', 'round': 1, " MAIL("Canada") "}", ""},
    {AT_FIRST, "reply", "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'partial', 'offer': true, 'services': ['shelter', 'legal'], 'limits': 'a visit to the shelter within two days and a list of lawyers; no funds'}", "poll"},
    {AT_SECOND, "reply", "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'partial', 'offer': true, 'services': ['travel_document'], 'limits': 'documents only; no visits outside Abu Dhabi'}", "poll"},
    {AT_REQUESTING, "choose", "{'state': 'MX', 'reason': 'The visits are what she needs first; same language.'}", "reply:MX"},
    {AT_REQUESTING, "consent", CONSENT("P4", "MX"), ""},
    {AT_REQUESTING, "consent", CONSENT("P5", "IOM"), ""},
    {AT_REQUESTING, "consent", CONSENT("P9", "Secretariat"), ""},
    {AT_REQUESTING, "authorise", "{'what': 'request', 'by': 'Dirección General', 'reference': 'DGAC-114', 'on': '{day}'}", ""},
    {AT_REQUESTING, "authorise", "{'what': 'etd', 'by': 'Dirección General', 'reference': 'DGAC-115', 'on': '{day}'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'request', 'on': '{day}'}", ""},
    {AT_REQUESTING, "note", "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy', 'city': 'Abu Dhabi'}, 'persons': [1], 'scope': 'una visita al albergue y una lista de abogados', 'limits': 'cuatro visitas como máximo', 'authorities': 'none', 'ends_on': '{day+50}', 'costs': 'a cargo de Honduras', 'date': '{day}', 'at': '{at}', 'language': 'es'}", ""},
    {AT_FIRST, "accept", "{'state': 'MX', 'note': '{note:REQ}', 'scope': 'visitas al albergue, lista de abogados', 'limits': 'cuatro visitas; sin fondos', 'services': ['shelter', 'legal'], 'ends_on': '{day+50}', 'authorities': 'none'}", "note:REQ"},
    {AT_FIRST, "note", "{'kind': 'ACC', 'direction': 'out', 'to': {'state': 'HN', 'office': 'Consular Directorate', 'city': 'Tegucigalpa'}, 'persons': [1], 'date': '{day}', 'at': '{at}', 'in_reply_to': '{note:REQ}', 'language': 'es'}", ""},
    {AT_FIRST, "assist", "{'at': '{at}', 'by': 'MX', 'kind': 'visit', 'persons': [1], 'manner': 'good_offices', 'detail': 'Visit to the shelter: she is well.', 'needs': ['shelter']}", ""},
    {AT_FIRST, "assist", "{'at': '{at}', 'by': 'MX', 'kind': 'legal', 'persons': [1], 'manner': 'good_offices', 'detail': 'List of five lawyers handed over.', 'needs': ['legal']}", ""},
    {AT_REQUESTING, "note", "{'kind': 'CLO', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Embassy', 'city': 'Abu Dhabi'}, 'date': '{day}', 'at': '{at}', 'language': 'es'}", "reply:CR"},
    {AT_REQUESTING, "cost", "{'on': '{day}', 'amount': '1850.00', 'currency': 'AED', 'source': 'state_of_citizenship', 'item': 'air ticket', 'persons': [1]}", ""},
    {AT_REQUESTING, "close", "{'outcome': ['repatriated', 'documents_issued'], 'reason': 'She is home.', 'unmet_needs': ['labour_claim']}", "accept:MX,assist:2"},
    {AT_REQUESTING, "report", "{'meeting': 'LON-CP', 'on': '{day}', 'provided': 'Visits and a list of lawyers, by Mexico.'}", ""},
    {NETWORK_POSTS, NULL, NULL, NULL},
};

/* ---- 2: help at night, before the note and after it ---- */

static const struct network_step haiti[] = {
    {AT_REQUESTING, "open", "{'role': 'requesting', 'receiving_state': 'HT', 'priority': 'life_threatening', 'source': 'family', 'priority_reason': 'gunfire in the street where he hides'}", ""},
    {AT_FIRST, "open", "{'role': 'assisting', 'receiving_state': 'HT', 'requesting_state': 'GT', 'priority': 'life_threatening', 'source': 'phone', 'priority_reason': 'gunfire in the street where he hides'}", ""},
    {AT_FIRST, "contact", "{'at': '{at}', 'reason': 'Armed men in the street; he could not wait for the note.', 'detail': 'Told by telephone how to reach the safe house.', 'place': 'Port-au-Prince'}", ""},
    {AT_REQUESTING, "person", "{'person': 1, 'surname_1': 'LÓPEZ', 'surname_2': 'DE LEÓN', 'given_names': 'José Ángel', 'sex': 'M', 'birth_date': '2009-01-XX', 'nationalities': [{'state': 'GT', 'proof': 'consular_register'}], 'languages': ['es'], 'treat_as_child': true}", ""},
    {AT_REQUESTING, "situation", "{'locality': 'Pétion-Ville', 'danger_now': true, 'armed_conflict': true, 'place_type': 'other', 'address': 'safe house 3', 'own_posts': 'none'}", ""},
    {AT_REQUESTING, "ground", "{'person': 1, 'code': 'G1', 'perpetrator': 'criminal_group', 'facts': 'Threatened by an armed gang; alone.'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'shelter', 'urgency': 'now'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'child_care', 'urgency': 'now'}", ""},
    {AT_REQUESTING, "consent", "{'person': 1, 'purpose': 'P3', 'to': 'focal points', 'given_by': 'best_interests', 'form': 'telephone', 'on': '{day}'}", ""},
    {AT_REQUESTING, "decide", "{'decision': 'applies', 'reason': 'A child alone under threat; no office there.'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'poll', 'on': '{day}'}", ""},
    {AT_REQUESTING, "poll", "{'round': 1, 'to': ['CA', 'MX', 'PA', 'US'], 'reply_by': '{at+240}', 'needs': ['shelter', 'child_care'], 'languages': ['es']}", ""},
    {AT_FIRST, "reply", "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': ['shelter', 'child_care', 'escort']}", "poll"},
    {AT_SECOND, "decline", "{'state': 'PA', 'stage': 'poll', 'round': 1}", "poll"},
    {AT_REQUESTING, "choose", "{'state': 'MX', 'reason': 'The only offer in time.'}", "reply:MX"},
    {AT_REQUESTING, "consent", "{'person': 1, 'purpose': 'P4', 'to': 'MX', 'given_by': 'best_interests', 'form': 'telephone', 'on': '{day}'}", ""},
    {AT_REQUESTING, "authorise", "{'what': 'request', 'by': 'Viceministerio', 'reference': 'VM-88', 'on': '{day}'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'request', 'on': '{day}'}", ""},
    {AT_REQUESTING, "note", "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'MX', 'office': 'Embassy', 'city': 'Port-au-Prince'}, 'persons': [1], 'scope': 'albergue seguro, cuidado y acompañamiento al aeropuerto', 'date': '{day}', 'at': '{at}', 'language': 'es'}", ""},
    {AT_FIRST, "assist", "{'at': '{at}', 'by': 'MX', 'kind': 'shelter', 'persons': [1], 'manner': 'good_offices', 'detail': 'Night in the annex, with a woman of the staff present.', 'needs': ['shelter']}", "note:REQ"},
    {AT_FIRST, "accept", "{'state': 'MX', 'note': '{note:REQ}', 'scope': 'albergue seguro, cuidado y acompañamiento al aeropuerto', 'services': ['shelter', 'child_care', 'escort'], 'authorities': 'ask_each_time'}", ""},
    {AT_FIRST, "note", "{'kind': 'ACC', 'direction': 'out', 'to': {'state': 'GT', 'office': 'Consular Directorate', 'city': 'Guatemala City'}, 'persons': [1], 'date': '{day}', 'at': '{at}', 'in_reply_to': '{note:REQ}', 'language': 'es'}", ""},
    {AT_FIRST, "child", "{'person': 1, 'accompanied': 'unaccompanied', 'care': 'annex of the residence', 'responsible': 'grandmother, reached by telephone', 'views': 'He wants to go to his grandmother.', 'best_interests': 'Shelter, then return to the grandmother.', 'by': 'Julián Arce', 'on': '{day}'}", ""},
    {AT_FIRST, "assist", "{'at': '{at}', 'by': 'MX', 'kind': 'escort', 'persons': [1], 'manner': 'good_offices', 'detail': 'Taken to the airport by car.', 'needs': ['child_care']}", ""},
    {AT_REQUESTING, "child", "{'person': 1, 'accompanied': 'unaccompanied', 'care': 'with his grandmother', 'responsible': 'grandmother', 'views': 'He is glad to be there.', 'best_interests': 'He stays with his grandmother.', 'by': 'Ana Soto', 'on': '{day}'}", "accept:MX,assist:2"},
    {AT_REQUESTING, "consent", "{'person': 1, 'purpose': 'P9', 'to': 'Secretariat', 'given_by': 'guardian', 'form': 'written', 'on': '{day}'}", ""},
    {AT_REQUESTING, "close", "{'outcome': ['repatriated'], 'reason': 'With his grandmother.', 'unmet_needs': []}", ""},
    {AT_REQUESTING, "report", "{'meeting': 'LON-CP', 'on': '{day}', 'provided': 'Shelter and company, by Mexico.'}", ""},
    {NETWORK_POSTS, NULL, NULL, NULL},
};

/* ---- 4: consent is taken back, the request withdrawn, the data destroyed; and where it crosses, it
 * is withdrawn once the request has come, whatever the answer ---- */

static const struct network_step ankara[] = {
    {AT_REQUESTING, "open", "{'role': 'requesting', 'receiving_state': 'TR', 'priority': 'urgent', 'source': 'phone'}", ""},
    {AT_REQUESTING, "person", "{'person': 1, 'surname_1': 'PAULINO', 'surname_2': 'MARTE', 'given_names': 'Yokasta', 'sex': 'F', 'birth_date': '1991-10-07', 'nationalities': [{'state': 'DO', 'proof': 'passport'}], 'languages': ['es'], 'safe_to_call': false}", ""},
    {AT_REQUESTING, "situation", "{'locality': 'Ankara', 'danger_now': true, 'own_posts': 'none', 'place_type': 'home'}", ""},
    {AT_REQUESTING, "ground", "{'person': 1, 'code': 'G3', 'perpetrator': 'family', 'facts': 'Beaten by her husband.'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'shelter', 'urgency': '24h'}", ""},
    {AT_REQUESTING, "need", "{'person': 1, 'need': 'legal', 'urgency': 'week'}", ""},
    {AT_REQUESTING, "consent", CONSENT("P2", "Cancillería"), ""},
    {AT_REQUESTING, "consent", CONSENT("P3", "focal points"), ""},
    {AT_REQUESTING, "decide", "{'decision': 'applies', 'reason': 'Domestic violence; no office there.'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'poll', 'on': '{day}'}", ""},
    {AT_REQUESTING, "poll", "{'round': 1, 'to': ['CA', 'CR', 'GT', 'MX', 'PA', 'SV', 'US'], 'reply_by': '{day+2}', 'needs': ['shelter', 'legal'], 'languages': ['es']}", ""},
    {AT_FIRST, "reply", "{'state': 'SV', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': ['shelter', 'legal']}", "poll"},
    {AT_SECOND, "reply", "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'partial', 'offer': true, 'services': ['legal']}", "poll"},
    {AT_REQUESTING, "reply", "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, 'services': ['legal'], " MAIL("Mexico") "}", ""},
    {AT_REQUESTING, "reply", "{'state': 'PA', 'round': 1, 'legal': 'yes', 'material': 'partial', 'offer': true, 'services': ['interpretation'], " MAIL("Panama") "}", ""},
    {AT_REQUESTING, "reply", "{'state': 'GT', 'round': 1, 'legal': 'yes', 'material': 'no', 'offer': false, 'services': [], " MAIL("Guatemala") "}", ""},
    {AT_REQUESTING, "decline", "{'state': 'CA', 'stage': 'poll', 'round': 1, " MAIL("Canada") "}", ""},
    {AT_REQUESTING, "choose", "{'state': 'SV', 'reason': 'Same language, and a woman officer.'}", "reply:SV"},
    {AT_REQUESTING, "consent", "{'person': 1, 'purpose': 'P4', 'to': 'SV', 'given_by': 'self', 'form': 'oral', 'on': '{day}', 'restrictions': 'nunca al esposo ni a la policía'}", ""},
    {AT_REQUESTING, "authorise", "{'what': 'request', 'by': 'Viceministerio', 'reference': 'VM-209', 'on': '{day}'}", ""},
    {AT_REQUESTING, "notify", "{'event': 'request', 'on': '{day}'}", ""},
    {AT_REQUESTING, "note", "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'SV', 'office': 'Embassy', 'city': 'Ankara'}, 'persons': [1], 'scope': 'un lugar seguro y una entrevista con una abogada', 'authorities': 'none', 'date': '{day}', 'at': '{at}', 'language': 'es'}", ""},
    {AT_FIRST, "?accept", "{'state': 'SV', 'note': '{note:REQ}', 'scope': 'un lugar seguro y una entrevista con una abogada'}", "note:REQ"},
    {AT_FIRST, "?assist", "{'at': '{at}', 'by': 'SV', 'kind': 'shelter', 'persons': [1], 'manner': 'good_offices', 'detail': 'A night in a safe place.', 'needs': ['shelter']}", ""},
    {AT_REQUESTING, "withdraw_consent", "{'person': 1, 'purposes': ['P4', 'P5', 'P6', 'P7', 'P8'], 'on': '{day}', 'form': 'telephone'}", "accept:SV|acked:note"},
    {AT_REQUESTING, "withdraw", "{'note': '{note:REQ}', 'at': '{at}', 'reason': 'The person took her consent back.'}", ""},
    {AT_REQUESTING, "note", "{'kind': 'WDR', 'direction': 'out', 'to': {'state': 'SV', 'office': 'Embassy', 'city': 'Ankara'}, 'date': '{day}', 'at': '{at}', 'in_reply_to': '{note:REQ}', 'language': 'es'}", ""},
    {AT_REQUESTING, "data_return", "{'state': 'SV', 'asked_on': '{day}', 'form': 'destroyed'}", ""},
    {AT_FIRST, "data_return", "{'state': 'SV', 'asked_on': '{day}', 'confirmed_on': '{day}', 'form': 'destroyed', 'reference': 'ES-AN-14'}", "accept:SV,withdraw|withdraw"},
    {AT_REQUESTING, "close", "{'outcome': ['consent_withdrawn'], 'reason': 'She took her consent back; she has our number.'}", "data_return:2"},
    {AT_REQUESTING, "report", "{'meeting': 'LON-CP', 'on': '{day}'}", ""},
    {NETWORK_POSTS, NULL, NULL, NULL},
};
/* clang-format on */

#define SECRETARIAT                                                                                \
    {                                                                                              \
        "CR", "TS", "Technical Secretariat", "CR", "San José", "secretariat"                       \
    }

const struct network_story network_stories[] = {
    {"dubai",
     "AE",
     {{"HN", "HNGLF", "Consular desk for the Gulf", "HN", "San Pedro Sula", "consulate"},
      {"HN", "HNTGU", "Consular Directorate", "HN", "Tegucigalpa", "directorate"},
      {"MX", "MXAUH", "Embassy, Consular Section", "AE", "Abu Dhabi", "consulate"},
      {"CR", "CRAUH", "Embassy, Consular Section", "AE", "Abu Dhabi", "consulate"},
      SECRETARIAT},
     dubai,
     false},
    {"haiti",
     "HT",
     {{"GT", "GTCAR", "Consular desk for the Caribbean", "GT", "Guatemala City", "consulate"},
      {"GT", "GTGUA", "Consular Directorate", "GT", "Guatemala City", "directorate"},
      {"MX", "MXPAP", "Embassy, Consular Section", "HT", "Port-au-Prince", "consulate"},
      {"PA", "PAPAP", "Embassy, Consular Section", "HT", "Port-au-Prince", "consulate"},
      SECRETARIAT},
     haiti,
     false},
    {"ankara",
     "TR",
     {{"DO", "DOTUR", "Consular desk for Asia", "DO", "Santiago", "consulate"},
      {"DO", "DOSDQ", "Consular Directorate", "DO", "Santo Domingo", "directorate"},
      {"SV", "SVANK", "Embassy, Consular Section", "TR", "Ankara", "consulate"},
      {"CR", "CRANK", "Embassy, Consular Section", "TR", "Ankara", "consulate"},
      SECRETARIAT},
     ankara,
     false},
    {"crossing",
     "TR",
     {{"DO", "DOTUR", "Consular desk for Asia", "DO", "Santiago", "consulate"},
      {"DO", "DOSDQ", "Consular Directorate", "DO", "Santo Domingo", "directorate"},
      {"SV", "SVANK", "Embassy, Consular Section", "TR", "Ankara", "consulate"},
      {"CR", "CRANK", "Embassy, Consular Section", "TR", "Ankara", "consulate"},
      SECRETARIAT},
     ankara,
     true},
};

const size_t network_story_count = sizeof network_stories / sizeof *network_stories;
