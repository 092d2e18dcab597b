/* SPDX-License-Identifier: MIT */
/* The field table: further documents of a person, and who belongs together. */
#include "amparo/agreement/fields.h"

const struct code document_type_codes[] = {
    {"passport", N_("passport")},
    {"identity_card", N_("identity card")},
    {"birth_certificate", N_("birth certificate")},
    {"residence_card", N_("residence card")},
    {"refugee_document", N_("refugee document")},
    {"emergency_document", N_("emergency document")},
    {"other", N_("other")},
    {NULL, NULL},
};

const struct code document_status_codes[] = {
    {"held", N_("with the person")},
    {"employer", N_("kept by the employer")},
    {"police", N_("kept by the police")},
    {"trafficker", N_("kept by a trafficker")},
    {"lost", N_("lost")},
    {"stolen", N_("stolen")},
    {"destroyed", N_("destroyed")},
    {"never_had", N_("never had one")},
    {NULL, NULL},
};

const struct code document_sight_codes[] = {
    {"original", N_("original seen")},
    {"copy", N_("copy seen")},
    {"told", N_("told only")},
    {NULL, NULL},
};

const struct field document_fields[] = {
    FIELD(1, "person", PERSON, P0, "7.1", N_("Person"), N_("Whose document it is"), NEEDED),
    FIELD(2, "document", NUMBER, P0, "", N_("Document"),
          N_("Its number here, from 1; said again, it takes the place"), NEEDED, .width = 2),
    FIELD(3, "type", CODE, P1, "7.1", N_("Kind"), N_("What it is"), NEEDED,
          .codes = document_type_codes, .paper = ""),
    FIELD(4, "mrz", MRZ, P1, "7.1", N_("Passport line"),
          N_("Machine-readable lines, typed or pasted"), OPTIONAL, .width = 44),
    FIELD(5, "number", TEXT, P1, "7.1", N_("Number"), N_("Of the document"), OPTIONAL, .width = 20,
          .searched = SEARCHED_NUMBER),
    FIELD(6, "issuer", STATE, P1, "7.1", N_("Issued by"), N_("State"), OPTIONAL),
    FIELD(7, "authority", TEXT, P1, "7.1", N_("Authority"),
          N_("Office or organisation that issued it"), OPTIONAL),
    FIELD(8, "issued", DATE, P1, "7.1", N_("Issued on"), N_("Date in the document"), OPTIONAL),
    FIELD(9, "valid_until", DATE, P1, "7.1", N_("Valid until"), N_("Date in the document"),
          OPTIONAL),
    FIELD(10, "status", CODE, P1, "", N_("Where is it"), N_("Who has the document now"), OPTIONAL,
          .codes = document_status_codes),
    FIELD(11, "loss_report", TEXT, P1, "", N_("Loss report"), N_("Its number"), OPTIONAL),
    FIELD(12, "loss_report_on", DATE, P1, "", N_("Reported on"), N_("Day of the loss report"),
          OPTIONAL),
    FIELD(13, "seen", CODE, P1, "7.1", N_("Seen"), N_("What we saw of it ourselves"), OPTIONAL,
          .codes = document_sight_codes),
    FIELD(14, "doubtful", BOOL, P2, "7.1", N_("Doubtful?"), N_("May it be forged?"), OPTIONAL),
    FIELD(15, "etd_needed", BOOL, P1, "7.5", N_("To be issued?"),
          N_("Emergency document: it is needed, not yet there"), OPTIONAL),
    FIELD(16, "authorisation", ACT, P0, "7.5", N_("Authorisation"),
          N_("The capital's, to issue it: which act says so"), OPTIONAL),
    FIELD(17, "journey_from", TEXT, P2, "", N_("Journey from"),
          N_("Single journey: where it begins"), OPTIONAL),
    FIELD(18, "journey_to", TEXT, P2, "", N_("Journey to"), N_("Single journey: where it ends"),
          OPTIONAL),
    FIELD(19, "delivered_on", DATE, P1, "", N_("Delivered on"),
          N_("Day on which the person got it"), OPTIONAL),
    FIELD_END,
};

static const struct code group_types[] = {
    {"family", N_("family")},
    {"siblings", N_("brothers and sisters")},
    {"travelling", N_("travelling together")},
    {"household", N_("household of an employer")},
    {NULL, NULL},
};

static const struct code relations[] = {
    {"mother", N_("mother")},
    {"father", N_("father")},
    {"child", N_("child")},
    {"sibling", N_("brother or sister")},
    {"partner", N_("husband, wife, partner")},
    {"grandparent", N_("grandparent")},
    {"grandchild", N_("grandchild")},
    {"relative", N_("other relative")},
    {"guardian", N_("guardian")},
    {"companion", N_("travels along")},
    {NULL, NULL},
};

static const struct field relation_members[] = {
    FIELD(1, "person", PERSON, P1, "", N_("This one"), N_("Number in this case"), NEEDED),
    FIELD(2, "is", CODE, P1, "", N_("is the"), N_("What the first is to the second"), NEEDED,
          .codes = relations),
    FIELD(3, "of", PERSON, P1, "", N_("of"), N_("Number in this case"), NEEDED),
    FIELD_END,
};

static const struct field separated_members[] = {
    FIELD(1, "name", TEXT, P2, "", N_("Separated"), N_("Who of the group is not with it"), NEEDED,
          .searched = SEARCHED_WORDS),
    FIELD(2, "relation", TEXT, P2, "", N_("Their relation"), N_("To the head of the group"),
          OPTIONAL),
    FIELD(3, "last_contact", PARTIAL_DATE, P2, "", N_("Last contact"), N_("As far as known"),
          OPTIONAL),
    FIELD(4, "last_place", TEXT, P2, "", N_("Last place"), N_("Where that one was then"), OPTIONAL),
    FIELD_END,
};

const struct field group_fields[] = {
    FIELD(1, "group", NUMBER, P0, "", N_("Group"),
          N_("Its number here, from 1; said again, it takes the place"), NEEDED, .width = 2),
    FIELD(2, "type", CODE, P1, "", N_("Kind"), N_("What holds them together"), NEEDED,
          .codes = group_types),
    FIELD(3, "persons", PERSONS, P0, "", N_("Members"), N_("Who of this case belongs to it"),
          NEEDED),
    FIELD(4, "head", PERSON, P0, "", N_("Head"), N_("Who speaks for the group"), OPTIONAL),
    FIELD(5, "keep_together", BOOL, P1, "", N_("Keep together?"),
          N_("The group must not be divided"), OPTIONAL),
    FIELD(6, "relations", OBJECTS, P1, "", N_("Relations"), N_("Who is what to whom"), OPTIONAL,
          .members = relation_members),
    FIELD(7, "separated", OBJECTS, P2, "", N_("Separated"), N_("Members who are elsewhere"),
          OPTIONAL, .members = separated_members),
    FIELD_END,
};

const struct field link_fields[] = {
    FIELD(1, "person", PERSON, P0, "", N_("Person"), N_("Of this case"), NEEDED),
    FIELD(2, "case", TEXT, P3, "", N_("Other case"), N_("Its reference"), NEEDED, .width = 20),
    FIELD(3, "other", NUMBER, P3, "", N_("Person there"),
          N_("Who is the same; both records stay as they are"), NEEDED, .width = 3),
    FIELD(4, "reason", LONG, P3, "", N_("Reason"), N_("What shows that it is the same person"),
          NEEDED),
    FIELD_END,
};

const struct field unlink_fields[] = {
    FIELD(1, "person", PERSON, P0, "", N_("Person"), N_("Of this case"), NEEDED),
    FIELD(2, "case", TEXT, P3, "", N_("Other case"), N_("Its reference"), NEEDED, .width = 20),
    FIELD(3, "other", NUMBER, P3, "", N_("Person there"), N_("Who is somebody else after all"),
          NEEDED, .width = 3),
    FIELD(4, "reason", LONG, P3, "", N_("Reason"), N_("What shows that they are two"), NEEDED),
    FIELD_END,
};
