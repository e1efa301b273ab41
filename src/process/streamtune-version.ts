import { readFileSync } from 'node:fs';
import { projectPath } from './project-paths.js';

/** The version in package.json. */
export function streamtuneVersion(): string {
  const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
