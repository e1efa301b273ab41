/** Replaces the text between two offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; all else, comments and layout included, stays as it is. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => b.start - a.start);
  let [changed, before] = [text, Infinity];
  for (const { start, end, text: put } of ordered) {
    if (end > before) continue;
    changed = changed.slice(0, start) + put + changed.slice(end);
    before = start;
  }
  return changed;
}
