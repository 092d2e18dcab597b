# SPDX-License-Identifier: MIT
# The manual; man/LL has the pages of a language, which automake's man_MANS does not know.
dist_man_MANS += man/amparo.1 man/amparo-casefile.5 man/amparo-pouch.5
man_languages = es
EXTRA_DIST += $(foreach l,$(man_languages),man/$(l)/amparo.1 man/$(l)/amparo-casefile.5 \
	man/$(l)/amparo-pouch.5)

install-data-local: install-manual
install-manual:
	for l in $(man_languages); do for s in 1 5; do \
	  $(MKDIR_P) "$(DESTDIR)$(mandir)/$$l/man$$s" && \
	  $(INSTALL_DATA) $(srcdir)/man/$$l/*.$$s "$(DESTDIR)$(mandir)/$$l/man$$s" || exit 1; done; done

uninstall-local: uninstall-manual
uninstall-manual:
	for l in $(man_languages); do \
	  rm -f "$(DESTDIR)$(mandir)/$$l/man1/amparo.1" "$(DESTDIR)$(mandir)/$$l/man5/amparo-casefile.5" \
	    "$(DESTDIR)$(mandir)/$$l/man5/amparo-pouch.5"; done
.PHONY: install-manual uninstall-manual
