/** What is wrong with one file of an installed part. The kind says what mends it. */
export interface Damage {
  /**
   * `file`: its content is lost; `mode`: it cannot be executed; `interpreter`: the venv's Python is gone; `marker`: only
   * streamtune's own note of what is complete is lost.
   */
  readonly kind: 'file' | 'mode' | 'interpreter' | 'marker';
  /** Completes a sentence, such as "jars/a.jar has 0 of 100 bytes". */
  readonly text: string;
}

/** What was found in the folder of a part: nothing that was ever complete, something that is not any more, or it. */
export type PartState<Part> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly damage: readonly Damage[] }
  | { readonly kind: 'complete'; readonly part: Part };

export interface InspectOptions {
  /** Compares every file with its checksum, which takes seconds; otherwise only with its size. */
  readonly checksums: boolean;
}

/** Says what is damaged in one clause; the first two files, and how many more there are. */
export function damageText(damage: readonly Damage[]): string {
  const shown = damage.slice(0, 2).map(({ text }) => text);
  const more = damage.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}
