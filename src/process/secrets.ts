import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { referencesIn, secretParts, type SecretReference } from '../model/secret.js';
import { readRegularFile } from './files/read-regular-file.js';

/** The values of an experiment's secret references. They leave this object only masked, or as a child's environment. */
export interface Secrets {
  /** Creates the mask of a text stream, whose chunks may split a value. */
  readonly masker: () => TextMask;
  /** The environment variables that a child needs for these references. */
  readonly envFor: (references: readonly SecretReference[]) => Readonly<Record<string, string>>;
}

/** Masks text chunk by chunk; `end` returns what is still held back. */
export interface TextMask {
  readonly push: (text: string) => string;
  readonly end: () => string;
}

/** Replaces a value in a log. */
const mark = '***';

/** Reads every value once. Throws SECRET_MISSING with all that are missing or empty. */
export async function readSecrets(
  references: readonly SecretReference[],
  env: Host['env'],
): Promise<Secrets> {
  const values = await readValues(references, env);
  const shown = [...new Set([...values.values()].flatMap(forms))].sort(
    (a, b) => b.length - a.length,
  );
  return {
    masker: () => createMask(shown),
    envFor: (wanted) =>
      Object.fromEntries(
        wanted
          .filter(({ kind }) => kind === 'env')
          .map(({ name, text }) => [name, values.get(text) ?? '']),
      ),
  };
}

/** A text with the value of each reference, for a client in this process; never for a file or a log. Throws SECRET_MISSING. */
export async function withSecrets(text: string, env: Host['env']): Promise<string> {
  const values = await readValues(referencesIn(text), env);
  return secretParts(text)
    .map((part) => (typeof part === 'string' ? part : (values.get(part.text) ?? '')))
    .join('');
}

/** The value of each reference, by its text. */
async function readValues(
  references: readonly SecretReference[],
  env: Host['env'],
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const { kind, name, text } of references) {
    if (values.has(text)) continue;
    try {
      const value = kind === 'env' ? env[name] : withoutLineEnd(await readRegularFile(name));
      if (value === undefined) missing.push(`${text}: the variable is not set`);
      else if (value === '') missing.push(`${text}: it is empty`);
      else values.set(text, value);
    } catch (error) {
      missing.push(`${text}: ${messageOf(error)}`);
    }
  }
  if (missing.length === 0) return values;
  throw new HarnessError({
    code: 'SECRET_MISSING',
    message: `The experiment names what is not there: ${missing.join('; ')}.`,
    hint: 'Set the variable, or write the file, in the shell that starts streamtune.',
  });
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** The forms of a value in a log: as it is, inside JSON text, and each line of a multi-line value. */
function forms(value: string): string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= 8);
  return [value, JSON.stringify(value).slice(1, -1), ...(lines.length > 1 ? lines : [])];
}

function createMask(values: readonly string[]): TextMask {
  const longest = values[0]?.length ?? 0;
  if (longest === 0) return { push: (text) => text, end: () => '' };
  const escaped = values.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(escaped.join('|'), 'g');
  let held = '';
  return {
    push: (text) => {
      const all = held + text;
      // The last characters may be the start of a value that continues in the next chunk.
      let safe = Math.max(0, all.length - longest + 1);
      for (const match of all.matchAll(pattern)) {
        const end = match.index + match[0].length;
        if (match.index < safe && end > safe) safe = end;
      }
      held = all.slice(safe);
      return all.slice(0, safe).replaceAll(pattern, mark);
    },
    end: () => {
      const rest = held.replaceAll(pattern, mark);
      held = '';
      return rest;
    },
  };
}
