import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

/** Something on a page that a reader copies: one command line, or one block of YAML. */
export interface Copied {
  readonly kind: 'command' | 'yaml';
  readonly text: string;
  /** `docs/tutorial.md:19` */
  readonly where: string;
}

/** Every page for readers, from the project's folder. */
export function pages(): string[] {
  const docs = readdirSync(projectPath('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...docs.sort()];
}

/** What a page gives to copy, in its order: the lines of its sh blocks without comments, and its YAML blocks. */
export function copiedFrom(page: string): Copied[] {
  const text = readFileSync(projectPath(page), 'utf8');
  return [...text.matchAll(/^```(sh|yaml)\n([\s\S]*?)^```$/gm)].flatMap(
    ({ 1: language, 2: block = '', index }): Copied[] => {
      const line = text.slice(0, index).split('\n').length + 1;
      if (language === 'yaml')
        return [{ kind: 'yaml', text: block, where: `${page}:${String(line)}` }];
      return block.split('\n').flatMap((given, at) => {
        const command = given.replace(/(^|\s)#.*$/, '').trim();
        const where = `${page}:${String(line + at)}`;
        return command === '' ? [] : [{ kind: 'command', text: command, where }];
      });
    },
  );
}

/** The examples in the help of every command, as their authors wrote them. */
export function helpExamples(): Copied[] {
  const folder = projectPath('src/cli');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /\.example\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|\[)/g,
        ),
      ].map((match) => ({
        kind: 'command' as const,
        text: (match[1] ?? match[2] ?? '').replaceAll('$0', 'node bin/streamtune.js'),
        where: `src/cli/${name}`,
      })),
    );
}

/** The words of a simple command line, as a shell splits it, and the file that its output goes to. */
export function shellWords(line: string): {
  readonly words: readonly string[];
  readonly into: string | undefined;
} {
  const words = [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_all, single?: string, double?: string) =>
      String(single ?? double),
    ),
  );
  const at = words.findIndex((word) => word === '>' || word === '>>');
  return at < 0 ? { words, into: undefined } : { words: words.slice(0, at), into: words[at + 1] };
}
