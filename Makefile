# fullstop - GNU make; `make help` lists the targets.
# SPDX-License-Identifier: ISC

PREFIX     ?= /usr/local
SYSCONFDIR ?= /etc/fullstop
DESTDIR    ?=
BUILD      ?= build/default
VERSION    := 0.1.0

CC       ?= cc
PACKAGES := gmime-3.0 libconfuse libpsl libidn2 jansson libsodium sqlite3 milter
HARDEN   := -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
OPTIMIZE ?= -O2
SANITIZE ?=
WERROR   ?= $(if $(CI),-Werror)
WARN     := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
SYSTEMD  := $(shell pkg-config --exists libsystemd 2>/dev/null && echo yes)
ifeq ($(SYSTEMD),yes)
PACKAGES += libsystemd
DEFINES  := -DFS_WITH_SYSTEMD
endif
DEFINES  += -DFS_VERSION='"$(VERSION)"' -DFS_LOCALEDIR='"$(PREFIX)/share/locale"'

FS_CPPFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -I$(BUILD)/gen \
              $(DEFINES) $(CPPFLAGS)
FS_CFLAGS    = $(OPTIMIZE) -g -pthread $(WARN) $(WERROR) $(HARDEN) $(SANITIZE) \
              $(shell pkg-config --cflags $(PACKAGES)) $(CFLAGS)
FS_LDFLAGS   = -pie -pthread -Wl,-z,relro,-z,now $(SANITIZE) $(LDFLAGS)
FS_LIBS      = $(shell pkg-config --libs $(PACKAGES))

SOURCES  := $(wildcard milter/*/*.c)
LIB_SRC  := $(filter-out milter/cli/fullstop.c,$(SOURCES))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
LIB      := $(BUILD)/libfullstop.a
PROGRAMS := $(BUILD)/fullstopd $(BUILD)/fullstop
TESTS    := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))

all: $(PROGRAMS)

$(BUILD)/fullstopd: $(BUILD)/milter/main.o $(LIB)
$(BUILD)/fullstop: $(BUILD)/milter/cli/fullstop.o $(LIB)
$(PROGRAMS):
	$(CC) $(FS_LDFLAGS) -o $@ $^ $(FS_LIBS)

$(LIB): $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile | $(BUILD)/gen/freemail.inc
	@mkdir -p $(@D)
	$(CC) $(FS_CPPFLAGS) $(FS_CFLAGS) -MMD -MP -c -o $@ $<

# the list of free-mail domains, compiled in: one string literal a line
$(BUILD)/gen/freemail.inc: conf/freemail-domains
	@mkdir -p $(@D)
	LC_ALL=C sed -e '/^#/d' -e '/^$$/d' $< | LC_ALL=C sort -u | sed 's/.*/"&",/' > $@

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIB)
	$(CC) $(FS_LDFLAGS) -o $@ $^ $(FS_LIBS) $(shell pkg-config --libs check)

$(BUILD)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(FS_CPPFLAGS) $(FS_CFLAGS) $(shell pkg-config --cflags check) -MMD -MP -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all
.SECONDARY:
