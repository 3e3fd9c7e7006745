# fullstop - GNU make; `make help` lists the targets.
# SPDX-License-Identifier: ISC

PREFIX     ?= /usr/local
SYSCONFDIR ?= /etc/fullstop
UNITDIR    ?= $(PREFIX)/lib/systemd/system
DESTDIR    ?=
BUILD      ?= build/default
VERSION    := 0.1.0

CC       ?= cc
# what all programs link, then what only those with mail on the wire or webhooks do
PACKAGES := gmime-3.0 libxml-2.0 libconfuse libpsl libidn2 jansson libsodium sqlite3
WIRE     := libcurl milter
HARDEN   ?= -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
OPTIMIZE ?= -O2
SANITIZE ?=
WERROR   ?= $(if $(CI),-Werror)
WARN     := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
SYSTEMD  := $(shell pkg-config --exists libsystemd 2>/dev/null && echo yes)
ifeq ($(SYSTEMD),yes)
WIRE     += libsystemd
DEFINES  := -DFS_WITH_SYSTEMD
endif
DEFINES  += -DFS_VERSION='"$(VERSION)"'

FS_CPPFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -I$(BUILD)/gen \
              $(DEFINES) $(CPPFLAGS)
PKG_CFLAGS  := $(shell pkg-config --cflags $(PACKAGES) $(WIRE) 2>/dev/null)
PKG_LIBS    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
WIRE_LIBS   := $(shell pkg-config --libs $(WIRE) 2>/dev/null)
FS_CFLAGS    = $(OPTIMIZE) -g -pthread $(WARN) $(WERROR) $(HARDEN) $(SANITIZE) \
              $(PKG_CFLAGS) $(CFLAGS)
FS_LDFLAGS   = -pie -pthread -Wl,-z,relro,-z,now $(SANITIZE) $(LDFLAGS)
FS_LIBS      = $(PKG_LIBS) $(WIRE_LIBS)
CHECK_FLAGS := $(shell pkg-config --cflags check 2>/dev/null)
CHECK_LIBS  := $(shell pkg-config --libs check 2>/dev/null)

SOURCES  := $(wildcard milter/*/*.c)
LIB_SRC  := $(filter-out milter/cli/fullstop.c milter/cli/fullstop_webhook.c milter/mail/make_index.c,$(SOURCES))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
LIB      := $(BUILD)/libfullstop.a
PROGRAMS := $(addprefix $(BUILD)/,fullstopd fullstop fullstop-webhook)
TESTS    := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
BENCHES  := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/bench/*.c))
FUZZERS  := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
PAGES    := $(wildcard doc/*.[158])

all: $(PROGRAMS)

help:
	@echo 'make              build fullstopd and fullstop into $(BUILD)/'
	@echo 'make demo         install what is missing, build, and show the main job with a private Postfix'
	@echo 'make check        install what is missing, build, run all tests; the last line counts them'
	@echo 'make check-here   the same without installing anything'
	@echo 'make check-asan   all tests under AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make check-tsan   all tests under ThreadSanitizer'
	@echo 'make fuzz         every parser against made-up input, FUZZ_S=600 seconds each, FUZZ_ONLY=NAME'
	@echo 'make bench        messages per second, fullstopd over a null milter'
	@echo 'make bench-outbox webhooks per second over a bare curl loop, mail beside one that hangs'
	@echo 'make corpus       classes and error rates on labelled mail, CORPUS=DIR, VERBOSE=1: each miss'
	@echo 'make bench-classify  classify over merely parsing the same files, CORPUS=DIR'
	@echo 'make install      DESTDIR= PREFIX= SYSCONFDIR= UNITDIR=; never replaces a fullstop.conf'
	@echo 'make uninstall    takes away what install brought, leaves configuration and data'
	@echo 'make format lint  clang-format; and whether code and man pages are clean'
	@echo 'make po           take new sentences into po/fullstop.pot and po/de.po, for the translator'
	@echo 'make packages     install the Debian packages for building and testing'
	@echo 'make clean        remove build/'

$(BUILD)/fullstopd: $(BUILD)/milter/main.o $(LIB)
$(BUILD)/fullstop: $(BUILD)/milter/cli/fullstop.o $(LIB)
$(BUILD)/fullstop-webhook: $(BUILD)/milter/cli/fullstop_webhook.o $(LIB)
# libcurl and what it brings take longer to load than most commands take to run
$(BUILD)/fullstop: FS_LIBS = $(PKG_LIBS)
$(PROGRAMS):
	$(CC) $(FS_LDFLAGS) -o $@ $^ $(FS_LIBS)

$(LIB): $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/gen/flags | $(BUILD)/gen/freemail.inc $(BUILD)/gen/catalogue_de.inc
	@mkdir -p $(@D)
	$(CC) $(FS_CPPFLAGS) $(FS_CFLAGS) -MMD -MP -c -o $@ $<

# the list of free-mail domains, compiled in: one string literal a line
$(BUILD)/gen/freemail.inc: conf/freemail-domains
	@mkdir -p $(@D)
	LC_ALL=C sed -e '/^#/d' -e '/^$$/d' $< | LC_ALL=C sort -u | sed 's/.*/"&",/' > $@

# where the rows of the mail room's tables are found, printed by a program that has the tables
INDEXED := make_index tables date_rows return_rows $(patsubst %,wish_%,german english declines others idioms) \
           bounce_phrases bounce_languages bounce_signs
$(BUILD)/gen/make-index: $(INDEXED:%=$(BUILD)/milter/mail/%.o)
	@mkdir -p $(@D)
	$(CC) $(FS_LDFLAGS) -o $@ $^
$(BUILD)/gen/index.inc: $(BUILD)/gen/make-index
	$< > $@.new && mv $@.new $@
$(BUILD)/milter/mail/index.o: $(BUILD)/gen/index.inc

# the German texts, compiled in: a gettext catalogue as a list of bytes
$(BUILD)/gen/catalogue_%.inc: po/%.po
	@mkdir -p $(@D)
	msgfmt --check --endianness=little --no-hash -o $(BUILD)/gen/$*.mo $<
	od -An -v -tu1 $(BUILD)/gen/$*.mo | sed 's/[0-9][0-9]*/&,/g' > $@

# changes only when compiler or flags do, so that objects of other flags are never linked
FLAGS_TEXT = $(CC) $(FS_CPPFLAGS) $(FS_CFLAGS) $(FS_LDFLAGS) $(FS_LIBS)
$(BUILD)/gen/flags: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_TEXT))' | cmp -s - $@ || \
	    printf '%s\n' '$(subst ','\'',$(FLAGS_TEXT))' > $@

MODEL_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/model/*.c))
$(BUILD)/tests/test_model: $(MODEL_OBJ)
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIB)
	$(CC) $(FS_LDFLAGS) -o $@ $(filter %.o,$^) $(LIB) $(FS_LIBS) $(CHECK_LIBS)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/fuzz.o $(LIB)
	$(CC) $(FS_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(FS_LIBS)

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/gen/flags
	@mkdir -p $(@D)
	$(CC) $(FS_CPPFLAGS) $(FS_CFLAGS) $(CHECK_FLAGS) -MMD -MP -c -o $@ $<

# ---- tests ----

# The recursion lets make look at the libraries anew once they are installed.
packages:
	@.ci/install-packages build test
check: packages
	@.ci/unpack-sendmail build/sendmail
	@+$(MAKE) --no-print-directory check-here
check-here: all tests $(if $(SANITIZE),,fuzzers)
	@tests/run $(BUILD)
tests: $(TESTS)

ASAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
TSAN := -fsanitize=thread -fno-omit-frame-pointer
check-asan:
	@+$(MAKE) --no-print-directory check BUILD=build/asan SANITIZE='$(ASAN)' OPTIMIZE=-O1 HARDEN=-fPIE
check-tsan:
	@+$(MAKE) --no-print-directory check BUILD=build/tsan SANITIZE='$(TSAN)' OPTIMIZE=-O1 HARDEN=-fPIE

# One program per parser, with sanitizers of its own; made by clang whatever CC is. Without
# clang's runtime none is made, and tests/fuzz/run says which package is missing.
FUZZ_CC   ?= clang
FUZZ_S    ?= 600
FUZZ_ONLY ?=
FUZZ_SAN  := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
             -fno-omit-frame-pointer
fuzzers:
	@mkdir -p build
	@if echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' | \
	    $(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o build/probe -xc - 2>/dev/null; \
	then $(MAKE) --no-print-directory fuzz-programs BUILD=build/fuzz CC=$(FUZZ_CC) \
	    SANITIZE='$(FUZZ_SAN)' OPTIMIZE=-O1 HARDEN=-fPIE WARN=-Wall WERROR=; fi; rm -f build/probe
fuzz-programs: $(FUZZERS)
fuzz:
	@.ci/install-packages build fuzz
	@+$(MAKE) --no-print-directory -s fuzzers
	@tests/fuzz/run build/fuzz $(FUZZ_S) $(FUZZ_ONLY)

# Labelled real mail; where it lies is said each time: make corpus CORPUS=DIR [VERBOSE=1]
CORPUS ?=
corpus: all
	@tests/corpus $(BUILD)/fullstop '$(CORPUS)'

demo:
	@.ci/install-packages build demo
	@+$(MAKE) --no-print-directory -s all
	@tests/demo $(BUILD)

bench: all $(BENCHES)
	@tests/bench/run $(BUILD)
bench-outbox: all $(BENCHES)
	@tests/bench/outbox $(BUILD)
bench-classify: all $(BENCHES)
	@tests/bench/classify $(BUILD) '$(CORPUS)'

# ---- installing ----

INSTALL      ?= install
INSTALL_DATA  = $(INSTALL) -m 644
AT            = $(DESTDIR)$(PREFIX)
install: all
	$(INSTALL) -d $(AT)/sbin $(AT)/bin $(AT)/libexec/fullstop $(AT)/share/man/man1 $(AT)/share/man/man5 \
	    $(AT)/share/man/man8 $(AT)/share/doc/fullstop $(AT)/lib/sysusers.d $(AT)/lib/tmpfiles.d \
	    $(DESTDIR)$(UNITDIR) $(DESTDIR)$(SYSCONFDIR)
	$(INSTALL) -m 755 $(BUILD)/fullstopd $(AT)/sbin/fullstopd
	$(INSTALL) -m 755 $(BUILD)/fullstop $(AT)/bin/fullstop
	$(INSTALL) -m 755 $(BUILD)/fullstop-webhook $(AT)/libexec/fullstop/fullstop-webhook
	for page in $(PAGES); do \
	    $(INSTALL_DATA) $$page $(AT)/share/man/man$${page##*.}/ || exit 1; done
	for file in $(filter-out conf/fullstop.service conf/fullstop.sysusers conf/fullstop.tmpfiles,$(wildcard conf/*)) \
	    README.md CHANGELOG.md LICENSE doc/webhooks.schema.json; do \
	    $(INSTALL_DATA) $$file $(AT)/share/doc/fullstop/ || exit 1; done
	sed -e 's,@sbindir@,$(PREFIX)/sbin,g' -e 's,@bindir@,$(PREFIX)/bin,g' conf/fullstop.service \
	    > $(DESTDIR)$(UNITDIR)/fullstop.service
	$(INSTALL_DATA) conf/fullstop.sysusers $(AT)/lib/sysusers.d/fullstop.conf
	$(INSTALL_DATA) conf/fullstop.tmpfiles $(AT)/lib/tmpfiles.d/fullstop.conf
	test -e $(DESTDIR)$(SYSCONFDIR)/fullstop.conf || \
	    $(INSTALL) -m 640 conf/fullstop.conf $(DESTDIR)$(SYSCONFDIR)/fullstop.conf

uninstall:
	rm -f $(AT)/sbin/fullstopd $(AT)/bin/fullstop $(DESTDIR)$(UNITDIR)/fullstop.service \
	    $(AT)/lib/sysusers.d/fullstop.conf $(AT)/lib/tmpfiles.d/fullstop.conf \
	    $(foreach page,$(PAGES),$(AT)/share/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page)))
	rm -rf $(AT)/share/doc/fullstop $(AT)/libexec/fullstop

clean:
	rm -rf build

# ---- translations ----

# Sentences are TEXT and PLURAL in milter/words/*.inc, and what the commands of po/POTFILES print.
XGETTEXT = xgettext --language=C --from-code=UTF-8 --no-location \
           --package-name=fullstop --copyright-holder='the fullstop authors' --no-wrap \
           --keyword --keyword=TEXT:2 --keyword=PLURAL:2,3 --keyword=fs_cli_words:2 \
           --keyword=FS_CLI_WORDS:1 --keyword=SENTENCE:1 --keyword=fs_cli_plural:2,3 --keyword=fs_cli_line:2 \
           --keyword=fs_cli_complain:2 --keyword=fs_cli_misused:3 --flag=TEXT:2:no-c-format --flag=PLURAL:2:no-c-format \
           --flag=PLURAL:3:no-c-format --flag=fs_cli_line:2:c-format \
           --flag=fs_cli_plural:2:c-format --flag=fs_cli_plural:3:c-format \
           --flag=fs_cli_complain:2:c-format --flag=fs_cli_misused:3:c-format \
           --files-from=po/POTFILES
POT ?= po/fullstop.pot
pot:
	@mkdir -p $(dir $(POT))
	$(XGETTEXT) --output=- | sed -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/' > $(POT)
po: pot
	msgmerge --update --backup=none --no-wrap --no-location po/de.po po/fullstop.pot

# ---- layout ----

CODE = $(wildcard include/fullstop/*.h milter/*.c milter/*/*.[ch] tests/*.[ch] tests/*/*.[ch])
format:
	clang-format -i $(CODE)
lint:
	@.ci/install-packages lint test
	clang-format --dry-run -Werror $(CODE)
	mandoc -T lint -W warning $(PAGES)
	@$(MAKE) --no-print-directory -s pot POT=build/lint.pot
	msgfmt --check -o /dev/null po/de.po
	msgcmp po/de.po build/lint.pot

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all help packages check check-here check-asan check-tsan tests \
        fuzz fuzzers fuzz-programs demo corpus bench bench-outbox bench-classify install \
        uninstall clean format lint pot po always
.SECONDARY:
.DELETE_ON_ERROR:
