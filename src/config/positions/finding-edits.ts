import { catalogue } from '../../knobs/catalogue.js';
import { isClearlyClosest } from '../../knobs/closest-name.js';
import type { Finding } from '../../model/finding.js';
import { parseSource, type SourceDocument } from './source-positions.js';
import type { TextEdit } from './text-edits.js';

/** The edits that mend findings with only one way to do it: misspelt keys, and suppressions of nothing. */
export function findingEdits(findings: readonly Finding[], text: string): TextEdit[] {
  const source = parseSource(text);
  const misspelt = findings.filter(({ rule }) => rule === 'misspelt');
  const edits = misspelt.flatMap((finding) => renames(finding, source));
  // Only then: a suppression may concern what the right key will be found guilty of.
  if (edits.length > 0) return edits;
  const unused = findings.filter(({ rule }) => rule === 'suppression-unused');
  return unused.flatMap((finding) => commentEdit(finding, text));
}

/** The key may stand under knobs or factors, in the baseline and in entries of exclude. */
function renames({ key, instead }: Finding, source: SourceDocument): TextEdit[] {
  const names = catalogue().map((entry) => entry.key);
  if (instead === null || !isClearlyClosest(key, instead, names)) return [];
  const { exclude } = (source.value ?? {}) as { readonly exclude?: readonly object[] };
  const places = [
    ...['knobs', 'factors', 'baseline'].map((section) => [section, key]),
    ...(exclude ?? []).map((_, index) => ['exclude', String(index), key]),
  ];
  return places.flatMap((path) => {
    const range = source.rangeOf(path, { key: true });
    return range === undefined ? [] : [{ ...range, text: instead }];
  });
}

/** Removes a comment, with its line if that holds nothing else. */
function commentEdit({ position }: Finding, text: string): TextEdit[] {
  if (position === undefined) return [];
  const lines = text.split('\n');
  const lineStart =
    lines.slice(0, position.line - 1).join('\n').length + (position.line > 1 ? 1 : 0);
  const line = lines[position.line - 1] ?? '';
  const before = line.slice(0, position.column - 1);
  const lineEnd = lineStart + line.length;
  return before.trim() === ''
    ? [{ start: lineStart, end: Math.min(text.length, lineEnd + 1), text: '' }]
    : [
        {
          start: lineStart + before.trimEnd().length,
          end: lineStart + line.trimEnd().length,
          text: '',
        },
      ];
}
