/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * script_print.c - a script as lines a person can follow.
 *
 * Decides only the words. Must not know what is right.
 */
#include "script.h"

static const char *const what_names[STEP_WHATS] = {
    [STEP_SEND] = "send",         [STEP_ANSWER] = "answer",   [STEP_DECLINE] = "decline",
    [STEP_UNCLEAR] = "unclear",   [STEP_OPT_OUT] = "opt_out", [STEP_COMPLAINT] = "complaint",
    [STEP_BOUNCE] = "bounce",     [STEP_ABSENCE] = "absence", [STEP_NOTICE] = "notice",
    [STEP_PAUSE] = "pause",       [STEP_END] = "end",         [STEP_RESUME] = "resume",
    [STEP_ANSWERED] = "answered", [STEP_SWEEP] = "sweep",     [STEP_RESTART] = "restart",
    [STEP_OFF] = "off",           [STEP_ON] = "on",           [STEP_WAIT] = "wait",
};

static const char *const kind_names[MODEL_KINDS] = {"first", "follow_up", "invitation", "content"};

static void print_time(int64_t gap_s, FILE *out)
{
    fprintf(out, "+%lldd%02lld:%02lld:%02lld", (long long)(gap_s / MODEL_DAY_S),
            (long long)(gap_s / 3600 % 24), (long long)(gap_s / 60 % 60), (long long)(gap_s % 60));
}

static void print_days(const char *name, int64_t length_s, FILE *out)
{
    fprintf(out, " %s=%lldd", name, (long long)(length_s / MODEL_DAY_S));
}

static void print_rules(int process, const struct model_rules *rules, FILE *out)
{
    fprintf(out, "process p%d: mode=%s lead=%s unanswered=%d pauses=%d cycles=%d", process,
            rules->mode, rules->per_sender ? "sender" : "process", rules->unanswered, rules->pauses,
            rules->cycles);
    fprintf(out, " final_mail=%d resume.reply=%d", rules->final_mail, rules->resume_reply);
    print_days("min_gap", rules->min_gap_s, out);
    print_days("grace", rules->grace_s, out);
    print_days("open_for", rules->open_for_s, out);
    print_days("idle", rules->idle_s, out);
    print_days("out_of_office", rules->out_of_office_s, out);
    print_days("longest", rules->longest_s, out);
    print_days("account_reply", rules->account_reply_s, out);
    print_days("review_for", rules->review_for_s, out);
    print_days("resume.after", rules->resume_after_s, out);
    fputs(" kinds=", out);
    for (int i = 0; i < MODEL_KINDS; i++) {
        if (rules->kinds[i])
            fprintf(out, "%s,", kind_names[i]);
    }
    fputc('\n', out);
}

static void print_send(const struct step *step, FILE *out)
{
    fprintf(out, " p%d from s%d to ", step->process, step->sender);
    for (int i = 0; i < MODEL_CONTACTS; i++) {
        if ((step->recipients & (1u << i)) != 0)
            fprintf(out, "%s,", script_contacts[i]);
    }
    fprintf(out, " %s%s%s%s%s", kind_names[step->kind], step->twice ? " first-twice" : "",
            step->final_mark ? " final" : "", step->our_auto ? " auto" : "",
            step->digest ? " no-id" : "");
    if (step->ref >= 0)
        fprintf(out, " answers=%d", step->ref);
    if (step->repeat >= 0)
        fprintf(out, " again=%d", step->repeat);
}

static void print_step(const struct step *step, FILE *out)
{
    fprintf(out, "%3d ", step->number);
    print_time(step->gap_s, out);
    fprintf(out, " %s", what_names[step->what]);
    if (step->what == STEP_SEND) {
        print_send(step, out);
    } else if (step->what < STEP_SWEEP) {
        fprintf(out, " %s", script_contacts[step->contact]);
        if (step->ref >= 0)
            fprintf(out, " message=%d", step->ref);
    }
    if (step->what == STEP_ANSWER && step->calendar)
        fputs(" calendar", out);
    if (step->what == STEP_BOUNCE)
        fputs(step->dead ? " dead" : " not-dead", out);
    if (step->what == STEP_ABSENCE && step->has_date)
        fprintf(out, " back-in=%dd", step->days);
    if (step->what == STEP_PAUSE)
        fprintf(out, " %s for=%dd", script_pause_reasons[step->reason], step->days);
    if (step->what == STEP_END)
        fprintf(out, " %s", script_end_reasons[step->reason]);
    if (step->what == STEP_RESUME && step->evidence)
        fputs(" evidence", out);
    if (step->what >= STEP_PAUSE && step->what <= STEP_ANSWERED)
        fprintf(out, " p%d", step->process);
    fputc('\n', out);
}

void script_print(const struct script *script, FILE *out)
{
    for (int i = 0; i < MODEL_PROCESSES; i++)
        print_rules(i, &script->rules[i], out);
    for (int i = 0; i < script->step_count; i++)
        print_step(&script->steps[i], out);
}
