import type { Finding, Position } from '../../model/finding.js';
import { parseSource, type SourceDocument } from './source-positions.js';

/**
 * The findings with their positions in the file: that of the first level concerned, or else of the key. A key that the
 * file leaves out, such as `data.records`, has the position of its section, or of the first key.
 */
export function placeFindings(findings: readonly Finding[], text: string): Finding[] {
  const source = parseSource(text);
  return findings.map((finding) => {
    const position = positionIn(source, finding);
    return position === undefined ? finding : { ...finding, position };
  });
}

/** A key, and the levels of it that matter. */
type Named = Pick<Finding, 'key' | 'levels'>;

/** The same for one key; undefined if the file does not name it. */
export function positionOf(named: Named, text: string): Position | undefined {
  return positionIn(parseSource(text), named);
}

function positionIn(source: SourceDocument, named: Named): Position | undefined {
  const path = pathOf(named, source.value);
  if (path === undefined) return undefined;
  const isLevel = path[0] === 'factors' && path.length === 3;
  return source.positionOf(path, { key: !isLevel });
}

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>> | null | undefined>>;

function pathOf(
  { key, levels }: Named,
  value: SourceDocument['value'],
): readonly string[] | undefined {
  const sections = (value ?? {}) as Sections;
  if (has(sections['knobs'], key)) return ['knobs', key];
  const factor = sections['factors']?.[key];
  if (Array.isArray(factor)) {
    const index = factor.findIndex((level) => levels.includes(level as Finding['levels'][number]));
    return index < 0 ? ['factors', key] : ['factors', key, String(index)];
  }
  const [section = '', name = ''] = key.split('.');
  if (section === 'kafka') return key.split('.');
  if (!['job', 'data', 'measurement', 'design', 'spark'].includes(section)) return undefined;
  if (has(sections[section], name)) return [section, name];
  return [section in sections ? section : 'name'];
}

function has(section: Sections[string], key: string): boolean {
  return typeof section === 'object' && section !== null && Object.hasOwn(section, key);
}
