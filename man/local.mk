# SPDX-License-Identifier: MIT
dist_man_MANS += man/amparo.1 man/amparo-casefile.5
