# SPDX-License-Identifier: MIT
# Translations: data/po/LL.po becomes locale/LL/LC_MESSAGES/amparo.mo in the build folder.
LINGUAS = es fr
po_files = $(LINGUAS:%=data/po/%.po)
mo_files = $(LINGUAS:%=locale/%/LC_MESSAGES/amparo.mo)
EXTRA_DIST += $(po_files)
CLEANFILES += $(mo_files)

locale/%/LC_MESSAGES/amparo.mo: data/po/%.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) --check-format -o $@ $<

all-local: $(mo_files)

install-data-local: $(mo_files)
	for l in $(LINGUAS); do \
	  d=$(DESTDIR)$(localedir)/$$l/LC_MESSAGES; $(MKDIR_P) "$$d"; \
	  test locale/$$l/LC_MESSAGES/amparo.mo -ef "$$d/amparo.mo" || \
	  $(INSTALL_DATA) locale/$$l/LC_MESSAGES/amparo.mo "$$d/amparo.mo"; done

uninstall-local:
	for l in $(LINGUAS); do rm -f $(DESTDIR)$(localedir)/$$l/LC_MESSAGES/amparo.mo; done

# make po: take up new strings into the catalogues (for translators; not part of the build).
po:
	cd $(top_srcdir) && $(XGETTEXT) --from-code=UTF-8 --add-location=file -k_ -kN_ -kn_:1,2 -kC_:1c,2 --add-comments=TRANSLATORS \
	  --package-name=amparo -o data/po/amparo.pot $$(find src -name '*.c' | LC_ALL=C sort) && \
	for l in $(LINGUAS); do $(MSGMERGE) --quiet --update --no-fuzzy-matching --backup=none data/po/$$l.po data/po/amparo.pot; done; \
	for l in $(LINGUAS); do msgattrib --no-obsolete -o data/po/$$l.po data/po/$$l.po; done; \
	sed -i -e '/^"POT-Creation-Date/d' -e '/^"Report-Msgid/d' $(po_files); rm -f data/po/amparo.pot
.PHONY: po
