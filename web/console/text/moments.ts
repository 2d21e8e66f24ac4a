import { useEffect, useState } from "preact/hooks";
import { language } from "../settings";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The last moment a field for a date and time takes: it holds years of more digits, which no Date parses. */
export const LAST_MOMENT = "9999-12-31T23:59";

/** Render again each minute: no "5 min" stays where nothing else happens. */
export function useMinutes(): void {
  const [, render] = useState({});
  useEffect(() => {
    const timer = setInterval(() => render({}), MINUTE);
    return () => clearInterval(timer);
  }, []);
}

/** Return a moment as a list shows it: minutes and hours of today, the day otherwise. */
export function shortMoment(instant: string, now = Date.now()): string {
  const date = new Date(instant);
  const age = now - date.getTime();
  const since = kept(Intl.RelativeTimeFormat, { numeric: "auto", style: "narrow" });
  if (Math.abs(age) < MINUTE) return since.format(0, "second");
  if (age >= 0 && age < HOUR) return since.format(-Math.floor(age / MINUTE), "minute");
  if (date.toDateString() === new Date(now).toDateString()) return timeOfDay(instant);
  const isNear = Math.abs(age) < 300 * DAY;
  return format(date, { day: "numeric", month: "short", ...(isNear ? {} : { year: "numeric" }) });
}

export function fullMoment(instant: string): string {
  return format(new Date(instant), { dateStyle: "medium", timeStyle: "short" });
}

/** Return a moment as a field for the local date and time holds it; "" for none. */
export function localMoment(instant: string): string {
  if (!instant) return "";
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

/** Return the moment that such a field holds. */
export function instantOf(local: string): string {
  return local && new Date(local).toISOString();
}

export function timeOfDay(instant: string): string {
  return format(new Date(instant), { timeStyle: "short" });
}

export function day(instant: string): string {
  return format(new Date(instant), { weekday: "long", day: "numeric", month: "long" });
}

export function number(value: number): string {
  return kept(Intl.NumberFormat, {}).format(value);
}

/** Return a length of time in its largest fitting unit, such as `3.5 hours`. */
export function duration(milliseconds: number): string {
  const [unit, size] =
    milliseconds < HOUR ? ["minute", MINUTE] : milliseconds < 2 * DAY ? ["hour", HOUR] : ["day", DAY];
  const options = {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
    maximumFractionDigits: 1,
  } as const;
  return kept(Intl.NumberFormat, options).format(milliseconds / (size as number));
}

/** Return seconds as a player shows them, such as `1:05`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return kept(Intl.DateTimeFormat, options).format(date);
}

const formatters = new Map<string, unknown>();

/** Return a formatter, made once: a list formats many moments at once, and to make one takes longer than to use it. */
function kept<F, Options>(kind: new (locale: string, options: Options) => F, options: Options): F {
  const name = JSON.stringify([kind.name, locale(), options]);
  const formatter = (formatters.get(name) as F | undefined) ?? new kind(locale(), options);
  formatters.set(name, formatter);
  return formatter;
}

/** Return the user's own variety of the language that is shown. */
function locale(): string {
  return navigator.languages.find((tag) => tag.startsWith(language.value)) ?? language.value;
}

export function shortDay(date: Date): string {
  return format(date, { day: "numeric", month: "short" });
}
