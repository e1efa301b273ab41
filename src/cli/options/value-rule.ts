import { shown } from '../../model/shown.js';

/** What an option or an argument takes. */
export interface ValueRule<T> {
  /** In words, to follow "it takes": `a whole number from 1 to 65,535`. */
  readonly takes: string;
  /** The value that the text stands for; undefined if it breaks the rule. */
  readonly parse: (text: string) => T | undefined;
}

interface Settings {
  readonly describe?: string;
  readonly alias?: string;
}

/** Settings for an option that need not be given. `label` is its name in messages. */
export function optional<T>(label: string, rule: ValueRule<T>, settings: Settings = {}) {
  return {
    ...settings,
    requiresArg: true,
    coerce: (given: unknown): T | undefined =>
      given === undefined ? undefined : checked(label, rule, given),
  } as const;
}

/** Settings for an option that is never without a value: it has a default, or it is demanded. */
export function required<T>(
  label: string,
  rule: ValueRule<T>,
  settings: Settings & ({ readonly default: string | number } | { readonly demandOption: true }),
) {
  return {
    ...settings,
    requiresArg: true,
    coerce: (given: unknown): T => checked(label, rule, given),
  } as const;
}

/** Settings for an argument, which has no option's name: `<name>`. */
export function argument<T>(label: string, rule: ValueRule<T>, describe?: string) {
  return {
    ...(describe === undefined ? {} : { describe }),
    demandOption: true,
    coerce: (given: unknown): T => checked(label, rule, given),
  } as const;
}

/** yargs passes on only the message of what is thrown here. */
function checked<T>(label: string, { takes, parse }: ValueRule<T>, given: unknown): T {
  const text = String(given);
  const value = parse(text);
  if (value !== undefined) return value;
  throw new Error(`${label} is ${shown(text)}; it takes ${takes}.`);
}
