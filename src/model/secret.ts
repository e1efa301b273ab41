import type { Level } from './knob.js';

/** Refers to a password that is stored outside the experiment. */
export interface SecretReference {
  readonly kind: 'env' | 'file';
  /** Name of the environment variable, or path of the file. */
  readonly name: string;
  /** As written in the experiment: `${env:NAME}` or `${file:PATH}`. */
  readonly text: string;
}

const pattern = /\$\{(?:(env):([A-Za-z_][A-Za-z0-9_]*)|(file):([^{}]+))\}/g;

/** Splits a text at its references, in order. */
export function secretParts(text: string): readonly (string | SecretReference)[] {
  const parts: (string | SecretReference)[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index));
    const [whole, env, variable, , path] = match;
    parts.push(
      env === undefined
        ? { kind: 'file', name: path ?? '', text: whole }
        : { kind: 'env', name: variable ?? '', text: whole },
    );
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

/** The references in a level; usually none. */
export function referencesIn(level: Level): SecretReference[] {
  return typeof level === 'string'
    ? secretParts(level).filter((part) => typeof part !== 'string')
    : [];
}
